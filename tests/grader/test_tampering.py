"""What was changed in the paper is named for a person, and has no effect."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.grader.test_reading import ANSWERS, cell, edited, read

Change = Callable[[dict[str, Any]], Any]


def marks(cell_id: str, **values: Any) -> Change:
    """Other values in nbgrader's metadata of one cell."""
    return lambda notebook: cell(notebook, cell_id)["metadata"]["nbgrader"].update(values)


def tags(cell_id: str, *values: str) -> Change:
    """Other tags."""
    return lambda notebook: cell(notebook, cell_id)["metadata"].update(tags=list(values))


CHANGED: dict[str, tuple[Change, str]] = {
    "points": (marks("q1", points=100), "cells of the paper were changed and put back: q1"),
    "grade": (marks("q1", grade=False), "cells of the paper were changed and put back: q1"),
    "solution": (marks("q1", solution=True, locked=False), "cells of the paper were changed and put back: q1"),
    "schema": (marks("q1", schema_version=1), "cells of the paper were changed and put back: q1"),
    "skipped": (tags("q1", "skip-execution"), "cells of the paper were changed and put back: q1"),
    "answer is text": (
        lambda n: cell(n, "answer-q6").update(cell_type="markdown"),
        "cells of the paper were changed and put back: answer-q6",
    ),
    "added": (
        lambda n: n["cells"].append({**cell(n, "q1"), "metadata": {"nbgrader": {"grade_id": "bonus\x1b" * 99}}}),
        "cells with marks of another paper were added: " + ("bonus\ufffd" * 99)[:64],
    ),
    "half a character": (
        lambda n: n["cells"].append({**cell(n, "q1"), "metadata": {"nbgrader": {"grade_id": "\ud800"}}}),
        "cells with marks of another paper were added: \ufffd",
    ),
    "nbformat": (lambda n: n.update(nbformat=5), "the notebook was read as nbformat 4, it says 5"),
    "no nbformat": (lambda n: n.update(nbformat=[[]]), "the notebook was read as nbformat 4, it says a list"),
    "kernel": (
        lambda n: n["metadata"].update(kernelspec={"name": "ir", "language": "R"}),
        "the notebook was read as python, it says R",
    ),
}


@pytest.mark.parametrize(("change", "flag"), CHANGED.values(), ids=CHANGED.keys())
def test_each_change_is_named(change: Change, flag: str) -> None:
    """Once, and every answer is still there."""
    reading = read(edited(change))
    assert reading.flags == (flag,)
    assert dict(reading.answers) == ANSWERS


@pytest.mark.parametrize("metadata", [None, 5, [], {"kernelspec": 5, "language_info": [1]}, {"language_info": {}}])
def test_odd_metadata_of_a_notebook_is_no_obstacle(metadata: Any) -> None:
    """It says nothing, so there is nothing to flag."""
    assert read(edited(lambda notebook: notebook.update(metadata=metadata))).flags == ()


def test_what_jupyter_adds_is_no_change() -> None:
    """Execution counts, folded cells, the kernel's own version, checksums of another nbgrader."""

    def used(notebook: dict[str, Any]) -> None:
        notebook["metadata"]["language_info"].update(version="3.12.1", codemirror_mode={"name": "ipython"})
        notebook["metadata"]["kernelspec"].update(name="conda-base", display_name="base")
        for one in notebook["cells"]:
            one["metadata"].update(collapsed=True, execution={"iopub.status.busy": "now"})
            one["metadata"].get("nbgrader", {}).update(checksum="other")

    assert read(edited(used)).flags == ()
