"""A notebook with every kind of output gives here what it gives in a real kernel."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grader.course.running import Course, run_notebook
from grader.execution import Engine, Limits
from grader.sandbox import Sandbox
from tests.course.likeness import likeness

pytestmark = pytest.mark.kernel

FOLDER = Path(__file__).parent
COURSE = Course(config=None, limits=Limits())


def sources(name: str) -> dict[str, str]:
    """The cells of a notebook in this folder, by their names; many use names of earlier ones."""
    parts = (FOLDER / name).read_text().split("# %% ")
    return {title: source.strip("\n") for title, source in (part.split("\n", 1) for part in parts if part)}


EVERY, LATE = sources("every_output.txt"), sources("time_out.txt")


def run(cells: Mapping[str, str], folder: Path, seconds: int) -> Mapping[str, tuple[Any, Any]]:
    """Every cell by name: as a kernel ran it, and as the sandbox ran it."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells.values()])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "notebook.ipynb"
    nbformat.write(notebook, path)
    (folder / "work").mkdir()
    limits = Limits(wall_seconds=600, cpu_seconds=600, cell_seconds=seconds)
    command = [sys.executable, "-m", "tests.course.kernel", str(path), str(folder / "work"), str(seconds)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=_environment(), text=True) as kernel:
        with Sandbox(Engine()) as sandbox:
            ours = run_notebook(notebook, {}, COURSE.model_copy(update={"limits": limits}), sandbox).notebook
        _, problems = kernel.communicate(timeout=120)
    assert kernel.returncode == 0, problems
    theirs = nbformat.read(path, as_version=4)
    return dict(zip(cells, zip(theirs.cells, ours.cells, strict=True), strict=True))


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Any, Any]]:
    """Cells with every kind of output."""
    return run(EVERY, tmp_path_factory.mktemp("every"), 30)


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Any, Any]]:
    """Cells that take too long."""
    return run(LATE, tmp_path_factory.mktemp("late"), 1)


def _environment() -> dict[str, str]:
    """With this interpreter's programs, and without what makes a kernel behave otherwise under pytest."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return {**environment, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}


def alike(pair: tuple[Any, Any]) -> None:
    """Both cells put out the same."""
    theirs, ours = pair
    assert likeness(ours.outputs) == likeness(theirs.outputs)
    assert ours.execution_count == theirs.execution_count


@pytest.mark.parametrize("name", EVERY)
def test_output_is_that_of_a_kernel(every: Mapping[str, tuple[Any, Any]], name: str) -> None:
    alike(every[name])


@pytest.mark.parametrize("name", LATE)
def test_output_of_what_takes_too_long_is_that_of_a_kernel(late: Mapping[str, tuple[Any, Any]], name: str) -> None:
    alike(late[name])


def test_streams_keep_their_order(every: Mapping[str, tuple[Any, Any]]) -> None:
    _, ours = every["order"]
    texts = [(output["name"], output["text"]) for output in ours.outputs if output["output_type"] == "stream"]
    assert texts == [
        *[("stdout", "o1\n"), ("stderr", "e1\n"), ("stdout", "o2\n"), ("stderr", "e2\n"), ("stdout", "o3\n")],
    ]
