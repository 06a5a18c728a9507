"""How long an applicant waits: from asking for the page to a usable form of 60 questions, and for a pressed key.

Run: .venv/bin/python benchmarks/open_form.py [--rounds N]. JupyterLab and the page without code are opened in turns in
headless Chromium. A form is usable when its last question can be answered. For the keys, the disk is made slow in a
further run: every write waits half a second; a key's time runs from pressing it to the next frame of the page.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, Page

from assessments.archive import write_missing
from assessments.taking import View
from grader.bank import Bank, parse_bank
from grader.issue import draw
from grader.layout import unreleased_files
from grader.workspace import starter_banks
from tests.browser.chromium import MISSING, browser_path, chromium
from tests.serving import serving

QUESTIONS = 60
KINDS = ("choice", "multiple", "rating", "comparison", "numeric")
SLOW_DISK = "import os, time\n_sync = os.fsync\nos.fsync = lambda file: (time.sleep(0.5), _sync(file))[1]\n"
HEAD = {
    "title": "A large assessment",
    "audience": "Nobody.",
    "instructions": "Answer.",
    "minutes": 90,
    "cut_score": 0.7,
    "points": QUESTIONS,
}
LAST = {
    "id": "last",
    "version": 1,
    "kind": "text",
    "task_type": "gen-prompt",
    "skill": "writing",
    "prompt": "Write a question.",
    "difficulty": "easy",
    "rationale": "Any.",
    "key": {"answer": {"answer": "Why?"}, "machine_share": 0, "checks": []},
}
FRAME = """() => new Promise((done) => {
  const started = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
})"""


def large_bank() -> Bank:
    """A bank with 60 slots, filled with questions out of the starter banks; the last one is to be written."""
    raw = [item for path in starter_banks() for item in tomllib.loads(path.read_text())["items"]]
    plain = [item for item in raw if item["kind"] in KINDS and "template" not in item]
    items = [{**(plain * QUESTIONS)[n], "id": f"item-{n}"} for n in range(QUESTIONS - 1)] + [LAST]
    slots = [
        {"id": f"q{n:02}", "skill": item["skill"], "points": 1, "items": [item["id"]]}
        for n, item in enumerate(items, start=1)
    ]
    return parse_bank("large", {**HEAD, "slots": slots, "items": items}, b"")


def write_folder(folder: Path) -> None:
    """What an applicant is issued of it."""
    bank, secret = large_bank(), b"benchmark"
    packet = draw(bank, applicant_id="ada", attempt=1, secret=secret, now=datetime.now(UTC)).packet
    write_missing(folder, unreleased_files(bank, folder, packet, secret))


def open_once(browser: Browser, folder: Path, view: View) -> tuple[float, list[float]]:
    """Seconds until the form is usable, and milliseconds for each of 40 keys."""
    server = serving("take", str(folder), "--view", view, cwd=folder.parent)
    try:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        started = time.monotonic()
        page.goto(server.url)
        page.get_by_label("Your answer", exact=True).last.click(timeout=60_000)
        return time.monotonic() - started, [_key(page) for _ in range(40)]
    finally:
        server.stop()


def _key(page: Page) -> float:
    page.keyboard.press("a")
    return float(page.evaluate(FRAME))


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each view is opened")
    rounds = parser.parse_args().rounds
    path = browser_path()
    if path is None:
        sys.exit(MISSING)
    opened: dict[View, list[float]] = {view: [] for view in View}
    keys: dict[View, list[float]] = {}
    with tempfile.TemporaryDirectory() as scratch, chromium(path) as browser:
        root = Path(scratch)
        write_folder(root / "large")
        (root / "slow").mkdir()
        (root / "slow" / "sitecustomize.py").write_text(SLOW_DISK)
        for view in [*View] * rounds:
            opened[view].append(open_once(browser, root / "large", view)[0])
        os.environ["PYTHONPATH"] = str(root / "slow")
        for view in View:
            keys[view] = open_once(browser, root / "large", view)[1]
    print(f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}\n")
    print("| view | usable after, s | slowest, s | a key, ms | slowest key, ms |\n|---|---|---|---|---|")
    for view in View:
        print(
            f"| {view} | {statistics.median(opened[view]):.1f} | {max(opened[view]):.1f} | "
            f"{statistics.median(keys[view]):.0f} | {max(keys[view]):.0f} |"
        )


if __name__ == "__main__":
    main()
