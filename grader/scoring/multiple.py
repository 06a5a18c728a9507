"""Scores `multiple`: hits pay, wrong picks cost, choosing everything earns nothing."""

from collections.abc import Mapping
from itertools import combinations
from typing import Annotated

from pydantic import Field

from assessments.items import OptionId, Response
from assessments.kinds.multiple import MultipleItem
from grader.scoring.base import Judgement, Key


class MultipleKey(Key[MultipleItem]):
    """The ids of all right options.

    Credit = max(0, hits / right options − wrong picks / wrong options): the hit rate less the false alarm rate
    (Youden, 1950), so that any choice made without looking has an expected credit near 0 before the floor.
    """

    answer: Annotated[frozenset[OptionId], Field(min_length=1)]

    def problems(self, item: MultipleItem) -> list[str]:
        unknown = self.answer - set(item.options)
        if unknown:
            return [f"key.answer: found {', '.join(sorted(unknown))}, allowed {', '.join(item.options)}"]
        if len(self.answer) == len(item.options):
            return ["key.answer: found every option, allowed at most all but one"]
        return []

    def score(self, item: MultipleItem, response: Response) -> Judgement:
        picks = set(map(str, response)) if isinstance(response, list) else set()
        hits, wrong = len(picks & self.answer), len(picks - self.answer)
        return Judgement(
            credit=self._credit(item, picks),
            explanation=f"{hits} of {len(self.answer)} right options found, {wrong} wrong picked",
        )

    def reference(self, item: MultipleItem) -> Response:
        return [*sorted(self.answer)]

    def guesses(self, item: MultipleItem) -> Mapping[str, float]:
        """Everything; and for each number of options, that many drawn at random."""
        options = list(item.options)
        found = {"everything": self._credit(item, set(options))}
        for size in range(1, len(options)):
            drawn = [self._credit(item, set(picks)) for picks in combinations(options, size)]
            found[f"{size} at random"] = sum(drawn) / len(drawn)
        return found

    def _credit(self, item: MultipleItem, picks: set[str]) -> float:
        hit_rate = len(picks & self.answer) / len(self.answer)
        false_alarm_rate = len(picks - self.answer) / (len(item.options) - len(self.answer))
        return max(0.0, hit_rate - false_alarm_rate)
