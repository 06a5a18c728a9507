"""Finds out what was changed in a notebook that was not the applicant's to change.

It has no effect on points, as our cells are put back before grading; it is for a person's eyes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

NBFORMAT = 4
LANGUAGE = "python"
MAX_NAMED = 10
MAX_NAME_CHARS = 64


class SubmittedCell(NamedTuple):
    """What matters of one cell. `marks` is nbgrader's metadata with the tags, which some tools obey."""

    grade_id: str | None
    cell_type: str
    source: str
    marks: Mapping[str, Any]


def submitted_cell(cell: Any) -> SubmittedCell:
    """One cell of a notebook of which nothing is known yet; its metadata may be missing or anything."""
    metadata = _dict(cell.get("metadata"))
    nbgrader = _dict(metadata.get("nbgrader"))
    grade_id = nbgrader.get("grade_id")
    # the checksum is of the source and follows from the rest
    marks = {name: value for name, value in nbgrader.items() if name != "checksum"} | {"tags": metadata.get("tags", [])}
    known = grade_id if isinstance(grade_id, str) else None
    return SubmittedCell(known, str(cell.get("cell_type")), cell["source"], marks)


def tampering(
    notebook: Mapping[str, Any], submitted: Sequence[SubmittedCell], ours: Sequence[SubmittedCell]
) -> list[str]:
    """A line for each way in which the paper was changed.

    Args:
        notebook: the submitted notebook as a whole.
        ours: the cells as they were released; each has a grade_id.
    """
    issued = {cell.grade_id: cell for cell in ours}
    counts = Counter(cell.grade_id for cell in submitted if cell.grade_id is not None)
    changed = [c.grade_id for c in submitted if c.grade_id in issued and _is_changed(c, issued[c.grade_id])]
    flags = _notebook_flags(notebook)
    for what, ids in (
        ("removed", [grade_id for grade_id in issued if grade_id not in counts]),
        ("copied", sorted(grade_id for grade_id, count in counts.items() if count > 1 and grade_id in issued)),
        ("changed", changed),
    ):
        if ids:
            flags.append(f"cells of the paper were {what} and put back: {_shown(ids)}")
    if foreign := [grade_id for grade_id in counts if grade_id not in issued]:
        flags.append(f"cells with marks of another paper were added: {_shown(foreign)}")
    return flags


def _is_changed(found: SubmittedCell, issued: SubmittedCell) -> bool:
    same_source = found.source == issued.source or not issued.marks["locked"]
    return not same_source or found.cell_type != issued.cell_type or found.marks != issued.marks


def _notebook_flags(notebook: Mapping[str, Any]) -> list[str]:
    flags = []
    if (version := notebook.get("nbformat")) != NBFORMAT:
        flags.append(f"the notebook was read as nbformat {NBFORMAT}, it says {_shown([version])}")
    metadata = _dict(notebook.get("metadata"))
    names = (_dict(metadata.get("kernelspec")).get("language"), _dict(metadata.get("language_info")).get("name"))
    if others := [name for name in names if name not in (None, LANGUAGE)]:
        flags.append(f"the notebook was read as {LANGUAGE}, it says {_shown(others)}")
    return flags


def _shown(names: Iterable[Any]) -> str:
    """At most so many, each of bounded length and without half characters: they may be anybody's words."""
    plain = [str(name) if isinstance(name, str | int) else f"a {type(name).__name__}" for name in names]
    texts = [name[:MAX_NAME_CHARS] for name in dict.fromkeys(plain)]
    return "".join(char if char.isprintable() else "\ufffd" for char in ", ".join(texts[:MAX_NAMED]))


def _dict(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}
