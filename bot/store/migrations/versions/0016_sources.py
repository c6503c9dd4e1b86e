"""Sources: what is read beside the seeds folder, and the server that alone sees what one of them brings.

Why: feeds were lines of the configuration, so that adding one took a restart, and none could belong to a server.
`guild_id` of a document and of its stories is the server that alone sees them; empty, as for all that is stored, they
are for every server. An older program shows them everywhere: update all programs before a server adds its own source.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "source",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column("path", sa.Text(), nullable=False, unique=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("configured", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("options", sa.Text(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("succeeded_at", sa.BigInteger(), nullable=True),
        sa.Column("failed_since", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("reported_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'{}'")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_source_guild_id", "source", ["guild_id"])
    op.add_column("document", sa.Column("guild_id", sa.BigInteger(), nullable=True))
    op.add_column("story", sa.Column("guild_id", sa.BigInteger(), nullable=True))
    own = sa.text("guild_id IS NOT NULL")
    op.create_index(
        "ix_story_guild_id_language", "story", ["guild_id", "language"], sqlite_where=own, postgresql_where=own
    )
