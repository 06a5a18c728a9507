"""`numeric`: a number, typed as people type numbers."""

import math
import re
from html import escape
from typing import Any, Literal

import ipywidgets

from assessments.items import Item, Response, Save

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

    def view(self, response: Response, save: Save) -> ipywidgets.Widget:
        field = ipywidgets.Text(
            value=response if isinstance(response, str) else "",
            placeholder="a number",
            description="Answer",
            style={"description_width": "initial"},
        )
        echo = ipywidgets.HTML(self._echo(field.value))

        def changed(change: Any) -> None:
            echo.value = self._echo(change["new"])
            save(change["new"].strip() or None)

        field.observe(changed, names="value")
        unit = ipywidgets.HTML(escape(self.unit))
        return ipywidgets.HBox([field, unit, echo], layout={"align_items": "center", "grid_gap": "0.6em"})

    def _echo(self, text: str) -> str:
        """How the typed text is read, shown beside the field at once."""
        number = parse_number(text)
        if not text.strip():
            return ""
        if number is None:
            return '<span class="tp-warn">Please write a number, for example 12.5</span>'
        return f'<span class="tp-quiet">read as {number:,.10g} {escape(self.unit)}</span>'
