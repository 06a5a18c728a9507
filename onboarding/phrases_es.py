"""The phrases for decisions in Spanish."""

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from onboarding.phrases import Phrases
from onboarding.standing import TOGETHER, Kind

_SPAIN = "es_ES"


def _share(share: float) -> str:
    """Rounded as in English, so that both say the same."""
    return format_percent(int(f"{share:.0%}"[:-1]) / 100, locale=_SPAIN)


def _score(what: str, found: float, error: float, minimum: float) -> str:
    return f"{what} es del {_share(found)} (± {_share(error)}); el mínimo es del {_share(minimum)}"


SPANISH = Phrases(
    score=_score,
    kinds={
        Kind.BETWEEN: (
            "{what} estará entre el {worst} y el {best} cuando se hayan evaluado todos los puntos; "
            "el mínimo es del {minimum}: "
        ),
        Kind.MISSING: "todavía no se ha entregado nada",
        Kind.UNGRADED: "todavía no se ha calificado; el retraso es nuestro",
        Kind.UNREADABLE: "no se ha podido calificar y lo revisa una persona: {note}",
        Kind.FLAGGED: "lo revisa una persona: {note}",
        Kind.WAITING: "{points} de {of} puntos están pendientes de que los evalúe una persona",
        Kind.EXPIRED: "fue válida hasta el {until} y hay que repetirla",
        Kind.MEAN_OPEN: "para la media ponderada hacen falta todos los resultados",
        Kind.MEAN_WAITING: "la media ponderada está pendiente de una persona",
        Kind.REACHED: "cualificación obtenida: se alcanzan todas las puntuaciones mínimas de este proyecto",
        Kind.DOUBTED: (
            "sin cualificación para este proyecto mientras no la conceda una persona; no dice nada sobre otros"
        ),
        Kind.MISSED: "sin cualificación para este proyecto; no dice nada sobre otros",
        Kind.HOLDING_UP: (
            "quien no alcanza los mínimos de este proyecto no es admitido, así que antes decide una persona"
        ),
        Kind.DECLINING: "quien no alcanza los mínimos de este proyecto no es admitido",
    },
    texts={
        "every minimum score is reached": "se alcanzan todas las puntuaciones mínimas",
        "every minimum score is reached that admission needs": (
            "se alcanzan todas las puntuaciones mínimas necesarias para la admisión"
        ),
        TOGETHER: "en conjunto",
        "project": "proyecto {project}",
        "score": "la puntuación",
        "skill": "la puntuación en la destreza {skill}",
        "mean": "la media ponderada de {parts}",
        "close": ": está demasiado cerca del mínimo para que decida una regla, así que decide una persona",
        "settled": "lo pendiente no puede cambiarlo",
        "unsettled": "antes, una persona evalúa lo pendiente",
        "share": "un {number} % más",
        "point": "1 punto más",
        "points": "{number} puntos más",
        "in": " en {skill}",
        "passes": "con {more} se habría superado este mínimo",
        "looks": "con {more} lo habría revisado una persona",
        "used": "ya se han usado todos los intentos ({used})",
        "too far": "no se puede repetir: la distancia a un mínimo es mayor del {share}",
        "again": "se puede repetir a partir del {day}",
        "training": ", después de la formación",
        "replaces": "; entonces cuenta el resultado nuevo en lugar de este, también para la reserva de talento",
    },
    share=_share,
    number=lambda number: format_decimal(float(f"{number:g}"), locale=_SPAIN),
    day=lambda day: format_date(day, "long", locale=_SPAIN),
    listed=lambda names: format_list(list(names), locale=_SPAIN),
)
