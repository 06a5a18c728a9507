"""`choice`: one option out of several."""

from random import Random
from typing import Annotated, Literal, Self

import ipywidgets
from pydantic import Field

from assessments.items import Item, OptionId, Response, Save, Text
from assessments.text import plain

Options = Annotated[dict[OptionId, Text], Field(min_length=2, max_length=12)]


class ChoiceItem(Item):
    """One option is right. Response: the option's id."""

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

    def view(self, response: Response, save: Save) -> ipywidgets.Widget:
        buttons = ipywidgets.RadioButtons(
            options=[(plain(text), key) for key, text in self.options.items()],
            value=response if self.is_answered(response) else None,
        )
        buttons.add_class("tp-options")
        buttons.observe(lambda change: save(change["new"]), names="value")
        return buttons

    def shuffled(self, rng: Random) -> Self:
        return self.model_copy(update={"options": shuffled_options(self.options, rng)})


def shuffled_options(options: dict[str, str], rng: Random) -> dict[str, str]:
    """The same options in another order; their ids stay with their texts."""
    order = list(options)
    rng.shuffle(order)
    return {key: options[key] for key in order}
