"""Decides: a pure function from evidence and policy to an outcome with its reasons in plain words."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from assessments.items import Record
from onboarding.checks import findings
from onboarding.evidence import Evidence
from onboarding.phrases import ENGLISH
from onboarding.projects import looked_at, project_findings
from onboarding.qualifying import Qualification as Qualification
from onboarding.qualifying import for_project, qualifications
from onboarding.requirements import Declared, Policy
from onboarding.retrying import again
from onboarding.standing import CONCLUSIONS, SEVERITY, TOGETHER, Finding, RuleCheck, Standing
from onboarding.wording import again as again_in_words
from onboarding.wording import label

AUTOMATIC = "decided automatically"


class Verdict(StrEnum):
    """What a decision says."""

    ADMIT = "admit"
    REVIEW = "review"
    DECLINE = "decline"


class Decision(Record):
    """An outcome with everything that led to it. Never changed; a new one is added instead.

    Args:
        inputs: by reference and hash: `submission_id` is the hash of what was handed in, `fingerprint` of its grading.
        rules: rule by rule what was required and found; empty in old records.
        objection_until: until when the applicant may object; None in old records.
        id: its number in the record of decisions; None before it is on record.
    """

    applicant_id: str
    verdict: Verdict
    reasons: tuple[str, ...]
    qualifications: tuple[Qualification, ...]
    inputs: tuple[Evidence, ...]
    policy_version: str
    decided_by: str
    decided_at: datetime
    rules: tuple[RuleCheck, ...] = ()
    objection_until: datetime | None = None
    id: int | None = None


def decide(
    applicant_id: str, policy: Policy, evidence: Sequence[Evidence], *, now: datetime, declared: Declared | None = None
) -> Decision | None:
    """The decision that the policy gives; None while something required is still missing and nothing has failed.

    Args:
        declared: what the applicant declared; without an application everything in the stages is required.
    """
    required = policy.required_of(declared)
    by_assessment = {e.assessment: e for e in evidence}
    found = [_with_retry(policy, each, by_assessment) for each in findings(policy, required, by_assessment, now)]
    projects = project_findings(policy, found, by_assessment, now) if policy.projects else []
    for_all = [each for each in projects if policy.projects[each.assessment].failing == "all"]
    verdict = _verdict(found, for_all, _closing_themselves(policy, required) if declared else ())
    if verdict is None:
        return None
    passed = {finding.assessment for finding in found if finding.standing is Standing.PASSED}
    reached = [each.assessment for each in projects if each.standing is Standing.PASSED]
    looks_at = _looked_at(policy, required, by_assessment) if policy.projects else required
    inputs = tuple(by_assessment[name] for name in looks_at if name in by_assessment)
    granted = qualifications(policy, [e for e in inputs if e.assessment in passed])
    return Decision(
        applicant_id=applicant_id,
        verdict=verdict,
        reasons=tuple(_reasons(found, projects, for_all, verdict)),
        qualifications=(*granted, *(each for name in reached for each in for_project(policy, name, by_assessment))),
        inputs=inputs,
        policy_version=policy.version,
        decided_by=AUTOMATIC,
        decided_at=now,
        rules=tuple(check for finding in (*found, *projects) for check in finding.checks),
        objection_until=now + timedelta(days=policy.objection_days),
    )


def _looked_at(policy: Policy, required: Sequence[str], evidence: dict[str, Evidence]) -> list[str]:
    """What is required, and what projects look at."""
    names = {*required, *looked_at(policy, evidence)}
    return [name for name in policy.named if name in names]


def _with_retry(policy: Policy, finding: Finding, evidence: dict[str, Evidence]) -> Finding:
    """With whether it may be tried again, where it was failed."""
    if finding.standing is not Standing.FAILED or finding.assessment == TOGETHER:
        return finding
    first, *rest = finding.checks
    found = again(policy, finding.checks, evidence[finding.assessment])
    return Finding(assessment=finding.assessment, checks=(first.model_copy(update={"again": found}), *rest))


def _closing_themselves(policy: Policy, required: Sequence[str]) -> set[str]:
    """Failing one of these closes that assessment alone, where the policy says so."""
    return set(required) - set(policy.of_everybody) if policy.failing == "assessment" else set()


def _verdict(found: Sequence[Finding], for_all: Sequence[Finding], alone: Collection[str]) -> Verdict | None:
    """What the findings lead to; of those that stand alone, one has to be passed.

    One that stands alone and is in doubt neither admits nor holds up: a better score would else do harm.

    Args:
        for_all: of projects that whoever misses is declined for.
    """
    needed = [each.standing for each in found if each.assessment not in alone]
    needed += [each.standing for each in for_all]
    single = [each.standing for each in found if each.assessment in alone]
    if Standing.FAILED in needed:
        return Verdict.DECLINE
    if Standing.OPEN in needed or Standing.OPEN in single or not found:
        return None
    if single and Standing.PASSED not in single:
        needed.append(min(single, key=_HOPE.index))
    if Standing.FAILED in needed:
        return Verdict.DECLINE
    return Verdict.REVIEW if Standing.DOUBTFUL in needed else Verdict.ADMIT


_HOPE = list(reversed(SEVERITY))


def _reasons(
    found: Sequence[Finding], projects: Sequence[Finding], for_all: Sequence[Finding], verdict: Verdict
) -> Iterator[str]:
    """What decided first, then the rest; who is declined need not hear of projects that say nothing about others."""
    if verdict is Verdict.ADMIT:
        yield HEADLINES[all(finding.standing is Standing.PASSED for finding in (*found, *projects))]
    weighing = sorted([*found, *for_all], key=lambda finding: SEVERITY.index(finding.standing))
    others = [each for each in projects if each not in for_all] if verdict is not Verdict.DECLINE else []
    for finding in (*weighing, *others):
        yield from _lines(finding)


HEADLINES = {True: "every minimum score is reached", False: "every minimum score is reached that admission needs"}
"""What an admission begins with, by whether nothing at all was missed."""


def _lines(finding: Finding) -> Iterator[str]:
    """What was required and found, then whether it may be tried again; what a project's minima reach is one line."""
    for check in finding.checks:
        if not check.project or check.standing is not Standing.PASSED or check.kind in CONCLUSIONS:
            yield f"{label(check, ENGLISH)}: {check.reason}"
    for check in finding.checks:
        if check.again:
            yield f"{label(check, ENGLISH)}: {again_in_words(check.again, ENGLISH)}"
