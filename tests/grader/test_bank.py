"""A broken bank is refused with file, item, field, what was found and what is allowed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.bank import parse_bank, read_bank
from grader.errors import BankError
from tests.samples import bank_data, small_bank

Data = dict[str, Any]


def item(data: Data, item_id: str) -> Data:
    """One item of the raw bank."""
    return next(entry for entry in data["items"] if entry["id"] == item_id)


def problems_after(change: Callable[[Data], Any]) -> str:
    """The message about a bank that was changed in one way."""
    data = bank_data()
    change(data)
    with pytest.raises(BankError) as caught:
        parse_bank("small", data, b"")
    return caught.value.message


def test_the_sample_holds_together() -> None:
    """All six kinds are read."""
    bank = small_bank()
    assert {entry.item.kind for entry in bank.items.values()} == {
        *("choice", "multiple", "numeric", "rating", "comparison", "code")
    }
    assert [slot.id for slot in bank.code_slots()] == ["q6"]


CASES: list[tuple[str, Callable[[Data], Any], str]] = [
    (
        "duplicate id",
        lambda d: d["items"].append(dict(item(d, "pick"))),
        "small.toml: item pick: id: found twice, allowed once",
    ),
    (
        "key outside the options",
        lambda d: item(d, "pick")["key"].update(answer="z"),
        "item pick: key.answer: found 'z', allowed a, b, c, d",
    ),
    (
        "keys outside the options",
        lambda d: item(d, "all-that")["key"].update(answer=["b", "y", "z"]),
        "item all-that: key.answer: found y, z, allowed a, b, c, d, e",
    ),
    (
        "a slot that no item can fill",
        lambda d: d["slots"][0].update(items=["nobody"]),
        "slot q1: items: found nobody, which no item is called; no item can fill the slot",
    ),
    (
        "an empty slot",
        lambda d: d["slots"][0].update(items=[]),
        "slots.0.items: ",
    ),
    (
        "points that do not add up",
        lambda d: d.update(points=13),
        "points: found 13, allowed 12, the sum of the slots' points",
    ),
    (
        "unknown kind",
        lambda d: item(d, "pick").update(kind="essay"),
        "item pick: kind: found 'essay', allowed choice, multiple, numeric, ",
    ),
    (
        "unknown task type",
        lambda d: item(d, "pick").update(task_type="gen-nothing"),
        "item pick: task_type: found 'gen-nothing', is not in the task catalogue; allowed: skill, gen-label",
    ),
    (
        "missing field",
        lambda d: item(d, "pick").pop("prompt"),
        "item pick: prompt: found nothing, allowed is a value (this field is required)",
    ),
    (
        "field that does not exist",
        lambda d: item(d, "pick").update(promt="x"),
        "item pick: promt: found a field that does not exist here",
    ),
    (
        "missing rationale",
        lambda d: item(d, "pick").pop("rationale"),
        "item pick: rationale: found nothing",
    ),
    (
        "wrong skill",
        lambda d: item(d, "pick").update(skill="other"),
        "item pick: skill: found 'other', allowed 'logic', the skill of slot q1",
    ),
    (
        "item in no slot",
        lambda d: d["slots"][0].update(items=["pick"]),
        "item pick-other: found in 0 slots, allowed in exactly one",
    ),
    (
        "panel of the wrong size",
        lambda d: item(d, "rate")["key"]["panel"].update(accuracy=[1, 2]),
        "item rate: key.panel.accuracy: found [1, 2], allowed 5 counts",
    ),
    (
        "verdict that does not exist",
        lambda d: item(d, "compare")["key"].update(panel={"a_better": 3}),
        "item compare: key.panel: found a_better, allowed a_much, a_slightly, tie, b_slightly, b_much",
    ),
    (
        "held-out case that is public",
        lambda d: item(d, "double")["key"]["cases"].append({"call": "double( [1] )", "gives": "[1, 1]"}),
        "item double: key.cases: found double( [1] ), which is a public example; allowed are other inputs",
    ),
    (
        "case without an outcome",
        lambda d: item(d, "double")["key"]["cases"].append({"call": "double([7])"}),
        "item double: key.cases.4: found {'call': 'double([7])'}, must have either gives or raises",
    ),
    (
        "case that is no literal",
        lambda d: item(d, "double")["key"]["cases"].append({"call": "double(open('x'))", "gives": "1"}),
        "item double: key.cases.4.call: found \"double(open('x'))\", must be a call with literal arguments",
    ),
    (
        "code and choice in one slot",
        lambda d: (d["slots"][0]["items"].append("double"), item(d, "double").update(skill="logic"), d["slots"].pop()),
        "slot q1: items: found code and other kinds, allowed all code or none",
    ),
]


@pytest.mark.parametrize(("change", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_wrong_is_named(change: Callable[[Data], Any], message: str) -> None:
    """Each with the place, what was found and what is allowed."""
    assert message in problems_after(change)


def make_free(data: Data, *slots: Data) -> Data:
    """Replace the first slot, which names two choice items, by slots that name none."""
    data["slots"][:1] = [{"skill": "logic", "points": 2 / len(slots), **slot} for slot in slots]
    return data


def test_a_free_slot_draws_from_what_no_slot_names() -> None:
    """In the author's order."""
    data = bank_data()
    make_free(data, {"id": "q1", "difficulty": "easy"})
    bank = parse_bank("small", data, b"")
    assert [entry.item.id for entry in bank.candidates(bank.blueprint.slots[0])] == ["pick", "pick-other"]


FREE: list[tuple[str, Callable[[Data], Any], str]] = [
    (
        "no item",
        lambda d: make_free(d, {"id": "q1", "difficulty": "hard"}),
        "slot q1: found no hard item of the skill 'logic' that no slot names, allowed at least one",
    ),
    (
        "an item that no slot takes",
        lambda d: (make_free(d, {"id": "q1", "difficulty": "easy"}), item(d, "pick").update(difficulty="hard")),
        "item pick: found in 0 slots, allowed in exactly one, or in a free slot of its skill",
    ),
    (
        "more slots than items",
        lambda d: make_free(d, {"id": "qa"}, {"id": "qb"}, {"id": "qc"}),
        "slot qc: found no item that other slots leave to it, allowed at least one",
    ),
    (
        "items and a difficulty",
        lambda d: d["slots"][0].update(difficulty="easy"),
        "has items and a difficulty, allowed is one of them",
    ),
]


@pytest.mark.parametrize(("change", "message"), [case[1:] for case in FREE], ids=[case[0] for case in FREE])
def test_a_free_slot_that_cannot_be_filled(change: Callable[[Data], Any], message: str) -> None:
    """The slot or the item is named."""
    assert message in problems_after(change)


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    """Line and column come from the parser."""
    path = tmp_path / "broken.toml"
    path.write_text("title = \n")
    with pytest.raises(BankError, match=r"broken.toml: is not readable TOML: .*line 1"):
        read_bank(path)


def test_two_slots_may_not_ask_for_one_function() -> None:
    """All code cells share a namespace."""

    def change(data: Data) -> None:
        again = {**item(data, "double"), "id": "double-again"}
        data["items"].append(again)
        data["slots"].append({"id": "q7", "skill": "code", "points": 2, "items": ["double-again"]})
        data["points"] = 14

    assert "function double: found in slots q6, q7, allowed in one" in problems_after(change)
