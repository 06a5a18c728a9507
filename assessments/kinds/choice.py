"""`choice`: one option out of several."""

from random import Random
from typing import Annotated, ClassVar, Literal, Self, TypeVar

from pydantic import Field

from assessments.items import Item, OptionId, Response, Shown, Text
from assessments.text import inline, plain

OptionT = TypeVar("OptionT")

Options = Annotated[dict[OptionId, Text], Field(min_length=2, max_length=12)]


class ChoiceItem(Item):
    """One option is right. Response: the option's id."""

    ALIASED: ClassVar[str] = "options"

    kind: Literal["choice"]
    options: Options

    def problem(self, response: Response) -> str | None:
        if isinstance(response, str) and response in self.options:
            return None
        return f"the response must be one of {', '.join(self.options)}"

    def question(self) -> str:
        return "\n".join([self.prompt, "", *(f"* {text}" for text in self.options.values())])

    def describe(self, response: Response) -> str:
        if isinstance(response, str) and response in self.options:
            return plain(self.options[response])
        return super().describe(response)

    def shown(self) -> Shown:
        return {"options": shown_options(self.options)}

    def shuffled(self, rng: Random) -> Self:
        return self.model_copy(update={"options": shuffled_options(self.options, rng)})


def shown_options(options: dict[str, str]) -> list[Shown]:
    """Options for the page, in their order: `[{id, html}]`."""
    return [{"id": key, "text_html": inline(text)} for key, text in options.items()]


def shuffled_options(options: dict[str, OptionT], rng: Random) -> dict[str, OptionT]:
    """The same options in another order; their ids stay with them."""
    order = list(options)
    rng.shuffle(order)
    return {key: options[key] for key in order}
