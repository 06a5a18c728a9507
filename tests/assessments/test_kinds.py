"""Kinds with given answers, and code: which responses are possible, what the page is told."""

import json
from random import Random
from typing import Any

import pytest

from assessments.items import Response
from tests.samples import small_bank

ITEMS = {entry.item.kind: entry.item for entry in small_bank().items.values()}
GOOD: dict[str, Response] = {
    "choice": "b",
    "multiple": ["b", "d"],
    "numeric": "1,250",
    "rating": {"accuracy": 1, "clarity": 5},
    "comparison": "a_much",
    "code": "def double(x):\n    return x",
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_response_is_accepted(kind: str) -> None:
    """It counts as answered."""
    assert ITEMS[kind].problem(GOOD[kind]) is None
    assert ITEMS[kind].is_answered(GOOD[kind])
    assert not ITEMS[kind].is_answered(None)


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize(
    "response", [None, 5, True, "z", [], ["z"], ["b", "b"], {}, {"accuracy": 9}, {"accuracy": True, "clarity": 1}, [{}]]
)
def test_an_impossible_response_has_a_reason(kind: str, response: Response) -> None:
    """Whatever stands in responses.json is either possible or has a reason; nothing fails."""
    item = ITEMS[kind]
    problem = item.problem(response)
    assert problem is None or problem.startswith("the response must")
    assert isinstance(item.describe(response), str)
    if not (kind == "code" and isinstance(response, str)):
        assert problem is not None


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_shown_is_plain_data(kind: str) -> None:
    """It travels to the page as JSON."""
    shown = ITEMS[kind].shown()
    assert json.loads(json.dumps(shown)) == shown


def test_texts_are_shown_without_raw_html() -> None:
    """Markdown works; what looks like HTML is text."""
    item = ITEMS["choice"].model_copy(update={"options": {"a": "**x**", "b": "<img src=x onerror=alert(1)>"}})
    first, second = item.shown()["options"]
    assert first == {"id": "a", "text_html": "<strong>x</strong>"}
    assert second["text_html"] == "&lt;img src=x onerror=alert(1)&gt;"


@pytest.mark.parametrize(
    ("text", "read_as"), [("1,250", "1,250 km"), ("12,5", "12.5 km"), ("many", ""), (None, ""), ([], "")]
)
def test_a_number_is_read_as_it_will_be_judged(text: Any, read_as: str) -> None:
    """Whatever the page asks."""
    assert ITEMS["numeric"].reply({"text": text}, None) == {"read_as": read_as}


def test_other_kinds_answer_no_questions() -> None:
    """A page that asks is wrong, and is told so."""
    with pytest.raises(ValueError, match="choice items answer no questions"):
        ITEMS["choice"].reply({}, None)


def test_half_a_rating_is_no_answer() -> None:
    """It is kept, but something is left to do."""
    assert not ITEMS["rating"].is_answered({"accuracy": 2})
    assert ITEMS["rating"].is_answered({"accuracy": 2, "clarity": 4})


def test_the_starter_is_no_answer() -> None:
    """Code counts as answered when something was written."""
    item = ITEMS["code"]
    assert not item.is_answered("def double(x):\n    ...\n")
    assert item.is_answered("def double(x):\n    return 1\n")


def test_shuffling_keeps_ids_with_their_texts() -> None:
    """Only the order changes."""
    item: Any = ITEMS["choice"]
    orders = {tuple(item.shuffled(Random(seed)).options) for seed in range(20)}
    assert len(orders) > 5
    assert all(item.shuffled(Random(seed)).options == item.options for seed in range(20))
