"""The table of what can be assessed."""

from assessments.catalogue import FAMILIES
from grader.bank import read_bank
from grader.coverage import COLUMNS, coverage
from grader.workspace import starter_banks
from tests.command import talentpool


def test_every_row_of_the_catalogue_ships_with_an_item() -> None:
    """And the practice assessment alone has one for each."""
    rows = [row for family in FAMILIES.values() for row in family]
    table = coverage([read_bank(path) for path in starter_banks() if path.stem == "practice"])
    assert table.columns.tolist() == list(COLUMNS)
    assert table["row"].tolist() == rows
    assert table.loc[table["items"] == 0, "row"].tolist() == []


def test_a_row_without_an_item_is_seen() -> None:
    """So that an operator knows what is missing."""
    table = coverage([])
    assert table["items"].sum() == 0
    assert table["interaction"].eq("").all()


def test_the_command_prints_it() -> None:
    """Outside a workspace, of what ships."""
    found = talentpool("catalogue", "--format", "csv").out.splitlines()
    assert len(found) == 1 + 32
    assert found[1].startswith('"gen-label","general",')
