"""The channel monitor: pauses subscriptions whose channel the bot can't post in.

When a channel is deleted, a permission is taken away or the bot is removed, the subscriptions there are paused with the
reason, and resumed when the cause is gone. Their creator is notified once of each, in one message for all that have the
same cause: by direct message, else in the server's system channel. Subscriptions that delivery paused are treated the same way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

import discord
import structlog
from discord.ext import commands as ext

from bot.cogs.interactions import RenderedView
from bot.cogs.permissions import missing_permissions
from bot.errors import GazetteError, NotFound
from bot.i18n import words
from bot.newsroom.models import Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.rendering.discord import draw
from bot.rendering.layout import Block, Page, Span, bold, paragraph
from bot.rendering.pages.parts import reason_words
from bot.services import Services

__all__ = ["SETTLE_SECONDS", "ChannelMonitor"]

log = structlog.get_logger()

SETTLE_SECONDS = 2.0
"""How long to wait for more changes before a server is checked: editing a role sends a burst of events."""

_INTERVAL_SECONDS = 120.0
"""Seconds between checks of subscriptions that delivery paused: soon enough for a creator who waits for the notice."""

_CONCURRENT_CHECKS = 2
"""Servers that are checked at once, so that a restart leaves requests for members' questions."""

_MOST_NAMED = 15
"""Subscriptions that one notice names: more don't fit in a message."""

_CHANNEL_GONE = Obstacle(DeliveryReason.CHANNEL_GONE)
_OWN_REASONS = frozenset({DeliveryReason.CHANNEL_GONE, DeliveryReason.PERMISSION_MISSING})


