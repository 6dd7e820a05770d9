"""Keep the voice that a person chose for guides, and the ids that Telegram gave to tracks."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table; nobody has chosen, and nothing was sent yet."""
    op.add_column("user_account", sa.Column("guide_voice", sa.String(), nullable=True))
    op.create_table(
        "sent_file",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("sent_file")
    op.drop_column("user_account", "guide_voice")
