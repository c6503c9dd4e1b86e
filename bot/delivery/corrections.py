"""Corrections: edits of posted messages whose stories were withdrawn, withheld or came back.

An event is struck through in the message that showed it once all of its stories shown there are withdrawn (their file
is gone, or says something else now): the headline stays legible, the sentences go. Messages older than two days stay as
they are then, so that tidying the seeds folder doesn't rewrite a channel's past. What an editor withholds is taken out
of every message, however old: headline, sentences, source and the name of a post. An event of which other reports were
shown there is told anew by those. When a story comes back, the event is restored as it was posted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import orjson
import structlog

from bot.delivery.message_port import TEXTS_KEY, THREAD_NAME_KEY, MessagePort
from bot.delivery.messages import post_title
from bot.delivery.posted_events import EventEdit, edit_messages, front_form, strike, take_out, tell_anew
from bot.errors import ChannelGone, DiscordUnavailable, MessageRefused, PermissionMissing, StoreError
from bot.i18n import Words, words
from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import Filter
from bot.newsroom.models import Event, Subscription, event_name
from bot.newsroom.reader_languages import reader_languages
from bot.rendering.discord import paragraph_markup
from bot.rendering.escape import clean, truncate
from bot.rendering.layout import Paragraph
from bot.rendering.pages.digest import event_group
from bot.rendering.pages.front import front_group
from bot.rendering.pages.parts import event_option
from bot.store import deliveries, subscriptions
from bot.store.database import Store
from bot.store.deliveries import PostedEvent, PostedMessage
from bot.store.key_values import get_value, set_value

__all__ = ["CorrectedDelivery", "Corrections", "EventTeller", "correct_delivery"]

log = structlog.get_logger()

_INTERVAL_SECONDS: Final = 60.0
"""Seconds between two checks: a withdrawal is in the channel within a minute or so."""

_CORRECTED_FOR: Final = timedelta(hours=48)
"""Age up to which a message is corrected: older ones are hardly read any more."""

_MARK_INTERVAL: Final = timedelta(hours=1)
"""How often the time of the last check is stored while nothing is withdrawn: an hour is quickly checked again."""

_OVERLAP: Final = timedelta(minutes=1)
"""How much further back each check looks: a withdrawal is committed some time after the moment that it records."""

_RETRY: Final = timedelta(hours=1)
"""Time after which a message that couldn't be edited is tried again, if it still tells what is withheld."""

_CHECKED_UNTIL_KEY: Final = "corrections:until"
"""Key under which the time of the last check is stored."""

_EDITABLE_KEYS: Final = ("content", "embeds", "components", "allowed_mentions")
"""Keys of a payload that an edit may contain: not the name and picture of a webhook's message."""

_OPTION_LENGTH: Final = 100
"""Characters of a menu option's label and of its description: Discord's limit."""

_MOST_TEXT: Final = 4000
"""Characters of all texts of a message: Discord's limit."""

_MOST_PLAIN_TEXT: Final = 2000
"""Characters of a message's content: Discord's limit."""


class EventTeller(Protocol):
    """The service that tells an event by some of its reports."""

    async def retell(
        self,
        story_ids: Sequence[int],
        *,
        sentences: int | None = None,
        engine: str | None = None,
        languages: tuple[str, ...] = (),
        audience: Audience = PUBLIC,
    ) -> Event | None:
        """Tell an event by those of these reports that the audience may see."""


@dataclass(frozen=True, slots=True)
class CorrectedDelivery:
    """A delivery's messages as they have to look now, and the state of their events."""

    messages: list[PostedMessage]
    events: list[PostedEvent]


