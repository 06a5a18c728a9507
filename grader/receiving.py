"""An assessment taken on the workspace's own machine: serves it, and takes in what is handed in while it is open."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from assessments.errors import TalentpoolError
from assessments.handin import Handover, handed_in, lock, submission_files
from assessments.packet import Packet
from assessments.taking import Server
from grader.intake import HandedIn, Receipt, take_in
from grader.store import Store
from grader.workspace import Workspace

LOOK_SECONDS = 0.5
Say = Callable[[Receipt | str], None]
"""Told the receipt of what was handed in, or why it could not be taken in."""


def receive(workspace: Workspace, store: Store, packet: Packet, folder: Path, *, now: datetime) -> Receipt:
    """Take in what lies in an applicant's folder, and tell the form there."""
    files = HandedIn(files=submission_files(folder, packet), name=f"{packet.assessment} of {packet.applicant_id}")
    receipt = take_in(workspace, store, files, now=now, sent_by=packet.applicant_id, packet_id=packet.packet_id)
    lock(folder, Handover(at=now, sha256=receipt.submission_id, received=receipt.received_at))
    return receipt


def serve_and_receive(
    workspace: Workspace,
    store: Store,
    packet: Packet,
    folder: Path,
    server: Server,
    say: Say,
) -> int:
    """Run a server until it ends, and take in what is handed in meanwhile, if need be again; returns its exit code."""
    return serve_and_look(server, partial(_look, workspace, store, packet, folder, say), say)


def serve_and_look(server: Server, look: Callable[[], str], say: Callable[[str], None]) -> int:
    """Run a server until it ends, and look again and again what has to be taken in; returns its exit code.

    Args:
        look: takes in what there is, and returns why that did not work, "" if it did.
        say: told each new trouble.
    """
    # not started in the folder: no file in it may configure the server
    process = subprocess.Popen(server.command, env=server.environment, cwd=Path.home())
    trouble = ""
    with _signals_reach(process):
        while True:
            try:
                code = process.wait(LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                code = None
            earlier, trouble = trouble, look()
            if trouble and trouble != earlier:
                say(trouble)
            if code is not None:
                return code


def _look(workspace: Workspace, store: Store, packet: Packet, folder: Path, say: Say) -> str:
    """Take in what was handed in, if anything was; returns why that did not work."""
    found = handed_in(folder)
    if not found or found["received"]:
        return ""
    try:
        say(receive(workspace, store, packet, folder, now=datetime.now(UTC)))
    except (TalentpoolError, OSError) as error:
        return f"handed in, but not taken in yet: {error}"
    return ""


@contextmanager
def _signals_reach(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """What would end this command ends the server; Ctrl+C reaches it by itself, and it asks first."""
    earlier = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda _number, _frame: process.terminate()),
    }
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
