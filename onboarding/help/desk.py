"""The help desk: opens, answers and passes on tickets by the rules, and tells the applicant in the same transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from assessments.errors import UsageError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.help import parts, records, telling
from onboarding.help.asker import Asker, asker_of
from onboarding.help.parts import DecisionOnRecord
from onboarding.help.routing import Routing, known_as, read_routing
from onboarding.help.rules import Case, first_route, next_due, next_route
from onboarding.help.tickets import PROGRAM, About, Kind, Ticket, checked_name, checked_text, parse_about


def ask(workspace: Workspace, store: Store, applicant_id: str, about: str, text: str, *, now: datetime) -> Ticket:
    """Open a question.

    Args:
        about: `item:ASSESSMENT/QUESTION`, `project:NAME`, `decision` or `other`.

    Raises:
        UsageError: unknown applicant, item or kind, or a text that is empty or too long.
        WorkspaceError: help.toml does not hold together.
    """
    asker, routing = asker_of(store, applicant_id), read_routing(workspace.root)
    topic, text = parse_about(about), checked_text(text)
    if topic.kind is Kind.ITEM:
        _require_issued(store, applicant_id, topic.subject)
    with store.session() as session:
        decision = parts.decision_in_force(session, applicant_id) if topic.kind is Kind.DECISION else None
        return open_ticket(session, routing, asker, topic, text, decision=decision, now=now)


def open_ticket(
    session: Session,
    routing: Routing,
    asker: Asker,
    about: About,
    text: str,
    *,
    decision: DecisionOnRecord | None,
    now: datetime,
) -> Ticket:
    """Route, record and confirm what an applicant wrote, within the caller's transaction."""
    case = _case(session, asker, about, decision, at=now)
    route = first_route(routing, case, records.load(session), now=now)
    number = decision.number if decision else None
    ticket = records.add(session, asker.applicant_id, about, text, route, decision=number, now=now)
    telling.tell_opened(session, asker, ticket, now=now)
    return ticket


def follow_up(
    workspace: Workspace, store: Store, applicant_id: str, number: int, text: str, *, now: datetime
) -> Ticket:
    """Add what the applicant wrote to a ticket; a question that was answered or closed waits for our side again.

    Raises:
        UsageError: no such ticket of this applicant, or an appeal that is decided.
        WorkspaceError: help.toml does not hold together.
    """
    asker, routing, text = asker_of(store, applicant_id), read_routing(workspace.root), checked_text(text)
    with store.session() as session:
        ticket = records.locked(session, number)
        if ticket.applicant_id != applicant_id:
            raise UsageError(f"ticket {number} is not of {applicant_id}", tip="Open a new one without --ticket.")
        if ticket.kind is Kind.APPEAL and ticket.closed_at:
            raise UsageError(
                f"appeal {number} was decided on {ticket.closed_at:%Y-%m-%d}",
                tip="Ask with --about decision, or object to the new decision.",
            )
        records.add_entry(session, number, applicant_id, text, now=now)
        records.reopen(session, number, due_at=next_due(routing, ticket, now=now))
        waiting = records.locked(session, number)
        if not ticket.is_waiting:
            telling.tell_opened(session, asker, waiting, now=now)
        return waiting


def answer(
    store: Store, number: int, text: str, *, by: str, close: bool = False, more: bool = False, now: datetime
) -> Ticket:
    """Answer a question, or write to somebody who objects, which decides nothing.

    Args:
        more: also where there is an answer already.

    Raises:
        UsageError: closed, answered already, an appeal that is to be closed, or somebody who must not answer it.
    """
    name, text = checked_name(by), checked_text(text)
    asker = asker_of(store, records.ticket(store, number).applicant_id)
    with store.session() as session:
        ticket = records.locked(session, number)
        _require_answerable(ticket, close=close, more=more)
        require_no_part(session, ticket, name)
        entry = records.add_entry(session, number, name, text, now=now)
        if close:
            records.close(session, number, now=now)
        telling.tell_answered(session, asker, ticket, entry, text, now=now)
        return records.locked(session, number)


