"""Two programs that read the same files at once."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from tests.e2e.programs import environment

FILES = 40


async def _ingest(env: dict[str, str], folder: Path) -> dict[str, int]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "ingest", "--json"),
        env=env,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, err.decode()
    report: dict[str, int] = json.loads(out)
    return report


async def test_each_file_is_counted_as_new_once(database_url: str, tmp_path: Path) -> None:
    url = database_url.replace("+aiosqlite", "").replace("+psycopg", "")
    env = environment(tmp_path, DATABASE_URL=url, GAZETTE_INTAKE__QUIET_SECONDS="0")
    for number in range(FILES):
        text = f"Ferry {number} left the port of Lima on Monday. It carries {number + 3} cars and a crew of nine."
        (tmp_path / "seeds" / f"{number}.txt").write_text(text, "utf-8")
    reports = await asyncio.gather(*(_ingest(env, tmp_path) for _ in range(2)))
    assert sum(each["new"] for each in reports) == FILES
    assert all(each["new"] + each["unchanged"] == FILES for each in reports)
