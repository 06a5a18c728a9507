"""The way as it is meant, step by step."""

from datetime import UTC, datetime, timedelta

import pytest

from onboarding.decision import Verdict
from onboarding.journey import events
from onboarding.journey.events import AnyEvent
from onboarding.journey.machine import step
from onboarding.journey.states import AskForDecision, Journey, Notify, RefusedError, Rules, State

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RULES = Rules(
    attempts={"english": 2},
    waiting={"english": timedelta(days=7)},
    modules=("what-it-is",),
    training=True,
    patience={State.APPLIED: timedelta(days=30)},
)
ADA = {"at": NOW, "by": "ada"}
APPLIED = events.Applied(**ADA)
TO_TESTS: tuple[AnyEvent, ...] = (
    APPLIED,
    events.SelfAssessed(**ADA),
    events.TestsAssigned(**ADA, assessments=("english",)),
)
TESTED: tuple[AnyEvent, ...] = (
    *TO_TESTS,
    events.TestStarted(**ADA, assessment="english"),
    events.TestHandedIn(**ADA, assessment="english"),
)


def decided(verdict: Verdict, *retry: str) -> events.Decided:
    """A decision."""
    return events.Decided(**ADA, decision=1, verdict=verdict, retry=retry)


def after(*happened: AnyEvent, rules: Rules = RULES) -> Journey:
    """Where that leads."""
    journey = None
    for event in happened:
        journey = step(journey, event, rules).journey
    assert journey
    return journey


def test_from_application_to_pool() -> None:
    """Every state of the usual way."""
    way = (*TESTED, decided(Verdict.ADMIT), events.ModuleDone(**ADA, module="what-it-is"))
    states = [after(*way[: n + 1]).state for n in range(len(way))]
    assert states == [
        *(State.APPLIED, State.SELF_ASSESSED, State.TESTS_ASSIGNED, State.TESTS_IN_PROGRESS),
        *(State.TESTS_IN_PROGRESS, State.ONBOARDING, State.POOL),
    ]


def test_who_has_handed_in_everything_is_decided_on() -> None:
    """And is told that it arrived."""
    done = step(after(*TESTED[:-1]), TESTED[-1], RULES)
    assert done.actions == (Notify(template="test-received"), AskForDecision())


@pytest.mark.parametrize(
    ("decision", "state", "template"),
    [
        (decided(Verdict.REVIEW), State.DECIDED, "in-review"),
        (decided(Verdict.DECLINE), State.DECIDED, "declined"),
        (decided(Verdict.DECLINE, "english"), State.RETRY, "retry"),
        (decided(Verdict.ADMIT), State.ONBOARDING, "onboarding"),
    ],
)
def test_where_a_decision_leads(decision: events.Decided, state: State, template: str) -> None:
    """Told in a notice of its own."""
    done = step(after(*TESTED), decision, RULES)
    assert done.journey.state is state
    assert done.actions == (Notify(template=template),)


def test_without_modules_to_admit_leads_to_the_pool() -> None:
    """At once."""
    assert after(*TESTED, decided(Verdict.ADMIT), rules=Rules(attempts={"english": 2})).state is State.POOL


def test_a_near_miss_trains_waits_and_tries_again() -> None:
    """Both are asked for."""
    missed = (*TESTED, decided(Verdict.DECLINE, "english"))
    later = NOW + timedelta(days=7)
    again = events.TestStarted(at=later, by="ada", assessment="english")
    with pytest.raises(RefusedError, match="training comes before"):
        step(after(*missed), again, RULES)
    trained = after(*missed, events.TrainingDone(**ADA))
    with pytest.raises(RefusedError, match=r"may be tried again from 2026-03-09"):
        step(trained, again.model_copy(update={"at": later - timedelta(minutes=1)}), RULES)
    assert step(trained, again, RULES).journey.state is State.TESTS_IN_PROGRESS
    with pytest.raises(RefusedError, match="cannot be tried again"):
        step(trained, again.model_copy(update={"assessment": "logic"}), RULES)


def test_a_later_decision_takes_somebody_out_of_the_pool() -> None:
    """An appeal or a mended key may do that; to admit again leads back without the modules."""
    member = (*TESTED, decided(Verdict.ADMIT), events.ModuleDone(**ADA, module="what-it-is"))
    out = (*member, decided(Verdict.DECLINE))
    assert after(*out).state is State.DECIDED
    assert after(*out, decided(Verdict.ADMIT)).state is State.POOL


def test_members_take_further_tests() -> None:
    """And stay members."""
    member = (*TESTED, decided(Verdict.ADMIT), events.ModuleDone(**ADA, module="what-it-is"))
    assert after(*member, events.TestStarted(**ADA, assessment="justification")).state is State.POOL


