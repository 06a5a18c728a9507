"""The grader's and author's commands."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessments.cli import submit_folder
from assessments.console import make_console, printable
from assessments.errors import UsageError
from assessments.handin import find_folder, submission_files
from assessments.taking import View, become, server
from grader.admin import open_admin
from grader.bank import read_bank
from grader.builder import build
from grader.coverage import coverage
from grader.errors import WorkspaceError
from grader.export import FORMATS, write_table
from grader.handout import applicant_folder
from grader.intake import Receipt, open_path, take_in
from grader.practice import require_graded
from grader.preview import preview_folder
from grader.receiving import receive
from grader.release import gate, release
from grader.report import write_report
from grader.scores import SKILL_PREFIX, item_table, score_table
from grader.store import Store, migrate
from grader.workspace import Workspace, find_workspace, starter_banks

app = typer.Typer()
console = make_console()

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="The workspace; default: the one around the current folder.")
]
AssessmentArguments = Annotated[list[str] | None, typer.Argument(help="Assessments; default: all.")]
UnsafeOption = Annotated[
    bool, typer.Option("--unsafe-no-sandbox", help="Run code without isolation. Recorded with the scores.")
]


def open_store(workspace: Workspace) -> Store:
    """The store of a workspace, with its tables at this version's state."""
    migrate(workspace.database_url)
    return Store(workspace.database_url)


def chosen(workspace: Workspace, assessments: list[str] | None) -> list[str]:
    """The named assessments, which must exist, or all of them."""
    return [workspace.bank(name).assessment for name in assessments or workspace.assessments()]


@app.command("build")
def build_command(assessments: AssessmentArguments = None, workspace: WorkspaceOption = None) -> None:
    """Build the nbgrader instructor notebooks from the banks."""
    place = find_workspace(workspace)
    for name in chosen(place, assessments):
        path = build(place.bank(name), place.source)
        console.print(f"built {path.relative_to(place.root)}", markup=False)


@app.command("preview")
def preview_command(
    assessment: Annotated[str, typer.Argument(help="The assessment.")],
    number: Annotated[int, typer.Option("--draw", help="Another number draws other items.")] = 1,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    workspace: WorkspaceOption = None,
) -> None:
    """Look at an assessment as applicants see it, and with one click at its keys; nothing is issued."""
    place = find_workspace(workspace)
    folder = preview_folder(place, place.bank(assessment), number)
    os.environ["TALENTPOOL_WORKSPACE"] = str(place.root)
    become(server(folder, View.LAB, browser=browser))


@app.command("gate")
def gate_command(
    assessments: AssessmentArguments = None, workspace: WorkspaceOption = None, unsafe_no_sandbox: UnsafeOption = False
) -> None:
    """Check what must hold before a release."""
    place = find_workspace(workspace)
    holds = True
    for name in chosen(place, assessments):
        console.print(name, style="bold", markup=False)
        for finding in gate(place, place.bank(name), isolated=not unsafe_no_sandbox):
            console.print(f"  {'ok  ' if finding.holds else 'FAIL'} {finding.text}", markup=False, soft_wrap=True)
            holds = holds and finding.holds
    if not holds:
        raise typer.Exit(2)


@app.command("release")
def release_command(
    assessments: AssessmentArguments = None, workspace: WorkspaceOption = None, unsafe_no_sandbox: UnsafeOption = False
) -> None:
    """Release assessments that pass the gate, through nbgrader; those for practice are left out."""
    place = find_workspace(workspace)
    store = open_store(place)
    for name in chosen(place, assessments):
        bank = place.bank(name)
        if bank.blueprint.practice and not assessments:
            continue
        require_graded(bank)
        path = release(place, store, bank, gate(place, bank, isolated=not unsafe_no_sandbox))
        console.print(f"released {path.relative_to(place.root)}", markup=False)
        if bank.blueprint.public:
            console.print("  its questions and keys are public: applicants may know them", markup=False)


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
