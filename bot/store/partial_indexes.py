"""Indexes over some of a table's rows, added to the tables of `bot.store.schema`.

Only migrations need them. They stand apart because their options make SQLAlchemy load the dialects of both databases,
which takes as long as the answer of `gazette news`.
"""

from __future__ import annotations

from sqlalchemy import Index, text

from bot.store.schema import delivery, metadata, shown, shown_story, story, withholding

__all__ = ["metadata"]

_PRESENT = text("withdrawn_at IS NULL")
Index("ix_story_published_at_id", story.c.published_at, story.c.id, sqlite_where=_PRESENT, postgresql_where=_PRESENT)
Index("ix_story_arrived_at_id", story.c.arrived_at, story.c.id, sqlite_where=_PRESENT, postgresql_where=_PRESENT)
_PUBLIC = text("withdrawn_at IS NULL AND guild_id IS NULL")
Index(
    "ix_story_source_folded_published_at_id",
    story.c.source_folded,
    story.c.published_at,
    story.c.id,
    sqlite_where=_PUBLIC,
    postgresql_where=_PUBLIC,
)
_GONE = text("withdrawn_at IS NOT NULL")
Index("ix_story_withdrawn_at", story.c.withdrawn_at, sqlite_where=_GONE, postgresql_where=_GONE)
_RETURNED = text("returned_at IS NOT NULL")
Index("ix_story_returned_at", story.c.returned_at, sqlite_where=_RETURNED, postgresql_where=_RETURNED)
_OWN = text("guild_id IS NOT NULL")
Index("ix_story_guild_id_language", story.c.guild_id, story.c.language, sqlite_where=_OWN, postgresql_where=_OWN)
_OPEN = text("state IN ('planned','composed','sending')")
Index("ix_delivery_open_next_try_at", delivery.c.next_try_at, delivery.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
_STRUCK = text("struck_at IS NOT NULL")
Index("ix_shown_struck_at", shown.c.struck_at, sqlite_where=_STRUCK, postgresql_where=_STRUCK)
_WITHHELD = text("withheld_at IS NOT NULL")
Index("ix_shown_story_withheld_at", shown_story.c.withheld_at, sqlite_where=_WITHHELD, postgresql_where=_WITHHELD)
_ACTIVE = text("released_at IS NULL")
Index("ix_withholding_until", withholding.c.until, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE)
