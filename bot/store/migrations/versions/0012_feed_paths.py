"""Paths of feeds without their addresses.

Why: entries were stored under the address of their feed, which may hold a key, and paths are shown, searched and
exported. A hash takes the address's place, and its host stays. Entries keep their ids and hashes, so that none is told
again. A former failure's message may repeat the address, so that it is replaced; the next fetch says what is wrong. The
new paths are made as `bot.newsroom.feed_addresses.feed_path` makes them.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_PAGE = 1_000
"""Rows that are read and written at once, to bound memory."""

_FORMER = re.compile(r"feed:(?!//)(?P<address>.*?//.*?)(?P<item>#[0-9a-f]{16})?", re.DOTALL)
_FAILED = 'fetch-failed {"error": "an earlier version could not read it"}'


def upgrade() -> None:
    conn = op.get_bind()
    if conn.dialect.name == "sqlite":
        conn.execute(sa.text("PRAGMA secure_delete = ON"))  # or the addresses stay in the file's free space
    document = sa.table("document", sa.column("id"), sa.column("path"), sa.column("path_folded"), sa.column("reason"))
    former = (document.c.path.like("feed:%//%"), document.c.path.not_like("feed://%"))
    query = sa.select(document.c.id, document.c.path, document.c.reason).where(*former).order_by(document.c.id)
    last = 0
    while rows := conn.execute(query.where(document.c.id > last).limit(_PAGE)).all():
        last = rows[-1].id
        for row in rows:
            match = _FORMER.fullmatch(row.path)
            if match is None:
                continue
            path = _feed_path(match["address"]) + (match["item"] or "")
            reason = _FAILED if row.reason is not None and "//" in row.reason else row.reason
            values = {"path": path, "path_folded": path.casefold(), "reason": reason}
            conn.execute(sa.update(document).where(document.c.id == row.id).values(values))


def _feed_path(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    host = f"[{host}]" if ":" in host else host
    return f"feed://{host}/{hashlib.sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
