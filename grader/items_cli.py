"""The commands about items: what applicants reported about them."""

from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console
from grader.cli import WorkspaceOption, open_store
from grader.export import FORMATS, write_table
from grader.reports import report_table
from grader.workspace import find_workspace

app = typer.Typer()
console = make_console()

FormatOption = Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")]
OutputOption = Annotated[Path | None, typer.Option(help="Write to this file.")]


@app.command("reports")
def reports_command(
    assessment: Annotated[str | None, typer.Option(help="Only this assessment.")] = None,
    kind: FormatOption = "table",
    output: OutputOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """List the problems that applicants reported about items, the newest first."""
    place = find_workspace(workspace)
    if assessment:
        place.bank(assessment)
    write_table(report_table(open_store(place), assessment), kind, output, console)
