"""Whatever happens in whatever order: a way never leads nowhere, and nobody slips into the pool."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from onboarding.decision import Verdict
from onboarding.journey import events
from onboarding.journey.events import AnyEvent
from onboarding.journey.machine import step
from onboarding.journey.states import AskForDecision, Journey, Notify, RefusedError, Rules, State, Step

START = datetime(2026, 1, 1, tzinfo=UTC)
TESTS = ("english", "logic")
RULES = Rules(
    attempts={"english": 2, "logic": 1},
    waiting={"english": timedelta(days=7)},
    modules=("what-it-is", "quality"),
    training=True,
    patience={State.APPLIED: timedelta(days=30), State.TESTS_IN_PROGRESS: timedelta(days=60)},
)
KINDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "applied": st.builds(dict, kind=st.just("applied")),
    "self-assessed": st.builds(dict, kind=st.just("self-assessed")),
    "tests-assigned": st.builds(dict, kind=st.just("tests-assigned"), assessments=st.just(TESTS)),
    "test-started": st.builds(dict, kind=st.just("test-started"), assessment=st.sampled_from([*TESTS, "other"])),
    "test-handed-in": st.builds(dict, kind=st.just("test-handed-in"), assessment=st.sampled_from([*TESTS, "other"])),
    "decided": st.builds(
        dict,
        kind=st.just("decided"),
        decision=st.integers(1, 9),
        verdict=st.sampled_from(Verdict),
        retry=st.sampled_from([(), ("english",), TESTS]),
    ),
    "training-done": st.builds(dict, kind=st.just("training-done")),
    "module-done": st.builds(
        dict, kind=st.just("module-done"), module=st.sampled_from(["what-it-is", "quality", "other"])
    ),
    "withdrawn": st.builds(dict, kind=st.just("withdrawn")),
    "expired": st.builds(dict, kind=st.just("expired")),
}
READER: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)
Happenings = list[tuple[dict[str, Any], int]]
HAPPENINGS = st.lists(st.tuples(st.one_of(*KINDS.values()), st.integers(0, 40)), max_size=40)


def happen(happenings: Happenings) -> Iterator[tuple[AnyEvent, Journey | None, Step]]:
    """What was accepted: the event, the journey before it, and what it led to."""
    journey, now = None, START
    for fields, days in happenings:
        now += timedelta(days=days)
        event = READER.validate_python({**fields, "at": now, "by": "somebody"})
        with suppress(RefusedError):
            done = step(journey, event, RULES)
            yield event, journey, done
            journey = done.journey


@given(HAPPENINGS)
def test_every_sequence_leads_to_a_state(happenings: Happenings) -> None:
    """Never to anything else, and events are numbered without a gap."""
    for number, (_event, _before, done) in enumerate(happen(happenings), start=1):
        assert isinstance(done.journey.state, State)
        assert done.journey.number == number


@given(HAPPENINGS)
def test_nobody_enters_the_pool_without_a_decision(happenings: Happenings) -> None:
    """The decision in force is to admit, and every module is done."""
    for _event, _before, done in happen(happenings):
        after = done.journey
        if after.state in (State.POOL, State.ONBOARDING):
            assert after.verdict is Verdict.ADMIT
            assert after.decision is not None
        if after.state is State.POOL:
            assert set(RULES.modules) <= after.modules


@given(HAPPENINGS)
def test_attempts_and_waits_hold(happenings: Happenings) -> None:
    """Also for who withdraws and applies again."""
    last: dict[str, datetime] = {}
    for event, _before, done in happen(happenings):
        after = done.journey
        if isinstance(event, events.TestStarted):
            name = event.assessment
            assert after.started[name] <= RULES.attempts.get(name, 1)
            if name in last:
                assert event.at >= last[name] + RULES.waiting.get(name, timedelta())
        if isinstance(event, events.TestHandedIn):
            last[event.assessment] = event.at


@given(HAPPENINGS)
def test_who_has_withdrawn_is_left_alone(happenings: Happenings) -> None:
    """Only a new application begins again."""
    for event, before, done in happen(happenings):
        after = done.journey
        if before and before.state in (State.WITHDRAWN, State.EXPIRED):
            assert isinstance(event, events.Applied)
            assert after.state is State.APPLIED
            assert after.verdict is None


def same(before: Journey, after: Journey) -> bool:
    """Whether somebody stands where they stood, with the same decision."""
    return after.model_dump(exclude={"number", "decision"}) == before.model_dump(exclude={"number", "decision"})


@given(HAPPENINGS)
def test_never_silence(happenings: Happenings) -> None:
    """Every event writes exactly one notice, but for a decision that changes nothing; all handed in is decided on."""
    for event, before, done in happen(happenings):
        told = [type(action) for action in done.actions].count(Notify)
        after = done.journey
        assert told == 1 or (before and isinstance(event, events.Decided) and same(before, after))
        handed = isinstance(event, events.TestHandedIn)
        assert (AskForDecision() in done.actions) == (handed and done.journey.has_everything)