def escalate(workspace: Workspace, store: Store, *, now: datetime) -> list[Ticket]:
    """Pass everything that is overdue on to a higher level, and return it; what is on the last one stays there.

    Raises:
        WorkspaceError: help.toml does not hold together.
    """
    routing = read_routing(workspace.root)
    late = [ticket for ticket in records.tickets(store, only_open=True) if ticket.is_overdue(now)]
    # each in a transaction of its own: one that somebody answers just now holds up no other
    passed_on = [
        _escalated(store, routing, asker_of(store, ticket.applicant_id), ticket.number, now) for ticket in late
    ]
    return [ticket for ticket in passed_on if ticket]


def _escalated(store: Store, routing: Routing, asker: Asker, number: int, now: datetime) -> Ticket | None:
    with store.session() as session:
        ticket = records.locked(session, number)
        decision = parts.decision(session, ticket.decision) if ticket.decision else None
        case = _case(session, asker, ticket.about, decision, at=ticket.opened_at)
        route = next_route(routing, case, records.load(session), ticket, now=now)
        if route is None:
            return None
        records.reroute(session, number, route)
        note = f"not answered by {ticket.due_at:%Y-%m-%d %H:%M} UTC, passed on from {ticket.assigned_to}"
        records.add_entry(session, number, PROGRAM, "; ".join(filter(None, [note, route.note])), now=now)
        passed_on = records.locked(session, number)
        telling.tell_late(session, asker, passed_on, now=now)
        return passed_on


def _case(session: Session, asker: Asker, about: About, decision: DecisionOnRecord | None, *, at: datetime) -> Case:
    """What routing has to know. `at`: when it was opened."""
    barred = frozenset[str]()
    if about.kind is Kind.APPEAL and decision:
        barred = parts.had_part(session, decision.number, before=at)
    subjects = about.named or asker.domains | (decision.assessments if decision else frozenset())
    return Case(kind=about.kind, subjects=subjects, languages=asker.languages, barred=barred)


def require_no_part(session: Session, ticket: Ticket, name: str) -> None:
    """UsageError if somebody asked the ticket, or had a part in the decision that it objects to."""
    if known_as(name) == known_as(ticket.applicant_id):
        raise UsageError(f"--by: found {name}, who asked; allowed: the name of a person of our side")
    if ticket.kind is not Kind.APPEAL or ticket.decision is None:
        return
    if known_as(name) in parts.had_part(session, ticket.decision, before=ticket.opened_at):
        raise UsageError(
            f"{name} had a part in decision {ticket.decision}, which appeal {ticket.number} objects to",
            tip="Somebody else has to look at it.",
        )


def _require_answerable(ticket: Ticket, *, close: bool, more: bool) -> None:
    earlier = ticket.last_answer
    if ticket.closed_at:
        raise UsageError(f"ticket {ticket.number} was closed on {ticket.closed_at:%Y-%m-%d %H:%M} UTC")
    if close and ticket.kind is Kind.APPEAL:
        raise UsageError(
            f"ticket {ticket.number} is an appeal, which only a decision closes",
            tip=f"Decide with: talentpool appeal decide {ticket.number} --by NAME --outcome … --reason TEXT",
        )
    if earlier and not more:
        raise UsageError(
            f"ticket {ticket.number} was answered by {earlier.by} on {earlier.at:%Y-%m-%d %H:%M} UTC",
            tip=f"Read it with: talentpool help show {ticket.number}. To write more, add --more.",
        )


def _require_issued(store: Store, applicant_id: str, subject: str) -> None:
    """UsageError unless the applicant was ever asked this question."""
    assessment, _, slot = subject.partition("/")
    slots = {place.slot for packet in store.packets(applicant_id, assessment) for place in packet.slots}
    if not slots:
        raise UsageError(f"--about: {assessment!r} was never issued to {applicant_id}", tip="Ask with --about other.")
    if slot not in slots:
        raise UsageError(f"--about: found question {slot!r} of {assessment}, allowed {', '.join(sorted(slots))}")
