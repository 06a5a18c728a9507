"""What each event does to a journey; see `states` for what a journey is."""

from collections.abc import Callable
from typing import Any

from onboarding.decision import Verdict
from onboarding.journey import events
from onboarding.journey.events import AnyEvent
from onboarding.journey.states import (
    ENDED,
    Action,
    AskForDecision,
    Journey,
    Notify,
    RefusedError,
    Rules,
    State,
    Step,
    may_start,
)

TESTING = frozenset({State.TESTS_ASSIGNED, State.TESTS_IN_PROGRESS})
UNDECIDED = TESTING | {State.RETRY}


def step(journey: Journey | None, event: AnyEvent, rules: Rules) -> Step:
    """What an event leads to; pure.

    Args:
        journey: what earlier events led to; None before the first one.

    Raises:
        RefusedError: the event cannot happen in this state.
    """
    if isinstance(event, events.Applied):
        return _applied(journey, event)
    if journey is None:
        raise RefusedError("there is no application yet")
    if journey.state in ENDED:
        raise RefusedError(f"the application is {journey.state}; a new one begins again")
    return _HANDLERS[event.kind](journey, event, rules)


def _applied(journey: Journey | None, event: events.Applied) -> Step:
    if journey is None:
        journey = Journey(state=State.APPLIED, since=event.at)
    elif journey.state not in ENDED:
        raise RefusedError("there is an application already")
    # attempts that were used stay used, and one that runs goes on
    fresh = {"assigned": (), "verdict": None, "retry": (), "retry_from": None, "closed": (), "trained": False}
    return _to(journey, event, State.APPLIED, "applied", **fresh)


def _self_assessed(journey: Journey, event: events.SelfAssessed, _rules: Rules) -> Step:
    _require(journey, {State.APPLIED}, "the self-assessment comes right after the application")
    return _to(journey, event, State.SELF_ASSESSED, "self-assessed")


def _tests_assigned(journey: Journey, event: events.TestsAssigned, rules: Rules) -> Step:
    before = {State.SELF_ASSESSED} if rules.self_assessment else {State.APPLIED, State.SELF_ASSESSED}
    # a corrected application or another policy may ask for other tests
    _require(journey, before | UNDECIDED, "tests are assigned after the self-assessment")
    if journey.assigned == event.assessments:
        raise RefusedError("these tests are assigned already")
    state = journey.state if journey.state in UNDECIDED else State.TESTS_ASSIGNED
    return _to(journey, event, state, "tests-assigned", assigned=event.assessments)


def _test_started(journey: Journey, event: events.TestStarted, rules: Rules) -> Step:
    name = event.assessment
    _require(journey, TESTING | {State.RETRY, State.POOL}, "no test can be taken now")
    if journey.state in TESTING and name not in journey.assigned:
        raise RefusedError(f"{name} is not assigned; assigned are {', '.join(journey.assigned)}")
    if journey.state is State.RETRY and name not in journey.retry:
        raise RefusedError(f"{name} cannot be tried again; open are {', '.join(journey.retry)}")
    if name in journey.retry and rules.training and not journey.trained:
        tip = "When it is done: talentpool way trained APPLICANT --by NAME"
        raise RefusedError("the training comes before another attempt", tip=tip)
    may_start(journey, name, rules, now=event.at)
    state = State.POOL if journey.state is State.POOL else State.TESTS_IN_PROGRESS
    return _to(journey, event, state, "test-started", started=_one_more(journey.started, name))


def _test_handed_in(journey: Journey, event: events.TestHandedIn, _rules: Rules) -> Step:
    name = event.assessment
    if not journey.is_running(name):
        raise RefusedError(f"no attempt at {name} is running")
    done = _to(
        journey,
        event,
        journey.state,
        "test-received",
        handed_in=_one_more(journey.handed_in, name),
        last_handed_in={**journey.last_handed_in, name: event.at},
    )
    asks = (AskForDecision(),) if done.journey.has_everything else ()
    return done.model_copy(update={"actions": (*done.actions, *asks)})


