"""Keep under which message the last answer stands and what it answered: a thumb down is about that one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; answers from before have no message that is known."""
    op.add_column("user_account", sa.Column("shown_question", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("user_account", sa.Column("shown_message_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("user_account") as table:
        table.drop_column("shown_message_id")
        table.drop_column("shown_question")
