"""Two bots with the same shards, each killed or frozen, serve every command and every digest once."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.store import story_rows, subscriptions
from bot.store.database import Store
from tests.databases import SQLITE_ALWAYS, database_name
from tests.double import Discord, NoAnswer
from tests.double.fixtures import discord_double
from tests.postgres_servers import TransactionPooler

from .programs import Program, environment, gazette
from .two_bots import make_story, run_two_bots

__all__ = ["discord_double"]

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.mark.timeout(500)
@pytest.mark.parametrize("database_url", SQLITE_ALWAYS, indirect=True)
async def test_commands_and_digests_of_two_bots_come_once(
    database_url: str, store: Store, discord_double: Discord, tmp_path: Path
) -> None:
    result = await run_two_bots(
        discord_double, store, database_url, tmp_path, commands=40, channels=40, deeds=1, seed=7
    )
    assert (result.lost, result.twice, result.expected) == (0, 0, 80), result
    assert result.effects[0] + result.effects[1] == 40, result
    assert result.answered_without_effect == 0, result
    assert result.effects[1] == result.answered, result


@pytest.mark.thorough
@pytest.mark.postgres
@pytest.mark.timeout(500)
async def test_commands_and_digests_of_two_bots_behind_a_pooler_come_once(
    postgres_server: str, postgres_url: str, discord_double: Discord, tmp_path: Path
) -> None:
    pooler = TransactionPooler(postgres_server, connections=6)
    async with Store.open(postgres_url) as store, pooler.open(database_name(postgres_url)) as url:
        result = await run_two_bots(discord_double, store, url, tmp_path, commands=20, channels=20, deeds=1, seed=7)
    assert (result.lost, result.twice, result.expected) == (0, 0, 40), result
    assert result.effects[0] + result.effects[1] == 20, result
    assert result.effects[1] == result.answered, result


@pytest.mark.timeout(300)
async def test_a_lost_shard_is_silent_until_its_bot_is_started_again(
    postgres_url: str, discord_double: Discord, tmp_path: Path
) -> None:
    guilds = {(guild.id >> 22) % 2: guild for guild in discord_double.guilds.values()}
    while len(guilds) < 2:  # a guild's shard follows from the time at which it was founded
        guild = discord_double.add_guild("Lighthouse", channels=("general", "news"))
        guilds[(guild.id >> 22) % 2] = guild
    maras = {shard: guild.member("Mara").at("news") for shard, guild in guilds.items()}
    options = {"time": "08:00", "timezone": "Europe/Berlin"}

    def bot(shard: int) -> AbstractAsyncContextManager[Program]:
        env = environment(
            tmp_path,
            DISCORD_TOKEN=discord_double.token,
            DISCORD_API_BASE=discord_double.api_base,
            DATABASE_URL=postgres_url.replace("+psycopg", ""),
            GAZETTE_DISCORD__SHARDS=f"{shard}-{shard}/2",
        )
        return gazette("run", env=env, cwd=tmp_path)

    async with bot(1) as other:
        await other.says("discord.ready")
        async with bot(0) as lost:
            await lost.says("discord.ready")
            for mara in maras.values():
                assert (await mara.command("subscribe", **options)).text
            await lost.kill()
        with pytest.raises(NoAnswer):
            await maras[0].command("subscribe", **options)
        assert (await maras[1].command("subscribe", **options)).text
        async with bot(0) as back:
            await back.says("discord.ready")
            assert (await maras[0].command("subscribe", **options)).text
            assert "gateway.shards_overlap" not in other.log + back.log
    async with Store.open(postgres_url) as store, store.reading() as conn:
        made = await subscriptions.list_subscriptions(conn)
    # What nobody answered has no effect either, then or later.
    assert Counter(each.guild_id for each in made) == {guild.id: 2 for guild in guilds.values()}


@pytest.mark.timeout(300)
async def test_a_dedicated_intake_takes_the_reading_back_and_loses_no_story(
    postgres_url: str, discord_double: Discord, tmp_path: Path
) -> None:
    common = {
        "DATABASE_URL": postgres_url.replace("+psycopg", ""),
        "DISCORD_TOKEN": discord_double.token,
        "DISCORD_API_BASE": discord_double.api_base,
        "GAZETTE_DELIVERY__LEASE_SECONDS": "3",
        "GAZETTE_INTAKE__HOLD_HOURS": "0",  # so that a withdrawal would be seen at once
    }
    (tmp_path / "empty").mkdir()
    with_folder, without = environment(tmp_path, **common), environment(tmp_path, **common)
    without["GAZETTE_SEEDS"] = str(tmp_path / "empty")
    for number in range(12):
        (tmp_path / "seeds" / f"{number}.txt").write_text(make_story(number), "utf-8")

    async def count() -> int:
        async with Store.open(postgres_url) as store, store.reading() as conn:
            return await story_rows.count_stories(conn)

    async with gazette("watch", env=with_folder, cwd=tmp_path) as intake:
        await intake.says('"stories": 12')
        async with gazette("run", env=without, cwd=tmp_path) as bot:
            await bot.says("leadership.yields")
            assert await intake.stop() == 0
            await bot.says("intake.other_folder")
            await bot.says('"job": "intake", "holder"')
            async with gazette("watch", env=with_folder, cwd=tmp_path) as back:
                await back.says('"job": "intake", "holder"')
                assert await count() == 12
                (tmp_path / "seeds" / "later.txt").write_text(make_story(99), "utf-8")
                await back.says('"new": 1')
                assert await count() == 13
                assert '"removed": 12' not in bot.log + back.log
