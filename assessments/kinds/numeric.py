"""`numeric`: a number, typed as people type numbers."""

import math
import re
from typing import Literal

from assessments.items import Item, Response, Shown

_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")


def parse_number(text: str) -> float | None:
    """The number that `text` stands for, or None.

    Reads `1250`, `1 250`, `1,250`, `12.5`, `12,5`, `0,125`, `-3`, `1.2e3`. A comma before exactly three digits,
    after a first digit other than 0, separates thousands; any other single comma is a decimal comma.
    """
    compact = re.sub(r"[\s\u00a0\u202f'_]", "", text.replace("\u2212", "-"))
    if _THOUSANDS.fullmatch(compact):
        compact = compact.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(compact):
        compact = compact.replace(",", ".")
    if not _NUMBER.fullmatch(compact):
        return None
    number = float(compact)
    return number if math.isfinite(number) else None


class NumericItem(Item):
    """A number is asked for. Response: the text as typed, so that nothing typed is ever lost."""

    kind: Literal["numeric"]
    unit: str = ""

    def problem(self, response: Response) -> str | None:
        if isinstance(response, str) and len(response) <= 100 and parse_number(response) is not None:
            return None
        return "the response must be a number, for example 12.5"

    def describe(self, response: Response) -> str:
        return f"{response} {self.unit}".strip() if isinstance(response, str) else super().describe(response)

    def shown(self) -> Shown:
        return {"unit": self.unit}

    def reply(self, message: Shown, response: Response) -> Shown:
        """How a typed text is read: `{"text": …}` gives `{"read_as": …}`, empty where it is no number."""
        number = parse_number(str(message.get("text", "")))
        return {"read_as": "" if number is None else f"{number:,.10g} {self.unit}".strip()}
