"""What `talentpool grade` does inside a plain nbgrader course."""

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment
from nbgrader.converters.base import NbGraderException
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import inspect, select

from assessments.console import printable
from assessments.errors import UsageError
from grader.course.autograder import TalentpoolAutograde
from grader.course.recording import Recorded
from grader.database import open_engine, transaction
from grader.errors import WorkspaceError
from grader.execution import Engine
from grader.folder import CourseFolder
from grader.pool import Workers

Crew = Callable[[Engine], AbstractContextManager[Workers]]


def grade_course(
    course: CourseFolder,
    names: Sequence[str],
    *,
    student: str,
    force: bool,
    isolated: bool,
    crew: Crew,
    console: Console,
    as_json: bool,
) -> bool:
    """Grade assignments of a course (all that have submissions if none is named); whether all could be graded.

    Raises:
        UsageError, WorkspaceError: there is nothing to grade, or no such assignment.
    """
    app = course.nbgrader()
    app.log.setLevel(logging.CRITICAL)
    app.coursedir.student_id = student
    assignments = _assignments(app, names)
    started = time.monotonic()
    done: list[Recorded] = []
    columns = (TextColumn("grading"), BarColumn(), TextColumn("{task.completed} done"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=as_json, transient=True) as progress:
        task = progress.add_task("grading", total=None)

        def report(recorded: Recorded) -> None:
            done.append(recorded)
            progress.advance(task)
            if recorded.reasons and not as_json:
                line = f"{recorded.outcome:<11} {recorded.student} {recorded.assignment}: {'; '.join(recorded.reasons)}"
                progress.console.print(printable(line), markup=False, soft_wrap=True)

        _grade(app, assignments, force=force, isolated=isolated, crew=crew, report=report)
    counts = Counter(recorded.outcome for recorded in done)
    summary = {name: counts[name] for name in ("graded", "failed", "unavailable")}
    seconds = round(time.monotonic() - started, 3)
    if as_json:
        cells = round(sum(recorded.cell_seconds for recorded in done), 3)
        print(json.dumps({"submissions": len(done), **summary, "wall_seconds": seconds, "cell_seconds": cells}))
    else:
        parts = f"{summary['graded']} graded, {summary['failed']} not gradable, {summary['unavailable']} unavailable"
        console.print(f"{len(done)} submissions in {seconds:.1f} s: {parts}", soft_wrap=True)
    return counts["graded"] == len(done)


def _grade(
    app: Any, assignments: Sequence[str], *, force: bool, isolated: bool, crew: Crew, report: Callable[[Recorded], None]
) -> None:
    settings = TalentpoolAutograde(coursedir=app.coursedir, parent=app)
    settings.isolated = isolated
    with crew(settings.engine) as workers:
        for assignment in assignments:
            app.coursedir.assignment_id = assignment
            converter = TalentpoolAutograde(coursedir=app.coursedir, parent=app)
            converter.isolated, converter.pool, converter.report = isolated, workers, report
            converter.force = force
            try:
                converter.start()
            except NbGraderException:
                # every submission that failed was reported by itself
                continue


def _assignments(app: Any, names: Sequence[str]) -> list[str]:
    """The assignments that the gradebook knows and for which something was handed in."""
    engine = open_engine(app.coursedir.db_url)
    if not inspect(engine).has_table("assignment"):
        raise WorkspaceError(
            f"{app.coursedir.root} has no gradebook yet", tip="Run: nbgrader generate_assignment ASSIGNMENT"
        )
    with transaction(engine) as connection:
        table = Assignment.__table__
        known = sorted(connection.execute(select(table.c.name)).scalars())
    engine.dispose()
    if unknown := sorted(set(names) - set(known)):
        raise UsageError(f"unknown assignment {unknown[0]!r}; this course has: {', '.join(known) or 'none yet'}")
    found = [name for name in names or known if _has_submissions(app, name)]
    if not found:
        raise UsageError(f"nothing was handed in for {', '.join(names or known) or 'any assignment'}")
    return found


def _has_submissions(app: Any, assignment: str) -> bool:
    pattern = app.coursedir.format_path(app.coursedir.submitted_directory, app.coursedir.student_id, assignment)
    root = Path(app.coursedir.root)
    return any(root.glob(str(Path(pattern).relative_to(root))))
