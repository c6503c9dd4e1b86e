"""Withholdings that are carried into another database.

That is a restored backup, or the target of an import. Ids differ there, so that what is withheld is recognized by its
text. A text that isn't there yet is kept under a negative id, which no story has: when it comes, it is a copy of what
is withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import story, withheld_story, withheld_text, withholding
from bot.store.sql_helpers import batches, upsert
from bot.store.withholdings import cover

__all__ = ["CarriedWithholding", "active_withholdings", "carry_over"]

_FINGERPRINT_LENGTH = 64
"""Characters of a text's fingerprint; hashes of sentences are shorter."""


@dataclass(frozen=True, slots=True)
class CarriedWithholding:
    """An active withholding with the hashes of each of its texts."""

    kind: str
    target_id: int
    made_by: str
    made_at: datetime
    reason: str | None
    until: datetime | None
    texts: Mapping[int, Sequence[str]]


async def active_withholdings(conn: AsyncConnection) -> list[CarriedWithholding]:
    """Return all active withholdings, in the order in which they were made."""
    rows = (await conn.execute(select(withholding).where(text("withholding.released_at IS NULL")))).all()
    carried = []
    for row in sorted(rows, key=lambda row: row.id):
        query = (
            select(withheld_story.c.story_id, withheld_text.c.hash)
            .outerjoin(withheld_text, withheld_text.c.story_id == withheld_story.c.story_id)
            .where(withheld_story.c.withholding_id == row.id)
            .order_by(withheld_story.c.story_id, withheld_text.c.hash)
        )
        texts: dict[int, list[str]] = defaultdict(list)
        for story_id, value in await conn.execute(query):
            if value is not None:
                texts[story_id].append(value)
        carried.append(
            CarriedWithholding(row.kind, row.target_id, row.made_by, row.made_at, row.reason, row.until, dict(texts))
        )
    return carried


async def carry_over(conn: AsyncConnection, carried: Iterable[CarriedWithholding]) -> None:
    """Withhold in this database what is withheld in another; again changes nothing."""
    for each in carried:
        found = await _stories_by_text(conn, each)
        number = await _find(conn, each)
        if number is None:
            number = await _add(conn, each, found)
        for story_id, hashes in each.texts.items():
            if story_id in found:
                continue
            absent = -abs(story_id)
            link = {"withholding_id": number, "story_id": absent}
            await conn.execute(upsert(conn, withheld_story).on_conflict_do_nothing(), [link])
            rows = [{"hash": value, "story_id": absent} for value in hashes]
            for batch in batches(rows):
                await conn.execute(upsert(conn, withheld_text).on_conflict_do_nothing(), list(batch))
        here = {one for ids in found.values() for one in ids}
        await cover(conn, {number: here}, each.made_at)


async def _stories_by_text(conn: AsyncConnection, carried: CarriedWithholding) -> dict[int, list[int]]:
    """Return this database's stories with each text, by the id that the text had.

    Served by ix_story_fingerprint.
    """
    found: dict[int, list[int]] = {}
    for story_id, hashes in carried.texts.items():
        fingerprints = [value for value in hashes if len(value) == _FINGERPRINT_LENGTH]
        ids = (await conn.execute(select(story.c.id).where(story.c.fingerprint.in_(fingerprints)))).scalars().all()
        if ids:
            found[story_id] = sorted(ids)
    return found


async def _find(conn: AsyncConnection, carried: CarriedWithholding) -> int | None:
    """Return this database's own record of a withholding."""
    query = select(withholding.c.id).where(
        text("withholding.released_at IS NULL"),
        withholding.c.kind == carried.kind,
        withholding.c.made_by == carried.made_by,
        withholding.c.made_at == carried.made_at,
    )
    number: int | None = (await conn.execute(query.limit(1))).scalar()
    return number


async def _add(conn: AsyncConnection, carried: CarriedWithholding, found: Mapping[int, Sequence[int]]) -> int:
    """Record a withholding under its target's number here; a negative one if it isn't here."""
    target = -abs(carried.target_id)
    if carried.kind == "story" and carried.target_id in found:
        target = found[carried.target_id][0]
    elif carried.kind == "event" and found:
        first = min(one for ids in found.values() for one in ids)
        target = (await conn.execute(select(story.c.event_id).where(story.c.id == first))).scalar_one()
    values: dict[str, Any] = {
        "kind": carried.kind,
        "target_id": target,
        "made_by": carried.made_by,
        "made_at": carried.made_at,
        "reason": carried.reason,
        "until": carried.until,
    }
    return int((await conn.execute(insert(withholding).values(values).returning(withholding.c.id))).scalar_one())
