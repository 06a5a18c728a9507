"""What happens before anybody hands in: nbgrader's tables, generate_assignment."""

import logging
import os
import sysconfig
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# nbgrader calls the program `alembic` of its own environment, which need not be on the PATH of whoever started us
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])

from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from grader.database import setting_up
from grader.errors import GateError
from grader.workspace import CODE_STUB, COURSE_ID, Workspace


@contextmanager
def _quiet() -> Iterator[None]:
    """nbgrader logs every step and autoflushes with a warning; neither tells a grader anything."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def create_gradebook(workspace: Workspace) -> None:
    """Create nbgrader's tables, before anything else writes to the database; one process at a time.

    Raises:
        WorkspaceError: no database that can be used.
        UnavailableError: the database does not answer.
    """
    with _quiet(), setting_up(workspace.database_url), Gradebook(workspace.database_url, COURSE_ID):
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
