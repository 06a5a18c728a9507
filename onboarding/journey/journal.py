"""The journal of people's ways: events are added and never changed, each with the journey that it led to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessments.errors import UsageError
from assessments.items import Record
from grader.store import Store
from onboarding.journey.events import AnyEvent
from onboarding.journey.machine import step
from onboarding.journey.states import Action, Journey, Rules
from onboarding.tables import EventRow

TRIES = 5
"""So often an event is added again where another process was quicker."""
_EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)
Act = Callable[[Session, "Entry"], None]
"""What is to be done in the transaction that adds an event, such as to write a notice."""


class Entry(Record):
    """One event on record, what it led to, and what has to be done about it."""

    applicant_id: str
    event: AnyEvent
    journey: Journey
    actions: tuple[Action, ...] = ()


def add(store: Store, applicant_id: str, event: AnyEvent, rules: Rules, act: Act) -> Entry:
    """Add one event; somebody else may add one for the same person in the same moment.

    Raises:
        RefusedError: the event cannot happen now.
    """
    for _ in range(TRIES):
        try:
            (entry,) = add_all(store, [(applicant_id, event)], rules, act)
        except IntegrityError:
            # another process was quicker: what it added is looked at first
            continue
        return entry
    raise UsageError(f"the way of {applicant_id} is being changed by others all the time", tip="Try again.")


def add_all(store: Store, happened: Sequence[tuple[str, AnyEvent]], rules: Rules, act: Act) -> list[Entry]:
    """Add events of many people, all or none.

    Raises:
        RefusedError: one of them cannot happen now.
        IntegrityError: another process added an event for one of them in the same moment.
    """
    entries = []
    with store.session() as session:
        journeys = _current(session, {applicant_id for applicant_id, _ in happened})
        for applicant_id, event in happened:
            done = step(journeys.get(applicant_id), event, rules)
            journeys[applicant_id] = done.journey
            entries.append(Entry(applicant_id=applicant_id, event=event, journey=done.journey, actions=done.actions))
        session.add_all(map(_row, entries))
        session.flush()
        for entry in entries:
            act(session, entry)
    return entries


def journey_of(store: Store, applicant_id: str) -> Journey | None:
    """Where somebody stands; None before the first event."""
    with store.session() as session:
        return _current(session, {applicant_id}).get(applicant_id)


def journeys(store: Store) -> Mapping[str, Journey]:
    """Where everybody stands."""
    with store.session() as session:
        return _current(session, None)


def history(store: Store, applicant_id: str) -> list[Entry]:
    """All events of one person, oldest first."""
    query = select(EventRow).where(EventRow.applicant_id == applicant_id).order_by(EventRow.number)
    with store.session() as session:
        return [_entry(row) for row in session.scalars(query)]


def _current(session: Session, applicant_ids: Iterable[str] | None) -> dict[str, Journey]:
    """The newest journeys (of these people)."""
    newest = select(EventRow.applicant_id, func.max(EventRow.number).label("number")).group_by(EventRow.applicant_id)
    if applicant_ids is not None and len(ids := sorted(applicant_ids)) <= 500:
        newest = newest.where(EventRow.applicant_id.in_(ids))
    last = newest.subquery()
    query = select(EventRow.applicant_id, EventRow.data).join(
        last, (EventRow.applicant_id == last.c.applicant_id) & (EventRow.number == last.c.number)
    )
    return {row.applicant_id: Journey.model_validate(row.data["journey"]) for row in session.execute(query)}


def _row(entry: Entry) -> EventRow:
    data: dict[str, Any] = entry.model_dump(mode="json", include={"event", "journey"})
    return EventRow(
        applicant_id=entry.applicant_id,
        number=entry.journey.number,
        kind=entry.event.kind,
        state=entry.journey.state,
        at=entry.event.at,
        by=entry.event.by,
        data=data,
    )


def _entry(row: EventRow) -> Entry:
    return Entry(
        applicant_id=row.applicant_id,
        event=_EVENT.validate_python(row.data["event"]),
        journey=Journey.model_validate(row.data["journey"]),
    )
