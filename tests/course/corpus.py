"""The conformance corpus: nbgrader's own example course and test notebooks, read from its wheel, and a few more."""

from pathlib import Path
from typing import Any

from grader.course.switches import Switches
from tests.course.courses import APPS, GUIDE, PREPROCESSORS, Course
from tests.course.notebooks import answer, check, code, essay, manual, notebook, read_only, task, text

STUB = 'c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE", "nonsense": "# YOUR CODE HERE"}\n'
"""For upstream's notebooks that are handed in as they were released."""
CHANGED = ("unchanged", "changed", "cheat-attempt", "cheat-attempt-alternative")
TAMPERED = ("grade-cell-changed", "locked-cell-changed")


def wheel(root: Path) -> Course:
    """nbgrader's notebooks, one assignment for each of its own pairs of source and submissions."""
    course = Course(root)
    course.put("autotests.yml", APPS / "autotests.yml")
    _guide(course)
    course.assign("changed", {"p1.ipynb": APPS / "submitted-unchanged.ipynb"})
    for name in (*CHANGED, *TAMPERED):
        course.submit(name, "changed", {"p1.ipynb": APPS / f"submitted-{name}.ipynb"})
    course.assign("again", {"p1.ipynb": PREPROCESSORS / "submitted-unchanged.ipynb"})
    for name in ("changed", *TAMPERED):
        course.submit(name, "again", {"p1.ipynb": PREPROCESSORS / f"submitted-{name}.ipynb"})
    for kind in ("simple", "hashed", "multi"):
        course.assign(kind, {"p1.ipynb": APPS / f"autotest-{kind}.ipynb"})
        for name in ("unchanged", "changed"):
            course.submit(name, kind, {"p1.ipynb": APPS / f"autotest-{kind}-{name}.ipynb"})
    course.configure(STUB)
    course.assign("hidden", {"p1.ipynb": APPS / "autotest-hidden.ipynb"})
    for name in ("unchanged", "changed-wrong", "changed-right"):
        course.submit(name, "hidden", {"p1.ipynb": APPS / f"autotest-hidden-{name}.ipynb"})
    course.assign("hidden-tests", {"p1.ipynb": APPS / "test-hidden-tests.ipynb"})
    course.submit_release("ada", "hidden-tests")
    course.configure()
    for name, source in (
        ("variable", APPS / "validating-environment-variable.ipynb"),
        ("zero", APPS / "validation-zero-points.ipynb"),
        ("effects", APPS / "side-effects.ipynb"),
        ("tasks", PREPROCESSORS / "test_taskcell.ipynb"),
        ("loop", APPS / "infinite-loop.ipynb"),
        ("timeout", APPS / "timeout.ipynb"),
    ):
        course.assign(name, {"p1.ipynb": source})
        course.submit("ada", name, {"p1.ipynb": source})
    return course


def _guide(course: Course) -> None:
    source = GUIDE / "source"
    course.put("source/header.ipynb", source / "header.ipynb")
    files = {path.name: path for path in (source / "ps1").iterdir() if path.is_file()}
    course.assign("ps1", files, "--IncludeHeaderFooter.header=source/header.ipynb")
    for student in ("bitdiddle", "hacker"):
        folder = GUIDE / "submitted" / student / "ps1"
        course.submit(student, "ps1", {path.name: path for path in folder.iterdir() if path.is_file()})


ABORTING = ("test-v0", "test-v1", "test-v2", "too-new", "duplicate-grade-ids")
"""nbgrader gives up the whole batch at these, so that each has one of its own."""
ENDLESS = ("infinite-loop", "infinite-loop-with-output", "timeout")


def odd(root: Path) -> Course:
    """Every notebook of nbgrader's tests handed in for a paper that it is not of, with all of nbgrader's ways on."""
    ways = "".join(f"c.TalentpoolAutograde.{name} = True\n" for name in Switches.model_fields)
    course = Course(root, config=ways)
    paths = [path for folder in (APPS, PREPROCESSORS) for path in sorted(folder.glob("*.ipynb"))]
    for name in ("all", *ABORTING):
        course.assign(name, {"p1.ipynb": APPS / "test.ipynb"})
    for path in paths:
        if path.stem not in ENDLESS:
            student = f"{path.parents[1].name}-{path.stem}"
            course.submit(student, path.stem if path.stem in ABORTING else "all", {"p1.ipynb": path})
    return course


VALUES = (
    *("0.5", "1", "0", "2", "2.0", "1e-3", "True", "-1", "'1.5'", "[1.0]", "None", "'text'"),
    *("float('nan')", "np.float64(1.5)", "Half()", "print(1)", "display(1)", "1; 2", "(1,)", "0.1 + 0.2"),
)
"""What tests of two points each return."""
FAILING = ("1/0", "assert False", "sys.exit(1)", "raise KeyboardInterrupt", "def (", "%nonsense", "input()", "missing")


def credit() -> Any:
    """Partial credit from what a test returns, and tests that fail in various ways."""
    lines = [
        "import sys",
        "import numpy as np",
        "from IPython.display import display",
        "class Half:",
        "    def __repr__(self): return '0.5'",
    ]
    tests = [check(source, f"test_{place}", 2) for place, source in enumerate((*VALUES, *FAILING))]
    last = check("1/0\n# an error after a number\n", "last", 2)
    return notebook(code("\n".join(lines)), check("1\n1/0", "first", 2), *tests, last)


