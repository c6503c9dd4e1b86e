"""Summaries of events from their reports, and of updates from what the reports add.

A summary depends only on the reports and, for an update, on what was shown before. Both results are cached, since a
morning's digests show the same events to thousands of channels.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.models import Event, EventSentence, StoryLine
from bot.newsroom.ranking import Candidate, RankedEvent, ReportFacts, make_event, order_reports
from bot.store import deliveries, story_rows
from bot.store.database import StoreConnection
from summarizers.events.novelty import novel_in_translation, novel_sentences, sentence_hash
from summarizers.summarization.multi_document import summarise_event
from summarizers.summarization.summarize import eligible_positions, summarise_sentences
from summarizers.types import Story

__all__ = ["EventSummarizer", "SummaryInputs", "SummaryOptions"]

_MAX_REPORTS = 8
"""Reports of an event that its summary is made from; more only repeat the best ones."""

_MAX_NEW_REPORTS = 40
"""New reports of an event already shown that are read for what they add; later ones rarely add anything."""

_CACHE_SIZE = 2048
"""Cached results of either kind: some days of events, a few MB."""


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """Engine and length of summaries; `stored` if the stored summaries were made with them."""

    engine: str
    sentences: int
    stored: bool
    languages: tuple[str, ...] = ()
    """Languages that the reader reads, the preferred first; the reports in one of them are told where there are any."""


class _SourcedSentence(NamedTuple):
    """A sentence of a summary, its position in its story, and the story's id."""

    text: str
    position: int
    story_id: int


@dataclass(frozen=True, slots=True)
class SummaryInputs:
    """Inputs for summarizing the chosen events, with the summaries that are already cached.

    `lines` and `bodies` are keyed by story id; `bodies` has only the reports that are read. `shown`, `keys` (the cache
    keys) and `cached` are keyed by event id.
    """

    options: SummaryOptions
    shown: Mapping[int, deliveries.ShownEvent]
    lines: Mapping[int, StoryLine]
    bodies: Mapping[int, story_rows.StoryBody]
    keys: Mapping[int, Hashable]
    cached: Mapping[int, tuple[_SourcedSentence, ...]]

    def still_valid(self, chosen: Sequence[RankedEvent]) -> bool:
        """Return whether the reports still belong to these events."""
        events_now = {number: line.event_id for number, line in self.lines.items()}
        return all(
            events_now.get(report.id) == item.candidate.id for item in chosen for report in item.candidate.reports
        )


