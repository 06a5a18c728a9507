"""Reasons in the language of their reader, from what is on record."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from grader.outcome import Outcome
from onboarding.decision import Decision, decide
from onboarding.evidence import Evidence, Measure, Range
from onboarding.policy import Policy
from onboarding.reasons import changes_in, reasons_in
from tests.onboarding import test_projects
from tests.onboarding.test_policy import policy_of
from tests.onboarding.test_rules import NOW, decided, result

MEAN = """
[compensation]
weights = { judgement = 2, spanish = 1 }
minimum_score = 0.75
"""


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """With a project and a weighted mean."""
    return policy_of(tmp_path, test_projects.POLICY + MEAN)


def spanish(policy: Policy, *found: Evidence) -> list[str]:
    """The reasons, with ordinary spaces, as notices show them."""
    return spaced(reasons_in(decided(policy, *found, declared=test_projects.SPEAKER), "es"))


def spaced(lines: list[str]) -> list[str]:
    """Without the spaces that do not break."""
    return [" ".join(line.split()) for line in lines]


def test_an_admission(policy: Policy) -> None:
    """Numbers as Spanish writes them; names stay names."""
    assert spanish(policy, result("judgement", 0.725), result("spanish", 0.905, 0.01)) == [
        "se alcanzan todas las puntuaciones mínimas necesarias para la admisión",
        "judgement: la puntuación es del 72 % (± 0 %); el mínimo es del 70 %",
        "judgement: la puntuación en la destreza facts es del 72 % (± 0 %); el mínimo es del 50 %",
        "spanish: la puntuación es del 90 % (± 1 %); el mínimo es del 60 %",
        "en conjunto: la media ponderada de judgement y spanish es del 78 % (± 0 %); el mínimo es del 75 %",
        "proyecto kestrel: judgement: la puntuación es del 72 % (± 0 %); el mínimo es del 80 %",
        "proyecto kestrel: sin cualificación para este proyecto; no dice nada sobre otros",
        "proyecto kestrel: judgement: se puede repetir a partir del 9 de marzo de 2026; entonces cuenta el resultado "
        "nuevo en lugar de este, también para la reserva de talento",
    ]


def test_a_decline(policy: Policy) -> None:
    """With whether it may be tried again."""
    good = result("spanish", 0.9)
    assert "judgement: se puede repetir a partir del 9 de marzo de 2026, después de la formación" in spanish(
        policy, result("judgement", 0.65), good
    )
    assert "judgement: no se puede repetir: la distancia a un mínimo es mayor del 10 %" in spanish(
        policy, result("judgement", 0.5), good
    )
    assert "judgement: ya se han usado todos los intentos (2)" in spanish(
        policy, result("judgement", 0.5, attempt=2), good
    )


def waiting(score: float, worst: float, best: float) -> dict[str, Any]:
    """A result of which points wait."""
    low, high = (Measure(score=share, standard_error=0.01, max_points=20) for share in (worst, best))
    return {"score": score, "waiting": (2.5, 20.0), "range": Range(worst=low, best=high), "skill_ranges": {}}


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ({"score": 0.72, "error": 0.05}, "está demasiado cerca del mínimo para que decida una regla"),
        ({"score": 0.9, "outcome": Outcome.FLAGGED, "flags": ("late",)}, "judgement: lo revisa una persona: late"),
        (waiting(0.7, 0.6, 0.9), "judgement: 2,5 de 20 puntos están pendientes de que los evalúe una persona"),
        (
            waiting(0.7, 0.6, 0.9),
            "60 % y el 90 % cuando se hayan evaluado todos los puntos; el mínimo es del 70 %: antes",
        ),
        (waiting(0.9, 0.8, 0.9), "el mínimo es del 70 %: lo pendiente no puede cambiarlo"),
    ],
)
def test_what_a_person_has_to_look_at(policy: Policy, found: dict[str, Any], line: str) -> None:
    """What grading noted stays as it is written."""
    assert line in "\n".join(spanish(policy, result("judgement", **found), result("spanish", 0.9)))


def test_what_is_not_there_yet(policy: Policy) -> None:
    """In a decline that needs no more results."""
    missed = result("judgement", 0.5)
    assert "spanish: todavía no se ha entregado nada" in spanish(policy, missed)
    late = result("spanish", 0.9, outcome=Outcome.UNAVAILABLE)
    assert "spanish: todavía no se ha calificado; el retraso es nuestro" in spanish(policy, missed, late)
    old = result("spanish", 0.9, received_at=NOW - timedelta(days=400))
    expired = "spanish: fue válida hasta el 26 de enero de 2026 y hay que repetirla"
    assert expired in spanish(policy, missed, old)
    broken = result("judgement", 0).model_copy(update={"total": None, "flags": ("no paper",)})
    lines = spanish(policy, broken, result("spanish", 0.9))
    assert "judgement: no se ha podido calificar y lo revisa una persona: no paper" in lines
    assert "en conjunto: la media ponderada está pendiente de una persona" in lines


def test_what_would_have_changed_it(policy: Policy) -> None:
    """One point or more, with a comma; for a mean the percent."""
    decision = decided(
        policy, result("judgement", 0.6, 0.025, facts=0.45), result("spanish", 0.9), declared=test_projects.SPEAKER
    )
    assert spaced(list(changes_in(decision, "es")))[:3] == [
        "judgement: con 1,5 puntos más lo habría revisado una persona; "
        "con 2,5 puntos más se habría superado este mínimo",
        "judgement: con 0,2 puntos más en facts lo habría revisado una persona; "
        "con 0,6 puntos más en facts se habría superado este mínimo",
        "en conjunto: con un 4 % más lo habría revisado una persona; con un 7 % más se habría superado este mínimo",
    ]
    assert next(iter(changes_in(decision, "en"))).startswith(
        "judgement: 1.5 more points would have sent it to a person;"
    )


def test_what_a_person_wrote_stays(policy: Policy) -> None:
    """Also where it reads like a rule's; the rest is translated."""
    decision = decided(policy, result("judgement", 0.9), result("spanish", 0.9), declared=test_projects.SPEAKER)
    own = "every minimum score is reached"
    by_person = decision.model_copy(update={"decided_by": "Maria", "reasons": (own, *decision.reasons)})
    lines = reasons_in(by_person, "es")
    assert lines[:2] == [own, "se alcanzan todas las puntuaciones mínimas"]


def test_old_records_stay_in_english(policy: Policy) -> None:
    """They have the text, and no numbers that say what it is about."""
    decision = decided(policy, result("judgement", 0.6), result("spanish", 0.9), declared=test_projects.SPEAKER)
    kept = {"assessment", "standing", "reason", "required", "found", "standard_error", "width", "change"}
    rules = [rule.model_dump(mode="json", include=kept) for rule in decision.rules]
    old = Decision.model_validate({**decision.model_dump(mode="json"), "rules": rules})
    assert reasons_in(old, "es") == list(decision.reasons)
    assert [line.partition(": ")[2] for line in changes_in(old, "es")] == [
        rule["change"] for rule in rules if rule["change"]
    ]


def test_nothing_else_is_a_language(policy: Policy) -> None:
    """Notices are written in those that there are phrases for."""
    decision = decide("ada", policy, [result("judgement", 0.5)], now=NOW)
    assert decision
    with pytest.raises(KeyError):
        reasons_in(decision, "fr")
