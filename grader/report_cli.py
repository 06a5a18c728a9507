"""The commands that show results as pages: the HTML report, and the admin's notebook."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console
from grader.admin import open_admin
from grader.options import WorkspaceOption, open_store
from grader.report import write_report
from grader.workspace import find_workspace

app = typer.Typer()
console = make_console()


@app.command("report")
def report_command(
    output: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("report.html"),
    workspace: WorkspaceOption = None,
) -> None:
    """Write an HTML report with score distributions."""
    write_report(open_store(find_workspace(workspace)), output, now=datetime.now(UTC))
    console.print(f"wrote {output}", markup=False)


@app.command("admin")
def admin_command(
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True, workspace: WorkspaceOption = None
) -> None:
    """Open the admin's notebook in JupyterLab."""
    open_admin(find_workspace(workspace), browser=browser)
