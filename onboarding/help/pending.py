"""Appeals that wait for their decision: until then, nobody decides about whoever objected but by that appeal."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.store import Store
from onboarding.help.tickets import Kind
from onboarding.tables import TicketRow


def open_appeals(session: Session, applicant_ids: Collection[str]) -> dict[str, int]:
    """The number of the appeal that each of these people has open; at most some hundred people at a time."""
    query = select(TicketRow.applicant_id, func.min(TicketRow.id)).where(*_OPEN)
    found = session.execute(query.where(TicketRow.applicant_id.in_(applicant_ids)).group_by(TicketRow.applicant_id))
    return dict(found.all())


def count_objecting(store: Store) -> int:
    """How many people have an appeal open; the policy decides nothing about them."""
    with store.session() as session:
        return session.scalar(select(func.count(TicketRow.applicant_id.distinct())).where(*_OPEN)) or 0


_OPEN = TicketRow.kind == Kind.APPEAL, TicketRow.closed_at.is_(None)
