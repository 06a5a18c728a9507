"""An applicant's notebook as it may be shown: only fields that a page needs, each of its type, rendered and cleaned."""

import base64
import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from markupsafe import Markup
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

from assessments.errors import BundleError
from grader.clean import PICTURES, clean_html, picture_url

MAX_TEXT_CHARS = 100_000
"""Of one source or output; parsers take time that grows faster than the text."""
MAX_NOTEBOOK_CHARS = 2_000_000
CELL_CHARS = 200
"""What each cell and output counts beside its text: the page's own markup."""
SHORTENED = "\n… shortened"
_NAME = re.compile(r"[A-Za-z0-9_+-]{1,100}")
_FLAGS = ("grade", "solution", "task", "locked")
_PICTURES = tuple(kind for kind in PICTURES if kind != "image/gif")


def read_shown(path: Path) -> Any:
    """A notebook made anew from what an untrusted file says, for nbconvert's templates or our own.

    Outputs hold exactly one of cleaned `text/html`, `image/png`, `image/jpeg` and `text/plain`. Pictures are taken from
    the folder of the file.

    Raises:
        BundleError: not a notebook in nbformat 4.
    """
    try:
        content = json.loads(path.read_bytes())
        cells = list(content["cells"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise BundleError(f"{path.name} is not a notebook that can be read") from None
    reader = _Reader(path.parent)
    lexer = _lexer(_mapping(_mapping(content.get("metadata")).get("language_info")).get("name"))
    return nbformat.from_dict(
        {
            "nbformat": 4,
            "nbformat_minor": 4,
            "metadata": {"language_info": {"name": lexer, "pygments_lexer": lexer}},
            "cells": [reader.cell(_mapping(cell)) for cell in cells],
        }
    )


def markdown_html(source: str, attachments: Mapping[str, Any], pictures: Path) -> Markup:
    """Markdown as clean HTML; as plain text if it cannot be rendered. Formulas stay as they were typed."""
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    try:
        return Markup(clean_html(MarkdownWithMath(renderer=renderer).render(source), pictures))
    except Exception:
        # whatever makes the renderer fail is an applicant's doing, and no reason to hide the answer
        return Markup("<pre>{}</pre>").format(source)


def code_html(source: str, lexer: str) -> Markup:
    """Code with its syntax highlighted, as clean HTML."""
    return Markup(clean_html(Highlight2HTML(pygments_lexer=lexer)(source)))


class _Reader:
    """Reads one notebook, and stops reading where a page would become too long."""

    def __init__(self, pictures: Path) -> None:
        self._left = MAX_NOTEBOOK_CHARS
        self._pictures = pictures
        self._ids: set[str] = set()

    def cell(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        kind = raw.get("cell_type") if raw.get("cell_type") in {"code", "markdown"} else "raw"
        cell = {"cell_type": kind, "source": self._text(raw.get("source")), "metadata": self._metadata(raw)}
        if kind == "code":
            outputs = raw.get("outputs")
            count = raw.get("execution_count")
            cell["execution_count"] = count if isinstance(count, int) else None
            cell["outputs"] = list(self._outputs(outputs if isinstance(outputs, list) else []))
        else:
            cell["attachments"] = {name: _attachment(value) for name, value in _mapping(raw.get("attachments")).items()}
        return cell

    def _metadata(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """nbgrader's metadata, if the cell has an id that no cell before it has: pages find their controls by it."""
        own = _mapping(_mapping(raw.get("metadata")).get("nbgrader"))
        grade_id = own.get("grade_id")
        if not isinstance(grade_id, str) or not _NAME.fullmatch(grade_id) or grade_id in self._ids:
            return {}
        self._ids.add(grade_id)
        points = own.get("points")
        known = isinstance(points, (int, float)) and math.isfinite(points)
        flags = {flag: own.get(flag) is True for flag in _FLAGS}
        folded = _mapping(_mapping(raw.get("metadata")).get("jupyter")).get("source_hidden") is True
        return {
            "nbgrader": {"grade_id": grade_id, "points": points if known else 0, **flags},
            "jupyter": {"source_hidden": folded},
        }

    def _outputs(self, raws: list[Any]) -> Iterator[dict[str, Any]]:
        for raw in map(_mapping, raws):
            kind = raw.get("output_type")
            if kind == "stream":
                name = "stderr" if raw.get("name") == "stderr" else "stdout"
                yield {"output_type": kind, "name": name, "text": self._text(raw.get("text"))}
            elif kind == "error":
                lines = raw.get("traceback")
                traceback = [self._text("\n".join(map(str, lines if isinstance(lines, list) else [])))]
                yield {"output_type": kind, "ename": str(raw.get("ename")), "evalue": "", "traceback": traceback}
            elif kind in {"display_data", "execute_result"}:
                yield {"output_type": "display_data", "metadata": {}, "data": self._best(_mapping(raw.get("data")))}

    def _best(self, data: Mapping[str, Any]) -> dict[str, str]:
        """The richest form of an output that leaves something to show."""
        if "text/html" in data and (html := clean_html(self._text(data["text/html"]), self._pictures)).strip():
            return {"text/html": html}
        for kind in _PICTURES:
            if url := _picture(data.get(kind)):
                return {kind: url.split(",", 1)[1]}
        if "text/markdown" in data:
            return {"text/html": markdown_html(self._text(data["text/markdown"]), {}, self._pictures)}
        return {"text/plain": self._text(data.get("text/plain", data.get("text/latex", "")))}

    def _text(self, value: object) -> str:
        text = _joined(value)
        fitting = text[: max(0, min(MAX_TEXT_CHARS, self._left))]
        self._left -= len(fitting) + CELL_CHARS
        return fitting if len(fitting) == len(text) else fitting + SHORTENED


def _joined(value: object) -> str:
    """Text that may be stored as a list of lines; half of a surrogate pair is no character and cannot be sent."""
    text = "".join(map(str, value)) if isinstance(value, list) else value
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""


def _lexer(language: object) -> str:
    if language == "python":
        return "ipython3"
    try:
        return str(get_lexer_by_name(str(language)).aliases[0])
    except ClassNotFound:
        return "text"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _attachment(value: object) -> dict[str, str]:
    return {kind: text for kind, text in _mapping(value).items() if kind in PICTURES and isinstance(text, str)}


def _picture(encoded: object) -> str | None:
    try:
        return picture_url(base64.b64decode(_joined(encoded)))
    except ValueError:
        return None
