"""Runs one task: an applicant's cells in their order, then the calls asked for; only JSON lines leave.

It knows the inputs, never what they should give: whoever forges a line has to compute the right value. Lines are
`{"cell", "count", "outputs"}` for each cell (a later line for the same cell replaces it), `{"index", "value"}` or
`{"index", "error"}` for each call, `{"file", "content"}` for each file that the cells left, `{"tampered"}`, and
`{"seconds"}` at the end.
"""

import base64
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from assessments.calls import invoke
from assessments.inside.outputs import TooMuchOutput
from assessments.inside.shell import Shell
from assessments.values import encode

MAX_LINE_BYTES = 500_000
TOO_MUCH_OUTPUT = 98
EXITED = 99
"""A cell called exit(), which ends a kernel."""
NO_REPLY = ("CellTimeoutError", "", ["\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"])
NO_TRACEBACK = ["ERROR: An error occurred while showtraceback was disabled"]
"""nbgrader's words."""


class CallTimeout(BaseException):
    """A call used up its seconds; not an Exception, so that a bare `except Exception` lets it pass."""


class Program:
    """What a fork server keeps ready; `run` is called in a child, once."""

    def __init__(self, preload: Sequence[str]) -> None:
        self._shell = Shell(preload)

    def run(self, task_file: int, channel: int) -> None:
        """The whole of one task. Exits without clean-up, so that nothing left behind by a cell runs any more."""
        with os.fdopen(task_file, "rb") as stream:
            task = json.load(stream)
        os.set_inheritable(channel, False)
        _close_all_but(0, 1, 2, channel)
        try:
            _Run(self._shell, task, channel).do()
        except TooMuchOutput:
            os._exit(TOO_MUCH_OUTPUT)
        os._exit(0)


class _Run:
    """One task in one process."""

    def __init__(self, shell: Shell, task: dict[str, Any], channel: int) -> None:
        self._shell, self._task = shell, task
        # whatever a cell replaces later, these are the ones that were here first
        self._write, self._dumps = _writer(channel), json.dumps

    def do(self) -> None:
        """Files in, cells, calls, files out."""
        _settle(Path(self._task["scratch"]))
        os.environ.update(self._task["environment"])
        brought = _unpack(self._task["files"])
        self._shell.begin(self._task["output_bytes"])
        started = time.monotonic()
        for place, cell in enumerate(self._task["cells"]):
            self._cell(place, cell)
        seconds = time.monotonic() - started
        for index, call in enumerate(self._task["calls"]):
            self._line({"index": index, **self._outcome(call)}, instead={"index": index, "error": "ValueTooLarge"})
        for name, content in _left_behind(brought, self._task["files_out_bytes"]):
            self._line({"file": name, "content": base64.b64encode(content).decode()})
        self._line({"seconds": seconds})

    def _cell(self, place: int, cell: dict[str, Any]) -> None:
        """One that fails does not stop the next, as its function may still be defined."""
        if not cell["source"].strip():
            return
        outputs = self._shell.collector
        count, problem = None, None
        wall, cpu = self._task["cell_seconds"], self._task["cell_cpu_seconds"]
        started, used = time.monotonic(), time.process_time()
        try:
            with _alarm(wall, cpu, signal.default_int_handler):
                count, problem = self._shell.run(place, cell["source"], cell.get("id"))
        except TooMuchOutput:
            raise
        except BaseException as error:
            problem = (type(error).__name__, _text(error), [])
        if time.monotonic() - started >= wall or time.process_time() - used >= cpu:
            outputs.add_error(*NO_REPLY)
        elif problem and not any(problem[0] == output.get("ename") for output in outputs.cells[place]):
            outputs.add_error(problem[0], problem[1], problem[2] or NO_TRACEBACK)
        if cell.get("watched") and (replaced := self._shell.tampered()):
            self._line({"tampered": replaced})
        self._report(place, count)
        is_last = place + 1 == len(self._task["cells"])
        if self._task["outputs"] and self._shell.wants_to_exit and not is_last:
            os._exit(EXITED)

    def _report(self, place: int, count: int | None) -> None:
        outputs = self._shell.collector
        keep = self._task["outputs"]
        self._line({"cell": place, "count": count, "outputs": outputs.cells[place] if keep else []})
        for earlier in outputs.changed - {place} if keep else ():
            self._line({"cell": earlier, "outputs": outputs.cells[earlier]})
        outputs.changed.clear()

    def _outcome(self, call: str) -> dict[str, Any]:
        limit = self._task["call_seconds"]
        try:
            with _alarm(limit, limit, _end_call):
                return {"value": encode(invoke(call, self._shell.namespace))}
        except CallTimeout:
            return {"error": "TimeoutError", "message": f"no result within {limit:g} s"}
        except BaseException as error:
            return {"error": type(error).__name__[:100], "message": _text(error)}

    def _line(self, data: dict[str, Any], instead: dict[str, Any] | None = None) -> None:
        line = self._dumps(data).encode()
        if instead and len(line) > MAX_LINE_BYTES:
            line = self._dumps(instead).encode()
        self._write(line + b"\n")


def _writer(channel: int, write: Callable[[int, bytes], int] = os.write) -> Callable[[bytes], None]:
    def everything(content: bytes) -> None:
        while content:
            content = content[write(channel, content) :]

    return everything


def _text(error: BaseException) -> str:
    """What an error says; an applicant's error may fail to say anything, or never finish."""
    try:
        with _alarm(1, 1, _end_call):
            return str(error)[:300]
    except BaseException:
        return ""


def _end_call(_signal: int, _frame: FrameType | None) -> None:
    raise CallTimeout


@contextmanager
def _alarm(wall: float, cpu: float, ring: Callable[[int, FrameType | None], Any]) -> Iterator[None]:
    """Call `ring` when the seconds of the clock or of the processor are over, again and again."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    until = int(used.ru_utime + used.ru_stime + cpu) + 1
    signal.signal(signal.SIGALRM, ring)
    signal.signal(signal.SIGXCPU, ring)
    resource.setrlimit(resource.RLIMIT_CPU, (min(until, hard) if hard != resource.RLIM_INFINITY else until, hard))
    signal.setitimer(signal.ITIMER_REAL, wall, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _close_all_but(*keep: int) -> None:
    """Nothing that was open in the server stays open."""
    for link in list(Path("/proc/self/fd").iterdir()):
        if int(link.name) not in keep:
            try:
                os.close(int(link.name))
            except OSError:
                continue


def _settle(scratch: Path) -> None:
    """A folder for the notebook, a home beside it."""
    os.environ.update(dict.fromkeys(("HOME", "TMPDIR"), str(scratch)), IPYTHONDIR=f"{scratch}/.ipython")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    tempfile.tempdir = None
    (scratch / "work").mkdir()
    os.chdir(scratch / "work")


def _unpack(files: dict[str, str]) -> dict[Path, bytes]:
    """Put the submission's files into the current folder."""
    brought = {Path(name): base64.b64decode(content) for name, content in files.items()}
    for path, content in brought.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if content.startswith(b"#!"):
            path.chmod(0o755)
    return brought


def _left_behind(brought: dict[Path, bytes], left_bytes: int) -> Iterator[tuple[str, bytes]]:
    """The plain files that are new or changed, as long as there is room."""
    for folder, _, names in os.walk(".") if left_bytes else ():
        for path in (Path(folder, name) for name in names):
            if path.is_symlink() or not path.is_file() or path.stat().st_size > left_bytes:
                continue
            content = path.read_bytes()
            if content != brought.get(path):
                left_bytes -= len(content)
                yield str(path), content
