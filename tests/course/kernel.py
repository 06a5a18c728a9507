"""Runs a notebook as nbgrader does, in a real kernel: `python -m tests.course.kernel <notebook> <folder> <seconds>`."""

import os
import sys
from pathlib import Path

import nbformat
from nbgrader.preprocessors import Execute


def main() -> None:
    """Run the notebook in the folder, with so many seconds a cell, and write it back with its outputs."""
    path, folder, seconds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    execute = Execute(timeout=seconds)
    notebook, _ = execute.preprocess(nbformat.read(path, as_version=4), {"metadata": {"path": folder}})
    nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
