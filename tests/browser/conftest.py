"""A real JupyterLab in a real browser: found at run time, required where CI says so."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import Released, release_small
from tests.require import missing

FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def browser_path() -> str:
    """Where the system's browser is; skips (or fails, where it is required) if there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        missing("browser", f"no browser found (looked for {', '.join(NAMES)}); install Debian's package chromium")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    path = browser_path()
    # Chromium's own sandbox does not start as root
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """One database will do: what a page shows does not depend on it."""
    return release_small(tmp_path_factory.mktemp("released") / "workspace", None)


class Server:
    """A command that serves JupyterLab or a page of its own, as a user would start it."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        command = [sys.executable, "-m", "assessments", *arguments, "--no-browser"]
        self._cwd = cwd
        self._process = subprocess.Popen(
            command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        self.url = self._find_url()

    def _find_url(self) -> str:
        assert self._process.stderr is not None
        seen = []
        for line in self._process.stderr:
            seen.append(line)
            if match := re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", line):
                return match.group(0)
        raise AssertionError("the server did not start:\n" + "".join(seen))

    def kill_kernel(self) -> None:
        """As a crash would."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                here = (folder / "cwd").readlink().is_relative_to(self._cwd)
                if here and b"ipykernel" in (folder / "cmdline").read_bytes():
                    os.kill(int(folder.name), signal.SIGKILL)
            except OSError:
                continue

    def stop(self) -> None:
        """End the command and the server that it started."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.communicate(timeout=30)
