"""What stands in the database, for tests to look at."""

from assessments.applying.application import Application
from grader.store import Store
from onboarding.tables import ApplicationRow


def application_of(store: Store, applicant_id: str) -> Application | None:
    """What somebody applied with; None where there is no application, or none any more."""
    with store.session() as session:
        row = session.get(ApplicationRow, applicant_id)
    return Application.model_validate(row.data) if row and row.erased_at is None else None
