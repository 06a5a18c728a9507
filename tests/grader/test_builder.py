"""The instructor notebook."""

from pathlib import Path

import nbformat
import pytest

from grader.bank import read_bank
from grader.builder import build, notebook_of
from grader.issue import draw
from grader.notebooks import notebook_text
from tests.samples import NOW, SECRET, small_bank

SOURCE = Path(__file__).parents[2] / "source"
BANKS = sorted(SOURCE.glob("*.toml"))


def test_it_is_a_valid_notebook() -> None:
    """Of nbformat 4.5, with stable ids."""
    notebook = nbformat.from_dict(notebook_of(small_bank()))
    nbformat.validate(notebook)
    graded = [cell.id for cell in notebook.cells if cell.metadata.nbgrader.grade]
    assert graded == ["q1", "q2", "q3", "q4", "q5", "q6"]


def test_the_same_bank_gives_the_same_bytes(tmp_path: Path) -> None:
    """Built twice, in two places."""
    one, two = build(small_bank(), tmp_path / "one"), build(small_bank(), tmp_path / "two")
    assert one.read_bytes() == two.read_bytes()


def test_a_guideline_stands_in_the_notebook_and_in_what_is_issued() -> None:
    """Below the instructions; a bank without one has no such cell."""
    plain = small_bank()
    blueprint = plain.blueprint.model_copy(update={"guideline": "### 1 Scope\n\nTables only."})
    guided = plain.model_copy(update={"blueprint": blueprint})
    cells = [cell["id"] for cell in notebook_of(guided)["cells"]]
    assert cells[:3] == ["instructions", "guideline", "opening"]
    assert "guideline" not in [cell["id"] for cell in notebook_of(plain)["cells"]]
    packet = draw(guided, applicant_id="ada", attempt=1, secret=SECRET, now=NOW).packet
    assert packet.guideline == blueprint.guideline


@pytest.mark.parametrize("bank", BANKS, ids=lambda path: path.stem)
def test_the_notebooks_in_source_are_current(bank: Path) -> None:
    """`make notebooks` was run after the bank was changed."""
    built = SOURCE / bank.stem / f"{bank.stem}.ipynb"
    assert built.read_text(encoding="utf-8") == notebook_text(notebook_of(read_bank(bank)))
