"""Worked examples of `span`: places, labels, severities, verdicts."""

from typing import Any

import pytest

from assessments.items import Item
from assessments.kinds import KINDS
from grader.scoring import KEYS
from grader.scoring.base import Key
from grader.scoring.passages import find_passage, overlap, sentences

TEXT = "Take 5000 mg three times a day. It is safe for children of any age, always."
COMMON = {"id": "x", "version": 1, "kind": "span", "task_type": "evl-flag", "skill": "s", "prompt": "p", "text": TEXT}
LABELS = {"dose": "Dose", "fact": "Fact"}
SEVERITIES = {"minor": "Minor", "major": "Major", "critical": "Critical"}
DOSE = {"quote": "5000 mg", "label": "dose", "severity": "critical"}
CHILDREN = {"quote": "for children", "within": "safe for children of any age", "label": "fact", "severity": "major"}


def made(spans: list[Any], more: dict[str, Any] | None = None, **fields: Any) -> tuple[Item, Key[Any]]:
    """An item and its key."""
    item = KINDS["span"].model_validate({**COMMON, "labels": LABELS, "severities": SEVERITIES, **fields})
    return item, KEYS["span"].model_validate({"spans": spans, **(more or {})})


def mark(quote: str, label: str = "dose", severity: str | None = "critical") -> dict[str, Any]:
    """A mark in a response."""
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "label": label, "severity": severity}


def credit(case: tuple[Item, Key[Any]], *marks: Any, verdict: str | None = None) -> float:
    """What these marks earn."""
    item, key = case
    response: Any = {"verdict": verdict, "spans": [*marks]}
    assert key.problems(item) == []
    assert item.problem(response) is None
    found: float = key.score(item, response).credit
    return found


@pytest.mark.parametrize("quote", ["5000 mg", " 5000 mg ", "000 m", "5000 m"])
def test_edges_do_not_matter(quote: str) -> None:
    """Spaces, and parts of words."""
    assert credit(made([DOSE]), mark(quote)) == 1


def test_punctuation_does_not_matter() -> None:
    """Nor does a dash or full stop at the end."""
    key = {"quote": "age", "label": "fact", "severity": "major"}
    assert credit(made([key]), mark("age,", "fact", "major")) == 1
    assert credit(made([{**key, "quote": "age, always"}]), mark("age, always.", "fact", "major")) == 1


def test_a_sign_inside_is_a_part_of_it() -> None:
    """As an operator is of a condition; with the words around it, it weighs nothing."""
    text = "for n in numbers:\n    if n > limit and n > floor:\n        found.append(n)\nreturn found"
    item, key = made([{"quote": "n > limit", "label": "fact", "severity": "major"}], text=text)

    def earns(start: int, end: int) -> float:
        marked: Any = {"start": start, "end": end, "label": "fact", "severity": "major"}
        found: float = key.score(item, {"verdict": None, "spans": [marked]}).credit
        return found

    at = text.index("n > limit")
    assert earns(at, at + len("n > limit")) == 1
    assert 0 < earns(at + 2, at + 3) < 1
    assert earns(text.index("> floor"), text.index("> floor") + 1) == 0


def test_a_comma_may_be_the_error() -> None:
    """Then the word with it is meant."""
    assert credit(made([{"quote": ",", "label": "fact", "severity": "minor"}]), mark("age,", "fact", "minor")) == 1


def test_half_a_passage_earns_half_and_less_what_chance_gives() -> None:
    """Computed by hand: 60 characters of words in the text, 6 in the passage, 4 of them marked."""
    assert sum(map(len, TEXT.split())) == 60
    dice, whole = 2 * 4 / (4 + 6), 2 * 6 / (60 + 6)
    assert credit(made([DOSE]), mark("5000")) == pytest.approx((dice - whole) / (1 - whole))


def test_marks_between_quote_and_within_are_exact() -> None:
    """However long; what goes beyond costs."""
    for quote in ("for children", "safe for children", "for children of any", "safe for children of any age,"):
        assert credit(made([CHILDREN]), mark(quote, "fact", "major")) == 1
    assert 0 < credit(made([CHILDREN]), mark("It is safe for children", "fact", "major")) < 1
    assert 0 < credit(made([CHILDREN]), mark("children", "fact", "major")) < 1


def test_the_label_must_be_right_unless_the_key_says_otherwise() -> None:
    """Another label earns 1 − label_weight."""
    assert credit(made([DOSE]), mark("5000 mg", "fact")) == 0
    assert credit(made([DOSE], {"label_weight": 0.4}), mark("5000 mg", "fact")) == pytest.approx(0.6)
    assert credit(made([DOSE], {"label_weight": 0}), mark("5000 mg", "fact")) == 1


@pytest.mark.parametrize(("severity", "earned"), [("critical", 1), ("major", 0.75), ("minor", 0.5)])
def test_severity_costs_by_distance(severity: str, earned: float) -> None:
    """The farthest one costs half."""
    assert credit(made([DOSE]), mark("5000 mg", severity=severity)) == pytest.approx(earned)


def test_f1_of_found_and_missed_and_too_many() -> None:
    """One of two found: P = 1, R = 1/2. One of two marks right: P = 1/2, R = 1."""
    assert credit(made([DOSE, CHILDREN]), mark("5000 mg")) == pytest.approx(2 / 3)
    assert credit(made([DOSE]), mark("5000 mg"), mark("three times")) == pytest.approx(2 / 3)


