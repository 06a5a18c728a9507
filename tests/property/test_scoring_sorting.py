"""What holds for `label`, `ranking` and `ordering`, and for tau-b, whatever the item and the response."""

from itertools import permutations
from random import Random
from statistics import fmean
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.items import Item
from assessments.kinds import KINDS
from grader.scoring import KEYS
from grader.scoring.agreement import mean_ranks, tau_b
from grader.scoring.base import Key

COMMON = {"id": "x", "version": 1, "task_type": "skill", "skill": "s", "prompt": "p"}
LETTERS = "abcdef"
Case = tuple[Any, Any, Any]
"""Item, key, response."""


def made(kind: str, key: dict[str, Any], **fields: Any) -> tuple[Item, Key[Any]]:
    """An item of a kind with its key."""
    return KINDS[kind].model_validate({**COMMON, "kind": kind, **fields}), KEYS[kind].model_validate(key)


def labels_of(size: int) -> dict[str, Any]:
    """So many labels."""
    return {letter: {"name": letter, "meaning": "m"} for letter in LETTERS[:size]}


@st.composite
def single_labels(draw: st.DrawFn) -> Case:
    labels = labels_of(draw(st.integers(2, 6)))
    counts = draw(st.lists(st.integers(0, 9), min_size=len(labels), max_size=len(labels)))
    counts[0] += max(counts) == min(counts)
    key = {"panel": dict(zip(labels, counts, strict=True)), "experts": sum(counts)}
    return *made("label", key, labels=labels), [draw(st.sampled_from(sorted(labels)))]


@st.composite
def several_labels(draw: st.DrawFn) -> Case:
    labels = labels_of(draw(st.integers(2, 6)))
    experts = draw(st.integers(1, 9))
    panel = {letter: draw(st.integers(0, experts)) for letter in labels}
    if all(2 * count == experts for count in panel.values()):
        panel["a"] = experts
    picks = draw(st.lists(st.sampled_from(sorted(labels)), unique=True))
    return *made("label", {"panel": panel, "experts": experts}, labels=labels, multi=True), sorted(picks)


@st.composite
def rankings(draw: st.DrawFn) -> Case:
    answers = dict.fromkeys(LETTERS[: draw(st.integers(3, 5))], "text")
    order = st.permutations(sorted(answers))
    panel = draw(st.lists(order, min_size=1, max_size=5).filter(lambda p: len(set(mean_ranks(p).values())) > 1))
    return *made("ranking", {"panel": panel}, answers=answers), draw(order)


@st.composite
def orderings(draw: st.DrawFn) -> Case:
    steps = dict.fromkeys(LETTERS[: draw(st.integers(3, 5))], "text")
    order = st.permutations(sorted(steps))
    return *made("ordering", {"answer": draw(order)}, steps=steps), draw(order)


anything = st.one_of(single_labels(), several_labels(), rankings(), orderings())


@given(anything)
def test_credit_stays_between_nothing_and_all(case: Case) -> None:
    """Whatever is answered, and nothing is left for a person."""
    item, key, response = case
    assert item.problem(response) is None
    assert key.problems(item) == []
    judgement = key.score(item, response)
    assert 0 <= judgement.credit <= 1
    assert not judgement.needs_review


@given(anything)
def test_the_reference_earns_everything(case: Case) -> None:
    """And is a possible response."""
    item, key, _ = case
    reference = key.reference(item)
    assert item.problem(reference) is None
    assert key.score(item, reference).credit == 1


@given(anything)
def test_guesses_are_possible_responses(case: Case) -> None:
    """The gate scores what somebody could really hand in."""
    item, key, _ = case
    for responses in key.guesses(item).values():
        assert responses
        assert all(item.problem(response) is None for response in responses)


@given(anything, st.integers())
def test_the_order_on_the_page_changes_nothing(case: Case, seed: int) -> None:
    """Shuffling is only for the eye."""
    item, key, response = case
    assert key.score(item.shuffled(Random(seed)), response) == key.score(item, response)


@given(several_labels())
def test_ticking_and_not_ticking_are_alike(case: Case) -> None:
    """Turn every expert's and the applicant's view of every label round: nothing changes."""
    item, key, response = case
    labels: set[str] = set(item.labels)
    experts: int = key.experts
    turned = {label: experts - key.panel.get(label, 0) for label in labels}
    other = key.model_copy(update={"panel": turned})
    assert other.score(item, sorted(labels - set(response))).credit == pytest.approx(key.score(item, response).credit)


@given(several_labels())
def test_going_with_the_majority_never_costs(case: Case) -> None:
    """And going against it never pays."""
    item, key, response = case
    before, reference = key.score(item, response).credit, key.reference(item)
    for label in item.labels:
        more = key.score(item, sorted({*response, label})).credit
        assert more >= before if label in reference else more <= before


@given(several_labels())
def test_none_and_all_say_nothing(case: Case) -> None:
    """Where most experts applied some labels and not others."""
    item, key, _ = case
    labels = sorted(item.labels)
    counts = [2 * key.panel[label] - key.experts for label in labels]
    assume(min(counts) < 0 < max(counts))
    assert key.score(item, []).credit == 0
    assert key.score(item, labels).credit == 0


@given(st.one_of(rankings(), orderings()))
def test_the_reverse_of_the_best_earns_nothing(case: Case) -> None:
    """It has the smallest tau of all."""
    item, key, _ = case
    assert key.score(item, [*reversed(key.reference(item))]).credit == 0


@given(rankings())
def test_no_order_beats_the_reference(case: Case) -> None:
    """So it is relative to the largest attainable tau-b."""
    item, key, response = case
    consensus = mean_ranks(key.panel)
    taus = {order: _tau(order, consensus) for order in permutations(consensus)}
    expected = max(0.0, taus[tuple(response)] / max(taus.values()))
    assert key.score(item, response).credit == pytest.approx(expected)
    assert fmean(taus.values()) == pytest.approx(0)


def _tau(order: tuple[str, ...], consensus: dict[str, float]) -> float:
    return tau_b([order.index(key) for key in consensus], [*consensus.values()])


@given(rankings())
def test_who_on_the_panel_comes_first_does_not_matter(case: Case) -> None:
    """Each expert's ranking counts alike."""
    item, key, response = case
    turned = key.model_copy(update={"panel": key.panel[::-1]})
    assert turned.score(item, response).credit == pytest.approx(key.score(item, response).credit)


pairs = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=2, max_size=8)


@given(pairs)
def test_tau_b_is_symmetric_and_bounded(points: list[tuple[int, int]]) -> None:
    """Neither side is the right one; turning one side round turns the sign."""
    first, second = [a for a, _ in points], [b for _, b in points]
    tau = tau_b(first, second)
    assert -1 - 1e-12 <= tau <= 1 + 1e-12
    assert tau_b(second, first) == tau
    assert tau_b([-a for a in first], second) == pytest.approx(-tau)


@given(pairs)
def test_tau_b_sees_only_the_order(points: list[tuple[int, int]]) -> None:
    """Stretching a scale changes nothing, and everything agrees with itself."""
    first, second = [a for a, _ in points], [b for _, b in points]
    assert tau_b([a**3 for a in first], second) == tau_b(first, second)
    assert tau_b(first, first) == (1 if len(set(first)) > 1 else 0)
