"""The journal: nothing is changed or lost, also where two processes write."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import IntegrityError

from grader.store import Store, migrate
from onboarding.applicants import register
from onboarding.journey import events
from onboarding.journey.catching_up import catch_up, change
from onboarding.journey.journal import Entry, current, history, journey_of, standing_at, write
from onboarding.journey.machine import step
from onboarding.journey.states import Journey, RefusedError, Rules, State
from onboarding.notices.outbox import notices
from onboarding.requirements import Policy

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RULES = Rules(attempts={"english": 2})
ADA = {"at": NOW, "by": "ada"}
POLICY = Policy(
    title="x",
    version="1",
    stages=({"name": "s", "assessments": ("english",)},),
    assessments={"english": {"qualification": "English", "minimum_score": 0.5}},
)


def entry(event: events.AnyEvent, before: Journey | None = None, name: str = "ada") -> Entry:
    """An event with what it leads to."""
    return Entry(applicant_id=name, event=event, journey=step(before, event, RULES).journey)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A database with ada and bob."""
    migrate(url)
    store = Store(url)
    for name in ("ada", "bob"):
        register(store, name, "", now=NOW)
    yield store
    store.close()


def test_what_was_written_is_found_again(store: Store) -> None:
    """Each event with the journey that it led to; who stands where is known for everybody at once."""
    first = entry(events.Applied(**ADA))
    second = entry(events.SelfAssessed(**ADA), first.journey)
    with store.session() as session:
        write(session, [first, second, entry(events.Applied(**ADA), name="bob")])
    assert [each.event for each in history(store, "ada")] == [events.Applied(**ADA), events.SelfAssessed(**ADA)]
    assert [each.journey.state for each in history(store, "ada")] == [State.APPLIED, State.SELF_ASSESSED]
    assert journey_of(store, "ada") == second.journey
    assert journey_of(store, "nobody") is None
    with store.session() as session:
        assert sorted(current(session, ["ada", "bob", "nobody"])) == ["ada", "bob"]
    assert list(standing_at(store, State.APPLIED)) == ["bob"]


def test_no_event_takes_the_place_of_another(store: Store) -> None:
    """All of a batch or none of it."""
    first = entry(events.Applied(**ADA))
    with store.session() as session:
        write(session, [first])
    with pytest.raises(IntegrityError), store.session() as session:
        write(session, [entry(events.Applied(**ADA), name="bob"), first])
    assert journey_of(store, "bob") is None


def test_what_has_to_be_done_is_done_with_the_event_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failing notice takes the event back."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("no paper")

    monkeypatch.setattr("onboarding.journey.telling.outbox.post_all", fail)
    with pytest.raises(ValueError, match="no paper"):
        catch_up(store, POLICY, "ada", now=NOW)
    assert journey_of(store, "ada") is None


def test_two_writers_get_in_line(store: Store) -> None:
    """Of two who withdraw one application one is refused; nothing is entered or told twice."""
    ready, said = Barrier(2), []

    def withdraw() -> None:
        ready.wait(10)
        try:
            change(store, POLICY, "ada", events.Withdrawn(**ADA), now=NOW)
            said.append("withdrawn")
        except RefusedError:
            said.append("refused")

    threads = [Thread(target=withdraw) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) == ["refused", "withdrawn"]
    assert [each.journey.number for each in history(store, "ada")] == [1, 2, 3]
    assert len(notices(store, applicant_id="ada")) == 3


def test_an_event_of_long_ago_is_entered_and_not_told(store: Store) -> None:
    """As when an older workspace gets its journal."""
    assert [each.event.kind for each in catch_up(store, POLICY, "bob", now=NOW + timedelta(days=8))] == [
        "applied",
        "tests-assigned",
    ]
    assert notices(store, applicant_id="bob") == []
