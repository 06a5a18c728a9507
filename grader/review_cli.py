"""The commands for reading submissions: formgrader and feedback."""

from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console, printable
from grader.folder import find_course

app = typer.Typer()
console = make_console()

CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", help="The workspace or nbgrader course; default: the one around the current folder."
    ),
]


@app.command("formgrader")
def formgrader_command(
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    port: Annotated[int, typer.Option(help="The first port to try; 0 for any.", min=0, max=65535)] = 8888,
    workspace: CourseOption = None,
) -> None:
    """Serve nbgrader's formgrader for this course, on this machine."""
    course = find_course(workspace)
    # a Jupyter server takes a second to import, which no other command should pay
    from grader.formgrader import serve

    serve(course, browser=browser, port=port)


@app.command("feedback")
def feedback_command(
    assessment: Annotated[str | None, typer.Argument(help="Only this assessment.")] = None,
    student: Annotated[str | None, typer.Option(help="Only this applicant, by id.")] = None,
    workspace: CourseOption = None,
) -> None:
    """Write the pages that tell applicants their scores and comments."""
    course = find_course(workspace)
    from grader.feedback import write_feedback

    written = write_feedback(course, assessment, student)
    for line in written.lines():
        console.print(printable(line), markup=False, soft_wrap=True)
    if written.problems:
        raise typer.Exit(1)
