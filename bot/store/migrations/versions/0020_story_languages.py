"""The languages of the stories that a subscription's digests and a member's answers choose from.

Why: headings in German need not mean stories in German only, nor stories in all languages. Subscriptions of earlier
versions have stories in all languages, as before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("stories", sa.String(200), nullable=True))
    op.create_table(
        "member_setting",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "name", name=op.f("pk_member_setting")),
    )
