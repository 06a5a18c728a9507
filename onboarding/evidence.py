"""What a decision looks at: for each assessment the score that counts, with its standard error."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from assessments.items import Record
from grader.database import in_portions
from grader.outcome import Outcome
from grader.results import SkillSums, SubmissionResult, counting
from grader.store import Store

PORTION = 500
"""People whose evidence is looked at together: their results fit into memory, however many there are."""


class Measure(Record):
    """A score (share of the points, 0…1) and its standard error in the same unit.

    Args:
        max_points: of how many points it is a share; None where it is of several assessments, or was not recorded.
    """

    score: float
    standard_error: float
    max_points: float | None = None

    @property
    def rounded(self) -> tuple[float, float]:
        """The two numbers without what the order of a sum leaves behind."""
        return round(self.score, 9), round(self.standard_error, 9)


class Range(Record):
    """What a measure becomes once all is judged: if what waits earns nothing, and if it earns everything."""

    worst: Measure
    best: Measure


class Evidence(Record):
    """One applicant's result in one assessment, by reference to the submission it came from.

    Args:
        earlier: so many attempts before it count no more, as the qualification that they led to expires.
        total: the measure of what was judged so far; None where nothing was.
        waiting: points that wait for a person, and of how many; None where none do.
        range: of the total, where points wait; `skill_ranges` of the skills in which some do.
        fingerprint: a hash of everything that the result depends on, as `submission_id` is one of what was handed in.
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
    fingerprint: str | None = None
    earlier: int = 0

    @property
    def news(self) -> tuple[object, ...]:
        """What makes it new evidence when it changes; a new version of a bank or formula alone does not."""
        skills = {skill: found.rounded for skill, found in self.skills.items()}
        total = self.total.rounded if self.total else None
        return self.submission_id, self.attempt, self.outcome, self.flags, total, skills, self.waiting


def measure(points: Sequence[tuple[float, float]]) -> Measure:
    """The score of some items, given as (points, max points), and its standard error; see `measure_of_sums`."""
    got, most = sum(got for got, _ in points), sum(most for _, most in points)
    return measure_of_sums(got, len(points), most, sum(most**2 for _, most in points))


def measure_of_sums(points: float, items: int, max_points: float, squares: float) -> Measure:
    """The score of some items and its standard error.

    Binomial error model (Lord, 1955) for items of unequal weight: with w_i = max_i / sum of max, score s and n items,
    SE² = s (1 − s) · sum of w_i² · n / (n − 1). Partial credit varies less than right-or-wrong, so this errs on the
    side of caution. In the variance, s is kept half an item away from 0 and 1: nobody is certainly perfect. One item
    alone says nothing about its error: the widest possible, 0.5, is used.

    Args:
        squares: the sum of the squares of each item's maximum.
    """
    score = points / max_points
    if items < 2:
        return Measure(score=score, standard_error=0.5, max_points=max_points)
    half_item = 1 / (2 * items)
    inner = min(max(score, half_item), 1 - half_item)
    variance = inner * (1 - inner) * squares / max_points**2 * items / (items - 1)
    return Measure(score=score, standard_error=math.sqrt(variance), max_points=max_points)


def weighted_mean(parts: Sequence[tuple[float, Measure]]) -> Measure:
    """The weighted mean of scores, given as (weight, measure), and its standard error.

    Propagation of error for independent errors (JCGM 100:2008, "GUM", equation 10): with w_i = weight_i / sum of
    weights, SE² = sum of w_i² · SE_i².
    """
    whole = sum(weight for weight, _ in parts)
    score = sum(weight * found.score for weight, found in parts) / whole
    variance = sum((weight * found.standard_error / whole) ** 2 for weight, found in parts)
    return Measure(score=score, standard_error=math.sqrt(variance))


def evidence_in_portions(store: Store) -> Iterator[dict[str, list[Evidence]]]:
    """The evidence for everybody who handed in something, so many people at a time, by id."""
    for portion in in_portions(store.handed_in_by(), PORTION):
        yield evidence_of(store, portion)


def evidence_of(store: Store, applicant_ids: Collection[str]) -> dict[str, list[Evidence]]:
    """The evidence for these people, at most some hundred of them."""
    results = counting(store.results(applicant_ids=applicant_ids))
    sums: dict[str, dict[str, SkillSums]] = {result.submission_id: {} for result in results}
    for row in store.skill_sums(sums):
        sums[row.submission_id][row.skill] = row
    found: dict[str, list[Evidence]] = {}
    for result in results:
        by_skill = dict(sorted(sums[result.submission_id].items()))
        whole = _whole(result.submission_id, by_skill.values())
        evidence = Evidence(
            assessment=result.assessment,
            submission_id=result.submission_id,
            attempt=result.attempt,
            received_at=result.received_at,
            outcome=result.outcome,
            flags=result.reasons,
            total=_measured(whole),
            skills={skill: one for skill, part in by_skill.items() if (one := _measured(part))},
            waiting=_waiting(result),
            range=_range(whole),
            skill_ranges={skill: ends for skill, part in by_skill.items() if (ends := _range(part))},
            fingerprint=result.fingerprint,
        )
        found.setdefault(result.applicant_id, []).append(evidence)
    return found


def _whole(submission_id: str, skills: Collection[SkillSums]) -> SkillSums:
    """The sums over all skills."""
    columns = zip(*(part[2:] for part in skills), strict=True) if skills else [(0,)] * (len(SkillSums._fields) - 2)
    return SkillSums(submission_id, "", *map(sum, columns))


def _measured(part: SkillSums) -> Measure | None:
    """The measure of what was judged; None where nothing was."""
    if not part.judged:
        return None
    # what was earned in a slot of which all points wait is nothing
    return measure_of_sums(part.points, part.judged, part.judged_max, part.judged_squares)


def _range(part: SkillSums) -> Range | None:
    """None where nothing waits."""
    if not part.points_pending:
        return None
    of = (part.slots, part.max_points, part.squares)
    return Range(worst=measure_of_sums(part.points, *of), best=measure_of_sums(part.points + part.points_pending, *of))


def _waiting(result: SubmissionResult) -> tuple[float, float] | None:
    return (result.points_pending, result.max_points or 0.0) if result.points_pending else None
