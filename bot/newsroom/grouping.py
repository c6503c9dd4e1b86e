"""Which event does a new story belong to?

Online, in order of arrival: stories that share rare words, names or word sequences are looked up, compared one by one,
and the new story joins the event that it most likely belongs to, or opens one. Nothing is decided twice, so that the
first k stories come into the same events whatever follows them. The cost of a story is bounded by the candidates that
are looked at.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from summarizers.similarity import Compared, Traits, belongs, compare, same_event, text_traits

__all__ = ["CANDIDATES", "PER_HASH", "SAME", "WINDOW", "Grouper", "Member", "group_rows", "one_happening", "standing"]

SAME = 0.25
"""From this standing on a story belongs to an event."""

WINDOW = timedelta(days=14)
"""A story joins no event whose stories are all further away in time."""

PER_HASH, CANDIDATES = 40, 24
"""Stories that are looked at, of each hash and in all."""

_PATIENCE = timedelta(days=3)
_PER_DAY = 0.02
_READ = 6
_ONE = 0.6

_Event = TypeVar("_Event", int, str)


@dataclass(frozen=True, slots=True)
class Member(Generic[_Event]):
    """A story that may tell of the same happening, with its event; `gap` is the time between the two, where known."""

    event: _Event
    traits: Traits
    gap: timedelta = timedelta(0)


def standing(new: Traits, members: Iterable[Member[_Event]]) -> list[tuple[float, _Event]]:
    """How likely a story belongs to each event, in 0..1, best first; equals in the order of events.

    After three days an event is harder to join with each day: look-alikes come back (a monthly figure, the next storm),
    while most happenings are told within days. The development rows have no dates, so that part is by judgement.
    """
    compared: dict[_Event, list[Compared | None]] = defaultdict(list)
    gaps: dict[_Event, timedelta] = {}
    for member in members:
        compared[member.event].append(compare(new, member.traits))
        gaps[member.event] = min(member.gap, gaps.get(member.event, member.gap))
    found = []
    for event, chance in zip(compared, belongs(list(compared.values())), strict=True):
        late = max(timedelta(0), gaps[event] - _PATIENCE) / timedelta(days=1)
        found.append((max(0.0, chance - _PER_DAY * late), event))
    return sorted(found, key=lambda item: (-item[0], item[1]))


def one_happening(one: Sequence[Traits], other: Sequence[Traits]) -> bool:
    """Do two events tell of the same happening, as far as these of their stories say? At most six of each are read."""
    scores = [same_event(a, b) for a in one[:_READ] for b in other[:_READ]]
    return bool(scores) and sum(scores) / len(scores) >= _ONE


class Grouper:
    """Events in memory. An event is named by the id of its first story."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._event: list[str] = []
        self._traits: list[Traits] = []
        self._at: list[datetime | None] = []
        self._by_hash: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=PER_HASH))

    def add(self, story: str, seen: Traits, at: datetime | None = None, source: str | None = None) -> str:
        """Put a story into an event; the event's name.

        `at` (aware) is when it was published, where that is known; `source` is not used. A story that was added
        before stays where it is.
        """
        if story in self._number:
            return self._event[self._number[story]]
        shared: dict[int, int] = defaultdict(int)
        for value in seen.hashes:
            for number in self._by_hash.get(value, ()):
                shared[number] += 1
        near = sorted(shared, key=lambda number: (-shared[number], -number))
        members = [Member(self._event[number], self._traits[number], self._gap(at, number)) for number in near]
        ranked = standing(seen, [member for member in members if member.gap <= WINDOW][:CANDIDATES])
        event = ranked[0][1] if ranked and ranked[0][0] >= SAME else story
        number = self._number[story] = len(self._event)
        self._event.append(event)
        self._traits.append(seen)
        self._at.append(at)
        for value in seen.hashes:
            self._by_hash[value].append(number)
        return event

    def _gap(self, at: datetime | None, number: int) -> timedelta:
        other = self._at[number]
        return abs(at - other) if at is not None and other is not None else timedelta(0)


def group_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(id, event) for each row {"id", "text", "published"?, "source"?}, one at a time and in order.

    An event is named by the id of its first row. Raises KeyError for a row without id or text.
    """
    grouper = Grouper()
    for row in rows:
        name = str(row["id"])
        yield name, grouper.add(name, text_traits(str(row["text"])), _moment(row.get("published")), row.get("source"))


def _moment(published: object) -> datetime | None:
    """A moment as ISO 8601 writes it; None for anything else."""
    if not isinstance(published, str):
        return None
    try:
        found = datetime.fromisoformat(published.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
