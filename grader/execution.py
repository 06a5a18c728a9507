"""The seam between grading and running: one task in, one result out. What is behind it may change; this does not."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from assessments.items import Record
from grader.scoring.base import Value


class Limits(Record):
    """What one submission may use."""

    wall_seconds: float = 60.0
    call_seconds: float = 5.0
    memory_bytes: int = 1_000_000_000
    file_bytes: int = 10_000_000
    processes: int = 32
    output_bytes: int = 5_000_000


class Task(Record):
    """An applicant's cells in the notebook's order, and the held-out calls to make afterwards, by slot."""

    cells: tuple[str, ...]
    calls: Mapping[str, tuple[str, ...]]
    limits: Limits = Limits()


class Ending(StrEnum):
    """How the run ended."""

    COMPLETE = "complete"
    OUT_OF_TIME = "out of time"
    TOO_MUCH_OUTPUT = "too much output"
    DIED = "died"


class Result(Record):
    """What every call gave, by slot and in the order of the task; a call that was never reached has an error."""

    values: Mapping[str, tuple[Value, ...]]
    ending: Ending
    wall_seconds: float


class Executor(Protocol):
    """Runs an applicant's code away from every key.

    Implementations raise UnavailableError when the machinery itself fails; whatever the code does is a Result.
    """

    @property
    def isolated(self) -> bool:
        """Whether the code was kept away from this machine; recorded with the scores if not."""
        ...

    def execute(self, task: Task) -> Result:
        """Run one task."""
        ...
