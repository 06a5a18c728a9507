"""An assessment taken on the workspace's own machine: serves it, and takes in what is handed in while it is open."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assessments.handin import Handover, handed_in, lock, submission_files
from assessments.packet import Packet
from assessments.taking import Server
from grader.intake import HandedIn, Receipt, take_in
from grader.store import Store
from grader.workspace import Workspace

LOOK_SECONDS = 0.5


def receive(workspace: Workspace, store: Store, packet: Packet, folder: Path, *, now: datetime) -> Receipt:
    """Take in what lies in an applicant's folder, and tell the form there."""
    files = HandedIn(files=submission_files(folder, packet), name=f"{packet.assessment} of {packet.applicant_id}")
    receipt = take_in(workspace, store, files, now=now, sent_by=packet.applicant_id, packet_id=packet.packet_id)
    lock(folder, Handover(at=now, sha256=receipt.submission_id, received=receipt.received_at))
    return receipt


def serve_and_receive(
    workspace: Workspace, store: Store, packet: Packet, folder: Path, server: Server, show: Callable[[Receipt], None]
) -> int:
    """Run a server until it ends; returns its exit code.

    Args:
        show: told the receipt of what was handed in.
    """

    def look() -> None:
        found = handed_in(folder)
        if found and not found["received"]:
            show(receive(workspace, store, packet, folder, now=datetime.now(UTC)))

    # not started in the folder: no file in it may configure the server
    process = subprocess.Popen(server.command, env=server.environment, cwd=Path.home())
    with _signals_reach(process):
        while True:
            try:
                return process.wait(LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                pass
            finally:
                look()


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
