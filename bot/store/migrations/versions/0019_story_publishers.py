"""An index of the public stories by publisher.

Why: the web edition lists publishers and has a page for each; without it, both read every story.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    public = sa.text("withdrawn_at IS NULL AND guild_id IS NULL")
    op.create_index(
        "ix_story_source_folded_published_at_id",
        "story",
        ["source_folded", "published_at", "id"],
        sqlite_where=public,
        postgresql_where=public,
    )
