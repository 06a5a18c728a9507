"""Runs the command `talentpool`, as a shell would, in this process or one of its own."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from assessments.cli import main


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def talentpool(*arguments: str | Path) -> Outcome:
    """Run one command."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        patch.object(sys, "argv", ["talentpool", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Outcome(code, out.getvalue(), err.getvalue())


def typed(*arguments: str | Path, cwd: Path) -> str:
    """Run one command that must succeed in a process of its own, as if typed in a terminal there; what it printed."""
    command = [sys.executable, "-m", "assessments", *map(str, arguments)]
    wide = {**os.environ, "COLUMNS": "200"}
    run = subprocess.run(command, cwd=cwd, env=wide, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"talentpool {' '.join(map(str, arguments))}\n{run.stdout}{run.stderr}"
    return run.stdout
