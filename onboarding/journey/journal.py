"""The journal of people's ways: events are added and never changed, each with the journey that it led to."""

from collections.abc import Collection, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from assessments.items import Record
from grader.store import Store
from onboarding.journey.events import AnyEvent
from onboarding.journey.states import Action, Journey, State
from onboarding.tables import EventRow

_EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)


class Entry(Record):
    """One event on record, what it led to, and what has to be done about it."""

    applicant_id: str
    event: AnyEvent
    journey: Journey
    actions: tuple[Action, ...] = ()


def write(session: Session, entries: Sequence[Entry]) -> None:
    """Add events within the caller's transaction.

    Raises:
        IntegrityError: another process added an event for one of these people in the same moment.
    """
    if entries:
        session.execute(insert(EventRow.__table__), [_row(entry) for entry in entries])  # type: ignore[arg-type]


def journey_of(store: Store, applicant_id: str) -> Journey | None:
    """Where somebody stands; None before the first event."""
    with store.session() as session:
        return current(session, [applicant_id]).get(applicant_id)


def current(session: Session, applicant_ids: Collection[str]) -> dict[str, Journey]:
    """Where these people stand, at most some hundred at a time; who has no event yet is left out."""
    query = _newest(EventRow.applicant_id.in_(applicant_ids))
    return {row.applicant_id: Journey.model_validate(row.data["journey"]) for row in session.execute(query)}


def standing_at(store: Store, state: State) -> dict[str, Journey]:
    """Everybody who stands there now."""
    with store.session() as session:
        rows = session.execute(_newest().where(EventRow.state == state))
        return {row.applicant_id: Journey.model_validate(row.data["journey"]) for row in rows}


def history(store: Store, applicant_id: str) -> list[Entry]:
    """All events of one person, oldest first."""
    query = select(EventRow).where(EventRow.applicant_id == applicant_id).order_by(EventRow.number)
    with store.session() as session:
        return [_entry(row) for row in session.scalars(query)]


def _newest(*of: Any) -> Select[Any]:
    """The newest event of each person (of these)."""
    numbers = select(EventRow.applicant_id, func.max(EventRow.number).label("number")).where(*of)
    last = numbers.group_by(EventRow.applicant_id).subquery()
    same = (EventRow.applicant_id == last.c.applicant_id) & (EventRow.number == last.c.number)
    return select(EventRow.applicant_id, EventRow.data).join(last, same)


def _row(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = entry.model_dump(mode="json", include={"event", "journey"})
    return {
        "applicant_id": entry.applicant_id,
        "number": entry.journey.number,
        "kind": entry.event.kind,
        "state": entry.journey.state,
        "at": entry.event.at,
        "by": entry.event.by,
        "data": data,
    }


def _entry(row: EventRow) -> Entry:
    return Entry(
        applicant_id=row.applicant_id,
        event=_EVENT.validate_python(row.data["event"]),
        journey=Journey.model_validate(row.data["journey"]),
    )
