"""What commands share: their options, and the store of a workspace; light to import."""

from pathlib import Path
from typing import Annotated

import typer

from grader.store import Store, migrate
from grader.workspace import Workspace

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
