"""Keep if–then plans, and when the small session after a miss was last offered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody has said or been offered anything yet."""
    for name in ("anchor", "obstacle", "coping", "fallback"):
        op.add_column("user_account", sa.Column(name, sa.String(), nullable=True))
    for name in ("if_then_on", "small_offered_on"):
        op.add_column("user_account", sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("small_offered_on", "if_then_on", "fallback", "coping", "obstacle", "anchor"):
        op.drop_column("user_account", name)