class ChannelMonitor(ext.Cog):
    """Listens to the gateway and checks servers whose channels, roles or permissions changed."""

    def __init__(
        self,
        client: ext.AutoShardedBot,
        services: Services,
        *,
        settle_seconds: float = SETTLE_SECONDS,
        interval_seconds: float = _INTERVAL_SECONDS,
    ) -> None:
        self._client, self._services = client, services
        self._settle_seconds, self._interval_seconds = settle_seconds, interval_seconds
        self._scheduled: dict[int, asyncio.Task[None]] = {}
        self._changed_again: set[int] = set()
        self._rounds: asyncio.Task[None] | None = None
        self._checking, self._deciding = asyncio.Semaphore(_CONCURRENT_CHECKS), asyncio.Lock()

    async def cog_load(self) -> None:
        """Start the regular checks."""
        self._rounds = asyncio.create_task(self._check_regularly(), name="channel-monitor")

    async def cog_unload(self) -> None:
        """Cancel all checks."""
        tasks = [*self._scheduled.values(), *([self._rounds] if self._rounds else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # Events of the gateway

    @ext.Cog.listener()
    async def on_ready(self) -> None:
        """Check all servers: much may have changed while the bot was away."""
        guild_ids = {guild.id for guild in self._client.guilds}
        gone: dict[int, list[Subscription]] = {}
        for subscription in await self._subscriptions():  # one query for all servers: there may be thousands
            if subscription.guild_id is None:
                continue
            if subscription.guild_id in guild_ids:
                self._schedule_check(subscription.guild_id)
            elif self._is_ours(subscription.guild_id):
                gone.setdefault(subscription.guild_id, []).append(subscription)
        for subscriptions in gone.values():
            await self._pause_all(subscriptions, _CHANNEL_GONE, None)

    @ext.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Check a server that invited the bot, perhaps again."""
        self._schedule_check(guild.id)

    @ext.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Check a server after an outage.

        At the start all servers arrive so, and `on_ready` checks them.
        """
        if self._client.is_ready():
            self._schedule_check(guild.id)

    @ext.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pause the subscriptions of a server that removed the bot; an outage is another event."""
        await self._pause_all(await self._subscriptions(guild.id), _CHANNEL_GONE, None)

    @ext.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pause the subscriptions of a deleted channel."""
        listed = await self._subscriptions(channel.guild.id)
        there = [subscription for subscription in listed if subscription.channel_id == channel.id]
        await self._pause_all(there, _CHANNEL_GONE, channel.guild)

    @ext.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Pause the subscriptions of a deleted thread."""
        listed = await self._subscriptions(payload.guild_id)
        there = [subscription for subscription in listed if subscription.channel_id == payload.thread_id]
        await self._pause_all(there, _CHANNEL_GONE, self._client.get_guild(payload.guild_id))

    @ext.Cog.listener()
    async def on_guild_channel_update(self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Check the server of a channel whose permissions may have changed."""
        self._schedule_check(after.guild.id)

    @ext.Cog.listener()
    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """Check the server of a role whose permissions may have changed."""
        self._schedule_check(after.guild.id)

    @ext.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Check the server of a deleted role."""
        self._schedule_check(role.guild.id)

    @ext.Cog.listener()
    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """Check the server if the bot got or lost a role."""
        if self._client.user is not None and after.id == self._client.user.id:
            self._schedule_check(after.guild.id)

    # Checks

    def _schedule_check(self, guild_id: int) -> None:
        """Check a server soon, once for everything that changes until then."""
        if guild_id in self._scheduled:
            self._changed_again.add(guild_id)
            return
        self._scheduled[guild_id] = asyncio.create_task(self._check_soon(guild_id), name=f"check-guild-{guild_id}")

    async def _check_soon(self, guild_id: int) -> None:
        try:
            await asyncio.sleep(self._settle_seconds)
            self._changed_again.discard(guild_id)
            async with self._checking:
                guild = self._client.get_guild(guild_id)
                if guild is not None and not guild.unavailable:
                    await self._check(guild, await self._subscriptions(guild_id))
        except (GazetteError, discord.HTTPException) as error:
            log.warning("channel_monitor.failed", guild=guild_id, error=str(error))
        finally:
            self._scheduled.pop(guild_id, None)
        if guild_id in self._changed_again:
            self._schedule_check(guild_id)

    async def _check_regularly(self) -> None:
        while True:
            await asyncio.sleep(self._interval_seconds)
            try:
                paused: dict[int, list[Subscription]] = {}
                for subscription in await self._subscriptions():
                    if subscription.guild_id is not None and _paused_by_program(subscription):
                        paused.setdefault(subscription.guild_id, []).append(subscription)
                for guild_id, subscriptions in paused.items():
                    guild = self._client.get_guild(guild_id)
                    if guild is not None and not guild.unavailable:
                        await self._check(guild, subscriptions)
            except (GazetteError, discord.HTTPException) as error:
                log.warning("channel_monitor.failed", error=str(error))

    async def _check(self, guild: discord.Guild, subscriptions: Iterable[Subscription]) -> None:
        changed: list[tuple[Subscription, Obstacle | None]] = []
        for subscription in subscriptions:
            if subscription.paused_at is not None and not _paused_by_program(subscription):
                continue  # only a manager ends a manager's pause
            problem = await self._problem(guild, subscription.channel_id)
            if problem is not None:
                if await self._pause(subscription, problem):
                    changed.append((subscription, problem))
            elif subscription.paused_at is not None and await self._resume(subscription):
                changed.append((subscription, None))
        await self._notify_all(changed, guild)

    async def _problem(self, guild: discord.Guild, channel_id: int) -> Obstacle | None:
        """Return why nothing can be posted in a channel; None if it can."""
        channel: Any = guild.get_channel_or_thread(channel_id)
        if channel is None:  # deleted, hidden, or an old thread that isn't cached
            try:
                channel = await guild.fetch_channel(channel_id)
            except discord.NotFound:
                return _CHANNEL_GONE
            except discord.Forbidden:
                return _missing("View Channel")
            except discord.InvalidData:
                return _CHANNEL_GONE
        # Without its history a channel can still be posted in.
        missing = [name for name in missing_permissions(channel, guild.me) if name != "Read Message History"]
        return _missing(missing[0]) if missing else None

    async def _subscriptions(self, guild_id: int | None = None) -> list[Subscription]:
        listed = await self._services.subscriptions.list_subscriptions(guild_id=guild_id)
        return [subscription for subscription, _slot in listed]

    def _is_ours(self, guild_id: int) -> bool:
        """Return whether a shard of this process would know the server."""
        count = self._client.shard_count or 1
        return (guild_id >> 22) % count in self._client.shards

    # Pausing, resuming, notifying

    async def _pause_all(
        self, subscriptions: Iterable[Subscription], reason: Obstacle, guild: discord.Guild | None
    ) -> None:
        paused = [each for each in subscriptions if await self._pause(each, reason)]
        await self._notify_all([(each, reason) for each in paused], guild)

    async def _pause(self, listed: Subscription, reason: Obstacle) -> bool:
        """Pause a subscription; return whether its creator is to be notified."""
        async with self._deciding:
            subscription = await self._reload(listed)
            if subscription is None or (subscription.paused_at is not None and not _paused_by_program(subscription)):
                return False
            if subscription.paused_at is None:
                await self._services.subscriptions.pause(subscription.id, reason=reason)
                log.info("subscription.paused", subscription=subscription.id, reason=str(reason))
            return not await self._was_notified(subscription, reason.reason)

    async def _resume(self, listed: Subscription) -> bool:
        """Resume a subscription; return whether its creator is to be notified."""
        async with self._deciding:
            subscription = await self._reload(listed)
            if subscription is None or not _paused_by_program(subscription):
                return False
            await self._services.subscriptions.resume(subscription.id)
            log.info("subscription.resumed", subscription=subscription.id)
            notified = await self._services.key_values.get(_notified_key(subscription))
            first = await self._services.key_values.change(_notified_key(subscription), "")
        return bool(notified) and first

    async def _reload(self, listed: Subscription) -> Subscription | None:
        """Return the subscription as it is stored now; None if it was deleted."""
        try:
            subscription, _slot = await self._services.subscriptions.get(listed.id)
        except NotFound:
            return None
        return subscription

    async def _was_notified(self, subscription: Subscription, reason: DeliveryReason) -> bool:
        """Return whether the creator was already notified of this pause; record that they are now.

        Another process with the same shards may ask at the same moment; one of the two notifies.
        """
        return not await self._services.key_values.change(_notified_key(subscription), reason.value)

    async def _notify_all(
        self, changed: Iterable[tuple[Subscription, Obstacle | None]], guild: discord.Guild | None
    ) -> None:
        """Send each creator one notice for each cause of a pause; None is its end."""
        groups: dict[tuple[int | None, str | None], list[Subscription]] = {}
        causes: dict[str | None, Obstacle | None] = {}
        for subscription, reason in changed:
            cause = str(reason) if reason is not None else None
            causes[cause] = reason
            groups.setdefault((subscription.created_by, cause), []).append(subscription)
        for (creator, cause), subscriptions in groups.items():
            await self._notify(creator, subscriptions, guild, causes[cause])

    async def _notify(
        self,
        creator: int | None,
        subscriptions: Sequence[Subscription],
        guild: discord.Guild | None,
        reason: Obstacle | None,
    ) -> None:
        """Send a notice of a pause, or of its end if `reason` is None."""
        numbers = [subscription.id for subscription in subscriptions]
        (payload,) = draw(_notice(subscriptions, guild, reason), most=1)
        if creator is not None:
            try:
                direct = await self._client.create_dm(discord.Object(creator))
                await direct.send(view=RenderedView(payload["components"]))
                return
            except discord.HTTPException as error:
                log.info("notice.refused", subscriptions=numbers, code=error.code)
        channel = guild.system_channel if guild is not None else None
        if channel is None or guild is None or not channel.permissions_for(guild.me).send_messages:
            log.warning("notice.no_channel", subscriptions=numbers)
            return
        try:
            await channel.send(view=RenderedView(payload["components"]))
        except discord.HTTPException as error:
            log.warning("notice.failed", subscriptions=numbers, code=error.code)


def _paused_by_program(subscription: Subscription) -> bool:
    """Return whether the program paused it, so that it may also resume it."""
    reason = subscription.pause_reason
    return subscription.paused_at is not None and reason is not None and reason.reason in _OWN_REASONS


def _notified_key(subscription: Subscription) -> str:
    return f"told:{subscription.id}"  # databases have it under this name


def _missing(permission: str) -> Obstacle:
    return Obstacle(DeliveryReason.PERMISSION_MISSING, {"permission": permission})


def _notice(subscriptions: Sequence[Subscription], guild: discord.Guild | None, reason: Obstacle | None) -> Page:
    """Return a notice with a line for each subscription, and what to do."""
    catalogue = words(subscriptions[0].language)
    blocks: list[Block] = [paragraph(bold(guild.name))] if guild is not None else []
    for subscription in subscriptions[:_MOST_NAMED]:
        channel = guild.get_channel_or_thread(subscription.channel_id) if guild is not None else None
        mention = f"<#{subscription.channel_id}>"
        facts = {"id": str(subscription.id), "channel": f"#{channel.name}" if channel is not None else mention}
        if reason is None:
            text = catalogue.plain("notice-resumed", **facts)
        elif reason.reason is DeliveryReason.CHANNEL_GONE:
            text = catalogue.plain("notice-paused-channel-gone", id=facts["id"])
        else:
            text = catalogue.plain("notice-paused", reason=reason_words(reason, catalogue), **facts)
        before, mentioned, after = text.partition(mention)  # Discord shows a mention as the channel's name
        blocks.append(paragraph(before, Span(mentioned, trusted=True), after))
    if len(subscriptions) > _MOST_NAMED:
        blocks.append(paragraph(catalogue("count-more", count=len(subscriptions) - _MOST_NAMED), size="small"))
    if reason is not None:
        gone = reason.reason is DeliveryReason.CHANNEL_GONE
        blocks.append(paragraph(catalogue("notice-channel-gone" if gone else "notice-resumes-itself"), size="small"))
    return Page(tuple(blocks), locale=catalogue.locale)
