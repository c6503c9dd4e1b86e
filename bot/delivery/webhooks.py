"""Webhooks: messages under a subscription's own name and avatar.

The bot has one webhook in a channel: the one that its application created, or a new one. Its token is fetched from
Discord and kept only in memory. Discord gives webhooks no nonces, so a request that may
have been taken is never made a second time here: the sender looks the message up first, by its marker.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import discord
import structlog
from discord.http import Route

from bot.delivery.forums import DiscordRequest, Forums, post_name
from bot.delivery.message_port import THREAD_NAME_KEY, WEBHOOK_KEYS, SendAborted, StillHeld
from bot.errors import DiscordUnavailable

__all__ = ["SendOnce", "Webhooks"]

log = structlog.get_logger()

_WEBHOOK_NAME: Final = "Gazette"
"""Name of the webhooks that the bot makes; each message sets its own."""

_INCOMING_WEBHOOK: Final = 1
"""Discord's webhook type of those that post messages."""

_THREAD_TYPES: Final = (10, 11, 12)
"""Discord's channel types: news, public and private threads."""

_WEBHOOK_CHANNEL_TYPES: Final = (0, 2, 5, 13)
"""Discord's channel types that can have webhooks, but for forums: text, voice, news, stage."""

_WEBHOOK_GONE: Final = (10015, 50027)
"""Discord's error codes: unknown webhook, invalid webhook token."""

_UNKNOWN_MESSAGE: Final = 10008
"""Discord's error code: the message was deleted."""

_TRIES: Final = 2
"""Tries with a webhook: one that somebody deleted is replaced once."""


class SendOnce:
    """A `StillHeld` that allows a second request only if Discord certainly refused the first."""

    def __init__(self, still_held: StillHeld) -> None:
        self._still_held = still_held
        self.in_flight = False

    def __call__(self) -> bool:
        """Return whether a request may begin, and note that it does."""
        if self.in_flight or not self._still_held():
            return False
        self.in_flight = True
        return True

    def mark_refused(self) -> None:
        """Note that Discord didn't take the request."""
        self.in_flight = False


@dataclass(frozen=True, slots=True)
class _Webhook:
    id: int
    token: str = field(repr=False)


