"""Reads submissions of a course: refuses what cannot be graded, puts away what a grader's tools would run."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from nbgrader.api import Student
from sqlalchemy import Engine, select

from grader.course.autograde import Submission
from grader.course.collect import read_folder
from grader.course.running import Course
from grader.course.settings import Settings
from grader.course.snapshot import Paper, read_paper
from grader.database import transaction
from grader.errors import WorkspaceError
from grader.quarantine import LIST, check_id, quarantine

MOST_REMARKS = 20
"""Lines about files in quarantine that go on record."""


class Place(NamedTuple):
    """Where a submission lies, and whose it is.

    Args:
        notebooks: paths of those that are to be graded.
    """

    folder: Path
    assignment: str
    student: str
    notebooks: list[str]


class Handed(NamedTuple):
    """What of a submission does not travel to a worker.

    Args:
        notebooks: paths of those that are the assignment's.
    """

    notebooks: list[str]
    timestamp: datetime | None
    missing: list[str]
    remarks: list[str]


class Reader:
    """Reads submissions; what the gradebook and the instructor say of an assignment, only once.

    Args:
        database: the gradebook.
        courses: what the configuration says, by assignment.
    """

    def __init__(self, settings: Settings, database: Engine, courses: Mapping[str, Course]) -> None:
        self._settings, self._database, self._courses = settings, database, courses
        self._coursedir = settings.coursedir
        self._papers: dict[str, Paper] = {}
        self._sources: dict[str, dict[str, bytes]] = {}

    def read(self, place: Place) -> tuple[Submission, Handed]:
        """Read one submission; what may not lie there is moved to quarantine/ before.

        Raises:
            TooLarge, TalentpoolError, OSError: it cannot be graded.
            UnavailableError: the database does not answer.
        """
        folder = place.folder
        check_id("student", place.student)
        check_id("assignment", place.assignment)
        paper = self._paper(place.assignment)
        self._check_student(place.student)
        remarks = self._put_away(place)
        names = [Path(path).stem for path in place.notebooks]
        known = [name for name in names if name in paper.notebooks]
        missing = [name for name in paper.notebooks if known and not (folder / f"{name}.ipynb").exists()]
        paths = [str(folder / f"{name}.ipynb") for name in known]
        submission = Submission(
            student=place.student,
            paper=paper,
            notebooks={name: (folder / f"{name}.ipynb").read_bytes() for name in known},
            files=read_folder(folder, self._coursedir.ignore) | self._source_files(place.assignment),
            course=self._courses[place.assignment],
        )
        return submission, Handed(paths, timestamp(self._coursedir, folder), missing, remarks)

    def _put_away(self, place: Place) -> list[str]:
        """Move what a grader's tools would run or be misled by into quarantine; a line for each.

        Raises:
            WorkspaceError: the submission is a link, or one of its notebooks had to be moved.
        """
        if place.folder.is_symlink() or place.folder.parent.is_symlink():
            raise WorkspaceError("its folder is a link")
        away = Path("quarantine", place.student, place.assignment)
        allowed = self._source_files(place.assignment)
        moved = quarantine(place.folder, Path(self._coursedir.root, away), allowed=allowed)
        said = {name: f"{name!a} was put into quarantine/: {reason}" for name, reason in moved}
        if lost := [name for name in said if name in {Path(path).name for path in place.notebooks}]:
            raise WorkspaceError(said[lost[0]])
        more = [f"and {len(said) - MOST_REMARKS} more, which {away / LIST} lists"] if len(said) > MOST_REMARKS else []
        return [*said.values()][:MOST_REMARKS] + more

    def _check_student(self, student: str) -> None:
        if self._settings.create_student:
            return
        with transaction(self._database) as connection:
            found = connection.execute(select(Student.__table__.c.id).where(Student.__table__.c.id == student)).first()
        if not found:
            raise WorkspaceError(f"no student {student!r} is in the gradebook, and none is to be created")

    def _paper(self, assignment: str) -> Paper:
        if assignment not in self._papers:
            with transaction(self._database) as connection:
                self._papers[assignment] = read_paper(connection, assignment)
        return self._papers[assignment]

    def _source_files(self, assignment: str) -> dict[str, bytes]:
        """The instructor's files, which come before the applicant's."""
        if assignment not in self._sources:
            folder = Path(self._coursedir.format_path(self._coursedir.source_directory, ".", assignment))
            files = read_folder(folder, self._coursedir.ignore)
            kept = self._settings.exclude_overwriting.get(assignment, [])
            self._sources[assignment] = {name: content for name, content in files.items() if name not in kept}
        return self._sources[assignment]


def timestamp(coursedir: Any, folder: Path) -> datetime | None:
    """When a submission was handed in (UTC, without a zone); None if its folder does not say.

    Raises:
        WorkspaceError: its timestamp.txt does not say a time.
    """
    try:
        found: datetime | None = coursedir.get_existing_timestamp(str(folder))
    except (ValueError, OverflowError, AttributeError):
        # nbgrader's own way of saying so calls a method that it does not have
        raise WorkspaceError("its timestamp.txt does not say a time") from None
    return found
