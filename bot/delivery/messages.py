"""The messages that make up a delivery.

Each has a nonce, by which Discord refuses a second one for some minutes, and a marker, by which it is found in the
channel's history after that (`bot.delivery.markers`). Both are random and stored before anything is sent.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Protocol

import orjson

from bot.commands.custom_ids import short_custom_id
from bot.commands.digest_buttons import posted_buttons
from bot.delivery.markers import marked, marker_number
from bot.delivery.message_port import TALK_NAME_KEY, TEXTS_KEY, THREAD_NAME_KEY
from bot.i18n import Words, words
from bot.newsroom.models import (
    Delivery,
    DeliveryMessage,
    Digest,
    DigestStyle,
    Event,
    Notification,
    PostMode,
    Subscription,
    TalkMode,
    event_name,
)
from bot.rendering.discord import DrawnMessage, Payload, draw_messages
from bot.rendering.escape import clean, truncate
from bot.rendering.layout import Page, Paragraph, Span, paragraph
from bot.rendering.pages.digest import event_page
from bot.rendering.pages.looks import page_of_digest
from bot.rendering.pages.parts import more_button
from bot.rendering.pages.time_words import date_words
from bot.services.alerts import ComposedAlert
from bot.services.digests import ComposedDigest, DigestedEvent
from bot.store.deliveries import DeliveredEvent

__all__ = ["AlertComposer", "DigestComposer", "draw_alert", "draw_delivery", "draw_test", "post_title"]

_MESSAGES_LIMIT: Final = 10
"""Messages of one digest at most, so that it doesn't bury a channel; what is left out stands behind "more"."""

_THREAD_NAME_LENGTH: Final = 90
"""Characters of a forum post's name; Discord allows 100."""

_CODE_ALPHABET: Final = "23456789abcdefghjkmnpqrstvwxyz"
"""Digits and letters that aren't taken for one another (0 and o, 1, i and l), and no u, so that no words arise."""

_NONCE_LENGTH: Final = 16
"""Characters of a digest's nonce before its ordinal; Discord allows 25 in all. Thirty letters to 16: never twice."""

_SUPPRESS_NOTIFICATIONS: Final = 1 << 12
"""Flag of a message that comes silently: Discord's number."""


class DigestComposer(Protocol):
    """The service that composes digests; tests fill it with fixed ones."""

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        """Compose the digest of a subscription's slot."""


class AlertComposer(Protocol):
    """The service that composes alerts."""

    async def compose(self, subscription: Subscription, delivery: Delivery) -> ComposedAlert:
        """Compose the event of an alert, or say why it isn't to be posted."""


def draw_alert(
    subscription: Subscription, event: Event, shown: DigestedEvent
) -> tuple[list[DeliveryMessage], list[DeliveredEvent]]:
    """Return an alert's message, and what it shows of the event."""
    code = _random_code()
    marker, name = marker_number(code, 0), event_name(event.id)
    translate = words(subscription.language)
    page = event_page(
        event,
        translate,
        details=short_custom_id("story", name),
        why=short_custom_id("why", name),
        title=translate("alert-title"),
    )
    (drawn,) = draw_messages(_with_mention(page, subscription), subscription.look, most=1)
    payload = marked(drawn.payload, marker, translate("web-all-news"))
    payload |= {THREAD_NAME_KEY: post_title(event), **_sender(subscription), TEXTS_KEY: drawn.texts}
    payload |= _manner(subscription, payload, first=True, talk=post_title(event))
    message = DeliveryMessage(0, f"{code}.0", str(marker), orjson.dumps(payload).decode())
    delivered = DeliveredEvent(event.id, 0, tuple(shown.story_ids), tuple(shown.sentences), shown.score)
    return [message], [delivered]


def draw_delivery(
    subscription: Subscription,
    digest: Digest,
    shown: Sequence[DigestedEvent],
    *,
    delivery_id: int = 0,
    more: str = "",
    details: str = "",
) -> tuple[list[DeliveryMessage], list[DeliveredEvent]]:
    """Return a digest's messages, and the events that they show.

    Events that find no room are left out.
    """
    code = _random_code()
    translate = words(subscription.language)
    if subscription.posts is PostMode.EVENT and digest.events:
        drawn = _draw_by_event(subscription, digest, translate, more)
    else:
        page = page_of_digest(
            digest,
            translate,
            subscription.look,
            more=more,
            details=details,
            buttons=posted_buttons(subscription, digest, translate, delivery_id),
        )
        drawn = draw_messages(_with_mention(page, subscription), subscription.look, most=_MESSAGES_LIMIT)
    messages: list[DeliveryMessage] = []
    ordinals: dict[str, int] = {}
    for ordinal, message in enumerate(drawn):
        talk = message.payload.get(THREAD_NAME_KEY) if subscription.talk is TalkMode.STORY else None
        if subscription.talk is TalkMode.DIGEST and ordinal == 0:
            talk = truncate(clean(_talk_title(digest, translate)), _THREAD_NAME_LENGTH)
        manner = _manner(subscription, message.payload, first=ordinal == 0, talk=talk)
        marker = marker_number(code, ordinal)
        drawn_with = marked(message.payload, marker, translate("web-all-news"))
        payload = orjson.dumps({**drawn_with, **_sender(subscription), **manner, TEXTS_KEY: message.texts}).decode()
        messages.append(DeliveryMessage(ordinal, f"{code}.{ordinal}", str(marker), payload))
        ordinals |= dict.fromkeys(message.keys, ordinal)
    delivered = [
        DeliveredEvent(event.event_id, ordinals[name], tuple(event.story_ids), tuple(event.sentences), event.score)
        for event in shown
        if (name := event_name(event.event_id)) in ordinals
    ]
    return messages, delivered


