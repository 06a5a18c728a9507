"""Questions: routed, answered once, passed on when late; nothing of it is lost, and the applicant hears of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest

from assessments.errors import UsageError
from grader.store import Store
from grader.workspace import Workspace
from onboarding.applying.declared import Abilities
from onboarding.help import desk, records
from onboarding.help.tickets import MAX_TEXT_CHARS, PROGRAM
from onboarding.notices.languages import LANGUAGES
from onboarding.notices.outbox import notices
from tests.samples import NOW

ODD = "¿Por qué? \u202e\x1b[31m [bold]x[/] :smile: 👩‍👩‍👧 \u0000 \ud800 नमस्ते\n\n  ticket 2: closed"
LATER = NOW + timedelta(days=8)


def at_once(*tasks: Callable[[], object]) -> list[str]:
    """What each of them said, all at the same time: nothing, or why it was refused."""
    ready, said = Barrier(len(tasks)), []

    def run(task: Callable[[], object]) -> None:
        ready.wait(10)
        try:
            task()
            said.append("")
        except UsageError as error:
            said.append(error.message)

    threads = [Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(said)


@pytest.mark.parametrize(
    ("about", "goes_to"),
    [
        ("item:small/q3", "Maria Lopez"),
        ("project:Nova", "Tom Ek"),
        ("decision", "Tom Ek"),
        ("other", "Tom Ek"),
    ],
)
def test_a_question_goes_to_who_answers_for_it(place: Workspace, store: Store, about: str, goes_to: str) -> None:
    """On the lowest level, with a deadline, and the applicant is told."""
    ticket = desk.ask(place, store, "ada", about, "Why?", now=NOW)
    assert (ticket.assigned_to, str(ticket.about), ticket.level) == (goes_to, about, 0)
    assert ticket.due_at == NOW + timedelta(days=7)
    assert records.ticket(store, ticket.number) == ticket
    (notice,) = notices(store, applicant_id="ada")
    assert (notice.template, notice.data["ticket"], notice.data["appeal"]) == ("ticket-opened", ticket.number, False)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("item:small/q9", "found question 'q9' of small, allowed q1, q2, q3, q4, q5, q6"),
        ("item:large/q1", "'large' was never issued to ada"),
        ("item:../q1", "allowed: item:ASSESSMENT/QUESTION"),
        ("project:", "allowed: item:ASSESSMENT/QUESTION"),
        ("project:" + "x" * 151, "at most 150 characters"),
        ("appeal", "allowed: item:ASSESSMENT/QUESTION"),
        ("decision:1", "allowed: item:ASSESSMENT/QUESTION"),
    ],
)
def test_what_a_question_can_be_about(place: Workspace, store: Store, about: str, said: str) -> None:
    """Anything else is one clear line, and nothing is opened."""
    with pytest.raises(UsageError, match=said):
        desk.ask(place, store, "ada", about, "Why?", now=NOW)
    assert records.tickets(store) == []


def test_whatever_was_written_is_kept(place: Workspace, store: Store) -> None:
    """Of any length that is allowed, in any script; only what no database holds is replaced."""
    longest = "ß" * MAX_TEXT_CHARS
    for text in (ODD, longest):
        desk.ask(place, store, "ada", "other", text, now=NOW)
    kept = [ticket.entries[0].text for ticket in records.tickets(store)]
    assert kept == [ODD.replace("\u0000", "\ufffd").replace("\ud800", "\ufffd"), longest]
    with pytest.raises(UsageError, match="found 20,001 characters, allowed 20,000"):
        desk.ask(place, store, "ada", "other", longest + "!", now=NOW)
    with pytest.raises(UsageError, match="the text is empty"):
        desk.ask(place, store, "ada", "other", " \n", now=NOW)


def test_questions_are_shared_out(place: Workspace, store: Store) -> None:
    """Who has the least to do gets the next one; what is closed is not to do."""
    (place.root / "help.toml").write_text(
        "".join(f'[[people]]\nname = "{name}"\nrole = "admin"\n' for name in ("Ana", "Bo"))
    )
    first = desk.ask(place, store, "ada", "other", "1", now=NOW)
    second = desk.ask(place, store, "ada", "other", "2", now=NOW)
    desk.answer(store, second.number, "2", by="Bo", close=True, now=NOW)
    third = desk.ask(place, store, "ada", "other", "3", now=NOW)
    assert [ticket.assigned_to for ticket in (first, second, third)] == ["Ana", "Bo", "Bo"]


def test_an_answer_stops_the_clock_until_the_applicant_writes_again(place: Workspace, store: Store) -> None:
    """Also where the ticket was closed; what was written stays in its order."""
    number = desk.ask(place, store, "ada", "other", "Why?", now=NOW).number
    answered = desk.answer(store, number, "So.", by=" Tom  Ek", close=True, now=NOW)
    assert (answered.state(LATER), answered.is_waiting) == ("closed", False)
    again = desk.follow_up(place, store, "ada", number, "But why?", now=LATER)
    assert (again.state(LATER), again.due_at) == ("waiting", LATER + timedelta(days=7))
    assert [(entry.by, entry.text) for entry in again.entries] == [
        *(("ada", "Why?"), ("Tom Ek", "So."), ("ada", "But why?")),
    ]
    desk.answer(store, number, "That is why.", by="Maria Lopez", now=LATER)
    told = [(notice.template, notice.data.get("answer")) for notice in notices(store)]
    assert told == [
        *(("ticket-opened", None), ("ticket-answered", "So.")),
        *(("ticket-opened", None), ("ticket-answered", "That is why.")),
    ]


def test_of_two_answers_at_once_the_second_is_asked_to_look(place: Workspace, store: Store) -> None:
    """And can say that it is meant all the same; the applicant hears of every answer once."""
    number = desk.ask(place, store, "ada", "other", "Why?", now=NOW).number
    said = at_once(*(partial(desk.answer, store, number, "So.", by=by, now=NOW) for by in ("Ana", "Bo")))
    first = records.ticket(store, number).entries[-1].by
    assert said == ["", f"ticket {number} was answered by {first} on 2026-03-02 09:30 UTC"]
    assert len(notices(store)) == 2
    desk.answer(store, number, "And so.", by="Cy", more=True, close=True, now=NOW)
    with pytest.raises(UsageError, match="was closed on 2026-03-02"):
        desk.answer(store, number, "And.", by="Di", more=True, now=NOW)


@pytest.mark.parametrize("by", ["", " ", "ADA", "talentpool", "decided automatically", "x" * 101, "a\x1b[0m"])
def test_who_answers_is_a_person_of_our_side(place: Workspace, store: Store, by: str) -> None:
    """Not the one who asked, and not the program."""
    number = desk.ask(place, store, "ada", "other", "Why?", now=NOW).number
    with pytest.raises(UsageError, match="--by: found"):
        desk.answer(store, number, "So.", by=by, now=NOW)
    assert len(records.ticket(store, number).entries) == 1


def test_what_is_late_climbs_once(place: Workspace, store: Store) -> None:
    """Run again at once, nothing happens; on the last level it stays, still late."""
    number = desk.ask(place, store, "ada", "other", "Why?", now=NOW).number
    assert desk.escalate(place, store, now=NOW + timedelta(days=7)) == []
    (passed_on,) = desk.escalate(place, store, now=LATER)
    assert (passed_on.assigned_to, passed_on.level) == ("Olga Owner", 1)
    assert passed_on.due_at == LATER + timedelta(days=7)
    assert (notices(store)[-1].template, passed_on.entries[-1].by) == ("ticket-late", PROGRAM)
    assert passed_on.entries[-1].text == "not answered by 2026-03-09 09:30 UTC, passed on from Tom Ek"
    assert desk.escalate(place, store, now=LATER) == []
    assert desk.escalate(place, store, now=LATER + timedelta(days=30)) == []
    assert len(notices(store)) == 2
    kept = records.ticket(store, number)
    assert (kept, kept.state(LATER + timedelta(days=30))) == (passed_on, "overdue")


def test_what_is_answered_is_never_late(place: Workspace, store: Store) -> None:
    """It waits for the applicant."""
    number = desk.ask(place, store, "ada", "other", "Why?", now=NOW).number
    desk.answer(store, number, "What do you mean?", by="Ana", now=NOW)
    assert desk.escalate(place, store, now=LATER) == []


def test_two_that_pass_on_at_once(place: Workspace, store: Store) -> None:
    """Each ticket climbs one level."""
    for text in ("1", "2"):
        desk.ask(place, store, "ada", "other", text, now=NOW)
    assert at_once(*[lambda: desk.escalate(place, store, now=LATER)] * 2) == ["", ""]
    assert [len(ticket.entries) for ticket in records.tickets(store)] == [2, 2]


def test_only_its_owner_adds_to_a_ticket(place: Workspace, store: Store) -> None:
    """Another applicant's number is a mistake."""
    number = desk.ask(place, store, "ada", "other", "Why?", now=NOW).number
    with pytest.raises(UsageError, match=f"ticket {number} is not of bob"):
        desk.follow_up(place, store, "bob", number, "Me too", now=NOW)
    assert [ticket.number for ticket in records.tickets(store, applicant_id="bob")] == []


def test_without_a_file_the_level_has_it(place: Workspace, store: Store) -> None:
    """There is nobody whom it could be given to."""
    Path(place.root / "help.toml").unlink()
    assert desk.ask(place, store, "bob", "decision", "When?", now=NOW).assigned_to == "admin"


def test_notices_come_in_the_language_known_best() -> None:
    """Of those that there are; English where there is none, or as good as another."""
    known = [{"es": "C2", "en": "B2", "de": "C2"}, {"es": "B2", "en": "B2"}, {"de": "C2"}, {}]
    assert [Abilities(languages=levels, domains={}).best_of(LANGUAGES) for levels in known] == ["es", "en", "en", "en"]
