"""What does a member get by direct message, and what don't they want to see?

A personal digest is a subscription without a server: `member_id` says whose, and `channel_id` is 0 until delivery has
opened the channel of direct messages. A mute holds for what is chosen for the member (/catchup, /trending, /digest, the
personal digest), not for what they ask for by name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from bot.errors import InputInvalid, NotFound
from bot.newsroom.filters.parser import Filter
from bot.newsroom.models import Slot, Subscription
from bot.newsroom.schedule import next_slot
from bot.services.base import Answering
from bot.services.subscription_input import Order, read_order
from bot.store import members
from bot.store import subscriptions as table

__all__ = ["MOST_FOLLOWED", "Following"]

MOST_FOLLOWED = 10
"""Personal digests of one member."""

_LONGEST_MUTE = 500


class Following(Answering):
    """Orders of members for themselves."""

    async def follow(self, order: Order) -> tuple[Subscription, Slot]:
        """Order a personal digest for `order.member_id`; for a filter that they follow already, in its place.

        Raises InputInvalid, UnknownName, FilterInvalid.
        """
        if order.member_id is None:
            raise InputInvalid("that works for members in Discord", "error-members-only")
        now = self._clock()
        wanted = read_order(replace(order, guild_id=None, channel_id=0, created_by=order.member_id), now)
        async with self._store.writing() as conn:
            mine = await table.list_subscriptions(conn, member_id=order.member_id)
            former = next((each for each in mine if each.filter == wanted.filter), None)
            if former is not None:
                made = replace(wanted, id=former.id, channel_id=former.channel_id, created_at=former.created_at)
                await table.update_subscription(conn, made)
            elif len(mine) >= MOST_FOLLOWED:
                raise InputInvalid(
                    f"you follow {MOST_FOLLOWED} already; /unfollow one first", "error-follow-most", most=MOST_FOLLOWED
                )
            else:
                made = await table.add_subscription(conn, wanted)
        return made, next_slot(made, now)

    async def follows(self, member_id: int) -> list[tuple[Subscription, Slot | None]]:
        """A member's personal digests with their next slots, by id."""
        now = self._clock()
        async with self._store.reading() as conn:
            mine = await table.list_subscriptions(conn, member_id=member_id)
        return [(each, None if each.paused_at is not None else next_slot(each, max(now, each.after))) for each in mine]

    async def unfollow(self, member_id: int, number: int | None = None) -> list[Subscription]:
        """End one of a member's personal digests, or all; those that ended. Raises NotFound for another's."""
        async with self._store.writing() as conn:
            mine = await table.list_subscriptions(conn, member_id=member_id)
            gone = [each for each in mine if number is None or each.id == number]
            if number is not None and not gone:
                raise NotFound("subscription", number)
            for each in gone:
                await table.remove_subscription(conn, each.id, self._clock())
        return gone

    async def usual_zone(self, *, guild_id: int | None = None, member_id: int | None = None) -> str:
        """The time zone that a member lives in, as far as orders tell: theirs, else most of the server's, else ours."""
        async with self._store.reading() as conn:
            orders = await table.list_subscriptions(conn, member_id=member_id) if member_id is not None else []
            if not orders and guild_id is not None:
                orders = await table.list_subscriptions(conn, guild_id=guild_id)
        known = Counter(each.timezone for each in orders)
        return known.most_common(1)[0][0] if known else self._settings.timezone

    async def mute(self, member_id: int, wanted: Filter, *, days: float | None = None) -> str:
        """Let a member see no more of what a filter accepts, for good or some days; its normal form.

        Raises InputInvalid for a filter that accepts everything or is too long.
        """
        text = str(wanted)
        if not text:
            raise InputInvalid("say what to mute: a topic, a country or a filter", "error-mute-everything")
        if len(text) > _LONGEST_MUTE:
            raise InputInvalid(f"a mute has at most {_LONGEST_MUTE} characters", "error-mute-long", most=_LONGEST_MUTE)
        now = self._clock()
        async with self._store.writing() as conn:
            await members.add_mute(conn, member_id, text, now, now + timedelta(days=days) if days else None)
        return text

    async def unmute(self, member_id: int, wanted: Filter | None = None) -> list[str]:
        """End one mute, or all; the normal forms of those that ended. Raises NotFound."""
        async with self._store.writing() as conn:
            mine = [mute.filter for mute in await members.list_mutes(conn, member_id, self._clock())]
            gone = [text for text in mine if wanted is None or text == str(wanted)]
            if wanted is not None and not gone:
                raise NotFound("mute", str(wanted))
            for text in gone:
                await members.remove_mute(conn, member_id, text)
        return gone

    async def mutes(self, member_id: int) -> list[members.Mute]:
        """What a member muted, by filter."""
        async with self._store.reading() as conn:
            return await members.list_mutes(conn, member_id, self._clock())

    async def forget(self, member_id: int) -> None:
        """Drop all that is kept about a member: digests and what was sent of them, mutes, when they last caught up.

        What they ordered for a server stays with the server, without their name.
        """
        async with self._store.writing() as conn:
            await table.forget_orders(conn, member_id, self._clock())
            await members.forget_member(conn, member_id)
