"""The rules of the way, as the policy has them."""

from datetime import timedelta

from onboarding.journey.states import Rules, State
from onboarding.requirements import Policy


def rules(policy: Policy) -> Rules:
    """What the policy asks of an applicant's way."""
    way, each = policy.journey, policy.assessments.items()
    return Rules(
        self_assessment=way.self_assessment,
        attempts={name: requirement.attempts for name, requirement in each},
        waiting={name: timedelta(days=requirement.waiting_days) for name, requirement in each},
        modules=way.modules,
        training=way.training,
        renewal=timedelta(days=way.renewal_days),
        patience={State(state): timedelta(days=days) for state, days in way.patience_days.items()},
    )
