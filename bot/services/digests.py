"""What does a digest hold: for a question now, for a subscription's slot, and why?

Everything is read in one transaction; then, with the database let go, summaries are made in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters.parser import EVERYTHING, All, Filter, Node, Period, moment
from bot.newsroom.models import (
    Digest,
    Event,
    QuietPolicy,
    StoryDetail,
    Subscription,
    parse_id,
)
from bot.newsroom.ranking import Ranked, Waiting, best_first, choose, rank, unseen
from bot.newsroom.timezones import zone
from bot.services.base import without
from bot.services.event_summaries import Teller, Wish
from bot.settings import DigestSettings, SummarySettings
from bot.store import deliveries, events, members, stories
from bot.store.database import Store, StoreConnection
from summarizers.events.pair_model import mark

__all__ = ["Composed", "Digests", "Told"]

_POOL = 400
"""Events that compete for a digest's places: those that weigh most by what is quickly counted."""

_ENOUGH = 100
"""Of the events that weigh most, so many at least are ones that the channel was not told; or there are no others."""

_POOLS = 32
"""Answers to that question that are kept: a morning's digests ask the same for thousands of channels."""

_OVERLAP = timedelta(minutes=1)
"""A slot looks so far back behind the one before: a story may be stored a little later than the time it bears."""

_WIDEN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """What a digest tells of an event, for the outbox to remember: `sentences` are fingerprints."""

    event_id: int
    story_ids: tuple[int, ...]
    sentences: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Composed:
    """What came of a slot: a digest with what it tells, or None and the reason why there is nothing to post."""

    digest: Digest | None
    reason: str = ""
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pool:
    """The events that compete for a filter and a time where nothing was told, and how many there are in all."""

    events: tuple[events.EventReports, ...]
    total: int
    ranked: list[Ranked]


