"""The command to practise with."""

from pathlib import Path
from typing import Annotated

import typer

from assessments.archive import read_files, write_archive
from assessments.commands import ViewOption
from assessments.console import make_console, shown
from assessments.errors import UsageError
from assessments.taking import View, become, server
from grader.bank import Bank, read_bank
from grader.errors import WorkspaceError
from grader.options import WorkspaceOption
from grader.practice import practice_folder
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
