"""The checks of `gazette doctor`, one for each part of the installation."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import Newsroom, open_newsroom
from bot.cli.cluster_health import check_cluster
from bot.cli.finding import Finding
from bot.cli.process_health import check_processes, check_server
from bot.errors import DeliveryError, GazetteError, StoreDamaged, StoreError
from bot.newsroom.feed_addresses import feed_host
from bot.newsroom.models import DeliveryState, Subscription
from bot.newsroom.sources import Source
from bot.services.data import repair_database, sqlite_path
from bot.settings import BackupSettings, Settings
from bot.store.backup_folder import backup_folder
from bot.store.database import Store
from bot.store.salvage import find_damage
from summarizers.plugins import plugin_faults

__all__ = ["Finding", "advise_backup", "check_installation"]

_MAX_REJECTED = 20
"""Rejected files that are named; `gazette ingest` lists them all."""

_LATE_AFTER = timedelta(minutes=5)
"""How long a digest may be overdue before nobody seems to deliver: workers look for due slots every few seconds."""


_LATE_BACKUPS = 2
"""Intervals after which the newest backup is too old: one may fail."""


async def check_installation(
    settings: Settings, *, live: bool = False, migrate: bool = False, repair: bool = False
) -> AsyncIterator[Finding]:
    """Yield the findings of all checks; `live` asks Discord, too. A failed check stops no other.

    `repair` first replaces a damaged database by what can be read of it.
    """
    for fault in settings.feed_faults:
        yield Finding("configuration", "error", fault, "correct the address or remove it; the other feeds are read")
    if not settings.feed_faults:
        yield Finding("configuration", "ok", "all options are valid")
    for name, fault in plugin_faults().items():
        yield Finding("extension", "warning", f"{name} is left out: {fault}", "update or uninstall its package")
    yield await asyncio.to_thread(_check_seeds, settings.intake.seeds, settings.intake.feeds)
    if settings.intake.dask:
        yield await check_cluster(settings.intake.dask)
    subscriptions: list[Subscription] = []
    path = sqlite_path(settings.database_url)
    if path is not None and not path.exists() and not (migrate or repair):
        todo = "gazette doctor --migrate makes a new, empty one, as the bot does; if yours is elsewhere, correct DATABASE_URL"
        yield Finding("database", "error", f"there is none at {path}", todo)
    else:
        async for finding in _check_database(settings, subscriptions, migrate=migrate, repair=repair):
            yield finding
    token = settings.discord.token.get_secret_value()
    if not token:
        yield Finding(
            "token",
            "warning",
            "DISCORD_TOKEN is not set: everything but Discord works",
            "make one under Bot > Reset Token at https://discord.com/developers/applications, then set DISCORD_TOKEN",
        )
    elif not live:
        yield Finding("token", "ok", "DISCORD_TOKEN is set; --live asks Discord whether it is valid")
    else:
        async for finding in _check_discord(settings, token, subscriptions):
            yield finding


async def _check_database(
    settings: Settings, subscriptions: list[Subscription], *, migrate: bool, repair: bool
) -> AsyncIterator[Finding]:
    """Yield findings about the database and its contents.

    `subscriptions` gets those that it has.
    """
    if repair:
        yield await _repair(settings)
    else:
        async for finding in _check_file(settings):
            yield finding
    try:
        async with open_newsroom(settings, migrate=migrate) as newsroom:
            async for finding in check_server(newsroom):
                yield finding
            url = await newsroom.services.data.check()
            if newsroom.is_new:
                todo = "if yours is elsewhere, delete this one and correct DATABASE_URL"
                yield Finding("database", "warning", f"made a new, empty database at {url}", todo)
            size = (await newsroom.services.data.statistics()).bytes
            yield Finding("database", "ok", f"{url} can be read and written, {size:,} bytes")
            subscriptions += [each for each, _slot in await newsroom.services.subscriptions.list_subscriptions()]
            async for finding in _check_stored(newsroom, subscriptions):
                yield finding
            async for finding in check_processes(newsroom):
                yield finding
            yield await asyncio.to_thread(_check_backups, settings.backup, newsroom.store)
    except StoreError as error:
        postgres = sqlite_path(settings.database_url) is None
        todo = "see docs/postgresql.md" if postgres else "see the README under Running it for real"
        yield Finding(
            "database", "error", str(error), advise_backup(settings) if isinstance(error, StoreDamaged) else todo
        )


def advise_backup(settings: Settings) -> str:
    """Return how to bring the last automatic backup back, or that there is none."""
    folder = backup_folder(settings.backup.folder, sqlite_path(settings.database_url))
    newest = folder.newest() if folder is not None else None
    if newest is None:
        return "there is no automatic backup"
    return f"the last backup is of {newest.made_at:%Y-%m-%d %H:%M} UTC: gazette restore {newest.path} --replace"


async def _check_file(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what is wrong with a SQLite file that can be opened, if anything is."""
    path = sqlite_path(settings.database_url)
    damage = await asyncio.to_thread(find_damage, path) if path is not None else None
    if damage is not None:
        todo = f"stop the bot and run gazette doctor --repair; {advise_backup(settings)}"
        yield Finding("database file", "error", f"{path} is damaged: {damage}", todo)


