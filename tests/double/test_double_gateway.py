"""Does the gateway keep to its protocol with a client that doesn't?"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest

from tests.double import Discord

GUILDS, MESSAGES, CONTENT = 1, 1 << 9, 1 << 15


class Line:
    """A bare connection to the gateway."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, *, compressed: bool = False) -> None:
        self.ws = ws
        self.stream = zlib.decompressobj() if compressed else None

    async def hear(self) -> Any:
        message = await asyncio.wait_for(self.ws.receive(), 30)
        if message.type is aiohttp.WSMsgType.BINARY and self.stream is not None:
            return orjson.loads(self.stream.decompress(message.data))
        return orjson.loads(message.data) if message.type is aiohttp.WSMsgType.TEXT else message

    async def say(self, op: int, data: Any = None) -> None:
        await self.ws.send_str(orjson.dumps({"op": op, "d": data}).decode())

    async def code(self) -> int | None:
        while not self.ws.closed:
            await asyncio.wait_for(self.ws.receive(), 30)
        return self.ws.close_code

    async def until(self, event: str) -> Any:
        while (got := await self.hear())["t"] != event:
            pass
        return got


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def dial(double: Discord, session: aiohttp.ClientSession, query: str = "?v=10&encoding=json") -> Line:
    line = Line(await session.ws_connect(double.gateway_url + query), compressed="zlib" in query)
    hello = await line.hear()
    assert hello["op"] == 10
    return line


def identity(double: Discord, **more: Any) -> dict[str, Any]:
    return {"token": double.token, "intents": GUILDS | MESSAGES, "properties": {}} | more


async def test_a_compressed_line_carries_ready_and_the_guilds(
    discord_double: Discord, session: aiohttp.ClientSession
) -> None:
    line = await dial(discord_double, session, "?v=10&encoding=json&compress=zlib-stream")
    await line.say(1)
    assert (await line.hear())["op"] == 11
    await line.say(2, identity(discord_double))
    ready, guild = await line.hear(), await line.hear()
    assert (ready["t"], guild["t"], guild["d"]["name"]) == ("READY", "GUILD_CREATE", "Harbour")
    assert ready["d"]["guilds"] == [{"id": guild["d"]["id"], "unavailable": True}]


@pytest.mark.parametrize(
    ("op", "data", "code"),
    [
        (2, {"token": "wrong"}, 4004),
        (2, {"shard": [2, 2]}, 4010),
        (2, {"intents": 1 << 40}, 4013),
        (2, {"intents": GUILDS | CONTENT}, 4014),
        (3, {}, 4003),
        (6, {"token": "wrong"}, 4004),
    ],
)
async def test_a_wrong_start_ends_with_its_code(
    discord_double: Discord, session: aiohttp.ClientSession, op: int, data: dict[str, Any], code: int
) -> None:
    line = await dial(discord_double, session)
    await line.say(op, identity(discord_double, **data))
    assert await line.code() == code


async def test_nonsense_ends_with_its_code(discord_double: Discord, session: aiohttp.ClientSession) -> None:
    for nonsense, code in (
        ("{", 4002),
        ("[]", 4002),
        ('{"op": 99}', 4003),
        ('{"op": 1, "d": "' + "x" * 5000 + '"}', 4002),
    ):
        line = await dial(discord_double, session)
        await line.ws.send_str(nonsense)
        assert await line.code() == code, nonsense[:20]


async def test_identifying_twice_in_five_seconds_is_an_invalid_session(
    discord_double: Discord, session: aiohttp.ClientSession
) -> None:
    discord_double.gateway.identify_every = 5.0
    first, second = await dial(discord_double, session), await dial(discord_double, session)
    await first.say(2, identity(discord_double, shard=[0, 2]))
    assert (await first.hear())["t"] == "READY"
    await second.say(2, identity(discord_double, shard=[1, 2]))
    got = await second.hear()
    assert (got["op"], got["d"]) == (9, False)
    discord_double.gateway.max_concurrency = 2
    await second.say(2, identity(discord_double, shard=[1, 2]))
    assert (await second.hear())["t"] == "READY"


async def test_a_resumed_session_gets_what_it_missed_in_order(
    discord_double: Discord, session: aiohttp.ClientSession
) -> None:
    guild = discord_double.guild("Harbour")
    line = await dial(discord_double, session)
    await line.say(2, identity(discord_double))
    ready = await line.hear()
    seen = (await line.until("GUILD_CREATE"))["s"]
    discord_double.gateway.drop()
    await line.code()
    for number in range(3):
        guild.member("Teo").say(f"message {number}")
    line = await dial(discord_double, session)
    await line.say(6, {"token": discord_double.token, "session_id": ready["d"]["session_id"], "seq": seen})
    got = [await line.hear() for _ in range(4)]
    assert [each["t"] for each in got] == ["MESSAGE_CREATE"] * 3 + ["RESUMED"]
    assert [each["s"] for each in got] == [seen + 1, seen + 2, seen + 3, seen + 4]
    assert got[0]["d"]["content"] == "", "without the intent, what people write stays theirs"
    discord_double.gateway.forget()
    again = await dial(discord_double, session)
    await again.say(6, {"token": discord_double.token, "session_id": ready["d"]["session_id"], "seq": seen})
    assert (await again.hear())["op"] == 9


async def test_shards_share_the_guilds_out(discord_double: Discord, session: aiohttp.ClientSession) -> None:
    for name in ("North", "South", "East"):
        discord_double.add_guild(name)
    found: list[str] = []
    for number in (0, 1):
        line = await dial(discord_double, session)
        await line.say(2, identity(discord_double, shard=[number, 2]))
        ready = await line.hear()
        assert all((int(each["id"]) >> 22) % 2 == number for each in ready["d"]["guilds"])
        found += [each["id"] for each in ready["d"]["guilds"]]
    assert sorted(found) == sorted(str(each) for each in discord_double.guilds)


async def test_a_client_without_heartbeat_is_cut_off(discord_double: Discord, session: aiohttp.ClientSession) -> None:
    discord_double.gateway.heartbeat = 0.05
    line = await dial(discord_double, session)
    await line.say(2, identity(discord_double))
    assert await line.code() == 4009


async def test_the_gateway_can_be_down_for_a_while(discord_double: Discord, session: aiohttp.ClientSession) -> None:
    line = await dial(discord_double, session)
    discord_double.gateway.down(60)
    await line.code()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await dial(discord_double, session)
    discord_double.gateway.up()
    await dial(discord_double, session)
