"""Brings the journal up to date with what the tables say: attempts, hand-ins, decisions, modules, patience."""

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from assessments.errors import UsageError
from grader.database import in_portions
from grader.store import Store
from onboarding.journey import events, journal
from onboarding.journey.due import PROGRAM, due
from onboarding.journey.events import AnyEvent
from onboarding.journey.journal import Entry
from onboarding.journey.states import RefusedError
from onboarding.journey.telling import tell
from onboarding.journey.ways import Way, ways
from onboarding.requirements import Policy
from onboarding.undisturbed import undisturbed

TRIES = 5
"""So often people are looked at again where another process was quicker."""


def catch_up_all(store: Store, policy: Policy, *, now: datetime) -> Iterator[list[Entry]]:
    """Enter what happened to everybody since the last time, and tell them; yields what was new, portion by portion."""
    return catch_up_some(store, policy, [row.id for row in store.applicants()], now=now)


def catch_up_some(
    store: Store, policy: Policy, applicant_ids: Collection[str], *, now: datetime
) -> Iterator[list[Entry]]:
    """The same for these people; ids that nobody has are left out.

    What cannot happen by the rules, as a test that was never assigned, is no part of the way.
    """
    for portion in in_portions(applicant_ids):
        with undisturbed():
            entered = _enter(store, policy, portion, lambda way: _new(way, policy, now), now=now)
        yield entered


def catch_up(store: Store, policy: Policy, applicant_id: str, *, now: datetime) -> list[Entry]:
    """The same for one person; UsageError if there is no such applicant."""
    store.require_applicant(applicant_id)
    return [entry for portion in catch_up_some(store, policy, [applicant_id], now=now) for entry in portion]


def change(store: Store, policy: Policy, applicant_id: str, event: AnyEvent, *, now: datetime) -> Entry:
    """Enter something that no table says, such as that somebody withdraws.

    Raises:
        RefusedError: it cannot happen now.
        UsageError: no such applicant.
    """
    catch_up(store, policy, applicant_id, now=now)
    (entry,) = _enter(store, policy, [applicant_id], lambda way: iter([way.after(event)]), now=now)
    return entry


def require_start(store: Store, policy: Policy, applicant_id: str, assessment: str, *, now: datetime) -> None:
    """Look whether an attempt may begin now, or go on. What the policy does not name may always be tried.

    Raises:
        RefusedError: it may not.
        UsageError: no such applicant.
    """
    if assessment not in policy.named:
        return
    catch_up(store, policy, applicant_id, now=now)
    with store.session() as session:
        (way,) = ways(session, policy, [applicant_id])
    goes_on = way.journey and way.journey.is_running(assessment)
    happens = events.TestHandedIn if goes_on else events.TestStarted
    way.after(happens(at=now, by=applicant_id, assessment=assessment))


def _enter(
    store: Store,
    policy: Policy,
    ids: Collection[str],
    happened: Callable[[Way], Iterator[tuple[Way, Entry]]],
    *,
    now: datetime,
) -> list[Entry]:
    """Add what is new with its notices, all or nothing; another process may do the same in the same moment."""
    for _ in range(TRIES):
        try:
            with store.session() as session:
                new = [(way, list(happened(way))) for way in ways(session, policy, ids)]
                entries = [entry for _, done in new for _, entry in done]
                journal.write(session, entries)
                tell(session, policy, new, now=now)
        except IntegrityError:
            # what it added is looked at first
            continue
        return entries
    raise UsageError(f"the way of {min(ids)} is being changed by others all the time", tip="Try again.")


def _new(way: Way, policy: Policy, now: datetime) -> Iterator[tuple[Way, Entry]]:
    """What is on record and not in the journal yet, and the end of patience."""
    for event in due(way.journey, way.known, policy, now=now):
        with suppress(RefusedError):
            way, entry = way.after(event)
            yield way, entry
    if way.journey:
        # refused until patience is over
        with suppress(RefusedError):
            yield way.after(events.Expired(at=now, by=PROGRAM, quiet_since=way.journey.since))
