"""Appeals: in time, never judged by who had a part in the decision, and ended by a new decision."""

from datetime import timedelta
from functools import partial

import pytest

from assessments.errors import UsageError
from grader.store import Store
from grader.workspace import Workspace
from onboarding import records as decisions
from onboarding.deciding import decide_by_person
from onboarding.decision import Verdict
from onboarding.help import desk, records
from onboarding.help.appeals import appeal, decide_appeal
from onboarding.help.tickets import PROGRAM
from onboarding.notices.outbox import notices
from tests.onboarding.help.samples import UNTIL
from tests.onboarding.help.test_desk import at_once
from tests.samples import NOW

LATER = NOW + timedelta(days=1)


def test_it_goes_to_somebody_and_is_confirmed(place: Workspace, store: Store) -> None:
    """Against the decision in force, with its own deadline."""
    ticket = appeal(place, store, "ada", "Question 3 has two answers.", now=LATER)
    assert (ticket.assigned_to, ticket.due_at) == ("Tom Ek", LATER + timedelta(days=14))
    assert ticket.decision is not None
    (notice,) = notices(store)
    assert (notice.template, notice.data["appeal"]) == ("ticket-opened", True)


def test_it_is_possible_until_the_period_is_over(place: Workspace, store: Store) -> None:
    """Then a question still is."""
    with pytest.raises(UsageError, match="could be objected to until 2026-04-01 09:30 UTC; it is 2026-04-01 09:31"):
        appeal(place, store, "ada", "Late.", now=UNTIL + timedelta(minutes=1))
    assert desk.ask(place, store, "ada", "decision", "Late.", now=UNTIL + timedelta(minutes=1)).decision
    assert appeal(place, store, "ada", "In time.", now=UNTIL).number


def test_there_must_be_a_decision(place: Workspace, store: Store) -> None:
    """And one objection to it at a time."""
    with pytest.raises(UsageError, match="there is no decision about bob yet"):
        appeal(place, store, "bob", "Unfair.", now=LATER)
    said = at_once(*[lambda: appeal(place, store, "ada", "Unfair.", now=LATER)] * 2)
    (ticket,) = records.tickets(store)
    assert said == ["", f"appeal {ticket.number} against this decision is open since 2026-03-03"]


def test_it_ends_in_a_new_decision(place: Workspace, store: Store) -> None:
    """By whoever looked at it, referring to both; the applicant is told whether anything has changed."""
    opened = appeal(place, store, "ada", "Question 3 has two answers.", now=LATER)
    done = decide_appeal(
        place, store, opened.number, Verdict.ADMIT, by="Tom Ek", reason="It has two right answers.", now=LATER
    )
    before, after = decisions.history(store, "ada")
    assert (before.verdict, after.verdict, after.decided_by) == (Verdict.DECLINE, Verdict.ADMIT, "Tom Ek")
    assert after.reasons[0] == (
        f"It has two right answers. (appeal {opened.number} against decision {opened.decision} of 2026-03-02)"
    )
    assert (done.decision, done.closed_at) == (opened.decision, LATER)
    assert done.outcome not in (None, done.decision)
    assert [entry.by for entry in done.entries] == ["ada", "Tom Ek"]
    told = notices(store)[-1]
    assert (told.template, told.data["changed"]) == ("appeal-decided", True)
    assert told.data["reasons"] == ["It has two right answers."]


def test_the_same_outcome_is_a_new_decision_too(place: Workspace, store: Store) -> None:
    """Which can be objected to again, and comes before nobody who decided earlier; at last nobody is left."""
    for number, name in enumerate(("Tom Ek", "Olga Owner", "Maria Lopez"), start=1):
        opened = appeal(place, store, "ada", "No.", now=LATER + timedelta(hours=number))
        assert opened.assigned_to == name
        later = LATER + timedelta(hours=number, minutes=1)
        decide_appeal(place, store, opened.number, Verdict.DECLINE, by=name, reason="Right as it was.", now=later)
        assert notices(store)[-1].data["changed"] is False
    nobody = appeal(place, store, "ada", "No.", now=LATER + timedelta(hours=9))
    assert nobody.assigned_to == "owner"
    assert (nobody.entries[-1].by, nobody.entries[-1].text) == (
        PROGRAM,
        "nobody is left who had no part in the decision: owner has to find somebody else",
    )
    assert desk.escalate(place, store, now=LATER + timedelta(days=90)) == []


def decided_by(place: Workspace, store: Store, name: str) -> None:
    """A person's decision about ada."""
    decide_by_person(place, store, "ada", Verdict.DECLINE, by=name, reason="Read it.", now=NOW)


