"""Digests for questions, subscriptions' slots and absent members; the reasons for a rank.

Everything is read in one transaction; then, with the connection returned, summaries are made in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import inf

from bot.errors import InputInvalid, NotFound
from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import EVERYTHING, Filter, Node, Period, conjuncts
from bot.newsroom.models import Digest, Event, PostedAlert, QuietPolicy, Rhythm, StoryDetail, Subscription
from bot.newsroom.ranking import Candidate, RankedEvent, order_reports, rank, rank_by_taste, select, unseen_ids
from bot.newsroom.reader_languages import readable_languages, reader_languages
from bot.newsroom.subscription_input import MAX_EVENTS
from bot.newsroom.taste import MAX_TASTE_POINTS, load_taste
from bot.newsroom.timezones import zone
from bot.newsroom.typed_values import resolve_time
from bot.services.event_summaries import EventSummarizer, SummaryOptions
from bot.services.ids import require_id
from bot.services.members import TASTE_SETTING
from bot.services.withholdings import release_due
from bot.settings import DigestSettings, SummarySettings
from bot.store import alerts, deliveries, events, members, story_rows, subscriptions
from bot.store.audiences import owning_guilds
from bot.store.database import Store, StoreConnection
from bot.store.returned_stories import missed_events
from summarizers.events.novelty import sentence_hash

__all__ = ["ComposedDigest", "DigestService", "DigestedEvent"]

_CANDIDATE_PAGE = 400
"""Events read in one query, the highest bound of their score first; most digests need one page."""

_MAX_CANDIDATES = 2000
"""Events read for one digest: where the shares can't be met, a month of news would be searched for other subjects."""

_CACHED_POOLS = 32
"""Candidate pools that are cached: a morning's digests ask the same for thousands of channels."""

_WINDOW_OVERLAP = timedelta(minutes=1)
"""Overlap between two slots' windows: a story's arrival time can precede its commit by up to this."""

_WEEK = timedelta(days=7)
"""What a weekly digest covers."""

_WIDENED_WINDOW = timedelta(days=7)
"""How far back a subscription with the quiet policy "widen" looks."""

_MAX_EXPLAINED = 25
"""Reports that /why reads in full: more than fit in its answer."""

_MAX_ABSENCE = timedelta(days=30)
"""How far back /catchup looks at most, however long a member was away."""


