"""Jobs for tests of pools and clusters; in a module of its own, as worker processes import it."""

import os
import signal
import time
from pathlib import Path

from grader.errors import UnavailableError
from grader.execution import Executor, Task


def double(job: int, executor: Executor) -> int:
    """Twice the job, computed in the sandbox."""
    task = Task(cells=(f"def f(): return {job} * 2",), calls={"q": ("f()",)})
    value = executor.execute(task).values["q"][0].value
    assert value is not None
    return int(str(value[1]), 16)


def die_once(job: Path, _executor: Executor) -> str:
    """Kill this worker, unless somebody has done so for this job before."""
    if not job.exists():
        job.write_text("killed once")
        os.kill(os.getpid(), signal.SIGKILL)
    return job.name


def die(_job: int, _executor: Executor) -> None:
    """Kill this worker."""
    os.kill(os.getpid(), signal.SIGKILL)


def slow_first(job: int, _executor: Executor) -> int:
    """Two jobs take their time."""
    time.sleep(5 if job < 2 else 0.01)
    return job


def lose_server(job: int, executor: Executor) -> int:
    """End the fork server behind the executor's back, then use it."""
    executor._server._control.shutdown(2)  # type: ignore[attr-defined]
    return double(job, executor)


def fail(job: int, _executor: Executor) -> None:
    """A defect of ours, or a machine that does not allow the sandbox."""
    if job:
        raise ZeroDivisionError("a defect")
    raise UnavailableError("no sandbox here")


def unhurried(job: int, executor: Executor) -> int:
    """Twice the job, after a while."""
    time.sleep(0.3)
    return double(job, executor)
