"""What holds for `span`, whatever the text, the key and the marks."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.items import Item
from assessments.kinds import KINDS
from assessments.kinds.span import words
from grader.scoring import KEYS
from grader.scoring.base import Key

COMMON = {"id": "x", "version": 1, "kind": "span", "task_type": "evl-flag", "skill": "s", "prompt": "p"}
LABELS = {"dose": "Dose", "fact": "Fact"}
SEVERITIES = {"minor": "Minor", "major": "Major", "critical": "Critical"}
VERDICTS = {"ok": "Safe", "bad": "Not safe"}
SOME_WORDS = ["take", "it,", "5", "mg.", "—", "three", "times", "药", "服用", "(ever)", "ठीक", "👧🏽"]
Case = tuple[Item, Key[Any], dict[str, Any]]


def spans(draw: st.DrawFn, text: str, most: int) -> list[dict[str, Any]]:
    """Marks of whole or parts of words, anywhere."""
    places = words(text)
    found: dict[Any, dict[str, Any]] = {}
    for _ in range(draw(st.integers(0, most))):
        first = draw(st.integers(0, len(places) - 1))
        last = draw(st.integers(first, min(first + 3, len(places) - 1)))
        label, severity = draw(st.sampled_from(list(LABELS))), draw(st.sampled_from(list(SEVERITIES)))
        mark = {"start": places[first][0], "end": places[last][1], "label": label, "severity": severity}
        found[(mark["start"], mark["end"], label)] = mark
    return list(found.values())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """An item, its key and a response."""
    text = " ".join(draw(st.lists(st.sampled_from(SOME_WORDS), min_size=6, max_size=20)))
    keyed = []
    for mark in spans(draw, text, 3):
        quote = text[mark["start"] : mark["end"]]
        occurrence = sum(text.startswith(quote, at) for at in range(mark["start"] + 1))
        names = {"label": mark["label"], "severity": mark["severity"]}
        keyed.append({"quote": quote, "occurrence": occurrence, "weight": draw(st.floats(0.1, 9)), **names})
    shares = {name: draw(st.floats(0, 1)) for name in ("verdict_share", "label_weight", "severity_weight")}
    verdict = st.sampled_from(list(VERDICTS))
    fields = {"text": text, "labels": LABELS, "severities": SEVERITIES, "verdicts": VERDICTS}
    item = KINDS["span"].model_validate({**COMMON, **fields})
    key = KEYS["span"].model_validate({"spans": keyed, "verdict": draw(verdict), **shares})
    assume(not key.problems(item))
    return item, key, {"verdict": draw(verdict), "spans": spans(draw, text, 4)}


@given(cases())
def test_credit_stays_between_nothing_and_all(case: Case) -> None:
    """Whatever is marked."""
    item, key, response = case
    assert item.problem(response) is None
    assert 0 <= key.score(item, response).credit <= 1


@given(cases())
def test_the_reference_earns_everything(case: Case) -> None:
    """And is a possible response."""
    item, key, _ = case
    assert item.problem(key.reference(item)) is None
    assert key.score(item, key.reference(item)).credit == 1


@given(cases())
def test_guesses_are_possible_responses(case: Case) -> None:
    """The gate scores what somebody could really hand in."""
    item, key, _ = case
    for responses in key.guesses(item).values():
        assert responses
        assert all(item.problem(response) is None for response in responses)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_marks_changes_nothing(case: Case, random: Any) -> None:
    """They have none."""
    item, key, response = case
    turned = random.sample(response["spans"], len(response["spans"]))
    assert key.score(item, {**response, "spans": turned}) == key.score(item, response)


@given(cases())
def test_marking_everything_earns_nothing_for_the_marks(case: Case) -> None:
    """Only the verdict may still be right, where something is wrong at all."""
    item, key, response = case
    text: str = item.text  # type: ignore[attr-defined]
    whole: dict[str, Any] = {"start": 0, "end": len(text), "label": "dose", "severity": "major"}
    credit = key.score(item, {**response, "spans": [whole]}).credit
    share = key.verdict_share if key.spans and response["verdict"] == key.verdict else 0  # type: ignore[attr-defined]
    assert credit == share


@given(cases())
def test_a_mark_that_hits_nothing_never_helps(case: Case) -> None:
    """Marking more in the hope of hitting costs."""
    item, key, response = case
    text: str = item.text  # type: ignore[attr-defined]
    whole: dict[str, Any] = {"start": 0, "end": len(text), "label": "fact", "severity": "minor"}
    more = {**response, "spans": [*response["spans"], whole]}
    assert key.score(item, more).credit <= key.score(item, response).credit


@given(cases())
def test_spaces_around_a_mark_change_nothing(case: Case) -> None:
    """However sloppily somebody selects."""
    item, key, response = case
    text: str = item.text  # type: ignore[attr-defined]

    def wider(mark: dict[str, Any]) -> dict[str, Any]:
        return {**mark, "start": max(0, mark["start"] - 1), "end": min(len(text), mark["end"] + 1)}

    beside_spaces = [
        mark
        for mark in response["spans"]
        if (mark["start"] == 0 or text[mark["start"] - 1] == " ")
        and (mark["end"] == len(text) or text[mark["end"]] == " ")
    ]
    exact, sloppy = ({**response, "spans": marks} for marks in (beside_spaces, [*map(wider, beside_spaces)]))
    assert key.score(item, exact) == key.score(item, sloppy)


@given(
    cases(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["verdict", "spans", "start", "end", "label", "severity"]), inner, max_size=4
            )
        ),
    ),
)
def test_any_response_is_possible_or_has_a_reason(case: Case, response: Any) -> None:
    """Nothing that stands in responses.json fails."""
    item, _, _ = case
    assert isinstance(item.problem(response) or "", str)
    assert isinstance(item.describe(response), str)