@dataclass(frozen=True, slots=True)
class DigestedEvent:
    """An event as a digest shows it, for delivery to record; `sentences` are fingerprints."""

    event_id: int
    story_ids: tuple[int, ...]
    sentences: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class ComposedDigest:
    """The result for a slot: a digest, or None and the reason why there is nothing to post."""

    digest: Digest | None
    reason: str = ""
    shown: tuple[DigestedEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Competition:
    """A filter, a window of arrival and readers for which events compete.

    Dates in the filter are those of `local`. With `languages`, an event needs a report in one of them. In a weekly
    digest, of the subscription `weekly`, freshness doesn't count, and only its own digests have shown an event before.
    """

    query: Filter
    since: datetime
    until: datetime
    local: datetime
    audience: Audience
    languages: tuple[str, ...] = ()
    weekly: int | None = None
    taste: tuple[tuple[str, int], ...] = ()
    """The taste of the member whose own digest it is."""


@dataclass(frozen=True, slots=True)
class _Tongues:
    """The locale of a digest's own words, and the languages of its stories; () for all.

    `or_all` takes all if there is nothing in those.
    """

    locale: str
    stories: tuple[str, ...] = ()
    or_all: bool = False


@dataclass(frozen=True, slots=True)
class _CandidatePool:
    """The events of a competition that were read so far; `total` counts all.

    No unread event scores higher than `unread_bound`. `other_languages` counts those that only their language keeps out.
    """

    events: tuple[events.EventReports, ...]
    total: int
    unread_bound: float
    ranked: list[RankedEvent]
    other_languages: int


@dataclass(frozen=True, slots=True)
class _Slot:
    """The competition for a subscription's slot.

    `began` is the slot before it, or the earliest that it reaches back.
    """

    query: Filter
    competition: _Competition
    missed: Sequence[events.EventReports]
    began: datetime


@dataclass(frozen=True, slots=True)
class _Past:
    """The events before a page.

    `skip` are the events on the pages before, of those that are not `told` by the digest itself. `until` is when that
    digest was composed: what its channel was shown later doesn't count; None for one that is composed now.
    """

    skip: int = 0
    told: frozenset[int] = frozenset()
    until: datetime | None = None


_NO_PAST = _Past()


@dataclass(frozen=True, slots=True)
class _Choice:
    """The events of a digest, and the number of others.

    `shown` is what the channel was shown of the candidates before.
    """

    events: list[RankedEvent]
    omitted: int
    shown: Mapping[int, deliveries.ShownEvent]
    other_languages: int


class DigestService:
    """Composes digests; `clock` returns the present as an aware datetime in UTC.

    `web_address` is that of the web edition where everybody may read it.
    """

    def __init__(
        self,
        store: Store,
        digest_settings: DigestSettings,
        summary_settings: SummarySettings,
        clock: Callable[[], datetime],
        *,
        web_address: str = "",
    ) -> None:
        self._store, self._settings, self._summaries, self._clock = store, digest_settings, summary_settings, clock
        self._web_address = web_address
        self._pools: dict[tuple[object, ...], _CandidatePool] = {}
        self._summarizer = EventSummarizer()

    async def compose(
        self,
        query: Filter = EVERYTHING,
        *,
        since: str | None = None,
        limit: int | None = None,
        page: int = 1,
        timezone: str | None = None,
        language: str = "en",
        stories: Sequence[str] = (),
        or_all_languages: bool = False,
        sentences: int | None = None,
        member_id: int | None = None,
        audience: Audience = PUBLIC,
    ) -> Digest:
        """Compose the digest that somebody would get now, without what the member muted.

        Each `page` goes on where the one before ends, in the same order.

        It reaches as far back as `since` (as in filters: 2d, today …) or the filter says (publication), else as the
        settings say (arrival). `stories` are the languages of its stories, () for all; with `or_all_languages` they are
        all if there is nothing in those. Raises InputInvalid for a time that can't be read or a limit out of range.
        """
        if limit is not None and not 1 <= limit <= MAX_EVENTS:
            raise InputInvalid(f"a digest has between 1 and {MAX_EVENTS} stories", "error-limit-range")
        now = self._clock()
        where = timezone or self._settings.timezone
        muted = await self._muted_by(member_id)
        if since and since.strip():
            query = query & Filter.of(since=since)
        start = _start(query.node, now.astimezone(zone(where)))
        if start is None or start > now:
            start = now - timedelta(hours=self._settings.window_hours) if start is None else now
        tongues = _Tongues(language, tuple(stories), or_all_languages)
        return await self._compose(
            query,
            start,
            now,
            limit or self._settings.limit,
            where,
            tongues,
            audience,
            sentences=sentences,
            muted=muted,
            skip=(page - 1) * (limit or self._settings.limit),
        )

    async def compose_more(
        self,
        query: Filter,
        *,
        since: datetime,
        until: datetime,
        skip: int,
        limit: int | None = None,
        timezone: str | None = None,
        language: str = "en",
        stories: Sequence[str] = (),
        member_id: int | None = None,
        audience: Audience = PUBLIC,
    ) -> Digest:
        """Compose what follows the first `skip` events of a digest, in its order.

        Filter and window are those that it had. `limit` is that of the digest; what the member muted is left out.
        """
        return await self._compose(
            query,
            since,
            until,
            limit or self._settings.limit,
            timezone or self._settings.timezone,
            _Tongues(language, tuple(stories)),
            audience,
            muted=await self._muted_by(member_id),
            skip=skip,
        )

    async def compose_latest(
        self, *, language: str = "en", stories: Sequence[str] = (), or_all_languages: bool = False
    ) -> Digest:
        """Compose the digest of now or, if nothing is new, that of the day of the newest story.

        The languages of its stories are as in `compose`.
        """
        digest = await self.compose(language=language, stories=stories, or_all_languages=or_all_languages)
        if digest.events or digest.other_languages:
            return digest
        async with self._store.reading() as conn:
            newest = await story_rows.latest_arrival(conn)
        if newest is None:
            return digest
        since = newest - timedelta(hours=self._settings.window_hours)
        return await self.compose(
            since=since.isoformat(timespec="minutes"),
            language=language,
            stories=stories,
            or_all_languages=or_all_languages,
        )

    async def catch_up(
        self,
        member_id: int | None,
        query: Filter = EVERYTHING,
        *,
        timezone: str | None = None,
        language: str = "en",
        stories: Sequence[str] = (),
        or_all_languages: bool = False,
        audience: Audience = PUBLIC,
    ) -> Digest:
        """Compose what arrived since the member last caught up, and record that they did now.

        The first time, and without a member, it is the usual window. The languages of its stories are as in `compose`.
        """
        now = self._clock()
        last: datetime | None = None
        if member_id is not None:
            async with self._store.reading() as conn:
                last = await members.last_seen(conn, member_id)
        since = (
            max(last, now - _MAX_ABSENCE) if last is not None else now - timedelta(hours=self._settings.window_hours)
        )
        digest = await self._compose(
            query,
            since,
            now,
            MAX_EVENTS,
            timezone or self._settings.timezone,
            _Tongues(language, tuple(stories), or_all_languages),
            audience,
            muted=await self._muted_by(member_id),
        )
        if member_id is not None:
            async with self._store.writing() as conn:
                await members.mark_seen(conn, member_id, now)
        return digest

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        """Compose the digest for a slot: what arrived since the last one and is new to the channel.

        The first slot reaches back for the settings' window, or to the subscription's start where that is longer ago,
        and never further. Stories that came back, and that earlier slots missed for it, count as new. Composing the
        same slot again gives the same until it is sent. A member's own digest leaves out what the member muted; a
        server's has what its own sources bring. A weekly digest has the events of the seven days before by weight, also
        those that other digests of the channel had.
        """
        audience = Audience(subscription.guild_id)
        await release_due(self._store, self._clock())
        async with self._store.reading() as conn:
            issue = 1 + await deliveries.count_sent(conn, subscription.id, before=slot_at)
            slot = await self._slot(conn, subscription, slot_at, audience)
            query = slot.query
            choice, since = await self._choose_for_slot(conn, subscription, slot, _NO_PAST)
            chosen = choice.events
            languages = reader_languages(subscription.language, query, subscription.stories)
            options = self._summary_options(subscription.sentences, subscription.engine, languages)
            texts = await self._summarizer.read(conn, chosen, options, choice.shown, audience)
            posted = await _posted_alerts(conn, subscription, slot.began, slot_at, languages, audience)
        if not texts.still_valid(chosen):  # stories moved to other events meanwhile: compose anew
            self._pools.clear()
            return await self.for_slot(subscription, slot_at)
        made = await asyncio.to_thread(self._summarizer.summarize, chosen, texts)
        if not made and subscription.quiet is not QuietPolicy.SAY:
            return ComposedDigest(None, "nothing new")
        digest = Digest(
            title=_title(query),
            since=since,
            until=slot_at,
            events=tuple(made),
            omitted=choice.omitted,
            filter=str(query),
            language=subscription.language,
            timezone=subscription.timezone,
            other_languages=choice.other_languages,
            pictures=self._settings.pictures,
            alerts=posted,
            web_address=self._web_address,
            week=slot.competition.weekly is not None,
            issue=issue,
            sections=subscription.sections,
            size=subscription.size,
        )
        by_id = {item.candidate.id: item.candidate for item in chosen}
        shown = tuple(
            DigestedEvent(
                event.id,
                tuple(report.id for report in by_id[event.id].reports),
                tuple(sentence_hash(sentence.text) for sentence in event.summary),
                event.score,
            )
            for event in made
        )
        return ComposedDigest(digest, "" if made else "quiet day", shown)

    async def after_delivery(self, number: int, *, skip: int = 0, audience: Audience = PUBLIC) -> Digest:
        """Compose what follows a posted digest.

        They are the events of its slot that it doesn't show, after the first `skip`. They come in the order of digests, so that those that found no room come first. Raises NotFound.
        """
        async with self._store.reading() as conn:
            delivery = await deliveries.find_delivery(conn, number)
            if delivery is None:
                raise NotFound("delivery", str(number))
            subscription = await subscriptions.find_subscription(conn, delivery.subscription_id)
            if subscription is None:
                raise NotFound("subscription", str(delivery.subscription_id))
            told = await deliveries.events_of(conn, number)
            slot = await self._slot(conn, subscription, delivery.slot_at, audience)
            past = _Past(skip, frozenset(told), max(told.values(), default=delivery.slot_at))
            choice, since = await self._choose_for_slot(conn, subscription, slot, past)
            languages = reader_languages(subscription.language, slot.query, subscription.stories)
            options = self._summary_options(subscription.sentences, subscription.engine, languages)
            texts = await self._summarizer.read(conn, choice.events, options, choice.shown, audience)
        made = await asyncio.to_thread(self._summarizer.summarize, choice.events, texts)
        return Digest(
            title=_title(slot.query),
            since=since,
            until=delivery.slot_at,
            events=tuple(made),
            omitted=choice.omitted,
            filter=str(slot.query),
            language=subscription.language,
            timezone=subscription.timezone,
            other_languages=choice.other_languages,
            pictures=self._settings.pictures,
            sections=subscription.sections,
            size=subscription.size,
            passed=len(told) + skip,
        )

    async def delivered_events(self, number: int) -> list[int]:
        """Return the events that a posted digest shows, in its order."""
        async with self._store.reading() as conn:
            return list(await deliveries.events_of(conn, number))

    async def tell(self, event_ids: Sequence[int], *, language: str, audience: Audience = PUBLIC) -> list[Event]:
        """Return events in this order, with the reasons for their scores.

        Those that are gone are left out.
        """
        now = self._clock()
        async with self._store.reading() as conn:
            found = await events.get_reports(conn, event_ids, audience=audience)
            since = now - timedelta(hours=self._settings.window_hours)
            ranked = rank([_never_shown(event) for event in found], query=EVERYTHING, since=since, until=now)
            options = self._summary_options(None, None, reader_languages(language, EVERYTHING))
            texts = await self._summarizer.read(conn, ranked, options, {}, audience)
        made = {event.id: event for event in await asyncio.to_thread(self._summarizer.summarize, ranked, texts)}
        return [made[number] for number in event_ids if number in made]

    async def _slot(
        self, conn: StoreConnection, subscription: Subscription, slot_at: datetime, audience: Audience
    ) -> _Slot:
        """Return what competes for a subscription's slot."""
        query = Filter.parse(subscription.filter)
        local = slot_at.astimezone(zone(subscription.timezone))
        window = timedelta(hours=self._settings.window_hours)
        last = await deliveries.last_slot(conn, subscription.id, sent=True, before=slot_at)
        first = min(subscription.after, slot_at - window)
        since = max(last - _WINDOW_OVERLAP, first) if last is not None else first
        visible = query
        taste: tuple[tuple[str, int], ...] = ()
        if subscription.guild_id is None and subscription.member_id is not None:
            stored = await members.get_setting(conn, subscription.member_id, TASTE_SETTING)
            taste = tuple(load_taste(stored).items())
            mutes = await members.list_mutes(conn, subscription.member_id, slot_at)
            visible = without_muted(query, [mute.filter for mute in mutes])
        readable = readable_languages(subscription.stories, query)
        missed = await missed_events(
            conn,
            visible,
            subscription_id=subscription.id,
            arrived_after=subscription.after - window,
            since=since,
            until=slot_at,
            now=local,
            limit=_CANDIDATE_PAGE,
            audience=audience,
            languages=readable,
        )
        weekly = subscription.id if subscription.every is Rhythm.WEEK else None
        if weekly is not None:
            since = slot_at - _WEEK
        competition = _Competition(visible, since, slot_at, local, audience, readable, weekly, taste)
        return _Slot(query, competition, missed, last or first)

    async def _choose_for_slot(
        self, conn: StoreConnection, subscription: Subscription, slot: _Slot, past: _Past
    ) -> tuple[_Choice, datetime]:
        """Choose a slot's events, and return since when they arrived.

        That is longer ago if the quiet policy is to widen the window.
        """
        channel, limit, competition = subscription.channel_id, subscription.limit, slot.competition
        choice = await self._choose(conn, competition, slot.query, limit, channel, slot.missed, past)
        if not choice.events and subscription.quiet is QuietPolicy.WIDEN:
            competition = replace(competition, since=min(competition.since, competition.until - _WIDENED_WINDOW))
            choice = await self._choose(conn, competition, slot.query, limit, channel, past=past)
        return choice, competition.since

    async def explain(
        self, identity: str, *, language: str | None = None, audience: Audience = PUBLIC
    ) -> tuple[Event, list[StoryDetail]]:
        """Return an event with the reasons for its rank, and its reports in full, best first.

        `identity` is the event's or that of one of its stories. Only reports that the audience may see count.

        Raises InputInvalid for text that is not an id, and NotFound.
        """
        kind, number = require_id(identity)
        now = self._clock()
        async with self._store.reading() as conn:
            event = await events.find_event(conn, number, audience) if kind != "story" else None
            if event is None and kind != "event":
                line = await story_rows.get_lines(conn, [number], audience)
                event = await events.find_event(conn, line[0].event_id, audience) if line else None
            if event is None:
                raise NotFound(kind or "event", identity)
            (reports,) = await events.get_reports(conn, [event.id], audience=audience)
            item = _never_shown(reports)
            window = timedelta(hours=self._settings.window_hours)
            # Old news competes with the news of its own days, not with a year of other news.
            until = min(now, event.last_at + window)
            competing = await events.competing_events(
                conn,
                EVERYTHING,
                since=event.last_at - window,
                until=until,
                limit=_CANDIDATE_PAGE,
                now=now,
                audience=audience,
            )
            candidates = [item, *(_never_shown(other) for other in competing.events if other.id != event.id)]
            ranked = rank(candidates, query=EVERYTHING, since=until - window, until=until)
            chosen = [other for other in ranked if other.candidate.id == event.id]
            languages = reader_languages(language, EVERYTHING) if language else ()
            options = self._summary_options(None, None, languages)
            texts = await self._summarizer.read(conn, chosen, options, {}, audience)
            ordered = order_reports(item.reports, languages)
            details = [await story_rows.get_story(conn, report.id, audience) for report in ordered[:_MAX_EXPLAINED]]
        made = await asyncio.to_thread(self._summarizer.summarize, chosen, texts)
        return made[0], [detail for detail in details if detail is not None]

    async def retell(
        self,
        story_ids: Sequence[int],
        *,
        sentences: int | None = None,
        engine: str | None = None,
        languages: tuple[str, ...] = (),
        audience: Audience = PUBLIC,
    ) -> Event | None:
        """Tell an event by those of these reports that are visible; None if none is.

        For a message that told it by reports of which one is withheld now.
        """
        async with self._store.reading() as conn:
            reports = await events.reports_of(conn, story_ids, audience)
            if not reports:
                return None
            newest = reports[-1].arrived_at
            window = timedelta(hours=self._settings.window_hours)
            candidate = _never_shown(events.EventReports(0, reports))
            chosen = rank([candidate], query=EVERYTHING, since=newest - window, until=newest)
            options = self._summary_options(sentences, engine, languages)
            texts = await self._summarizer.read(conn, chosen, options, {}, audience)
        (made,) = await asyncio.to_thread(self._summarizer.summarize, chosen, texts)
        return made

    async def trending(
        self,
        query: Filter = EVERYTHING,
        *,
        limit: int = 10,
        language: str = "en",
        stories: Sequence[str] = (),
        or_all_languages: bool = False,
        member_id: int | None = None,
        audience: Audience = PUBLIC,
    ) -> list[Event]:
        """Return the events with more reports in the window than in the one before, steepest first.

        Without what the member muted, and without events that have one report only or none in the languages
        `stories`; with `or_all_languages` in any language if there is nothing in those.
        """
        wanted = query
        query = without_muted(query, await self._muted_by(member_id))
        now = self._clock()
        since = now - timedelta(hours=self._settings.window_hours)
        async with self._store.reading() as conn:
            rising = await events.rising_events(
                conn,
                query,
                since=since,
                until=now,
                limit=limit,
                now=now,
                audience=audience,
                languages=readable_languages(stories, wanted),
            )
            reports = await events.get_reports(conn, [rise.event_id for rise in rising], audience=audience)
            candidates = [_never_shown(event) for event in reports]
            ranked = {item.candidate.id: item for item in rank(candidates, query=query, since=since, until=now)}
            chosen = [ranked[rise.event_id] for rise in rising if rise.event_id in ranked]
            options = self._summary_options(None, None, reader_languages(language, wanted, stories))
            texts = await self._summarizer.read(conn, chosen, options, {}, audience)
        made = await asyncio.to_thread(self._summarizer.summarize, chosen, texts)
        if stories and or_all_languages and not made:
            return await self.trending(wanted, limit=limit, language=language, member_id=member_id, audience=audience)
        counts = {rise.event_id: rise for rise in rising}
        return [
            replace(event, reasons=(*event.reasons, ("stories", str(rise.stories)), ("before", str(rise.before))))
            for event in made
            if (rise := counts[event.id]).stories != 1
        ]

    async def _compose(
        self,
        query: Filter,
        since: datetime,
        until: datetime,
        limit: int,
        timezone: str,
        tongues: _Tongues,
        audience: Audience,
        *,
        sentences: int | None = None,
        muted: Sequence[str] = (),
        skip: int = 0,
    ) -> Digest:
        """Compose what arrived in a period, or came back in it after being hidden when it began."""
        local = until.astimezone(zone(timezone))
        visible = without_muted(query, muted)  # nobody reads it, so that it may be longer than a filter that is typed
        readable = readable_languages(tongues.stories, query)
        languages = reader_languages(tongues.locale, query, tongues.stories)
        options = self._summary_options(sentences, None, languages)
        async with self._store.reading() as conn:
            missed = await missed_events(
                conn,
                visible,
                arrived_after=since - _MAX_ABSENCE,
                since=since,
                until=until,
                now=local,
                limit=_CANDIDATE_PAGE,
                audience=audience,
                languages=readable,
            )
            competition = _Competition(visible, since, until, local, audience, readable)
            choice = await self._choose(conn, competition, query, limit, missed=missed, past=_Past(skip))
            texts = await self._summarizer.read(conn, choice.events, options, {}, audience)
        if tongues.or_all and not choice.events and choice.other_languages:
            tongues = _Tongues(tongues.locale)
            return await self._compose(
                query, since, until, limit, timezone, tongues, audience, sentences=sentences, muted=muted, skip=skip
            )
        made = await asyncio.to_thread(self._summarizer.summarize, choice.events, texts)
        return Digest(
            title=_title(query),
            since=since,
            until=until,
            events=tuple(made),
            omitted=choice.omitted,
            filter=str(query),
            language=tongues.locale,
            timezone=timezone,
            other_languages=choice.other_languages,
            pictures=self._settings.pictures,
            web_address=self._web_address,
            sections=self._settings.sections,
            size=self._settings.size,
            passed=skip,
        )

    async def _choose(
        self,
        conn: StoreConnection,
        competition: _Competition,
        query: Filter,
        limit: int,
        channel_id: int | None = None,
        missed: Sequence[events.EventReports] = (),
        past: _Past = _NO_PAST,
    ) -> _Choice:
        """Choose at most `limit` events, for a channel those that are new to it.

        They are those that follow the `past` ones in the order in which digests would choose them. `missed` events compete, too. Labels that `query` asks for are exempt from the shares. Pages are read until no unread event could displace a
        chosen one, or `_MAX_CANDIDATES` were read.
        """
        if channel_id is None:
            pool = await _read_page(conn, competition, _NOTHING_READ)
        else:
            pool = await self._cached_page(conn, competition)
        shown: dict[int, deliveries.ShownEvent] = {}
        if channel_id is not None and missed:
            shown |= await deliveries.shown_events(
                conn,
                channel_id,
                event_ids=[event.id for event in missed],
                until=past.until,
                subscription_id=competition.weekly,
            )
        checked = 0
        while True:
            if channel_id is not None:
                ids = [event.id for event in pool.events[checked:]]
                shown |= await deliveries.shown_events(
                    conn, channel_id, event_ids=ids, until=past.until, subscription_id=competition.weekly
                )
            checked = len(pool.events)
            in_pool = {event.id for event in pool.events} if missed else set()
            candidates = [*pool.events, *(event for event in missed if event.id not in in_pool)]
            if shown or len(candidates) > checked:
                unseen = await self._unseen_events(conn, candidates, shown, competition.languages)
                ranked = _rank(unseen, competition)
            else:
                ranked = pool.ranked
            unread_bound = pool.unread_bound
            if competition.taste:
                ranked = rank_by_taste(ranked, dict(competition.taste))
                unread_bound += MAX_TASTE_POINTS
            if past.told:
                ranked = [item for item in ranked if item.candidate.id not in past.told]
            ordered, within_shares = _in_order(ranked, past.skip + limit, limit, self._settings.share, query)
            lowest = min((item.score for item in ordered), default=-inf)
            settled = within_shares and bool(ordered) and lowest >= unread_bound
            if settled or pool.unread_bound == -inf or checked >= _MAX_CANDIDATES:
                omitted = len(ranked) - len(ordered) + pool.total - checked
                return _Choice(ordered[past.skip :], omitted, shown, pool.other_languages)
            pool = await _read_page(conn, competition, pool)

    async def _unseen_events(
        self,
        conn: StoreConnection,
        candidates: Sequence[events.EventReports],
        shown: Mapping[int, deliveries.ShownEvent],
        languages: Sequence[str],
    ) -> list[Candidate]:
        """Return the events that say something the channel has not seen.

        With `languages`, what is new of an event that it has seen is in one of them.
        """
        unseen = []
        for event in candidates:
            before = shown.get(event.id)
            new = unseen_ids(event.reports, before.story_ids if before is not None else ())
            if before is not None and languages:  # an update is told by its new reports alone
                new &= {report.id for report in event.reports if report.language in languages}
            if new:
                unseen.append(Candidate(event.id, event.reports, new, before is not None))
        return await self._summarizer.with_news(conn, unseen, shown)

    async def _cached_page(self, conn: StoreConnection, competition: _Competition) -> _CandidatePool:
        """Return the first page of candidates, from the cache if possible.

        Keys of the cache change with the news.
        """
        version = await story_rows.content_version(conn)
        offset = competition.local.utcoffset()
        owners = await owning_guilds(conn, competition.audience)  # most servers have no own sources and share a pool
        key = (
            str(competition.query),
            competition.since,
            competition.until,
            offset,
            version,
            owners,
            competition.languages,
            competition.weekly is not None,
        )
        pool = self._pools.pop(key, None) or await _read_page(conn, competition, _NOTHING_READ)
        self._pools[key] = pool
        while len(self._pools) > _CACHED_POOLS:
            del self._pools[next(iter(self._pools))]
        return pool

    async def _muted_by(self, member_id: int | None) -> list[str]:
        """Return the filters, in normal form, that a member muted; [] without a member."""
        if member_id is None:
            return []
        async with self._store.reading() as conn:
            return [mute.filter for mute in await members.list_mutes(conn, member_id, self._clock())]

    def _summary_options(
        self, sentences: int | None, engine: str | None, languages: tuple[str, ...] = ()
    ) -> SummaryOptions:
        count, name = sentences or self._summaries.sentences, engine or self._summaries.engine
        stored = (count, name) == (self._summaries.sentences, self._summaries.engine)
        return SummaryOptions(name, count, stored, languages)


def without_muted(query: Filter, muted: Sequence[str]) -> Filter:
    """Return `query` without the stories that any muted filter, in normal form, matches."""
    for text in muted:
        hidden = Filter.parse(text)
        if hidden != EVERYTHING:
            query = query & ~hidden
    return query


def _start(node: Node, now: datetime) -> datetime | None:
    """Return the earliest publication time that a filter allows; None if it sets none."""
    starts = [
        resolve_time(part.value, part.key, now)
        for part in conjuncts(node)
        if isinstance(part, Period) and part.key == "since"
    ]
    return max(starts, default=None)


def _in_order(
    ranked: Sequence[RankedEvent], count: int, limit: int, share: float, query: Filter
) -> tuple[list[RankedEvent], bool]:
    """Return the first `count` events in the order in which digests would have them.

    The digests have `limit` events each. Also return whether each kept within the shares.
    """
    ordered: list[RankedEvent] = []
    rest, within_shares = list(ranked), True
    while len(ordered) < count and rest:
        selection = select(rest, limit=limit, share=share, query=query)
        within_shares = within_shares and selection.settled
        ordered += selection.events
        passed = {item.candidate.id for item in selection.events}
        rest = [item for item in rest if item.candidate.id not in passed]
    return ordered[:count], within_shares and len(ordered) >= count


def _title(query: Filter) -> str:
    return f"Digest: {query}" if query else "Digest"


_NOTHING_READ = _CandidatePool((), 0, inf, [], 0)


async def _posted_alerts(
    conn: StoreConnection,
    subscription: Subscription,
    since: datetime,
    until: datetime,
    languages: Sequence[str],
    audience: Audience,
) -> tuple[PostedAlert, ...]:
    """Return the alerts that a channel got since its last digest, with their headlines."""
    posted = []
    for each in await alerts.posted_alerts(conn, subscription.id, since, until):
        reports = order_reports(await events.reports_of(conn, each.story_ids, audience), languages)
        lines = await story_rows.get_lines(conn, [report.id for report in reports[:1]], audience)
        if lines:
            where = f"{subscription.guild_id or '@me'}/{each.channel_id}/{each.message_id}"
            address = f"https://discord.com/channels/{where}"
            posted.append(PostedAlert(each.event_id, lines[0].headline, each.sent_at, address))
    return tuple(posted)


async def _read_page(conn: StoreConnection, competition: _Competition, pool: _CandidatePool) -> _CandidatePool:
    """Return a pool with the next page of events."""
    page = await events.competing_events(
        conn,
        competition.query,
        since=competition.since,
        until=competition.until,
        limit=_CANDIDATE_PAGE,
        now=competition.local,
        skip=len(pool.events),
        audience=competition.audience,
        languages=competition.languages,
    )
    read = (*pool.events, *page.events)
    ranked = _rank([_never_shown(event) for event in read], competition)
    return _CandidatePool(read, page.total, page.unread_bound, ranked, page.other_languages)


def _rank(candidates: Sequence[Candidate], competition: _Competition) -> list[RankedEvent]:
    return rank(
        candidates,
        query=competition.query,
        since=competition.since,
        until=competition.until,
        fresh=competition.weekly is None,
    )


def _never_shown(event: events.EventReports) -> Candidate:
    """Make a candidate of an event that was never shown."""
    return Candidate(event.id, event.reports, unseen_ids(event.reports, ()))
