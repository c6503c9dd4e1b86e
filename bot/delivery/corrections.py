"""What happens to a posted digest when a source takes back what it said?

An event of which every report that was told has been withdrawn (its file is gone, or says something else now) is struck
through in the message that told it: the headline stays legible, the sentences go. What was told more than two days ago
stays as it is, so that tidying the seeds folder does not rewrite the channels' past.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

import orjson
import structlog

from bot.delivery.message_port import MessagePort
from bot.errors import ChannelGone, DiscordUnavailable, MessageRefused, PermissionMissing, StoreError
from bot.i18n import words
from bot.newsroom.models import event_name
from bot.store import deliveries, subscriptions
from bot.store.database import Store
from bot.store.deliveries import ShownMessage
from bot.store.key_values import get_value, set_value

__all__ = ["Corrections", "strike_event"]

log = structlog.get_logger()

_EVERY: Final = 60.0
_READ_SINCE: Final = timedelta(hours=48)
_DONE_UNTIL: Final = "corrections:until"
_EDITABLE: Final = ("content", "embeds", "components", "allowed_mentions")


class Corrections:
    """Strikes out what was withdrawn. `clock` gives the present as an aware moment in UTC."""

    def __init__(self, store: Store, post: MessagePort, clock: Callable[[], datetime]) -> None:
        self._store, self._post, self._clock = store, post, clock

    async def run(self, stop: asyncio.Event) -> None:
        """Look every minute until stopped. One process does at a time: see `bot.cluster.leader.run_while_leader`."""
        while not stop.is_set():
            try:
                await self.correct()
            except (DiscordUnavailable, StoreError) as error:
                log.warning("corrections.put_off", error=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _EVERY)

    async def correct(self) -> int:
        """Strike out what was withdrawn since the last time; how many messages were changed.

        A second time changes nothing. Raises DiscordUnavailable, TokenRefused, StoreError; what wasn't done is done
        the next time.
        """
        now = self._clock()
        async with self._store.reading() as conn:
            noted = await get_value(conn, _DONE_UNTIL)
            since = datetime.fromisoformat(noted) if noted else now - _READ_SINCE
            found = await deliveries.messages_to_correct(conn, since, now, shown_since=now - _READ_SINCE)
        changed = 0
        for _, group in groupby(found, key=lambda each: (each.delivery_id, each.ordinal)):
            changed += await self._correct_message(list(group))
        if found or noted is None or now - since > timedelta(hours=1):
            async with self._store.writing() as conn:
                await set_value(conn, _DONE_UNTIL, now.isoformat(), now)
        return changed

    async def _correct_message(self, shown: list[ShownMessage]) -> bool:
        """Edit a message that told of these events; false when there was nothing to change or no way to."""
        message = shown[0]
        payload = orjson.loads(message.payload)
        note = words(await self._language(message.delivery_id))("digest-corrected")
        for each in shown:
            payload = strike_event(payload, event_name(each.event_id), note)
        kept = orjson.dumps(payload).decode()
        if kept == message.payload:
            return False
        try:
            body = {name: value for name, value in payload.items() if name in _EDITABLE}
            there = await self._post.edit(message.channel_id, message.message_id, body)
        except (ChannelGone, PermissionMissing, MessageRefused) as error:
            log.warning("corrections.impossible", delivery=message.delivery_id, error=str(error))
            return False
        async with self._store.writing() as conn:
            await deliveries.update_payload(conn, message.delivery_id, message.ordinal, kept)
        log.info("corrections.struck_out", delivery=message.delivery_id, ordinal=message.ordinal, there=there)
        return there

    async def _language(self, delivery_id: int) -> str:
        async with self._store.reading() as conn:
            found = await deliveries.find_delivery(conn, delivery_id)
            order = await subscriptions.find_subscription(conn, found.subscription_id) if found else None
        return order.language if order is not None else "en"


def strike_event(payload: Any, event: str, note: str) -> Any:
    """A message's payload with the event of that name (`e34`) struck through and `note` in place of its sentences.

    An event stands in a text from its heading (`### `) to the small line (`-# e34 …`) that ends it.
    """
    if isinstance(payload, dict):
        return {
            name: _struck(value, event, note)
            if name in ("content", "description") and isinstance(value, str)
            else strike_event(value, event, note)
            for name, value in payload.items()
        }
    if isinstance(payload, list):
        return [strike_event(part, event, note) for part in payload]
    return payload


def _struck(text: str, event: str, note: str) -> str:
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
