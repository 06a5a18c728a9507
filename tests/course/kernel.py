"""Runs a notebook as nbgrader does, in a real kernel: `python -m tests.course.kernel <notebook> <folder to run in>`."""

import os
import sys
from pathlib import Path

import nbformat
from nbgrader.preprocessors import Execute


def main() -> None:
    """Run the notebook and write it back with its outputs."""
    path, folder = Path(sys.argv[1]), sys.argv[2]
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    notebook, _ = Execute().preprocess(nbformat.read(path, as_version=4), {"metadata": {"path": folder}})
    nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
