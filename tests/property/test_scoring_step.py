"""What holds for `step`, whatever the steps, the key and the response."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items import Item
from assessments.kinds import KINDS
from grader.scoring import KEYS
from grader.scoring.base import Key

COMMON = {
    "id": "x",
    "version": 1,
    "kind": "step",
    "task_type": "jus-correct",
    "skill": "s",
    "prompt": "Find the error.",
}
WHY = "The sum is wrong, because seven and five are twelve and not thirteen."
CHECKS = [{"says": "gives the right sum", "any": ["twelve"]}]
shares = st.floats(0, 1)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Item, Key[Any], Any]:
    """An item, its key and a response."""
    steps = {f"s{number}": f"step {number}" for number in range(draw(st.integers(2, 9)))}
    answers = [*steps, "none"]
    answer = draw(st.sampled_from(answers))
    others = [other for other in answers if other != answer]
    near = draw(st.dictionaries(st.sampled_from(others), st.floats(0.1, 0.9), max_size=2))
    fields: dict[str, Any] = {"steps": steps}
    key: dict[str, Any] = {"answer": answer, "near": near}
    why = ""
    if draw(st.booleans()):
        fields["explain"] = {"min_words": 1, "max_words": 40}
        key |= {"checks": CHECKS, "why": WHY, "machine_share": draw(shares), "why_share": draw(shares)}
        why = draw(st.sampled_from([WHY, "It is twelve, I am sure of that.", "Nothing else fits here.", "twelve"]))
    item = KINDS["step"].model_validate({**COMMON, **fields})
    return item, KEYS["step"].model_validate(key), {"step": draw(st.sampled_from(answers)), "why": why}


@given(cases())
def test_credit_and_what_waits_stay_between_nothing_and_all(case: tuple[Item, Key[Any], Any]) -> None:
    """Whatever is answered."""
    item, key, response = case
    assert item.problem(response) is None
    assert key.problems(item) == []
    found = key.score(item, response)
    assert found.credit >= 0
    assert found.pending >= 0
    assert found.credit + found.pending <= 1 + 1e-9


@given(cases())
def test_the_reference_earns_everything_that_a_machine_judges(case: tuple[Item, Key[Any], Any]) -> None:
    """And is a possible response."""
    item, key, _ = case
    assert item.problem(key.reference(item)) is None
    found = key.score(item, key.reference(item))
    assert found.credit + found.pending == pytest.approx(1)


@given(cases())
def test_guesses_are_possible_responses(case: tuple[Item, Key[Any], Any]) -> None:
    """The gate scores what somebody could really hand in."""
    item, key, _ = case
    for responses in key.guesses(item).values():
        assert responses
        assert all(item.problem(response) is None for response in responses)


@given(cases())
def test_the_right_step_is_never_worse(case: tuple[Item, Key[Any], Any]) -> None:
    """With the same reasons."""
    item, key, response = case
    right, found = key.score(item, {**response, "step": key.answer}), key.score(item, response)  # type: ignore[attr-defined]
    assert right.credit >= found.credit
    assert right.pending >= found.pending


@given(cases(), st.none() | st.booleans() | st.text(max_size=3) | st.lists(st.integers(), max_size=2))
def test_any_response_is_possible_or_has_a_reason(case: tuple[Item, Key[Any], Any], odd: Any) -> None:
    """Nothing that stands in responses.json fails."""
    item, _, response = case
    found: list[Any] = [odd, {**response, "step": odd}, {**response, "why": odd}, {"step": odd}]
    for each in found:
        assert isinstance(item.problem(each) or "", str)
        assert isinstance(item.describe(each), str)
