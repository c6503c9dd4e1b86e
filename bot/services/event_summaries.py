"""How is an event told from its reports, and has an update anything to say?

What is told depends on the reports alone, and for an update on what was told before. Both are remembered, since a
morning's digests tell the same events to thousands of channels.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

from bot.newsroom.models import Event, EventSentence, StoryLine
from bot.newsroom.ranking import Ranked, Report, Waiting, best_first, make_event
from bot.store import deliveries, events, stories
from bot.store.database import StoreConnection
from summarizers.events.pair_model import mark, news_in
from summarizers.summarization import summarise_sentences
from summarizers.summarization.multi_document import summarise_event
from summarizers.summarization.summarize import eligible
from summarizers.types import Story

__all__ = ["Teller", "Texts", "Wish"]

_READ = 8
"""Reports of an event that its summary is made from."""

_READ_FOR_NEWS = 40
"""New reports of a told event that are read for what is new."""

_REMEMBERED = 2048
"""Answers of either kind."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How summaries are to be made; `stored` says that those in the store are made so."""

    engine: str
    sentences: int
    stored: bool


class _Said(NamedTuple):
    """A sentence of a summary, its place, and the story it is from."""

    text: str
    position: int
    story_id: int


@dataclass(frozen=True, slots=True)
class Texts:
    """What chosen events are told from, or what is known to be told of them, by the event's id.

    `lines` has those of all reports, `bodies` those that are read, by the story's id; `keys` is what each event's
    summary is remembered under, `said` has the ones that are.
    """

    wish: Wish
    told: Mapping[int, deliveries.ShownEvent]
    lines: Mapping[int, StoryLine]
    bodies: Mapping[int, events.Body]
    keys: Mapping[int, Hashable]
    said: Mapping[int, tuple[_Said, ...]]

    def fit(self, chosen: Sequence[Ranked]) -> bool:
        """Are the reports still those of these events?"""
        events_now = {number: line.event_id for number, line in self.lines.items()}
        return all(events_now.get(report.id) == item.waiting.id for item in chosen for report in item.waiting.reports)


