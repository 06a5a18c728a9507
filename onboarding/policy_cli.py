"""The commands about the policy: what it means, and what a change of it would mean."""

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assessments.console import make_console, printable
from grader.options import WorkspaceOption, open_store
from grader.workspace import find_workspace
from onboarding.deciding import workspace_policy
from onboarding.decision import Verdict
from onboarding.plain_words import in_words
from onboarding.policy_problems import problems
from onboarding.simulate import Simulated, simulate, with_cut

app = typer.Typer()
policy_app = typer.Typer(no_args_is_help=True, help="What the policy means, and what a change of it would mean.")
app.add_typer(policy_app, name="policy")
console = make_console()
MOST_ROWS = 100


@policy_app.command("check")
def check_command(workspace: WorkspaceOption = None) -> None:
    """Print what the policy means, and what it hardly means; exit code 1 if there is such a problem."""
    place = find_workspace(workspace)
    policy = workspace_policy(place)
    for line in in_words(policy):
        console.print(printable(line), markup=False, soft_wrap=True)
    found = list(problems(policy, {name: place.bank(name) for name in policy.named}))
    for problem in found:
        console.print(printable(f"problem: {problem}"), markup=False, soft_wrap=True)
    if found:
        raise typer.Exit(1)
    console.print("no problems found")


@policy_app.command("simulate")
def simulate_command(
    cut: Annotated[float, typer.Option(min=0, max=1, help="The minimum score to try, 0 to 1.")],
    assessment: Annotated[str | None, typer.Option(help="Only for this assessment.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Print who would be admitted, reviewed and declined with another minimum score; nothing is recorded."""
    place = find_workspace(workspace)
    policy = workspace_policy(place)
    changed = with_cut(policy, cut, assessment)
    everybody = list(simulate(open_store(place), policy, changed, now=datetime.now(UTC)))
    console.print(f"minimum score {cut:.0%} for {assessment or 'every assessment'}; skills keep theirs", markup=False)
    console.print(_counts(everybody))
    moved = [each for each in everybody if each.now != each.then]
    if moved:
        console.print(_moved(moved))
    if len(moved) > MOST_ROWS:
        console.print(f"and {len(moved) - MOST_ROWS} more")
    decided = sum(each.by_person for each in everybody)
    stands = f"; {decided} decisions by a person stand" if decided else ""
    console.print(f"{len(moved)} of {len(everybody)} would change{stands}; nothing was recorded")


def _counts(everybody: list[Simulated]) -> Table:
    now, then = (Counter(each[column] for each in everybody) for column in (1, 2))
    table = Table("decision", "now", "then", header_style="bold")
    for verdict in (*Verdict, None):
        table.add_row(verdict or "none yet", str(now[verdict]), str(then[verdict]))
    return table


def _moved(moved: list[Simulated]) -> Table:
    table = Table("applicant", "now", "then", "first reason then", header_style="bold")
    for each in moved[:MOST_ROWS]:
        table.add_row(each.applicant_id, each.now or "none yet", each.then or "none yet", Text(printable(each.reason)))
    return table
