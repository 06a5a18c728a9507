"""The commands: what an operator types and reads; nothing that an applicant wrote gets through to the terminal."""

import io
import sys
from pathlib import Path

import pytest
from sqlalchemy import update

from grader.store import Store
from grader.workspace import Workspace
from onboarding.help import records
from onboarding.tables import DecisionRow
from tests.command import Outcome, talentpool
from tests.onboarding.help.test_desk import ODD


@pytest.fixture(autouse=True)
def here(place: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands work on this workspace; the decision in it is of today's, as far as they can know."""
    monkeypatch.setenv("TALENTPOOL_WORKSPACE", str(place.root))
    with store.session() as session:
        session.execute(update(DecisionRow).values(objection_until=None))


def run(*arguments: str | Path) -> Outcome:
    """One command that succeeds."""
    done = talentpool(*arguments)
    assert done.code == 0, done.err
    return done


def test_from_question_to_answer(store: Store) -> None:
    """Asked, listed, answered, shown."""
    asked = run("help", "ask", "ada", "--about", "item:small/q3", "Which unit?").out
    assert asked.startswith("ticket 1: with Maria Lopez, to be answered by ")
    assert "item:small/q3" in run("help", "list", "--mine", "maria lopez").out
    assert run("help", "list", "--mine", "Olga Owner").out == "nothing of the kind is open\n"
    assert run("help", "list", "--overdue").out == "nothing of the kind is open\n"
    assert run("help", "escalate").out == ""
    assert run("help", "answer", "1", "--by", "Maria Lopez", "Kilometres.").out == "ticket 1: answered\n"
    shown = run("help", "show", "1").out.splitlines()
    assert shown[0] == "ticket 1 of ada, about item:small/q3: answered"
    assert "  Kilometres." in shown
    assert run("help", "ask", "ada", "--ticket", "1", "Thanks.").out.startswith("ticket 1: with Maria Lopez")
    run("help", "answer", "1", "--by", "Tom Ek", "Welcome.", "--close")
    assert run("help", "list").out == "nothing is open\n"
    assert len(records.ticket(store, 1).entries) == 4


def test_from_objection_to_decision() -> None:
    """The new decision refers to the appeal, and the appeal to both."""
    assert run("appeal", "open", "ada", "Question 3 has two answers.").out.startswith("ticket 1: with Tom Ek")
    done = run("appeal", "decide", "1", "--by", "Tom Ek", "--outcome", "admit", "--reason", "It has.").out
    assert done == "appeal 1 against decision 1: admit, decision 2\n"
    assert "against decision 1, led to decision 2" in run("help", "show", "1").out
    assert "It has. (appeal 1 against decision 1" in run("explain", "ada").out
    again = talentpool("appeal", "decide", "1", "--by", "Tom Ek", "--outcome", "decline", "--reason", "No.")
    assert again.code == 2
    assert "appeal 1 was decided by Tom Ek" in again.err


def test_what_applicants_write_is_printed_safely(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """No control character, no markup, no emoji of rich's, and no line that looks like one of ours."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(ODD))
    run("help", "ask", "ada", "--about", "project:\x1b[2J [red]x", "-")
    for out in (run("help", "show", "1").out, run("help", "list").out):
        assert all(char.isprintable() or char == "\n" for char in out)
        assert "[red]x" in out
    shown = run("help", "show", "1").out
    assert "[bold]x[/] :smile:" in shown
    assert "\n    ticket 2: closed" in shown
    assert "नमस्ते" in records.ticket(store, 1).entries[0].text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "zoe", "Why?"], "unknown applicant 'zoe'"),
        (["ask", "ada", "--about", "all", "Why?"], "--about: found 'all', allowed: item:ASSESSMENT/QUESTION"),
        (["answer", "7", "--by", "Tom Ek", "So."], "there is no ticket 7"),
        (["show", "99999999999999999999"], "less than or equal to 2147483647"),
    ],
)
def test_mistakes_are_one_clear_line(arguments: list[str], said: str) -> None:
    """And change nothing."""
    done = talentpool("help", *arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
