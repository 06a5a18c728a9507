"""Notebooks for other kernels, in the grading engine: graded as nbgrader grades them, inside the same walls."""

import json
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import NoSuchKernel
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from grader.errors import UnavailableError
from grader.execution import Ending, Limits, Result
from grader.kernels.running import other_kernel, run_with_kernel
from tests.course.courses import records
from tests.plain_course import new_course, run, submit

pytestmark = pytest.mark.kernel
KERNELS = {
    "bash": {"argv": [sys.executable, "-m", "bash_kernel", "-f", "{connection_file}"], "language": "bash"},
    # Python, but with another command than ours
    "other": {
        "argv": [sys.executable, "-u", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "language": "python",
    },
    "broken": {"argv": [sys.executable, "-c", "raise SystemExit('no such library')"], "language": "none"},
}


@pytest.fixture(autouse=True, scope="module")
def _kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Kernels installed for these tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("jupyter")
        patch.setenv("JUPYTER_PATH", str(folder))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder / "runtime"))
        for name, spec in KERNELS.items():
            (folder / "kernels" / name).mkdir(parents=True)
            (folder / "kernels" / name / "kernel.json").write_text(json.dumps({"display_name": name, **spec}))
        yield


def notebook(kernel: str, *cells: str) -> nbformat.NotebookNode:
    """A notebook with these code cells."""
    metadata = {"kernelspec": {"name": kernel, "display_name": kernel, "language": "bash"}}
    return new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=metadata)


def execute(
    kernel: str,
    *cells: str,
    files: dict[str, bytes] | None = None,
    limits: dict[str, float] | None = None,
    isolated: bool = True,
) -> Result:
    """Run them."""
    allowed = Limits.model_validate({"wall_seconds": 60, **(limits or {})})
    return run_with_kernel(
        notebook(kernel, *cells),
        files or {},
        allowed,
        kernel,
        config=Config(),
        environment={"NBGRADER_EXECUTION": "autograde"},
        isolated=isolated,
    )


def texts(result: Result) -> list[str]:
    """What each cell printed, or the error's value."""
    return [
        "".join(output.get("text", output.get("evalue", "")) for output in cell.outputs).strip()
        for cell in result.outputs.values()
    ]


def test_our_python_needs_no_kernel() -> None:
    """Whatever it is called; any other kernel does, and one that nobody installed is an error."""
    assert other_kernel(new_notebook()) == ""
    assert [other_kernel(notebook(name)) for name in ("python3", "python", "bash", "other")] == [
        "",
        "",
        "bash",
        "other",
    ]
    assert other_kernel(notebook("python3"), chosen="bash") == "bash"
    with pytest.raises(NoSuchKernel):
        other_kernel(notebook("fortran"))


def test_a_notebook_of_another_language_runs() -> None:
    """State is kept between cells, files come and go, an error and a time-out do not end it."""
    cells = (
        "x=5; cat data/in.txt",
        "echo $x $NBGRADER_EXECUTION > out.txt; pwd",
        "sleep 60",
        "(exit 3)",
        "cat out.txt",
    )
    result = execute("bash", *cells, files={"data/in.txt": b"there"}, limits={"cell_seconds": 2})
    assert texts(result) == ["there", "/notebook", "", "3", "5 autograde"]
    assert result.outputs[2].outputs[-1]["ename"] == "CellTimeoutError"
    assert dict(result.files) == {"out.txt": b"5 autograde\n"}
    assert result.ending is Ending.COMPLETE
    assert result.cell_seconds
    assert [cell.count for cell in result.outputs.values()] == [1, 2, 3, 4, 5]


def test_it_is_walled_in(tmp_path: Path) -> None:
    """No network, no file of ours, no variable of ours; the place for scratch files can be written to."""
    (tmp_path / "key.toml").write_text("secret")
    cells = (
        f"cat {tmp_path}/key.toml",
        "exec 3<>/dev/tcp/127.0.0.1/22",
        "env | grep -c JUPYTER",
        # /tmp itself is only for reading where the interpreter lives below it
        "echo ok > $TMPDIR/x; cat $TMPDIR/x",
        "ls /proc | grep -c '^[0-9]'",
        "ln -s /etc/passwd here",
    )
    found = texts(execute("bash", *cells))
    assert "No such file" in found[0]
    assert "connect: " in found[1]
    assert found[2].startswith("0")
    assert found[3] == "ok"
    # the kernel, its shell, and the three that count
    assert int(found[4]) <= 5
    assert "denied" in found[5]


def test_without_walls_if_told_so(tmp_path: Path) -> None:
    """The operator's explicit choice: an ordinary kernel, which sees the machine."""
    (tmp_path / "here.txt").write_text("seen\n")
    result = execute("bash", f"cat {tmp_path}/here.txt; echo $NBGRADER_EXECUTION | tee out.txt", isolated=False)
    assert texts(result)[0].split() == ["seen", "autograde"]
    assert dict(result.files) == {"out.txt": b"autograde\n"}


