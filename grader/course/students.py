"""One student's rows in nbgrader's own tables: to be read, and to be removed."""

from collections.abc import Iterator
from typing import Any

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import ColumnElement, Connection, Table, delete, inspect, select


def student_rows(connection: Connection, student: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of a student by table; nothing where there is no gradebook."""
    if not _has_gradebook(connection):
        return {}
    return {
        table.name: [dict(row._mapping) for row in connection.execute(select(table).where(mine))]
        for table, mine in _owned(student)
    }


def remove_student(connection: Connection, student: str) -> int:
    """Remove a student with all submissions, grades and comments; returns how many rows that were."""
    if not _has_gradebook(connection):
        return 0
    return sum(connection.execute(delete(table).where(mine)).rowcount for table, mine in _owned(student))


def _has_gradebook(connection: Connection) -> bool:
    return inspect(connection).has_table(Student.__tablename__)


def _owned(student: str) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables with what is the student's in them; those first whose rows hang on the others'."""
    handed_in, books = SubmittedAssignment.__table__, SubmittedNotebook.__table__
    submissions = select(handed_in.c.id).where(handed_in.c.student_id == student)
    notebooks = select(books.c.id).where(books.c.assignment_id.in_(submissions))
    for kind in (Grade, Comment):
        yield kind.__table__, kind.__table__.c.notebook_id.in_(notebooks)
    yield books, books.c.assignment_id.in_(submissions)
    yield handed_in, handed_in.c.student_id == student
    yield Student.__table__, Student.__table__.c.id == student
