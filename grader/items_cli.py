"""The commands about items: practising with them, solving them again, and what applicants reported about them."""

from pathlib import Path
from textwrap import indent
from typing import Annotated

import typer

from assessments.archive import read_files, write_archive
from assessments.cli import ViewOption
from assessments.console import make_console, printable, shown
from assessments.errors import UsageError
from assessments.taking import View, become, server
from grader.bank import Bank, read_bank
from grader.cli import WorkspaceOption, open_store
from grader.errors import WorkspaceError
from grader.export import FORMATS, write_table
from grader.practice import practice_folder
from grader.reports import report_table
from grader.sandbox import Sandbox
from grader.solving import Solved, compare, lay_out
from grader.workspace import find_workspace, starter_banks

app = typer.Typer()
console = make_console()


@app.command("practice")
def practice_command(
    assessment: Annotated[str, typer.Argument(help="The practice assessment.")] = "practice",
    view: ViewOption = View.LAB,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    bundle: Annotated[bool, typer.Option("--bundle", help="Write a bundle to be sent, instead of opening it.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Practise: every question has an explanation, and nothing is recorded or graded."""
    bank, source, root = _practice_bank(assessment, workspace)
    folder = practice_folder(bank, source, root / "practice")
    if bundle:
        path = folder.with_suffix(".zip")
        write_archive(path, read_files(folder))
        console.print(f"wrote {shown(path)}", markup=False, soft_wrap=True)
        return
    console.print(f"practice lies in {shown(folder)}", markup=False, soft_wrap=True)
    become(server(folder, view, browser=browser))


def _practice_bank(assessment: str, workspace: Path | None) -> tuple[Bank, Path, Path]:
    """A bank, what lies beside its notebook, and the folder for practice; outside a workspace, of what ships."""
    try:
        place = find_workspace(workspace)
        return place.bank(assessment), place.source / assessment, place.root
    except WorkspaceError:
        if workspace:
            raise
    paths = {path.stem: path for path in starter_banks()}
    if assessment not in paths:
        raise UsageError(f"unknown assessment {assessment!r}; what ships has: {', '.join(paths)}")
    return read_bank(paths[assessment]), paths[assessment].with_suffix(""), Path.cwd()


@app.command("solve")
def solve_command(
    assessment: Annotated[str, typer.Argument(help="The assessment.")],
    compared: Annotated[bool, typer.Option("--compare", help="List where the answers and the keys disagree.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Have a second person solve every item of a bank without its key, and compare."""
    place = find_workspace(workspace)
    bank, places = place.bank(assessment), place.root / "solving"
    if compared:
        with Sandbox(place.engine) as sandbox:
            _show_differences(compare(bank, places, sandbox))
        return
    for folder in lay_out(bank, place.source / assessment, places):
        console.print(f"talentpool take {shown(folder)}", markup=False, soft_wrap=True)
    console.print(f"then: talentpool solve {assessment} --compare", markup=False)


def _show_differences(solved: list[Solved]) -> None:
    """What was answered otherwise, or remarked on; and how many items agree."""
    for each in solved:
        if not each.agrees or each.remark:
            console.print(each.item_id, style="bold", markup=False)
            lines = (f"answered: {each.answered}" if each.answered else "", each.explanation, each.remark)
            for line in filter(None, lines):
                console.print(indent(printable(line), "  "), markup=False, soft_wrap=True)
    agree = sum(each.agrees for each in solved)
    console.print(f"{agree} of {len(solved)} items agree with their keys", style="bold", markup=False)


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
