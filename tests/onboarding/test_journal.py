"""The journal: nothing is changed or lost, also where two processes write."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy.orm import Session

from grader.store import Store, migrate
from onboarding.applicants import register
from onboarding.journey import events
from onboarding.journey.journal import Entry, add, add_all, history, journey_of, journeys
from onboarding.journey.states import RefusedError, Rules, State

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RULES = Rules(attempts={"english": 2})
ADA = {"at": NOW, "by": "ada"}


def nothing(_session: Session, _entry: Entry) -> None:
    """Nothing else is to be done."""


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A database with ada and bob."""
    migrate(url)
    store = Store(url)
    for name in ("ada", "bob"):
        register(store, name, "", now=NOW)
    yield store
    store.close()


def test_what_was_added_is_found_again(store: Store) -> None:
    """Each event with the journey that it led to."""
    add(store, "ada", events.Applied(**ADA), RULES, nothing)
    add(store, "ada", events.SelfAssessed(**ADA), RULES, nothing)
    found = history(store, "ada")
    assert [entry.event for entry in found] == [events.Applied(**ADA), events.SelfAssessed(**ADA)]
    assert [entry.journey.state for entry in found] == [State.APPLIED, State.SELF_ASSESSED]
    assert journey_of(store, "ada") == found[-1].journey
    assert journey_of(store, "bob") is None
    assert list(journeys(store)) == ["ada"]


def test_what_cannot_happen_leaves_nothing(store: Store) -> None:
    """All of a batch or none of it."""
    happened: list[tuple[str, events.AnyEvent]] = [("ada", events.Applied(**ADA)), ("bob", events.SelfAssessed(**ADA))]
    with pytest.raises(RefusedError, match="no application yet"):
        add_all(store, happened, RULES, nothing)
    assert journeys(store) == {}


def test_what_has_to_be_done_is_done_with_the_event_or_not_at_all(store: Store) -> None:
    """A failing notice takes the event back."""

    def fail(_session: Session, _entry: Entry) -> None:
        raise ValueError("no paper")

    with pytest.raises(ValueError, match="no paper"):
        add(store, "ada", events.Applied(**ADA), RULES, fail)
    assert journey_of(store, "ada") is None


def test_two_writers_get_in_line(store: Store) -> None:
    """Of two applications in the same moment one is refused; nothing is counted twice."""
    ready, said = Barrier(2), []

    def write() -> None:
        ready.wait(10)
        try:
            add(store, "ada", events.Applied(**ADA), RULES, nothing)
            said.append("added")
        except RefusedError:
            said.append("refused")

    threads = [Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) == ["added", "refused"]
    assert [entry.journey.number for entry in history(store, "ada")] == [1]
