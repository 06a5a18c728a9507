"""Every entry of docs/nbgrader-differences.md: our way, nbgrader's way with its switch on, and nbgrader itself."""

import json
import re
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps import NbGrader
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from assessments.saving import write_atomically
from grader.course import collect
from grader.course.autograder import TalentpoolAutograde
from grader.course.switches import Switches
from grader.errors import UnavailableError, WorkspaceError
from grader.execution import Result, Task
from grader.pool import Inline
from tests.course.courses import ENGINES, Course, Outcome, graded, records, rows, totals
from tests.course.differences import CASES, HONEST, Case
from tests.course.differences import Result as Points
from tests.course.notebooks import check, code, notebook

pytestmark = pytest.mark.kernel

DOCUMENT = Path(__file__).parents[2] / "docs" / "nbgrader-differences.md"
VARIABLE = "INSTRUCTORS_TOKEN"
REACH = {
    "gradebook": "import os; assert os.path.exists('../../../gradebook.db')",
    "source": "assert os.listdir('../../../source')",
    "others": "assert os.path.exists('../../zed')",
    "notebook": "assert 'p1.ipynb' in os.listdir('.')",
    "environment": f"assert os.environ['{VARIABLE}']",
    "network": "import socket; socket.create_connection(('127.0.0.1', {port}), timeout=5).close()",
}
"""What a notebook reaches with nbgrader, as tests of one point each."""
LEAVING = "import ipywidgets, os, time\nos.remove('data.csv')\nipywidgets.IntSlider()"
ENDLESS = notebook(check("assert True", "before"), code("while True: print('x' * 1000)"), check("assert True", "after"))


def switched(name: str, value: bool = True) -> str:
    """The option for a switch."""
    return f"--TalentpoolAutograde.{name}={value}"


def commands(name: str, case: Case) -> Iterator[list[str]]:
    """Grade as we do, look, grade in nbgrader's way, look."""
    yield ["autograde", name, *case.options]
    yield ["keep", f"{name} off"]
    if case.switch:
        yield ["autograde", name, *case.options, "--force", switched(case.switch)]
        yield ["keep", f"{name} on"]


