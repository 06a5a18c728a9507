"""Items with parameters: what is drawn and filled in, the key that belongs to it, what is wrong in one line."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items import Response
from grader.bank import Bank, parse_bank
from grader.batch import Batch
from grader.builder import notebook_of
from grader.errors import BankError
from grader.gate import check
from grader.handout import issue
from grader.intake import open_path, take_in
from grader.issue import draw
from grader.notebooks import notebook_text
from grader.parameters import Domain
from grader.pool import Inline
from grader.release import gate, release
from grader.released import keys_for
from grader.scores import score_table
from grader.store import Store
from grader.workspace import Workspace
from tests.engines import sandbox
from tests.grader.test_gate import findings
from tests.samples import BANK, NOW, SECRET, bank_data, hand_in

Data = dict[str, Any]
CODE = """
def half(whole, part):
    if part == 7:
        return None
    right = whole * part / 100
    return {"answer": right, "absolute_tolerance": 0.01}, {"wrong": whole * part, "picture": f"<svg>{part}</svg>"}


def pick(whole):
    return {"answer": "b"}, {"double": 2 * whole}


def broken(whole):
    return {"answer": 1 / (whole - 2)}
"""
NUMBER = {
    "id": "share",
    "version": 1,
    "kind": "numeric",
    "task_type": "skill",
    "skill": "numbers",
    "difficulty": "easy",
    "prompt": "What are {{part}} % of {{ whole }}? It is not {{wrong}}, nor {{1}}.",
    "rationale": "A hundredth of {{whole}}, {{part}} times: many people forget the hundredth, and give {{wrong}}.",
    "unit": "km",
    "template": {
        "function": "half",
        "parameters": {"whole": {"min": 200, "max": 800, "step": 100}, "part": {"choices": [5, 7, 2.5]}},
    },
}


def with_template(item: Data | None = None, **changes: Any) -> Data:
    """The small bank with a template in the place of the number."""
    data = bank_data()
    data["slots"][2]["items"] = ["share"]
    data["items"] = [{**NUMBER, **(item or {}), **changes} if i["id"] == "number" else i for i in data["items"]]
    return data


def template_bank(data: Data | None = None, code: str = CODE) -> Bank:
    """That bank, parsed."""
    return parse_bank("small", data or with_template(), b"", code.encode())


numbers = st.integers(-50, 50) | st.floats(-50, 50).map(lambda number: round(number, 2))


@given(numbers, numbers, st.integers(1, 9) | st.sampled_from([0.1, 0.25, 2.5]))
def test_a_range_holds_its_ends_and_equal_steps(first: float, second: float, step: float) -> None:
    """Whole numbers stay whole; decimals are as people write them."""
    low, high = sorted((first, second))
    values = Domain(min=low, max=high, step=step).values
    assert values[0] == low
    assert all(isinstance(value, int) for value in values) == all(isinstance(n, int) for n in (low, high, step))
    steps = [float(value) for value in values if not isinstance(value, str)]
    assert max(steps) <= high < max(steps) + step + 1e-9
    assert all(len(repr(value)) <= 7 for value in values)


def test_the_texts_and_the_key_belong_together() -> None:
    """Other braces are left alone."""
    entry = template_bank().items["share"].concrete({"whole": 300, "part": 2.5})
    assert entry.item.prompt == "What are 2.5 % of 300? It is not 750, nor {{1}}."
    assert entry.rationale.startswith("A hundredth of 300, 2.5 times")
    assert entry.key.score(entry.item, "7.5").credit == 1
    assert entry.template is None


def test_what_the_function_refuses_is_never_drawn() -> None:
    """Here seven percent."""
    template = template_bank().items["share"].template
    assert template is not None
    drawn = template.draws(Random(1), 100)
    assert len(drawn) == template.size * 2 // 3 == 14
    assert {parameters["part"] for parameters in drawn} == {5, 2.5}
    assert template.draw(Random(2), avoid=drawn) is None


def test_the_version_is_that_of_both_files() -> None:
    """A bank without functions keeps the version that it had."""
    assert template_bank().version != template_bank(code=CODE + "\n").version
    assert parse_bank("small", bank_data(), b"x").version == parse_bank("small", bank_data(), b"x", b"").version


def places(**texts: Any) -> Data:
    """The template with other fields."""
    return with_template(texts)


def parameters(**domain: Any) -> Data:
    """The template with another first parameter."""
    whole = {**NUMBER["template"]["parameters"], "whole": domain}  # type: ignore[index]
    return with_template(template={"function": "half", "parameters": whole})


WRONG: list[tuple[str, Data, str, str]] = [
    ("a place for nothing", places(prompt="What is {{hole}}?"), CODE, "found a place for hole, allowed are whole"),
    ("no such function", places(), "def other(): ...", "template.function: found 'half', allowed other"),
    ("no file", places(), "", "template.function: found 'half', but no function stands in a file beside the bank"),
    ("no end", parameters(min=1), CODE, "parameters.whole: found {'min': 1}, needs either choices, or min and max"),
    ("an end below the start", parameters(min=2, max=1), CODE, "needs a max that is no less than min"),
    ("too many values", parameters(min=0, max=1, step=1e-9), CODE, "at most 100,000 values"),
    ("a table as a choice", parameters(choices=[{}]), CODE, "template.parameters.whole.choices.0"),
    (
        "a function that fails",
        with_template(template={"function": "broken", "parameters": {"whole": {"choices": [2]}}}, prompt="?"),
        CODE,
        "item share: template.function: broken(whole=2) raises ZeroDivisionError: division by zero",
    ),
    (
        "a function that gives a number",
        places(),
        "def half(whole, part): return 7",
        "gives 7, allowed is a dict with the",
    ),
    (
        "a function that gives no key",
        places(),
        "def half(**p): return {}, {'wrong': 1}",
        "item share: key.answer: found nothing",
    ),
    (
        "a function that refuses all",
        places(),
        "def half(**p): return None",
        "template.function: half refuses all parameters",
    ),
    ("a file that is no Python", places(), "x = 1\ndef half(:", "small.py: line 2: SyntaxError"),
    ("a file that fails", places(), "x = 1\ny = 1 / 0\n", "small.py: line 2: ZeroDivisionError: division by zero"),
]


@pytest.mark.parametrize(("data", "code", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_one_clear_line(data: Data, code: str, message: str) -> None:
    """The item, what was found, what is allowed."""
    with pytest.raises(BankError) as caught:
        template_bank(data, code)
    assert message in caught.value.message
    assert "\n" not in caught.value.message


def drawn(attempt: int, seen: dict[str, Any], data: Data | None = None) -> Any:
    """What ada gets in the slot of the template, and with which parameters."""
    found = draw(template_bank(data), applicant_id="ada", attempt=attempt, secret=SECRET, now=NOW, seen=seen)
    return found.entries["q3"].item.id, found.parameters.get("q3")


def test_a_seen_template_comes_again_only_with_other_parameters() -> None:
    """And only where nothing unseen is left."""
    item_id, first = drawn(1, {})
    others = {item: () for item in template_bank().items if item != "share"}
    assert item_id == "share"
    _, second = drawn(2, {**others, "share": [first]})
    assert second != first
    data = with_template()
    data["items"].append({**next(i for i in bank_data()["items"] if i["id"] == "number"), "id": "plain"})
    data["slots"][2]["items"].append("plain")
    assert drawn(2, {**others, "share": [first]}, data) == ("plain", None)


def test_the_packet_holds_the_drawn_item_and_no_key() -> None:
    """The same for the same arguments."""
    found = [draw(template_bank(), applicant_id="ada", attempt=1, secret=SECRET, now=NOW) for _ in range(2)]
    assert found[0].packet == found[1].packet
    item = found[0].packet.slots[2].item
    assert item == found[0].entries["q3"].item
    assert "{{part}}" not in item.prompt
    assert str(found[0].parameters["q3"]["whole"]) in item.prompt


NUMBER_IN_MILES = """
[[items]]
id = "number"
version = 1
kind = "numeric"
task_type = "skill"
skill = "numbers"
difficulty = "medium"
unit = "km"
prompt = "How far are {{n}} miles?"
rationale = "A mile has 1.609 km."
[items.key]
absolute_tolerance = 0.01
[items.template]
function = "far"
parameters = { n = { min = 2, max = 90 } }

