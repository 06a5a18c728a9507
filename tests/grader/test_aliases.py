"""What applicants read in their packets says nothing of how an author called or ordered the options."""

from typing import Any

import pytest

from assessments.items import Response
from assessments.kinds import KINDS
from grader.aliases import aliased
from grader.bank import parse_bank, read_bank
from grader.entries import BankItem
from grader.handout import issue
from grader.issue import draw, sign
from grader.released import keys_for
from grader.store import Store
from grader.workspace import Workspace, starter_banks
from tests.samples import NOW, SECRET, bank_data, small_bank

ALIASED = ("choice", "multiple", "ranking", "ordering", "step", "assignment")


def practice_items() -> dict[str, BankItem]:
    """One item of every kind."""
    path = next(path for path in starter_banks() if path.stem == "practice")
    return {entry.item.kind: entry for entry in read_bank(path).items.values()}


@pytest.mark.parametrize("kind", ALIASED)
def test_the_key_goes_with_its_item(kind: str) -> None:
    """The reference earns what it earned; the names are letters, others in another packet."""
    entry = practice_items()[kind]
    named = aliased(entry, SECRET, "0" * 32)
    names = getattr(named.item, named.item.ALIASED)
    assert set(names) <= set("abcdefghijklmnopqrst")
    assert sorted(map(str, names.values())) == sorted(map(str, getattr(entry.item, entry.item.ALIASED).values()))
    response = named.key.reference(named.item)
    assert named.item.problem(response) is None
    assert named.key.problems(named.item) == []
    assert named.key.score(named.item, response) == entry.key.score(entry.item, entry.key.reference(entry.item))
    others = [aliased(entry, SECRET, str(number)).item for number in range(20)]
    assert len({str(getattr(item, item.ALIASED)) for item in others}) > 1
    assert aliased(entry, SECRET, "0" * 32) == named


def test_no_name_of_the_authors_is_issued() -> None:
    """Not even where the author calls the right option right."""
    data: dict[str, Any] = bank_data()
    pick = next(item for item in data["items"] if item["id"] == "pick-other")
    pick["options"] = {"right": "a pear", "wrong": "a train"}
    pick["key"] = {"answer": "right"}
    data["slots"][0]["items"] = ["pick-other"]
    data["items"] = [item for item in data["items"] if item["id"] != "pick"]
    packet = draw(parse_bank("small", data, b""), applicant_id="ada", attempt=1, secret=SECRET, now=NOW).packet
    assert set(packet.slots[0].item.model_dump()["options"]) == {"a", "b"}


def test_every_kind_with_options_is_aliased() -> None:
    """Names of labels, scales and roles have a meaning for applicants, and stay."""
    assert {kind for kind, item in KINDS.items() if item.ALIASED} == set(ALIASED)


@pytest.mark.kernel
@pytest.mark.parametrize("released", ["sqlite"], indirect=True)
def test_packets_from_before_keep_their_names(workspace: Workspace) -> None:
    """What was issued under the author's names is judged under them."""
    store = Store(workspace.database_url)
    new = issue(workspace, store, "small", "ada", now=NOW)
    bank, slot = small_bank(), new.slots[0]
    entry = keys_for(workspace, store, new)[slot.slot]
    assert entry.item.model_dump()["options"] == {**slot.item.model_dump()["options"]}
    authored = bank.items[slot.item.id]
    old_slot = slot.model_copy(update={"item": authored.item})
    old = new.model_copy(update={"aliased": False, "slots": (old_slot, *new.slots[1:])})
    assert not sign(old, SECRET).open().aliased
    found = keys_for(workspace, store, old)[slot.slot]
    answer: Response = authored.key.reference(authored.item)
    assert found.key.score(old_slot.item, answer).credit == 1
