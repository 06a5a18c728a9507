"""Scores `choice`: right or not."""

from collections.abc import Mapping

from assessments.items import OptionId, Response
from assessments.kinds.choice import ChoiceItem
from grader.scoring.base import Judgement, Key


class ChoiceKey(Key[ChoiceItem]):
    """The id of the one right option."""

    answer: OptionId

    def problems(self, item: ChoiceItem) -> list[str]:
        if self.answer in item.options:
            return []
        return [f"key.answer: found {self.answer!r}, allowed {', '.join(item.options)}"]

    def score(self, item: ChoiceItem, response: Response) -> Judgement:
        right = response == self.answer
        return Judgement(credit=float(right), explanation="right" if right else "another option is right")

    def reference(self, item: ChoiceItem) -> Response:
        return self.answer

    def guesses(self, item: ChoiceItem) -> Mapping[str, float]:
        """Random; the longest, the shortest and (options are shuffled at issue) any fixed place."""
        by_length = sorted(item.options, key=lambda key: len(item.options[key]))
        return {
            "random": 1 / len(item.options),
            "longest": float(by_length[-1] == self.answer),
            "shortest": float(by_length[0] == self.answer),
        }
