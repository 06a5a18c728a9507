"""`ranking`: several answers, from best to worst."""

from collections.abc import Collection
from random import Random
from string import ascii_uppercase
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from assessments.items import Item, OptionId, Response, Shown, Text
from assessments.kinds.choice import shuffled_options
from assessments.text import render

# the gate tries every order, and 7! is 5,040
Cards = Annotated[dict[OptionId, Text], Field(min_length=3, max_length=7)]


class RankingItem(Item):
    """Answers to one request, in Markdown. Response: all ids, best first."""

    ALIASED: ClassVar[str] = "answers"

    kind: Literal["ranking"]
    answers: Cards

    def problem(self, response: Response) -> str | None:
        return order_problem(response, self.answers)

    def question(self) -> str:
        shown = zip(self._names().values(), self.answers.values(), strict=True)
        return "\n\n".join([self.prompt, *(f"**{name}**\n\n{text}" for name, text in shown)])

    def describe(self, response: Response) -> str:
        if self.problem(response) or not isinstance(response, list):
            return super().describe(response)
        names = self._names()
        return "\n".join(f"{place}. {names[str(key)]}" for place, key in enumerate(response, start=1))

    def shown(self) -> Shown:
        names, texts = self._names(), self.answers
        return {"cards": [{"id": key, "name": names[key], "text_html": render(text)} for key, text in texts.items()]}

    def shuffled(self, rng: Random) -> Self:
        return self.model_copy(update={"answers": shuffled_options(self.answers, rng)})

    def _names(self) -> dict[str, str]:
        """What the applicant sees each answer called: by its place, which shuffling changes."""
        return {key: f"Answer {letter}" for key, letter in zip(self.answers, ascii_uppercase, strict=False)}


def order_problem(response: Response, ids: Collection[str]) -> str | None:
    """Why `response` is no order of all of `ids`, or None if it is one."""
    if (
        isinstance(response, list)
        and all(isinstance(key, str) for key in response)
        and sorted(map(str, response)) == sorted(ids)
    ):
        return None
    return f"the response must hold {', '.join(ids)}, each once"