@pytest.mark.parametrize(
    ("kernel", "cell", "limits", "ending"),
    [
        ("bash", "sleep 60", {"wall_seconds": 8}, Ending.OUT_OF_TIME),
        ("bash", "while true; do echo yes; done", {"output_bytes": 100_000}, Ending.TOO_MUCH_OUTPUT),
        ("bash", "i=0; while true; do head -c 1M /dev/zero > $i; i=$((i+1)); done", {}, Ending.TOO_MUCH_OUTPUT),
        ("bash", "kill -9 $PPID; echo still here", {}, Ending.COMPLETE),
        ("other", "import os; os._exit(1)", {}, Ending.DIED),
        ("other", "import re; re.match('(a+)+$', 'a' * 60 + 'b')", {"cpu_seconds": 2}, Ending.OUT_OF_TIME),
        ("other", "print('x' * 50_000_000)", {"cell_seconds": 5}, Ending.OUT_OF_TIME),
    ],
    ids=("time", "output", "disk", "signal", "exit", "processor", "message"),
)
def test_limits_hold(kernel: str, cell: str, limits: dict[str, float], ending: Ending) -> None:
    """Reaching one ends the run, with what was done before; the first process of the sandbox heeds no signal."""
    before = "x=1" if kernel == "bash" else "x = 1"
    result = execute(kernel, before, cell, limits=limits)
    assert result.ending is ending
    assert 0 in result.outputs
    assert (1 in result.outputs) == (ending is Ending.COMPLETE)


def test_a_kernel_that_is_killed_from_outside_has_not_failed() -> None:
    """The machine has; its notebook is run again."""

    def kill_it() -> None:
        while not (found := [path for path in Path("/proc").glob("[0-9]*/comm") if reads(path) == "slow-kernel"]):
            time.sleep(0.05)
        os.kill(int(found[0].parent.name), signal.SIGKILL)

    killer = threading.Thread(target=kill_it)
    killer.start()
    with pytest.raises(UnavailableError, match="killed from outside"):
        execute("other", "import ctypes, time; ctypes.CDLL(None).prctl(15, b'slow-kernel'); time.sleep(30)")
    killer.join()


def reads(path: Path) -> str:
    """The text of a file that may be gone."""
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def test_a_kernel_that_does_not_start_is_an_error(caplog: pytest.LogCaptureFixture) -> None:
    """With what it said in the log."""
    with pytest.raises(RuntimeError, match="died"):
        execute("broken", "x")
    assert "ended with code 1: no such library" in caplog.text


def bash_course(root: Path) -> Path:
    """A course with one notebook in bash, and what three people made of it."""
    tests = {"right": '[ "$(greet Ada)" = "Hello Ada" ]', "loud": "greet Bob | grep -c HELLO"}
    grade = {"grade": True, "locked": True, "solution": False, "points": 1, "schema_version": 3, "task": False}
    solve = {"grade": False, "locked": False, "solution": True, "schema_version": 3, "task": False, "grade_id": "greet"}
    book = notebook("bash", "greet() {\n### BEGIN SOLUTION\necho Hello $1\n### END SOLUTION\n}")
    book.cells[0].metadata["nbgrader"] = {**solve, "cell_type": "code"}
    for name, source in tests.items():
        cell = new_code_cell(source, metadata={"nbgrader": {**grade, "grade_id": name, "cell_type": "code"}})
        book.cells.append(cell)
    book.cells.append(new_markdown_cell("Thank you."))
    config = 'c.ClearSolutions.code_stub = {"bash": "echo"}\n'
    course = new_course(root, {"one": {"shell.ipynb": nbformat.writes(book)}}, config=config)
    released = nbformat.read(course / "release" / "one" / "shell.ipynb", as_version=4)
    answers = {
        "none": released.cells[0].source,
        "right": "greet() { echo Hello $1 | tee said.txt; }",
        "loud": "greet() { echo HELLO $1; }",
    }
    for student, answer in answers.items():
        released.cells[0].source = answer
        submit(course, student, "one", {"shell.ipynb": nbformat.writes(released)})
    return course


def test_a_course_in_bash_is_graded_as_nbgrader_grades_it(tmp_path: Path) -> None:
    """The same records; and a notebook for a kernel that is not installed fails, as there."""
    course = bash_course(tmp_path / "ours")
    theirs = tmp_path / "theirs"
    shutil.copytree(course, theirs)
    run("nbgrader", "autograde", "one", cwd=theirs)
    run("talentpool", "grade", "one", cwd=course)
    expected = records(theirs)
    assert {row[4] for row in expected["grades"]} == {0.0, 1.0}
    assert records(course) == expected
    assert (course / "autograded" / "right" / "one" / "said.txt").read_text() == "Hello Bob\n"
