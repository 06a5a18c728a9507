"""How submissions of plain nbgrader courses were graded."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "talentpool_autograde",
        sa.Column("assignment", sa.String(128), primary_key=True),
        sa.Column("student", sa.String(128), primary_key=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("isolated", sa.Boolean, nullable=False),
        sa.Column("self_asserted", sa.Boolean, nullable=False),
        sa.Column("graded_at", sa.DateTime, nullable=False),
    )
