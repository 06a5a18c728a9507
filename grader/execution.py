"""The seam between grading and running: one task in, one result out. What is behind it may change; this does not."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from pydantic import ConfigDict, PositiveFloat, PositiveInt, field_validator

from assessments.items import Record

PRELOAD = ("numpy", "pandas", "matplotlib.pyplot", "nbformat")
"""What most notebooks import."""


class Engine(Record):
    """How code is run; the same for every worker, on this machine or another.

    Args:
        isolated: False leaves out namespaces and the private root; an explicit, recorded choice of the operator's.
        hidden: folders that must not be seen inside even where they lie below a folder that is shown; this package and
            the starter banks in it always are hidden.
        preload: modules that are imported once, before the forks.
    """

    isolated: bool = True
    hidden: tuple[Path, ...] = ()
    preload: tuple[str, ...] = PRELOAD


class Limits(Record):
    """What one submission may use. Wall seconds are the clock's, CPU seconds the processor's.

    Args:
        wall_seconds, cpu_seconds: for a whole notebook.
        cell_seconds, cell_cpu_seconds: for each cell.
        call_seconds: for each held-out call.
        memory_bytes: address space beyond what the interpreter has at the start; where control groups can be written,
            also the memory of all processes together.
        processes: processes and threads at once.
        file_bytes: the largest file; scratch_bytes: all files together; kept_bytes: files kept after the run, together.
        output_bytes: everything that comes out, together.
    """

    wall_seconds: PositiveFloat = 60.0
    cpu_seconds: PositiveFloat = 60.0
    cell_seconds: PositiveFloat = 30.0
    cell_cpu_seconds: PositiveFloat = 30.0
    call_seconds: PositiveFloat = 5.0
    memory_bytes: PositiveInt = 1_000_000_000
    processes: PositiveInt = 32
    file_bytes: PositiveInt = 10_000_000
    scratch_bytes: PositiveInt = 64_000_000
    kept_bytes: int = 10_000_000
    output_bytes: PositiveInt = 5_000_000


COURSE_LIMITS = Limits(
    wall_seconds=600.0,
    cpu_seconds=600.0,
    cell_seconds=600.0,
    cell_cpu_seconds=600.0,
    memory_bytes=2_000_000_000,
    file_bytes=200_000_000,
    scratch_bytes=500_000_000,
    kept_bytes=50_000_000,
    output_bytes=20_000_000,
)
"""For notebooks of courses, which have data sets and pictures; nbgrader has no limit for a whole notebook."""


class Cell(Record):
    """One code cell. `watched`: report if the shell was tampered with when it has run."""

    source: str
    id: str | None = None
    watched: bool = False


class Task(Record):
    """An applicant's code cells in the notebook's order, and the held-out calls to make afterwards, by slot.

    Args:
        files: what lies beside the notebook, by relative path.
        environment: variables to set before the first cell.
        wants_outputs: whether the cells' outputs and the files that they leave are to come back.
    """

    cells: tuple[Cell, ...]
    calls: Mapping[str, tuple[str, ...]] = {}
    files: Mapping[str, bytes] = {}
    environment: Mapping[str, str] = {}
    wants_outputs: bool = False
    limits: Limits = Limits()

    @field_validator("cells", mode="before")
    @classmethod
    def _sources(cls, cells: Any) -> Any:
        return [{"source": cell} if isinstance(cell, str) else cell for cell in cells]


class Ending(StrEnum):
    """How the run ended."""

    COMPLETE = "complete"
    OUT_OF_TIME = "out of time"
    TOO_MUCH_OUTPUT = "too much output"
    OUT_OF_MEMORY = "out of memory"
    DIED = "died"


class CellOutput(Record):
    """What one cell put out, as a notebook stores it (nbformat 4)."""

    count: int | None = None
    outputs: tuple[dict[str, Any], ...] = ()


class Value(Record):
    """What one held-out call gave inside the sandbox: an encoded value, or the error it raised."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    value: list[object] | None = None
    error: str | None = None
    message: str = ""


class Result(Record):
    """What came out of a run.

    Args:
        values: what every call gave, by slot and in the order of the task; one that was never reached has an error.
        outputs: by place of the cell in the task; a cell that was never run to its end has none.
        files: new and changed files, by relative path.
        tampered: parts of the shell that were found replaced after a watched cell.
        cell_seconds: what the cells alone took; None if the run did not get to its end.
    """

    values: Mapping[str, tuple[Value, ...]]
    ending: Ending
    wall_seconds: float
    outputs: Mapping[int, CellOutput] = {}
    files: Mapping[str, bytes] = {}
    tampered: tuple[str, ...] = ()
    cell_seconds: float | None = None


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
