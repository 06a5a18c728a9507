"""Applicants, packets, submissions, results and item scores."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "talentpool_applicant",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("registered_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "talentpool_packet",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("applicant_id", sa.String(64), sa.ForeignKey("talentpool_applicant.id"), nullable=False, index=True),
        sa.Column("assessment", sa.String(64), nullable=False, index=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("issued_at", sa.DateTime, nullable=False),
        sa.Column("closes_at", sa.DateTime, nullable=False),
        sa.Column("signed", sa.Text, nullable=False),
        sa.UniqueConstraint("applicant_id", "assessment", "attempt", name="uq_talentpool_packet_applicant_id"),
    )
    op.create_table(
        "talentpool_submission",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("packet_id", sa.String(32), sa.ForeignKey("talentpool_packet.id"), index=True),
        sa.Column("sent_by", sa.String(64)),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("received_name", sa.String(300), nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
    )
    _results()


def _results() -> None:
    op.create_table(
        "talentpool_result",
        sa.Column("submission_id", sa.String(64), sa.ForeignKey("talentpool_submission.id"), primary_key=True),
        sa.Column("outcome", sa.String(20), nullable=False, index=True),
        sa.Column("points", sa.Float),
        sa.Column("max_points", sa.Float),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("graded_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "talentpool_item_score",
        sa.Column("submission_id", sa.String(64), sa.ForeignKey("talentpool_submission.id"), primary_key=True),
        sa.Column("slot", sa.String(64), primary_key=True),
        sa.Column("item_id", sa.String(64), nullable=False, index=True),
        sa.Column("item_version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("task_type", sa.String(32), nullable=False),
        sa.Column("skill", sa.String(64), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("max_points", sa.Float, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.Column("response", sa.JSON),
    )
