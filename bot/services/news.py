"""Stories for readers: pages of news, searches, single stories, counts by country and topic."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import InputInvalid, NotFound
from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import EVERYTHING, And, Filter, Period, Phrase, conjuncts, readable_search
from bot.newsroom.filters.parser import QUOTES
from bot.newsroom.models import NewsPage, StoryDetail
from bot.newsroom.regions import absent_regions
from bot.newsroom.timezones import zone
from bot.newsroom.typed_values import resolve_time
from bot.services.ids import require_id
from bot.settings import DigestSettings
from bot.store import labels, story_pages, story_rows
from bot.store.audiences import owning_guilds
from bot.store.database import Store, StoreConnection
from bot.store.search import search_stories

if TYPE_CHECKING:
    from bot.services.digests import DigestService

__all__ = ["MAX_SEARCH_RESULTS", "STORIES_PER_PAGE", "NewsService"]

STORIES_PER_PAGE = 5
"""Stories on a page of /news and /search: about what a phone shows without much scrolling."""

MAX_SEARCH_RESULTS = 100
"""Stories that a search returns at most; the best ones are on the first pages."""

_WRITTEN_CONDITION = re.compile(r"(?<!\S)(?:-\S*|not\s+\S+|\S+[:：]\S*)")
"""Conditions of the filter language other than words: what is left is what a search means."""


class NewsService:
    """Answers readers' questions about stories.

    `digests` gives the service that knows events; it is called only when an event is asked for.
    """

    def __init__(
        self,
        store: Store,
        digests: Callable[[], DigestService],
        settings: DigestSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._digests, self._settings, self._clock = store, digests, settings, clock

    async def page(
        self, query: Filter, *, page: int = 1, timezone: str | None = None, audience: Audience = PUBLIC
    ) -> NewsPage:
        """Return one page of the stories that match `query` and the audience may see, newest first.

        A page number outside the range gives the nearest page. `timezone` decides where days begin.
        """
        now = self._local_now(timezone)
        async with self._store.reading() as conn:
            lines, total = await story_pages.list_stories(
                conn, query, page=max(page, 1), per_page=STORIES_PER_PAGE, now=now, audience=audience
            )
            pages = max(-(-total // STORIES_PER_PAGE), 1)
            nearest = min(max(page, 1), pages)
            if nearest != max(page, 1):
                lines, total = await story_pages.list_stories(
                    conn, query, page=nearest, per_page=STORIES_PER_PAGE, now=now, audience=audience
                )
        return NewsPage(tuple(lines), total, nearest, pages)

    async def search(
        self, text: str, *, page: int = 1, query: Filter = EVERYTHING, audience: Audience = PUBLIC
    ) -> NewsPage:
        """Return one page of the stories that contain `text` or mean it, best first.

        Only stories that match `query`. `text` is in the filter language. A phrase in quotation marks is found as it is written only.

        At most MAX_SEARCH_RESULTS are found. Raises FilterInvalid, or InputInvalid without words.
        """
        if not text.strip():
            raise InputInvalid("give some words to search for", "error-words-missing")
        text = readable_search(text)
        async with self._store.reading() as conn:
            ids = await self._find(conn, text, query, audience)
            pages = max(-(-len(ids) // STORIES_PER_PAGE), 1)
            nearest = min(max(page, 1), pages)
            on_page = ids[(nearest - 1) * STORIES_PER_PAGE : nearest * STORIES_PER_PAGE]
            lines = await story_rows.get_lines(conn, on_page, audience)
        return NewsPage(tuple(lines), len(ids), nearest, pages)

    async def _find(self, conn: StoreConnection, text: str, query: Filter, audience: Audience) -> list[int]:
        """Return the stories that have the words, fused with those that mean them."""
        from bot.services.meaning_search import find_by_meaning, fuse  # loads numpy, which `gazette news` does without

        now = self._clock()
        found = await search_stories(conn, text, query, MAX_SEARCH_RESULTS, now=now, audience=audience)
        parts = conjuncts(Filter.parse(text).node)
        sought = _WRITTEN_CONDITION.sub(" ", text).strip()
        if not any(isinstance(part, Phrase) for part in parts) or not sought or not QUOTES.keys().isdisjoint(text):
            return found
        rest = Filter(And(tuple(part for part in parts if not isinstance(part, Phrase)))) & query
        near = await find_by_meaning(conn, sought, rest, now=now, audience=audience)
        return fuse(found, near)[:MAX_SEARCH_RESULTS]

    async def story(self, identity: str, *, language: str | None = None, audience: Audience = PUBLIC) -> StoryDetail:
        """Return a story in full by its id (`s12`, `12`), or an event's best report (`e34`).

        Of an event's reports, those in the reader's `language` come first.

        Raises InputInvalid for text that is not an id, and NotFound.
        """
        kind, number = require_id(identity)
        if kind == "event":
            event, reports = await self._digests().explain(identity, language=language, audience=audience)
            if not reports:
                raise NotFound("event", identity)
            best = event.sources[0].story_id if event.sources else reports[0].line.id
            return next((report for report in reports if report.line.id == best), reports[0])
        async with self._store.reading() as conn:
            story = await story_rows.get_story(conn, number, audience)
        if story is None:
            raise NotFound("story", identity)
        return story

    async def country_counts(
        self, since: str | datetime | None = None, *, timezone: str | None = None, audience: Audience = PUBLIC
    ) -> list[tuple[str, int]]:
        """Return (code, number of stories) for each country in the news, most first.

        `since` counts whole UTC days.

        Raises InputInvalid for a time that can't be read.
        """
        start = self._start(since, timezone)
        async with self._store.reading() as conn:
            return await labels.country_counts(conn, start, guilds=await owning_guilds(conn, audience))

    async def topic_counts(
        self, since: str | datetime | None = None, *, timezone: str | None = None, audience: Audience = PUBLIC
    ) -> list[tuple[str, int]]:
        """Return (slug, number of stories) for each topic in the news, most first.

        `since` counts whole UTC days.

        Raises InputInvalid for a time that can't be read.
        """
        start = self._start(since, timezone)
        async with self._store.reading() as conn:
            return await labels.topic_counts(conn, start, guilds=await owning_guilds(conn, audience))

    async def languages(self, audience: Audience = PUBLIC) -> list[str]:
        """Return the languages that there are stories in."""
        async with self._store.reading() as conn:
            return await labels.languages_present(conn, await owning_guilds(conn, audience))

    async def silent_regions(
        self, since: str | datetime, *, timezone: str | None = None, audience: Audience = PUBLIC
    ) -> list[str]:
        """Return the regions that no story has been about since a UTC day.

        See `bot.newsroom.regions.absent_regions`.

        Returns [] if there is no news at all. Raises InputInvalid for a time that can't be read.
        """
        counts = await self.country_counts(since, timezone=timezone, audience=audience)
        return absent_regions([code for code, _count in counts]) if counts else []

    async def latest_arrival(self, audience: Audience = PUBLIC) -> datetime | None:
        """Return when the newest story that the audience may see arrived; None if there is none."""
        async with self._store.reading() as conn:
            return await story_rows.latest_arrival(conn, audience)

    def _start(self, since: str | datetime | None, timezone: str | None) -> datetime | None:
        if since is None or isinstance(since, datetime):
            return since
        node = Filter.of(since=since).node
        return resolve_time(node.value, node.key, self._local_now(timezone)) if isinstance(node, Period) else None

    def _local_now(self, timezone: str | None) -> datetime:
        return self._clock().astimezone(zone(timezone or self._settings.timezone))
