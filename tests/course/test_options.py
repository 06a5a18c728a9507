"""nbgrader's options, and what happens to a course over time: both engines agree after every step."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.course.courses import ENGINES, Course, Outcome, graded, records, rows
from tests.course.notebooks import answer, check, essay, manual, notebook, text

pytestmark = pytest.mark.kernel

RULES = """
from nbgrader.plugins import BasePlugin

class Hourly(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        if student_id == "failing":
            raise RuntimeError("no rule for you")
        return {"negative": -1, "none": None}.get(student_id, total_seconds_late / 3600)
"""
STEPS = """
from nbgrader.preprocessors import NbGraderPreprocessor

class Forgive(NbGraderPreprocessor):
    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.output_type != "error"]
        cell.metadata["seen"] = [resources["nbgrader"]["student"], resources["nbgrader"]["notebook"], cell_index]
        return cell, resources
"""
STEP_LIST = """
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.Execute", "steps.Forgive", "nbgrader.preprocessors.SaveAutoGrades",
]
"""
HOOKS = """
def note(kind):
    def hook(assignment, student, notebooks):
        with open("hooks.txt", "a") as file:
            names = [name.rpartition("submitted/")[2] for name in notebooks]
            print(kind, assignment, student, *names, file=file)
    return hook
c.Autograde.pre_convert_hook = note("before")
c.Autograde.post_convert_hook = note("after")
"""
DUE = "2015-02-02 12:00:00 UTC"
HANDED_IN = {
    "in-time": "2015-02-02 11:00:00 UTC",
    "late": "2015-02-02 14:00:00 UTC",
    "very-late": "2015-02-09 14:00:00 UTC",
    "extended": "2015-02-02 14:00:00 UTC",
    "negative": "2015-02-02 14:00:00 UTC",
    "none": "2015-02-02 14:00:00 UTC",
    "failing": "2015-02-02 14:00:00 UTC",
    "empty": "",
    "nonsense": "the day before yesterday",
}
PENALTIES = {"in-time": None, "late": 2, "very-late": 2.5, "extended": 2, "negative": 0, "none": None, "empty": None}
ZERO = [
    "--AssignLatePenalties.plugin_class=nbgrader.plugins.LateSubmissionPlugin",
    "--LateSubmissionPlugin.penalty_method=zero",
]
MASK = "--ClearMetadataPreprocessor.preserve_cell_metadata_mask=[('nbgrader')]"
MANUALLY = """
update grade set manual_score = 1.5, extra_credit = 0.5, needs_manual_grade = 0 where id in (
    select g.id from grade g join submitted_notebook sn on sn.id = g.notebook_id
    join submitted_assignment sa on sa.id = sn.assignment_id join base_cell c on c.id = g.cell_id
    where sa.student_id = '{student}' and c.name = '{cell}')
"""
COMMENT = "update comment set manual_comment = 'Well done.' where auto_comment is null"
EXTENSION = "update submitted_assignment set extension = '1970-01-01 01:30:00.000000' where student_id = 'extended'"


def work(x: int = 1, answers: str = "mine") -> Any:
    """A notebook with 3 points from tests and two answers that people grade."""
    return notebook(
        answer(f"x = {x}", "x"),
        check("assert x == 1", "right", 2),
        check("x / 2", "partly", 2),
        manual(f"'{answers}'", "manual", 3),
        essay(answers, "essay", 4),
    )


def noisy() -> Any:
    """Long outputs, and metadata of the applicant's own."""
    cell = check("print(*range(10), sep='\\n')", "quiet")
    cell.metadata.own = {"note": 1}
    made = notebook(cell, check("def f(n):\n    return f(n - 1) if n else 1 / 0\nf(30)", "deep"), text("Mine."))
    made.metadata.own = "mine"
    return made


def shown() -> Any:
    """A notebook that was run before it was handed in."""
    made = work()
    made.cells[1].outputs = [nbformat.v4.new_output("error", ename="Shown", evalue="", traceback=["Shown"])]
    made.cells[2].outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "1.75"}, execution_count=7)]
    return made


def lacking() -> Any:
    """A notebook without its tests."""
    made = work()
    del made.cells[1:4]
    return made


def warned() -> Any:
    """Tests that write to standard error."""
    warning, error = "import warnings; warnings.warn('old')", "import sys; print('boom', file=sys.stderr)"
    return notebook(check(warning, "warning"), check(error, "error"), check("print('fine')", "fine"))


def lay_out(root: Path) -> Course:
    """A course with everything that the steps need."""
    rule = 'c.AssignLatePenalties.plugin_class = "late_rules.Hourly"\n'
    nbgraders_way = "c.TalentpoolAutograde.stderr_scores_zero = True\n"
    course = Course(root, config=rule + nbgraders_way + 'c.Autograde.exclude_overwriting = {"noise": ["own.py"]}\n')
    course.put("late_rules.py", RULES)
    course.put("steps.py", STEPS)
    course.do("db", "assignment", "add", "hw", f"--duedate={DUE}")
    course.assign("hw", {"p1.ipynb": work(answers="YOUR ANSWER HERE"), "p2.ipynb": work()})
    for student, timestamp in HANDED_IN.items():
        course.submit(student, "hw", {"p1.ipynb": work(), "p2.ipynb": work(2)}, timestamp=timestamp)
    course.assign("noise", {"p1.ipynb": noisy(), "own.py": "x = 1", "data.py": "x = 1"})
    course.submit("ada", "noise", {"p1.ipynb": noisy(), "own.py": "x = 2", "data.py": "x = 2"})
    course.assign("shown", {"p1.ipynb": work()})
    course.submit("ada", "shown", {"p1.ipynb": shown()})
    course.assign("lacking", {"p1.ipynb": work()})
    course.submit("ada", "lacking", {"p1.ipynb": lacking()})
    course.assign("warned", {"p1.ipynb": warned()})
    course.submit("ada", "warned", {"p1.ipynb": warned()})
    course.assign("grown", {"p1.ipynb": work()})
    course.submit("ada", "grown", {"p1.ipynb": work(), "p2.ipynb": work()})
    return course