def test_who_had_a_part_is_passed_over_and_refused(place: Workspace, store: Store) -> None:
    """Who decided, however the name is typed, and who answered a question about the decision; not other answers."""
    decided_by(place, store, "tom  EK")
    asked = [desk.ask(place, store, "ada", about, "Why?", now=NOW).number for about in ("decision", "item:small/q1")]
    desk.answer(store, asked[0], "So.", by="Maria Lopez", now=NOW)
    desk.answer(store, asked[1], "So.", by="Olga Owner", now=NOW)
    opened = appeal(place, store, "ada", "No.", now=LATER)
    assert opened.assigned_to == "Olga Owner"
    for name in ("Tom Ek", "MARIA LOPEZ "):
        with pytest.raises(UsageError, match="had a part in decision"):
            decide_appeal(place, store, opened.number, Verdict.ADMIT, by=name, reason="Yes.", now=LATER)
        with pytest.raises(UsageError, match="had a part in decision"):
            desk.answer(store, opened.number, "Hm.", by=name, now=LATER)
    assert len(decisions.history(store, "ada")) == 2
    assert len(records.ticket(store, opened.number).entries) == 1


def test_a_question_back_bars_nobody(place: Workspace, store: Store) -> None:
    """Writing to the applicant is part of looking at the appeal; it decides nothing, and the clock runs on."""
    number = appeal(place, store, "ada", "No.", now=LATER).number
    asked = desk.answer(store, number, "Which question?", by="Tom Ek", now=LATER)
    assert asked.is_overdue(LATER + timedelta(days=15))
    assert notices(store)[-1].template == "appeal-message"
    added = desk.follow_up(place, store, "ada", number, "The third.", now=LATER + timedelta(days=3))
    assert added.due_at == asked.due_at
    with pytest.raises(UsageError, match="is an appeal, which only a decision closes"):
        desk.answer(store, number, "No.", by="Tom Ek", close=True, now=LATER)
    assert decide_appeal(place, store, number, Verdict.ADMIT, by="Tom Ek", reason="Yes.", now=LATER).outcome
    with pytest.raises(UsageError, match=f"appeal {number} was decided on 2026-03-03"):
        desk.follow_up(place, store, "ada", number, "Thanks.", now=LATER)


def test_of_two_who_decide_at_once_one_does(place: Workspace, store: Store) -> None:
    """The second leaves no decision behind."""
    number = appeal(place, store, "ada", "No.", now=LATER).number

    def decide(name: str) -> None:
        decide_appeal(place, store, number, Verdict.ADMIT, by=name, reason="Yes.", now=LATER)

    said = at_once(*(partial(decide, name) for name in ("Tom Ek", "Maria Lopez")))
    after = decisions.history(store, "ada")[1:]
    assert len(after) == 1
    assert said == ["", f"appeal {number} was decided by {after[0].decided_by} on 2026-03-03 09:30 UTC"]
    assert [notice.template for notice in notices(store)] == ["ticket-opened", "appeal-decided"]


def test_a_late_appeal_climbs_past_who_had_a_part(place: Workspace, store: Store) -> None:
    """Up to the last level, where it stays with a note if nobody is left."""
    decided_by(place, store, "Olga Owner")
    opened = appeal(place, store, "ada", "No.", now=LATER)
    assert opened.assigned_to == "Tom Ek"
    (passed_on,) = desk.escalate(place, store, now=opened.due_at + timedelta(days=1))
    assert (passed_on.assigned_to, passed_on.level) == ("owner", 1)
    assert passed_on.entries[-1].text.endswith("had no part in the decision: owner has to find somebody else")


@pytest.mark.parametrize(
    ("by", "reason", "said"),
    [
        ("Tom Ek", " ", "the text is empty"),
        *((by, "Yes.", "--by: found") for by in ("", "ada", "talentpool")),
    ],
)
def test_a_name_and_a_reason_are_needed(place: Workspace, store: Store, by: str, reason: str, said: str) -> None:
    """And nothing is recorded without them."""
    number = appeal(place, store, "ada", "No.", now=LATER).number
    with pytest.raises(UsageError, match=said):
        decide_appeal(place, store, number, Verdict.ADMIT, by=by, reason=reason, now=LATER)
    assert len(decisions.history(store, "ada")) == 1


def test_a_question_is_no_appeal(place: Workspace, store: Store) -> None:
    """It is answered."""
    number = desk.ask(place, store, "ada", "decision", "Why?", now=NOW).number
    with pytest.raises(UsageError, match=f"ticket {number} is no appeal"):
        decide_appeal(place, store, number, Verdict.ADMIT, by="Tom Ek", reason="Yes.", now=NOW)
    with pytest.raises(UsageError, match="there is no ticket 999"):
        decide_appeal(place, store, 999, Verdict.ADMIT, by="Tom Ek", reason="Yes.", now=NOW)
