"""Writes scores into nbgrader's own tables: one submission, one transaction, a handful of statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Connection, bindparam, case, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assessments.items import Record
from grader.course.snapshot import Paper


class Scores(Record):
    """What an automatic grading gives a notebook, by cell; a score of None is for a person to give."""

    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]


def _needs_person(score: Any) -> Any:
    """nbgrader's rule: a person looks where there is no automatic score, and again where a person scored before."""
    return case((score.is_(None), True), (Grade.__table__.c.manual_score.isnot(None), True), else_=False)


class Gradebook:
    """The rows of one assignment in nbgrader's tables, within the caller's transactions."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def open_submission(self, connection: Connection, student: str, timestamp: datetime | None) -> Mapping[str, str]:
        """Make sure that the student and the submission with all its rows exist; the submitted notebooks' ids by name.

        Args:
            timestamp: when it was handed in (UTC, without a zone); None leaves what is on record.
        """
        add_student(connection, student)
        table = SubmittedAssignment.__table__
        mine = (table.c.assignment_id == self._paper.id) & (table.c.student_id == student)
        new = {"id": uuid4().hex, "assignment_id": self._paper.id, "student_id": student, "timestamp": timestamp}
        _add(connection, table, [new])
        found = connection.execute(select(table.c.id).where(mine)).scalar_one()
        if found == new["id"]:
            self._add_rows(connection, found)
        elif timestamp:
            connection.execute(update(table).where(mine).values(timestamp=timestamp))
        books = SubmittedNotebook.__table__
        query = select(books.c.notebook_id, books.c.id).where(books.c.assignment_id == found)
        ids: dict[str, str] = {notebook_id: row_id for notebook_id, row_id in connection.execute(query)}  # noqa: C416
        return {book.name: ids[book.id] for book in self._paper.notebooks.values() if book.id in ids}

    def save(self, connection: Connection, submitted_notebook: str, notebook: str, graded: Scores) -> None:
        """Put automatic scores and comments on record; what people gave is left alone."""
        cells = self._paper.notebooks[notebook].cells
        grades = [
            {"cell": cells[name].grade_cell_id, "book": submitted_notebook, "score": score}
            for name, score in graded.scores.items()
        ]
        comments = [
            {"cell": cells[name].comment_cell_id, "book": submitted_notebook, "text": text}
            for name, text in graded.comments.items()
        ]
        if grades:
            connection.execute(_SAVE_GRADES, grades)
        if comments:
            connection.execute(_SAVE_COMMENTS, comments)

    def save_missing(self, connection: Connection, submitted_notebook: str) -> None:
        """A notebook that was not handed in scores 0 everywhere, and nobody need look at it."""
        table = Grade.__table__
        zero = update(table).where(table.c.notebook_id == submitted_notebook)
        connection.execute(zero.values(auto_score=0.0, needs_manual_grade=False))

    def save_penalty(self, connection: Connection, submitted_notebook: str, penalty: float | None) -> None:
        """Put the penalty for lateness on record."""
        table = SubmittedNotebook.__table__
        connection.execute(
            update(table).where(table.c.id == submitted_notebook).values(late_submission_penalty=penalty)
        )

    def score(self, connection: Connection, submitted_notebook: str) -> float:
        """The score of a notebook as nbgrader counts it: a person's before the automatic one, plus extra credit."""
        table = Grade.__table__
        columns = table.c.manual_score, table.c.auto_score, table.c.extra_credit
        rows = connection.execute(select(*columns).where(table.c.notebook_id == submitted_notebook))
        total = 0.0
        for manual, automatic, extra in rows:
            given = automatic if manual is None else manual
            total += 0.0 if given is None else given + (extra or 0.0)
        return total

    def seconds_late(self, connection: Connection, student: str) -> float:
        """Seconds between the end of the term (with the student's extension) and the submission; 0 if in time."""
        table = SubmittedAssignment.__table__
        mine = (table.c.assignment_id == self._paper.id) & (table.c.student_id == student)
        handed_in, extension = connection.execute(select(table.c.timestamp, table.c.extension).where(mine)).one()
        if handed_in is None or self._paper.duedate is None:
            return 0.0
        due = self._paper.duedate + extension if extension else self._paper.duedate
        return float(max(0.0, (handed_in - due).total_seconds()))

    def _add_rows(self, connection: Connection, submission: str) -> None:
        """The rows that mirror the assignment: a notebook, a grade and a comment for each of its own."""
        books, grades, comments = [], [], []
        for notebook, template in self._rows:
            book = {"id": uuid4().hex, "assignment_id": submission, "notebook_id": notebook, "flagged": False}
            books.append(book)
            grades += [
                {"id": uuid4().hex, "notebook_id": book["id"], "cell_id": cell, "needs_manual_grade": True}
                for cell in template["grades"]
            ]
            comments += [
                {"id": uuid4().hex, "notebook_id": book["id"], "cell_id": cell} for cell in template["comments"]
            ]
        for kind, rows in ((SubmittedNotebook, books), (Grade, grades), (Comment, comments)):
            if rows:
                connection.execute(insert(kind.__table__), rows)

    @cached_property
    def _rows(self) -> list[tuple[str, Mapping[str, Sequence[str]]]]:
        found: list[tuple[str, Mapping[str, Sequence[str]]]] = []
        for notebook in self._paper.notebooks.values():
            cells = notebook.cells.values()
            grades = [cell.grade_cell_id for cell in cells if cell.grade_cell_id]
            comments = [cell.comment_cell_id for cell in cells if cell.comment_cell_id]
            found.append((notebook.id, {"grades": grades, "comments": comments}))
        return found


def add_student(connection: Connection, student: str) -> None:
    """Make sure that a student exists."""
    _add(connection, Student.__table__, [{"id": student}])


def _add(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert what is not there yet, also while another process does the same."""
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[connection.dialect.name]
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


_GRADE, _COMMENT = Grade.__table__, Comment.__table__
_SCORE = bindparam("score", type_=_GRADE.c.auto_score.type)
_SAVE_GRADES = (
    update(_GRADE)
    .where((_GRADE.c.notebook_id == bindparam("book")) & (_GRADE.c.cell_id == bindparam("cell")))
    .values(
        auto_score=bindparam("score"),
        needs_manual_grade=_needs_person(bindparam("score", type_=_GRADE.c.auto_score.type)),
    )
)
_SAVE_COMMENTS = (
    update(_COMMENT)
    .where((_COMMENT.c.notebook_id == bindparam("book")) & (_COMMENT.c.cell_id == bindparam("cell")))
    .values(auto_comment=bindparam("text"))
)
