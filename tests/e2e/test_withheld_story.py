"""An embargo, from the terminal to the channel: it ends by itself while the bot runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.database import Store
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import make_worker, open_port, subscribe
from tests.delivery.test_corrections import StoriesComposer
from tests.double import Discord
from tests.double.fixtures import connect, discord_double

from .programs import environment, gazette

__all__ = ["connect", "discord_double"]

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


BRIDGE = "The mayor of Oslo opened a bridge on Monday. It has two lanes."


@pytest.mark.thorough
async def test_an_embargo_leaves_the_channel_and_ends_by_itself(discord_double: Discord, tmp_path: Path) -> None:
    news = discord_double.guild("Harbour").channel("news")
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    env = environment(tmp_path, DISCORD_TOKEN=discord_double.token, DISCORD_API_BASE=discord_double.api_base)
    path = tmp_path / "gazette.sqlite3"
    (tmp_path / "seeds" / "a.txt").write_text(BRIDGE, "utf-8")
    async with gazette("ingest", env=env, cwd=tmp_path) as reading:
        assert await reading.ended() == 0
    async with Store.open(f"sqlite+aiosqlite:///{path}") as store:
        since = {"created_at": now - timedelta(days=1), "after": now - timedelta(minutes=1)}
        await subscribe(store, [news.id], at=f"{now:%H:%M}", **since)
        async with open_port(discord_double) as port:
            worker = make_worker(store, StoriesComposer(1), port, ManualClock(now))
            assert (await worker.deliver_due(now)).sent == 1
    (message,) = news.messages
    posted = message.text
    assert "Headline 1" in posted
    async with gazette("run", env=env, cwd=tmp_path) as bot:
        await bot.says("discord.ready")
        until = (datetime.now(UTC) + timedelta(seconds=75)).isoformat()
        async with gazette("withhold", "s1", "--until", until, "--reason", "embargo", env=env, cwd=tmp_path) as it:
            assert await it.ended() == 0
        await bot.says('"withheld": 1')
        assert "Headline 1" not in message.text
        await bot.says("withholding.released")
        await bot.says('"withheld": 0')
        assert message.text == posted, bot.log
        assert await bot.stop() == 0
    with closing(sqlite3.connect(path)) as direct:
        rows = direct.execute("SELECT reason, released_by FROM withholding").fetchall()
        assert rows == [("embargo", "schedule")]
        assert direct.execute("SELECT count(*) FROM story WHERE withdrawn_at IS NULL").fetchone() == (1,)


async def test_an_embargo_ends_while_only_the_folder_is_watched(tmp_path: Path) -> None:
    env = environment(tmp_path)
    (tmp_path / "seeds" / "a.txt").write_text(BRIDGE, "utf-8")
    async with gazette("ingest", env=env, cwd=tmp_path) as reading:
        assert await reading.ended() == 0
    async with gazette("watch", env=env, cwd=tmp_path) as watch:
        until = (datetime.now(UTC) + timedelta(seconds=10)).isoformat()
        async with gazette("withhold", "s1", "--until", until, env=env, cwd=tmp_path) as it:
            assert await it.ended() == 0
        await watch.says("withholding.released")
        assert await watch.stop() == 0
    with closing(sqlite3.connect(tmp_path / "gazette.sqlite3")) as direct:
        assert direct.execute("SELECT count(*) FROM story WHERE withdrawn_at IS NULL").fetchone() == (1,)
