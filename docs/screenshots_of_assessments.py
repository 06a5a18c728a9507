"""Takes the pictures in docs/images/assessments/: the first page of every assessment, and three of its questions.

Run: make screenshots (needs Chromium on the machine).
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parents[1]))

from assessments.archive import write_missing
from docs.screenshots import IMAGES, opened, picture, studio, unroll
from grader.bank import Bank, read_bank
from grader.issue import draw
from grader.layout import unreleased_files
from grader.workspace import starter_banks
from tests.serving import serving

FOLDER = IMAGES / "assessments"


def issued_folder(path: Path, root: Path) -> tuple[Bank, Path]:
    """An assessment as somebody would be issued it, always the same."""
    bank, secret = read_bank(path), b"pictures"
    packet = draw(bank, applicant_id="ada", attempt=1, secret=secret, now=datetime.now(UTC)).packet
    folder = root / bank.assessment
    write_missing(folder, unreleased_files(bank, path.with_suffix(""), packet, secret))
    return bank, folder


def picture_questions(browser: Browser, url: str, bank: Bank) -> None:
    """The first, the middle one and the last; one of them in the dark theme, one on a narrow page."""
    slots = [slot.id for slot in bank.blueprint.slots]
    chosen = (slots[0], "light", 1000), (slots[len(slots) // 2], "dark", 1000), (slots[-1], "light", 460)
    for number, (slot, theme, width) in enumerate(chosen, start=1):
        page = opened(browser, url, theme, width, 1000)
        unroll(page, width)
        picture(page, page.locator(f"#tp-{slot}"), FOLDER / f"{bank.assessment}-{number}.png")
        page.close()


def main() -> None:
    """Take all pictures."""
    with studio(FOLDER) as (browser, scratch):
        for source in starter_banks():
            bank, folder = issued_folder(source, scratch)
            for view in ("lab", "app"):
                server = serving("take", str(folder), "--view", view, cwd=folder.parent)
                if view == "lab":
                    page = opened(browser, server.url, "light", 1000, 1000)
                    page.screenshot(path=FOLDER / f"{bank.assessment}.png")
                    page.close()
                else:
                    picture_questions(browser, server.url, bank)
                server.stop()


if __name__ == "__main__":
    main()
