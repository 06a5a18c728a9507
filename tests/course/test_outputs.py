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

SOURCES = dict(
    part.split("\n", 1) for part in Path(__file__).with_name("every_output.txt").read_text().split("# %% ") if part
)
COURSE = Course(config=None, sanitise=(), autograde=(), limits=Limits(wall_seconds=600, cpu_seconds=600))


def notebook() -> Any:
    """All cells in their order; many use names of earlier ones."""
    made = new_notebook(cells=[new_code_cell(source.strip("\n")) for source in SOURCES.values()])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Any, Any]]:
    """Every cell by name: as a kernel ran it, and as the sandbox ran it."""
    root = tmp_path_factory.mktemp("outputs")
    folder = root / "work"
    folder.mkdir()
    path = root / "notebook.ipynb"
    nbformat.write(notebook(), path)
    command = [sys.executable, "-m", "tests.course.kernel", str(path), str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=_environment(), text=True) as kernel:
        with Sandbox(Engine()) as sandbox:
            ours = run_notebook(notebook(), {}, COURSE, sandbox).notebook
        _, problems = kernel.communicate(timeout=120)
    assert kernel.returncode == 0, problems
    theirs = nbformat.read(path, as_version=4)
    return dict(zip(SOURCES, zip(theirs.cells, ours.cells, strict=True), strict=True))


def _environment() -> dict[str, str]:
    """With this interpreter's programs, and without what makes a kernel behave otherwise under pytest."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return {**environment, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}


@pytest.mark.parametrize("name", SOURCES)
def test_output_is_that_of_a_kernel(cells: Mapping[str, tuple[Any, Any]], name: str) -> None:
    theirs, ours = cells[name]
    assert likeness(ours.outputs) == likeness(theirs.outputs)
    assert ours.execution_count == theirs.execution_count


def test_streams_keep_their_order(cells: Mapping[str, tuple[Any, Any]]) -> None:
    _, ours = cells["order"]
    texts = [(output["name"], output["text"]) for output in ours.outputs if output["output_type"] == "stream"]
    assert texts == [
        *[("stdout", "o1\n"), ("stderr", "e1\n"), ("stdout", "o2\n"), ("stderr", "e2\n"), ("stdout", "o3\n")],
    ]
