"""A plain nbgrader course with the same questions, graded by nbgrader itself: what the attacks are worth elsewhere."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from tests.submissions.assessment import NAME, NOTEBOOK
from tests.submissions.collection import Sample
from tests.submissions.pouring import pour
from tests.submissions.traps import Traps

CONFIG = """c = get_config()
c.CourseDirectory.course_id = "plain"
c.ClearSolutions.code_stub = {"python": "..."}
c.Execute.shutdown_kernel = "immediate"
"""
REVERSE = """assert reverse("abc") == "cba"
### BEGIN HIDDEN TESTS
assert reverse("lantern-4417") == "7144-nretnal"
assert reverse("Ada, Bob") == "boB ,adA"
### END HIDDEN TESTS"""
MEAN = """### BEGIN HIDDEN TESTS
import math

right = [
    abs(mean([0.1, 0.2, 0.4]) - 0.2333333) < 1e-6,
    math.isclose(mean([2, 3]), 2.5),
    math.isclose(mean([-1000000.0, 0.5]), -499999.75),
    math.isclose(mean([7]), 7),
]
### END HIDDEN TESTS
sum(right)"""


class PlainCourse:
    """A course folder of nbgrader's, with everything in it at its defaults."""

    def __init__(self, root: Path, traps: Traps) -> None:
        self.root, self._traps = root, traps
        if not root.exists():
            source = root / "source" / NAME
            source.mkdir(parents=True)
            (root / "nbgrader_config.py").write_text(CONFIG)
            (source / NOTEBOOK).write_text(json.dumps(_instructor_notebook()))
            self.nbgrader("generate_assignment", NAME)
        self._released = json.loads((root / "release" / NAME / NOTEBOOK).read_text())

    def copied_to(self, root: Path) -> "PlainCourse":
        """The same course somewhere else."""
        return PlainCourse(shutil.copytree(self.root, root), self._traps)

    def nbgrader(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of its commands."""
        path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
        command = [sys.executable, "-m", "nbgrader", *arguments]
        environment = {**os.environ, "PATH": path}
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def hand_in(self, sample: Sample, student: str | None = None) -> None:
        """Put a sample's notebook where collected submissions lie."""
        folder = self.root / "submitted" / (student or sample.applicant_id) / NAME
        folder.mkdir(parents=True)
        content = json.dumps(pour(sample.notebook, self._released)).encode()
        (folder / NOTEBOOK).write_bytes(self._traps.fill_in(content))

    def scores(self) -> dict[str, dict[str, float]]:
        """Points by person and cell; cells that nobody has scored are left out."""
        found: dict[str, dict[str, float]] = {}
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "plain") as gradebook:
            for student in gradebook.students:
                for submission in gradebook.student_submissions(student.id):
                    grades = submission.notebooks[0].grades
                    scored = [
                        grade for grade in grades if grade.auto_score is not None or grade.manual_score is not None
                    ]
                    found[student.id] = {grade.name: grade.score for grade in scored}
        return found

    def printed(self, sample: Sample) -> str:
        """What the applicant's own cells put out when they were graded; nothing if they were not."""
        path = self.root / "autograded" / sample.applicant_id / NAME / NOTEBOOK
        notebook = json.loads(path.read_text()) if path.exists() else {"cells": []}
        cells = [cell for cell in notebook["cells"] if cell.get("id", "").startswith("answer")]
        return json.dumps([cell.get("outputs") for cell in cells])


def _is_scored(grade: Any) -> bool:
    return grade.auto_score is not None or grade.manual_score is not None


def _instructor_notebook() -> dict[str, Any]:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    cells = [
        _cell("answer-q1", _solution("def reverse(text):"), solution=True),
        _cell("q1", REVERSE, grade=True, points=3),
        _cell("answer-q2", _solution("def mean(numbers):"), solution=True),
        _cell("q2", MEAN, grade=True, points=4),
        _cell("q3", _solution("fruit = None"), grade=True, solution=True, points=2),
    ]
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _solution(before: str) -> str:
    return f"{before}\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION" if before.endswith(":") else before


def _cell(name: str, source: str, *, grade: bool = False, solution: bool = False, **more: Any) -> dict[str, Any]:
    marks = {"grade_id": name, "schema_version": 3, "task": False, "grade": grade, "solution": solution}
    metadata = {"nbgrader": {**marks, "locked": grade and not solution, **more}}
    cell: dict[str, Any] = {"cell_type": "code", "id": name, "execution_count": None, "outputs": []}
    return {**cell, "metadata": metadata, "source": source}
