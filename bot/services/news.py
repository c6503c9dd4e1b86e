"""What is in the news? Lists, searches, single stories, digests for one question, counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters.parser import EVERYTHING, Filter, Period, moment
from bot.newsroom.models import Digest, DocumentStatus, Event, NewsPage, StoryDetail
from bot.newsroom.regions import silent_regions
from bot.newsroom.timezones import zone
from bot.services.base import Answering, read_id, without
from bot.store import documents, events, members, stories

__all__ = ["MOST_FOUND", "PER_PAGE", "Reading"]

PER_PAGE = 5
"""Stories on a page of /news and /search."""

MOST_FOUND = 100
"""A search shows so many of the best hits at most."""

_RECENT = timedelta(days=30)


class Reading(Answering):
    """Answers to readers."""

    async def news(self, wanted: Filter, *, page: int = 1, timezone: str | None = None) -> NewsPage:
        """One page of the stories that a filter accepts, newest first; a page that isn't there gives the nearest.

        `timezone` says where days begin.
        """
        now = self._clock().astimezone(zone(timezone or self._settings.timezone))
        async with self._store.reading() as conn:
            found, total = await stories.page_of_stories(conn, wanted, page=max(page, 1), per_page=PER_PAGE, now=now)
            pages = max(-(-total // PER_PAGE), 1)
            at = min(max(page, 1), pages)
            if at != max(page, 1):
                found, total = await stories.page_of_stories(conn, wanted, page=at, per_page=PER_PAGE, now=now)
        return NewsPage(tuple(found), total, at, pages)

    async def search(self, words: str, *, page: int = 1, wanted: Filter = EVERYTHING) -> NewsPage:
        """One page of the stories that hold `words` (in the filter language) and that `wanted` accepts, best first.

        At most MOST_FOUND are found. Raises FilterInvalid, InputInvalid without words.
        """
        if not words.strip():
            raise InputInvalid("say what to search for", "error-words-missing")
        async with self._store.reading() as conn:
            found = await stories.search(conn, words, wanted, MOST_FOUND, now=self._clock())
            pages = max(-(-len(found) // PER_PAGE), 1)
            at = min(max(page, 1), pages)
            shown = await stories.lines(conn, found[(at - 1) * PER_PAGE : at * PER_PAGE])
        return NewsPage(tuple(shown), len(found), at, pages)

    async def story(self, identity: str) -> StoryDetail:
        """A story in full, by its id (`s12` or `12`); for an event's (`e34`) its best report.

        Raises InputInvalid for what is no id, NotFound.
        """
        kind, number = read_id(identity)
        if kind == "event":
            event, reports = await self._digests.why(identity)
            if not reports:
                raise NotFound("event", identity)
            best = event.sources[0].story_id if event.sources else reports[0].line.id
            return next((report for report in reports if report.line.id == best), reports[0])
        async with self._store.reading() as conn:
            found = await stories.story_detail(conn, number)
        if found is None:
            raise NotFound("story", identity)
        return found

    async def why(self, identity: str) -> tuple[Event, list[StoryDetail]]:
        """An event with its reports in full, the best first, by its id or by that of one of its stories.

        Raises InputInvalid for what is no id, NotFound.
        """
        read_id(identity)
        return await self._digests.why(identity.strip().removeprefix("#"))

    async def digest(
        self,
        wanted: Filter = EVERYTHING,
        *,
        since: str | None = None,
        limit: int | None = None,
        timezone: str | None = None,
        language: str = "en",
        member_id: int | None = None,
    ) -> Digest:
        """The digest that somebody would get now; `since` as in filters (2d, today …), None is the usual window.

        What the member muted is left out. Raises InputInvalid for a time that can't be read.
        """
        if limit is not None and not 1 <= limit <= 25:
            raise InputInvalid("a digest has between 1 and 25 stories", "error-limit-range")
        return await self._digests.now(
            without(wanted, await self._muted(member_id)),
            since=since,
            limit=limit,
            timezone=timezone or self._settings.timezone,
            language=language,
        )

    async def trending(
        self, wanted: Filter = EVERYTHING, *, limit: int = 10, member_id: int | None = None
    ) -> list[Event]:
        """The events that rise fastest, steepest first; without what the member muted. One report is no rise."""
        rising = await self._digests.trending(without(wanted, await self._muted(member_id)), limit)
        return [event for event in rising if dict(event.reasons).get("stories") != "1"]

    async def catchup(
        self,
        member_id: int | None,
        wanted: Filter = EVERYTHING,
        *,
        timezone: str | None = None,
        language: str = "en",
    ) -> Digest:
        """What came since the member last caught up (at most 30 days), and note that they did now.

        The first time, and for nobody in particular, it is the usual window.
        """
        now = self._clock()
        last: datetime | None = None
        if member_id is not None:
            async with self._store.reading() as conn:
                last = await members.last_seen(conn, member_id)
        since = max(last, now - _RECENT) if last is not None else now - timedelta(hours=self._settings.window_hours)
        digest = await self._digests.catchup(
            without(wanted, await self._muted(member_id)),
            since,
            limit=25,
            timezone=timezone or self._settings.timezone,
            language=language,
        )
        if member_id is not None:
            async with self._store.writing() as conn:
                await members.see(conn, member_id, now)
        return digest

    async def country_counts(
        self, since: str | datetime | None = None, *, timezone: str | None = None
    ) -> list[tuple[str, int]]:
        """(code, stories) of each country that has stories, most first; `since` counts whole UTC days.

        Raises InputInvalid for a time that can't be read.
        """
        at = self._since(since, timezone)
        async with self._store.reading() as conn:
            return await stories.country_counts(conn, at)

    async def topic_counts(
        self, since: str | datetime | None = None, *, timezone: str | None = None
    ) -> list[tuple[str, int]]:
        """(slug, stories) of each topic that has stories, most first; `since` counts whole UTC days.

        Raises InputInvalid for a time that can't be read.
        """
        at = self._since(since, timezone)
        async with self._store.reading() as conn:
            return await stories.topic_counts(conn, at)

    async def gaps(self, since: str | datetime, *, timezone: str | None = None) -> list[str]:
        """The regions (see `bot.newsroom.regions.silent_regions`) that no story is about since a UTC day.

        None where there is no news at all: that is no gap. Raises InputInvalid for a time that can't be read.
        """
        counts = await self.country_counts(since, timezone=timezone)
        return silent_regions([code for code, _count in counts]) if counts else []

    def _since(self, since: str | datetime | None, timezone: str | None) -> datetime | None:
        if since is None or isinstance(since, datetime):
            return since
        node = Filter.of(since=since).node
        local = self._clock().astimezone(zone(timezone or self._settings.timezone))
        return moment(node, local) if isinstance(node, Period) else None

    async def counts(self) -> dict[str, int]:
        """How much is held: stories, documents, countries, topics, languages."""
        async with self._store.reading() as conn:
            held = await documents.counts(conn)
            return {
                "stories": await stories.count(conn),
                "documents": held[DocumentStatus.STORED],
                "countries": len(await stories.country_counts(conn)),
                "topics": len(await stories.topic_counts(conn)),
                "languages": len(await stories.languages(conn)),
            }

    async def latest_arrival(self) -> datetime | None:
        """When the newest story came in; None while there is none."""
        async with self._store.reading() as conn:
            return await stories.latest_arrival(conn)

    async def event_of(self, identity: str) -> int:
        """The number of the event that an id (of a story or event) means now. Raises InputInvalid, NotFound."""
        kind, number = read_id(identity)
        async with self._store.reading() as conn:
            if kind == "event":
                event = await events.find_event(conn, number)
                if event is None:
                    raise NotFound("event", identity)
                return event.id
            found = await stories.lines(conn, [number]) if number < 2**63 else []
        if not found:
            raise NotFound("story", identity)
        return found[0].event_id
