"""Looks for what must stay on the grader's side in what leaves it: keys, rationales, the author's functions."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from grader.entries import BankItem

MIN_SECRET_CHARS = 40
"""Sentences of a rationale that are at least this long must not turn up in a release."""


class Texts:
    """What leaves, in a form in which nothing hides.

    Args:
        contents: texts or files by name.
    """

    def __init__(self, contents: Mapping[str, str | bytes]) -> None:
        decoded = {n: c.decode(errors="replace") if isinstance(c, bytes) else c for n, c in contents.items()}
        self._texts = {name: _plain(content) for name, content in decoded.items()}

    def __len__(self) -> int:
        return len(self._texts)

    def found(self, entry: BankItem) -> Iterator[str]:
        """What they tell of an item's key or rationale."""
        for what, secret in _secrets(entry):
            for name, text in self._texts.items():
                if secret in text:
                    yield f"{name} holds {what} of {entry.item.id}"

    def found_code(self, code: bytes) -> Iterator[str]:
        """Which functions of the author's file stand in them."""
        source = code.decode(errors="replace")
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                function = _squeeze(ast.get_source_segment(source, node) or "")
                yield from (
                    f"{name} holds the function {node.name}" for name, t in self._texts.items() if function in t
                )


def _secrets(entry: BankItem) -> Iterator[tuple[str, str]]:
    for secret in entry.key.secrets():
        yield "key material", _squeeze(secret)
    for sentence in re.split(r"(?<=[.!?])\s+", entry.rationale):
        if len(sentence) >= MIN_SECRET_CHARS:
            yield "the rationale", _squeeze(sentence)


def _plain(text: str) -> str:
    """All texts inside, unescaped where the file is JSON, with single spaces."""
    try:
        return _squeeze(" ".join(_strings(json.loads(text))))
    except ValueError:
        return _squeeze(text)


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for part in data:
            yield from _strings(part)
    elif isinstance(data, dict):
        for name, part in data.items():
            yield name
            yield from _strings(part)


def _squeeze(text: str) -> str:
    """Without white space and capitals, so that neither hides anything."""
    return "".join(text.split()).casefold()
