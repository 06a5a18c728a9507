"""`multiple`: every option that applies."""

from random import Random
from typing import ClassVar, Literal, Self

from assessments.items import Item, Response, Shown
from assessments.kinds.choice import Options, shown_options, shuffled_options
from assessments.text import plain


class MultipleItem(Item):
    """Any number of options is right. Response: the chosen ids, sorted; none chosen is "not answered"."""

    ALIASED: ClassVar[str] = "options"

    kind: Literal["multiple"]
    options: Options

    def problem(self, response: Response) -> str | None:
        if (
            isinstance(response, list)
            and response
            and all(isinstance(pick, str) and pick in self.options for pick in response)
            and len(set(map(str, response))) == len(response)
        ):
            return None
        return f"the response must be a list of different ids out of {', '.join(self.options)}"

    def question(self) -> str:
        return "\n".join([self.prompt, "", *(f"* {text}" for text in self.options.values())])

    def describe(self, response: Response) -> str:
        picks = response if isinstance(response, list) else []
        return "\n".join(f"- {plain(text)}" for key, text in self.options.items() if key in picks) or "no answer"

    def shown(self) -> Shown:
        return {"options": shown_options(self.options)}

    def shuffled(self, rng: Random) -> Self:
        return self.model_copy(update={"options": shuffled_options(self.options, rng)})
