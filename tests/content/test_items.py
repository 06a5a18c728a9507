"""What every item of the starter assessments promises: taught, sourced, told apart, not to be guessed."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Set
from itertools import combinations
from math import sqrt

import pytest

from assessments.kinds.choice import ChoiceItem
from assessments.kinds.code import CodeItem
from assessments.kinds.comparison import ComparisonItem
from grader.entries import BankItem
from grader.scoring.choice import ChoiceKey
from tests.content.banks import NAMES, TAKEN, bank, entries, shown

SOURCE = re.compile(r"^(Source|Sources|Fuente|Fuentes): \S", re.MULTILINE)
ALIKE = 0.6
"""Items of whose triples of words (of the one or the other) more than this part is in both are the same question twice.

Questions that apply one rule to several cases share the rule's words: up to 0.56.
"""


@pytest.mark.parametrize("name", TAKEN)
def test_every_rationale_teaches_and_names_its_source(name: str) -> None:
    """So that somebody who objects can look it up."""
    found = bank(name).items.values()
    assert [entry.item.id for entry in found if not SOURCE.search(entry.rationale)] == []
    assert [entry.item.id for entry in found if len(entry.rationale.split()) < 25] == []


def triples(entry: BankItem) -> Set[tuple[str, ...]]:
    """Every three words that stand together in what is shown."""
    words = re.findall(r"\w+", shown(entry).lower())
    return {tuple(words[place : place + 3]) for place in range(len(words) - 2)}


def test_no_question_comes_twice() -> None:
    """Not within a bank and not in two of them, not even in other words around the same text."""
    known = [(f"{name}: {entry.item.id}", triples(entry)) for name, entry in entries()]
    alike = [
        (one, other)
        for (one, first), (other, second) in combinations(known, 2)
        if len(first & second) > ALIKE * len(first | second)
    ]
    assert alike == []


def choices(names: list[str]) -> Iterator[tuple[ChoiceItem, ChoiceKey]]:
    """All questions with one right option."""
    for name in names:
        for entry in bank(name).items.values():
            if isinstance(entry.item, ChoiceItem) and isinstance(entry.key, ChoiceKey):
                yield entry.item, entry.key


def strategies(item: ChoiceItem, key: ChoiceKey) -> dict[str, float]:
    """What each way of guessing earns."""
    ways = {**key.guesses(item), "first": [next(iter(item.options))]}
    return {name: sum(answer == key.answer for answer in answers) / len(answers) for name, answers in ways.items()}


@pytest.mark.parametrize("names", [*([name] for name in TAKEN), TAKEN], ids=[*TAKEN, "all together"])
def test_no_way_of_guessing_beats_chance(names: list[str]) -> None:
    """Always the first, the longest, the shortest, the one with the question's words: within two standard errors."""
    earned, variance = Counter[str](), 0.0
    for item, key in choices(names):
        earned.update(strategies(item, key))
        chance = 1 / len(item.options)
        variance += chance * (1 - chance)
    above = {name: credit - earned["random"] for name, credit in earned.items()}
    assert {name: gain for name, gain in above.items() if gain > 2 * sqrt(variance)} == {}


def test_the_longer_answer_is_the_better_one_half_of_the_time() -> None:
    """In all comparisons together, within two standard errors; ties do not count."""
    longer = []
    for _, entry in entries():
        item, reference = entry.item, entry.key.reference(entry.item)
        if isinstance(item, ComparisonItem) and reference != "tie":
            longer.append(str(reference).startswith("a") == (len(item.a) > len(item.b)))
    assert abs(sum(longer) - len(longer) / 2) <= sqrt(len(longer))


@pytest.mark.parametrize("name", NAMES)
def test_panels_are_of_one_size(name: str) -> None:
    """A miscount would shift what a view earns; a certain key is a panel of one."""
    panels = {entry.item.id: counts for entry in bank(name).items.values() for counts in _panels(entry)}
    assert len({*panels.values()} - {1}) <= 1, panels


def _panels(entry: BankItem) -> Iterator[int]:
    panel = getattr(entry.key, "panel", None)
    if isinstance(panel, dict) and panel and all(isinstance(count, int) for count in panel.values()):
        yield sum(panel.values())
    elif isinstance(panel, dict):
        yield from (sum(counts.values()) for counts in panel.values() if isinstance(counts, dict))


def test_pictures_have_texts_that_say_what_is_to_be_seen() -> None:
    """At some length, and not the file's name."""
    figures = [(entry.item.id, entry.item.figure.alt) for _, entry in entries() if entry.item.figure]
    assert [item for item, alt in figures if len(alt.split()) < 8] == []
    assert len(figures) >= 3


def test_what_code_begins_with_is_python() -> None:
    """An applicant who adds two lines to it has no error of ours."""
    starters = [entry.item.starter for _, entry in entries() if isinstance(entry.item, CodeItem)]
    assert len(starters) >= 10
    for starter in starters:
        ast.parse(starter)
