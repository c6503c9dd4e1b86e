"""The message port over discord.py's HTTP client, which needs no gateway.

discord.py keeps the limits of single routes as the headers tell them. A trace on its session asks the rate limiter
right before a request's first byte, so that everything that counts for Discord's global limit is counted, whichever
part of the program asks.
"""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Final, TypeVar

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

_REQUEST_SECONDS: Final = 90.0
"""Seconds that one request may take with all of discord.py's own retries."""

_UNLIMITED_PATHS: Final = ("/interactions/", "/webhooks/")
"""Paths that Discord doesn't count for the global limit of a bot."""

_HISTORY_PAGE: Final = 100
"""Messages that Discord gives in one request at most."""

_DEFAULT_RATE: Final = 50.0
"""Requests a second that Discord allows a bot."""

_CROSSPOST_SECONDS: Final = 10.0
"""Seconds that publishing may take: at its limit of ten an hour discord.py would wait for the next hour."""

# Discord's JSON error codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
T = TypeVar("T")

_UNKNOWN_CHANNEL: Final = 10003
"""The channel, or the post, was deleted."""
_MISSING_ACCESS: Final = 50001
"""The bot can't see the channel."""
_NOT_AUTHOR: Final = 50005
"""The message is a webhook's or somebody else's."""
_ARCHIVED: Final = 50083
"""The thread is archived: nothing in it can be edited."""
_CANNOT_MESSAGE_USER: Final = 50007
"""The member takes no direct messages from the bot."""
_THREAD_ERRORS: Final = (160005, 50160)
"""The thread is locked or archived, and the bot may not open it."""

_NO_THREAD_CODES: Final = (160004, 50024, 50003, *FORUM_CODES)
"""The message has a thread already, or the channel is of a type without threads, such as a thread or a conversation."""

_ARCHIVE_AFTER_MINUTES: Final = 1440
"""Minutes without a message after which Discord archives a thread for talk: a day, as long as a digest is news."""

_ERROR_LENGTH: Final = 200
"""Characters of Discord's own words that an error keeps."""

_DISCORD_EPOCH_MS: Final = 1_420_070_400_000
"""The first second of 2015, from which snowflakes count milliseconds."""

_TIMESTAMP_SHIFT: Final = 22
"""Bits of a snowflake below its timestamp."""

_DEFAULT_RETRY_SECONDS: Final = 1.0
"""Seconds to hold after a 429 that doesn't say for how long."""

_current_claim: ContextVar[StillHeld | None] = ContextVar("current_claim", default=None)
"""Set during a request of this module: it waits for its turn, and is aborted when the claim no longer holds."""


