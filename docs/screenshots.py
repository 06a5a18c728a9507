"""Takes the pictures in docs/images/: every interaction of the practice assessment, light and dark.

Run: make screenshots (needs Chromium on the machine).
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

sys.path.insert(0, str(Path(__file__).parents[1]))

from assessments.kinds import KINDS
from assessments.packet import read_packet
from assessments.responses import RESPONSES_FILE, Responses
from grader.practice import practice_folder
from grader.workspace import create_workspace
from tests.browser.chromium import MISSING, browser_path, chromium
from tests.serving import serving

IMAGES = Path(__file__).with_name("images")
THEMES = ("light", "dark")
EDGE = 12
MAX_HEIGHT = 1500.0
"""Long questions are cut off."""
PRACTICE = "practice"


def answered_folder(root: Path) -> Path:
    """The practice assessment as issued, with the reference answers filled in."""
    workspace = create_workspace(root / "workspace", starter=True)
    bank = workspace.bank(PRACTICE)
    folder = practice_folder(bank, workspace.source / PRACTICE, workspace.root)
    packet = read_packet(folder)
    answers = Responses(packet_id=packet.packet_id)
    for slot in packet.slots:
        reference = bank.items[slot.item.id].key.reference(slot.item)
        answers = answers.with_value(slot.slot, reference, now=datetime.now(UTC))
    (folder / RESPONSES_FILE).write_text(answers.model_dump_json())
    return folder


def opened(browser: Browser, url: str, theme: str, width: int, height: int) -> Page:
    """A page with a form that is complete."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page.goto(url)
    page.get_by_role("heading", name="Final check").wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    return page


def unroll(page: Page, width: int) -> None:
    """Make room for whole questions."""
    # the bar would lie over the questions
    page.add_style_tag(content="[cell-index] { position: static !important; }")
    page.set_viewport_size({"width": width, "height": 6000})
    page.wait_for_timeout(500)


def picture(page: Page, question: Locator, path: Path) -> None:
    """One question of a page that was unrolled."""
    question.scroll_into_view_if_needed()
    box = question.bounding_box()
    assert box is not None
    height = min(box["height"], MAX_HEIGHT)
    clip = {"x": box["x"] - EDGE, "y": box["y"], "width": box["width"] + 2 * EDGE, "height": height}
    page.screenshot(path=path, clip=clip)  # type: ignore[arg-type]


def picture_kinds(page: Page, theme: str) -> None:
    """One question of each kind."""
    unroll(page, 1000)
    for kind in KINDS:
        picture(page, page.locator(f'[data-kind="{kind}"]').first, IMAGES / f"{kind}-{theme}.png")


def make_small(folder: Path) -> None:
    """Pages have few colours."""
    for path in folder.glob("*.png"):
        with Image.open(path) as picture:
            small = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
        small.save(path, optimize=True)


@contextmanager
def studio(folder: Path) -> Iterator[tuple[Browser, Path]]:
    """A browser and a scratch folder; the pictures in `folder` are made small afterwards."""
    path = browser_path()
    if path is None:
        sys.exit(MISSING)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, chromium(path) as browser:
        yield browser, Path(scratch)
    make_small(folder)


def main() -> None:
    """Take all pictures."""
    with studio(IMAGES) as (browser, scratch):
        folder = answered_folder(scratch)
        for view in ("app", "lab"):
            server = serving("take", str(folder), "--view", view, cwd=folder.parent)
            for theme in THEMES:
                page = opened(browser, server.url, theme, 1000, 1000)
                page.screenshot(path=IMAGES / f"{view}-{theme}.png")
                if view == "app":
                    picture_kinds(page, theme)
                page.close()
            page = opened(browser, server.url, "light", 400, 900)
            page.screenshot(path=IMAGES / f"{view}-narrow.png")
            server.stop()


if __name__ == "__main__":
    main()
