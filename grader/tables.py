"""Our tables, beside nbgrader's in the same database. Times are UTC; JSON columns hold text written by pydantic.

Changed only together with a migration in grader/migrations; a test compares the two.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

VERSION_TABLE = "talentpool_version"
NEWEST = "0005"
"""The newest version of our tables: that of the last migration."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; databases without zones store it without one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """The root of our tables, all called talentpool_…"""

    metadata = MetaData(
        naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s"}
    )


class ApplicantRow(Base):
    """A person who may be issued assessments."""

    __tablename__ = "talentpool_applicant"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PacketRow(Base):
    """What was issued: one row for each applicant, assessment and attempt.

    `parameters`: what the templates among its items were filled with, by slot.
    """

    __tablename__ = "talentpool_packet"
    __table_args__ = (UniqueConstraint("applicant_id", "assessment", "attempt"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), index=True)
    assessment: Mapped[str] = mapped_column(String(64), index=True)
    attempt: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed: Mapped[str] = mapped_column(Text)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)


class ExposureRow(Base):
    """How often an item was issued."""

    __tablename__ = "talentpool_exposure"

    assessment: Mapped[str] = mapped_column(String(64), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    issued: Mapped[int]


class AccommodationRow(Base):
    """More time for one person, from then on; rows are only ever added, the newest is in force."""

    __tablename__ = "talentpool_accommodation"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey(ApplicantRow.id), index=True)
    factor: Mapped[float] = mapped_column(Float)
    extra_minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[str] = mapped_column(String(100))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SubmissionRow(Base):
    """What was handed in; the files lie in intake/<id>/. Never changed after it was written."""

    __tablename__ = "talentpool_submission"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    packet_id: Mapped[str | None] = mapped_column(ForeignKey(PacketRow.id), index=True)
    sent_by: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_name: Mapped[str] = mapped_column(String(300))
    notes: Mapped[list[str]] = mapped_column(JSON)


class ResultRow(Base):
    """How a submission was graded; replaced as a whole when it is graded again."""

    __tablename__ = "talentpool_result"

    submission_id: Mapped[str] = mapped_column(ForeignKey(SubmissionRow.id), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20), index=True)
    points: Mapped[float | None] = mapped_column(Float)
    points_pending: Mapped[float] = mapped_column(Float)
    max_points: Mapped[float | None] = mapped_column(Float)
    worked_minutes: Mapped[float | None] = mapped_column(Float)
    reasons: Mapped[list[str]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(64))
    graded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ItemScoreRow(Base):
    """One slot of a graded submission."""

    __tablename__ = "talentpool_item_score"

    submission_id: Mapped[str] = mapped_column(ForeignKey(SubmissionRow.id), primary_key=True)
    slot: Mapped[str] = mapped_column(String(64), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(64), index=True)
    item_version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    task_type: Mapped[str] = mapped_column(String(32))
    skill: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20))
    points: Mapped[float] = mapped_column(Float)
    points_pending: Mapped[float] = mapped_column(Float)
    max_points: Mapped[float] = mapped_column(Float)
    explanation: Mapped[str] = mapped_column(Text)
    checks: Mapped[list[Any]] = mapped_column(JSON)
    response: Mapped[Any] = mapped_column(JSON, nullable=True)


class ItemReportRow(Base):
    """A problem with a question that an applicant reported; an empty text says that somebody was only not sure."""

    __tablename__ = "talentpool_item_report"

    submission_id: Mapped[str] = mapped_column(ForeignKey(SubmissionRow.id), primary_key=True)
    slot: Mapped[str] = mapped_column(String(64), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(64), index=True)
    item_version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class AutogradeRow(Base):
    """How the grading of a submission of a plain nbgrader course went; its scores are in nbgrader's own tables.

    `self_asserted`: the tests ran in the applicant's own process, so that the scores are only as good as its code.
    """

    __tablename__ = "talentpool_autograde"

    assignment: Mapped[str] = mapped_column(String(128), primary_key=True)
    student: Mapped[str] = mapped_column(String(128), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    isolated: Mapped[bool]
    self_asserted: Mapped[bool]
    graded_at: Mapped[datetime] = mapped_column(UtcDateTime)
