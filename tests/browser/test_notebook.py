"""An applicant in JupyterLab and on the page without code: answers, reloads, restarts, hands in, is graded."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.packet import read_packet
from grader.workspace import Workspace
from tests.browser.answering import DOUBLE, answer_everything, hand_in, question
from tests.browser.pages import expect_form, opened, served
from tests.command import talentpool
from tests.serving import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.kernel]


@pytest.fixture(params=["lab", "app"])
def view(request: pytest.FixtureRequest) -> str:
    """Both ways in which an assessment is shown."""
    return str(request.param)


@pytest.fixture
def server(workspace: Workspace, view: str) -> Iterator[Server]:
    """What ada started with `talentpool take`."""
    started = serving("take", "small", "--applicant", "ada", "--view", view, cwd=workspace.root)
    yield started
    started.stop()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """Ada's assessment; nobody has to run anything."""
    with opened(browser, server) as page:
        expect_form(page)
        yield page


def expect_everything(page: Page, view: str) -> None:
    """All answers are there."""
    expect(page.get_by_text("6 of 6 answered")).to_be_visible()
    expect(question(page, 1).get_by_role("radio", checked=True)).to_have_count(1)
    expect(question(page, 2).locator(".tp-options").get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(question(page, 3).get_by_role("textbox").first).to_have_value("1,250")
    expect(question(page, 4).get_by_role("group", name="Is it right?").get_by_label("1")).to_be_checked()
    expect(question(page, 5).get_by_label("A is much better")).to_be_checked()
    if view == "lab":
        expect(page.locator(".jp-CodeCell .cm-content", has_text="for _ in range(2)")).to_be_visible()
    else:
        expect(question(page, 6).get_by_label("Your function", exact=False)).to_have_value(DOUBLE)


def restart_kernel(page: Page, server: Server, view: str) -> None:
    """In JupyterLab the form comes back by itself; where it cannot, the page says what to do."""
    if view == "lab":
        page.evaluate("document.querySelector('.tp-bar').classList.add('before')")
        page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        expect(page.locator(".tp-bar.before")).to_have_count(0)
        expect(page.locator(".tp-bar")).to_be_visible()
    else:
        server.kill_kernel()
        page.get_by_role("button", name="Reload the page").click()


def test_an_applicant_answers_reloads_hands_in_and_is_graded(
    page: Page, server: Server, workspace: Workspace, view: str
) -> None:
    """Everything that was answered is there again, and earns what it should."""
    folder = workspace.applicants / "ada" / "small-attempt1"
    packet = read_packet(folder)
    expect(page.get_by_text("0 of 6 answered")).to_be_visible()
    expect(page.get_by_text("time left: 30 min")).to_be_visible()
    answer_everything(page, packet, view)
    expect(page.get_by_text("6 of 6 answered")).to_be_visible()
    expect(question(page, 5).get_by_text("Saved ")).to_be_visible()
    expect(page.get_by_text("Every question has an answer.")).to_be_visible()
    question(page, 2).get_by_label("I am not sure").check()
    question(page, 2).get_by_text("Report a problem").click()
    question(page, 2).get_by_label("What is wrong?", exact=False).fill("Is zero even?")
    expect(page.get_by_text("Marked as not sure: question 2.")).to_be_visible()
    # leaving the field keeps what is still being typed
    question(page, 2).get_by_label("I am not sure").focus()
    page.reload()
    expect_everything(page, view)
    restart_kernel(page, server, view)
    expect_everything(page, view)
    hand_in(page)
    expect(question(page, 1).get_by_label("a train")).to_be_disabled()

    root = ("--workspace", workspace.root)
    assert json.loads(talentpool("grade", "--json", *root).out)["graded"] == 1
    (row,) = json.loads(talentpool("scores", "--format", "json", *root).out)
    assert (row["applicant_id"], row["points"], row["score"]) == ("ada", 12, 1)
    assert "Is zero even?" in talentpool("reports", *root).out


@pytest.mark.parametrize("view", ["lab"], indirect=True)
def test_an_applicant_sees_the_form_and_nothing_beside_it(page: Page) -> None:
    """No code that is not theirs, no menus, file browser, toolbars or news."""
    expect(page.get_by_text("form.slot").locator("visible=true")).to_have_count(0)
    shown = page.locator(".jp-CodeCell .jp-Cell-inputWrapper:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("def double")
    for part in ("#jp-menu-panel", ".jp-SideBar", ".jp-FileBrowser", ".jp-Toolbar", ".jp-toast-button"):
        expect(page.locator(f"{part}:visible")).to_have_count(0)


@pytest.mark.parametrize("view", ["lab"], indirect=True)
def test_one_save_waits_for_the_other(page: Page) -> None:
    """JupyterLab would else ask an applicant whether to overwrite what it has just written itself."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method) if "/small.ipynb?" in request.url else None)
    page.evaluate("(({ context }) => Promise.all([context.save(), context.save()]))(jupyterapp.shell.currentWidget)")
    assert asked.count("PUT") == 2
    assert asked.index("PUT") == 1, "the second save looked at the disk before the first one was done"


@pytest.mark.parametrize("view", ["app"], indirect=True)
def test_the_page_loads_nothing_from_elsewhere(browser: Browser, server: Server) -> None:
    """Who asks for what is an applicant's own business."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.url)
    expect_form(page)
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    page.close()


def test_the_admin_finds_a_response(browser: Browser, workspace: Workspace) -> None:
    """Table, charts and one person's responses, in JupyterLab."""
    root = ("--workspace", workspace.root)
    for person in ("ada", "bob"):
        talentpool("issue", "small", "--applicant", person, "--folder", *root)
        talentpool("intake", workspace.bundles / f"small-{person}-attempt1", *root)
    talentpool("grade", *root)
    with served(browser, "admin", cwd=workspace.root) as page:
        expect(page.locator(".jp-Notebook")).to_be_visible()
        expect(page.get_by_text("| Idle")).to_be_visible()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        expect(page.get_by_text("Select every even number.")).to_be_visible()
        expect(page.get_by_role("cell", name="bob", exact=True)).to_be_visible()
        page.locator(".dt-search input").first.fill("ada")
        expect(page.get_by_role("cell", name="bob", exact=True)).to_have_count(0)
        expect(page.get_by_role("cell", name="ada", exact=True)).to_be_visible()
        page.get_by_label("Applicant", exact=True).select_option("bob")
        expect(page.get_by_text("Which answer is better?")).to_be_visible()
        expect(page.get_by_text("Long, friendly, and wrong in what matters.")).to_be_visible()
