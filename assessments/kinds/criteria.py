"""`criteria`: the rubric for an answer is to be written."""

from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from assessments.items import Item, Response, Shown
from assessments.wordcount import check_limits, length_problem

WEIGHTS = range(1, 6)
"""What a criterion may count; its share is its weight by the sum of all weights."""


class CriteriaItem(Item):
    """Rows of a rubric. Response: `[{"text", "weight"}]`, each weight a whole number from 1 to 5."""

    kind: Literal["criteria"]
    min_rows: PositiveInt = 3
    max_rows: Annotated[int, Field(gt=0, le=20)] = 8
    max_words: Annotated[int, Field(gt=0, le=200)] = 40

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        check_limits("rows", self.min_rows, self.max_rows)
        return self

    def problem(self, response: Response) -> str | None:
        if not isinstance(response, list) or not self.min_rows <= len(response) <= self.max_rows:
            found = f"; it has {len(response)}" if isinstance(response, list) else ""
            return f"the response must have {self.min_rows} to {self.max_rows} criteria{found}"
        problems = (self._row_problem(row, f"in criterion {number}") for number, row in enumerate(response, start=1))
        return next(filter(None, problems), None)

    def _row_problem(self, row: Response, where: str) -> str | None:
        if not isinstance(row, dict) or set(row) != {"text", "weight"}:
            return f"the response must have a text and a weight {where}"
        weight = row["weight"]
        if type(weight) is not int or weight not in WEIGHTS:
            return f"the response must have a weight from {WEIGHTS[0]} to {WEIGHTS[-1]} {where}"
        return length_problem(row["text"], 1, self.max_words, where)

    def describe(self, response: Response) -> str:
        if self.problem(response) or not isinstance(response, list):
            return super().describe(response)
        return "\n".join(f"{text} ({share:.0%})" for text, share in weighted(response))

    def shown(self) -> Shown:
        return {
            "weights": [*WEIGHTS],
            "min_rows": self.min_rows,
            "max_rows": self.max_rows,
            "max_words": self.max_words,
        }


def weighted(response: list[Response]) -> list[tuple[str, float]]:
    """The criteria of a possible response, each with its share of the total weight, 0…1."""
    rows = [row for row in response if isinstance(row, dict)]
    total = sum(int(str(row["weight"])) for row in rows)
    return [(str(row["text"]), int(str(row["weight"])) / total) for row in rows]
