"""Which event of the store does a story belong to that has just arrived?

The decision is newsroom/grouping.py's; here it meets the store. Looking candidates up reads a bounded number of the
newest stories of each hash, so that a story costs the same whatever the store holds. Stories are compared in a thread,
off the event loop.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import structlog

from bot.newsroom.clustering import CANDIDATES, PER_HASH, WINDOW, Member, places
from bot.store import event_index, events
from bot.store.database import StoreConnection
from bot.store.event_index import IndexedFeatures
from summarizers.events.features import StoryFeatures

__all__ = ["assign_events"]

log = structlog.get_logger()

_REMEMBERED = 2048


async def assign_events(conn: StoreConnection, placed: Sequence[tuple[int, StoryFeatures]], now: datetime) -> None:
    """Put stories that arrived at `now` into the events they belong to.

    `conn` is in the transaction that stored them, after `store_document`, which gave each an event of its own. The
    same stories in another order come into the same events. Stories that were placed before and return keep their
    event, also where their traits were pruned. Versions that were withdrawn count, so that a corrected report stays in the event of the one it replaces.
    Two events that a story shows to be one are merged into the older.
    """
    there = await event_index.get_arrivals(conn, [number for number, _ in placed])
    fresh = [(number, seen) for number, seen in placed if number in there and not _placed(there[number], now)]
    # Among the batch the order is the stories' own: the longest first, so that teasers come to their full story.
    fresh.sort(key=lambda item: (-item[1].term_count, item[1].dumps(), item[0]))
    batch = _Batch()
    moves: dict[int, int] = {}
    for number, seen in fresh:
        arrival = there[number]
        found = await event_index.find_candidates(
            conn, seen.hashes, since=now - WINDOW, per_hash=PER_HASH, limit=CANDIDATES
        )
        into, one = await asyncio.to_thread(_compare, seen, arrival.published_at, batch, found)
        event = arrival.event_id
        if into:
            event = moves[number] = into[0]
            if one and not await events.is_pinned(conn, into):
                event, newer = sorted(into)
                batch.moved[newer] = event
        batch.add(event, seen, arrival.published_at)
    await events.assign_stories(conn, moves)
    for newer, older in batch.moved.items():
        await events.merge_events(conn, newer, older)
    rows = {
        number: IndexedFeatures(number, there[number].arrived_at, seen.hashes, seen.dumps())
        for number, seen in placed
        if number in there
    }
    await event_index.index_features(conn, [rows[number] for number, _ in fresh])
    await event_index.replace_features(conn, [row for number, row in rows.items() if there[number].indexed])


def _placed(arrival: event_index.StoryArrival, now: datetime) -> bool:
    return arrival.indexed or arrival.arrived_at < now - WINDOW


def _compare(
    seen: StoryFeatures, published: datetime, batch: _Batch, found: Iterable[event_index.IndexHit]
) -> tuple[list[int], bool]:
    """The events that the story may belong to, the best first, and whether it shows two to be one."""
    near = batch.near(seen.hashes, published)
    near += [
        _Near(other.shared, Member(batch.current(other.event_id), traits, abs(published - other.published_at)))
        for other in found
        if (traits := _read(other.features)) is not None
    ]
    # A stable sort: those of the batch before the older ones.
    members = [item.member for item in sorted(near, key=lambda item: -item.shared) if item.member.gap <= WINDOW]
    return places(seen, members)


@lru_cache(maxsize=_REMEMBERED)
def _read(trait: str) -> StoryFeatures | None:
    """Traits out of the store: the newest stories are compared again and again.

    None where another version of the program wrote them, before an update or while two versions run: then the story is
    no candidate, for the two weeks that anybody looks at it.
    """
    try:
        return StoryFeatures.loads(trait)
    except ValueError:
        log.info("grouping.foreign_traits")
        return None


@dataclass(frozen=True, slots=True)
class _Near:
    """A story that shares hashes."""

    shared: int
    member: Member[int]


class _Batch:
    """The stories of one batch, which the store does not find yet, and the events (newer, older) found to be one."""

    def __init__(self) -> None:
        self.moved: dict[int, int] = {}
        self._stories: list[tuple[int, StoryFeatures, datetime]] = []
        self._by_hash: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=PER_HASH))

    def current(self, event: int) -> int:
        """The event that `event` is now."""
        while event in self.moved:
            event = self.moved[event]
        return event

    def add(self, event: int, seen: StoryFeatures, published: datetime) -> None:
        """Note a story that was placed."""
        for value in seen.hashes:
            self._by_hash[value].append(len(self._stories))
        self._stories.append((event, seen, published))

    def near(self, hashes: Sequence[int], published: datetime) -> list[_Near]:
        """The stories that share hashes, most shared first, then the latest."""
        shared: dict[int, int] = defaultdict(int)
        for value in hashes:
            for at in self._by_hash.get(value, ()):
                shared[at] += 1
        found = []
        for at in sorted(shared, key=lambda at: (-shared[at], -at))[:CANDIDATES]:
            event, seen, when = self._stories[at]
            found.append(_Near(shared[at], Member(self.current(event), seen, abs(published - when))))
        return found
