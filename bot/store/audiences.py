"""Audiences in SQL: the one place that decides which stories an answer may tell.

`story.guild_id` names the server that alone sees a story; it is empty for a story that is for all servers. Every query
that answers readers takes its condition from here, the labels of own stories are told apart in labels.py.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import Audience
from bot.store.schema import document, source, story

__all__ = ["documents_for", "owning_guilds", "seen_by", "sources_for", "visible_to"]


def seen_by(audience: Audience, stories: FromClause = story) -> ColumnElement[bool]:
    """Return the condition on `story`, or an alias of it, that its source is for these readers."""
    return _is_for(stories.c.guild_id, audience)


def documents_for(audience: Audience) -> ColumnElement[bool]:
    """Return the same condition on `document`."""
    return _is_for(document.c.guild_id, audience)


def sources_for(audience: Audience) -> ColumnElement[bool]:
    """Return the same condition on `source`."""
    return _is_for(source.c.guild_id, audience)


def _is_for(guild_id: ColumnElement[int], audience: Audience) -> ColumnElement[bool]:
    if audience.all_servers:
        return true()
    public = guild_id.is_(None)
    return public if audience.guild_id is None else or_(public, guild_id == audience.guild_id)


def visible_to(audience: Audience, stories: FromClause = story) -> ColumnElement[bool]:
    """Return the condition that a story is neither withdrawn nor another server's own."""
    return and_(stories.c.withdrawn_at.is_(None), seen_by(audience, stories))


async def owning_guilds(conn: AsyncConnection, audience: Audience) -> tuple[int, ...]:
    """Return the servers whose own stories the audience sees and that have any, sorted.

    Served by ix_story_guild_id_language.
    """
    if audience.all_servers:
        owned = select(story.c.guild_id).where(story.c.guild_id.is_not(None)).distinct()
        return tuple(sorted((await conn.execute(owned)).scalars()))
    if audience.guild_id is None:
        return ()
    query = select(story.c.id).where(story.c.guild_id == audience.guild_id).limit(1)
    return (audience.guild_id,) if (await conn.execute(query)).first() is not None else ()
