"""Which assessments an applicant is offered: what the policy requires for the declared languages and domains."""

from collections.abc import Callable, Collection

from grader.store import Store
from onboarding.applying.declared import declared_of

RequiredFor = Callable[[Collection[str], Collection[str]], list[str]]
"""A policy's `required_for`: assessments, in their order, for languages (ISO 639) and domains."""


def offered(store: Store, applicant_id: str, required_for: RequiredFor) -> list[str]:
    """What an applicant is offered; whoever came without an application gets what is required of everybody."""
    declared = declared_of(store, applicant_id)
    return required_for(declared.languages, declared.domains) if declared else required_for((), ())
