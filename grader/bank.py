"""Reads an item bank (`source/<assessment>.toml`): items, keys, slots, and every check that needs nothing else."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PositiveFloat, PositiveInt, SkipValidation, StringConstraints, TypeAdapter, ValidationError

from assessments.items import Item, Record, Slug, Text
from assessments.kinds import KINDS
from assessments.kinds.code import CodeItem
from grader.errors import BankError
from grader.scoring import KEYS
from grader.scoring.base import Key

FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$")]
"""A data file below source/<assessment>/ that applicants get; no part of it begins with a dot."""

AUTHORS_SIDE = ("difficulty", "rationale", "key")
"""Fields of an item in the file that are no part of what an applicant may see."""


class BankItem(Record):
    """An item with everything that stays on the grader's side."""

    item: SkipValidation[Item]
    key: SkipValidation[Key[Any]]
    difficulty: Literal["easy", "medium", "hard"]
    rationale: Text


class Slot(Record):
    """A numbered place in the notebook, and which items may fill it."""

    id: Slug
    skill: Slug
    points: PositiveFloat
    items: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Blueprint(Record):
    """The head of a bank: what the assessment is, and its slots."""

    title: Text
    audience: Text
    minutes: PositiveInt
    cut_score: Annotated[float, Field(gt=0, le=1)]
    points: PositiveFloat
    instructions: Text
    files: tuple[FileName, ...] = ()
    slots: Annotated[tuple[Slot, ...], Field(min_length=1)]


class Bank(Record):
    """One assessment as its author wrote it; `version` is the SHA-256 of the file (first 16 hex digits)."""

    assessment: str
    version: str
    blueprint: Blueprint
    items: Mapping[str, BankItem]

    def candidates(self, slot: Slot) -> list[BankItem]:
        """The items that may fill `slot`, in the author's order."""
        return [self.items[item_id] for item_id in slot.items]

    def code_slots(self) -> list[Slot]:
        """The slots that need a code cell."""
        return [slot for slot in self.blueprint.slots if self.candidates(slot)[0].item.kind == "code"]


def read_bank(path: Path) -> Bank:
    """The bank in one file.

    Raises:
        BankError: with one line for each problem: file, item, field, what was found, what is allowed.
    """
    try:
        content = path.read_bytes()
        data = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BankError(f"{path.name}: is not readable TOML: {error}") from None
    return parse_bank(path.stem, data, content)


def parse_bank(assessment: str, data: dict[str, Any], content: bytes) -> Bank:
    """The bank that `data` describes; BankError as for `read_bank`."""
    raw_items = data.pop("items", None)
    if not isinstance(raw_items, list) or not raw_items:
        raise _error(assessment, ["items: found none, allowed are [[items]] tables"])
    blueprint, problems = _blueprint(data)
    problems += list(_name_problems(assessment))
    items: dict[str, BankItem] = {}
    for position, raw in enumerate(raw_items, start=1):
        entry, found = _bank_item(position, raw, items)
        problems += found
        if entry:
            items[entry.item.id] = entry
    if problems or blueprint is None:
        raise _error(assessment, problems)
    bank = Bank(assessment=assessment, version=sha256(content).hexdigest()[:16], blueprint=blueprint, items=items)
    if problems := list(_structure_problems(bank)):
        raise _error(assessment, problems)
    return bank


def _error(assessment: str, problems: list[str]) -> BankError:
    lines = "; ".join(f"{assessment}.toml: {problem}" for problem in problems[:5])
    more = f" (and {len(problems) - 5} more)" if len(problems) > 5 else ""
    return BankError(lines + more, tip="The format is described in docs/how-to/write-a-bank.md.")


def _name_problems(assessment: str) -> Iterator[str]:
    try:
        TypeAdapter(Slug).validate_python(assessment)
    except ValidationError:
        yield f"file name: found {assessment!r}, allowed are lower-case letters, digits and single hyphens"


