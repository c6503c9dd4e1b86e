"""Ranking: which events make a digest, and in which order.

An event's score is the sum of what an editor goes by: how many sources and reports cover it, how long the best one is,
how far up its page it stands, how new it is, and how much it is about what the reader asked for. Places are then given
from the top, and no country or topic gets more than its share of them while others wait.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2
from typing import NamedTuple

from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.filters import Filter, Match, Node, walk
from bot.newsroom.filters.keys import labels_of
from bot.newsroom.models import COUNTRY_THRESHOLD, Event, EventSentence, StoryLine
from summarizers.types import Country, Topic

__all__ = [
    "FRESH",
    "LENGTH",
    "LONG",
    "POSITION",
    "REPORTS",
    "SOURCES",
    "Candidate",
    "RankedEvent",
    "Report",
    "Weight",
    "countries_of",
    "make_event",
    "order_reports",
    "rank",
    "select",
    "topics_of",
    "unseen_ids",
]

SOURCES, REPORTS, LENGTH, POSITION, FRESH, _FILTER = 2.0, 0.5, 1.0, 1.0, 1.5, 1.0
LONG = 4000
"""Characters from which on a story counts as long."""


class Report(NamedTuple):
    """The facts of a story that ranking needs; small, as hundreds of them compete.

    `publisher` is who tells it: the source by name, else the file it came in. `position` counts from 0, `size` is in
    characters.
    """

    id: int
    arrived_at: datetime
    position: int
    publisher: str
    size: int
    truncated: bool
    countries: tuple[Country, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that waits for a place.

    `new` are the ids of those of its `reports` that the reader has not had; `update` says that they had others.
    """

    id: int
    reports: tuple[Report, ...]
    new: frozenset[int]
    update: bool = False


class Weight(NamedTuple):
    """The parts of an event's score; `about` is None without a filter."""

    score: float
    sources: int
    reports: int
    length: int
    position: int
    fresh: float
    about: float | None


@dataclass(frozen=True, slots=True)
class RankedEvent:
    """An event with what it weighs and its place, counted from 1."""

    waiting: Candidate
    weight: Weight
    place: int

    @property
    def score(self) -> float:
        """The sum that events are ranked by."""
        return self.weight.score

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """The reasons for the event's place, as (name, value) pairs."""
        said = [
            ("rank", str(self.place)),
            ("score", f"{self.weight.score:.2f}"),
            ("sources", str(self.weight.sources)),
            ("reports", str(self.weight.reports)),
            ("length", str(self.weight.length)),
            ("position", str(self.weight.position + 1)),
            ("freshness", f"{self.weight.fresh:.2f}"),
        ]
        if self.weight.about is not None:
            said.append(("filter", f"{self.weight.about:.2f}"))
        if self.waiting.update:
            said.append(("update", "yes"))
        return tuple(said)


def rank(waiting: Sequence[Candidate], *, wanted: Filter, since: datetime, until: datetime) -> list[RankedEvent]:
    """Every event that waits, the weightiest first; equals by id. Each has its place, from 1."""
    asked = _asked(wanted.node) if wanted else None
    weighed = [(_weight(item, asked, since, until), item) for item in waiting]
    weighed.sort(key=lambda pair: (-pair[0].score, pair[1].id))
    return [RankedEvent(item, weight, place) for place, (weight, item) in enumerate(weighed, 1)]


def select(ranked: Sequence[RankedEvent], *, limit: int, share: float, wanted: Filter) -> list[RankedEvent]:
    """At most `limit` of them for the digest, the weightiest first.

    An event with a country or topic that already has `share` of the places (at least one) is passed over while one
    waits that has none such. What the filter itself asks for is no matter of shares.
    """
    most = max(1, int(share * limit + 1e-9))
    exempt = _asked(wanted.node)
    taken: Counter[str] = Counter()
    left = list(ranked)
    labels: dict[int, frozenset[str]] = {}
    chosen: list[RankedEvent] = []
    while left and len(chosen) < limit:
        best, fewest = 0, -1
        for at, item in enumerate(left):
            own = labels.get(item.waiting.id)
            if own is None:
                own = labels[item.waiting.id] = _labels(item.waiting.reports) - exempt
            full = sum([taken[label] >= most for label in own])
            if fewest < 0 or full < fewest:
                best, fewest = at, full
            if not full:  # nobody further down stands better: their labels needn't be read
                break
        item = left.pop(best)
        taken.update(labels[item.waiting.id])
        chosen.append(item)
    return sorted(chosen, key=lambda item: item.place)


