"""Claims on interactions.

Why: two processes that have the same shards, as during a rolling deploy, get every interaction both. Whoever inserts its
id first carries it out. An older program ignores the table, and so carries out what a newer one does, too.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interaction",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=False),
        sa.Column("effect_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_interaction"),
    )
    op.create_index("ix_interaction_claimed_at", "interaction", ["claimed_at"])
