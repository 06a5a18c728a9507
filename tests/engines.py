"""A warm sandbox that tests share, as starting one takes seconds."""

from functools import cache

from grader.execution import Engine
from grader.sandbox import Sandbox


@cache
def sandbox() -> Sandbox:
    """Walled in, with little preloaded."""
    return Sandbox(Engine(preload=("numpy",)))


@cache
def unsafe() -> Sandbox:
    """Without walls."""
    return Sandbox(Engine(isolated=False, preload=()))
