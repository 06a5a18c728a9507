"""Every kind of item: which responses are possible, what the widget shows, restores and saves."""

from random import Random
from typing import Any

import ipywidgets
import pytest

from assessments.items import Item, Response
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


def controls(widget: ipywidgets.Widget, kind: type) -> list[Any]:
    """All widgets of a type inside."""
    inside = [found for child in getattr(widget, "children", ()) for found in controls(child, kind)]
    return [widget, *inside] if isinstance(widget, kind) else inside


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
def test_a_view_can_be_restored_from_anything(kind: str) -> None:
    """Also a file that was edited by hand opens."""
    for response in (None, GOOD[kind], "nonsense"):
        assert isinstance(ITEMS[kind].view(response, lambda _: None), ipywidgets.Widget)


def saved_by(item: Item, act: Any) -> list[Response]:
    """What a view saves when something is done to it."""
    saved: list[Response] = []
    act(item.view(None, saved.append))
    return saved


def test_choice_saves_the_id() -> None:
    """Not the text or the place."""

    def act(view: Any) -> None:
        view.value = "c"

    assert saved_by(ITEMS["choice"], act) == ["c"]


def test_multiple_saves_sorted_ids_and_none_for_nothing() -> None:
    """Unticking the last box is "not answered"."""

    def act(view: Any) -> None:
        boxes = controls(view, ipywidgets.Checkbox)
        for box, value in ((boxes[3], True), (boxes[1], True), (boxes[1], False), (boxes[3], False)):
            box.value = value

    assert saved_by(ITEMS["multiple"], act) == [["d"], ["b", "d"], ["d"], None]


def test_numeric_saves_what_was_typed() -> None:
    """Also what is not a number yet, so that it is there again."""

    def act(view: Any) -> None:
        (field,) = controls(view, ipywidgets.Text)
        field.value = "12,"
        field.value = "12,5"

    assert saved_by(ITEMS["numeric"], act) == ["12,", "12,5"]


def test_rating_saves_each_criterion() -> None:
    """Half a rating is kept, but does not count as answered."""

    def act(view: Any) -> None:
        first, second = controls(view, ipywidgets.ToggleButtons)
        first.value = 2
        second.value = 4

    saved = saved_by(ITEMS["rating"], act)
    assert saved == [{"accuracy": 2}, {"accuracy": 2, "clarity": 4}]
    assert [ITEMS["rating"].is_answered(response) for response in saved] == [False, True]


def test_comparison_saves_the_verdict() -> None:
    """With its strength."""

    def act(view: Any) -> None:
        (buttons,) = controls(view, ipywidgets.ToggleButtons)
        buttons.value = "b_slightly"

    assert saved_by(ITEMS["comparison"], act) == ["b_slightly"]


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
