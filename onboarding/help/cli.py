"""The commands about questions and appeals: `talentpool help …` and `talentpool appeal …`."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assessments.console import make_console, printable
from assessments.errors import UsageError
from grader.options import WorkspaceOption, open_store
from grader.workspace import find_workspace
from onboarding.decision import Verdict
from onboarding.help import appeals, desk, records
from onboarding.help.routing import known_as, read_routing
from onboarding.help.tickets import MAX_TEXT_CHARS, PROGRAM, Ticket
from onboarding.journey.following import follow
from onboarding.options import ApplicantArgument, ProjectsOption

app = typer.Typer()
help_app = typer.Typer(no_args_is_help=True, help="Questions of applicants: who answers them, and until when.")
appeal_app = typer.Typer(no_args_is_help=True, help="Objections to decisions.")
app.add_typer(help_app, name="help")
app.add_typer(appeal_app, name="appeal")
console = make_console()

NumberArgument = Annotated[int, typer.Argument(help="The ticket's number.", min=1, max=2**31 - 1)]
TextArgument = Annotated[
    str, typer.Argument(help=f"What was written, up to {MAX_TEXT_CHARS:,} characters; - reads it from standard input.")
]
ByOption = Annotated[str, typer.Option(help="Your name.")]


@help_app.command("ask")
def ask_command(
    applicant: ApplicantArgument,
    text: TextArgument,
    about: Annotated[str, typer.Option(help="item:ASSESSMENT/QUESTION, project:NAME, decision or other.")] = "other",
    ticket: Annotated[
        int | None, typer.Option(help="Add it to this ticket of the applicant's.", min=1, max=2**31 - 1)
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Record what an applicant asks, and give it to whoever has to answer."""
    place, now = find_workspace(workspace), datetime.now(UTC)
    store = open_store(place)
    if ticket:
        _say_where(desk.follow_up(place, store, applicant, ticket, _read(text), now=now))
    else:
        _say_where(desk.ask(place, store, applicant, about, _read(text), now=now))


@appeal_app.command("open")
def open_command(applicant: ApplicantArgument, text: TextArgument, workspace: WorkspaceOption = None) -> None:
    """Record an applicant's objection to the decision in force; somebody who had no part in that gets it."""
    place = find_workspace(workspace)
    _say_where(appeals.appeal(place, open_store(place), applicant, _read(text), now=datetime.now(UTC)))


@appeal_app.command("decide")
def decide_command(
    number: NumberArgument,
    outcome: Annotated[Verdict, typer.Option(help="The new decision, which may be the same as before.")],
    by: ByOption = "",
    reason: Annotated[str, typer.Option(help="Why; the applicant reads it.")] = "",
    project: ProjectsOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Record what became of an objection: a new decision, by somebody who had no part in the first one."""
    place = find_workspace(workspace)
    store, now = open_store(place), datetime.now(UTC)
    done = appeals.decide_appeal(
        place, store, number, outcome, by=by, reason=_read(reason), now=now, projects=project or ()
    )
    follow(place, store, [done.applicant_id], now=now)
    _print(f"appeal {number} against decision {done.decision}: {outcome}, decision {done.outcome}")


@help_app.command("list")
def list_command(
    mine: Annotated[str, typer.Option(help="Only what waits for this person.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is late.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """List the open tickets, those that are due first in front."""
    place, now = find_workspace(workspace), datetime.now(UTC)
    found = records.tickets(open_store(place), only_open=True)
    if mine:
        boxes = read_routing(place.root).boxes_of(mine)
        found = [ticket for ticket in found if ticket.is_waiting and known_as(ticket.assigned_to) in boxes]
    if overdue:
        found = [ticket for ticket in found if ticket.is_overdue(now)]
    if not found:
        _print("nothing is open" if not (mine or overdue) else "nothing of the kind is open")
        return
    table = Table("number", "applicant", "about", "with", "due (UTC)", "state", header_style="bold")
    for ticket in sorted(found, key=lambda ticket: (not ticket.is_waiting, ticket.due_at, ticket.number)):
        cells = (ticket.number, ticket.applicant_id, ticket.about, ticket.assigned_to, _moment(ticket.due_at))
        table.add_row(*(Text(printable(str(cell))) for cell in (*cells, ticket.state(now))))
    console.print(table)


@help_app.command("show")
def show_command(number: NumberArgument, workspace: WorkspaceOption = None) -> None:
    """Print a ticket with everything that was written in it."""
    now = datetime.now(UTC)
    ticket = records.ticket(open_store(find_workspace(workspace)), number)
    _print(f"ticket {number} of {ticket.applicant_id}, about {ticket.about}: {ticket.state(now)}")
    _print(f"with {ticket.assigned_to}, due {_moment(ticket.due_at)} UTC")
    if ticket.outcome:
        _print(f"against decision {ticket.decision}, led to decision {ticket.outcome}")
    for entry in ticket.entries:
        _print("")
        _print(f"{entry.by}, {_moment(entry.at)} UTC")
        for line in entry.text.splitlines():
            # indented, so that no line of theirs looks like one of ours
            _print(f"  {line}")


@help_app.command("answer")
def answer_command(
    number: NumberArgument,
    text: TextArgument,
    by: ByOption = "",
    close: Annotated[bool, typer.Option("--close", help="Nothing is left to be said.")] = False,
    more: Annotated[bool, typer.Option("--more", help="Also where there is an answer already.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Answer a ticket; the applicant is told."""
    store = open_store(find_workspace(workspace))
    done = desk.answer(store, number, _read(text), by=by, close=close, more=more, now=datetime.now(UTC))
    _print(f"ticket {number}: {done.state(datetime.now(UTC))}")


@help_app.command("escalate")
def escalate_command(workspace: WorkspaceOption = None) -> None:
    """Pass everything that is late on to the next level; to be run every day."""
    place, now = find_workspace(workspace), datetime.now(UTC)
    store = open_store(place)
    for ticket in desk.escalate(place, store, now=now):
        _say_where(ticket)
    for ticket in records.tickets(store, only_open=True):
        if ticket.is_overdue(now):
            _print(f"ticket {ticket.number} is late on the last level: {ticket.assigned_to}")


def _say_where(ticket: Ticket) -> None:
    _print(f"ticket {ticket.number}: with {ticket.assigned_to}, to be answered by {_moment(ticket.due_at)} UTC")
    if ticket.entries[-1].by == PROGRAM:
        _print(f"  {ticket.entries[-1].text}")


def _read(text: str) -> str:
    """What was written, from standard input where a dash stands for it."""
    if text != "-":
        return text
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input is not UTF-8: {error.reason}") from None


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _print(line: str) -> None:
    console.print(Text(printable(line)), soft_wrap=True)
