"""Scores `multiple`: hits pay, wrong picks cost, choosing everything earns nothing."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from assessments.items import OptionId, Response
from assessments.kinds.multiple import MultipleItem
from grader.scoring.base import Judgement, Key


class MultipleKey(Key[MultipleItem]):
    """The ids of all right options.

    Credit = max(0, hits / right options − wrong picks / wrong options): the hit rate less the false alarm rate
    (Youden, 1950), so that any choice made without looking has an expected credit near 0 before the floor.
    """

    ALIASED: ClassVar[tuple[str, ...]] = ("answer",)

    answer: Annotated[tuple[OptionId, ...], Field(min_length=1), AfterValidator(lambda ids: tuple(sorted(set(ids))))]

    def problems(self, item: MultipleItem) -> list[str]:
        unknown = set(self.answer) - set(item.options)
        if unknown:
            return [f"key.answer: found {', '.join(sorted(unknown))}, allowed {', '.join(item.options)}"]
        if len(self.answer) == len(item.options):
            return ["key.answer: found every option, allowed at most all but one"]
        return []

    def score(self, item: MultipleItem, response: Response) -> Judgement:
        picks = set(map(str, response)) if isinstance(response, list) else set()
        hits, wrong = len(picks & set(self.answer)), len(picks - set(self.answer))
        wrong_options = len(item.options) - len(self.answer)
        return Judgement(
            credit=max(0.0, hits / len(self.answer) - wrong / wrong_options),
            explanation=f"{hits} of {len(self.answer)} right options found, {wrong} wrong picked",
        )

    def reference(self, item: MultipleItem) -> Response:
        return [*self.answer]

    def guesses(self, item: MultipleItem) -> Mapping[str, Sequence[Response]]:
        """For each number of options, that many drawn at random; the largest number is "everything"."""
        options = sorted(item.options)
        return {
            f"{size} at random": [[*picks] for picks in combinations(options, size)]
            for size in range(1, len(options) + 1)
        }
