"""Tells an applicant what became of a ticket, as notices in the transaction that changes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from onboarding.help.asker import Asker
from onboarding.help.tickets import Kind, Ticket
from onboarding.notices.outbox import post

_IN_WORDS: Mapping[str, Mapping[Kind, str]] = {
    "en": {Kind.DECISION: "your application", Kind.OTHER: "something else", Kind.APPEAL: "the decision about you"},
    "es": {Kind.DECISION: "su solicitud", Kind.OTHER: "otro asunto", Kind.APPEAL: "la decisión sobre usted"},
}
"""What a ticket is about where it names neither an item nor a project."""


def tell_opened(session: Session, asker: Asker, ticket: Ticket, *, now: datetime) -> None:
    """It has arrived, for the first time or again, and until when there is an answer."""
    data = {"appeal": ticket.kind is Kind.APPEAL, "due_at": ticket.due_at}
    _tell(session, asker, ticket, f"opened-{len(ticket.entries)}", "ticket-opened", data, now)


def tell_answered(session: Session, asker: Asker, ticket: Ticket, entry: int, text: str, *, now: datetime) -> None:
    """What was answered, or what somebody who looks at an appeal writes. `entry`: its number."""
    template = "appeal-message" if ticket.kind is Kind.APPEAL else "ticket-answered"
    _tell(session, asker, ticket, f"answered-{entry}", template, {"answer": text}, now)


def tell_late(session: Session, asker: Asker, ticket: Ticket, *, now: datetime) -> None:
    """Nobody answered in time; who has it now has until then."""
    data = {"appeal": ticket.kind is Kind.APPEAL, "due_at": ticket.due_at}
    _tell(session, asker, ticket, f"late-{ticket.level}", "ticket-late", data, now)


def tell_decided(session: Session, asker: Asker, ticket: Ticket, reason: str, *, changed: bool, now: datetime) -> None:
    """What an appeal led to."""
    _tell(session, asker, ticket, "decided", "appeal-decided", {"changed": changed, "reasons": [reason]}, now)


def _tell(
    session: Session, asker: Asker, ticket: Ticket, what: str, template: str, data: Mapping[str, Any], now: datetime
) -> None:
    about = _IN_WORDS[asker.notices_in].get(ticket.kind, ticket.about.subject)
    post(
        session,
        applicant_id=asker.applicant_id,
        key=f"ticket-{ticket.number}-{what}",
        template=template,
        language=asker.notices_in,
        data={"ticket": ticket.number, "about": about, **data},
        now=now,
    )
