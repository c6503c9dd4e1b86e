"""Assignment of newly stored stories to events: clustering over the store.

`newsroom.clustering` decides. Stories are placed one after the other, each among all that were placed before it, so that
the events don't depend on which documents are stored in one transaction. Looking candidates up reads a bounded number of
stories per hash, so that a story costs the same whatever the store holds. Stories are compared in a thread, off the
event loop.
"""

from __future__ import annotations

import asyncio
import time
from bisect import insort
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from operator import neg
from threading import Lock
from weakref import WeakKeyDictionary

import structlog

from bot.newsroom.clustering import (
    MAX_CANDIDATES,
    MAX_FOREIGN_CANDIDATES,
    STORIES_PER_FOREIGN_HASH,
    STORIES_PER_HASH,
    WINDOW,
    Clusterer,
    SimilarStory,
    clustering_order,
    foreign_candidates,
)
from bot.newsroom.sign_index import MAX_STORIES, SignIndex
from bot.store import event_index, events, withholdings
from bot.store.database import StoreConnection
from bot.store.event_index import IndexedFeatures, StoryArrival
from bot.store.sql_helpers import batches
from summarizers.events.features import StoryFeatures

__all__ = ["NewStories", "assign_events"]

log = structlog.get_logger()

_KEPT_FEATURES = 2048
"""Stories whose parsed features are kept in memory, some 10 KB each."""

_PLACED_AT_ONCE = 64
"""Stories placed between two writes, as a document may have ten thousand, each with its candidates."""

_TURN_SECONDS = 0.003
"""Seconds for which stories are compared in a thread before the event loop, which waits for it meanwhile, has a turn."""

_OWN_KEYS = 0x1F83D9ABFB41BD6B
"""Turns a hash into that of servers' own stories: any 61 bits that no hash is likely to differ by (SHA-512's)."""

NewStories = Sequence[tuple[int, StoryFeatures]]
"""Stories of one document that became visible, as (id, features)."""


async def assign_events(conn: StoreConnection, documents: Sequence[NewStories], now: datetime) -> None:
    """Assign stories that arrived at `now` to events, one document after the other.

    `conn` is in the transaction that stored them, which gave each an event of its own. The events are those of one call
    per document; only a document whose stories were all visible before or are all new may be among several. The order of
    stories within a document doesn't matter. A story that was clustered before and returns keeps its event, even after
    its features were pruned. Those that an editor's withholding covers are hidden then.
    """
    arrivals = await event_index.get_arrivals(conn, [story_id for document in documents for story_id, _ in document])
    visible = [[item for item in document if item[0] in arrivals] for document in documents]
    new: list[tuple[int, StoryFeatures]] = []
    for document in visible:
        fresh = [item for item in document if not _is_clustered(arrivals[item[0]], now)]
        if len(fresh) > 1:
            fresh.sort(key=lambda item: (clustering_order(item[1]), item[0]))
        new += fresh
    for portion in batches([(arrivals[story_id], features) for story_id, features in new], _PLACED_AT_ONCE):
        await _place(conn, portion, now)
        await event_index.index_features(conn, [_entry(*story) for story in portion])
    known = [(arrivals[story_id], features) for document in visible for story_id, features in document]
    await event_index.replace_features(conn, [_entry(*story) for story in known if story[0].indexed])
    await withholdings.cover_new(conn, [arrival.story_id for arrival, _ in known], now)


def _entry(arrival: StoryArrival, features: StoryFeatures) -> IndexedFeatures:
    return IndexedFeatures(
        arrival.story_id,
        arrival.arrived_at,
        _stored_keys(arrival, features),
        features.dumps(),
        features.language,
        features.signs if arrival.guild_id is None else None,
    )


def _stored_keys(arrival: StoryArrival, features: StoryFeatures) -> tuple[int, ...]:
    """Return the hashes under which others find a story.

    A server's own stories have hashes apart, so that they can't crowd out what all servers' stories are compared with.
    """
    keys = (*features.hashes, *features.foreign_hashes)
    return keys if arrival.guild_id is None else tuple(map(_own_key, keys))


