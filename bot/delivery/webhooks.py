"""How does a digest come under a name and picture of its own?

Through a webhook of the bot's in the channel, one a channel, found by whose application made it or else made. Its token
is asked of Discord and remembered in memory alone: it is written nowhere. Discord gives webhooks no nonces, so a request
that may have been taken is never made a second time here: whoever sends looks the message up first, by its marker.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import discord
import structlog
from discord.http import Route

from bot.delivery.forums import Forums, post_name
from bot.delivery.message_port import THREAD_NAME_KEY, WEBHOOK_KEYS, SendAborted, StillHeld
from bot.errors import DiscordUnavailable

__all__ = ["SendOnce", "Webhooks"]

log = structlog.get_logger()

_NAME: Final = "Gazette"
_INCOMING: Final = 1
_THREADS: Final = (10, 11, 12)
_HOMES: Final = (0, 2, 5, 13)
_GONE: Final = (10015, 50027)
_UNKNOWN_MESSAGE: Final = 10008

Request = Callable[..., Awaitable[Any]]


class SendOnce:
    """A `Still` that lets one request begin, and another only when Discord surely did not take the one before."""

    def __init__(self, still: StillHeld) -> None:
        self._still = still
        self.under_way = False

    def __call__(self) -> bool:
        """May a request begin?"""
        if self.under_way or not self._still():
            return False
        self.under_way = True
        return True

    def refused(self) -> None:
        """Discord didn't take it."""
        self.under_way = False


@dataclass(frozen=True, slots=True)
class _Hook:
    id: int
    token: str = field(repr=False)


class Webhooks:
    """The bot's own webhooks. `request` is as discord.py's `HTTPClient.request` with a `Still` after the route.

    `forums` know the posts that messages go to, `known` what a channel is without asking Discord, `application` gives the bot's application, `picture` the address of its picture.
    """

    def __init__(
        self,
        request: Request,
        forums: Forums,
        known: Callable[[int], Mapping[str, Any] | None],
        application: Callable[[], int | None],
        picture: Callable[[], str | None],
    ) -> None:
        self._request, self._forums, self._known = request, forums, known
        self._application, self._picture = application, picture
        self._places: dict[int, tuple[int, int | None]] = {}
        self._hooks: dict[int, _Hook] = {}
        self._looking: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(self, channel_id: int, body: Mapping[str, Any], digest: str, still: StillHeld) -> int | None:
        """Post a message under its own name; its id. None when it has to come from the bot: nothing was posted then.

        `digest` is what the forum knows the messages of one post by.

        Raises what discord.py raises, TooLate, and DiscordUnavailable when it isn't known whether Discord took it.
        """
        place = await self._place(channel_id)
        if place is None:
            log.info("delivery.as_bot", channel=channel_id, why="no webhooks there")
            return None
        home, thread = place
        body = {name: value for name, value in body.items() if name not in ("nonce", "enforce_nonce")}
        if (picture := self._picture()) is not None:
            body.setdefault("avatar_url", picture)
        opens, own = False, body.pop(THREAD_NAME_KEY, None)
        if self._forums.knows(channel_id):
            thread = await self._forums.post_of(channel_id, digest) if own is None else None
            if opens := thread is None:
                body |= {"thread_name": own or post_name(body), "applied_tags": self._forums.tags(channel_id, body)}
        for _ in range(2):
            hook = await self._hook(home)
            if hook is None:
                return None
            once = SendOnce(still)
            try:
                given = await self._request(_route("POST", hook), once, json=body, params=_query(thread, wait="true"))
            except SendAborted:
                if not once.under_way:
                    raise
                raise DiscordUnavailable("Discord answered a webhook's message with an error") from None
            except discord.HTTPException as error:
                if error.code in _GONE:
                    self._hooks.pop(home, None)
                    continue
                if error.status == 400 and any(name in error.text for name in WEBHOOK_KEYS):
                    log.warning("delivery.as_bot", channel=channel_id, why="Discord refuses the name or picture")
                    return None
                raise
            if opens and own is None:
                self._forums.opened(channel_id, digest, int(given["channel_id"]))
            return int(given["id"])
        log.warning("delivery.as_bot", channel=channel_id, why="the webhook vanishes")
        return None

    async def edit(self, channel_id: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        """Change a message that came through a webhook; False when it is gone, or its webhook is."""
        place = await self._place(channel_id)
        if place is None:
            return False
        home, thread = place
        for _ in range(2):
            hook = await self._hook(home, make=False)
            if hook is None:
                return False
            route = _route("PATCH", hook, f"/messages/{message_id}")
            try:
                await self._request(route, json=dict(payload), params=_query(thread))
            except discord.HTTPException as error:
                if error.code in _GONE:
                    self._hooks.pop(home, None)
                    continue
                if error.code == _UNKNOWN_MESSAGE:
                    return False
                raise
            return True
        return False

    async def _place(self, channel_id: int) -> tuple[int, int | None] | None:
        """The channel whose webhooks post there, and the thread of it; None where none can."""
        if channel_id not in self._places:
            route = Route("GET", "/channels/{channel_id}", channel_id=channel_id)
            given = self._known(channel_id) or await self._request(route)
            if given.get("type") in _THREADS and given.get("parent_id"):
                self._places[channel_id] = int(given["parent_id"]), channel_id
            elif self._forums.note(channel_id, given) or given.get("type") in _HOMES:
                self._places[channel_id] = channel_id, None
        return self._places.get(channel_id)

    async def _hook(self, home: int, *, make: bool = True) -> _Hook | None:
        """The bot's webhook of a channel; None when there is none and the bot may not make one."""
        async with self._looking[home]:
            if home in self._hooks:
                return self._hooks[home]
            try:
                given = await self._request(Route("GET", "/channels/{channel_id}/webhooks", channel_id=home))
                ours = [each for each in given if self._is_ours(each)]
                if not ours and not make:
                    return None
                if not ours:
                    route = Route("POST", "/channels/{channel_id}/webhooks", channel_id=home)
                    ours = [await self._request(route, json={"name": _NAME})]
            except discord.HTTPException as error:
                if error.status not in (400, 403):
                    raise
                why = "Manage Webhooks is missing" if error.status == 403 else f"no webhook can be made: {error.code}"
                log.warning("delivery.as_bot", channel=home, why=why)
                return None
            found = min(ours, key=lambda each: int(each["id"]))
            self._hooks[home] = _Hook(int(found["id"]), str(found["token"]))
            return self._hooks[home]

    def _is_ours(self, hook: Mapping[str, Any]) -> bool:
        maker = hook.get("application_id")
        return (
            hook.get("type") == _INCOMING
            and bool(hook.get("token"))
            and maker is not None
            and int(maker) == self._application()
        )


def _route(method: str, hook: _Hook, more: str = "") -> Route:
    path = "/webhooks/{webhook_id}/{webhook_token}" + more
    return Route(method, path, webhook_id=hook.id, webhook_token=hook.token)


def _query(thread: int | None, **more: str) -> dict[str, str]:
    return {**more, "with_components": "true", **({} if thread is None else {"thread_id": str(thread)})}
