"""The bot with a Dask cluster that is away at the start, killed, and back: it answers, and reads on by itself."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from tests.double import Discord
from tests.double.fixtures import discord_double
from tests.intake.conftest import story_text
from tests.intake.dask_cluster import Cluster, free_port, kill

from .programs import environment, gazette
from .test_file_to_digest import seen

pytest.importorskip("distributed")

__all__ = ["discord_double"]

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def write(folder: Path, number: int) -> None:
    """A story that is at rest for an hour."""
    path = folder / "seeds" / f"{number}.txt"
    path.write_text(story_text(number), "utf-8")
    rested = time.time() - 3600
    os.utime(path, (rested, rested))


@pytest.mark.thorough
@pytest.mark.timeout(300)
async def test_the_bot_answers_while_the_cluster_is_away(discord_double: Discord, tmp_path: Path) -> None:
    guild = discord_double.add_guild("Lighthouse", channels=("general", "news"))
    mara, port = guild.member("Mara").at("news"), free_port()
    with Cluster(tmp_path) as cluster:
        env = environment(
            tmp_path,
            DISCORD_TOKEN=discord_double.token,
            DISCORD_API_BASE=discord_double.api_base,
            GAZETTE_INTAKE__DASK=cluster.address,
            GAZETTE_INTAKE__INTERVAL_SECONDS="1",
            GAZETTE_WATCH__PORT=str(port),
        )

        async def health() -> tuple[str, str]:
            facts = json.loads(await seen(f"http://127.0.0.1:{port}/healthz"))
            return facts["status"], facts["cluster"]["state"]

        async with gazette("run", env=env, cwd=tmp_path) as bot:
            await bot.says("discord.ready")
            write(tmp_path, 0)
            await bot.says('"state": "no scheduler"')
            assert (await mara.command("help")).text
            assert await health() == ("ok", "no scheduler")
            cluster.start_scheduler()
            worker = cluster.start_worker()
            await bot.says('"new": 1,')
            assert await health() == ("ok", "working")
            bot.log = ""

            kill(worker)
            write(tmp_path, 1)
            await bot.says('"state": "no workers"')
            cluster.kill_scheduler()
            await bot.says('"state": "no scheduler"')
            assert (await mara.command("help")).text
            cluster.start_scheduler()
            cluster.start_worker()
            await bot.says('"new": 1,')
            assert await bot.stop() == 0
            assert "Traceback" not in bot.log


@pytest.mark.timeout(120)
@pytest.mark.parametrize("has_scheduler", [False, True])
async def test_one_scan_ends_with_a_failure_when_the_cluster_stays_away(tmp_path: Path, has_scheduler: bool) -> None:
    with Cluster(tmp_path) as cluster:
        if has_scheduler:
            cluster.start_scheduler()
        more = {"GAZETTE_INTAKE__DASK": cluster.address, "GAZETTE_INTAKE__DASK_WAIT_SECONDS": "6"}
        env = environment(tmp_path, **more)
        write(tmp_path, 0)
        async with gazette("ingest", env=env, cwd=tmp_path) as scan:
            assert await scan.ended() == 1
    lines = [line for line in scan.log.splitlines() if not line.startswith("{")]
    assert len(lines) == 1, scan.log
    assert lines[0].startswith("gazette: ")
    assert lines[0].endswith("; waited 6 seconds (intake.dask_wait_seconds)")
