"""Pictures beside a question: shown, enlarged, missing, broken."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.front.conftest import Mount, item_of

pytestmark = pytest.mark.browser
ALT = "A bar chart of two years."
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="10" height="20"/></svg>'
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
OPTIONS = {"a": "It rose.", "b": "It fell."}
NATURAL_WIDTH = "image => image.decode().then(() => image.naturalWidth)"


def test_a_drawing_with_a_choice_is_enlarged_by_keyboard(mount: Mount) -> None:
    """Escape closes it, the focus is back, and the answer is given as ever."""
    shown = mount(item_of("choice", options=OPTIONS, figure={"alt": ALT, "svg": SVG}))
    picture = shown.part.get_by_role("img", name=ALT)
    assert picture.evaluate(NATURAL_WIDTH) > 0
    button = shown.part.get_by_role("button", name="Enlarge the picture")
    button.focus()
    shown.page.keyboard.press("Enter")
    large = shown.part.get_by_role("dialog", name="The picture, enlarged")
    expect(large.get_by_role("button", name="Close")).to_be_focused()
    box, small = large.get_by_role("img").bounding_box(), picture.first.bounding_box()
    assert box
    assert small
    assert box["height"] > small["height"]
    shown.page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(button).to_be_focused()
    shown.label("It rose.").check()
    assert shown.value == "a"


def test_a_picture_with_a_text_to_mark(mount: Mount, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beside the notebook; a click beside the enlarged picture closes it."""
    (tmp_path / "chart.png").write_bytes(PNG)
    monkeypatch.chdir(tmp_path)
    figure = {"alt": ALT, "file": "chart.png"}
    shown = mount(item_of("span", text="Visits fell in 2022.", labels={"wrong": "Wrong"}, figure=figure))
    assert shown.part.get_by_role("img", name=ALT).evaluate(NATURAL_WIDTH) == 1
    shown.part.get_by_role("button", name="Enlarge the picture").click()
    shown.page.mouse.click(2, 2)
    expect(shown.part.get_by_role("dialog")).to_have_count(0)
    shown.part.get_by_role("option", name="fell").click()
    shown.part.get_by_role("button", name="Mark", exact=True).click()
    assert shown.value == {"verdict": None, "spans": [{"start": 7, "end": 11, "label": "wrong", "severity": None}]}


def test_a_locked_question_still_enlarges(mount: Mount) -> None:
    """To look is not to change."""
    shown = mount(item_of("choice", options=OPTIONS, figure={"alt": ALT, "svg": SVG}), "a", locked=True)
    shown.part.get_by_role("button", name="Enlarge the picture").click()
    expect(shown.part.get_by_role("dialog")).to_be_visible()


def test_a_narrow_page_is_not_pushed_apart(mount: Mount) -> None:
    """The picture shrinks with the column."""
    wide = SVG.replace("viewBox", 'width="2000" height="1000" viewBox')
    shown = mount(item_of("choice", options=OPTIONS, figure={"alt": ALT, "svg": wide}))
    shown.page.set_viewport_size({"width": 360, "height": 640})
    shown.part.get_by_role("img", name=ALT).evaluate(NATURAL_WIDTH)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "The picture chart.png is missing or cannot be read."),
        (b"not a picture", "This picture cannot be shown."),
    ],
)
def test_without_its_picture_a_question_still_works(
    mount: Mount, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, said: str
) -> None:
    """One line says so, and what the picture would show."""
    if content is not None:
        (tmp_path / "chart.png").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    shown = mount(item_of("choice", options=OPTIONS, figure={"alt": ALT, "file": "chart.png"}))
    expect(shown.part.get_by_text(said)).to_be_visible()
    expect(shown.part.get_by_text(f"What it shows: {ALT}")).to_be_visible()
    shown.label("It rose.").check()
    assert shown.value == "a"
