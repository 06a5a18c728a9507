"""Somebody goes through a module in JupyterLab and on the page without code; it is recorded while it is open."""

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.store import Store
from grader.workspace import Workspace
from onboarding.learning.answers import first_answers
from onboarding.learning.modules import find_module
from onboarding.learning.records import finished
from tests.browser.test_notebook import SLOW_MS
from tests.serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
NAME = "asking-for-help"


def answer(page: Page, number: int, *options: str) -> None:
    """Choose these and check."""
    exercise = page.get_by_role("group", name=f"Exercise {number} of")
    for option in options:
        exercise.get_by_label(option).check()
    exercise.get_by_role("button", name="Check my answer").click()
    expect(exercise.locator(".tp-told")).to_contain_text("Right." if options[0] != "Ask the lead" else "Not yet.")


@pytest.mark.parametrize("view", ["lab", "app"])
def test_a_module_from_the_first_section_to_the_end(
    browser: Browser, workspace: Workspace, store: Store, view: str
) -> None:
    """A wrong answer first, a reload in between, and one button at the end."""
    root = str(workspace.root)
    started = serving("learn", NAME, "--applicant", "ada", "--view", view, "--workspace", root, cwd=workspace.root)
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.set_default_timeout(SLOW_MS)
    try:
        page.goto(started.url)
        expect(
            page.get_by_role("strong").filter(has_text=f"About {find_module(NAME).minutes} minutes, 4 exercises.")
        ).to_be_visible()
        expect(page.get_by_role("heading", name="A question that gets an answer")).to_have_count(0)
        answer(page, 1, "Ask the lead")
        answer(page, 1, "Choose Money")
        answer(page, 2, "Which task it is", "A proposal")
        page.reload()
        expect(page.get_by_text("2 of 4 answered")).to_be_visible()
        answer(page, 3, "Level 3")
        answer(page, 4, "Level 2")
        page.get_by_role("button", name="I have finished").click()
        expect(page.get_by_text("Finished, and recorded at")).to_be_visible()
    finally:
        page.close()
        started.stop()
    assert finished(store, "ada") == {NAME}
    found = first_answers(store).set_index("exercise")["right_at_first"]
    assert found["decide-or-ask"] == 0
    assert found["missing-part"] == 1