def paper(solved: bool = False) -> Any:
    """A cell of every kind, as the instructor wrote it or with answers of an applicant's."""
    return notebook(
        answer("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "double"),
        check("assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(3) == 6\n### END HIDDEN TESTS", "test", 2),
        read_only("constant = 7", "constant"),
        check("assert constant == 7", "test_constant"),
        manual("# YOUR CODE HERE\nraise NotImplementedError()", "manual", 3),
        essay("YOUR ANSWER HERE", "essay", 4),
        task("Plot it.\n=== BEGIN MARK SCHEME ===\nlabels\n=== END MARK SCHEME ===", "task", 5),
    )


def written(root: Path) -> Course:
    """What nbgrader's notebooks do not cover."""
    course = Course(root)
    course.assign("credit", {"p1.ipynb": credit()})
    course.submit("ada", "credit", {"p1.ipynb": credit()})
    too_much = notebook(check("1", "a", 2), check("3", "b", 2), check("1", "c", 2))
    course.assign("too-much", {"p1.ipynb": too_much, "p2.ipynb": too_much})
    course.submit("ada", "too-much", {"p1.ipynb": too_much, "p2.ipynb": too_much})
    _papers(course)
    _several(course)
    return course


def _papers(course: Course) -> None:
    course.assign("paper", {"p1.ipynb": paper()})
    course.submit_release("released", "paper")
    course.submit("instructor", "paper", {"p1.ipynb": paper()})
    for name, change in CHANGES.items():
        changed = paper()
        change(changed.cells)
        course.submit(name, "paper", {"p1.ipynb": changed})


def _first_cell_written(cells: list[Any]) -> None:
    cells[0].source = "def double(x):\n    return 4"


def _points_raised(cells: list[Any]) -> None:
    cells[1].metadata.nbgrader.points = 100


def _locked_cells_rewritten(cells: list[Any]) -> None:
    cells[1].source, cells[2].source, cells[6].source = "pass", "constant = 8", "Do nothing."


def _tests_deleted(cells: list[Any]) -> None:
    del cells[3], cells[1]


def _marks_stripped(cells: list[Any]) -> None:
    for cell in cells:
        del cell.metadata["nbgrader"]


def _answered_by_hand(cells: list[Any]) -> None:
    cells[4].source, cells[5].source = "print('an answer')", "An answer."
    cells.insert(6, code("print('mine')"))
    cells.append(text("For the task."))


def _turned_round(cells: list[Any]) -> None:
    cells.reverse()


def _emptied(cells: list[Any]) -> None:
    cells.clear()


def _unlocked(cells: list[Any]) -> None:
    for cell in cells:
        cell.metadata.nbgrader.locked = False


CHANGES = {
    change.__name__.strip("_"): change
    for change in (
        *(_first_cell_written, _points_raised, _locked_cells_rewritten, _tests_deleted, _marks_stripped),
        *(_answered_by_hand, _turned_round, _emptied, _unlocked),
    )
}


def _several(course: Course) -> None:
    """Missing, unknown and no notebooks; kernels; files of the instructor's and the applicant's."""
    one = notebook(answer("x = 1", "x"), check("assert x == 1", "test"))
    using = notebook(
        answer("x = 1", "x"),
        code("import os\nfrom sub.helper import X\nX, open('data.csv').read(), sorted(os.listdir('sub'))"),
        code("!./run.sh"),
        code("open('made.txt', 'w').write('made')\nopen('data.csv', 'a').write(' and mine')"),
        check("assert x == 1", "test"),
    )
    sources = {"p1.ipynb": using, "p2.ipynb": one, "data.csv": "theirs", "sub/helper.py": "X = 1"}
    course.assign("two", sources)
    files = {"data.csv": "mine", "sub/helper.py": "X = 2", "run.sh": "#!/bin/sh\necho it runs\n"}
    course.submit("both", "two", {"p1.ipynb": using, "p2.ipynb": one, **files})
    course.submit("first", "two", {"p1.ipynb": one, "own/file.txt": "mine", "x.pyc": "ignored"})
    course.submit("extra", "two", {"p1.ipynb": one, "p2.ipynb": one, "copy of p1.ipynb": one})
    course.submit("unknown", "two", {"other.ipynb": one})
    course.submit("broken", "two", {"p1.ipynb": one, "p2.ipynb": "{not json"})
    course.submit("nothing", "two", {"readme.txt": "no notebook"})
    bare = notebook(answer("x = 1", "x"), check("assert x == 1", "test"), kernel=None)
    course.assign("bare", {"p1.ipynb": bare})
    for kernel in (None, "python3", "python", "nonsense"):
        handed = notebook(answer("x = 1", "x"), check("assert x == 1", "test"), kernel=kernel)
        course.submit(str(kernel), "bare", {"p1.ipynb": handed})
    course.assign("foreign", {"p1.ipynb": notebook(answer("x = 1", "x"), kernel="nonsense")})
    course.submit("ada", "foreign", {"p1.ipynb": one})
