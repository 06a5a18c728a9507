"""What a rule came to when it was held against what was found, with all that is needed to say it in any language."""

from datetime import date
from enum import StrEnum
from functools import cached_property

from assessments.items import Record

TOGETHER = "all together"
"""Stands for the assessment where a rule looks at several."""


class Standing(StrEnum):
    """Where one assessment stands against its requirement."""

    PASSED = "passed"
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    OPEN = "open"


SEVERITY = [Standing.FAILED, Standing.DOUBTFUL, Standing.OPEN, Standing.PASSED]


class Kind(StrEnum):
    """What a check says; its words hang on it."""

    SCORE = "score"
    BETWEEN = "between"
    MISSING = "missing"
    UNGRADED = "ungraded"
    UNREADABLE = "unreadable"
    FLAGGED = "flagged"
    WAITING = "waiting"
    EXPIRED = "expired"
    MEAN_OPEN = "mean-open"
    MEAN_WAITING = "mean-waiting"
    REACHED = "project-reached"
    DOUBTED = "project-doubted"
    MISSED = "project-missed"
    HOLDING_UP = "project-holding-up"
    DECLINING = "project-declining"


CONCLUSIONS = frozenset({Kind.REACHED, Kind.DOUBTED, Kind.MISSED, Kind.HOLDING_UP, Kind.DECLINING})
"""What follows from all checks of a project."""


class Again(Record):
    """Whether what was missed may be tried again; one of the first three says it.

    Args:
        begins: the day from which it may.
        used: so many attempts are used, which are all.
        too_far: it was missed by more than this share.
        training: the training comes before.
        replaces: the new result takes the place of one that somebody is admitted with.
    """

    begins: date | None = None
    used: int | None = None
    too_far: float | None = None
    training: bool = False
    replaces: bool = False


class RuleCheck(Record):
    """One rule held against what was found. Scores are shares of the points.

    Args:
        reason: all of it in plain words.
        required, found, standard_error: None where the rule is not about a score.
        width: closer than this to what is required, a person decides.
        change: what would have changed it, in plain words; empty where nothing had to.
        kind: None in old records, which have nothing of what follows.
        project: whose rule it is; None where it is one for everybody.
        parts: the assessments that a mean is made of.
        max_points: of how many points `found` is a share.
        between: what the score will be at least and at most, where points wait.
        waiting: points that wait, and of how many.
        note: what grading said.
        until: how long a result was valid.
    """

    assessment: str
    standing: Standing
    reason: str
    required: float | None = None
    found: float | None = None
    standard_error: float | None = None
    width: float | None = None
    change: str = ""
    kind: Kind | None = None
    project: str | None = None
    skill: str | None = None
    parts: tuple[str, ...] | None = None
    max_points: float | None = None
    between: tuple[float, float] | None = None
    waiting: tuple[float, float] | None = None
    note: str | None = None
    until: date | None = None
    again: Again | None = None


class Finding(Record):
    """One assessment (or project) held against its requirement: the checks that weigh most come first."""

    assessment: str
    checks: tuple[RuleCheck, ...]

    @cached_property
    def standing(self) -> Standing:
        """The worst of its checks decides."""
        return min((check.standing for check in self.checks), key=SEVERITY.index)
