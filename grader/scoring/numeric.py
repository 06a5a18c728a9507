"""Scores `numeric`: within the stated tolerance or not."""

import math
from collections.abc import Mapping, Sequence

from pydantic import FiniteFloat, NonNegativeFloat

from assessments.items import Response
from assessments.kinds.numeric import NumericItem, parse_number
from grader.scoring.base import Judgement, Key

ROUNDING = 1e-9
"""Relative slack for the binary representation of decimal fractions."""


class NumericKey(Key[NumericItem]):
    """The right number; the larger of the two tolerances holds. Absolute in the item's unit, relative as a share."""

    answer: FiniteFloat
    absolute_tolerance: NonNegativeFloat = 0.0
    relative_tolerance: NonNegativeFloat = 0.0

    def problems(self, item: NumericItem) -> list[str]:
        if self.relative_tolerance >= 0.5:
            return [f"key.relative_tolerance: found {self.relative_tolerance}, allowed below 0.5 (it is a share)"]
        return []

    def score(self, item: NumericItem, response: Response) -> Judgement:
        number = parse_number(str(response))
        if number is None:
            return Judgement(credit=0.0, explanation="not a number")
        tolerance = max(self.absolute_tolerance, (self.relative_tolerance + ROUNDING) * abs(self.answer))
        right = math.fabs(number - self.answer) <= tolerance
        return Judgement(credit=float(right), explanation="within tolerance" if right else "outside the tolerance")

    def reference(self, item: NumericItem) -> Response:
        return repr(self.answer).removesuffix(".0")

    def guesses(self, item: NumericItem) -> Mapping[str, Sequence[Response]]:
        """The small numbers that people try first."""
        return {str(number): [str(number)] for number in (0, 1, 2, 3, 4, 5, 10, 100)}
