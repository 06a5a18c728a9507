"""What the page is told about an application: lists, texts, and what is missing."""

from collections.abc import Mapping
from functools import cache

from assessments.applying.consent import CURRENT, TERMS
from assessments.applying.cv import MAX_CV_BYTES, MEDIA_TYPES
from assessments.applying.lists import DOMAINS, LEVELS, countries, languages, time_zones
from assessments.applying.selfcheck import ANSWERS, STATEMENTS
from assessments.items import Shown
from assessments.text import render

FIELDS: Mapping[str, str] = {
    "name": "Your name",
    "email": "E-mail",
    "country": "Country where you live",
    "time_zone": "Time zone",
    "languages": "Languages",
    "domains": "Domains",
    "hours_a_week": "Hours a week",
    "consent": "Consent",
}
"""What has to be filled in, with its name on the page."""
_OPTIONAL = {"degree": "Degree", "cv": "CV"}


@cache
def application() -> Shown:
    """All that the page offers to choose from."""
    return {
        "labels": dict(FIELDS),
        "countries": _options(countries()),
        "time_zones": [{"id": name, "text": name.replace("_", " ")} for name in time_zones()],
        "languages": _options(languages()),
        "levels": [{"id": level, "text": f"{level}: {meaning}"} for level, meaning in LEVELS.items()],
        "domains": _options(DOMAINS),
        "cv": {"endings": list(MEDIA_TYPES), "most_bytes": MAX_CV_BYTES},
        "consent": {"version": CURRENT, "text_html": render(TERMS[CURRENT].text)},
    }


def statements() -> Shown:
    """The self-assessment, with the advice that each answer short of yes brings up."""
    shown = [{"id": each.id, "text_html": render(each.text), "advice_html": render(each.advice)} for each in STATEMENTS]
    return {"statements": shown, "answers": _options(ANSWERS)}


def missing(problems: Mapping[str, str]) -> list[Shown]:
    """The fields that are missing or wrong, once each, in the page's order."""
    wrong = [field.partition(".")[0] for field in problems]
    return [{"field": field, "label": label} for field, label in {**FIELDS, **_OPTIONAL}.items() if field in wrong]


def _options(names: Mapping[str, str]) -> list[Shown]:
    return [{"id": code, "text": name} for code, name in names.items()]
