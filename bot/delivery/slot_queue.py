"""Which slots have come since they were last noted? Kept in memory, so that a look costs nothing while none has.

A heap of each subscription's next slot. `due` tells what has come, `noted` moves on once the outbox has it: a database
that can't be written loses no slot.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.newsroom.models import Slot, Subscription
from bot.newsroom.schedule import due_slots, next_slot

__all__ = ["DueSlot", "SlotQueue"]

_LOOK_BACK = timedelta(days=7)
_MOST_MISSED = 25


@dataclass(frozen=True, slots=True)
class DueSlot:
    """A slot that has come; `rank` counts those of the same guild that come at the same moment, from 0."""

    slot: Slot
    channel_id: int
    timezone: str
    rank: int

    @property
    def local(self) -> str:
        """The local time that the slot stands for, with its zone; it stays when the zone's rules change."""
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
        """When the next slot comes, as far as noted; None when none ever does."""
        while self._heap and self._next.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)  # of a subscription that changed or went since
        return self._heap[0][0] if self._heap else None

    def load(self, subscriptions: Iterable[Subscription], last: Mapping[int, datetime], now: datetime) -> None:
        """Take the active subscriptions; `last` is the newest slot noted of each, not later than `now`.

        What did not change keeps its place.
        """
        wanted = {subscription.id: subscription for subscription in subscriptions}
        for gone in self._subscriptions.keys() - wanted.keys():
            del self._subscriptions[gone]
            del self._since[gone], self._next[gone]
        for number, subscription in wanted.items():
            if self._subscriptions.get(number) == subscription:
                continue
            since = max(last.get(number, subscription.after), subscription.after, now - _LOOK_BACK)
            self._subscriptions[number] = subscription
            self._move(subscription, since)
        if len(self._heap) > 2 * len(self._next) + 1000:
            self._heap = [(at, number) for number, at in self._next.items()]
            heapq.heapify(self._heap)

    def forget(self) -> None:
        """Drop everything, to be loaded anew."""
        self.__init__()  # type: ignore[misc] # one list of what is empty

    def due(self, now: datetime, *, most: int = 100_000) -> list[DueSlot]:
        """The slots that have come by `now`, by moment; guilds take turns within a moment.

        A subscription that missed many tells of its newest 25 only. At most `most`, never a moment in part.
        """
        found: list[Slot] = []
        heap: list[tuple[datetime, int]] = []
        while (at := self.next_at) is not None and at <= now and len(found) < most:
            at, number = heapq.heappop(self._heap)
            heap.append((at, number))
            found += due_slots(self._subscriptions[number], self._since[number], now)[-_MOST_MISSED:]
        for entry in heap:
            heapq.heappush(self._heap, entry)
        return self._in_turn(found)

    def noted(self, slots: Iterable[Slot]) -> None:
        """Move on past slots that the outbox has."""
        newest: dict[int, datetime] = {}
        for slot in slots:
            newest[slot.subscription_id] = max(newest.get(slot.subscription_id, slot.at), slot.at)
        for number, at in newest.items():
            if number in self._subscriptions:
                self._move(self._subscriptions[number], at)

    def _move(self, subscription: Subscription, since: datetime) -> None:
        self._since[subscription.id] = since
        at = next_slot(subscription, since).at
        self._next[subscription.id] = at
        heapq.heappush(self._heap, (at, subscription.id))

    def _in_turn(self, slots: Iterable[Slot]) -> list[DueSlot]:
        """By moment; within one, each guild's first, then each guild's second, and so on."""
        moments: dict[datetime, dict[int, deque[Slot]]] = defaultdict(lambda: defaultdict(deque))
        for slot in slots:
            subscription = self._subscriptions[slot.subscription_id]
            guild = subscription.guild_id or -subscription.channel_id
            moments[slot.at][guild].append(slot)
        ordered: list[DueSlot] = []
        for at in sorted(moments):
            ranked = [
                DueSlot(slot, order.channel_id, order.timezone, rank)
                for queue in moments[at].values()
                for rank, slot in enumerate(queue)
                for order in [self._subscriptions[slot.subscription_id]]
            ]
            ordered += sorted(ranked, key=lambda coming: coming.rank)
        return ordered
