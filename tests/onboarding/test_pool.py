"""The pool: who is in it, finding the right ones, and what is known of them."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest

from assessments.errors import UsageError
from grader.export import TEXT_FORMATS
from grader.store import Store
from grader.workspace import Workspace
from onboarding import recording
from onboarding.applicants import register
from onboarding.decision import Verdict
from onboarding.journey.following import follow
from onboarding.pool.details import Changes, MemberStanding, change, details_of
from onboarding.pool.members import COLUMNS, NOTHING_DECLARED, Member, members, table
from onboarding.pool.search import Wanted, domain, language, search
from onboarding.tables import ApplicationRow
from tests.command import talentpool
from tests.onboarding.badge_samples import EVALUATION, NOW, decided, qualification

TODAY = NOW.date()
OLD = qualification("english-language", "English", until=TODAY - timedelta(days=1))


def applied(applicant_id: str, languages: Mapping[str, str], domains: Mapping[str, int]) -> ApplicationRow:
    """What the pool may know of an application, and an address."""
    data = {
        "languages": [{"language": name, "level": level} for name, level in languages.items()],
        "domains": [{"domain": name, "years": years} for name, years in domains.items()],
    }
    email = f"{applicant_id}@example.org"
    return ApplicationRow(applicant_id=applicant_id, email=email, data=data, submitted_at=NOW)


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    """Members ada, bob and dee, of whom no application is on record; cy is no member any more."""
    store = Store(workspace.database_url)
    for name in ("cy", "dee"):
        register(store, name, name.title(), now=NOW)
    with store.session() as session:
        session.add(applied("ada", {"en": "C1", "es": "A2"}, {"medicine": 6}))
        session.add(applied("bob", {"en": "B1"}, {"medicine": 1, "law": 2}))
    hour = timedelta(hours=1)
    history = [
        decided("ada", EVALUATION, OLD),
        decided("bob", verdict=Verdict.REVIEW),
        decided("bob", OLD, at=NOW + hour),
        decided("cy", EVALUATION),
        decided("cy", verdict=Verdict.DECLINE, at=NOW + hour),
        decided("dee", EVALUATION, qualification("english-language", "English")),
    ]
    recording.add(workspace, store, history)
    follow(workspace, store, ["ada", "bob", "cy", "dee"], now=NOW + 2 * hour)
    yield store
    store.close()


def everybody(store: Store) -> list[Member]:
    """All members, today."""
    return members(store, today=TODAY)


def found(store: Store, wanted: Wanted) -> list[str]:
    """Who fits."""
    return [member.applicant_id for member in search(everybody(store), wanted)]


def set_to(store: Store, member: str, **changes: Any) -> None:
    """Change what is known of a member."""
    change(store, details_of(store, member), Changes(**changes), by="Grace", reason="said so", now=NOW)


def test_members_are_those_whose_decision_in_force_is_to_admit(store: Store) -> None:
    """With what is valid, since when without a break; what is not known stays empty."""
    ada, bob, dee = everybody(store)
    assert [q.assessment for q in ada.qualifications] == ["evaluation-and-labelling"]
    assert (ada.since, bob.since) == (TODAY, TODAY)
    assert (bob.applicant_id, bob.qualifications, bob.abilities.domains) == ("bob", (), {"medicine": 1, "law": 2})
    assert (dee.abilities, dee.details.hours_a_week) == (NOTHING_DECLARED, None)
    assert dee.details.standing is MemberStanding.GOOD


@pytest.mark.parametrize(
    ("wanted", "who"),
    [
        (Wanted(), ["ada", "bob", "dee"]),
        (Wanted(languages=(language("en"),)), ["ada", "bob"]),
        (Wanted(languages=(language("en:b1"),)), ["ada", "bob"]),
        (Wanted(languages=(language("en:B2"),)), ["ada"]),
        (Wanted(languages=(language("en:C2"),)), []),
        (Wanted(languages=(language("en"), language("es"))), ["ada"]),
        (Wanted(domains=(domain("medicine"),)), ["ada", "bob"]),
        (Wanted(domains=(domain("medicine:2"),)), ["ada"]),
        (Wanted(domains=(domain("medicine"), domain("law"))), ["bob"]),
        (Wanted(qualifications=("evaluation-and-labelling",)), ["ada", "dee"]),
        (Wanted(qualifications=("english-language",)), ["dee"]),
        (Wanted(hours_a_week=10), ["ada"]),
        (Wanted(hours_a_week=11), []),
        (Wanted(available_on=date(2026, 3, 31)), ["ada", "dee"]),
        (Wanted(available_on=date(2026, 4, 1)), ["ada", "bob", "dee"]),
        (Wanted(standings=(MemberStanding.GOOD,)), ["ada", "dee"]),
        (Wanted(standings=(MemberStanding.PAUSED, MemberStanding.SUSPENDED)), ["bob"]),
        (Wanted(domains=(domain("medicine"),), standings=(MemberStanding.GOOD,)), ["ada"]),
    ],
)
def test_searching(store: Store, wanted: Wanted, who: list[str]) -> None:
    """Everything that is asked has to hold; what is not known does not hold."""
    set_to(store, "ada", hours_a_week=10)
    set_to(store, "bob", standing=MemberStanding.PAUSED, available_from=date(2026, 4, 1))
    assert found(store, wanted) == who


@pytest.mark.parametrize("text", ["", ":B2", "en:", "en:B3", "en:good"])
def test_a_language_that_cannot_be_asked_for(text: str) -> None:
    """The levels are named."""
    with pytest.raises(UsageError, match="A1, A2, B1, B2, C1, C2"):
        language(text)


@pytest.mark.parametrize("text", ["", ":5", "law:", "law:-1", "law:many"])
def test_a_domain_that_cannot_be_asked_for(text: str) -> None:
    """An example is given."""
    with pytest.raises(UsageError, match="medicine:5"):
        domain(text)


def test_changes_are_kept_with_who_and_why(store: Store) -> None:
    """What is not named stays as it is."""
    set_to(store, "ada", hours_a_week=10, available_from=date(2026, 5, 1))
    later = NOW + timedelta(days=1)
    seen = details_of(store, "ada")
    change(store, seen, Changes(standing=MemberStanding.SUSPENDED), by=" Bo ", reason=" a complaint ", now=later)
    known = details_of(store, "ada")
    assert (known.hours_a_week, known.available_from, known.standing) == (10, date(2026, 5, 1), "suspended")
    assert (known.changed_by, known.note, known.changed_at) == ("Bo", "a complaint", later)


@pytest.mark.parametrize(
    ("changes", "by", "reason"),
    [(Changes(), "Bo", "why"), (Changes(hours_a_week=1), " ", "why"), (Changes(hours_a_week=1), "Bo", "")],
)
def test_a_change_needs_somebody_and_a_reason(store: Store, changes: Changes, by: str, reason: str) -> None:
    """And something that changes."""
    with pytest.raises(UsageError, match=r"--hours|--by|nothing to change"):
        change(store, details_of(store, "ada"), changes, by=by, reason=reason, now=NOW)
    assert details_of(store, "ada").changed_at is None


@pytest.mark.parametrize("known_before", [False, True])
def test_the_last_writer_is_told(store: Store, known_before: bool) -> None:
    """Who changed it in between, to what and why; nothing is written over."""
    if known_before:
        set_to(store, "ada", hours_a_week=5)
    seen, later = details_of(store, "ada"), NOW + timedelta(minutes=1)
    change(store, seen, Changes(standing=MemberStanding.PAUSED), by="Bo", reason="on leave", now=later)
    with pytest.raises(UsageError, match=r"ada was changed in between, by Bo at 2026-03-02 09:31 UTC: paused") as told:
        change(store, seen, Changes(hours_a_week=20), by="Cy", reason="asked", now=later)
    assert "on leave" in told.value.message
    assert details_of(store, "ada").changed_by == "Bo"


@pytest.mark.parametrize("known_before", [False, True])
def test_of_two_writers_in_one_moment_one_is_told(store: Store, known_before: bool) -> None:
    """Where nothing was on record, and where something was."""
    if known_before:
        set_to(store, "ada", hours_a_week=5)
    seen, ready = details_of(store, "ada"), Barrier(2)

    def write(by: str) -> str:
        ready.wait(10)
        try:
            change(store, seen, Changes(hours_a_week=8), by=by, reason="x", now=NOW + timedelta(hours=1))
        except UsageError:
            return "told"
        return "written"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, ("Bo", "Cy"))) == ["told", "written"]


@pytest.mark.parametrize("kind", TEXT_FORMATS)
def test_no_contact_data_in_the_table(store: Store, kind: str) -> None:
    """Whatever the format."""
    set_to(store, "ada", hours_a_week=10)
    rows = table(everybody(store))
    assert tuple(rows.columns) == COLUMNS
    text = TEXT_FORMATS[kind](rows).decode()
    assert "Ada" in text
    assert "@" not in text


def test_the_table_holds_whole_hours(store: Store) -> None:
    """Also where some are unknown."""
    set_to(store, "ada", hours_a_week=10)
    rows = json.loads(TEXT_FORMATS["json"](table(everybody(store))))
    assert [row["hours_a_week"] for row in rows] == [10, None, None]
    assert rows[0]["languages"] == "en C1, es A2"
    assert rows[0]["changed_at"].startswith("2026-03-02T09:30:00")


def test_the_commands(workspace: Workspace, store: Store) -> None:
    """Set, list, search; the last writer is told what was there before."""
    place = ("--workspace", workspace.root)
    say = ("--by", "Grace", "--reason", "asked for it")
    first = talentpool("pool", "set", "ada", "--hours", "10", *say, *place)
    assert first.out == "ada: good, 10 hours a week, at once (asked for it)\n"
    second = talentpool("pool", "set", "ada", "--standing", "paused", *say, *place)
    assert "ada: paused, 10 hours a week, at once (asked for it); before, by Grace at 20" in second.out
    late = talentpool("pool", "set", "ada", "--hours", "2", *say, "--unchanged-since", "2026-03-02 09:30", *place)
    assert late.code == 2
    assert "ada was changed in between, by Grace" in late.err
    listed = json.loads(talentpool("pool", "--standing", "paused", "--hours", "10", "--format", "json", *place).out)
    assert [row["applicant_id"] for row in listed] == ["ada"]
    good = json.loads(talentpool("pool", "--standing", "good", "--format", "json", *place).out)
    assert [row["applicant_id"] for row in good] == ["bob", "dee"]
    for kind in ("parquet", "xlsx"):
        path = workspace.root / f"pool.{kind}"
        assert talentpool("pool", "--format", kind, "--output", path, *place).code == 0
        assert path.stat().st_size > 0


def test_only_members_can_be_set(workspace: Workspace, store: Store) -> None:
    """Neither applicants nor strangers."""
    say = ("--hours", "1", "--by", "Grace", "--reason", "x", "--workspace", workspace.root)
    assert "cy is no member of the talent pool" in talentpool("pool", "set", "cy", *say).err
    assert "unknown applicant 'eve'" in talentpool("pool", "set", "eve", *say).err
