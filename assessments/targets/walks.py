"""Guided walks: finding one that fits, and how long a way takes."""

from assessments.targets.facts import KM_PER_HOUR, WALKS, Walk
from assessments.targets.lengths import Limit, clash, contradict, limits_in
from assessments.targets.reply import State, Turn
from assessments.targets.words import OTHER, has

_WORDS = ("walk", "walks", "hike", "hikes", "trail", "tour", "stroll", "walking", "on foot")
_WORDED = {"most": "at most", "least": "at least", "about": "about"}


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
    if contradict(limits) or clash(limits, message):
        failures |= {"breaks-on-contradiction"}
    elif not limits and _earlier_limit_broken(state, walk):
        failures |= {"loses-earlier-limit"}
    said = f"How about {walk.name}{f' for {wish}' if wish else ''}? It is {walk.km:g} km long. Shall I book it for you?"
    return Turn(said, failures, offer=walk.name, about="walks")


def _heeded(limits: list[Limit]) -> list[Limit]:
    """All limits, or the last one where no length fits all."""
    return limits[-1:] if contradict(limits) else limits


def _misread(limits: list[Limit]) -> frozenset[str]:
    return frozenset({"trusts-units"} if any(limit.read != limit.meant for limit in limits) else ())


def _earlier_limit_broken(state: State, walk: Walk) -> bool:
    """Whether the walk breaks the newest limits, stated two or more messages ago."""
    if state.heard and limits_in(state.heard[-1]):
        return False
    newest = next((found for earlier in reversed(state.heard[:-1]) if (found := limits_in(earlier))), [])
    return not contradict(newest) and not all(limit.allows(walk.km, meant=True) for limit in newest)
