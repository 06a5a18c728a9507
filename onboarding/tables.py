"""The tables of people's ways, beside the grader's. Decisions and events are only ever added.

Changed only together with a migration in grader/migrations; a test compares the two.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grader.tables import ApplicantRow, Base, UtcDateTime


class DecisionRow(Base):
    """One decision; the newest one of an applicant is in force.

    Args:
        rules: rule by rule what was required and found.
        objection_until: until when the applicant may object.
        chain: the hash over this record and the one before it; None in records from before there was a chain.
    """

    __tablename__ = "talentpool_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    qualifications: Mapped[list[Any]] = mapped_column(JSON)
    inputs: Mapped[list[Any]] = mapped_column(JSON)
    policy_version: Mapped[str] = mapped_column(String(64))
    decided_by: Mapped[str] = mapped_column(String(100))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rules: Mapped[list[Any]] = mapped_column(JSON, server_default="[]")
    objection_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    chain: Mapped[str | None] = mapped_column(String(64))


class EventRow(Base):
    """One thing that happened on somebody's way, and the state it led to."""

    __tablename__ = "talentpool_event"
    __table_args__ = (UniqueConstraint("applicant_id", "number", name="uq_talentpool_event_applicant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), index=True)
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(100))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class ApplicationRow(Base):
    """What somebody applied with; contact data leave with an erasure."""

    __tablename__ = "talentpool_application"

    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CvRow(Base):
    """A CV that is kept in the workspace under its hash, outside of every served folder."""

    __tablename__ = "talentpool_cv"

    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int] = mapped_column(Integer)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NoticeRow(Base):
    """A message to an applicant. `key` says what it is about, so that it is written once."""

    __tablename__ = "talentpool_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), index=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    template: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    try_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str | None] = mapped_column(Text)


class TicketRow(Base):
    """A question or an appeal, until it is answered."""

    __tablename__ = "talentpool_ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(200))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    assigned_to: Mapped[str] = mapped_column(String(100))
    level: Mapped[int] = mapped_column(Integer, server_default="0")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey(DecisionRow.id))
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey(DecisionRow.id))


class TicketEntryRow(Base):
    """What somebody wrote in a ticket."""

    __tablename__ = "talentpool_ticket_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey(TicketRow.id), index=True)
    by: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LessonRow(Base):
    """The first answer to an exercise of a module."""

    __tablename__ = "talentpool_lesson"

    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), primary_key=True)
    module: Mapped[str] = mapped_column(String(64), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[Any] = mapped_column(JSON)
    right: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MemberRow(Base):
    """What is known of a member beside decisions: how much time, and whether something stands against new work.

    Args:
        hours_a_week: None where nobody said.
        note: why it was changed last.
    """

    __tablename__ = "talentpool_member"

    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), primary_key=True)
    hours_a_week: Mapped[int | None] = mapped_column(Integer)
    available_from: Mapped[date | None] = mapped_column(Date)
    standing: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(100))


class CredentialRow(Base):
    """A qualification that was issued as an Open Badge.

    Args:
        status_index: its place in the revocation list; never given to another one.
    """

    __tablename__ = "talentpool_credential"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), index=True)
    assessment: Mapped[str] = mapped_column(String(64))
    status_index: Mapped[int] = mapped_column(Integer, unique=True)
    document: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by: Mapped[str | None] = mapped_column(String(100))
    revoked_reason: Mapped[str | None] = mapped_column(Text)
