"""People's ways: events, applications, notices, help, lessons, members, credentials; decisions in a chain."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _decisions()
    _way()
    _messages()
    _members()


def _applicant(*, key: bool = False) -> "sa.Column[str]":
    reference = sa.ForeignKey("talentpool_applicant.id")
    return sa.Column("applicant_id", sa.String(64), reference, primary_key=key, nullable=False, index=not key or None)


def _decisions() -> None:
    nothing = sa.text("'[]'")
    op.add_column("talentpool_decision", sa.Column("rules", sa.JSON, nullable=False, server_default=nothing))
    op.add_column("talentpool_decision", sa.Column("objection_until", sa.DateTime))
    op.add_column("talentpool_decision", sa.Column("chain", sa.String(64)))


def _way() -> None:
    op.create_table(
        "talentpool_event",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _applicant(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.UniqueConstraint("applicant_id", "number", name="uq_talentpool_event_applicant_id"),
    )
    op.create_table(
        "talentpool_application",
        _applicant(key=True),
        sa.Column("email", sa.String(254)),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("submitted_at", sa.DateTime, nullable=False),
        sa.Column("erased_at", sa.DateTime),
        sa.UniqueConstraint("email", name="uq_talentpool_application_email"),
    )
    op.create_table(
        "talentpool_cv",
        _applicant(key=True),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "talentpool_lesson",
        _applicant(key=True),
        sa.Column("module", sa.String(64), primary_key=True),
        sa.Column("exercise", sa.String(64), primary_key=True),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def _messages() -> None:
    op.create_table(
        "talentpool_notice",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _applicant(),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("template", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("sent_at", sa.DateTime),
        sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("try_from", sa.DateTime),
        sa.Column("problem", sa.Text),
        sa.UniqueConstraint("key", name="uq_talentpool_notice_key"),
    )
    op.create_table(
        "talentpool_ticket",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _applicant(),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("assigned_to", sa.String(100), nullable=False),
        sa.Column("level", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("decision_id", sa.Integer, sa.ForeignKey("talentpool_decision.id")),
        sa.Column("outcome_id", sa.Integer, sa.ForeignKey("talentpool_decision.id")),
    )
    op.create_table(
        "talentpool_ticket_entry",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("ticket_id", sa.Integer, sa.ForeignKey("talentpool_ticket.id"), nullable=False, index=True),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def _members() -> None:
    op.create_table(
        "talentpool_member",
        _applicant(key=True),
        sa.Column("hours_a_week", sa.Integer),
        sa.Column("available_from", sa.Date),
        sa.Column("standing", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("changed_by", sa.String(100), nullable=False),
    )
    op.create_table(
        "talentpool_credential",
        sa.Column("id", sa.String(64), primary_key=True),
        _applicant(),
        sa.Column("assessment", sa.String(64), nullable=False),
        sa.Column("status_index", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("issued_at", sa.DateTime, nullable=False),
        sa.Column("revoked_at", sa.DateTime),
        sa.Column("revoked_by", sa.String(100)),
        sa.Column("revoked_reason", sa.Text),
        sa.UniqueConstraint("status_index", name="uq_talentpool_credential_status_index"),
    )
