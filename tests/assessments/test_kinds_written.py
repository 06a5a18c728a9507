"""Items with written answers: what is possible, what is said of what is not, what graders read."""

from typing import Any

import pytest
from pydantic import ValidationError

from assessments.items import Item, Response
from assessments.kinds import KINDS
from assessments.wordcount import MAX_CHARS, count_words

COMMON = {"id": "x", "version": 1, "task_type": "skill", "skill": "s", "prompt": "Do **this**."}


def made(kind: str, **fields: Any) -> Item:
    """An item of a kind."""
    return KINDS[kind].model_validate({**COMMON, "kind": kind, **fields})


TEXT = made("text", fields={"a": "First", "b": "Second"}, min_words=2, max_words=4)
REWRITE = made("rewrite", draft="It are wrong.", max_words=6, reasons={"min_words": 2})
TALK = made(
    "conversation",
    roles={"user": "User", "bot": "Assistant"},
    opening=[{"role": "user", "text": "Hello <b>."}],
    min_turns=1,
    max_turns=2,
    max_words=3,
)
RUBRIC = made("criteria", min_rows=2, max_rows=3, max_words=5)
GOOD: dict[str, tuple[Item, Response]] = {
    "text": (TEXT, {"a": "two words", "b": "now there are four"}),
    "rewrite": (REWRITE, {"text": "It is wrong.", "reasons": "Verb agrees."}),
    "conversation": (TALK, [{"role": "bot", "text": "What can I"}, {"role": "user", "text": "Nothing."}]),
    "criteria": (RUBRIC, [{"text": "Names the dose", "weight": 3}, {"text": "Warns", "weight": 1}]),
}
STRANGE: list[Any] = [
    *(None, 5, True, "text", [], {}, [None], [[]], [{}], {"a": None}, {"text": 5, "reasons": []}),
    [{"role": ["bot"], "text": "x"}],
    [{"role": {}, "text": {}}],
    [{"text": "a", "weight": True}, {"text": "b", "weight": 1.0}],
    [{"text": "a", "weight": 6}, {"text": "b", "weight": "3"}],
    {"a": "\ud800 x", "b": "x" * (MAX_CHARS + 1)},
]


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_response_is_answered_and_can_be_read(kind: str) -> None:
    """By graders, as plain text."""
    item, response = GOOD[kind]
    assert item.problem(response) is None
    assert item.is_answered(response)
    assert "{" not in item.describe(response)
    assert item.question().startswith("Do **this**.")


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("response", STRANGE)
def test_anything_else_has_a_reason(kind: str, response: Response) -> None:
    """Whatever stands in the file of answers."""
    item, _ = GOOD[kind]
    assert str(item.problem(response)).startswith("the response must")
    assert isinstance(item.describe(response), str)
    assert not item.is_answered(response)


@pytest.mark.parametrize(
    ("kind", "response", "reason"),
    [
        ("text", {"a": "two words", "b": "one"}, "2 to 4 words in “Second”; it has 1"),
        ("text", {"a": "two words", "b": "this is a bit long"}, "2 to 4 words in “Second”; it has 5"),
        ("text", {"a": "two words"}, "a text for a, b"),
        ("rewrite", {"text": "", "reasons": "a b"}, "1 to 6 words in your version; it has 0"),
        ("rewrite", {"text": "x", "reasons": "a"}, "2 to 200 words as reasons; it has 1"),
        ("rewrite", {"text": "x"}, "reasons and text"),
        ("conversation", [{"role": "bot", "text": "x"}] * 3, "1 to 2 turns; it has 3"),
        ("conversation", [{"role": "bot", "text": " "}], "1 to 3 words in turn 1; it has 0"),
        ("conversation", [{"role": "z", "text": "x"}], "one of the roles user, bot in turn 1"),
        ("criteria", [{"text": "x", "weight": 1}], "2 to 3 criteria; it has 1"),
        ("criteria", [{"text": "x", "weight": 1}, {"text": "y", "weight": 0}], "a weight from 1 to 5 in criterion 2"),
    ],
)
def test_the_reason_says_what_is_allowed(kind: str, response: Response, reason: str) -> None:
    """And what was found."""
    assert reason in str(GOOD[kind][0].problem(response))


def test_the_draft_is_possible_but_no_answer() -> None:
    """White space apart."""
    draft: Response = {"text": "It  are\nwrong.", "reasons": "None needed."}
    assert REWRITE.problem(draft) is None
    assert not REWRITE.is_answered(draft)


def test_who_is_not_to_be_written_is_refused() -> None:
    """An applicant may write some roles only."""
    item = made("conversation", roles={"user": "You", "bot": "Bot"}, writes=["user"], min_turns=1)
    assert item.problem([{"role": "user", "text": "Why?"}]) is None
    assert "one of the roles user " in str(item.problem([{"role": "bot", "text": "Because."}]))
    assert [role["id"] for role in item.shown()["roles"]] == ["user"]


def test_given_turns_are_rendered_safely() -> None:
    """And drafts, labels and names stay plain text for the page to put in as text."""
    assert TALK.shown()["opening"] == [{"role": "user", "name": "User", "text_html": "<p>Hello &lt;b&gt;.</p>\n"}]


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("text", {"min_words": 9, "max_words": 8}, "min_words: found 9, allowed up to max_words, 8"),
        ("rewrite", {"draft": "x", "reasons": {"min_words": 9, "max_words": 8}}, "min_words: found 9"),
        ("conversation", {"roles": {"a": "A"}, "writes": ["b"]}, "found the role 'b', allowed a"),
        ("conversation", {"roles": {"a": "A"}, "opening": [{"role": "b", "text": "x"}]}, "found the role 'b'"),
        ("conversation", {"roles": {"a": "A"}, "min_turns": 20}, "min_turns: found 20"),
        ("criteria", {"min_rows": 9}, "min_rows: found 9, allowed up to max_rows, 8"),
    ],
)
def test_an_item_that_nobody_can_answer_is_refused(kind: str, fields: dict[str, Any], reason: str) -> None:
    """With what was found and what is allowed."""
    with pytest.raises(ValidationError, match=reason):
        made(kind, **fields)


def test_words_are_counted_as_people_do() -> None:
    """Hyphens, apostrophes, slashes and numbers do not part them; marks on letters do neither."""
    assert count_words("Don’t give 4,000 mg/kg of well-known stuff — e.g. हिन्दी!") == 9
    assert count_words("Open from 9:30 to 18:00: come in") == 7
    assert count_words(" … \n") == 0
