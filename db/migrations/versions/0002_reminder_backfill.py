"""Note for each kind of reminder how far the people who existed before it were given their row."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIRST_KINDS = ("session", "recovery", "review", "measuring")


def upgrade() -> None:
    """Make the table; the first kinds came with the person's first time."""
    table = op.create_table(
        "reminder_backfill",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    op.bulk_insert(table, [{"kind": kind, "reached": 0, "done": True} for kind in FIRST_KINDS])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("reminder_backfill")
