"""Alerts: a subscription's rules for them, and the event that a delivery posts at once.

Why: an event that many newsrooms have is posted without waiting for the next digest. An alert is a delivery like a
digest, so that it is posted exactly once, too; the unique index makes it one per subscription and event.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("alerts", sa.String(80), nullable=True))
    op.add_column("delivery", sa.Column("alert_event_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_delivery_alert_event_id_subscription_id", "delivery", ["alert_event_id", "subscription_id"], unique=True
    )
