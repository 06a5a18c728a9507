"""A real JupyterLab in a real browser: found at run time, required where CI says so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import MISSING, browser_path, chromium
from tests.conftest import Released, release_small
from tests.require import missing


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; skips (or fails, where it is required) if there is none."""
    path = browser_path()
    if path is None:
        missing("browser", MISSING)
    with chromium(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """One database will do: what a page shows does not depend on it."""
    return release_small(tmp_path_factory.mktemp("released") / "workspace", None)
