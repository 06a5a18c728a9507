"""Points that wait for a person, reports about items, time worked; parameters, exposure of items, accommodations."""

import json
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _results()
    _packets()
    op.create_table(
        "talentpool_accommodation",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("applicant_id", sa.String(64), sa.ForeignKey("talentpool_applicant.id"), nullable=False, index=True),
        sa.Column("factor", sa.Float, nullable=False),
        sa.Column("extra_minutes", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("granted_by", sa.String(100), nullable=False),
        sa.Column("granted_at", sa.DateTime, nullable=False),
    )


def _results() -> None:
    nothing, none = sa.text("0"), sa.text("'[]'")
    op.add_column("talentpool_result", sa.Column("points_pending", sa.Float, nullable=False, server_default=nothing))
    op.add_column("talentpool_result", sa.Column("worked_minutes", sa.Float))
    pending = sa.Column("points_pending", sa.Float, nullable=False, server_default=nothing)
    op.add_column("talentpool_item_score", pending)
    op.add_column("talentpool_item_score", sa.Column("checks", sa.JSON, nullable=False, server_default=none))
    op.create_table(
        "talentpool_item_report",
        sa.Column("submission_id", sa.String(64), sa.ForeignKey("talentpool_submission.id"), primary_key=True),
        sa.Column("slot", sa.String(64), primary_key=True),
        sa.Column("item_id", sa.String(64), nullable=False, index=True),
        sa.Column("item_version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _packets() -> None:
    parameters = sa.Column("parameters", sa.JSON, nullable=False, server_default=sa.text("'{}'"))
    op.add_column("talentpool_packet", parameters)
    exposure = op.create_table(
        "talentpool_exposure",
        sa.Column("assessment", sa.String(64), primary_key=True),
        sa.Column("item_id", sa.String(64), primary_key=True),
        sa.Column("issued", sa.Integer, nullable=False),
    )
    # what was issued before anybody counted
    counts: Counter[tuple[str, str]] = Counter()
    for assessment, signed in op.get_bind().execute(sa.text("SELECT assessment, signed FROM talentpool_packet")):
        slots = json.loads(json.loads(signed)["packet"])["slots"]
        counts.update((assessment, slot["item"]["id"]) for slot in slots)
    rows = [{"assessment": name, "item_id": item, "issued": count} for (name, item), count in counts.items()]
    op.bulk_insert(exposure, rows)
