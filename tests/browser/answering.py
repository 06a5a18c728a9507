"""What an applicant does on the pages of the small bank and of a module: answers, hands in, practises."""

from playwright.sync_api import Locator, Page, expect

from assessments.packet import Packet

DOUBLE = "def double(x):\n    return [part for part in x for _ in range(2)]"


def question(page: Page, number: int) -> Locator:
    """The form of one question."""
    return page.get_by_role("region", name=f"Question {number} ")


def answer_everything(page: Page, packet: Packet, view: str) -> None:
    """Every kind once, as the key has it; every other one with the keyboard alone."""
    fruit = packet.slots[0].item.id == "pick"
    question(page, 1).get_by_label("a pear" if fruit else "a hammer").check()
    for even in ("2", "4"):
        question(page, 2).get_by_label(even, exact=True).focus()
        page.keyboard.press("Space")
    question(page, 3).get_by_role("textbox").first.press_sequentially("1,250")
    expect(question(page, 3).get_by_text("read as 1,250 km")).to_be_visible()
    question(page, 4).get_by_role("group", name="Is it right?").get_by_label("2").focus()
    page.keyboard.press("ArrowLeft")
    question(page, 4).get_by_role("group", name="Is it clear?").get_by_label("5").check()
    question(page, 5).get_by_label("A is much better").check()
    write_code(page, view)


def write_code(page: Page, view: str) -> None:
    """Replace the starter, try the examples."""
    if view == "lab":
        page.locator(".jp-CodeCell .cm-content", has_text="def double").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(DOUBLE)
    else:
        question(page, 6).get_by_label("Your function", exact=False).fill(DOUBLE)
    page.get_by_role("button", name="Run and try the examples").click()
    expect(page.get_by_text("as expected")).to_be_visible()


def hand_in(page: Page) -> None:
    """Two clicks, and the receipt."""
    page.get_by_role("button", name="Hand in …").click()
    page.get_by_role("button", name="Yes, hand in").click()
    expect(page.get_by_text("Handed in and received at")).to_be_visible()


def practise(page: Page, number: int, *options: str, right: bool = True) -> None:
    """Choose these in an exercise of a module, and check."""
    exercise = page.get_by_role("group", name=f"Exercise {number} of")
    for option in options:
        exercise.get_by_label(option).check()
    exercise.get_by_role("button", name="Check my answer").click()
    expect(exercise.locator(".tp-told")).to_contain_text("Right." if right else "Not yet.")


def finish_module(page: Page) -> None:
    """One click, and it is on record."""
    page.get_by_role("button", name="I have finished").click()
    expect(page.get_by_text("Finished, and recorded at")).to_be_visible()
