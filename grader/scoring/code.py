"""Scores `code`: values that came out of the sandbox, compared here with what they should be."""

import builtins
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, NonNegativeFloat, field_validator, model_validator

from assessments.calls import parse_call, parse_literal
from assessments.items import Record, Response, Text
from assessments.kinds.code import CodeItem
from assessments.values import decode
from grader.execution import Value
from grader.scoring.base import Judgement, Key


class Case(Record):
    """A held-out call and what it must give, or the name of the error that it must raise."""

    call: str
    gives: str | None = None
    raises: str | None = None

    @field_validator("call")
    @classmethod
    def _is_call(cls, value: str) -> str:
        parse_call(value)
        return value

    @model_validator(mode="after")
    def _one_outcome(self) -> "Case":
        if (self.gives is None) == (self.raises is None):
            raise ValueError("must have either gives or raises")
        if self.gives is not None:
            parse_literal(self.gives)
        return self


class CodeKey(Key[CodeItem]):
    """Held-out cases, each worth the same, and an author's solution that passes all of them."""

    cases: Annotated[tuple[Case, ...], Field(min_length=3)]
    reference_code: Annotated[Text, Field(alias="reference")]
    relative_tolerance: NonNegativeFloat = 0.0

    def problems(self, item: CodeItem) -> list[str]:
        found = [
            f"key.cases: found a call of {parse_call(case.call).function}, allowed {item.function}"
            for case in self.cases
            if parse_call(case.call).function != item.function
        ]
        public = {_normal(example.call) for example in item.examples}
        found += [
            f"key.cases: found {case.call}, which is a public example; allowed are other inputs"
            for case in self.cases
            if _normal(case.call) in public
        ]
        return found

    def calls(self) -> Sequence[str]:
        return [case.call for case in self.cases]

    def score(self, item: CodeItem, response: Response) -> Judgement:
        raise TypeError("code is judged by the values it gives, see score_values")

    def score_values(self, values: Sequence[Value]) -> Judgement:
        missed = [value for case, value in zip(self.cases, values, strict=True) if not self._passes(case, value)]
        passed = len(self.cases) - len(missed)
        errors = Counter(_known(value.error) for value in missed if value.error)
        note = "".join(f"; {count} × {name}" for name, count in errors.most_common(3))
        return Judgement(
            credit=passed / len(self.cases), explanation=f"{passed} of {len(self.cases)} held-out calls right{note}"
        )

    def reference(self, item: CodeItem) -> Response:
        return self.reference_code

    def guesses(self, item: CodeItem) -> Mapping[str, Sequence[Response]]:
        """Giving back the first argument, the most common result as a constant, always raising the common error."""
        head = f"def {item.function}(first=None, *rest, **named):\n    "
        results = Counter(case.gives for case in self.cases if case.gives is not None).most_common(1)
        errors = Counter(case.raises for case in self.cases if case.raises is not None).most_common(1)
        return {
            "the first argument": [f"{head}return first"],
            "a constant": [f"{head}return {result}" for result, _ in results] or [f"{head}return None"],
            "always an error": [f"{head}raise {name}" for name, _ in errors] or [f"{head}raise ValueError"],
        }

    def secrets(self) -> Sequence[str]:
        return [*(case.call for case in self.cases), self.reference_code]

    def _passes(self, case: Case, value: Value) -> bool:
        if case.raises is not None:
            return value.error == case.raises
        return value.value is not None and gives(value.value, case.gives or "", self.relative_tolerance)


_ERRORS = {name for name, thing in vars(builtins).items() if isinstance(thing, type) and issubclass(thing, Exception)}
_ERRORS |= {"NotReached", "ValueTooLarge"}


def _known(error: str) -> str:
    """The name of an error; one that an applicant made up might spell out a held-out input."""
    return error if error in _ERRORS else "another error"


def gives(encoded: list[object], literal: str, relative_tolerance: float = 0.0) -> bool:
    """Whether a value that came out of the sandbox is the one that the literal writes down."""
    try:
        found = decode(encoded)
    except ValueError:
        return False
    return same(found, parse_literal(literal), relative_tolerance)


def _normal(call: str) -> str:
    return repr(parse_call(call))


def same(found: Any, wanted: Any, relative_tolerance: float = 0.0) -> bool:
    """Equal in value and in exact type, part by part.

    Two allowances: floats may differ by the relative tolerance, and a whole number may stand for a float of its value.
    """
    if type(wanted) is float and type(found) is float:
        both_nan = math.isnan(wanted) and math.isnan(found)
        return both_nan or math.isclose(found, wanted, rel_tol=max(relative_tolerance, 1e-12))
    if type(wanted) is float and type(found) is int:
        return bool(found == wanted)
    if type(found) is not type(wanted):
        return False
    if isinstance(wanted, (list, tuple)):
        return len(found) == len(wanted) and all(map(lambda f, w: same(f, w, relative_tolerance), found, wanted))
    if isinstance(wanted, dict):
        return _typed(found) == _typed(wanted) and all(same(found[k], wanted[k], relative_tolerance) for k in wanted)
    if isinstance(wanted, (set, frozenset)):
        return _typed(found) == _typed(wanted)
    return bool(found == wanted)


def _typed(parts: Iterable[Any]) -> set[tuple[type, Any]]:
    """The parts with their types, so that 1 and True stay different."""
    return {(type(part), part) for part in parts}
