"""The author's commands: building assessments, looking at them, releasing them."""

import os
from typing import Annotated

import typer

from assessments.console import make_console
from assessments.taking import View, become, server
from grader.builder import build
from grader.options import AssessmentArguments, UnsafeOption, WorkspaceOption, chosen, open_store
from grader.practice import require_graded
from grader.preview import preview_folder
from grader.release import gate, release
from grader.workspace import find_workspace

app = typer.Typer()
console = make_console()


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
