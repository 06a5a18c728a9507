"""Who had a part in a decision, from the record: those must not decide about an objection to it."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessments.items import Record
from onboarding.decision import AUTOMATIC
from onboarding.help.routing import known_as
from onboarding.help.tickets import PROGRAM
from onboarding.tables import DecisionRow, TicketEntryRow, TicketRow


class DecisionOnRecord(Record):
    """What has to be known of a decision that somebody objects to. `objection_until`: None where there is no limit."""

    number: int
    verdict: str
    decided_by: str
    decided_at: datetime
    objection_until: datetime | None
    assessments: frozenset[str]


def decision(session: Session, number: int) -> DecisionOnRecord:
    """One decision, by its number."""
    return _decision(session.get_one(DecisionRow, number))


def decision_in_force(session: Session, applicant_id: str) -> DecisionOnRecord | None:
    """The newest decision about an applicant; None before the first one."""
    query = select(DecisionRow).where(DecisionRow.applicant_id == applicant_id).order_by(DecisionRow.id.desc())
    row = session.scalars(query.limit(1)).first()
    return _decision(row) if row else None


def had_part(session: Session, decision: int, *, before: datetime) -> frozenset[str]:
    """Who had a part in a decision, as `known_as` compares names.

    That is: who made it, who had answered about it by then, and the same for the decision that it came from, where it
    was the outcome of an appeal itself. Who read single items is on no record.
    """
    names: set[str] = set()
    number: int | None = decision
    while number is not None:
        names |= {known_as(session.get_one(DecisionRow, number).decided_by), *_answered(session, number, before)}
        # of two decisions the outcome is the later one, so this ends
        number = session.scalar(select(TicketRow.decision_id).where(TicketRow.outcome_id == number))
    return frozenset(names - {known_as(AUTOMATIC)})


def _answered(session: Session, decision: int, before: datetime) -> Iterator[str]:
    query = (
        select(TicketEntryRow.by)
        .join(TicketRow, TicketEntryRow.ticket_id == TicketRow.id)
        .where(TicketRow.decision_id == decision, TicketEntryRow.at < before)
        .where(TicketEntryRow.by.not_in([TicketRow.applicant_id, PROGRAM]))
    )
    return map(known_as, session.scalars(query))


def _decision(row: DecisionRow) -> DecisionOnRecord:
    return DecisionOnRecord(
        number=row.id,
        verdict=row.outcome,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        objection_until=row.objection_until,
        assessments=frozenset(evidence["assessment"] for evidence in row.inputs),
    )
