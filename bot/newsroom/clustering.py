"""Clustering of stories into events, online and in order of arrival.

A new story is compared with the clustered stories that share most hashes with it. It joins the event that it most
likely belongs to, or keeps an event of its own. No story changes its event later, but a story that may belong to two
events can show that they are one. Stories in other languages are compared by a model of their own: they decide where a
story's own language leaves it open, and never bring two stories of one language together that it kept apart. `Clusterer`
decides; the stories to compare come from `MemoryIndex` here, and from the
store's index in `bot.services.event_assignment`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any

from bot.newsroom.sign_index import SignIndex
from summarizers.events.event_model import event_probabilities
from summarizers.events.features import StoryFeatures, text_features
from summarizers.events.interlingual_model import (
    interlingual_probability,
    interlingual_score,
    interlingual_thresholds,
)
from summarizers.events.pair_model import PairComparison, compare, pair_probability

__all__ = [
    "JOIN_THRESHOLD",
    "MAX_CANDIDATES",
    "MAX_FOREIGN_CANDIDATES",
    "STORIES_PER_FOREIGN_HASH",
    "STORIES_PER_HASH",
    "WINDOW",
    "Clusterer",
    "MemoryIndex",
    "Placement",
    "SimilarStory",
    "cluster_rows",
    "cluster_rows_online",
    "clustering_order",
    "foreign_candidates",
    "join_probabilities",
]

JOIN_THRESHOLD = 0.4
"""Probability from which on a story joins an event; docs/quality.md has what it gives (decision 0009)."""

SECOND_THRESHOLD = 0.2
"""Probability of the next best event from which on it is compared with the one that the story joins."""

MERGE_THRESHOLD = 0.5
"""Mean pair probability from which on two events are one: more likely than not, as average linkage cuts."""

WINDOW = timedelta(days=14)
"""A story joins no event all of whose stories are further away in time; by judgement, as the rows have no dates."""

STORIES_PER_HASH = 40
"""Newest stories read per hash: bounds the cost of a hash that half the news shares."""

MAX_CANDIDATES = 24
"""Stories compared with a new one. More change 2 of 3,000 decisions in six orders of the development rows."""

STORIES_PER_FOREIGN_HASH = 80
"""The same of hashes that languages share: most of the stories may be in the new one's language."""

MAX_FOREIGN_CANDIDATES = 24
"""Stories in other languages compared with a new one, half of them found by meaning."""

_UNDECAYED = timedelta(days=3)
"""Most events are reported within days; up to this gap, time is no evidence. From there to the end of `WINDOW` the
probability falls to 0 in a line: look-alikes come back (a monthly figure, the next storm), and matters go on for weeks
with happenings of their own. By judgement."""


_MERGE_STORIES = 6
"""Stories read of each event before merging: 36 comparisons at most."""


@dataclass(frozen=True, slots=True)
class SimilarStory:
    """A clustered story that shares `shared` hashes with a new one, `gap` of time apart.

    `gap` is None where the time of one of them is unknown.
    """

    event: int
    features: StoryFeatures
    shared: int
    gap: timedelta = timedelta(0)
    pinned: bool = False
    """Its event must not be merged: an operator decided which stories belong to it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The event of a new story, and the event that was merged into it, if any.

    `pinned` is that of the candidates in the event.
    """

    event: int
    merged: int | None = None
    pinned: bool = False


class MemoryIndex:
    """Candidate index of the stories that were added to it."""

    def __init__(self) -> None:
        self._stories: list[tuple[int, StoryFeatures, datetime | None, bool]] = []
        self._by_hash: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=STORIES_PER_HASH))
        self._by_foreign_hash: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=STORIES_PER_FOREIGN_HASH))
        self._signs = SignIndex()

    def add(self, event: int, features: StoryFeatures, published: datetime | None, *, pinned: bool = False) -> None:
        """Add a story to the index, as the latest one."""
        for value in features.hashes:
            self._by_hash[value].append(len(self._stories))
        for value in features.foreign_hashes:
            self._by_foreign_hash[value].append(len(self._stories))
        if signs := features.signs:
            self._signs.add(len(self._stories), features.language, signs)
        self._stories.append((event, features, published, pinned))

    def find(self, features: StoryFeatures, published: datetime | None) -> list[SimilarStory]:
        """Return the stories within `WINDOW` that share most hashes, the latest first among equals.

        At most `MAX_CANDIDATES`, then at most `MAX_FOREIGN_CANDIDATES` in other languages.
        """
        shared: dict[int, int] = defaultdict(int)
        for value in features.hashes:
            for number in self._by_hash.get(value, ()):
                shared[number] += 1
        ranked = sorted(shared, key=lambda number: (-shared[number], -number))
        similar = self._within_window(ranked, shared, published, MAX_CANDIDATES)
        return similar + self._find_foreign(features, published)

    def _find_foreign(self, features: StoryFeatures, published: datetime | None) -> list[SimilarStory]:
        """Return the stories in other languages that mean about the same or share most hashes."""
        shared: dict[int, int] = defaultdict(int)
        for value in features.foreign_hashes:
            for number in self._by_foreign_hash.get(value, ()):
                if self._stories[number][1].language != features.language:
                    shared[number] += 1
        near = self._signs.nearest(features.signs, features.language, MAX_FOREIGN_CANDIDATES)
        return self._within_window(foreign_candidates(near, shared), shared, published, MAX_FOREIGN_CANDIDATES)

    def _within_window(
        self, ranked: Iterable[int], shared: Mapping[int, int], published: datetime | None, count: int
    ) -> list[SimilarStory]:
        similar: list[SimilarStory] = []
        for number in ranked:
            event, own, at, pinned = self._stories[number]
            gap = abs(published - at) if published is not None and at is not None else timedelta(0)
            if gap <= WINDOW:
                similar.append(SimilarStory(event, own, shared.get(number, 0), gap, pinned))
                if len(similar) == count:
                    break
        return similar


