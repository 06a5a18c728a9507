"""`span`: which responses are possible, what a word is, what the page is told and what graders read."""

from typing import Any

import pytest
from pydantic import ValidationError

from assessments.items import Response
from assessments.kinds.span import SpanItem, words
from assessments.text import render

TEXT = "Take 5000 mg.\n\n**Never** with milk."
COMMON = {"id": "x", "version": 1, "kind": "span", "task_type": "evl-flag", "skill": "s", "prompt": "p", "text": TEXT}
LABELS = {"dose": "Wrong *dose*", "fact": "Wrong fact"}
MARK: dict[str, Any] = {"start": 5, "end": 12, "label": "dose", "severity": "major"}


def item(**fields: Any) -> SpanItem:
    """With severities and verdicts."""
    full = {"severities": {"minor": "Minor", "major": "Major"}, "verdicts": {"ok": "Safe", "bad": "Not safe"}}
    return SpanItem.model_validate({**COMMON, "labels": LABELS, **full, **fields})


BARE = item(severities={}, verdicts={})


def bad(mark: Any) -> Response:
    """A response with one mark."""
    return {"verdict": "bad", "spans": [mark]}


def changed(field: str, *values: Any) -> list[Any]:
    """The good mark, with other values in one field."""
    return [{**MARK, field: value} for value in values]


@pytest.mark.parametrize("spans", [[], [MARK], [MARK, {**MARK, "label": "fact"}, {**MARK, "end": 13}]])
def test_marks_may_be_none_several_and_overlap(spans: list[Any]) -> None:
    """No marks is an answer too: nothing is wrong."""
    assert item().is_answered({"verdict": "bad", "spans": spans})


def test_what_an_item_does_not_ask_is_null() -> None:
    """Severity and verdict."""
    assert BARE.is_answered({"verdict": None, "spans": [{**MARK, "severity": None}]})
    assert BARE.problem({"verdict": None, "spans": [MARK]})
    assert BARE.problem({"verdict": "ok", "spans": []})


@pytest.mark.parametrize(
    "response",
    [
        *(None, 5, True, "x", [], {}, {"spans": []}, {"verdict": "bad", "spans": [], "more": 1}),
        *({"verdict": None, "spans": []}, {"verdict": "bad", "spans": None}, {"verdict": [], "spans": []}),
        *map(bad, (None, 3, [], {}, "start", {**MARK, "more": 1})),
        *map(bad, changed("start", None, True, 5.0, -1, 12, "5", [], 10**30)),
        *map(bad, changed("end", len(TEXT) + 1, 0, False, {})),
        *map(bad, changed("label", None, "other", [], {}, 1)),
        *map(bad, changed("severity", None, "other", [], True)),
        {"verdict": "bad", "spans": [MARK, MARK]},
        {"verdict": "bad", "spans": [MARK, {**MARK, "severity": "minor"}]},
        {"verdict": "bad", "spans": [{**MARK, "start": 13, "end": 15}]},
        {"verdict": "bad", "spans": [{**MARK, "start": start} for start in range(6)]},
    ],
)
def test_an_impossible_response_has_a_reason(response: Response) -> None:
    """Whatever stands in responses.json; nothing fails."""
    asked = item(max_spans=5)
    assert (asked.problem(response) or "").startswith("the response must")
    assert isinstance(asked.describe(response), str)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a  bc,\nd—e", ["a", "bc,", "d—e"]),
        ("服用500毫克。", ["服", "用", "500", "毫", "克", "。"]),
        ("กินยา ที่นี่", ["กิ", "น", "ย", "า", "ที่", "นี่"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("👧🏽 of", ["👧🏽", "of"]),
        ("ひらカタ漢字", ["ひ", "ら", "カ", "タ", "漢", "字"]),
    ],
)
def test_words_stand_between_spaces_or_are_characters(text: str, found: list[str]) -> None:
    """Signs above and below a character belong to it."""
    assert [text[start:end] for start, end in words(text)] == found


def test_the_page_is_told_in_plain_text() -> None:
    """Nothing of it is HTML."""
    shown = item().shown()
    assert shown["text"] == TEXT
    assert shown["labels"][0] == {"id": "dose", "text": "Wrong dose"}
    assert shown["words"][1:3] == [(5, 9), (10, 13)]
    assert not [name for name in shown if name.endswith("_html")]


def test_graders_read_what_was_marked() -> None:
    """In the order of the text, with its text as it stands."""
    late: dict[str, Any] = {"start": 15, "end": 24, "label": "fact", "severity": "minor"}
    told = item().describe({"verdict": "bad", "spans": [late, MARK]})
    assert told == "Not safe\n- “5000 mg”: Wrong dose, Major\n- “**Never**”: Wrong fact, Minor"
    assert item().describe({"verdict": "ok", "spans": []}) == "Safe\nnothing marked"
    assert "**Never** with milk." in render(item().question())


@pytest.mark.parametrize(
    "fields", [{"labels": {}}, {"severities": {"a": "A"}}, {"verdicts": {"a": "A"}}, {"text": " "}]
)
def test_an_item_without_a_choice_is_refused(fields: dict[str, Any]) -> None:
    """One severity or verdict would be no question."""
    with pytest.raises(ValidationError):
        item(**fields)
