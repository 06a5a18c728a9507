"""The phrases for decisions, with ways to write shares, numbers and days: what a language has to say, and English."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from onboarding.standing import TOGETHER, Kind


class Phrases(NamedTuple):
    """One language.

    Args:
        score: what a check of a score says, of which there are most by far: what, found, its error, the minimum.
        kinds: what a check of any other kind says.
        texts: everything else.
        share: a share of 1 as percent.
    """

    score: Callable[[str, float, float, float], str]
    kinds: Mapping[Kind, str]
    texts: Mapping[str, str]
    share: Callable[[float], str]
    number: Callable[[float], str]
    day: Callable[[date], str]
    listed: Callable[[Sequence[str]], str]


def _score(what: str, found: float, error: float, minimum: float) -> str:
    return f"{what} is {found:.0%} (± {error:.0%}), the minimum is {minimum:.0%}"


ENGLISH = Phrases(
    score=_score,
    kinds={
        Kind.BETWEEN: (
            "{what} will be between {worst} and {best} once all points are judged, the minimum is {minimum}: "
        ),
        Kind.MISSING: "nothing was handed in yet",
        Kind.UNGRADED: "not graded yet; this is our side's delay",
        Kind.UNREADABLE: "could not be graded, a person looks at it: {note}",
        Kind.FLAGGED: "a person looks at it: {note}",
        Kind.WAITING: "{points} of {of} points wait for a person",
        Kind.EXPIRED: "was valid until {until} and has to be taken again",
        Kind.MEAN_OPEN: "the weighted mean needs every result",
        Kind.MEAN_WAITING: "the weighted mean waits for a person",
        Kind.REACHED: "qualified: every minimum score of this project is reached",
        Kind.DOUBTED: "not qualified for this project as long as no person says so; it says nothing about others",
        Kind.MISSED: "not qualified for this project; it says nothing about others",
        Kind.HOLDING_UP: "who misses this project is declined, so a person decides first",
        Kind.DECLINING: "who misses this project is declined",
    },
    texts={
        "every minimum score is reached": "every minimum score is reached",
        "every minimum score is reached that admission needs": "every minimum score is reached that admission needs",
        TOGETHER: TOGETHER,
        "project": "project {project}",
        "score": "the score",
        "skill": "the skill {skill}",
        "mean": "the weighted mean of {parts}",
        "close": ": too close to the minimum for a rule, a person decides",
        "settled": "what waits cannot change this",
        "unsettled": "a person judges what waits first",
        "share": "{number} % more",
        "point": "1 more point",
        "points": "{number} more points",
        "in": " in {skill}",
        "passes": "{more} would have passed this minimum",
        "looks": "{more} would have sent it to a person",
        "used": "all {used} attempts are used",
        "too far": "cannot be tried again: a minimum was missed by more than {share}",
        "again": "may be tried again from {day}",
        "training": ", after the training",
        "replaces": "; the new result then counts instead of this one, also for the pool",
    },
    share="{:.0%}".format,
    number="{:g}".format,
    day=str,
    listed=", ".join,
)
