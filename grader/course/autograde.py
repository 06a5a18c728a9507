"""Grades one submission of an nbgrader course away from any database: files and a snapshot in, scores and files out."""

import pickle
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import nbformat
from nbformat.validator import normalize
from nbgrader.nbgraderformat import SchemaTooNewError, SchemaTooOldError

from assessments.items import Record
from grader.course.preprocess import Preprocessors, quicken
from grader.course.restore import restore
from grader.course.running import Course, Ran, run_notebook
from grader.course.snapshot import Paper
from grader.course.standin import Notes, standing_in
from grader.errors import UnavailableError
from grader.execution import Executor


class Submission(Record):
    """What one applicant handed in for one assignment.

    Args:
        notebooks: known notebooks by name, as they were handed in.
        files: everything else that lies beside them, the instructor's versions first.
    """

    student: str
    paper: Paper
    notebooks: Mapping[str, bytes]
    files: Mapping[str, bytes]
    course: Course


class GradedNotebook(Record):
    """One notebook with its automatic scores (None: a person must grade) and comments, by cell.

    Args:
        text: as it lies in autograded/ afterwards; empty if it could not be graded to its end.
        remarks: what had been changed and was put back, what limit was reached, what looked like tampering.
    """

    name: str
    text: str
    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]
    remarks: tuple[str, ...] = ()


class GradedSubmission(Record):
    """What became of a submission.

    Args:
        files: what lies beside the notebooks afterwards.
        failure: why it could not be graded to the end; what was graded before that stands.
        cell_seconds: what the applicant's cells alone took.
    """

    notebooks: tuple[GradedNotebook, ...]
    files: Mapping[str, bytes]
    failure: str | None = None
    cell_seconds: float = 0.0


def grade_submission(submission: Submission, executor: Executor) -> GradedSubmission:
    """Grade every notebook in the order of their names; one that fails ends the submission, as in nbgrader.

    Raises:
        UnavailableError: our machinery failed.
    """
    quicken()
    graded: list[GradedNotebook] = []
    files, seconds = dict(submission.files), 0.0
    failure = None if submission.notebooks else "none of its notebooks is one of this assignment's"
    for name in sorted(submission.notebooks, key=lambda name: f"{name}.ipynb"):
        notebook, made, took, failure = _grade_notebook(submission, name, files, executor)
        graded.append(notebook)
        if failure:
            break
        files |= made
        seconds += took
    return GradedSubmission(notebooks=tuple(graded), files=files, failure=failure, cell_seconds=seconds)


def _grade_notebook(
    submission: Submission, name: str, files: Mapping[str, bytes], executor: Executor
) -> tuple[GradedNotebook, Mapping[str, bytes], float, str | None]:
    """One notebook, the files that it left, the seconds that its cells took, and why it could not be graded."""
    with standing_in(submission.paper) as notes:
        try:
            text, outcome, remarks = _run_pipelines(submission, name, files, executor)
        except UnavailableError:
            raise
        except Exception as error:
            # like nbgrader, keep the scores of the cells before the one that failed
            return noted(name, "", notes), {}, 0.0, f"{name}.ipynb: {_reason(error)}"
    made, seconds = (outcome.files, outcome.cell_seconds) if outcome else ({}, 0.0)
    return noted(name, text, notes, remarks), made, seconds, None


def _run_pipelines(
    submission: Submission, name: str, files: Mapping[str, bytes], executor: Executor
) -> tuple[str, Ran | None, list[str]]:
    """The graded notebook's text, how its run went if there was one, and remarks."""
    course, paper = submission.course, submission.paper
    sys.path += [place for place in course.path if place not in sys.path]
    sanitise, autograde = _pipelines(
        pickle.dumps((course.config, course.sanitise, course.autograde, course.switches.stderr_scores_zero))
    )
    names = {"student": submission.student, "assignment": paper.name, "notebook": name, "db_url": ""}
    resources = {"nbgrader": names, "unique_key": name, "metadata": {"path": "."}}
    _, notebook = normalize(nbformat.reads(submission.notebooks[name].decode("utf-8"), as_version=4))
    remarks = restore(notebook, paper.notebooks[name], course.switches, course.skip_tag)
    # cells that nbgrader adds are plain dictionaries
    notebook = nbformat.from_dict(sanitise.run(notebook, resources))
    nbformat.validate(notebook, relax_add_props=True)
    outcome: Ran | None = None

    def execute(sanitised: Any) -> Any:
        nonlocal outcome
        outcome = run_notebook(sanitised, files, course, executor)
        nbformat.validate(outcome.notebook, relax_add_props=True)
        return outcome.notebook

    notebook = autograde.run(notebook, resources, execute)
    remarks += outcome.remarks if outcome else []
    return nbformat.writes(notebook, version=4) + "\n", outcome, remarks


def noted(name: str, text: str, notes: Notes, remarks: Sequence[str] = ()) -> GradedNotebook:
    """A notebook with what nbgrader's preprocessors have noted of it."""
    return GradedNotebook(
        name=name,
        text=text,
        scores={cell: grade.auto_score for cell, grade in notes.grades.items()},
        comments={cell: comment.auto_comment for cell, comment in notes.comments.items()},
        remarks=tuple(remarks),
    )


@lru_cache(maxsize=4)
def _pipelines(pickled: bytes) -> tuple[Preprocessors, Preprocessors]:
    """The preprocessors before and around the run; making them takes longer than using them."""
    config, sanitise, autograde, stderr_scores_zero = pickle.loads(pickled)
    before, around = (
        Preprocessors(classes, config, stderr_scores_zero=stderr_scores_zero) for classes in (sanitise, autograde)
    )
    return before, around


def _reason(error: Exception) -> str:
    """Why a notebook could not be graded, in one line."""
    if isinstance(error, SchemaTooOldError):
        return "its nbgrader metadata is of an old version; run `nbgrader update` on the submission"
    if isinstance(error, SchemaTooNewError):
        return "its nbgrader metadata is newer than this nbgrader; update nbgrader"
    line = (str(error).splitlines() or [""])[0][:300]
    return f"{type(error).__name__}: {line}"
