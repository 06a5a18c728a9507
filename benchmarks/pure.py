"""The pure cost of a notebook: fork a warm shell, run the cells, nothing else. One process of it; see grade.py."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("IPYTHONDIR", tempfile.mkdtemp())
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

from assessments.inside.program import Program
from grader.execution import PRELOAD


def main() -> None:
    """Arguments: a JSON file with the sources of the cells, how often. Prints the seconds that all runs took."""
    cells = [{"source": source} for source in json.loads(Path(sys.argv[1]).read_text())]
    program = Program(PRELOAD)
    scratch = Path(tempfile.mkdtemp())
    seconds = 0.0
    for number in range(int(sys.argv[2])):
        task = {
            "cells": cells,
            "calls": [],
            "files": {},
            "environment": {},
            "outputs": True,
            "files_out_bytes": 0,
            "cell_seconds": 60,
            "cell_cpu_seconds": 60,
            "call_seconds": 60,
            "output_bytes": 10**9,
            "scratch": str(scratch / str(number)),
        }
        (scratch / str(number)).mkdir()
        file, null = os.memfd_create("task"), os.open(os.devnull, os.O_WRONLY)
        os.write(file, json.dumps(task).encode())
        os.lseek(file, 0, os.SEEK_SET)
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            program.run(file, null)
        os.waitpid(child, 0)
        seconds += time.monotonic() - started
        os.close(file)
        os.close(null)
    print(seconds)


if __name__ == "__main__":
    main()
