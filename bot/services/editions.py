"""Contents of the web edition: front pages, lists, events, stories, publishers.

Everything is for the public: what is withheld, withdrawn or one server's own is neither shown nor counted. Each answer
takes few queries, so that a page costs the same however many stories there are. Stored summaries are shown, which each
come from one report.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import orjson

from bot.errors import InputInvalid
from bot.newsroom.feed_addresses import feed_host
from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.models import Event, EventSentence, StoryDetail, StoryLine
from bot.newsroom.ranking import Candidate, RankedEvent, make_event, order_reports, rank, select, unseen_ids
from bot.newsroom.search_terms import fold
from bot.newsroom.sources import SourceOptions, SourceTerms
from bot.newsroom.timezones import zone
from bot.settings import DigestSettings
from bot.store import events, labels, permalinks, publishers, story_pages, story_rows
from bot.store.database import Store, StoreConnection
from bot.store.publishers import Publisher
from bot.store.search import search_stories
from bot.store.story_rows import NewsState, StoryBody
from summarizers.events.novelty import novel_in_translation, novel_sentences

__all__ = [
    "MAX_PAGE",
    "STORIES_PER_LIST",
    "EditionEvent",
    "EditionService",
    "EventTimeline",
    "FrontPage",
    "MergedInto",
    "Section",
    "StoryList",
    "StoryPage",
    "TimelineReport",
    "WentAway",
]

STORIES_PER_LIST: Final = 20
"""Stories on a page of a list: about 20 KB of HTML, drawn in some milliseconds."""

MAX_PAGE: Final = 200
"""The last page of a list, 4,000 stories in: what is older is found by day."""

_CANDIDATES: Final = 120
"""Events that compete for a front page: three times its places."""

_PLACES: Final = 26
"""Events on a front page: a lead, three beside it, sections and briefs."""

_BESIDE: Final = 3
"""Events beside the lead."""

_BELOW: Final = 2
"""Events below a lead without a picture: as high as the column beside it."""

_SECTION_EVENTS: Final = 3
"""Events of a section: one row of three columns."""

_MAX_SECTIONS: Final = 4
"""Sections of a front page; what is left is told in brief."""

_MAX_REPORTS: Final = 12
"""Reports of an event on a front page whose lines are read: its sources are named from these."""

_TIMELINE_REPORTS: Final = 60
"""Reports on an event's page: about what 60 KB hold."""

_COMPARED_REPORTS: Final = 40
"""Reports whose text is compared to find out what each added; later ones rarely add anything."""

_ADDED_SENTENCES: Final = 2
"""Sentences by which a report is said to add something."""

_MAX_PUBLISHERS: Final = 300
"""Publishers that are listed, those with the most stories."""

_MAX_DAYS: Final = 366
"""Days that the archive lists: a year; older ones are reached by their address."""

_MAX_FOUND: Final = 100
"""Stories that a search finds at most: five pages."""


@dataclass(frozen=True, slots=True)
class EditionEvent:
    """An event on a front page with its number of reports."""

    event: Event
    reports: int


