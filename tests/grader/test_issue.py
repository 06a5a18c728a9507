"""Drawing, signing and making the notebook an applicant's own."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from assessments.errors import UsageError
from grader.bank import Bank, parse_bank
from grader.builder import notebook_of
from grader.handout import issue
from grader.issue import draw, is_ours, personal_notebook, sign
from grader.notebooks import notebook_text
from grader.store import Store
from grader.workspace import Workspace
from tests.samples import NOW, SECRET, bank_data, small_bank, small_packet


def drawn(applicant: str, attempt: int = 1, bank: Bank | None = None, **options: Any) -> list[str]:
    """The ids of the items that somebody gets."""
    settings = {"secret": SECRET, "now": NOW, **options}
    packet = draw(bank or small_bank(), applicant_id=applicant, attempt=attempt, **settings).packet
    return [slot.item.id for slot in packet.slots]


def test_the_same_seed_gives_the_same_packet() -> None:
    """Also with the order of options."""
    assert small_packet() == small_packet()


def test_applicants_and_attempts_differ() -> None:
    """Not everybody gets the same item in the same slot."""
    assert len({tuple(drawn(f"person-{n}")) for n in range(20)}) > 1
    assert small_packet(1).packet_id != small_packet(2).packet_id
    assert drawn("x", secret=b"a") != drawn("x", secret=b"b") or drawn("y", secret=b"a") != drawn("y", secret=b"b")


def test_an_item_does_not_come_twice() -> None:
    """While a slot has another one."""
    for n in range(10):
        first = drawn(f"p{n}")
        assert drawn(f"p{n}", 2, seen=dict.fromkeys(first, ()))[0] != first[0]


def free_bank(**head: Any) -> Bank:
    """A bank with three slots for any of five logic items, one of them for an easy one; two of the items are easy."""
    data = bank_data()
    pick, harder = (next(item for item in data["items"] if item["id"] == name) for name in ("pick", "all-that"))
    easy = [{**pick, "id": f"easy-{n}"} for n in (1, 2)]
    medium = [{**harder, "id": f"medium-{n}"} for n in (1, 2, 3)]
    slots = [{"id": f"q{n}", "skill": "logic", "points": 2} for n in (1, 2, 3)]
    slots[1]["difficulty"] = "easy"
    data |= {"items": [*easy, *medium], "slots": slots, "points": 6, "repeat_items": False, **head}
    return parse_bank("free", data, b"")


def test_a_free_slot_takes_any_item_of_its_skill() -> None:
    """And difficulty; none comes twice in one packet; the same seed gives the same items."""
    bank = free_bank()
    packets = [drawn(f"p{n}", bank=bank) for n in range(30)]
    assert packets == [drawn(f"p{n}", bank=bank) for n in range(30)]
    assert all(len(set(items)) == 3 for items in packets)
    assert {items[1] for items in packets} == {"easy-1", "easy-2"}
    assert {items[0] for items in packets} == set(bank.items)


def test_exposure_is_balanced() -> None:
    """A slot takes what was issued least often."""
    bank, exposure = free_bank(), Counter[str]()
    for n in range(40):
        exposure.update(drawn(f"p{n}", bank=bank, exposure=exposure))
    assert sorted(exposure) == sorted(bank.items)
    assert max(exposure.values()) - min(exposure.values()) <= 1


def test_nothing_seen_comes_again_unless_the_bank_allows_it() -> None:
    """The slot is named, and what to do."""
    seen = dict.fromkeys(["easy-1", "medium-1", "medium-2"], ())
    with pytest.raises(UsageError, match="free: slot q3 has no item left that ada has not seen") as caught:
        drawn("ada", 2, bank=free_bank(), seen=seen)
    assert caught.value.tip.startswith("Add items for it to source/free.toml, or set repeat_items = true there")
    again = drawn("ada", 2, bank=free_bank(repeat_items=True), seen=seen)
    assert {"easy-2", "medium-3"} < set(again)


def test_what_was_issued_is_counted(workspace: Workspace, store: Store) -> None:
    """Once for each packet, also where it is given out again; the next one gets what was issued less often."""
    first = issue(workspace, store, "small", "ada", now=NOW)
    assert issue(workspace, store, "small", "ada", now=NOW) == first
    assert store.exposure("small") == {slot.item.id: 1 for slot in first.slots}
    second = issue(workspace, store, "small", "bob", now=NOW)
    assert {packet.slots[0].item.id for packet in (first, second)} == {"pick", "pick-other"}
    assert store.exposure("small")["number"] == 2


def test_of_two_that_issue_at_once_the_first_counts(workspace: Workspace, store: Store) -> None:
    """The second is told what is on record, and nothing is counted twice."""
    first = issue(workspace, store, "small", "ada", now=NOW)
    late = first.model_copy(update={"issued_at": NOW + timedelta(seconds=1)})
    assert store.add_packet(sign(late, workspace.secret), grace=workspace.grace) == first
    assert set(store.exposure("small").values()) == {1}


def test_a_packet_holds_no_key() -> None:
    """By type, not by luck: an item has no field for it."""
    text = small_packet().model_dump_json()
    for field in ("answer", "panel", "cases", "reference", "rationale", "difficulty"):
        assert f'"{field}"' not in text


def test_only_our_signature_fits() -> None:
    """A changed letter or another secret is found."""
    signed = sign(small_packet(), SECRET)
    assert is_ours(signed, SECRET)
    assert not is_ours(signed, b"other")
    assert not is_ours(
        signed.model_copy(update={"packet": signed.packet.replace('"minutes":30', '"minutes":99')}), SECRET
    )


def test_the_clock_starts_on_our_side() -> None:
    """The packet says until when."""
    packet = small_packet()
    assert (packet.due_at - NOW).total_seconds() == 30 * 60


def test_starters_stand_in_the_code_cells() -> None:
    """And the notebook says whose it is."""
    notebook = json.loads(personal_notebook(notebook_text(notebook_of(small_bank())), small_packet()))
    (cell,) = [cell for cell in notebook["cells"] if cell["id"] == "answer-q6"]
    assert cell["source"] == "def double(x):\n    ..."
    assert notebook["metadata"]["talentpool"]["packet_id"] == small_packet().packet_id
