"""A subscription's role to mention, silent posts, threads for talk, and weekly digests.

Why: managers decide how loud a digest is and where it is talked about. Empty columns are as before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("mention_role", sa.BigInteger(), nullable=True))
    for name in ("notify", "talk", "every"):
        op.add_column("subscription", sa.Column(name, sa.String(10), nullable=True))
