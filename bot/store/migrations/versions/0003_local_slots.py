"""A slot's local time beside its moment.

Why: when a zone's rules change, the same local time is another moment; a digest that went out before the change must not
come again after it. Rows of before have none and bind nobody.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("slot_local", sa.String(length=120), nullable=True))
    op.create_index(
        "ix_delivery_subscription_id_slot_local", "delivery", ["subscription_id", "slot_local"], unique=True
    )
