"""Reads an item bank (`source/<assessment>.toml`): items, keys, slots, and every check that needs nothing else."""

import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assessments.items import Record, Slug
from grader.blueprint import Blueprint, Slot
from grader.entries import BankItem, read_item, readable
from grader.errors import BankError
from grader.structure import candidates, structure_problems


class Bank(Record):
    """One assessment as its author wrote it; `version` is the SHA-256 of the file (first 16 hex digits)."""

    assessment: str
    version: str
    blueprint: Blueprint
    items: Mapping[str, BankItem]

    def candidates(self, slot: Slot) -> list[BankItem]:
        """The items that may fill `slot`, in the author's order."""
        return candidates(self.blueprint, self.items, slot)

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
        entry, found = read_item(position, raw, items)
        problems += found
        if entry:
            items[entry.item.id] = entry
    if problems or blueprint is None:
        raise _error(assessment, problems)
    if problems := list(structure_problems(blueprint, items)):
        raise _error(assessment, problems)
    return Bank(assessment=assessment, version=sha256(content).hexdigest()[:16], blueprint=blueprint, items=items)


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
        return None, readable(error, data)
