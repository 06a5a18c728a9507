"""What commands do to people's ways right after something happened, so that nobody waits for the next update."""

from collections.abc import Collection
from datetime import datetime

from grader.store import Store
from grader.workspace import Workspace
from onboarding.journey import events
from onboarding.journey.catching_up import catch_up_some, change
from onboarding.journey.journal import journey_of
from onboarding.journey.states import ENDED
from onboarding.policy import has_policy, read_policy


def follow(workspace: Workspace, store: Store, applicant_ids: Collection[str], *, now: datetime) -> None:
    """Enter what happened to these people and tell them; without a policy there are no ways.

    Raises:
        PolicyError: the policy does not hold together.
    """
    if has_policy(workspace.root):
        for _ in catch_up_some(store, read_policy(workspace.root), applicant_ids, now=now):
            pass


def follow_application(workspace: Workspace, store: Store, applicant_ids: Collection[str], *, now: datetime) -> None:
    """The same for people whose application arrived: whose way had ended applies again.

    Raises:
        PolicyError: the policy does not hold together.
    """
    for name in applicant_ids:
        journey = journey_of(store, name)
        if journey and journey.state in ENDED and has_policy(workspace.root):
            change(store, read_policy(workspace.root), name, events.Applied(at=now, by=name), now=now)
    follow(workspace, store, applicant_ids, now=now)
