"""Which assessments an applicant is offered: what the policy requires for the declared languages and domains."""

from grader.store import Store
from onboarding.applying.declared import declared_of
from onboarding.requirements import Policy


def offered(store: Store, policy: Policy, applicant_id: str) -> list[str]:
    """What an applicant is offered, in its order; whoever came without an application takes all of the stages."""
    declared = declared_of(store, applicant_id)
    return policy.required_for(declared.languages, declared.domains) if declared else policy.required
