"""`step`: which step of a chain is the first wrong one, and why."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, PositiveInt, field_validator, model_validator

from assessments.items import Item, OptionId, Record, Response, Shown, Text
from assessments.text import render
from assessments.wordcount import check_limits, length_problem

ALL_RIGHT = "none"
"""The response that no step is wrong."""


class Explain(Record):
    """What the applicant is asked to explain."""

    prompt: Text = "Why? If a step is wrong, what would be right?"
    min_words: PositiveInt = 10
    max_words: Annotated[int, Field(gt=0, le=2000)] = 150

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        check_limits("words", self.min_words, self.max_words)
        return self


class StepItem(Item):
    """A chain of steps (Markdown) is checked. Response: `{"step": id or "none", "why": text}`.

    Args:
        explain: asks for the reasons; without it `why` is empty.
    """

    ALIASED: ClassVar[str] = "steps"

    kind: Literal["step"]
    steps: Annotated[dict[OptionId, Text], Field(min_length=2, max_length=20)]
    explain: Explain | None = None

    @field_validator("steps")
    @classmethod
    def _leaves_none_free(cls, steps: dict[str, str]) -> dict[str, str]:
        if ALL_RIGHT in steps:
            raise ValueError(f"found {ALL_RIGHT}, allowed other ids: {ALL_RIGHT} says that every step is right")
        return steps

    def problem(self, response: Response) -> str | None:
        if not isinstance(response, dict) or set(response) != {"step", "why"}:
            return "the response must have step and why"
        if response["step"] not in (*self.steps, ALL_RIGHT):
            return f"the response must name one of {', '.join(self.steps)} as step, or {ALL_RIGHT}"
        if self.explain:
            return length_problem(response["why"], self.explain.min_words, self.explain.max_words, "in the explanation")
        return None if response["why"] == "" else "the response must have no text as why"

    def question(self) -> str:
        indented = (text.replace("\n", "\n    ") for text in self.steps.values())
        steps = (f"{number}. {text}" for number, text in enumerate(indented, 1))
        return "\n".join([self.prompt, "", *steps, *(["", self.explain.prompt] if self.explain else [])])

    def describe(self, response: Response) -> str:
        if self.problem(response):
            return super().describe(response)
        given: Any = response
        number = [*self.steps, ALL_RIGHT].index(given["step"]) + 1
        step = "every step is right" if given["step"] == ALL_RIGHT else f"step {number} is the first wrong one"
        return f"{step}\n\n{given['why']}" if given["why"] else step

    def shown(self) -> Shown:
        return {
            "steps": [{"id": key, "text_html": render(text)} for key, text in self.steps.items()],
            "all_right": ALL_RIGHT,
            "explain": self.explain.model_dump() if self.explain else None,
        }
