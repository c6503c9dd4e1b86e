"""Two more indexes of the words, on PostgreSQL.

Why: its index of words gives all stories that have them, however many, and reads the words of each to tell where they
are. One index of the heads' words tells those at once; one of sixteen thousand stories each is read together with that
of the words, so that the newest are found without the rest. Building them reads all words once.
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for name, what in (("heads", "ts_filter(words, '{a}')"), ("era", "(ARRAY[story_id >> 14])")):
        op.execute(f"CREATE INDEX ix_story_words_{name} ON story_words USING gin ({what}) WITH (fastupdate = off)")