def apply_rate_limiter(client: discord.Client, rate_limiter: RateLimiter) -> None:
    """Count every request of a client that isn't logged in yet in the rate limiter."""
    trace = aiohttp.TraceConfig()

    async def on_start(
        _session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        context.ticket = 0
        still_held = _current_claim.get()
        if any(part in request.url.path for part in _UNLIMITED_PATHS):
            if still_held is not None and not still_held():
                raise SendAborted
            return
        context.ticket = rate_limiter.record() if still_held is None else await rate_limiter.acquire()
        if still_held is not None and not still_held():
            rate_limiter.release(context.ticket)
            raise SendAborted

    async def on_end(
        _session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        rate_limiter.release(context.ticket)
        headers = request.response.headers
        if request.response.status != 429:
            return
        if isinstance(still_held := _current_claim.get(), SendOnce):
            still_held.mark_refused()
        rate_limiter.rejections += 1
        if headers.get("X-RateLimit-Global") or headers.get("X-RateLimit-Scope") == "global":
            rate_limiter.back_off(_retry_seconds(headers.get("Retry-After")))

    async def on_exception(
        _session: aiohttp.ClientSession, context: SimpleNamespace, _request: aiohttp.TraceRequestExceptionParams
    ) -> None:
        rate_limiter.release(context.ticket)

    trace.on_request_start.append(on_start)
    trace.on_request_end.append(on_end)
    trace.on_request_exception.append(on_exception)
    client.http.http_trace = trace


@asynccontextmanager
async def open_message_port(
    token: str, api_base: str = "", rate_limiter: RateLimiter | None = None
) -> AsyncIterator[DiscordMessagePort]:
    """Log a client in without a gateway and yield its message port.

    `api_base` is as for `bot.delivery.api_base`. Raises TokenRefused, or DiscordUnavailable when there is no answer.
    """
    set_api_base(api_base)
    client = discord.Client(intents=discord.Intents.none(), allowed_mentions=discord.AllowedMentions.none())
    apply_rate_limiter(client, rate_limiter if rate_limiter is not None else RateLimiter(_DEFAULT_RATE))
    async with client:
        with _translated_errors(0):
            await client.login(token)
        yield DiscordMessagePort(client)


class DiscordMessagePort:
    """A `MessagePort` over a client that is logged in."""

    def __init__(self, client: discord.Client) -> None:
        self._client, self._http = client, client.http
        self._dm_channels: dict[int, int] = {}
        self._forums = Forums(self._request)
        self._webhooks = Webhooks(
            self._request, self._forums, self._cached_channel, lambda: client.application_id, self._avatar_url
        )

    async def send(self, channel_id: int, payload: Mapping[str, Any], nonce: str, still_held: StillHeld) -> int:
        """See MessagePort."""
        named = any(key in payload for key in WEBHOOK_KEYS)
        body = {key: value for key, value in payload.items() if key not in WEBHOOK_KEYS}
        body |= {
            "nonce": nonce,
            "enforce_nonce": True,
            "allowed_mentions": self._permitted_mentions(channel_id, payload),
        }
        payload = {**payload, "allowed_mentions": body["allowed_mentions"]}
        digest = nonce.partition(".")[0]
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        permission = (
            "Attach Files" if FILES_KEY in payload else "Embed Links" if "embeds" in payload else "Send Messages"
        )
        with _translated_errors(channel_id, permission):
            if named and self._may_use_webhooks(channel_id):
                message_id = await self._webhooks.send(channel_id, payload, digest, still_held)
                if message_id is not None:
                    await self._crosspost(channel_id, message_id)
                    return message_id
            if self._forums.is_forum(channel_id):
                return await self._forums.send(channel_id, body, digest, still_held)
            try:
                message = {key: value for key, value in body.items() if key != THREAD_NAME_KEY}
                answer = await self._request(route, still_held, json=message)
            except discord.HTTPException as error:
                if error.code not in FORUM_CODES or not await self._forums.detect(channel_id):
                    raise
                return await self._forums.send(channel_id, body, digest, still_held)
        await self._crosspost(channel_id, int(answer["id"]))
        return int(answer["id"])

    def _permitted_mentions(self, channel_id: int, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return a payload's mentions, without roles that the bot may not mention."""
        roles = (payload.get("allowed_mentions") or {}).get("roles") or []
        channel = self._client.get_channel(channel_id)
        if roles and isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            everything = channel.permissions_for(channel.guild.me).mention_everyone
            known = {each: channel.guild.get_role(int(each)) for each in roles}
            permitted = [each for each, role in known.items() if role is not None and (everything or role.mentionable)]
            if permitted != roles:
                log.warning("message.role_not_mentioned", channel=channel_id, roles=roles)
            roles = permitted
        return {"parse": [], "roles": roles} if roles else {"parse": []}

    def _may_use_webhooks(self, channel_id: int) -> bool:
        """Return whether the bot may have webhooks in the channel; True if that isn't known."""
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return True
        if channel.permissions_for(channel.guild.me).manage_webhooks:
            return True
        log.warning("message.sent_as_bot", channel=channel_id, why="Manage Webhooks is missing")
        return False

    def _cached_channel(self, channel_id: int) -> dict[str, Any] | None:
        """Return a channel's type and parent as the gateway sent them.

        None for a forum, of which its tags matter, too.
        """
        channel = self._client.get_channel(channel_id)
        if channel is None or isinstance(channel, discord.ForumChannel | discord.abc.PrivateChannel):
            return None
        return {"type": channel.type.value, "parent_id": getattr(channel, "parent_id", None)}

    def _avatar_url(self) -> str | None:
        """Return the bot's own picture, for subscriptions that set only a name."""
        user = self._client.user
        return None if user is None else user.display_avatar.url

    async def _crosspost(self, channel_id: int, message_id: int) -> None:
        """Publish a message to the servers that follow an announcement channel.

        Discord allows ten an hour. The gateway tells which channels announce: without one nothing is published.
        """
        channel = self._client.get_channel(channel_id)
        if getattr(channel, "type", None) is not discord.ChannelType.news:
            return
        path = "/channels/{channel_id}/messages/{message_id}/crosspost"
        try:
            async with asyncio.timeout(_CROSSPOST_SECONDS):
                await self._request(Route("POST", path, channel_id=channel_id, message_id=message_id))
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            # The digest is in the channel, which is what the subscription asks for.
            log.warning("message.not_published", channel=channel_id, error=type(error).__name__)

    def supported_style(self, channel_id: int, style: DigestStyle) -> DigestStyle:
        """See MessagePort; without a gateway no permissions are known, and the style stays."""
        channel = self._client.get_channel(channel_id)
        if channel is None or isinstance(channel, discord.abc.PrivateChannel):
            return style
        return permitted_look(style, channel.permissions_for(channel.guild.me).value)

    async def recent(
        self, channel_id: int, limit: int = _HISTORY_PAGE, before: int | None = None
    ) -> list[ChannelMessage]:
        """See MessagePort."""
        query: dict[str, Any] = {"limit": min(limit, _HISTORY_PAGE)}
        if before is not None:
            query["before"] = before
        with _translated_errors(channel_id):
            if not self._forums.is_forum(channel_id):
                messages = await self._history(channel_id, query)
                if messages or before is not None or not await self._forums.detect(channel_id):
                    return [_channel_message(message) for message in messages]
            return [] if before else [_channel_message(message) for message in await self._forums.recent(channel_id)]

    async def _history(self, channel_id: int, query: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Return a channel's messages; none if it is of a type that holds none."""
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel_id)
        try:
            messages: list[Mapping[str, Any]] = await self._request(route, params=dict(query))
        except discord.HTTPException as error:
            if error.code not in FORUM_CODES:
                raise
            return []
        return messages

    async def has_messages(self, channel_id: int) -> bool:
        """See MessagePort."""
        with _translated_errors(channel_id):
            channel = await self._request(Route("GET", "/channels/{channel_id}", channel_id=channel_id))
        return channel.get("last_message_id") is not None

    async def edit(
        self, channel_id: int, message_id: int, payload: Mapping[str, Any], *, post: int | None = None
    ) -> bool:
        """See MessagePort."""
        with _translated_errors(channel_id):
            if not self._forums.is_forum(channel_id):
                if await self._edit_in_thread(channel_id, message_id, payload):
                    return True
                if not await self._forums.detect(channel_id):
                    return False
            known = [message_id] if post is None else [post, message_id]
            for thread in dict.fromkeys([*known, *await self._forums.open_posts(channel_id)]):
                if await self._edit_in_thread(thread, message_id, payload):
                    return True
        return False

    async def _edit_in_thread(self, thread: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        """Change a message in a channel, or in a thread that Discord may have archived."""
        return await self._unarchiving(thread, lambda: self._edit_in(thread, message_id, payload))

    async def _unarchiving(self, thread: int, change: Callable[[], Awaitable[T]]) -> T:
        """Make a change in a thread; one that is archived is opened for it."""
        try:
            return await change()
        except discord.HTTPException as error:
            if error.code != _ARCHIVED:
                raise
        route = Route("PATCH", "/channels/{channel_id}", channel_id=thread)
        await self._request(route, json={"archived": False})
        try:
            return await change()
        finally:
            await self._request(route, json={"archived": True})

    async def _edit_in(self, channel_id: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        """Change a message in a channel or post; False if the message isn't in it."""
        path = "/channels/{channel_id}/messages/{message_id}"
        route = Route("PATCH", path, channel_id=channel_id, message_id=message_id)
        try:
            await self._request(route, json=dict(payload))
        except discord.NotFound as error:
            if error.code == _UNKNOWN_CHANNEL and channel_id != message_id:
                raise
            return False
        except discord.Forbidden as error:
            if error.code != _NOT_AUTHOR:
                raise
            return await self._webhooks.edit(channel_id, message_id, payload)
        return True

    async def open_thread(self, channel_id: int, message_id: int, name: str) -> None:
        """See MessagePort; Discord refuses a second thread, so that repeating it is safe."""
        if self._forums.is_forum(channel_id):
            return
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        route = Route("POST", path, channel_id=channel_id, message_id=message_id)
        with _translated_errors(channel_id, "Create Public Threads"):
            try:
                await self._request(route, json={"name": name, "auto_archive_duration": _ARCHIVE_AFTER_MINUTES})
            except discord.NotFound as error:
                if error.code == _UNKNOWN_CHANNEL:
                    raise
            except discord.HTTPException as error:
                if error.code not in _NO_THREAD_CODES:
                    raise

    async def rename_post(self, channel_id: int, message_id: int, name: str) -> None:
        """See MessagePort."""
        with _translated_errors(channel_id):
            if self._forums.is_forum(channel_id) or await self._forums.detect(channel_id):
                route = Route("PATCH", "/channels/{channel_id}", channel_id=message_id)  # a post has its message's id
                await self._unarchiving(message_id, lambda: self._request(route, json={"name": name}))

    async def open_dm(self, member_id: int) -> int:
        """See MessagePort."""
        if member_id not in self._dm_channels:
            with _translated_errors(member_id):
                channel = await self._request(Route("POST", "/users/@me/channels"), json={"recipient_id": member_id})
            self._dm_channels[member_id] = int(channel["id"])
        return self._dm_channels[member_id]

    async def _request(self, route: Route, still_held: StillHeld | None = None, **options: Any) -> Any:
        token = _current_claim.set(still_held if still_held is not None else _always)
        try:
            async with asyncio.timeout(_REQUEST_SECONDS):
                return await self._http.request(route, **_with_files(options))
        finally:
            _current_claim.reset(token)


def _always() -> bool:
    return True


def _with_files(options: dict[str, Any]) -> dict[str, Any]:
    """Return a request's options with its message's files (`FILES_KEY`) as a form."""
    body = options.get("json") or {}
    opens_post = FILES_KEY in (body.get("message") or {})
    message = body["message"] if opens_post else body
    if FILES_KEY not in message:
        return options
    files = [
        discord.File(io.BytesIO(base64.b64decode(contents)), filename=name)
        for name, contents in message[FILES_KEY].items()
    ]
    message = {name: value for name, value in message.items() if name != FILES_KEY}
    form: list[dict[str, Any]] = [
        {"name": "payload_json", "value": orjson.dumps(body | {"message": message} if opens_post else message).decode()}
    ]
    form += [
        {"name": f"files[{number}]", "value": file.fp, "filename": file.filename, "content_type": "image/png"}
        for number, file in enumerate(files)
    ]
    return {name: value for name, value in options.items() if name != "json"} | {"files": files, "form": form}


@contextmanager
def _translated_errors(channel_id: int, permission: str = "Send Messages") -> Iterator[None]:
    """Raise our errors for those of discord.py and the connection.

    `permission` is the one that a 403 is about.
    """
    try:
        yield
    except discord.LoginFailure as error:
        raise TokenRefused from error
    except discord.HTTPException as error:
        raise _delivery_error(error, channel_id, permission) from error
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


def _delivery_error(error: discord.HTTPException, channel_id: int, permission: str) -> DeliveryError:
    """Return our error for Discord's answer."""
    if error.status == 401:
        return TokenRefused()
    if error.status == 429 or error.status >= 500:
        return DiscordUnavailable(f"Discord answers {error.status}")
    if error.status == 404:
        return ChannelGone(channel_id)
    if error.code == _MISSING_ACCESS:
        return PermissionMissing(channel_id, "View Channel")
    if error.code == _CANNOT_MESSAGE_USER:
        return PermissionMissing(channel_id, "Direct Messages")
    if error.code in _THREAD_ERRORS:
        return PermissionMissing(channel_id, "Manage Threads")
    if error.status == 403:
        return PermissionMissing(channel_id, permission)
    return MessageRefused(channel_id, f"{error.status} {error.code}: {error.text[:_ERROR_LENGTH]}")


def _channel_message(message: Mapping[str, Any]) -> ChannelMessage:
    nonce = message.get("nonce")
    return ChannelMessage(
        id=int(message["id"]),
        at=_created_at(int(message["id"])),
        text="\n".join(_texts(message)),
        nonce=str(nonce) if nonce is not None else None,
    )


def _texts(part: Any) -> Iterator[str]:
    """Yield all texts and ids of a message, its embeds and components, in order."""
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, Mapping):
        for key in ("content", "title", "description", "text", "name", "value", "label", "custom_id"):
            if isinstance(part.get(key), str):
                yield part[key]
        if "type" in part and isinstance(part.get("id"), int):
            yield str(part["id"])
        for key in ("embeds", "fields", "footer", "components", "component", "accessory"):
            yield from _texts(part.get(key))


def _created_at(snowflake: int) -> datetime:
    return datetime.fromtimestamp(((snowflake >> _TIMESTAMP_SHIFT) + _DISCORD_EPOCH_MS) / 1000, UTC)


def _retry_seconds(header: str | None) -> float:
    try:
        return float(header or _DEFAULT_RETRY_SECONDS)
    except ValueError:
        return _DEFAULT_RETRY_SECONDS
