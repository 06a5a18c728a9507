"""Decisions held against the truth: how many are wrong, what a person still has to look at, as tables."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from onboarding.decision import Verdict

Z = 1.959963984540054
"""95 % of a normal distribution lie within so many standard deviations."""


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927); (0, 1) where there is nothing to go by."""
    if not of:
        return 0.0, 1.0
    share, spread = hits / of, Z**2 / of
    middle, half = share + spread / 2, Z * math.sqrt(share * (1 - share) / of + spread / of / 4)
    return max((middle - half) / (1 + spread), 0.0), min((middle + half) / (1 + spread), 1.0)


class Errors(NamedTuple):
    """How many people got which decision under one band, by whether they are truly qualified."""

    band: float
    counts: Mapping[tuple[Verdict, bool], int]

    def of(self, verdict: Verdict) -> int:
        """So many got this decision."""
        return self.counts[verdict, True] + self.counts[verdict, False]

    @property
    def people(self) -> int:
        """So many in all."""
        return sum(self.counts.values())

    @property
    def wrongly_admitted(self) -> int:
        """The rule admitted them, and they are not qualified."""
        return self.counts[Verdict.ADMIT, False]

    @property
    def wrongly_declined(self) -> int:
        """The rule declined them, and they are qualified."""
        return self.counts[Verdict.DECLINE, True]

    @property
    def wrong(self) -> int:
        """The rule's errors."""
        return self.wrongly_admitted + self.wrongly_declined


def counted(band: float, verdicts: Mapping[str, Verdict], qualified: Mapping[str, bool]) -> Errors:
    """Decisions held against the truth, by applicant; KeyError if somebody has no decision."""
    return Errors(band, Counter((verdicts[name], truth) for name, truth in qualified.items()))


def rows(found: Sequence[Errors]) -> Iterator[str]:
    """The tables, and what each wider band buys; the first one is the narrowest."""
    qualified = sum(n for (_, truth), n in found[0].counts.items() if truth)
    yield f"truly qualified: {qualified} of {found[0].people}: {_share(qualified, found[0].people)}"
    yield ""
    yield from _table(("band", "admit", "decline", "to a person", *_WRONG), map(_by_rule, found))
    yield ""
    yield from _table(("band", "errors of the rule", *_BOUNDS), map(_with_people, found))
    yield ""
    yield from (_bought(narrow, wide) for narrow, wide in pairwise(found))


_WRONG = ("wrongly admitted", "of those admitted", "wrongly declined", "of those declined")
_BOUNDS = ("with people who are always right", "who toss a coin", "who are always wrong")
"""Nobody knows how well people decide, so these are the bounds."""


def _by_rule(one: Errors) -> Sequence[object]:
    errors = ((one.wrongly_admitted, Verdict.ADMIT), (one.wrongly_declined, Verdict.DECLINE))
    cells = [[f"{wrong} ({wrong / one.people:.1%} of all)", _share(wrong, one.of(whom))] for wrong, whom in errors]
    return [f"{one.band:g}", *map(one.of, (Verdict.ADMIT, Verdict.DECLINE, Verdict.REVIEW)), *cells[0], *cells[1]]


def _with_people(one: Errors) -> Sequence[object]:
    """A coin is wrong in half of the cases, ± one standard deviation."""
    looked_at = one.of(Verdict.REVIEW)
    coin = f"{one.wrong + looked_at / 2:g} ± {math.sqrt(looked_at) / 2:.1f}"
    of_all = f"{one.wrong} of {one.people}: {_share(one.wrong, one.people)}"
    return [f"{one.band:g}", of_all, one.wrong, coin, one.wrong + looked_at]


def _bought(narrow: Errors, wide: Errors) -> str:
    """What a wider band saves the rule from, and at what price; it sends people to review and changes nothing else."""
    more, fewer = wide.of(Verdict.REVIEW) - narrow.of(Verdict.REVIEW), narrow.wrong - wide.wrong
    price = f": {_share(fewer, more)} of these people had been decided about wrongly" if more else ""
    return f"band {wide.band:g} instead of {narrow.band:g}: {more} more people looked at, {fewer} fewer errors{price}"


def _share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits / of:.1%} ({low:.1%} to {high:.1%})" if of else "none"


def _table(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[str]:
    for cells in (heads, ["---"] * len(heads), *lines):
        yield f"| {' | '.join(map(str, cells))} |"