class Digests:
    """Composes digests. `clock` gives the present as an aware moment in UTC."""

    def __init__(
        self,
        store: Store,
        digest_settings: DigestSettings,
        summary_settings: SummarySettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._settings, self._summaries, self._clock = store, digest_settings, summary_settings, clock
        self._pools: dict[tuple[object, ...], _Pool] = {}
        self._teller = Teller()

    async def now(
        self,
        wanted: Filter,
        *,
        since: str | None = None,
        limit: int | None = None,
        timezone: str = "UTC",
        language: str = "en",
        sentences: int | None = None,
    ) -> Digest:
        """The digest that somebody would get now.

        It reaches as far back as `since` or the filter says (publication), else as the settings say (arrival).
        Raises InputInvalid for a time that can't be read.
        """
        now = self._clock()
        asked = wanted & Filter.of(since=since) if since and since.strip() else wanted
        local = now.astimezone(zone(timezone))
        start = _start(asked.node, local)
        if start is None or start > now:
            start = now - timedelta(hours=self._settings.window_hours) if start is None else now
        return await self._digest(
            asked, start, now, limit or self._settings.limit, timezone, language, self._wish(sentences, None)
        )

    async def catchup(
        self,
        wanted: Filter,
        since: datetime,
        *,
        limit: int | None = None,
        timezone: str = "UTC",
        language: str = "en",
        sentences: int | None = None,
    ) -> Digest:
        """What arrived since a moment, for somebody who was away."""
        return await self._digest(
            wanted,
            since,
            self._clock(),
            limit or self._settings.limit,
            timezone,
            language,
            self._wish(sentences, None),
        )

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> Composed:
        """What a subscription gets at a slot: what arrived since its last one and its channel has not had.

        The first slot reaches back for the settings' window, or to the order where that is longer ago, and never
        further. `told` is for `deliveries.compose`. Composing the same slot again gives the same, until it is sent.
        A member's own digest leaves out what the member muted.
        """
        wanted = Filter.parse(subscription.filter)
        local = slot_at.astimezone(zone(subscription.timezone))
        window = timedelta(hours=self._settings.window_hours)
        async with self._store.reading() as conn:
            last = await deliveries.last_slot(conn, subscription.id, sent=True)
            first = min(subscription.after, slot_at - window)
            since = max(last - _OVERLAP, first) if last is not None and last < slot_at else first
            asked = wanted
            if subscription.guild_id is None and subscription.member_id is not None:
                muted = await members.list_mutes(conn, subscription.member_id, slot_at)
                asked = without(wanted, [mute.filter for mute in muted])
            ranked, more, before = await self._ranked(conn, asked, since, slot_at, local, subscription.channel_id)
            if not ranked and subscription.quiet is QuietPolicy.WIDEN:
                since = min(since, slot_at - _WIDEN)
                ranked, more, before = await self._ranked(conn, asked, since, slot_at, local, subscription.channel_id)
            chosen = choose(ranked, limit=subscription.limit, share=self._settings.share, wanted=wanted)
            wish = self._wish(subscription.sentences, subscription.engine)
            texts = await self._teller.read(conn, chosen, wish, before)
        if not texts.fit(chosen):  # stories came into other events, and nothing else has happened
            self._pools.clear()
            return await self.for_slot(subscription, slot_at)
        made = await asyncio.to_thread(self._teller.tell, chosen, texts)
        if not made and subscription.quiet is not QuietPolicy.SAY:
            return Composed(None, "nothing new")
        digest = Digest(
            title=_title(wanted),
            since=since,
            until=slot_at,
            events=tuple(made),
            omitted=len(ranked) - len(chosen) + more,
            filter=str(wanted),
            language=subscription.language,
            timezone=subscription.timezone,
        )
        by_id = {item.waiting.id: item.waiting for item in chosen}
        told = tuple(
            Told(
                event.id,
                tuple(report.id for report in by_id[event.id].reports),
                tuple(mark(sentence.text) for sentence in event.summary),
                event.score,
            )
            for event in made
        )
        return Composed(digest, "" if made else "quiet day", told)

    async def why(self, identity: str) -> tuple[Event, list[StoryDetail]]:
        """An event (or a story's event) with its reports in full and the reasons for its rank among the latest news.

        Raises InputInvalid for what is no id, NotFound.
        """
        found = parse_id(identity)
        if found is None:
            raise InputInvalid(f"{identity!r} is not an id; write s12 for a story or e34 for an event")
        kind, number = found
        now = self._clock()
        async with self._store.reading() as conn:
            event = await events.find_event(conn, number) if kind != "story" else None
            if event is None and kind != "event":
                line = await stories.lines(conn, [number])
                event = await events.find_event(conn, line[0].event_id) if line else None
            if event is None:
                raise NotFound(kind or "event", identity)
            (found_event,) = await events.reports(conn, [event.id])
            item = _whole(found_event)
            window = timedelta(hours=self._settings.window_hours)
            # Old news is held against what came with it, not against a year of other news.
            until = min(now, event.last_at + window)
            others, _ = await events.events_since(
                conn, EVERYTHING, since=event.last_at - window, until=until, limit=_POOL, now=now
            )
            waiting = [item, *(_whole(other) for other in others if other.id != event.id)]
            ranked = rank(waiting, wanted=EVERYTHING, since=until - window, until=until)
            chosen = [other for other in ranked if other.waiting.id == event.id]
            wish = self._wish(None, None)
            texts = await self._teller.read(conn, chosen, wish, {})
            ordered = best_first(item.reports)
            details = [await stories.story_detail(conn, report.id) for report in ordered[:25]]
        made = await asyncio.to_thread(self._teller.tell, chosen, texts)
        return made[0], [detail for detail in details if detail is not None]

    async def trending(self, wanted: Filter, limit: int) -> list[Event]:
        """The events that rise most: more stories in the window than in the one before; steepest first."""
        now = self._clock()
        since = now - timedelta(hours=self._settings.window_hours)
        async with self._store.reading() as conn:
            rising = await events.rising(conn, wanted, since=since, until=now, limit=limit, now=now)
            found = await events.reports(conn, [rise.event_id for rise in rising])
            waiting = [_whole(event) for event in found]
            ranked = {item.waiting.id: item for item in rank(waiting, wanted=wanted, since=since, until=now)}
            chosen = [ranked[rise.event_id] for rise in rising if rise.event_id in ranked]
            wish = self._wish(None, None)
            texts = await self._teller.read(conn, chosen, wish, {})
        made = await asyncio.to_thread(self._teller.tell, chosen, texts)
        counts = {rise.event_id: (("stories", str(rise.stories)), ("before", str(rise.before))) for rise in rising}
        return [replace(event, reasons=(*event.reasons, *counts[event.id])) for event in made]

    async def _digest(
        self,
        wanted: Filter,
        since: datetime,
        until: datetime,
        limit: int,
        timezone: str,
        language: str,
        wish: Wish,
    ) -> Digest:
        local = until.astimezone(zone(timezone))
        async with self._store.reading() as conn:
            pool = await _pool(conn, wanted, since, until, local)
            chosen = choose(pool.ranked, limit=limit, share=self._settings.share, wanted=wanted)
            texts = await self._teller.read(conn, chosen, wish, {})
        made = await asyncio.to_thread(self._teller.tell, chosen, texts)
        return Digest(
            title=_title(wanted),
            since=since,
            until=until,
            events=tuple(made),
            omitted=pool.total - len(chosen),
            filter=str(wanted),
            language=language,
            timezone=timezone,
        )

    async def _ranked(
        self,
        conn: StoreConnection,
        wanted: Filter,
        since: datetime,
        until: datetime,
        local: datetime,
        channel_id: int,
    ) -> tuple[list[Ranked], int, dict[int, deliveries.ShownEvent]]:
        """The events that compete for a channel's digest, by rank, how many more there are, and what it was told."""
        pool = await self._kept_pool(conn, wanted, since, until, local)
        told = await deliveries.shown_to(conn, channel_id, event_ids=[event.id for event in pool.events])
        if not told:
            return pool.ranked, max(pool.total - _POOL, 0), told
        waiting = await self._untold(conn, pool.events, told)
        read, total = _POOL, pool.total
        while len(waiting) < _ENOUGH and read < total:
            more, total = await events.events_since(
                conn, wanted, since=since, until=until, limit=_POOL, now=local, skip=read
            )
            told |= await deliveries.shown_to(conn, channel_id, event_ids=[event.id for event in more])
            waiting += await self._untold(conn, more, told)
            read += _POOL
        return rank(waiting, wanted=wanted, since=since, until=until), max(total - read, 0), told

    async def _untold(
        self,
        conn: StoreConnection,
        found: Sequence[events.EventReports],
        told: Mapping[int, deliveries.ShownEvent],
    ) -> list[Waiting]:
        """Those of the events that say something which was not told."""
        waiting = []
        for event in found:
            before = told.get(event.id)
            new = unseen(event.reports, before.story_ids if before is not None else ())
            if new:
                waiting.append(Waiting(event.id, event.reports, new, before is not None))
        return await self._teller.with_news(conn, waiting, told)

    async def _kept_pool(
        self, conn: StoreConnection, wanted: Filter, since: datetime, until: datetime, local: datetime
    ) -> _Pool:
        """The events that weigh most; those of the last questions are kept for as long as no news comes."""
        key = (str(wanted), since, until, local.utcoffset(), await stories.news_mark(conn))
        pool = self._pools.pop(key, None) or await _pool(conn, wanted, since, until, local)
        self._pools[key] = pool
        while len(self._pools) > _POOLS:
            del self._pools[next(iter(self._pools))]
        return pool

    def _wish(self, sentences: int | None, engine: str | None) -> Wish:
        count, chooser = sentences or self._summaries.sentences, engine or self._summaries.engine
        return Wish(chooser, count, (count, chooser) == (self._summaries.sentences, self._summaries.engine))


def _start(node: Node, now: datetime) -> datetime | None:
    """The moment from which on a filter accepts stories, where it says one."""
    parts = node.nodes if isinstance(node, All) else (node,)
    starts = [moment(part, now) for part in parts if isinstance(part, Period) and part.key == "since"]
    return max(starts, default=None)


def _title(wanted: Filter) -> str:
    return f"Digest: {wanted}" if wanted else "Digest"


async def _pool(conn: StoreConnection, wanted: Filter, since: datetime, until: datetime, local: datetime) -> _Pool:
    found, total = await events.events_since(conn, wanted, since=since, until=until, limit=_POOL, now=local)
    waiting = [_whole(event) for event in found]
    return _Pool(tuple(found), total, rank(waiting, wanted=wanted, since=since, until=until))


def _whole(event: events.EventReports) -> Waiting:
    """An event of which nothing was told."""
    return Waiting(event.id, event.reports, unseen(event.reports, ()))
