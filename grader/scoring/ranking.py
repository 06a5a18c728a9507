"""Scores `ranking`: Kendall's tau-b against the panel's consensus."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Annotated, ClassVar

from pydantic import Field

from assessments.items import OptionId, Response
from assessments.kinds.ranking import RankingItem
from grader.scoring.agreement import mean_ranks, order_agreement
from grader.scoring.base import Judgement, Key


class RankingKey(Key[RankingItem]):
    """The experts' rankings, each with all ids, best first.

    Credit = max(0, τ_b / τ_best), where τ_b (Kendall, 1945) is that of the response with the panel's mean ranks, and
    τ_best the largest that any order can have with them; it is below 1 where the mean ranks tie, for a response cannot.
    A pair that ties in the consensus neither pays nor costs. A random order has an expected τ_b of 0.
    """

    ALIASED: ClassVar[tuple[str, ...]] = ("panel",)

    panel: Annotated[tuple[tuple[OptionId, ...], ...], Field(min_length=1)]

    def problems(self, item: RankingItem) -> list[str]:
        found = [
            f"key.panel: found {', '.join(ranking)}, allowed {', '.join(item.answers)}, each once"
            for ranking in self.panel
            if sorted(ranking) != sorted(item.answers)
        ]
        if not found and len(set(mean_ranks(self.panel).values())) == 1:
            return ["key.panel: found rankings that cancel out, allowed a panel that puts one answer before another"]
        return found

    def score(self, item: RankingItem, response: Response) -> Judgement:
        order = [str(key) for key in response] if isinstance(response, list) else []
        credit = order_agreement(order, self.panel)
        return Judgement(credit=credit, explanation=f"{credit:.0%} agreement with the panel's order")

    def reference(self, item: RankingItem) -> Response:
        return [*mean_ranks(self.panel)]

    def guesses(self, item: RankingItem) -> Mapping[str, Sequence[Response]]:
        """Random, and by length either way."""
        return order_guesses(item.answers)


def order_guesses(texts: Mapping[str, str]) -> dict[str, Sequence[Response]]:
    """The ways of ordering texts without reading them."""
    by_length = sorted(texts, key=lambda key: len(texts[key]))
    return {
        "random": [[*order] for order in permutations(sorted(texts))],
        "shortest first": [[*by_length]],
        "longest first": [[*reversed(by_length)]],
    }
