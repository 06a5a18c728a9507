"""Where somebody stands, in words: what is done, what comes next, results with reasons, questions, help; pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from assessments.items import Record
from onboarding.decision import AUTOMATIC, Decision, Verdict
from onboarding.help.tickets import Kind, Ticket
from onboarding.journey.journal import Entry
from onboarding.journey.next_step import NextStep, next_step, title
from onboarding.journey.states import Rules, State
from onboarding.learning.titles import module_title
from onboarding.reasons import changes_in, reasons_in

HELP = (
    "Questions are welcome at any time: write to the person who invited you, or reply to any of our messages. "
    "Asking costs nothing and is part of the work."
)
HEADINGS = {
    State.APPLIED: "your application has arrived",
    State.SELF_ASSESSED: "your application has arrived",
    State.TESTS_ASSIGNED: "your tests are chosen",
    State.TESTS_IN_PROGRESS: "you are at your tests",
    State.DECIDED: "there is a decision",
    State.RETRY: "you may try again",
    State.ONBOARDING: "you are admitted, with modules to go through",
    State.POOL: "you are in the talent pool",
    State.WITHDRAWN: "you have withdrawn",
    State.EXPIRED: "your application has ended",
}
VERDICTS = {
    Verdict.ADMIT: "you are admitted",
    Verdict.REVIEW: "a person looks at it",
    Verdict.DECLINE: "you are not admitted",
}
_HAPPENED = {
    "applied": "You applied",
    "self-assessed": "You went through the self-assessment",
    "tests-assigned": "Your tests were chosen",
    "test-started": "You began: ",
    "test-handed-in": "We received: ",
    "decided": "A decision was made: ",
    "training-done": "You went through the training",
    "module-done": "You finished: ",
    "withdrawn": "You withdrew",
    "expired": "The application ended, as nothing had happened for a long time",
}


class Status(Record):
    """What an applicant is told about where they stand.

    Args:
        done: what happened, a line each, oldest first.
        result: what was decided; `reasons` why, `objection` how to object: "" where there is nothing to say.
        questions: what was asked and where that stands.
    """

    applicant_id: str
    state: State
    since: datetime
    done: tuple[str, ...]
    next_step: NextStep
    usual: str
    result: str
    reasons: tuple[str, ...]
    objection: str
    questions: tuple[str, ...]


def status(
    entries: Sequence[Entry],
    rules: Rules,
    decision: Decision | None,
    tickets: Sequence[Ticket],
    usual: str,
    *,
    now: datetime,
) -> Status:
    """Put it into words.

    Args:
        entries: all events of one applicant, oldest first; at least one.
        decision: the one in force.
        usual: how long this state usually lasts.
    """
    journey = entries[-1].journey
    return Status(
        applicant_id=entries[-1].applicant_id,
        state=journey.state,
        since=journey.since,
        done=tuple(_line(entry) for entry in entries),
        next_step=next_step(journey, rules, now=now),
        usual=usual,
        result=_result(decision) if decision else "",
        reasons=tuple(_reasons(decision)) if decision else (),
        objection=_objection(decision, now) if decision else "",
        questions=tuple(f"{_about(ticket)}: {ticket.state(now)}" for ticket in tickets),
    )


def _line(entry: Entry) -> str:
    event = entry.event
    what = ""
    if event.kind in ("test-started", "test-handed-in"):
        what = title(event.assessment)
    elif event.kind == "module-done":
        what = module_title(event.module)
    elif event.kind == "decided":
        what = VERDICTS[event.verdict]
    return f"{event.at:%Y-%m-%d}  {_HAPPENED[event.kind]}{what}"


def _result(decision: Decision) -> str:
    by = "by the rules, without a person" if decision.decided_by == AUTOMATIC else f"by {decision.decided_by}"
    return f"{decision.decided_at:%Y-%m-%d}: {VERDICTS[decision.verdict]}. Decided {by}."


def _reasons(decision: Decision) -> Iterator[str]:
    yield from reasons_in(decision, "en")
    yield from (f"what would have changed it: {change}" for change in changes_in(decision, "en"))


def _objection(decision: Decision, now: datetime) -> str:
    if not decision.objection_until or decision.objection_until <= now:
        return ""
    return (
        f"You may object until {decision.objection_until:%Y-%m-%d}: write to us and say why. "
        "Somebody who had no part in the decision looks at it."
    )


def _about(ticket: Ticket) -> str:
    """What a question is about, in words."""
    if ticket.kind is Kind.ITEM:
        assessment, _, question = ticket.about.subject.partition("/")
        return f"{title(assessment)}, question {question.removeprefix('q').lstrip('0') or question}"
    return str(ticket.about).replace(":", " ", 1)


def in_words(found: Status) -> str:
    """All of it as text, which is Markdown too."""
    step = found.next_step
    parts = [
        f"# Where you stand: {HEADINGS[found.state]}",
        f"Since {found.since:%Y-%m-%d}. {found.usual}",
        f"**What comes next:** {step.said}{':' if step.each else '.'}",
        _listed(step.each),
        f"**Waiting for:** {step.who}.",
        _section("What happened so far", [_listed(found.done)]),
        _section("The decision", [found.result, _listed(found.reasons), found.objection] if found.result else []),
        _section("Your questions", [_listed(found.questions)]),
        _section("Help", [HELP]),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _section(heading: str, parts: Sequence[str]) -> str:
    said = "\n\n".join(filter(None, parts))
    return f"## {heading}\n\n{said}" if said else ""
