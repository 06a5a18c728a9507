"""Keeps what is known of members; only this module and badges/records.py of this package talk SQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from grader.store import Store
from onboarding.tables import MemberRow

_COLUMNS = tuple(column.key for column in MemberRow.__table__.columns)


def details(store: Store, member_id: str | None = None) -> list[dict[str, Any]]:
    """What is on record (about one member), by column."""
    query = select(MemberRow)
    if member_id:
        query = query.where(MemberRow.applicant_id == member_id)
    with store.session() as session:
        return [{name: getattr(row, name) for name in _COLUMNS} for row in session.scalars(query)]


def save(store: Store, values: Mapping[str, Any], *, replaces: datetime | None) -> bool:
    """Write down what is known of a member now.

    Args:
        replaces: when the record was changed that the new one is made from; None if there was none.

    Returns:
        Whether it was written: not where somebody else was quicker.
    """
    if replaces is None:
        try:
            with store.session() as session:
                session.add(MemberRow(**values))
        except IntegrityError:
            return False
        return True
    same = (MemberRow.applicant_id == values["applicant_id"], MemberRow.changed_at == replaces)
    with store.session() as session:
        found = session.execute(update(MemberRow).where(*same).values(**values).returning(MemberRow.applicant_id))
        return found.first() is not None
