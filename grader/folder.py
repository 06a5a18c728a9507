"""Which course folder a reviewing command works on: a workspace, or any other folder of an nbgrader course."""

import contextlib
import os
from pathlib import Path
from typing import Any, NamedTuple

from nbgrader.apps import NbGrader

# puts nbgrader's `alembic` on the PATH
import grader.course.authoring  # noqa: F401
from grader.errors import WorkspaceError
from grader.workspace import MARKER, find_workspace

NBGRADER_CONFIG = "nbgrader_config.py"
FOREIGN = {
    *("submitted", "autograded", "feedback", "release", "downloaded", "quarantine"),
    *("intake", "inbox", "bundles", "applicants"),
}
"""Folders of a course in which lies what others wrote: nothing in them is a course."""


class CourseFolder(NamedTuple):
    """A course folder, and its database if another than nbgrader's settings say."""

    root: Path
    database_url: str | None = None

    def arguments(self) -> list[str]:
        """What pins nbgrader to this course; arguments win over every configuration file."""
        database = [f"--db={self.database_url}"] if self.database_url else []
        return [f"--course-dir={self.root}", *database]

    def nbgrader(self) -> Any:
        """An nbgrader application with the settings of this course and of whoever runs it."""
        app = NbGrader()
        # nbgrader runs the nbgrader_config.py of the current folder
        with contextlib.chdir(self.root):
            app.initialize(self.arguments())
        return app


def find_course(given: Path | None) -> CourseFolder:
    """The course folder named, or in TALENTPOOL_WORKSPACE, or around the current folder.

    Raises:
        WorkspaceError: there is none, or it lies among submissions.
    """
    named = given or (Path(os.environ["TALENTPOOL_WORKSPACE"]) if "TALENTPOOL_WORKSPACE" in os.environ else None)
    candidates = [named.resolve()] if named else [Path.cwd().resolve(), *Path.cwd().resolve().parents]
    root = next(filter(_is_course, candidates), None)
    if root is None:
        where = f"{candidates[0]} is no course folder" if named else "no course folder was found here"
        raise WorkspaceError(
            f"{where}: it has neither {MARKER} nor {NBGRADER_CONFIG} and source/",
            tip="Go into the course folder, or name it with --workspace.",
        )
    for outer in root.parents:
        if _is_course(outer) and root.relative_to(outer).parts[0] in FOREIGN:
            raise WorkspaceError(
                f"{root} lies among the files of others in the course {outer}; its settings are not used",
                tip=f"Name the course: --workspace {outer}",
            )
    is_workspace = (root / MARKER).is_file()
    return CourseFolder(root, find_workspace(root).database_url if is_workspace else None)


def _is_course(folder: Path) -> bool:
    return (folder / MARKER).is_file() or ((folder / NBGRADER_CONFIG).is_file() and (folder / "source").is_dir())
