"""Who was erased; apart from what erases, so that a list of people needs nothing of that."""

from sqlalchemy import select

from grader.store import Store
from grader.tables import ApplicantRow
from onboarding.privacy.pseudonyms import is_pseudonym
from onboarding.tables import ApplicationRow


def is_erased(store: Store, applicant_id: str) -> bool:
    """Whether it is the id of an application that was erased, or the pseudonym of somebody who was."""
    with store.session() as session:
        row = session.get(ApplicationRow, applicant_id)
    return is_pseudonym(applicant_id) or (row is not None and row.erased_at is not None)


def erased_ids(store: Store) -> set[str]:
    """Of all registered ids those for which `is_erased` holds."""
    with store.session() as session:
        applications = session.scalars(select(ApplicationRow.applicant_id).where(ApplicationRow.erased_at.is_not(None)))
        return {*applications, *filter(is_pseudonym, session.scalars(select(ApplicantRow.id)))}