def foreign_candidates(near: Sequence[int], shared: Mapping[int, int]) -> list[int]:
    """Merge stories found by meaning with those that share most hashes.

    `near` are ordered, the nearest first; of those with equally many shared hashes the latest comes first. They take turns, so that neither crowds the other out; each comes once.
    """
    by_hash = sorted(shared, key=lambda number: (-shared[number], -number))
    return list(dict.fromkeys(number for pair in zip_longest(near, by_hash) for number in pair if number is not None))


class Clusterer:
    """Places stories, in order of arrival, into events, which are numbers that rise with age."""

    def __init__(self) -> None:
        self._placed = MemoryIndex()
        self._merged_into: dict[int, int] = {}
        self._languages: dict[int, set[str]] = defaultdict(set)
        """Languages of each event's stories."""

    def add(self, own_event: int, features: StoryFeatures, published: datetime | None = None) -> Placement:
        """Place a story among those that were added before; return what `place` returns.

        `published` is aware; None counts as the time of every other story.
        """
        placement = self.place(own_event, features, self._placed.find(features, published))
        self._placed.add(placement.event, features, published, pinned=placement.pinned)
        return placement

    def place(
        self, own_event: int, features: StoryFeatures, candidates: Iterable[SimilarStory], *, may_merge: bool = True
    ) -> Placement:
        """Place a story among its candidates.

        Return its event: the new number `own_event`, or the one it joins. Two events that the story shows to be one
        become the older of them, unless it may not merge any.
        """
        similar = [replace(story, event=self.current_event(story.event)) for story in candidates if story.gap <= WINDOW]
        native = [story for story in similar if story.features.language == features.language]
        foreign = [story for story in similar if story.features.language != features.language]
        ranked = join_probabilities(features, native)[:2]
        likely = [event for _, event in ranked] if ranked and ranked[0][0] >= JOIN_THRESHOLD else []
        if likely and ranked[-1][0] < SECOND_THRESHOLD:
            likely.pop()
        event, merged = likely[0] if likely else own_event, None
        if may_merge and len(likely) == 2 and _is_one_event(native, *likely):
            event, merged = min(likely), max(likely)
            self._merge(merged, event)
        self._languages[event].add(features.language)
        if merged is None:
            event, merged = self._join_foreign(event, features, native, foreign, is_new=not likely, may_merge=may_merge)
        return Placement(event, merged, any(story.pinned for story in similar if story.event == event))

    def add_languages(self, event: int, languages: Iterable[str]) -> None:
        """Tell in which languages an event's stories are that were placed elsewhere."""
        self._languages[self.current_event(event)].update(languages)

    def _join_foreign(
        self,
        event: int,
        features: StoryFeatures,
        native: Sequence[SimilarStory],
        foreign: Sequence[SimilarStory],
        *,
        is_new: bool,
        may_merge: bool,
    ) -> tuple[int, int | None]:
        """Join a story's event with the likeliest one in other languages.

        Return the event, and the one merged into it.

        Two events that have a language in common stay apart, as its stories were kept apart. An event of the story alone
        isn't merged but given up, after which it may show two events of other languages to be one.
        """
        merged = None
        members = [*(story for story in native if story.event == event), SimilarStory(event, features, 0)]
        for other in likely_foreign_events(features, foreign):
            theirs = [story for story in foreign if story.event == other]
            if other == event or not self._languages[event].isdisjoint(self._languages[other]):
                continue
            if is_new:
                self._languages[other] |= self._languages.pop(event)
                event, is_new = other, False
                members = [*theirs, members[-1]]
                continue
            pinned = any(story.pinned for story in (*members, *theirs))
            if not may_merge or pinned or interlingual_linkage(members, theirs) < interlingual_thresholds().merge:
                continue
            event, merged = min(event, other), max(event, other)
            self._merge(merged, event)
            break
        return event, merged

    def _merge(self, merged: int, event: int) -> None:
        self._merged_into[merged] = event
        self._languages[event] |= self._languages.pop(merged, set())

    def current_event(self, event: int) -> int:
        """Return the event that `event` is part of after merges."""
        while event in self._merged_into:
            event = self._merged_into[event]
        return event


