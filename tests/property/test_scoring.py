"""What holds for every scorer, whatever the item and the response."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.items import Item
from assessments.kinds import KINDS
from assessments.kinds.comparison import VERDICTS
from grader.execution import Value
from grader.scoring import KEYS
from grader.scoring.base import Key

COMMON = {"id": "x", "version": 1, "task_type": "skill", "skill": "s", "prompt": "p"}
letters = "abcdefg"


def made(kind: str, key: dict[str, Any], **fields: Any) -> tuple[Item, Key[Any]]:
    """An item of a kind with its key."""
    return KINDS[kind].model_validate({**COMMON, "kind": kind, **fields}), KEYS[kind].model_validate(key)


@st.composite
def choices(draw: st.DrawFn) -> tuple[Item, Key[Any], Any]:
    options = {letter: f"option {letter}" for letter in letters[: draw(st.integers(2, 7))]}
    item, key = made("choice", {"answer": draw(st.sampled_from(sorted(options)))}, options=options)
    return item, key, draw(st.sampled_from(sorted(options)))


@st.composite
def multiples(draw: st.DrawFn) -> tuple[Item, Key[Any], Any]:
    options = {letter: f"option {letter}" for letter in letters[: draw(st.integers(2, 7))]}
    some = st.lists(st.sampled_from(sorted(options)), min_size=1, unique=True)
    right = draw(some.filter(lambda picks: len(picks) < len(options)))
    item, key = made("multiple", {"answer": right}, options=options)
    return item, key, sorted(draw(some))


@st.composite
def numerics(draw: st.DrawFn) -> tuple[Item, Key[Any], Any]:
    number = st.floats(-1e12, 1e12)
    key = {"answer": draw(number), "absolute_tolerance": draw(st.floats(0, 10)), "relative_tolerance": 0.01}
    return *made("numeric", key), repr(draw(number))


@st.composite
def ratings(draw: st.DrawFn) -> tuple[Item, Key[Any], Any]:
    criteria = dict.fromkeys(letters[: draw(st.integers(1, 4))], "?")
    counts = st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(lambda c: max(c) > min(c))
    key = {"panel": {criterion: draw(counts) for criterion in criteria}}
    return *made("rating", key, criteria=criteria), {criterion: draw(st.integers(1, 5)) for criterion in criteria}


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[Item, Key[Any], Any]:
    counts = draw(st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(lambda c: max(c) > min(c)))
    key = {"panel": dict(zip(VERDICTS, counts, strict=True))}
    return *made("comparison", key, a="A", b="B"), draw(st.sampled_from(list(VERDICTS)))


anything = st.one_of(choices(), multiples(), numerics(), ratings(), comparisons())


@given(anything)
def test_credit_stays_between_nothing_and_all(case: tuple[Item, Key[Any], Any]) -> None:
    """Whatever is answered."""
    item, key, response = case
    assert item.problem(response) is None
    assert key.problems(item) == []
    assert 0 <= key.score(item, response).credit <= 1


@given(anything)
def test_the_reference_earns_everything(case: tuple[Item, Key[Any], Any]) -> None:
    """And is a possible response."""
    item, key, _ = case
    reference = key.reference(item)
    assert item.problem(reference) is None
    assert key.score(item, reference).credit == 1


@given(anything)
def test_guesses_are_possible_responses(case: tuple[Item, Key[Any], Any]) -> None:
    """The gate scores what somebody could really hand in."""
    item, key, _ = case
    for responses in key.guesses(item).values():
        assert responses
        assert all(item.problem(response) is None for response in responses)


@given(st.one_of(choices(), multiples()), st.integers())
def test_the_order_of_options_changes_nothing(case: tuple[Item, Key[Any], Any], seed: int) -> None:
    """Shuffling is only for the eye."""
    item, key, response = case
    assert key.score(item.shuffled(Random(seed)), response) == key.score(item, response)


@given(multiples())
def test_choosing_everything_earns_nothing(case: tuple[Item, Key[Any], Any]) -> None:
    """Nor does any other choice without looking pay."""
    item, key, _ = case
    everything = sorted(item.options)  # type: ignore[attr-defined]
    assert key.score(item, everything).credit == 0


@given(multiples())
def test_a_wrong_pick_never_helps(case: tuple[Item, Key[Any], Any]) -> None:
    """And a right one never hurts."""
    item, key, response = case
    for letter in item.options:  # type: ignore[attr-defined]
        more = sorted({*response, letter})
        before, after = key.score(item, response).credit, key.score(item, more).credit
        assert after >= before if letter in key.answer else after <= before  # type: ignore[attr-defined]


@given(ratings())
def test_mirroring_scale_and_panel_changes_nothing(case: tuple[Item, Key[Any], Any]) -> None:
    """Distance has no direction."""
    item, key, response = case
    mirrored = key.model_copy(update={"panel": {c: counts[::-1] for c, counts in key.panel.items()}})  # type: ignore[attr-defined]
    turned = {criterion: 6 - point for criterion, point in response.items()}
    assert mirrored.score(item, turned).credit == pytest.approx(key.score(item, response).credit)


@given(comparisons())
def test_swapping_sides_changes_nothing(case: tuple[Item, Key[Any], Any]) -> None:
    """A and B are only names."""
    item, key, response = case
    other = dict(zip(VERDICTS, reversed(VERDICTS), strict=True))
    swapped = key.model_copy(update={"panel": {other[v]: count for v, count in key.panel.items()}})  # type: ignore[attr-defined]
    assert swapped.score(item, other[response]).credit == key.score(item, response).credit


@given(st.lists(st.builds(Value, value=st.none() | st.just(["int", "0x4"]), error=st.none() | st.text()), min_size=3))
def test_code_counts_the_calls_that_hold(values: list[Value]) -> None:
    """Each call is worth the same; errors, missing and malformed values are wrong."""
    cases = [{"call": f"f({n})", "gives": "4"} for n in range(len(values))]
    _, key = made(
        "code",
        {"cases": cases, "reference": "def f(x): return 4"},
        function="f",
        starter="def f(x): ...",
        examples=[{"call": "f('a')", "gives": "4"}],
    )
    held = sum(value.value is not None for value in values)
    assert key.score_values(values).credit == held / len(values)
