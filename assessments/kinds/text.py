"""`text`: one text or several, in the applicant's own words."""

from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from assessments.items import Item, OptionId, Response, Shown, Text
from assessments.wordcount import check_limits, length_problem

Fields = Annotated[dict[OptionId, Text], Field(min_length=1, max_length=8)]


class TextItem(Item):
    """Something is to be written. Response: the text of each field; the limits hold for every field."""

    kind: Literal["text"]
    fields: Fields = Field(default={"answer": "Your answer"})
    min_words: PositiveInt = 1
    max_words: Annotated[int, Field(gt=0, le=2000)] = 300
    rows: Annotated[int, Field(ge=1, le=40)] = 6

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        check_limits("words", self.min_words, self.max_words)
        return self

    def problem(self, response: Response) -> str | None:
        if not isinstance(response, dict) or set(response) != set(self.fields):
            return f"the response must give a text for {', '.join(self.fields)}"
        problems = (
            length_problem(response[name], self.min_words, self.max_words, f"in “{label}”")
            for name, label in self.fields.items()
        )
        return next(filter(None, problems), None)

    def question(self) -> str:
        if len(self.fields) == 1:
            return self.prompt
        return "\n".join([self.prompt, "", *(f"* {label}" for label in self.fields.values())])

    def describe(self, response: Response) -> str:
        if not isinstance(response, dict):
            return super().describe(response)
        texts = {label: str(response.get(name) or "(nothing)") for name, label in self.fields.items()}
        if len(texts) == 1:
            return next(iter(texts.values()))
        return "\n\n".join(f"{label}:\n{text}" for label, text in texts.items())

    def shown(self) -> Shown:
        return {
            "fields": [{"id": name, "label": label} for name, label in self.fields.items()],
            "min_words": self.min_words,
            "max_words": self.max_words,
            "rows": self.rows,
        }