class Done:
    """A course graded by both engines."""

    def __init__(self, root: Path) -> None:
        self.root = root
        course = Course(root)
        for name, case in CASES.items():
            course.assign(name, case.source)
            course.submit("ada", name, case.submission)
            course.submit(HONEST, name, case.source)
        with socket.create_server(("127.0.0.1", 0)) as server:
            self._lay_out_more(course, server.getsockname()[1])
            course.prepare()
            for engine in ENGINES:
                folder = root / engine / "submitted" / "ada" / "leaving"
                (folder / "link.txt").symlink_to(root / engine / "secret.txt")
            ours = [command for name, case in CASES.items() for command in commands(name, case)]
            ours += [["autograde", "reach"], ["autograde", "leaving"]]
            ours += [["autograde", "os-exit", "--force", switched("unrun_scores_full")], ["keep", "unrun on"]]
            ours += [["autograde", "endless"], ["keep", "endless off"]]
            ours += [["autograde", "endless", "--force", switched("lost_kernel_fails")], ["keep", "endless on"]]
            theirs = [["autograde", name, *case.options] for name, case in CASES.items()]
            theirs += [["autograde", "reach"], ["autograde", "leaving"]]
            self.outcomes = course.grade(*theirs, ours=ours)

    @staticmethod
    def _lay_out_more(course: Course, port: int) -> None:
        tests = [check(source.format(port=port), name) for name, source in REACH.items()]
        course.put("secret.txt", "the key to everything")
        files: dict[str, Any] = {"p1.ipynb": notebook(*tests)}
        course.assign("reach", files)
        course.submit("ada", "reach", files)
        course.submit(HONEST, "reach", files)
        course.assign("leaving", {"p1.ipynb": notebook(code(LEAVING))})
        course.submit("ada", "leaving", {"p1.ipynb": notebook(code(LEAVING)), "data.csv": "mine"})
        course.assign("endless", {"p1.ipynb": ENDLESS})
        course.submit("ada", "endless", {"p1.ipynb": ENDLESS})

    def points(self, where: str, assignment: str, student: str = "ada") -> Points:
        """What a submission got: with nbgrader, or kept of ours."""
        course = self.root / ("nbgrader" if where == "nbgrader" else f"talentpool/kept/{where}")
        if not (course / "autograded" / student / assignment).exists():
            return None
        score, _, needed = totals(course)[student, assignment]
        return score, needed

    def outcome(self, assignment: str) -> Outcome:
        """How nbgrader's run of an assignment ended."""
        return self.outcomes["nbgrader"][[*CASES, "reach", "leaving"].index(assignment)]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """All cases, graded by both engines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "secret")
        yield Done(tmp_path_factory.mktemp("differences"))


@pytest.mark.parametrize("name", CASES)
def test_our_way(done: Done, name: str) -> None:
    assert done.points(f"{name} off", name) == CASES[name].ours
    assert done.points(f"{name} off", name, HONEST) is not None


@pytest.mark.parametrize("name", CASES)
def test_nbgraders_way_of_nbgrader(done: Done, name: str) -> None:
    assert done.points("nbgrader", name) == CASES[name].theirs
    assert done.outcome(name).code == (1 if CASES[name].theirs is None else 0)
    assert (done.points("nbgrader", name, HONEST) is None) == CASES[name].aborts


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.switch])
def test_nbgraders_way_with_the_switch(done: Done, name: str) -> None:
    assert done.points(f"{name} on", name) == done.points("nbgrader", name)
    if not CASES[name].aborts:
        assert done.points(f"{name} on", name, HONEST) == done.points("nbgrader", name, HONEST)


def test_what_was_never_run_scores_nothing_or_everything(done: Done) -> None:
    assert done.points("os-exit off", "os-exit") == (1, True)
    assert done.points("unrun on", "os-exit") == (2, True)


def test_endless_output_ends_the_run(done: Done) -> None:
    assert done.points("endless off", "endless") == (1, False)
    assert done.points("endless on", "endless") is None


def test_a_notebook_reaches_nothing_else(done: Done) -> None:
    theirs, ours = (_scores(done.root / engine, "reach") for engine in ENGINES)
    assert theirs == dict.fromkeys(REACH, 1.0)
    assert ours == dict.fromkeys(REACH, 0.0)


def _scores(course: Path, assignment: str) -> Mapping[str, float]:
    query = f"""select c.name, g.auto_score from grade g join base_cell c on c.id = g.cell_id
        join submitted_notebook sn on sn.id = g.notebook_id join submitted_assignment sa on sa.id = sn.assignment_id
        join assignment a on a.id = sa.assignment_id where a.name = '{assignment}' and sa.student_id = 'ada'"""
    return dict(rows(course, query))


def test_links_are_not_followed(done: Done) -> None:
    theirs, ours = (graded(done.root / engine).get("ada/leaving/link.txt") for engine in ENGINES)
    assert theirs == b"the key to everything"
    assert ours is None


def test_a_file_that_a_cell_removed_is_still_there(done: Done) -> None:
    theirs, ours = (graded(done.root / engine).get("ada/leaving/data.csv") for engine in ENGINES)
    assert theirs is None
    assert ours == b"mine"


def test_graded_notebooks_hold_neither_widgets_nor_times(done: Done) -> None:
    theirs, ours = (
        json.loads((done.root / engine / "autograded" / "ada" / "leaving" / "p1.ipynb").read_text())
        for engine in ENGINES
    )
    assert "widgets" in theirs["metadata"]
    assert "execution" in theirs["cells"][0]["metadata"]
    assert "widgets" not in ours["metadata"]
    assert "execution" not in ours["cells"][0]["metadata"]
    assert list(ours["cells"][0]["outputs"][0]["data"]) == list(theirs["cells"][0]["outputs"][0]["data"])


class Broken:
    """An executor whose machine does not work."""

    isolated = True

    def execute(self, task: Task) -> Result:
        """Never."""
        raise UnavailableError("no sandbox today")


@pytest.fixture
def converter(done: Done, monkeypatch: pytest.MonkeyPatch) -> TalentpoolAutograde:
    """Our converter on the graded course, told to grade the honest submissions of `stderr` again."""
    monkeypatch.chdir(done.root)
    root = str(done.root / "talentpool")
    folder = CourseDirectory(root=root, course_id="course", assignment_id="stderr", student_id=HONEST)
    made = TalentpoolAutograde(coursedir=folder, parent=NbGrader())
    made.force = True
    return made


def test_our_failures_leave_what_was_graded_before(done: Done, converter: TalentpoolAutograde) -> None:
    before = graded(done.root / "talentpool"), records(done.root / "talentpool")
    converter.pool = Inline(Broken())
    with pytest.raises(NbGraderException, match="1 submissions could not be graded"):
        converter.start()
    assert (graded(done.root / "talentpool"), records(done.root / "talentpool")) == before


def test_a_folder_is_replaced_only_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "ps1"
    collect.lay_out(target, {"a.txt": b"old", "b.txt": b"old"}, whole=True)

    def full(path: Path, content: bytes) -> None:
        if path.name == "b.txt":
            raise OSError(28, "No space left on device")
        write_atomically(path, content)

    monkeypatch.setattr(collect, "write_atomically", full)
    with pytest.raises(OSError, match="No space left"):
        collect.lay_out(target, {"a.txt": b"new", "b.txt": b"new"}, whole=True)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {"a.txt": b"old", "b.txt": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["ps1"]


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    left = [".ps1-abc_1234", ".ps1-abc_1234-old"]
    others = [".ps1-abc_1234-xyz_5678", ".ps1-more-abc_1234", ".ps10-abc_1234", "ps1-abc_1234"]
    for name in (*left, *others):
        (tmp_path / name).mkdir()
    collect.lay_out(tmp_path / "ps1", {"a.txt": b"new"}, whole=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*others, "ps1"])


def test_settings_that_cannot_be_heeded_are_refused(converter: TalentpoolAutograde) -> None:
    converter.config.Execute.timeout_func = len
    with pytest.raises(WorkspaceError, match="timeout_func is not supported"):
        converter.course("stderr")


def test_preprocessors_that_only_the_configuration_knows_are_refused(converter: TalentpoolAutograde) -> None:
    converter.autograde_preprocessors = [type("Own", (), {"__module__": "builtins"})]
    with pytest.raises(WorkspaceError, match="Own cannot be imported by other processes"):
        converter.course("stderr")


def test_every_switch_is_documented_and_has_a_case() -> None:
    text = DOCUMENT.read_text()
    switches = set(Switches.model_fields)
    assert set(re.findall(r"`c\.TalentpoolAutograde\.(\w+) = True`", text)) == switches
    assert {case.switch for case in CASES.values()} - {""} == switches - {"unrun_scores_full"}


def test_every_test_that_the_document_names_exists() -> None:
    names = set(re.findall(r"`(test_\w+)`", DOCUMENT.read_text()))
    assert names
    assert names <= set(globals())


def test_every_case_is_named_in_the_document() -> None:
    assert set(re.findall(r"[Cc]ase `([\w-]+)`", DOCUMENT.read_text())) == set(CASES)
