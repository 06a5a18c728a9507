"""What a message says about food: as the assistant reads it, and as it was meant where that is certain."""

from typing import NamedTuple

from assessments.targets.facts import DIETS, INGREDIENTS
from assessments.targets.negation import negated, reworded
from assessments.targets.wordings import NEGATORS
from assessments.targets.words import tokens


class Wish(NamedTuple):
    """What one message asks for.

    Args:
        wanted: for each word for food, the ingredients of which one has to be in.
        without: ingredients ruled out by name.
        diet: ingredients ruled out by a diet.
        again: ingredients ruled out by name, and asked for afterwards.
    """

    wanted: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()
    diet: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()

    @property
    def named(self) -> frozenset[str]:
        """All ingredients that are asked for."""
        return frozenset().union(*self.wanted)


def as_read(text: str) -> Wish:
    """As the assistant reads it: it knows `without`, `no`, `allergic to` and `-free`, right before or after a word."""
    said = tokens(text)
    return _wish(said, _plainly_negated(said))


def as_meant(text: str) -> Wish:
    """As a careful reader understands it; what is uncertain counts as wanted."""
    said = reworded(text)
    return _wish(said, _plainly_negated(said) | negated(said, INGREDIENTS))


def _plainly_negated(said: tuple[str, ...]) -> set[int]:
    return {i for i, word in enumerate(said) if word in INGREDIENTS and _is_plainly_negated(said, i)}


def _is_plainly_negated(said: tuple[str, ...], i: int) -> bool:
    before, after = said[max(0, i - 2) : i], said[i + 1 : i + 3]
    is_free = after == ("-", "free") or after[:1] == ("free",)
    return is_free or before[-1:] in (("without",), ("no",)) or before == ("allergic", "to")


def _wish(said: tuple[str, ...], ruled_out: set[int]) -> Wish:
    named = [(i, INGREDIENTS[word]) for i, word in enumerate(said) if word in INGREDIENTS]
    diets = [DIETS[word] for i, word in enumerate(said) if word in DIETS and not NEGATORS & {*said[max(0, i - 2) : i]}]
    last = {ingredient: i for i, stands_for in named for ingredient in stands_for}
    without = frozenset().union(*(stands_for for i, stands_for in named if i in ruled_out))
    return Wish(
        wanted=tuple(stands_for for i, stands_for in named if i not in ruled_out),
        without=without,
        diet=frozenset().union(*diets),
        again=frozenset(ingredient for ingredient in without if last[ingredient] not in ruled_out),
    )
