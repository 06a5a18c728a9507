"""Several commands of nbgrader in one process, as starting it takes seconds: `python -m tests.course.commands ENGINE`.

ENGINE is `nbgrader` or `talentpool`, which puts this kit's converter in the place of nbgrader's. Reads a JSON list of
[folder, arguments...] and writes one of [exit code, log]. Beside nbgrader's commands there are `sql` with a statement
for the gradebook, `copy`, `write` and `remove` with files, and `keep` with a name for what there is at that time.
"""

import contextlib
import io
import json
import logging
import os
import shutil
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_core.application import NoStart
from nbgrader.apps import autogradeapp
from nbgrader.apps.nbgraderapp import NbGraderApp

from grader.course.autograder import TalentpoolAutograde
from grader.execution import Engine
from grader.pool import Pool

CHANGES = ("sql", "keep", "copy", "write", "remove")


@contextlib.contextmanager
def talentpool() -> Iterator[None]:
    """While this lasts, `nbgrader autograde` is graded by this kit, with one pool for all commands."""
    original = autogradeapp.Autograde
    with Pool(Engine(preload=("numpy",)), 1) as pool:
        TalentpoolAutograde.pool = pool
        autogradeapp.Autograde = TalentpoolAutograde
        try:
            yield
        finally:
            autogradeapp.Autograde = original
            TalentpoolAutograde.pool = None


def run(folder: str, *arguments: str) -> tuple[Any, str]:
    """One command; its exit code and log."""
    os.chdir(folder)
    log = io.StringIO()
    app = NbGraderApp.instance()
    code: Any = 0
    try:
        app.initialize(list(arguments))
        app.init_logging(logging.StreamHandler, [log], color=False, subapps=True)
        app.start()
    except NoStart:
        pass
    except SystemExit as stop:
        code = stop.code
    except Exception:
        code = traceback.format_exc()
    finally:
        app.reset()
    return code, log.getvalue()


def change(folder: str, kind: str, *arguments: str) -> tuple[Any, str]:
    """What a person does to a course between two commands."""
    if kind == "sql":
        with contextlib.closing(sqlite3.connect(Path(folder, "gradebook.db"))) as connection:
            connection.execute(arguments[0])
            connection.commit()
        return 0, ""
    if kind == "keep":
        keep(Path(folder), Path(folder, "kept", arguments[0]))
        return 0, ""
    paths = [Path(folder, name) for name in arguments]
    if kind == "copy":
        paths[1].parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(*paths[:2])
    else:
        paths[0].unlink(missing_ok=True)
        if kind == "write":
            paths[0].write_text(arguments[1])
    return 0, ""


def keep(course: Path, place: Path) -> None:
    """A copy of what a course has been graded to."""
    place.mkdir(parents=True)
    shutil.copytree(course / "autograded", place / "autograded")
    with (
        contextlib.closing(sqlite3.connect(course / "gradebook.db")) as book,
        contextlib.closing(sqlite3.connect(place / "gradebook.db")) as copy,
    ):
        book.backup(copy)


def main() -> None:
    """All commands in their order."""
    commands = json.load(sys.stdin)
    with talentpool() if sys.argv[1] == "talentpool" else contextlib.nullcontext():
        results = [(change if command[1] in CHANGES else run)(*command) for command in commands]
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
