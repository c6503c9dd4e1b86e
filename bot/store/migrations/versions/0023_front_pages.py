"""The sections and the size of a subscription's front page.

Why: each subscription chooses them. Both columns may be null: `sections` is null in the other looks, so that existing
subscriptions keep theirs, and a null `size` is the normal one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("sections", sa.String(20), nullable=True))
    op.add_column("subscription", sa.Column("size", sa.String(20), nullable=True))
