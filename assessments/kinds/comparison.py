"""`comparison`: which of two answers is better, and by how much."""

from typing import Literal

import ipywidgets

from assessments.items import Item, Response, Save, Text
from assessments.text import render

VERDICTS = {
    "a_much": "A is much better",
    "a_slightly": "A is slightly better",
    "tie": "equally good",
    "b_slightly": "B is slightly better",
    "b_much": "B is much better",
}


class ComparisonItem(Item):
    """Two answers to one request. Response: one of `VERDICTS`."""

    kind: Literal["comparison"]
    a: Text
    b: Text

    def problem(self, response: Response) -> str | None:
        if isinstance(response, str) and response in VERDICTS:
            return None
        return f"the response must be one of {', '.join(VERDICTS)}"

    def question(self) -> str:
        return f"{self.prompt}\n\n**Answer A**\n\n{self.a}\n\n**Answer B**\n\n{self.b}"

    def describe(self, response: Response) -> str:
        return VERDICTS.get(str(response), super().describe(response))

    def view(self, response: Response, save: Save) -> ipywidgets.Widget:
        sides = ipywidgets.HTML(
            '<div class="tp-sides">'
            f'<section aria-label="Answer A"><h4>Answer A</h4>{render(self.a)}</section>'
            f'<section aria-label="Answer B"><h4>Answer B</h4>{render(self.b)}</section>'
            "</div>"
        )
        buttons = ipywidgets.ToggleButtons(
            options=[(text, verdict) for verdict, text in VERDICTS.items()],
            value=response if self.is_answered(response) else None,
            style={"button_width": "auto"},
        )
        buttons.observe(lambda change: save(change["new"]), names="value")
        return ipywidgets.VBox([sides, buttons])
