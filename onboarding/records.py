"""Keeps decisions: added, never changed; the only module of this package that talks SQL."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store import Store
from onboarding.decision import Decision, Verdict
from onboarding.tables import DecisionRow

Then = Callable[[Session, Sequence[int]], None]
"""What else is to be done in the transaction that adds decisions, with their numbers."""


def history(store: Store, applicant_id: str | None = None) -> list[Decision]:
    """All decisions (about one applicant), oldest first."""
    query = select(DecisionRow).order_by(DecisionRow.id)
    if applicant_id:
        query = query.where(DecisionRow.applicant_id == applicant_id)
    with store.session() as session:
        return [_decision(row) for row in session.scalars(query)]


def by_applicant(store: Store) -> dict[str, list[Decision]]:
    """All decisions by applicant, oldest first; the last one is in force."""
    found: dict[str, list[Decision]] = {}
    for decision in history(store):
        found.setdefault(decision.applicant_id, []).append(decision)
    return found


def add(store: Store, decisions: Sequence[Decision], then: Then | None = None) -> None:
    """Add decisions, all in one transaction, and do `then` in it."""
    with store.session() as session:
        rows = [_row(decision) for decision in decisions]
        session.add_all(rows)
        session.flush()
        if then:
            then(session, [row.id for row in rows])


def _row(decision: Decision) -> DecisionRow:
    data = decision.model_dump(mode="json")
    return DecisionRow(
        applicant_id=decision.applicant_id,
        outcome=decision.verdict,
        reasons=data["reasons"],
        qualifications=data["qualifications"],
        inputs=data["inputs"],
        policy_version=decision.policy_version,
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
    )


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        applicant_id=row.applicant_id,
        verdict=Verdict(row.outcome),
        reasons=tuple(row.reasons),
        qualifications=tuple(row.qualifications),
        inputs=tuple(row.inputs),
        policy_version=row.policy_version,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
