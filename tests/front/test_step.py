"""Chains of steps: by mouse, by keyboard, with reasons, restored, locked."""

from typing import Any

import pytest
from playwright.sync_api import expect

from assessments.items import Item
from tests.front.conftest import Mount, item_of

pytestmark = pytest.mark.browser
STEPS = {"s1": "First **add**.", "s2": "Then `x < 3` & so on.", "s3": "* done\n* <b>indeed</b>"}


def steps(**fields: Any) -> Item:
    """A chain of three."""
    return item_of("step", **{"steps": STEPS, **fields})


def test_a_step_by_mouse_and_every_step_by_keyboard(mount: Mount) -> None:
    """A step goes by its number."""
    shown = mount(steps())
    shown.part.get_by_text("Step 3").click()
    assert shown.value == {"step": "s3", "why": ""}
    shown.page.keyboard.press("ArrowDown")
    assert shown.value == {"step": "none", "why": ""}
    expect(shown.part.get_by_role("radio", name="Every step is right")).to_be_checked()
    expect(shown.part.get_by_role("textbox", name="Why")).to_have_count(0)


def test_reasons_are_kept_while_typing(mount: Mount) -> None:
    """Beside the step, and also before there is one."""
    shown = mount(steps(explain={"prompt": "Why so?", "min_words": 2, "max_words": 9}))
    shown.label("Why so?").press_sequentially("No – 2 < 3 👍")
    shown.leave()
    assert shown.value == {"step": None, "why": "No – 2 < 3 👍"}
    shown.part.get_by_role("radio", name="Step 2").focus()
    shown.page.keyboard.press("Space")
    assert shown.value == {"step": "s2", "why": "No – 2 < 3 👍"}


def test_a_click_keeps_what_is_still_being_typed(mount: Mount) -> None:
    """Nothing gets lost between the two."""
    shown = mount(steps(explain={}), {"step": "s1", "why": "Once"})
    shown.label("Why?", exact=False).fill("Twice")
    shown.part.get_by_role("radio", name="Step 2").check()
    assert shown.value == {"step": "s2", "why": "Twice"}


def test_an_answer_is_restored_and_locked(mount: Mount) -> None:
    """Then it can only be read."""
    shown = mount(steps(explain={}), {"step": "s2", "why": "Because"}, locked=True)
    radio = shown.part.get_by_role("radio", name="Step 2")
    expect(radio).to_be_checked()
    expect(radio).to_be_disabled()
    expect(shown.label("Why?", exact=False)).to_have_value("Because")
    expect(shown.label("Why?", exact=False)).to_be_disabled()


@pytest.mark.parametrize("value", [7, "s1", [], {"step": ["s1"], "why": 3}, {"step": "other"}])
def test_whatever_was_saved_opens(mount: Mount, value: Any) -> None:
    """With nothing chosen."""
    shown = mount(steps(explain={}), value)
    expect(shown.part.get_by_role("radio", checked=True)).to_have_count(0)
    expect(shown.label("Why?", exact=False)).to_have_value("")


def test_steps_are_rendered_and_their_markup_is_not(mount: Mount) -> None:
    """Markdown from a bank, tags from nobody."""
    shown = mount(steps())
    expect(shown.part.get_by_text("<b>indeed</b>")).to_be_visible()
    expect(shown.part.get_by_role("radio", name="Step 2 Then x < 3 & so on.")).to_have_count(1)
