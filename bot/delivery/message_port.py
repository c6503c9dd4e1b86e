"""What does delivery need of Discord? A small port, so that nothing else here knows discord.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, runtime_checkable

from bot.newsroom.models import DigestStyle

__all__ = [
    "THREAD_NAME_KEY",
    "WEBHOOK_KEYS",
    "ChannelMessage",
    "KnowsPermissions",
    "MessagePort",
    "SendAborted",
    "StillHeld",
]

WEBHOOK_KEYS: Final = ("username", "avatar_url")
"""The names in a message's payload that say whom it comes from, where it isn't the bot. Such a message has no nonce:
Discord gives the webhooks that it goes through none."""

THREAD_NAME_KEY: Final = "thread_name"
"""The name in a message's payload under which it says how its own post is called, where it goes to a forum. Without it
the messages of a digest share one."""

StillHeld = Callable[[], bool]
"""Asked right before the first byte goes out: does the sender still hold what it sends?"""


class SendAborted(Exception):
    """`Still` said no: nothing was sent."""


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    """A message that stands in a channel: `text` is everything a reader can read of it."""

    id: int
    at: datetime
    text: str
    nonce: str | None = None


class MessagePort(Protocol):
    """Sends, looks and edits.

    Errors are those of `bot.errors` under DeliveryError; a DiscordUnavailable leaves open whether Discord did what was
    asked.
    """

    async def send(self, channel_id: int, payload: Mapping[str, Any], nonce: str, still: StillHeld) -> int:
        """Post a message, once for its nonce within Discord's window; its id.

        One that has a `SENDER` is posted under that name where the bot may, else as the bot.
        Raises TooLate when `still` says no at the last moment.
        """

    async def recent(self, channel_id: int, limit: int = 100, before: int | None = None) -> list[ChannelMessage]:
        """Messages of a channel, the newest first, at most 100; older than the message `before`."""

    async def has_messages(self, channel_id: int) -> bool:
        """Did the channel ever hold a message, whether or not the bot may read its history?"""

    async def edit(self, channel_id: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        """Change a message of ours; False when it is gone."""

    async def open_dm(self, member_id: int) -> int:
        """The channel of direct messages with a member."""


@runtime_checkable
class KnowsPermissions(Protocol):
    """A post that knows what it may do in a channel."""

    def fitting(self, channel_id: int, look: DigestStyle) -> DigestStyle:
        """The look that a digest can have there."""
