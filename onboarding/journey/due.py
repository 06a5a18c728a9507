"""Which events are not in the journal yet, of all that is on record about somebody; pure."""

from collections.abc import Iterator
from datetime import datetime

from onboarding.decision import AUTOMATIC, Decision, Verdict
from onboarding.journey import events
from onboarding.journey.events import AnyEvent
from onboarding.journey.facts import Facts
from onboarding.journey.states import ENDED, Journey
from onboarding.learning.titles import training_for
from onboarding.requirements import Policy
from onboarding.retrying import Retry, closed, retry, retry_of_member

PROGRAM = "talentpool"
"""Stands for the person where a program saw that something happened."""


def due(journey: Journey | None, known: Facts, policy: Policy, *, now: datetime) -> Iterator[AnyEvent]:
    """The events that are on record nowhere yet, in their order; some of them may be refused."""
    if journey is None:
        yield events.Applied(at=known.applied_at, by=known.applicant_id)
    elif journey.state in ENDED:
        return
    # who applies again did so after the self-assessment, and after the decision
    earliest = journey.since if journey else known.applied_at
    assessed_at = max(known.self_assessed_at, earliest) if known.self_assessed_at else None
    if assessed_at:
        yield events.SelfAssessed(at=assessed_at, by=known.applicant_id)
    if known.assigned:
        at = now if journey and journey.assigned else assessed_at or earliest
        yield events.TestsAssigned(at=at, by=PROGRAM, assessments=known.assigned)
    yield from sorted(_later(journey, known, policy), key=lambda event: event.at)


def _later(journey: Journey | None, known: Facts, policy: Policy) -> Iterator[AnyEvent]:
    started, handed_in = (journey.started, journey.handed_in) if journey else ({}, {})
    for name, attempt, at in known.issued:
        if attempt > started.get(name, 0):
            yield events.TestStarted(at=at, by=known.applicant_id, assessment=name)
    for name, attempt, at in known.handed_in:
        if attempt > handed_in.get(name, 0):
            yield events.TestHandedIn(at=at, by=known.applicant_id, assessment=name)
    for decision in known.decisions:
        is_old = journey is not None and (decision.id or 0) <= (journey.decision or 0)
        yield _decided(decision, policy, at=journey.since if journey and is_old else decision.decided_at)
    for module, at in known.modules:
        if module in policy.journey.modules and module not in (journey.modules if journey else ()):
            yield events.ModuleDone(at=at, by=known.applicant_id, module=module)
    if journey and (trained_at := _trained_at(journey, known)):
        yield events.TrainingDone(at=trained_at, by=known.applicant_id)


def _trained_at(journey: Journey, known: Facts) -> datetime | None:
    """When a near miss had gone through the modules of all that may be tried again, after the decision."""
    if journey.trained or not journey.retry:
        return None
    done = {module: at for module, at in known.modules if at >= journey.since}
    needed = training_for(journey.retry)
    if not needed or not done.keys() >= set(needed):
        return None
    return max(done[module] for module in needed)


def _decided(decision: Decision, policy: Policy, *, at: datetime) -> events.Decided:
    by_person = decision.decided_by != AUTOMATIC
    again = Retry()
    if decision.verdict is Verdict.DECLINE:
        again = retry(policy, decision.rules, decision.inputs, by_person=by_person)
    elif decision.verdict is Verdict.ADMIT:
        again = retry_of_member(decision.rules)
    return events.Decided(
        at=at,
        by=decision.decided_by if by_person else PROGRAM,
        decision=decision.id or 0,
        verdict=decision.verdict,
        retry=again.assessments,
        retry_from=again.begins,
        closed=closed(decision.rules),
        valid_until={each.assessment: each.until for each in decision.qualifications if not each.rests_on},
    )
