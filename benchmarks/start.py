"""How long a command takes from being called to its end: whole processes, in turns, on a small workspace.

Run: .venv/bin/python benchmarks/start.py [--rounds N]. In front stand what nobody can do without: Python itself, and
Python with the libraries that commands are made with. The least is what the machine can do when nothing else runs on
it; processor time hardly depends on what else runs.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

LIBRARIES = """
import rich.console, sqlalchemy.orm, typer
from pydantic import BaseModel
class Model(BaseModel):
    number: int
"""
TALENTPOOL = "from assessments.cli import main; main()"


class Took(NamedTuple):
    """Milliseconds of one process: by the clock, and of a processor."""

    wall: float
    processor: float


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        programs = {
            "python -c pass": ("pass",),
            "python with the libraries": (LIBRARIES,),
            **{
                " ".join(("talentpool", *arguments)): (TALENTPOOL, *arguments)
                for arguments in (("--help",), ("status", "ada"), ("way", "update"), ("decide",), ("scores",))
            },
        }
        run(workspace.parent, TALENTPOOL, "init", str(workspace))
        run(workspace, TALENTPOOL, "applicants", "add", "ada")
        took: dict[str, list[Took]] = {name: [] for name in programs}
        for program in programs.values():
            # the first one compiles, and enters what is new
            run(workspace, *program)
        for name, program in rounds * list(programs.items()):
            took[name].append(run(workspace, *program))
    print(f"{rounds} rounds, Python {platform.python_version()}, {os.cpu_count()} cores; milliseconds")
    print(f"{'':<28}{'median':>8}{'least':>8}{'processor (median)':>20}")
    for name, each in took.items():
        walls, processor = [one.wall for one in each], [one.processor for one in each]
        print(f"{name:<28}{statistics.median(walls):>8.0f}{min(walls):>8.0f}{statistics.median(processor):>20.0f}")


def run(folder: Path, *program: str) -> Took:
    """One process of Python in a folder."""
    began, before = time.perf_counter(), _processor()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", *program]
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    return Took(1000 * (time.perf_counter() - began), 1000 * (_processor() - before))


def _processor() -> float:
    """Seconds of processor time of all processes that were run so far."""
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    main()
