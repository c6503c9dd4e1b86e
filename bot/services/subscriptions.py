"""How does a channel come by its digests, and who may change that?

A server's managers see and change what belongs to their server and nothing else: `guild_id` says whose; None is the
operator at a terminal, who sees everything. `member_id` does the same for a member's own digests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.errors import NotFound
from bot.newsroom.models import Delivery, Digest, Slot, Subscription
from bot.newsroom.schedule import next_slot
from bot.services.base import Answering
from bot.services.subscription_input import Order, amend, read_order
from bot.store import deliveries
from bot.store import subscriptions as table

__all__ = ["Subscribing"]


class Subscribing(Answering):
    """Orders of channels."""

    async def subscribe(self, order: Order) -> tuple[Subscription, Slot]:
        """Place an order; the subscription and its first slot. Raises InputInvalid, UnknownName, FilterInvalid."""
        wanted = read_order(order, self._clock())
        async with self._store.writing() as conn:
            made = await table.add_subscription(conn, wanted)
        return made, next_slot(made, made.after)

    async def subscriptions(
        self, *, guild_id: int | None = None, channel_id: int | None = None, member_id: int | None = None
    ) -> list[tuple[Subscription, Slot | None]]:
        """The subscriptions by id, each with its next slot; None while it is paused."""
        async with self._store.reading() as conn:
            found = await table.list_subscriptions(conn, guild_id=guild_id, channel_id=channel_id, member_id=member_id)
        return [(each, self._next(each)) for each in found]

    async def subscription(
        self, number: int, *, guild_id: int | None = None, member_id: int | None = None
    ) -> tuple[Subscription, Slot | None]:
        """One subscription and its next slot. Raises NotFound, also for another server's."""
        async with self._store.reading() as conn:
            found = _own(await table.find_subscription(conn, number), number, guild_id, member_id)
        return found, self._next(found)

    async def unsubscribe(
        self, number: int, *, guild_id: int | None = None, member_id: int | None = None
    ) -> Subscription:
        """End a subscription for good; as it was. Raises NotFound, also for another server's."""
        async with self._store.writing() as conn:
            found = _own(await table.find_subscription(conn, number), number, guild_id, member_id)
            await table.remove_subscription(conn, number, self._clock())
        return found

    async def edit(
        self,
        number: int,
        changes: Mapping[str, str | int | None],
        *,
        guild_id: int | None = None,
        member_id: int | None = None,
    ) -> tuple[Subscription, Slot | None]:
        """Change some of a subscription, given as in `Order` by name; what is left out stays.

        `country` and `topic` each replace that part of the filter, `filter` all of it. Raises as `subscribe`, and
        NotFound.
        """
        async with self._store.writing() as conn:
            found = _own(await table.find_subscription(conn, number), number, guild_id, member_id)
            changed = amend(found, changes, self._clock())
            await table.update_subscription(conn, changed)
        return changed, self._next(changed)

    async def pause(
        self,
        number: int,
        *,
        reason: str | None = None,
        guild_id: int | None = None,
        member_id: int | None = None,
    ) -> Subscription:
        """Let no more digests become due until `resume`. Raises NotFound."""
        now = self._clock()
        async with self._store.writing() as conn:
            found = _own(await table.find_subscription(conn, number), number, guild_id, member_id)
            await table.pause_subscription(conn, number, now, reason)
        return replace(found, paused_at=now, pause_reason=reason)

    async def resume(
        self, number: int, *, guild_id: int | None = None, member_id: int | None = None
    ) -> tuple[Subscription, Slot]:
        """End a pause: slots count from now on; the next one is given. Raises NotFound."""
        now = self._clock()
        async with self._store.writing() as conn:
            found = _own(await table.find_subscription(conn, number), number, guild_id, member_id)
            await table.resume_subscription(conn, number, now)
        running = replace(found, paused_at=None, pause_reason=None, after=now)
        return running, next_slot(running, now)

    async def preview(
        self, number: int, *, guild_id: int | None = None, member_id: int | None = None
    ) -> tuple[Subscription, Digest | None]:
        """What a subscription would get if it were due now; None when it would get nothing. Raises NotFound."""
        found, _slot = await self.subscription(number, guild_id=guild_id, member_id=member_id)
        return found, (await self._digests.for_slot(found, self._clock())).digest

    async def preview_order(self, order: Order) -> tuple[Subscription, Digest | None]:
        """What an order that isn't placed yet would bring now. Raises as `subscribe`."""
        wanted = read_order(order, self._clock())
        return wanted, (await self._digests.for_slot(wanted, self._clock())).digest

    async def history(
        self, number: int, *, limit: int = 20, guild_id: int | None = None, member_id: int | None = None
    ) -> tuple[Subscription, list[Delivery]]:
        """A subscription's last deliveries, the newest slot first, and their fate. Raises NotFound."""
        async with self._store.reading() as conn:
            found = _own(await table.find_subscription(conn, number), number, guild_id, member_id)
            return found, await deliveries.history(conn, number, limit)

    def _next(self, subscription: Subscription) -> Slot | None:
        if subscription.paused_at is not None:
            return None
        return next_slot(subscription, max(self._clock(), subscription.after))


def _own(found: Subscription | None, number: int, guild_id: int | None, member_id: int | None) -> Subscription:
    if (
        found is None
        or (guild_id is not None and found.guild_id != guild_id)
        or (member_id is not None and found.member_id != member_id)
    ):
        raise NotFound("subscription", number)
    return found
