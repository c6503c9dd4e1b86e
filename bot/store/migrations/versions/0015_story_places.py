"""The place of each story's dateline, beside its headline.

Why: "the city's mayor" says nothing without the dateline, which digests and lists leave out; they read no bodies. Stories
of earlier versions have none until their document is read again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("story", sa.Column("place", sa.Text(), nullable=True))
