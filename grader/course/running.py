"""Runs a notebook's cells in the sandbox and puts their outputs where nbclient would have put them."""

import platform
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from nbformat import NotebookNode, from_dict

from assessments.items import Record
from grader.course.switches import Switches
from grader.execution import Cell, Ending, Executor, Limits, Result, Task
from grader.kernels.running import other_kernel, run_with_kernel

ENVIRONMENT = {"NBGRADER_EXECUTION": "autograde"}
LANGUAGE = {
    "name": "python",
    "version": platform.python_version(),
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": f"ipython{sys.version_info[0]}",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}
"""What an IPython kernel says of itself, and nbclient puts into the notebook."""
FIELDS = {
    "stream": ("name", "text"),
    "error": ("ename", "evalue", "traceback"),
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata", "execution_count"),
}


class Course(Record):
    """What of a course's configuration matters for grading one submission.

    Args:
        config: nbgrader's configuration, for its preprocessors.
        sanitise, autograde: preprocessors before and around the run: their import strings.
        path: where else to look for modules.
        kernel_name: the kernel to take instead of the one that the notebook names; "" for none.
        skip_tag: the tag with which a cell asks not to be run.
        hidden: folders that a notebook must not see.
    """

    config: Any
    sanitise: tuple[str, ...] = ()
    autograde: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    limits: Limits
    switches: Switches = Switches()
    kernel_name: str = ""
    skip_tag: str = "skip-execution"
    hidden: tuple[Path, ...] = ()


class LostKernel(Exception):
    """The notebook's process ended before its cells did."""


class Ran(NamedTuple):
    """A notebook after its run."""

    notebook: Any
    files: Mapping[str, bytes]
    remarks: list[str]
    cell_seconds: float


def run_notebook(notebook: Any, files: Mapping[str, bytes], course: Course, executor: Executor) -> Ran:
    """Run every code cell that nbclient would run.

    Raises:
        NoSuchKernel: the notebook's kernel is not installed here.
        UnavailableError: our machinery failed.
        LostKernel: the process ended early, and the course wants that to fail the submission.
    """
    places = [place for place, cell in enumerate(notebook.cells) if _is_run(cell, course.skip_tag)]
    numbers: Sequence[int] = range(len(places))
    if kernel := other_kernel(notebook, course.kernel_name):
        numbers, result = places, _run_elsewhere(notebook, files, kernel, course, isolated=executor.isolated)
    else:
        cells = tuple(_task_cell(notebook.cells[place]) for place in places)
        task = Task(cells=cells, files=files, environment=ENVIRONMENT, wants_outputs=True, limits=course.limits)
        result = executor.execute(task)
        notebook.metadata["language_info"] = from_dict(LANGUAGE)
    if result.ending is Ending.COMPLETE and result.cell_seconds is None:
        # a cell ended the process as if all were done
        result = result.model_copy(update={"ending": Ending.DIED})
    remarks = _remarks(result)
    if result.ending is not Ending.COMPLETE and course.switches.lost_kernel_fails:
        raise LostKernel(remarks[-1])
    for number, place in zip(numbers, places, strict=True):
        _fill(notebook.cells[place], number, result, course.switches)
    return Ran(notebook, result.files, remarks, result.cell_seconds or 0.0)


def _run_elsewhere(notebook: Any, files: Mapping[str, bytes], kernel: str, course: Course, *, isolated: bool) -> Result:
    return run_with_kernel(
        notebook,
        files,
        course.limits,
        kernel,
        config=course.config,
        environment=ENVIRONMENT,
        hidden=course.hidden,
        isolated=isolated,
    )


def _is_run(cell: Any, skip_tag: str) -> bool:
    skipped = skip_tag in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped


def _task_cell(cell: Any) -> Cell:
    graded = bool(cell.metadata.get("nbgrader", {}).get("grade"))
    return Cell(source=cell.source, id=cell.get("id"), watched=graded)


def _remarks(result: Result) -> list[str]:
    found = []
    if result.tampered:
        found.append(f"parts of the test's surroundings were replaced: {', '.join(result.tampered)}")
    if result.ending is not Ending.COMPLETE:
        found.append(f"the run ended early: {result.ending}")
    return found


def _fill(cell: Any, number: int, result: Result, switches: Switches) -> None:
    """The outputs of a cell; one that was never run to its end says so, which is an error and scores nothing."""
    found = result.outputs.get(number)
    if found:
        cell.execution_count = found.count
        cell.outputs = [output for raw in found.outputs if (output := _output(raw))]
    elif not switches.unrun_scores_full:
        why = f"this cell was not run to its end ({result.ending})"
        error = {"output_type": "error", "ename": "NotRun", "evalue": why, "traceback": [f"NotRun: {why}"]}
        cell.outputs = [from_dict(error)]


def _output(raw: Mapping[str, Any]) -> NotebookNode | None:
    """An output as nbformat wants it; whatever does not look like one is left out."""
    kind = raw.get("output_type")
    fields = FIELDS.get(kind) if isinstance(kind, str) else None
    if fields is None or any(name not in raw for name in fields):
        return None
    output = {"output_type": kind, **{name: _clean(raw[name]) for name in fields}}
    if kind == "stream":
        output["text"] = "".join(output["text"]) if isinstance(output["text"], list) else str(output["text"])
    return from_dict(output)


_SURROGATES = re.compile("[\ud800-\udfff]")


def _clean(value: Any) -> Any:
    """Without halves of surrogate pairs, which cannot be written anywhere."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {_clean(str(name)): _clean(part) for name, part in value.items()}
    return value
