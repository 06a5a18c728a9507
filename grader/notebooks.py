"""Notebook files as plain data: read once, with every cell's source as one text."""

import json
from typing import Any


def parse_notebook(text: str | bytes) -> dict[str, Any]:
    """The notebook as JSON data; sources that are stored as lists of lines are joined.

    Raises:
        ValueError, KeyError, TypeError: not a notebook in nbformat 4.
    """
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        cell["source"] = _joined(cell["source"])
    return dict(notebook)


def notebook_text(notebook: dict[str, Any]) -> str:
    """The notebook as it stands in a file: the same bytes for the same data."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _joined(source: Any) -> str:
    text = "".join(source) if isinstance(source, list) else source
    if not isinstance(text, str):
        raise TypeError("a cell's source must be text")
    # half of a surrogate pair is no character and cannot be written anywhere
    return text.encode("utf-8", "replace").decode()
