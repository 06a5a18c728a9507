"""Every onboarding module: valid, of the promised length, spelt right, its answers accepted."""

import pytest

from assessments.learning.module import Exercise
from assessments.wordcount import count_words
from grader.entries import BankItem
from onboarding.learning.modules import find_module
from onboarding.learning.titles import module_names
from tests.content.banks import prose
from tests.content.test_blueprints import FAMILIES
from tests.content.test_spelling import unknown

GENERAL = {"what-ai-training-is", "projects-and-pool", "after-submit", "quality-and-offboarding", "asking-for-help"}
NAMES = module_names()


def entries(name: str) -> list[BankItem]:
    """The exercises of a module."""
    return list(find_module(name).bank.items.values())


def exercises(name: str) -> list[Exercise]:
    """The exercises as somebody gets them."""
    return list(find_module(name).issued("ada").exercises.values())


def test_nothing_is_missing() -> None:
    """Five about the work as such, and one for each family of tasks."""
    assert set(NAMES) == GENERAL | FAMILIES


@pytest.mark.parametrize("name", NAMES)
def test_it_is_as_long_as_promised(name: str) -> None:
    """600 to 1,000 words, three to five exercises of at least three kinds, 8 to 12 minutes; easy to read."""
    module = find_module(name)
    assert 600 <= sum(count_words(section.text) for section in module.head.sections) <= 1000
    assert 3 <= len(module.bank.items) <= 5
    assert 8 <= module.minutes <= 12
    assert f"about {module.minutes} minutes" in module.issued().size


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_one(name: str) -> None:
    """In British English."""
    head = find_module(name).head
    texts = [head.title, head.summary, *(section.text for section in head.sections)]
    texts += [text for entry in entries(name) for text in prose(entry)]
    texts += find_module(name).not_yet.values()
    assert sorted(set().union(*(unknown(text, "en") for text in texts))) == []


@pytest.mark.parametrize("name", NAMES)
def test_guessing_finds_few_answers(name: str) -> None:
    """The right answer is accepted, and no way of answering without reading hits more than half of the time."""
    for entry, exercise in zip(entries(name), exercises(name), strict=True):
        assert exercise.item.problem(exercise.answer) is None
        assert exercise.accepts(exercise.answer)
        blind = (
            entry.key.guesses(entry.item).get("random") or entry.key.guesses(entry.item).get("a step at random") or []
        )
        assert sum(map(exercise.accepts, blind)) <= len(blind) / 2, entry.item.id


@pytest.mark.parametrize("name", NAMES)
def test_hints_do_not_give_the_answer_away(name: str) -> None:
    """And explanations teach: both are written in sentences of some length."""
    for exercise in exercises(name):
        answer = exercise.item.describe(exercise.answer)
        assert answer not in exercise.not_yet
        assert answer.splitlines()[0].strip("- ") in exercise.explanation.replace("\\", "")
        assert count_words(exercise.not_yet) >= 12
        assert count_words(exercise.right) >= 20


def test_no_way_of_guessing_pays_in_choices() -> None:
    """The longest option is right in no more than half of them all, nor is the shortest."""
    found = [entry for name in NAMES for entry in entries(name) if entry.item.kind == "choice"]
    for way in ("longest", "shortest"):
        hits = sum(entry.key.guesses(entry.item)[way] == [entry.key.reference(entry.item)] for entry in found)
        assert hits <= len(found) / 2, way
