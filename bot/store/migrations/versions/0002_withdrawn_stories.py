"""An index of withdrawn stories by when.

Why: digests that told of a story are corrected when it is withdrawn, and the question which were withdrawn lately must
not read the whole table.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    withdrawn = sa.text("withdrawn_at IS NOT NULL")
    op.create_index(
        "ix_story_withdrawn_at",
        "story",
        ["withdrawn_at"],
        unique=False,
        sqlite_where=withdrawn,
        postgresql_where=withdrawn,
    )
