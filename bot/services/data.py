"""Looking after the stored data: statistics, checks, backups, pruning."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.errors import StoreDamaged
from bot.newsroom.audience import OPERATOR, PUBLIC, Audience
from bot.newsroom.models import DeliveryState, DocumentLine, DocumentStatus
from bot.newsroom.sources import SourceStatus
from bot.store import (
    backup,
    deliveries,
    documents,
    events,
    labels,
    leases,
    moved,
    retention,
    salvage,
    schema_version,
    sources,
    stories,
    story_rows,
    subscriptions,
)
from bot.store.audiences import owning_guilds
from bot.store.backup import Backup
from bot.store.database import Store
from bot.store.moved import RestoredCopy
from bot.store.retention import Pruned

__all__ = [
    "Backup",
    "DataService",
    "Pruned",
    "Repair",
    "Restored",
    "Statistics",
    "repair_database",
    "restore_backup",
    "sqlite_path",
]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers of what is stored. `database` is its address without a password, `bytes` its size."""

    database: str
    bytes: int
    stories: int
    events: int
    newest: datetime | None
    documents: Mapping[DocumentStatus, int]
    languages: Mapping[str, int]
    countries: Mapping[str, int]
    topics: Mapping[str, int]
    feeds: Mapping[SourceStatus, int]
    subscriptions: int
    deliveries: Mapping[DeliveryState, int]


class DataService:
    """Counts, checks, copies and prunes what is stored."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def check(self) -> str:
        """Check that the database can be read and written; return its address. Raises StoreError."""
        await self._store.check()
        return self._store.url

    async def label_schema(self, version: str) -> None:
        """Let the older program that knows this schema open the database. Raises InputInvalid."""
        async with self._store.writing(durable=True) as conn:
            await conn.run_sync(schema_version.label_as, version)

    async def statistics(self) -> Statistics:
        """Count everything that is stored."""
        async with self._store.reading() as conn:
            guilds = await owning_guilds(conn, OPERATOR)
            return Statistics(
                database=self._store.url,
                bytes=await self._store.size(),
                stories=await story_rows.count_stories(conn, OPERATOR),
                events=await events.count_events(conn),
                newest=await story_rows.latest_arrival(conn, OPERATOR),
                documents=await documents.count_by_status(conn),
                languages=dict(await labels.language_counts(conn, guilds=guilds)),
                countries=dict(await labels.country_counts(conn, guilds=guilds)),
                topics=dict(await labels.topic_counts(conn, guilds=guilds)),
                feeds=await sources.count_by_status(conn),
                subscriptions=len(await subscriptions.list_subscriptions(conn)),
                deliveries=await deliveries.count_by_state(conn),
            )

    async def counts(self, audience: Audience = PUBLIC) -> dict[str, int]:
        """Return how many stories, documents, countries, topics and languages these readers have."""
        async with self._store.reading() as conn:
            document_counts = await documents.count_by_status(conn, audience)
            guilds = await owning_guilds(conn, audience)
            return {
                "stories": await story_rows.count_stories(conn, audience),
                "documents": document_counts[DocumentStatus.STORED],
                "countries": len(await labels.country_counts(conn, guilds=guilds)),
                "topics": len(await labels.topic_counts(conn, guilds=guilds)),
                "languages": len(await labels.language_counts(conn, guilds=guilds)),
            }

    async def rejected_files(self) -> list[DocumentLine]:
        """Return the files that intake could not read."""
        async with self._store.reading() as conn:
            return await documents.list_rejected(conn)

    async def missing_files(self) -> tuple[int, datetime | None]:
        """Return the number of missing files whose stories are kept, and when the first was missed."""
        async with self._store.reading() as conn:
            return await documents.count_missing(conn)

    async def is_intake_running(self) -> bool:
        """Return whether a process reads news now."""
        async with self._store.writing() as conn:
            now = self._clock() if self._store.is_sqlite else await leases.server_time(conn)
            return any(each.name == "intake" for each in await leases.active_leases(conn, "intake", now))

    async def oldest_due(self) -> datetime | None:
        """Return the earliest slot that is due and not in a final state, or None."""
        async with self._store.reading() as conn:
            return await deliveries.oldest_due(conn, self._clock())

    async def back_up(self, file: Path | None = None, *, replace: bool = False) -> Backup:
        """Copy the database into a file, by default one whose name has the time.

        Raises InputInvalid, StoreError.
        """
        ending = ".sqlite3" if self._store.is_sqlite else ".jsonl.gz"
        target = file or Path(f"gazette-{self._clock():%Y%m%d-%H%M%S}{ending}")
        return await backup.back_up(self._store, target, replace=replace)

    async def prune(self, *, days: float = 0, max_stories: int = 0, dry_run: bool = False) -> Pruned:
        """Delete stories older than `days`, and the oldest beyond `max_stories`; 0 sets no limit.

        A dry run deletes nothing, and returns what would be deleted.
        """
        now = self._clock()
        return await retention.prune_all(
            self._store,
            now=now,
            before=now - timedelta(days=days) if days else None,
            max_stories=max_stories,
            dry_run=dry_run,
        )


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was restored.

    `kept` is the file of a damaged database, `copy` what is known of the original.
    """

    backup: Backup
    kept: Path | None
    copy: RestoredCopy


async def restore_backup(database_url: str, file: Path, *, now: datetime, replace: bool = False) -> Restored:
    """Restore a backup into a database that nothing has open. Raises InputInvalid, StoreError.

    With `replace` a damaged SQLite database is kept under another name.
    """
    kept = None
    try:
        made = await backup.restore(database_url, file, replace=replace)
    except StoreDamaged:
        path = sqlite_path(database_url)
        if path is None or not replace:
            raise
        await asyncio.to_thread(backup.verify, file)
        kept = await asyncio.to_thread(salvage.set_aside, path, now)
        made = await backup.restore(database_url, file)
    async with Store.open(database_url) as store, store.writing(durable=True) as conn:
        return Restored(made, kept, await moved.note_copy(conn, now))


@dataclass(frozen=True, slots=True)
class Repair:
    """The damage that `repair_database` found, and what it saved if there was any."""

    damage: str | None
    salvaged: salvage.Salvaged | None = None


async def repair_database(database_url: str, clock: Callable[[], datetime]) -> Repair:
    """Replace a damaged database by what can be read of it; build the full-text index anew.

    Nothing is deleted. Raises StoreError: the program runs, or nothing can be read, or it is PostgreSQL's to repair.
    """
    path = sqlite_path(database_url)
    damage = None
    if path is not None:
        if not path.exists() or not path.stat().st_size:
            raise StoreDamaged(f"{path} is missing or empty: there is nothing to repair")
        await asyncio.to_thread(salvage.refuse_used, path, clock())
        damage = await asyncio.to_thread(salvage.find_damage, path)
        if damage is not None:
            return Repair(damage, await salvage.salvage(path, clock()))
    async with Store.open(database_url) as store:
        await store.migrate()
        async with store.writing() as conn:
            await stories.rebuild_labels(conn)
        await backup.rebuild_words(store)
    return Repair(damage)


def sqlite_path(database_url: str) -> Path | None:
    """Return the file of a SQLite database's address; None for PostgreSQL."""
    scheme, _, path = database_url.partition(":///")
    return Path(path.partition("?")[0]) if scheme.startswith("sqlite") else None
