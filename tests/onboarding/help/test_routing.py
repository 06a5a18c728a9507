"""help.toml: what it may say, and one clear line where it contradicts itself."""

from pathlib import Path

import pytest

from grader.errors import WorkspaceError
from onboarding.help.routing import Routing, read_routing, same_person
from onboarding.help.tickets import Kind
from tests.onboarding.help.samples import HELP
from tests.test_docs import blocks


def test_without_a_file_everything_goes_to_admin(tmp_path: Path) -> None:
    """Within a week."""
    routing = read_routing(tmp_path)
    assert routing == Routing(levels=("admin",))
    assert {routing.time_to_answer(kind).days for kind in Kind} == {7}


def test_what_is_named_holds(tmp_path: Path) -> None:
    """And the rest is as without a file."""
    (tmp_path / "help.toml").write_text(HELP)
    routing = read_routing(tmp_path)
    assert [routing.time_to_answer(kind).days for kind in (Kind.APPEAL, Kind.ITEM)] == [14, 7]
    assert [routing.level_of(person) for person in routing.people] == [0, 0, 1]
    assert routing.boxes_of("maria  LOPEZ") == {"maria lopez", "grader"}


def test_the_file_of_the_how_to_loads(tmp_path: Path) -> None:
    """And gives every level somebody."""
    (text,) = blocks("help.md", "toml")
    (tmp_path / "help.toml").write_text(text)
    assert {person.role for person in read_routing(tmp_path).people} == set(read_routing(tmp_path).levels)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("levels = []", "help.toml: levels: Tuple should have at least 1 item"),
        ('levels = ["a", "A "]', "help.toml: levels: a is found twice, allowed once"),
        ("[days]\nappeal = 0", "help.toml: days.appeal: Input should be greater than 0"),
        ("[days]\nholiday = 3", "help.toml: days.holiday.[key]: Input should be 'item', 'project'"),
        ('[[people]]\nname = "Ana"\nrole = "boss"', "help.toml: people.0.role: found boss, allowed admin"),
        (
            '[[people]]\nname = "Admin"\nrole = "admin"',
            "help.toml: people.0.name: found Admin, allowed: a name that is",
        ),
        ('[[people]]\nname = ""\nrole = "admin"', "help.toml: people.0.name: String should have at least 1 character"),
        (
            'levels = ["a", "b"]\n[[people]]\nname = "Ana"\nrole = "a"',
            "help.toml: levels: nobody has the role b; allowed: at least one person for each level",
        ),
        (
            '[[people]]\nname = "Ana"\nrole = "admin"\n[[people]]\nname = "ANA"\nrole = "admin"',
            "help.toml: people: Ana is found twice, allowed once",
        ),
        (
            '[[people]]\nname = "Ana"\nrole = "admin"\nlanguages = ["English"]',
            "help.toml: people.0.languages.0: String",
        ),
        ("admins = 1", "help.toml: admins: Extra inputs are not permitted"),
        ("levels = [", "help.toml: is not readable TOML"),
    ],
)
def test_what_does_not_hold_together(tmp_path: Path, text: str, said: str) -> None:
    """Found, allowed, in which field."""
    (tmp_path / "help.toml").write_text(text)
    with pytest.raises(WorkspaceError) as caught:
        read_routing(tmp_path)
    assert caught.value.message.startswith(said)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("content", [b"\xff\xfe", b"levels = ['\xff']"])
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes) -> None:
    """No traceback either."""
    (tmp_path / "help.toml").write_bytes(content)
    with pytest.raises(WorkspaceError, match="not readable TOML"):
        read_routing(tmp_path)


@pytest.mark.parametrize("other", ["maria lopez", " MARIA\tLÓPEZ", "Maria Lo\u0301pez"])
def test_names_are_compared_as_people_read_them(other: str) -> None:
    """Capitals, spaces and the encoding of accents make no other person; an accent does."""
    assert same_person("Maria López", other) is ("ó" in other.lower() or "\u0301" in other)
