"""Holds results against a policy, rule by rule: what was required, what was found, what would have changed it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from assessments.items import Record
from grader.outcome import Outcome
from onboarding.evidence import Evidence, Measure, Range, weighted_mean
from onboarding.requirements import Policy, Requirement

TOGETHER = "all together"
"""Stands for the assessment where a rule looks at several."""


class Standing(StrEnum):
    """Where one assessment stands against its requirement."""

    PASSED = "passed"
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    OPEN = "open"


SEVERITY = [Standing.FAILED, Standing.DOUBTFUL, Standing.OPEN, Standing.PASSED]


class RuleCheck(Record):
    """One rule held against what was found. Scores are shares of the points.

    Args:
        reason: all of it in plain words.
        required, found, standard_error: None where the rule is not about a score.
        width: closer than this to what is required, a person decides.
        change: what would have changed it, in plain words; empty where nothing had to.
    """

    assessment: str
    standing: Standing
    reason: str
    required: float | None = None
    found: float | None = None
    standard_error: float | None = None
    width: float | None = None
    change: str = ""


class Finding(Record):
    """One assessment held against its requirement: the checks that weigh most come first."""

    assessment: str
    checks: tuple[RuleCheck, ...]

    @property
    def standing(self) -> Standing:
        """The worst of its checks decides."""
        return min((check.standing for check in self.checks), key=SEVERITY.index)


def findings(policy: Policy, required: Sequence[str], evidence: Mapping[str, Evidence], now: datetime) -> list[Finding]:
    """Every required assessment against the policy, and all together where the policy weighs them up."""
    found = []
    for name in required:
        checks = _checks(policy.assessments[name], evidence.get(name), policy.band_of(name), name, now)
        found.append(Finding(assessment=name, checks=tuple(checks)))
    if together := _together(policy, found, evidence):
        found.append(Finding(assessment=TOGETHER, checks=(together,)))
    return found


def _checks(
    requirement: Requirement, evidence: Evidence | None, band: float, name: str, now: datetime
) -> list[RuleCheck]:
    if evidence is None:
        return [_plain(name, Standing.OPEN, "nothing was handed in yet")]
    if evidence.outcome in (None, Outcome.UNAVAILABLE):
        return [_plain(name, Standing.OPEN, "not graded yet; this is our side's delay")]
    if evidence.total is None and evidence.waiting is None:
        text = "could not be graded, a person looks at it: " + "; ".join(evidence.flags)
        return [_plain(name, Standing.DOUBTFUL, text)]
    scores = sorted(_scores(requirement, evidence, band), key=lambda check: SEVERITY.index(check.standing))
    if evidence.outcome is Outcome.FLAGGED:
        # a rule does not know what the flag means
        flags = "a person looks at it: " + "; ".join(evidence.flags)
        return [_plain(name, Standing.DOUBTFUL, flags), *map(_left_to_a_person, scores)]
    if evidence.waiting and scores[0].standing is Standing.DOUBTFUL:
        return [_plain(name, Standing.DOUBTFUL, waiting_in_words(*evidence.waiting)), *scores]
    until = evidence.received_at.date() + timedelta(days=requirement.valid_days)
    if scores[0].standing is Standing.PASSED and now.date() > until:
        return [_plain(name, Standing.OPEN, f"was valid until {until} and has to be taken again"), *scores]
    return scores


def _plain(name: str, standing: Standing, reason: str) -> RuleCheck:
    return RuleCheck(assessment=name, standing=standing, reason=reason)


def waiting_in_words(points: float, max_points: float) -> str:
    """Points that wait, of how many."""
    return f"{points:g} of {max_points:g} points wait for a person"


def _left_to_a_person(check: RuleCheck) -> RuleCheck:
    """A failed minimum of a result that a person has to look at fails nobody."""
    changes = {"standing": Standing.DOUBTFUL} if check.standing is Standing.FAILED else {}
    return check.model_copy(update={**changes, "change": ""})


def _scores(requirement: Requirement, evidence: Evidence, band: float) -> Iterator[RuleCheck]:
    """Every minimum score, the whole one first; a good total never hides a failed skill."""
    name = evidence.assessment
    yield _held(evidence.total, evidence.range, requirement.minimum_score, band, name, "the score", "")
    for skill, minimum in requirement.minimum_skill_scores.items():
        found, waits = evidence.skills.get(skill), evidence.skill_ranges.get(skill)
        if found or waits:
            yield _held(found, waits, minimum, band, name, f"the skill {skill}", f" in {skill.replace('-', ' ')}")


def _together(policy: Policy, found: Sequence[Finding], evidence: Mapping[str, Evidence]) -> RuleCheck | None:
    """The weighted mean of what is required; None where the policy has none, or nothing of it is required."""
    weighs = policy.compensation
    parts = [each for each in found if weighs and each.assessment in weighs.weights]
    if not weighs or not parts:
        return None
    if any(each.standing is Standing.OPEN for each in parts):
        return _plain(TOGETHER, Standing.OPEN, "the weighted mean needs every result")
    results = [(weighs.weights[each.assessment], evidence[each.assessment]) for each in parts]
    if not all(result.total or result.range for _, result in results):
        return _plain(TOGETHER, Standing.DOUBTFUL, "the weighted mean waits for a person")
    what = f"the weighted mean of {', '.join(each.assessment for each in parts)}"
    band = policy.band if weighs.band is None else weighs.band
    mean, waits = _mean(results)
    check = _held(mean, waits, weighs.minimum_score, band, TOGETHER, what, "")
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


def _held(
    found: Measure | None, waits: Range | None, minimum: float, band: float, name: str, what: str, where: str
) -> RuleCheck:
    """Where points wait, a rule decides only what they cannot change."""
    if waits is None:
        assert found is not None
        return _held_against(found, minimum, band, name, what, where)
    worst, best = (_held_against(each, minimum, band, name, what, where) for each in (waits.worst, waits.best))
    between = f"{what} will be between {waits.worst.score:.0%} and {waits.best.score:.0%} once all points are judged"
    if worst.standing is best.standing and worst.standing is not Standing.DOUBTFUL:
        reason = f"{between}, the minimum is {minimum:.0%}: what waits cannot change this"
        return (best if best.standing is Standing.FAILED else worst).model_copy(update={"reason": reason})
    reason = f"{between}, the minimum is {minimum:.0%}: a person judges what waits first"
    return RuleCheck(assessment=name, standing=Standing.DOUBTFUL, reason=reason, required=minimum)


def _held_against(found: Measure, minimum: float, band: float, name: str, what: str, where: str) -> RuleCheck:
    distance, width = found.score - minimum, band * found.standard_error
    reason = f"{what} is {found.score:.0%} (± {found.standard_error:.0%}), the minimum is {minimum:.0%}"
    # scores are sums of fractions: a hair below the minimum is the minimum
    standing = Standing.PASSED if distance >= -1e-9 else Standing.FAILED
    if width > 0 and abs(distance) < width:
        standing = Standing.DOUBTFUL
        reason += ": too close to the minimum for a rule, a person decides"
    return RuleCheck(
        assessment=name,
        standing=standing,
        reason=reason,
        required=minimum,
        found=found.score,
        standard_error=found.standard_error,
        width=width,
        change="" if standing is Standing.PASSED else _change(found, minimum, width, standing, where),
    )


def _change(found: Measure, minimum: float, width: float, standing: Standing, where: str) -> str:
    """How much more would have led elsewhere, if the standard error stays what it is."""
    passes = f"{_more(minimum + width, found, where)} would have passed this minimum" if minimum + width <= 1 else ""
    if standing is Standing.DOUBTFUL or not width:
        return passes
    looks = f"{_more(minimum - width, found, where)} would have sent it to a person"
    return f"{looks}; {passes}" if passes else looks


def _more(score: float, found: Measure, where: str) -> str:
    """What is missing to a score, rounded up: in points where their number is known."""
    if found.max_points is None:
        return f"{math.ceil((score - found.score) * 100 - 1e-6)} % more{where}"
    points = math.ceil((score - found.score) * found.max_points * 10 - 1e-6) / 10
    return f"{points:g} more point{'' if points == 1 else 's'}{where}"
