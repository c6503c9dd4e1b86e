"""Assignment of newly stored stories to events: clustering over the store.

`newsroom.clustering` decides, among the stories of the batch and those that the store finds. Looking candidates up
reads a bounded number of stories per hash, so that a story costs the same whatever the store holds. Stories are
compared in a thread, off the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import structlog

from bot.newsroom.clustering import (
    MAX_CANDIDATES,
    STORIES_PER_HASH,
    WINDOW,
    Clusterer,
    SimilarStory,
    clustering_order,
)
from bot.store import event_index, events, withholdings
from bot.store.database import StoreConnection
from bot.store.event_index import IndexedFeatures, IndexHit, StoryArrival
from summarizers.events.features import StoryFeatures

__all__ = ["StoreIndex", "assign_events"]

log = structlog.get_logger()

_CACHED_FEATURES = 2048
"""Parsed features kept in memory: the newest stories are compared again and again."""


async def assign_events(conn: StoreConnection, stored: Sequence[tuple[int, StoryFeatures]], now: datetime) -> None:
    """Assign stories that arrived at `now`, given as (id, features), to events.

    `conn` is in the transaction that stored them, which gave each an event of its own. The order of `stored` doesn't
    matter. A story that was clustered before and returns keeps its event, even after its features were pruned. Those
    that an editor's withholding covers are hidden then.
    """
    arrivals = await event_index.get_arrivals(conn, [story_id for story_id, _ in stored])
    visible = [(story_id, features) for story_id, features in stored if story_id in arrivals]
    new = [item for item in visible if not _is_clustered(arrivals[item[0]], now)]
    new.sort(key=lambda item: (clustering_order(item[1]), item[0]))
    index = StoreIndex(now)
    clusterer = Clusterer(index)
    assigned: dict[int, int] = {}
    merges: dict[int, int] = {}
    for story_id, features in new:
        await index.load(conn, features)
        arrival = arrivals[story_id]
        placement = await asyncio.to_thread(clusterer.add, arrival.event_id, features, arrival.published_at)
        assigned[story_id] = placement.event
        if placement.merged is not None:
            merges[placement.merged] = placement.event
    await events.assign_stories(conn, assigned)
    for newer, older in merges.items():
        await events.merge_events(conn, newer, older)
    rows = {
        story_id: IndexedFeatures(story_id, arrivals[story_id].arrived_at, features.hashes, features.dumps())
        for story_id, features in visible
    }
    await event_index.index_features(conn, [rows[story_id] for story_id, _ in new])
    await event_index.replace_features(conn, [row for story_id, row in rows.items() if arrivals[story_id].indexed])
    await withholdings.cover_new(conn, [story_id for story_id, _ in visible], now)


def _is_clustered(arrival: StoryArrival, now: datetime) -> bool:
    """Return whether a story has its event already.

    Its age counts too, since the features of old stories are pruned.
    """
    return arrival.indexed or arrival.arrived_at < now - WINDOW


class StoreIndex:
    """Candidate index of the stories in the database.

    `load` reads a story's candidates, which `find` then returns.
    """

    def __init__(self, now: datetime) -> None:
        self._since = now - WINDOW
        self._hits: dict[tuple[int, ...], list[IndexHit]] = {}

    async def load(self, conn: StoreConnection, features: StoryFeatures) -> None:
        """Read the stored stories that share hashes with a new one."""
        hits = await event_index.find_candidates(
            conn, features.hashes, since=self._since, per_hash=STORIES_PER_HASH, limit=MAX_CANDIDATES
        )
        self._hits = {features.hashes: hits}

    def find(self, features: StoryFeatures, published: datetime | None) -> list[SimilarStory]:
        """Return the stories that `load` read for these features, as `CandidateIndex` says."""
        return [
            SimilarStory(hit.event_id, stored, hit.shared, _gap(published, hit.published_at), hit.pinned)
            for hit in self._hits[features.hashes]
            if (stored := _parse_features(hit.features)) is not None
        ]


def _gap(published: datetime | None, other: datetime) -> timedelta:
    return abs(published - other) if published is not None else timedelta(0)


@lru_cache(maxsize=_CACHED_FEATURES)
def _parse_features(text: str) -> StoryFeatures | None:
    """Parse features from the store; None when another version of the program wrote them.

    Such a story is no candidate, which lasts two weeks after an update at most.
    """
    try:
        return StoryFeatures.loads(text)
    except ValueError:
        log.info("clustering.unreadable_features")
        return None