NEW, TOO_MUCH = nbformat.writes(work(3)), nbformat.writes(work(5))
LATER = "2015-03-01 12:00:00 UTC"
TIMELINE: tuple[tuple[str, ...], ...] = (
    ("autograde", "hw"),
    ("keep", "first"),
    ("autograde", "hw"),
    ("keep", "skipped"),
    ("remove", "submitted/nonsense/hw/timestamp.txt"),
    ("sql", EXTENSION),
    ("sql", MANUALLY.format(student="late", cell="manual")),
    ("sql", MANUALLY.format(student="in-time", cell="right")),
    ("sql", COMMENT),
    ("autograde", "hw", "--force"),
    ("keep", "forced"),
    ("write", "submitted/late/hw/p1.ipynb", NEW),
    ("write", "submitted/late/hw/timestamp.txt", LATER),
    ("write", "submitted/in-time/hw/p1.ipynb", NEW),
    ("autograde", "hw"),
    ("keep", "newer"),
    ("write", "submitted/late/hw/p2.ipynb", TOO_MUCH),
    ("autograde", "hw", "--notebook", "p1"),
    ("autograde", "hw", "--notebook", "p2", "--student", "late", "--force"),
    ("keep", "filtered"),
    ("autograde", "hw", "--force", "--student", "*late", *ZERO),
    ("keep", "zero"),
    ("autograde", "hw", "--force", "--CourseDirectory.student_id_exclude=late,very-late"),
    ("keep", "excluded"),
    ("autograde", "noise", "--Autograde.create_student=False"),
    ("autograde", "noise", "--LimitOutput.max_lines=3", "--LimitOutput.max_traceback=4"),
    ("keep", "limited"),
    ("autograde", "noise", "-f", "--ClearMetadataPreprocessor.enabled=True", MASK),
    ("keep", "cleared"),
    ("write", "nbgrader_config.py", "{config}" + STEP_LIST),
    ("autograde", "noise", "--force"),
    ("keep", "steps"),
    ("write", "nbgrader_config.py", "{config}" + HOOKS),
    ("autograde", "hw", "--force", "--student", "*e"),
    ("write", "nbgrader_config.py", "{config}"),
    ("autograde", "shown", "--no-execute"),
    ("keep", "not executed"),
    ("autograde", "shown", "--force"),
    ("keep", "executed"),
    ("autograde", "lacking", "--OverwriteCells.add_missing_cells=True"),
    ("keep", "added"),
    ("autograde", "warned"),
    ("keep", "warned"),
    ("autograde", "warned", "--force", "--IgnorePattern.enabled=True", "--IgnorePattern.pattern=UserWarning"),
    ("keep", "ignored"),
    ("autograde", "grown"),
    ("write", "source/grown/p2.ipynb", nbformat.writes(work())),
    ("generate_assignment", "grown", "--force"),
    ("autograde", "grown", "--force"),
    ("keep", "grown"),
    ("autograde", "unknown"),
    ("autograde", "hw", "--student", "nobody"),
)
KEPT = [step[1] for step in TIMELINE if step[0] == "keep"]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, list[Outcome]]]:
    """The course's folder, and what became of every step, by engine."""
    root = tmp_path_factory.mktemp("options")
    course = lay_out(root)
    course.prepare()
    config = (root / "made" / "nbgrader_config.py").read_text()
    steps = [[part.replace("{config}", config) for part in step] for step in TIMELINE]
    return root, course.grade(*steps)


@pytest.mark.parametrize("name", KEPT)
def test_gradebooks_are_equal(done: tuple[Path, Any], name: str) -> None:
    theirs, ours = (records(done[0] / engine / "kept" / name) for engine in ENGINES)
    assert ours == theirs


@pytest.mark.parametrize("name", KEPT)
def test_graded_files_are_equal(done: tuple[Path, Any], name: str) -> None:
    theirs, ours = (graded(done[0] / engine / "kept" / name) for engine in ENGINES)
    assert sorted(ours) == sorted(theirs)
    for path in theirs:
        assert ours[path] == theirs[path], path


def test_exit_codes_are_equal(done: tuple[Path, Mapping[str, list[Outcome]]]) -> None:
    theirs, ours = ([outcome.code for outcome in done[1][engine]] for engine in ENGINES)
    assert list(zip(TIMELINE, ours, strict=True)) == list(zip(TIMELINE, theirs, strict=True))


def test_hooks_are_called_as_by_nbgrader(done: tuple[Path, Any]) -> None:
    theirs, ours = (sorted((done[0] / engine / "hooks.txt").read_text().splitlines()) for engine in ENGINES)
    assert ours == theirs
    assert len(theirs) > 4


@pytest.mark.parametrize("student", PENALTIES)
def test_penalties_counted_by_hand(done: tuple[Path, Any], student: str) -> None:
    query = f"""select distinct sn.late_submission_penalty from submitted_notebook sn
        join submitted_assignment sa on sa.id = sn.assignment_id join assignment a on a.id = sa.assignment_id
        join notebook n on n.id = sn.notebook_id
        where a.name = 'hw' and n.name = 'p1' and sa.student_id = '{student}'"""
    assert rows(done[0] / "talentpool" / "kept" / "first", query) == [(PENALTIES[student],)]
