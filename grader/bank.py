"""Reads an item bank (`source/<assessment>.toml`): items, keys, slots, and every check that needs nothing else."""

import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assessments.archive import content_hash
from assessments.items import Record, Slug
from grader.blueprint import Blueprint, Slot
from grader.entries import BankItem, read_item, readable
from grader.errors import BankError
from grader.figures import figure_files, figure_problems
from grader.structure import candidates, structure_problems
from grader.template import load_functions


class Bank(Record):
    """One assessment as its author wrote it.

    Args:
        version: the SHA-256 of the file, and of the functions and pictures that belong to it (first 16 hex digits).
        code: the author's file with the functions of templates.
    """

    assessment: str
    version: str
    blueprint: Blueprint
    items: Mapping[str, BankItem]
    code: bytes = b""

    def candidates(self, slot: Slot) -> list[BankItem]:
        """The items that may fill `slot`, in the author's order."""
        return candidates(self.blueprint, self.items, slot)

    def code_slots(self) -> list[Slot]:
        """The slots that need a code cell."""
        return [slot for slot in self.blueprint.slots if self.candidates(slot)[0].item.kind == "code"]


def read_bank(path: Path) -> Bank:
    """The bank in one file, with what lies beside it: functions in `<name>.py`, pictures in the folder `<name>`.

    Raises:
        BankError: with one line for each problem: file, item, field, what was found, what is allowed.
    """
    functions = path.with_suffix(".py")
    try:
        content = path.read_bytes()
        code = functions.read_bytes() if functions.is_file() else b""
        data = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BankError(f"{path.name}: is not readable TOML: {error}") from None
    bank = parse_bank(path.stem, data, content, code)
    return _with_pictures(bank, path.with_suffix(""))


def _with_pictures(bank: Bank, folder: Path) -> Bank:
    """The bank in a version that says what its pictures show; BankError if one of them is none."""
    items = [entry.item for entry in bank.items.values()]
    if problems := list(figure_problems(items, folder)):
        raise _error(bank.assessment, problems)
    pictures = {name: (folder / name).read_bytes() for name in figure_files(items)}
    if not pictures:
        return bank
    version = sha256(f"{bank.version} {content_hash(pictures)}".encode()).hexdigest()[:16]
    return bank.model_copy(update={"version": version})


def parse_bank(assessment: str, data: dict[str, Any], content: bytes, code: bytes = b"") -> Bank:
    """The bank that `data` describes; BankError as for `read_bank`.

    Args:
        content: the bank's file, for its version.
        code: the author's file with the functions of templates.
    """
    raw_items = data.pop("items", None)
    if not isinstance(raw_items, list) or not raw_items:
        raise _error(assessment, ["items: found none, allowed are [[items]] tables"])
    blueprint, problems = _blueprint(data)
    problems += list(_name_problems(assessment))
    functions = load_functions(f"{assessment}.py", code)
    items: dict[str, BankItem] = {}
    for position, raw in enumerate(raw_items, start=1):
        entry, found = read_item(position, raw, items, functions)
        problems += found
        if entry:
            items[entry.item.id] = entry
    if problems or blueprint is None:
        raise _error(assessment, problems)
    if problems := list(structure_problems(blueprint, items)):
        raise _error(assessment, problems)
    version = sha256(content + b"\0" + code if code else content).hexdigest()[:16]
    return Bank(assessment=assessment, version=version, blueprint=blueprint, items=items, code=code)


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
