"""The commands about all modules: listing them, taking in what came back, and how first answers turned out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assessments.console import make_console
from assessments.errors import UsageError
from grader.export import FORMATS, write_table
from grader.options import WorkspaceOption, open_store
from grader.workspace import find_workspace
from onboarding.journey.following import follow
from onboarding.learning.answers import first_answers
from onboarding.learning.cli import tell
from onboarding.learning.handing import take_in
from onboarding.learning.modules import find_module
from onboarding.learning.titles import module_names

app = typer.Typer()
modules_app = typer.Typer(no_args_is_help=True, help="Onboarding modules: list them, take in what came back.")
app.add_typer(modules_app, name="modules")
console = make_console()


@modules_app.command("list")
def list_command() -> None:
    """List all modules with the time each takes."""
    table = Table("module", "title", "minutes", "exercises", header_style="bold")
    for name in module_names():
        module = find_module(name)
        table.add_row(name, module.head.title, str(module.minutes), str(len(module.bank.items)))
    console.print(table)


@modules_app.command("receive")
def receive_command(
    files: Annotated[list[Path], typer.Argument(help="Files that the pages of modules packed.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Take in finished modules that were sent back."""
    place = find_workspace(workspace)
    store = open_store(place)
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from None
        done = take_in(store, place.secret, content, path.name, now=datetime.now(UTC))
        tell(done)
        follow(place, store, [done.applicant_id], now=datetime.now(UTC))


@modules_app.command("answers")
def answers_command(
    kind: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Per exercise, the share of people whose first answer was right; for improving modules, never scored."""
    write_table(first_answers(open_store(find_workspace(workspace))), kind, output, console)
