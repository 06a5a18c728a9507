"""Finds members: by language and level, domain, qualification, hours, day and standing. All that is asked must hold."""

from collections.abc import Iterable
from datetime import date

from assessments.applying.lists import LEVELS
from assessments.errors import UsageError
from assessments.items import Record
from onboarding.pool.details import MemberStanding
from onboarding.pool.members import Member

_LOWEST_FIRST = tuple(LEVELS)


class Language(Record):
    """A language and the lowest level that will do."""

    name: str
    level: str = _LOWEST_FIRST[0]


class Domain(Record):
    """A domain and the fewest years in it that will do."""

    name: str
    years: int = 0


class Wanted(Record):
    """What to look for. A qualification is named by its assessment; of the standings, any one will do."""

    languages: tuple[Language, ...] = ()
    domains: tuple[Domain, ...] = ()
    qualifications: tuple[str, ...] = ()
    hours_a_week: int | None = None
    available_on: date | None = None
    standings: tuple[MemberStanding, ...] = ()


def language(text: str) -> Language:
    """What `en` or `en:B2` asks for; UsageError for a level that there is not."""
    name, colon, level = text.partition(":")
    if not name or (colon and level.upper() not in LEVELS):
        raise UsageError(f"--language: found {text!r}, allowed LANGUAGE or LANGUAGE:LEVEL, one of {', '.join(LEVELS)}")
    return Language(name=name, level=level.upper() or _LOWEST_FIRST[0])


def domain(text: str) -> Domain:
    """What `medicine` or `medicine:5` asks for; UsageError for years that are no number."""
    name, colon, years = text.partition(":")
    if not name or (colon and not years.isdecimal()):
        raise UsageError(f"--domain: found {text!r}, allowed DOMAIN or DOMAIN:YEARS, such as medicine:5")
    return Domain(name=name, years=int(years or 0))


def search(found: Iterable[Member], wanted: Wanted) -> list[Member]:
    """Those of whom all holds that is wanted. What is not known does not hold."""
    return [member for member in found if _can(member, wanted) and _may(member, wanted)]


def _can(member: Member, wanted: Wanted) -> bool:
    """Languages, domains and qualifications."""
    held = {qualification.assessment for qualification in member.qualifications}
    return (
        all(_speaks(member, language) for language in wanted.languages)
        and all(member.abilities.domains.get(domain.name, -1) >= domain.years for domain in wanted.domains)
        and held.issuperset(wanted.qualifications)
    )


def _speaks(member: Member, language: Language) -> bool:
    level = member.abilities.languages.get(language.name)
    return level is not None and _LOWEST_FIRST.index(level) >= _LOWEST_FIRST.index(language.level)


def _may(member: Member, wanted: Wanted) -> bool:
    """Hours, day and standing."""
    known = member.details
    return (
        (wanted.hours_a_week is None or (known.hours_a_week or 0) >= wanted.hours_a_week)
        and (wanted.available_on is None or (known.available_from or date.min) <= wanted.available_on)
        and (not wanted.standings or known.standing in wanted.standings)
    )
