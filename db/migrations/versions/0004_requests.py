"""Room for requests: the last change, to undo it; what the chat showed last; how long a session took."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the columns; nobody has asked for anything yet."""
    op.create_table(
        "last_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intents", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id"),
        sqlite_autoincrement=True,
    )
    op.add_column("user_account", sa.Column("shown_kind", sa.String(), nullable=True))
    op.add_column("user_account", sa.Column("shown_slug", sa.String(), nullable=True))
    op.add_column("user_account", sa.Column("shown_day", sa.Date(), nullable=True))
    op.add_column("user_account", sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user_account", sa.Column("misses", sa.Integer(), server_default="0", nullable=False))
    op.add_column("training_session", sa.Column("minutes_done", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("training_session", "minutes_done")
    for name in ("misses", "shown_at", "shown_day", "shown_slug", "shown_kind"):
        op.drop_column("user_account", name)
    op.drop_table("last_change")
