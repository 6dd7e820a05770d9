"""Keep what the last change was asked for with, so that a correction can take its place."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was changed before has none."""
    op.add_column("last_change", sa.Column("slots", sa.String(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("last_change", "slots")
