"""Options that commands of several packages share."""

from typing import Annotated

import typer

ApplicantArgument = Annotated[str, typer.Argument(help="The applicant's id.")]
ProjectsOption = Annotated[
    list[str] | None,
    typer.Option("--project", help="Qualify an admitted applicant for this project, whatever the rule found."),
]
