"""Ranking of a digest's events: one formula for the score, then places by shares.

An event's score is the sum of what an editor goes by: what happened (the news value of its weightiest report), how many
independent sources have it, how far up its page it was, how new it is, and how strongly it matches what the reader asked
for. The score never falls when one of these grows, so that `score_bound` can tell from counts and extremes alone which
events need not be read. How long a report is counts only among the reports of one event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log2
from typing import NamedTuple

from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.filters import Filter, Match, walk
from bot.newsroom.filters.keys import labels_of
from bot.newsroom.models import COUNTRY_THRESHOLD, Event, EventSentence, StoryLine
from bot.newsroom.taste import Taste, taste_points
from summarizers.types import UNKNOWN_NEWS_VALUE, Country, Topic

__all__ = [
    "Candidate",
    "EventCoverage",
    "RankedEvent",
    "ReportFacts",
    "ScoreParts",
    "Selection",
    "best_coverage",
    "face_language",
    "make_event",
    "order_reports",
    "rank",
    "rank_by_taste",
    "score_bound",
    "select",
    "unseen_ids",
]

# Points of the score, by judgement: between the front page and the last lies as much as between one source and six, more
# than a day's age; of two stories of one value a second source outweighs the position.

_NEWS_POINTS = 6.0
"""For a news value of 1, less in proportion; stories of our own have from 0.1 to 0.95 (training/news_value.py)."""

_SOURCE_POINTS = 2.0
"""Per doubling of 1 + the number of sources: independent sources are the best sign of importance."""

_REPORT_POINTS = 0.5
"""Per doubling of the number of reports: sources repeat themselves."""

_POSITION_POINTS = 1.0
"""For the first story of its document; half of it for the second, a third for the third …"""

_FRESHNESS_POINTS = 1.5
"""For the newest report arriving at the end of the window, none at its start."""

_MATCH_POINTS = 1.0
"""For reports that are wholly about a country or topic that the filter asks for."""

_LONG_CHARACTERS = 4000
"""Characters from which on a story counts as long: some 650 English words, a full report."""

_ROUNDING = 1e-9
"""Keeps a share of places that is a whole number, such as 0.3 of 10, from being rounded down."""


class ReportFacts(NamedTuple):
    """The facts of a story that ranking needs; small, as hundreds of them compete.

    `publisher` is the source's name, else the document. `position` counts from 0, `size` is in characters. `news_factors` is
    what decided the news value, as `encode_factors` writes it.
    """

    id: int
    arrived_at: datetime
    position: int
    publisher: str
    size: int
    truncated: bool
    countries: tuple[Country, ...]
    topics: tuple[Topic, ...]
    news_value: float = UNKNOWN_NEWS_VALUE.value
    news_factors: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that competes for a place.

    `new` are the ids of the `reports` that the reader has not seen, at least one; `update` says that others were seen.
    """

    id: int
    reports: tuple[ReportFacts, ...]
    new: frozenset[int]
    update: bool = False


class EventCoverage(NamedTuple):
    """The counts and extremes of an event's reports that its score depends on."""

    sources: int
    reports: int
    news_value: float
    position: int
    newest: datetime


class ScoreParts(NamedTuple):
    """A score with what it is made of; `match` is None without a filter.

    `factors` are those of the report with the highest news value.
    """

    score: float
    coverage: EventCoverage
    factors: str
    freshness: float
    match: float | None


@dataclass(frozen=True, slots=True)
class RankedEvent:
    """A candidate with its score and its place, counted from 1."""

    candidate: Candidate
    parts: ScoreParts
    place: int
    taste: float = 0.0
    """Points by which the member's taste moves the score."""

    @property
    def score(self) -> float:
        """The score that it is ranked by."""
        return self.parts.score + self.taste

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """The reasons for its place, as (name, value) pairs."""
        coverage = self.parts.coverage
        pairs = [
            ("rank", str(self.place)),
            ("score", f"{self.score:.2f}"),
            ("sources", str(coverage.sources)),
            ("reports", str(coverage.reports)),
            ("news_value", f"{coverage.news_value:.2f}"),
            ("position", str(coverage.position + 1)),
            ("freshness", f"{self.parts.freshness:.2f}"),
        ]
        if self.parts.factors:
            pairs.append(("factors", self.parts.factors))
        if self.parts.match is not None:
            pairs.append(("filter", f"{self.parts.match:.2f}"))
        if self.taste:
            pairs.append(("taste", f"{self.taste:+.1f}"))
        if self.candidate.update:
            pairs.append(("update", "yes"))
        return tuple(pairs)


class Selection(NamedTuple):
    """Selected events by place.

    `settled` is true when no event ranked below the candidates could take one of the places.
    """

    events: list[RankedEvent]
    settled: bool


