"""The command `talentpool`: the applicant's commands, and whatever the grader's side adds where it is installed."""

import sys
from copy import copy
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

from assessments import __version__
from assessments.applying.opening import application_server
from assessments.console import make_console, printable
from assessments.errors import TalentpoolError
from assessments.handin import find_folder, pack_and_lock, unpack_bundle
from assessments.learning.module import read_module
from assessments.learning.opening import module_server, unpack_module
from assessments.taking import View, become, server

app = typer.Typer(
    name="talentpool",
    help="Onboarding and assessment kit for AI trainers, in Jupyter.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
console = make_console()

ViewOption = Annotated[View, typer.Option(help="lab: a notebook in JupyterLab; app: a page without any code.")]


def _show_version(wanted: bool) -> None:
    if wanted:
        console.print(f"talentpool {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Onboarding and assessment kit for AI trainers, in Jupyter."""


@app.command()
def apply(
    folder: Annotated[Path, typer.Argument(help="Where your application is kept; created if need be.")] = Path(
        "application"
    ),
    view: ViewOption = View.LAB,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Apply to the talent pool: fill in your application and pack it."""
    become(application_server(folder, view, browser=browser))


@app.command()
def take(
    bundle: Annotated[Path, typer.Argument(help="The bundle you were sent: a zip file or an unpacked folder.")],
    view: ViewOption = View.LAB,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Open an assessment that was sent to you."""
    take_bundle(bundle, view, browser=browser)


def take_bundle(bundle: Path, view: View, *, browser: bool) -> None:
    """Unpack a bundle into the current folder and serve it."""
    become(server(unpack_bundle(bundle, Path.cwd()), view, browser=browser))


@app.command()
def learn(
    bundle: Annotated[Path, typer.Argument(help="The module you were sent: a zip file or an unpacked folder.")],
    view: ViewOption = View.LAB,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Open a module that was sent to you."""
    open_module_bundle(bundle, view, browser=browser)


def open_module_bundle(bundle: Path, view: View, *, browser: bool) -> None:
    """Unpack a module into the current folder, say how long it takes, and serve it."""
    folder = unpack_module(bundle, Path.cwd())
    module = read_module(folder)
    console.print(f"{module.title}: {module.size}", markup=False, soft_wrap=True)
    become(module_server(folder, view, browser=browser))


@app.command()
def submit(
    assessment: Annotated[str, typer.Argument(help="The assessment, as named in your invitation.")],
    applicant: Annotated[str, typer.Option(help="Your applicant id.")],
) -> None:
    """Pack what you answered into one file to send back."""
    submit_folder(find_folder(Path.cwd(), assessment, applicant))


def submit_folder(folder: Path) -> None:
    """Pack a folder beside itself and say what to do with the file."""
    packed = pack_and_lock(folder, Path.cwd())
    console.print(f"Packed {packed.path.name}", style="bold", markup=False)
    console.print(f"  sha256  {packed.sha256}\n  time    {packed.packed_at:%Y-%m-%d %H:%M:%S} UTC")
    console.print("Send this file back as your invitation says. The receipt that counts comes from there.")


def whole_app() -> typer.Typer:
    """The applicant's commands and those of the grader's side, where it is installed."""
    whole = copy(app)
    whole.registered_commands = [*app.registered_commands]
    whole.registered_groups = [*app.registered_groups]
    for entry in sorted(entry_points(group="talentpool.commands"), key=lambda entry: entry.name):
        added = entry.load()
        # a command of the same name replaces the applicant's: it can do more where the workspace is
        whole.registered_commands += added.registered_commands
        whole.registered_groups += added.registered_groups
    return whole


def main() -> None:
    """Run the command; a mistake of the user's ends in one line and an exit code."""
    try:
        whole_app()()
    except TalentpoolError as error:
        stderr = make_console(stderr=True)
        stderr.print("error:", style="bold red", end=" ")
        stderr.print(printable(error.message), markup=False, soft_wrap=True)
        if error.tip:
            stderr.print("  tip:", style="bold", end=" ")
            stderr.print(printable(error.tip), markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