def _blueprint(data: dict[str, Any]) -> tuple[Blueprint | None, list[str]]:
    try:
        return Blueprint.model_validate(data), []
    except ValidationError as error:
        return None, _readable(error, data)


def _bank_item(position: int, raw: Any, earlier: Mapping[str, BankItem]) -> tuple[BankItem | None, list[str]]:
    """One item of the file, and what is wrong with it."""
    if not isinstance(raw, dict):
        return None, [f"item {position}: found {raw!r}, allowed is a table"]
    where = f"item {raw.get('id') or position}"
    if str(raw.get("id")) in earlier:
        return None, [f"{where}: id: found twice, allowed once"]
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return None, [f"{where}: kind: found {kind!r}, allowed {', '.join(KINDS)}"]
    public = {field: value for field, value in raw.items() if field not in AUTHORS_SIDE}
    try:
        item = KINDS[kind].model_validate(public)
    except ValidationError as error:
        return None, [f"{where}: {line}" for line in _readable(error, public)]
    return _with_key(where, item, raw)


def _with_key(where: str, item: Item, raw: dict[str, Any]) -> tuple[BankItem | None, list[str]]:
    try:
        key = KEYS[item.kind].model_validate(raw.get("key", {}))
    except ValidationError as error:
        return None, [f"{where}: key.{line}" for line in _readable(error, raw.get("key", {}))]
    if problems := key.problems(item):
        return None, [f"{where}: {line}" for line in problems]
    rest = {field: raw[field] for field in ("difficulty", "rationale") if field in raw}
    try:
        return BankItem.model_validate({"item": item, "key": key, **rest}), []
    except ValidationError as error:
        return None, [f"{where}: {line}" for line in _readable(error, rest)]


def _readable(error: ValidationError, data: Any) -> list[str]:
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


def _structure_problems(bank: Bank) -> Iterator[str]:
    """What no single item can show: points, slots without items, items without slots."""
    slots = bank.blueprint.slots
    total = sum(slot.points for slot in slots)
    if abs(total - bank.blueprint.points) > 1e-9:
        yield f"points: found {bank.blueprint.points:g}, allowed {total:g}, the sum of the slots' points"
    for slot_id, count in Counter(slot.id for slot in slots).items():
        if count > 1:
            yield f"slot {slot_id}: id: found {count} times, allowed once"
    used = Counter(item_id for slot in slots for item_id in slot.items)
    for item_id in bank.items:
        if used[item_id] != 1:
            yield f"item {item_id}: found in {used[item_id]} slots, allowed in exactly one"
    for slot in slots:
        yield from _slot_problems(bank, slot)
    yield from _function_problems(bank)


def _function_problems(bank: Bank) -> Iterator[str]:
    """All code cells share one namespace, so no two slots may ask for a function of the same name."""
    slots_by_name: dict[str, set[str]] = {}
    for slot in bank.blueprint.slots:
        for item_id in slot.items:
            entry = bank.items.get(item_id)
            if entry and isinstance(entry.item, CodeItem):
                slots_by_name.setdefault(entry.item.function, set()).add(slot.id)
    for name, slot_ids in slots_by_name.items():
        if len(slot_ids) > 1:
            yield f"function {name}: found in slots {', '.join(sorted(slot_ids))}, allowed in one"


def _slot_problems(bank: Bank, slot: Slot) -> Iterator[str]:
    unknown = [item_id for item_id in slot.items if item_id not in bank.items]
    if unknown:
        yield f"slot {slot.id}: items: found {', '.join(unknown)}, which no item is called; no item can fill the slot"
        return
    candidates = [entry.item for entry in bank.candidates(slot)]
    for item in candidates:
        if item.skill != slot.skill:
            yield f"item {item.id}: skill: found {item.skill!r}, allowed {slot.skill!r}, the skill of slot {slot.id}"
    if len({item.kind == "code" for item in candidates}) > 1:
        yield f"slot {slot.id}: items: found code and other kinds, allowed all code or none (code needs a cell)"
