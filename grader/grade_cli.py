"""The command that grades: a workspace's assessments, or a plain nbgrader course."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assessments.console import make_console, printable
from grader.batch import Batch, Summary
from grader.cluster import Cluster
from grader.course.command import grade_course
from grader.doctor import examine
from grader.errors import WorkspaceError
from grader.execution import Engine
from grader.folder import find_course
from grader.intake import receipt, take_in_inbox
from grader.judge import Graded
from grader.options import AssessmentArguments, UnsafeOption, WorkspaceOption, chosen, open_store
from grader.outcome import Outcome
from grader.pool import Pool, Workers
from grader.store import Store
from grader.tables import SubmissionRow
from grader.walls.probe import require_walls
from grader.workspace import MARKER, Workspace, find_workspace

app = typer.Typer()
console = make_console()

WorkersOption = Annotated[int | None, typer.Option("--workers", min=1, help="Worker processes; default: one per core.")]
ClusterOption = Annotated[str | None, typer.Option("--cluster", help="Address of a Dask scheduler: tcp://host:8786.")]


@app.command("grade")
def grade_command(
    assessments: AssessmentArguments = None,
    workspace: WorkspaceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    student: Annotated[str, typer.Option(help="In a plain nbgrader course: only this student.")] = "*",
    force: Annotated[bool, typer.Option("--force", help="In a plain nbgrader course: grade again.")] = False,
    unsafe_no_sandbox: UnsafeOption = False,
) -> None:
    """Grade what was handed in: new, changed, or not gradable before for reasons of ours."""
    course = find_course(workspace)
    if not unsafe_no_sandbox and cluster is None:
        require_walls()
    if (course.root / MARKER).is_file():
        place = find_workspace(course.root)
        engine = place.engine.model_copy(update={"isolated": not unsafe_no_sandbox})
        with who_works(engine, workers or place.settings.workers or None, cluster) as crew:
            _grade_workspace(place, crew, assessments or [], isolated=not unsafe_no_sandbox, as_json=as_json)
    else:
        all_graded = grade_course(
            course,
            assessments or [],
            student=student,
            force=force,
            isolated=not unsafe_no_sandbox,
            crew=lambda engine: who_works(engine, workers, cluster),
            console=console,
            as_json=as_json,
        )
        if not all_graded:
            raise typer.Exit(1)


@contextmanager
def who_works(engine: Engine, workers: int | None, cluster: str | None) -> Iterator[Workers]:
    """The workers of this machine, or of a cluster."""
    with Cluster(engine, cluster) if cluster else Pool(engine, workers) as crew:
        yield crew


def _grade_workspace(place: Workspace, crew: Workers, assessments: list[str], *, isolated: bool, as_json: bool) -> None:
    store = open_store(place)
    names = chosen(place, assessments) if assessments else []
    logging.basicConfig(filename=place.root / "talentpool.log", level=logging.WARNING, format="%(asctime)s %(message)s")
    complaints = take_in_inbox(place, store, now=datetime.now(UTC))
    summary = _with_progress(Batch(place, store, crew, isolated=isolated), names, store, quiet=as_json)
    for complaint in complaints:
        make_console(stderr=True).print(printable(f"not taken in: {complaint}"), markup=False, soft_wrap=True)
    if as_json:
        print(json.dumps(summary.model_dump()))
    else:
        _print_summary(summary)
    if summary.unavailable:
        raise typer.Exit(1)


def _with_progress(batch: Batch, names: list[str], store: Store, *, quiet: bool) -> Summary:
    """Run the batch; a bar while it runs, and a line for every submission that a person should know of."""
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet, transient=True) as progress:
        task = progress.add_task("grading", total=len(store.submissions(names)))

        def report(row: SubmissionRow, graded: Graded | None) -> None:
            progress.advance(task)
            if graded and graded.outcome is not Outcome.GRADED and not quiet:
                name = receipt(store, row)
                whose = f"{name.applicant_id} {name.assessment}" if name.assessment else row.received_name
                line = f"{graded.outcome:<11} {whose}: {'; '.join(graded.reasons)}"
                progress.console.print(printable(line), markup=False, soft_wrap=True)

        return batch.run(names, report)


def _print_summary(summary: Summary) -> None:
    done = summary.submissions - summary.unchanged - summary.elsewhere
    shared = f", {summary.elsewhere} graded by another run" if summary.elsewhere else ""
    erased = f", {summary.erased} of them because their files were erased" if summary.erased else ""
    review = f"; of {summary.review} a part of the points waits for a person" if summary.review else ""
    console.print(
        f"{done} graded now in {summary.wall_seconds:.1f} s: {summary.graded} without remarks, "
        f"{summary.flagged} flagged, {summary.failed} not gradable, {summary.unavailable} unavailable; "
        f"{summary.unchanged} unchanged{erased}{shared}{review}",
        soft_wrap=True,
    )


@app.command("doctor")
def doctor_command(
    workspace: WorkspaceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Say what this machine offers for grading, what is missing, and what to do about it."""
    try:
        place: Workspace | None = find_workspace(workspace)
    except WorkspaceError:
        place = None
    checks = list(examine(place.engine if place else Engine(), place.database_url if place else None))
    if as_json:
        print(json.dumps([check.model_dump() for check in checks]))
    else:
        for check in checks:
            mark = "ok  " if check.holds else ("FAIL" if check.needed else "none")
            console.print(f"{mark} {check.name}: {check.found}", markup=False, soft_wrap=True)
            if check.remedy:
                console.print(f"     {check.remedy}", style="dim", markup=False, soft_wrap=True)
    if not all(check.holds for check in checks if check.needed):
        raise typer.Exit(1)
