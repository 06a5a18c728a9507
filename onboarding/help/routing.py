"""Who answers what: `help.toml` with people, their roles, the order of levels and the days to answer."""

import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field, PositiveInt, StringConstraints, ValidationError

from assessments.items import Record, Text
from assessments.problems import first_problem
from grader.errors import WorkspaceError
from onboarding.decision import AUTOMATIC
from onboarding.help.tickets import MAX_NAME_CHARS, PROGRAM, Kind

HELP_FILE = "help.toml"
DEFAULT_LEVEL = "admin"
DEFAULT_DAYS = 7
Name = Annotated[Text, StringConstraints(max_length=MAX_NAME_CHARS)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class Person(Record):
    """Somebody who answers.

    Args:
        role: the level that this person belongs to.
        answers_for: assessments, projects and domains; everything, if none is named.
        languages: ISO 639 codes of those that this person answers in; all, if none is named.
    """

    name: Name
    role: Name
    answers_for: tuple[Name, ...] = ()
    languages: tuple[Language, ...] = ()


class Routing(Record):
    """The file's content.

    Args:
        levels: roles in the order in which a ticket climbs.
        days: how many days each level has to answer, by kind; `DEFAULT_DAYS` unless named.
        people: nobody, or at least one for each level. Without people, tickets go to the level itself.
    """

    levels: Annotated[tuple[Name, ...], Field(min_length=1)] = (DEFAULT_LEVEL,)
    days: Mapping[Kind, Annotated[PositiveInt, Field(le=365)]] = Field(default_factory=dict)
    people: tuple[Person, ...] = ()

    @property
    def last_level(self) -> int:
        """Where escalation ends."""
        return len(self.levels) - 1

    def time_to_answer(self, kind: Kind) -> timedelta:
        """How long each level has."""
        return timedelta(days=self.days.get(kind, DEFAULT_DAYS))

    def level_of(self, person: Person) -> int:
        """The place of a person's role in the order of levels."""
        return self.levels.index(person.role)

    def boxes_of(self, name: str) -> frozenset[str]:
        """Where tickets for somebody lie: under the name, and on the levels that the person belongs to."""
        mine = {person.role for person in self.people if same_person(person.name, name)}
        return frozenset({known_as(name), *map(known_as, mine)})


def known_as(name: str) -> str:
    """A name as it is compared: however its letters are encoded, in capitals or not, with one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same one."""
    return known_as(one) == known_as(other)


def read_routing(root: Path) -> Routing:
    """The routing of a workspace; everything goes to the level `admin` where it has no file.

    Raises:
        WorkspaceError: unreadable, or contradicting itself.
    """
    try:
        routing = Routing.model_validate(tomllib.loads((root / HELP_FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Routing()
    except OSError as error:
        raise WorkspaceError(f"{HELP_FILE} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        raise WorkspaceError(f"{HELP_FILE}: {first_problem(error)}", tip=_TIP) from None
    except ValueError as error:
        raise WorkspaceError(f"{HELP_FILE}: is not readable TOML: {str(error).splitlines()[0]}") from None
    if problem := _problem(routing):
        raise WorkspaceError(f"{HELP_FILE}: {problem}", tip=_TIP)
    return routing


_TIP = "docs/how-to/help.md has an example."


def _problem(routing: Routing) -> str:
    """What contradicts itself first; empty if nothing does."""
    if twice := _twice(routing.levels):
        return f"levels: {twice} is found twice, allowed once"
    if twice := _twice([person.name for person in routing.people]):
        return f"people: {twice} is found twice, allowed once"
    taken = {known_as(word) for word in (*routing.levels, PROGRAM, AUTOMATIC)}
    for number, person in enumerate(routing.people):
        if person.role not in routing.levels:
            return f"people.{number}.role: found {person.role}, allowed {', '.join(routing.levels)}"
        if known_as(person.name) in taken:
            return f"people.{number}.name: found {person.name}, allowed: a name that is no level and not the program's"
    empty = [level for level in routing.levels if level not in {person.role for person in routing.people}]
    if routing.people and empty:
        return f"levels: nobody has the role {empty[0]}; allowed: at least one person for each level"
    return ""


def _twice(names: tuple[str, ...] | list[str]) -> str:
    known = [known_as(name) for name in names]
    return next((name for name in names if known.count(known_as(name)) > 1), "")
