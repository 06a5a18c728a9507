"""Small notebooks with nbgrader's marks, written by code."""

from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SCHEMA_VERSION = 3
PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook(*cells: Any, kernel: str | None = "python3") -> Any:
    """A notebook of these cells for this kernel, or one that names none."""
    made = new_notebook(cells=list(cells))
    if kernel:
        made.metadata.kernelspec = {**PYTHON, "name": kernel}
    return made


def code(source: str, name: str = "", *, tags: tuple[str, ...] = (), **marks: Any) -> Any:
    """A code cell; with a name it has nbgrader's marks (grade, solution, locked, task, points)."""
    return _marked(new_code_cell(source), name, tags, marks)


def text(source: str, name: str = "", *, tags: tuple[str, ...] = (), **marks: Any) -> Any:
    """A markdown cell, likewise."""
    return _marked(new_markdown_cell(source), name, tags, marks)


def answer(source: str, name: str) -> Any:
    """A code cell that applicants fill in."""
    return code(source, name, solution=True)


def check(source: str, name: str, points: float = 1) -> Any:
    """A test."""
    return code(source, name, grade=True, locked=True, points=points)


def manual(source: str, name: str, points: float = 1) -> Any:
    """A code cell that a person grades."""
    return code(source, name, grade=True, solution=True, points=points)


def essay(source: str, name: str, points: float = 1) -> Any:
    """A text that a person grades."""
    return text(source, name, grade=True, solution=True, points=points)


def read_only(source: str, name: str) -> Any:
    """A cell that is put back."""
    return code(source, name, locked=True)


def task(source: str, name: str, points: float = 1) -> Any:
    """A task, for which applicants add cells of their own."""
    return text(source, name, task=True, locked=True, points=points)


def _marked(cell: Any, name: str, tags: tuple[str, ...], marks: dict[str, Any]) -> Any:
    if tags:
        cell.metadata.tags = list(tags)
    if name:
        flags = dict.fromkeys(("grade", "solution", "locked", "task"), False)
        cell.metadata.nbgrader = {**flags, "grade_id": name, "schema_version": SCHEMA_VERSION, **marks}
    return cell
