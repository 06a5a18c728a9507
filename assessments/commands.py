"""The applicant's commands."""

from pathlib import Path
from typing import Annotated

import typer

from assessments.applying.opening import application_server
from assessments.console import make_console
from assessments.handin import find_folder, pack_and_lock, unpack_bundle
from assessments.learning.module import read_module
from assessments.learning.opening import module_server, unpack_module
from assessments.taking import View, become, server

app = typer.Typer()
console = make_console()

ViewOption = Annotated[View, typer.Option(help="lab: a notebook in JupyterLab; app: a page without any code.")]


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
