"""Whether a digest is posted as one or each of its events by itself.

Why: in a forum people talk about one happening at a time. An empty column is one post for all, as before; a program of
before doesn't ask for it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("posts", sa.String(20), nullable=True))