def test_weights_count_for_what_is_found() -> None:
    """Three times as heavy: R = 3/4 for it, 1/4 for the other; P = 1."""
    case = made([{**DOSE, "weight": 3}, CHILDREN])
    assert credit(case, mark("5000 mg")) == pytest.approx(2 * 0.75 / 1.75)
    assert credit(case, mark("for children", "fact", "major")) == pytest.approx(2 * 0.25 / 1.25)


def test_each_passage_takes_one_mark() -> None:
    """The better one; the same place twice does not pay twice."""
    assert credit(made([DOSE]), mark("5000 mg"), mark("5000")) == pytest.approx(2 / 3)


def test_marking_everything_earns_nothing() -> None:
    """With any label."""
    assert credit(made([DOSE, CHILDREN]), mark(TEXT), mark(TEXT, "fact", "major")) == 0


def test_the_verdict_has_its_share() -> None:
    """Marks and verdict count on their own."""
    case = made([DOSE], {"verdict": "bad"}, verdicts={"ok": "Safe", "bad": "Not safe"})
    assert credit(case, mark("5000 mg"), verdict="bad") == 1
    assert credit(case, mark("5000 mg"), verdict="ok") == pytest.approx(0.7)
    assert credit(case, verdict="bad") == pytest.approx(0.3)
    assert credit(case, verdict="ok") == 0


def test_a_right_text_is_all_or_nothing() -> None:
    """Any mark is one too many, and so is the wrong verdict."""
    assert credit(made([])) == 1
    assert credit(made([]), mark("5000 mg")) == 0
    case = made([], {"verdict": "ok"}, verdicts={"ok": "Safe", "bad": "Not safe"})
    assert credit(case, verdict="ok") == 1
    assert credit(case, verdict="bad") == 0
    assert credit(case, mark("5000 mg"), verdict="ok") == 0


def test_explanations_say_what_was_found_and_not_where() -> None:
    """In plain words."""
    item, key = made([DOSE, CHILDREN], {"verdict": "bad"}, verdicts={"ok": "Safe", "bad": "Not safe"})
    response: Any = {"verdict": "ok", "spans": [mark("5000 mg"), mark("three times")]}
    told = key.score(item, response).explanation
    assert told == "1 of 2 passages found, 1 other marks; the verdict is not right"


@pytest.mark.parametrize(
    ("spans", "more", "problem"),
    [
        ([{**DOSE, "quote": "500 mg"}], {}, "found quote '500 mg', allowed words that stand in the text"),
        ([{**DOSE, "occurrence": 2}], {}, "found quote '5000 mg', allowed words that stand in the text that often"),
        ([{**DOSE, "within": "three times"}], {}, "and in `within` if that is given"),
        ([{**DOSE, "quote": TEXT[:50]}], {}, "allowed at most half of the text"),
        ([{**DOSE, "within": TEXT[:50]}], {}, "allowed at most half of the text"),
        ([{**DOSE, "label": "other"}], {}, "key.spans: found label other, allowed dose, fact"),
        ([{**DOSE, "severity": None}], {}, "key.spans: found severity None, allowed minor, major, critical"),
        ([DOSE, {**DOSE, "quote": "5000 m"}], {}, "the same words with the same label twice"),
        ([DOSE], {"verdict": "bad"}, "key.verdict: found bad, allowed none, as the item has none"),
        ([DOSE] * 3, {}, "key.spans: found 3, allowed 2, the item's max_spans"),
    ],
)
def test_what_does_not_fit_is_told(spans: list[Any], more: dict[str, Any], problem: str) -> None:
    """In the author's words."""
    item, key = made(spans, more, max_spans=2)
    assert problem in "\n".join(key.problems(item))


def test_the_occurrence_is_counted_with_overlaps() -> None:
    """`aa` stands twice in `aaa`."""
    second = find_passage("x aaa b c d e", "aa", 2, None)
    assert second
    assert second.start == 3


def test_overlap_counts_characters_where_there_are_no_spaces() -> None:
    """Han characters are words of their own."""
    text = "请服用五百毫克阿司匹林，每天三次。"
    passage = find_passage(text, "五百毫克", 1, None)
    assert passage
    assert overlap(text, passage, 3, 7) == 1
    assert 0 < overlap(text, passage, 3, 5) < overlap(text, passage, 3, 6) < 1


def test_sentences_end_at_full_stops_and_lines() -> None:
    """A decimal point is none."""
    text = "Take 2.5 mg! Now?\n\nYes 好。是"
    assert [text[start:end] for start, end in sentences(text)] == ["Take 2.5 mg!", "Now?", "Yes 好。", "是"]


def test_guesses_leave_little() -> None:
    """Nobody who did not read earns half, over what is right and what is wrong."""
    verdicts = {"ok": "Safe", "bad": "Not safe"}
    wrong = made([DOSE, CHILDREN], {"verdict": "bad"}, verdicts=verdicts)
    right = made([], {"verdict": "ok"}, verdicts=verdicts)
    for how in wrong[1].guesses(wrong[0]):
        earned = []
        for item, key in (wrong, wrong, right):
            responses = key.guesses(item)[how]
            earned.append(sum(key.score(item, response).credit for response in responses) / len(responses))
        assert sum(earned) / 3 <= 1 / 3, how
