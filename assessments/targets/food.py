"""What a message says about food: as the assistant reads it, and as it was meant where that is certain."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from assessments.targets.facts import DIETS, INGREDIENTS
from assessments.targets.words import tokens

_NEGATIONS = """
    without no not never neither nor cannot cant dont can't don't doesn't won't isn't mustn't shouldn't couldn't
    wouldn't aren't avoid except excluding exclude skip hate allergic intolerant minus
"""
_FILLERS = """
    a an any the of or nor to in it be is are want like eat eating have having contain contains containing include
    includes use tolerate stand touch digest allowed made something anything dish dishes food added
"""
NEGATORS = frozenset(_NEGATIONS.split())
_BETWEEN = frozenset(_FILLERS.split())
"""Words that may stand between a negation and what it rules out."""
_LIST_ENDS = (",", "or", "and", ".", "!", "?", ";", "please")
_NOTHING_BUT = re.compile(r"\b(?:any|every)thing but\b")


class Wish(NamedTuple):
    """What one message asks for.

    Args:
        wanted: for each word for food, the ingredients of which one has to be in.
        without: ingredients ruled out by name.
        diet: ingredients ruled out by a diet.
    """

    wanted: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()
    diet: frozenset[str] = frozenset()

    @property
    def named(self) -> frozenset[str]:
        """All ingredients that are asked for."""
        return frozenset().union(*self.wanted)


def as_read(text: str) -> Wish:
    """As the assistant reads it: it knows `without`, `no`, `allergic to` and `-free`, right before or after a word."""
    said = tokens(text)
    ruled_out = {i for i, word in enumerate(said) if word in INGREDIENTS and _is_plainly_negated(said, i)}
    return _wish(said, ruled_out)


def as_meant(text: str) -> Wish:
    """As a careful reader understands it; what is uncertain counts as wanted."""
    said = tokens(_NOTHING_BUT.sub("except", text.lower()))
    ruled_out = {i for i, word in enumerate(said) if word in INGREDIENTS and _is_plainly_negated(said, i)}
    open_negation = False
    for i, word in enumerate(said):
        if word in NEGATORS:
            # a second one (not without, don't avoid) cancels the first
            open_negation = not open_negation or word == "nor"
        elif word in (",", "and"):
            open_negation = open_negation and _is_list(said[i + 1 : i + 3])
        elif word in INGREDIENTS and open_negation:
            ruled_out.add(i)
        elif word not in INGREDIENTS and word not in _BETWEEN:
            open_negation = False
    return _wish(said, ruled_out)


def _is_list(after: tuple[str, ...]) -> bool:
    """Whether a list goes on behind a comma or an `and`: `no nuts, milk or eggs`, but not `no nuts, milk is fine`."""
    return after[:1] != () and after[0] in INGREDIENTS and after[1:] in ((), *((end,) for end in _LIST_ENDS))


def _is_plainly_negated(said: tuple[str, ...], i: int) -> bool:
    before, after = said[max(0, i - 2) : i], said[i + 1 : i + 3]
    is_free = after == ("-", "free") or after[:1] == ("free",)
    return is_free or before[-1:] in (("without",), ("no",)) or before == ("allergic", "to")


def _wish(said: tuple[str, ...], ruled_out: Iterable[int]) -> Wish:
    ruled_out = set(ruled_out)
    words = [(i, INGREDIENTS[word]) for i, word in enumerate(said) if word in INGREDIENTS]
    diets = [DIETS[word] for i, word in enumerate(said) if word in DIETS and not NEGATORS & {*said[max(0, i - 2) : i]}]
    return Wish(
        wanted=tuple(stands_for for i, stands_for in words if i not in ruled_out),
        without=frozenset().union(*(stands_for for i, stands_for in words if i in ruled_out)),
        diet=frozenset().union(*diets),
    )
