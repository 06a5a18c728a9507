"""nbgrader's own tests of `nbgrader autograde`, run against this engine."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.kernel

TESTS = "nbgrader.tests.apps.test_nbgrader_autograde"
MANY = 42
SKIPPED_BY_UPSTREAM = {
    "test_many_students": "needs a PostgreSQL server that is set up by hand",
    "test_infinite_loop_with_output": "takes too much time and memory there; tests/course/test_differences.py has it",
}
BY_DESIGN = {
    "test_handle_failure": "cells of another paper fail the submission there; here they count as ordinary cells",
    "test_handle_failure_single_notebook": "the same",
}
SWITCHES = "copies_fail"
"""With these all of BY_DESIGN passes."""


def start(root: Path, name: str, *options: str, **settings: str) -> "tuple[Path, subprocess.Popen[str]]":
    """Run upstream's tests in a process of their own."""
    file = root / f"{name}.json"
    scripts = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {
        **{key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"},
        **{f"TALENTPOOL_{key.upper()}": value for key, value in settings.items()},
        "TALENTPOOL_OUTCOMES": str(file),
        "PATH": scripts,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    plugins = ("-p", "tests.course.upstream_engine", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", *plugins, "--pyargs", TESTS, *options]
    folder = root / name
    folder.mkdir()
    process = subprocess.Popen(
        [*command, f"--basetemp={folder / 'temporary'}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return file, process


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, str]]:
    """Outcomes by test: as this kit grades, and with the switches on for what fails by design."""
    root = tmp_path_factory.mktemp("upstream")
    started = [start(root, f"share{number}", share=f"{number}/2") for number in range(2)]
    started.append(start(root, "switched", "-k", " or ".join(BY_DESIGN), switches=SWITCHES))
    logs = [process.communicate(timeout=600)[0] for _, process in started]
    for (file, _), log in zip(started, logs, strict=True):
        assert file.exists(), log[-3000:]
        print(log)
    first, second, switched = (json.loads(file.read_text()) for file, _ in started)
    return {"ours": first | second, "switched": switched}


def test_all_pass_but_those_that_are_listed(outcomes: Mapping[str, Mapping[str, str]]) -> None:
    expected = dict.fromkeys(SKIPPED_BY_UPSTREAM, "skipped") | dict.fromkeys(BY_DESIGN, "failed")
    assert {name: outcome for name, outcome in outcomes["ours"].items() if outcome != "passed"} == expected
    assert len(outcomes["ours"]) == MANY


def test_what_fails_by_design_passes_in_nbgraders_way(outcomes: Mapping[str, Mapping[str, str]]) -> None:
    assert outcomes["switched"] == dict.fromkeys(BY_DESIGN, "passed")
