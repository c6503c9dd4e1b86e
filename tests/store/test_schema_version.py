"""The version of the tables, read without Alembic unless a step has to run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.errors import InputInvalid, StoreError, StoreOutdated
from bot.store import backup, documents, key_values, schema_version, story_rows
from bot.store.database import Store
from tests.store.factories import NOON, make_analysis, make_file_facts


def test_the_names_of_the_steps_are_the_versions_that_alembic_reads_in_them() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema_version.__file__).parent / "migrations"))
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert schema_version._versions() == [step.revision for step in steps][::-1]


async def test_a_migrated_database_has_the_newest_version(store: Store) -> None:
    async with store.reading() as conn:
        version = await conn.run_sync(schema_version.current_version)
    assert version == schema_version._versions()[-1]


def test_a_database_that_is_current_is_opened_without_alembic(sqlite_url: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from bot.store.database import Store\n"
        "async def main():\n"
        f"    async with Store.open({sqlite_url!r}) as store:\n"
        "        await store.migrate()\n"
        "        await store.check()\n"
        "asyncio.run(main())\n"
        "sys.exit('alembic' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


async def _pretend_newer(url: str, compatible_from: str) -> None:
    """Make the database one that a newer version has upgraded, with a table and a column of its own."""
    async with Store.open(url) as store, store.writing() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '9001'"))
        await conn.execute(
            text("CREATE TABLE tomorrow (id INTEGER PRIMARY KEY, story_id BIGINT REFERENCES story (id))")
        )
        await conn.execute(text("ALTER TABLE story ADD COLUMN mood TEXT"))
        tables = '["tomorrow", "story"]'
        for name, value in (("schema:compatible-from", compatible_from), ("schema:tables", tables)):
            await conn.execute(text("DELETE FROM meta WHERE name = :name"), {"name": name})
            await conn.execute(
                text("INSERT INTO meta (name, value, changed_at) VALUES (:name, :value, 0)"),
                {"name": name, "value": value},
            )


async def _store_story(store: Store, words: str) -> None:
    async with store.writing() as conn:
        await documents.store_document(conn, f"{words}.txt", make_file_facts(words), [make_analysis(words)], now=NOON)


async def test_the_program_works_on_newer_tables_that_only_have_more(database_url: str) -> None:
    await _pretend_newer(database_url, schema_version._versions()[-1])
    async with Store.open(database_url) as store:
        await store.migrate()
        await store.check()
        await _store_story(store, "Ferries sail.")
        async with store.reading() as conn:
            assert await conn.run_sync(schema_version.current_version) == "9001"
            assert await story_rows.count_stories(conn) == 1


async def test_newer_tables_that_lack_something_are_refused_and_can_be_replaced(
    database_url: str, tmp_path: Path
) -> None:
    async with Store.open(database_url) as store:
        await _store_story(store, "Before the upgrade.")
        await backup.back_up(store, tmp_path / "older")
        await _store_story(store, "After the upgrade.")
    await _pretend_newer(database_url, "9001")
    async with Store.open(database_url) as store:
        with pytest.raises(StoreOutdated, match="newer version"):
            await store.migrate()
        with pytest.raises(StoreOutdated, match="newer"):
            await store.check()
    with pytest.raises(StoreError, match="already"):
        await backup.restore(database_url, tmp_path / "older")
    restored = await backup.restore(database_url, tmp_path / "older", replace=True)
    assert restored.stories == 1
    async with Store.open(database_url) as store:
        await store.check()
        await _store_story(store, "Once more.")
        async with store.reading() as conn:
            assert await story_rows.count_stories(conn) == 2
            assert not await conn.run_sync(lambda sync: sync.dialect.has_table(sync, "tomorrow"))


async def test_a_label_lets_an_older_program_in_and_is_removed_by_the_next_upgrade(store: Store) -> None:
    newest = schema_version._versions()[-1]
    async with store.writing() as conn:
        await conn.run_sync(schema_version.label_as, "0008")
        assert await conn.run_sync(schema_version.current_version) == "0008"
        with pytest.raises(InputInvalid, match="0001, 0002"):
            await conn.run_sync(schema_version.label_as, "1")
    await store.migrate()
    await store.check()
    async with store.reading() as conn:
        assert await conn.run_sync(schema_version.current_version) == newest
        assert await key_values.get_value(conn, "schema:version") is None
