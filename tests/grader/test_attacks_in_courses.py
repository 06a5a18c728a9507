"""The same attacks in a plain nbgrader course that the kit grades.

Its tests assert in the applicant's own process, so they can still be talked into paying, as with nbgrader; nothing else
that works there works here.
"""

import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.submissions.assessment import EXPECTED
from tests.submissions.collection import load
from tests.submissions.plain import PlainCourse
from tests.submissions.traps import Traps

pytestmark = pytest.mark.kernel
HONEST = load("honest")
NOTEBOOKS = {name: sample for name, sample in load("attacks").items() if sample.path.suffix == ".ipynb"}
PAY_NO_MORE = (
    *("elsewhere/database-read", "inside/kernel-replaced", "inside/notebook-in-the-folder", "inside/session-replaced"),
    *("inside/tests-skipped", "paper/marked-as-automatic"),
)
RIGHT = {"q1": 3, "q2": 4, "q3": 0}


class Graded(NamedTuple):
    """The course after one run over everybody."""

    course: PlainCourse
    traps: Traps
    scores: dict[str, dict[str, float]]
    said: str


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """All attacks that are notebooks, with honest people before, between and after them."""
    folder = tmp_path_factory.mktemp("course")
    with Traps(folder / "home", folder / "workspace").laid() as traps:
        course = PlainCourse(folder / "course", traps)
        with (course.root / "nbgrader_config.py").open("a") as stream:
            stream.write("c.Execute.timeout = 1\n")
        for number, sample in enumerate(NOTEBOOKS.values()):
            course.hand_in(sample)
            if number % 20 == 0:
                course.hand_in(HONEST["full-marks"], f"{sample.applicant_id}-honest")
        for student, name in (("a-first-one", "blank"), ("z-last-one", "full-marks"), ("warned", "warning-on-stderr")):
            course.hand_in(HONEST[name], student)
        command = [sys.executable, "-m", "assessments", "grade"]
        run = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
        yield Graded(course, traps, course.scores(), run.stdout + run.stderr)


def test_honest_people_get_their_points(graded: Graded) -> None:
    """Before, between and after; a warning costs nothing."""
    scores = graded.scores
    assert scores["a-first-one"] == {"q1": 0, "q2": 0, "q3": 0}
    between = [student for student in scores if student.endswith("-honest")]
    assert len(between) >= 5
    assert [scores[student] for student in (*between, "z-last-one", "warned")] == [RIGHT] * (len(between) + 2)


def test_the_batch_finishes(graded: Graded) -> None:
    """Nothing of ours fails."""
    assert " 0 unavailable" in graded.said


def test_nothing_pays_that_does_not_pay_on_nbgrader(graded: Graded) -> None:
    """And what stole from outside of the tests does not pay any more."""
    pays = {name for name, sample in NOTEBOOKS.items() if sum(graded.scores.get(sample.applicant_id, {}).values())}
    honest = {name for name, sample in NOTEBOOKS.items() if sample.about.earns}
    assert {name for name in pays - honest if NOTEBOOKS[name].about.on_nbgrader != "pays"} == set()
    assert pays.isdisjoint(PAY_NO_MORE)
    assert all(NOTEBOOKS[name].about.on_nbgrader == "pays" for name in PAY_NO_MORE)


def test_nothing_is_read_reached_or_left(graded: Graded) -> None:
    """What an applicant's own cells put out tells no secret."""
    for name, sample in NOTEBOOKS.items():
        told = set(graded.traps.told_in(graded.course.printed(sample)))
        # the tests run in the applicant's process, so that what they expect can be printed there
        assert told <= (set() if sample.about.on_nbgrader == "reads" else {EXPECTED}), name
    assert graded.traps.visitors() == []
    assert graded.traps.traces() == []
