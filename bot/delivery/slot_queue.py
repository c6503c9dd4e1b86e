"""The queue of coming slots.

It is kept in memory, so that a poll costs nothing while none has come: a heap of each active subscription's next slot.
`due` returns the slots that have come, and `mark_planned` moves on once they are in the database: one that can't be
written loses no slot.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.newsroom.models import Slot, Subscription
from bot.newsroom.schedule import due_slots, next_slot

__all__ = ["DueSlot", "SlotQueue"]

_LOOK_BACK: Final = timedelta(days=7)
"""Slots missed by more are forgotten: a digest a week late is of no use to anybody."""

_MISSED_SLOTS_LIMIT: Final = 25
"""Slots of one subscription that are planned after an absence: a day of hourly ones, and no flood after a week."""

_SLOTS_PER_PLAN: Final = 100_000
"""Slots that are planned at a time: some seconds of writing on SQLite."""

_STALE_ENTRIES: Final = 1000
"""Entries of changed subscriptions that the heap may hold, beyond one a subscription, before it is rebuilt."""


@dataclass(frozen=True, slots=True)
class DueSlot:
    """A slot that has come.

    `rank` counts slots of the same guild at the same moment, from 0.
    """

    slot: Slot
    channel_id: int
    timezone: str
    rank: int

    @property
    def local_time(self) -> str:
        """The slot's local time with its zone; it stays when the zone's rules change."""
        return f"{self.slot.local:%Y-%m-%dT%H:%M} {self.timezone}"


class SlotQueue:
    """The next slot of each active subscription."""

    def __init__(self) -> None:
        self._subscriptions: dict[int, Subscription] = {}
        self._since: dict[int, datetime] = {}
        self._next: dict[int, datetime] = {}
        self._heap: list[tuple[datetime, int]] = []

    def __len__(self) -> int:
        return len(self._subscriptions)

    @property
    def next_at(self) -> datetime | None:
        """The moment of the next slot, or None."""
        while self._heap and self._next.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)  # of a subscription that has changed or gone since
        return self._heap[0][0] if self._heap else None

    def load(self, subscriptions: Iterable[Subscription], last_slots: Mapping[int, datetime], now: datetime) -> None:
        """Replace the active subscriptions; those that didn't change keep their place.

        `last_slots` is the newest planned slot of each, not later than `now`.
        """
        active = {subscription.id: subscription for subscription in subscriptions}
        for gone in self._subscriptions.keys() - active.keys():
            del self._subscriptions[gone]
            del self._since[gone], self._next[gone]
        for subscription_id, subscription in active.items():
            if self._subscriptions.get(subscription_id) == subscription:
                continue
            last = last_slots.get(subscription_id, subscription.after)
            self._subscriptions[subscription_id] = subscription
            self._advance(subscription, max(last, subscription.after, now - _LOOK_BACK))
        if len(self._heap) > 2 * len(self._next) + _STALE_ENTRIES:
            self._heap = [(at, subscription_id) for subscription_id, at in self._next.items()]
            heapq.heapify(self._heap)

    def clear(self) -> None:
        """Drop everything, to be loaded again."""
        for kept in (self._subscriptions, self._since, self._next, self._heap):
            kept.clear()

    def due(self, now: datetime, *, limit: int = _SLOTS_PER_PLAN) -> list[DueSlot]:
        """Return the slots that have come by `now`, by moment; guilds take turns within a moment.

        Of a subscription that missed many, only the newest 25. At most about `limit`: a moment is never split.
        """
        slots: list[Slot] = []
        popped: list[tuple[datetime, int]] = []
        while (at := self.next_at) is not None and at <= now and len(slots) < limit:
            at, subscription_id = heapq.heappop(self._heap)
            popped.append((at, subscription_id))
            missed = due_slots(self._subscriptions[subscription_id], self._since[subscription_id], now)
            slots += missed[-_MISSED_SLOTS_LIMIT:]
        for entry in popped:
            heapq.heappush(self._heap, entry)
        return self._interleave_guilds(slots)

    def mark_planned(self, slots: Iterable[Slot]) -> None:
        """Move on past slots that are in the database."""
        newest: dict[int, datetime] = {}
        for slot in slots:
            newest[slot.subscription_id] = max(newest.get(slot.subscription_id, slot.at), slot.at)
        for subscription_id, at in newest.items():
            if subscription_id in self._subscriptions:
                self._advance(self._subscriptions[subscription_id], at)

    def _advance(self, subscription: Subscription, since: datetime) -> None:
        """Queue the subscription's first slot after `since`."""
        self._since[subscription.id] = since
        at = next_slot(subscription, since).at
        self._next[subscription.id] = at
        heapq.heappush(self._heap, (at, subscription.id))

    def _interleave_guilds(self, slots: Iterable[Slot]) -> list[DueSlot]:
        """Order slots by moment; within one, each guild's first slot, then each guild's second."""
        moments: dict[datetime, dict[int, deque[Slot]]] = defaultdict(lambda: defaultdict(deque))
        for slot in slots:
            subscription = self._subscriptions[slot.subscription_id]
            guild = subscription.guild_id or -subscription.channel_id  # direct messages are a guild each
            moments[slot.at][guild].append(slot)
        ordered: list[DueSlot] = []
        for at in sorted(moments):
            ranked = [
                DueSlot(slot, subscription.channel_id, subscription.timezone, rank)
                for queue in moments[at].values()
                for rank, slot in enumerate(queue)
                for subscription in [self._subscriptions[slot.subscription_id]]
            ]
            ordered += sorted(ranked, key=lambda due_slot: due_slot.rank)
        return ordered
