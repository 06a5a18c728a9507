"""The commands about the record of decisions: whether it is whole, and taking it as it stands."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from assessments.console import make_console, printable
from grader.options import WorkspaceOption, open_store
from grader.workspace import find_workspace
from onboarding.audit import Report, accept, verify

app = typer.Typer()
audit_app = typer.Typer(no_args_is_help=True, help="Whether the record of decisions is whole.")
app.add_typer(audit_app, name="audit")
console = make_console()


@audit_app.command("verify")
def verify_command(
    noted: Annotated[str, typer.Option(help="A head that was noted earlier: it must still be in the record.")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Look through the whole record of decisions; exit code 1 if one was altered, removed, inserted or moved."""
    place = find_workspace(workspace)
    report = verify(place, open_store(place), noted=noted)
    for each in report.accepted:
        text = f"accepted as it stood on {each.at:%Y-%m-%d %H:%M} UTC by {each.by}: {each.reason}"
        console.print(printable(text), markup=False, soft_wrap=True)
    if report.erased:
        console.print(f"{report.erased} decisions hold what an erasure of personal data left of them")
    for problem in report.problems:
        console.print(printable(f"problem: {problem}"), markup=False, soft_wrap=True)
    if report.problems:
        console.print(f"the record of {report.decisions} decisions is not what it was")
        raise typer.Exit(1)
    console.print(_whole(report), soft_wrap=True)


def _whole(report: Report) -> str:
    return f"the record of {report.decisions} decisions is whole; its head, to be noted elsewhere: {report.chain[:16]}"


@audit_app.command("accept")
def accept_command(
    by: Annotated[str, typer.Option(help="Who takes it as it stands.")] = "",
    reason: Annotated[str, typer.Option(help="Why, such as: restored from the backup of Monday.")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Take the record of decisions as it stands, after looking into what `verify` found; that stays on record."""
    place = find_workspace(workspace)
    head = accept(place, open_store(place), by=by, reason=reason, now=datetime.now(UTC))
    console.print(f"{head.decisions} decisions are taken as they stand; `talentpool audit verify` will say so")
