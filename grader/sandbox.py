"""Runs a task in a child of a fork server: walled in, or (only if told so) with limits alone."""

import base64
import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from assessments.inside.program import EXITED, MAX_LINE_BYTES, TOO_MUCH_OUTPUT
from grader.errors import UnavailableError
from grader.execution import CellOutput, Ending, Engine, Limits, Result, Task, Value
from grader.forkserver import ForkServer, Run, Warm
from grader.walls.cgroup import Group, group_folders
from grader.walls.jail import SCRATCH, Walls
from grader.walls.server import KILLED
from grader.walls.shown import hidden_folders, read_only

DEFAULT = Engine()
MAX_LINES = 10_000
_ENDINGS = {0: Ending.COMPLETE, TOO_MUCH_OUTPUT: Ending.TOO_MUCH_OUTPUT, EXITED: Ending.DIED}


class Sandbox:
    """A forked child of a warm interpreter for each task.

    Args:
        engine: how code is run.
        warm: the interpreter; one of its own is started with the first task if there is none, or if it ends.
    """

    def __init__(self, engine: Engine = DEFAULT, warm: Warm | None = None) -> None:
        self.isolated = engine.isolated
        self._hidden = hidden_folders(engine.hidden)
        self._preload = engine.preload
        self._server = warm
        self._group: Group | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the fork server; the next task starts another one."""
        if self._server:
            self._server.close()
        if self._group:
            self._group.close()
        self._server = self._group = None

    def __del__(self) -> None:
        self.close()

    def execute(self, task: Task) -> Result:
        """Run one task.

        Raises:
            UnavailableError: this machine does not allow the sandbox, or the interpreter did not start.
        """
        server = self._warm()
        started = time.monotonic()
        if self.isolated:
            run = server.run(self._walls(server, task.limits), _message(task, SCRATCH), task.limits)
        else:
            with tempfile.TemporaryDirectory(prefix="talentpool-", ignore_cleanup_errors=True) as scratch:
                run = server.run(self._walls(server, task.limits), _message(task, scratch), task.limits)
        return _result(task, run, self._ending(run, task.limits), time.monotonic() - started)

    def _ending(self, run: Run, limits: Limits) -> Ending:
        """How the run ended; a process that was killed for none of its own limits is a failure of ours.

        Raises:
            UnavailableError: somebody outside killed it, or the machine ran out of memory.
        """
        if run.cut_short:
            return run.cut_short
        if run.exit_code != KILLED or not self.isolated:
            return _ENDINGS.get(run.exit_code, Ending.DIED)
        if self._group and self._group.ran_out_of_memory():
            return Ending.OUT_OF_MEMORY
        if run.cpu_seconds >= limits.cpu_seconds:
            return Ending.OUT_OF_TIME
        raise UnavailableError("its process was killed from outside, or the machine is out of memory")

    def _warm(self) -> Warm:
        if self._server is None or not self._server.alive:
            self.close()
            try:
                self._server = ForkServer(self._preload)
            except OSError as error:
                raise UnavailableError(f"the fork server could not be started: {error}") from None
        return self._server

    def _walls(self, server: Warm, limits: Limits) -> Walls:
        if self._group is None:
            self._group = Group(group_folders())
        self._group.limit(limits)
        return Walls(
            isolated=self.isolated,
            mount_point=str(server.mount_point),
            read_only=read_only(),
            writable=[],
            hidden=self._hidden,
            scratch_bytes=limits.scratch_bytes,
            limits=rlimits(limits, server.address_space),
            groups=self._group.processes_files(),
        )


def rlimits(limits: Limits, address_space: int) -> dict[str, int]:
    """The kernel's own limits for each process; `address_space` is what it has at the start, in bytes."""
    return {
        "RLIMIT_AS": address_space + limits.memory_bytes,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_NPROC": limits.processes,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": int(limits.cpu_seconds) + 1,
    }


