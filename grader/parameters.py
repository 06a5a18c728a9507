"""What the parameters of a template may be."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StrictFloat, StrictInt, StrictStr, StringConstraints, model_validator

from assessments.items import Record

Name = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]*$")]
Value = StrictInt | StrictFloat | StrictStr
Parameters = Mapping[str, Value]
"""What was drawn: a value for each parameter."""

MAX_VALUES = 100_000


class Domain(Record):
    """What a parameter may be: one of `choices`, or a number from `min` to `max` in steps of `step`."""

    choices: tuple[Value, ...] = ()
    min: StrictInt | StrictFloat | None = None
    max: StrictInt | StrictFloat | None = None
    step: Annotated[StrictInt | StrictFloat, Field(gt=0)] = 1

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if bool(self.choices) == (self.min is not None and self.max is not None):
            raise ValueError("needs either choices, or min and max")
        if self.min is not None and self.max is not None and not 0 <= (self.max - self.min) / self.step < MAX_VALUES:
            raise ValueError(f"needs a max that is no less than min, and at most {MAX_VALUES:,} values")
        return self

    @property
    def values(self) -> Sequence[Value]:
        """All of them, the smallest first; whole numbers where min, max and step are."""
        if self.min is None or self.max is None:
            return self.choices
        # in decimals, so that the third step of 0.1 is 0.3
        start, end, step = (Decimal(str(number)) for number in (self.min, self.max, self.step))
        numbers = [start + place * step for place in range(int((end - start) / step) + 1)]
        whole = all(isinstance(number, int) for number in (self.min, self.max, self.step))
        return [int(number) if whole else float(number) for number in numbers]


class TemplateTable(Record):
    """The table `[items.template]` of an item."""

    function: Name
    parameters: Annotated[Mapping[Name, Domain], Field(min_length=1)]