def rank(
    candidates: Sequence[Candidate], *, query: Filter, since: datetime, until: datetime, fresh: bool = True
) -> list[RankedEvent]:
    """Return all candidates with their places, the highest score first; equals by id.

    Without `fresh` it doesn't count when a report arrived.
    """
    labels = _requested_labels(query)
    scored = [
        (_score_parts(candidate, query, labels, since, until, fresh=fresh), candidate) for candidate in candidates
    ]
    scored.sort(key=lambda pair: (-pair[0].score, pair[1].id))
    return [RankedEvent(candidate, parts, place) for place, (parts, candidate) in enumerate(scored, 1)]


def rank_by_taste(ranked: Sequence[RankedEvent], taste: Taste) -> list[RankedEvent]:
    """Return ranked events in the order of a member, whose taste moves their scores."""
    moved = [replace(item, taste=taste_points(taste, _topics(item.candidate.reports))) for item in ranked]
    moved.sort(key=lambda item: (-item.score, item.candidate.id))
    return [replace(item, place=place) for place, item in enumerate(moved, 1)]


def score_bound(query: Filter, *, since: datetime, until: datetime) -> Callable[[EventCoverage], float]:
    """Return a function that bounds an event's score from the coverage of all its reports.

    No choice of new ones among these reports scores higher. Without countries and topics in the filter, the bound is
    the score of an event of which everything is new.
    """
    match, window = 1.0 if _requested_labels(query) else 0.0, until - since
    return lambda coverage: _score(coverage, _freshness(coverage.newest, since, window), match)


def best_coverage(reports: int, newest: datetime, news_value: float = 1.0) -> EventCoverage:
    """Return the coverage with the highest score that so many reports can have.

    `newest` is the arrival of the newest one, `news_value` the highest that one can have.
    """
    return EventCoverage(reports, reports, news_value, 0, newest)


def select(ranked: Sequence[RankedEvent], *, limit: int, share: float, query: Filter) -> Selection:
    """Select at most `limit` events for the digest.

    An event is passed over as long as its country or topic already has `share` of the places (at least one) and
    another event's have not. Labels that the filter asks for don't count.
    """
    most = max(1, int(share * limit + _ROUNDING))
    exempt = _requested_labels(query)
    taken: Counter[str] = Counter()
    remaining = list(ranked)
    labels: dict[int, frozenset[str]] = {}
    chosen: list[RankedEvent] = []
    within_shares = True
    while remaining and len(chosen) < limit:
        best, fewest = 0, -1
        for at, item in enumerate(remaining):
            own = labels.get(item.candidate.id)
            if own is None:
                own = labels[item.candidate.id] = _labels(item.candidate.reports) - exempt
            full = sum([taken[label] >= most for label in own])
            if fewest < 0 or full < fewest:
                best, fewest = at, full
            if not full:  # none further down can be better, so that their labels need not be computed
                break
        item = remaining.pop(best)
        taken.update(labels[item.candidate.id])
        chosen.append(item)
        within_shares = within_shares and not fewest
    return Selection(sorted(chosen, key=lambda item: item.place), within_shares and len(chosen) == limit)


def order_reports(reports: Iterable[ReportFacts], languages: Sequence[str] = ()) -> list[ReportFacts]:
    """Return an event's reports, the best to read first.

    Those in the language of which the reader has one come first. Whole ones come before cut ones, long before short ones,
    then the order is that of arrival.
    """
    ordered = sorted(
        reports,
        key=lambda report: (report.truncated, -min(report.size, _LONG_CHARACTERS), report.arrived_at, report.id),
    )
    first = face_language(ordered, languages)
    return sorted(ordered, key=lambda report: report.language != first)


def face_language(ordered: Sequence[ReportFacts], languages: Sequence[str]) -> str:
    """Return the language in which an event is told to a reader of `languages`.

    These have the preferred one first. Where no report is in any of these, it is that of the best report. `ordered` has the best report first.
    """
    told = {report.language for report in ordered}
    original = ordered[0].language if ordered else ""
    return next((language for language in languages if language in told), original)


def unseen_ids(reports: Iterable[ReportFacts], seen: Collection[int]) -> frozenset[int]:
    """Return the ids of the reports that are not in `seen`."""
    return frozenset([report.id for report in reports]).difference(seen)


