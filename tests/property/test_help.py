"""Whoever is there: tickets climb, deadlines move forward, and nobody judges a decision of their own."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onboarding.help.routing import Person, Routing, known_as
from onboarding.help.rules import NOBODY_LEFT, Case, Route, first_route, next_due, next_route
from onboarding.help.tickets import PROGRAM, About, Entry, Kind, Ticket, checked_text

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NAMES = ("Ana", "Bo Li", "Çağla", "ﬁona", "Eva")
ROLES = ("1 grader", "2 lead", "3 owner")
WORDS = ("english", "medicine", "Nova")
words = st.frozensets(st.sampled_from(WORDS))
languages = st.frozensets(st.sampled_from(("en", "es")))


@st.composite
def routings(draw: st.DrawFn) -> Routing:
    """Any that a file can say."""
    roles = draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(ROLES)))
    people = [
        Person(name=name, role=role, answers_for=tuple(draw(words)), languages=tuple(draw(languages)))
        for name, role in roles.items()
    ]
    days = draw(st.dictionaries(st.sampled_from(Kind), st.integers(1, 30)))
    return Routing(levels=tuple(sorted(set(roles.values()))) or ROLES, days=days, people=tuple(people))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any, with names as somebody may have typed them; only appeals bar anybody."""
    kind = draw(st.sampled_from(Kind))
    barred = draw(st.frozensets(st.sampled_from(NAMES))) if kind is Kind.APPEAL else frozenset()
    typed = frozenset(known_as(f" {name.upper()} ") for name in barred)
    return Case(kind=kind, subjects=draw(words), languages=draw(languages), barred=typed)


loads = st.dictionaries(st.sampled_from([known_as(name) for name in NAMES]), st.integers(0, 5))


def ticket_of(route: Route, kind: Kind, *by: str) -> Ticket:
    """An open one with this route, in which these have written."""
    entries = [Entry(by=name, text="x", at=NOW) for name in ("ada", *by)]
    return Ticket(
        number=1,
        applicant_id="ada",
        about=About(kind=kind),
        opened_at=NOW,
        due_at=route.due_at,
        assigned_to=route.assigned_to,
        level=route.level,
        entries=entries,
    )


def climb(routing: Routing, case: Case, load: dict[str, int], late: timedelta) -> list[Route]:
    """All that becomes of a ticket that nobody answers."""
    routes = [first_route(routing, case, load, now=NOW)]
    while True:
        ticket, now = ticket_of(routes[-1], case.kind), routes[-1].due_at + late
        assert next_route(routing, case, load, ticket, now=ticket.due_at) is None
        route = next_route(routing, case, load, ticket, now=now)
        if route is None:
            return routes
        assert len(routes) <= len(routing.levels)
        routes.append(route)


late = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=100))


@given(routings(), cases(), loads, late)
def test_tickets_climb_until_the_last_level(
    routing: Routing, case: Case, load: dict[str, int], late: timedelta
) -> None:
    """Each time to a higher level and a later deadline, and not for ever."""
    routes = climb(routing, case, load, late)
    for before, after in pairwise(routes):
        assert before.level < after.level
        assert before.due_at < after.due_at
    assert routes[-1].level == routing.last_level


@given(routings(), cases(), loads, late)
def test_an_appeal_never_reaches_who_had_a_part(
    routing: Routing, case: Case, load: dict[str, int], late: timedelta
) -> None:
    """If nobody is left, it lies on the last level and says so; otherwise a person has it."""
    free = [person.name for person in routing.people if known_as(person.name) not in case.barred]
    for route in climb(routing, case, load, late):
        assert known_as(route.assigned_to) not in case.barred
        if not routing.people:
            assert (route.assigned_to, route.note) == (routing.levels[route.level], "")
        elif route.assigned_to not in free:
            assert (route.assigned_to, route.level) == (routing.levels[-1], routing.last_level)
            assert route.note == NOBODY_LEFT.format(routing.levels[-1])
    assert not free or first_route(routing, case, load, now=NOW).assigned_to in free


@given(routings(), cases(), loads)
def test_who_answers_for_something_else_is_asked_last(routing: Routing, case: Case, load: dict[str, int]) -> None:
    """Where anybody fits, whoever gets it fits, on the lowest level on which somebody does."""
    free = [person for person in routing.people if known_as(person.name) not in case.barred]
    fitting = {
        person.name: routing.level_of(person)
        for person in free
        if (not person.answers_for or case.subjects & set(person.answers_for))
        and (not person.languages or not case.languages or case.languages & set(person.languages))
    }
    route = first_route(routing, case, load, now=NOW)
    if fitting:
        assert fitting[route.assigned_to] == route.level == min(fitting.values())


@given(routings(), cases(), loads, st.lists(st.sampled_from(["ada", "Ana", PROGRAM])), st.timedeltas())
def test_what_is_added_never_brings_a_deadline_forward(
    routing: Routing, case: Case, load: dict[str, int], by: list[str], passed: timedelta
) -> None:
    """Not while it waits for us either: then it stays where it is."""
    ticket = ticket_of(first_route(routing, case, load, now=NOW), case.kind, *by)
    now = NOW + abs(passed) % timedelta(days=1000)
    due = next_due(routing, ticket, now=now)
    assert due >= ticket.due_at
    assert due == ticket.due_at if ticket.is_waiting else due >= now + routing.time_to_answer(case.kind)


@given(st.text(st.characters(), min_size=1).filter(str.strip))
def test_any_text_is_kept(text: str) -> None:
    """As it is, but for what is half a character and the one that databases end texts with."""
    kept = checked_text(text)
    assert kept.encode()
    assert all(
        now == then or then == "\0" or "\ud800" <= then <= "\udfff" for now, then in zip(kept, text, strict=True)
    )
    assert checked_text(kept) == kept
