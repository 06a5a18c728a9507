"""The command `talentpool`: the applicant's commands, and whatever the grader's side adds where it is installed."""

import sys
from importlib.metadata import PackageNotFoundError, distribution
from typing import Annotated

import typer
from typer.main import get_group

from assessments import __version__
from assessments.console import make_console, printable
from assessments.errors import TalentpoolError
from assessments.lazy import Command, LazyGroup

APPLICANTS = {
    "apply": Command("assessments.commands", "Apply to the talent pool: fill in your application and pack it."),
    "take": Command("assessments.commands", "Open an assessment that was sent to you."),
    "learn": Command("assessments.commands", "Open a module that was sent to you."),
    "submit": Command("assessments.commands", "Pack what you answered into one file to send back."),
}
GRADERS = "talentpool-grader"
"""The distribution of the grader's side."""

app = typer.Typer(
    name="talentpool",
    cls=LazyGroup,
    help="Onboarding and assessment kit for AI trainers, in Jupyter.",
    no_args_is_help=True,
    add_completion=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        make_console().print(f"talentpool {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Onboarding and assessment kit for AI trainers, in Jupyter."""


def commands() -> dict[str, Command]:
    """The applicant's commands and those of the grader's side, where it is installed."""
    try:
        # of this distribution alone: looking through all that are installed takes longer than most commands
        added = distribution(GRADERS).entry_points.select(group="talentpool.commands")
    except PackageNotFoundError:
        return APPLICANTS
    whole = dict(APPLICANTS)
    for entry in added:
        # a command of the same name replaces the applicant's: it can do more where the workspace is
        whole |= entry.load()
    return whole


def main() -> None:
    """Run the command; a mistake of the user's ends in one line and an exit code."""
    group = get_group(app)
    assert isinstance(group, LazyGroup)
    group.add(commands())
    try:
        group()
    except TalentpoolError as error:
        stderr = make_console(stderr=True)
        stderr.print("error:", style="bold red", end=" ")
        stderr.print(printable(error.message), markup=False, soft_wrap=True)
        if error.tip:
            stderr.print("  tip:", style="bold", end=" ")
            stderr.print(printable(error.tip), markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
