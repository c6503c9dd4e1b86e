"""News value of each story, and the factors that decided.

Why: digests are ranked by news value instead of length. Stories that are there have none until maintenance has assessed
them (`bot/store/news_values.py`), nor those that an older program adds meanwhile; they count as of middle value. The
length stays: which of an event's reports is read first goes by it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("story", sa.Column("news_value", sa.Float(), nullable=True))
    op.add_column("story", sa.Column("news_factors", sa.Text(), nullable=True))
