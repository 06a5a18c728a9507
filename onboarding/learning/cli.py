"""The command to go through a module."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from assessments.archive import write_archive
from assessments.commands import ViewOption, open_module_bundle
from assessments.console import make_console, printable, shown
from assessments.errors import TalentpoolError, UsageError
from assessments.learning.opening import module_server
from assessments.taking import View, become
from grader.errors import WorkspaceError
from grader.options import WorkspaceOption, open_store
from grader.receiving import serve_and_look
from grader.store import Store
from grader.workspace import Workspace, find_workspace
from onboarding.journey.following import follow
from onboarding.learning.handing import Finished, issued, lay_out, module_files, receive
from onboarding.learning.modules import WrittenModule, find_module
from onboarding.learning.titles import module_names

app = typer.Typer()
console = make_console()


@app.command("learn")
def learn_command(
    module: Annotated[str, typer.Argument(help="The module, or a module that you were sent.")],
    applicant: Annotated[str | None, typer.Option(help="Whose it is; without, nothing is recorded.")] = None,
    view: ViewOption = View.LAB,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    bundle: Annotated[bool, typer.Option("--bundle", help="Write a bundle to be sent, instead of opening it.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Go through an onboarding module: read, practise, go on when the answer is right."""
    if module not in module_names() and Path(module).exists():
        open_module_bundle(Path(module), view, browser=browser)
        return
    written = find_module(module)
    if applicant is None and bundle:
        raise UsageError("a bundle is for somebody", tip="Add --applicant ID.")
    if applicant is None:
        folder = lay_out(written.issued(), _own_folder(workspace) / "learning" / module)
        _announce(written, folder)
        become(module_server(folder, view, browser=browser))
    place = find_workspace(workspace)
    store = open_store(place)
    store.require_applicant(applicant)
    if bundle:
        _write_bundle(place, written, applicant)
        return
    folder = lay_out(issued(written, applicant, place.secret), place.applicants / applicant / f"module-{module}")
    _announce(written, folder)
    serves = module_server(folder, view, browser=browser)
    raise typer.Exit(serve_and_look(serves, partial(_look, place, store, folder), _complain))


def _own_folder(workspace: Path | None) -> Path:
    """Where somebody without an id learns: in the workspace, or here."""
    try:
        return find_workspace(workspace).root
    except WorkspaceError:
        if workspace:
            raise
        return Path.cwd()


def _announce(module: WrittenModule, folder: Path) -> None:
    """How long it takes, before it begins."""
    console.print(f"{module.head.title}: {module.issued().size}", markup=False, soft_wrap=True)
    console.print(f"it lies in {shown(folder)}", markup=False, soft_wrap=True)


def _write_bundle(place: Workspace, module: WrittenModule, applicant: str) -> None:
    path = place.bundles / f"module-{module.name}-{applicant}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_archive(path, module_files(issued(module, applicant, place.secret)))
    console.print(f"wrote {shown(path)}", markup=False, soft_wrap=True)


def _look(place: Workspace, store: Store, folder: Path) -> str:
    """Take in what was finished, if anything was; returns why that did not work."""
    try:
        if done := receive(store, place.secret, folder, now=datetime.now(UTC)):
            tell(done)
            follow(place, store, [done.applicant_id], now=datetime.now(UTC))
    except (TalentpoolError, OSError) as error:
        return f"finished, but not taken in yet: {error}"
    return ""


def _complain(trouble: str) -> None:
    console.print(printable(trouble), markup=False, soft_wrap=True)


def tell(done: Finished) -> None:
    """Say who has finished what."""
    known = "" if done.new else ", as it has before"
    console.print(printable(f"{done.applicant_id} has finished {done.module}{known}"), markup=False, soft_wrap=True)
