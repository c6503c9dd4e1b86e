"""From a file to a digest in a channel, with the program as a process."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.i18n import words
from tests.double.remote import Remote

from .programs import environment, gazette

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

BACK, NEXT = words("ja").plain("button-previous"), words("ja").plain("button-next")
"""What the buttons say to a reader whose Discord speaks Japanese."""

SIX_STORIES = "\n".join(
    f"Japan's parliament on {day} passed a law on {matter} after the prime minister in Tokyo promised voters a reform. "
    f"The Diet voted 260 to 180 for the bill on {matter}. Opposition parties in Osaka said they would go to court. "
    f"The government wants the law on {matter} to take effect within a year."
    for day, matter in [
        ("Monday", "ferry fares"),
        ("Tuesday", "school lunches"),
        ("Wednesday", "night trains"),
        ("Thursday", "river dams"),
        ("Friday", "shop hours"),
        ("Saturday", "tea auctions"),
    ]
)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def seen(address: str) -> str:
    """What stands there."""
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return await response.text()


def drop(folder: Path, stories: list[str]) -> None:
    """A folder that appears at once with a story a file, all at rest for an hour: one scan finds everything."""
    with tempfile.TemporaryDirectory(dir=folder.parent.parent) as work:
        made = Path(work, folder.name)
        made.mkdir()
        rested = time.time() - 3600
        for number, story in enumerate(stories):
            path = made / f"{number}.txt"
            path.write_text(story, "utf-8")
            os.utime(path, (rested, rested))
        made.rename(folder)


@pytest.mark.timeout(400)
async def test_a_dropped_file_reaches_the_channel_once_and_answers_news(tmp_path: Path) -> None:
    async with Remote.started(furnish=True) as double:
        await double("settings", identify_every=0)
        port = free_port()
        env = environment(
            tmp_path, DISCORD_TOKEN=double.token, DISCORD_API_BASE=double.api_base, GAZETTE_WATCH__PORT=str(port)
        )
        async with gazette("run", env=env, cwd=tmp_path) as bot:
            await double("wait", commands=5, timeout=90)
            await double("wait", connected=1, timeout=90)
            drop(tmp_path / "seeds" / "diet", SIX_STORIES.splitlines())
            await bot.says('"stories": 6')

            soon = (datetime.now(UTC) + timedelta(seconds=62)).replace(second=0, microsecond=0)
            asked = {"time": f"{soon:%H:%M}", "timezone": "UTC", "country": "Japan"}
            order = await double("command", member="Mara", channel="news", name="subscribe", options=asked)
            assert f"<t:{soon.timestamp():.0f}:" in order["text"], order

            answer = await double(
                "command", member="Aiko", channel="general", name="news", options={"country": "JP", "topic": "politics"}
            )
            assert answer["ephemeral"]
            assert answer["acknowledged_after"] < 3
            following = await double("press", member="Aiko", channel="general", answer=answer["id"], what=NEXT)
            assert following["text"] != answer["text"]

            sent = await double("wait", channel="news", count=1, timeout=150)
            assert sent
            digest = (await double("messages", channel="news"))[-1]
            assert "Diet" in digest["text"] or "parliament" in digest["text"]
            assert not digest["pings"]
            await bot.says("delivery.ended")
            figures = await seen(f"http://127.0.0.1:{port}/metrics")
            assert 'gazette_commands_total{command="news",outcome="answered"} 1.0' in figures
            assert "gazette_messages_sent_total 1.0" in figures
            assert '"status": "ok"' in await seen(f"http://127.0.0.1:{port}/healthz")
            assert double.token not in bot.log
            await bot.kill()

        async with gazette("run", env=env, cwd=tmp_path) as bot:
            await bot.says("discord.ready")
            later = await double("command", member="Aiko", channel="general", name="news", options={"country": "JP"})
            assert later["ephemeral"]
            old_page = await double("press", member="Aiko", channel="general", answer=answer["id"], what=BACK)
            assert old_page["text"] != following["text"]
            assert await bot.stop() == 0, bot.log

        messages = await double("messages", channel="news")
        assert len(messages) == 1
        state = await double("state")
        assert not state["refusals"], state["refusals"]
        assert not state["complaints"], state["complaints"]
        assert state["pings"] == 0
        assert state["registrations"] == 1  # the second start found the commands unchanged