def order_reports(reports: Iterable[Report]) -> list[Report]:
    """Return an event's reports, the best to read first: whole before cut, long before short.

    Equal ones keep their order of arrival.
    """
    return sorted(reports, key=lambda report: (report.truncated, -min(report.size, LONG), report.arrived_at, report.id))


def make_event(
    item: RankedEvent,
    lines: Mapping[int, StoryLine],
    summary: Sequence[EventSentence],
    *,
    reasons: Sequence[tuple[str, str]] = (),
) -> Event:
    """Return the event as a digest shows it.

    An update takes its headline from the best of the new reports. `lines` has the line of each report by id.
    """
    waiting = item.waiting
    ordered = [lines[report.id] for report in order_reports(waiting.reports)]
    fresh = [line for line in ordered if line.id in waiting.new]
    face = fresh[0] if waiting.update and fresh else ordered[0]
    return Event(
        id=waiting.id,
        headline=face.headline,
        kicker=face.kicker,
        language=face.language,
        summary=tuple(summary),
        countries=countries_of(waiting.reports),
        topics=topics_of(waiting.reports),
        sources=tuple(line.ref for line in [face, *(line for line in ordered if line is not face)]),
        first_at=min(report.arrived_at for report in waiting.reports),
        last_at=max(report.arrived_at for report in waiting.reports),
        update=waiting.update,
        truncated=face.truncated,
        score=round(item.score, 4),
        reasons=(*item.reasons, *reasons),
    )


def countries_of(reports: Sequence[Report]) -> tuple[Country, ...]:
    """The countries of an event: the mean salience over its reports, descending."""
    total: dict[str, float] = defaultdict(float)
    for report in reports:
        for country in report.countries:
            total[country.code] += country.salience
    means = {code: round(value / len(reports), 4) for code, value in total.items()}
    return tuple(Country(code, means[code]) for code in sorted(means, key=lambda code: (-means[code], code)))


def topics_of(reports: Sequence[Report]) -> tuple[Topic, ...]:
    """The topics of an event: the mean score over its reports, descending."""
    total: dict[str, float] = defaultdict(float)
    for report in reports:
        for topic in report.topics:
            total[topic.slug] += topic.score
    means = {slug: round(value / len(reports), 4) for slug, value in total.items()}
    return tuple(Topic(slug, means[slug]) for slug in sorted(means, key=lambda slug: (-means[slug], slug)))


def _weight(item: Candidate, asked: frozenset[str] | None, since: datetime, until: datetime) -> Weight:
    """Return an event's weight; `asked` is what the filter asks for, None without a filter."""
    new = [report for report in item.reports if report.id in item.new] or list(item.reports)
    sources = len({report.publisher for report in new})
    length = max([report.size for report in new])
    position = min([report.position for report in new])
    newest = max([report.arrived_at for report in new])
    span = (until - since).total_seconds()
    fresh = min(1.0, max(0.0, (newest - since).total_seconds() / span)) if span > 0 else 1.0
    about = _about(item.reports, asked) if asked is not None else None
    score = (
        SOURCES * log2(1 + sources)
        + REPORTS * log2(len(new))
        + LENGTH * min(1.0, length / LONG)
        + POSITION / (1 + position)
        + FRESH * fresh
        + _FILTER * (about or 0.0)
    )
    return Weight(score, sources, len(new), length, position, fresh, about)


def _labels(reports: Sequence[Report]) -> frozenset[str]:
    """The countries and topics that an event is about."""
    about = {country.code for country in countries_of(reports) if country.salience >= COUNTRY_THRESHOLD}
    return frozenset(about) | assigned_topics((topic.slug, topic.score) for topic in topics_of(reports))


def _about(reports: Sequence[Report], asked: frozenset[str]) -> float:
    """Return how much an event is about the labels that the filter asks for, in 0..1."""
    total: dict[str, float] = defaultdict(float)
    for report in reports:
        for country in report.countries:
            if country.code in asked:
                total[country.code] += country.salience
        for topic in report.topics:
            if topic.slug in asked:
                total[topic.slug] += topic.score
    return round(max(total.values(), default=0.0) / len(reports), 4)


def _asked(node: Node) -> frozenset[str]:
    """Return the countries and topics that a filter asks for; what it excludes doesn't count."""
    asked = [labels_of(part.key, part.values) for part in walk(node, negated=False) if isinstance(part, Match)]
    return frozenset(label for found in asked if found is not None for label in found[1])


def unseen_ids(reports: Iterable[Report], told: Collection[int]) -> frozenset[int]:
    """The ids of the reports that were not told."""
    return frozenset([report.id for report in reports]).difference(told)
