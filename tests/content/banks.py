"""The starter assessments, read once, and the texts in them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from grader.bank import Bank, read_bank
from grader.entries import BankItem
from grader.workspace import starter_banks

LOCALES = {"spanish-language": "es"}
"""Assessments in another language than English."""
NAMES = [path.stem for path in starter_banks()]
TAKEN = [name for name in NAMES if name != "practice"]
_CODE = re.compile(r"```.*?```|`[^`\n]+`|https?://\S+", re.DOTALL)
_KINDS_OF_CODE = {"starter", "function", "examples", "cases", "reference", "svg", "file", "text_kind"}
_NAMING = {"id", "version", "kind", "task_type", "skill", "difficulty", "media_type"}


@cache
def bank(name: str) -> Bank:
    """A starter bank."""
    return read_bank(next(path for path in starter_banks() if path.stem == name))


def is_qualification(name: str) -> bool:
    """Qualifications are work by a guideline."""
    return bool(bank(name).blueprint.guideline)


SKILL_TESTS = [name for name in TAKEN if not is_qualification(name)]
QUALIFICATIONS = [name for name in TAKEN if is_qualification(name)]


def entries() -> Iterator[tuple[str, BankItem]]:
    """Every item of every bank, with the bank's name."""
    for name in NAMES:
        for entry in bank(name).items.values():
            yield name, entry


def strings(value: Any, skip: frozenset[str] = frozenset()) -> Iterator[str]:
    """All texts in a structure, but for what names something or is code."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in skip:
                yield from strings(part, skip)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part, skip)


def shown(entry: BankItem) -> str:
    """All that an applicant reads of an item."""
    return "\n\n".join(strings(entry.item.model_dump(mode="json"), frozenset(_NAMING)))


def prose(entry: BankItem) -> Iterator[str]:
    """What is written in sentences: for the applicant and for whoever reads the rationale; without code."""
    skip = frozenset(_NAMING | _KINDS_OF_CODE)
    shown_of_it = {"prompt": entry.item.prompt} if entry.item.kind == "code" else entry.item.model_dump(mode="json")
    for text in (*strings(shown_of_it, skip), entry.rationale):
        yield _CODE.sub(" ", text)
