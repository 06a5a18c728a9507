"""An author looks at an assessment in JupyterLab."""

import pytest
from playwright.sync_api import Browser, expect

from grader.workspace import Workspace
from tests.browser.answering import question
from tests.browser.pages import served

pytestmark = [pytest.mark.browser, pytest.mark.kernel]


def test_one_click_between_applicant_and_keys(browser: Browser, workspace: Workspace) -> None:
    """And what an answer would earn, code included."""
    with served(browser, "preview", "small", cwd=workspace.root) as page:
        second, last = question(page, 2), question(page, 6)
        second.get_by_label("2", exact=True).check()
        expect(page.get_by_text("Two and four can be divided")).to_be_hidden()
        page.get_by_role("button", name="Show with keys").click()
        expect(page.get_by_text("Two and four can be divided")).to_be_visible()
        second.get_by_role("button", name="What does my answer earn?").click()
        expect(second.get_by_text("1.00 of 2 points: 1 of 2 right options found")).to_be_visible()
        last.get_by_role("button", name="What does my answer earn?").click()
        expect(last.get_by_text("0.00 of 2 points: not answered")).to_be_visible()
        page.get_by_role("button", name="Show as applicant").click()
        expect(page.get_by_text("Two and four can be divided")).to_be_hidden()
