"""Decides: a pure function from evidence and policy to an outcome with its reasons in plain words."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from assessments.items import Record
from grader.judge import Outcome
from onboarding.evidence import Evidence, Measure, Range
from onboarding.policy import Policy, Requirement, retry_from

AUTOMATIC = "decided automatically"


class Verdict(StrEnum):
    """What a decision says."""

    ADMIT = "admit"
    REVIEW = "review"
    DECLINE = "decline"


class Standing(StrEnum):
    """Where one assessment stands against its requirement."""

    PASSED = "passed"
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    OPEN = "open"


class Finding(Record):
    """One assessment held against its requirement."""

    assessment: str
    standing: Standing
    reasons: tuple[str, ...]


class Qualification(Record):
    """A passed assessment: what it stands for, since when, until when."""

    name: str
    assessment: str
    score: float
    since: date
    until: date


class Decision(Record):
    """An outcome with everything that led to it. Never changed; a new one is added instead."""

    applicant_id: str
    verdict: Verdict
    reasons: tuple[str, ...]
    qualifications: tuple[Qualification, ...]
    inputs: tuple[Evidence, ...]
    policy_version: str
    decided_by: str
    decided_at: datetime


def decide(applicant_id: str, policy: Policy, evidence: Sequence[Evidence], *, now: datetime) -> Decision | None:
    """The decision that the policy gives; None while something required is still missing and nothing has failed."""
    by_assessment = {e.assessment: e for e in evidence}
    inputs = tuple(by_assessment[name] for name in policy.required if name in by_assessment)
    findings = [_finding(policy, name, by_assessment.get(name)) for name in policy.required]
    passed = {finding.assessment for finding in findings if finding.standing is Standing.PASSED}
    standings = {finding.standing for finding in findings}
    reasons = list(_reasons(findings))
    if Standing.FAILED in standings:
        verdict = Verdict.DECLINE
    elif Standing.OPEN in standings:
        return None
    elif Standing.DOUBTFUL in standings:
        verdict = Verdict.REVIEW
    else:
        verdict = Verdict.ADMIT
        reasons.insert(0, "every minimum score is reached")
    return Decision(
        applicant_id=applicant_id,
        verdict=verdict,
        reasons=tuple(reasons),
        qualifications=qualifications(policy, [e for e in inputs if e.assessment in passed]),
        inputs=inputs,
        policy_version=policy.version,
        decided_by=AUTOMATIC,
        decided_at=now,
    )


def _finding(policy: Policy, assessment: str, evidence: Evidence | None) -> Finding:
    standing, reasons = _standing(policy.assessments[assessment], evidence, policy.band)
    return Finding(assessment=assessment, standing=standing, reasons=tuple(reasons))


def _standing(requirement: Requirement, evidence: Evidence | None, band: float) -> tuple[Standing, list[str]]:
    if evidence is None:
        return Standing.OPEN, ["nothing was handed in yet"]
    if evidence.outcome in (None, Outcome.UNAVAILABLE):
        return Standing.OPEN, ["not graded yet; this is our side's delay"]
    if evidence.total is None and evidence.waiting is None:
        return Standing.DOUBTFUL, ["could not be graded, a person looks at it: " + "; ".join(evidence.flags)]
    checks = sorted(_checks(requirement, evidence, band), key=lambda check: _SEVERITY.index(check[0]))
    reasons = [text for _, text in checks]
    if evidence.outcome is Outcome.FLAGGED:
        # a rule does not know what the flag means
        return Standing.DOUBTFUL, ["a person looks at it: " + "; ".join(evidence.flags), *reasons]
    worst = checks[0][0]
    if evidence.waiting and worst is Standing.DOUBTFUL:
        reasons.insert(0, waiting_in_words(*evidence.waiting))
    if worst is Standing.FAILED:
        reasons.append(_retry(requirement, evidence))
    return worst, reasons


def waiting_in_words(points: float, max_points: float) -> str:
    """Points that wait, of how many."""
    return f"{points:g} of {max_points:g} points wait for a person"


_SEVERITY = [Standing.FAILED, Standing.DOUBTFUL, Standing.OPEN, Standing.PASSED]


def _checks(requirement: Requirement, evidence: Evidence, band: float) -> Iterator[tuple[Standing, str]]:
    """Every minimum score, the whole one first; a good total never hides a failed skill."""
    yield _held(evidence.total, evidence.range, requirement.minimum_score, band, "the score")
    for skill, minimum in requirement.minimum_skill_scores.items():
        found, waits = evidence.skills.get(skill), evidence.skill_ranges.get(skill)
        if found or waits:
            yield _held(found, waits, minimum, band, f"the skill {skill}")


def _held(found: Measure | None, waits: Range | None, minimum: float, band: float, what: str) -> tuple[Standing, str]:
    """Where points wait, a rule decides only what they cannot change."""
    if waits is None:
        assert found is not None
        return _held_against(found, minimum, band, what)
    (worst, _), (best, _) = (_held_against(each, minimum, band, what) for each in (waits.worst, waits.best))
    between = f"{what} will be between {waits.worst.score:.0%} and {waits.best.score:.0%} once all points are judged"
    if worst is best and worst is not Standing.DOUBTFUL:
        return worst, f"{between}, the minimum is {minimum:.0%}: what waits cannot change this"
    return Standing.DOUBTFUL, f"{between}, the minimum is {minimum:.0%}: a person judges what waits first"


def _held_against(found: Measure, minimum: float, band: float, what: str) -> tuple[Standing, str]:
    distance, width = found.score - minimum, band * found.standard_error
    text = f"{what} is {found.score:.0%} (± {found.standard_error:.0%}), the minimum is {minimum:.0%}"
    if width > 0 and abs(distance) < width:
        return Standing.DOUBTFUL, f"{text}: too close to the minimum for a rule, a person decides"
    # scores are sums of fractions: a hair below the minimum is the minimum
    return (Standing.PASSED if distance >= -1e-9 else Standing.FAILED), text


def _retry(requirement: Requirement, evidence: Evidence) -> str:
    again = retry_from(requirement, evidence.attempt, evidence.received_at)
    if again is None:
        return f"all {requirement.attempts} attempts are used"
    return f"may be tried again from {again:%Y-%m-%d}"


def _reasons(findings: Sequence[Finding]) -> Iterator[str]:
    """What decided first, then the rest."""
    for finding in sorted(findings, key=lambda finding: _SEVERITY.index(finding.standing)):
        for reason in finding.reasons:
            yield f"{finding.assessment}: {reason}"


def qualifications(policy: Policy, evidence: Sequence[Evidence]) -> tuple[Qualification, ...]:
    """What these results qualify for, where they have a score; the caller knows that they are good enough."""
    found = []
    for result in evidence:
        if result.total and (requirement := policy.assessments.get(result.assessment)):
            since = result.received_at.date()
            found.append(
                Qualification(
                    name=requirement.qualification,
                    assessment=result.assessment,
                    score=result.total.score,
                    since=since,
                    until=since + timedelta(days=requirement.valid_days),
                )
            )
    return tuple(found)
