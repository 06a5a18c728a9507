"""`comparison`: which of two answers is better, and by how much."""

from typing import Literal

from assessments.items import Item, Response, Shown, Text
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

    def shown(self) -> Shown:
        verdicts = [{"id": verdict, "text": text} for verdict, text in VERDICTS.items()]
        return {"a_html": render(self.a), "b_html": render(self.b), "verdicts": verdicts}
