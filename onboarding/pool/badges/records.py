"""Keeps the badges that were issued: added, and marked when they are revoked; never taken away."""

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from assessments.items import Record
from grader.store import Store
from onboarding.tables import CredentialRow


class Issued(Record):
    """A badge on record: `document` is the signed credential, as JSON."""

    id: str
    applicant_id: str
    assessment: str
    status_index: int
    document: str
    issued_at: AwareDatetime
    revoked_at: AwareDatetime | None = None
    revoked_by: str | None = None
    revoked_reason: str | None = None


def issued(store: Store, applicant_id: str | None = None) -> list[Issued]:
    """All badges (of one member), oldest first."""
    query = select(CredentialRow).order_by(CredentialRow.issued_at, CredentialRow.id)
    if applicant_id:
        query = query.where(CredentialRow.applicant_id == applicant_id)
    with store.session() as session:
        return [_issued(row) for row in session.scalars(query)]


def find(store: Store, badge_id: str) -> Issued | None:
    """The badge with this id."""
    with store.session() as session:
        row = session.get(CredentialRow, badge_id)
    return _issued(row) if row else None


def add(store: Store, badge: Issued) -> bool:
    """Whether the badge was added: not if its id or its place in the list was taken in the same moment."""
    try:
        with store.session() as session:
            session.add(CredentialRow(**badge.model_dump()))
    except IntegrityError:
        return False
    return True


def revoke(store: Store, badge_id: str, *, by: str, reason: str, now: datetime) -> bool:
    """Whether the badge was revoked just now; what was revoked before stays as it is."""
    query = (
        update(CredentialRow)
        .where(CredentialRow.id == badge_id, CredentialRow.revoked_at.is_(None))
        .values(revoked_at=now, revoked_by=by, revoked_reason=reason)
        .returning(CredentialRow.id)
    )
    with store.session() as session:
        return session.execute(query).first() is not None


def revoked_places(store: Store) -> list[int]:
    """The places in the list of all badges that were revoked."""
    query = select(CredentialRow.status_index).where(CredentialRow.revoked_at.is_not(None))
    with store.session() as session:
        return list(session.scalars(query))


def _issued(row: CredentialRow) -> Issued:
    return Issued(**{name: getattr(row, name) for name in Issued.model_fields})
