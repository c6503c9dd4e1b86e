"""Which messages make up a delivery?

Each has a nonce, by which Discord refuses a second one for some minutes, and a marker in its footer, by which it is
found in the channel's history after that. Both are drawn by lot once and stored before anything is sent.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import orjson

from bot.commands.custom_ids import short_custom_id
from bot.commands.digest_buttons import posted_buttons
from bot.delivery.message_port import THREAD_NAME_KEY
from bot.i18n import Words, words
from bot.newsroom.models import DeliveryMessage, Digest, DigestStyle, PostMode, Subscription, event_name
from bot.rendering.discord import DrawnMessage, draw_messages
from bot.rendering.escape import clean, truncate
from bot.rendering.pages.digest import digest_page, event_page
from bot.services.digests import ComposedDigest, DigestedEvent
from bot.store.deliveries import DeliveredEvent

__all__ = ["DigestComposer", "draw_delivery"]

_MOST_MESSAGES = 10
_NAME_LIMIT = 90
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


class DigestComposer(Protocol):
    """Whoever composes digests."""

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        """The digest of a subscription's slot."""


def draw_delivery(
    subscription: Subscription, digest: Digest, told: Sequence[DigestedEvent], *, more: str = "", details: str = ""
) -> tuple[list[DeliveryMessage], list[DeliveredEvent]]:
    """The messages of a digest, and which of them shows which event. Events that found no room are not shown."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    mark = code[:8]
    spoken = words(subscription.language)
    buttons = posted_buttons(subscription, digest, spoken)
    if subscription.posts is PostMode.EVENT and digest.events:
        drawn = _parted(subscription, digest, spoken, f"{mark}-0", more)
    else:
        charted = subscription.look is DigestStyle.CHART
        page = digest_page(
            digest, spoken, marker=f"{mark}-0", more=more, details=details, buttons=buttons, chart=charted
        )
        drawn = draw_messages(page, subscription.look, most=_MOST_MESSAGES)
    messages: list[DeliveryMessage] = []
    where: dict[str, int] = {}
    for ordinal, message in enumerate(drawn):
        # As long as the first one, so that the layout stays.
        payload = (
            orjson.dumps({**message.payload, **_sender(subscription)})
            .decode()
            .replace(f"{mark}-0", f"{mark}-{ordinal}")
        )
        messages.append(DeliveryMessage(ordinal, f"{code}.{ordinal}", f"{mark}-{ordinal}", payload))
        where |= dict.fromkeys(message.keys, ordinal)
    shown = [
        DeliveredEvent(item.event_id, where[name], tuple(item.story_ids), tuple(item.sentences), item.score)
        for item in told
        if (name := event_name(item.event_id)) in where
    ]
    return messages, shown


def _parted(subscription: Subscription, digest: Digest, spoken: Words, marker: str, more: str) -> list[DrawnMessage]:
    """A message for each event, which names the post that it opens in a forum."""
    drawn: list[DrawnMessage] = []
    for place, event in enumerate(digest.events, 1):
        name = event_name(event.id)
        page = event_page(
            event,
            spoken,
            marker=marker,
            details=short_custom_id("story", name),
            why=short_custom_id("why", name),
            more=more if place == len(digest.events) else "",
            omitted=digest.omitted,
        )
        (message,) = draw_messages(page, subscription.look, most=1)
        title = truncate(clean(event.headline), _NAME_LIMIT) or name
        drawn.append(DrawnMessage({**message.payload, THREAD_NAME_KEY: title}, message.keys))
    return drawn


def _sender(subscription: Subscription) -> dict[str, str]:
    """Whom messages come from, where it isn't the bot; see `bot.delivery.message_port.WEBHOOK_KEYS`."""
    said = {"username": subscription.sender_name, "avatar_url": subscription.sender_avatar}
    return {name: value for name, value in said.items() if value is not None}
