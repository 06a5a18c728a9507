"""Stands in for nbgrader's gradebook while its preprocessors run away from any database: reads a snapshot, takes notes.

nbgrader's preprocessors open `Gradebook(url)` by that name in their own modules. While `standing_in` lasts, the name
gives this instead, so that nbgrader's own code decides, without its 45 commits a submission.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.preprocessors import overwritecells, overwritekernelspec, saveautogrades

from grader.course.snapshot import Paper, PaperCell, PaperNotebook

MODULES = (overwritecells, overwritekernelspec, saveautogrades)


class Notes:
    """What nbgrader's SaveAutoGrades would have written: automatic scores and comments by cell."""

    def __init__(self) -> None:
        self.grades: dict[str, Any] = {}
        self.comments: dict[str, Any] = {}


class StandIn:
    """The few methods of nbgrader's Gradebook that preprocessors call, with its errors."""

    def __init__(self, paper: Paper, notes: Notes) -> None:
        self._paper, self._notes = paper, notes
        self._begun: Callable[[], Any] = bool
        self.db = SimpleNamespace(commit=self._commit)

    def __enter__(self) -> "StandIn":
        return self

    def __exit__(self, *_exception: object) -> None:
        return None

    def find_notebook(self, name: str, _assignment: str) -> Any:
        notebook = self._notebook(name)
        cells = list(notebook.cells.values())
        return SimpleNamespace(
            kernelspec=notebook.kernelspec,
            source_cells=cells,
            grade_cells=[cell for cell in cells if cell.grade],
            solution_cells=[cell for cell in cells if cell.solution],
            task_cells=[cell for cell in cells if cell.task],
        )

    def find_source_cell(self, name: str, notebook: str, _assignment: str) -> PaperCell:
        return self._cell(name, notebook)

    def find_graded_cell(self, name: str, notebook: str, _assignment: str) -> PaperCell:
        return self._cell(name, notebook, graded=True)

    def find_grade(self, name: str, notebook: str, _assignment: str, _student: str) -> Any:
        self._cell(name, notebook, graded=True)
        grade = SimpleNamespace(auto_score=None, manual_score=None)
        self._begun = lambda: self._notes.grades.update({name: grade})
        return grade

    def find_comment(self, name: str, notebook: str, _assignment: str, _student: str) -> Any:
        self._cell(name, notebook, commented=True)
        comment = SimpleNamespace(auto_comment=None)
        self._begun = lambda: self._notes.comments.update({name: comment})
        return comment

    def _commit(self) -> None:
        """What was begun counts only now: nbgrader may give up in between."""
        self._begun()

    def _notebook(self, name: str) -> PaperNotebook:
        if name not in self._paper.notebooks:
            raise MissingEntry(f"No such notebook: {self._paper.name}/{name}")
        return self._paper.notebooks[name]

    def _cell(self, name: str, notebook: str, *, graded: bool = False, commented: bool = False) -> PaperCell:
        cell = self._notebook(notebook).cells.get(name)
        if cell is None or (graded and not cell.grade_cell_id) or (commented and not cell.comment_cell_id):
            raise MissingEntry(f"No such cell: {self._paper.name}/{notebook}/{name}")
        return cell


@contextmanager
def standing_in(paper: Paper) -> Iterator[Notes]:
    """While this lasts, nbgrader's preprocessors in this process see the snapshot; gives the notes that they leave."""
    notes = Notes()
    originals = [module.Gradebook for module in MODULES]
    for module in MODULES:
        module.Gradebook = lambda *_args, **_kwargs: StandIn(paper, notes)
    try:
        yield notes
    finally:
        for module, original in zip(MODULES, originals, strict=True):
            module.Gradebook = original