class EventSummarizer:
    """Builds event summaries.

    `shown` maps event ids to what the channel has already seen of them.
    """

    def __init__(self) -> None:
        self._cache: dict[Hashable, Any] = {}
        self._lock = Lock()

    async def with_news(
        self, conn: StoreConnection, candidates: Sequence[Candidate], shown: Mapping[int, deliveries.ShownEvent]
    ) -> list[Candidate]:
        """Drop the events that were shown before and of which no new report says anything new."""
        keys = {
            item.id: ("news", item.new, shown[item.id].story_ids, shown[item.id].sentences)
            for item in candidates
            if item.update
        }
        uncached = [item for item in candidates if item.id in keys and keys[item.id] not in self._cache]
        has_news = {number: bool(self._cache[key]) for number, key in keys.items() if key in self._cache}
        if uncached:
            story_ids = frozenset().union(*(item.new | shown[item.id].story_ids for item in uncached))
            bodies = await story_rows.get_bodies(conn, sorted(story_ids))
            computed = await asyncio.to_thread(_find_new_content, uncached, shown, bodies)
            for number, answer in computed.items():
                self._put_in_cache(keys[number], answer)
            has_news |= computed
        return [item for item in candidates if has_news.get(item.id, True)]

    async def read(
        self,
        conn: StoreConnection,
        chosen: Sequence[RankedEvent],
        options: SummaryOptions,
        shown: Mapping[int, deliveries.ShownEvent],
        audience: Audience = PUBLIC,
    ) -> SummaryInputs:
        """Read the inputs for the chosen events.

        An event with one report may use the summary stored with it.
        """
        story_ids: set[int] = set()
        keys: dict[int, Hashable] = {}
        cached: dict[int, tuple[_SourcedSentence, ...]] = {}
        for item in chosen:
            candidate = item.candidate
            report_ids = _reports_to_read(candidate, options.languages)
            if not candidate.update and len(candidate.reports) == 1 and options.stored:
                continue
            before = shown[candidate.id] if candidate.update else None
            keys[candidate.id] = key = (report_ids, options, before and before.story_ids, before and before.sentences)
            summary = self._cache.get(key)
            if summary is not None:
                cached[candidate.id] = summary
            else:
                story_ids |= {*report_ids, *(before.story_ids if before else ())}
        reports = [report.id for item in chosen for report in item.candidate.reports]
        lines = await story_rows.get_lines(conn, reports, audience)
        bodies = await story_rows.get_bodies(conn, sorted(story_ids))
        return SummaryInputs(options, shown, {line.id: line for line in lines}, bodies, keys, cached)

    def summarize(self, chosen: Sequence[RankedEvent], inputs: SummaryInputs) -> list[Event]:
        """Return the chosen events with summaries, without updates that say nothing new.

        Runs in a thread.
        """
        summarized = []
        for item in chosen:
            number = item.candidate.id
            chosen_sentences = inputs.cached.get(number)
            if chosen_sentences is None:
                chosen_sentences = tuple(
                    _summarize_update(item, inputs) if item.candidate.update else _summarize_reports(item, inputs)
                )
                if number in inputs.keys:
                    self._put_in_cache(inputs.keys[number], chosen_sentences)
            if chosen_sentences or not item.candidate.update:
                summary = [
                    EventSentence(each.text, each.position, inputs.lines[each.story_id].ref)
                    for each in chosen_sentences
                ]
                summarized.append(make_event(item, inputs.lines, summary, inputs.options.languages))
        return summarized

    def _put_in_cache(self, key: Hashable, answer: object) -> None:
        with self._lock:  # several threads summarize
            while len(self._cache) >= _CACHE_SIZE:
                del self._cache[next(iter(self._cache))]
            self._cache[key] = answer


def _reports_to_read(candidate: Candidate, languages: Sequence[str]) -> tuple[int, ...]:
    """Return the ids of the reports whose text is read, best first.

    Of an update they are the new ones in all languages, since only one of these may say something new.
    """
    if candidate.update:
        new = order_reports([report for report in candidate.reports if report.id in candidate.new], languages)
        return tuple([report.id for report in new[:_MAX_NEW_REPORTS]])
    return tuple([report.id for report in _told_reports(candidate, languages)])


def _told_reports(candidate: Candidate, languages: Sequence[str]) -> list[ReportFacts]:
    """Return the best reports in the language in which an event is told to its reader."""
    ordered = order_reports(candidate.reports, languages)
    return [report for report in ordered if report.language == ordered[0].language][:_MAX_REPORTS]


_Shown = Mapping[str, Sequence[str]]
"""Sentences that were shown, by their language."""


def _shown_sentences(
    before: deliveries.ShownEvent, bodies: Mapping[int, story_rows.StoryBody]
) -> defaultdict[str, list[str]]:
    """Return all sentences of the reports that a channel was shown, by language."""
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for number in sorted(before.story_ids):
        if number in bodies:
            shown[bodies[number].language] += bodies[number].sentences
    return shown


def _find_new_content(
    updates: Sequence[Candidate], shown: Mapping[int, deliveries.ShownEvent], bodies: Mapping[int, story_rows.StoryBody]
) -> dict[int, bool]:
    """Return for each event whether any new report says something new."""
    has_news = {}
    for item in updates:
        sentences = _shown_sentences(shown[item.id], bodies)
        hashes = shown[item.id].sentences
        has_news[item.id] = any(
            bool(_novel_positions(bodies[number], sentences, hashes)) for number in sorted(item.new) if number in bodies
        )
    return has_news