async def correct_delivery(
    store: Store, teller: EventTeller | None, delivery_id: int, strike_events: Collection[int] = ()
) -> CorrectedDelivery:
    """Return a delivery's messages without what is withheld or struck.

    `strike_events` are to be struck although they weren't yet. Without `teller`, an event of which any report is
    withheld is taken out.
    """
    async with store.reading() as conn:
        messages = await deliveries.posted_messages(conn, delivery_id)
        events = await deliveries.posted_events(conn, delivery_id)
        delivery = await deliveries.find_delivery(conn, delivery_id)
        found = await subscriptions.find_subscription(conn, delivery.subscription_id) if delivery else None
    translate = words(found.language if found is not None else "en")
    at = {message.ordinal: position for position, message in enumerate(messages)}
    originals = [orjson.loads(message.original) for message in messages]
    edits: dict[str, tuple[int, EventEdit]] = {}
    for event in events:
        edit = None
        event.struck = (event.struck or event.number in strike_events or bool(event.withheld)) and not event.visible
        if event.withheld:
            shown = originals[at[event.ordinal]] if event.ordinal in at else {}
            markup = shown.get(TEXTS_KEY, {}).get(event_name(event.number), "")
            edit = await _without_withheld(event, teller, found, translate, markup)
        elif event.struck:
            edit = strike(translate("digest-corrected"))
        if edit is not None and event.ordinal in at:
            edits[event_name(event.number)] = (at[event.ordinal], edit)
    corrected = edit_messages(originals, edits)
    if any(_is_too_long(payload) for payload in corrected):  # the reports that are left take more room
        edits |= {name: (at, _taken_out(name, translate)) for name, (at, edit) in edits.items() if edit.option}
        corrected = edit_messages(originals, edits)
    return CorrectedDelivery(
        [
            replace(message, payload=message.original if payload == original else orjson.dumps(payload).decode())
            for message, payload, original in zip(messages, corrected, originals, strict=True)
        ],
        events,
    )


async def _without_withheld(
    event: PostedEvent, teller: EventTeller | None, subscription: Subscription | None, translate: Words, markup: str
) -> EventEdit:
    """Tell an event by the reports that are left, or take it out if there are none.

    `markup` is how it was told, "" in messages of earlier versions.
    """
    name = event_name(event.number)
    told = None
    if event.visible and teller is not None:
        told = await teller.retell(
            sorted(event.visible),
            sentences=subscription.sentences if subscription is not None else None,
            engine=subscription.engine if subscription is not None else None,
            languages=(
                reader_languages(subscription.language, Filter.parse(subscription.filter))
                if subscription is not None
                else ()
            ),
            audience=Audience(subscription.guild_id) if subscription is not None else PUBLIC,
        )
    if told is None:
        return _taken_out(name, translate)
    told = replace(told, id=event.number)
    form = front_form(markup)
    group = event_group(told, translate) if form is None else front_group(told, translate, form)
    lines = [paragraph_markup(block) for block in group.blocks if isinstance(block, Paragraph)]
    if not markup:
        lines[-1] = f"-# {name} · {lines[-1].removeprefix('-# ')}"  # by which messages of earlier versions are edited
    option = event_option(told, translate)
    label, description = (truncate(clean(each or ""), _OPTION_LENGTH) for each in (option.label, option.description))
    return tell_anew(lines, label, description, post_title(told))


def _taken_out(event: str, translate: Words) -> EventEdit:
    return take_out(event, translate("digest-withheld-title"), translate("digest-withheld"))


def _is_too_long(payload: Any) -> bool:
    """Return whether a message has more text than Discord takes."""
    plain = payload.get("content") or ""
    return len(plain) > _MOST_PLAIN_TEXT or _text_length(payload) > _MOST_TEXT


def _text_length(part: Any) -> int:
    if isinstance(part, dict):
        own = sum(len(part[key]) for key in ("content", "description") if isinstance(part.get(key), str))
        return own + sum(_text_length(part.get(key)) for key in ("components", "embeds"))
    return sum(map(_text_length, part)) if isinstance(part, list) else 0


