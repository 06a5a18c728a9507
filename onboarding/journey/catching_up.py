"""Brings the journal up to date with what the tables say: attempts, hand-ins, decisions, modules, patience."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from assessments.errors import UsageError
from grader.store import Store
from onboarding.applying.declared import declared_of
from onboarding.applying.offered import offered
from onboarding.help.asker import asker_of
from onboarding.journey import events
from onboarding.journey.facts import PROGRAM, Facts, due, facts_of
from onboarding.journey.journal import Entry, add, journey_of
from onboarding.journey.rules import rules
from onboarding.journey.states import ENDED, Journey, RefusedError, Rules, State
from onboarding.journey.telling import Teller
from onboarding.requirements import Policy


def catch_up(store: Store, policy: Policy, applicant_id: str, *, now: datetime) -> list[Entry]:
    """Enter what happened to somebody since the last time, and tell them; returns what was new.

    What cannot happen by the rules, as a test that was never assigned, is no part of the way.

    Raises:
        UsageError: no such applicant.
    """
    facts = facts_of(store, policy, applicant_id, tuple(offered(store, policy, applicant_id)))
    applied = rules(policy)
    if facts.self_assessed_at is None and declared_of(store, applicant_id) is None:
        # whoever was registered by an admin was asked for nothing
        applied = applied.model_copy(update={"self_assessment": False})
    teller = _teller(store, facts, applied, now)
    entered = []
    for event in due(journey_of(store, applicant_id), facts, policy):
        with suppress(RefusedError):
            entered.append(add(store, applicant_id, event, applied, teller))
    return [*entered, *_expire(store, applicant_id, applied, teller, now)]


def change(store: Store, policy: Policy, applicant_id: str, event: events.AnyEvent, *, now: datetime) -> Entry:
    """Enter something that no table says, such as that somebody withdraws.

    Raises:
        RefusedError: it cannot happen now.
        UsageError: no such applicant.
    """
    catch_up(store, policy, applicant_id, now=now)
    facts = facts_of(store, policy, applicant_id, ())
    return add(store, applicant_id, event, rules(policy), _teller(store, facts, rules(policy), now))


def require_training(store: Store, policy: Policy, applicant_id: str, *, now: datetime) -> None:
    """UsageError if a near miss has not gone through the training that comes before another attempt."""
    catch_up(store, policy, applicant_id, now=now)
    journey = journey_of(store, applicant_id)
    if policy.journey.training and journey and journey.state is State.RETRY and not journey.trained:
        raise UsageError(
            f"{applicant_id} was a near miss: the training comes before another attempt",
            tip=f"When it is done: talentpool way trained {applicant_id} --by NAME",
        )


def _teller(store: Store, facts: Facts, applied: Rules, now: datetime) -> Teller:
    decisions = {decision.id: decision for decision in facts.decisions if decision.id is not None}
    closing = {name: packet.due_at for name, _, _ in facts.issued for packet in store.packets(facts.applicant_id, name)}
    return Teller(asker_of(store, facts.applicant_id), decisions, applied, closing, now=now)


def _expire(store: Store, applicant_id: str, applied: Rules, teller: Teller, now: datetime) -> Iterator[Entry]:
    journey = journey_of(store, applicant_id)
    if journey and journey.state not in ENDED and _is_too_quiet(journey, applied, now):
        yield add(store, applicant_id, events.Expired(at=now, by=PROGRAM, quiet_since=journey.since), applied, teller)


def _is_too_quiet(journey: Journey, applied: Rules, now: datetime) -> bool:
    patience = applied.patience.get(journey.state)
    return patience is not None and now >= journey.since + patience
