"""Which event of the store does a story belong to that has just arrived?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.newsroom.grouping import SAME, belongs
from bot.store import events, stories
from bot.store.engine import StoreConnection
from summarizers.similarity import Traits

__all__ = ["WINDOW", "place"]

WINDOW = timedelta(days=30)
"""A story joins events that had a story within this time."""


async def place(conn: StoreConnection, placed: Sequence[tuple[int, Traits]], now: datetime) -> None:
    """Put stories that arrived at `now` into the events they belong to.

    `conn` is in the transaction that stored them, after `store_document`, which gave each an event of its own.
    The same stories in another order come into the same events.
    """
    lines = {line.id: line for line in await stories.lines(conn, [number for number, _ in placed])}
    for number, seen in sorted(placed, key=lambda item: (-item[1].size, item[1].hashes, item[0])):
        if number not in lines:
            continue
        near = await events.candidates(conn, seen.hashes, since=now - WINDOW)
        members: dict[int, list[Traits]] = defaultdict(list)
        for candidate in near:
            if candidate.story_id != number:
                members[candidate.event_id].append(Traits.loads(candidate.trait))
        scored = [(belongs(seen, known), -event) for event, known in members.items()]
        score, event = max(scored, default=(0.0, 0))
        if score >= SAME:
            await events.assign(conn, number, -event)
        await events.remember_traits(conn, number, lines[number].arrived_at, seen.hashes, seen.dumps())
