"""Who asks: what an applicant declared, as far as it says who can answer and in which language."""

from assessments.items import Record
from grader.store import Store
from onboarding.applying.declared import abilities_of
from onboarding.notices.languages import FALLBACK, LANGUAGES


class Asker(Record):
    """An applicant.

    Args:
        languages: ISO 639 codes of those to be answered in; none where they are not known.
        domains: those of the application.
        notices_in: the language of notices.
    """

    applicant_id: str
    languages: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    notices_in: str = FALLBACK


def asker_of(store: Store, applicant_id: str) -> Asker:
    """What is known; UsageError if there is no such applicant."""
    store.require_applicant(applicant_id)
    abilities = abilities_of(store, applicant_id)
    if abilities is None:
        return Asker(applicant_id=applicant_id)
    return Asker(
        applicant_id=applicant_id,
        languages=abilities.declared.languages,
        domains=abilities.declared.domains,
        notices_in=abilities.best_of(LANGUAGES),
    )
