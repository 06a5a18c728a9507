"""Runs a task in a process of its own: isolated by `jail`, or (only if told so) without isolation."""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import assessments
from assessments.runner import MAX_LINE_BYTES
from grader.errors import UnavailableError
from grader.execution import Ending, Limits, Result, Task
from grader.scoring.base import Value

SCRATCH_BYTES = 64_000_000
MAX_LINES = 10_000
GRACE_SECONDS = 3.0
"""How long a process may take to go after its work is done or it was told to."""
_PACKAGE_AT = "/talentpool"
_SCRATCH_AT = "/scratch"
_PACKAGE = Path(assessments.__file__).parent
_JAIL = Path(__file__).with_name("jail.py")
_OURS = [_JAIL.parent, _JAIL.parents[1] / "onboarding"]
_SYSTEM_FILES = ("/usr", "/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives")
_START = "import sys; sys.path.insert(0, {path!r}); from assessments.runner import main; main()"


class Sandbox:
    """One fresh interpreter for each task.

    Args:
        isolated: False leaves out namespaces and the private root; an explicit, recorded choice of the operator's.
        hidden: folders that must not be seen inside even where they lie below a folder that is shown; this package and
            the starter banks in it always are hidden.
    """

    def __init__(self, *, isolated: bool = True, hidden: Sequence[Path] = ()) -> None:
        self.isolated = isolated
        self._hidden = [*_OURS, *(path.resolve() for path in hidden)]

    def execute(self, task: Task) -> Result:
        """Run one task.

        Raises:
            UnavailableError: this machine does not allow the sandbox, or the interpreter did not start.
        """
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="talentpool-") as folder:
            content, cut_short, exit_code, complaint = self._run(task, Path(folder))
        if complaint is not None:
            raise UnavailableError(
                f"this machine does not allow the sandbox: {complaint or 'no reason given'}",
                tip="Allow user namespaces, or accept the risk with --unsafe-no-sandbox (it is recorded).",
            )
        ending = cut_short or (Ending.DIED if exit_code else Ending.COMPLETE)
        values = _by_slot(task, content, ending)
        return Result(values=values, ending=ending, wall_seconds=time.monotonic() - started)

    def _run(self, task: Task, folder: Path) -> tuple[bytes, Ending | None, int, str | None]:
        """What came through the channel, why it was cut short if it was, the exit code, and why it did not start."""
        calls = [call for calls in task.calls.values() for call in calls]
        payload = {"cells": task.cells, "calls": calls, "call_seconds": task.limits.call_seconds}
        (folder / "task.json").write_text(json.dumps(payload))
        (folder / "root").mkdir()
        with ExitStack() as stack:
            try:
                channel, ready = _pipe(stack), _pipe(stack)
                stdin = stack.enter_context((folder / "task.json").open("rb"))
                stderr = stack.enter_context((folder / "stderr").open("wb+"))
                process = subprocess.Popen(
                    self._command(channel.writer, ready.writer, folder, task.limits),
                    stdin=stdin,
                    stdout=subprocess.DEVNULL,
                    stderr=stderr,
                    pass_fds=(channel.writer, ready.writer),
                    env=_environment(str(folder)),
                    cwd=folder,
                    start_new_session=True,
                )
            except OSError as error:
                raise UnavailableError(f"the sandbox could not be started: {error}") from None
            for pipe in (channel, ready):
                pipe.close_writer()
            content, cut_short = _read(channel.reader, task.limits)
            ended = _end(process, cut_short)
            # only the jail can say that it got as far as the applicant's program
            started = os.read(ready.reader, 1) == b"1"
            return content, *ended, None if started else _tail(stderr)

    def _command(self, channel: int, ready: int, folder: Path, limits: Limits) -> list[str]:
        start = _START.format(path=_PACKAGE_AT if self.isolated else str(_PACKAGE.parent))
        command = [sys.executable, "-I", "-B", "-c", start, str(channel)]
        spec = {
            "isolated": self.isolated,
            "mount_point": str(folder / "root"),
            "ready": ready,
            "read_only": _read_only(),
            "hidden": [str(path) for path in self._hidden],
            "scratch_bytes": SCRATCH_BYTES,
            "limits": _rlimits(limits),
            "command": command,
            "environment": _environment(_SCRATCH_AT if self.isolated else str(folder)),
        }
        return [sys.executable, "-I", "-S", "-B", str(_JAIL), json.dumps(spec)]


