"""How fast grading is: nbgrader's own autograde against `talentpool grade`, sandbox on, same course, same machine.

Run: .venv/bin/python benchmarks/grade.py [--quick] [--rounds N]. Both grade the same course, in turns; times are per
submission after the start (what a longer batch takes more than a shorter one): importing is left out on both sides.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.courses import BIN, KINDS, make_course, nbgrader
from benchmarks.memory import Watch

CORES = len(os.sched_getaffinity(0))


class Round(NamedTuple):
    """Seconds per submission: nbgrader's, ours, fork and cells alone; the cells' share of ours; start; memory."""

    stock: float
    ours: float
    pure: float
    share: float
    start: float
    peak_bytes: int


def time_stock(course: Path, kind: str) -> float:
    """nbgrader's seconds per submission: what ten take more than one."""
    took = {}
    for students, count in (("student00000", 1), ("student0000[0-9]", 10)):
        shutil.rmtree(course / "autograded", ignore_errors=True)
        started = time.monotonic()
        nbgrader(course, "autograde", kind, f"--student={students}")
        took[count] = time.monotonic() - started
        assert len(list((course / "autograded").iterdir())) == count
    return (took[10] - took[1]) / 9


def run_ours(course: Path, kind: str, student: str) -> tuple[float, dict[str, Any], int]:
    """Wall seconds of the whole command, its summary, its peak memory."""
    shutil.rmtree(course / "autograded", ignore_errors=True)
    command = [str(BIN / "talentpool"), "grade", kind, "--student", student, "--json"]
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, text=True)
    watch = Watch(process)
    watch.start()
    output, _ = process.communicate()
    seconds = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"talentpool grade failed in {course}")
    return seconds, json.loads(output), watch.peak_bytes


def time_ours(course: Path, kind: str, few: int, count: int) -> tuple[float, float, float, int]:
    """Our seconds per submission, the cells' share of the workers' time, the seconds of the start, peak memory."""
    first, one, _ = run_ours(course, kind, "student0000[0-9]")
    assert one["graded"] == few
    seconds, summary, peak = run_ours(course, kind, "*")
    each = (seconds - first) / (count - few)
    return each, summary["cell_seconds"] / count / (each * CORES), first - few * each, peak


def time_pure(kind: str, count: int) -> float:
    """Seconds per notebook of fork and cells alone, on all cores at once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cells.json"
        path.write_text(json.dumps([source for _, _, source in KINDS[kind]]))
        command = [sys.executable, "-I", str(Path(__file__).with_name("pure.py")), str(path), str(count)]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(CORES)]
        return sum(float(process.communicate()[0]) for process in running) / (count * CORES) / CORES


def compare(folder: Path, kind: str, rounds: int, ours: int) -> list[Round]:
    """All rounds of one kind of notebook."""
    course = make_course(folder / kind, kind, ours)
    found = []
    for _ in range(rounds):
        slow = time_stock(course, kind)
        each, share, start, peak = time_ours(course, kind, 10, ours)
        found.append(Round(slow, each, time_pure(kind, 50), share, start, peak))
    return found


def grow(folder: Path, few: int, many: int) -> tuple[float, float, int]:
    """Seconds per small submission in a short and in a long batch, and the peak memory of the long one."""
    course = make_course(folder / "growth", "small", many)
    first, _, _ = run_ours(course, "small", "student0000[0-9]")
    short, _, _ = run_ours(course, "small", "student000[0-9][0-9]")
    long, summary, peak = run_ours(course, "small", "*")
    assert summary["graded"] == many
    return (short - first) / (few - 10), (long - first) / (many - 10), peak


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, short batches")
    parser.add_argument("--rounds", type=int, default=3, help="how often each kind is compared; medians are printed")
    given = parser.parse_args()
    rounds, ours, many = (1, 60, 500) if given.quick else (given.rounds, 300, 5_000)
    print(f"{platform.machine()}, {CORES} cores, Python {platform.python_version()}, Linux {platform.release()}\n")
    print("| notebook | nbgrader, ms | talentpool, ms | times | a second | to fork + cells | cells' share | memory |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            found = compare(Path(folder), kind, rounds, ours)
            slow, each, pure, share, start, _ = (statistics.median(column) for column in zip(*found, strict=True))
            ratio = statistics.median(one.stock / one.ours for one in found)
            peak = max(one.peak_bytes for one in found) / 1e6
            print(
                f"| {kind} | {slow * 1e3:,.0f} | {each * 1e3:.1f} | {ratio:.0f} | {1 / each:.0f} | "
                f"{each / pure:.2f} | {share:.0%} | {peak:.0f} MB |",
                flush=True,
            )
        print(f"\nStart of `talentpool grade`: {start:.1f} s.")
        short, long, peak = grow(Path(folder), 100, many)
        print(
            f"Small submissions, {100} in a batch: {short * 1e3:.1f} ms each; {many:,}: {long * 1e3:.1f} ms each, ",
            end="",
        )
        print(f"{peak / 1e6:.0f} MB at most.")


if __name__ == "__main__":
    main()
