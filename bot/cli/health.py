"""Which things can be out of order, and what is to be done about each? The looking behind `gazette doctor`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from bot.errors import DeliveryError, GazetteError, StoreError
from bot.newsroom.models import DeliveryState
from bot.settings import Settings
from bot.store import deliveries, documents, story_rows, subscriptions
from bot.store.database import Store

__all__ = ["Finding", "examine"]

_MOST_REJECTED = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, and what to do about it."""

    what: str
    level: Literal["ok", "warning", "error"]
    says: str
    todo: str = ""


async def examine(loaded: Settings, *, live: bool = False, migrate: bool = False) -> AsyncIterator[Finding]:
    """Look at one thing after the other. A thing that is broken keeps no other from being looked at."""
    yield Finding("configuration", "ok", "every option can be used")
    yield await asyncio.to_thread(_seeds, loaded.intake.seeds, loaded.intake.feeds)
    try:
        async with Store.open(loaded.database_url, loaded.store.pool) as store:
            if migrate:
                await store.migrate()
            await store.check()
            yield Finding("database", "ok", f"{store.url} can be read and written, {await store.size():,} bytes")
            async for finding in _stored(store, loaded):
                yield finding
    except StoreError as error:
        yield Finding("database", "error", str(error), "see the README under For operators")
    token = loaded.discord.token.get_secret_value()
    if not token:
        yield Finding(
            "token",
            "warning",
            "DISCORD_TOKEN is not set: everything but Discord works",
            "make one under Bot > Reset Token at https://discord.com/developers/applications, then set DISCORD_TOKEN",
        )
    elif not live:
        yield Finding("token", "ok", "DISCORD_TOKEN is set; --live asks Discord whether it is right")
    else:
        async for finding in _discord(loaded, token):
            yield finding


def _seeds(folder: Path, feeds: tuple[str, ...]) -> Finding:
    shown = str(folder.resolve())
    if not folder.exists():
        todo = f"make it (mkdir {folder}) and drop files of news into it, or set GAZETTE_SEEDS to another"
        return Finding("seeds folder", "warning" if feeds else "error", f"there is no {shown}", todo)
    if not folder.is_dir():
        return Finding("seeds folder", "error", f"{shown} is no folder", "set GAZETTE_SEEDS to a folder")
    if not os.access(folder, os.R_OK | os.X_OK):
        return Finding("seeds folder", "error", f"{shown} can't be read", f"allow it: chmod u+rx {folder}")
    return Finding("seeds folder", "ok", shown)


async def _stored(store: Store, loaded: Settings) -> AsyncIterator[Finding]:
    async with store.reading() as conn:
        bad = await documents.list_rejected(conn)
        count = await story_rows.count_stories(conn)
        newest = await story_rows.latest_arrival(conn)
        orders = await subscriptions.list_subscriptions(conn)
        states = await deliveries.count_by_state(conn)
        oldest = await deliveries.oldest_due(conn, datetime.now(UTC))
    silence = timedelta(hours=loaded.intake.silence_hours)
    if not count:
        yield Finding("stories", "warning", "there are none yet", "run gazette ingest, or start the bot")
    elif newest is not None and silence and datetime.now(UTC) - newest > silence:
        todo = "see whether what fills the seeds folder still does"
        yield Finding("stories", "warning", f"{count}; nothing new since {newest:%Y-%m-%d %H:%M} UTC", todo)
    else:
        yield Finding("stories", "ok", f"{count}, the newest from {newest:%Y-%m-%d %H:%M} UTC")
    for line in bad[:_MOST_REJECTED]:
        yield Finding("rejected file", "warning", f"{line.path}: {line.rejection.message}", "mend or remove it")
    if len(bad) > _MOST_REJECTED:
        yield Finding("rejected files", "warning", f"{len(bad) - _MOST_REJECTED} more", "gazette ingest lists them all")
    paused = [order for order in orders if order.paused_at is not None]
    yield Finding("subscriptions", "ok", f"{len(orders) - len(paused)} in force, {len(paused)} paused")
    for order in paused:
        if order.pause_reason:
            yield Finding("paused", "warning", f"subscription {order.id}: {order.pause_reason}", "it resumes by itself")
    late = oldest is not None and datetime.now(UTC) - oldest > timedelta(minutes=5)
    failed = states[DeliveryState.FAILED]
    says = f"{states[DeliveryState.SENT]} sent, {failed} failed" + (f", the oldest due since {oldest}" if late else "")
    yield Finding("deliveries", "warning" if late else "ok", says, "is the bot running? gazette run" if late else "")


async def _discord(loaded: Settings, token: str) -> AsyncIterator[Finding]:
    from bot.cogs.rest_probe import invitation, open_probe

    try:
        async with open_probe(token, loaded.discord.api_base) as probe:
            me = await probe.identity()
            yield Finding("token", "ok", f"Discord knows the bot as {me.name} ({me.id})")
            count = await probe.guild_count()
            if count:
                yield Finding("servers", "ok", f"the bot is in {count}")
            else:
                yield Finding("servers", "warning", "the bot is in none", f"invite it: {invitation(me.id)}")
            async with Store.open(loaded.database_url, loaded.store.pool) as store, store.reading() as conn:
                orders = await subscriptions.list_subscriptions(conn, active=True)
            named = {order.channel_id for order in orders if order.sender_name or order.sender_avatar}
            for channel in sorted({order.channel_id for order in orders if order.channel_id}):
                try:
                    await probe.check_channel(channel)
                    if channel in named and not await probe.has_webhooks(channel):
                        says = f"digests for channel {channel} come from the bot, without the name that was ordered"
                        yield Finding("name", "warning", says, "give the bot the permission Manage Webhooks there")
                except DeliveryError as error:
                    yield Finding("channel", "error", str(error))
    except GazetteError as error:
        yield Finding("Discord", "error", str(error))
