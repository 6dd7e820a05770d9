"""Note who is on the way back after a strain or a break, since when and why, and what they said after its sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody is on it yet."""
    op.add_column("user_account", sa.Column("way_back_since", sa.Date(), nullable=True))
    op.add_column("user_account", sa.Column("way_back_reason", sa.String(), nullable=True))
    op.add_column("training_session", sa.Column("met", sa.String(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("training_session", "met")
    for name in ("way_back_reason", "way_back_since"):
        op.drop_column("user_account", name)
