"""Who gets a ticket, until when, and where an overdue one goes: pure functions of the routing and the case."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import AwareDatetime

from assessments.items import Record
from onboarding.help.routing import Person, Routing, known_as
from onboarding.help.tickets import Kind, Ticket

Load = Mapping[str, int]
"""How many open tickets each name has, as `known_as` compares names; those with fewer come first."""
NOBODY_LEFT = "nobody is left who had no part in the decision: {} has to find somebody else"


class Case(Record):
    """What decides who answers.

    Args:
        subjects: assessments, projects and domains that it is about.
        languages: ISO 639 codes of those that the applicant can be answered in; none where they are not known.
        barred: who must not get it, as `known_as` compares names.
    """

    kind: Kind
    subjects: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


class Route(Record):
    """Who has to answer, until when. `note`: what the people of that level have to know."""

    assigned_to: str
    level: int
    due_at: AwareDatetime
    note: str = ""


def first_route(routing: Routing, case: Case, load: Load, *, now: datetime) -> Route:
    """Where a new ticket goes: to the lowest level that has somebody for it."""
    return _route(routing, case, load, 0, now)


def next_route(routing: Routing, case: Case, load: Load, ticket: Ticket, *, now: datetime) -> Route | None:
    """Where an overdue ticket goes, always a higher level; None if it is not overdue or on the last level already."""
    if not ticket.is_overdue(now) or ticket.level >= routing.last_level:
        return None
    return _route(routing, case, load, ticket.level + 1, now)


def next_due(routing: Routing, ticket: Ticket, *, now: datetime) -> datetime:
    """Until when to answer what an applicant added. The clock begins anew only where it stood; it never goes back."""
    if ticket.is_waiting:
        return ticket.due_at
    return max(ticket.due_at, now + routing.time_to_answer(ticket.kind))


def _route(routing: Routing, case: Case, load: Load, lowest: int, now: datetime) -> Route:
    due_at = now + routing.time_to_answer(case.kind)
    able = [
        person
        for person in routing.people
        if routing.level_of(person) >= lowest and known_as(person.name) not in case.barred
    ]
    if able:
        # nobody for it: better somebody who answers for other things than nobody
        fitting = [person for person in able if _fits(person, case)] or able
        chosen = min(fitting, key=lambda person: _rank(person, routing, case, load))
        return Route(assigned_to=chosen.name, level=routing.level_of(chosen), due_at=due_at)
    level = routing.last_level if routing.people else lowest
    role = routing.levels[level]
    has_part = routing.people or known_as(role) in case.barred
    return Route(assigned_to=role, level=level, due_at=due_at, note=NOBODY_LEFT.format(role) if has_part else "")


def _fits(person: Person, case: Case) -> bool:
    speaks = not (person.languages and case.languages) or not case.languages.isdisjoint(person.languages)
    return speaks and (not person.answers_for or _is_named(person, case))


def _is_named(person: Person, case: Case) -> bool:
    return not set(map(known_as, case.subjects)).isdisjoint(map(known_as, person.answers_for))


def _rank(person: Person, routing: Routing, case: Case, load: Load) -> tuple[int, bool, int]:
    """The lowest level first, then who answers for just this, then who has the least to do; else the file's order."""
    return routing.level_of(person), not _is_named(person, case), load.get(known_as(person.name), 0)
