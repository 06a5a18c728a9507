"""How well views agree: pure functions over numbers, for every scorer that compares with a panel or with an order."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import TypeVar

T = TypeVar("T")


def panel_share(counts: Mapping[str, int], pick: str) -> float:
    """How many experts share the view `pick`, relative to the most common view: 0 to 1."""
    return counts.get(pick, 0) / max(counts.values())


def tau_b(first: Sequence[float], second: Sequence[float]) -> float:
    """How alike two ways of ranking the same things are: 1 for the same order, −1 for the reverse, about 0 by chance.

    τ_b = (C − D) / √((n₀ − t₁)(n₀ − t₂)), with C and D the pairs in the same and in opposite order, n₀ all pairs, t₁
    and t₂ the pairs that the one and the other ties (Kendall, 1945). Without ties it is (C − D) / n₀ (Kendall, 1938).

    Args:
        first, second: a rank, score or place for each thing, in the same order of things. Only order and ties count.

    Returns:
        0 where one side ties everything, for it says nothing of the order.
    """
    pairs = list(combinations(zip(first, second, strict=True), 2))
    signs = [(_sign(a[0] - b[0]), _sign(a[1] - b[1])) for a, b in pairs]
    untied = sum(one != 0 for one, _ in signs) * sum(other != 0 for _, other in signs)
    return sum(one * other for one, other in signs) / sqrt(untied) if untied else 0.0


def places(order: Sequence[T]) -> dict[T, int]:
    """The place of each thing in an order, 1 for the first."""
    return {thing: place for place, thing in enumerate(order, start=1)}


def mean_ranks(rankings: Sequence[Sequence[T]]) -> dict[T, float]:
    """The mean place of each thing in several orders of the same things: the panel's consensus (Kendall, 1948).

    Things may tie. They come lowest mean first, ties in the order of the first ranking.
    """
    ranked = [places(ranking) for ranking in rankings]
    # sums of whole numbers, so that equal means are equal
    sums = {thing: sum(found[thing] for found in ranked) for thing in rankings[0]}
    return {thing: sums[thing] / len(rankings) for thing in sorted(sums, key=lambda thing: sums[thing])}


def scores_agreement(scores: Mapping[str, float], panel: Sequence[Sequence[str]]) -> float:
    """How well scores, of which larger is better, agree with a panel's orders: max(0, τ_b / τ_best), 0 to 1.

    τ_b is that of the scores with the panel's mean ranks, τ_best the largest that any order can have with them; it is
    below 1 where the mean ranks tie. Scores that are all alike say nothing and earn 0.
    """
    consensus = mean_ranks(panel)
    best = tau_b([*range(len(consensus))], [*consensus.values()])
    found = tau_b([-scores[thing] for thing in consensus], [*consensus.values()])
    # scores may tie where the panel does, which no order can
    return min(1.0, max(0.0, found / best))


def order_agreement(order: Sequence[str], panel: Sequence[Sequence[str]]) -> float:
    """The same for an order, best first."""
    return scores_agreement({thing: -place for thing, place in places(order).items()}, panel)


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)
