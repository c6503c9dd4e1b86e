"""Corrections of event grouping by hand: splitting stories off an event, joining events.

Readers who were shown the events get nothing twice, and posted messages are still found under their old numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.errors import InputInvalid, NotFound
from bot.newsroom.audience import OPERATOR
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.services.ids import require_id
from bot.store import alerts, events, story_rows
from bot.store.database import Store, StoreConnection
from bot.store.events import EventStories

__all__ = ["EventEditor", "EventStories"]

_MAX_ID = 2**63 - 1
"""The largest id that a database column holds; a larger number has no story."""


class EventEditor:
    """Splits and joins events; grouping respects the decision from then on."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def split(self, identities: Sequence[str]) -> tuple[EventStories, list[EventStories]]:
        """Move stories (s12 …) out of their events into a new one; return it and the others.

        Raises InputInvalid for an event's id, for none, and if an event would be left without a story; NotFound.
        """
        numbers = []
        for identity in identities:
            kind, number = require_id(identity)
            if kind == "event":
                raise InputInvalid(f"{identity} is an event; name the stories that don't belong to it: s12 s15")
            numbers.append(number)
        if not numbers:
            raise InputInvalid("name the stories that don't belong to their event: s12 s15")
        async with self._store.writing() as conn:
            known = [number for number in numbers if number <= _MAX_ID]
            lines = {line.id: line for line in await story_rows.get_lines(conn, known, OPERATOR)}
            for number in numbers:
                if number not in lines:
                    raise NotFound("story", f"s{number}")
            former = [await _get_event(conn, number) for number in sorted({line.event_id for line in lines.values()})]
            for event in former:
                if {line.id for line in event.stories} <= lines.keys():
                    raise InputInvalid(f"e{event.id} would be left without a story; leave one out")
            now = self._clock()
            created = await events.split_event(conn, sorted(lines), now)
            told = Obstacle(DeliveryReason.ALREADY_TOLD)
            await alerts.copy_decisions(conn, [event.id for event in former], created, told, now)
            return await _get_event(conn, created), [await _get_event(conn, event.id) for event in former]

    async def join(self, identities: Sequence[str]) -> EventStories:
        """Merge events into the first; return the merged event.

        Each is named by its id or that of one of its stories.

        Raises InputInvalid for fewer than two, NotFound.
        """
        async with self._store.writing() as conn:
            numbers: list[int] = []
            for identity in identities:
                kind, number = require_id(identity)
                event = await events.find_event(conn, number, OPERATOR) if kind != "story" else None
                if event is None and kind != "event":
                    lines = await story_rows.get_lines(conn, [number], OPERATOR) if number <= _MAX_ID else []
                    event = await events.find_event(conn, lines[0].event_id, OPERATOR) if lines else None
                if event is None:
                    raise NotFound(kind or "event", identity)
                if event.id not in numbers:
                    numbers.append(event.id)
            if len(numbers) < 2:
                raise InputInvalid("name two events, or stories of two: e12 e34")
            for number in numbers[1:]:
                await events.merge_events(conn, number, numbers[0])
            await events.pin_events(conn, numbers)
            return await _get_event(conn, numbers[0])


async def _get_event(conn: StoreConnection, number: int) -> EventStories:
    event = await events.find_event(conn, number, OPERATOR)
    if event is None:
        raise NotFound("event", f"e{number}")
    return event