"""


def release_with(workspace: Workspace, store: Store, function: str) -> None:
    """Release the small bank with a template, whose key this function gives."""
    head, _, rest = BANK.partition('[[items]]\nid = "number"')
    text = head + NUMBER_IN_MILES.lstrip() + rest[rest.index("[[items]]") :]
    (workspace.source / "small.toml").write_text(text)
    (workspace.source / "small.py").write_text(f"def far(n):\n    return {function}\n")
    bank = workspace.bank("small")
    release(workspace, store, bank, gate(workspace, bank))


def points(workspace: Workspace, store: Store) -> float:
    """What ada has after grading."""
    Batch(workspace, store, Inline(sandbox())).run([], lambda _row, _graded: None)
    return float(score_table(store)["points"].iloc[0])


@pytest.mark.kernel
def test_the_key_is_made_again_for_what_was_issued(workspace: Workspace, store: Store) -> None:
    """From the parameters on record; a mended function reaches everybody, one that refuses them nobody."""
    release_with(workspace, store, "{'answer': n * 2}")
    packet = issue(workspace, store, "small", "ada", now=NOW)
    number = store.parameters(packet.packet_id)["q3"]["n"]
    assert isinstance(number, int)
    assert packet.slots[2].item.prompt == f"How far are {number} miles?"
    kept = (workspace.snapshots / "small").glob(f"{packet.bank_version}.*")
    assert sorted(path.suffix for path in kept) == [".ipynb", ".py", ".toml"]
    answers: dict[str, Response] = {"q3": str(number * 1.609)}
    take_in(workspace, store, open_path(hand_in(workspace, store, packet, answers)), now=NOW)
    assert points(workspace, store) == 0
    release_with(workspace, store, "{'answer': n * 1.609}")
    assert points(workspace, store) == 2
    release_with(workspace, store, f"None if n == {number} else {{'answer': n}}")
    assert points(workspace, store) == 0
    assert keys_for(workspace, store, packet)["q3"].key.model_dump()["answer"] == number * 2


ODD: list[tuple[str, str, str, str]] = [
    ("an ugly number", "whole * part,", "f'{whole * 0.1 / 3}',", "allowed are numbers as people write them"),
    ("sometimes an error", "right =", "1 / (whole - 700)\n    right =", "raises ZeroDivisionError"),
    (
        "chance",
        "right = whole",
        "import random\n    right = random.random() * whole",
        "filled in twice, it is not the same",
    ),
]


@pytest.mark.kernel
@pytest.mark.parametrize(("old", "new", "text"), [case[1:] for case in ODD], ids=[case[0] for case in ODD])
def test_the_gate_tries_many_draws(old: str, new: str, text: str) -> None:
    """And names one that does not hold; then nothing else is tried."""
    (finding,) = findings(template_bank(code=CODE.replace(old, new)))
    assert not finding.holds
    assert "templates hold whatever is drawn: these do not: " in finding.text
    assert text in finding.text


@pytest.mark.kernel
def test_options_that_are_the_same_are_found() -> None:
    """Where two distractors meet."""
    options = {"a": "{{whole}}", "b": "{{double}}", "c": "4", "d": "9"}
    template = {"function": "pick", "parameters": {"whole": {"min": 1, "max": 5}}}
    data = with_template(kind="choice", prompt="Twice {{whole}}?", rationale="?", options=options, template=template)
    del next(item for item in data["items"] if item["id"] == "share")["unit"]
    (finding,) = findings(template_bank(data))
    assert "two options are the same" in finding.text
    template["parameters"] = {"whole": {"min": 5, "max": 8}}
    data = with_template(kind="choice", prompt="Twice {{whole}}?", rationale="?", options=options, template=template)
    del next(item for item in data["items"] if item["id"] == "share")["unit"]
    assert findings(template_bank(data))[0].holds


@pytest.mark.kernel
def test_what_is_issued_tells_no_rationale() -> None:
    """Also where parts of it are drawn."""
    long = "Whoever answers {{wrong}} has forgotten to divide by a hundred at the end."
    (finding,) = findings(template_bank(with_template(prompt=f"{{{{whole}}}}? {long}", rationale=long)))
    assert "what is issued holds the rationale of share" in finding.text


@pytest.mark.kernel
def test_the_function_is_found_in_what_is_released() -> None:
    """Also with other spaces."""
    bank = template_bank()
    notebook = notebook_text(notebook_of(bank)).encode()
    released = {"small.ipynb": notebook, "notes.txt": CODE.replace("    ", "  ").encode()}
    (finding,) = [finding for finding in check(bank, released, sandbox()) if not finding.holds]
    assert "notes.txt holds the function half" in finding.text
