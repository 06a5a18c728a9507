"""The assignment of five parts: each goes on from the earlier ones; by mouse, by keyboard, restored, locked."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.assessments.test_kinds_assignment import FIELDS, ITEM, WORK, work
from tests.front.conftest import Mount, Mounted

pytestmark = pytest.mark.browser
CRITERION = "What has to be true of a good answer"
ODD: list[Any] = [
    *("nonsense", 7, [], {}, {"criteria": 5, "ratings": "x", "order": {}}),
    {
        "criteria": [None, {}, {"id": ["c1"]}, {"id": "c1", "text": 5, "weight": "x"}, {"id": "c1"}],
        "ratings": {"more": 3},
    },
    {"prompt": {}, "ratings": {"more": {"c1": 9}}, "order": ["more", "more", "x"], "ideal": None},
]


def part(shown: Mounted, title: str) -> Locator:
    """One of the five."""
    return shown.part.get_by_role("region", name=title)


def rating(shown: Mounted, answer: str, criterion: str) -> Locator:
    """The points of an answer for a criterion."""
    return shown.part.get_by_role("group", name=f"{answer}: {criterion}", exact=True)


def criterion(shown: Mounted, number: int) -> Locator:
    """The text of a criterion."""
    return shown.label(f"Criterion {number}: {CRITERION}")


def test_the_whole_work_from_the_first_word(mount: Mount) -> None:
    """What is kept at the end is a whole piece of work."""
    shown = mount(ITEM)
    expect(shown.part.get_by_role("status").filter(has_text="parts done")).to_have_text("0 of 5 parts done")
    shown.label("Your prompt").fill(WORK["prompt"])
    for number, row in enumerate(WORK["criteria"], start=1):
        criterion(shown, number).fill(row["text"])
        shown.label(f"Weight of Criterion {number}").select_option(str(row["weight"]))
    for letter, answer in zip("ABC", FIELDS["answers"], strict=True):
        for row in WORK["criteria"]:
            point = str(WORK["ratings"][answer][row["id"]])
            rating(shown, f"Answer {letter}", row["text"]).get_by_label(point).check()
    shown.part.get_by_role("button", name="Move down: Answer A").click()
    shown.part.get_by_role("button", name="Move down: Answer A").click()
    shown.label("Your justification").fill(WORK["justification"])
    shown.label("Your ideal answer").fill(WORK["ideal"])
    shown.leave()
    expect(shown.part.get_by_role("status").filter(has_text="parts done")).to_have_text("5 of 5 parts done")
    ids = {row["id"]: f"c{number}" for number, row in enumerate(WORK["criteria"], start=1)}
    assert shown.value == work(
        criteria=[{**row, "id": ids[row["id"]]} for row in WORK["criteria"]],
        ratings={
            answer: {ids[key]: point for key, point in rated.items()} for answer, rated in WORK["ratings"].items()
        },
    )
    assert ITEM.is_answered(shown.value)


def test_ratings_follow_their_criterion(mount: Mount) -> None:
    """Renamed, moved, removed and brought back."""
    shown = mount(ITEM, WORK)
    first, second = (row["text"] for row in WORK["criteria"][:2])
    criterion(shown, 2).fill("<b>Measures</b> 𝒳")
    renamed = rating(shown, "Answer B", "<b>Measures</b> 𝒳")
    expect(renamed.get_by_label("4")).to_be_checked()
    expect(rating(shown, "Answer B", second)).to_have_count(0)
    shown.part.get_by_role("button", name="Move up Criterion 2").click()
    expect(renamed.get_by_label("4")).to_be_checked()
    shown.part.get_by_role("button", name="Remove Criterion 2").click()
    expect(rating(shown, "Answer B", first)).to_have_count(0)
    assert [row["id"] for row in shown.value["criteria"]] == ["c2", "c4"]
    assert shown.value["ratings"]["right"] == {"c2": 4, "c4": 5}
    assert ITEM.problem(shown.value) is None
    shown.part.get_by_role("button", name="Add a criterion").click()
    shown.page.keyboard.type("New")
    shown.leave()
    assert [row["id"] for row in shown.value["criteria"]] == ["c2", "c4", "c5"]


def test_a_removed_criterion_comes_back_with_its_ratings(mount: Mount) -> None:
    """Nothing is lost by a slip."""
    shown = mount(ITEM, WORK)
    shown.part.get_by_role("button", name="Remove Criterion 1").click()
    assert shown.value["ratings"]["right"] == {"c2": 4, "c4": 5}
    shown.part.get_by_role("button", name="Bring it back").click()
    assert shown.value == WORK


def test_later_parts_show_what_was_written_before(mount: Mount) -> None:
    """Live."""
    shown = mount(ITEM)
    shown.label("Your prompt").press_sequentially("He fell.")
    expect(part(shown, "Set your criteria")).to_contain_text("He fell.")
    expect(part(shown, "Rate the answers")).to_contain_text("Your criteria from part 2 appear here")
    criterion(shown, 1).fill("Names the cause")
    rating(shown, "Answer C", "Names the cause").get_by_label("2").check()
    table = part(shown, "Justify your evaluation").get_by_role("table")
    expect(table.get_by_role("row", name="Names the cause")).to_have_text("Names the cause3––2")
    shown.part.get_by_role("button", name="Keep this order").click()
    expect(part(shown, "Justify your evaluation")).to_contain_text("best first: Answer A, Answer B, Answer C")
    shown.label("Your justification").fill("Because.")
    expect(part(shown, "Write the ideal answer")).to_contain_text("Because.")


def test_by_keyboard(mount: Mount) -> None:
    """To a part, a rating, and the order."""
    shown = mount(ITEM, WORK)
    shown.part.get_by_role("button", name="Rate the answers").focus()
    shown.page.keyboard.press("Enter")
    expect(part(shown, "Rate the answers").get_by_role("heading", name="Rate the answers")).to_be_focused()
    shown.page.keyboard.press("Tab")
    # the points of the first answer for the first criterion
    shown.page.keyboard.press("ArrowRight")
    assert shown.value["ratings"]["more"]["c1"] == 2
    shown.part.get_by_role("button", name="Move up: Answer C").focus()
    shown.page.keyboard.press("Space")
    assert shown.value["order"] == ["vague", "right", "more"]


def test_nothing_done_is_no_answer(mount: Mount) -> None:
    """Also after everything was taken back."""
    shown = mount(ITEM)
    shown.label("Your prompt").fill("x")
    shown.leave()
    assert shown.value["prompt"] == "x"
    shown.label("Your prompt").fill("")
    shown.leave()
    assert shown.value is None


def test_it_is_restored_and_locked(mount: Mount) -> None:
    """Whatever a file says; after handing in it can only be read."""
    shown = mount(ITEM, WORK)
    expect(shown.part.get_by_role("status").filter(has_text="parts done")).to_have_text("5 of 5 parts done")
    shown.lock()
    expect(shown.label("Your prompt")).to_be_disabled()
    expect(rating(shown, "Answer B", WORK["criteria"][0]["text"]).get_by_label("5")).to_be_checked()
    for response in ODD:
        expect(mount(ITEM, response).label("Your ideal answer")).to_be_visible()
    expect(mount(ITEM, None, locked=True).part.get_by_text("Your criteria from part 2 appear here")).to_be_visible()
