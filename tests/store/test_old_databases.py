"""Databases of earlier versions are upgraded and restored, and nothing that they posted is due or told again."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from bot.delivery.slot_queue import SlotQueue
from bot.intake.pipeline import Intake
from bot.intake.workers import open_workers
from bot.services.event_assignment import assign_events
from bot.settings import IntakeSettings, SummarySettings
from bot.store import backup, deliveries, schema_version, story_rows, subscriptions
from bot.store.database import Store
from tests.clock import ManualClock
from tests.services.sample_news import open_services

_FOLDER = Path(__file__).parent / "old_databases"
_VERSIONS = ("0001", "0002", "0008")

_POSTED = datetime(2026, 11, 30, 19, tzinfo=UTC)
"""The slot that was posted: 20:00 in Oslo."""

_CHECKED = _POSTED + timedelta(minutes=5)
_NEXT = _POSTED + timedelta(hours=12)


def _rows(version: str) -> Iterator[tuple[str, list[str], Sequence[Any]]]:
    """The rows of a backup of PostgreSQL, each with its table and columns."""
    table: dict[str, Any] = {}
    with gzip.open(_FOLDER / f"{version}.jsonl.gz") as file:
        for line in map(json.loads, file):
            if isinstance(line, dict):
                table = line
            else:
                yield table["table"], table["columns"], line


def _build(conn: Connection, version: str) -> None:
    """Make a PostgreSQL database as the program of that version left it."""
    schema_version.drop_tables(conn)
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(Path(schema_version.__file__).parent / "migrations"))
    command.upgrade(config, version)
    for table, columns, values in _rows(version):
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(f":{name}" for name in columns)
        conn.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({marks})'), dict(zip(columns, values, strict=True)))
    for table in ("document", "event", "story", "subscription", "delivery", "shown"):
        conn.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"))


async def _make_old(url: str, version: str) -> None:
    """Make an empty database the one that the program of that version left."""
    async with Store.open(url) as store:
        if store.path is not None:
            store.path.write_bytes(gzip.decompress((_FOLDER / f"{version}.sqlite3.gz").read_bytes()))
            return
        async with store.writing() as conn:
            await conn.run_sync(_build, version)


async def _due(store: Store, now: datetime) -> list[int]:
    """The subscriptions with a slot that is due."""
    queue = SlotQueue()
    async with store.reading() as conn:
        queue.load(await subscriptions.list_subscriptions(conn), await deliveries.last_slots(conn, now), now)
    return [each.slot.subscription_id for each in queue.due(now)]


@pytest.mark.parametrize("version", _VERSIONS)
async def test_an_upgraded_database_retells_nothing_when_its_files_are_cut_anew(
    database_url: str, version: str, tmp_path: Path
) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(_FOLDER / "seeds", seeds)
    for file in seeds.iterdir():
        file.write_bytes(file.read_bytes() + b"\n")
    settings, clock = IntakeSettings(seeds=seeds, workers=1), ManualClock(_CHECKED)
    await _make_old(database_url, version)
    with open_workers(settings) as workers:
        async with Store.open(database_url) as store:
            await store.migrate()
            await store.check()
            assert await _due(store, _CHECKED) == []
            async with store.reading() as conn:
                orders = await subscriptions.list_subscriptions(conn)
                told = list(await deliveries.shown_events(conn, orders[0].channel_id))
                stories_then = await story_rows.count_stories(conn)
            assert told
            intake = Intake(store, settings, SummarySettings(), workers.documents, clock, assign_events=assign_events)
            report = await intake.scan()
            assert (report.changed, report.removed, report.rejected) == (3, 0, ())
            async with store.reading() as conn:
                assert await story_rows.count_stories(conn) >= stories_then
                struck = await deliveries.events_to_strike(
                    conn, _POSTED, _NEXT, shown_since=_POSTED - timedelta(days=2)
                )
            assert struck == []
            assert await _due(store, _NEXT) == [order.id for order in orders]
            clock.now = _NEXT
            composed = await open_services(store, clock).digests.for_slot(orders[0], _NEXT)
    retold = composed.digest.events if composed.digest is not None else ()
    assert [event.headline for event in retold] == []


@pytest.mark.parametrize("name", [f"{version}.{ending}" for version in _VERSIONS for ending in ("sqlite3", "jsonl")])
async def test_an_old_backup_is_restored_into_either_database_and_nothing_is_due(
    database_url: str, name: str, tmp_path: Path
) -> None:
    source = _FOLDER / f"{name}.gz"
    if name.endswith("sqlite3"):
        source = tmp_path / "backup"
        source.write_bytes(gzip.decompress((_FOLDER / f"{name}.gz").read_bytes()))
    restored = await backup.restore(database_url, source)
    assert restored.stories > 0
    async with Store.open(database_url) as store:
        await store.check()
        assert await _due(store, _CHECKED) == []
        assert len(await _due(store, _NEXT)) == 2
