"""The guideline beside the work."""

import pytest

from tests.front.conftest import Mount, item_of

GUIDELINE = "### 1 Scope\n\nOnly *tables*.\n\n" + "A rule of many words. " * 400
ITEM = item_of("text", rows=3)

pytestmark = pytest.mark.browser


def test_a_question_opens_it_and_the_answer_can_be_written_beside_it(mount: Mount) -> None:
    """Escape or its button closes it, and the focus goes back to where it was."""
    shown = mount(ITEM, guideline=GUIDELINE)
    panel = shown.page.get_by_role("complementary", name="Guideline")
    assert not panel.is_visible()
    button = shown.part.get_by_role("button", name="Guideline")
    button.focus()
    shown.page.keyboard.press("Enter")
    assert panel.get_by_role("heading", name="1 Scope").is_visible()
    assert panel.locator("em").inner_text() == "tables"
    shown.part.get_by_role("textbox").first.fill("Following section 1.")
    shown.leave()
    assert "section 1" in str(shown.value)
    assert panel.is_visible()
    panel.get_by_role("button", name="Close").click()
    assert not panel.is_visible()
    button.click()
    shown.page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert button.evaluate("element => element === document.activeElement")


def test_the_bar_opens_it_too(mount: Mount) -> None:
    """Also on a narrow screen, where it takes the width."""
    shown = mount(ITEM, guideline=GUIDELINE)
    shown.page.set_viewport_size({"width": 360, "height": 640})
    shown.page.locator("#bar").get_by_role("button", name="Guideline").click()
    box = shown.page.locator(".tp-guideline").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 361


def test_without_a_guideline_there_is_no_button(mount: Mount) -> None:
    """Most skill tests have none."""
    assert mount(ITEM).page.get_by_role("button", name="Guideline").count() == 0
