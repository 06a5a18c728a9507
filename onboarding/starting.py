"""Begins an attempt where the way allows it, and enters it there."""

from datetime import datetime

from assessments.packet import Packet
from grader.handout import bundle_files, issue
from grader.practice import require_graded
from grader.store import Store
from grader.workspace import Workspace
from onboarding.journey.catching_up import require_start
from onboarding.journey.following import follow
from onboarding.policy import has_policy, read_policy


def open_attempt(
    workspace: Workspace, store: Store, assessment: str, applicant_id: str, *, now: datetime
) -> tuple[Packet, dict[str, bytes]]:
    """The applicant's attempt that is open, or a new one if the policy allows it, with its bundle.

    A workspace without a policy, and an assessment that the policy does not name, may always be tried.

    Raises:
        UsageError: unknown applicant or assessment, or no attempt may begin now.
        PolicyError: the policy does not hold together.
    """
    require_graded(workspace.bank(assessment))
    store.require_applicant(applicant_id)
    policy = read_policy(workspace.root) if has_policy(workspace.root) else None
    if policy:
        require_start(store, policy, applicant_id, assessment, now=now)
    packet = issue(workspace, store, assessment, applicant_id, now=now)
    follow(workspace, store, [applicant_id], now=now)
    return packet, bundle_files(workspace, store, packet)
