"""The example of a status notebook that lies in the checkout."""

from pathlib import Path

import nbformat

from tests.onboarding.example_status import notebook_text

NOTEBOOK = Path(__file__).parents[2] / "onboarding" / "my-status.ipynb"


def test_the_example_is_what_would_be_written() -> None:
    """Built again with: python -m tests.onboarding.example_status > onboarding/my-status.ipynb"""
    assert NOTEBOOK.read_text(encoding="utf-8") == notebook_text()


def test_the_example_says_so_first() -> None:
    """Nobody takes it for their own; it is a notebook, and there is nothing to be run."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "markdown"]
    assert notebook.cells[0].source.startswith("**This is an example;")
    assert notebook.cells[1].source.startswith("# Where you stand: you are admitted")