def _novel_positions(body: story_rows.StoryBody, shown: _Shown, shown_hashes: frozenset[str]) -> list[int]:
    """Return the positions of the complete sentences of a story that say something new.

    Where only reports in other languages were shown, what they don't say can't be told from words.
    """
    candidates = [
        position
        for position in eligible_positions(body.sentences, body.language, truncated=body.truncated)
        if sentence_hash(body.sentences[position]) not in shown_hashes
    ]
    texts = [body.sentences[position] for position in candidates]
    native = shown.get(body.language, ())
    if native or not any(shown.values()):
        return [candidates[index] for index in novel_sentences(texts, native, body.language)]
    return [candidates[index] for index in novel_in_translation(texts, shown, body.language)]


def _summarize_reports(item: RankedEvent, inputs: SummaryInputs) -> list[_SourcedSentence]:
    """Summarize an event's reports together, or the best one alone if the others only repeat it."""
    bodies, options = inputs.bodies, inputs.options
    ordered = [
        inputs.lines[report.id] for report in _distinct(_told_reports(item.candidate, options.languages), bodies)
    ]
    if len(ordered) == 1:
        line = ordered[0]
        if options.stored or line.id not in bodies:
            return [_SourcedSentence(each.text, each.position, line.id) for each in line.summary[: options.sentences]]
        body = bodies[line.id]
        chosen = summarise_sentences(
            body.sentences,
            engine=options.engine,
            count=options.sentences,
            language=body.language,
            truncated=body.truncated,
        )
        return [_SourcedSentence(each.text, each.position, line.id) for each in chosen]
    reports = sorted((line for line in ordered if line.id in bodies), key=lambda line: (line.published_at, line.id))
    summary = summarise_event(
        [Story(0, bodies[line.id].paragraphs, truncated=bodies[line.id].truncated) for line in reports],
        sentences=options.sentences,
        language=reports[0].language if reports else None,
    )
    return [
        _SourcedSentence(each.text, _position(bodies[story_id], each.text, each.position), story_id)
        for each in summary
        for story_id in (reports[each.story].id,)
    ]


def _distinct(ordered: Sequence[ReportFacts], bodies: Mapping[int, story_rows.StoryBody]) -> list[ReportFacts]:
    """Drop reprints, cuts and teasers of better reports: those that say nothing new."""
    kept = [ordered[0]]
    shown = list(bodies[ordered[0].id].sentences) if ordered[0].id in bodies else []
    for report in ordered[1:]:
        body = bodies.get(report.id)
        if body is not None and (not shown or _novel_positions(body, {body.language: shown}, frozenset())):
            kept.append(report)
            shown += body.sentences
    return kept


def _summarize_update(item: RankedEvent, inputs: SummaryInputs) -> list[_SourcedSentence]:
    """Return only what is new, from the best report first and in its language; [] if nothing is."""
    before, options = inputs.shown[item.candidate.id], inputs.options
    shown = _shown_sentences(before, inputs.bodies)
    summary: list[_SourcedSentence] = []
    told_language = ""
    for number in _reports_to_read(item.candidate, options.languages):
        body = inputs.bodies.get(number)
        if body is None or (summary and body.language != told_language):
            continue
        positions = _novel_positions(body, shown, before.sentences)
        room = options.sentences - len(summary)
        if len(positions) > room:
            texts = [body.sentences[position] for position in positions]
            chosen = summarise_sentences(texts, engine=options.engine, count=room, language=body.language)
            positions = [positions[each.position] for each in chosen]
        summary += [_SourcedSentence(body.sentences[position], position, number) for position in positions]
        shown[body.language] += [body.sentences[position] for position in positions]
        told_language = body.language
        if len(summary) >= options.sentences:
            break
    return summary


def _position(body: story_rows.StoryBody, text: str, guess: int) -> int:
    """Return a sentence's position among the stored ones, which were split with more context."""
    if guess < len(body.sentences) and body.sentences[guess] == text:
        return guess
    return next((position for position, sentence in enumerate(body.sentences) if text in sentence), guess)
