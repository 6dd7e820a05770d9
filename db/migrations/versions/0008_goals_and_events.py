"""Keep the figures that people want to reach by a day, and the date that a plan leads to."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the columns; nobody has a goal or a date yet."""
    op.create_table(
        "number_goal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Float(), nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("begun", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "kind"),
    )
    op.add_column("user_account", sa.Column("event_day", sa.Date(), nullable=True))
    op.add_column("user_account", sa.Column("event_what", sa.String(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("event_what", "event_day"):
        op.drop_column("user_account", name)
    op.drop_table("number_goal")
