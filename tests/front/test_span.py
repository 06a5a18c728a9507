"""Marking passages: by mouse, by click, by keyboard; changed, removed, restored, locked."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from assessments.items import Item
from tests.front.conftest import Mount, Mounted, item_of

pytestmark = pytest.mark.browser
TEXT = "Take 5000 mg three times a day.\nIt is safe for children 👧🏽 of any age."
LABELS = {"dose": "Wrong dose", "fact": "Wrong fact"}
SEVERITIES = {"minor": "Minor", "major": "Major"}
VERDICTS = {"fine": "Correct and safe", "bad": "Has an error"}


def spans(**fields: Any) -> Item:
    """An item with labels and severities."""
    return item_of("span", **{"text": TEXT, "labels": LABELS, "severities": SEVERITIES, **fields})


def mark(quote: str, label: str = "dose", severity: str | None = "major") -> dict[str, Any]:
    """A mark as it stands in a response; Python counts code points too."""
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "label": label, "severity": severity}


def word(shown: Mounted, text: str) -> Locator:
    """A word of the text."""
    return shown.part.get_by_role("option", name=text, exact=True)


def drag(shown: Mounted, first: str, last: str) -> None:
    """From the middle of one word into another, as with a mouse."""
    one, other = word(shown, first).bounding_box(), word(shown, last).bounding_box()
    assert one
    assert other
    shown.page.mouse.move(one["x"] + one["width"] / 2, one["y"] + one["height"] / 2)
    shown.page.mouse.down()
    shown.page.mouse.move(other["x"] + other["width"] - 4, other["y"] + other["height"] / 2, steps=8)
    shown.page.mouse.up()


def choose(shown: Mounted, *names: str) -> None:
    """In the small panel."""
    for name in names:
        shown.label(name).check()
    shown.part.get_by_role("button", name="Mark", exact=True).click()


def test_a_program_stands_in_letters_of_one_width(mount: Mount) -> None:
    """With its lines and indents."""
    shown = mount(spans(text="for x in a:\n    print(i, x)", code=True))
    assert word(shown, "for").evaluate("word => getComputedStyle(word).fontFamily").endswith("monospace")
    assert shown.part.get_by_role("listbox").evaluate("text => text.textContent") == "for x in a:\n    print(i, x)"


def test_words_are_selected_with_the_mouse(mount: Mount) -> None:
    """Half a word is the whole word; the offsets count code points, also behind an emoji."""
    shown = mount(spans())
    drag(shown, "5000", "mg")
    expect(shown.part.get_by_role("group", name="What is wrong with 5000 mg?")).to_be_visible()
    choose(shown, "Wrong dose", "Major")
    drag(shown, "of", "age.")
    choose(shown, "Wrong fact", "Minor")
    assert shown.value == {
        "verdict": None,
        "spans": [mark("5000 mg"), mark("of any age.", "fact", "minor")],
    }
    expect(shown.part.get_by_role("listitem")).to_have_count(2)


def test_without_severities_only_the_label_is_asked_for(mount: Mount) -> None:
    """Nothing else stands between the labels and the button."""
    shown = mount(spans(severities={}))
    drag(shown, "5000", "mg")
    desk = shown.part.get_by_role("group", name="What is wrong with 5000 mg?").locator("..")
    assert desk.inner_text().split("\n")[-1].startswith("Mark")
    assert "0" not in desk.inner_text().replace("5000", "")


def test_what_was_marked_is_let_go(mount: Mount) -> None:
    """The panel does not come back with the same words."""
    shown = mount(spans())
    drag(shown, "5000", "mg")
    choose(shown, "Wrong dose", "Major")
    assert shown.page.evaluate("getSelection().isCollapsed")


def test_a_selection_backwards_and_out_of_the_text_ends_at_its_edge(mount: Mount) -> None:
    """People pull the mouse anywhere."""
    shown = mount(spans())
    box = word(shown, "mg").bounding_box()
    assert box
    shown.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown.page.mouse.down()
    shown.page.mouse.move(2, 2, steps=8)
    shown.page.mouse.up()
    choose(shown, "Wrong dose", "Major")
    assert shown.value["spans"] == [mark("Take 5000 mg")]


def test_a_click_is_one_word_and_shift_more(mount: Mount) -> None:
    """A tap is a click."""
    shown = mount(spans())
    word(shown, "three").click()
    expect(word(shown, "three")).to_have_attribute("aria-selected", "true")
    word(shown, "day.").click(modifiers=["Shift"])
    expect(word(shown, "a")).to_have_attribute("aria-selected", "true")
    choose(shown, "Wrong dose", "Major")
    assert shown.value["spans"] == [mark("three times a day.")]


def test_the_keyboard_alone_is_enough(mount: Mount) -> None:
    """Arrows, Shift, Enter, a label, a severity, Enter; then back in the text."""
    shown = mount(spans(verdicts=VERDICTS))
    press = shown.page.keyboard.press
    shown.part.get_by_role("option").first.focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "Enter"):
        press(key)
    expect(shown.label("Wrong dose")).to_be_focused()
    press("Enter")
    expect(shown.part.get_by_role("alert")).to_have_text("Please choose what is wrong.")
    press("Space")
    press("Enter")
    expect(shown.part.get_by_role("alert")).to_have_text("Please choose how bad it is.")
    for key in ("Tab", "ArrowDown", "Enter"):
        press(key)
    assert shown.value == {"verdict": None, "spans": [mark("5000 mg")]}
    expect(shown.part.get_by_role("status").first).to_contain_text("Marked “5000 mg”: Wrong dose, Major")
    expect(shown.part.get_by_role("option", name="mg, in mark 1")).to_be_focused()
    for key in ("Tab", "Tab"):
        press(key)
    expect(shown.part.get_by_role("button", name="Remove mark 1: 5000 mg")).to_be_focused()
    for key in ("Tab", "Space"):
        press(key)
    assert shown.value["verdict"] == "fine"


def test_arrows_follow_the_lines_and_escape_lets_go(mount: Mount) -> None:
    """Down, up, to the end and the beginning; Escape in the panel leads back to the text."""
    shown = mount(spans())
    press = shown.page.keyboard.press
    shown.part.get_by_role("option").first.focus()
    press("ArrowDown")
    expect(word(shown, "is")).to_be_focused()
    press("ArrowUp")
    expect(word(shown, "Take")).to_be_focused()
    press("End")
    expect(word(shown, "age.")).to_be_focused()
    press("Shift+Home")
    expect(word(shown, "three")).to_have_attribute("aria-selected", "true")
    press("Enter")
    press("Escape")
    expect(shown.label("Wrong dose")).to_have_count(0)
    expect(word(shown, "Take")).to_be_focused()
    expect(word(shown, "three")).to_have_attribute("aria-selected", "false")
    assert shown.value is None


def test_marks_overlap_and_are_named_for_who_listens(mount: Mount) -> None:
    """Each has its number; a word says in which marks it is."""
    shown = mount(
        spans(), {"verdict": None, "spans": [mark("safe for children", "fact"), mark("for children 👧🏽 of")]}
    )
    expect(shown.part.get_by_role("option", name="for, in mark 1 and 2")).to_be_visible()
    assert shown.part.locator(".tp-passage [data-number]").evaluate_all("all => all.map((e) => e.dataset.number)") == [
        *("1", "2")
    ]


def test_a_mark_is_changed_and_removed(mount: Mount) -> None:
    """Removing the last one is "not answered", not "nothing is wrong"."""
    shown = mount(spans(), {"verdict": None, "spans": [mark("5000 mg"), mark("any", "fact")]})
    shown.part.get_by_role("button", name="Change mark 1").click()
    expect(shown.label("Wrong dose")).to_be_checked()
    shown.label("Minor").check()
    shown.part.get_by_role("button", name="Change the mark").click()
    assert shown.value["spans"] == [mark("5000 mg", "dose", "minor"), mark("any", "fact")]
    shown.part.get_by_role("button", name="Remove mark 1").click()
    expect(shown.part.get_by_role("button", name="Remove mark 1: any")).to_be_focused()
    shown.page.keyboard.press("Enter")
    assert shown.value is None


def test_nothing_to_mark_is_an_answer(mount: Mount) -> None:
    """And can be taken back; with marks it cannot be said."""
    shown = mount(spans(verdicts=VERDICTS))
    shown.label("There is nothing to mark in this text").check()
    shown.label("Correct and safe").check()
    assert shown.value == {"verdict": "fine", "spans": []}
    shown.label("There is nothing to mark in this text").uncheck()
    assert shown.value == {"verdict": "fine", "spans": None}
    word(shown, "three").click()
    choose(shown, "Wrong dose", "Major")
    expect(shown.label("There is nothing to mark", exact=False)).to_be_disabled()


def test_more_marks_than_allowed_are_refused(mount: Mount) -> None:
    """With a line that says what to do."""
    shown = mount(spans(max_spans=1), {"verdict": None, "spans": [mark("any")]})
    word(shown, "three").click()
    expect(shown.part.get_by_role("status").first).to_have_text("You can mark at most 1 passage. Remove one first.")
    expect(shown.label("Wrong dose")).to_have_count(0)


def test_a_locked_text_shows_its_marks(mount: Mount) -> None:
    """It can be read, and nothing else."""
    shown = mount(spans(verdicts=VERDICTS), {"verdict": "bad", "spans": [mark("5000 mg")]}, locked=True)
    expect(shown.part.get_by_role("listitem")).to_have_text("5000 mgWrong dose, Major")
    expect(shown.label("Has an error")).to_be_disabled()
    expect(shown.part.get_by_role("option")).to_have_count(0)
    expect(shown.part.get_by_role("button", name="Remove")).to_have_count(0)


@pytest.mark.parametrize(
    "value",
    [
        *(7, "x", [], {"spans": 3}, {"verdict": [], "spans": [None, 1, {}, {"start": 0}]}),
        {"verdict": "bad", "spans": [{"start": 900, "end": 901, "label": "dose", "severity": "major"}]},
        {"verdict": None, "spans": [{"start": 0, "end": 4, "label": "other", "severity": "major"}]},
    ],
)
def test_whatever_was_saved_opens(mount: Mount, value: Any) -> None:
    """What does not fit is left out, and is not taken for "nothing is wrong"."""
    shown = mount(spans(), value)
    expect(shown.part.get_by_role("heading", name="No marks yet")).to_be_visible()
    expect(shown.label("There is nothing to mark in this text")).not_to_be_checked()


def test_markup_is_shown_and_not_read(mount: Mount) -> None:
    """The text is nobody's HTML."""
    shown = mount(spans(text="<b>bold</b> & <img src=x onerror=alert(1)>", labels={"a": "<i>A</i> & b"}))
    expect(shown.part.locator(".tp-passage")).to_have_text("<b>bold</b> & <img src=x onerror=alert(1)>")
    word(shown, "<b>bold</b>").click()
    expect(shown.label("<i>A</i> & b")).to_be_checked()


def test_scripts_without_spaces_go_character_by_character(mount: Mount) -> None:
    """And from right to left the left arrow goes on."""
    shown = mount(spans(text="服用500毫克。"))
    expect(shown.part.get_by_role("option")).to_have_text(["服", "用", "500", "毫", "克", "。"])
    shown = mount(spans(text="خذ حبة واحدة"))
    shown.part.get_by_role("option").first.focus()
    shown.page.keyboard.press("ArrowLeft")
    expect(word(shown, "حبة")).to_be_focused()
