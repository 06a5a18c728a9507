"""One item of a bank's file: what an applicant may see, its key, and what else stays on the grader's side."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from pydantic import SkipValidation, ValidationError

from assessments.items import Item, Record, Text
from assessments.kinds import KINDS
from grader.blueprint import Difficulty
from grader.errors import BankError
from grader.parameters import Parameters, TemplateTable
from grader.scoring import KEYS
from grader.scoring.base import Key
from grader.template import Template

AUTHORS_SIDE = ("difficulty", "rationale", "key", "template")
"""Fields of an item in the file that are no part of what an applicant may see."""


Functions = Mapping[str, Callable[..., Any]]
"""What the author's file `source/<assessment>.py` defines, by name."""


class BankItem(Record):
    """An item with everything that stays on the grader's side.

    Args:
        template: fills the item in anew for everybody; item and key are then one sample of it.
    """

    item: SkipValidation[Item]
    key: SkipValidation[Key[Any]]
    difficulty: Difficulty
    rationale: Text
    template: SkipValidation[Template | None] = None

    def concrete(self, parameters: Parameters) -> "BankItem":
        """A template's item with these parameters.

        Raises:
            BankError: the author's function does not work, or what it gives does not fit the item.
        """
        assert self.template is not None
        where = f"item {self.item.id}"
        try:
            entry, problems = _read_plain(where, self.template.filled(parameters))
        except BankError as error:
            raise BankError(f"{where}: {error.message}") from None
        if entry is None:
            drawn = ", ".join(f"{name}={value!r}" for name, value in parameters.items())
            raise BankError(f"{problems[0]} (with {drawn})")
        return entry


def read_item(
    position: int, raw: Any, earlier: Mapping[str, BankItem], functions: Functions
) -> tuple[BankItem | None, list[str]]:
    """One item of the file, and what is wrong with it."""
    if not isinstance(raw, dict):
        return None, [f"item {position}: found {raw!r}, allowed is a table"]
    where = f"item {raw.get('id') or position}"
    if str(raw.get("id")) in earlier:
        return None, [f"{where}: id: found twice, allowed once"]
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return None, [f"{where}: kind: found {kind!r}, allowed {', '.join(KINDS)}"]
    return _read_template(where, raw, functions) if "template" in raw else _read_plain(where, raw)


def _read_template(where: str, raw: dict[str, Any], functions: Functions) -> tuple[BankItem | None, list[str]]:
    """A template's item as one sample of it."""
    try:
        table = TemplateTable.model_validate(raw["template"])
    except ValidationError as error:
        return None, [f"{where}: template.{line}" for line in readable(error, raw["template"])]
    if table.function not in functions:
        known = f"allowed {', '.join(functions)}" if functions else "but no function stands in a file beside the bank"
        return None, [f"{where}: template.function: found {table.function!r}, {known}"]
    plain = {field: value for field, value in raw.items() if field != "template"}
    template = Template(plain, table, functions[table.function])
    try:
        parameters = template.draw(Random(where))
        if parameters is None:
            return None, [f"{where}: template.function: {table.function} refuses all parameters that were tried"]
        entry, problems = _read_plain(where, template.filled(parameters))
    except BankError as error:
        return None, [f"{where}: {error.message}"]
    return entry and entry.model_copy(update={"template": template}), problems


def _read_plain(where: str, raw: dict[str, Any]) -> tuple[BankItem | None, list[str]]:
    kind = raw["kind"]
    public = {field: value for field, value in raw.items() if field not in AUTHORS_SIDE}
    try:
        item = KINDS[kind].model_validate(public)
    except ValidationError as error:
        return None, [f"{where}: {line}" for line in readable(error, public)]
    return _with_key(where, item, raw)


def _with_key(where: str, item: Item, raw: dict[str, Any]) -> tuple[BankItem | None, list[str]]:
    try:
        key = KEYS[item.kind].model_validate(raw.get("key", {}))
    except ValidationError as error:
        return None, [f"{where}: key.{line}" for line in readable(error, raw.get("key", {}))]
    if problems := key.problems(item):
        return None, [f"{where}: {line}" for line in problems]
    rest = {field: raw[field] for field in ("difficulty", "rationale") if field in raw}
    try:
        return BankItem.model_validate({"item": item, "key": key, **rest}), []
    except ValidationError as error:
        return None, [f"{where}: {line}" for line in readable(error, rest)]


def readable(error: ValidationError, data: Any) -> list[str]:
    """pydantic's findings as `field: found …, what is allowed`."""
    lines = []
    for detail in error.errors(include_url=False):
        field = ".".join(str(part) for part in detail["loc"]) or "table"
        allowed = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "missing":
            lines.append(f"{field}: found nothing, allowed is a value (this field is required)")
        elif detail["type"] == "extra_forbidden":
            lines.append(f"{field}: found a field that does not exist here, allowed: remove it or check its name")
        else:
            found = "" if detail["input"] is data else f"found {_short(detail['input'])}, "
            lines.append(f"{field}: {found}{allowed[:1].lower()}{allowed[1:]}")
    return lines


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