async def _repair(settings: Settings) -> Finding:
    try:
        done = await repair_database(settings.database_url, lambda: datetime.now(UTC))
    except StoreError as error:
        todo = f"restore a backup (gazette restore FILE --replace); {advise_backup(settings)}"
        return Finding("repair", "error", str(error), todo)
    if done.salvaged is None:
        return Finding("repair", "ok", "the database is whole; its index of words was built anew")
    saved = done.salvaged
    says = f"{done.damage}; {saved.rows:,} rows with {saved.stories:,} stories were saved, {saved.lost:,} left out"
    todo = f"the damaged file is kept as {saved.kept}; {advise_backup(settings)}"
    return Finding("repair", "warning", says, todo)


def _check_seeds(folder: Path, feeds: Sequence[str]) -> Finding:
    shown = str(folder.resolve())
    if not folder.exists():
        todo = f"create it (mkdir {folder}) and put news files into it, or set GAZETTE_SEEDS to another folder"
        return Finding("seeds folder", "warning" if feeds else "error", f"{shown} does not exist", todo)
    if not folder.is_dir():
        return Finding("seeds folder", "error", f"{shown} is not a folder", "set GAZETTE_SEEDS to a folder")
    if not os.access(folder, os.R_OK | os.X_OK):
        return Finding("seeds folder", "error", f"{shown} can't be read", f"allow it: chmod u+rx {folder}")
    return Finding("seeds folder", "ok", shown)


async def _check_stored(newsroom: Newsroom, subscriptions: Sequence[Subscription]) -> AsyncIterator[Finding]:
    data = newsroom.services.data
    statistics = await data.statistics()
    yield _check_stories(statistics.stories, statistics.newest, timedelta(hours=newsroom.settings.intake.silence_hours))
    rejected = await data.rejected_files()
    feeds = await newsroom.services.sources.list_sources()
    failing = {each.path for each in feeds if each.health.failures}
    rejected = [file for file in rejected if file.path not in failing]
    by_path = {each.path: each for each in feeds}
    for file in rejected[:_MAX_REJECTED]:
        message = file.rejection.message if file.rejection is not None else ""
        host, feed = feed_host(file.path), by_path.get(file.path.partition("#")[0])
        if host is None:
            yield Finding("rejected file", "warning", f"{file.path}: {message}", "fix or remove it")
        else:
            shown = f"an entry of {feed.label}" if feed is not None else f"feed of {host}"
            yield Finding("feed", "warning", f"{shown} {message}", "see gazette sources list")
    for finding in _check_feeds(feeds):
        yield finding
    if len(rejected) > _MAX_REJECTED:
        count = len(rejected) - _MAX_REJECTED
        yield Finding("rejected files", "warning", f"{count} more", "gazette ingest lists them all")
    missing, missing_since = await data.missing_files()
    if missing_since is not None:
        until = missing_since + timedelta(hours=newsroom.settings.intake.hold_hours)
        says = (
            f"{missing} vanished or became unreadable at once; their stories are kept until {until:%Y-%m-%d %H:%M} UTC"
        )
        todo = "mount the disk again, or confirm with gazette ingest --yes that you removed them"
        yield Finding("missing files", "warning", says, todo)
    paused = [each for each in subscriptions if each.paused_at is not None]
    yield Finding("subscriptions", "ok", f"{len(subscriptions) - len(paused)} active, {len(paused)} paused")
    for each in paused:
        if each.pause_reason:
            yield Finding(
                "paused", "warning", f"subscription {each.id}: {each.pause_reason}", "it resumes once that is fixed"
            )
    oldest = await data.oldest_due()
    late = oldest is not None and datetime.now(UTC) - oldest > _LATE_AFTER
    states = statistics.deliveries
    says = f"{states[DeliveryState.SENT]} sent, {states[DeliveryState.FAILED]} failed"
    if late:
        yield Finding("deliveries", "warning", f"{says}, due since {oldest}", "is the bot running? gazette run")
    else:
        yield Finding("deliveries", "ok", says)


