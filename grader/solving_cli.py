"""The command to solve a bank's items again, by a second person."""

from textwrap import indent
from typing import Annotated

import typer

from assessments.console import make_console, printable, shown
from grader.options import WorkspaceOption
from grader.sandbox import Sandbox
from grader.solving import Solved, compare, lay_out
from grader.workspace import find_workspace

app = typer.Typer()
console = make_console()


@app.command("solve")
def solve_command(
    assessment: Annotated[str, typer.Argument(help="The assessment.")],
    compared: Annotated[bool, typer.Option("--compare", help="List where the answers and the keys disagree.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Have a second person solve every item of a bank without its key, and compare."""
    place = find_workspace(workspace)
    bank, places = place.bank(assessment), place.root / "solving"
    if compared:
        with Sandbox(place.engine) as sandbox:
            _show_differences(compare(bank, places, sandbox))
        return
    for folder in lay_out(bank, place.source / assessment, places):
        console.print(f"talentpool take {shown(folder)}", markup=False, soft_wrap=True)
    console.print(f"then: talentpool solve {assessment} --compare", markup=False)


def _show_differences(solved: list[Solved]) -> None:
    """What was answered otherwise, or remarked on; and how many items agree."""
    for each in solved:
        if not each.agrees or each.remark:
            console.print(each.item_id, style="bold", markup=False)
            lines = (f"answered: {each.answered}" if each.answered else "", each.explanation, each.remark)
            for line in filter(None, lines):
                console.print(indent(printable(line), "  "), markup=False, soft_wrap=True)
    agree = sum(each.agrees for each in solved)
    console.print(f"{agree} of {len(solved)} items agree with their keys", style="bold", markup=False)
