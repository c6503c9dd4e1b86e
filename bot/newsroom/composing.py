"""Which events make a digest, in which order, and why?

Pure: what waits goes in, what is told comes out. An event's score is the sum of what a desk goes by: how many sources
and reports tell it, how long the best one is, how far up its page it stands, how new it is, and how much it is about
what the reader asked for. Then places are given from the top, and no country or topic gets more than its share of them
while others wait.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import log2

from bot.newsroom.filters import All, Either, Filter, Match, Node, topics_about
from bot.newsroom.models import ABOUT, Event, EventSentence, StoryLine
from bot.newsroom.regions import region_members
from summarizers.model import Country, Topic

__all__ = ["Ranked", "Waiting", "best_first", "choose", "countries_of", "make_event", "rank", "topics_of", "unseen"]

_SOURCES, _REPORTS, _LENGTH, _POSITION, _FRESH, _FILTER = 2.0, 0.5, 1.0, 1.0, 1.5, 1.0
_LONG = 4000
"""Characters from which on a story counts as long."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits for a place.

    `new` are the ids of those of its `stories` that the reader has not had; `update` says that they had others.
    `sizes` has the length of stories in characters, as far as it is known.
    """

    id: int
    stories: tuple[StoryLine, ...]
    new: frozenset[int]
    update: bool = False
    sizes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranked:
    """An event with its score, and the reasons for it as (name, value) pairs."""

    waiting: Waiting
    score: float
    reasons: tuple[tuple[str, str], ...]


def rank(waiting: Sequence[Waiting], *, wanted: Filter, since: datetime, until: datetime) -> list[Ranked]:
    """Every event that waits, the weightiest first; equals by id. Each has its `rank`, from 1, among its reasons."""
    scored = sorted((_scored(item, wanted, since, until) for item in waiting), key=lambda item: _order(item))
    return [
        Ranked(item.waiting, item.score, (("rank", str(place)), *item.reasons)) for place, item in enumerate(scored, 1)
    ]


def choose(ranked: Sequence[Ranked], *, limit: int, share: float, wanted: Filter) -> list[Ranked]:
    """At most `limit` of them for the digest, the weightiest first.

    An event with a country or topic that already has `share` of the places (at least one) is passed over while one
    waits that has none such. What the filter itself asks for is no matter of shares.
    """
    most = max(1, int(share * limit + 1e-9))
    exempt = _asked(wanted.node)
    taken: Counter[str] = Counter()
    left = [(item, _labels(item.waiting.stories) - exempt) for item in ranked]
    chosen: list[Ranked] = []
    while left and len(chosen) < limit:
        at = min(range(len(left)), key=lambda here: (sum(taken[label] >= most for label in left[here][1]), here))
        item, labels = left.pop(at)
        taken.update(labels)
        chosen.append(item)
    return sorted(chosen, key=_order)


def best_first(stories: Sequence[StoryLine], sizes: Mapping[int, int]) -> list[StoryLine]:
    """The reports of an event, the one to read first: whole before cut, long before short, then as they came."""
    return sorted(
        stories, key=lambda line: (line.truncated, -min(sizes.get(line.id, 0), _LONG), line.arrived_at, line.id)
    )


def make_event(item: Ranked, summary: Sequence[EventSentence], *, reasons: Sequence[tuple[str, str]] = ()) -> Event:
    """The event as a digest shows it. An update takes its headline from the best of the new reports."""
    waiting = item.waiting
    ordered = best_first(waiting.stories, waiting.sizes)
    fresh = [line for line in ordered if line.id in waiting.new]
    face = fresh[0] if waiting.update and fresh else ordered[0]
    return Event(
        id=waiting.id,
        headline=face.headline,
        kicker=face.kicker,
        language=face.language,
        summary=tuple(summary),
        countries=countries_of(waiting.stories),
        topics=topics_of(waiting.stories),
        sources=tuple(line.ref for line in [face, *(line for line in ordered if line is not face)]),
        first_at=min(line.arrived_at for line in waiting.stories),
        last_at=max(line.arrived_at for line in waiting.stories),
        update=waiting.update,
        truncated=face.truncated,
        score=round(item.score, 4),
        reasons=(*item.reasons, *reasons),
    )


def countries_of(stories: Sequence[StoryLine]) -> tuple[Country, ...]:
    """The countries of an event: the mean salience over its reports, descending."""
    total: dict[str, float] = defaultdict(float)
    for line in stories:
        for country in line.countries:
            total[country.code] += country.salience
    means = {code: round(value / len(stories), 4) for code, value in total.items()}
    return tuple(Country(code, means[code]) for code in sorted(means, key=lambda code: (-means[code], code)))


def topics_of(stories: Sequence[StoryLine]) -> tuple[Topic, ...]:
    """The topics of an event: the mean score over its reports, descending."""
    total: dict[str, float] = defaultdict(float)
    for line in stories:
        for topic in line.topics:
            total[topic.slug] += topic.score
    means = {slug: round(value / len(stories), 4) for slug, value in total.items()}
    return tuple(Topic(slug, means[slug]) for slug in sorted(means, key=lambda slug: (-means[slug], slug)))


def _order(item: Ranked) -> tuple[float, int]:
    return -item.score, item.waiting.id


def _scored(item: Waiting, wanted: Filter, since: datetime, until: datetime) -> Ranked:
    new = [line for line in item.stories if line.id in item.new] or list(item.stories)
    sources = len({_publisher(line) for line in new})
    length = max((item.sizes.get(line.id, 0) for line in new), default=0)
    position = min(line.ref.position for line in new)
    newest = max(line.arrived_at for line in new)
    span = (until - since).total_seconds()
    fresh = min(1.0, max(0.0, (newest - since).total_seconds() / span)) if span > 0 else 1.0
    about = _about(item.stories, wanted)
    score = (
        _SOURCES * log2(1 + sources)
        + _REPORTS * log2(len(new))
        + _LENGTH * min(1.0, length / _LONG)
        + _POSITION / (1 + position)
        + _FRESH * fresh
        + _FILTER * about
    )
    reasons = [
        ("score", f"{score:.2f}"),
        ("sources", str(sources)),
        ("reports", str(len(new))),
        ("length", str(length)),
        ("position", str(position + 1)),
        ("freshness", f"{fresh:.2f}"),
    ]
    if wanted:
        reasons.append(("filter", f"{about:.2f}"))
    if item.update:
        reasons.append(("update", "yes"))
    return Ranked(item, score, tuple(reasons))


def _publisher(line: StoryLine) -> str:
    """Who tells it: the source by name, else the file it came in."""
    return line.ref.source.casefold() if line.ref.source else line.ref.path


def _labels(stories: Sequence[StoryLine]) -> frozenset[str]:
    """The countries and topics that an event is about."""
    about = {country.code for country in countries_of(stories) if country.salience >= ABOUT}
    return frozenset(about) | topics_about((topic.slug, topic.score) for topic in topics_of(stories))


def _about(stories: Sequence[StoryLine], wanted: Filter) -> float:
    """How much an event is about what the filter asks for, in 0..1; 0 where that is neither country nor topic."""
    asked = _asked(wanted.node)
    strengths = [country.salience for country in countries_of(stories) if country.code in asked]
    strengths += [topic.score for topic in topics_of(stories) if topic.slug in asked]
    return max(strengths, default=0.0)


def _asked(node: Node) -> frozenset[str]:
    """The countries and topics that a filter asks for; what it turns away doesn't count."""
    match node:
        case Match("country" | "topic", values):
            return frozenset(values)
        case Match("region", values):
            return frozenset(code for name in values for code in region_members(name))
        case All(nodes) | Either(nodes):
            return frozenset(label for part in nodes for label in _asked(part))
        case _:
            return frozenset()


def unseen(stories: Sequence[StoryLine], told: Collection[int]) -> frozenset[int]:
    """The ids of the stories that were not told."""
    return frozenset(line.id for line in stories) - frozenset(told)