class Teller:
    """Tells events. `told` is what a channel was told of each event, by its id, wherever it is asked for."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}
        self._lock = Lock()

    async def with_news(
        self, conn: StoreConnection, waiting: Sequence[Waiting], told: Mapping[int, deliveries.ShownEvent]
    ) -> list[Waiting]:
        """The events less those that were told and of which no new report says anything new."""
        keys = {
            item.id: ("news", item.new, told[item.id].story_ids, told[item.id].sentences)
            for item in waiting
            if item.update
        }
        unknown = [item for item in waiting if item.id in keys and keys[item.id] not in self._known]
        says = {number: bool(self._known[key]) for number, key in keys.items() if key in self._known}
        if unknown:
            numbers = frozenset().union(*(item.new | told[item.id].story_ids for item in unknown))
            bodies = await events.bodies(conn, sorted(numbers))
            found = await asyncio.to_thread(_say_news, unknown, told, bodies)
            for number, answer in found.items():
                self._remember(keys[number], answer)
            says |= found
        return [item for item in waiting if says.get(item.id, True)]

    async def read(
        self,
        conn: StoreConnection,
        chosen: Sequence[Ranked],
        wish: Wish,
        told: Mapping[int, deliveries.ShownEvent],
    ) -> Texts:
        """Read what chosen events are told from. A report that stands alone may have its summary with its line."""
        wanted: set[int] = set()
        keys: dict[int, Hashable] = {}
        said: dict[int, tuple[_Said, ...]] = {}
        for item in chosen:
            waiting = item.waiting
            reading = _read_of(waiting)
            if not waiting.update and len(waiting.reports) == 1 and wish.stored:
                continue
            before = told[waiting.id] if waiting.update else None
            keys[waiting.id] = key = (reading, wish, before and before.story_ids, before and before.sentences)
            known = self._known.get(key)
            if known is not None:
                said[waiting.id] = known
            else:
                wanted |= {*reading, *(before.story_ids if before else ())}
        lines = await stories.lines(conn, [report.id for item in chosen for report in item.waiting.reports])
        bodies = await events.bodies(conn, sorted(wanted))
        return Texts(wish, told, {line.id: line for line in lines}, bodies, keys, said)

    def tell(self, chosen: Sequence[Ranked], texts: Texts) -> list[Event]:
        """The chosen events with their summaries, less updates that say nothing new. For a thread."""
        made = []
        for item in chosen:
            number = item.waiting.id
            said = texts.said.get(number)
            if said is None:
                said = tuple(_update(item, texts) if item.waiting.update else _summary(item, texts))
                if number in texts.keys:
                    self._remember(texts.keys[number], said)
            if said or not item.waiting.update:
                summary = [EventSentence(each.text, each.position, texts.lines[each.story_id].ref) for each in said]
                made.append(make_event(item, texts.lines, summary))
        return made

    def _remember(self, key: Hashable, answer: object) -> None:
        with self._lock:  # several threads tell
            while len(self._known) >= _REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[key] = answer


def _read_of(waiting: Waiting) -> tuple[int, ...]:
    """The reports whose text is read, the best first."""
    ordered = best_first(waiting.reports)
    if waiting.update:
        return tuple([report.id for report in ordered if report.id in waiting.new][:_READ_FOR_NEWS])
    return tuple([report.id for report in ordered[:_READ]])


def _told_in_full(before: deliveries.ShownEvent, bodies: Mapping[int, events.Body]) -> list[str]:
    """All sentences of the reports that a channel was told of."""
    return [said for number in sorted(before.story_ids) if number in bodies for said in bodies[number].sentences]


def _say_news(
    updates: Sequence[Waiting], told: Mapping[int, deliveries.ShownEvent], bodies: Mapping[int, events.Body]
) -> dict[int, bool]:
    """Does any new report of each of these say something new?"""
    found = {}
    for item in updates:
        shown = _told_in_full(told[item.id], bodies)
        marks = told[item.id].sentences
        found[item.id] = any(
            bool(_news(bodies[number], shown, marks)) for number in sorted(item.new) if number in bodies
        )
    return found


def _news(body: events.Body, shown: Sequence[str], marks: frozenset[str]) -> list[int]:
    """The positions of whole sentences of a story that say something new."""
    able = [
        at
        for at in eligible(body.sentences, body.language, truncated=body.truncated)
        if mark(body.sentences[at]) not in marks
    ]
    return [able[here] for here in news_in([body.sentences[at] for at in able], shown, body.language)]


def _summary(item: Ranked, texts: Texts) -> list[_Said]:
    """What the event's reports say together; where the others only repeat the best one, its own summary."""
    bodies, wish = texts.bodies, texts.wish
    ordered = [texts.lines[report.id] for report in _distinct(best_first(item.waiting.reports)[:_READ], bodies)]
    if len(ordered) == 1:
        line = ordered[0]
        if wish.stored or line.id not in bodies:
            return [_Said(said.text, said.position, line.id) for said in line.summary[: wish.sentences]]
        body = bodies[line.id]
        made = summarise_sentences(
            body.sentences,
            engine=wish.engine,
            count=wish.sentences,
            language=body.language,
            truncated=body.truncated,
        )
        return [_Said(said.text, said.position, line.id) for said in made]
    reports = sorted((line for line in ordered if line.id in bodies), key=lambda line: (line.published_at, line.id))
    found = summarise_event(
        [Story(0, bodies[line.id].paragraphs, truncated=bodies[line.id].truncated) for line in reports],
        sentences=wish.sentences,
        language=reports[0].language if reports else None,
    )
    return [
        _Said(said.text, _position(bodies[reports[said.story].id], said.text, said.position), reports[said.story].id)
        for said in found
    ]


def _distinct(ordered: Sequence[Report], bodies: Mapping[int, events.Body]) -> list[Report]:
    """The reports less reprints, cuts and teasers of better ones: those that say nothing new."""
    kept = [ordered[0]]
    shown = list(bodies[ordered[0].id].sentences) if ordered[0].id in bodies else []
    for report in ordered[1:]:
        body = bodies.get(report.id)
        if body is not None and (not shown or _news(body, shown, frozenset())):
            kept.append(report)
            shown += body.sentences
    return kept


def _update(item: Ranked, texts: Texts) -> list[_Said]:
    """Only what is new, the best report's first; no sentence when nothing is."""
    before, wish = texts.told[item.waiting.id], texts.wish
    shown = _told_in_full(before, texts.bodies)
    found: list[_Said] = []
    for number in _read_of(item.waiting):
        body = texts.bodies.get(number)
        if body is None:
            continue
        positions = _news(body, shown, before.sentences)
        if len(positions) > wish.sentences - len(found):
            offered = [body.sentences[at] for at in positions]
            made = summarise_sentences(
                offered, engine=wish.engine, count=wish.sentences - len(found), language=body.language
            )
            positions = [positions[said.position] for said in made]
        found += [_Said(body.sentences[at], at, number) for at in positions]
        shown += [body.sentences[at] for at in positions]
        if len(found) >= wish.sentences:
            break
    return found


def _position(body: events.Body, text: str, guess: int) -> int:
    """The place of a sentence among those that are kept, which were split with the whole story in view."""
    if guess < len(body.sentences) and body.sentences[guess] == text:
        return guess
    return next((at for at, said in enumerate(body.sentences) if text in said), guess)
