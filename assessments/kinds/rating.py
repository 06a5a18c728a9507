"""`rating`: several criteria, each on the same scale."""

from html import escape
from typing import Annotated, Any, Literal

import ipywidgets
from pydantic import Field, model_validator

from assessments.items import Item, OptionId, Record, Response, Save, Text
from assessments.text import inline, plain


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

    def view(self, response: Response, save: Save) -> ipywidgets.Widget:
        ratings: dict[str, Any] = dict(response) if isinstance(response, dict) else {}

        def row(criterion: str, question: str) -> ipywidgets.Widget:
            buttons = ipywidgets.ToggleButtons(
                options=[(str(point), point) for point in self.scale.points],
                value=ratings.get(criterion),
                style={"button_width": "3.2em"},
            )

            def changed(change: Any) -> None:
                ratings[criterion] = change["new"]
                save(dict(ratings))

            buttons.observe(changed, names="value")
            return ipywidgets.VBox([ipywidgets.HTML(inline(question)), buttons])

        ends = f"{self.scale.minimum} = {escape(self.scale.low)}, {self.scale.maximum} = {escape(self.scale.high)}"
        legend = ipywidgets.HTML(f'<span class="tp-quiet">{ends}</span>')
        return ipywidgets.VBox([legend, *(row(key, text) for key, text in self.criteria.items())])
