"""The one place that calls nbgrader: course database, generate_assignment, sanitising, recording of grades."""

import logging
import os
import sysconfig
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# nbgrader calls the program `alembic` of its own environment, which need not be on the PATH of whoever started us
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from grader.errors import GateError
from grader.workspace import CODE_STUB, COURSE_ID, Workspace

SANITISERS = (ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata)


@contextmanager
def _quiet() -> Iterator[None]:
    """nbgrader logs every step and autoflushes with a warning; neither tells a grader anything."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def create_gradebook(workspace: Workspace) -> None:
    """Create nbgrader's tables, before anything else writes to the database."""
    with _quiet(), Gradebook(workspace.database_url, COURSE_ID):
        pass


def generate_assignment(workspace: Workspace, assessment: str) -> Path:
    """Run nbgrader's generate_assignment; returns the released notebook.

    Raises:
        GateError: nbgrader refused.
    """
    config = Config()
    config.CourseDirectory.root = str(workspace.root)
    config.CourseDirectory.course_id = COURSE_ID
    config.CourseDirectory.db_url = workspace.database_url
    config.CourseDirectory.assignment_id = assessment
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    config.GenerateAssignment.force = True
    here = Path.cwd()
    with _quiet():
        app = NbGrader(config=config)
        app.log.setLevel(logging.CRITICAL)
        try:
            GenerateAssignment(coursedir=CourseDirectory(parent=app), parent=app).start()
        except NbGraderException as error:
            raise GateError(f"nbgrader refuses to generate {assessment}: {error}") from None
        finally:
            os.chdir(here)
    return workspace.release / assessment / f"{assessment}.ipynb"


class Course:
    """nbgrader's view of one workspace: sanitises notebooks and records trusted points in its gradebook."""

    def __init__(self, workspace: Workspace) -> None:
        self._url = workspace.database_url

    def sanitise(self, notebook: Any, assessment: str, applicant_id: str) -> Any:
        """What nbgrader does to a submission before it runs anything."""
        resources = self._resources(assessment, applicant_id)
        with _quiet():
            for preprocessor in SANITISERS:
                notebook, resources = self._silent(preprocessor).preprocess(notebook, resources)
        return notebook

    def record(self, notebook: Any, assessment: str, applicant_id: str, submitted_at: datetime) -> None:
        """Let nbgrader's SaveAutoGrades read the points off the grade cells into its gradebook; may be repeated."""
        # to the second, as in timestamp.txt: nbgrader would otherwise call everything newer than graded
        naive_utc = submitted_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        with _quiet():
            with Gradebook(self._url, COURSE_ID) as gradebook:
                gradebook.update_or_create_student(applicant_id)
                gradebook.update_or_create_submission(assessment, applicant_id, timestamp=naive_utc)
            self._silent(SaveAutoGrades).preprocess(notebook, self._resources(assessment, applicant_id))

    def _resources(self, assessment: str, applicant_id: str) -> dict[str, Any]:
        names = {"assignment": assessment, "notebook": assessment, "student": applicant_id, "db_url": self._url}
        return {"nbgrader": names, "unique_key": assessment}

    @staticmethod
    def _silent(preprocessor: Any) -> Any:
        instance = preprocessor()
        instance.log = logging.getLogger("talentpool.nbgrader")
        return instance


logging.getLogger("talentpool.nbgrader").addHandler(logging.NullHandler())
logging.getLogger("talentpool.nbgrader").propagate = False


def as_notebook(content: dict[str, Any]) -> Any:
    """A notebook of our own, as nbgrader's preprocessors want it."""
    return nbformat.from_dict(content)


def write_notebook(notebook: Any, path: Path) -> None:
    """Write a notebook where nbgrader's tools look for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
