"""Questions with given options: by mouse, by keyboard, restored, locked."""

import pytest
from playwright.sync_api import expect

from tests.front.conftest import Mount, item_of

pytestmark = pytest.mark.browser
OPTIONS = {"a": "one `x`", "b": "two", "c": "three"}


def test_a_choice_by_mouse_and_by_keyboard(mount: Mount) -> None:
    """The words of an option are its label; arrows move on."""
    shown = mount(item_of("choice", options=OPTIONS))
    shown.label("two").check()
    assert shown.value == "b"
    shown.page.keyboard.press("ArrowDown")
    assert shown.value == "c"


def test_multiple_keeps_a_sorted_list_and_nothing(mount: Mount) -> None:
    """Unchecking the last one is "not answered"."""
    shown = mount(item_of("multiple", options=OPTIONS), ["c"])
    expect(shown.label("three")).to_be_checked()
    shown.label("one x").focus()
    shown.page.keyboard.press("Space")
    assert shown.value == ["a", "c"]
    shown.label("one x").uncheck()
    shown.label("three").uncheck()
    assert shown.value is None


def test_a_number_is_read_aloud(mount: Mount) -> None:
    """What was typed is kept as typed; how it is read is said beside it."""
    shown = mount(item_of("numeric", unit="km"))
    shown.label("Answer").press_sequentially("1,250")
    expect(shown.part.get_by_text("read as 1,250 km")).to_be_visible()
    shown.leave()
    assert shown.value == "1,250"
    shown.label("Answer").fill("many")
    expect(shown.part.get_by_text("Please write a number")).to_be_visible()


def test_a_rating_keeps_each_criterion(mount: Mount) -> None:
    """Half filled in is kept too."""
    shown = mount(item_of("rating", criteria={"right": "Is it right?", "clear": "Is it clear?"}))
    shown.part.get_by_role("group", name="Is it clear?").get_by_label("4").check()
    assert shown.value == {"clear": 4}
    shown.part.get_by_role("group", name="Is it right?").get_by_label("1").check()
    assert shown.value == {"clear": 4, "right": 1}


def test_a_comparison(mount: Mount) -> None:
    """Both sides are named for who listens."""
    shown = mount(item_of("comparison", a="Short.", b="Long."))
    expect(shown.part.get_by_role("region", name="Answer A")).to_contain_text("Short.")
    shown.label("equally good").check()
    assert shown.value == "tie"


def test_a_locked_question_takes_nothing(mount: Mount) -> None:
    """After handing in it can only be read."""
    shown = mount(item_of("choice", options=OPTIONS), "a")
    shown.lock()
    expect(shown.label("two")).to_be_disabled()
    expect(shown.label("one x")).to_be_checked()


def test_reporting_a_problem_and_not_being_sure(mount: Mount) -> None:
    """Both are kept beside the answer."""
    shown = mount(item_of("choice", options=OPTIONS))
    shown.label("I am not sure", exact=False).check()
    shown.part.get_by_text("Report a problem").click()
    shown.label("What is wrong?", exact=False).fill("Two options are right.")
    shown.leave()
    assert shown.mark == {"unsure": True, "problem": "Two options are right."}
