"""What an attack must not find, reach or leave behind: secrets with a name, a listener, traces."""

import os
import secrets
import socket
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.submissions.assessment import EXPECTED

WORD = "talentpool-secret-"
WORDS_OF_ANOTHER = "backwards, the slow way"
"""A comment in one of the honest answers."""
TRACE = "talentpool-was-here"
"""The name of every file, process and message by which an attack shows that it got out."""


class Traps:
    """Secrets laid out around the grader, and a service that nobody may reach.

    Args:
        home: stands for the grader's home folder.
        workspace: the grader's files.
    """

    def __init__(self, home: Path, workspace: Path) -> None:
        self.home, self.workspace = home, workspace
        self.secret = WORD + secrets.token_hex(8)
        self.address = f"talentpool-{secrets.token_hex(8)}"
        self._keys = [path.read_bytes().hex() for path in workspace.glob("*.key")]
        self.temporary = Path(tempfile.gettempdir()) / f"{self.secret}.txt"
        self.listeners = [socket.socket(socket.AF_INET), socket.socket(socket.AF_UNIX)]

    @contextmanager
    def laid(self) -> Iterator["Traps"]:
        """The traps, as long as they lie there; the folders are made."""
        for folder in (self.home, self.workspace):
            folder.mkdir(exist_ok=True)
        places = [self.home / "notes.txt", self.workspace / "notes.toml", self.temporary]
        addresses: list[tuple[str, int] | str] = [("127.0.0.1", 0), f"\0{self.address}"]
        with ExitStack() as stack:
            for path in places:
                path.write_text(f"{self.secret}\n{EXPECTED}\n")
            stack.callback(self.temporary.unlink)
            for listener, address in zip(self.listeners, addresses, strict=True):
                stack.enter_context(listener)
                listener.bind(address)
                listener.listen()
                listener.setblocking(False)
            stack.enter_context(patch.dict(os.environ, HOME=str(self.home), TALENTPOOL_SECRET=self.secret))
            yield self

    def fill_in(self, content: bytes) -> bytes:
        """A file with the addresses that this run listens at."""
        port = self.listeners[0].getsockname()[1]
        return content.replace(b"PORT_OF_THE_TEST", b"%d" % port).replace(b"NAME_OF_THE_TEST", self.address.encode())

    def told_in(self, text: str) -> list[str]:
        """Which secrets stand in a text."""
        return [word for word in (WORD, EXPECTED, WORDS_OF_ANOTHER, *self._keys) if word in text]

    def visitors(self) -> list[str]:
        """Which listeners somebody has connected to."""
        found = []
        for listener in self.listeners:
            try:
                listener.accept()[0].close()
            except BlockingIOError:
                continue
            found.append(str(listener.getsockname()))
        return found

    def traces(self) -> list[str]:
        """Files and processes that somebody left behind."""
        project = Path(__file__).parents[2]
        places = [self.home, self.workspace, *self.workspace.parents, Path(tempfile.gettempdir()), Path("/dev/shm")]
        places += [Path(), project, Path("/"), Path("/root"), Path(sysconfig.get_path("purelib"))]
        files = {str(path) for place in places if place.is_dir() for path in place.glob(f"{TRACE}*")}
        return sorted([*files, *_processes()])


def _processes() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_text(errors="replace")
        except OSError:
            continue
        if TRACE in line.split("\0"):
            yield f"process {path.parent.name}"
