"""Builds the nbgrader instructor notebook of an assessment: the same bytes for the same bank."""

from pathlib import Path
from typing import Any

from grader.bank import Bank
from grader.blueprint import Slot
from grader.effort import effort
from grader.notebooks import notebook_text
from grader.workspace import CODE_STUB

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_OPENING = "from assessments.form import open_form\n\nform = open_form()\nform.header()"


def notebook_of(bank: Bank) -> dict[str, Any]:
    """The notebook, in nbformat 4.5 with nbgrader's metadata (schema 3).

    It holds places, not items: what fills a slot is issued to each applicant, so that a release has nothing to hide.
    """
    blueprint = bank.blueprint
    code_slots = {slot.id for slot in bank.code_slots()}
    intro = (
        f"# {blueprint.title}\n\n{blueprint.instructions}\n\n{_expect(bank)} "
        "The questions appear below by themselves; if they do not within half a minute, reload the page. "
        "Every answer is saved as soon as you give it; you can close the page and come back."
    )
    cells = [_markdown("instructions", intro)]
    if blueprint.guideline:
        cells.append(_markdown("guideline", blueprint.guideline))
    cells.append(_locked("opening", _OPENING))
    for slot in blueprint.slots:
        cells += _code_slot(slot) if slot.id in code_slots else [_graded(slot, f'form.slot("{slot.id}")')]
    cells.append(_locked("final-check", "form.finish()"))
    return {
        "cells": cells,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _expect(bank: Bank) -> str:
    """What somebody should know before starting: how much it is, how long it takes, how hard it is to read."""
    blueprint, asked = bank.blueprint, effort(bank)
    many = f"{len(blueprint.slots)} questions"
    usual = 5 * round(asked.minutes / 5) or 5
    if blueprint.practice:
        return f"**{many}, no time limit.** All of it takes about {usual} minutes; stop whenever you like."
    limit = f"{blueprint.points:g} points, {blueprint.minutes} minutes"
    return f"**{many}, {limit}.** Most people need about {usual} minutes. The texts are {asked.reading} to read."


def build(bank: Bank, source: Path) -> Path:
    """Write `source/<assessment>/<assessment>.ipynb`; returns its path."""
    path = source / bank.assessment / f"{bank.assessment}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook_text(notebook_of(bank)), encoding="utf-8")
    return path


def answer_id(slot_id: str) -> str:
    """The cell id and grade_id of the code cell that belongs to a slot."""
    return f"answer-{slot_id}"


def _code_slot(slot: Slot) -> list[dict[str, Any]]:
    """Prompt, code cell, and the graded cell that tries the public examples."""
    answer = _code_cell(answer_id(slot.id), CODE_STUB, grade=False, solution=True, locked=False)
    # a failing answer must not stop the cells below it
    answer["metadata"]["tags"] = ["raises-exception"]
    return [
        _locked(f"prompt-{slot.id}", f'form.slot("{slot.id}")'),
        answer,
        _graded(slot, f'form.examples("{slot.id}")'),
    ]


def _graded(slot: Slot, source: str) -> dict[str, Any]:
    points = int(slot.points) if float(slot.points).is_integer() else slot.points
    return _hidden(_code_cell(slot.id, source, grade=True, solution=False, locked=True, points=points))


def _locked(cell_id: str, source: str) -> dict[str, Any]:
    return _hidden(_code_cell(cell_id, source, grade=False, solution=False, locked=True))


def _hidden(cell: dict[str, Any]) -> dict[str, Any]:
    """The cell with its source collapsed: an applicant sees the form, not the code."""
    cell["metadata"]["jupyter"] = {"source_hidden": True}
    return cell


def _code_cell(cell_id: str, source: str, **nbgrader: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id,
        "metadata": {"nbgrader": _nbgrader(cell_id, **nbgrader)},
        "outputs": [],
        "source": source,
    }


def _markdown(cell_id: str, source: str) -> dict[str, Any]:
    metadata = {"nbgrader": _nbgrader(cell_id, grade=False, solution=False, locked=True)}
    return {"cell_type": "markdown", "id": cell_id, "metadata": metadata, "source": source}


def _nbgrader(cell_id: str, **flags: Any) -> dict[str, Any]:
    return {"grade_id": cell_id, "schema_version": 3, "task": False, **flags}
