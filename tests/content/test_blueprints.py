"""What every starter assessment promises: how much it asks, how long that takes, what it covers."""

from collections import Counter

import pytest

from assessments.catalogue import TASK_TYPES
from assessments.wordcount import count_words
from grader.effort import effort
from tests.content.banks import NAMES, QUALIFICATIONS, SKILL_TESTS, TAKEN, bank

PATH_MINUTES = 150
"""Two skill tests and a qualification are unpaid work of at most this long."""
FAMILIES = {
    *("general-tasks", "prompt-writing", "evaluation-and-labelling", "justification"),
    *("content-refinement", "stress-testing", "multi-step"),
}
DOMAINS = {
    *("english-language", "spanish-language", "python-programming", "data-analysis"),
    *("mathematics", "clinical-safety", "contract-law-basics", "critical-thinking"),
}


def test_nothing_is_missing() -> None:
    """A qualification for each family of tasks, and the skill tests."""
    assert set(QUALIFICATIONS) == FAMILIES
    assert set(SKILL_TESTS) == DOMAINS


@pytest.mark.parametrize("name", SKILL_TESTS)
def test_a_skill_test_has_enough_items(name: str) -> None:
    """At least 20 slots and 40 items, in 30 to 60 minutes."""
    blueprint = bank(name).blueprint
    assert len(blueprint.slots) >= 20
    assert len(bank(name).items) >= 40
    assert 30 <= blueprint.minutes <= 60
    assert min(Counter(slot.skill for slot in blueprint.slots).values()) >= 3


@pytest.mark.parametrize("name", QUALIFICATIONS)
def test_a_qualification_is_work_by_a_guideline(name: str) -> None:
    """Two pages with a version, and at least six tasks."""
    blueprint = bank(name).blueprint
    assert 600 <= count_words(blueprint.guideline) <= 1200
    assert "version" in blueprint.guideline.lower()
    assert len(blueprint.slots) >= 6


def test_every_row_of_the_catalogue_is_qualified_for() -> None:
    """In at least three items."""
    rows = Counter(
        row for name in QUALIFICATIONS for entry in bank(name).items.values() for row in entry.item.task_types
    )
    assert {row: rows[row] for row in TASK_TYPES if row != "skill" and rows[row] < 3} == {}


@pytest.mark.parametrize("name", TAKEN)
def test_neighbours_see_different_questions(name: str) -> None:
    """And a second attempt brings new ones: two items for each slot, or a template with many draws."""
    single = [
        slot.id
        for slot in bank(name).blueprint.slots
        if len(found := bank(name).candidates(slot)) < 2 and not (found[0].template and found[0].template.size >= 20)
    ]
    assert single == []


def test_the_usual_path_takes_no_longer_than_announced() -> None:
    """The longest two skill tests and the longest qualification; each leaves time for slower people."""
    minutes = {name: effort(bank(name)).minutes for name in TAKEN}
    tests = sorted(minutes[name] for name in SKILL_TESTS)
    assert tests[-1] + tests[-2] + max(minutes[name] for name in QUALIFICATIONS) <= PATH_MINUTES
    assert [name for name in TAKEN if not effort(bank(name)).fits(bank(name).blueprint.minutes)] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_marked_as_public(name: str) -> None:
    """This repository is public, so its questions and keys are."""
    assert bank(name).blueprint.public or bank(name).blueprint.practice
