"""Scores `ordering`: Kendall's tau against the right order."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from assessments.items import OptionId, Response
from assessments.kinds.ordering import OrderingItem
from grader.scoring.agreement import places, tau_b
from grader.scoring.base import Judgement, Key
from grader.scoring.ranking import order_guesses


class OrderingKey(Key[OrderingItem]):
    """The ids of all steps in the right order.

    Credit = max(0, τ), where τ = (pairs of steps in the right order − pairs in the wrong order) / all pairs (Kendall,
    1938). A random order has an expected τ of 0, the reversed one has −1.
    """

    ALIASED: ClassVar[tuple[str, ...]] = ("answer",)

    answer: tuple[OptionId, ...]

    def problems(self, item: OrderingItem) -> list[str]:
        if sorted(self.answer) == sorted(item.steps):
            return []
        return [f"key.answer: found {', '.join(self.answer)}, allowed {', '.join(item.steps)}, each once"]

    def score(self, item: OrderingItem, response: Response) -> Judgement:
        found = places([str(key) for key in response] if isinstance(response, list) else [])
        tau = tau_b([found[key] for key in self.answer], range(len(self.answer)))
        share = (1 + tau) / 2
        return Judgement(credit=max(0.0, tau), explanation=f"{share:.0%} of the pairs of steps in the right order")

    def reference(self, item: OrderingItem) -> Response:
        return [*self.answer]

    def guesses(self, item: OrderingItem) -> Mapping[str, Sequence[Response]]:
        """Random, by length either way, and by the alphabet."""
        alphabet = sorted(item.steps, key=lambda key: item.steps[key])
        return {**order_guesses(item.steps), "by the alphabet": [[*alphabet]]}
