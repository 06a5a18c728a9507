"""Which of several submissions counts: pure functions over the rows of the database."""

from collections.abc import Iterable
from datetime import datetime

from assessments.items import Record
from grader.judge import Outcome

USABLE = (Outcome.GRADED, Outcome.FLAGGED)


class SubmissionResult(Record):
    """One submission with what is known of it. `outcome` is None while it has not been graded."""

    submission_id: str
    applicant_id: str
    assessment: str
    attempt: int
    issued_at: datetime
    closes_at: datetime
    received_at: datetime
    outcome: Outcome | None = None
    points: float | None = None
    max_points: float | None = None
    reasons: tuple[str, ...] = ()

    @property
    def score(self) -> float | None:
        """Points as a share of the maximum, 0…1; None where nothing was scored, which is not zero."""
        return self.points / self.max_points if self.points is not None and self.max_points else None

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


def counting(results: Iterable[SubmissionResult]) -> list[SubmissionResult]:
    """For each applicant and assessment the submission that counts, by applicant and assessment."""
    best: dict[tuple[str, str], SubmissionResult] = {}
    for result in results:
        whose = (result.applicant_id, result.assessment)
        if whose not in best or result.rank > best[whose].rank:
            best[whose] = result
    return [best[whose] for whose in sorted(best)]
