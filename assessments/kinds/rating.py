"""`rating`: several criteria, each on the same scale."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from assessments.items import Item, OptionId, Record, Response, Shown, Text
from assessments.kinds.choice import shown_options
from assessments.text import plain


class Scale(Record):
    """A scale of whole numbers with named ends."""

    minimum: int = 1
    maximum: int = 5
    low: Text = "very poor"
    high: Text = "excellent"

    @model_validator(mode="after")
    def _has_steps(self) -> "Scale":
        if not 1 <= self.maximum - self.minimum <= 10:
            raise ValueError("maximum must lie 1 to 10 above minimum")
        return self

    @property
    def points(self) -> range:
        """Every point of the scale, lowest first."""
        return range(self.minimum, self.maximum + 1)


class RatingItem(Item):
    """Something shown in the prompt is rated. Response: a whole number for each criterion."""

    kind: Literal["rating"]
    criteria: Annotated[dict[OptionId, Text], Field(min_length=1, max_length=10)]
    scale: Scale = Scale()

    def problem(self, response: Response) -> str | None:
        if (
            isinstance(response, dict)
            and set(response) == set(self.criteria)
            and all(type(point) is int and point in self.scale.points for point in response.values())
        ):
            return None
        low, high = self.scale.minimum, self.scale.maximum
        return f"the response must give {', '.join(self.criteria)} a whole number from {low} to {high} each"

    def describe(self, response: Response) -> str:
        if self.problem(response) or not isinstance(response, dict):
            return super().describe(response)
        return "\n".join(f"{plain(text)} {response[key]}" for key, text in self.criteria.items())

    def shown(self) -> Shown:
        return {
            "criteria": shown_options(self.criteria),
            "points": [*self.scale.points],
            "low": self.scale.low,
            "high": self.scale.high,
        }
