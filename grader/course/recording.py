"""Puts a graded submission of a course on record: nbgrader's tables and our own in one transaction."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Connection, Engine, Table, delete, insert

from assessments.items import Record
from grader.course.autograde import GradedSubmission, Submission
from grader.course.gradebook import Gradebook, Scores
from grader.course.gradebook import add_student as add_student_row
from grader.database import transaction
from grader.quarantine import MAX_ID_CHARS
from grader.tables import AutogradeRow

Penalty = Callable[[str, float, float], float | None]
"""(student, score, seconds late) → penalty in points; None for none."""
CUT = "[…]"


class Recorded(Record):
    """What became of one submission. Outcome: graded, failed, unavailable.

    Args:
        reasons: why it failed, and whatever a person should know.
        cell_seconds: what the applicant's cells alone took.
    """

    assignment: str
    student: str
    outcome: str
    reasons: tuple[str, ...] = ()
    cell_seconds: float = 0.0


def recordable(student: str) -> str:
    """A name that every database holds: escaped if it is no text, cut if it is too long; in signs that no id has."""
    text = student.encode(errors="backslashreplace").decode()
    return text if len(text) <= MAX_ID_CHARS else text[: MAX_ID_CHARS - len(CUT)] + CUT


class Recorder:
    """The one writer of a run.

    Args:
        penalty: the course's rule for lateness, None if it has none.
        isolated: whether code ran in the sandbox.
    """

    def __init__(self, engine: Engine, penalty: Penalty | None, *, isolated: bool) -> None:
        self._engine, self._penalty, self._isolated = engine, penalty, isolated

    def save(
        self,
        submission: Submission,
        graded: GradedSubmission,
        timestamp: datetime | None,
        missing: Sequence[str],
        remarks: Sequence[str] = (),
    ) -> Recorded:
        """Record scores, comments, penalties, and how it went.

        Args:
            missing: notebooks of the assignment that were not handed in.
            remarks: what a person should know of the submission beside what its grading says.

        Raises:
            UnavailableError: the database does not answer.
        """
        remarks = [*remarks, *(remark for notebook in graded.notebooks for remark in notebook.remarks)]
        with transaction(self._engine) as connection:
            gradebook = Gradebook(submission.paper)
            books = gradebook.open_submission(connection, submission.student, timestamp)
            for name in missing:
                gradebook.save_missing(connection, books[name])
            failure = graded.failure
            for notebook in graded.notebooks:
                scores = Scores(scores=notebook.scores, comments=notebook.comments)
                gradebook.save(connection, books[notebook.name], notebook.name, scores)
                if notebook.text:
                    problem = self._assign_penalty(connection, gradebook, submission.student, books[notebook.name])
                    if problem:
                        failure = problem
                        break
            recorded = Recorded(
                assignment=submission.paper.name,
                student=submission.student,
                outcome="failed" if failure else "graded",
                reasons=(*([failure] if failure else []), *remarks),
                cell_seconds=graded.cell_seconds,
            )
            self._note(connection, recorded)
        return recorded

    def _assign_penalty(self, connection: Connection, gradebook: Gradebook, student: str, book: str) -> str | None:
        """As nbgrader's AssignLatePenalties: between 0 and the score, which a person may have given before.

        Returns why the course's rule gave none, if it did not work.
        """
        if not self._penalty:
            return None
        penalty = None
        if (late := gradebook.seconds_late(connection, student)) > 0:
            score = gradebook.score(connection, book)
            try:
                penalty = self._penalty(student, score, late)
                penalty = penalty if penalty is None else min(max(penalty, 0), score)
            except Exception as error:
                return f"the course's rule for late submissions failed: {type(error).__name__}: {error}"
        gradebook.save_penalty(connection, book, penalty)
        return None

    def note(self, recorded: Recorded, *, add_student: bool) -> None:
        """Record how it went where there are no scores.

        Args:
            add_student: whether the gradebook is to know the student from now on.
        """
        with transaction(self._engine) as connection:
            if add_student:
                add_student_row(connection, recorded.student)
            self._note(connection, recorded)

    def _note(self, connection: Connection, recorded: Recorded) -> None:
        table = cast(Table, AutogradeRow.__table__)
        key = {"assignment": recorded.assignment, "student": recorded.student}
        connection.execute(delete(table).where(*(table.c[name] == value for name, value in key.items())))
        row = key | {"outcome": recorded.outcome, "reasons": list(recorded.reasons), "isolated": self._isolated}
        connection.execute(insert(table), [row | {"self_asserted": True, "graded_at": datetime.now(UTC)}])
