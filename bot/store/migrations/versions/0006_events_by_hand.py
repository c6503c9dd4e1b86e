"""The number under which a message tells an event, and which events an operator has put together or apart.

Why: an event that is merged or split keeps its place in messages that were posted, and those have to be found when a
source takes back what it said. And what an operator decided is not for grouping to undo. Both columns may be empty, as
a program of before leaves them: the number is the event's own then, and nobody has decided.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shown", sa.Column("posted_as", sa.BigInteger(), nullable=True))
    op.add_column("event", sa.Column("by_hand", sa.Boolean(), nullable=True))
