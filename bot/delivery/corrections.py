"""Corrections: posted messages are edited when stories are withdrawn or come back.

An event is struck through in the message that showed it once all of its stories shown there are withdrawn (their file
is gone, or says something else now): the headline stays legible, the sentences go. Messages older than two days stay as
they are, so that tidying the seeds folder doesn't rewrite a channel's past. When one of its stories comes back, the
event is restored as it was posted, however long that took.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
import structlog

from bot.delivery.message_port import MessagePort
from bot.errors import ChannelGone, DiscordUnavailable, MessageRefused, PermissionMissing, StoreError
from bot.i18n import words
from bot.newsroom.models import event_name
from bot.store import deliveries, subscriptions
from bot.store.database import Store
from bot.store.deliveries import MessageCorrection, ShownEventMessage
from bot.store.key_values import get_value, set_value

__all__ = ["Corrections", "strike_event"]

log = structlog.get_logger()

_INTERVAL_SECONDS: Final = 60.0
"""Seconds between two checks: a withdrawal is in the channel within a minute or so."""

_CORRECTED_FOR: Final = timedelta(hours=48)
"""Age up to which a message is corrected: older ones are hardly read any more."""

_MARK_INTERVAL: Final = timedelta(hours=1)
"""How often the time of the last check is stored while nothing is withdrawn: an hour is quickly checked again."""

_OVERLAP: Final = timedelta(minutes=1)
"""How much further back each check looks: a withdrawal is committed some time after the moment that it records."""

_CHECKED_UNTIL_KEY: Final = "corrections:until"
"""Key under which the time of the last check is stored."""

_EDITABLE_KEYS: Final = ("content", "embeds", "components", "allowed_mentions")
"""Keys of a payload that an edit may contain: not the name and picture of a webhook's message."""


class Corrections:
    """Edits messages that show withdrawn stories.

    `clock` gives the present as an aware datetime in UTC.
    """

    def __init__(self, store: Store, port: MessagePort, clock: Callable[[], datetime]) -> None:
        self._store, self._port, self._clock = store, port, clock

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
        """Correct what was withdrawn or came back since the last check; return the number of edits.

        A second time changes nothing. What `stop` interrupts, and what raises, is done at the next check. Raises
        DiscordUnavailable, TokenRefused, StoreError.
        """
        now = self._clock()
        async with self._store.reading() as conn:
            stored = await get_value(conn, _CHECKED_UNTIL_KEY)
            since = datetime.fromisoformat(stored) if stored else now - _CORRECTED_FOR
            to_strike = await deliveries.events_to_strike(conn, since - _OVERLAP, now, shown_since=now - _CORRECTED_FOR)
            to_restore = await deliveries.events_to_restore(conn)
            unsent = await deliveries.oldest_unsent(conn)
        tasks: dict[tuple[int, int], _MessageTask] = {}
        for each in to_strike:
            tasks.setdefault((each.delivery_id, each.ordinal), _MessageTask(each)).strike.add(each.event_id)
        for each in to_restore:
            tasks.setdefault((each.delivery_id, each.ordinal), _MessageTask(each)).restore.add(each.event_id)
        changed = 0
        for task in tasks.values():
            if stop is not None and stop.is_set():
                return changed
            changed += await self._correct_message(task)
        # What is withdrawn while a digest waits to be sent is corrected once it is there.
        checked_until = min(now, unsent) if unsent is not None else now
        if tasks or stored is None or checked_until - since > _MARK_INTERVAL:
            async with self._store.writing() as conn:
                await set_value(conn, _CHECKED_UNTIL_KEY, checked_until.isoformat(), now)
        return changed

    async def _correct_message(self, task: _MessageTask) -> bool:
        """Edit one message; return whether it changed. A message that can't be edited is left alone."""
        message = task.message
        async with self._store.reading() as conn:
            before = await deliveries.get_correction(conn, message.delivery_id, message.ordinal)
        struck = (before.struck - task.restore) | task.strike
        payload = orjson.loads(before.original)
        note = words(await self._language(message.delivery_id))("digest-corrected")
        for event_id in sorted(struck):
            payload = strike_event(payload, event_name(event_id), note)
        corrected = orjson.dumps(payload).decode()
        exists = False
        if corrected != before.payload:
            try:
                body = {key: value for key, value in payload.items() if key in _EDITABLE_KEYS}
                exists = await self._port.edit(message.channel_id, message.message_id, body)
            except (ChannelGone, PermissionMissing, MessageRefused) as error:
                log.warning("message.not_corrected", delivery=message.delivery_id, error=str(error))
                corrected = before.payload
        async with self._store.writing() as conn:
            correction = MessageCorrection(corrected, before.original, struck)
            await deliveries.save_correction(conn, message.delivery_id, message.ordinal, correction, self._clock())
        if corrected == before.payload:
            return False
        log.info(
            "message.corrected",
            delivery=message.delivery_id,
            ordinal=message.ordinal,
            struck=len(task.strike),
            restored=len(task.restore),
            exists=exists,
        )
        return exists

    async def _language(self, delivery_id: int) -> str:
        async with self._store.reading() as conn:
            delivery = await deliveries.find_delivery(conn, delivery_id)
            subscription = await subscriptions.find_subscription(conn, delivery.subscription_id) if delivery else None
        return subscription.language if subscription is not None else "en"


@dataclass(frozen=True, slots=True)
class _MessageTask:
    """A message with the events to strike through in it, and those to restore."""

    message: ShownEventMessage
    strike: set[int] = field(default_factory=set)
    restore: set[int] = field(default_factory=set)


def strike_event(payload: Any, event: str, note: str) -> Any:
    """Return a payload with the event of that name (`e34`) struck through.

    `note` takes the place of its sentences. An event's text reaches from its heading (`### `) to the small
    line (`-# e34 …`) that ends it.
    """
    if isinstance(payload, dict):
        return {
            key: _strike_in_text(value, event, note)
            if key in ("content", "description") and isinstance(value, str)
            else strike_event(value, event, note)
            for key, value in payload.items()
        }
    if isinstance(payload, list):
        return [strike_event(part, event, note) for part in payload]
    return payload


def _strike_in_text(text: str, event: str, note: str) -> str:
    lines = text.split("\n")
    for end, line in enumerate(lines):
        if not re.match(rf"-# {event}(?![0-9A-Za-z])", line):
            continue
        start = next((at for at in range(end, -1, -1) if lines[at].startswith("### ")), None)
        if start is None or lines[start].startswith("### ~~"):
            continue
        head = lines[start].removeprefix("### ").replace("~~", "")
        return "\n".join([*lines[:start], f"### ~~{head}~~", f"-# {note}", line, *lines[end + 1 :]])
    return text
