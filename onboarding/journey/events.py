"""What can happen on somebody's way: events, which are recorded for ever and never changed."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from assessments.items import Record, Slug
from onboarding.decision import Verdict


class Event(Record):
    """Something that happened, at a moment (UTC), by somebody: a person's name, or ours where a program did it."""

    at: AwareDatetime
    by: str


class Applied(Event):
    """The application arrived, for the first time or again."""

    kind: Literal["applied"] = "applied"


class SelfAssessed(Event):
    """The quick self-assessment was gone through; it is advice and has no score."""

    kind: Literal["self-assessed"] = "self-assessed"


class TestsAssigned(Event):
    """What has to be taken."""

    kind: Literal["tests-assigned"] = "tests-assigned"
    assessments: Annotated[tuple[Slug, ...], Field(min_length=1)]


class TestStarted(Event):
    """An attempt was issued; its clock runs."""

    kind: Literal["test-started"] = "test-started"
    assessment: Slug


class TestHandedIn(Event):
    """Something was handed in for the attempt that runs."""

    kind: Literal["test-handed-in"] = "test-handed-in"
    assessment: Slug


class Decided(Event):
    """A decision was recorded.

    Args:
        decision: its number in the record of decisions.
        retry: what may be tried again after a decline; nothing, where the decision is final. Of a member, what may be
            tried again after the training.
        closed: what was missed by too much to be tried again.
        retry_from: from when on.
        valid_until: the last day of each qualification that it gives, by assessment.
    """

    kind: Literal["decided"] = "decided"
    decision: int
    verdict: Verdict
    retry: tuple[Slug, ...] = ()
    retry_from: AwareDatetime | None = None
    closed: tuple[Slug, ...] = ()
    valid_until: Mapping[Slug, date] = Field(default_factory=dict)


class TrainingDone(Event):
    """A near miss has gone through the training that comes before another attempt."""

    kind: Literal["training-done"] = "training-done"


class ModuleDone(Event):
    """An onboarding module was gone through, its practice answered right."""

    kind: Literal["module-done"] = "module-done"
    module: Slug


class Withdrawn(Event):
    """The applicant does not want to go on."""

    kind: Literal["withdrawn"] = "withdrawn"


class Expired(Event):
    """Nothing happened for longer than the policy waits.

    Args:
        quiet_since: since when.
    """

    kind: Literal["expired"] = "expired"
    quiet_since: AwareDatetime | None = None


AnyEvent = Annotated[
    Applied
    | SelfAssessed
    | TestsAssigned
    | TestStarted
    | TestHandedIn
    | Decided
    | TrainingDone
    | ModuleDone
    | Withdrawn
    | Expired,
    Field(discriminator="kind"),
]