def _message(task: Task, scratch: str) -> bytes:
    """The task as the program inside reads it."""
    limits = task.limits
    cell_seconds = limits.cell_seconds if task.wants_outputs else min(limits.cell_seconds, limits.call_seconds)
    content = {
        "cells": [cell.model_dump() for cell in task.cells],
        "calls": [call for calls in task.calls.values() for call in calls],
        "files": {name: base64.b64encode(content).decode() for name, content in task.files.items()},
        "environment": dict(task.environment),
        "outputs": task.wants_outputs,
        "files_out_bytes": limits.kept_bytes if task.wants_outputs else 0,
        "cell_seconds": cell_seconds,
        "cell_cpu_seconds": limits.cell_cpu_seconds,
        "call_seconds": limits.call_seconds,
        "output_bytes": limits.output_bytes,
        "scratch": scratch,
    }
    return json.dumps(content).encode()


def _result(task: Task, run: Run, ending: Ending, wall_seconds: float) -> Result:
    """Everything that came out, checked part by part; what is missing or malformed is an error of the applicant's."""
    lines = list(_lines(run.content, task))
    ends = [line["seconds"] for line in lines if type(line.get("seconds")) is float]
    return Result(
        values=_by_slot(task, lines, ending),
        ending=ending,
        wall_seconds=wall_seconds,
        outputs=_outputs(task, lines),
        files=_files(task, lines),
        tampered=tuple(sorted({str(name)[:60] for line in lines for name in _list(line.get("tampered"))[:20]})),
        cell_seconds=ends[-1] if ends else None,
    )


def _lines(content: bytes, task: Task) -> Iterator[dict[str, Any]]:
    """Every line that is a JSON object."""
    most = task.limits.output_bytes + task.limits.kept_bytes * 2 if task.wants_outputs else MAX_LINE_BYTES
    for line in content.splitlines()[-MAX_LINES:]:
        if len(line) > most:
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            yield data


def _by_slot(task: Task, lines: list[dict[str, Any]], ending: Ending) -> dict[str, tuple[Value, ...]]:
    """The last value for each call of the task."""
    total = sum(map(len, task.calls.values()))
    found: dict[int, Value] = {}
    for line in lines:
        index = line.get("index")
        if type(index) is int and 0 <= index < total:
            try:
                found[index] = Value.model_validate(line)
            except ValueError:
                continue
    unreached = Value(error="NotReached", message=f"the run ended before this call ({ending})")
    numbers = iter(range(total))
    return {slot: tuple(found.get(next(numbers), unreached) for _ in calls) for slot, calls in task.calls.items()}


def _outputs(task: Task, lines: list[dict[str, Any]]) -> dict[int, CellOutput]:
    """The last report of each cell."""
    found: dict[int, CellOutput] = {}
    for line in lines if task.wants_outputs else ():
        place = line.get("cell")
        if type(place) is int and 0 <= place < len(task.cells):
            outputs = [output for output in _list(line.get("outputs")) if isinstance(output, dict)]
            known = found[place].count if place in found else None
            count = line.get("count")
            found[place] = CellOutput(count=count if type(count) is int else known, outputs=tuple(outputs))
    return found


def _files(task: Task, lines: list[dict[str, Any]]) -> Mapping[str, bytes]:
    """Files with plain relative names, within the room that they have."""
    found: dict[str, bytes] = {}
    left = task.limits.kept_bytes if task.wants_outputs else 0
    for line in lines:
        name, content = line.get("file"), line.get("content")
        if isinstance(name, str) and isinstance(content, str) and is_plain(name) and len(content) * 3 // 4 <= left:
            try:
                found[name] = base64.b64decode(content, validate=True)
            except ValueError:
                continue
            left -= len(found[name])
    return found


def is_plain(name: str) -> bool:
    """Whether it names a file below the current folder and nothing else."""
    path = PurePosixPath(name)
    return name.isprintable() and not path.is_absolute() and ".." not in path.parts and 0 < len(path.parts) < 10


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []
