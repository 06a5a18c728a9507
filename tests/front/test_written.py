"""Questions with written answers: texts, rewrites, conversations, rubrics; by mouse, by keyboard, restored, locked."""

from typing import Any

import pytest
from playwright.sync_api import expect

from assessments.items import Response
from assessments.wordcount import count_words
from tests.front.conftest import Mount, Mounted, item_of

pytestmark = pytest.mark.browser
ODD = '<b>é</b> & 𝒳 👩🏽‍⚕️ هل؟ "quoted" ${x}'
NONSENSE: tuple[Any, ...] = ("text", 5, [], [None, 5, {"text": 5}, {"role": []}], {"text": ["x"]}, {"answer": {}})
DRAFT = "The results shows a infection.\n\nTake 500 g daily, and rest."
BOOKING = item_of(
    "conversation",
    roles={"user": "User", "assistant": "Assistant"},
    opening=[{"role": "user", "text": "A table, **please**."}],
    min_turns=2,
    max_turns=4,
)
TURNS: list[Response] = [{"role": "assistant", "text": "For when?"}, {"role": "user", "text": "Friday."}]
RUBRIC = item_of("criteria", min_rows=2, max_rows=3)


def press(shown: Mounted, name: str) -> None:
    """A button, by keyboard."""
    shown.part.get_by_role("button", name=name, exact=True).focus()
    shown.page.keyboard.press("Enter")


def focused(shown: Mounted) -> Any:
    """The text of what has the focus, or its tag where it has none."""
    return shown.page.evaluate("document.activeElement.textContent || document.activeElement.tagName")


@pytest.mark.parametrize("kind", ["text", "rewrite", "conversation", "criteria"])
def test_whatever_was_saved_can_be_opened_and_locked(mount: Mount, kind: str) -> None:
    """Also what an older version or an editor has left there."""
    items = {"text": item_of("text"), "rewrite": item_of("rewrite", draft=DRAFT), "conversation": BOOKING}
    for value in NONSENSE:
        shown = mount(items.get(kind, RUBRIC), value)
        expect(shown.part.get_by_role("textbox").first).to_be_enabled()
        assert shown.value == value
        shown.lock()
        assert all(not button.is_enabled() for button in shown.part.locator(".tp-answer button, textarea").all()[:-1])


def test_a_text_is_kept_while_it_is_too_short(mount: Mount) -> None:
    """The limits are said; nothing typed is lost, and only blanks are "not answered"."""
    shown = mount(item_of("text", min_words=3, max_words=4))
    field = shown.label("Your answer")
    field.press_sequentially("two words")
    expect(field).to_have_accessible_description("2 words, 1 more needed · 3 to 4 words")
    shown.leave()
    assert shown.value == {"answer": "two words"}
    field.fill("now there are five words")
    expect(shown.part.get_by_text("5 words, 1 too many").first).to_be_visible()
    field.fill("  ")
    shown.leave()
    assert shown.value is None


def test_only_crossing_a_limit_is_said_aloud(mount: Mount) -> None:
    """Who listens is not told every word."""
    shown = mount(item_of("text", min_words=3, max_words=4))
    said = shown.part.locator(".tp-typing [role=status]")
    shown.label("Your answer").press_sequentially("one ")
    expect(said).to_have_text("1 word, 2 more needed")
    shown.label("Your answer").press_sequentially("two ")
    expect(said).to_have_text("1 word, 2 more needed")
    shown.label("Your answer").press_sequentially("three ")
    expect(said).to_have_text("3 words")


def test_several_fields_keep_odd_characters_and_come_back(mount: Mount) -> None:
    """Whatever is typed stays text."""
    item = item_of("text", fields={"easy": "Easy <i>", "hard": "Hard"})
    shown = mount(item, {"easy": ODD})
    expect(shown.label("Easy <i>")).to_have_value(ODD)
    shown.label("Hard").fill("x")
    shown.leave()
    assert shown.value == {"easy": ODD, "hard": "x"}
    shown.lock()
    expect(shown.label("Hard")).to_be_disabled()
    expect(shown.label("Hard")).to_have_value("x")


def test_page_and_grader_count_the_same_words(mount: Mount) -> None:
    """Whoever stays within the limits on the page stays within them."""
    shown = mount(item_of("text"))
    for text in (
        ODD,
        "open 18:00: don’t mg/kg 4,000 well-known a_b",
        "e\u0301te\u0301 हिन्दी में",
        "x² ½ Ⅳ — … 3.5",
        "你好 世界",
        "a--b 'c' d.",
    ):
        shown.label("Your answer").fill(text)
        found = shown.part.locator(".tp-count").inner_text()
        assert found == f"{count_words(text)} word{'' if count_words(text) == 1 else 's'}", text


def diff_of(shown: Mounted, without: str) -> str:
    """The comparison as one text, without what was inserted or deleted, and without the words for who listens."""
    return str(
        shown.page.evaluate(
            """(without) => {
              const copy = document.querySelector(".tp-diff").cloneNode(true);
              copy.querySelectorAll(`${without}, .tp-hidden`).forEach((gone) => gone.remove());
              return copy.textContent;
            }""",
            without,
        )
    )


def test_a_rewrite_starts_as_the_draft_and_shows_what_changed(mount: Mount) -> None:
    """Leaving the draft as it is, is no answer; changes are said in words too."""
    shown = mount(item_of("rewrite", draft=DRAFT))
    version = shown.label("Your version")
    expect(version).to_have_value(DRAFT)
    expect(shown.part.get_by_text("nothing changed yet")).to_be_visible()
    version.fill(DRAFT.replace("shows a", "show an").replace(", and rest", ""))
    expect(shown.part.get_by_text("4 words changed")).to_be_visible()
    assert shown.part.locator("del").all_text_contents() == ["[deleted: shows a]", "[deleted: , and rest]"]
    assert shown.part.locator("ins").all_text_contents() == ["[inserted: show an]"]
    shown.leave()
    assert shown.value == {"text": "The results show an infection.\n\nTake 500 g daily."}
    version.fill(DRAFT)
    shown.leave()
    assert shown.value is None


@pytest.mark.parametrize("version", [DRAFT[::-1], "", "rest " * 600, DRAFT * 2, "Take", ODD, "\n The  results\n"])
def test_the_comparison_holds_both_texts(mount: Mount, version: str) -> None:
    """Without what was inserted it is the draft, without what was deleted the version."""
    shown = mount(item_of("rewrite", draft=DRAFT, max_words=2000))
    shown.label("Your version").fill(version)
    expect(shown.part.get_by_text("words changed")).to_be_visible()
    assert "".join(diff_of(shown, "ins").split()) == "".join(DRAFT.split())
    assert "".join(diff_of(shown, "del").split()) == "".join(version.split())


def test_very_long_texts_are_compared_too(mount: Mount) -> None:
    """Where word by word would take too long, the middle is shown as replaced."""
    old, new = (" ".join(f"{letter}{n}" for n in range(2500)) for letter in "ab")
    shown = mount(item_of("rewrite", draft=f"Same {old} end", max_words=2000))
    shown.label("Your version").fill(f"Same {new} end")
    expect(shown.part.get_by_text("2500 words changed")).to_be_visible()
    assert shown.part.locator("del").count() == 1


def test_starting_again_asks_first(mount: Mount) -> None:
    """By keyboard, with the focus where one goes on."""
    shown = mount(item_of("rewrite", draft=DRAFT), {"text": "Mine."})
    press(shown, "Start again from the draft")
    assert focused(shown) == "Yes, start again"
    press(shown, "No, keep it")
    assert focused(shown) == "Start again from the draft"
    expect(shown.label("Your version")).to_have_value("Mine.")
    press(shown, "Start again from the draft")
    press(shown, "Yes, start again")
    expect(shown.label("Your version")).to_be_focused()
    expect(shown.part.get_by_text("Your version is the draft again.")).to_be_visible()
    shown.leave()
    assert shown.value is None


def test_reasons_are_kept_with_the_version(mount: Mount) -> None:
    """Also before anything was changed."""
    shown = mount(item_of("rewrite", draft=DRAFT, reasons={"min_words": 3}))
    shown.label("Why did you change", exact=False).fill("It was wrong.")
    shown.leave()
    assert shown.value == {"text": DRAFT, "reasons": "It was wrong."}


