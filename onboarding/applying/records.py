"""Keeps applications and what is known of CVs. No module that decides may import this one."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessments.applying.application import Application, CvFile
from assessments.applying.cv import MEDIA_TYPES, ending
from grader.store import Store
from grader.tables import ApplicantRow
from onboarding.tables import ApplicationRow, CvRow

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Digits and letters that nobody mistakes for others."""


def id_of(draft: str) -> str:
    """The applicant id for a draft: made of its chance alone, so it says nothing about the person (59 bits)."""
    number, signs = int.from_bytes(sha256(draft.encode()).digest()), ""
    for _ in range(12):
        number, place = divmod(number, len(_SIGNS))
        signs += _SIGNS[place]
    return f"a-{signs}"


def email_of(store: Store, applicant_id: str) -> str | None:
    """The address to which an applicant is written, in its one spelling; None where there is none."""
    with store.session() as session:
        return session.scalar(select(ApplicationRow.email).where(ApplicationRow.applicant_id == applicant_id))


def cv_of(store: Store, applicant_id: str) -> CvRow | None:
    """What is known of somebody's CV; the file itself is `cvs.cv_path`."""
    with store.session() as session:
        return session.get(CvRow, applicant_id)


def holder(session: Session, email: str) -> str | None:
    """Who applied with this address (in its one spelling)."""
    return session.scalar(select(ApplicationRow.applicant_id).where(ApplicationRow.email == email))


def holders(session: Session) -> dict[str, str]:
    """Who applied, by address."""
    query = select(ApplicationRow.email, ApplicationRow.applicant_id).where(ApplicationRow.email.is_not(None))
    return {email: applicant_id for email, applicant_id in session.execute(query) if email}


def add(session: Session, applications: Mapping[str, Application], *, now: datetime) -> None:
    """Register people with their applications, by new id, within the caller's transaction.

    Raises:
        IntegrityError: an id or an address is taken.
    """
    session.add_all(ApplicantRow(id=key, name=each.name, registered_at=now) for key, each in applications.items())
    session.flush()
    session.add_all(
        ApplicationRow(applicant_id=key, email=each.email, data=each.model_dump(mode="json"), submitted_at=now)
        for key, each in applications.items()
    )
    session.add_all(_cv_row(key, each.cv, now=now) for key, each in applications.items() if each.cv)
    session.flush()


def correct(session: Session, row: ApplicationRow, application: Application, *, now: datetime) -> None:
    """Replace what somebody applied with, within the caller's transaction.

    Raises:
        IntegrityError: the address is another person's.
    """
    session.get_one(ApplicantRow, row.applicant_id).name = application.name
    row.email, row.data = application.email, application.model_dump(mode="json")
    _keep_cv(session, row.applicant_id, application.cv, now=now)


def _keep_cv(session: Session, applicant_id: str, cv: CvFile | None, *, now: datetime) -> None:
    row = session.get(CvRow, applicant_id)
    if row and (cv is None or cv.sha256 != row.sha256):
        session.delete(row)
        session.flush()
        row = None
    if cv and row is None:
        session.add(_cv_row(applicant_id, cv, now=now))
    session.flush()


def _cv_row(applicant_id: str, cv: CvFile, *, now: datetime) -> CvRow:
    return CvRow(
        applicant_id=applicant_id,
        name=cv.name,
        sha256=cv.sha256,
        media_type=MEDIA_TYPES[ending(cv.file)],
        size_bytes=cv.size_bytes,
        received_at=now,
    )


def is_kept_by_anybody(store: Store, sha256: str) -> bool:
    """Whether a CV with this content is on record."""
    with store.session() as session:
        return session.scalar(select(CvRow.applicant_id).where(CvRow.sha256 == sha256).limit(1)) is not None