class Webhooks:
    """The bot's own webhooks.

    `forums` knows the posts that messages go to, `cached_channel` a channel's kind without asking Discord,
    `application_id` the bot's application and `avatar_url` its picture.
    """

    def __init__(
        self,
        request: DiscordRequest,
        forums: Forums,
        cached_channel: Callable[[int], Mapping[str, Any] | None],
        application_id: Callable[[], int | None],
        avatar_url: Callable[[], str | None],
    ) -> None:
        self._request, self._forums, self._cached_channel = request, forums, cached_channel
        self._application_id, self._avatar_url = application_id, avatar_url
        self._locations: dict[int, tuple[int, int | None]] = {}
        self._webhooks: dict[int, _Webhook] = {}
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(self, channel_id: int, body: Mapping[str, Any], digest: str, still_held: StillHeld) -> int | None:
        """Post a message under its own name and return its id; None if the bot has to post it.

        `digest` names the digest whose messages share a forum post. Nothing was posted when None is returned. Raises
        what discord.py raises, SendAborted, and DiscordUnavailable when it isn't known whether Discord took it.
        """
        location = await self._locate(channel_id)
        if location is None:
            log.info("message.sent_as_bot", channel=channel_id, why="no webhooks there")
            return None
        home, thread = location
        body = {key: value for key, value in body.items() if key not in ("nonce", "enforce_nonce")}
        if (avatar_url := self._avatar_url()) is not None:
            body.setdefault("avatar_url", avatar_url)
        opens_post, thread_name = False, body.pop(THREAD_NAME_KEY, None)
        if self._forums.is_forum(channel_id):
            thread = await self._forums.find_post(channel_id, digest) if thread_name is None else None
            if opens_post := thread is None:
                name = thread_name or post_name(body)
                body |= {"thread_name": name, "applied_tags": self._forums.matching_tags(channel_id, body)}
        for _ in range(_TRIES):
            webhook = await self._find_or_create(home)
            if webhook is None:
                return None
            once = SendOnce(still_held)
            route, query = _route("POST", webhook), _query(thread, wait="true")
            try:
                answer = await self._request(route, once, json=body, params=query)
            except SendAborted:
                if not once.in_flight:
                    raise
                raise DiscordUnavailable("Discord answered a webhook's message with an error") from None
            except discord.HTTPException as error:
                if error.code in _WEBHOOK_GONE:
                    self._webhooks.pop(home, None)
                    continue
                if error.status == 400 and any(key in error.text for key in WEBHOOK_KEYS):
                    log.warning("message.sent_as_bot", channel=channel_id, why="Discord refuses the name or picture")
                    return None
                raise
            if opens_post and thread_name is None:
                self._forums.remember_post(channel_id, digest, int(answer["channel_id"]))
            return int(answer["id"])
        log.warning("message.sent_as_bot", channel=channel_id, why="the webhook vanishes")
        return None

    async def edit(self, channel_id: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        """Change a message that came through a webhook; False when it is gone, or its webhook is."""
        location = await self._locate(channel_id)
        if location is None:
            return False
        home, thread = location
        for _ in range(_TRIES):
            webhook = await self._find_or_create(home, create=False)
            if webhook is None:
                return False
            route = _route("PATCH", webhook, f"/messages/{message_id}")
            try:
                await self._request(route, json=dict(payload), params=_query(thread))
            except discord.HTTPException as error:
                if error.code in _WEBHOOK_GONE:
                    self._webhooks.pop(home, None)
                    continue
                if error.code == _UNKNOWN_MESSAGE:
                    return False
                raise
            return True
        return False

    async def _locate(self, channel_id: int) -> tuple[int, int | None] | None:
        """Return the channel whose webhooks post to this one, and the thread in it, or None."""
        if channel_id not in self._locations:
            route = Route("GET", "/channels/{channel_id}", channel_id=channel_id)
            channel = self._cached_channel(channel_id) or await self._request(route)
            if channel.get("type") in _THREAD_TYPES and channel.get("parent_id"):
                self._locations[channel_id] = int(channel["parent_id"]), channel_id
            elif self._forums.register(channel_id, channel) or channel.get("type") in _WEBHOOK_CHANNEL_TYPES:
                self._locations[channel_id] = channel_id, None
        return self._locations.get(channel_id)

    async def _find_or_create(self, home: int, *, create: bool = True) -> _Webhook | None:
        """Return the bot's webhook of a channel; None if it has none and may not make one."""
        async with self._locks[home]:
            if home in self._webhooks:
                return self._webhooks[home]
            try:
                existing = await self._request(Route("GET", "/channels/{channel_id}/webhooks", channel_id=home))
                ours = [each for each in existing if self._is_ours(each)]
                if not ours and not create:
                    return None
                if not ours:
                    route = Route("POST", "/channels/{channel_id}/webhooks", channel_id=home)
                    ours = [await self._request(route, json={"name": _WEBHOOK_NAME})]
            except discord.HTTPException as error:
                if error.status not in (400, 403):
                    raise
                why = "Manage Webhooks is missing" if error.status == 403 else f"no webhook can be made: {error.code}"
                log.warning("message.sent_as_bot", channel=home, why=why)
                return None
            oldest = min(ours, key=lambda each: int(each["id"]))
            self._webhooks[home] = _Webhook(int(oldest["id"]), str(oldest["token"]))
            return self._webhooks[home]

    def _is_ours(self, webhook: Mapping[str, Any]) -> bool:
        maker = webhook.get("application_id")
        return (
            webhook.get("type") == _INCOMING_WEBHOOK
            and bool(webhook.get("token"))
            and maker is not None
            and int(maker) == self._application_id()
        )


def _route(method: str, webhook: _Webhook, suffix: str = "") -> Route:
    path = "/webhooks/{webhook_id}/{webhook_token}" + suffix
    return Route(method, path, webhook_id=webhook.id, webhook_token=webhook.token)


def _query(thread: int | None, **more: str) -> dict[str, str]:
    return {**more, "with_components": "true", **({} if thread is None else {"thread_id": str(thread)})}
