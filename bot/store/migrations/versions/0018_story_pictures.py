"""The address of a story's picture, and where its time of publication comes from.

Why: digests show the picture that a source gives with a story, and a date that was found on a page is worth less than
one that the source states. Stories of earlier versions have neither until their document is read again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("story", sa.Column("picture", sa.Text(), nullable=True))
    op.add_column("story", sa.Column("date_origin", sa.String(10), nullable=True))
