"""The commands that create a workspace: an empty one, one with the starter assessments, one with simulated people."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console, shown
from grader.course import authoring
from grader.store import migrate
from grader.workspace import Workspace, create_workspace
from onboarding.demo.story import tell
from onboarding.policy import POLICY_FILE

app = typer.Typer()
console = make_console()


@app.command("init")
def init_command(
    folder: Annotated[Path, typer.Argument(help="The folder to create.")],
    starter: Annotated[bool, typer.Option(help="Bring the starter assessments.")] = True,
) -> None:
    """Create a workspace."""
    workspace = new_workspace(folder, starter=starter)
    console.print(f"created {shown(workspace.root)}", markup=False, soft_wrap=True)
    if starter:
        console.print("its starter assessments are public: put your own beside them, or remove them, in source/")
    console.print("next: talentpool release ASSESSMENT, talentpool applicants add ID, talentpool take or issue")


def new_workspace(folder: Path, *, starter: bool) -> Workspace:
    """A workspace with its database; the starter policy comes with the starter banks that it names."""
    workspace = create_workspace(folder, starter=starter)
    if starter:
        policy = files("onboarding").joinpath("starter", POLICY_FILE).read_bytes()
        (workspace.root / POLICY_FILE).write_bytes(policy)
    authoring.create_gradebook(workspace)
    migrate(workspace.database_url)
    return workspace


@app.command("demo")
def demo_command(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help="A folder for the demo.")] = Path("demo"),
) -> None:
    """Run the whole way once on simulated applicants."""
    tell(workspace)
