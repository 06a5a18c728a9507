"""docs/assessments.md says of every assessment what is true of it."""

import re
from pathlib import Path

import pytest

from grader.effort import effort
from tests.content.banks import TAKEN, bank

PAGE = (Path(__file__).parents[2] / "docs" / "assessments.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TAKEN)
def test_its_row_is_current(name: str) -> None:
    """Questions, items, minutes, limit."""
    (found,) = re.findall(rf"^\| \[{name}\].*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    blueprint = bank(name).blueprint
    said = (len(blueprint.slots), len(bank(name).items), effort(bank(name)).minutes, blueprint.minutes)
    assert tuple(map(int, found)) == said


@pytest.mark.parametrize("name", TAKEN)
def test_it_was_solved_again(name: str) -> None:
    """And what came of it is in writing."""
    review = Path(__file__).parents[2] / "docs" / "content-review.md"
    assert f"\n## {name}\n" in review.read_text(encoding="utf-8")
