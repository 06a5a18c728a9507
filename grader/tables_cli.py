"""The commands that show or export tables: scores, the catalogue, problems that applicants reported."""

from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console
from assessments.errors import UsageError
from grader.bank import read_bank
from grader.coverage import coverage
from grader.errors import WorkspaceError
from grader.export import FORMATS, write_table
from grader.options import WorkspaceOption, open_store
from grader.reports import report_table
from grader.scores import SKILL_PREFIX, item_table, score_table
from grader.workspace import find_workspace, starter_banks

app = typer.Typer()
console = make_console()


@app.command("scores")
def scores_command(
    assessment: Annotated[str | None, typer.Option(help="Only this assessment.")] = None,
    by: Annotated[str, typer.Option(help="'assessment': a row per applicant and assessment; 'item': per response.")] = (
        "assessment"
    ),
    kind: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Show or export the scores."""
    tables = {"assessment": score_table, "item": item_table}
    if by not in tables:
        raise UsageError(f"unknown row {by!r}; allowed: {', '.join(tables)}")
    place = find_workspace(workspace)
    if assessment:
        place.bank(assessment)
    table = tables[by](open_store(place), assessment)
    if kind == "table" and not assessment:
        # skills differ from one assessment to the next: together they are too many columns for a terminal
        table = table[[name for name in table.columns if not str(name).startswith(SKILL_PREFIX)]]
    write_table(table, kind, output, console)


@app.command("catalogue")
def catalogue_command(
    kind: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """List every kind of work with what assesses it and how it is scored; outside a workspace, of what ships."""
    try:
        place = find_workspace(workspace)
        banks = [place.bank(name) for name in place.assessments()]
    except WorkspaceError:
        if workspace:
            raise
        banks = [read_bank(path) for path in starter_banks()]
    write_table(coverage(banks), kind, output, console)


@app.command("reports")
def reports_command(
    assessment: Annotated[str | None, typer.Option(help="Only this assessment.")] = None,
    kind: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """List the problems that applicants reported about items, the newest first."""
    place = find_workspace(workspace)
    if assessment:
        place.bank(assessment)
    write_table(report_table(open_store(place), assessment), kind, output, console)
