"""`step`: which responses are possible, what the page is told and what graders read."""

from typing import Any

import pytest
from pydantic import ValidationError

from assessments.items import Response
from assessments.kinds.step import StepItem
from assessments.text import render

COMMON = {"id": "x", "version": 1, "kind": "step", "task_type": "jus-correct", "skill": "s", "prompt": "Find it."}
STEPS = {"s1": "2x = 6", "s2": "So **x = 4**.\n\n* <b>sure</b>", "s3": "Done."}
EXPLAIN = {"prompt": "Why so?", "min_words": 2, "max_words": 4}


def item(**fields: Any) -> StepItem:
    """Without reasons, unless given."""
    return StepItem.model_validate({**COMMON, "steps": STEPS, **fields})


BARE, ASKED = item(), item(explain=EXPLAIN)


@pytest.mark.parametrize("step", ["s1", "s3", "none"])
def test_a_step_or_none_is_an_answer(step: str) -> None:
    """With reasons only where they are asked for."""
    assert BARE.is_answered({"step": step, "why": ""})
    assert BARE.problem({"step": step, "why": "Two words."})
    assert ASKED.is_answered({"step": step, "why": "Two words."})


@pytest.mark.parametrize(
    "response",
    [
        *(None, 5, True, "s1", [], {}, {"step": "s1"}, {"step": "s1", "why": "", "more": 1}),
        *({"step": None, "why": "two words"}, {"step": [], "why": "two words"}, {"step": "s4", "why": "two words"}),
        *({"step": "s1", "why": None}, {"step": "s1", "why": 3}, {"step": "s1", "why": ["two", "words"]}),
        *({"step": "s1", "why": "one"}, {"step": "s1", "why": "one two three four five"}),
    ],
)
def test_an_impossible_response_has_a_reason(response: Response) -> None:
    """Half an answer too; nothing fails."""
    for asked in (BARE, ASKED):
        assert (asked.problem(response) or "").startswith("the response must")
        assert isinstance(asked.describe(response), str)


def test_the_page_gets_rendered_steps() -> None:
    """Markdown without anybody's markup."""
    shown = ASKED.shown()
    assert shown["steps"][0] == {"id": "s1", "text_html": "<p>2x = 6</p>\n"}
    assert "<strong>x = 4</strong>" in shown["steps"][1]["text_html"]
    assert "<b>" not in shown["steps"][1]["text_html"]
    assert shown["explain"] == EXPLAIN
    assert BARE.shown()["explain"] is None


def test_graders_read_steps_by_number() -> None:
    """And the question as a numbered list."""
    assert ASKED.describe({"step": "s2", "why": "It is three."}) == "step 2 is the first wrong one\n\nIt is three."
    assert BARE.describe({"step": "none", "why": ""}) == "every step is right"
    question = render(ASKED.question())
    assert question.count("<ol>") == 1
    assert question.count("<li>") == 4
    assert question.endswith("<p>Why so?</p>\n")


@pytest.mark.parametrize(
    "fields",
    [
        *({"steps": {"s1": "only one"}}, {"steps": {"none": "a", "s2": "b"}}),
        {"explain": {"min_words": 5, "max_words": 4}},
    ],
)
def test_what_cannot_be_asked_is_refused(fields: dict[str, Any]) -> None:
    """One step, a step called none, limits that nobody can keep."""
    with pytest.raises(ValidationError):
        item(**fields)
