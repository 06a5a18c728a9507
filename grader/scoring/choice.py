"""Scores `choice`: right or not."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from assessments.items import OptionId, Response
from assessments.kinds.choice import ChoiceItem
from grader.scoring.base import Judgement, Key
from grader.scoring.guesses import most_like


class ChoiceKey(Key[ChoiceItem]):
    """The id of the one right option."""

    ALIASED: ClassVar[tuple[str, ...]] = ("answer",)

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

    def guesses(self, item: ChoiceItem) -> Mapping[str, Sequence[Response]]:
        """Random (as any place is, for options are shuffled), the longest, the shortest, the question's words."""
        by_length = sorted(item.options, key=lambda key: len(item.options[key]))
        return {
            "random": by_length,
            "longest": by_length[-1:],
            "shortest": by_length[:1],
            "the question's words": most_like(item.options, item.prompt),
        }
