"""Which event does a new story belong to?

Online, in order of arrival: a story joins the event whose stories it is most like, or opens one.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from summarizers.similarity import Traits, same_event, text_traits

__all__ = ["SAME", "Grouper", "belongs", "group_rows"]

SAME = 0.5
"""From this probability on a story belongs to an event."""

_PER_HASH = 50
_CANDIDATES = 50


def belongs(new: Traits, members: Sequence[Traits]) -> float:
    """How probable it is that a story belongs to an event of which these stories are known; 0 for none."""
    scores = sorted((same_event(new, member) for member in members), reverse=True)
    best = scores[:3]
    return sum(best) / len(best) if best else 0.0


class Grouper:
    """Events in memory, online. An event is named by the id of its first story."""

    def __init__(self) -> None:
        self._traits: dict[str, Traits] = {}
        self._event: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._by_hash: dict[int, deque[str]] = defaultdict(lambda: deque(maxlen=_PER_HASH))

    def add(self, story: str, seen: Traits, at: datetime | None = None, source: str | None = None) -> str:
        """Put a story into an event; the event's name, which is that of its first story."""
        shared: dict[str, int] = defaultdict(int)
        for value in seen.hashes:
            for other in self._by_hash.get(value, ()):
                shared[other] += 1
        near = sorted(shared, key=lambda other: (-shared[other], other))[:_CANDIDATES]
        by_event: dict[str, list[Traits]] = defaultdict(list)
        for other in near:
            by_event[self._event[other]].append(self._traits[other])
        event = _best(seen, by_event) or story
        self._traits[story], self._event[story] = seen, event
        self._members.setdefault(event, []).append(story)
        for value in seen.hashes:
            self._by_hash[value].append(story)
        return event


def group_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(id, event) for each row {"id", "text", "published"?, "source"?}, one at a time and in order."""
    grouper = Grouper()
    for row in rows:
        name = str(row["id"])
        yield name, grouper.add(name, text_traits(str(row["text"])), None, row.get("source"))


def _best(seen: Traits, events: Mapping[str, Sequence[Traits]]) -> str | None:
    scored = [(belongs(seen, members), name) for name, members in events.items()]
    score, name = max(scored, key=lambda item: (item[0], item[1]), default=(0.0, ""))
    return name if score >= SAME else None
