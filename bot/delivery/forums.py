"""Forums: each digest is a post of its own, and is found again after a crash.

A forum takes no messages, only posts that begin with one. A digest is one post: its first message opens it, the others
follow in it. A post has no nonce, so a forum's posts are searched by the messages in them: one that was opened right
before a crash is found, as in any channel.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Final

from discord.http import Route

from bot.delivery.markers import markers_of
from bot.delivery.message_port import THREAD_NAME_KEY, StillHeld

__all__ = ["FORUM_CODES", "DiscordRequest", "Forums", "post_name"]

FORUM_CODES: Final = (50008, 50024)
"""Discord's error codes when a message is sent to, or read from, a forum itself."""

_FORUM_TYPES: Final = (15, 16)
"""Discord's channel types: forum and media."""

_REQUIRES_TAG: Final = 1 << 4
"""Discord's channel flag: a post must have a tag."""

_TAGS_LIMIT: Final = 5
"""Tags of a post at most, as Discord allows."""

_NAME_LENGTH: Final = 90
"""Characters of a post's name; Discord allows 100."""

_SEARCHED_POSTS: Final = 10
"""Newest open posts that are searched: digests of ten slots; an older one isn't in progress any more."""

_HISTORY_PAGE: Final = 100
"""Messages that Discord gives in one request at most; a digest has fewer."""

_MARKER_LENGTH: Final = 8
"""Characters of a digest's nonce that its messages show; see `bot.delivery.messages`."""

_ARCHIVE_AFTER_MINUTES: Final = 1440
"""Minutes without a message after which Discord archives a post: a day, until the next digest."""

DiscordRequest = Callable[..., Awaitable[Any]]
"""discord.py's `HTTPClient.request` with a `StillHeld` after the route."""


class Forums:
    """Posts of the forums that digests go to."""

    def __init__(self, request: DiscordRequest) -> None:
        self._request = request
        self._forums: dict[int, Mapping[str, Any]] = {}
        self._posts: dict[tuple[int, str], int] = {}

    def is_forum(self, channel_id: int) -> bool:
        """Return whether the channel is known to be a forum."""
        return channel_id in self._forums

    async def detect(self, channel_id: int) -> bool:
        """Ask Discord for the channel's type; True for a forum."""
        channel = await self._request(Route("GET", "/channels/{channel_id}", channel_id=channel_id))
        return self.register(channel_id, channel)

    def register(self, channel_id: int, channel: Mapping[str, Any]) -> bool:
        """Remember a channel, as Discord describes it, if it is a forum; True then."""
        if channel.get("type") not in _FORUM_TYPES:
            return False
        self._forums[channel_id] = channel
        return True

    async def send(self, forum_id: int, body: Mapping[str, Any], digest: str, still_held: StillHeld) -> int:
        """Put a message into the post of `digest`, which the first one opens; return its id.

        A message with a thread name opens a post of that name.
        """
        thread_name = body.get(THREAD_NAME_KEY)
        post = await self.find_post(forum_id, digest) if thread_name is None else None
        if post is not None:
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=post)
            return int((await self._request(route, still_held, json=dict(body)))["id"])
        message = {key: value for key, value in body.items() if key not in ("nonce", "enforce_nonce", THREAD_NAME_KEY)}
        thread = {
            "name": thread_name or post_name(message),
            "auto_archive_duration": _ARCHIVE_AFTER_MINUTES,
            "applied_tags": self.matching_tags(forum_id, message),
            "message": message,
        }
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum_id)
        answer = await self._request(route, still_held, json=thread)
        if thread_name is None:
            self.remember_post(forum_id, digest, int(answer["id"]))
        return int(answer["id"])  # a post's first message has the post's id

    async def find_post(self, forum_id: int, digest: str) -> int | None:
        """Return the post of a digest; None when it isn't open yet."""
        post = self._posts.get((forum_id, digest)) or await self._search_post(forum_id, digest)
        if post is not None:
            self._posts[forum_id, digest] = post
        return post

    def remember_post(self, forum_id: int, digest: str, post: int) -> None:
        """Remember which post a digest has opened."""
        self._posts[forum_id, digest] = post

    async def recent(self, forum_id: int) -> list[Mapping[str, Any]]:
        """Return the messages in the newest open posts, newest first."""
        messages: list[Mapping[str, Any]] = []
        for post in await self.open_posts(forum_id):
            messages += await self._messages(post)
        return sorted(messages, key=lambda message: -int(message["id"]))

    async def open_posts(self, forum_id: int) -> list[int]:
        """Return the newest open posts, newest first."""
        guild = self._forums[forum_id].get("guild_id")
        answer = await self._request(Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild))
        posts = [int(each["id"]) for each in answer["threads"] if int(each.get("parent_id") or 0) == forum_id]
        return sorted(posts, reverse=True)[:_SEARCHED_POSTS]

    def matching_tags(self, forum_id: int, message: Mapping[str, Any]) -> list[str]:
        """Return the tags whose names the message contains; any one if the forum demands a tag."""
        forum = self._forums[forum_id]
        offered = forum.get("available_tags") or []
        text = "\n".join(_texts(message)).casefold()
        matching = [each["id"] for each in offered if each["name"].casefold() in text]
        if not matching and offered and (forum.get("flags") or 0) & _REQUIRES_TAG:
            matching = [offered[0]["id"]]
        return matching[:_TAGS_LIMIT]

    async def _search_post(self, forum_id: int, digest: str) -> int | None:
        """Return the open post with a message of the digest."""
        # Digests of earlier versions show the beginning of their code.
        markers = (digest[:_MARKER_LENGTH], *markers_of(digest))
        for post in await self.open_posts(forum_id):
            for message in await self._messages(post):
                if any(marker in str(message) for marker in markers):
                    return post
        return None

    async def _messages(self, post: int) -> list[Mapping[str, Any]]:
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=post)
        messages: list[Mapping[str, Any]] = await self._request(route, params={"limit": _HISTORY_PAGE})
        return messages


def post_name(message: Mapping[str, Any]) -> str:
    """Return a post's name: the digest's title and day, which are its first two lines."""
    lines = "\n".join(_texts(message)).split("\n")
    plain = [line.lstrip("#-> ").replace("\\", "").replace("*", "").replace("\u200b", "") for line in lines]
    name = " · ".join(line.strip() for line in plain[:2] if line.strip())
    return name[:_NAME_LENGTH].strip() or "Gazette"


def _texts(part: Any) -> Iterator[str]:
    """Yield the texts that a message shows, from top to bottom."""
    if isinstance(part, Mapping):
        for key in ("content", "description", "text"):
            if isinstance(part.get(key), str):
                yield part[key]
        for key in ("embeds", "footer", "components"):
            yield from _texts(part.get(key))
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)
