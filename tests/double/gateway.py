"""How does the double speak Discord's gateway, version 10?

A `Session` outlives its socket: what happens meanwhile is kept and replayed after a RESUME. Each shard gets the events
of its guilds, filtered by the intents it asked for; interactions always come.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import secrets
import time
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

import orjson
from aiohttp import WSMsgType, web

from .state import Guild, Json

if TYPE_CHECKING:
    from .double import Discord

__all__ = ["Gateway", "Session"]

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = (
    0,
    1,
    2,
    3,
    6,
    7,
    8,
    9,
    10,
    11,
)
GUILDS, GUILD_MEMBERS, GUILD_PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, GUILD_REACTIONS, DIRECT_MESSAGES, DIRECT_REACTIONS, MESSAGE_CONTENT = (
    1 << 9,
    1 << 10,
    1 << 12,
    1 << 13,
    1 << 15,
)
PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
_MOST = 4096
_SENDS = 120


class _Packer(Protocol):
    def __call__(self, data: bytes) -> bytes | str: ...


def _packer(how: str | None) -> _Packer | None:
    """What turns a payload into a frame: as text, or as a part of one compressed stream."""
    if how is None:
        return lambda data: data.decode()
    if how == "zlib-stream":
        stream = zlib.compressobj(level=1)
        return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)
    if how == "zstd-stream":
        try:
            zstd: Any = importlib.import_module("zstandard")
        except ModuleNotFoundError:
            return None
        packed = zstd.ZstdCompressor(level=1).compressobj()
        return lambda data: packed.compress(data) + packed.flush(zstd.COMPRESSOBJ_FLUSH_BLOCK)
    return None


class Session:
    """One shard's session: its number, intents, the events not yet known to be received, and its socket if any."""

    def __init__(self, shard: tuple[int, int], intents: int) -> None:
        self.id = secrets.token_hex(16)
        self.shard, self.intents = shard, intents
        self.sequence = 0
        self.kept: deque[tuple[int, bytes]] = deque(maxlen=5000)
        self.socket: _Socket | None = None
        self.lost_at: float | None = None

    def covers(self, guild: Guild | None) -> bool:
        """Does this shard get the guild's events? Direct messages come on shard 0."""
        number, count = self.shard
        return ((guild.id >> 22) % count if guild else 0) == number

    def dispatch(self, event: str, data: Any) -> None:
        """Send an event, or keep it for the RESUME."""
        self.sequence += 1
        frame = orjson.dumps({"op": DISPATCH, "t": event, "s": self.sequence, "d": data})
        self.kept.append((self.sequence, frame))
        if self.socket is not None:
            self.socket.put(frame)


class _Socket:
    """A connection: what goes out goes through one queue, so that a stream's parts keep their order."""

    def __init__(self, ws: web.WebSocketResponse, transport: asyncio.Transport | None, pack: _Packer) -> None:
        self.ws, self.transport, self.pack = ws, transport, pack
        self.session: Session | None = None
        self.queue: asyncio.Queue[bytes | int | None] = asyncio.Queue()
        self.beat = time.monotonic()
        self.received: deque[float] = deque(maxlen=_SENDS)
        self.deaf = False

    def put(self, frame: bytes) -> None:
        self.queue.put_nowait(frame)

    def say(self, op: int, data: Any = None) -> None:
        self.put(orjson.dumps({"op": op, "d": data, "s": None, "t": None}))

    def close(self, code: int) -> None:
        """Close after what is queued; code 0 cuts the line without a word."""
        self.queue.put_nowait(code)

    async def write(self) -> None:
        """Send what is queued until the connection ends."""
        while (frame := await self.queue.get()) is not None:
            try:
                if isinstance(frame, int):
                    if frame and not self.ws.closed:
                        await self.ws.close(code=frame)
                    elif self.transport is not None:
                        self.transport.abort()
                    return
                packed = self.pack(frame)
                if isinstance(packed, str):
                    await self.ws.send_str(packed)
                else:
                    await self.ws.send_bytes(packed)
            except (ConnectionError, RuntimeError):
                # The client is gone; its session keeps what it missed.
                return