REFUSED = {
    "before an application": ((), events.SelfAssessed(**ADA), "no application yet"),
    "twice": ((APPLIED,), APPLIED, "an application already"),
    "without self-assessment": ((APPLIED,), TO_TESTS[2], "after the self-assessment"),
    "not assigned": (TO_TESTS, events.TestStarted(**ADA, assessment="logic"), "not assigned; assigned are english"),
    "running": (TESTED[:-1], events.TestStarted(**ADA, assessment="english"), "running already"),
    "nothing runs": (TO_TESTS, events.TestHandedIn(**ADA, assessment="english"), "no attempt at english is running"),
    "too early": ((APPLIED,), events.Expired(at=NOW + timedelta(days=29), by="us"), "does not expire yet"),
    "never": (TO_TESTS, events.Expired(at=NOW + timedelta(days=999), by="us"), "does not expire yet"),
    "modules first": (TO_TESTS, events.ModuleDone(**ADA, module="what-it-is"), "after the decision"),
    "no training": (TO_TESTS, events.TrainingDone(**ADA), "no training"),
    "unknown module": (
        (*TESTED, decided(Verdict.ADMIT)),
        events.ModuleDone(**ADA, module="dance"),
        "there is no module dance; there are what-it-is",
    ),
    "withdrawn": ((APPLIED, events.Withdrawn(**ADA)), events.SelfAssessed(**ADA), "a new one begins again"),
}


@pytest.mark.parametrize(("before", "event", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_happen_is_refused_in_plain_words(before: tuple[AnyEvent, ...], event: AnyEvent, why: str) -> None:
    """And changes nothing."""
    with pytest.raises(RefusedError, match=why):
        step(after(*before) if before else None, event, RULES)


def test_who_applies_again_keeps_the_attempts() -> None:
    """Withdrawing is no way to more of them."""
    back = after(*TESTED[:-1], events.Withdrawn(**ADA), *TO_TESTS)
    assert back.is_running("english")
    later = {"at": NOW + timedelta(days=9), "by": "ada"}
    missed = (*TESTED, decided(Verdict.DECLINE, "english"), events.TrainingDone(**ADA))
    again = (events.TestStarted(**later, assessment="english"), events.TestHandedIn(**later, assessment="english"))
    left = (*missed, *again, events.Withdrawn(**later), events.Applied(**later), events.SelfAssessed(**later))
    back = after(*left, events.TestsAssigned(**later, assessments=("english",)))
    with pytest.raises(RefusedError, match="all 2 attempts at english are used"):
        step(back, events.TestStarted(at=NOW + timedelta(days=99), by="ada", assessment="english"), RULES)


def test_attempts_to_renew_count_anew() -> None:
    """From so long before the qualification expires on; also if one of them fails."""
    rules = Rules(attempts={"english": 1}, renewal=timedelta(days=30))
    until = (NOW + timedelta(days=365)).date()
    admitted = decided(Verdict.ADMIT).model_copy(update={"valid_until": {"english": until}})
    member = after(*TESTED, admitted, rules=rules)
    again = events.TestStarted(at=NOW + timedelta(days=334), by="ada", assessment="english")
    with pytest.raises(RefusedError, match="all 1 attempts at english are used"):
        step(member, again, rules)
    at = {"at": NOW + timedelta(days=335), "by": "ada"}
    begun = step(member, events.TestStarted(**at, assessment="english"), rules).journey
    done = step(begun, events.TestHandedIn(**at, assessment="english"), rules).journey
    missed = step(done, events.Decided(**at, decision=2, verdict=Verdict.DECLINE, retry=("english",)), rules).journey
    with pytest.raises(RefusedError, match="all 1 attempts at english are used"):
        step(missed, events.TestStarted(**at, assessment="english"), rules)
    later = (NOW + timedelta(days=700)).date()
    renewed = step(
        done, events.Decided(**at, decision=2, verdict=Verdict.ADMIT, valid_until={"english": later}), rules
    ).journey
    assert renewed.state is State.POOL
    assert renewed.earlier == {"english": 2}


def test_other_tests_are_assigned_where_nothing_is_decided() -> None:
    """Those that run go on; the same ones are not assigned twice, and a member has nothing more to take."""
    other = events.TestsAssigned(**ADA, assessments=("english", "logic"))
    assert after(*TESTED, other).state is State.TESTS_IN_PROGRESS
    assert not after(*TESTED, other).has_everything
    with pytest.raises(RefusedError, match="assigned already"):
        step(after(*TESTED), TO_TESTS[2], RULES)
    with pytest.raises(RefusedError, match="after the self-assessment"):
        step(after(*TESTED, decided(Verdict.ADMIT)), other, RULES)


def test_what_a_member_missed_by_too_much_stays_closed() -> None:
    """And what was missed by little is tried again after the training."""
    rules = RULES.model_copy(update={"modules": (), "attempts": {"english": 2, "logic": 2, "law": 2}})
    admitted = decided(Verdict.ADMIT, "logic").model_copy(update={"closed": ("law",)})
    member = after(*TESTED, admitted, rules=rules)
    at = {"at": NOW + timedelta(days=8), "by": "ada"}
    with pytest.raises(RefusedError, match="law was missed by too much"):
        step(member, events.TestStarted(**at, assessment="law"), rules)
    with pytest.raises(RefusedError, match="training comes before"):
        step(member, events.TestStarted(**at, assessment="logic"), rules)
    trained = step(member, events.TrainingDone(**at), rules).journey
    assert trained.state is State.POOL
    assert step(trained, events.TestStarted(**at, assessment="logic"), rules).journey.state is State.POOL
    assert step(member, events.TestStarted(**at, assessment="english"), rules).journey.state is State.POOL
