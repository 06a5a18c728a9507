"""What another minimum score would change: decides about everybody under both policies, and records nothing."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from assessments.errors import UsageError
from grader.store import Store
from onboarding import records
from onboarding.applying.declared import declared
from onboarding.contradictions import contradictions
from onboarding.decision import AUTOMATIC, Decision, Verdict, decide
from onboarding.evidence import evidence_in_portions
from onboarding.portions import is_settled
from onboarding.requirements import Policy, Project


class Simulated(NamedTuple):
    """One applicant under both policies; None while nothing can be decided.

    Args:
        reason: what weighs most under the changed policy.
        by_person: a person decided, which stands under any policy.
    """

    applicant_id: str
    now: Verdict | None
    then: Verdict | None
    reason: str
    by_person: bool


def with_cut(policy: Policy, cut: float, assessment: str | None = None) -> Policy:
    """The policy with another minimum score, for one assessment or for all; skills keep theirs.

    A project's minimum that would lie below is lifted with it.

    Raises:
        UsageError: no such assessment in the policy, or the policy would contradict itself.
    """
    names = policy.named if assessment is None else [assessment]
    if names[0] not in policy.assessments:
        raise UsageError(f"found {names[0]}, which is in no stage of the policy; allowed: {', '.join(policy.named)}")
    changed = {name: policy.assessments[name].model_copy(update={"minimum_score": cut}) for name in names}
    projects = {name: _lifted(project, cut, names) for name, project in policy.projects.items()}
    found = policy.model_copy(update={"assessments": {**policy.assessments, **changed}, "projects": projects})
    if problem := next(contradictions(found), None):
        raise UsageError(f"with that minimum score the policy would contradict itself: {problem}")
    return found


def _lifted(project: Project, cut: float, names: Collection[str]) -> Project:
    minima = project.minimum_scores.items()
    lifted = {name: max(minimum, cut) if name in names else minimum for name, minimum in minima}
    return project.model_copy(update={"minimum_scores": lifted})


def simulate(store: Store, policy: Policy, changed: Policy, *, now: datetime) -> Iterator[Simulated]:
    """Everybody who handed in something, by id; the evidence is that of now."""
    for evidence in evidence_in_portions(store):
        in_force, said = records.in_force(store, evidence), declared(store, evidence)
        for name, results in evidence.items():
            first, second = (
                decide(name, each, results, now=now, declared=said.get(name)) for each in (policy, changed)
            )
            yield _compared(name, first, second, in_force.get(name))


def _compared(
    applicant_id: str, first: Decision | None, second: Decision | None, earlier: records.InForce | None
) -> Simulated:
    if earlier and earlier.decided_by != AUTOMATIC and (second is None or is_settled(earlier, second)):
        return Simulated(applicant_id, earlier.verdict, earlier.verdict, "", by_person=True)
    reason = second.reasons[0] if second else ""
    return Simulated(
        applicant_id, first.verdict if first else None, second.verdict if second else None, reason, by_person=False
    )
