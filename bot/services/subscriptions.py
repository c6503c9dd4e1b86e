"""Subscriptions of channels and of members: creating, changing, pausing, deleting.

A server's managers see and change only what belongs to their server: `guild_id` limits a call to it, None is the
operator at a terminal, who sees everything. `member_id` does the same for a member's own digests. A member's own digest
is a subscription without a server; its `channel_id` is 0 until delivery has opened the channel of direct messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import InputInvalid, NotFound
from bot.newsroom.models import Delivery, Digest, Slot, Subscription
from bot.newsroom.obstacles import Obstacle
from bot.newsroom.schedule import next_slot
from bot.newsroom.subscription_input import SubscriptionInput, parse_subscription, update_subscription
from bot.services.digests import DigestService
from bot.settings import DigestSettings
from bot.store import deliveries
from bot.store import subscriptions as table
from bot.store.database import Store, StoreConnection

__all__ = ["MAX_FOLLOWED", "UNDO_PERIOD", "SubscriptionService"]

UNDO_PERIOD = timedelta(days=1)
"""How long a deleted subscription can be brought back: until the next day, when its digest is missed."""

MAX_FOLLOWED = 10
"""Own digests that one member can have: enough for anyone, and a bound on what one person can make the bot send."""


class SubscriptionService:
    """Creates, changes and lists subscriptions."""

    def __init__(
        self, store: Store, digests: DigestService, settings: DigestSettings, clock: Callable[[], datetime]
    ) -> None:
        self._store, self._digests, self._settings, self._clock = store, digests, settings, clock

    async def create(self, given: SubscriptionInput) -> tuple[Subscription, Slot]:
        """Create a subscription; return it with its first slot.

        Raises InputInvalid, UnknownName, FilterInvalid.
        """
        checked = parse_subscription(given, self._clock())
        async with self._store.writing() as conn:
            await self._require_room(conn, checked)
            created = await table.add_subscription(conn, checked)
        return created, next_slot(created, created.after)

    async def copy(self, number: int, channel_id: int, *, guild_id: int | None = None) -> tuple[Subscription, Slot]:
        """Create the same subscription for another channel; raises as `create`, and NotFound.

        A copy mentions no role: whoever makes it may lack the right to.
        """
        now = self._clock()
        async with self._store.writing() as conn:
            original = _require_own(await table.find_subscription(conn, number), number, guild_id, None)
            twin = replace(
                original,
                id=0,
                channel_id=channel_id,
                created_at=now,
                after=now,
                paused_at=None,
                pause_reason=None,
                mention_role=None,
            )
            await self._require_room(conn, twin)
            created = await table.add_subscription(conn, twin)
        return created, next_slot(created, now)

    async def restore(
        self, numbers: Sequence[int], *, guild_id: int | None = None, member_id: int | None = None
    ) -> list[Subscription]:
        """Undo deletions within `UNDO_PERIOD`; return what is back, without those that exist.

        Raises InputInvalid if nothing is, and NotFound for another server's or member's.
        """
        now = self._clock()
        async with self._store.writing() as conn:
            restored = []
            for number in numbers:
                found = await table.restore_subscription(conn, number, now, now - UNDO_PERIOD)
                if found is not None:
                    restored.append(_require_own(found, number, guild_id, member_id))
        if not restored:
            raise InputInvalid("this can no longer be undone", "error-undo-expired")
        return restored

    async def _require_room(self, conn: StoreConnection, wanted: Subscription) -> None:
        """Raise InputInvalid if server or channel has as many subscriptions as allowed."""
        for most, key, scope in (
            (self._settings.per_server, "error-server-most", {"guild_id": wanted.guild_id}),
            (self._settings.per_channel, "error-channel-most", {"channel_id": wanted.channel_id}),
        ):
            if None in scope.values():
                continue
            if len(await table.list_subscriptions(conn, **scope)) >= most:
                raise InputInvalid(f"there are {most} subscriptions already, as many as are allowed", key, most=most)

    async def same_as(self, subscription: Subscription) -> list[Subscription]:
        """Return other subscriptions of the channel with the same stories at the same times."""
        async with self._store.reading() as conn:
            listed = await table.list_subscriptions(conn, channel_id=subscription.channel_id)
        return [
            each
            for each in listed
            if each.id != subscription.id and _what_and_when(each) == _what_and_when(subscription)
        ]

    async def follow(self, given: SubscriptionInput) -> tuple[Subscription, Slot]:
        """Create a member's own digest for `given.member_id`; it replaces one with the same filter.

        Raises InputInvalid, UnknownName, FilterInvalid.
        """
        if given.member_id is None:
            raise InputInvalid("this works only for members in Discord", "error-members-only")
        now = self._clock()
        checked = parse_subscription(replace(given, guild_id=None, channel_id=0, created_by=given.member_id), now)
        async with self._store.writing() as conn:
            existing = await table.list_subscriptions(conn, member_id=given.member_id)
            former = next((each for each in existing if each.filter == checked.filter), None)
            if former is not None:
                created = replace(checked, id=former.id, channel_id=former.channel_id, created_at=former.created_at)
                await table.update_subscription(conn, created)
            elif len(existing) >= MAX_FOLLOWED:
                raise InputInvalid(
                    f"you follow {MAX_FOLLOWED} already; /unfollow one first", "error-follow-most", most=MAX_FOLLOWED
                )
            else:
                created = await table.add_subscription(conn, checked)
        return created, next_slot(created, now)

    async def unfollow(self, member_id: int, number: int | None = None) -> list[Subscription]:
        """Delete one of a member's own digests, or all; return those deleted.

        Raises NotFound for another's.
        """
        async with self._store.writing() as conn:
            existing = await table.list_subscriptions(conn, member_id=member_id)
            deleted = [each for each in existing if number is None or each.id == number]
            if number is not None and not deleted:
                raise NotFound("subscription", number)
            for each in deleted:
                await table.remove_subscription(conn, each.id, self._clock())
        return deleted

    async def list_subscriptions(
        self, *, guild_id: int | None = None, channel_id: int | None = None, member_id: int | None = None
    ) -> list[tuple[Subscription, Slot | None]]:
        """Return subscriptions by id, each with its next slot, or None while it is paused."""
        async with self._store.reading() as conn:
            listed = await table.list_subscriptions(conn, guild_id=guild_id, channel_id=channel_id, member_id=member_id)
        return [(each, self._next(each)) for each in listed]

    async def get(
        self, number: int, *, guild_id: int | None = None, member_id: int | None = None
    ) -> tuple[Subscription, Slot | None]:
        """Return one subscription and its next slot. Raises NotFound, also for another server's."""
        async with self._store.reading() as conn:
            subscription = _require_own(await table.find_subscription(conn, number), number, guild_id, member_id)
        return subscription, self._next(subscription)

    async def delete(self, number: int, *, guild_id: int | None = None, member_id: int | None = None) -> Subscription:
        """Delete a subscription; return it as it was. Raises NotFound, also for another server's."""
        async with self._store.writing() as conn:
            subscription = _require_own(await table.find_subscription(conn, number), number, guild_id, member_id)
            await table.remove_subscription(conn, number, self._clock())
        return subscription

    async def edit(
        self,
        number: int,
        changes: Mapping[str, str | int | None],
        *,
        guild_id: int | None = None,
        member_id: int | None = None,
    ) -> tuple[Subscription, Slot | None]:
        """Change some settings of a subscription, named as `SubscriptionInput`'s fields.

        `country` and `topic` each replace that part of the filter, `filter` replaces all of it. Raises as `create`, and
        NotFound.
        """
        async with self._store.writing() as conn:
            subscription = _require_own(await table.find_subscription(conn, number), number, guild_id, member_id)
            changed = update_subscription(subscription, changes, self._clock())
            if changed.channel_id != subscription.channel_id:
                await self._require_room(conn, replace(changed, guild_id=None))
            await table.update_subscription(conn, changed)
        return changed, self._next(changed)

    async def pause(
        self,
        number: int,
        *,
        reason: Obstacle | None = None,
        guild_id: int | None = None,
        member_id: int | None = None,
    ) -> Subscription:
        """Pause a subscription: no digest becomes due until `resume`. Raises NotFound."""
        now = self._clock()
        async with self._store.writing() as conn:
            subscription = _require_own(await table.find_subscription(conn, number), number, guild_id, member_id)
            await table.pause_subscription(conn, number, now, reason)
        return replace(subscription, paused_at=now, pause_reason=reason)

    async def resume(
        self, number: int, *, guild_id: int | None = None, member_id: int | None = None
    ) -> tuple[Subscription, Slot]:
        """End a pause; slots count from now on. Return the next one, too. Raises NotFound."""
        now = self._clock()
        async with self._store.writing() as conn:
            subscription = _require_own(await table.find_subscription(conn, number), number, guild_id, member_id)
            await table.resume_subscription(conn, number, now)
        resumed = replace(subscription, paused_at=None, pause_reason=None, after=now)
        return resumed, next_slot(resumed, now)

    async def preview(
        self, number: int, *, guild_id: int | None = None, member_id: int | None = None
    ) -> tuple[Subscription, Digest | None]:
        """Return the digest that a subscription would get now; None if it would get nothing.

        Raises NotFound.
        """
        subscription, _slot = await self.get(number, guild_id=guild_id, member_id=member_id)
        return subscription, (await self._digests.for_slot(subscription, self._clock())).digest

    async def preview_draft(self, given: SubscriptionInput) -> tuple[Subscription, Digest | None]:
        """Return the digest that a subscription not yet created would get now. Raises as `create`."""
        checked = parse_subscription(given, self._clock())
        return checked, (await self._digests.for_slot(checked, self._clock())).digest

    async def history(
        self, number: int, *, limit: int = 20, guild_id: int | None = None, member_id: int | None = None
    ) -> tuple[Subscription, list[Delivery]]:
        """Return a subscription's last deliveries, newest slot first. Raises NotFound."""
        async with self._store.reading() as conn:
            subscription = _require_own(await table.find_subscription(conn, number), number, guild_id, member_id)
            return subscription, await deliveries.history(conn, number, limit)

    async def usual_timezone(self, *, guild_id: int | None = None, member_id: int | None = None) -> str:
        """Guess a member's time zone from their digests, the server's, or the settings."""
        async with self._store.reading() as conn:
            listed = await table.list_subscriptions(conn, member_id=member_id) if member_id is not None else []
            if not listed and guild_id is not None:
                listed = await table.list_subscriptions(conn, guild_id=guild_id)
        zones = Counter(each.timezone for each in listed)
        return zones.most_common(1)[0][0] if zones else self._settings.timezone

    def _next(self, subscription: Subscription) -> Slot | None:
        if subscription.paused_at is not None:
            return None
        return next_slot(subscription, max(self._clock(), subscription.after))


def _what_and_when(subscription: Subscription) -> tuple[object, ...]:
    """Return what makes two subscriptions of a channel the same to its readers."""
    return (
        subscription.guild_id,
        subscription.filter,
        frozenset(subscription.stories),
        subscription.timezone,
        frozenset(subscription.times),
        frozenset(subscription.days),
    )


def _require_own(
    subscription: Subscription | None, number: int, guild_id: int | None, member_id: int | None
) -> Subscription:
    if (
        subscription is None
        or (guild_id is not None and subscription.guild_id != guild_id)
        or (member_id is not None and subscription.member_id != member_id)
    ):
        raise NotFound("subscription", number)
    return subscription
