"""Withholdings: stories and events that an editor took back, and what each covers.

A withholding is active until it is released. While it is, it covers its story or the event's stories, and from then on
whatever tells the same: a story that joins the event, a copy of a covered text under any path, and the next version of a
covered text in its document. Covered stories are hidden like withdrawn ones (`stories.hide_stories`), so that lists and
counts need no condition of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Row, Select, TextClause, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.search_terms import fold
from bot.newsroom.text_skeletons import text_skeleton
from bot.store import stories
from bot.store.schema import (
    event,
    shown,
    shown_story,
    story,
    story_body,
    withheld_story,
    withheld_text,
    withholding,
)
from bot.store.sql_helpers import batches, upsert
from summarizers.events.novelty import sentence_hash

__all__ = [
    "Withholding",
    "add_withholding",
    "count_messages",
    "cover",
    "cover_new",
    "covering",
    "find_target",
    "list_withholdings",
    "release",
    "reports_left",
    "visible_ids",
    "withheld_fingerprints",
]

_COPY_SHARE: Final = 0.8
"""Share of the shorter text's sentences that another document's copy has, by judgement: agency reports share half."""

_VERSION_SHARE: Final = 0.5
"""The same for the next version in the document itself, of which an editor rewrites half at most."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """A withheld story or event with its log.

    `kind` is "story" or "event", `headline` that of one of the stories; `until` is when it ends by itself, `released_at` when it ended.
    """

    id: int
    kind: str
    target_id: int
    headline: str
    stories: tuple[int, ...]
    made_by: str
    made_at: datetime
    reason: str | None = None
    until: datetime | None = None
    released_at: datetime | None = None
    released_by: str | None = None
    release_reason: str | None = None


def _is_active() -> TextClause:
    return text("withholding.released_at IS NULL")  # spelt as in the partial index


async def find_target(conn: AsyncConnection, kind: str, number: int) -> tuple[int, tuple[int, ...]] | None:
    """Return a story's or event's id, after merges, with the ids of its stories.

    Hidden stories are included, and a story's copies in other documents. None for an unknown id. Served by the primary keys,
    ix_story_fingerprint and ix_story_event_id.
    """
    if kind == "event":
        query = select(func.coalesce(event.c.merged_into, event.c.id)).where(event.c.id == number)
        target = (await conn.execute(query)).scalar()
        has = story.c.event_id == target
    else:
        target = number
        same = select(story.c.fingerprint).where(story.c.id == number).scalar_subquery()
        has = story.c.fingerprint == same
    if target is None:
        return None
    ids = (await conn.execute(select(story.c.id).where(has).order_by(story.c.id))).scalars().all()
    return (int(target), tuple(ids)) if ids else None


async def add_withholding(
    conn: AsyncConnection,
    kind: str,
    target_id: int,
    story_ids: Sequence[int],
    *,
    made_by: str,
    now: datetime,
    reason: str | None = None,
    until: datetime | None = None,
) -> int:
    """Withhold a story or event that has these stories; return the withholding's id."""
    values = {
        "kind": kind,
        "target_id": target_id,
        "made_by": made_by,
        "made_at": now,
        "reason": reason,
        "until": until,
    }
    number = (await conn.execute(insert(withholding).values(values).returning(withholding.c.id))).scalar_one()
    await cover(conn, {number: story_ids}, now)
    return int(number)


async def cover_new(conn: AsyncConnection, story_ids: Iterable[int], now: datetime) -> tuple[int, ...]:
    """Hide those of newly visible stories that a withholding covers; return what was hidden.

    Called in the transaction that stored them and put them into events. Other stories of a withheld event are hidden,
    too, if its event was merged with another. One look-up while nothing is withheld.
    """
    active = (
        await conn.execute(select(withholding.c.id, withholding.c.kind, withholding.c.target_id).where(_is_active()))
    ).all()
    if not active:
        return ()
    covered: dict[int, set[int]] = defaultdict(set)
    targets = {row.target_id: row.id for row in active if row.kind == "event"}
    for batch in batches(sorted(targets)):
        current = select(event.c.id, func.coalesce(event.c.merged_into, event.c.id).label("now")).where(
            event.c.id.in_(batch)
        )
        event_now = current.subquery()
        query = select(event_now.c.id, story.c.id).join(story, story.c.event_id == event_now.c.now)
        for target, story_id in await conn.execute(query.where(story.c.withdrawn_at.is_(None))):
            covered[targets[target]].add(story_id)
    for number, ids in (await _covered_by_text(conn, list(story_ids))).items():
        covered[number] |= ids
    return await cover(conn, covered, now)


