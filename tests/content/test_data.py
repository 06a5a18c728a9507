"""The data files that ship with an assessment are those that its keys were worked out from."""

from pathlib import Path

from grader.template import load_functions
from grader.workspace import starter_banks


def test_the_tables_of_data_analysis_are_those_of_its_functions() -> None:
    """Byte for byte; a table that was edited on one side only would make every answer wrong."""
    (bank,) = (path for path in starter_banks() if path.stem == "data-analysis")
    differing = load_functions("data-analysis.py", bank.with_suffix(".py").read_bytes())["differing"]
    assert differing(bank.with_suffix("")) == []


def test_a_changed_table_is_found(tmp_path: Path) -> None:
    """It is not silent."""
    (bank,) = (path for path in starter_banks() if path.stem == "data-analysis")
    for path in bank.with_suffix("").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes() + b"1\n")
    differing = load_functions("data-analysis.py", bank.with_suffix(".py").read_bytes())["differing"]
    assert differing(tmp_path)
