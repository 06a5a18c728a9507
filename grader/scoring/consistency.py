"""Whether the parts of an assignment fit together, and whether what they agree on is right: pure functions, 0 to 1."""

import re
from collections.abc import Iterable, Mapping, Sequence

from grader.scoring.agreement import tau_b
from grader.scoring.prose import telling

ENOUGH = 0.5
"""The share of the criteria that has to be taken up elsewhere; people put things in other words."""


def own_agreement(scores: Mapping[str, float], order: Sequence[str]) -> float:
    """How well somebody's scores agree with the order that the same person gave: max(0, τ_b)."""
    return max(0.0, tau_b([-scores[key] for key in order], [*range(len(order))]))


def weighted_means(rows: Sequence[Mapping[str, object]], ratings: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """For each answer the mean of its ratings, by the weights of the criteria, in points.

    Args:
        rows: criteria with `id` and `weight`.
        ratings: for each answer a rating for each criterion.
    """
    weights = {str(row["id"]): int(str(row["weight"])) for row in rows}
    total = sum(weights.values())
    return {answer: sum(weights[row] * rated[row] for row in weights) / total for answer, rated in ratings.items()}


def taken_up(criteria: Sequence[str], text: str, share: float = 0.0) -> float:
    """How many criteria a text takes up, where half of them are enough: 0…1.

    Args:
        share: a criterion is taken up if more than this share of its words stands in the text, little words aside; or
            if it is called by its number.
    """
    words = set(telling(text))
    called = {int(number) for number in re.findall(r"\bcriterion\s+(\d{1,2})\b", text, re.IGNORECASE)}
    found = sum(
        place in called or _common(telling(criterion), words) > share
        for place, criterion in enumerate(criteria, start=1)
    )
    return min(1.0, found / (ENOUGH * len(criteria))) if criteria else 0.0


def letters_named(text: str, letters: Iterable[str]) -> float:
    """The share of the answers, called by capital letters, that a text speaks of."""
    wanted = [*letters]
    return sum(bool(re.search(rf"\b{letter}\b", text)) for letter in wanted) / len(wanted)


def _common(words: Sequence[str], known: set[str]) -> float:
    return len(set(words) & known) / len(set(words)) if words else 0.0
