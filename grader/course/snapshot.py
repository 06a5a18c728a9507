"""What a gradebook knows of an assignment, as plain data: read once, then taken along to every submission."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from nbgrader.api import Assignment, GradeCell, Notebook, SolutionCell, SourceCell, TaskCell
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from assessments.items import Record
from grader.errors import WorkspaceError


class PaperCell(Record):
    """A cell that nbgrader watches over: as it stands in the source notebook, and what it is there for.

    Args:
        max_score: None unless it is graded.
        grade_cell_id, comment_cell_id: keys of the gradebook's rows that its grades and comments refer to.
    """

    name: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool = False
    solution: bool = False
    task: bool = False
    max_score: float | None = None
    grade_cell_id: str | None = None
    comment_cell_id: str | None = None


class PaperNotebook(Record):
    """One notebook of an assignment with its watched cells by name, in the gradebook's order."""

    id: str
    name: str
    kernelspec: str | None
    cells: Mapping[str, PaperCell]


class Paper(Record):
    """An assignment with its notebooks by name."""

    id: str
    name: str
    duedate: datetime | None
    notebooks: Mapping[str, PaperNotebook]


def read_paper(connection: Connection, assignment: str) -> Paper:
    """Read an assignment.

    Raises:
        WorkspaceError: the gradebook does not have it.
    """
    with Session(connection) as session:
        row = session.scalar(select(Assignment).where(Assignment.name == assignment))
        if row is None:
            raise WorkspaceError(
                f"the gradebook has no assignment {assignment!r}",
                tip=f"Run: nbgrader generate_assignment {assignment}",
            )
        found = session.scalars(select(Notebook).where(Notebook.assignment_id == row.id).order_by(Notebook.name))
        notebooks = {notebook.name: _notebook(session, notebook) for notebook in found}
        return Paper(id=row.id, name=row.name, duedate=row.duedate, notebooks=notebooks)


def _notebook(session: Session, notebook: Any) -> PaperNotebook:
    def rows(kind: Any) -> Mapping[str, Any]:
        return {row.name: row for row in session.scalars(select(kind).where(kind.notebook_id == notebook.id))}

    sources, graded, solutions, tasks = (rows(kind) for kind in (SourceCell, GradeCell, SolutionCell, TaskCell))
    cells = {}
    for name, source in sources.items():
        scored = graded.get(name) or tasks.get(name)
        commented = solutions.get(name) or tasks.get(name)
        cells[name] = PaperCell(
            name=name,
            cell_type=source.cell_type,
            source=source.source or "",
            checksum=source.checksum,
            locked=source.locked,
            grade=name in graded,
            solution=name in solutions,
            task=name in tasks,
            max_score=scored.max_score if scored else None,
            grade_cell_id=scored.id if scored else None,
            comment_cell_id=commented.id if commented else None,
        )
    return PaperNotebook(id=notebook.id, name=notebook.name, kernelspec=notebook.kernelspec, cells=cells)