async def covering(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the active withholdings of each of these stories that any covers.

    Served by ix_withheld_story_story_id.
    """
    found: dict[int, list[int]] = defaultdict(list)
    for batch in batches(story_ids):
        for story_id, number in await conn.execute(_links().where(withheld_story.c.story_id.in_(batch))):
            found[story_id].append(number)
    return {story_id: tuple(sorted(numbers)) for story_id, numbers in found.items()}


async def release(
    conn: AsyncConnection, numbers: Sequence[int], *, released_by: str, now: datetime, reason: str | None = None
) -> tuple[int, ...]:
    """End withholdings at `now`; return the stories that are visible again.

    Digests that follow catch up on them. A story that another active one covers stays hidden, and so does one whose document has lost it.
    """
    values = {"released_at": now, "released_by": released_by, "release_reason": reason}
    query = select(withheld_story.c.story_id).where(withheld_story.c.withholding_id.in_(list(numbers)))
    ids = sorted(set((await conn.execute(query)).scalars()))
    await conn.execute(update(withholding).where(withholding.c.id.in_(list(numbers)), _is_active()).values(values))
    still = await covering(conn, ids)
    free = [story_id for story_id in ids if story_id not in still]
    for batch in batches(free):
        await conn.execute(delete(withheld_text).where(withheld_text.c.story_id.in_(batch)))
    return await stories.reveal_stories(conn, free, now)


async def list_withholdings(
    conn: AsyncConnection, *, active_only: bool = True, numbers: Sequence[int] | None = None
) -> list[Withholding]:
    """Return withholdings, the newest first, ended ones only if asked."""
    query = select(withholding)
    if active_only:
        query = query.where(_is_active())
    if numbers is not None:
        query = query.where(withholding.c.id.in_(list(numbers)))
    rows = sorted((await conn.execute(query)).all(), key=lambda row: -row.id)
    covered: dict[int, list[int]] = defaultdict(list)
    headlines: dict[int, str] = {}
    for batch in batches(row.id for row in rows):
        links = (
            select(withheld_story, story.c.headline)
            .outerjoin(story, story.c.id == withheld_story.c.story_id)
            .where(withheld_story.c.withholding_id.in_(batch))
            .order_by(withheld_story.c.story_id)
        )
        for link in await conn.execute(links):
            if link.story_id > 0:  # see bot.store.carried_withholdings
                covered[link.withholding_id].append(link.story_id)
            if link.headline:
                headlines.setdefault(link.withholding_id, link.headline)
    return [_withholding(row, tuple(covered[row.id]), headlines.get(row.id, "")) for row in rows]


async def withheld_fingerprints(conn: AsyncConnection, fingerprints: Sequence[str]) -> frozenset[str]:
    """Return those of `fingerprints` that belong to a withheld story.

    Served by the primary key of withheld_text.
    """
    known: set[str] = set()
    for batch in batches(fingerprints):
        query = select(withheld_text.c.hash).where(withheld_text.c.hash.in_(batch))
        known.update((await conn.execute(query)).scalars())
    return frozenset(known)


async def reports_left(conn: AsyncConnection, story_ids: Sequence[int]) -> list[int]:
    """Return the visible stories of these stories' events. Served by ix_story_event_id."""
    left: set[int] = set()
    for batch in batches(story_ids):
        within = select(story.c.event_id).where(story.c.id.in_(batch))
        query = select(story.c.id).where(story.c.event_id.in_(within), story.c.withdrawn_at.is_(None))
        left.update((await conn.execute(query)).scalars())
    return sorted(left)


async def visible_ids(conn: AsyncConnection, story_ids: Sequence[int]) -> tuple[int, ...]:
    """Return those of the stories that are visible."""
    ids: list[int] = []
    for batch in batches(story_ids):
        query = select(story.c.id).where(story.c.id.in_(batch), story.c.withdrawn_at.is_(None))
        ids += (await conn.execute(query.order_by(story.c.id))).scalars()
    return tuple(ids)


async def count_messages(conn: AsyncConnection, story_ids: Sequence[int]) -> int:
    """Return the number of posted messages that told these stories.

    Served by ix_shown_story_story_id.
    """
    messages: set[tuple[int, int]] = set()
    for batch in batches(story_ids):
        query = (
            select(shown.c.delivery_id, shown.c.ordinal)
            .join(shown_story, shown_story.c.shown_id == shown.c.id)
            .where(shown_story.c.story_id.in_(batch))
        )
        messages.update((row[0], row[1]) for row in await conn.execute(query))
    return len(messages)


def _withholding(row: Row[*tuple[Any, ...]], covered: tuple[int, ...], headline: str) -> Withholding:
    return Withholding(
        id=row.id,
        kind=row.kind,
        target_id=row.target_id,
        headline=headline,
        stories=covered,
        made_by=row.made_by,
        made_at=row.made_at,
        reason=row.reason,
        until=row.until,
        released_at=row.released_at,
        released_by=row.released_by,
        release_reason=row.release_reason,
    )


def _links() -> Select[int, int]:
    """SELECT stories with the active withholdings that cover them."""
    return (
        select(withheld_story.c.story_id, withheld_story.c.withholding_id)
        .join(withholding, withholding.c.id == withheld_story.c.withholding_id)
        .where(_is_active())
    )


async def cover(conn: AsyncConnection, covered: Mapping[int, Iterable[int]], now: datetime) -> tuple[int, ...]:
    """Record which stories withholdings cover, with their texts, and hide them."""
    rows = [{"withholding_id": number, "story_id": one} for number, ids in covered.items() for one in sorted(set(ids))]
    if not rows:
        return ()
    await conn.execute(upsert(conn, withheld_story).on_conflict_do_nothing(), rows)
    ids = sorted({row["story_id"] for row in rows})
    hashes = [
        {"hash": value, "story_id": item.id}
        for item in await _texts(conn, ids)
        for value in {item.fingerprint, *item.sentences}
    ]
    for batch in batches(hashes):
        await conn.execute(upsert(conn, withheld_text).on_conflict_do_nothing(), list(batch))
    return await stories.hide_stories(conn, ids, now)


@dataclass(frozen=True, slots=True)
class _StoryText:
    """A story's place and text, as hashes."""

    id: int
    document_id: int
    headline: str
    fingerprint: str
    sentences: frozenset[str]


async def _texts(conn: AsyncConnection, story_ids: Sequence[int]) -> list[_StoryText]:
    """Return stories' texts; pruned ones have no sentences. Served by the primary keys."""
    texts: list[_StoryText] = []
    for batch in batches(story_ids):
        query = (
            select(story.c.id, story.c.document_id, story.c.headline, story.c.fingerprint, story_body.c.body)
            .outerjoin(story_body, story_body.c.story_id == story.c.id)
            .where(story.c.id.in_(batch))
        )
        for row in await conn.execute(query):
            sentences = orjson.loads(row.body)["sentences"] if row.body is not None else ()
            hashes = frozenset(sentence_hash(text_skeleton(sentence)) for sentence in sentences)
            headline = fold(text_skeleton(row.headline))
            texts.append(_StoryText(row.id, row.document_id, headline, row.fingerprint, hashes))
    return texts


async def _covered_by_text(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return withholdings with those of these stories that repeat a covered text."""
    covered: dict[int, set[int]] = defaultdict(set)
    for new in await _texts(conn, story_ids):
        alike = await _alike(conn, new)
        for numbers in (await covering(conn, sorted(alike))).values():
            for number in numbers:
                covered[number].add(new.id)
    return covered


async def _alike(conn: AsyncConnection, new: _StoryText) -> set[int]:
    """Return the withheld stories whose text, or next version, a story is.

    Served by the primary key of withheld_text and ix_story_document_id_position.
    """
    shared: Counter[int] = Counter()
    alike: set[int] = set()
    for batch in batches(sorted({new.fingerprint, *new.sentences})):
        query = select(withheld_text.c.hash, withheld_text.c.story_id).where(withheld_text.c.hash.in_(batch))
        for value, story_id in await conn.execute(query):
            if value == new.fingerprint:
                alike.add(story_id)
            else:
                shared[story_id] += 1
    in_document = (
        select(story.c.id, story.c.headline)
        .join(withheld_story, withheld_story.c.story_id == story.c.id)
        .where(story.c.document_id == new.document_id, story.c.id != new.id)
        .where(story.c.withdrawn_at.is_not(None), story.c.withheld_at.is_(None))  # the document has lost it
    )
    siblings = {row.id: row.headline for row in await conn.execute(in_document)}
    alike |= {story_id for story_id, headline in siblings.items() if fold(text_skeleton(headline)) == new.headline}
    if not shared:
        return alike
    lengths = (
        select(withheld_text.c.story_id, func.count() - 1)  # one of them is the fingerprint
        .where(withheld_text.c.story_id.in_(sorted(shared)))
        .group_by(withheld_text.c.story_id)
    )
    for story_id, length in await conn.execute(lengths):
        share = shared[story_id] / max(min(length, len(new.sentences)), 1)
        if share >= (_VERSION_SHARE if story_id in siblings else _COPY_SHARE):
            alike.add(story_id)
    return alike
