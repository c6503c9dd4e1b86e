"""Signs of each recent story's meaning, by which reports in other languages are found.

Why: an event is told in many languages, whose words have nothing in common. A row is 64 bytes, and stays when the story is too
old to be compared, for searches by meaning. Stories that are there have none; nor have those that an older program adds
meanwhile: they are found by names, figures and words alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_signs",
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("signs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_signs_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_story_signs")),
    )
