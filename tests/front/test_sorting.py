"""Labels, rankings and orders of steps: by mouse, by keyboard, restored, locked."""

import pytest
from playwright.sync_api import Locator, expect

from assessments.items import Response
from tests.front.conftest import Mount, Mounted, item_of

pytestmark = pytest.mark.browser
LABELS = {
    "unsafe": {"name": "Unsafe", "meaning": "Could hurt somebody."},
    "bias": {"name": "Biased", "meaning": "Speaks ill of people."},
    "odd": {"name": "`<b>` & 𝒳", "meaning": "Odd characters."},
}
ANSWERS = {"a": "First **text**.", "b": "Second text.", "c": "<script>window.broken = true</script>", "d": "Last."}
RANKING = item_of("ranking", answers=ANSWERS)
ODD: list[Response] = ["nonsense", {"a": 1}, 7, ["z"], [None, {}, "a", "b"], ["a", "a", "a", "a"]]


def button(shown: Mounted, text: str, name: str) -> Locator:
    """A button of a card."""
    return shown.part.get_by_role("button", name=f"{text}: {name}", exact=True)


def names(shown: Mounted) -> list[str]:
    """The cards as they stand on the page."""
    return shown.part.locator(".tp-order h3").all_inner_texts()


def test_one_label_by_mouse_and_by_keyboard(mount: Mount) -> None:
    """Its name is the control's name, its meaning the description."""
    shown = mount(item_of("label", labels=LABELS))
    expect(shown.label("Unsafe")).to_have_accessible_description("Could hurt somebody.")
    shown.part.get_by_text("Could hurt somebody.").click()
    assert shown.value == ["unsafe"]
    shown.page.keyboard.press("ArrowDown")
    assert shown.value == ["bias"]
    expect(shown.part.get_by_role("status")).to_have_text("Your answer: Biased")
    expect(shown.part.get_by_label("None of these applies")).to_have_count(0)


def test_several_labels_and_none(mount: Mount) -> None:
    """That none applies is an answer; to take everything back is not."""
    shown = mount(item_of("label", labels=LABELS, multi=True))
    expect(shown.part.get_by_role("status")).to_have_text("Not answered yet.")
    shown.label("Unsafe").check()
    shown.label("<b> & 𝒳").focus()
    shown.page.keyboard.press("Space")
    assert shown.value == ["odd", "unsafe"]
    shown.label("None of these applies").check()
    assert shown.value == []
    expect(shown.label("Unsafe")).not_to_be_checked()
    expect(shown.part.get_by_role("status")).to_have_text("Your answer: none of these applies")
    shown.label("Biased").check()
    assert shown.value == ["bias"]
    expect(shown.label("None of these applies")).not_to_be_checked()
    shown.label("Biased").uncheck()
    assert shown.value is None


def test_labels_are_restored(mount: Mount) -> None:
    """None as well; and whatever an edited file says."""
    item = item_of("label", labels=LABELS, multi=True)
    expect(mount(item, ["bias"]).label("Biased")).to_be_checked()
    expect(mount(item, []).label("None of these applies")).to_be_checked()
    for response in ODD:
        expect(mount(item, response).part.get_by_role("checkbox", checked=True).first).to_have_count(0)


def test_a_ranking_by_mouse(mount: Mount) -> None:
    """A card takes the place of the one that it is dropped on, up or down."""
    shown = mount(RANKING)
    bars = shown.part.locator(".tp-bar-of-card")
    bars.nth(0).drag_to(shown.part.get_by_text("Last."))
    assert shown.value == ["b", "c", "d", "a"]
    bars.nth(2).drag_to(bars.nth(0))
    assert shown.value == ["d", "b", "c", "a"]
    assert names(shown) == ["Answer D", "Answer B", "Answer C", "Answer A"]
    expect(shown.part.locator(".tp-drop-before, .tp-drop-after")).to_have_count(0)
    assert shown.page.evaluate("window.broken") is None


def test_a_ranking_by_keyboard(mount: Mount) -> None:
    """The focus stays on the button, and what happened is said."""
    shown = mount(RANKING)
    down = button(shown, "Move down", "Answer A")
    status = shown.part.get_by_role("status")
    down.focus()
    for place in (2, 3, 4):
        shown.page.keyboard.press("Enter")
        expect(status).to_have_text(f"Answer A is now in place {place} of 4.")
    assert shown.value == ["b", "c", "d", "a"]
    shown.page.keyboard.press("Enter")
    expect(status).to_have_text("Answer A is already at the bottom.")
    expect(down).to_be_focused()
    shown.page.keyboard.press("Shift+Tab")
    shown.page.keyboard.press("Space")
    assert shown.value == ["b", "c", "a", "d"]
    assert shown.part.locator(".tp-place").all_inner_texts() == ["1", "2", "3", "4"]


def test_untouched_cards_are_no_answer(mount: Mount) -> None:
    """Until somebody says that they are."""
    shown = mount(RANKING)
    keep = shown.part.get_by_role("button", name="Keep this order")
    keep.focus()
    shown.page.keyboard.press("Enter")
    assert shown.value == ["a", "b", "c", "d"]
    expect(keep).to_be_hidden()
    expect(shown.part.get_by_role("list", name="Your order")).to_be_focused()
    expect(shown.part.get_by_role("status")).to_have_text("This order is your answer.")


def test_a_card_at_the_end_stays(mount: Mount) -> None:
    """To press its button is no answer."""
    shown = mount(RANKING)
    button(shown, "Move up", "Answer A").press("Enter")
    expect(shown.part.get_by_role("status")).to_have_text("Answer A is already on top.")
    expect(shown.part.get_by_role("button", name="Keep this order")).to_be_visible()
    assert shown.value is None


def test_an_order_is_restored(mount: Mount) -> None:
    """What is no order of these cards is as good as none."""
    shown = mount(RANKING, ["d", "a", "c", "b"])
    assert names(shown) == ["Answer D", "Answer A", "Answer C", "Answer B"]
    expect(shown.part.get_by_role("button", name="Keep this order")).to_be_hidden()
    for response in ODD:
        shown = mount(RANKING, response)
        assert names(shown) == ["Answer A", "Answer B", "Answer C", "Answer D"]
        expect(shown.part.get_by_role("button", name="Keep this order")).to_be_visible()


def test_a_locked_order_takes_nothing(mount: Mount) -> None:
    """Neither by button nor by dragging."""
    shown = mount(RANKING, ["d", "a", "c", "b"])
    shown.lock()
    expect(shown.part.locator(".tp-answer").get_by_role("button")).to_have_count(0)
    shown.part.locator(".tp-bar-of-card").nth(0).drag_to(shown.part.get_by_text("Second text."))
    assert shown.value == ["d", "a", "c", "b"]
    assert names(shown) == ["Answer D", "Answer A", "Answer C", "Answer B"]


def test_steps_are_named_by_their_texts(mount: Mount) -> None:
    """Buttons say which step they move."""
    shown = mount(item_of("ordering", steps={"a": "Pour", "b": "Boil `water`", "c": "<i>Wait</i>"}))
    button(shown, "Move up", "Boil water").click()
    button(shown, "Move up", "<i>Wait</i>").click()
    assert shown.value == ["b", "c", "a"]
