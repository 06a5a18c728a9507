"""The state machine of an applicant's way: pure, an event in, the new state and what has to be done out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, Field, NonNegativeInt

from assessments.errors import UsageError
from assessments.items import Record
from onboarding.decision import Verdict


class State(StrEnum):
    """Where somebody stands.

    `decided` is a decision that ends the way for now: a final decline, or a review that waits for a person. To admit
    leads on to onboarding, or to the pool if no module is required; a near miss leads to retry.
    """

    APPLIED = "applied"
    SELF_ASSESSED = "self-assessed"
    TESTS_ASSIGNED = "tests-assigned"
    TESTS_IN_PROGRESS = "tests-in-progress"
    DECIDED = "decided"
    RETRY = "retry"
    ONBOARDING = "onboarding"
    POOL = "pool"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ENDED = frozenset({State.WITHDRAWN, State.EXPIRED})


class Rules(Record):
    """What the policy asks of the way.

    Args:
        attempts: how often each assessment may be started; once where it is not named.
        waiting: how long after the last hand-in another attempt may start.
        modules: what has to be gone through between the decision and the pool.
        training: whether a near miss goes through training before another attempt.
        patience: how long a state may last before it expires; states that are not named last for ever.
        renewal: so long before a qualification expires it may be renewed.
    """

    self_assessment: bool = True
    attempts: Mapping[str, int] = Field(default_factory=dict)
    waiting: Mapping[str, timedelta] = Field(default_factory=dict)
    modules: tuple[str, ...] = ()
    training: bool = False
    patience: Mapping[State, timedelta] = Field(default_factory=dict)
    renewal: timedelta = timedelta()


class Journey(Record):
    """All that earlier events left behind.

    Args:
        since: when the state began.
        number: how many events there were.
        started, handed_in: how often each assessment was; `last_handed_in`: when it was for the last time.
        decision: the number of the decision in force; `retry` and `retry_from`: what may be tried again, and from when.
        closed: what may not be tried again under the decision in force.
        trained: whether the training before another attempt is done.
        modules: those that are done.
        valid_until: the last day of each qualification that was ever earned, by assessment.
        earlier: how many attempts were begun when that qualification was earned: those to renew it count from there.
    """

    state: State
    since: AwareDatetime
    number: NonNegativeInt = 0
    assigned: tuple[str, ...] = ()
    started: Mapping[str, int] = Field(default_factory=dict)
    handed_in: Mapping[str, int] = Field(default_factory=dict)
    last_handed_in: Mapping[str, AwareDatetime] = Field(default_factory=dict)
    decision: int | None = None
    verdict: Verdict | None = None
    retry: tuple[str, ...] = ()
    retry_from: AwareDatetime | None = None
    closed: tuple[str, ...] = ()
    trained: bool = False
    modules: frozenset[str] = frozenset()
    valid_until: Mapping[str, date] = Field(default_factory=dict)
    earlier: Mapping[str, int] = Field(default_factory=dict)

    def is_running(self, assessment: str) -> bool:
        """Whether an attempt was started and not handed in yet."""
        return self.started.get(assessment, 0) > self.handed_in.get(assessment, 0)

    def earlier_attempts(self, assessment: str, rules: Rules, today: date) -> int:
        """How many attempts do not count any more, as the qualification that they led to expires or has expired."""
        until = self.valid_until.get(assessment)
        return self.earlier.get(assessment, 0) if until and today >= until - rules.renewal else 0

    @property
    def has_everything(self) -> bool:
        """Whether all that was assigned is handed in, so that a decision can be made."""
        return bool(self.assigned) and all(
            self.handed_in.get(name) and not self.is_running(name) for name in self.assigned
        )


class Notify(Record):
    """Write the applicant a notice."""

    do: Literal["notify"] = "notify"
    template: str


class AskForDecision(Record):
    """Everything is there: decide."""

    do: Literal["ask-for-decision"] = "ask-for-decision"


Action = Notify | AskForDecision


class Step(Record):
    """What an event leads to."""

    journey: Journey
    actions: tuple[Action, ...]


class RefusedError(UsageError):
    """An event that cannot happen now; the message says why in plain words."""


def may_start(journey: Journey, assessment: str, rules: Rules, *, now: datetime) -> None:
    """RefusedError unless an attempt at an assessment may begin now."""
    used = journey.started.get(assessment, 0) - journey.earlier_attempts(assessment, rules, now.date())
    allowed = rules.attempts.get(assessment, 1)
    if journey.is_running(assessment):
        raise RefusedError(f"an attempt at {assessment} is running already")
    if assessment in journey.closed:
        raise RefusedError(f"{assessment} was missed by too much to be tried again")
    if used >= allowed:
        raise RefusedError(f"all {allowed} attempts at {assessment} are used")
    begins = next_start(journey, assessment, rules)
    if begins and now < begins:
        raise RefusedError(f"{assessment} may be tried again from {begins:%Y-%m-%d %H:%M} UTC")


def next_start(journey: Journey, assessment: str, rules: Rules) -> datetime | None:
    """From when another attempt may start; None if nothing stands against it."""
    last = journey.last_handed_in.get(assessment)
    again = last + rules.waiting.get(assessment, timedelta()) if last else None
    asked = journey.retry_from if assessment in journey.retry else None
    return max((moment for moment in (again, asked) if moment), default=None)
