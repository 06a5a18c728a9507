"""`label`, `ranking`, `ordering`: which responses are possible, what the page is told, how a grader reads them."""

import json
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from assessments.items import Item, Response
from assessments.kinds import KINDS

COMMON = {"id": "x", "version": 1, "task_type": "skill", "skill": "s", "prompt": "Look."}
LABELS = {
    "safe": {"name": "Safe", "meaning": "Does no harm."},
    "dose": {"name": "`Dose`", "meaning": "Names an <i>amount</i>."},
    "bias": {"name": "Biased", "meaning": "Speaks ill of people."},
}
TEXTS = {"a": "Long **answer**.", "b": "Short.", "c": "<b>odd</b>"}


def made(kind: str, **fields: Any) -> Item:
    """An item of a kind."""
    return KINDS[kind].model_validate({**COMMON, "kind": kind, **fields})


ITEMS = {
    "one": made("label", labels=LABELS),
    "several": made("label", labels=LABELS, multi=True),
    "ranking": made("ranking", answers=TEXTS),
    "ordering": made("ordering", steps=TEXTS),
}
GOOD: dict[str, list[Response]] = {
    "one": [["dose"]],
    "several": [[], ["dose"], ["bias", "dose", "safe"]],
    "ranking": [["c", "a", "b"]],
    "ordering": [["c", "a", "b"]],
}
ODD: list[Any] = [
    *(None, 5, True, "dose", {}, {"dose": 1}, [None], [{}], [["dose"]], ["z"], ["dose", "dose"], ["a", "b"]),
    *(["a", "b", "b"], ["a", "b", "c", "c"], ["a", "b", "c", None], ["a", "b", 3], "abc"),
]


@pytest.mark.parametrize("name", ITEMS)
def test_good_responses_are_answers(name: str) -> None:
    """Where several labels are allowed, "none applies" is one too."""
    for response in GOOD[name]:
        assert ITEMS[name].is_answered(response)


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("response", ODD)
def test_odd_responses_have_a_reason(name: str, response: Response) -> None:
    """Whatever stands in the file; and a grader can read it all the same."""
    assert str(ITEMS[name].problem(response)).startswith("the response must")
    assert not ITEMS[name].is_answered(response)
    assert isinstance(ITEMS[name].describe(response), str)


@pytest.mark.parametrize("response", [[], ["dose", "safe"]])
def test_one_label_means_exactly_one(response: Response) -> None:
    """Neither none nor two."""
    assert ITEMS["one"].problem(response) == "the response must be a list of exactly one id out of safe, dose, bias"


@pytest.mark.parametrize(
    ("name", "response", "text"),
    [
        ("one", ["dose"], "- Dose"),
        ("several", ["dose", "safe"], "- Dose\n- Safe"),
        ("several", [], "none of the labels applies"),
        ("several", None, "no answer"),
        ("ranking", ["c", "a", "b"], "1. Answer C\n2. Answer A\n3. Answer B"),
        ("ordering", ["b", "a", "c"], "1. Short.\n2. Long answer.\n3. <b>odd</b>"),
    ],
)
def test_a_grader_reads_names(name: str, response: Response, text: str) -> None:
    """Not ids."""
    assert ITEMS[name].describe(response) == text


def test_the_question_holds_all_that_is_shown() -> None:
    """For who reads a response without the page."""
    assert "* **`Dose`**: Names an <i>amount</i>." in ITEMS["one"].question()
    assert "or none:" in ITEMS["several"].question()
    assert "**Answer B**\n\nShort." in ITEMS["ranking"].question()
    assert "* Short." in ITEMS["ordering"].question()


@pytest.mark.parametrize("name", ITEMS)
def test_what_is_shown_is_plain_data_without_raw_html(name: str) -> None:
    """It travels as JSON, and a bank's HTML is text."""
    text = json.dumps(ITEMS[name].shown())
    assert "&lt;" in text
    for html in _html(json.loads(text)):
        assert "<b>" not in html
        assert "<i>" not in html


def _html(shown: Any) -> list[str]:
    """Every text that the page takes as HTML."""
    if isinstance(shown, list):
        return [html for part in shown for html in _html(part)]
    if not isinstance(shown, dict):
        return []
    own = [value for name, value in shown.items() if name.endswith("_html")]
    return own + [html for value in shown.values() for html in _html(value)]


@pytest.mark.parametrize(("name", "field"), [("several", "labels"), ("ranking", "answers"), ("ordering", "steps")])
def test_shuffling_keeps_ids_with_their_texts(name: str, field: str) -> None:
    """Only the order changes, and with it what the page shows first."""
    item = ITEMS[name]
    shuffled = [item.shuffled(Random(seed)) for seed in range(20)]
    assert len({tuple(getattr(other, field)) for other in shuffled}) > 3
    assert all(getattr(other, field) == getattr(item, field) for other in shuffled)


def test_answers_are_called_by_the_place_in_which_they_stand() -> None:
    """As the applicant saw them, after shuffling."""
    item = made("ranking", answers={"c": "x", "a": "y", "b": "z"})
    assert [(card["id"], card["name"]) for card in item.shown()["cards"]] == [
        ("c", "Answer A"),
        ("a", "Answer B"),
        ("b", "Answer C"),
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("label", {"labels": {"a": {"name": "A", "meaning": "x"}}}),
        ("label", {"labels": {"a": {"name": "A"}, "b": {"name": "B"}}}),
        ("ranking", {"answers": {"a": "x", "b": "y"}}),
        ("ordering", {"steps": dict.fromkeys("abcdefgh", "x")}),
    ],
)
def test_what_cannot_be_asked_is_refused(kind: str, fields: dict[str, Any]) -> None:
    """One label; a label without a meaning; two answers; eight steps."""
    with pytest.raises(ValidationError):
        made(kind, **fields)
