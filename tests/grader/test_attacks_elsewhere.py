"""The same attacks on plain nbgrader: there they pay, read, write, reach out or stop the batch.

This is why the kit exists, and the proof that the attacks are real: what fails in the other test works here.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.submissions.assessment import NAME
from tests.submissions.collection import Sample, load
from tests.submissions.plain import PlainCourse
from tests.submissions.traps import Traps

pytestmark = pytest.mark.kernel
HONEST = load("honest")
WORKING = {name: sample for name, sample in load("attacks").items() if sample.about.on_nbgrader}


def working(*kinds: str) -> list[Sample]:
    """Those that do one of these things to nbgrader."""
    return [sample for sample in WORKING.values() if sample.about.on_nbgrader in kinds]


def named(sample: Sample) -> str:
    """For a test's name."""
    return sample.name


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traps]:
    """The same secrets and listeners as for the kit."""
    folder = tmp_path_factory.mktemp("plain")
    with Traps(folder / "home", folder / "workspace").laid() as laid:
        yield laid


@pytest.fixture(scope="module")
def course(traps: Traps) -> PlainCourse:
    """A course in which nobody has handed in."""
    return PlainCourse(traps.home.parent / "course", traps)


@pytest.fixture(scope="module")
def graded(course: PlainCourse, tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    """Everybody who lets the batch finish, graded by `nbgrader autograde`."""
    copied = course.copied_to(tmp_path_factory.mktemp("graded") / "course")
    for sample in (*HONEST.values(), *working("pays", "reads", "reaches")):
        copied.hand_in(sample)
    copied.nbgrader("autograde", NAME)
    return copied


def test_enough_of_them_work_there() -> None:
    """Most of those that steal inside the process do."""
    assert len(working("pays")) >= 20
    assert all(working(kind) for kind in ("pays", "reads", "reaches", "writes", "aborts"))


def test_honest_people_are_graded_there(graded: PlainCourse) -> None:
    """The course is a fair one; blank is worth nothing."""
    scores = graded.scores()
    assert scores["full-marks"] == {"q1": 3, "q2": 4, "q3": 0}
    assert scores["blank"] == {"q1": 0, "q2": 0, "q3": 0}


def test_a_warning_costs_everything_there(graded: PlainCourse) -> None:
    """Any text on standard error does."""
    assert graded.scores()["warning-on-stderr"] == {"q1": 0, "q2": 0, "q3": 0}


@pytest.mark.parametrize("sample", working("pays"), ids=named)
def test_it_pays_there(graded: PlainCourse, sample: Sample) -> None:
    """Points for what is worth nothing here."""
    assert sum(graded.scores()[sample.applicant_id].values()) > 0
    assert sample.about.earns == 0


@pytest.mark.parametrize("sample", working("reads"), ids=named)
def test_it_reads_there(graded: PlainCourse, traps: Traps, sample: Sample) -> None:
    """What it found stands in its outputs."""
    assert traps.told_in(graded.printed(sample))


def test_it_reaches_out_there(graded: PlainCourse, traps: Traps) -> None:
    """To a port and to a socket without a file."""
    assert graded.scores()
    assert len(traps.visitors()) == len(working("reaches"))


@pytest.mark.parametrize("sample", working("writes"), ids=named)
def test_it_writes_there(course: PlainCourse, tmp_path: Path, sample: Sample) -> None:
    """Somebody who was graded before has other points afterwards."""
    copied = course.copied_to(tmp_path / "course")
    copied.hand_in(HONEST["blank"], "a-first-one")
    copied.hand_in(sample)
    copied.nbgrader("autograde", NAME)
    assert copied.scores()["a-first-one"] == {"q1": 99, "q2": 99, "q3": 99}


@pytest.mark.parametrize("sample", working("aborts"), ids=named)
def test_it_stops_the_batch_there(course: PlainCourse, tmp_path: Path, sample: Sample) -> None:
    """Who comes after it is not graded at all."""
    copied = course.copied_to(tmp_path / "course")
    copied.hand_in(HONEST["full-marks"], "a-first-one")
    copied.hand_in(sample)
    copied.hand_in(HONEST["full-marks"], "z-last-one")
    assert copied.nbgrader("autograde", NAME).returncode != 0
    scores = copied.scores()
    assert sum(scores["a-first-one"].values()) == 7
    assert "z-last-one" not in scores
