"""Pruning of old stories, documents and messages, without posting anything again.

A pruned story keeps a bare row: its text's fingerprint, its event and its time of arrival. When its file is read again,
the story gets that row back with its old time of arrival, and so is no news. What channels were shown is never pruned.
Rows of stories whose file is gone are deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.clustering import WINDOW
from bot.newsroom.models import DocumentStatus
from bot.store import event_index, stories
from bot.store.database import Store
from bot.store.schema import delivery, delivery_message, document, event, shown, story, story_body, withheld_story
from bot.store.sql_helpers import batches

__all__ = ["Pruned", "prune", "prune_all"]


@dataclass(frozen=True, slots=True)
class Pruned:
    """Numbers of pruned rows, or for a dry run of rows that would be pruned."""

    stories: int = 0
    documents: int = 0
    messages: int = 0

    def __add__(self, other: Pruned) -> Pruned:
        return Pruned(self.stories + other.stories, self.documents + other.documents, self.messages + other.messages)

    def __bool__(self) -> bool:
        return bool(self.stories or self.documents or self.messages)


async def prune(
    conn: AsyncConnection,
    *,
    now: datetime,
    before: datetime | None = None,
    max_stories: int = 0,
    dry_run: bool = False,
    limit: int = 500,
) -> Pruned:
    """Prune what is older than `before`, and the oldest stories beyond `max_stories`.

    0 sets no bound. A story is as old as the later of its publication and its arrival. Messages of deliveries before
    `before` lose their text; documents withdrawn before it are deleted. At most `limit` of each, so that a transaction
    stays short: call again while it returns something. A dry run changes nothing and counts everything.
    """
    beyond = await _beyond(conn, max_stories)
    old_stories = _old_stories(before, beyond)
    old_documents = _old_documents(before)
    old_messages = _old_messages(before)
    if dry_run:
        return Pruned(
            await _count(conn, story, old_stories) + await _count(conn, story, _old_withheld(before)),
            await _count(conn, document, old_documents),
            await _count(conn, delivery_message, old_messages),
        )
    ids = await _ids(conn, story, old_stories, limit)
    if len(ids) < limit:
        ids += await _ids(conn, story, _old_withheld(before), limit - len(ids))
    await _strip(conn, ids, now)
    gone = await _ids(conn, document, old_documents, limit)
    await _drop_documents(conn, gone)
    with_text = (
        select(delivery_message.c.delivery_id).where(old_messages).distinct().order_by(delivery_message.c.delivery_id)
    )
    deliveries = list((await conn.execute(with_text.limit(limit))).scalars())
    query = delete(delivery_message).where(delivery_message.c.delivery_id.in_(deliveries))
    messages = len((await conn.execute(query.returning(delivery_message.c.ordinal))).all()) if deliveries else 0
    return Pruned(len(ids), len(gone), messages)


async def prune_all(
    store: Store, *, now: datetime, before: datetime | None = None, max_stories: int = 0, dry_run: bool = False
) -> Pruned:
    """Prune until nothing is left to prune, in short transactions.

    Also removes the clustering features of stories that are too old to be candidates: most of a story's bytes.
    """
    if dry_run:
        async with store.reading() as conn:
            return await prune(conn, now=now, before=before, max_stories=max_stories, dry_run=True)
    total = Pruned()
    while True:
        async with store.writing() as conn:
            step = await prune(conn, now=now, before=before, max_stories=max_stories)
            forgotten = await event_index.prune_features(conn, now - WINDOW)
        if not step and not forgotten:
            return total
        total += step


async def _beyond(conn: AsyncConnection, max_stories: int) -> tuple[datetime, int] | None:
    """Return time and id of the newest story that exceeds `max_stories`."""
    if max_stories <= 0:
        return None
    query = select(story.c.published_at, story.c.id).where(story.c.withdrawn_at.is_(None))
    newest = query.order_by(story.c.published_at.desc(), story.c.id.desc())
    row = (await conn.execute(newest.offset(max_stories).limit(1))).first()
    return (row.published_at, row.id) if row is not None else None


def _old_stories(before: datetime | None, beyond: tuple[datetime, int] | None) -> ColumnElement[bool]:
    tests: list[ColumnElement[bool]] = []
    if before is not None:
        tests.append(and_(story.c.published_at < before, story.c.arrived_at < before))
    if beyond is not None:
        at, number = beyond
        tests.append(story.c.published_at < at)
        tests.append(and_(story.c.published_at == at, story.c.id <= number))
    return and_(story.c.withdrawn_at.is_(None), or_(literal(False), *tests))


def _old_withheld(before: datetime | None) -> ColumnElement[bool]:
    """Return the condition for old withheld stories.

    They are read by their own, short list, so that the others are found by the indexes of visible ones.
    """
    if before is None:
        return literal(False)
    covered = select(withheld_story.c.story_id)
    old = and_(story.c.published_at < before, story.c.arrived_at < before)
    return and_(story.c.id.in_(covered), story.c.withheld_at.is_not(None), old)


def _old_documents(before: datetime | None) -> ColumnElement[bool]:
    if before is None:
        return literal(False)
    return and_(document.c.status == DocumentStatus.WITHDRAWN.value, document.c.changed_at < before)


def _old_messages(before: datetime | None) -> ColumnElement[bool]:
    if before is None:
        return literal(False)
    ended = select(literal(1)).where(
        delivery.c.id == delivery_message.c.delivery_id,
        delivery.c.slot_at < before,
        delivery.c.changed_at < before,
        delivery.c.state.not_in(["planned", "composed", "sending"]),
    )
    return exists(ended.correlate(delivery_message))


async def _count(conn: AsyncConnection, table: object, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(condition)  # type: ignore[arg-type] # one of our tables
    return int((await conn.execute(query)).scalar_one())


async def _ids(conn: AsyncConnection, table: object, condition: ColumnElement[bool], limit: int) -> list[int]:
    number = table.c.id  # type: ignore[attr-defined] # one of our tables
    return list((await conn.execute(select(number).where(condition).order_by(number).limit(limit))).scalars())


async def _strip(conn: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    """Empty stories down to what prevents them from becoming news again."""
    if not ids:
        return
    await event_index.remove_features(conn, ids)
    await stories.withdraw_stories(conn, ids, now)
    await conn.execute(delete(story_body).where(story_body.c.story_id.in_(ids)))
    await conn.execute(
        update(story)
        .where(story.c.id.in_(ids))
        .values(
            headline="",
            kicker=None,
            kicker_folded="",
            source=None,
            source_folded="",
            url=None,
            summary="[]",
            countries="[]",
            topics="[]",
        )
    )


async def _drop_documents(conn: AsyncConnection, ids: Sequence[int]) -> None:
    """Delete documents with their stories' rows, and events that nothing refers to any more."""
    if not ids:
        return
    query = select(story.c.id, story.c.event_id).where(story.c.document_id.in_(ids))
    rows = (await conn.execute(query)).all()
    numbers = [row.id for row in rows]
    await event_index.remove_features(conn, numbers)
    for batch in batches(numbers):
        await conn.execute(delete(story).where(story.c.id.in_(batch)))
    await conn.execute(delete(document).where(document.c.id.in_(ids)))
    touched = sorted({row.event_id for row in rows})
    for batch in batches(touched):
        alone = and_(
            event.c.id.in_(batch),
            ~exists(select(literal(1)).where(story.c.event_id == event.c.id).correlate(event)),
            ~exists(select(literal(1)).where(shown.c.event_id == event.c.id).correlate(event)),
        )
        await conn.execute(delete(event).where(alone))
