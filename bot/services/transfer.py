"""How do stories and subscriptions leave the store as rows that other programs read, and come back?

A row is one JSON object. `{"kind": "story", …}` has title, text, url, published and source as intake reads them, so
that an exported file can be dropped into a seeds folder, too; `{"kind": "subscription", …}` has what `Order` has.
A story's `fingerprint` is that of its words as they stand in the store: read again with its headline for a title it may
have other words, and would not be known where it comes from.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from bot.errors import InputInvalid
from bot.newsroom.models import StoryDetail, Subscription
from bot.newsroom.search_terms import IndexedStory, index_story, text_fingerprint
from bot.services.event_assignment import assign_events
from bot.services.subscription_input import Order, read_order
from bot.store import documents, story_rows, subscriptions
from bot.store.database import Store
from summarizers.analysis import analyse
from summarizers.events.features import StoryFeatures, story_features

__all__ = ["Imported", "export_rows", "import_rows"]

_BATCH = 100
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought that was not there before."""

    stories: int
    subscriptions: int


async def export_rows(store: Store) -> AsyncIterator[Row]:
    """All stories that are shown, by id, then all subscriptions. One moment's state of each batch."""
    after = 0
    while True:
        async with store.reading() as conn:
            found = await story_rows.list_stories_after(conn, after, _BATCH)
        if not found:
            break
        for story in found:
            yield _story_row(story)
        after = found[-1].line.id
    async with store.reading() as conn:
        orders = await subscriptions.list_subscriptions(conn)
    for order in orders:
        yield _subscription_row(order)


async def import_rows(store: Store, rows: Iterable[Row], name: str, clock: Callable[[], datetime]) -> Imported:
    """Bring rows in. Stories whose words are shown already, and orders that exist already, are left out.

    Raises InputInvalid for a row that lacks what it needs; batches before it have been stored.
    """
    number = new_stories = new_orders = 0
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        number += 1
        told = [row for row in batch if row["kind"] == "story"]
        if told:
            new_stories += await _take_stories(store, told, f"import:{name}:{number}", clock())
        for row in batch:
            if row["kind"] == "subscription":
                new_orders += await _take_order(store, row, clock())
    return Imported(new_stories, new_orders)


def _story_row(story: StoryDetail) -> Row:
    line = story.line
    return {
        "kind": "story",
        "title": story.title or line.headline,
        "text": "\n".join(part for part in (story.dateline, *story.paragraphs) if part),
        "url": line.ref.url,
        "published": line.published_at.isoformat(),
        "source": line.ref.source,
        "path": line.ref.path,
        "position": line.ref.position,
        "fingerprint": text_fingerprint(story.text),
    }


def _subscription_row(order: Subscription) -> Row:
    return {
        "kind": "subscription",
        "channel": str(order.channel_id),
        "guild": None if order.guild_id is None else str(order.guild_id),
        "member": None if order.member_id is None else str(order.member_id),
        "at": ",".join(f"{moment:%H:%M}" for moment in order.times),
        "days": ",".join(("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day - 1] for day in order.days),
        "timezone": order.timezone,
        "filter": order.filter,
        "language": order.language,
        "sentences": order.sentences,
        "limit": order.limit,
        "engine": order.engine,
        "look": order.look.value,
        "late": order.late.value,
        "late_hours": order.late_hours,
        "quiet": order.quiet.value,
        "name": order.sender_name,
        "avatar": order.sender_avatar,
        "posts": order.posts.value,
    }


async def _take_stories(store: Store, rows: list[Row], path: str, now: datetime) -> int:
    prepared = await asyncio.to_thread(lambda: [_prepared(row) for row in rows])
    async with store.writing() as conn:
        there = await story_rows.visible_fingerprints(conn, [each for item in prepared for each in item.fingerprints])
        new: dict[str, _Prepared] = {}
        for item in prepared:
            if there.isdisjoint(item.fingerprints):
                new.setdefault(item.indexed.fingerprint, item)
        if not new:
            return 0
        digest = hashlib.sha256("".join(sorted(new)).encode()).hexdigest()
        facts = documents.FileFacts(0, 0, 0, digest, "utf-8")
        origins = [item.origin for item in new.values()]
        stored = await documents.store_document(
            conn, f"{path}:{digest[:12]}", facts, [item.indexed for item in new.values()], now=now, origins=origins
        )
        by_id = dict(zip(stored.story_ids, new.values(), strict=True))
        await assign_events(conn, [(identity, by_id[identity].traits) for identity in stored.new], now)
    return len(stored.new)


@dataclass(frozen=True, slots=True)
class _Prepared:
    indexed: IndexedStory
    traits: StoryFeatures
    origin: documents.Origin
    before: str | None = None

    @property
    def fingerprints(self) -> list[str]:
        """That of the words that were read, and that of the words where the row comes from."""
        return [self.indexed.fingerprint, *([self.before] if self.before else [])]


def _prepared(row: Row) -> _Prepared:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputInvalid("a story has no text; was the file written by `gazette export`?")
    found = analyse(text, title=row.get("title") or None, as_one_story=True)
    if not found:
        raise InputInvalid(f"the story {row.get('title')!r} has no words")
    origin = documents.Origin(_moment(row.get("published")), row.get("source"), row.get("url"))
    before = row.get("fingerprint")
    return _Prepared(
        index_story(found[0]), story_features(found[0]), origin, before if isinstance(before, str) else None
    )


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise InputInvalid(f"{value!r} is no time of publication") from None
    return found if found.tzinfo is not None else None


async def _take_order(store: Store, row: Mapping[str, Any], now: datetime) -> int:
    try:
        order = Order(
            channel_id=int(row["channel"]),
            guild_id=None if row.get("guild") is None else int(row["guild"]),
            member_id=None if row.get("member") is None else int(row["member"]),
            times=row["at"],
            timezone=row["timezone"],
            **{
                name: row[name]
                for name in (
                    *("days", "filter", "language", "sentences", "limit"),
                    *("engine", "look", "late", "late_hours", "quiet", "name", "avatar", "posts"),
                )
                if row.get(name) is not None
            },
        )
    except (KeyError, ValueError, TypeError) as error:
        raise InputInvalid(f"a subscription lacks {error}; was the file written by `gazette export`?") from None
    wanted = read_order(order, now)
    async with store.writing() as conn:
        for there in await subscriptions.list_subscriptions(conn, channel_id=wanted.channel_id):
            if (there.times, there.timezone, there.days, there.filter) == (
                wanted.times,
                wanted.timezone,
                wanted.days,
                wanted.filter,
            ):
                return 0
        await subscriptions.add_subscription(conn, wanted)
    return 1
