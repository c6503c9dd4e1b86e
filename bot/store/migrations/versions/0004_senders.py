"""The name and picture that a subscription posts under.

Why: a server may want its digests to come from its own newspaper. Empty columns are the bot itself, as before; a
program of before doesn't ask for them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("sender_name", sa.Text(), nullable=True))
    op.add_column("subscription", sa.Column("sender_avatar", sa.Text(), nullable=True))
