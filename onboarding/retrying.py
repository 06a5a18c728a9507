"""Whether what was failed may be tried again, and from when on."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from onboarding.evidence import Evidence
from onboarding.policy import retry_from
from onboarding.requirements import Policy
from onboarding.standing import TOGETHER, Again, RuleCheck, Standing


class Retry(NamedTuple):
    """What may be tried again, and from when on; nothing, where a decline is final."""

    assessments: tuple[str, ...] = ()
    begins: datetime | None = None


def again(policy: Policy, checks: Iterable[RuleCheck], evidence: Evidence, *, in_pool: bool = False) -> Again:
    """What an applicant who failed an assessment may do about it.

    Args:
        checks: of that assessment.
        in_pool: nobody is declined for it: it is a member who tries again, without the training.
    """
    requirement = policy.assessments[evidence.assessment]
    begins = retry_from(requirement, evidence.attempt - evidence.earlier, evidence.received_at)
    if begins is None:
        return Again(used=requirement.attempts)
    if not all(_is_near(policy, check) for check in checks):
        return Again(too_far=policy.journey.near_miss)
    return Again(begins=begins.date(), training=policy.journey.training and not in_pool, replaces=in_pool)


def retry(policy: Policy, checks: Iterable[RuleCheck], inputs: Iterable[Evidence], *, by_person: bool) -> Retry:
    """What may be tried again after a decline: all that was missed, or nothing if that would not be enough.

    Args:
        by_person: a person declined, so that what was too close for a rule counts as missed.
    """
    evidence = {each.assessment: each for each in inputs}
    missed = {Standing.FAILED, Standing.DOUBTFUL} if by_person else {Standing.FAILED}
    found: dict[str, datetime] = {}
    for check in checks:
        if check.standing in missed and check.found is not None and not _is_of_project_alone(policy, check):
            again = _open(policy, check, evidence) if _is_near(policy, check) else {}
            if not again and _is_needed(policy, check):
                return Retry()
            found |= again
    return Retry(tuple(found), max(found.values(), default=None))


def retry_of_member(checks: Iterable[RuleCheck]) -> Retry:
    """What somebody who was admitted missed and may try again after the training; waiting days hold as ever."""
    return Retry(tuple(dict.fromkeys(check.assessment for check in checks if check.again and check.again.training)))


def closed(checks: Iterable[RuleCheck]) -> tuple[str, ...]:
    """What was missed by too much to be tried again."""
    told = [(check.assessment, check.again) for check in checks if check.again]
    near = {assessment for assessment, said in told if said.begins}
    return tuple(dict.fromkeys(name for name, said in told if said.too_far is not None and name not in near))


def _is_near(policy: Policy, check: RuleCheck) -> bool:
    """Whether it was missed by so little that it may be tried again."""
    near = policy.journey.near_miss
    if near is None or check.standing is Standing.PASSED or check.required is None or check.found is None:
        return True
    return check.required - check.found <= near + 1e-9


def _open(policy: Policy, check: RuleCheck, evidence: dict[str, Evidence]) -> dict[str, datetime]:
    """Which assessments could mend it, each with the day from which it may be tried again."""
    weights = policy.compensation.weights if policy.compensation else {}
    names = weights if check.assessment == TOGETHER else [check.assessment]
    tried = [evidence[name] for name in names if name in evidence and name in policy.assessments]
    moments = {
        e.assessment: retry_from(policy.assessments[e.assessment], e.attempt - e.earlier, e.received_at) for e in tried
    }
    return {name: moment for name, moment in moments.items() if moment}


def _is_of_project_alone(policy: Policy, check: RuleCheck) -> bool:
    """Whether missing it declines nobody."""
    if check.project is None:
        return False
    return check.project not in policy.projects or policy.projects[check.project].failing == "project"


def _is_needed(policy: Policy, check: RuleCheck) -> bool:
    """Whether nobody gets on without it."""
    everybody = check.assessment == TOGETHER or check.assessment in policy.of_everybody
    return policy.failing == "all" or check.project is not None or everybody
