"""What the tables say that happened to somebody, as events in the order in which they happened."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from assessments.items import Record
from grader.store import Store
from grader.tables import PacketRow, SubmissionRow
from onboarding import records
from onboarding.applying.records import application_of
from onboarding.decision import AUTOMATIC, Decision, Verdict
from onboarding.journey import events
from onboarding.journey.events import AnyEvent
from onboarding.journey.states import ENDED, Journey
from onboarding.learning.records import finished
from onboarding.requirements import Policy
from onboarding.retrying import retry
from onboarding.tables import LessonRow

PROGRAM = "talentpool"
"""Stands for the person where a program saw that something happened."""


class Facts(Record):
    """What is on record about one applicant.

    Args:
        applied_at: when the application arrived; when somebody was registered, if there is none.
        self_assessed_at: None where the self-assessment is not done, or nobody asked for it.
        issued, handed_in: (assessment, attempt, when).
        modules: (module, when it was finished).
        assigned: what has to be taken.
    """

    applicant_id: str
    applied_at: datetime
    self_assessed_at: datetime | None
    issued: tuple[tuple[str, int, datetime], ...]
    handed_in: tuple[tuple[str, int, datetime], ...]
    decisions: tuple[Decision, ...]
    modules: tuple[tuple[str, datetime], ...]
    assigned: tuple[str, ...]


def facts_of(store: Store, policy: Policy, applicant_id: str, assigned: tuple[str, ...]) -> Facts:
    """All that matters for somebody's way; UsageError if there is no such applicant."""
    applicant, application = store.require_applicant(applicant_id), application_of(store, applicant_id)
    return Facts(
        applicant_id=applicant_id,
        applied_at=applicant.registered_at,
        self_assessed_at=application.self_assessed_at if application else None,
        issued=_issued(store, applicant_id),
        handed_in=_handed_in(store, applicant_id),
        decisions=tuple(records.history(store, applicant_id)),
        modules=_modules(store, applicant_id, policy),
        assigned=assigned,
    )


def _issued(store: Store, applicant_id: str) -> tuple[tuple[str, int, datetime], ...]:
    query = select(PacketRow.assessment, PacketRow.attempt, PacketRow.issued_at)
    with store.session() as session:
        rows = session.execute(query.where(PacketRow.applicant_id == applicant_id).order_by(PacketRow.issued_at))
        return tuple((row.assessment, row.attempt, row.issued_at) for row in rows)


def _handed_in(store: Store, applicant_id: str) -> tuple[tuple[str, int, datetime], ...]:
    """The first hand-in of each attempt."""
    first = func.min(SubmissionRow.received_at).label("received_at")
    query = (
        select(PacketRow.assessment, PacketRow.attempt, first)
        .join(SubmissionRow, SubmissionRow.packet_id == PacketRow.id)
        .where(PacketRow.applicant_id == applicant_id)
        .group_by(PacketRow.assessment, PacketRow.attempt)
        .order_by(first)
    )
    with store.session() as session:
        return tuple((row.assessment, row.attempt, row.received_at) for row in session.execute(query))


def _modules(store: Store, applicant_id: str, policy: Policy) -> tuple[tuple[str, datetime], ...]:
    done = finished(store, applicant_id).intersection(policy.journey.modules)
    query = select(LessonRow.module, func.max(LessonRow.at).label("at")).where(LessonRow.applicant_id == applicant_id)
    with store.session() as session:
        last = {row.module: row.at for row in session.execute(query.group_by(LessonRow.module))}
    return tuple((module, last[module]) for module in policy.journey.modules if module in done)


def due(journey: Journey | None, facts: Facts, policy: Policy) -> Iterator[AnyEvent]:
    """The events that are on record nowhere yet, in their order; some of them may be refused."""
    if journey is None:
        yield events.Applied(at=facts.applied_at, by=facts.applicant_id)
    if journey is not None and journey.state in ENDED:
        return
    if facts.self_assessed_at:
        yield events.SelfAssessed(at=max(facts.self_assessed_at, facts.applied_at), by=facts.applicant_id)
    if facts.assigned and not (journey and journey.assigned):
        yield events.TestsAssigned(
            at=facts.self_assessed_at or facts.applied_at, by=PROGRAM, assessments=facts.assigned
        )
    yield from sorted(_later(journey, facts, policy), key=lambda event: event.at)


def _later(journey: Journey | None, facts: Facts, policy: Policy) -> Iterator[AnyEvent]:
    started, handed_in = (journey.started, journey.handed_in) if journey else ({}, {})
    for name, attempt, at in facts.issued:
        if attempt > started.get(name, 0):
            yield events.TestStarted(at=at, by=facts.applicant_id, assessment=name)
    for name, attempt, at in facts.handed_in:
        if attempt > handed_in.get(name, 0):
            yield events.TestHandedIn(at=at, by=facts.applicant_id, assessment=name)
    for decision in facts.decisions:
        if decision.id is not None and decision.id > (journey.decision or 0 if journey else 0):
            yield _decided(decision, policy)
    for module, at in facts.modules:
        if module not in (journey.modules if journey else ()):
            yield events.ModuleDone(at=at, by=facts.applicant_id, module=module)


def _decided(decision: Decision, policy: Policy) -> events.Decided:
    by_person = decision.decided_by != AUTOMATIC
    again = retry(policy, decision.rules, decision.inputs, by_person=by_person)
    open_again = again.assessments if decision.verdict is Verdict.DECLINE else ()
    return events.Decided(
        at=decision.decided_at,
        by=decision.decided_by if by_person else PROGRAM,
        decision=decision.id or 0,
        verdict=decision.verdict,
        retry=open_again,
        retry_from=again.begins if open_again else None,
    )
