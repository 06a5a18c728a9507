"""Where somebody stands, in words: what is done, what comes next, who has to do it, since when; pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from assessments.items import Record
from onboarding.decision import AUTOMATIC, Decision, Verdict
from onboarding.help.tickets import Ticket
from onboarding.journey.journal import Entry
from onboarding.journey.states import Journey, Rules, State, next_start, training_modules
from onboarding.learning.titles import module_title

HELP = (
    "Questions are welcome at any time: write to the person who invited you, or reply to any of our messages. "
    "Asking costs nothing and is part of the work."
)
_HAPPENED = {
    "applied": "You applied",
    "self-assessed": "You went through the self-assessment",
    "tests-assigned": "Your tests were chosen",
    "test-started": "You began",
    "test-handed-in": "We received",
    "decided": "A decision was made",
    "training-done": "You went through the training",
    "module-done": "You finished",
    "withdrawn": "You withdrew",
    "expired": "The application ended, as nothing had happened for a long time",
}


class Status(Record):
    """What an applicant is told about where they stand.

    Args:
        done: what happened, a line each, oldest first.
        next_step: what comes next; `waits_for`: who has to do it.
        results: what was decided and why, and how to object.
        questions: what was asked and where that stands.
    """

    applicant_id: str
    state: State
    since: datetime
    done: tuple[str, ...]
    next_step: str
    waits_for: str
    usual: str
    results: tuple[str, ...]
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
    next_step, waits_for = _next(journey, rules, now)
    return Status(
        applicant_id=entries[-1].applicant_id,
        state=journey.state,
        since=journey.since,
        done=tuple(_line(entry) for entry in entries),
        next_step=next_step,
        waits_for=waits_for,
        usual=usual,
        results=tuple(_results(decision, now)) if decision else (),
        questions=tuple(f"{ticket.about}: {ticket.state(now)}" for ticket in tickets),
    )


def _line(entry: Entry) -> str:
    event = entry.event
    what = getattr(event, "assessment", "") or (module_title(event.module) if event.kind == "module-done" else "")
    return f"{event.at:%Y-%m-%d}  {_HAPPENED[event.kind]}{f' {what}' if what else ''}"


def _next(journey: Journey, rules: Rules, now: datetime) -> tuple[str, str]:
    """What comes next, and who has to do it."""
    left = [name for name in journey.assigned if not journey.handed_in.get(name)]
    modules = [module_title(name) for name in rules.modules if name not in journey.modules]
    you, us, person, nobody = "you", "us", "a person on our side", "nobody"
    return {
        State.APPLIED: ("go through the quick self-assessment", you)
        if rules.self_assessment
        else ("we choose your tests", us),
        State.SELF_ASSESSED: ("we choose your tests", us),
        State.TESTS_ASSIGNED: (f"take {', '.join(left)}", you),
        State.TESTS_IN_PROGRESS: (f"take {', '.join(left)}", you)
        if left
        else ("your tests are graded and decided on", us),
        State.DECIDED: _after_decision(journey, person, nobody),
        State.RETRY: (_again(journey, rules, now), you),
        State.ONBOARDING: (f"go through {', '.join(modules)}", you),
        State.POOL: _in_pool(journey, rules, now.date()),
        State.WITHDRAWN: ("you can apply again", nobody),
        State.EXPIRED: ("you can apply again", nobody),
    }[journey.state]


def _in_pool(journey: Journey, rules: Rules, today: date) -> tuple[str, str]:
    ending = {name: until for name, until in journey.valid_until.items() if until - rules.renewal <= today}
    if ending:
        return "; ".join(f"renew {name}, which is valid until {until}" for name, until in ending.items()), "you"
    return "a project may ask you; it is a waiting room, and a quiet time says nothing about you", "nobody"


def _after_decision(journey: Journey, person: str, nobody: str) -> tuple[str, str]:
    if journey.verdict is Verdict.REVIEW:
        return "somebody looks at your answers and decides", person
    return "the application has ended with the decision; you may object to it", nobody


def _again(journey: Journey, rules: Rules, now: datetime) -> str:
    what = f"try {', '.join(journey.retry)} again"
    begins = max((at for name in journey.retry if (at := next_start(journey, name, rules))), default=None)
    when = f" from {begins:%Y-%m-%d} on" if begins and begins > now else ""
    if not rules.training or journey.trained:
        return f"{what}{when}"
    titles = ", ".join(module_title(name) for name in training_modules(journey))
    return f"go through the training{f' ({titles})' if titles else ''}, then {what}{when}"


def _results(decision: Decision, now: datetime) -> Iterator[str]:
    how = "automatically" if decision.decided_by == AUTOMATIC else f"by {decision.decided_by}"
    yield f"{decision.decided_at:%Y-%m-%d}: {decision.verdict}, decided {how}"
    yield from (f"- {reason}" for reason in decision.reasons)
    yield from (f"- what would have changed it: {rule.change}" for rule in decision.rules if rule.change)
    if decision.objection_until and decision.objection_until > now:
        yield (
            f"You may object until {decision.objection_until:%Y-%m-%d}: write to us and say why. "
            "Somebody who had no part in the decision looks at it."
        )


def in_words(found: Status) -> str:
    """All of it as text, which is Markdown too."""
    parts = [
        f"# Where you stand: {found.state}",
        f"Since {found.since:%Y-%m-%d}. {found.usual}",
        f"**What comes next:** {found.next_step}.\n\n**Waiting for:** {found.waits_for}.",
        _section("What happened so far", [f"- {line}" for line in found.done]),
        _section("Decisions", found.results),
        _section("Your questions", [f"- {line}" for line in found.questions]),
        _section("Help", [HELP]),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _section(heading: str, lines: Sequence[str]) -> str:
    return f"## {heading}\n\n" + "\n".join(lines) if lines else ""
