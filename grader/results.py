"""Which of several submissions counts: pure functions over the rows of the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from assessments.items import Record
from grader.outcome import Outcome

USABLE = (Outcome.GRADED, Outcome.FLAGGED)


ALL_WAITS = 1e-9
"""A maximum below this many points is none: it is left over where all points wait for a person."""


class SkillSums(NamedTuple):
    """Sums over the slots of one skill in one submission, as errors of scores are worked out from.

    Args:
        judged: slots of which something was judged; `judged_max` of how many points, `judged_squares` of their squares.
        slots: all of them; `max_points` with those that wait for a person, `squares` of their squares.
    """

    submission_id: str
    skill: str
    points: float
    points_pending: float
    judged: int
    judged_max: float
    judged_squares: float
    slots: int
    max_points: float
    squares: float


class SubmissionResult(Record):
    """One submission with what is known of it. `outcome` is None while it has not been graded.

    Args:
        points_pending: what waits for a person: in `max_points`, not in `points`.
        worked_minutes: how long somebody worked on it, by the applicant's page; None where it does not say.
        fingerprint: a hash of everything that the result depends on; None while there is none.
    """

    submission_id: str
    applicant_id: str
    assessment: str
    attempt: int
    issued_at: datetime
    closes_at: datetime
    received_at: datetime
    outcome: Outcome | None = None
    points: float | None = None
    points_pending: float = 0.0
    max_points: float | None = None
    worked_minutes: float | None = None
    reasons: tuple[str, ...] = ()
    fingerprint: str | None = None

    @property
    def score(self) -> float | None:
        """Points as a share of what was judged so far, 0…1; None where nothing was, which is not zero."""
        return share(self.points, self.max_points, self.points_pending)

    @property
    def status(self) -> str:
        """The outcome; `review` where a part of the points waits for a person, `waiting` before grading.

        A flag stays in sight: what is flagged and waits is `flagged`.
        """
        if self.outcome is Outcome.GRADED and self.points_pending:
            return "review"
        return str(self.outcome or "waiting")

    @property
    def minutes_used(self) -> float:
        """Minutes from issue to receipt, by the grader's clock."""
        return (self.received_at - self.issued_at).total_seconds() / 60

    @property
    def rank(self) -> tuple[int, bool, bool, datetime, str]:
        """Orders the submissions of one applicant for one assessment; the highest counts.

        The latest attempt; in it a submission that could be graded before one that could not, one in time before a late
        one, the last one before an earlier one.
        """
        usable, in_time = self.outcome in USABLE, self.received_at <= self.closes_at
        return self.attempt, usable, in_time, self.received_at, self.submission_id


def share(points: float | None, max_points: float | None, pending: float) -> float | None:
    """Points as a share of those that were judged, 0…1; None where none were.

    Args:
        max_points: all that could be had, with `pending`, which waits for a person.
    """
    judged = (max_points or 0.0) - pending
    return points / judged if points is not None and judged > ALL_WAITS else None


def counting(results: Iterable[SubmissionResult]) -> list[SubmissionResult]:
    """For each applicant and assessment the submission that counts, by applicant and assessment."""
    best: dict[tuple[str, str], SubmissionResult] = {}
    for result in results:
        whose = (result.applicant_id, result.assessment)
        if whose not in best or result.rank > best[whose].rank:
            best[whose] = result
    return [best[whose] for whose in sorted(best)]