def _searched_keys(arrival: StoryArrival, hashes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the hashes under which a story finds others: an own one finds public ones, too."""
    return hashes if arrival.guild_id is None else (*hashes, *map(_own_key, hashes))


def _own_key(value: int) -> int:
    return value ^ _OWN_KEYS


def _is_clustered(arrival: StoryArrival, now: datetime) -> bool:
    """Return whether a story has its event already.

    Its age counts too, since the features of old stories are pruned.
    """
    return arrival.indexed or arrival.arrived_at < now - WINDOW


async def _place(conn: StoreConnection, new: Sequence[tuple[StoryArrival, StoryFeatures]], now: datetime) -> None:
    """Place stories in their order, and store their events."""
    index = _StoreIndex()
    await index.load(conn, new, since=now - WINDOW)
    clusterer = Clusterer()
    assigned: dict[int, int] = {}
    merges: dict[int, int] = {}

    def place_some() -> Collection[int]:
        """Place stories for a moment, or until one needs other candidates; return these."""
        until = time.perf_counter() + _TURN_SECONDS
        for arrival, features in new[len(assigned) :]:
            nearest = index.nearest(arrival, features)
            if missing := index.missing(nearest):
                return missing
            candidates = index.candidates(nearest, arrival)
            for event, languages in index.event_languages(candidates).items():
                clusterer.add_languages(event, languages)
            # A story that one server sees must not show others that two of their events are one.
            placement = clusterer.place(arrival.event_id, features, candidates, may_merge=arrival.guild_id is None)
            index.add(arrival, features, placement.event, pinned=placement.pinned)
            assigned[arrival.story_id] = placement.event
            if placement.merged is not None:
                merges[placement.merged] = placement.event
            if time.perf_counter() >= until:
                break
        return ()

    while len(assigned) < len(new):
        if missing := await asyncio.to_thread(place_some):
            await index.load_candidates(conn, missing)
    await events.assign_stories(conn, assigned)
    for newer, older in merges.items():
        await events.merge_events(conn, newer, older)


class _StoreIndex:
    """Candidates among the stories in the database and those that were placed since it was read.

    Of each hash the newest stories count; the placed ones are newer than the stored ones and newest by their ids, as
    they will be in the database.
    """

    def __init__(self) -> None:
        self._stored: dict[int, tuple[int, ...]] = {}
        """Ids of stored stories by hash, the newest first."""
        self._stored_foreign: dict[int, tuple[int, ...]] = {}
        """The same by hashes that languages share."""
        self._signs = SignIndex()
        self._languages: dict[int, set[str]] = {}
        """Languages of the stored stories of the candidates' events."""
        self._placed: dict[int, list[int]] = defaultdict(list)
        """The same of placed stories."""
        self._candidates: dict[int, _Candidate | None] = {}
        """Stories that may be compared, by id; None for those that can't be."""

    async def load(
        self, conn: StoreConnection, new: Sequence[tuple[StoryArrival, StoryFeatures]], *, since: datetime
    ) -> None:
        """Read the stories that share hashes with new ones."""
        hashes = {value for arrival, features in new for value in _searched_keys(arrival, features.hashes)}
        self._stored = await event_index.newest_by_hash(conn, hashes, since=since, per_hash=STORIES_PER_HASH)
        hashes = {value for arrival, features in new for value in _searched_keys(arrival, features.foreign_hashes)}
        self._stored_foreign = await event_index.newest_by_hash(
            conn, hashes, since=since, per_hash=STORIES_PER_FOREIGN_HASH
        )
        self._signs = await _read_signs(conn)
        await self.load_candidates(conn, {story_id for story in new for _, story_id in self.nearest(*story)})

    async def load_candidates(self, conn: StoreConnection, story_ids: Collection[int]) -> None:
        """Read stories that are candidates; one that another process removes meanwhile is none."""
        stored = await event_index.get_candidates(conn, sorted(story_ids))
        parsed = _recent.find([(each.story_id, each.fingerprint) for each in stored.values()])
        texts = await event_index.get_features(conn, sorted(stored.keys() - parsed.keys()))
        for story_id, text in texts.items():
            parsed[story_id] = _parse_features(text)
            _recent.add((story_id, stored[story_id].fingerprint), parsed[story_id])
        event_ids = {each.event_id for each in stored.values()} - self._languages.keys()
        self._languages |= await event_index.get_event_languages(conn, event_ids)
        self._candidates.update(dict.fromkeys(story_ids))
        for story_id, each in stored.items():
            if (features := parsed.get(story_id)) is not None:
                self._candidates[story_id] = _Candidate(
                    features, each.event_id, each.published_at, each.pinned, each.guild_id
                )

    def nearest(self, arrival: StoryArrival, features: StoryFeatures) -> list[tuple[int, int]]:
        """Return (shared hashes, id) of the nearest stories, the latest first among equals.

        Those in other languages follow.
        """
        shared: Counter[int] = Counter()
        for value in _searched_keys(arrival, features.hashes):
            placed, stored = self._placed.get(value, ()), self._stored.get(value, ())
            shared.update(placed[:STORIES_PER_HASH])
            shared.update(stored[: max(STORIES_PER_HASH - len(placed), 0)])
        nearest = nlargest(MAX_CANDIDATES, ((count, story_id) for story_id, count in shared.items()))
        return nearest + self._nearest_foreign(arrival, features)

    def _nearest_foreign(self, arrival: StoryArrival, features: StoryFeatures) -> list[tuple[int, int]]:
        """Return (shared hashes, id) of the nearest stories in other languages."""
        shared: Counter[int] = Counter()
        for value in _searched_keys(arrival, features.foreign_hashes):
            placed, stored = self._placed.get(value, ()), self._stored_foreign.get(value, ())
            shared.update(placed[:STORIES_PER_FOREIGN_HASH])
            shared.update(stored[: max(STORIES_PER_FOREIGN_HASH - len(placed), 0)])
        foreign = {story_id: count for story_id, count in shared.items() if self._is_foreign(story_id, features)}
        near = self._signs.nearest(features.signs, features.language, MAX_FOREIGN_CANDIDATES)
        ranked = foreign_candidates(near, foreign)[:MAX_FOREIGN_CANDIDATES]
        return [(foreign.get(story_id, 0), story_id) for story_id in ranked]

    def _is_foreign(self, story_id: int, features: StoryFeatures) -> bool:
        """Return whether a story is known to be in another language."""
        story = self._candidates.get(story_id)
        if story is not None:
            return story.features.language != features.language
        return self._signs.is_foreign(story_id, features.language)

    def event_languages(self, candidates: Iterable[SimilarStory]) -> dict[int, set[str]]:
        """Return the languages of the candidates' events, as they were stored."""
        return {story.event: self._languages[story.event] for story in candidates if story.event in self._languages}

    def missing(self, nearest: Iterable[tuple[int, int]]) -> list[int]:
        """Return those of the nearest stories that aren't loaded."""
        return [story_id for _, story_id in nearest if story_id not in self._candidates]

    def candidates(self, nearest: Iterable[tuple[int, int]], arrival: StoryArrival) -> list[SimilarStory]:
        """Return the nearest stories whose features can be read and that no other server owns."""
        similar = []
        for shared, story_id in nearest:
            story = self._candidates[story_id]
            if story is not None and story.guild_id in (None, arrival.guild_id):
                gap = abs(arrival.published_at - story.published_at)
                similar.append(SimilarStory(story.event, story.features, shared, gap, story.pinned))
        return similar

    def add(self, arrival: StoryArrival, features: StoryFeatures, event: int, *, pinned: bool) -> None:
        """Add a story that was placed."""
        for value in _stored_keys(arrival, features):
            insort(self._placed[value], arrival.story_id, key=neg)
        if arrival.guild_id is None:
            self._signs.add(arrival.story_id, features.language, features.signs)
        _recent.add((arrival.story_id, arrival.fingerprint), features)
        self._candidates[arrival.story_id] = _Candidate(features, event, arrival.published_at, pinned, arrival.guild_id)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A story that new ones are compared with."""

    features: StoryFeatures
    event: int
    published_at: datetime
    pinned: bool
    """An operator decided which stories belong to its event."""
    guild_id: int | None
    """The server that alone sees it; None for all."""


def _parse_features(text: str) -> StoryFeatures | None:
    """Parse features from the store; None when another version of the program wrote them.

    Such a story is no candidate, which lasts two weeks after an update at most.
    """
    try:
        return StoryFeatures.loads(text)
    except ValueError:
        log.info("clustering.unreadable_features")
        return None


_SIGNS_READ_AGAIN = 256
"""Stories before the last one whose signs are read again: of transactions that ended in another order than they began, or
whose ids were given anew after one was undone."""


class _StoredSigns:
    """Signs of the newest stories of a database, read as they come."""

    def __init__(self) -> None:
        self.index = SignIndex()
        self._last = 0

    async def read(self, conn: StoreConnection) -> SignIndex:
        """Add the stories that were stored since the last call, and return the index."""
        after = max(0, self._last - _SIGNS_READ_AGAIN)
        for story_id, language, signs in await event_index.newest_signs(conn, after=after, limit=MAX_STORIES):
            self.index.add(story_id, language, signs)
            self._last = max(self._last, story_id)
        return self.index


_stored_signs: WeakKeyDictionary[object, _StoredSigns] = WeakKeyDictionary()
"""Signs of each database that this process writes to."""


async def _read_signs(conn: StoreConnection) -> SignIndex:
    """Return the signs of the newest stories of a database."""
    return await _stored_signs.setdefault(conn.sync_engine, _StoredSigns()).read(conn)


class _RecentFeatures:
    """Features of stories that were placed or read last, by id and fingerprint.

    The newest stories are compared again and again, and reading and parsing takes as long as comparing.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, str], StoryFeatures | None] = OrderedDict()
        self._lock = Lock()
        """Stories are placed in a thread, and read in that of the event loop."""

    def find(self, keys: Iterable[tuple[int, str]]) -> dict[int, StoryFeatures | None]:
        """Return the features that are kept, by story."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        return {story_id: features for (story_id, _), features in found.items()}

    def add(self, key: tuple[int, str], features: StoryFeatures | None) -> None:
        """Keep a story's features."""
        with self._lock:
            self._kept[key] = features
            if len(self._kept) > _KEPT_FEATURES:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget all features, as a program that starts has none."""
        with self._lock:
            self._kept.clear()


_recent = _RecentFeatures()
