"""Attempts to renew a qualification count anew: which of somebody's attempts do not count any more."""

from collections.abc import Mapping
from datetime import datetime

from grader.store import Store
from onboarding.evidence import Evidence
from onboarding.journey.journal import current
from onboarding.journey.rules import rules
from onboarding.requirements import Policy


def in_rounds(
    store: Store, policy: Policy, evidence: Mapping[str, list[Evidence]], *, now: datetime
) -> dict[str, list[Evidence]]:
    """The evidence of at most some hundred people, with the attempts that led to a qualification which expires."""
    again = [name for name, results in evidence.items() if any(result.attempt > 1 for result in results)]
    if not again:
        return dict(evidence)
    with store.session() as session:
        journeys = current(session, again)
    found, today, applied = dict(evidence), now.date(), rules(policy)
    for name, journey in journeys.items():
        before = {each.assessment: journey.earlier_attempts(each.assessment, applied, today) for each in found[name]}
        found[name] = [each.model_copy(update={"earlier": before[each.assessment]}) for each in found[name]]
    return found
