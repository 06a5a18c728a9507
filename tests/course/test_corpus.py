"""Cell for cell, courses are graded here as nbgrader grades them; what upstream published is asserted as well."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from tests.course import corpus
from tests.course.courses import ENGINES, Course, Outcome, graded, records, totals

pytestmark = pytest.mark.kernel

COURSES = {"wheel": corpus.wheel, "written": corpus.written, "odd": corpus.odd}
OPTIONS = {"loop": ["--Execute.timeout=1"], "timeout": ["--Execute.timeout=2"]}
PUBLISHED = {
    # nbgrader/docs/source/user_guide/grades.csv
    ("bitdiddle", "ps1"): (1.5, 13, True),
    ("hacker", "ps1"): (3.0, 13, True),
    # nbgrader/tests/apps/test_nbgrader_autograde.py
    ("unchanged", "changed"): (1, 7, False),
    ("changed", "changed"): (2, 7, True),
    ("cheat-attempt", "changed"): (1, 7, True),
    ("cheat-attempt-alternative", "changed"): (1, 7, True),
    ("unchanged", "simple"): (0, 1, False),
    ("changed", "simple"): (1, 1, False),
    ("unchanged", "hashed"): (0, 1, False),
    ("changed", "hashed"): (1, 1, False),
    ("unchanged", "multi"): (0, 4, False),
    ("changed", "multi"): (3, 4, False),
    ("unchanged", "hidden"): (0, 1, False),
    ("changed-wrong", "hidden"): (0, 1, False),
    ("changed-right", "hidden"): (1, 1, False),
    ("ada", "hidden-tests"): (1.5, 3, False),
    ("ada", "timeout"): (0, 1, False),
    ("ada", "variable"): (0, 1, False),
    # by hand, from the notebooks' cells
    ("grade-cell-changed", "changed"): (1, 7, False),
    ("locked-cell-changed", "changed"): (1, 7, False),
    ("changed", "again"): (2, 7, True),
    ("grade-cell-changed", "again"): (1, 7, False),
    ("locked-cell-changed", "again"): (1, 7, False),
    ("ada", "zero"): (0, 0, False),
    ("ada", "tasks"): (0, 8, True),
}
OURS = {
    ("instructor", "paper"): (3, 15, True),
    ("released", "paper"): (1, 15, True),
    ("points_raised", "paper"): (3, 15, True),
    ("locked_cells_rewritten", "paper"): (3, 15, True),
    ("first_cell_written", "paper"): (1, 15, True),
    ("answered_by_hand", "paper"): (3, 15, True),
    ("marks_stripped", "paper"): (0, 15, True),
    ("first", "two"): (1, 2, False),
    ("broken", "two"): (1, 2, True),
}


class Done(NamedTuple):
    """A course that was graded twice."""

    course: Course
    outcomes: Mapping[str, list[Outcome]]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Done]:
    """All courses, graded by both engines at once."""
    root = tmp_path_factory.mktemp("corpus")

    def grade(name: str) -> Done:
        course = COURSES[name](root / name)
        course.prepare()
        commands = [["autograde", assignment, *OPTIONS.get(assignment, [])] for assignment in course.assignments]
        return Done(course, course.grade(*commands))

    with ThreadPoolExecutor() as pool:
        return dict(zip(COURSES, pool.map(grade, COURSES), strict=True))


@pytest.mark.parametrize("name", COURSES)
def test_gradebooks_are_equal(done: Mapping[str, Done], name: str) -> None:
    root = done[name].course.root
    theirs, ours = (records(root / engine) for engine in ENGINES)
    assert ours == theirs
    assert len(theirs["grades"]) > 50


@pytest.mark.parametrize("name", COURSES)
def test_graded_files_are_equal(done: Mapping[str, Done], name: str) -> None:
    root = done[name].course.root
    theirs, ours = (graded(root / engine) for engine in ENGINES)
    assert sorted(ours) == sorted(theirs)
    for path in theirs:
        assert ours[path] == theirs[path], path


@pytest.mark.parametrize("name", COURSES)
def test_exit_codes_are_equal(done: Mapping[str, Done], name: str) -> None:
    theirs, ours = ([outcome.code for outcome in done[name].outcomes[engine]] for engine in ENGINES)
    assert ours == theirs
    assert set(theirs) == {"wheel": {0}, "written": {0, 1}, "odd": {1}}[name]


@pytest.mark.parametrize(("student", "assignment"), PUBLISHED)
def test_published_scores(done: Mapping[str, Done], student: str, assignment: str) -> None:
    found = totals(done["wheel"].course.root / "talentpool")
    assert found[student, assignment] == PUBLISHED[student, assignment]


def test_every_submission_of_the_wheel_has_a_published_score(done: Mapping[str, Done]) -> None:
    found = totals(done["wheel"].course.root / "talentpool")
    assert sorted(found) == sorted(PUBLISHED)


@pytest.mark.parametrize(("student", "assignment"), OURS)
def test_scores_counted_by_hand(done: Mapping[str, Done], student: str, assignment: str) -> None:
    found = totals(done["written"].course.root / "talentpool")
    assert found[student, assignment] == OURS[student, assignment]