def make_event(
    item: RankedEvent,
    lines: Mapping[int, StoryLine],
    summary: Sequence[EventSentence],
    languages: Sequence[str] = (),
) -> Event:
    """Return the event as a digest shows it.

    The lead report gives headline and kicker, and its sentences come first: it is the one that the summary quotes most,
    the best of several, in an update one of the new reports. Only where nothing is quoted it is the best of all. `lines`
    has the line of each of the event's reports by id, `languages` are those that the reader reads.
    """
    candidate = item.candidate
    ordered = [lines[report.id] for report in order_reports(candidate.reports, languages)]
    new = [line for line in ordered if line.id in candidate.new]
    eligible = new if candidate.update and new else ordered
    times_quoted = Counter(sentence.ref.story_id for sentence in summary)
    lead = max(eligible, key=lambda line: times_quoted[line.id])  # the first of those quoted as often
    others = [line for line in ordered if line is not lead]
    return Event(
        id=candidate.id,
        headline=lead.headline,
        kicker=lead.kicker,
        language=lead.language,
        summary=tuple(sorted(summary, key=lambda sentence: sentence.ref.story_id != lead.id)),
        countries=_mean_countries(candidate.reports),
        topics=_mean_topics(candidate.reports),
        sources=tuple(line.ref for line in [lead, *sorted(others, key=lambda line: not times_quoted[line.id])]),
        first_at=min(report.arrived_at for report in candidate.reports),
        last_at=max(report.arrived_at for report in candidate.reports),
        update=candidate.update,
        truncated=lead.truncated,
        is_foreign=bool(languages) and lead.language not in languages,
        place=lead.place,
        score=round(item.score, 4),
        reasons=item.reasons,
    )


def _score(coverage: EventCoverage, freshness: float, match: float) -> float:
    """The formula: it grows with each of its parts but the position, with which it falls."""
    return (
        _SOURCE_POINTS * log2(1 + coverage.sources)
        + _REPORT_POINTS * log2(coverage.reports)
        + _NEWS_POINTS * coverage.news_value
        + _POSITION_POINTS / (1 + coverage.position)
        + _FRESHNESS_POINTS * freshness
        + _MATCH_POINTS * match
    )


def _score_parts(
    candidate: Candidate, query: Filter, labels: frozenset[str], since: datetime, until: datetime, *, fresh: bool
) -> ScoreParts:
    """Score a candidate by its new reports; its match with the filter counts all of them."""
    new = [report for report in candidate.reports if report.id in candidate.new]
    weightiest = max(new, key=lambda report: report.news_value)
    coverage = EventCoverage(
        len({report.publisher for report in new}),
        len(new),
        weightiest.news_value,
        min([report.position for report in new]),
        max([report.arrived_at for report in new]),
    )
    freshness = _freshness(coverage.newest, since, until - since) if fresh else 0.0
    match = _match(candidate.reports, labels) if query else None
    return ScoreParts(_score(coverage, freshness, match or 0.0), coverage, weightiest.news_factors, freshness, match)


def _freshness(newest: datetime, since: datetime, window: timedelta) -> float:
    """Return where in the window the newest report arrived, in 0..1."""
    return min(1.0, max(0.0, (newest - since) / window)) if window > timedelta() else 1.0


def _match(reports: Sequence[ReportFacts], labels: frozenset[str]) -> float:
    """Return how strongly the reports are about one of the labels, in 0..1.

    Counts the label that they are most about, by its mean over all of them.
    """
    totals: dict[str, float] = defaultdict(float)
    for report in reports:
        for country in report.countries:
            if country.code in labels:
                totals[country.code] += country.salience
        for topic in report.topics:
            if topic.slug in labels:
                totals[topic.slug] += topic.score
    return round(max(totals.values(), default=0.0) / len(reports), 4)


def _requested_labels(query: Filter) -> frozenset[str]:
    """Return the countries and topics that a filter asks for; what it excludes doesn't count."""
    matches = [part for part in walk(query.node, negated=False) if isinstance(part, Match)]
    requested = [labels_of(part.key, part.values) for part in matches]
    return frozenset(label for found in requested if found is not None for label in found[1])


def _labels(reports: Sequence[ReportFacts]) -> frozenset[str]:
    """Return the countries and topics that an event is about."""
    about = {country.code for country in _mean_countries(reports) if country.salience >= COUNTRY_THRESHOLD}
    return frozenset(about) | _topics(reports)


def _topics(reports: Sequence[ReportFacts]) -> frozenset[str]:
    """Return the topics that an event is about."""
    return frozenset(assigned_topics((topic.slug, topic.score) for topic in _mean_topics(reports)))


def _mean_countries(reports: Sequence[ReportFacts]) -> tuple[Country, ...]:
    """Return an event's countries by mean salience over its reports, descending."""
    total: dict[str, float] = defaultdict(float)
    for report in reports:
        for country in report.countries:
            total[country.code] += country.salience
    means = {code: round(value / len(reports), 4) for code, value in total.items()}
    return tuple(Country(code, means[code]) for code in sorted(means, key=lambda code: (-means[code], code)))


def _mean_topics(reports: Sequence[ReportFacts]) -> tuple[Topic, ...]:
    """Return an event's topics by mean score over its reports, descending."""
    total: dict[str, float] = defaultdict(float)
    for report in reports:
        for topic in report.topics:
            total[topic.slug] += topic.score
    means = {slug: round(value / len(reports), 4) for slug, value in total.items()}
    return tuple(Topic(slug, means[slug]) for slug in sorted(means, key=lambda slug: (-means[slug], slug)))