def join_probabilities(features: StoryFeatures, candidates: Iterable[SimilarStory]) -> list[tuple[float, int]]:
    """Return (probability, event) of joining each candidate's event, most likely first.

    Equal probabilities are ordered by event.
    """
    compared: dict[int, list[PairComparison | None]] = defaultdict(list)
    gaps: dict[int, timedelta] = {}
    for story in candidates:
        compared[story.event].append(compare(features, story.features))
        gaps[story.event] = min(story.gap, gaps.get(story.event, story.gap))
    probabilities = []
    for event, probability in zip(compared, event_probabilities(list(compared.values())), strict=True):
        probabilities.append((probability * _share_kept(gaps[event]), event))
    return sorted(probabilities, key=lambda item: (-item[0], item[1]))


def likely_foreign_events(features: StoryFeatures, candidates: Iterable[SimilarStory]) -> list[int]:
    """Return the foreign events that a story may join, the likeliest first, then the oldest."""
    compared: dict[int, list[float]] = defaultdict(list)
    gaps: dict[int, timedelta] = {}
    for story in candidates:
        compared[story.event].append(interlingual_probability(features, story.features))
        gaps[story.event] = min(story.gap, gaps.get(story.event, story.gap))
    scores = {event: interlingual_score(found) * _share_kept(gaps[event]) for event, found in compared.items()}
    likely = [event for event, score in scores.items() if score >= interlingual_thresholds().join]
    return sorted(likely, key=lambda event: (-scores[event], event))


def interlingual_linkage(one: Sequence[SimilarStory], other: Sequence[SimilarStory]) -> float:
    """Return the mean probability, over pairs in different languages, that two events are one."""
    scores = [
        interlingual_probability(a.features, b.features)
        for a in one[-_MERGE_STORIES:]
        for b in other[:_MERGE_STORIES]
        if a.features.language != b.features.language
    ]
    return sum(scores) / len(scores) if scores else 0.0


def _share_kept(gap: timedelta) -> float:
    """Return the share of a probability that a gap of time leaves."""
    return max(0.0, min(1.0, (WINDOW - gap) / (WINDOW - _UNDECAYED)))


def _is_one_event(candidates: Iterable[SimilarStory], first: int, second: int) -> bool:
    """Return True if two events are one, by average linkage over their candidate stories."""
    members: dict[int, list[SimilarStory]] = {first: [], second: []}
    for story in candidates:
        if story.event in members and len(members[story.event]) < _MERGE_STORIES:
            members[story.event].append(story)
    if any(story.pinned for stories in members.values() for story in stories):
        return False
    scores = [pair_probability(a.features, b.features) for a in members[first] for b in members[second]]
    return sum(scores) / len(scores) >= MERGE_THRESHOLD


def clustering_order(features: StoryFeatures) -> tuple[int, str]:
    """Return a key that orders stories arriving together, longest first.

    Teasers then find their full story already clustered.
    """
    return -features.term_count, features.dumps()


def _features_of_text(row: Mapping[str, Any]) -> StoryFeatures:
    return text_features(str(row["text"]))


def cluster_rows(
    rows: Iterable[Mapping[str, Any]], *, features_of: Callable[[Mapping[str, Any]], StoryFeatures] = _features_of_text
) -> Iterator[tuple[str, str]]:
    """Yield (id, event) for each row {"id", "text", "published"?}, once all rows are read.

    Rows keep their order. An event is named by the id of its first row; a row whose id was read before keeps its first
    event. `features_of` reads a row's text unless told otherwise. Raises KeyError for a row without id or text.
    """
    clusterer = Clusterer()
    names: list[str] = []
    order: list[str] = []
    events: dict[str, int] = {}
    for name, event in _place_rows(clusterer, rows, names, features_of):
        order.append(name)
        events[name] = event
    for name in order:
        yield name, names[clusterer.current_event(events[name])]


def cluster_rows_online(
    rows: Iterable[Mapping[str, Any]], *, features_of: Callable[[Mapping[str, Any]], StoryFeatures] = _features_of_text
) -> Iterator[tuple[str, str]]:
    """Yield (id, event) for each row before the next one is read.

    Later rows change no answer: an event that is merged into an older one keeps the name under which it was reported.
    """
    names: list[str] = []
    for name, event in _place_rows(Clusterer(), rows, names, features_of):
        yield name, names[event]


def _place_rows(
    clusterer: Clusterer,
    rows: Iterable[Mapping[str, Any]],
    names: list[str],
    features_of: Callable[[Mapping[str, Any]], StoryFeatures],
) -> Iterator[tuple[str, int]]:
    """Yield (id, current event) for each row; `names` gets the id of each event's first row."""
    events: dict[str, int] = {}
    for row in rows:
        name = str(row["id"])
        if name not in events:
            features, published = features_of(row), _parse_time(row.get("published"))
            events[name] = clusterer.add(len(names), features, published).event
            names.append(name)
        yield name, clusterer.current_event(events[name])


def _parse_time(published: object) -> datetime | None:
    """Return an ISO 8601 time, in UTC unless it says otherwise; None for anything else."""
    if not isinstance(published, str):
        return None
    try:
        parsed = datetime.fromisoformat(published.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)
