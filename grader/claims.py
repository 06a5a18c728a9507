"""Lets several processes, on one machine or many, share work: whoever holds the claim to a part of it does that part.

A claim lasts until it is released or until the process that took it is gone, in whatever way it went.
"""

import fcntl
import hashlib
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text

from grader.database import answering, is_server, open_engine
from grader.errors import UnavailableError

# a machine that vanishes says no goodbye: the server asks after 30 seconds of silence, and gives up after a minute
_ALIVE = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"


class Claims(Protocol):
    """One process's claims; make one for each process, and none before a fork."""

    def take(self, key: str) -> bool:
        """Whether the claim is ours now (or was already); False, at once, if another process holds it.

        Raises:
            UnavailableError: the file or database that keeps the claims does not answer.
        """

    def release(self, key: str) -> None:
        """Give a claim up; nothing happens if it is not ours."""

    def close(self) -> None:
        """Give all claims up."""


def claims_for(url: str, folder: Path) -> Claims:
    """The claims of everybody who works on this database.

    Args:
        folder: where the claims are kept if it is no server.
    """
    return ServerClaims(url) if is_server(url) else FileClaims(folder / ".claims")


class FileClaims:
    """Claims among the processes of one machine: each key is one byte of a file, locked by the system.

    Bytes of one file instead of a file for each key: nothing has to be removed, so nobody can lock what somebody else
    is removing. And unlike flock's, these locks are not inherited, so no child of a killed holder keeps one.
    """

    def __init__(self, path: Path) -> None:
        self._stream = path.open("ab")
        self._held: set[str] = set()

    def take(self, key: str) -> bool:
        if key not in self._held:
            try:
                fcntl.lockf(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _number(key))
            except (BlockingIOError, PermissionError):
                return False
            except OSError as error:
                raise UnavailableError(f"{self._stream.name} cannot be locked: {error.strerror}") from None
            self._held.add(key)
        return True

    def release(self, key: str) -> None:
        if key in self._held:
            fcntl.lockf(self._stream, fcntl.LOCK_UN, 1, _number(key))
            self._held.remove(key)

    def close(self) -> None:
        self._held.clear()
        self._stream.close()


class ServerClaims:
    """Claims among all processes on one PostgreSQL database: advisory locks of one connection, freed when it ends."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, isolation_level="AUTOCOMMIT", connect_args={"options": _ALIVE})
        self._connection: Connection | None = None
        self._held: set[str] = set()

    def take(self, key: str) -> bool:
        if key not in self._held and self._ask("pg_try_advisory_lock", key):
            self._held.add(key)
        return key in self._held

    def release(self, key: str) -> None:
        if key in self._held:
            self._held.remove(key)
            self._ask("pg_advisory_unlock", key)

    def close(self) -> None:
        self._held.clear()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _ask(self, function: str, key: str) -> bool:
        try:
            with answering():
                self._connection = self._connection or self._engine.connect()
                return bool(self._connection.scalar(text(f"SELECT {function}(:number)"), {"number": _number(key)}))
        except UnavailableError:
            # the claims are gone with the connection; the next question opens a new one
            self.close()
            raise


def _number(key: str) -> int:
    """62 bits, which fit a file's offset and the server's locks; of 100,000 keys two are equal once in 10^9 times."""
    return int.from_bytes(hashlib.sha256(f"talentpool {key}".encode(errors="backslashreplace")).digest()[:8]) >> 2
