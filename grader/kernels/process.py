"""A kernel's process in the sandbox, with the methods of a Popen; and the warm fork servers of this process."""

import atexit
import json
import os
import signal
import socket
from collections.abc import Sequence
from contextlib import suppress

from grader.errors import UnavailableError
from grader.forkserver import ForkServer, not_allowed
from grader.walls.jail import Walls
from grader.walls.server import KILLED, READY

READY_SECONDS = 30.0
_servers: dict[tuple[int, tuple[str, ...]], ForkServer] = {}


def server(preload: Sequence[str]) -> ForkServer:
    """This process's fork server with these modules, started if need be and ended with this process.

    Raises:
        UnavailableError: it did not start.
    """
    key = (os.getpid(), tuple(preload))
    if key in _servers and not _servers[key].alive:
        _close(key)
    if key not in _servers:
        try:
            _servers[key] = ForkServer(preload, "grader.kernels.program:KernelProgram")
        except OSError as error:
            raise UnavailableError(f"the fork server could not be started: {error}") from None
        atexit.register(_close, key)
    return _servers[key]


def _close(key: tuple[int, tuple[str, ...]]) -> None:
    # a forked process must not close its parent's
    if key[0] == os.getpid():
        _servers.pop(key).close()


class KernelProcess:
    """A kernel on a leash: when this object is gone, so is the kernel with everything that it started.

    Raises:
        UnavailableError: this machine does not allow the sandbox.
    """

    stdin = stdout = stderr = None

    def __init__(self, warm: ForkServer, walls: Walls, task: bytes, output: int, seconds: float) -> None:
        self._leash = warm.start(walls, task, output, seconds)
        self._leash.settimeout(READY_SECONDS)
        self.returncode: int | None = None
        self.cpu_seconds = 0.0
        try:
            said = self._leash.recv(2_000)
        except OSError:
            said = b""
        if said != READY:
            self._leash.close()
            raise not_allowed(said)

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._result(wait=False)

    def wait(self) -> int:
        """The exit code, when it has ended."""
        code = self._result(wait=True)
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Interrupt it, or end it: the first process of a namespace would not heed a polite request to end."""
        with suppress(OSError):
            if number in (signal.SIGTERM, signal.SIGKILL):
                self._leash.shutdown(socket.SHUT_WR)
            else:
                self._leash.send(bytes([number]))

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _result(self, *, wait: bool) -> int | None:
        if self.returncode is None:
            self._leash.setblocking(wait)
            try:
                said = self._leash.recv(2_000)
            except BlockingIOError:
                return None
            except ConnectionError:
                said = b""
            self.returncode, self.cpu_seconds = json.loads(said) if said else (KILLED, 0.0)
            self._leash.close()
        return self.returncode
