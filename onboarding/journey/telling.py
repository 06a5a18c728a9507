"""Turns what an event leads to into notices; what happened long ago is not told any more."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from onboarding.journey.journal import Entry
from onboarding.journey.next_step import title
from onboarding.journey.states import Notify, State
from onboarding.journey.told import Told
from onboarding.journey.ways import Way
from onboarding.notices import outbox
from onboarding.notices.outbox import Post
from onboarding.requirements import Policy

STALE = timedelta(days=7)
"""An event that is entered later than this, as when a workspace gets its journal, is known to the applicant."""


def tell(
    session: Session, policy: Policy, new: Sequence[tuple[Way, Sequence[tuple[Way, Entry]]]], *, now: datetime
) -> None:
    """Post the notices, within the transaction that adds the events.

    Args:
        new: each way as it was, with its events and how it was after each.
    """
    posts: list[Post] = []
    for before, done in new:
        told = [(way, entry) for way, entry in done if now - entry.event.at <= STALE]
        posts += [post for way, entry in told for post in _posts(Told(session, way, entry))]
        posts += _reminders(policy, done[-1][0] if done else before, now)
    outbox.post_all(session, posts, now=now)


def _posts(told: Told) -> Iterator[Post]:
    name = told.entry.applicant_id
    for action in told.entry.actions:
        if isinstance(action, Notify):
            key, language = f"way {name} {told.journey.number}", told.way.known.language
            yield Post(name, key, action.template, language, told.data(action.template))


def _reminders(policy: Policy, way: Way, now: datetime) -> Iterator[Post]:
    """Qualifications of members that expire soon; each is spoken of once, by its key."""
    journey, known = way.journey, way.known
    if journey is None or journey.state is not State.POOL:
        return
    for assessment, until in journey.valid_until.items():
        if assessment in policy.assessments and until - way.rules.renewal <= now.date() <= until:
            name = policy.assessments[assessment].qualification
            data = {"qualification": name, "until": until, "assessment": title(assessment)}
            key = f"expires {known.applicant_id} {assessment} {until}"
            yield Post(known.applicant_id, key, "qualification-expiring", known.language, data)
