"""The admin's commands about applicants: registering them, and more time for those who need it."""

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console, printable
from assessments.errors import BundleError, UsageError
from grader.accommodations import accommodate, accommodations, take_back
from grader.options import WorkspaceOption, open_store
from grader.workspace import find_workspace
from onboarding import applicants as roster
from onboarding.applying.receiving import Received, receive
from onboarding.journey.following import follow_application
from onboarding.privacy.erased import erased_ids
from onboarding.privacy.pseudonyms import is_pseudonym

app = typer.Typer()
applicants_app = typer.Typer(no_args_is_help=True, help="Register applicants.")
app.add_typer(applicants_app, name="applicants")
console = make_console()


@applicants_app.command("add")
def add_command(
    applicant: Annotated[str, typer.Argument(help="A new id: letters, digits, - and _.")],
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Register one applicant."""
    roster.register(open_store(find_workspace(workspace)), applicant, name, now=datetime.now(UTC))
    console.print(f"registered {applicant}", markup=False)


@applicants_app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="A CSV file with id and name, or with applications.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Register everybody in a CSV file; those who are registered already stay as they are."""
    new = roster.import_csv(open_store(find_workspace(workspace)), file, now=datetime.now(UTC))
    console.print(f"registered {len(new)} new applicants")


@applicants_app.command("receive")
def receive_command(
    files: Annotated[list[Path], typer.Argument(help="What applicants packed: application-….zip.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Take in applications; one that cannot be taken in stops none of the others."""
    place = find_workspace(workspace)
    store, refused = open_store(place), 0
    taken: list[str] = []
    for file in files:
        try:
            received = receive(place, store, file, now=datetime.now(UTC))
        except (UsageError, BundleError) as error:
            refused += 1
            console.print(printable(f"{file.name}: {error.message}. {error.tip}".strip()), markup=False, soft_wrap=True)
            continue
        taken.append(received.applicant_id)
        _show_received(file, received)
    follow_application(place, store, taken, now=datetime.now(UTC))
    if refused:
        raise UsageError(f"{refused} of {len(files)} files were not taken in")


def _show_received(file: Path, received: Received) -> None:
    what = "new applicant" if received.is_new else "known applicant, what changed was taken over:"
    console.print(printable(f"{file.name}: {what} {received.applicant_id}"), markup=False, soft_wrap=True)
    if received.cv_problem:
        console.print(printable(f"  kept without the CV: {received.cv_problem}"), markup=False, soft_wrap=True)


@applicants_app.command("list")
def list_command(workspace: WorkspaceOption = None) -> None:
    """List all applicants, with the accommodations that are in force; whoever was erased is none any more."""
    store = open_store(find_workspace(workspace))
    more, erased = accommodations(store), erased_ids(store)
    for row in store.applicants():
        if row.id in erased:
            continue
        granted = more.get(row.id)
        note = f"  {granted}: {granted.reason} ({granted.granted_by}, {granted.granted_at:%Y-%m-%d})" if granted else ""
        console.print(printable(f"{row.id}  {row.name}{note}"), markup=False, soft_wrap=True)
    if pseudonyms := sum(map(is_pseudonym, erased)):
        console.print(f"not listed: {pseudonyms} pseudonyms, under which stays what is kept of people who were erased")


@applicants_app.command("accommodate")
def accommodate_command(
    applicant: Annotated[str, typer.Argument(help="The applicant's id.")],
    factor: Annotated[float, typer.Option(help="The usual time times this, rounded up to whole minutes.")] = 1.0,
    extra_minutes: Annotated[int, typer.Option(help="So many minutes more.")] = 0,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    by: Annotated[str, typer.Option(help="Who grants it; default: whoever is logged in.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="From now on the usual time.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Grant an applicant more time for whatever is issued from now on."""
    store, now, who = open_store(find_workspace(workspace)), datetime.now(UTC), by or _login()
    if remove:
        take_back(store, applicant, by=who, now=now)
        console.print(f"{applicant} has the usual time from the next assessment on that is issued", markup=False)
        return
    granted = accommodate(store, applicant, factor=factor, extra_minutes=extra_minutes, reason=reason, by=who, now=now)
    console.print(f"{applicant}: {granted}, from the next assessment on that is issued", markup=False)


def _login() -> str:
    """The name of whoever is logged in, if the machine knows it."""
    try:
        return getuser()
    except (KeyError, OSError):
        return "unknown"