def _check_feeds(feeds: Sequence[Source]) -> Iterator[Finding]:
    """Yield what is wrong with feeds, and how many are read."""
    for feed in feeds:
        if feed.paused_at is None and feed.health.error is not None and feed.health.failed_since is not None:
            says = f"source {feed.id}, {feed.label}, {feed.health.error.message} (since {feed.health.failed_since:%Y-%m-%d %H:%M} UTC)"
            where = "in intake.feeds" if feed.configured else f"with gazette sources remove {feed.id}"
            yield Finding(
                "feed", "warning", says, f"try gazette sources test {feed.id}; remove it {where}, or pause it"
            )
    if feeds:
        counts = Counter(feed.status for feed in feeds)
        yield Finding("feeds", "ok", ", ".join(f"{counts[status]} {status.value}" for status in counts))


def _check_backups(settings: BackupSettings, store: Store) -> Finding:
    folder = backup_folder(settings.folder, store)
    if folder is None or not settings.every_hours:
        return Finding("backup", "ok", "automatic backups are off; gazette backup makes one")
    newest = folder.newest()
    if newest is None:
        return Finding("backup", "ok", f"none yet in {folder.path}; the running bot makes them")
    says = f"the last one was made at {newest.made_at:%Y-%m-%d %H:%M} UTC: {newest.path}"
    if datetime.now(UTC) - newest.made_at > timedelta(hours=_LATE_BACKUPS * settings.every_hours):
        return Finding("backup", "warning", says, "is the bot running, and is there room on the disk? See its log")
    return Finding("backup", "ok", says)


def _check_stories(count: int, newest: datetime | None, silence: timedelta) -> Finding:
    """Check that stories still arrive; `silence` is how long none may, 0 for ever."""
    if not count or newest is None:
        return Finding("stories", "warning", "there are none yet", "run gazette ingest, or start the bot")
    when = f"{newest:%Y-%m-%d %H:%M} UTC"
    if silence and datetime.now(UTC) - newest > silence:
        todo = "check what fills the seeds folder"
        return Finding("stories", "warning", f"{count}; nothing new since {when}", todo)
    return Finding("stories", "ok", f"{count}, the newest from {when}")


async def _check_discord(
    settings: Settings, token: str, subscriptions: Sequence[Subscription]
) -> AsyncIterator[Finding]:
    from bot.cogs.rest_probe import invitation, open_probe

    active = [each for each in subscriptions if each.paused_at is None]
    named = {each.channel_id for each in active if each.sender_name or each.sender_avatar}
    try:
        async with open_probe(token, settings.discord.api_base) as probe:
            me = await probe.identity()
            yield Finding("token", "ok", f"Discord knows the bot as {me.name} ({me.id})")
            count = await probe.guild_count()
            if count:
                yield Finding("servers", "ok", f"the bot is in {count}")
            else:
                yield Finding("servers", "warning", "the bot is in none", f"invite it: {invitation(me.id)}")
            for channel in sorted({each.channel_id for each in active if each.channel_id}):
                try:
                    await probe.check_channel(channel)
                    if channel in named and not await probe.has_webhooks(channel):
                        says = f"digests for channel {channel} are posted under the bot's own name"
                        yield Finding("name", "warning", says, "give the bot the permission Manage Webhooks there")
                except DeliveryError as error:
                    yield Finding("channel", "error", str(error))
    except GazetteError as error:
        yield Finding("Discord", "error", str(error))
