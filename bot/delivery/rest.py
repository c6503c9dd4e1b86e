"""How are messages sent through discord.py?

Requests go through discord.py's HTTP client, which keeps the limits of routes as the headers tell them. A trace on its
session asks the budget right before a request's first byte, so that nothing that counts for Discord's global limit
passes it by, whoever asks.
"""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
import discord
import orjson
import structlog
from discord.http import Route

from bot.delivery.api_base import set_api_base
from bot.delivery.forums import FORUM_CODES, Forums
from bot.delivery.message_port import THREAD_NAME_KEY, WEBHOOK_KEYS, ChannelMessage, SendAborted, StillHeld
from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.webhooks import SendOnce, Webhooks
from bot.errors import ChannelGone, DeliveryError, DiscordUnavailable, MessageRefused, PermissionMissing, TokenRefused
from bot.newsroom.models import DigestStyle
from bot.rendering.discord import FILES_KEY, permitted_look

__all__ = ["DiscordMessagePort", "apply_rate_limiter", "open_message_port"]

log = structlog.get_logger()

_PATIENCE: Final = 90.0  # seconds that one request may take with all of discord.py's own retries
_FREE: Final = ("/interactions/", "/webhooks/")
_ENOUGH: Final = 100
_ALONE: Final = 50.0  # requests a second that Discord allows a bot
_PUBLISHING: Final = 10.0
_UNKNOWN_CHANNEL: Final = 10003
_ANOTHERS_MESSAGE: Final = 50005

_waits: ContextVar[StillHeld | None] = ContextVar("waits", default=None)
"""Set while a request of ours is made: it waits for its turn, and is asked once more before it goes."""


