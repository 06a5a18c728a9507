"""Decides: a pure function from evidence and policy to an outcome with its reasons in plain words."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from assessments.items import Record
from onboarding.checks import SEVERITY, TOGETHER, Finding, RuleCheck, Standing, findings
from onboarding.evidence import Evidence
from onboarding.requirements import Declared, Policy
from onboarding.retrying import retry_in_words

AUTOMATIC = "decided automatically"


class Verdict(StrEnum):
    """What a decision says."""

    ADMIT = "admit"
    REVIEW = "review"
    DECLINE = "decline"


class Qualification(Record):
    """A passed assessment: what it stands for, since when, until when."""

    name: str
    assessment: str
    score: float
    since: date
    until: date


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
    required = policy.required_for(declared.languages, declared.domains) if declared else policy.required
    by_assessment = {e.assessment: e for e in evidence}
    found = findings(policy, required, by_assessment, now)
    verdict = _verdict(found, _closing_themselves(policy, required) if declared else ())
    if verdict is None:
        return None
    passed = {finding.assessment for finding in found if finding.standing is Standing.PASSED}
    inputs = tuple(by_assessment[name] for name in required if name in by_assessment)
    return Decision(
        applicant_id=applicant_id,
        verdict=verdict,
        reasons=tuple(_reasons(policy, found, by_assessment, verdict)),
        qualifications=qualifications(policy, [e for e in inputs if e.assessment in passed]),
        inputs=inputs,
        policy_version=policy.version,
        decided_by=AUTOMATIC,
        decided_at=now,
        rules=tuple(check for finding in found for check in finding.checks),
        objection_until=now + timedelta(days=policy.objection_days),
    )


def _closing_themselves(policy: Policy, required: Sequence[str]) -> set[str]:
    """Failing one of these closes that assessment alone, where the policy says so."""
    return set(required) - set(policy.of_everybody) if policy.failing == "assessment" else set()


def _verdict(found: Sequence[Finding], alone: Collection[str]) -> Verdict | None:
    """What the findings lead to; of those that stand alone, one has to be passed.

    One that stands alone and is in doubt neither admits nor holds up: a better score would else do harm.
    """
    needed = [each.standing for each in found if each.assessment not in alone]
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
    policy: Policy, found: Sequence[Finding], evidence: dict[str, Evidence], verdict: Verdict
) -> Iterator[str]:
    """What decided first, then the rest."""
    if verdict is Verdict.ADMIT:
        yield "every minimum score is reached" + ("" if _all_passed(found) else " that admission needs")
    for finding in sorted(found, key=lambda finding: SEVERITY.index(finding.standing)):
        for check in finding.checks:
            yield f"{finding.assessment}: {check.reason}"
        if finding.standing is Standing.FAILED and finding.assessment != TOGETHER:
            yield f"{finding.assessment}: {retry_in_words(policy, finding, evidence[finding.assessment])}"


def _all_passed(found: Sequence[Finding]) -> bool:
    return all(finding.standing is Standing.PASSED for finding in found)


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
