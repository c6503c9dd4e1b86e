"""The port through which delivery posts, finds and edits messages.

The rest of delivery doesn't depend on the implementation, such as discord.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from bot.newsroom.models import DigestStyle

__all__ = [
    "TALK_NAME_KEY",
    "TEXTS_KEY",
    "THREAD_NAME_KEY",
    "WEBHOOK_KEYS",
    "ChannelMessage",
    "MessagePort",
    "SendAborted",
    "StillHeld",
]

WEBHOOK_KEYS: Final = ("username", "avatar_url")
"""Keys of a message's payload that name a sender other than the bot.

Such a message goes through a webhook, and Discord gives webhooks no nonces.
"""

THREAD_NAME_KEY: Final = "thread_name"
"""Key of a message's payload that names the forum post which the message opens.

Messages of a digest that name none share one post.
"""

TALK_NAME_KEY: Final = "talk_name"
"""Key of a message's payload that names the thread to be opened below the message; no part of what is sent."""

TEXTS_KEY: Final = "event_texts"
"""Key of a message's stored payload with the markup of each event in it, by event (`e34`); it isn't sent."""

StillHeld = Callable[[], bool]
"""Called right before a request's first byte: whether the sender still holds the delivery."""


class SendAborted(Exception):
    """Nothing was sent: the sender no longer held the delivery when the request was to begin."""


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    """A message in a channel; `text` has all its texts and custom ids."""

    id: int
    at: datetime
    text: str
    nonce: str | None = None


class MessagePort(Protocol):
    """Posts, lists and edits messages.

    Errors are subclasses of `bot.errors.DeliveryError`. After DiscordUnavailable it isn't known whether Discord did
    what was asked.
    """

    async def send(self, channel_id: int, payload: Mapping[str, Any], nonce: str, still_held: StillHeld) -> int:
        """Post a message and return its id.

        Discord refuses a second one of the same nonce for some minutes. A payload with a key of `WEBHOOK_KEYS` is
        posted under that name where the bot may, else as the bot. Raises SendAborted when `still_held` is false at the
        last moment.
        """

    async def recent(self, channel_id: int, limit: int = 100, before: int | None = None) -> list[ChannelMessage]:
        """Return at most 100 messages of a channel, newest first, older than the message `before`."""

    async def has_messages(self, channel_id: int) -> bool:
        """Return True if the channel ever held a message, even if the bot may not read it."""

    async def edit(
        self, channel_id: int, message_id: int, payload: Mapping[str, Any], *, post: int | None = None
    ) -> bool:
        """Change one of the bot's messages; False when it is gone.

        `post` is the message that opened the post which the message is in, if the channel is a forum.
        """

    async def open_thread(self, channel_id: int, message_id: int, name: str) -> None:
        """Open the thread below one of the bot's messages; does nothing if it is there, or can't be.

        It can't be in forums, in threads and in direct messages. Raises PermissionMissing.
        """

    async def rename_post(self, channel_id: int, message_id: int, name: str) -> None:
        """Rename the forum post that one of the bot's messages opened; does nothing outside forums."""

    async def open_dm(self, member_id: int) -> int:
        """Return the id of the direct message channel with a member."""

    def supported_style(self, channel_id: int, style: DigestStyle) -> DigestStyle:
        """Return `style`, or the richest one that the bot's permissions there are known to allow."""
