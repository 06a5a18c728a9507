"""Keeps autograded/ as the record says: what was graded lies there, what could not be graded does not."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.course.autograde import GradedSubmission, Submission
from grader.course.collect import lay_out, remove
from grader.course.reading import Place, timestamp
from grader.course.settings import Settings
from grader.quarantine import why_not


class Shelf:
    """The folder autograded/ of a course."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._coursedir = settings, settings.coursedir

    def is_due(self, place: Place) -> bool:
        """nbgrader's rule for what is to be graded: never graded, forced, or handed in after it was graded.

        Raises:
            WorkspaceError: a timestamp.txt does not say a time.
        """
        if place.student in self._coursedir.student_id_exclude.split(","):
            return False
        target = self._target(place.assignment, place.student)
        wanted = [target] if self._is_whole else [target / Path(notebook).name for notebook in place.notebooks]
        if self._settings.force or not all(path.exists() for path in wanted):
            return True
        handed_in, graded = (timestamp(self._coursedir, folder) for folder in (place.folder, target))
        return handed_in is not None and graded is not None and handed_in > graded

    def show(self, submission: Submission, graded: GradedSubmission) -> None:
        """Lay out what was graded.

        Raises:
            OSError: it cannot be written.
        """
        assignment, student = submission.paper.name, submission.student
        # what cells have made is no less dangerous to a grader's tools than what was handed in
        files = {
            name: content
            for name, content in graded.files.items()
            if name in submission.files or not any(map(why_not, Path(name).parts))
        }
        contents = {f"{book.name}.ipynb": book.text.encode() for book in graded.notebooks} | files
        lay_out(self._target(assignment, student), contents, whole=self._is_whole)
        self._settings.set_permissions(assignment, student)

    def withdraw(
        self, assignment: str, student: str, notebooks: Sequence[str], files: Mapping[str, bytes] | None = None
    ) -> None:
        """Take away what could not be graded, so that it is tried again the next time.

        Args:
            notebooks: their paths.
            files: what is to lie there in their place where only some notebooks are graded.

        Raises:
            OSError: it cannot be removed.
        """
        target = self._target(assignment, student)
        if self._is_whole:
            remove(target)
            return
        if files is not None:
            target.mkdir(parents=True, exist_ok=True)
            lay_out(target, files, whole=False)
        for path in notebooks:
            (target / Path(path).name).unlink(missing_ok=True)

    @property
    def _is_whole(self) -> bool:
        """Whether whole submissions are graded, and not only some of their notebooks."""
        return bool(self._coursedir.notebook_id == "*")

    def _target(self, assignment: str, student: str) -> Path:
        return Path(self._coursedir.format_path(self._coursedir.autograded_directory, student, assignment))
