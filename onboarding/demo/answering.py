"""How a simulated person answers one item: right, or wrong in a way that people are wrong."""

import math
from random import Random

from assessments.items import Response
from grader.entries import BankItem
from onboarding.demo.coding import flawed

DIFFICULTY = {"easy": -0.8, "medium": 0.0, "hard": 0.8}
"""Logits; the author's guess, good enough for a simulation."""


def knows(entry: BankItem, ability: float, rng: Random) -> bool:
    """Whether this person gets this item right: a Rasch model (Rasch, 1960)."""
    return rng.random() < 1 / (1 + math.exp(DIFFICULTY[entry.difficulty] - ability))


def answer(entry: BankItem, ability: float, rng: Random) -> Response:
    """The person's response. Who does not know it picks one of the wrong responses, or writes flawed code."""
    right = entry.key.reference(entry.item)
    if knows(entry, ability, rng):
        return right
    if entry.key.calls():
        return flawed(str(right), rng)
    return guess(entry, rng, avoid=right)


def guess(entry: BankItem, rng: Random, avoid: Response = None) -> Response:
    """Any response that needs no knowledge."""
    strategies = entry.key.guesses(entry.item)
    responses = [r for strategy in sorted(strategies) for r in strategies[strategy] if r != avoid]
    return rng.choice(responses)
