"""`label`: tag a text with categories, one or all that apply."""

from collections.abc import Mapping
from random import Random
from typing import Annotated, Literal, Self

from pydantic import Field

from assessments.items import Item, OptionId, Record, Response, Shown, Text
from assessments.kinds.choice import shuffled_options
from assessments.text import inline, plain


class Label(Record):
    """A category, and what it stands for, as a guideline would say it."""

    name: Text
    meaning: Text


class LabelItem(Item):
    """The text in the prompt is tagged. Response: the ids of the labels, sorted.

    Exactly one id, or, if `multi`, any number of them: an empty list then says that none applies.
    """

    kind: Literal["label"]
    labels: Annotated[dict[OptionId, Label], Field(min_length=2, max_length=12)]
    multi: bool = False

    def problem(self, response: Response) -> str | None:
        if (
            isinstance(response, list)
            and all(isinstance(pick, str) and pick in self.labels for pick in response)
            and len(set(map(str, response))) == len(response)
            and (self.multi or len(response) == 1)
        ):
            return None
        count = "different ids" if self.multi else "exactly one id"
        return f"the response must be a list of {count} out of {', '.join(self.labels)}"

    def question(self) -> str:
        task = "All labels that apply, or none:" if self.multi else "The one label that fits best:"
        return "\n".join([self.prompt, "", task, "", *map(_line, self.labels.values())])

    def describe(self, response: Response) -> str:
        if self.problem(response) or not isinstance(response, list):
            return super().describe(response)
        return "\n".join(f"- {plain(self.labels[str(pick)].name)}" for pick in response) or "none of the labels applies"

    def shown(self) -> Shown:
        return {"labels": shown_labels(self.labels), "multi": self.multi}

    def shuffled(self, rng: Random) -> Self:
        return self.model_copy(update={"labels": shuffled_options(self.labels, rng)})


def shown_labels(labels: Mapping[str, Label]) -> list[Shown]:
    """Labels for the page, in their order: `[{id, name, name_html, meaning_html}]`."""
    return [
        {"id": key, "name": plain(label.name), "name_html": inline(label.name), "meaning_html": inline(label.meaning)}
        for key, label in labels.items()
    ]


def _line(label: Label) -> str:
    return f"* **{label.name}**: {label.meaning}"
