"""Holds results against what single projects ask for, once there are results in all that a project names."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from onboarding.checks import held_against, worded
from onboarding.evidence import Evidence
from onboarding.requirements import Policy
from onboarding.retrying import again
from onboarding.standing import SEVERITY, TOGETHER, Finding, Kind, RuleCheck, Standing

_CONCLUSIONS = {
    ("project", Standing.PASSED): Kind.REACHED,
    ("project", Standing.DOUBTFUL): Kind.DOUBTED,
    ("project", Standing.FAILED): Kind.MISSED,
    ("all", Standing.PASSED): Kind.REACHED,
    ("all", Standing.DOUBTFUL): Kind.HOLDING_UP,
    ("all", Standing.FAILED): Kind.DECLINING,
}


def looked_at(policy: Policy, evidence: Mapping[str, Evidence]) -> set[str]:
    """The assessments that projects look at: of those of which everything was handed in."""
    complete = (
        each.minimum_scores for each in policy.projects.values() if each.minimum_scores.keys() <= evidence.keys()
    )
    return {assessment for minima in complete for assessment in minima}


def project_findings(
    policy: Policy, found: Sequence[Finding], evidence: Mapping[str, Evidence], now: datetime
) -> list[Finding]:
    """Every project that can be held against somebody, by its name; one whose results are not all there is left out.

    Args:
        found: of the assessments alone; what they say already is not said again.
    """
    said = {(check.assessment, check.reason) for finding in found for check in finding.checks}
    findings = []
    for name in policy.projects:
        held = checks_of_project(policy, name, evidence, now)
        if held:
            findings.append(_finding(policy, name, held, evidence, said))
    return findings


def checks_of_project(
    policy: Policy, name: str, evidence: Mapping[str, Evidence], now: datetime
) -> dict[str, list[RuleCheck]] | None:
    """By assessment, what weighs most first; None while one is not handed in or graded yet, or has expired."""
    held = {}
    for assessment in policy.projects[name].minimum_scores:
        asked = policy.asked_by(name, assessment)
        result = evidence.get(assessment)
        checks = held_against(asked, result, asked.band or 0.0, assessment, now) if result else []
        if not checks or any(check.standing is Standing.OPEN for check in checks):
            return None
        held[assessment] = [check.model_copy(update={"project": name}) for check in checks]
    return held


def _finding(
    policy: Policy,
    name: str,
    held: Mapping[str, Sequence[RuleCheck]],
    evidence: Mapping[str, Evidence],
    said: set[tuple[str, str]],
) -> Finding:
    standing = min((check.standing for checks in held.values() for check in checks), key=SEVERITY.index)
    alone = policy.projects[name].failing == "project"
    checks: list[RuleCheck] = []
    for assessment, its in held.items():
        new = [check for check in its if (check.assessment, check.reason) not in said]
        if new and new[0].standing in ({Standing.FAILED, Standing.DOUBTFUL} if alone else {Standing.FAILED}):
            found = again(policy, its, evidence[assessment], in_pool=alone)
            new[0] = new[0].model_copy(update={"again": found})
        checks += new
    conclusion = worded(
        assessment=TOGETHER, project=name, standing=standing, kind=_CONCLUSIONS[policy.projects[name].failing, standing]
    )
    return Finding(assessment=name, checks=(*checks, conclusion))
