"""What can an operator do when grouping was wrong?

Grouping decides on its own and errs now and then: two happenings told as one, one told as two. Either is put right by
hand. Readers who were told of them are told nothing twice, and what was posted is still found under its old numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import InputInvalid, NotFound
from bot.services.base import Answering, read_id
from bot.store import events, stories
from bot.store.database import StoreConnection

__all__ = ["Editing"]


class Editing(Answering):
    """Decisions on events."""

    async def split(self, identities: Sequence[str]) -> tuple[events.EventStories, list[events.EventStories]]:
        """Take stories (s12 …) out of their events into one of their own; it, and what is left of theirs.

        Raises InputInvalid for an event's id, for none, and where an event would be left without a story; NotFound.
        """
        numbers = []
        for identity in identities:
            kind, number = read_id(identity)
            if kind == "event":
                raise InputInvalid(f"{identity} is an event; name the stories that don't belong to it: s12 s15")
            numbers.append(number)
        if not numbers:
            raise InputInvalid("name the stories that don't belong to their event: s12 s15")
        async with self._store.writing() as conn:
            lines = {line.id: line for line in await stories.lines(conn, [each for each in numbers if each < 2**63])}
            for number in numbers:
                if number not in lines:
                    raise NotFound("story", f"s{number}")
            former = [await _there(conn, number) for number in sorted({line.event_id for line in lines.values()})]
            for event in former:
                if {line.id for line in event.stories} <= lines.keys():
                    raise InputInvalid(f"e{event.id} would be left without a story; leave one out")
            made = await events.split(conn, sorted(lines), self._clock())
            return await _there(conn, made), [await _there(conn, event.id) for event in former]

    async def join(self, identities: Sequence[str]) -> events.EventStories:
        """Make one event (the first) of events, which may be named by a story; as it is then.

        Raises InputInvalid for fewer than two, NotFound.
        """
        async with self._store.writing() as conn:
            numbers: list[int] = []
            for identity in identities:
                kind, number = read_id(identity)
                event = await events.find_event(conn, number) if kind != "story" else None
                if event is None and kind != "event":
                    found = await stories.lines(conn, [number]) if number < 2**63 else []
                    event = await events.find_event(conn, found[0].event_id) if found else None
                if event is None:
                    raise NotFound(kind or "event", identity)
                if event.id not in numbers:
                    numbers.append(event.id)
            if len(numbers) < 2:
                raise InputInvalid("name two events, or stories of two: e12 e34")
            for number in numbers[1:]:
                await events.merge(conn, number, numbers[0])
            await events.decide(conn, numbers)
            return await _there(conn, numbers[0])


async def _there(conn: StoreConnection, number: int) -> events.EventStories:
    found = await events.find_event(conn, number)
    if found is None:
        raise NotFound("event", f"e{number}")
    return found
