"""Applies the policy to everybody: what is new is decided and recorded, what has not changed is left alone."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from assessments.errors import UsageError
from grader.store import Store
from grader.workspace import Workspace
from onboarding import records
from onboarding.decision import AUTOMATIC, Decision, Verdict, decide, qualifications
from onboarding.evidence import evidence_by_applicant
from onboarding.policy import POLICY_FILE, Policy, check_against_bank, read_policy


def workspace_policy(workspace: Workspace) -> Policy:
    """The policy in force, checked against the banks of the workspace."""
    policy = read_policy(workspace.root)
    for assessment in policy.required:
        check_against_bank(policy, workspace.bank(assessment))
    return policy


def decide_all(workspace: Workspace, store: Store, *, now: datetime) -> list[Decision]:
    """Decide about everybody whose evidence or policy is new; returns the new decisions, which are on record."""
    policy = workspace_policy(workspace)
    _keep_policy(workspace.root, policy)
    earlier = records.by_applicant(store)
    new = []
    for applicant_id, evidence in sorted(evidence_by_applicant(store).items()):
        decision = decide(applicant_id, policy, evidence, now=now)
        if decision and not _settled(earlier.get(applicant_id, []), decision):
            new.append(decision)
    records.add(store, new)
    return new


def decide_by_person(
    workspace: Workspace,
    store: Store,
    applicant_id: str,
    verdict: Verdict,
    *,
    by: str,
    reason: str,
    now: datetime,
    then: records.Then | None = None,
) -> Decision:
    """Record what a person decided, with the same inputs as the rule had.

    Args:
        then: what else is to be done in the transaction that records it.

    Raises:
        UsageError: unknown applicant, or no name or reason given.
    """
    store.require_applicant(applicant_id)
    if not by.strip() or not reason.strip():
        raise UsageError("a decision by a person needs --by NAME and --reason TEXT")
    policy = workspace_policy(workspace)
    _keep_policy(workspace.root, policy)
    evidence = evidence_by_applicant(store, applicant_id).get(applicant_id, [])
    automatic = decide(applicant_id, policy, evidence, now=now)
    decision = Decision(
        applicant_id=applicant_id,
        verdict=verdict,
        reasons=(reason.strip(), *(automatic.reasons if automatic else ())),
        qualifications=qualifications(policy, evidence) if verdict is Verdict.ADMIT else (),
        inputs=automatic.inputs if automatic else tuple(evidence),
        policy_version=policy.version,
        decided_by=by.strip(),
        decided_at=now,
    )
    records.add(store, [decision], then)
    return decision


def _settled(earlier: Sequence[Decision], decision: Decision) -> bool:
    """Whether nothing is new since the decision in force. What a person decided stands until there is new evidence."""
    if not earlier:
        return False
    if earlier[-1].decided_by == AUTOMATIC:
        return (earlier[-1].policy_version, earlier[-1].inputs) == (decision.policy_version, decision.inputs)
    return all(evidence in earlier[-1].inputs for evidence in decision.inputs)


def _keep_policy(root: Path, policy: Policy) -> None:
    """Keep the text of every policy that was ever applied, by version."""
    kept = root / "policies" / f"{policy.version}.toml"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes((root / POLICY_FILE).read_bytes())
