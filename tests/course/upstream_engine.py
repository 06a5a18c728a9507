"""A plugin for pytest: nbgrader's own tests, with this kit's converter in the place of nbgrader's.

TALENTPOOL_OUTCOMES is the file for the outcomes by test, TALENTPOOL_SHARE says which tests to run ("0/2": the first of
every two), TALENTPOOL_SWITCHES which of nbgrader's ways to switch on.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps import autogradeapp
from traitlets import Bool

from grader.course.autograder import TalentpoolAutograde
from grader.execution import Engine
from grader.pool import Pool


class Outcomes:
    """What became of every test, and the pool that they share."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._found: dict[str, str] = {}
        self._pool = Pool(Engine())
        TalentpoolAutograde.pool = self._pool
        switches = os.environ.get("TALENTPOOL_SWITCHES", "").split()
        members = {name: Bool(True).tag(config=True) for name in switches}
        autogradeapp.Autograde = type(TalentpoolAutograde.__name__, (TalentpoolAutograde,), members)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A part of a test is over; what went wrong in one part stays."""
        name = report.nodeid.rpartition("::")[2]
        if self._found.get(name, "passed") == "passed":
            self._found[name] = report.outcome

    def pytest_sessionfinish(self) -> None:
        """All tests are over."""
        self._pool.__exit__()
        self._file.write_text(json.dumps(self._found))


def pytest_configure(config: pytest.Config) -> None:
    """Before anything is collected."""
    config.pluginmanager.register(Outcomes(Path(os.environ["TALENTPOOL_OUTCOMES"])))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only this process's share of the tests."""
    number, parts = map(int, os.environ.get("TALENTPOOL_SHARE", "0/1").split("/"))
    items[:] = items[number::parts]
