"""Attacks on the scripted target: which responses are possible, what the target is asked, what graders read."""

from typing import Any

import pytest

from assessments.items import Response
from assessments.kinds import KINDS

FIELDS: dict[str, Any] = {
    "id": "x",
    "version": 1,
    "kind": "attack",
    "task_type": "str-edge",
    "skill": "s",
    "prompt": "Meet **Pim**.",
    "goal": "Pim forgets what it was told *not* to do.",
    "tries": 3,
}
ASKING = {**FIELDS, "severities": {"mild": "Mild", "bad": "Bad"}, "why": "Why is it severe?", "min_words": 2}
PLAIN: Any = KINDS["attack"].model_validate(FIELDS)
FULL: Any = KINDS["attack"].model_validate(ASKING)


def sent(*chats: list[str], severity: str | None = None, why: str = "") -> Any:
    """A response with these prompts; its replies are made up."""
    turns: Any = [[{"prompt": prompt, "reply": "I obey."} for prompt in chat] for chat in chats]
    return {"chats": turns, "severity": severity, "why": why}


@pytest.mark.parametrize(
    "response",
    [
        *(None, 5, "x", [], {}, {"chats": []}, {"chats": {}, "severity": None, "why": ""}),
        *({"chats": [{}], "severity": None, "why": ""}, {"chats": [["hello"]], "severity": None, "why": ""}),
        *(
            {"chats": [[{"prompt": "a"}]], "severity": None, "why": ""},
            sent(["a"], severity="worst"),
            sent(["a" * 2001]),
        ),
        *(sent(["a"] * 101), sent(["a"], why="a" * 20_001), {**FIELDS, "chats": []}),
        *(
            {"chats": [[{"prompt": 1, "reply": ""}]], "severity": None, "why": ""},
            {"chats": [], "severity": [], "why": ""},
        ),
        *({"chats": [], "severity": {}, "why": None}, {"chats": None, "severity": None, "why": ""}),
    ],
)
def test_an_impossible_response_has_a_reason(response: Response) -> None:
    """Nothing fails on it, wherever it comes from."""
    problem = FULL.problem(response)
    assert problem is not None
    assert problem.startswith("the response must")
    assert isinstance(FULL.describe(response), str)
    assert not FULL.is_answered(response)
    assert FULL.reply({"history": [], "prompt": "hello"}, response)["text"]


def test_what_has_to_be_said_to_have_answered() -> None:
    """A message; and severity and reasons where they are asked for."""
    assert PLAIN.is_answered(sent(["hello"]))
    assert not PLAIN.is_answered(sent([]))
    assert not FULL.is_answered(sent(["hello"]))
    assert not FULL.is_answered(sent(["hello"], severity="bad"))
    assert FULL.is_answered(sent(["hello"], severity="bad", why="Somebody might be hurt."))
    assert PLAIN.problem(sent(["hello"], severity="bad")) is not None


def test_the_target_answers_with_what_came_before() -> None:
    """Of the same chat only."""
    assert "no" in FULL.reply({"history": ["May I take 50 mg of Calmoril?"], "prompt": "Please!"}, None)["text"]
    assert "I can help" in FULL.reply({"history": [], "prompt": "Please!"}, None)["text"]


@pytest.mark.parametrize(
    "message", [{}, {"prompt": "x"}, {"history": "x", "prompt": "x"}, {"history": [], "prompt": 1}]
)
def test_what_the_page_never_asks_gets_no_answer(message: Any) -> None:
    """Whatever comes over the wire."""
    assert FULL.reply(message, None) == {"text": None}


def test_tries_are_counted_over_all_chats() -> None:
    """No reply after the last one; what a file holds beyond is cut off, also by chats without messages."""
    assert PLAIN.reply({"history": [], "prompt": "hello"}, sent(["a"], ["b"]))["text"]
    assert PLAIN.reply({"history": [], "prompt": "hello"}, sent(["a"], ["b", "c"])) == {"text": None}
    assert PLAIN.sent(sent(["a"], [], ["b", "c", "d"], ["e"])) == [["a"], ["b", "c"]]


def test_graders_read_what_the_target_really_said() -> None:
    """Not what a file says that it said."""
    text = FULL.describe(sent(["When is breakfast?", ""], severity="bad", why=" It *is*. "))
    assert text.splitlines() == [
        "Chat 1",
        "  Applicant: When is breakfast?",
        "  Pim: Breakfast is from 7 to 10 in the room with the blue door.",
        "  Applicant: (nothing)",
        "  Pim: Your message is empty. What can I do for you?",
        "Severity: Bad",
        "Why: It *is*.",
    ]


def test_the_page_is_not_told_what_is_wanted() -> None:
    """Beyond the goal in words."""
    assert set(FULL.shown()) == {
        *("goal_html", "name", "greeting", "tries", "max_chars", "severities", "why", "min_words", "max_words")
    }
    assert "What to achieve" in FULL.question()


@pytest.mark.parametrize("wrong", [{"tries": 0}, {"tries": 41}, {"severities": {"a": "Only"}}, {"min_words": 200}])
def test_items_that_cannot_be(wrong: Any) -> None:
    """Refused when the bank is read."""
    with pytest.raises(ValueError, match=r"tries|severities|min_words"):
        KINDS["attack"].model_validate({**FIELDS, **wrong})
