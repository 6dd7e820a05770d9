"""Store the step of its ladder with each session: short sessions have fewer rounds than their step."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; sessions from before keep none, and are read by their rounds."""
    op.add_column("training_session", sa.Column("step", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("training_session") as table:
        table.drop_column("step")
