"""Our end of the fork server: starts it, asks it for a walled-in child, reads what comes out, lets go of the leash."""

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grader.errors import UnavailableError
from grader.execution import Ending, Limits
from grader.walls.jail import Walls
from grader.walls.server import FAILED, READY

START_SECONDS = 60.0
GRACE_SECONDS = 3.0
"""How much longer than its limit a cell may be silent before its process is ended."""
END_SECONDS = 60.0
"""How long the kernel may take to end everything that a run has started."""
_ROOT = Path(__file__).parents[1]
PROGRAM = "assessments.inside.program:Program"
"""What runs inside: built once with the modules to preload, then its `run(task, channel)` in each child."""
_START = "import sys; sys.path.insert(0, {root!r}); from grader.walls.server import main; main()"


class Run(NamedTuple):
    """One finished run: what came through the channel, why reading stopped before the end if it did, exit code, CPU."""

    content: bytes
    cut_short: Ending | None
    exit_code: int
    cpu_seconds: float


class Warm:
    """A connection to a warm interpreter; may be given to another process of ours.

    Args:
        control: the socket over which it is asked for children.
        mount_point: an empty folder; every child puts its private root together there, unseen by the others.
        address_space: what a child has at the start, in bytes.
    """

    def __init__(self, control: socket.socket, mount_point: Path, address_space: int) -> None:
        self._control, self.mount_point, self.address_space = control, mount_point, address_space

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        try:
            return self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def run(self, walls: Walls, task: bytes, limits: Limits) -> Run:
        """Run one task in a new child; when this returns, nothing that it started is left.

        Raises:
            UnavailableError: this machine does not allow the sandbox, the server is gone, or something cannot be ended.
        """
        reader, writer = os.pipe()
        with os.fdopen(reader, "rb"), os.fdopen(writer, "wb") as channel, self.start(walls, task, writer) as leash:
            channel.close()
            content, cut_short = _read(reader, leash, limits)
            return Run(content, *_finish(leash, cut_short))

    def start(self, walls: Walls, task: bytes, channel: int, seconds: float | None = None) -> socket.socket:
        """Start one task in a new child and return its leash, as `grader.walls.server` has it.

        Args:
            channel: an open file for what comes out.
            seconds: when to end it at the latest.

        Raises:
            UnavailableError: the server is gone.
        """
        leash, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, os.fdopen(os.memfd_create("task"), "wb+") as task_file:
            task_file.write(task)
            task_file.seek(0)
            try:
                self._ask({"walls": walls._asdict(), "seconds": seconds}, task_file.fileno(), channel, theirs.fileno())
            except UnavailableError:
                leash.close()
                raise
        return leash

    def branch(self) -> "Warm":
        """A second server, forked from this one: warm at once, and sharing its memory.

        Raises:
            UnavailableError: the server is gone.
        """
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._ask({"branch": True}, theirs.fileno())
        if _first_byte(control) != READY:
            control.close()
            raise UnavailableError("the fork server is gone")
        return Warm(control, self.mount_point, self.address_space)

    def close(self) -> None:
        """End it with all that it started."""
        self._control.close()

    def _ask(self, order: dict[str, Any], *files: int) -> None:
        try:
            socket.send_fds(self._control, [json.dumps(order).encode()], list(files))
        except OSError as error:
            raise UnavailableError(f"the fork server is gone: {error.strerror}") from None


