"""A grader in the formgrader: reads a nasty submission, of which nothing runs, and scores it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.feedback import write_feedback
from grader.folder import CourseFolder
from tests.courses import copy_of_graded_course, formgrader

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
SLOW_MS = 60_000


@pytest.fixture
def course(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A graded course with one nasty submission."""
    return copy_of_graded_course(tmp_path_factory, tmp_path)


@pytest.fixture
def asked() -> list[str]:
    """The addresses that the page asked for."""
    return []


@pytest.fixture
def page(browser: Browser, course: Path, asked: list[str]) -> Iterator[Page]:
    """The formgrader as `talentpool formgrader` opens it; what the browser complains of fails the test."""
    server = formgrader(course)
    complaints: list[str] = []
    try:
        opened = browser.new_page(viewport={"width": 1200, "height": 900})
        opened.set_default_timeout(SLOW_MS)
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        opened.goto(server.url)
        yield opened
        opened.close()
    finally:
        server.stop()
    assert not complaints
    assert {address.split("/")[2] for address in asked if not address.startswith("data:")} == {server.base[7:]}


def saved(course: Path, cell: str) -> tuple[float | None, str | None]:
    """The manual score and the comment that the gradebook holds for a cell."""
    query = """select g.manual_score, c.manual_comment from base_cell b join grade g on g.cell_id = b.id
        join comment c on c.notebook_id = g.notebook_id
        join base_cell s on s.id = c.cell_id and s.name = b.name where b.name = ? and b.type = 'GradeCell'"""
    with closing(sqlite3.connect(course / "gradebook.db")) as database:
        row: tuple[float | None, str | None] = database.execute(query, [cell]).fetchone()
    return row


def test_a_nasty_submission_is_read_and_scored(page: Page, course: Path) -> None:
    """From the first page to a score and a comment in the gradebook."""
    page.get_by_role("link", name="Manual Grading").first.click()
    page.get_by_role("link", name="ps1", exact=True).click()
    page.get_by_role("link", name="problem1", exact=True).click()
    page.get_by_role("link", name="Submission #1", exact=True).click()
    expect(page.get_by_text("My answer.")).to_be_visible()
    expect(page.get_by_text("bold", exact=True)).to_be_visible()
    expect(page.get_by_text("styled", exact=True)).to_be_visible()
    expect(page.get_by_role("img").first).to_be_visible()

    score, note = page.locator("#sum_of_squares_equation"), page.locator("#sum_of_squares_equation-comment")
    # nbgrader's page is ready when it has read the scores
    expect(score).to_have_class(re.compile("needs_manual_grade"))
    expect(note).to_have_attribute("placeholder", re.compile("Type any comments"))
    for box, text, kind in ((score, "0.5", "grade"), (note, "Start at 1.", "comment")):
        box.fill(text)
        with page.expect_response(re.compile(f"/api/{kind}/")):
            box.press("Escape")
    for harmless in ("click", "press"):
        page.get_by_text(harmless, exact=True).click()
    assert page.evaluate("window.ran === undefined")
    assert saved(course, "sum_of_squares_equation") == (0.5, "Start at 1.")

    page.reload()
    expect(score).to_have_value("0.5")
    expect(note).to_have_value("Start at 1.")
    expect(page.get_by_text("bitdiddle", exact=True)).to_be_hidden()
    page.locator(".glyphicon-eye-open").click()
    expect(page.get_by_text("bitdiddle", exact=True)).to_be_visible()


def test_autograde_says_what_to_do_instead(page: Page) -> None:
    """In the box that nbgrader's page opens."""
    page.get_by_role("link", name="1", exact=True).click()
    page.locator(".glyphicon-flash").click()
    expect(page.get_by_text("Grade it in the sandbox, in a terminal: talentpool grade ps1")).to_be_visible()


def test_feedback_runs_and_loads_nothing(browser: Browser, course: Path, asked: list[str]) -> None:
    """Also when it is opened as a file, and on a telephone nothing is cut off."""
    pages = write_feedback(CourseFolder(course)).pages
    for path in pages:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        expect(page.get_by_text("My answer.")).to_be_visible()
        assert page.evaluate("window.ran === undefined")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.close()
    assert [address for address in asked if not address.startswith("data:")] == [path.as_uri() for path in pages]
