"""Forty invented applicants: how able they are, and how they behave."""

import unicodedata
from random import Random
from typing import NamedTuple

from onboarding.demo.conduct import CONDUCTS, HONEST

NAMES = (
    *("Abena Mensah", "Aiko Tanaka", "Alejandro Ruiz", "Amira Haddad", "Anders Holm", "Anjali Rao"),
    *("Bogdan Ionescu", "Camille Laurent", "Chidi Okafor", "Clara Weiss", "Daniel Cohen", "Dilnoza Karimova"),
    *("Elif Yıldız", "Emeka Eze", "Farah Siddiqui", "Fernanda Lima", "Giulia Conti", "Hanna Virtanen"),
    *("Ibrahim Diallo", "Ivana Novak", "Jae-won Park", "Jonas Petrauskas", "Katarzyna Zielińska", "Kwame Boateng"),
    *("Lan Nguyen", "Leila Ahmadi", "Lucía Fernández", "Malik Johnson", "Mei Chen", "Moana Tauira"),
    *("Nadia Petrova", "Oluwaseun Adeyemi", "Priya Nair", "Rafael Souza", "Sofia Andersson", "Tariq Hussain"),
    *("Thandiwe Dlamini", "Tomás Herrera", "Yara Mansour", "Zuzana Horáková"),
)


class Person(NamedTuple):
    """An applicant. Ability is in logits: at 0 an item of medium difficulty is answered right every other time."""

    id: str
    name: str
    ability: float
    conduct: str


def people() -> list[Person]:
    """The same forty people every time; abilities are spread evenly over those who answer honestly."""
    rng = Random("people")
    odd = [name for name in CONDUCTS if name != HONEST]
    conducts = [*odd, *[HONEST] * (len(NAMES) - len(odd))]
    rng.shuffle(conducts)
    able = [-0.8 + 5.2 * place / (len(NAMES) - 1) for place in range(len(NAMES))]
    rng.shuffle(able)
    return [
        Person(f"a{number:02}-{_slug(name)}", name, ability, conduct)
        for number, (name, ability, conduct) in enumerate(zip(NAMES, able, conducts, strict=True), start=1)
    ]


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.split()[0].lower())
    return "".join(char for char in plain if char.isascii() and char.isalpha())
