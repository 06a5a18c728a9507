"""The commands that issue assessments by the policy: to other machines, and to take on this one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessments.archive import write_missing
from assessments.commands import ViewOption, take_bundle
from assessments.console import make_console, shown
from assessments.errors import UsageError
from assessments.taking import View, server
from grader.handout import applicant_folder, write_bundle
from grader.intake_cli import show_receipt
from grader.options import WorkspaceOption, open_store
from grader.receiving import serve_and_receive
from grader.workspace import find_workspace
from onboarding.starting import open_attempt

app = typer.Typer()
console = make_console()

ApplicantOption = Annotated[str, typer.Option(help="The applicant's id.")]
AssessmentArgument = Annotated[str, typer.Argument(help="The assessment.")]


@app.command("issue")
def issue_command(
    assessment: AssessmentArgument,
    applicant: ApplicantOption,
    output: Annotated[Path | None, typer.Option(help="Folder for the bundle; default: bundles/.")] = None,
    as_folder: Annotated[bool, typer.Option("--folder", help="Write a folder instead of a zip.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Issue an assessment to an applicant on another machine: the clock starts now."""
    place = find_workspace(workspace)
    packet, bundle = open_attempt(place, open_store(place), assessment, applicant, now=datetime.now(UTC))
    if as_folder:
        name = f"{assessment}-{applicant}-attempt{packet.attempt}"
        path = (output or place.bundles) / name
        write_missing(path, bundle)
    else:
        path = write_bundle(place, packet, bundle, output)
    console.print(f"wrote {shown(path)}", markup=False, soft_wrap=True)
    console.print(
        f"issued {packet.issued_at:%Y-%m-%d %H:%M} UTC, to be handed in by {packet.due_at:%Y-%m-%d %H:%M} UTC"
    )


@app.command("take")
def take_command(
    assessment: Annotated[str, typer.Argument(help="The assessment, or a bundle that you were sent.")],
    applicant: Annotated[str | None, typer.Option(help="The applicant's id.")] = None,
    view: ViewOption = View.LAB,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    workspace: WorkspaceOption = None,
) -> None:
    """Take an assessment on this machine: issue it if need be, and open it; what is handed in is taken in."""
    if applicant is None:
        if not Path(assessment).exists():
            raise UsageError(
                f"{assessment} is no bundle, and no applicant is named", tip="Add --applicant ID, or name a bundle."
            )
        take_bundle(Path(assessment), view, browser=browser)
        return
    place = find_workspace(workspace)
    store = open_store(place)
    packet, bundle = open_attempt(place, store, assessment, applicant, now=datetime.now(UTC))
    folder = applicant_folder(place, packet)
    write_missing(folder, bundle)
    serves = server(folder, view, browser=browser)
    raise typer.Exit(serve_and_receive(place, store, packet, folder, serves, show_receipt))