def draw_test(
    subscription: Subscription, digest: Digest, member: str, *, more: str = "", details: str = ""
) -> list[Payload]:
    """Return the messages of a digest that a member tries out, marked as a test.

    They look as a delivery's would, and mention nobody. A front page is one message, also with the note about the test.
    """
    translate = words(subscription.language)
    title, note = translate("setup-test-title"), paragraph(translate("setup-test-note", member=member), size="small")
    if subscription.posts is PostMode.EVENT:
        return [drawn.payload for drawn in _draw_by_event(subscription, digest, translate, more, title, note)]
    while True:
        page = page_of_digest(
            digest,
            translate,
            subscription.look,
            more=more,
            details=details,
            buttons=posted_buttons(subscription, digest, translate, None),
            title=title,
        )
        drawn = draw_messages(_with_note(page, note), subscription.look, most=_MESSAGES_LIMIT)
        if subscription.look is not DigestStyle.FRONT or len(drawn) == 1 or not digest.events:
            return [message.payload for message in drawn]
        digest = replace(digest, events=digest.events[:-1], omitted=digest.omitted + 1)


def _with_note(page: Page, note: Paragraph) -> Page:
    """Return a page with a note below its title."""
    title, *rest = page.blocks
    return replace(page, blocks=(title, note, *rest))


def _draw_by_event(
    subscription: Subscription,
    digest: Digest,
    translate: Words,
    more: str,
    title: str = "",
    note: Paragraph | None = None,
) -> list[DrawnMessage]:
    """Draw a message for each event, which names the post that it opens in a forum.

    `title` stands above each event, and `note` below the first title.
    """
    drawn: list[DrawnMessage] = []
    for place, event in enumerate(digest.events, 1):
        name = event_name(event.id)
        page = event_page(
            event,
            translate,
            details=short_custom_id("story", name),
            why=short_custom_id("why", name),
            more=[more_button(digest, place, more, translate)]
            if more and digest.omitted and place == len(digest.events)
            else (),
            picture=digest.pictures,
            title=title,
        )
        if place == 1:
            page = _with_mention(page, subscription) if note is None else _with_note(page, note)
        (message,) = draw_messages(page, subscription.look, most=1)
        drawn.append(replace(message, payload={**message.payload, THREAD_NAME_KEY: post_title(event)}))
    return drawn


def post_title(event: Event) -> str:
    """Return the name of the forum post that shows an event alone."""
    return truncate(clean(event.headline), _THREAD_NAME_LENGTH) or event_name(event.id)


def _with_mention(page: Page, subscription: Subscription) -> Page:
    """Return a page with the subscription's role at its top.

    An embed's text mentions nobody: there the role is in the message's own text (`_manner`).
    """
    if subscription.mention_role is None or subscription.look is DigestStyle.EMBEDS:
        return page
    mention = Paragraph((Span(_mention(subscription.mention_role), trusted=True),))
    return replace(page, blocks=(mention, *page.blocks))


def _mention(role: int) -> str:
    return f"<@&{role}>"


def _manner(subscription: Subscription, payload: Mapping[str, Any], *, first: bool, talk: str | None) -> dict[str, Any]:
    """Return the keys of a payload that say whom it notifies and which thread follows it.

    Only the first message mentions the role, and nothing else that a message says mentions anybody.
    """
    manner: dict[str, Any] = {}
    if first and subscription.mention_role is not None:
        manner["allowed_mentions"] = {"parse": [], "roles": [str(subscription.mention_role)]}
        if "embeds" in payload:
            manner["content"] = _mention(subscription.mention_role)
    if subscription.notify is Notification.SILENT:
        manner["flags"] = payload.get("flags", 0) | _SUPPRESS_NOTIFICATIONS
    if talk and subscription.talk is not TalkMode.NONE and subscription.guild_id is not None:
        manner[TALK_NAME_KEY] = talk
    return manner


def _talk_title(digest: Digest, translate: Words) -> str:
    """Return the name of the thread below a digest: its title and day."""
    title = translate.plain("digest-title")
    return f"{title} · {date_words(digest.until, translate, digest.timezone)}"


def _random_code() -> str:
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_NONCE_LENGTH))


def _sender(subscription: Subscription) -> dict[str, str]:
    """Return the `WEBHOOK_KEYS` that name a sender other than the bot."""
    sender = {"username": subscription.sender_name, "avatar_url": subscription.sender_avatar}
    return {key: value for key, value in sender.items() if value is not None}
