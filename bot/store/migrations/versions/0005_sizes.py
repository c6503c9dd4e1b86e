"""How long each story is.

Why: digests are ranked by it, too, and reading hundreds of bodies for their lengths took half the time of composing
one. Filled from the bodies, which hold the text twice; a story that a program of before adds meanwhile has none and
counts as short.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("story", sa.Column("size", sa.Integer(), nullable=True))
    length = "SELECT length(body) / 2 FROM story_body WHERE story_body.story_id = story.id"
    op.execute(sa.text(f"UPDATE story SET size = ({length})"))  # noqa: S608 - nothing from outside
