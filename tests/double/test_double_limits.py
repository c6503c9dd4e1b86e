"""Does the double say 429 when Discord would, and break what it is told to break?"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from tests.double import Discord
from tests.double.fixtures import running
from tests.double.test_double_client import make_bot
from tests.double.test_double_rules import Wire

MESSAGES = "POST /channels/{channel_id}/messages"


@pytest.fixture
async def wire(discord_double: Discord) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession() as session:
        yield Wire(discord_double, session)


async def test_a_channel_takes_five_messages_in_five_seconds(wire: Wire) -> None:
    wire.double.limits.on = True
    guild = wire.double.guild("Harbour")
    path = f"{wire.double.api_base}/channels/{guild.channel('news').id}/messages"
    for left in (4, 3, 2, 1, 0):
        async with wire.session.post(path, headers=wire.headers, json={"content": "x"}) as response:
            assert response.status == 200
            assert int(response.headers["X-RateLimit-Remaining"]) == left
            assert 0 < float(response.headers["X-RateLimit-Reset-After"]) <= 5
            assert float(response.headers["X-RateLimit-Reset"]) > time.time()
            bucket = response.headers["X-RateLimit-Bucket"]
    async with wire.session.post(path, headers=wire.headers, json={"content": "x"}) as response:
        body = await response.json()
        assert response.status == 429
        assert response.headers["Content-Type"] == "application/json"
        assert (response.headers["X-RateLimit-Scope"], response.headers["X-RateLimit-Bucket"]) == ("user", bucket)
        assert int(response.headers["Retry-After"]) >= body["retry_after"] > 4
        assert not body["global"]
    assert (await wire.send({"content": "x"}, guild.channel("general")))[0] == 200
    assert wire.double.limits.refused == {MESSAGES: 1}


async def test_fifty_requests_a_second_are_the_most_but_interactions_dont_count(wire: Wire) -> None:
    wire.double.limits.on = True
    results = await asyncio.gather(*(wire("GET", "/users/@me") for _ in range(60)))
    refused = [body for status, body in results if status == 429]
    assert len(refused) == 10
    assert all(body["global"] and body["retry_after"] <= 1 for body in refused)
    assert wire.double.limits.refused["global"] == 10
    assert (await wire("POST", "/interactions/1/none/callback", {"type": 5}))[0] == 404


async def test_the_real_client_keeps_the_limits_by_their_headers(discord_double: Discord) -> None:
    discord_double.limits.on = True
    discord_double.limits.routes = {MESSAGES: (5, 0.3)}
    async with running(make_bot(), discord_double) as bot:
        channel = bot.get_channel(discord_double.guild("Harbour").channel("news").id)
        assert isinstance(channel, discord.TextChannel)
        start = time.monotonic()
        for number in range(12):
            await channel.send(str(number))
        assert time.monotonic() - start > 0.6
    assert not discord_double.limits.refused


async def test_ordered_429s_are_waited_for(discord_double: Discord) -> None:
    async with running(make_bot(), discord_double) as bot:
        channel = bot.get_channel(discord_double.guild("Harbour").channel("news").id)
        assert isinstance(channel, discord.TextChannel)
        for everywhere in (False, True):
            discord_double.faults.limit(MESSAGES, retry_after=0.1, everywhere=everywhere)
            await channel.send("x")
    assert discord_double.limits.refused == {MESSAGES: 1, "global": 1}


async def test_ordered_failures_strike_their_route_as_often_as_said(wire: Wire) -> None:
    wire.double.faults.fail(MESSAGES, 502, times=2, skip=1)
    wire.double.faults.fail("GET /users/@me", 500)
    statuses = [(await wire.send({"content": "x"}))[0] for _ in range(4)]
    assert statuses == [200, 502, 502, 200]
    assert [(await wire("GET", "/users/@me"))[0] for _ in range(2)] == [500, 200]
    assert len(wire.double.messages) == 2


async def test_an_answer_can_be_lost_after_the_message_was_taken(wire: Wire) -> None:
    body = {"content": "x", "nonce": "slot", "enforce_nonce": True}
    wire.double.faults.drop_after(MESSAGES)
    with pytest.raises(aiohttp.ClientError):
        await wire.send(body)
    assert len(wire.double.messages) == 1
    assert (await wire.send(body))[0] == 200
    assert len(wire.double.messages) == 1
    wire.double.faults.drop(MESSAGES)
    with pytest.raises(aiohttp.ClientError):
        await wire.send({"content": "y"})
    assert len(wire.double.messages) == 1


async def test_an_answer_can_be_late(wire: Wire) -> None:
    wire.double.faults.delay("GET /users/@me", 0.15)
    start = time.monotonic()
    await wire("GET", "/users/@me")
    assert time.monotonic() - start >= 0.15
    wire.double.faults.delay_after(MESSAGES, 30)
    waiting = asyncio.create_task(wire.send({"content": "x"}))
    await wire.double.guild("Harbour").channel("news").wait_for(timeout=30)
    assert not waiting.done()
    waiting.cancel()
