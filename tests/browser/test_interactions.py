"""Every interaction in JupyterLab with the keyboard alone: the practice assessment's questions, one of each kind."""

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assessments.archive import write_missing
from assessments.packet import read_packet
from assessments.responses import RESPONSES_FILE, Responses, parse_responses
from grader.bank import Bank, parse_bank
from grader.issue import draw
from grader.layout import unreleased_files
from tests.browser.pages import expect_form, served
from tests.samples import SECRET

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
SOURCE = Path(__file__).parents[2] / "source"


def one_of_each() -> Bank:
    """The practice bank with its first item of each kind."""
    data = tomllib.loads((SOURCE / "practice.toml").read_text())
    first = {item["kind"]: item for item in reversed(data["items"])}
    items = [item for item in data["items"] if item is first[item["kind"]]]
    slots = [{"id": item["kind"], "skill": item["skill"], "points": 1, "items": [item["id"]]} for item in items]
    data = {**data, "points": len(items), "slots": slots, "items": items}
    return parse_bank("practice", data, b"", (SOURCE / "practice.py").read_bytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As issued."""
    bank = one_of_each()
    packet = draw(bank, applicant_id="ada", attempt=1, secret=SECRET, now=datetime.now(UTC)).packet
    folder = tmp_path / "practice"
    write_missing(folder, unreleased_files(bank, SOURCE / "practice", packet, SECRET))
    return folder


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """The form in JupyterLab."""
    with served(browser, "take", str(folder), cwd=folder.parent) as page:
        expect_form(page)
        yield page


def tick(form: Locator, press: Callable[[str], None]) -> None:
    """The first option of every group."""
    groups = form.locator(".tp-scale").all() or [form]
    for group in groups:
        group.locator("input[type=radio], .tp-options input").first.focus()
        press("Space")


def move(form: Locator, press: Callable[[str], None]) -> None:
    """The first one down by one."""
    form.get_by_role("button", name="Move down").first.focus()
    press("Enter")


def mark(form: Locator, press: Callable[[str], None]) -> None:
    """The first two words, with the first label and severity, and the first verdict."""
    form.get_by_role("option").first.focus()
    for key in ("Shift+ArrowRight", "Enter", "Space", "Enter"):
        press(key)
    if form.get_by_role("button", name="Mark", exact=True).is_visible():
        # the next question is how bad it is; the first answer has the focus
        press("Space")
        press("Enter")
    expect(form.get_by_role("button", name="Remove mark 1")).to_be_visible()


def write(form: Locator, press: Callable[[str], None]) -> None:
    """A few letters that are commands of JupyterLab's, into the first field."""
    form.get_by_role("textbox").first.focus()
    for key in ("a", "b", "d", "d", "Space", "x", "m", "ArrowLeft", "y"):
        press(key)


def number(form: Locator, press: Callable[[str], None]) -> None:
    """Digits change a cell's kind in JupyterLab."""
    form.get_by_role("textbox").first.focus()
    for key in ("1", "2", ".", "5"):
        press(key)


def chat(form: Locator, press: Callable[[str], None]) -> None:
    """One message to the target, and its reply."""
    form.get_by_role("textbox").first.focus()
    for key in ("h", "i", "Control+Enter"):
        press(key)
    expect(form.get_by_role("log")).to_contain_text("hi")


ACTIONS = {
    **dict.fromkeys(("choice", "multiple", "rating", "comparison", "label", "step"), tick),
    **dict.fromkeys(("ranking", "ordering"), move),
    **dict.fromkeys(("text", "rewrite", "conversation", "criteria", "assignment"), write),
    "span": mark,
    "numeric": number,
    "attack": chat,
}


def saved(folder: Path) -> Responses:
    """What is on the disk."""
    return parse_responses((folder / RESPONSES_FILE).read_bytes())


def write_code(page: Page) -> None:
    """In the notebook's own cell."""
    page.locator(".jp-CodeCell .cm-content:visible").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n# mine")
    page.keyboard.press("Shift+Enter")


def test_the_keyboard_reaches_everything(page: Page, folder: Path) -> None:
    """Each kind takes an answer, JupyterLab takes no key for itself, and all is there again after a reload."""
    slots = [slot.slot for slot in read_packet(folder).slots]
    assert set(slots) == {*ACTIONS, "code"}
    for kind, act in ACTIONS.items():
        form = page.locator(f'[data-kind="{kind}"]')
        act(form, page.keyboard.press)
        expect(form.get_by_text("Saved ", exact=False).first).to_be_visible()
    write_code(page)
    expect(page.locator('[data-kind="code"]').get_by_text("Saved ")).to_be_visible()
    before = saved(folder)
    assert [slot for slot in slots if before.value(slot) is None] == []
    cells = len(json.loads((folder / "practice.ipynb").read_text())["cells"])
    page.reload()
    expect_form(page)
    for kind in ACTIONS:
        expect(page.locator(f'[data-kind="{kind}"]').get_by_text("Saved ").first).to_be_visible()
    assert saved(folder).responses == before.responses
    assert len(json.loads((folder / "practice.ipynb").read_text())["cells"]) == cells
