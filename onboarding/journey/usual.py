"""How long a state usually lasts: the median of those who have left it lately."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from statistics import median

from sqlalchemy import select

from grader.store import Store
from onboarding.journey.states import State
from onboarding.tables import EventRow

LATELY = 5_000
"""So many of the newest events are looked at."""
FEWEST = 5
"""Of fewer people nothing is said."""
UNKNOWN = "How long this usually lasts is not known yet."


def usual(store: Store, state: State) -> str:
    """How long it lasts for half of the people, in words."""
    query = select(EventRow.applicant_id, EventRow.number, EventRow.state, EventRow.at)
    with store.session() as session:
        newest = session.execute(query.order_by(EventRow.id.desc()).limit(LATELY))
        rows = [(row.applicant_id, row.number, row.state, row.at) for row in newest]
    lasted = list(_lasted(sorted(rows, key=itemgetter(0, 1)), state))
    if len(lasted) < FEWEST:
        return UNKNOWN
    days = round(median(each / timedelta(days=1) for each in lasted))
    return f"For half of the people this lasts {'less than a day' if days < 1 else f'{days} days or less'}."


def _lasted(rows: Iterable[tuple[str, int, str, datetime]], state: State) -> Iterable[timedelta]:
    """From the event that led to the state to the one that led out of it."""
    began: datetime | None = None
    for (person, _, here, at), (other, _, there, later) in pairwise(rows):
        began = (began or at) if here == state else None
        if began and person == other and there != state:
            yield later - began
        if person != other:
            began = None
