"""An applicant in JupyterLab: answers every kind of widget, reloads, finds the answers, submits, is graded."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assessments.packet import Packet, read_packet
from grader.workspace import Workspace
from tests.browser.conftest import Server
from tests.command import talentpool

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
SLOW_MS = 60_000
expect.set_options(timeout=SLOW_MS)


@pytest.fixture
def page(browser: Browser, workspace: Workspace) -> Iterator[Page]:
    """The notebook that ada opened with `talentpool take`."""
    server = Server("take", "small", "--applicant", "ada", "--workspace", str(workspace.root), cwd=workspace.root)
    try:
        opened = browser.new_page(viewport={"width": 1300, "height": 900})
        opened.set_default_timeout(SLOW_MS)
        opened.goto(server.url)
        yield opened
        opened.close()
    finally:
        server.stop()


def run_all(page: Page) -> None:
    """Choose Run ▸ Run All Cells, as the notebook's first lines say."""
    expect(page.locator(".jp-Notebook")).to_be_visible()
    expect(page.get_by_text("| Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    expect(page.get_by_text("Final check")).to_be_visible()


def question(page: Page, number: int) -> Locator:
    """The form of one question."""
    return page.locator(".tp-form", has=page.get_by_role("heading", name=f"Question {number} "))


def verdicts(page: Page) -> Locator:
    """The rows of buttons of the rating and the comparison, in their order."""
    return page.locator(".tp-form .widget-toggle-buttons")


def answer_everything(page: Page, packet: Packet) -> None:
    """Every kind once, as the key has it."""
    fruit = packet.slots[0].item.id == "pick"
    question(page, 1).get_by_label("a pear" if fruit else "a hammer").check()
    for even in ("2", "4"):
        question(page, 2).get_by_label(even, exact=True).check()
    question(page, 3).get_by_role("textbox").press_sequentially("1,250")
    expect(question(page, 3).get_by_text("read as 1,250 km")).to_be_visible()
    verdicts(page).nth(0).get_by_role("button", name="1").click()
    verdicts(page).nth(1).get_by_role("button", name="5").click()
    question(page, 5).get_by_role("button", name="A is much better").click()
    write_code(page)


def write_code(page: Page) -> None:
    """Replace the starter, run the cell, try the examples."""
    page.locator(".jp-CodeCell .cm-content", has_text="def double").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("def double(x):\n    return [part for part in x for _ in range(2)]")
    page.keyboard.press("Shift+Enter")
    page.get_by_role("button", name="Try the examples").click()
    expect(page.get_by_text("as expected")).to_be_visible()


def test_an_applicant_answers_reloads_submits_and_is_graded(page: Page, workspace: Workspace) -> None:
    """Everything that was answered is there again, and earns what it should."""
    folder = workspace.applicants / "ada" / "small-attempt1"
    packet = read_packet(folder)
    run_all(page)
    expect(page.get_by_text("0 of 6 answered")).to_be_visible()
    expect(page.get_by_text("Still unanswered: question 1, 2, 3, 4, 5, 6.")).to_be_visible()
    expect(page.get_by_text("time left: 30 min")).to_be_visible()
    answer_everything(page, packet)
    expect(page.get_by_text("6 of 6 answered")).to_be_visible()
    expect(page.get_by_text("Every question has an answer.")).to_be_visible()
    saved = json.loads((folder / "responses.json").read_text())["responses"]
    assert {slot: answer["value"] for slot, answer in saved.items() if slot != "q6"} == {
        "q1": "b" if packet.slots[0].item.id == "pick" else "a",
        "q2": ["b", "d"],
        "q3": "1,250",
        "q4": {"accuracy": 1, "clarity": 5},
        "q5": "a_much",
    }
    page.keyboard.press("Control+S")
    page.reload()
    run_all(page)
    expect(page.get_by_text("6 of 6 answered")).to_be_visible()
    expect(question(page, 1).get_by_role("radio", checked=True)).to_have_count(1)
    expect(question(page, 2).get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(question(page, 3).get_by_role("textbox")).to_have_value("1,250")
    expect(verdicts(page).locator(".mod-active")).to_have_text(["1", "5", "A is much better"])
    expect(page.locator(".jp-CodeCell .cm-content", has_text="for _ in range(2)")).to_be_visible()

    root = ("--workspace", workspace.root)
    assert "Received small of ada" in talentpool("submit", "small", "--applicant", "ada", *root).out
    assert json.loads(talentpool("grade", "--json", *root).out)["graded"] == 1
    (row,) = json.loads(talentpool("scores", "--format", "json", *root).out)
    assert (row["applicant_id"], row["points"], row["score"]) == ("ada", 12, 1)


def test_nobody_sees_code_that_is_not_theirs(page: Page) -> None:
    """The cells of the form hide their source; the answer's cell shows it."""
    run_all(page)
    expect(page.get_by_text("form.slot").locator("visible=true")).to_have_count(0)
    shown = page.locator(".jp-CodeCell .jp-Cell-inputWrapper:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("def double")


def test_the_admin_finds_a_response(browser: Browser, workspace: Workspace) -> None:
    """Table, charts and one person's responses, in JupyterLab."""
    root = ("--workspace", workspace.root)
    for person in ("ada", "bob"):
        talentpool("issue", "small", "--applicant", person, "--folder", *root)
        talentpool("intake", workspace.bundles / f"small-{person}-attempt1", *root)
    talentpool("grade", *root)
    server = Server("admin", "--workspace", str(workspace.root), cwd=workspace.root)
    try:
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.goto(server.url)
        expect(page.locator(".jp-Notebook")).to_be_visible()
        expect(page.get_by_text("| Idle")).to_be_visible()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        expect(page.get_by_text("Select every even number.")).to_be_visible()
        expect(page.get_by_role("cell", name="bob", exact=True)).to_be_visible()
        page.locator(".dt-search input").fill("ada")
        expect(page.get_by_role("cell", name="bob", exact=True)).to_have_count(0)
        expect(page.get_by_role("cell", name="ada", exact=True)).to_be_visible()
        page.get_by_label("Applicant", exact=True).select_option("bob")
        expect(page.get_by_text("Which answer is better?")).to_be_visible()
        expect(page.get_by_text("Long, friendly, and wrong in what matters.")).to_be_visible()
        page.close()
    finally:
        server.stop()
