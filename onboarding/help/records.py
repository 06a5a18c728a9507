"""Keeps tickets; beside it only `parts` talks SQL in this package. What was written in one is added, never changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from assessments.errors import UsageError
from grader.database import in_portions
from grader.store import Store
from onboarding.help.routing import known_as
from onboarding.help.rules import Load, Route
from onboarding.help.tickets import PROGRAM, About, Entry, Kind, Ticket
from onboarding.tables import TicketEntryRow, TicketRow


def tickets(store: Store, *, applicant_id: str | None = None, only_open: bool = False) -> list[Ticket]:
    """Tickets (of one applicant, or only those that are open) with all entries, oldest first."""
    query = select(TicketRow).order_by(TicketRow.id)
    if applicant_id:
        query = query.where(TicketRow.applicant_id == applicant_id)
    if only_open:
        query = query.where(TicketRow.closed_at.is_(None))
    with store.session() as session:
        return list(_read(session, query))


def ticket(store: Store, number: int) -> Ticket:
    """One ticket; UsageError if there is none of this number."""
    with store.session() as session:
        return _one(session, number)


def locked(session: Session, number: int) -> Ticket:
    """A ticket that nobody else can change until the caller's transaction ends; whoever comes second waits here."""
    # an update without a change: the one kind of lock that every database has
    session.execute(update(TicketRow).where(TicketRow.id == number).values(level=TicketRow.level))
    return _one(session, number)


def add(
    session: Session,
    applicant_id: str,
    about: About,
    text: str,
    route: Route,
    *,
    decision: int | None,
    now: datetime,
) -> Ticket:
    """Open a ticket with what the applicant wrote, and the note of its route."""
    row = TicketRow(
        applicant_id=applicant_id,
        kind=about.kind,
        about=str(about),
        opened_at=now,
        due_at=route.due_at,
        assigned_to=route.assigned_to,
        level=route.level,
        decision_id=decision,
    )
    session.add(row)
    session.flush()
    add_entry(session, row.id, applicant_id, text, now=now)
    if route.note:
        add_entry(session, row.id, PROGRAM, route.note, now=now)
    return _one(session, row.id)


def add_entry(session: Session, number: int, by: str, text: str, *, now: datetime) -> int:
    """Add what somebody wrote; returns the entry's own number."""
    row = TicketEntryRow(ticket_id=number, by=by, text=text, at=now)
    session.add(row)
    session.flush()
    return row.id


def reroute(session: Session, number: int, route: Route) -> None:
    """Give a ticket to somebody else, with a new deadline."""
    _change(session, number, assigned_to=route.assigned_to, level=route.level, due_at=route.due_at)


def reopen(session: Session, number: int, *, due_at: datetime) -> None:
    """Let a ticket wait for our side (again)."""
    _change(session, number, due_at=due_at, closed_at=None)


def close(session: Session, number: int, *, outcome: int | None = None, now: datetime) -> None:
    """End a ticket; an appeal with the number of the decision that it led to."""
    _change(session, number, closed_at=now, outcome_id=outcome)


def open_appeal(session: Session, decision: int) -> Ticket | None:
    """The appeal against a decision that is not decided yet."""
    query = select(TicketRow).where(
        TicketRow.decision_id == decision, TicketRow.kind == Kind.APPEAL, TicketRow.closed_at.is_(None)
    )
    return next(_read(session, query), None)


def load(session: Session) -> Load:
    """How many open tickets each name has."""
    names = session.scalars(select(TicketRow.assigned_to).where(TicketRow.closed_at.is_(None)))
    return Counter(known_as(name) for name in names)


def _change(session: Session, number: int, **values: object) -> None:
    session.execute(update(TicketRow).where(TicketRow.id == number).values(**values))


def _one(session: Session, number: int) -> Ticket:
    found = next(_read(session, select(TicketRow).where(TicketRow.id == number)), None)
    if found is None:
        raise UsageError(f"there is no ticket {number}", tip="List them with: talentpool help list")
    return found


def _read(session: Session, query: Select[TicketRow]) -> Iterator[Ticket]:
    rows = session.scalars(query, execution_options={"populate_existing": True}).all()
    entries: dict[int, list[Entry]] = {row.id: [] for row in rows}
    for entry in _entries(session, entries):
        entries[entry.ticket_id].append(Entry(by=entry.by, text=entry.text, at=entry.at))
    for row in rows:
        yield _ticket(row, entries[row.id])


def _entries(session: Session, numbers: Iterable[int]) -> Iterable[TicketEntryRow]:
    for portion in in_portions(numbers):
        chosen = select(TicketEntryRow).where(TicketEntryRow.ticket_id.in_(portion))
        yield from session.scalars(chosen.order_by(TicketEntryRow.id))


def _ticket(row: TicketRow, entries: Sequence[Entry]) -> Ticket:
    return Ticket(
        number=row.id,
        applicant_id=row.applicant_id,
        about=About(kind=Kind(row.kind), subject=row.about.partition(":")[2]),
        opened_at=row.opened_at,
        due_at=row.due_at,
        assigned_to=row.assigned_to,
        level=row.level,
        closed_at=row.closed_at,
        decision=row.decision_id,
        outcome=row.outcome_id,
        entries=entries,
    )
