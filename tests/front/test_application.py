"""The application on a page: its fields, its words, narrow and dark pages; the kernel's part is in this process."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assessments.applying.application import parse_application
from assessments.applying.form import ApplicationForm
from assessments.applying.selfcheck import STATEMENTS
from assessments.archive import read_files
from assessments.page import style_sheet
from tests.assessments.applying.files import pdf
from tests.front.conftest import DARK, MODEL

pytestmark = pytest.mark.browser
CONNECT = """
(names) => {
  window.models = {};
  const learn = (states) => names.forEach((name) => window.models[name]?.set("state", states[name]));
  window.reply = async (question) => {
    const { reply, states } = await window.answered(question);
    learn(states);
    return reply;
  };
  window.remember = (name) => {
    const model = window.models[name] = window.model;
    model.on("change:value", async () => learn(await window.kept(name, model.get("value"))));
  };
}
"""


class Applying:
    """An application on a page, connected to its Python part as a kernel would."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, form = page, ApplicationForm(folder)
        self.form = form
        self.parts = {
            "header": form.header(),
            "application": form.application(),
            "selfcheck": form.self_assessment(),
            "sending": form.finish(),
        }
        places = "".join(f'<div id="{name}"></div>' for name in self.parts)
        page.set_content(f'<html lang="en"><title>x</title><style>{style_sheet()}</style><main>{places}</main>')
        page.expose_function("answered", self._answered)
        page.expose_function("kept", self._kept)
        page.evaluate(CONNECT, list(self.parts))
        for name, part in self.parts.items():
            page.evaluate(MODEL, [f"#{name}", part._esm, {"spec": part.spec, "value": part.value, "state": part.state}])
            page.evaluate("(name) => window.remember(name)", name)

    def _states(self) -> dict[str, Any]:
        return {name: part.state for name, part in self.parts.items()}

    def _kept(self, name: str, value: Any) -> dict[str, Any]:
        self.parts[name].value = value
        return self._states()

    def _answered(self, question: Any) -> dict[str, Any]:
        reply = self.form._pack(question) if "pack" in question else {}
        if question.keys() & {"content", "remove"}:
            reply = self.form._heed_cv(question)
        return {"reply": reply, "states": self._states()}


@pytest.fixture
def applying(browser: Browser, tmp_path: Path) -> Iterator[Applying]:
    """An application of which nothing is filled in."""
    page = browser.new_page(viewport={"width": 900, "height": 900}, timezone_id="Europe/Madrid")
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Applying(page, tmp_path)
    page.close()
    assert not errors


def fill_in(page: Page) -> None:
    """Everything that is needed, with controls that are found by their labels."""
    page.get_by_label("Your name").fill("Ada Example")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Country where you live").select_option("Spain")
    row = page.get_by_role("group", name="Languages, 1 of 1")
    row.get_by_label("Language").select_option("English")
    row.get_by_label("Level").select_option("C1")
    row = page.get_by_role("group", name="Domains, 1 of 1")
    row.get_by_label("Domain").select_option("law")
    row.get_by_label("Years of practice").fill("4")
    page.get_by_label("Hours a week").fill("10")
    page.get_by_label("I have read this and agree").check()


def test_an_application_is_filled_in_and_packed(applying: Applying, tmp_path: Path) -> None:
    """What the page says is a whole application, with the time zone of its browser."""
    page = applying.page
    fill_in(page)
    expect(page.get_by_text("Everything that is needed is there.")).to_be_visible()
    expect(page.get_by_text("8 of 8 answered")).to_be_visible()
    page.get_by_role("button", name="Pack my application").click()
    expect(page.get_by_text("application-ada-example.zip")).to_be_visible()
    application = parse_application(read_files(tmp_path / "application-ada-example.zip")["application.json"])
    assert (application.country, application.time_zone, application.hours_a_week) == ("ES", "Europe/Madrid", 10)
    assert [(each.domain, each.years) for each in application.domains] == [("law", 4)]
    # a change asks for another file
    page.get_by_label("Hours a week").fill("11")
    expect(page.get_by_text("application-ada-example.zip")).to_have_count(0)


def test_a_problem_is_said_once_the_field_is_left(applying: Applying) -> None:
    """Below the field, tied to it, and gone when it is right."""
    page, email = applying.page, applying.page.get_by_label("E-mail")
    said = page.get_by_text("Please give one e-mail address, such as ada@example.org.")
    email.press_sequentially("ada", delay=1)
    expect(said).to_have_count(0)
    email.blur()
    expect(said).to_be_visible()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_have_accessible_description(re.compile("Please give one e-mail address"))
    email.fill("ada@example.org")
    expect(said).to_have_count(0)
    expect(email).to_have_attribute("aria-invalid", "false")


