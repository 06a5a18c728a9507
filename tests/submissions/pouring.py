"""Pours a sample notebook into a notebook that was issued, as somebody would have changed it by hand."""

import copy
from collections.abc import Iterator
from typing import Any

Notebook = dict[str, Any]


def pour(sample: Notebook, issued: Notebook) -> Notebook:
    """The issued notebook with everything that the sample says about it.

    A cell of the sample takes the place of the issued one with the same `grade_id`; an empty source leaves the source
    as it is. Others are added where they stand. In `metadata.talentpool`, a cell may say that it is to be a `copy` of
    the issued one or that it `replaces` one of another id, and a notebook which ids it `removes`.
    """
    result = copy.deepcopy(issued)
    wishes = sample["metadata"].get("talentpool", {})
    removed = wishes.get("removes", [])
    result["cells"] = [cell for cell in result["cells"] if _grade_id(cell) not in removed]
    _merge(result["metadata"], {key: value for key, value in sample["metadata"].items() if key != "talentpool"})
    place = 0
    for cell in sample["cells"]:
        place = _put(cell, result["cells"], place) + 1
    return result


def _put(cell: dict[str, Any], cells: list[dict[str, Any]], place: int) -> int:
    """Put one cell of the sample where it belongs; returns where that was."""
    wishes = cell["metadata"].get("talentpool", {})
    wanted = wishes.get("replaces", _grade_id(cell))
    known = next((number for number, old in enumerate(cells) if wanted and _grade_id(old) == wanted), None)
    if known is None:
        cells.insert(place, _without_wishes(cell))
        return place
    if wishes.get("copy"):
        cells.append({**copy.deepcopy(cells[known]), "id": cell["id"]})
        known = len(cells) - 1
    _merge(cells[known], _without_wishes(cell, source=cell["source"] or cells[known]["source"], id=cells[known]["id"]))
    return known


def _without_wishes(cell: dict[str, Any], **changes: Any) -> dict[str, Any]:
    metadata = {key: value for key, value in cell["metadata"].items() if key != "talentpool"}
    return {**cell, "metadata": metadata, **changes}


def _merge(old: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(key), dict):
            _merge(old[key], value)
        else:
            old[key] = value


def sources(notebook: Notebook) -> Iterator[tuple[str, str]]:
    """(grade_id, source) of every cell that has both."""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if source and (grade_id := _grade_id(cell)):
            yield grade_id, source


def _grade_id(cell: dict[str, Any]) -> str | None:
    found = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return str(found) if found else None
