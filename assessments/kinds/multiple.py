"""`multiple`: every option that applies."""

from random import Random
from typing import Any, Literal, Self

import ipywidgets

from assessments.items import Item, Response, Save
from assessments.kinds.choice import Options, shuffled_options
from assessments.text import inline, plain


class MultipleItem(Item):
    """Any number of options is right. Response: the chosen ids, sorted; none chosen is "not answered"."""

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

    def view(self, response: Response, save: Save) -> ipywidgets.Widget:
        chosen = response if isinstance(response, list) else []
        boxes = {
            key: ipywidgets.Checkbox(
                value=key in chosen, description=inline(text), description_allow_html=True, indent=False
            )
            for key, text in self.options.items()
        }

        def changed(_: Any) -> None:
            picks = sorted(key for key, box in boxes.items() if box.value)
            save([*picks] if picks else None)

        for box in boxes.values():
            box.observe(changed, names="value")
        column = ipywidgets.VBox(list(boxes.values()))
        column.add_class("tp-options")
        return column

    def shuffled(self, rng: Random) -> Self:
        return self.model_copy(update={"options": shuffled_options(self.options, rng)})
