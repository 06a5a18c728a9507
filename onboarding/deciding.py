"""Applies the policy to everybody: what is new is decided and recorded, what has not changed is left alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from assessments.errors import UsageError
from grader.store import Store
from grader.workspace import Workspace
from onboarding import records
from onboarding.applying.declared import declared_of
from onboarding.decision import AUTOMATIC, Decision, Verdict, decide
from onboarding.evidence import Evidence, evidence_of
from onboarding.help.pending import open_appeals
from onboarding.policy import POLICY_FILE, check_against_bank, read_policy
from onboarding.portions import portions
from onboarding.qualifying import Qualification, for_named_projects, for_projects_by_scores, qualifications
from onboarding.recording import Still, Then, add, append
from onboarding.renewing import in_rounds
from onboarding.requirements import Policy
from onboarding.standing import Standing
from onboarding.written import Written


def workspace_policy(workspace: Workspace) -> Policy:
    """The policy in force, checked against the banks of the workspace."""
    policy = read_policy(workspace.root)
    for assessment in policy.named:
        check_against_bank(policy, workspace.bank(assessment))
    return policy


def decide_all(workspace: Workspace, store: Store, *, now: datetime) -> list[Decision]:
    """Decide about everybody whose evidence or policy is new; returns the new decisions, which are on record.

    Whoever has an appeal open is left out: that decides next, by somebody who had no part in the decision in force.
    """
    found: list[Decision] = []
    for new in decide_in_portions(workspace, store, now=now):
        with store.session() as session:
            found += records.decisions(session, new).values()
    return found


def decide_in_portions(workspace: Workspace, store: Store, *, now: datetime) -> Iterator[dict[int, Written]]:
    """As `decide_all`, so many people at a time: what was yielded is on record, also if nobody asks for the rest."""
    policy = workspace_policy(workspace)
    _keep_policy(workspace.root, policy)
    for seen, due in portions(store, policy, now=now):
        yield append(workspace, store, due, still=partial(_untouched, seen))


def _untouched(seen: Mapping[str, int], session: Session, new: Sequence[Written]) -> Sequence[Written]:
    """Those about people without an open appeal, about whom nobody has decided since it was looked at."""
    names = [decision.applicant_id for decision in new]
    appeals, newest = open_appeals(session, names), records.newest(session, names)
    return [
        decision
        for decision in new
        if (name := decision.applicant_id) not in appeals and newest.get(name) == seen.get(name)
    ]


def decide_by_person(
    workspace: Workspace,
    store: Store,
    applicant_id: str,
    verdict: Verdict,
    *,
    by: str,
    reason: str,
    now: datetime,
    projects: Collection[str] = (),
    still: Still | None = None,
    then: Then | None = None,
) -> Decision:
    """Record what a person decided, with the same inputs as the rule had.

    Args:
        projects: for which the person qualifies an admitted applicant, whatever the rule found.
        still: stands in for the question whether an appeal is open, or somebody else has decided in between.
        then: what else is to be done in the transaction that records it.

    Raises:
        UsageError: unknown applicant or project, no name or reason given, no score for a project, an open appeal, or
            somebody else was quicker.
    """
    store.require_applicant(applicant_id)
    seen = records.in_force(store, [applicant_id]).get(applicant_id)
    if not by.strip() or not reason.strip():
        raise UsageError("a decision by a person needs --by NAME and --reason TEXT")
    if by.strip() == AUTOMATIC:
        raise UsageError(f"{AUTOMATIC!r} is no person's name")
    if projects and verdict is not Verdict.ADMIT:
        raise UsageError(f"--project: found {', '.join(projects)} with {verdict}, allowed only with admit")
    policy = workspace_policy(workspace)
    _keep_policy(workspace.root, policy)
    evidence = in_rounds(store, policy, evidence_of(store, [applicant_id]), now=now).get(applicant_id, [])
    automatic = decide(applicant_id, policy, evidence, now=now, declared=declared_of(store, applicant_id))
    decision = Decision(
        applicant_id=applicant_id,
        verdict=verdict,
        reasons=(reason.strip(), *(automatic.reasons if automatic else ())),
        qualifications=_granted(policy, evidence, automatic, projects, now) if verdict is Verdict.ADMIT else (),
        inputs=automatic.inputs if automatic else tuple(evidence),
        policy_version=policy.version,
        decided_by=by.strip(),
        decided_at=now,
        rules=automatic.rules if automatic else (),
        objection_until=now + timedelta(days=policy.objection_days),
    )
    return add(workspace, store, [decision], then, still=still or partial(_require_untouched, seen))[0]


def _require_untouched(seen: records.InForce | None, session: Session, new: Sequence[Written]) -> Sequence[Written]:
    """UsageError if there is an open appeal, which decides next, or somebody else has decided meanwhile."""
    (name,) = (decision.applicant_id for decision in new)
    if appeal := open_appeals(session, [name]).get(name):
        raise UsageError(
            f"{name}: appeal {appeal} is open, which somebody decides who had no part in the decision in force",
            tip=f"Decide with: talentpool appeal decide {appeal} --by NAME --outcome … --reason TEXT",
        )
    if records.newest(session, [name]).get(name) != (seen.number if seen else None):
        raise UsageError(
            f"{name}: somebody else has decided in this moment; nothing was recorded",
            tip=f"Look at it with: talentpool explain {name}. To decide otherwise, say so again.",
        )
    return new


def _granted(
    policy: Policy, evidence: list[Evidence], automatic: Decision | None, projects: Collection[str], now: datetime
) -> tuple[Qualification, ...]:
    """All that has a score; where failing one closes that one alone, not what was failed. Projects reached or named."""
    rules = [rule for rule in automatic.rules if not rule.project] if automatic else []
    failed = {rule.assessment for rule in rules if rule.standing is Standing.FAILED and policy.failing == "assessment"}
    good = [result for result in evidence if result.assessment not in failed - set(policy.of_everybody)]
    by_assessment = {result.assessment: result for result in evidence}
    reached = for_projects_by_scores(policy, by_assessment, now)
    named = set(projects) - {each.assessment for each in reached}
    return (*qualifications(policy, good), *reached, *for_named_projects(policy, sorted(named), by_assessment))


def _keep_policy(root: Path, policy: Policy) -> None:
    """Keep the text of every policy that was ever applied, by version."""
    kept = root / "policies" / f"{policy.version}.toml"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes((root / POLICY_FILE).read_bytes())