class ForkServer(Warm):
    """A warm interpreter in a process of its own.

    Args:
        preload: modules to import once, for all notebooks.
        program: what runs inside.

    Raises:
        UnavailableError: it did not start.
    """

    def __init__(self, preload: Sequence[str], program: str = PROGRAM) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="talentpool-"))
        (self.folder / "root").mkdir()
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        settings = json.dumps({"preload": list(preload), "program": program, "cache": str(_cache())})
        command = [sys.executable, "-I", "-B", "-c", _START.format(root=str(_ROOT)), str(theirs.fileno()), settings]
        with theirs, (self.folder / "stderr").open("wb") as stderr:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                pass_fds=[theirs.fileno()],
                env=environment(str(self.folder)),
                cwd=self.folder / "root",
                start_new_session=True,
            )
        super().__init__(control, self.folder / "root", 0)
        self._await_ready()
        self.address_space = _virtual_bytes(self._process.pid)

    def close(self) -> None:
        """End it with all that it started."""
        super().close()
        try:
            self._process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _await_ready(self) -> None:
        said = _first_byte(self._control)
        if said == READY:
            return
        self._process.kill()
        lines = (self.folder / "stderr").read_bytes()[-2_000:].decode(errors="replace").splitlines()
        self.close()
        late = f"it was not ready after {START_SECONDS:g} s"
        reason = late if said is None else next(filter(str.strip, reversed(lines)), "no reason given")
        raise UnavailableError(f"the fork server did not start: {reason}")


def _first_byte(control: socket.socket) -> bytes | None:
    """What a new server says first; nothing if it ends before, None if it takes too long."""
    control.settimeout(START_SECONDS)
    try:
        return control.recv(1)
    except TimeoutError:
        return None
    except OSError:
        return b""
    finally:
        control.settimeout(None)


def environment(home: str) -> dict[str, str]:
    """Nothing of ours: no secrets, no home."""
    places = {"HOME": home, "TMPDIR": home, "IPYTHONDIR": f"{home}/ipython", "MPLCONFIGDIR": f"{home}/matplotlib"}
    # numeric libraries start a thread for each core, and threads neither survive a fork nor are free
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    # pyarrow, which pandas imports, starts one for its memory
    threads["JE_ARROW_MALLOC_CONF"] = "background_thread:false"
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", **threads, **places}


def _cache() -> Path:
    """Where matplotlib keeps its list of fonts; read by servers, unseen by notebooks."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "talentpool")


def _virtual_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGESIZE")


def _read(reader: int, leash: socket.socket, limits: Limits) -> tuple[bytes, Ending | None]:
    """Everything until the channel closes, or why reading stopped before.

    A cell that is silent for longer than it may run does not heed its alarm any more.
    """
    deadline = time.monotonic() + limits.wall_seconds
    patience = max(limits.cell_seconds, limits.call_seconds) + GRACE_SECONDS
    content = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        readable, _, _ = select.select([reader], [], [], min(left, patience))
        if not readable:
            break
        chunk = os.read(reader, 65_536)
        if not chunk:
            return bytes(content), None
        content += chunk
        # values and files come on top of what cells may print
        if len(content) > 2 * (limits.output_bytes + limits.kept_bytes):
            return bytes(content), Ending.TOO_MUCH_OUTPUT
    return bytes(content), Ending.OUT_OF_TIME


def _finish(leash: socket.socket, cut_short: Ending | None) -> tuple[Ending | None, int, float]:
    """Wait for the end of a child that closed its channel; end one that did not. The exit code comes last.

    Raises:
        UnavailableError: this machine does not allow the sandbox, or something cannot be ended.
    """
    messages: list[bytes] = []
    leash.settimeout(GRACE_SECONDS)
    try:
        while not cut_short and (message := leash.recv(2_000)):
            messages.append(message)
    except TimeoutError:
        cut_short = Ending.OUT_OF_TIME
    # the sign to end everything; nothing is left when the other side is closed as well
    leash.shutdown(socket.SHUT_WR)
    leash.settimeout(END_SECONDS)
    try:
        while message := leash.recv(2_000):
            messages.append(message)
    except TimeoutError:
        raise UnavailableError(f"what was started in the sandbox did not end within {END_SECONDS:g} s") from None
    if len(messages) == 2 and messages[0] == READY:
        return cut_short, *json.loads(messages[1])
    raise not_allowed(messages[0] if messages else b"")


def not_allowed(message: bytes) -> UnavailableError:
    """The error for what a guard said instead of READY."""
    reason = message[1:].decode(errors="replace") if message.startswith(FAILED) else "it was ended"
    return UnavailableError(
        f"this machine does not allow the sandbox: {reason}",
        tip="See: talentpool doctor. Or accept the risk with --unsafe-no-sandbox (it is recorded).",
    )
