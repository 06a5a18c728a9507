"""`code`: a function, written in the cell below the prompt."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from assessments.calls import parse_call, parse_literal
from assessments.items import Item, Record, Response, Shown

FunctionName = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]{0,63}$")]
MAX_CODE_CHARS = 100_000


class Example(Record):
    """A call and what it gives, both written as Python literals in text."""

    call: str
    gives: str

    @field_validator("call")
    @classmethod
    def _is_call(cls, value: str) -> str:
        parse_call(value)
        return value

    @field_validator("gives")
    @classmethod
    def _is_literal(cls, value: str) -> str:
        parse_literal(value)
        return value


class CodeItem(Item):
    """A function is asked for. Response: the source of the answer cell, which also stands in the notebook."""

    kind: Literal["code"]
    function: FunctionName
    starter: str
    examples: Annotated[tuple[Example, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits_together(self) -> "CodeItem":
        for example in self.examples:
            if parse_call(example.call).function != self.function:
                raise ValueError(f"examples must call {self.function}, found {example.call}")
        if f"def {self.function}(" not in self.starter:
            raise ValueError(f"starter must define {self.function}")
        return self

    def problem(self, response: Response) -> str | None:
        if isinstance(response, str) and len(response) <= MAX_CODE_CHARS:
            return None
        return f"the response must be Python source of at most {MAX_CODE_CHARS:,} characters"

    def is_answered(self, response: Response) -> bool:
        """Whether something was written that is not the starter."""
        return isinstance(response, str) and response.strip() not in ("", self.starter.strip())

    def describe(self, response: Response) -> str:
        return response if isinstance(response, str) else super().describe(response)

    def shown(self) -> Shown:
        return {"starter": self.starter, "examples": [{"call": e.call, "gives": e.gives} for e in self.examples]}