def test_a_conversation_goes_on_from_what_is_given(mount: Mount) -> None:
    """The next speaker is offered; blank turns are not kept."""
    shown = mount(BOOKING)
    expect(shown.part.get_by_role("region", name="Given: User")).to_contain_text("A table, please.")
    expect(shown.label("Who speaks in Turn 1")).to_have_value("assistant")
    shown.label("Turn 2: What is said").fill("Friday.")
    shown.leave()
    assert shown.value == [{"role": "user", "text": "Friday."}]
    shown.label("Turn 1: What is said").fill(ODD)
    shown.label("Who speaks in Turn 2").select_option("Assistant")
    assert shown.value == [{"role": "assistant", "text": ODD}, {"role": "assistant", "text": "Friday."}]
    expect(shown.part.get_by_text("2 to 4 turns")).to_be_visible()


def test_turns_are_added_moved_and_removed_by_keyboard(mount: Mount) -> None:
    """The focus stays where one works, and what happened is said."""
    shown = mount(BOOKING, TURNS)
    said = shown.part.locator(".tp-line [role=status]").last
    press(shown, "Move down Turn 1")
    assert shown.value == TURNS[::-1]
    assert focused(shown) == "Move down Turn 2"
    expect(said).to_have_text("Moved: now turn 2 of 2.")
    shown.page.keyboard.press("Enter")
    expect(said).to_have_text("Turn 2 is already last.")
    press(shown, "Add a turn")
    shown.page.keyboard.type("Done.")
    shown.leave()
    assert shown.value == [*TURNS[::-1], {"role": "user", "text": "Done."}]
    press(shown, "Remove Turn 2")
    expect(said).to_have_text("Turn 2 removed; 2 turns left.")
    assert focused(shown) == "Remove Turn 2"
    assert shown.value == [TURNS[1], {"role": "user", "text": "Done."}]


def test_a_removed_turn_can_be_brought_back(mount: Mount) -> None:
    """In its place, with its text."""
    shown = mount(BOOKING, TURNS)
    press(shown, "Remove Turn 1")
    press(shown, "Bring it back")
    expect(shown.label("Turn 1: What is said")).to_be_focused()
    assert shown.value == TURNS
    press(shown, "Remove Turn 1")
    press(shown, "Remove Turn 1")
    assert shown.value is None
    assert focused(shown) == "Add a turn"


def test_there_is_room_for_so_many_turns(mount: Mount) -> None:
    """The button says so, whatever was removed and brought back before."""
    shown = mount(BOOKING, [*TURNS, *TURNS])
    press(shown, "Add a turn")
    expect(shown.part.get_by_text("There is room for 4 turns at most.")).to_be_visible()
    press(shown, "Remove Turn 4")
    press(shown, "Add a turn")
    expect(shown.part.get_by_role("button", name="Bring it back")).to_have_count(0)
    expect(shown.part.locator("textarea[id^=tp-text]")).to_have_count(4)


def test_one_speaker_is_not_chosen(mount: Mount) -> None:
    """Where only one role is to be written."""
    roles = {"user": "You", "model": "The model"}
    shown = mount(item_of("conversation", roles=roles, writes=["user"], min_turns=1))
    expect(shown.part.get_by_role("combobox")).to_have_count(0)
    shown.label("Turn 1: What is said").fill("Why?")
    shown.leave()
    assert shown.value == [{"role": "user", "text": "Why?"}]


def test_criteria_have_weights_and_shares(mount: Mount) -> None:
    """A share is of all criteria that say something."""
    shown = mount(RUBRIC, [{"text": "Names the dose", "weight": 3}])
    expect(shown.label("Weight of Criterion 1")).to_have_accessible_description("100 % of the total")
    shown.label("Criterion 2: What has to be", exact=False).fill("Warns of bleeding")
    shown.label("Weight of Criterion 1").select_option("1")
    assert shown.value == [{"text": "Names the dose", "weight": 1}, {"text": "Warns of bleeding", "weight": 3}]
    expect(shown.label("Weight of Criterion 2")).to_have_accessible_description("75 % of the total")
    press(shown, "Move up Criterion 2")
    assert [row["weight"] for row in shown.value] == [3, 1]
    press(shown, "Add a criterion")
    expect(shown.label("Criterion 3: What has to be", exact=False)).to_be_focused()
