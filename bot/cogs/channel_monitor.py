"""Can the bot still post where it shall, and who is told when it can't?

When a channel is deleted, a right is taken away or the bot is removed, the subscriptions there rest, with the reason;
they go on by themselves when the cause is gone. Who ordered one hears of each once: by direct message, else in the
server's system channel. What delivery found out the hard way is told the same way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import discord
import structlog
from discord.ext import commands as ext

from bot.cogs.client import Client
from bot.cogs.interactions import Drawn
from bot.cogs.permissions import lacking
from bot.errors import GazetteError, NotFound
from bot.i18n import words
from bot.newsroom.lateness import Reason
from bot.newsroom.models import Subscription
from bot.rendering.discord import draw
from bot.rendering.layout import Page, Span, paragraph
from bot.rendering.pages.words import reason_words
from bot.services import Services

__all__ = ["Lookout"]

log = structlog.get_logger()

_OWN_REASONS = (Reason.CHANNEL_GONE, Reason.PERMISSION_MISSING)
_UNKNOWN_CHANNEL = 10003


class Lookout(ext.Cog):
    """Listens to the gateway. Changes come in swarms: a server is looked at `settle` seconds after the first.

    Every `interval` seconds it looks after subscriptions that delivery has let rest meanwhile.
    """

    def __init__(self, client: Client, services: Services, *, settle: float = 2.0, interval: float = 120.0) -> None:
        self._client, self._services, self._settle, self._interval = client, services, settle, interval
        self._looks: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._rounds: asyncio.Task[None] | None = None
        self._looking, self._deciding = asyncio.Semaphore(2), asyncio.Lock()

    async def cog_load(self) -> None:
        """Begin the rounds."""
        self._rounds = asyncio.create_task(self._go_round(), name="lookout")

    async def cog_unload(self) -> None:
        """End what is under way."""
        tasks = [*self._looks.values(), *([self._rounds] if self._rounds else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # What the gateway tells

    @ext.Cog.listener()
    async def on_ready(self) -> None:
        """Much may have changed while the bot was away."""
        here = {guild.id for guild in self._client.guilds}
        for each in await self._all():  # one question for all servers: there may be thousands
            if each.guild_id is None:
                continue
            if each.guild_id in here:
                self._look_at(each.guild_id)
            elif self._ours(each.guild_id):
                await self._rest(each, str(Reason.CHANNEL_GONE), None)

    @ext.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited, or invited again."""
        self._look_at(guild.id)

    @ext.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Back after an outage; at the start all servers come so, and are looked at when the bot is ready."""
        if self._client.is_ready():
            self._look_at(guild.id)

    @ext.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed from a server; an outage is something else."""
        for each in await self._all(guild.id):
            await self._rest(each, str(Reason.CHANNEL_GONE), None)

    @ext.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone."""
        for each in await self._all(channel.guild.id):
            if each.channel_id == channel.id:
                await self._rest(each, str(Reason.CHANNEL_GONE), channel.guild)

    @ext.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone."""
        for each in await self._all(payload.guild_id):
            if each.channel_id == payload.thread_id:
                await self._rest(each, str(Reason.CHANNEL_GONE), self._client.get_guild(payload.guild_id))

    @ext.Cog.listener()
    async def on_guild_channel_update(self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Its permissions may have changed."""
        self._look_at(after.guild.id)

    @ext.Cog.listener()
    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """So may a role's."""
        self._look_at(after.guild.id)

    @ext.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Or it went."""
        self._look_at(role.guild.id)

    @ext.Cog.listener()
    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """The bot got or lost a role."""
        if self._client.user is not None and after.id == self._client.user.id:
            self._look_at(after.guild.id)

    # Looking

    def _look_at(self, guild_id: int) -> None:
        """Look at a server soon; once for all that happens until then."""
        if guild_id in self._looks:
            self._again.add(guild_id)
            return
        task = asyncio.create_task(self._look(guild_id), name=f"look-at-{guild_id}")
        self._looks[guild_id] = task

    async def _look(self, guild_id: int) -> None:
        try:
            await asyncio.sleep(self._settle)
            self._again.discard(guild_id)
            async with self._looking:
                guild = self._client.get_guild(guild_id)
                if guild is not None and not guild.unavailable:
                    await self._check(guild, await self._all(guild_id))
        except (GazetteError, discord.HTTPException) as error:
            log.warning("lookout.failed", guild=guild_id, error=str(error))
        finally:
            self._looks.pop(guild_id, None)
        if guild_id in self._again:
            self._look_at(guild_id)

    async def _go_round(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            try:
                for each in await self._all():
                    if each.guild_id is not None and _rests_by_itself(each):
                        guild = self._client.get_guild(each.guild_id)
                        if guild is not None and not guild.unavailable:
                            await self._check(guild, [each])
            except (GazetteError, discord.HTTPException) as error:
                log.warning("lookout.failed", error=str(error))

    async def _check(self, guild: discord.Guild, ordered: Iterable[Subscription]) -> None:
        for each in ordered:
            if each.paused_at is not None and not _rests_by_itself(each):
                continue  # a manager's pause is a manager's business
            problem = await self._problem(guild, each.channel_id)
            if problem is not None:
                await self._rest(each, problem, guild)
            elif each.paused_at is not None:
                await self._go_on(each, guild)

    async def _problem(self, guild: discord.Guild, channel_id: int) -> str | None:
        """Why nothing can be posted there; None when it can."""
        channel: Any = guild.get_channel_or_thread(channel_id)
        if channel is None:  # gone, hidden, or an old thread that isn't kept in memory
            try:
                channel = await guild.fetch_channel(channel_id)
            except discord.NotFound:
                return str(Reason.CHANNEL_GONE)
            except discord.Forbidden:
                return f"{Reason.PERMISSION_MISSING}: View Channel"
            except discord.InvalidData:
                return str(Reason.CHANNEL_GONE)
        missing = lacking(channel, guild.me)
        hard = [name for name in missing if name != "Read Message History"]
        return f"{Reason.PERMISSION_MISSING}: {hard[0]}" if hard else None

    async def _all(self, guild_id: int | None = None) -> list[Subscription]:
        return [each for each, _ in await self._services.subscriptions.list_subscriptions(guild_id=guild_id)]

    def _ours(self, guild_id: int) -> bool:
        """Would a shard of this process know the server?"""
        count = self._client.shard_count or 1
        return (guild_id >> 22) % count in self._client.shards

    # Resting, going on, telling

    async def _rest(self, seen: Subscription, reason: str, guild: discord.Guild | None) -> None:
        async with self._deciding:
            subscription = await self._now(seen)
            if subscription is None or (subscription.paused_at is not None and not _rests_by_itself(subscription)):
                return
            if subscription.paused_at is None:
                await self._services.subscriptions.pause(subscription.id, reason=reason)
                log.info("subscription.rests", subscription=subscription.id, reason=reason)
            if await self._said_before(subscription, reason):
                return
        await self._tell(subscription, guild, reason)

    async def _go_on(self, seen: Subscription, guild: discord.Guild) -> None:
        async with self._deciding:
            subscription = await self._now(seen)
            if subscription is None or not _rests_by_itself(subscription):
                return
            await self._services.subscriptions.resume(subscription.id)
            log.info("subscription.goes_on", subscription=subscription.id)
            told = await self._services.key_values.get(_told(subscription))
            await self._services.key_values.set(_told(subscription), "")
        if told:
            await self._tell(subscription, guild, None)

    async def _now(self, seen: Subscription) -> Subscription | None:
        """The subscription as it is by now; None when it has ended."""
        try:
            found, _ = await self._services.subscriptions.get(seen.id)
        except NotFound:
            return None
        return found

    async def _said_before(self, subscription: Subscription, reason: str) -> bool:
        """Was the maker told of this rest? From now on they were."""
        kind = reason.partition(":")[0]
        if await self._services.key_values.get(_told(subscription)) == kind:
            return True
        await self._services.key_values.set(_told(subscription), kind)
        return False

    async def _tell(self, subscription: Subscription, guild: discord.Guild | None, reason: str | None) -> None:
        (payload,) = draw(_notice(subscription, guild, reason), most=1)
        if subscription.created_by is not None:
            try:
                direct = await self._client.create_dm(discord.Object(subscription.created_by))
                await direct.send(view=Drawn(payload["components"]))
                return
            except discord.HTTPException as error:
                log.info("notice.not_taken", subscription=subscription.id, code=error.code)
        channel = guild.system_channel if guild is not None else None
        if channel is None or guild is None or not channel.permissions_for(guild.me).send_messages:
            log.warning("notice.nowhere", subscription=subscription.id)
            return
        try:
            await channel.send(view=Drawn(payload["components"]))
        except discord.HTTPException as error:
            log.warning("notice.failed", subscription=subscription.id, code=error.code)


def _rests_by_itself(subscription: Subscription) -> bool:
    """Did the program let it rest, so that it may go on by itself?"""
    return subscription.paused_at is not None and (subscription.pause_reason or "").startswith(_OWN_REASONS)


def _told(subscription: Subscription) -> str:
    return f"told:{subscription.id}"


def _notice(subscription: Subscription, guild: discord.Guild | None, reason: str | None) -> Page:
    say = words(subscription.language)
    where = f"<#{subscription.channel_id}>"
    channel = guild.get_channel_or_thread(subscription.channel_id) if guild is not None else None
    shown = f"#{channel.name}" if channel is not None else where
    number = str(subscription.id)
    if reason is None:
        return Page((paragraph(Span(say("notice-resumed", id=number, channel=shown))),), locale=say.locale)
    if reason.startswith(Reason.CHANNEL_GONE):
        told = (say("notice-paused-channel-gone", id=number), say("notice-channel-gone"))
    else:
        paused = say("notice-paused", id=number, channel=shown, reason=reason_words(reason, say))
        told = (paused, say("notice-resumes-itself"))
    return Page((paragraph(told[0]), paragraph(told[1], size="small")), locale=say.locale)