def apply_rate_limiter(client: discord.Client, budget: RateLimiter) -> None:
    """Have every request of a client that isn't logged in yet counted by the budget."""
    trace = aiohttp.TraceConfig()

    async def starts(
        _session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        context.number = 0
        still = _waits.get()
        if any(part in request.url.path for part in _FREE):
            if still is not None and not still():
                raise SendAborted
            return
        context.number = budget.spend() if still is None else await budget.wait()
        if still is not None and not still():
            budget.done(context.number)
            raise SendAborted

    async def ends(
        _session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        budget.done(context.number)
        headers = request.response.headers
        if request.response.status != 429:
            return
        if isinstance(still := _waits.get(), SendOnce):
            still.refused()
        budget.limited += 1
        if headers.get("X-RateLimit-Global") or headers.get("X-RateLimit-Scope") == "global":
            budget.limited_until(_seconds(headers.get("Retry-After")))

    async def fails(
        _session: aiohttp.ClientSession, context: SimpleNamespace, _request: aiohttp.TraceRequestExceptionParams
    ) -> None:
        budget.done(context.number)

    trace.on_request_start.append(starts)
    trace.on_request_end.append(ends)
    trace.on_request_exception.append(fails)
    client.http.http_trace = trace


@asynccontextmanager
async def open_message_port(
    token: str, api_base: str = "", budget: RateLimiter | None = None
) -> AsyncIterator[DiscordMessagePort]:
    """A post of its own, logged in without a gateway. `api_base` is as for `bot.delivery.api_base`.

    Raises TokenRefused, or DiscordUnavailable when there is no answer.
    """
    set_api_base(api_base)
    client = discord.Client(intents=discord.Intents.none(), allowed_mentions=discord.AllowedMentions.none())
    apply_rate_limiter(client, budget if budget is not None else RateLimiter(_ALONE))
    async with client:
        with _in_words(0):
            await client.login(token)
        yield DiscordMessagePort(client)


class DiscordMessagePort:
    """A `Post` over a client that is logged in; it needs no gateway."""

    def __init__(self, client: discord.Client) -> None:
        self._client, self._http = client, client.http
        self._direct: dict[int, int] = {}
        self._forums = Forums(self._request)
        self._webhooks = Webhooks(
            self._request, self._forums, self._known, lambda: client.application_id, self._picture
        )

    async def send(self, channel_id: int, payload: Mapping[str, Any], nonce: str, still: StillHeld) -> int:
        """See Post."""
        sender = [name for name in WEBHOOK_KEYS if name in payload]
        body = {name: payload[name] for name in payload if name not in sender}
        body |= {"nonce": nonce, "enforce_nonce": True}
        digest = nonce.partition(".")[0]
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        uses = "Attach Files" if FILES_KEY in payload else "Embed Links" if "embeds" in payload else "Send Messages"
        with _in_words(channel_id, uses):
            if sender and self._may_hook(channel_id):
                number = await self._webhooks.send(channel_id, payload, digest, still)
                if number is not None:
                    await self._announce(channel_id, number)
                    return number
            if self._forums.knows(channel_id):
                return await self._forums.send(channel_id, body, digest, still)
            try:
                message = {name: value for name, value in body.items() if name != THREAD_NAME_KEY}
                given = await self._request(route, still, json=message)
            except discord.HTTPException as error:
                if error.code not in FORUM_CODES or not await self._forums.learn(channel_id):
                    raise
                return await self._forums.send(channel_id, body, digest, still)
        await self._announce(channel_id, int(given["id"]))
        return int(given["id"])

    def _may_hook(self, channel_id: int) -> bool:
        """May the bot have webhooks there? True when nobody knows: Discord will say."""
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return True
        if channel.permissions_for(channel.guild.me).manage_webhooks:
            return True
        log.warning("delivery.as_bot", channel=channel_id, why="Manage Webhooks is missing")
        return False

    def _known(self, channel_id: int) -> dict[str, Any] | None:
        """What the gateway told of a channel's kind; nothing of forums, of which more has to be known."""
        channel = self._client.get_channel(channel_id)
        if channel is None or isinstance(channel, discord.ForumChannel | discord.abc.PrivateChannel):
            return None
        return {"type": channel.type.value, "parent_id": getattr(channel, "parent_id", None)}

    def _picture(self) -> str | None:
        """The bot's own picture, for those who only want another name."""
        user = self._client.user
        return None if user is None else user.display_avatar.url

    async def _announce(self, channel_id: int, message_id: int) -> None:
        """Publish a message to the servers that follow an announcement channel; Discord allows ten an hour.

        Which channels announce is known from the gateway: without one nothing is published.
        """
        channel = self._client.get_channel(channel_id)
        if getattr(channel, "type", None) is not discord.ChannelType.news:
            return
        path = "/channels/{channel_id}/messages/{message_id}/crosspost"
        try:
            async with asyncio.timeout(_PUBLISHING):  # discord.py would wait for the next hour
                await self._request(Route("POST", path, channel_id=channel_id, message_id=message_id))
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            # The digest is in the channel, which is what was ordered.
            log.warning("delivery.not_published", channel=channel_id, error=type(error).__name__)

    def fitting(self, channel_id: int, look: DigestStyle) -> DigestStyle:
        """See KnowsPermissions; without a gateway nothing is known, and the look stays."""
        channel = self._client.get_channel(channel_id)
        if channel is None or isinstance(channel, discord.abc.PrivateChannel):
            return look
        return permitted_look(look, channel.permissions_for(channel.guild.me).value)

    async def recent(self, channel_id: int, limit: int = _ENOUGH, before: int | None = None) -> list[ChannelMessage]:
        """See Post."""
        query: dict[str, Any] = {"limit": min(limit, _ENOUGH)}
        if before is not None:
            query["before"] = before
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel_id)
        with _in_words(channel_id):
            if not self._forums.knows(channel_id):
                given = await self._history(route, query)
                if given or before is not None or not await self._forums.learn(channel_id):
                    return [_seen(message) for message in given]
            return [] if before else [_seen(message) for message in await self._forums.recent(channel_id)]

    async def _history(self, route: Route, query: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """A channel's messages; none where there can't be any."""
        try:
            given: list[Mapping[str, Any]] = await self._request(route, params=dict(query))
        except discord.HTTPException as error:
            if error.code not in FORUM_CODES:
                raise
            return []
        return given

    async def has_messages(self, channel_id: int) -> bool:
        """See Post."""
        with _in_words(channel_id):
            given = await self._request(Route("GET", "/channels/{channel_id}", channel_id=channel_id))
        return given.get("last_message_id") is not None

    async def edit(self, channel_id: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        """See Post."""
        with _in_words(channel_id):
            if not self._forums.knows(channel_id):
                if await self._edited(channel_id, message_id, payload):
                    return True
                if not await self._forums.learn(channel_id):
                    return False
            for post in dict.fromkeys([message_id, *await self._forums.posts(channel_id)]):
                if await self._edited(post, message_id, payload):
                    return True
        return False

    async def _edited(self, channel_id: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        """Change a message where it is thought to be; False when it isn't there."""
        path = "/channels/{channel_id}/messages/{message_id}"
        route = Route("PATCH", path, channel_id=channel_id, message_id=message_id)
        try:
            await self._request(route, json=dict(payload))
        except discord.NotFound as error:
            if error.code == _UNKNOWN_CHANNEL and channel_id != message_id:
                raise
            return False
        except discord.Forbidden as error:
            if error.code != _ANOTHERS_MESSAGE:
                raise
            return await self._webhooks.edit(channel_id, message_id, payload)
        return True

    async def open_dm(self, member_id: int) -> int:
        """See Post."""
        if member_id not in self._direct:
            with _in_words(member_id):
                given = await self._request(Route("POST", "/users/@me/channels"), json={"recipient_id": member_id})
            self._direct[member_id] = int(given["id"])
        return self._direct[member_id]

    async def _request(self, route: Route, still: StillHeld | None = None, **options: Any) -> Any:
        token = _waits.set(still if still is not None else _always)
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._http.request(route, **_with_files(options))
        finally:
            _waits.reset(token)


def _always() -> bool:
    return True


def _with_files(options: dict[str, Any]) -> dict[str, Any]:
    """A request's options with the files of its message (see `FILES`), if it has any, as a form beside the JSON."""
    body = options.get("json") or {}
    opens = FILES_KEY in (body.get("message") or {})  # the first message of a forum's post
    message = body["message"] if opens else body
    if FILES_KEY not in message:
        return options
    files = [
        discord.File(io.BytesIO(base64.b64decode(contents)), filename=name)
        for name, contents in message[FILES_KEY].items()
    ]
    message = {name: value for name, value in message.items() if name != FILES_KEY}
    form: list[dict[str, Any]] = [
        {"name": "payload_json", "value": orjson.dumps(body | {"message": message} if opens else message).decode()}
    ]
    form += [
        {"name": f"files[{number}]", "value": file.fp, "filename": file.filename, "content_type": "image/png"}
        for number, file in enumerate(files)
    ]
    return {name: value for name, value in options.items() if name != "json"} | {"files": files, "form": form}


@contextmanager
def _in_words(channel_id: int, uses: str = "Send Messages") -> Iterator[None]:
    """Turn what discord.py and the connection raise into our errors; `uses` is the permission that is needed most."""
    try:
        yield
    except discord.LoginFailure as error:
        raise TokenRefused from error
    except discord.HTTPException as error:
        raise _meant(error, channel_id, uses) from error
    except discord.RateLimited as error:
        raise DiscordUnavailable(f"Discord asks to wait {error.retry_after:.0f} s", wait=error.retry_after) from error
    except TimeoutError as error:
        raise DiscordUnavailable("Discord does not answer in time") from error
    except (aiohttp.ClientError, OSError) as error:
        raise DiscordUnavailable(f"Discord can't be reached: {type(error).__name__}") from error
    except RuntimeError as error:
        if "closed" not in str(error).lower():  # aiohttp's session, when the client was closed under us
            raise
        raise DiscordUnavailable("the connection was closed") from error


def _meant(error: discord.HTTPException, channel_id: int, uses: str) -> DeliveryError:
    """Discord's answer as one of our errors. Codes: discord.dev, Opcodes and Status Codes, JSON."""
    if error.status == 401:
        return TokenRefused()
    if error.status == 429 or error.status >= 500:
        return DiscordUnavailable(f"Discord answers {error.status}")
    if error.status == 404:
        return ChannelGone(channel_id)
    if error.code in (50001, 50007):
        return PermissionMissing(channel_id, "View Channel" if error.code == 50001 else "Direct Messages")
    if error.code in (160005, 50160):
        return PermissionMissing(channel_id, "Manage Threads")
    if error.status == 403:
        return PermissionMissing(channel_id, uses)
    return MessageRefused(channel_id, f"{error.status} {error.code}: {error.text[:200]}")


def _seen(message: Mapping[str, Any]) -> ChannelMessage:
    nonce = message.get("nonce")
    return ChannelMessage(
        id=int(message["id"]),
        at=_moment(int(message["id"])),
        text="\n".join(_texts(message)),
        nonce=str(nonce) if nonce is not None else None,
    )


def _texts(part: Any) -> Iterator[str]:
    """All texts of a message, its embeds and components, in order."""
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, Mapping):
        for name in ("content", "title", "description", "text", "name", "value", "label"):
            if isinstance(part.get(name), str):
                yield part[name]
        for name in ("embeds", "fields", "footer", "components", "component", "accessory"):
            yield from _texts(part.get(name))


def _moment(snowflake: int) -> datetime:
    return datetime.fromtimestamp(((snowflake >> 22) + 1_420_070_400_000) / 1000, UTC)


def _seconds(text: str | None) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 1.0
