"""nbgrader's view of points that were judged elsewhere: its sanitisers, our points as outputs, its reading of them."""

from collections.abc import Callable
from functools import cache
from typing import Any

import nbformat
from nbgrader.preprocessors import SaveAutoGrades
from traitlets.config import Config

from grader.course.autograde import GradedNotebook, noted
from grader.course.preprocess import SANITISE, Preprocessors, quicken
from grader.course.snapshot import Paper
from grader.course.standin import standing_in


def show_to_nbgrader(
    content: dict[str, Any], paper: Paper, student: str, show: Callable[[Any], None]
) -> GradedNotebook:
    """What nbgrader makes of a notebook into whose grade cells `show` has put the points.

    Args:
        content: the notebook as JSON data; it has the assignment's name.
    """
    quicken()
    names = {"student": student, "assignment": paper.name, "notebook": paper.name, "db_url": ""}
    resources = {"nbgrader": names, "unique_key": paper.name}
    with standing_in(paper) as notes:
        notebook = _pipeline(SANITISE).run(nbformat.from_dict(content), resources)
        show(notebook)
        notebook = _pipeline((SaveAutoGrades,)).run(nbformat.from_dict(notebook), resources)
    return noted(paper.name, nbformat.writes(notebook) + "\n", notes)


@cache
def _pipeline(classes: tuple[Any, ...]) -> Preprocessors:
    return Preprocessors(classes, Config(), stderr_scores_zero=True)
