"""A warm sandbox that tests share, as starting one takes seconds."""

from functools import cache

from assessments.values import decode
from grader.execution import Engine, Limits, Result, Task
from grader.sandbox import Sandbox

QUICK = Limits(wall_seconds=4, call_seconds=1)


@cache
def sandbox() -> Sandbox:
    """Walled in, with little preloaded."""
    return Sandbox(Engine(preload=("numpy",)))


@cache
def unsafe() -> Sandbox:
    """Without walls."""
    return Sandbox(Engine(isolated=False, preload=()))


def run(*cells: str, calls: tuple[str, ...] = ("f()",), limits: Limits = QUICK) -> Result:
    """Run cells, then calls."""
    return sandbox().execute(Task(cells=cells, calls={"q": calls}, limits=limits))


def value(result: Result) -> object:
    """What the first call gave."""
    first = result.values["q"][0]
    return decode(first.value) if first.value is not None else f"{first.error}: {first.message}"
