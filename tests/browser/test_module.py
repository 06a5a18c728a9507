"""Somebody goes through a module in JupyterLab and on the page without code; it is recorded while it is open."""

import pytest
from playwright.sync_api import Browser, expect

from grader.store import Store
from grader.workspace import Workspace
from onboarding.learning.answers import first_answers
from onboarding.learning.modules import find_module
from onboarding.learning.records import finished
from tests.browser.answering import finish_module, practise
from tests.browser.pages import served

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
NAME = "asking-for-help"


@pytest.mark.parametrize("view", ["lab", "app"])
def test_a_module_from_the_first_section_to_the_end(
    browser: Browser, workspace: Workspace, store: Store, view: str
) -> None:
    """A wrong answer first, a reload in between, and one button at the end."""
    command = ("learn", NAME, "--applicant", "ada", "--view", view)
    with served(browser, *command, cwd=workspace.root) as page:
        expect(
            page.get_by_role("strong").filter(has_text=f"About {find_module(NAME).minutes} minutes, 4 exercises.")
        ).to_be_visible()
        expect(page.get_by_role("heading", name="A question that gets an answer")).to_have_count(0)
        practise(page, 1, "Ask the lead", right=False)
        practise(page, 1, "Choose Money")
        practise(page, 2, "Which task it is", "A proposal")
        page.reload()
        expect(page.get_by_text("2 of 4 answered")).to_be_visible()
        practise(page, 3, "Level 3")
        practise(page, 4, "Level 2")
        finish_module(page)
    assert finished(store, "ada") == {NAME}
    found = first_answers(store).set_index("exercise")["right_at_first"]
    assert found["decide-or-ask"] == 0
    assert found["missing-part"] == 1
