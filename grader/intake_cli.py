"""The commands for what applicants hand in, on this machine or from others."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessments.commands import submit_folder
from assessments.console import make_console, printable
from assessments.errors import UsageError
from assessments.handin import find_folder, submission_files
from grader.errors import WorkspaceError
from grader.handout import applicant_folder
from grader.intake import Receipt, open_path, take_in
from grader.options import WorkspaceOption, open_store
from grader.receiving import receive
from grader.workspace import find_workspace

app = typer.Typer()
console = make_console()


@app.command("submit")
def submit_command(
    assessment: Annotated[str, typer.Argument(help="The assessment.")],
    applicant: Annotated[str, typer.Option(help="The applicant's id.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Hand in an assessment and print the receipt; outside a workspace, pack it to be sent back."""
    try:
        place = find_workspace(workspace)
    except WorkspaceError:
        if workspace:
            raise
        submit_folder(find_folder(Path.cwd(), assessment, applicant))
        return
    store = open_store(place)
    store.require_applicant(applicant)
    place.bank(assessment)
    packets = store.packets(applicant, assessment)
    if not packets:
        raise UsageError(f"{assessment} was never issued to {applicant}")
    packet = packets[-1]
    folder = applicant_folder(place, packet)
    if not submission_files(folder, packet):
        raise UsageError(f"nothing to hand in was found in {folder}")
    show_receipt(receive(place, store, packet, folder, now=datetime.now(UTC)))


@app.command("intake")
def intake_command(
    files: Annotated[list[Path], typer.Argument(help="Zips or folders that applicants handed in.")],
    applicant: Annotated[
        str | None, typer.Option(help="Who sent them; somebody else's packet inside is then refused.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Take in what applicants on other machines handed in."""
    place = find_workspace(workspace)
    store = open_store(place)
    if applicant:
        store.require_applicant(applicant)
    for path in files:
        show_receipt(take_in(place, store, open_path(path), now=datetime.now(UTC), sent_by=applicant))


def show_receipt(receipt: Receipt | str) -> None:
    """Print a receipt, what an applicant can hold against us, or why there is none yet."""
    if isinstance(receipt, str):
        console.print(printable(receipt), markup=False, soft_wrap=True)
        return
    whose = f"{receipt.assessment} of {receipt.applicant_id}, attempt {receipt.attempt}" if receipt.assessment else None
    console.print(f"Received {whose or 'a file that nobody can be found for; it is kept'}", style="bold", markup=False)
    console.print(f"  receipt  {receipt.submission_id}", soft_wrap=True)
    console.print(f"  time     {receipt.received_at:%Y-%m-%d %H:%M:%S} UTC")
    for note in receipt.notes:
        console.print(printable(f"  note     {note}"), markup=False, soft_wrap=True)
