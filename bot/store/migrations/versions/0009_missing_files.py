"""Files that are missing, stories that came back, and messages that were corrected.

Why: a disk that isn't mounted must not withdraw everything, so a file that vanished together with many others is
remembered with the time at which it was first missed. When a story comes back, the messages that showed it are restored
from their original text, and digests find what they missed meanwhile. All columns may be empty, as an older program
leaves them: nothing is missing, nothing came back, and an old correction stays.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("missing_since", sa.BigInteger(), nullable=True))
    op.add_column("story", sa.Column("hidden_from", sa.BigInteger(), nullable=True))
    op.add_column("story", sa.Column("returned_at", sa.BigInteger(), nullable=True))
    op.add_column("shown", sa.Column("struck_at", sa.BigInteger(), nullable=True))
    op.add_column("delivery_message", sa.Column("original", sa.Text(), nullable=True))
    returned, struck = sa.text("returned_at IS NOT NULL"), sa.text("struck_at IS NOT NULL")
    op.create_index("ix_story_returned_at", "story", ["returned_at"], sqlite_where=returned, postgresql_where=returned)
    op.create_index("ix_shown_struck_at", "shown", ["struck_at"], sqlite_where=struck, postgresql_where=struck)
