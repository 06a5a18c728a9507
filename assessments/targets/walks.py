"""Guided walks: finding one that fits, and how long a way takes."""

import re
from typing import NamedTuple

from assessments.targets.facts import KM, KM_PER_HOUR, OTHER_KM, WALKS, Walk
from assessments.targets.reply import State, Turn
from assessments.targets.words import OTHER, has, plain, quantities

_WORDS = ("walk", "walks", "hike", "hikes", "trail", "tour", "stroll", "walking", "on foot")
_MOST = r"at most|(?:no|not) (?:more than|longer than|over|above)|less than|under|below|up to|maximum|shorter than"
_LEAST = r"at least|(?:no|not) (?:less than|shorter than|under|below)|more than|over|above|longer than|minimum"
_LIMIT = re.compile(rf"\b(?:({_MOST})|({_LEAST}))(?: of)?\s+(?=\d)")
_WORDED = {"most": "at most", "least": "at least", "about": "about"}


class Limit(NamedTuple):
    """How long a walk may be: as the assistant reads it and as it was meant, both in km."""

    sort: str
    read: float
    meant: float

    def allows(self, km: float, *, meant: bool = False) -> bool:
        """Whether a walk of this length is within the limit."""
        limit = self.meant if meant else self.read
        return {"most": km <= limit, "least": km >= limit, "about": True}[self.sort]


def walks(state: State, message: str) -> Turn | None:
    """A walk, or the time for a way."""
    another = state.last.about == "walks" and has(message, *OTHER)
    limits = limits_in(message)
    if not (has(message, *_WORDS) or another or (limits and state.last.about == "walks")):
        return None
    if limits and has(message, "how long", "how much time", "how many hours"):
        return _time(limits[0])
    skip = state.offered if another else ()
    return _offered(state, message, limits, skip)


def limits_in(message: str) -> list[Limit]:
    """The lengths that a message states, in its order."""
    text = plain(message)
    marks = list(_LIMIT.finditer(text))
    found = [
        Limit("most" if mark[1] else "least", *lengths[0])
        for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=False)
        if (lengths := _lengths(text[mark.end() : end]))
    ]
    return found or [Limit("about", *length) for length in _lengths(text, bare=False)[:1]]


def _lengths(text: str, *, bare: bool = True) -> list[tuple[float, float]]:
    """Each length as (read, meant): the assistant takes what it does not know for kilometres.

    Args:
        bare: whether a number without a unit is a length.
    """
    units = {**KM, **OTHER_KM}
    return [
        (each.number * KM.get(each.unit, 1.0), each.number * units[each.unit])
        for each in quantities(text)
        if each.unit in units and (bare or each.unit)
    ]


def _time(limit: Limit) -> Turn:
    said = f"{limit.read:.4g} km take about {limit.read / KM_PER_HOUR:.2g} hours on foot."
    return Turn(said, _misread([limit]), about="walks")


def _offered(state: State, message: str, limits: list[Limit], skip: tuple[str, ...]) -> Turn:
    before = limits_in(state.heard[-1]) if state.heard else []
    heeded = _heeded(limits or before)
    wish = " and ".join(f"{_WORDED[limit.sort]} {limit.read:.4g} km" for limit in heeded)
    failures = _misread(heeded)
    fitting = [walk for walk in WALKS if walk.name not in skip and all(limit.allows(walk.km) for limit in heeded)]
    if not fitting:
        lengths = ", ".join(f"{walk.km:g}" for walk in WALKS)
        return Turn(f"I know no other walk{f' of {wish}' if wish else ''}; ours are {lengths} km long.", failures)
    about = [limit.read for limit in heeded if limit.sort == "about"]
    walk = min(fitting, key=lambda each: abs(each.km - about[0])) if about else fitting[0]
    if _contradict(limits):
        failures |= {"breaks-on-contradiction"}
    elif not limits and _earlier_limit_broken(state, walk):
        failures |= {"loses-earlier-limit"}
    said = f"How about {walk.name}{f' for {wish}' if wish else ''}? It is {walk.km:g} km long. Shall I book it for you?"
    return Turn(said, failures, offer=walk.name, about="walks")


def _heeded(limits: list[Limit]) -> list[Limit]:
    """All limits, or the last one where no length fits all."""
    return limits[-1:] if _contradict(limits) else limits


def _contradict(limits: list[Limit]) -> bool:
    least = max((limit.meant for limit in limits if limit.sort == "least"), default=0.0)
    most = min((limit.meant for limit in limits if limit.sort == "most"), default=float("inf"))
    return least > most


def _misread(limits: list[Limit]) -> frozenset[str]:
    return frozenset({"trusts-units"} if any(limit.read != limit.meant for limit in limits) else ())


def _earlier_limit_broken(state: State, walk: Walk) -> bool:
    """Whether the walk breaks the newest limits, stated two or more messages ago."""
    if state.heard and limits_in(state.heard[-1]):
        return False
    newest = next((found for earlier in reversed(state.heard[:-1]) if (found := limits_in(earlier))), [])
    return not _contradict(newest) and not all(limit.allows(walk.km, meant=True) for limit in newest)
