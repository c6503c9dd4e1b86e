"""The version of the tables, read without Alembic unless a step has to run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.store import schema_version
from bot.store.database import Store


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
