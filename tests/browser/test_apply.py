"""Somebody applies in JupyterLab and on the page without code: fills in, chooses a CV, packs; it is taken in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.cvs import cv_path
from onboarding.applying.receiving import receive
from tests.assessments.applying.files import pdf
from tests.browser.pages import expect_form, served
from tests.front.test_application import fill_in
from tests.samples import NOW

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
LARGE = pdf(b"9 0 obj\n<< /Length 4500000 >>\nstream\n" + os.urandom(4_500_000) + b"\nendstream\nendobj\n")
"""Nearly as large as a CV may be."""


@pytest.fixture(params=["lab", "app"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """What `talentpool apply` opens; nobody has to run anything."""
    command = ("apply", "mine", "--view", request.param)
    with served(browser, *command, cwd=tmp_path, timezone_id="Europe/Madrid") as page:
        expect_form(page)
        yield page


def test_somebody_applies(page: Page, workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """All of it is there again after a reload, and arrives."""
    expect(page.get_by_text("open_application").locator("visible=true")).to_have_count(0)
    fill_in(page)
    page.get_by_label("CV (optional)").set_input_files(
        {"name": "Ada.pdf", "mimeType": "application/pdf", "buffer": LARGE}
    )
    expect(page.get_by_text("Chosen: Ada.pdf")).to_be_visible()
    page.get_by_label("Partly").first.check()
    expect(page.get_by_text("Everything that is needed is there.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Your name")).to_have_value("Ada Example")
    expect(page.get_by_text("Chosen: Ada.pdf")).to_be_visible()
    expect(page.get_by_label("Partly").first).to_be_checked()
    page.get_by_role("button", name="Pack my application").click()
    expect(page.get_by_text("application-ada-example.zip")).to_be_visible()
    received = receive(workspace, store, tmp_path / "mine" / "application-ada-example.zip", now=NOW)
    assert received.cv_problem == ""
    assert received.application.cv is not None
    assert cv_path(workspace, received.application.cv.sha256).read_bytes() == LARGE
