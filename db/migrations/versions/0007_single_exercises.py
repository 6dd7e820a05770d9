"""Note the sets of single exercises, the exercises that stand in for others, and what the heel-raise test asks."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the columns; nobody has noted, swapped or said anything yet."""
    op.create_table(
        "noted_sets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("reps", sa.JSON(), nullable=False),
        sa.Column("load_kg", sa.Float(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "day", "exercise"),
    )
    op.add_column("user_account", sa.Column("stand_ins", sa.JSON(), nullable=True))
    op.add_column("user_account", sa.Column("decade", sa.String(), nullable=True))
    op.add_column("user_account", sa.Column("sex", sa.String(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("sex", "decade", "stand_ins"):
        op.drop_column("user_account", name)
    op.drop_table("noted_sets")
