"""`ordering`: steps, to be put into the one right order."""

from random import Random
from typing import ClassVar, Literal, Self

from assessments.items import Item, Response, Shown
from assessments.kinds.choice import shuffled_options
from assessments.kinds.ranking import Cards, order_problem
from assessments.text import inline, plain


class OrderingItem(Item):
    """Steps of a line of Markdown each; one order is right. Response: all ids, first step first."""

    ALIASED: ClassVar[str] = "steps"

    kind: Literal["ordering"]
    steps: Cards

    def problem(self, response: Response) -> str | None:
        return order_problem(response, self.steps)

    def question(self) -> str:
        return "\n".join([self.prompt, "", *(f"* {text}" for text in self.steps.values())])

    def describe(self, response: Response) -> str:
        if self.problem(response) or not isinstance(response, list):
            return super().describe(response)
        return "\n".join(f"{place}. {plain(self.steps[str(key)])}" for place, key in enumerate(response, start=1))

    def shown(self) -> Shown:
        return {
            "cards": [{"id": key, "name": plain(text), "text_html": inline(text)} for key, text in self.steps.items()]
        }

    def shuffled(self, rng: Random) -> Self:
        return self.model_copy(update={"steps": shuffled_options(self.steps, rng)})
