"""The commands of people's ways: where somebody stands, and what no table says."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessments.console import make_console, printable, shown
from assessments.errors import UsageError
from assessments.notebook import form_notebook
from grader.options import WorkspaceOption, open_store
from grader.store import Store
from grader.workspace import find_workspace
from onboarding import records
from onboarding.help.records import tickets
from onboarding.journey import events
from onboarding.journey.catching_up import catch_up, catch_up_all, change
from onboarding.journey.journal import history
from onboarding.journey.rules import rules
from onboarding.journey.states import AskForDecision
from onboarding.journey.status import Status, in_words, status
from onboarding.journey.usual import usual
from onboarding.options import ApplicantArgument
from onboarding.policy import read_policy
from onboarding.requirements import Policy

app = typer.Typer()
way_app = typer.Typer(help="People's ways from application to pool.")
app.add_typer(way_app, name="way")
console = make_console()

ByOption = Annotated[str, typer.Option(help="Who says so.")]


@app.command("status")
def status_command(
    applicant: ApplicantArgument,
    notebook: Annotated[Path | None, typer.Option(help="Write it as a notebook for the applicant.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Where somebody stands: what is done, what comes next, who has to do it, results with reasons."""
    place = find_workspace(workspace)
    found = status_of(open_store(place), read_policy(place.root), applicant, now=datetime.now(UTC))
    if notebook:
        _write(notebook, json.dumps(form_notebook(in_words(found), {}, {}), indent=1) + "\n")
        console.print(f"wrote {shown(notebook)}", markup=False, soft_wrap=True)
    elif as_json:
        print(found.model_dump_json(indent=1))
    else:
        for line in in_words(found).splitlines():
            console.print(printable(line), markup=False, soft_wrap=True)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None


def status_of(store: Store, policy: Policy, applicant_id: str, *, now: datetime) -> Status:
    """Where somebody stands now; UsageError if there is no such applicant."""
    catch_up(store, policy, applicant_id, now=now)
    entries = history(store, applicant_id)
    if not entries:
        raise UsageError(f"{applicant_id} was erased: nothing is kept of where they stood")
    decisions = records.history(store, applicant_id)
    asked = tickets(store, applicant_id=applicant_id)
    lasts = usual(store, entries[-1].journey.state)
    return status(entries, rules(policy), decisions[-1] if decisions else None, asked, lasts, now=now)


@way_app.command("update")
def update_command(workspace: WorkspaceOption = None) -> None:
    """Enter what happened to everybody, write the notices, and end what has expired; run it as often as you like."""
    place = find_workspace(workspace)
    count, people, waiting = 0, 0, 0
    for entered in catch_up_all(open_store(place), read_policy(place.root), now=datetime.now(UTC)):
        count += len(entered)
        people += len({entry.applicant_id for entry in entered})
        waiting += sum(AskForDecision() in entry.actions for entry in entered)
    console.print(f"{count} events entered for {'1 person' if people == 1 else f'{people} people'}")
    if waiting:
        console.print(f"{waiting} of them handed in the last test; next: talentpool grade, talentpool decide")


@way_app.command("withdraw")
def withdraw_command(applicant: ApplicantArgument, by: ByOption, workspace: WorkspaceOption = None) -> None:
    """An applicant or member does not want to go on."""
    _enter(applicant, lambda now: events.Withdrawn(at=now, by=by), workspace)


@way_app.command("again")
def again_command(applicant: ApplicantArgument, by: ByOption, workspace: WorkspaceOption = None) -> None:
    """Somebody who withdrew, or whose application expired, applies again; used attempts stay used."""
    _enter(applicant, lambda now: events.Applied(at=now, by=by), workspace)


@way_app.command("trained")
def trained_command(applicant: ApplicantArgument, by: ByOption, workspace: WorkspaceOption = None) -> None:
    """A near miss has gone through the training that comes before another attempt."""
    _enter(applicant, lambda now: events.TrainingDone(at=now, by=by), workspace)


def _enter(applicant: str, event: Callable[[datetime], events.AnyEvent], workspace: Path | None) -> None:
    place, now = find_workspace(workspace), datetime.now(UTC)
    entry = change(open_store(place), read_policy(place.root), applicant, event(now), now=now)
    console.print(f"{applicant}: {entry.journey.state}", markup=False)
