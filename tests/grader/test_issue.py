"""Drawing, signing and making the notebook an applicant's own."""

import json
from typing import Any

from grader.builder import notebook_of
from grader.issue import draw, is_ours, personal_notebook, sign
from grader.notebooks import notebook_text
from tests.samples import NOW, SECRET, small_bank, small_packet


def drawn(applicant: str, attempt: int = 1, **options: Any) -> list[str]:
    """The ids of the items that somebody gets."""
    settings = {"secret": SECRET, "seen": (), "now": NOW, **options}
    packet = draw(small_bank(), applicant_id=applicant, attempt=attempt, **settings)
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
        assert drawn(f"p{n}", 2, seen=first)[0] != first[0]


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