class Gateway:
    """All sessions. `heartbeat` is the interval asked for, in seconds; `identify_every` how long one place is taken."""

    def __init__(self, double: Discord) -> None:
        self.double = double
        self.heartbeat = 41.25
        self.identify_every = 5.0
        self.max_concurrency = 1
        self.shards = 1
        self.allowed_privileged = 0
        self.resume_within = 120.0
        self.remaining = 1000
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.refused_resumes = 0
        self.closed_with: list[int] = []
        self.down_until = 0.0
        self._identifies: dict[int, float] = {}
        self._sockets: set[_Socket] = set()

    # What tests order

    @property
    def connected(self) -> list[Session]:
        """Sessions that have a socket now."""
        return [each for each in self.sessions.values() if each.socket is not None]

    async def wait_until_connected(self, shards: int = 1, timeout: float = 20.0) -> None:  # noqa: ASYNC109 - a test says how long
        """Wait for that many shards. Raises TimeoutError."""
        await self.double.bell.wait_until(lambda: len(self.connected) >= shards, timeout)

    def drop(self, code: int = 1006) -> None:
        """Break all connections: with a close code, or (1006) without a word."""
        for each in list(self._sockets):
            each.close(0 if code == 1006 else code)

    def ask_to_reconnect(self) -> None:
        """Send RECONNECT to all, as Discord does before it moves a session."""
        for each in list(self._sockets):
            each.say(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Send INVALID_SESSION to all; without `resumable` the sessions are forgotten."""
        for each in list(self._sockets):
            if not resumable and each.session is not None:
                self.sessions.pop(each.session.id, None)
            each.say(INVALID, resumable)

    def forget(self) -> None:
        """Forget every session, so that a RESUME is refused."""
        self.sessions.clear()

    def go_deaf(self) -> None:
        """Stop answering heartbeats on today's connections: the client has to notice a dead line."""
        for each in self._sockets:
            each.deaf = True

    def down(self, seconds: float = 1e9) -> None:
        """Break all connections and refuse new ones for `seconds`, or until `up`."""
        self.down_until = time.monotonic() + seconds
        self.drop()

    def up(self) -> None:
        """Take connections again."""
        self.down_until = 0.0

    # What the double uses

    def dispatch(
        self, event: str, data: Any, *, guild: Guild | None, intent: int = 0, without_content: Any = None
    ) -> None:
        """Give an event to every session that covers the guild and asked for the intent.

        `without_content` is what a session gets that may not read what people write.
        """
        for each in list(self.sessions.values()):
            if (
                each.socket is None
                and each.lost_at is not None
                and time.monotonic() - each.lost_at > self.resume_within
            ):
                self.sessions.pop(each.id)
            elif each.covers(guild) and (not intent or each.intents & intent):
                blind = without_content is not None and not each.intents & MESSAGE_CONTENT
                each.dispatch(event, without_content if blind else data)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, from HELLO to its end."""
        if time.monotonic() < self.down_until:
            return web.Response(status=503, text="upstream connect error")
        query = request.query
        pack = _packer(query.get("compress"))
        ws = web.WebSocketResponse(max_msg_size=64 * 1024, compress=False, autoping=True)
        await ws.prepare(request)
        if query.get("v") != "10" or query.get("encoding", "json") != "json" or pack is None:
            self.closed_with.append(4012)
            await ws.close(code=4012 if query.get("v") != "10" else 4000)
            return ws
        socket = _Socket(ws, request.transport, pack)
        self._sockets.add(socket)
        writer = asyncio.create_task(socket.write())
        watch = asyncio.create_task(self._watch(socket))
        try:
            socket.say(HELLO, {"heartbeat_interval": round(self.heartbeat * 1000), "_trace": ["double"]})
            async for message in ws:
                code = self._receive(socket, message.data) if message.type is WSMsgType.TEXT else 4002
                if code:
                    self.closed_with.append(code)
                    socket.close(code)
                    break
        finally:
            watch.cancel()
            self._sockets.discard(socket)
            if socket.session is not None and socket.session.socket is socket:
                socket.session.socket = None
                socket.session.lost_at = time.monotonic()
                if ws.close_code in (1000, 1001):
                    self.sessions.pop(socket.session.id, None)
            socket.queue.put_nowait(None)
            await writer
            self.double.bell.ring()
        return ws

    async def _watch(self, socket: _Socket) -> None:
        """End a connection whose client stopped its heartbeat."""
        while True:
            await asyncio.sleep(self.heartbeat)
            if time.monotonic() - socket.beat > 2 * self.heartbeat:
                self.closed_with.append(4009)
                socket.close(4009)
                return

    def _receive(self, socket: _Socket, text: str) -> int | None:
        """Take one payload; gives the code to close with, if it is a bad one."""
        now = time.monotonic()
        if len(socket.received) == _SENDS and now - socket.received[0] < 60:
            return 4008
        socket.received.append(now)
        try:
            payload = orjson.loads(text)
            op, data = payload["op"], payload.get("d")
        except (json.JSONDecodeError, KeyError, TypeError):
            return 4002
        if len(text.encode()) > _MOST:
            return 4002
        if op == HEARTBEAT:
            socket.beat = now
            if not socket.deaf:
                socket.say(ACK)
            return None
        if op == IDENTIFY:
            return self._identify(socket, data)
        if op == RESUME:
            return self._resume(socket, data)
        if socket.session is None:
            return 4003
        if op == MEMBERS:
            self._members(socket.session, data)
            return None
        return None if op in (PRESENCE, 4) else 4001

    def _identify(self, socket: _Socket, data: Json) -> int | None:
        if socket.session is not None:
            return 4005
        if data.get("token", "").removeprefix("Bot ") != self.double.token:
            return 4004
        shard = tuple(data.get("shard") or (0, 1))
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            return 4010
        intents = data.get("intents")
        if not isinstance(intents, int) or not 0 <= intents < 1 << 26:
            return 4013
        if intents & PRIVILEGED & ~self.allowed_privileged:
            return 4014
        now, place = time.monotonic(), shard[0] % self.max_concurrency
        if now - self._identifies.get(place, -1e9) < self.identify_every or self.remaining < 1:
            socket.say(INVALID, False)
            return None
        self._identifies[place] = now
        self.remaining -= 1
        session = Session((shard[0], shard[1]), intents)
        self.sessions[session.id] = session
        socket.session, session.socket = session, socket
        self.identified += 1
        guilds = [each for each in self.double.guilds.values() if each.has_bot and session.covers(each)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self.double.bot.json() | {"verified": True, "mfa_enabled": True, "email": None},
                "guilds": [{"id": str(each.id), "unavailable": True} for each in guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": self.double.gateway_url,
                "shard": list(shard),
                "application": {"id": str(self.double.application_id), "flags": 0},
                "private_channels": [],
                "relationships": [],
                "presences": [],
                "_trace": ["double"],
            },
        )
        for each in guilds:
            session.dispatch("GUILD_CREATE", each.json())
        self.double.bell.ring()
        return None

    def _resume(self, socket: _Socket, data: Json) -> int | None:
        if socket.session is not None:
            return 4005
        if data.get("token", "").removeprefix("Bot ") != self.double.token:
            return 4004
        session = self.sessions.get(data.get("session_id", ""))
        since = data.get("seq")
        lost = (
            session is not None
            and session.lost_at is not None
            and time.monotonic() - session.lost_at > self.resume_within
        )
        if session is None or lost or not isinstance(since, int):
            self.refused_resumes += 1
            socket.say(INVALID, False)
            return None
        if since > session.sequence:
            return 4007
        if session.socket is not None:
            session.socket.session = None
            session.socket.close(4000)
        socket.session, session.socket, session.lost_at = session, socket, None
        for number, frame in list(session.kept):
            if number > since:
                socket.put(frame)
        session.dispatch("RESUMED", {"_trace": ["double"]})
        self.resumed += 1
        self.double.bell.ring()
        return None

    def _members(self, session: Session, data: Json) -> None:
        guild = self.double.guilds.get(int(data.get("guild_id") or 0))
        if guild is None or not session.covers(guild):
            return
        wanted = {int(each) for each in data.get("user_ids") or ()}
        prefix = data.get("query")
        found = [
            each.json()
            for each in guild.members.values()
            if each.id in wanted or (prefix is not None and each.user.name.lower().startswith(prefix.lower()))
        ]
        chunk: Json = {"guild_id": str(guild.id), "members": found[:1000], "chunk_index": 0, "chunk_count": 1}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | ({"nonce": data["nonce"]} if data.get("nonce") else {}))
