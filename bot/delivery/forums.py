"""How does a digest become a post of a forum, and how is it found there again?

A forum takes no messages, only posts that begin with one. A digest is one post: its first message opens it, the others
follow in it. The posts of a forum are looked through by the messages in them, since a post has no nonce: so what was
opened right before a crash is found, as in any channel.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Final

from discord.http import Route

from bot.delivery.message_port import THREAD_NAME_KEY

__all__ = ["FORUM_CODES", "Forums", "post_name"]

FORUM_CODES: Final = (50008, 50024)
"""What Discord answers to who treats a forum as a channel of text."""

Request = Callable[..., Awaitable[Any]]

_TEXT, _REQUIRES_TAG = 10, 1 << 4
_MOST_TAGS, _NAME_LIMIT, _POSTS = 5, 90, 10
_DAY_MINUTES: Final = 1440


class Forums:
    """Posts of forums. `request` is as discord.py's `HTTPClient.request`."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._known: dict[int, Mapping[str, Any]] = {}
        self._posts: dict[tuple[int, str], int] = {}

    def knows(self, channel_id: int) -> bool:
        """Has the channel turned out to be a forum?"""
        return channel_id in self._known

    async def learn(self, channel_id: int) -> bool:
        """Ask what the channel is; True for a forum."""
        return self.note(channel_id, await self._request(Route("GET", "/channels/{channel_id}", channel_id=channel_id)))

    def note(self, channel_id: int, given: Mapping[str, Any]) -> bool:
        """Take note of what Discord says a channel is; True for a forum."""
        if given.get("type") not in (15, 16):
            return False
        self._known[channel_id] = given
        return True

    async def send(self, forum_id: int, body: Mapping[str, Any], digest: str, still: Any) -> int:
        """Put a message into the post of a digest (any name of its own), opening it with the first; the message's id.

        One that names a post of its own (`OPENS`) opens it.
        """
        own = body.get(THREAD_NAME_KEY)
        post = await self.post_of(forum_id, digest) if own is None else None
        if post is not None:
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=post)
            return int((await self._request(route, still, json=dict(body)))["id"])
        message = {
            name: value for name, value in body.items() if name not in ("nonce", "enforce_nonce", THREAD_NAME_KEY)
        }
        opened = {
            "name": own or post_name(message),
            "auto_archive_duration": _DAY_MINUTES,
            "applied_tags": self.tags(forum_id, message),
            "message": message,
        }
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum_id)
        given = await self._request(route, still, json=opened)
        if own is None:
            self.opened(forum_id, digest, int(given["id"]))
        return int(given["id"])  # a post's first message has the post's id

    async def post_of(self, forum_id: int, digest: str) -> int | None:
        """The post of a digest; None when it isn't open yet."""
        post = self._posts.get((forum_id, digest)) or await self._find(forum_id, digest)
        if post is not None:
            self._posts[forum_id, digest] = post
        return post

    def opened(self, forum_id: int, digest: str, post: int) -> None:
        """Remember the post that a digest was opened as."""
        self._posts[forum_id, digest] = post

    async def recent(self, forum_id: int) -> list[Mapping[str, Any]]:
        """The messages in the newest open posts of ours, the newest first."""
        found: list[Mapping[str, Any]] = []
        for post in await self._open_posts(forum_id):
            found += await self._messages(post)
        return sorted(found, key=lambda message: -int(message["id"]))

    async def posts(self, forum_id: int) -> list[int]:
        """The newest open posts, the newest first."""
        return await self._open_posts(forum_id)

    async def _find(self, forum_id: int, digest: str) -> int | None:
        """The open post that shows a part of the digest."""
        for post in await self._open_posts(forum_id):
            for message in await self._messages(post):
                if any(digest[:8] in text for text in _texts(message)):
                    return post
        return None

    async def _open_posts(self, forum_id: int) -> list[int]:
        guild = self._known[forum_id].get("guild_id")
        given = await self._request(Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild))
        posts = [int(each["id"]) for each in given["threads"] if int(each.get("parent_id") or 0) == forum_id]
        return sorted(posts, reverse=True)[:_POSTS]

    async def _messages(self, post: int) -> list[Mapping[str, Any]]:
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=post)
        given: list[Mapping[str, Any]] = await self._request(route, params={"limit": 100})
        return given

    def tags(self, forum_id: int, message: Mapping[str, Any]) -> list[str]:
        """The forum's tags that the message speaks of; any one where the forum demands a tag."""
        known = self._known[forum_id]
        offered = known.get("available_tags") or []
        said = "\n".join(_texts(message)).casefold()
        fitting = [each["id"] for each in offered if each["name"].casefold() in said]
        if not fitting and offered and (known.get("flags") or 0) & _REQUIRES_TAG:
            fitting = [offered[0]["id"]]
        return fitting[:_MOST_TAGS]


def post_name(message: Mapping[str, Any]) -> str:
    """What a post is called: the digest's title and day, as its first two lines say them."""
    lines = "\n".join(_texts(message)).split("\n")
    plain = [line.lstrip("#-> ").replace("\\", "").replace("*", "").replace("\u200b", "") for line in lines]
    name = " · ".join(line.strip() for line in plain[:2] if line.strip())
    return name[:_NAME_LIMIT].strip() or "Gazette"


def _texts(part: Any) -> Iterator[str]:
    """The texts that a message shows, from top to bottom."""
    if isinstance(part, Mapping):
        for name in ("content", "description", "text"):
            if isinstance(part.get(name), str):
                yield part[name]
        for name in ("embeds", "footer", "components"):
            yield from _texts(part.get(name))
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)
