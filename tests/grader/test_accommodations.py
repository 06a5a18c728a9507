"""More time for single applicants."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import UsageError
from grader.accommodations import Accommodation, accommodate, accommodations, take_back
from grader.handout import issue
from grader.store import Store
from grader.workspace import Workspace
from tests.command import talentpool
from tests.samples import NOW


def granted(factor: float, extra_minutes: int = 0) -> Accommodation:
    """One that is allowed."""
    return Accommodation(factor=factor, extra_minutes=extra_minutes, reason="r", granted_by="grace", granted_at=NOW)


@pytest.mark.parametrize(
    ("minutes", "factor", "extra", "added"), [(40, 1.25, 0, 10), (40, 1.1, 0, 4), (45, 1.5, 10, 33), (7, 1.0, 5, 5)]
)
def test_the_time_is_rounded_up(minutes: int, factor: float, extra: int, added: int) -> None:
    """To whole minutes; what floats get wrong is not."""
    assert granted(factor, extra).minutes_added(minutes) == added


@given(st.integers(1, 600), st.floats(1, 10), st.integers(0, 1440))
def test_nobody_loses_time(minutes: int, factor: float, extra: int) -> None:
    """Nor gets a minute more than was granted."""
    added = granted(factor, extra).minutes_added(minutes)
    assert extra <= added < minutes * (factor - 1) + extra + 1


@pytest.mark.kernel
def test_it_holds_for_what_is_issued_from_then_on(workspace: Workspace, store: Store) -> None:
    """Until it is taken back; the newest counts, and nobody else has it."""
    before = issue(workspace, store, "small", "ada", now=NOW)
    accommodate(store, "bob", factor=1.0, extra_minutes=3, reason="first", by="grace", now=NOW)
    accommodate(store, "bob", factor=1.5, extra_minutes=10, reason="a slow reader", by="grace", now=NOW)
    more = issue(workspace, store, "small", "bob", now=NOW)
    assert (before.minutes, before.extra_minutes) == (30, 0)
    assert (more.minutes, more.extra_minutes) == (55, 25)
    assert more.due_at - NOW == timedelta(minutes=55)
    assert {who: str(each) for who, each in accommodations(store).items()} == {"bob": "time × 1.5 + 10 minutes"}
    take_back(store, "bob", by="grace", now=NOW)
    assert accommodations(store) == {}
    with pytest.raises(UsageError, match="bob has no accommodation"):
        take_back(store, "bob", by="grace", now=NOW)
    assert issue(workspace, store, "small", "bob", now=NOW) == more


@pytest.mark.kernel
def test_the_commands(workspace: Workspace, store: Store) -> None:
    """Who granted it and why is seen in the list."""
    where = ("--workspace", workspace.root)
    out = talentpool(
        "applicants", "accommodate", "ada", "--factor", "1.5", "--reason", "dyslexia", "--by", "Grace", *where
    )
    assert out.out == "ada: time × 1.5, from the next assessment on that is issued\n"
    assert (
        talentpool("applicants", "list", *where)
        .out.splitlines()[0]
        .startswith("ada  Ada  time × 1.5: dyslexia (Grace, 20")
    )
    talentpool("applicants", "accommodate", "ada", "--remove", *where)
    assert talentpool("applicants", "list", *where).out.splitlines()[0] == "ada  Ada"


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ada"], "more time needs --factor above 1 or --extra-minutes, and --reason TEXT"),
        (["ada", "--factor", "2"], "and --reason TEXT"),
        (
            ["ada", "--factor", "0.5", "--reason", "x"],
            "accommodation: factor: Input should be greater",
        ),
        (["ada", "--extra-minutes", "9999", "--reason", "x"], "accommodation: extra_minutes: Input should be less"),
        (["eve", "--factor", "2", "--reason", "x"], "unknown applicant 'eve'"),
        (["ada", "--remove"], "ada has no accommodation"),
    ],
)
def test_a_mistake_is_one_clear_line(workspace: Workspace, arguments: list[str], message: str) -> None:
    """And nothing is recorded."""
    outcome = talentpool("applicants", "accommodate", *arguments, "--workspace", workspace.root)
    assert outcome.code == 2
    assert message in outcome.err
    assert talentpool("applicants", "list", "--workspace", workspace.root).out.splitlines()[0] == "ada  Ada"