def _decided(journey: Journey, event: events.Decided, rules: Rules) -> Step:
    done = _outcome(journey, event, rules)
    # who stands where they stood, as under a policy that changes nothing for them, is not told once more
    told = ("state", "verdict", "retry", "retry_from", "valid_until")
    same = all(getattr(journey, name) == getattr(done.journey, name) for name in told)
    return done.model_copy(update={"actions": ()}) if same else done


def _outcome(journey: Journey, event: events.Decided, rules: Rules) -> Step:
    kept = {"decision": event.decision, "verdict": event.verdict, "trained": False}
    kept |= {"retry": event.retry, "retry_from": event.retry_from, "closed": event.closed}
    kept |= {"valid_until": {**journey.valid_until, **event.valid_until}, "earlier": _earlier(journey, event)}
    if event.verdict is Verdict.REVIEW:
        return _to(journey, event, State.DECIDED, "in-review", **kept)
    if event.verdict is Verdict.DECLINE:
        if not event.retry:
            return _to(journey, event, State.DECIDED, "declined", **kept)
        return _to(journey, event, State.RETRY, "retry", **kept)
    if set(rules.modules) <= journey.modules:
        return _to(journey, event, State.POOL, "pool", **kept)
    return _to(journey, event, State.ONBOARDING, "onboarding", **kept)


def _earlier(journey: Journey, event: events.Decided) -> dict[str, int]:
    """Attempts to renew a qualification count from where it was earned."""
    earned = {name for name, until in event.valid_until.items() if until != journey.valid_until.get(name)}
    return {**journey.earlier, **{name: journey.started.get(name, 0) for name in earned}}


def _training_done(journey: Journey, event: events.TrainingDone, _rules: Rules) -> Step:
    if not journey.retry:
        raise RefusedError("there is no training to be done now")
    return _to(journey, event, journey.state, "training-done", trained=True)


def _module_done(journey: Journey, event: events.ModuleDone, rules: Rules) -> Step:
    _require(journey, {State.ONBOARDING}, "modules come after the decision")
    if event.module not in rules.modules:
        raise RefusedError(f"there is no module {event.module}; there are {', '.join(rules.modules)}")
    done = journey.modules | {event.module}
    if set(rules.modules) <= done:
        return _to(journey, event, State.POOL, "pool", modules=done)
    return _to(journey, event, State.ONBOARDING, "module-done", modules=done)


def _withdrawn(journey: Journey, event: events.Withdrawn, _rules: Rules) -> Step:
    return _to(journey, event, State.WITHDRAWN, "withdrawn")


def _expired(journey: Journey, event: events.Expired, rules: Rules) -> Step:
    patience = rules.patience.get(journey.state)
    if patience is None or event.at < journey.since + patience:
        raise RefusedError(f"{journey.state} does not expire yet")
    return _to(journey, event, State.EXPIRED, "expired")


_HANDLERS: dict[str, Callable[[Journey, Any, Rules], Step]] = {
    "self-assessed": _self_assessed,
    "tests-assigned": _tests_assigned,
    "test-started": _test_started,
    "test-handed-in": _test_handed_in,
    "decided": _decided,
    "training-done": _training_done,
    "module-done": _module_done,
    "withdrawn": _withdrawn,
    "expired": _expired,
}


def _require(journey: Journey, states: frozenset[State] | set[State], why: str) -> None:
    if journey.state not in states:
        raise RefusedError(f"{why}; the application is {journey.state}")


def _one_more(counts: Any, name: str) -> dict[str, int]:
    return {**counts, name: counts.get(name, 0) + 1}


def _to(journey: Journey, event: events.Event, state: State, template: str, **changes: Any) -> Step:
    since = journey.since if state is journey.state and journey.number else event.at
    update = {**changes, "state": state, "since": since, "number": journey.number + 1}
    actions: tuple[Action, ...] = (Notify(template=template),)
    return Step(journey=journey.model_copy(update=update), actions=actions)
