"""Keeps first answers to exercises: who has a module's answers on record has finished it. Talks SQL."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assessments.learning.progress import Progress
from grader.store import Store
from onboarding.tables import LessonRow


def record(store: Store, applicant_id: str, progress: Progress, *, now: datetime) -> bool:
    """Add the first answers of a finished module; False if the module is on record already, which changes nothing."""
    rows = [
        LessonRow(
            applicant_id=applicant_id,
            module=progress.module,
            exercise=exercise,
            answer=tried.first,
            right=bool(tried.first_right),
            at=now,
        )
        for exercise, tried in progress.exercises.items()
    ]
    try:
        if progress.module in finished(store, applicant_id):
            return False
        with store.session() as session:
            session.add_all(rows)
    except IntegrityError:
        # another process was quicker
        return False
    return True


def finished(store: Store, applicant_id: str) -> set[str]:
    """The modules that somebody has finished."""
    query = select(LessonRow.module).where(LessonRow.applicant_id == applicant_id).distinct()
    with store.session() as session:
        return set(session.scalars(query))
