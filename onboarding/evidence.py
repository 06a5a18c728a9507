"""What a decision looks at: for each assessment the score that counts, with its standard error."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from assessments.items import Record
from grader.judge import Outcome
from grader.results import ALL_WAITS, SubmissionResult, counting
from grader.store import Store
from grader.tables import ItemScoreRow


class Measure(Record):
    """A score (share of the points, 0…1) and its standard error in the same unit."""

    score: float
    standard_error: float


class Range(Record):
    """What a measure becomes once all is judged: if what waits earns nothing, and if it earns everything."""

    worst: Measure
    best: Measure


class Evidence(Record):
    """One applicant's result in one assessment, by reference to the submission it came from.

    Args:
        total: the measure of what was judged so far; None where nothing was.
        waiting: points that wait for a person, and of how many; None where none do.
        range: of the total, where points wait; `skill_ranges` of the skills in which some do.
    """

    assessment: str
    submission_id: str
    attempt: int
    received_at: datetime
    outcome: Outcome | None
    flags: tuple[str, ...] = ()
    total: Measure | None = None
    skills: Mapping[str, Measure] = {}
    waiting: tuple[float, float] | None = None
    range: Range | None = None
    skill_ranges: Mapping[str, Range] = {}


def measure(points: Sequence[tuple[float, float]]) -> Measure:
    """The score of some items, given as (points, max points), and its standard error.

    Binomial error model (Lord, 1955) for items of unequal weight: with w_i = max_i / sum of max, score s and n items,
    SE² = s (1 − s) · sum of w_i² · n / (n − 1). Partial credit varies less than right-or-wrong, so this errs on the
    side of caution. In the variance, s is kept half an item away from 0 and 1: nobody is certainly perfect. One item
    alone says nothing about its error: the widest possible, 0.5, is used.
    """
    total = sum(most for _, most in points)
    score = sum(got for got, _ in points) / total
    if len(points) < 2:
        return Measure(score=score, standard_error=0.5)
    weights = sum((most / total) ** 2 for _, most in points)
    half_item = 1 / (2 * len(points))
    inner = min(max(score, half_item), 1 - half_item)
    variance = inner * (1 - inner) * weights * len(points) / (len(points) - 1)
    return Measure(score=score, standard_error=math.sqrt(variance))


def evidence_by_applicant(store: Store, applicant_id: str | None = None) -> dict[str, list[Evidence]]:
    """The evidence for everybody who handed in something (or for one person)."""
    results = counting(store.results(applicant_id=applicant_id))
    scores: dict[str, list[ItemScoreRow]] = {result.submission_id: [] for result in results}
    for row in store.item_scores(scores):
        scores[row.submission_id].append(row)
    found: dict[str, list[Evidence]] = {}
    for result in results:
        rows = scores[result.submission_id]
        evidence = Evidence(
            assessment=result.assessment,
            submission_id=result.submission_id,
            attempt=result.attempt,
            received_at=result.received_at,
            outcome=result.outcome,
            flags=result.reasons,
            total=_measured(rows),
            skills=_by_skill(rows),
            waiting=_waiting(result),
            range=_range(rows),
            skill_ranges=_range_by_skill(rows),
        )
        found.setdefault(result.applicant_id, []).append(evidence)
    return found


def _measured(rows: Iterable[ItemScoreRow]) -> Measure | None:
    """The measure of the judged parts; None where there are none."""
    judged = [(row.points, row.max_points - row.points_pending) for row in rows]
    parts = [(points, most) for points, most in judged if most > ALL_WAITS]
    return measure(parts) if parts else None


def _range(rows: Sequence[ItemScoreRow]) -> Range | None:
    """None where nothing waits."""
    if not any(row.points_pending for row in rows):
        return None
    return Range(
        worst=measure([(row.points, row.max_points) for row in rows]),
        best=measure([(row.points + row.points_pending, row.max_points) for row in rows]),
    )


def _by_skill(rows: Iterable[ItemScoreRow]) -> dict[str, Measure]:
    return {skill: found for skill, mine in _skills(rows).items() if (found := _measured(mine))}


def _range_by_skill(rows: Iterable[ItemScoreRow]) -> dict[str, Range]:
    return {skill: found for skill, mine in _skills(rows).items() if (found := _range(mine))}


def _skills(rows: Iterable[ItemScoreRow]) -> dict[str, list[ItemScoreRow]]:
    skills: dict[str, list[ItemScoreRow]] = {}
    for row in rows:
        skills.setdefault(row.skill, []).append(row)
    return dict(sorted(skills.items()))


def _waiting(result: SubmissionResult) -> tuple[float, float] | None:
    return (result.points_pending, result.max_points or 0.0) if result.points_pending else None
