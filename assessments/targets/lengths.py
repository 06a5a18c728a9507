"""How long a walk may be: what a message says, as the assistant reads it and as it was meant."""

import re
from math import inf
from typing import NamedTuple

from assessments.targets.facts import KM, OTHER_KM
from assessments.targets.words import has, plain, quantities

_MOST = (
    r"at (?:the )?most|(?:no|not) (?:more than|longer than|over|above|exceeding)|less than|fewer than|shorter than"
    r"|under|below|up to|within|max(?:imum)?"
)
_LEAST = (
    r"at (?:the )?least|(?:no|not) (?:less than|fewer than|shorter than|under|below)|more than|longer than"
    r"|over|above|minimum"
)
_STRICT = re.compile(r"(?:more|less|fewer|longer|shorter|under|below|over|above)\b")
_LIMIT = re.compile(rf"\b(?:({_MOST})|({_LEAST}))(?: of)?\s+(?=\d)")
_UNITS = {**KM, **OTHER_KM}
_LENGTH = rf"\d[\d.,]*[\s-]{{0,3}}(?:{'|'.join(unit for unit in _UNITS if unit)})\b"
_BEHIND = re.compile(
    rf"\b({_LENGTH}),? (?:(or less|or shorter|at (?:the )?most|max(?:imum)?)|or more|or longer|at (?:the )?least"
    r"|minimum)\b(?!(?: of)? \d)"
)
"""A limit that stands behind its number."""
_ASKED = re.compile(
    rf"\b(?:a|another) ({_LENGTH}) (?:long )?(?:guided )?(?:walk|hike|tour|trail|stroll)\b"
    rf"|\b(?:(?:walk|hike|tour|trail|stroll) of|(?:that|which) is|that's|takes|lasts|taking|lasting) ({_LENGTH})"
)
_DONE = ("was", "were", "did", "had", "yesterday", "last", "walked", "or")
"""Words with which a length is not, or not for certain, what is asked for."""
_ALIKE = 1.5
"""Two lengths with no larger quotient may be meant for the same walk."""


class Limit(NamedTuple):
    """How long a walk may be: as the assistant reads it and as it was meant, both in km; strict if not as long."""

    sort: str
    read: float
    meant: float
    strict: bool = False

    def allows(self, km: float, *, meant: bool = False) -> bool:
        """Whether a walk of this length is within the limit."""
        limit = self.meant if meant else self.read
        return {"most": km <= limit, "least": km >= limit, "about": True}[self.sort]


def limits_in(message: str) -> list[Limit]:
    """The lengths that a message states, in its order."""
    text = _usual(message)
    marks = list(_LIMIT.finditer(text))
    found = [
        Limit("most" if mark[1] else "least", *lengths[0], strict=bool(_STRICT.match(mark[0])))
        for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=False)
        if (lengths := _lengths(text[mark.end() : end]))
    ]
    return found or [Limit("about", *length) for length in _lengths(text, bare=False)[:1]]


def _usual(message: str) -> str:
    """The message in lower case, with numbers for `an hour` and limits in front of their numbers."""
    text = re.sub(r"\bhalf an hour\b", "30 minutes", plain(message))
    text = re.sub(r"\ban? (?=hour|mile|kilomet)", "1 ", text)
    return _BEHIND.sub(lambda found: f"{'at most' if found[2] else 'at least'} {found[1]}", text)


def _lengths(text: str, *, bare: bool = True) -> list[tuple[float, float]]:
    """Each length as (read, meant): the assistant takes what it does not know for kilometres.

    Args:
        bare: whether a number without a unit is a length.
    """
    return [
        (each.number * KM.get(each.unit, 1.0), each.number * _UNITS[each.unit])
        for each in quantities(text)
        if each.unit in _UNITS and (bare or each.unit)
    ]


def contradict(limits: list[Limit]) -> bool:
    """Whether no length is within all limits."""
    least = max(((limit.meant, limit.strict) for limit in limits if limit.sort == "least"), default=(0.0, False))
    most = min(((limit.meant, not limit.strict) for limit in limits if limit.sort == "most"), default=(inf, True))
    return least[0] > most[0] or (least[0] == most[0] and (least[1] or not most[1]))


def clash(limits: list[Limit], message: str) -> bool:
    """Whether a length that is asked for breaks the limits, or another one that is asked for with it."""
    sentences = [each for each in re.split(r"[.!?;]+(?:\s|$)|\n", _usual(message)) if not has(each, *_DONE)]
    asked = [
        meant
        for sentence in sentences
        for found in _ASKED.finditer(sentence)
        for _, meant in _lengths(found[1] or found[2], bare=False)
    ]
    return any(not limit.allows(km, meant=True) for km in asked for limit in limits if limit.sort != "about") or (
        bool(asked) and max(asked) > _ALIKE * min(asked)
    )
