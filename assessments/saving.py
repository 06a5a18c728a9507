"""Writes a small file again and again without making anybody wait: a thread of its own, always the newest content."""

import atexit
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

RETRY_SECONDS = 5.0


class Writer:
    """Keeps one file current.

    Args:
        written: told after each attempt, in the writer's thread: the moment (UTC) whose content it was, and what went
            wrong ("" if nothing).
    """

    def __init__(self, path: Path, written: Callable[[datetime, str], None]) -> None:
        self._path, self._written = path, written
        self._changed = threading.Condition()
        self._content: bytes | None = None
        self._busy = False
        threading.Thread(target=self._run, name="talentpool-writer", daemon=True).start()
        atexit.register(self.flush)

    def write(self, content: bytes) -> None:
        """Have this content on the disk soon; returns at once."""
        with self._changed:
            self._content = content
            self._changed.notify_all()

    def flush(self, seconds: float = 10.0) -> bool:
        """Wait until everything is on the disk; False if that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: self._content is None and not self._busy, seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._content is not None)
                content, self._content, self._busy = self._content, None, True
                when = datetime.now(UTC)
            assert content is not None
            failure = self._attempt(content)
            with self._changed:
                if failure and self._content is None:
                    # tried again until it works or something newer comes
                    self._content = content
                self._busy = False
                self._changed.notify_all()
            self._written(when, failure)
            if failure:
                with self._changed:
                    self._changed.wait(RETRY_SECONDS)

    def _attempt(self, content: bytes) -> str:
        try:
            write_atomically(self._path, content)
        except OSError as error:
            return error.strerror or "the disk did not take it"
        return ""


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is, at any moment, either the old one or the new one."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with scratch.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(path)