@dataclass(frozen=True, slots=True)
class Section:
    """Events about one topic."""

    topic: str
    events: tuple[EditionEvent, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The events of a period, by weight: the first leads, the next stand beside and below it.

    `reports`, `sources` and `languages` count what competed for a place.
    """

    since: datetime
    until: datetime
    lead: EditionEvent | None
    beside: tuple[EditionEvent, ...]
    below: tuple[EditionEvent, ...]
    sections: tuple[Section, ...]
    briefs: tuple[EditionEvent, ...]
    reports: int
    sources: int
    languages: int

    @property
    def events(self) -> tuple[EditionEvent, ...]:
        """All events in the order of the page."""
        lead = () if self.lead is None else (self.lead,)
        return (
            *lead,
            *self.beside,
            *self.below,
            *(each for section in self.sections for each in section.events),
            *self.briefs,
        )


@dataclass(frozen=True, slots=True)
class StoryList:
    """One page of stories, newest first or best first; `more` says that another page follows."""

    stories: tuple[StoryLine, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class TimelineReport:
    """A report of an event, with the sentences of its summary that no earlier report had."""

    story: StoryLine
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventTimeline:
    """An event: its best report, then all in order of arrival; `cut` says that there are more."""

    id: int
    best: StoryLine
    reports: tuple[TimelineReport, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story; `is_full` says that its source's terms allow to show all of it."""

    detail: StoryDetail
    is_full: bool


@dataclass(frozen=True, slots=True)
class MergedInto:
    """An event is found under another number now."""

    event_id: int


@dataclass(frozen=True, slots=True)
class WentAway:
    """There was something under this number, and it isn't shown any more."""


class EditionService:
    """Reads what the web edition shows.

    `full_texts` are publishers whose whole texts may be shown.
    """

    def __init__(
        self, store: Store, settings: DigestSettings, clock: Callable[[], datetime], full_texts: Collection[str] = ()
    ) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._full_texts = frozenset(fold(name) for name in full_texts)

    async def state(self) -> NewsState:
        """Return the version of the news."""
        async with self._store.reading() as conn:
            return await story_rows.news_state(conn)

    async def front_page(
        self, state: NewsState, query: Filter = EVERYTHING, *, languages: Sequence[str] = ()
    ) -> FrontPage:
        """Return what arrived lately or, if nothing did, in the last period with news.

        Of an event's reports, those in the first of `languages` that has one come first.
        """
        now = self._clock()
        window = timedelta(hours=self._settings.window_hours)
        until = now if state.newest is None or state.newest > now - window else state.newest
        since = until - window
        local = now.astimezone(zone(self._settings.timezone))
        async with self._store.reading() as conn:
            competing = await events.competing_events(
                conn, query, since=since, until=until, limit=_CANDIDATES, now=local, counted=False
            )
            candidates = [
                Candidate(event.id, event.reports, unseen_ids(event.reports, ())) for event in competing.events
            ]
            ranked = rank(candidates, query=query, since=since, until=until)
            chosen = select(ranked, limit=_PLACES, share=self._settings.share, query=query).events
            shown = [_trimmed(item, languages) for item in chosen]
            ids = [report.id for item in shown for report in item.candidate.reports]
            lines = {line.id: line for line in await story_rows.get_lines(conn, ids)}
        told = [
            EditionEvent(_told(item, lines, languages), len(whole.candidate.reports))
            for item, whole in zip(shown, chosen, strict=True)
            if all(report.id in lines for report in item.candidate.reports)
        ]
        reports = [report for candidate in candidates for report in candidate.reports]
        publishers_of = {report.publisher for report in reports}
        return _laid_out(told, since, until, len(reports), len(publishers_of), len({each.language for each in reports}))

    async def stories(self, query: Filter = EVERYTHING, *, page: int = 1) -> StoryList:
        """Return one page of the stories that match, newest first."""
        local = self._clock().astimezone(zone(self._settings.timezone))
        async with self._store.reading() as conn:
            wanted = await story_pages.PageQuery.of(conn, query, local)
            ids = await wanted.ids(conn, (page - 1) * STORIES_PER_LIST, STORIES_PER_LIST + 1)
            return await _listed(conn, ids, page)

    async def search(self, text: str, *, page: int = 1) -> StoryList:
        """Return one page of the stories with the words of `text`, best first.

        `text` is in the filter language. Raises FilterInvalid, UnknownName, and InputInvalid without words.
        """
        if not text.strip():
            raise InputInvalid("give some words to search for", "error-words-missing")
        async with self._store.reading() as conn:
            found = await search_stories(conn, text, EVERYTHING, _MAX_FOUND, now=self._clock())
            return await _listed(conn, found[(page - 1) * STORIES_PER_LIST :], page)

    async def event(
        self, number: int, *, languages: Sequence[str] = ()
    ) -> EventTimeline | MergedInto | WentAway | None:
        """Return an event with its reports, its new number, or None for one that never was."""
        async with self._store.reading() as conn:
            current = await permalinks.current_event_id(conn, number)
            if current is None:
                return WentAway() if await permalinks.was_given(conn, "event", number) else None
            if current != number:
                return MergedInto(current)
            lines = await story_rows.event_lines(conn, current, _TIMELINE_REPORTS + 1)
            if not lines:
                return WentAway()
            bodies = await story_rows.get_bodies(conn, [line.id for line in lines[:_COMPARED_REPORTS]])
        reports = lines[:_TIMELINE_REPORTS]
        added = await asyncio.to_thread(_additions, reports, bodies)
        return EventTimeline(
            current,
            _best(reports, bodies, languages),
            tuple(TimelineReport(line, added.get(line.id, ())) for line in reports),
            len(lines) > len(reports),
        )

    async def story(self, number: int) -> StoryPage | WentAway | None:
        """Return a story, or None for one that never was."""
        async with self._store.reading() as conn:
            detail = await story_rows.get_story(conn, number)
            if detail is None:
                return WentAway() if await permalinks.was_given(conn, "story", number) else None
            return StoryPage(detail, await self._may_show_all(conn, detail.line))

    async def _may_show_all(self, conn: StoreConnection, line: StoryLine) -> bool:
        if line.ref.source and fold(line.ref.source) in self._full_texts:
            return True
        if feed_host(line.ref.path) is None:
            return False
        stored = await permalinks.source_options(conn, line.ref.path.partition("#")[0])
        options: dict[str, Any] = orjson.loads(stored) if stored else {}
        return SourceOptions.from_row(options).terms is SourceTerms.FULL

    async def publishers(self) -> list[Publisher]:
        """Return the publishers by name."""
        async with self._store.reading() as conn:
            return await publishers.list_publishers(conn, _MAX_PUBLISHERS)

    async def publisher(self, name: str, *, page: int = 1) -> StoryList:
        """Return one page of a publisher's stories, newest first."""
        async with self._store.reading() as conn:
            skip = (page - 1) * STORIES_PER_LIST
            ids = await publishers.publisher_story_ids(conn, name, offset=skip, limit=STORIES_PER_LIST + 1)
            return await _listed(conn, ids, page)

    async def days(self) -> list[tuple[date, int]]:
        """Return the newest UTC days with stories and the number of each, newest first."""
        async with self._store.reading() as conn:
            return await labels.day_counts(conn, _MAX_DAYS)

    async def counts(self, kind: str) -> list[tuple[str, int]]:
        """Return (code or slug, stories) of each "country", "topic" or "language", most first."""
        count = {
            "country": labels.country_counts,
            "topic": labels.topic_counts,
            "language": labels.language_counts,
        }[kind]
        async with self._store.reading() as conn:
            return await count(conn)

    async def between(self, first: date, last: date, *, page: int = 1) -> StoryList:
        """Return one page of the stories published from one UTC day to another, newest first."""
        query = Filter.parse(f"since:{first.isoformat()} until:{last.isoformat()}")
        async with self._store.reading() as conn:
            wanted = await story_pages.PageQuery.of(conn, query, self._clock().astimezone(UTC))
            ids = await wanted.ids(conn, (page - 1) * STORIES_PER_LIST, STORIES_PER_LIST + 1)
            return await _listed(conn, ids, page)


async def _listed(conn: StoreConnection, ids: Sequence[int], page: int) -> StoryList:
    """Return the stories of a page whose ids and the next page's first one are given."""
    lines = await story_rows.get_lines(conn, ids[:STORIES_PER_LIST])
    return StoryList(tuple(lines), page, len(ids) > STORIES_PER_LIST and page < MAX_PAGE)


def _trimmed(item: RankedEvent, languages: Sequence[str]) -> RankedEvent:
    """Return an event with the best of its reports."""
    best = tuple(order_reports(item.candidate.reports, languages)[:_MAX_REPORTS])
    kept = frozenset(report.id for report in best)
    return replace(item, candidate=replace(item.candidate, reports=best, new=item.candidate.new & kept))


def _told(item: RankedEvent, lines: dict[int, StoryLine], languages: Sequence[str]) -> Event:
    """Return an event with the stored summary of its best report."""
    lead = lines[item.candidate.reports[0].id]
    summary = [EventSentence(each.text, each.position, lead.ref) for each in lead.summary]
    return make_event(item, lines, summary, languages)


def _laid_out(
    told: Sequence[EditionEvent], since: datetime, until: datetime, reports: int, sources: int, languages: int
) -> FrontPage:
    """Give events their places: lead, neighbours, sections, and the rest in brief."""
    beside, rest = told[1 : 1 + _BESIDE], told[1 + _BESIDE :]
    below: Sequence[EditionEvent] = ()
    if told and told[0].event.picture is None and len(rest) >= _BELOW:
        below, rest = rest[:_BELOW], rest[_BELOW:]
    by_topic: dict[str, list[EditionEvent]] = defaultdict(list)
    for each in rest:
        if each.event.topics:
            by_topic[each.event.topics[0].slug].append(each)
    full = [topic for topic, found in by_topic.items() if len(found) >= _SECTION_EVENTS][:_MAX_SECTIONS]
    sections = tuple(Section(topic, tuple(by_topic[topic][:_SECTION_EVENTS])) for topic in full)
    placed = {each.event.id for section in sections for each in section.events}
    briefs = tuple(each for each in rest if each.event.id not in placed)
    lead = told[0] if told else None
    return FrontPage(since, until, lead, tuple(beside), tuple(below), sections, briefs, reports, sources, languages)


def _best(reports: Sequence[StoryLine], bodies: dict[int, StoryBody], languages: Sequence[str]) -> StoryLine:
    """Return the report that tells an event: in the reader's language, whole, long."""
    present = {line.language for line in reports}
    face = next((language for language in languages if language in present), None)

    def merit(line: StoryLine) -> tuple[bool, bool, int]:
        body = bodies.get(line.id)
        return (line.language == face, not line.truncated, len(body.sentences) if body is not None else 0)

    return max(reports, key=merit)  # the first of equals


def _additions(reports: Sequence[StoryLine], bodies: dict[int, StoryBody]) -> dict[int, tuple[str, ...]]:
    """Return the sentences of each report's summary that no report before it had.

    Runs in a thread.
    """
    told: dict[str, list[str]] = {}
    added: dict[int, tuple[str, ...]] = {}
    for line in reports:
        body = bodies.get(line.id)
        summary = [sentence.text for sentence in line.summary]
        if told and body is not None:
            same = told.get(line.language)
            new = (
                novel_sentences(summary, same, line.language)
                if same is not None
                else novel_in_translation(summary, told, line.language)
            )
            added[line.id] = tuple(summary[at] for at in new[:_ADDED_SENTENCES])
        if body is not None:
            told.setdefault(line.language, []).extend((line.headline, *body.sentences))
    return added
