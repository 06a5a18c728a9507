"""Reads decisions; they are added by `recording` alone."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.database import in_portions
from grader.store import Store
from onboarding.chain import Content
from onboarding.decision import Decision, Verdict
from onboarding.evidence import Evidence
from onboarding.tables import DecisionRow

# named one by one: a column that is added later is in no link that was made before
_CHAINED = (
    *(DecisionRow.applicant_id, DecisionRow.outcome, DecisionRow.reasons, DecisionRow.qualifications),
    *(DecisionRow.inputs, DecisionRow.policy_version, DecisionRow.decided_by, DecisionRow.decided_at),
    *(DecisionRow.rules, DecisionRow.objection_until),
)


class Link(NamedTuple):
    """One decision as a part of the chain."""

    id: int
    content: Content
    chain: str | None


class InForce(NamedTuple):
    """What the newest decision about somebody was made from."""

    number: int
    decided_by: str
    policy_version: str
    verdict: Verdict
    inputs: tuple[Evidence, ...]


def history(store: Store, applicant_id: str | None = None) -> list[Decision]:
    """All decisions (about one applicant), oldest first."""
    query = select(DecisionRow).order_by(DecisionRow.id)
    if applicant_id:
        query = query.where(DecisionRow.applicant_id == applicant_id)
    with store.session() as session:
        return [_decision(row) for row in session.scalars(query)]


def numbers(session: Session, applicant_ids: Collection[str]) -> Iterator[tuple[int, str]]:
    """The decisions about these people, oldest first, as (number, applicant); at most some hundred people at a time."""
    row = DecisionRow
    query = select(row.id, row.applicant_id).where(row.applicant_id.in_(applicant_ids)).order_by(row.id)
    yield from session.execute(query)


def decisions(session: Session, ids: Collection[int]) -> dict[int, Decision]:
    """These decisions by number, at most some hundred at a time."""
    rows = session.scalars(select(DecisionRow).where(DecisionRow.id.in_(ids))) if ids else ()
    return {row.id: _decision(row) for row in rows}


def last_of_each(store: Store, applicant_ids: Collection[str]) -> Iterator[Decision]:
    """The decision in force about each of these people, by applicant."""
    with store.session() as session:
        for portion in in_portions(applicant_ids):
            last = newest(session, portion)
            found = decisions(session, last.values())
            yield from (found[last[name]] for name in sorted(last))


def in_force(store: Store, applicant_ids: Collection[str]) -> dict[str, InForce]:
    """What the newest decision about each of these people was made from; at most some hundred at a time."""
    row = DecisionRow
    columns = select(row.applicant_id, row.id, row.decided_by, row.policy_version, row.outcome, row.inputs)
    query = columns.where(row.applicant_id.in_(applicant_ids)).order_by(row.id)
    with store.session() as session:
        newest = {found.applicant_id: found for found in session.execute(query)}
    return {
        name: InForce(found.id, found.decided_by, found.policy_version, Verdict(found.outcome), _evidence(found.inputs))
        for name, found in newest.items()
    }


def _evidence(inputs: Sequence[Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence.model_validate(one) for one in inputs)


def newest(session: Session, applicant_ids: Collection[str]) -> dict[str, int]:
    """The number of the decision in force about each of these people; at most some hundred at a time."""
    query = select(DecisionRow.applicant_id, func.max(DecisionRow.id)).group_by(DecisionRow.applicant_id)
    found = session.execute(query.where(DecisionRow.applicant_id.in_(applicant_ids)))
    return dict(found.all())


def stream(session: Session, ids: Collection[int] | None = None) -> Iterator[Link]:
    """All decisions (or these) as parts of the chain, in its order."""
    query = select(DecisionRow.id, DecisionRow.chain, *_CHAINED).order_by(DecisionRow.id)
    if ids is not None:
        query = query.where(DecisionRow.id.in_(ids))
    for row in session.execute(query.execution_options(yield_per=1000)):
        number, chain, *values = row
        content = dict(zip((column.key for column in _CHAINED), values, strict=True))
        yield Link(number, _as_json(content), chain)


def _as_json(content: Content) -> Content:
    """Times as text; everything else is JSON already."""
    return {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in content.items()
    }


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        id=row.id,
        applicant_id=row.applicant_id,
        verdict=Verdict(row.outcome),
        reasons=tuple(row.reasons),
        qualifications=tuple(row.qualifications),
        inputs=tuple(row.inputs),
        rules=tuple(row.rules),
        policy_version=row.policy_version,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        objection_until=row.objection_until,
    )
