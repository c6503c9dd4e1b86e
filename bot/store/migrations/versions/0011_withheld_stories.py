"""Stories and events that an editor withheld.

Why: withholding has to outlast the document's next reading, so it is a rule with its log (`withholding`), the stories it
covers and their sentences, by which copies are recognized. `story.withheld_at` marks the stories that only this hides:
they return when it ends. `shown_story.withheld_at` marks what was taken out of a posted message. An older program sees
such stories as withdrawn, and would bring one back when its document changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "withholding",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("target_id", number, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("release_reason", sa.Text(), nullable=True),
        sqlite_autoincrement=True,
    )
    active = sa.text("released_at IS NULL")
    op.create_index("ix_withholding_until", "withholding", ["until"], sqlite_where=active, postgresql_where=active)
    op.create_table(
        "withheld_story",
        sa.Column("withholding_id", number, primary_key=True, autoincrement=False),
        sa.Column("story_id", number, primary_key=True, autoincrement=False),
        sa.ForeignKeyConstraint(
            ["withholding_id"], ["withholding.id"], "fk_withheld_story_withholding_id_withholding", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_withheld_story_story_id", "withheld_story", ["story_id"])
    op.create_table(
        "withheld_text",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("story_id", number, primary_key=True, autoincrement=False),
    )
    op.create_index("ix_withheld_text_story_id", "withheld_text", ["story_id"])
    op.add_column("story", sa.Column("withheld_at", sa.BigInteger(), nullable=True))
    op.add_column("shown_story", sa.Column("withheld_at", sa.BigInteger(), nullable=True))
    withheld = sa.text("withheld_at IS NOT NULL")
    op.create_index(
        "ix_shown_story_withheld_at", "shown_story", ["withheld_at"], sqlite_where=withheld, postgresql_where=withheld
    )
