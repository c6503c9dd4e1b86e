"""Which event does a new story belong to?

Online, in order of arrival: stories that share rare words, names or word sequences are looked up, compared one by one,
and the new story joins the event that it most likely belongs to, or opens one. No story is placed twice; but where a new
one belongs to two events that tell of the same happening, they become one. The cost of a story is bounded by the
candidates that are looked at.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from summarizers.events.event_model import event_probabilities
from summarizers.events.features import StoryFeatures, text_features
from summarizers.events.pair_model import PairComparison, compare, pair_probability

__all__ = [
    "CANDIDATES",
    "PER_HASH",
    "SAME",
    "WINDOW",
    "Grouper",
    "Member",
    "group_rows",
    "group_rows_as_they_come",
    "places",
    "standing",
]

SAME = 0.25
"""From this standing on a story belongs to an event."""

WINDOW = timedelta(days=14)
"""A story joins no event whose stories are all further away in time."""

PER_HASH, CANDIDATES = 40, 24
"""Stories that are looked at, of each hash and in all."""

_PATIENCE = timedelta(days=3)
_PER_DAY = 0.02
_READ = 6
_ONE = 0.5

_Event = TypeVar("_Event", int, str)


@dataclass(frozen=True, slots=True)
class Member(Generic[_Event]):
    """A story that may tell of the same happening, with its event; `gap` is the time between the two, where known."""

    event: _Event
    traits: StoryFeatures
    gap: timedelta = timedelta(0)


def standing(new: StoryFeatures, members: Iterable[Member[_Event]]) -> list[tuple[float, _Event]]:
    """How likely a story belongs to each event, in 0..1, best first; equals in the order of events.

    After three days an event is harder to join with each day: look-alikes come back (a monthly figure, the next storm),
    while most happenings are told within days. The development rows have no dates, so that part is by judgement.
    """
    compared: dict[_Event, list[PairComparison | None]] = defaultdict(list)
    gaps: dict[_Event, timedelta] = {}
    for member in members:
        compared[member.event].append(compare(new, member.traits))
        gaps[member.event] = min(member.gap, gaps.get(member.event, member.gap))
    found = []
    for event, chance in zip(compared, event_probabilities(list(compared.values())), strict=True):
        late = max(timedelta(0), gaps[event] - _PATIENCE) / timedelta(days=1)
        found.append((max(0.0, chance - _PER_DAY * late), event))
    return sorted(found, key=lambda item: (-item[0], item[1]))


def places(new: StoryFeatures, members: Sequence[Member[_Event]]) -> tuple[list[_Event], bool]:
    """The events that a story may belong to, the best and the next, and whether it shows these two to be one.

    `members` are the stories that it is compared with, those that share most first.
    """
    found = [event for chance, event in standing(new, members[:CANDIDATES])[:2] if chance >= SAME]
    return found, len(found) > 1 and _one_happening(members, *found)


def _one_happening(members: Iterable[Member[_Event]], one: _Event, other: _Event) -> bool:
    """Do two events tell of the same happening, as far as those of their stories say that are among these?

    The mean of all comparisons, six stories of each read at most: average linkage.
    """
    told: dict[_Event, list[StoryFeatures]] = {one: [], other: []}
    for member in members:
        if member.event in told and len(told[member.event]) < _READ:
            told[member.event].append(member.traits)
    scores = [pair_probability(a, b) for a in told[one] for b in told[other]]
    return bool(scores) and sum(scores) / len(scores) >= _ONE


class Grouper:
    """Events in memory. An event is named by the id of its first story."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._event: list[str] = []
        self._traits: list[StoryFeatures] = []
        self._at: list[datetime | None] = []
        self._by_hash: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=PER_HASH))
        self._into: dict[str, str] = {}

    def event_of(self, story: str) -> str:
        """The event that a story is in by now. Raises KeyError for one that was never added."""
        return self._current(self._event[self._number[story]])

    def add(self, story: str, seen: StoryFeatures, at: datetime | None = None, source: str | None = None) -> str:
        """Put a story into an event; the event's name.

        `at` (aware) is when it was published, where that is known; `source` is not used. A story that was added
        before stays where it is. Two events that the story shows to be one become the older of them.
        """
        if story in self._number:
            return self.event_of(story)
        shared: dict[int, int] = defaultdict(int)
        for value in seen.hashes:
            for number in self._by_hash.get(value, ()):
                shared[number] += 1
        near = sorted(shared, key=lambda number: (-shared[number], -number))
        members = [
            Member(self._current(self._event[number]), self._traits[number], gap)
            for number in near
            if (gap := self._gap(at, number)) <= WINDOW
        ]
        found, one = places(seen, members)
        event = found[0] if found else story
        if one:
            event, newer = sorted(found, key=self._number.__getitem__)
            self._into[newer] = event
        number = self._number[story] = len(self._event)
        self._event.append(event)
        self._traits.append(seen)
        self._at.append(at)
        for value in seen.hashes:
            self._by_hash[value].append(number)
        return event

    def _current(self, event: str) -> str:
        while event in self._into:
            event = self._into[event]
        return event

    def _gap(self, at: datetime | None, number: int) -> timedelta:
        other = self._at[number]
        return abs(at - other) if at is not None and other is not None else timedelta(0)


def group_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(id, event) for each row {"id", "text", "published"?, "source"?}, in order, when all were read.

    An event is named by the id of its first row. Raises KeyError for a row without id or text.
    """
    grouper = Grouper()
    names = [name for name, _ in _placed(grouper, rows)]
    for name in names:
        yield name, grouper.event_of(name)


def group_rows_as_they_come(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The same, but each row is answered before the next is read, so that what follows changes nothing.

    An event that is merged into an older one later on has been told under its own name then.
    """
    return _placed(Grouper(), rows)


def _placed(grouper: Grouper, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        name = str(row["id"])
        yield name, grouper.add(name, text_features(str(row["text"])), _moment(row.get("published")), row.get("source"))


def _moment(published: object) -> datetime | None:
    """A moment as ISO 8601 writes it; None for anything else."""
    if not isinstance(published, str):
        return None
    try:
        found = datetime.fromisoformat(published.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
