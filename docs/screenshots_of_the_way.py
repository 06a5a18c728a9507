"""Takes the pictures in docs/images/way/: the application, a module and a status, in JupyterLab.

Run: make screenshots (needs Chromium on the machine).
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parents[1]))

from docs.screenshots import IMAGES, studio
from tests.browser.answering import practise
from tests.browser.pages import expect_form, jupyterlab, opened
from tests.front.test_application import fill_in
from tests.serving import Server, serving

FOLDER = IMAGES / "way"
LOOKS = (("light", "light", 1000), ("dark", "dark", 1000), ("narrow", "light", 400))
AS_ANYBODY_HAS_IT = (("light", "light", 1300),)
"""JupyterLab without our settings follows no theme, and is not made for narrow pages."""
MODULE = "what-ai-training-is"
STATUS = Path(__file__).parents[1] / "onboarding" / "my-status.ipynb"


class Subject(NamedTuple):
    """What is pictured: what serves it in a folder, and what is done on the page first."""

    name: str
    serve: Callable[[Path], Server]
    act: Callable[[Page], None]
    looks: Sequence[tuple[str, str, int]] = LOOKS


def apply_partly(page: Page) -> None:
    """A form that is filled in, and an address that is none."""
    expect_form(page)
    fill_in(page)
    page.get_by_label("E-mail").fill("ada@example")
    page.get_by_label("E-mail").blur()
    page.get_by_label("Your name").scroll_into_view_if_needed()


def learn_partly(page: Page) -> None:
    """The first exercise, wrong and then right."""
    practise(page, 1, "It is good", right=False)
    practise(page, 1, "It has the right length and topic")


def show_status(page: Page) -> None:
    """It is there when its last heading is; JupyterLab asks something of its own at first."""
    page.get_by_role("heading", name="Help").wait_for()
    page.get_by_role("button", name="No", exact=True).click()


def status_server(folder: Path) -> Server:
    """JupyterLab on the example of a status."""
    shutil.copy(STATUS, folder)
    return jupyterlab(STATUS.name, cwd=folder)


SUBJECTS = (
    Subject("application", lambda folder: serving("apply", cwd=folder), apply_partly),
    Subject("module", lambda folder: serving("learn", MODULE, cwd=folder), learn_partly),
    Subject("status", status_server, show_status, AS_ANYBODY_HAS_IT),
)


def take_pictures(browser: Browser, subject: Subject, look: tuple[str, str, int], root: Path) -> None:
    """One subject in one look, from a new folder."""
    name, theme, width = look
    folder = root / f"{subject.name}-{name}"
    folder.mkdir()
    server = subject.serve(folder)
    try:
        size = {"width": width, "height": 1000}
        with opened(browser, server, viewport=size, color_scheme=theme, timezone_id="Europe/Madrid") as page:
            subject.act(page)
            page.wait_for_timeout(1000)
            page.screenshot(path=FOLDER / f"{subject.name}-{name}.png")
    finally:
        server.stop()


def main() -> None:
    """Take all pictures."""
    with studio(FOLDER) as (browser, scratch):
        for subject in SUBJECTS:
            for look in subject.looks:
                take_pictures(browser, subject, look, scratch)


if __name__ == "__main__":
    main()
