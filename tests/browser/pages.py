"""The pages that our commands open, in a real browser, with patience for a machine that is busy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.serving import Server, serving

SLOW_MS = 60_000
SIZE = {"width": 1300, "height": 900}
expect.set_options(timeout=SLOW_MS)


@contextmanager
def opened(browser: Browser, server: Server, **context: Any) -> Iterator[Page]:
    """The page of a server; the keyword arguments are those of the browser's context."""
    page = browser.new_page(**{"viewport": SIZE, **context})
    page.set_default_timeout(SLOW_MS)
    page.goto(server.url)
    try:
        yield page
    finally:
        page.close()


@contextmanager
def served(browser: Browser, *arguments: str, cwd: Path, **context: Any) -> Iterator[Page]:
    """The page that one of our commands opens; the command ends with it."""
    server = serving(*arguments, cwd=cwd)
    try:
        with opened(browser, server, **context) as page:
            yield page
    finally:
        server.stop()


def jupyterlab(notebook: str, *, cwd: Path) -> Server:
    """JupyterLab on a notebook as anybody has it, without our settings or the user's own."""
    fresh = {name: str(cwd / ".jupyter" / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_WORKSPACES_DIR")}
    command = ("-m", "jupyterlab", "--no-browser", "--allow-root", f"--LabApp.default_url=/lab/tree/{notebook}")
    return Server(*command, cwd=cwd, environment=fresh)


def expect_form(page: Page) -> None:
    """A form is there as a whole; nobody had to run anything."""
    expect(page.get_by_role("heading", name="Final check")).to_be_visible()
