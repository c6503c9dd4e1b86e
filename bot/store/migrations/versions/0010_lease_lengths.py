"""How long each lease was granted for.

Why: a lease that ends later than its length from now was granted before a clock was set back, and is shortened. Empty
where an older program granted it; then the length of the one that looks is taken.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lease", sa.Column("length_seconds", sa.Float(), nullable=True))