class Corrections:
    """Edits messages that show stories which are withdrawn or withheld.

    `clock` gives the present as an aware datetime in UTC.
    """

    def __init__(
        self, store: Store, port: MessagePort, clock: Callable[[], datetime], teller: EventTeller | None = None
    ) -> None:
        self._store, self._port, self._clock, self._teller = store, port, clock, teller
        self._failed_at: dict[int, datetime] = {}
        """When a delivery's messages couldn't be edited."""

    async def run(self, stop: asyncio.Event) -> None:
        """Check every minute until stopped; only the leader may (`bot.cluster.leader`)."""
        while not stop.is_set():
            try:
                await self.correct(stop)
            except (DiscordUnavailable, StoreError) as error:
                log.warning("corrections.postponed", error=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _INTERVAL_SECONDS)

    async def correct(self, stop: asyncio.Event | None = None) -> int:
        """Correct what changed since the last check; return the number of edits.

        A second time changes nothing. What `stop` interrupts, and what raises, is done at the next check. Raises
        DiscordUnavailable, TokenRefused, StoreError.
        """
        now = self._clock()
        async with self._store.reading() as conn:
            stored = await get_value(conn, _CHECKED_UNTIL_KEY)
            since = datetime.fromisoformat(stored) if stored else now - _CORRECTED_FOR
            to_strike = await deliveries.events_to_strike(conn, since - _OVERLAP, now, shown_since=now - _CORRECTED_FOR)
            others = await deliveries.events_to_restore(conn)
            others += await deliveries.events_to_withhold(conn)
            others += await deliveries.events_to_release(conn)
            unsent = await deliveries.oldest_unsent(conn)
        tasks: dict[int, _DeliveryTask] = {}
        for each in [*to_strike, *others]:
            if self._failed_at.get(each.delivery_id, now - _RETRY) <= now - _RETRY:
                tasks.setdefault(each.delivery_id, _DeliveryTask(each.delivery_id, each.channel_id))
        for each in to_strike:
            if each.delivery_id in tasks:
                tasks[each.delivery_id].strike.add(each.event_id)
        changed = 0
        for task in tasks.values():
            if stop is not None and stop.is_set():
                return changed
            changed += await self._correct(task)
        # What is withdrawn while a digest waits to be sent is corrected once it is there.
        checked_until = min(now, unsent) if unsent is not None else now
        if tasks or stored is None or checked_until - since > _MARK_INTERVAL:
            async with self._store.writing() as conn:
                await set_value(conn, _CHECKED_UNTIL_KEY, checked_until.isoformat(), now)
        return changed

    async def _correct(self, task: _DeliveryTask) -> int:
        """Edit a delivery's messages that have to look otherwise; return how many were there.

        A message that can't be edited is left alone, unless it tells what is withheld: then it is tried again later.
        """
        async with self._store.reading() as conn:
            before = {message.ordinal: message for message in await deliveries.posted_messages(conn, task.delivery_id)}
        corrected = await correct_delivery(self._store, self._teller, task.delivery_id, task.strike)
        saved: list[PostedMessage] = []
        failed: set[int] = set()
        edited = 0
        first = corrected.messages[0].message_id if corrected.messages else None
        for message in corrected.messages:
            if message.message_id is None or message.payload == before[message.ordinal].payload:
                continue
            try:
                edited += await self._edit(task.channel_id, message, before[message.ordinal], first)
                saved.append(message)
            except (ChannelGone, PermissionMissing, MessageRefused) as error:
                log.warning("message.not_corrected", delivery=task.delivery_id, error=str(error))
                if not isinstance(error, ChannelGone):
                    failed.add(message.ordinal)
        sent = {message.ordinal for message in corrected.messages if message.message_id is not None}
        done = [
            event
            for event in corrected.events
            if event.ordinal in sent and not (event.withheld and any(ordinal >= event.ordinal for ordinal in failed))
        ]
        async with self._store.writing() as conn:
            await deliveries.save_correction(conn, task.delivery_id, saved, done, self._clock())
        self._failed_at.pop(task.delivery_id, None)
        if len(done) < sum(event.ordinal in sent for event in corrected.events):
            self._failed_at[task.delivery_id] = self._clock()
        if saved:
            log.info(
                "message.corrected",
                delivery=task.delivery_id,
                messages=[message.ordinal for message in saved],
                struck=sum(event.struck for event in corrected.events),
                withheld=sum(bool(event.withheld) for event in corrected.events),
                exist=edited,
            )
        return edited

    async def _edit(self, channel_id: int, message: PostedMessage, before: PostedMessage, first: int | None) -> bool:
        """Edit a message, and rename the post that it opened; return whether it exists.

        `first` is the delivery's first message, which opens the post of the others in a forum.
        """
        payload, former = orjson.loads(message.payload), orjson.loads(before.payload)
        assert message.message_id is not None  # noqa: S101 - only sent messages are edited
        body = {key: value for key, value in payload.items() if key in _EDITABLE_KEYS}
        exists = await self._port.edit(channel_id, message.message_id, body, post=first)
        if exists and payload.get(THREAD_NAME_KEY) != former.get(THREAD_NAME_KEY):
            await self._port.rename_post(channel_id, message.message_id, payload[THREAD_NAME_KEY])
        return exists


@dataclass(frozen=True, slots=True)
class _DeliveryTask:
    """A delivery whose messages have to be looked at, and the events to strike through in them."""

    delivery_id: int
    channel_id: int
    strike: set[int] = field(default_factory=set)
