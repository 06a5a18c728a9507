"""The commands about decisions: making them, and what led to one."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assessments.console import make_console, printable
from assessments.errors import UsageError
from grader.options import WorkspaceOption, open_store
from grader.store import Store
from grader.workspace import Workspace, find_workspace
from onboarding.deciding import decide_by_person, decide_in_portions
from onboarding.decision import AUTOMATIC, Verdict
from onboarding.explain import explanation
from onboarding.help.pending import count_objecting
from onboarding.journey.following import follow
from onboarding.options import ApplicantArgument, ProjectsOption
from onboarding.written import Written

app = typer.Typer()
console = make_console()
MOST_SHOWN = 200
MOST_FOLLOWED = 2_000
"""About so many people ways are caught up at once; of more, deciding does not wait for it."""


@app.command("decide")
def decide_command(
    applicant: Annotated[str | None, typer.Argument(help="Only for a decision by a person.")] = None,
    outcome: Annotated[Verdict | None, typer.Option(help="What the person decided.")] = None,
    by: Annotated[str, typer.Option(help="Who decided.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    project: ProjectsOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Apply the policy to everybody, or record one person's decision about an applicant."""
    place = find_workspace(workspace)
    store, now = open_store(place), datetime.now(UTC)
    if (applicant is None) != (outcome is None):
        raise UsageError(
            "a decision by a person needs an applicant and --outcome", tip="Without both, the policy decides."
        )
    if applicant and outcome:
        decision = decide_by_person(
            place, store, applicant, outcome, by=by, reason=reason, now=now, projects=project or ()
        )
        follow(place, store, [applicant], now=now)
        console.print(printable(f"{applicant}: {outcome}, decided by {decision.decided_by}"), markup=False)
        return
    _show(_followed(place, store, now=now))
    if objecting := count_objecting(store):
        console.print(f"left out: {objecting} with an open appeal, which decides next; see talentpool help list")


def _followed(place: Workspace, store: Store, *, now: datetime) -> Iterator[Collection[Written]]:
    """The rule's new decisions, the first ones entered on the ways of those they are about."""
    followed = 0
    for portion in decide_in_portions(place, store, now=now):
        new = portion.values()
        followed += len(new)
        if followed <= MOST_FOLLOWED:
            follow(place, store, [decision.applicant_id for decision in new], now=now)
        yield new


def _show(portions: Iterator[Collection[Written]]) -> None:
    """Print the rule's new decisions, each with the reason that weighed most; of very many the first ones."""
    table = Table("applicant", "decision", "first reason", header_style="bold")
    counts: Counter[Verdict] = Counter()
    version = ""
    for decision in chain.from_iterable(portions):
        if counts.total() < MOST_SHOWN:
            table.add_row(decision.applicant_id, decision.verdict, Text(printable(decision.reason)))
        counts[decision.verdict] += 1
        version = decision.policy_version
    if not counts:
        console.print("nothing new to decide")
        return
    console.print(table)
    if counts.total() > MOST_SHOWN:
        console.print(f"and {counts.total() - MOST_SHOWN} more")
    outcomes = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict)
    console.print(f"{counts.total()} {AUTOMATIC} by policy {version}: {outcomes}")
    console.print("all reasons: talentpool explain APPLICANT")
    if counts.total() > MOST_FOLLOWED:
        console.print("not everybody's way is caught up yet; next: talentpool way update")


@app.command("explain")
def explain_command(applicant: ApplicantArgument, workspace: WorkspaceOption = None) -> None:
    """Print everything that led to a decision."""
    for line in explanation(open_store(find_workspace(workspace)), applicant).splitlines():
        console.print(printable(line), markup=False, soft_wrap=True)
