"""What is handed in while `talentpool take` runs is taken in at once."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from assessments.archive import write_missing
from assessments.errors import UsageError
from assessments.handin import handed_in, pack_and_lock
from assessments.packet import Packet
from assessments.taking import Server
from grader import receiving
from grader.handout import applicant_folder, bundle_files, issue
from grader.intake import Receipt, take_in
from grader.receiving import serve_and_receive
from grader.store import Store
from grader.workspace import Workspace
from tests.samples import NOW

pytestmark = [pytest.mark.kernel, pytest.mark.parametrize("released", ["sqlite"], indirect=True)]
WAITS = Server([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))


@pytest.fixture
def store(workspace: Workspace) -> Store:
    """The workspace's."""
    return Store(workspace.database_url)


@pytest.fixture
def packet(workspace: Workspace, store: Store) -> Packet:
    """What ada works on."""
    return issue(workspace, store, "small", "ada", now=NOW)


@pytest.fixture
def folder(workspace: Workspace, store: Store, packet: Packet) -> Path:
    """Where she does."""
    folder = applicant_folder(workspace, packet)
    write_missing(folder, bundle_files(workspace, store, packet))
    return folder


def stop() -> None:
    """As `kill` does."""
    signal.raise_signal(signal.SIGTERM)


def test_what_is_handed_in_is_taken_in_and_said(
    workspace: Workspace, store: Store, packet: Packet, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if it does not work at first; the server's end is the command's end."""
    tries, said = [1, 2], []

    def first_busy(*arguments: object, **named: object) -> Receipt:
        if tries.pop() and tries:
            raise UsageError("the database is busy")
        return take_in(*arguments, **named)  # type: ignore[arg-type]

    def say(what: Receipt | str) -> None:
        said.append(what)
        if isinstance(what, Receipt):
            stop()

    monkeypatch.setattr(receiving, "take_in", first_busy)
    monkeypatch.setattr(receiving, "LOOK_SECONDS", 0.05)
    threading.Timer(0.2, pack_and_lock, [folder, folder.parent]).start()
    code = serve_and_receive(workspace, store, packet, folder, WAITS, say)
    assert code == -signal.SIGTERM
    first, receipt = said
    assert first == "handed in, but not taken in yet: the database is busy"
    assert isinstance(receipt, Receipt)
    record = handed_in(folder)
    assert record is not None
    assert record["sha256"] == receipt.submission_id
    assert record["received"]
    assert len(store.submissions()) == 1


def test_nothing_handed_in_is_nothing_taken_in(
    workspace: Workspace, store: Store, packet: Packet, folder: Path
) -> None:
    """Who closes the page has not handed in."""
    ends = Server([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    assert serve_and_receive(workspace, store, packet, folder, ends, lambda _what: None) == 3
    assert list(store.submissions()) == []
