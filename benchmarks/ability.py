"""Simulated applicants whose ability is known, and what a perfect test would say of them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from statistics import mean
from typing import NamedTuple

from grader.bank import Bank
from grader.entries import BankItem
from grader.execution import Executor, Task
from grader.outcome import Outcome
from onboarding.decision import Verdict, decide
from onboarding.demo.answering import chance, guesses
from onboarding.demo.coding import flawed
from onboarding.evidence import Evidence, Measure
from onboarding.requirements import Declared, Policy

MEAN, SPREAD = 1.3, 1.0
"""Of abilities, in logits: at 0 a question of medium difficulty is known every other time."""
CORRELATION = 0.6
"""Between one person's abilities in two assessments."""
SPEAKS = 0.1
"""The share of people who declare a language that the policy asks to be tested."""
FLAWS = 30
"""So many flawed programs are run to learn what a flawed program earns on average."""
SOME_DAY = datetime(2026, 3, 2, tzinfo=UTC)


class Applicant(NamedTuple):
    """Who applies: what they declare, and their ability (logits) in each assessment that it requires."""

    id: str
    declared: Declared
    ability: Mapping[str, float]


class Question(NamedTuple):
    """One of the items that may fill a slot: what it earns, as a share, if it is not known."""

    entry: BankItem
    unknown: float

    def expected(self, ability: float) -> float:
        """The credit to be expected, once a person has judged what waits for one."""
        known = chance(self.entry, ability)
        return known + (1 - known) * self.unknown


class Place(NamedTuple):
    """A slot with all that may fill it."""

    skill: str
    points: float
    questions: Sequence[Question]

    def expected(self, ability: float) -> float:
        """The points to be expected, whichever item is drawn."""
        return self.points * mean(question.expected(ability) for question in self.questions)


def people(count: int, policy: Policy, seed: int) -> list[Applicant]:
    """So many applicants; each declares one domain, of those that the policy knows or another one."""
    rng = Random(seed)
    return [_person(f"p{number:05}", policy, rng) for number in range(1, count + 1)]


def _person(name: str, policy: Policy, rng: Random) -> Applicant:
    languages = frozenset(("en", *(code for code in policy.languages if rng.random() < SPEAKS)))
    domain = rng.choice([*policy.domains, "general"])
    required = policy.required_for(languages, [domain])
    shared = rng.gauss(0, math.sqrt(CORRELATION))
    ability = {each: MEAN + SPREAD * (shared + rng.gauss(0, math.sqrt(1 - CORRELATION))) for each in required}
    return Applicant(name, Declared(languages=languages, domains=frozenset([domain])), ability)


def places(bank: Bank, executor: Executor) -> list[Place]:
    """Every slot of a bank with what its items earn."""
    known = {name: Question(entry, _unknown(entry, executor)) for name, entry in bank.items.items()}
    return [
        Place(slot.skill, slot.points, [known[entry.item.id] for entry in bank.candidates(slot)])
        for slot in bank.blueprint.slots
    ]


def _unknown(entry: BankItem, executor: Executor) -> float:
    """What it earns on average not to know the answer: nobody who reads it would add points to a guess."""
    right = entry.key.reference(entry.item)
    if not entry.key.calls():
        return mean(entry.key.score(entry.item, wrong).credit for wrong in guesses(entry, avoid=right))
    programs = [flawed(str(right), Random(number)) for number in range(FLAWS)]
    runs = (executor.execute(Task(cells=(each,), calls={"q": tuple(entry.key.calls())})) for each in programs)
    return mean(entry.key.score_values(run.values["q"]).credit for run in runs)


def true_score(assessment: str, slots: Sequence[Place], ability: float) -> Evidence:
    """The expected share of the points, in all and in each skill, as a result without any error."""
    skills = {place.skill for place in slots}
    return Evidence(
        assessment=assessment,
        submission_id="",
        attempt=1,
        received_at=SOME_DAY,
        outcome=Outcome.GRADED,
        total=_share(slots, ability),
        skills={skill: _share([place for place in slots if place.skill == skill], ability) for skill in skills},
    )


def _share(slots: Sequence[Place], ability: float) -> Measure:
    score = sum(place.expected(ability) for place in slots) / sum(place.points for place in slots)
    return Measure(score=score, standard_error=0.0)


def is_qualified(policy: Policy, someone: Applicant, tests: Mapping[str, Sequence[Place]]) -> bool:
    """Whether the policy admits this person on their true scores: without error there is nothing to doubt."""
    decision = decide(
        someone.id, policy, list(_true_scores(policy, someone, tests)), now=SOME_DAY, declared=someone.declared
    )
    assert decision is not None
    return decision.verdict is Verdict.ADMIT


def _true_scores(policy: Policy, someone: Applicant, tests: Mapping[str, Sequence[Place]]) -> Iterator[Evidence]:
    for name in policy.required_for(someone.declared.languages, someone.declared.domains):
        yield true_score(name, tests[name], someone.ability[name])
