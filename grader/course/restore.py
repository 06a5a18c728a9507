"""Puts a submitted notebook's metadata back to what the gradebook says, before anything reads or runs it."""

from typing import Any

from grader.course.snapshot import PaperCell, PaperNotebook
from grader.course.switches import Switches

SCHEMA_VERSION = 3


def restore(notebook: Any, paper: PaperNotebook, switches: Switches, skip_tag: str) -> list[str]:
    """Change the notebook in place; returns a line for everything that had been changed.

    A cell is known by its grade id alone. Metadata of an older schema is left alone: nbgrader refuses it, and so do we.

    Args:
        skip_tag: the tag with which nbclient skips a cell.
    """
    found: list[str] = []
    last: set[str] = set()
    for cell in reversed(notebook.cells):
        marks = cell.metadata.get("nbgrader")
        if not isinstance(marks, dict) or marks.get("schema_version") != SCHEMA_VERSION:
            continue
        known = paper.cells.get(str(marks.get("grade_id")))
        if not switches.copies_fail and _is_copy(marks, known, last):
            found.append(
                f"cell {marks.get('grade_id')!a} is a copy or not of this paper; it counts as an ordinary cell"
            )
            del cell.metadata["nbgrader"]
            continue
        if known:
            last.add(known.name)
            found += _put_back(cell, known, switches, skip_tag)
    return found[::-1]


def _is_copy(marks: Any, known: PaperCell | None, later: set[str]) -> bool:
    watched = any(marks.get(flag) for flag in ("grade", "solution", "locked", "task"))
    return (known is None and watched) or (known is not None and known.name in later)


def _put_back(cell: Any, known: PaperCell, switches: Switches, skip_tag: str) -> list[str]:
    found = []
    if not switches.changed_type_fails and cell.cell_type != known.cell_type:
        found.append(f"the type of cell {known.name} was changed to {cell.cell_type!a} and put back")
        _change_type(cell, known.cell_type)
    if switches.keep_submitted_flags:
        return found
    marks = cell.metadata["nbgrader"]
    flags = {"grade": known.grade, "solution": known.solution, "task": known.task}
    if changed := sorted(name for name, flag in flags.items() if bool(marks.get(name, False)) != flag):
        found.append(f"the marks of cell {known.name} were changed and put back: {', '.join(changed)}")
    marks.update({name: flag for name, flag in flags.items() if name != "task" or flag or "task" in marks})
    if known.max_score is not None and marks.get("points") != known.max_score:
        marks["points"] = known.max_score
    tags = cell.metadata.get("tags")
    if isinstance(tags, list) and skip_tag in tags:
        cell.metadata["tags"] = [tag for tag in tags if tag != skip_tag]
        found.append(f"cell {known.name} was to be skipped, and was run")
    return found


def _change_type(cell: Any, cell_type: str) -> None:
    cell.cell_type = cell_type
    for name in ("outputs", "execution_count", "attachments"):
        cell.pop(name, None)
    if cell_type == "code":
        cell.outputs, cell.execution_count = [], None
