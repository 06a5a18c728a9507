"""Holds results against a policy, rule by rule: what was required, what was found, what would have changed it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from grader.outcome import Outcome
from onboarding import wording
from onboarding.evidence import Evidence, Measure, Range, weighted_mean
from onboarding.phrases import ENGLISH
from onboarding.requirements import Policy, Requirement
from onboarding.standing import SEVERITY, TOGETHER, Finding, Kind, RuleCheck, Standing


def findings(policy: Policy, required: Sequence[str], evidence: Mapping[str, Evidence], now: datetime) -> list[Finding]:
    """Every required assessment against the policy, and all together where the policy weighs them up."""
    found = []
    for name in required:
        checks = held_against(policy.assessments[name], evidence.get(name), policy.band_of(name), name, now)
        found.append(Finding(assessment=name, checks=tuple(checks)))
    if together := _together(policy, found, evidence):
        found.append(Finding(assessment=TOGETHER, checks=(together,)))
    return found


def held_against(
    requirement: Requirement, evidence: Evidence | None, band: float, name: str, now: datetime
) -> list[RuleCheck]:
    """One assessment's result against what is required of it; what weighs most comes first."""
    if evidence is None:
        return [worded(assessment=name, standing=Standing.OPEN, kind=Kind.MISSING)]
    if evidence.outcome in (None, Outcome.UNAVAILABLE):
        return [worded(assessment=name, standing=Standing.OPEN, kind=Kind.UNGRADED)]
    flags = "; ".join(evidence.flags)
    if evidence.total is None and evidence.waiting is None:
        return [worded(assessment=name, standing=Standing.DOUBTFUL, kind=Kind.UNREADABLE, note=flags)]
    scores = sorted(_scores(requirement, evidence, band), key=lambda check: SEVERITY.index(check.standing))
    if evidence.outcome is Outcome.FLAGGED:
        # a rule does not know what the flag means
        flagged = worded(assessment=name, standing=Standing.DOUBTFUL, kind=Kind.FLAGGED, note=flags)
        return [flagged, *map(_left_to_a_person, scores)]
    if evidence.waiting and scores[0].standing is Standing.DOUBTFUL:
        points = evidence.waiting
        return [worded(assessment=name, standing=Standing.DOUBTFUL, kind=Kind.WAITING, waiting=points), *scores]
    until = evidence.received_at.date() + timedelta(days=requirement.valid_days)
    if scores[0].standing is Standing.PASSED and now.date() > until:
        return [worded(assessment=name, standing=Standing.OPEN, kind=Kind.EXPIRED, until=until), *scores]
    return scores


def worded(**facts: Any) -> RuleCheck:
    """A check with its words in English, which are kept with it."""
    check = RuleCheck(reason="", **facts)
    return check.model_copy(update={"reason": wording.reason(check, ENGLISH), "change": wording.change(check, ENGLISH)})


def _left_to_a_person(check: RuleCheck) -> RuleCheck:
    """A failed minimum of a result that a person has to look at fails nobody."""
    changes = {"standing": Standing.DOUBTFUL} if check.standing is Standing.FAILED else {}
    return check.model_copy(update={**changes, "change": ""})


def _scores(requirement: Requirement, evidence: Evidence, band: float) -> Iterator[RuleCheck]:
    """Every minimum score, the whole one first; a good total never hides a failed skill."""
    name = evidence.assessment
    yield _held(evidence.total, evidence.range, requirement.minimum_score, band, _About(name))
    for skill, minimum in requirement.minimum_skill_scores.items():
        found, waits = evidence.skills.get(skill), evidence.skill_ranges.get(skill)
        if found or waits:
            yield _held(found, waits, minimum, band, _About(name, skill))


def _together(policy: Policy, found: Sequence[Finding], evidence: Mapping[str, Evidence]) -> RuleCheck | None:
    """The weighted mean of what is required; None where the policy has none, or nothing of it is required."""
    weighs = policy.compensation
    parts = [each for each in found if weighs and each.assessment in weighs.weights]
    if not weighs or not parts:
        return None
    if any(each.standing is Standing.OPEN for each in parts):
        return worded(assessment=TOGETHER, standing=Standing.OPEN, kind=Kind.MEAN_OPEN)
    results = [(weighs.weights[each.assessment], evidence[each.assessment]) for each in parts]
    if not all(result.total or result.range for _, result in results):
        return worded(assessment=TOGETHER, standing=Standing.DOUBTFUL, kind=Kind.MEAN_WAITING)
    about = _About(TOGETHER, parts=tuple(each.assessment for each in parts))
    band = policy.band if weighs.band is None else weighs.band
    mean, waits = _mean(results)
    check = _held(mean, waits, weighs.minimum_score, band, about)
    return _left_to_a_person(check) if any(e.outcome is Outcome.FLAGGED for _, e in results) else check


def _mean(results: Sequence[tuple[float, Evidence]]) -> tuple[Measure, Range | None]:
    """The weighted mean; where points wait, what it becomes instead."""
    ends = [(weight, _ends(result)) for weight, result in results]
    worst = weighted_mean([(weight, each.worst) for weight, each in ends])
    best = weighted_mean([(weight, each.best) for weight, each in ends])
    return worst, Range(worst=worst, best=best) if any(result.range for _, result in results) else None


def _ends(result: Evidence) -> Range:
    """What its score is at least and at most."""
    if result.range:
        return result.range
    assert result.total is not None
    return Range(worst=result.total, best=result.total)


class _About(NamedTuple):
    """Which score it is: of an assessment, of one of its skills, or the mean of several."""

    assessment: str
    skill: str | None = None
    parts: tuple[str, ...] | None = None


def _held(found: Measure | None, waits: Range | None, minimum: float, band: float, about: _About) -> RuleCheck:
    """Where points wait, a rule decides only what they cannot change."""
    if waits is None:
        assert found is not None
        return _scored(about, found.score, found.standard_error, found.max_points, minimum, band)
    worst, best = (_measured(each, minimum, band) for each in (waits.worst, waits.best))
    between = {**about._asdict(), "kind": Kind.BETWEEN, "between": (waits.worst.score, waits.best.score)}
    if worst["standing"] is best["standing"] and worst["standing"] is not Standing.DOUBTFUL:
        return worded(**between, **(best if best["standing"] is Standing.FAILED else worst))
    return worded(**between, standing=Standing.DOUBTFUL, required=minimum)


@lru_cache(maxsize=10_000)
def _scored(
    about: _About, score: float, error: float, max_points: float | None, minimum: float, band: float
) -> RuleCheck:
    """A check never changes, and many people have the same score: it is made once."""
    found = Measure(score=score, standard_error=error, max_points=max_points)
    return worded(kind=Kind.SCORE, **about._asdict(), **_measured(found, minimum, band))


def _measured(found: Measure, minimum: float, band: float) -> dict[str, Any]:
    """Where a score stands, and the numbers that say so."""
    distance, width = found.score - minimum, band * found.standard_error
    # scores are sums of fractions: a hair below the minimum is the minimum
    standing = Standing.PASSED if distance >= -1e-9 else Standing.FAILED
    return {
        "standing": Standing.DOUBTFUL if width > 0 and abs(distance) < width else standing,
        "required": minimum,
        "found": found.score,
        "standard_error": found.standard_error,
        "width": width,
        "max_points": found.max_points,
    }
