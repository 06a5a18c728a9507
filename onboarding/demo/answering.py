"""How a simulated person answers one item: right, or wrong in a way that people are wrong."""

import math
from random import Random

from assessments.items import Response
from grader.entries import BankItem
from onboarding.demo.coding import flawed

DIFFICULTY = {"easy": -0.8, "medium": 0.0, "hard": 0.8}
"""Logits; the author's guess, good enough for a simulation."""


def chance(entry: BankItem, ability: float) -> float:
    """How likely this person is to know the answer to this item: a Rasch model (Rasch, 1960)."""
    return 1 / (1 + math.exp(DIFFICULTY[entry.difficulty] - ability))


def answer(entry: BankItem, ability: float, rng: Random) -> Response:
    """The person's response. Who does not know it picks one of the wrong responses, or writes flawed code."""
    right = entry.key.reference(entry.item)
    if rng.random() < chance(entry, ability):
        return right
    if entry.key.calls():
        return flawed(str(right), rng)
    return guess(entry, rng, avoid=right)


def guess(entry: BankItem, rng: Random, avoid: Response = None) -> Response:
    """Any response that needs no knowledge."""
    return rng.choice(guesses(entry, avoid))


def guesses(entry: BankItem, avoid: Response = None) -> list[Response]:
    """All responses that need no knowledge, those of each way of guessing together."""
    strategies = entry.key.guesses(entry.item)
    return [r for strategy in sorted(strategies) for r in strategies[strategy] if r != avoid]
