"""Can another process drive the double, and does its memory outlive the program's death?"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.double.control import VERBS
from tests.double.remote import Remote, Unable

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "testing.md"
PROGRAM = """
import sys, warnings
warnings.simplefilter("ignore")
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from tests.double.test_double_client import make_bot
from discord.ext import commands
Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sys.argv[1], yarl.URL("ws://127.0.0.1:9/")
make_bot(commands.AutoShardedBot).run(sys.argv[2], log_handler=None)
"""


@asynccontextmanager
async def program(double: Remote) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, double.api_base, double.token, cwd=ROOT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def test_every_verb_is_documented() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert not [verb for verb in VERBS if f"`{verb}`" not in text]


@pytest.mark.e2e
async def test_the_double_remembers_what_a_killed_program_did() -> None:
    async with Remote.started(furnish=True) as double:
        await double("settings", identify_every=0)
        async with program(double) as first:
            await double("wait", commands=8)
            await double("wait", connected=1)
            pages = await double("command", member="Aiko", channel="news", name="pages")
            turned = await double("press", member="Aiko", channel="news", answer=pages["id"], what="Next")
            assert (pages["text"], turned["text"]) == ("Page 1", "Page 2")
            await double("command", member="Mara", name="subscribe", options={"channel": {"channel": "news"}})
            form = await double("command", member="Mara", name="form")
            sent = await double("submit", member="Mara", answer=form["id"], values={"Your words": "the paper"})
            assert sent["text"] == "Thanks for the paper"
            first.kill()
            await first.wait()
        assert (await double("state"))["registrations"] == 1
        asked = await double(
            "command", member="Teo", name="news", options={"country": "PE", "private": False}, wait=False
        )
        async with program(double):
            await double("wait", connected=1)
            report = await double(
                "load", members=["Mara", "Teo"], name="news", options=[{"country": "JP"}], a_second=40, seconds=0.5
            )
        assert report["acknowledged"] == report["sent"] == 20
        assert report["p99"] < 3
        assert (await double("answer", answer=asked["id"]))["kind"] is None
        state = await double("state")
        assert (state["gateway"]["identified"], state["complaints"], state["refusals"]) == (2, [], [])


@pytest.mark.e2e
async def test_orders_that_cant_be_carried_out_say_why() -> None:
    async with Remote.started(furnish=True) as double:
        with pytest.raises(Unable, match="no command 'news' is registered"):
            await double("command", member="Aiko", name="news")
        with pytest.raises(Unable, match="TimeoutError"):
            await double("wait", channel="news", count=1, timeout=0.01)
        with pytest.raises(Unable, match="no verb 'sing'"):
            await double("sing")
        made = await double("channel", name="c", count=1000)
        assert len(made["ids"]) == 1000
        await double("change", do="forbid", channel="news", permissions=["send_messages"])
        await double("fault", kind="status", route="GET /users/@me", status=503)
        await double("gateway", do="down", seconds=1)
        await double("say", member="Teo", channel="news", content="Hello")
        assert [each["text"] for each in await double("messages", channel="news")] == ["Hello"]