class _Pipe:
    """A pipe whose ends are closed when the run is over, the writing one as soon as the child has it."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()

    def close_writer(self) -> None:
        """Close our copy of the writing end; may be called twice."""
        if self.writer >= 0:
            os.close(self.writer)
            self.writer = -1

    def close(self) -> None:
        """Close both ends."""
        self.close_writer()
        os.close(self.reader)


def _pipe(stack: ExitStack) -> _Pipe:
    pipe = _Pipe()
    stack.callback(pipe.close)
    return pipe


def _environment(home: str) -> dict[str, str]:
    """Nothing of ours: no secrets, no home."""
    places = {"HOME": home, "TMPDIR": home, "IPYTHONDIR": f"{home}/ipython"}
    # numeric libraries start a thread for each core, and threads count as processes
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "OPENBLAS_NUM_THREADS": "1", **places}


def _read_only() -> list[tuple[str, str]]:
    """What the private root shows: (path outside, path inside)."""
    prefixes = dict.fromkeys([sys.base_prefix, sys.prefix])
    folders = [*_SYSTEM_FILES, *(prefix for prefix in prefixes if not prefix.startswith("/usr/"))]
    return [*((path, path) for path in folders), (str(_PACKAGE), f"{_PACKAGE_AT}/assessments")]


def _rlimits(limits: Limits) -> dict[str, int]:
    return {
        "RLIMIT_AS": limits.memory_bytes * 2,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_NPROC": limits.processes,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": int(limits.wall_seconds) + 1,
    }


def _read(reader: int, limits: Limits) -> tuple[bytes, Ending | None]:
    """Everything until the channel closes, or why reading stopped before."""
    deadline = time.monotonic() + limits.wall_seconds
    content = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(reader, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                continue
            chunk = os.read(reader, 65_536)
            if not chunk:
                return bytes(content), None
            content += chunk
            if len(content) > limits.output_bytes:
                return bytes(content[: limits.output_bytes]), Ending.TOO_MUCH_OUTPUT
    return bytes(content), Ending.OUT_OF_TIME


def _end(process: subprocess.Popen[bytes], cut_short: Ending | None) -> tuple[Ending | None, int]:
    """Wait for a process that closed its channel; end one that did not, with everything it started."""
    if cut_short is None:
        try:
            return None, process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            cut_short = Ending.OUT_OF_TIME
    process.terminate()
    try:
        process.wait(timeout=GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return cut_short, process.returncode


def _tail(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read(2_000).decode(errors="replace").strip()


def _by_slot(task: Task, content: bytes, ending: Ending) -> dict[str, tuple[Value, ...]]:
    """Sort the lines into the task's slots; what is missing or malformed is an error of the applicant's run."""
    total = sum(map(len, task.calls.values()))
    found = _values(content, total)
    unreached = Value(error="NotReached", message=f"the run ended before this call ({ending})")
    values: dict[str, tuple[Value, ...]] = {}
    index = 0
    for slot, calls in task.calls.items():
        values[slot] = tuple(found.get(index + offset, unreached) for offset in range(len(calls)))
        index += len(calls)
    return values


def _values(content: bytes, total: int) -> dict[int, Value]:
    """The last line for each call that was made; anything else may come from a cell and is passed over."""
    found: dict[int, Value] = {}
    for line in content.splitlines()[-MAX_LINES:]:
        if len(line) > MAX_LINE_BYTES:
            continue
        try:
            data = json.loads(line)
            index = data["index"]
            if type(index) is int and 0 <= index < total:
                found[index] = Value.model_validate(data)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            continue
    return found
