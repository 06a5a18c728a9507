"""A module's sections on the page: hidden until they open, checked, locked, also by keyboard and for who listens."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from assessments.learning.lesson import Lesson
from assessments.page import part, style_sheet
from onboarding.learning.handing import issued, lay_out
from onboarding.learning.modules import WrittenModule, find_module
from onboarding.learning.titles import module_names
from tests.front.conftest import DARK, MODEL
from tests.front.test_access import SERIOUS
from tests.onboarding.learning.samples import check, marked, written

pytestmark = pytest.mark.browser
SEVERAL = MODEL.replace("traits.value)", "traits.value, traits.place)").replace(
    "window.model = model", "(window.models ||= [])[traits.place] = model"
)
"""As for one question, but the page knows each part by its place."""
REPLY = """() => {
  window.reply = async (question, value, place) => {
    const { reply, states } = await window.kernel(question, value, place);
    states.forEach((state, each) => window.models[each].set("state", state));
    return reply;
  };
}"""


class Open:
    """A module on a page, with the kernel's side in this process."""

    def __init__(self, page: Page, lesson: Lesson) -> None:
        self.page, self.lesson = page, lesson
        count = len(lesson.module.sections)
        self.parts = [lesson.header(), *(lesson.section(n + 1) for n in range(count)), lesson.finish()]
        places = "".join(f'<div id="p{place}"></div>' for place in range(len(self.parts)))
        page.set_content(f'<html lang="en"><title>x</title><style>{style_sheet()}</style><main>{places}</main></html>')
        page.expose_function("kernel", self._asked)
        page.evaluate(REPLY)
        for place, name in enumerate(["header", *["section"] * count, "completed"]):
            shown = self.parts[place]
            traits = {"spec": shown.spec, "value": shown.value, "mark": {}, "state": shown.state, "place": place}
            page.evaluate(SEVERAL, [f"#p{place}", part(name)._esm, traits])

    def _asked(self, question: Any, value: Any, place: int) -> Any:
        sent: list[Any] = []
        shown = self.parts[place]
        shown.value = value
        shown.send = sent.append
        shown._handle_custom_msg({"ask": "1", "question": question}, [])
        return {"reply": sent[0]["reply"], "states": [each.state for each in self.parts]}

    def exercise(self, number: int) -> Locator:
        """One exercise."""
        return self.page.get_by_role("group", name=f"Exercise {number} of")

    def answer(self, number: int, option: str) -> None:
        """Choose and check."""
        self.exercise(number).get_by_label(option).check()
        self.exercise(number).get_by_role("button", name="Check my answer").click()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    opened = browser.new_page(viewport={"width": 900, "height": 900})
    opened.set_default_timeout(10_000)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


def opened(page: Page, module: WrittenModule, folder: Path) -> Open:
    """A module of ada's."""
    return Open(page, Lesson(lay_out(issued(module, "ada", b"secret"), folder / "module")))


@pytest.fixture
def small(page: Page, tmp_path: Path) -> Open:
    """The small module."""
    return opened(page, written(tmp_path), tmp_path)


def test_what_is_not_open_is_hidden_from_everybody(small: Open) -> None:
    """Not merely grey: neither seen nor read out, until the answer is right."""
    expect(small.page.get_by_role("heading", name="One", exact=True)).to_be_visible()
    expect(small.page.get_by_role("heading", name="Two", exact=True)).to_have_count(0)
    small.answer(1, "a hammer")
    expect(small.exercise(1).get_by_role("status")).to_contain_text("Not yet.")
    expect(small.exercise(1).get_by_role("status")).to_contain_text("Think of a tree.")
    expect(small.page.get_by_role("heading", name="Two", exact=True)).to_have_count(0)
    small.answer(1, "a pear")
    expect(small.page.get_by_role("heading", name="Two", exact=True)).to_be_visible()
    expect(small.page.get_by_text("1 of 3 answered")).to_be_visible()


def test_who_uses_the_keyboard_hears_the_verdict_and_goes_on_below(small: Open) -> None:
    """The button is gone then, so what was said has the focus."""
    small.exercise(1).get_by_label("a pear").focus()
    small.page.keyboard.press("Space")
    small.exercise(1).get_by_role("button", name="Check my answer").focus()
    small.page.keyboard.press("Enter")
    told = small.exercise(1).get_by_role("status")
    expect(told).to_contain_text("Right.")
    expect(told).to_be_focused()
    expect(small.exercise(1).get_by_role("button", name="Check my answer")).to_have_count(0)
    expect(small.exercise(1).get_by_label("a pear")).to_be_disabled()


def test_an_unanswered_question_is_not_checked(small: Open) -> None:
    """The page says what is missing."""
    small.exercise(1).get_by_role("button", name="Check my answer").click()
    expect(small.exercise(1).get_by_role("status")).to_have_text("Please answer the whole question first.")


def test_nobody_is_stuck_for_ever(small: Open) -> None:
    """After three wrong answers the explanation stands there, and the question is answered once more."""
    small.answer(1, "a pear")
    expect(small.exercise(2)).to_be_visible()
    for end in (26, 27, 31):
        assert check(small.lesson, small.parts[2], marked(22, end))
    small.page.evaluate("state => window.models[2].set('state', state)", small.parts[2].state)
    told = small.exercise(2).locator(".tp-told")
    expect(told).to_contain_text("Here is the answer and why; then please answer once more.")
    expect(told).to_contain_text("It is four.")
    expect(small.exercise(3)).to_have_count(0)


def test_the_end_is_one_button(small: Open) -> None:
    """It says what was packed, and what becomes of it."""
    for place, exercise in enumerate(small.lesson.module.exercises.values(), start=1):
        check(small.lesson, small.parts[place], exercise.answer)
    for place, shown in enumerate(small.parts):
        small.page.evaluate("([place, state]) => window.models[place].set('state', state)", [place, shown.state])
    small.page.get_by_role("button", name="I have finished").click()
    expect(small.page.get_by_text("small-ada-finished.json")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", module_names())
def test_nothing_stands_in_anybodys_way(page: Page, tmp_path: Path, name: str, theme: str) -> None:
    """With every section open: names, roles, contrast, and nothing to be scrolled sideways."""
    shown = opened(page, find_module(name), tmp_path)
    if theme == "dark":
        page.add_style_tag(content=DARK)
    for place, state in enumerate([each.state for each in shown.parts]):
        told = {"verdict": "not-yet", "text_html": "<p>Look again.</p>"}
        page.evaluate(
            "([place, state]) => window.models[place].set('state', state)",
            [place, {**state, "open": True, "told": told}],
        )
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in found if v["impact"] in SERIOUS] == []
    page.set_viewport_size({"width": 400, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
