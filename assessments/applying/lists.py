"""What an application chooses from: countries and languages (CLDR, by Babel), time zones (IANA), levels, domains."""

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

LEVELS: Mapping[str, str] = {
    "A1": "a few words and phrases",
    "A2": "simple, everyday matters",
    "B1": "the main points of familiar matters",
    "B2": "complex texts; fluent enough to work in it",
    "C1": "demanding texts; flexible and precise",
    "C2": "everything, with fine shades of meaning; also first languages",
}
"""The levels of the Common European Framework of Reference for Languages, in our own words."""

DOMAINS: Mapping[str, str] = {
    "general": "careful general work, no special field",
    "programming": "programming",
    "data": "data analysis and statistics",
    "mathematics": "mathematics",
    "medicine": "medicine and nursing",
    "law": "law",
    "languages": "languages, linguistics, translation",
    "writing": "writing and editing",
    "education": "teaching and education",
    "finance": "finance, accounting, economics",
    "natural-sciences": "physics, chemistry, biology",
    "engineering": "engineering and crafts",
    "humanities": "history, philosophy, social sciences",
    "arts": "arts, design, music",
    "safety": "safety and security",
    "other": "another field",
}
"""The domains that the page offers. In files any name of the same form may stand; a policy says what it means."""

# CLDR's regions that are no countries: unions, test regions, and codes that ISO 3166-1 only reserves
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
_NO_LANGUAGES = frozenset(("mul", "und", "zxx"))


@cache
def countries() -> Mapping[str, str]:
    """ISO 3166-1 codes of two letters (and XK) with their names in English, by name."""
    found = {code: name for code, name in Locale("en").territories.items() if re.fullmatch("[A-Z]{2}", code)}
    return _by_name({code: name for code, name in found.items() if code not in _NO_COUNTRIES})


@cache
def languages() -> Mapping[str, str]:
    """ISO 639 codes, of two letters where there is one, with their names in English, by name."""
    found = {code: name for code, name in Locale("en").languages.items() if re.fullmatch("[a-z]{2,3}", code)}
    return _by_name({code: name for code, name in found.items() if code not in _NO_LANGUAGES})


@cache
def time_zones() -> tuple[str, ...]:
    """IANA's names by place, such as Europe/Madrid, and UTC."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return (*sorted(places), "UTC")


def _by_name(names: Mapping[str, str]) -> Mapping[str, str]:
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