def test_asking_to_pack_says_everything_that_is_missing(applying: Applying) -> None:
    """The links lead to the fields."""
    page = applying.page
    page.get_by_role("button", name="Pack my application").click()
    expect(page.get_by_text("Please give whole hours a week, 1 to 80.")).to_be_visible()
    page.get_by_role("link", name="Domains").click()
    expect(page.get_by_label("Domain", exact=True)).to_be_focused()


def test_rows_are_added_and_removed(applying: Applying) -> None:
    """With the keyboard; the focus is never lost, and what is left is kept."""
    page = applying.page
    page.get_by_label("Language", exact=True).select_option("English")
    page.get_by_role("button", name="Add a language").press("Enter")
    second = page.get_by_role("group", name="Languages, 2 of 2").get_by_label("Language")
    expect(second).to_be_focused()
    second.select_option("Spanish")
    page.get_by_role("button", name="Remove language 1").press("Enter")
    expect(page.get_by_role("button", name="Add a language")).to_be_focused()
    expect(page.get_by_text("Removed; 1 language left.")).to_be_visible()
    expect(page.get_by_label("Language", exact=True)).to_have_value("es")
    assert applying.parts["application"].value["languages"] == [{"language": "es"}]


def test_a_cv_is_chosen_and_taken_away(applying: Applying, tmp_path: Path) -> None:
    """What cannot be taken is said at once, in words, and leaves the earlier one."""
    page = applying.page
    field = page.get_by_label("CV (optional)")
    field.set_input_files({"name": "Ada.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    expect(page.get_by_text("Chosen: Ada.pdf (1 kB).")).to_be_visible()
    assert (tmp_path / "cv.pdf").read_bytes() == pdf()
    field.set_input_files({"name": "Ada.pdf", "mimeType": "application/pdf", "buffer": b"MZ"})
    expect(page.get_by_text("The file is called .pdf but is no PDF. Please send")).to_be_visible()
    field.set_input_files({"name": "big.pdf", "mimeType": "application/pdf", "buffer": bytes(5_000_001)})
    expect(page.get_by_text("at most 5 MB are allowed. Chosen: Ada.pdf")).to_be_visible()
    page.get_by_role("button", name="Remove the CV").click()
    expect(page.get_by_text("No CV chosen.")).to_be_visible()
    assert not (tmp_path / "cv.pdf").exists()


def test_the_statements_advise_and_score_nothing(applying: Applying) -> None:
    """Advice comes where something is not so yet; after ten of them that is said, and no number."""
    page = applying.page
    for statement in STATEMENTS:
        page.get_by_role("group", name=statement.text).get_by_label("Partly").check()
    expect(page.get_by_text("Asking is professional")).to_be_visible()
    expect(page.get_by_text("Thank you, that is all ten.")).to_be_visible()
    page.get_by_role("group", name=STATEMENTS[5].text).get_by_label("That is me").check()
    expect(page.get_by_text("Asking is professional")).to_have_count(0)
    expect(page.get_by_text("The ten statements above are not finished")).to_have_count(0)


def test_names_are_never_markup(applying: Applying) -> None:
    """Also a file's."""
    page = applying.page
    name = '<img src=x onerror="window.owned=1">.txt'
    page.get_by_label("CV (optional)").set_input_files({"name": name, "mimeType": "text/plain", "buffer": b"cv"})
    expect(page.get_by_text("Chosen: <img")).to_be_visible()
    assert page.evaluate("window.owned") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_anybodys_way(applying: Applying, theme: str) -> None:
    """Names, roles, contrast, with problems and advice shown."""
    page = applying.page
    if theme == "dark":
        page.add_style_tag(content=DARK)
    page.get_by_role("button", name="Add a domain").click()
    page.get_by_label("Partly").first.check()
    page.get_by_role("button", name="Pack my application").click()
    expect(page.get_by_text("Please give whole hours")).to_be_visible()
    found = Axe().run(page).response["violations"]
    serious = ("serious", "critical")
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in found if v["impact"] in serious] == []


def test_it_fits_a_narrow_page(applying: Applying) -> None:
    """Of 360 points, and twice as large on 640."""
    page = applying.page
    page.get_by_role("button", name="Add a language").click()
    page.get_by_role("button", name="Pack my application").click()
    for width, size in ((360, 15), (640, 30)):
        page.set_viewport_size({"width": width, "height": 900})
        page.add_style_tag(content=f".tp-form {{ font-size: {size}px !important; }}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
