"""One applicant's whole way in JupyterLab, from the application into the talent pool, with the commands as typed."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.applying.selfcheck import STATEMENTS
from assessments.packet import read_packet
from onboarding.learning.titles import module_title
from tests.browser.answering import answer_everything, finish_module, hand_in, practise
from tests.browser.pages import expect_form, jupyterlab, opened, served
from tests.command import typed
from tests.front.test_application import fill_in
from tests.samples import BANK

pytestmark = [pytest.mark.browser, pytest.mark.kernel]
MODULE = "what-ai-training-is"
POLICY = f"""
title = "From application to pool"
band = 0
[[stages]]
name = "Everybody"
assessments = ["small"]
[[stages]]
name = "Domain"
assessments = ["small-law", "small-medicine"]
[domains.law]
assessments = ["small-law"]
[domains.medicine]
assessments = ["small-medicine"]
[journey]
modules = ["{MODULE}"]
[assessments.small]
qualification = "Small things"
minimum_score = 0.7
[assessments.small-law]
qualification = "Law"
minimum_score = 0.7
[assessments.small-medicine]
qualification = "Medicine"
minimum_score = 0.7
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a test for everybody and one for each of two domains, of which one is released."""
    root = tmp_path / "workspace"
    typed("init", root, "--no-starter", cwd=tmp_path)
    (root / "policy.toml").write_text(POLICY)
    for name in ("small", "small-law", "small-medicine"):
        (root / "source" / f"{name}.toml").write_text(BANK)
    typed("release", "small", "small-law", cwd=root)
    return root


def applies(browser: Browser, home: Path) -> Path:
    """Fills in the application on the applicant's own machine and packs it; returns the file."""
    home.mkdir()
    with served(browser, "apply", cwd=home, timezone_id="Europe/Madrid") as page:
        expect_form(page)
        fill_in(page)
        for statement in STATEMENTS:
            page.get_by_role("group", name=statement.text).get_by_label("That is me").check()
        page.get_by_role("button", name="Pack my application").click()
        expect(page.get_by_text("application-ada-example.zip")).to_be_visible()
    return home / "application" / "application-ada-example.zip"


def takes(browser: Browser, root: Path, applicant: str, assessment: str) -> None:
    """Answers one test rightly and hands it in."""
    with served(browser, "take", assessment, "--applicant", applicant, cwd=root) as page:
        expect_form(page)
        answer_everything(page, read_packet(root / "applicants" / applicant / f"{assessment}-attempt1"), "lab")
        expect(page.get_by_text("6 of 6 answered")).to_be_visible()
        hand_in(page)


def learns(browser: Browser, root: Path, applicant: str) -> None:
    """Goes through the module; the first answer is wrong."""
    with served(browser, "learn", MODULE, "--applicant", applicant, cwd=root) as page:
        practise(page, 1, "It is good", right=False)
        practise(page, 1, "It has the right length and topic")
        practise(page, 2, "Projects that look for", "If a decision about her")
        practise(page, 3, "Ten contributors", "Examples with wrong answers", "A model that mostly learns")
        practise(page, 4, "He saw the danger")
        finish_module(page)


def status(root: Path, applicant: str) -> tuple[str, list[str], str]:
    """Where the applicant is told to stand: the state, what there is to do, who has to do it."""
    found = json.loads(typed("status", applicant, "--json", cwd=root))
    return found["state"], found["next_step"]["each"], found["next_step"]["who"]


def members(root: Path) -> list[str]:
    """Whom the pool lists."""
    return [row["applicant_id"] for row in json.loads(typed("pool", "--format", "json", cwd=root))]


def told(root: Path, applicant: str) -> list[str]:
    """The notices to the applicant, oldest first."""
    return re.findall(r"│ ([\w-]+) \(en\)", typed("notices", "list", "--applicant", applicant, cwd=root))


def expect_status_notebook(page: Page) -> None:
    """What `status --notebook` wrote, in JupyterLab as anybody has it."""
    expect(page.get_by_role("heading", name="Where you stand: you are in the talent pool")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="You finished: What AI training is")).to_be_visible()
    expect(page.get_by_role("heading", name="Help")).to_be_visible()


def test_from_application_to_pool(browser: Browser, root: Path, tmp_path: Path) -> None:
    """Who declares law takes the test for law; who passed is no member before the module; each step is told."""
    packed = applies(browser, tmp_path / "home")
    (applicant,) = re.findall(r"new applicant (\S+)", typed("applicants", "receive", packed, cwd=root))
    assert status(root, applicant) == ("tests-assigned", ["Small", "Small law"], "you")
    takes(browser, root, applicant, "small")
    assert status(root, applicant) == ("tests-in-progress", ["Small law"], "you")
    takes(browser, root, applicant, "small-law")
    assert status(root, applicant)[1:] == ([], "us")

    assert json.loads(typed("grade", "--json", cwd=root))["graded"] == 2
    typed("decide", cwd=root)
    assert status(root, applicant) == ("onboarding", [module_title(MODULE)], "you")
    assert members(root) == []

    learns(browser, root, applicant)
    assert members(root) == [applicant]
    typed("status", applicant, "--notebook", tmp_path / "my-status.ipynb", cwd=root)
    lab = jupyterlab("my-status.ipynb", cwd=tmp_path)
    try:
        with opened(browser, lab) as page:
            expect_status_notebook(page)
    finally:
        lab.stop()
    tests = ["test-started", "test-received"] * 2
    assert told(root, applicant) == ["applied", "self-assessed", "tests-assigned", *tests, "onboarding", "pool"]
