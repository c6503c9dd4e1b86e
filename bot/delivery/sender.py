"""The state machine of one delivery, from its slot to its messages in the channel.

Every message is posted exactly once, whatever happens. Steps: prepare (may it still go out?), compose, persist, send,
confirm. Each step is in the database before the next one begins: what was composed before the first byte goes out, that
a message is attempted before it goes out, its id once Discord has taken it. A message that was attempted but never
confirmed is looked up in the channel by its marker before it is sent again, and it is sent again with the same nonce,
by which Discord itself refuses a second one for some minutes. So it doesn't matter where a process dies: what isn't
known is looked up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import orjson
import structlog

from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.corrections import EventTeller, correct_delivery
from bot.delivery.message_port import (
    TALK_NAME_KEY,
    TEXTS_KEY,
    WEBHOOK_KEYS,
    ChannelMessage,
    MessagePort,
    SendAborted,
    StillHeld,
)
from bot.delivery.messages import AlertComposer, DigestComposer, draw_alert, draw_delivery
from bot.errors import ChannelGone, DeliveryError, DiscordUnavailable, MessageRefused, PermissionMissing, TokenRefused
from bot.newsroom.lateness import ON_TIME, alert_refusal_reason, refusal_reason
from bot.newsroom.models import Delivery, DeliveryMessage, DeliveryState, DigestStyle, Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.store import deliveries, subscriptions
from bot.store.database import Store, StoreConnection
from bot.store.deliveries import ClaimLost, DeliveredEvent
from bot.store.group_commit import GroupCommit

__all__ = ["Attempt", "DeliveryResult", "DeliverySender", "DigestButtons"]

log = structlog.get_logger()

_NONCE_LIFETIME: Final = timedelta(seconds=60)
"""Time for which Discord certainly refuses a second message of one nonce; in practice it does for some minutes."""

_SETTLING_SECONDS: Final = 5.0
"""Seconds after which a request that was in flight when its process died shows in the channel, if it ever does."""

_CLOCK_SKEW: Final = timedelta(minutes=15)
"""Allowed difference between our clock and Discord's when a channel's history is searched by time."""

_HISTORY_PAGE: Final = 100
"""Messages per request of a channel's history, as many as Discord gives."""

_HISTORY_LIMIT: Final = 5000
"""Messages searched at most: fifty requests; a busier channel is left to the nonce."""

_CONCURRENT_COMPOSERS: Final = 3
"""Digests composed at a time: composing takes a connection and a processor, while sending only waits."""

_REASON_LENGTH: Final = 300
"""Characters of an error that are kept as a reason: enough for an operator, too few for a page of HTML."""

_STYLE_WITHOUT: Final = {"Attach Files": DigestStyle.CARDS, "Embed Links": DigestStyle.PLAIN}
"""Richest style that can be posted without a permission."""

DigestButtons = Callable[[Delivery], Awaitable[tuple[str, str]]]
"""Gives the custom ids of a digest's "more" button and of its story menu; "" leaves one out."""


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """Outcome of one attempt at a delivery.

    `state` is the delivery's state now; an open one is tried again. `reason` says why it was not sent, `error` in
    a sentence. `lost` says that another worker holds the delivery.
    """

    delivery: Delivery
    state: DeliveryState
    reason: Obstacle | None = None
    error: str = ""
    sent: int = 0
    lost: bool = False


class Attempt:
    """One attempt at a delivery: its inputs, and how far it has come.

    `now` gives the moment by which the delivery is late or not, `still_held` whether the claim holds by the clock.
    """

    def __init__(
        self,
        delivery: Delivery,
        subscription: Subscription | None,
        now: Callable[[], datetime],
        still_held: StillHeld,
    ) -> None:
        self.delivery, self.subscription, self.now, self.still_held = delivery, subscription, now, still_held
        self.messages = list(delivery.messages)
        self.composed: tuple[list[DeliveryMessage], list[DeliveredEvent]] | None = None
        """Messages and their events that are composed but not persisted yet."""
        self.attempted: int | None = None
        """Ordinal of the message that this attempt has persisted as attempted but not sent yet."""
        self.sent = 0
        self.finished = False

    @property
    def partly_sent(self) -> bool:
        """Return whether a part of the delivery is in the channel."""
        return any(message.message_id is not None for message in self.messages)

    def result(
        self, state: DeliveryState, reason: Obstacle | None = None, error: str = "", *, lost: bool = False
    ) -> DeliveryResult:
        """Return the attempt's outcome."""
        return DeliveryResult(self.delivery, state, reason, error, self.sent, lost)


class DeliverySender:
    """Sends deliveries that the worker `holder` has claimed.

    `clock` gives the present, by which claims and attempts are recorded. `max_attempts` counts those that fail while
    Discord answers others, as `breaker` knows.
    """

    def __init__(
        self,
        store: Store,
        composer: DigestComposer,
        port: MessagePort,
        *,
        clock: Callable[[], datetime],
        holder: str,
        max_attempts: int,
        breaker: CircuitBreaker,
        buttons: DigestButtons | None = None,
        teller: EventTeller | None = None,
        alerts: AlertComposer | None = None,
    ) -> None:
        self._alerts = alerts
        self._store, self._composer, self._port, self._breaker = store, composer, port, breaker
        self._teller = teller
        self._clock, self._holder, self._max_attempts, self._buttons = clock, holder, max_attempts, buttons
        self._style_limits: dict[int, DigestStyle] = {}
        self._group_commit = GroupCommit(store)
        self._composing = asyncio.Semaphore(_CONCURRENT_COMPOSERS)

    async def send_delivery(
        self,
        delivery: Delivery,
        subscription: Subscription | None,
        *,
        now: Callable[[], datetime],
        still_held: StillHeld,
        backoff: timedelta | None,
    ) -> DeliveryResult:
        """Take a claimed delivery as far as it goes in one attempt.

        `subscription` is None when it was deleted. After a failure that may pass, the delivery is due again `backoff`
        later; None leaves its time alone. Raises TokenRefused, with the delivery released, and StoreError.
        """
        while True:
            attempt = Attempt(delivery, subscription, now, still_held)
            try:
                return await self._run_steps(attempt)
            except (ClaimLost, SendAborted):
                log.warning("delivery.claim_lost", delivery=delivery.id)
                return attempt.result(DeliveryState.SENDING, lost=True)
            except TokenRefused:
                async with self._store.writing() as conn:
                    await deliveries.release_one(conn, delivery.id, self._holder, self._clock())
                raise
            except (ChannelGone, PermissionMissing) as error:
                if not await self._reset_to_plainer_style(attempt, error):
                    return await self._fail_and_pause(attempt, error)
            except MessageRefused as error:
                return await self._fail(attempt, Obstacle(DeliveryReason.REFUSED, {"error": error.answer}), str(error))
            except _ArrivalUnknown:
                return await self._fail(attempt, Obstacle(DeliveryReason.UNSURE), _ArrivalUnknown.sentence)
            except DeliveryError as error:
                return await self._postpone(attempt, error, backoff)
            delivery = attempt.delivery

    async def postpone(self, delivery: Delivery, error: str, backoff: timedelta | None) -> DeliveryResult:
        """Schedule another attempt at a delivery after an unexpected error."""
        attempt = Attempt(delivery, None, self._clock, lambda: True)
        return await self._postpone(attempt, DeliveryError(error), backoff)

    async def drain(self) -> None:
        """Wait until nothing is being written."""
        await self._group_commit.drain()

    # The steps

    async def _run_steps(self, attempt: Attempt) -> DeliveryResult:
        async with self._composing:
            ended = await self._prepare(attempt)
            subscription = attempt.subscription
            if ended is None and subscription is not None and attempt.delivery.state is DeliveryState.PLANNED:
                ended = await self._compose(attempt, await self._open_dm_channel(attempt, subscription))
        if ended is not None:
            return ended
        await self._persist(attempt)  # waits for the disk, while other deliveries are composed
        for message in list(attempt.messages):
            if message.message_id is None:
                await self._send(attempt, message)
        await self._open_threads(attempt)
        if not attempt.finished:  # all were sent before: a process died right before the end
            async with self._store.writing() as conn:
                await deliveries.finish(conn, attempt.delivery.id, self._holder, self._clock())
        return attempt.result(DeliveryState.SENT)

    async def _prepare(self, attempt: Attempt) -> DeliveryResult | None:
        """Expire the delivery if it may no longer go out; None when it may."""
        reason = await self._refusal_reason(attempt)
        if reason is not None and await self._reconcile(attempt):
            reason = await self._refusal_reason(attempt)
        return await self._expire(attempt, Obstacle(reason)) if reason is not None else None

    async def _refusal_reason(self, attempt: Attempt) -> DeliveryReason | None:
        delivery, now = attempt.delivery, attempt.now()
        if delivery.alert_event_id is not None:
            return alert_refusal_reason(attempt.subscription, delivery.slot_at, now, begun=attempt.partly_sent)
        newer = False
        if now - delivery.slot_at > ON_TIME:
            async with self._store.reading() as conn:
                newer = await deliveries.newer_due(conn, delivery.subscription_id, delivery.slot_at, now)
        return refusal_reason(attempt.subscription, delivery.slot_at, now, begun=attempt.partly_sent, newer=newer)

    async def _reconcile(self, attempt: Attempt) -> bool:
        """Record whether a message that was attempted but not confirmed is in the channel."""
        unconfirmed = (each for each in attempt.messages if each.message_id is None and each.tried_at is not None)
        message = next(unconfirmed, None)
        if message is None:
            return False
        message_id = await self._find_message(attempt, message)
        async with self._store.writing() as conn:
            if message_id is None:
                await deliveries.clear_attempt(conn, attempt.delivery.id, self._holder, message.ordinal, self._clock())
            else:
                await self._record_sent(conn, attempt, message, message_id)
        return message_id is not None

    async def _open_dm_channel(self, attempt: Attempt, subscription: Subscription) -> Subscription:
        """Return the subscription with its channel; open a member's direct messages if needed."""
        if subscription.guild_id is not None or subscription.member_id is None or subscription.channel_id:
            return subscription
        channel_id = await self._port.open_dm(subscription.member_id)
        opened = replace(subscription, channel_id=channel_id)
        async with self._store.writing() as conn:
            await deliveries.change_channel(conn, attempt.delivery.id, self._holder, channel_id, self._clock())
            await subscriptions.update_subscription(conn, opened)
        attempt.delivery = replace(attempt.delivery, channel_id=channel_id)
        return opened

    async def _compose(self, attempt: Attempt, subscription: Subscription) -> DeliveryResult | None:
        """Compose the digest's messages; skip the delivery if nothing is new."""
        delivery = attempt.delivery
        if delivery.alert_event_id is not None:
            return await self._compose_alert(attempt, subscription)
        composed = await self._composer.for_slot(subscription, delivery.slot_at)
        if composed.digest is None:
            return await self._skip(attempt, Obstacle(DeliveryReason.QUIET))
        more, details = await self._buttons(delivery) if self._buttons is not None else ("", "")
        subscription = self._with_supported_style(attempt, subscription)
        attempt.composed = draw_delivery(
            subscription, composed.digest, composed.shown, delivery_id=delivery.id, more=more, details=details
        )
        return None

    async def _compose_alert(self, attempt: Attempt, subscription: Subscription) -> DeliveryResult | None:
        """Compose an alert's message; skip the delivery if the event isn't breaking any more."""
        if self._alerts is None:
            return await self._skip(attempt, Obstacle(DeliveryReason.NOT_BREAKING))
        composed = await self._alerts.compose(subscription, attempt.delivery)
        if composed.event is None or composed.shown is None:
            return await self._skip(attempt, composed.obstacle or Obstacle(DeliveryReason.NOT_BREAKING))
        subscription = self._with_supported_style(attempt, subscription)
        attempt.composed = draw_alert(subscription, composed.event, composed.shown)
        return None

    def _with_supported_style(self, attempt: Attempt, subscription: Subscription) -> Subscription:
        """Return the subscription with the richest look that the channel allows."""
        channel_id = attempt.delivery.channel_id
        style = self._port.supported_style(channel_id, subscription.look)
        if (limit := self._style_limits.get(channel_id)) is not None:
            style = _plainer(style, limit)
        return replace(subscription, look=style)

    async def _skip(self, attempt: Attempt, reason: Obstacle) -> DeliveryResult:
        async with self._store.writing() as conn:
            await deliveries.skip(conn, attempt.delivery.id, self._holder, reason, self._clock())
        return attempt.result(DeliveryState.SKIPPED, reason)

    async def _persist(self, attempt: Attempt) -> None:
        """Write composed messages to disk, the first one as attempted."""
        if attempt.composed is None:
            return
        (messages, events), at = attempt.composed, self._clock()

        async def write(conn: StoreConnection) -> None:
            await deliveries.compose(conn, attempt.delivery.id, self._holder, messages, events, at, trying=True)

        await self._group_commit.write(write)
        attempt.composed = None
        attempt.messages = messages
        attempt.attempted = messages[0].ordinal if messages else None

    async def _send(self, attempt: Attempt, message: DeliveryMessage) -> None:
        """Send a message unless an earlier attempt did, and confirm it."""
        delivery = attempt.delivery
        message_id = await self._find_message(attempt, message) if message.tried_at is not None else None
        if message_id is None:
            if attempt.attempted != message.ordinal:
                at = self._clock()

                async def write(conn: StoreConnection) -> None:
                    await deliveries.mark_attempted(conn, delivery.id, self._holder, message.ordinal, at)

                await self._group_commit.write(write)
            stored = orjson.loads(await self._current_payload(delivery, message))
            payload = {key: value for key, value in stored.items() if key not in (TALK_NAME_KEY, TEXTS_KEY)}
            message_id = await self._port.send(delivery.channel_id, payload, message.nonce, attempt.still_held)
            attempt.sent += 1
            self._breaker.record_success()
        await self._confirm(attempt, message, message_id)

    async def _current_payload(self, delivery: Delivery, message: DeliveryMessage) -> str:
        """Return the payload to send, without stories withheld since it was composed.

        The stored message stays as it is, since an earlier attempt may have arrived: what is in the channel is edited
        then (`bot.delivery.corrections`).
        """
        async with self._store.reading() as conn:
            if not await deliveries.tells_withheld(conn, delivery.id):
                return message.payload
        corrected = await correct_delivery(self._store, self._teller, delivery.id)
        return next(each.payload for each in corrected.messages if each.ordinal == message.ordinal)

    async def _confirm(self, attempt: Attempt, message: DeliveryMessage, message_id: int) -> None:
        """Record that a message is in the channel."""
        async with self._store.writing() as conn:
            await self._record_sent(conn, attempt, message, message_id)
        log.info("message.sent", delivery=attempt.delivery.id, ordinal=message.ordinal, message=message_id)

    async def _record_sent(
        self, conn: StoreConnection, attempt: Attempt, message: DeliveryMessage, message_id: int
    ) -> None:
        """Record a message's id, and with the last one the end of the delivery."""
        at = self._clock()
        attempt.messages[message.ordinal] = replace(message, message_id=message_id)
        sent = all(each.message_id is not None for each in attempt.messages)
        if sent and not any(map(_talk_name, attempt.messages)):
            last = (message.ordinal, message_id)
            await deliveries.finish(conn, attempt.delivery.id, self._holder, at, last=last)
            attempt.finished = True
        else:
            await deliveries.mark_sent(conn, attempt.delivery.id, self._holder, message.ordinal, message_id, at)

    async def _open_threads(self, attempt: Attempt) -> None:
        """Open the threads for talk below messages that are in the channel.

        The delivery ends after that: a process that dies before repeats it, and Discord refuses a second thread.
        """
        channel_id = attempt.delivery.channel_id
        for message in attempt.messages:
            name = _talk_name(message)
            if name is None or message.message_id is None:
                continue
            try:
                await self._port.open_thread(channel_id, message.message_id, name)
            except (PermissionMissing, MessageRefused, ChannelGone) as error:
                log.warning("thread.not_opened", delivery=attempt.delivery.id, channel=channel_id, error=str(error))

    async def _find_message(self, attempt: Attempt, message: DeliveryMessage) -> int | None:
        """Return the id of a message that was attempted before, if it is in the channel.

        Searches back to its first attempt, with room for clocks that differ, and at least one page. Raises
        _ArrivalUnknown when the history can't be read and Discord may have forgotten the nonce.
        """
        tried_at = message.tried_at or self._clock()
        channel_id, since = attempt.delivery.channel_id, tried_at - _CLOCK_SKEW
        has_nonce = _has_nonce(message)
        if not has_nonce:  # nothing would refuse a second message while the first is still in flight
            age = (self._clock() - tried_at).total_seconds()
            await asyncio.sleep(min(max(_SETTLING_SECONDS - age, 0.0), _SETTLING_SECONDS))
        before: int | None = None
        searched = 0
        while searched < _HISTORY_LIMIT:
            page = await self._port.recent(channel_id, _HISTORY_PAGE, before)
            for posted in page:
                if _is_same(posted, message):
                    log.info("message.found", delivery=attempt.delivery.id, ordinal=message.ordinal)
                    return posted.id
            searched += len(page)
            if len(page) < _HISTORY_PAGE or page[-1].at < since:
                break
            before = page[-1].id
        nonce_holds = has_nonce and self._clock() - tried_at <= _NONCE_LIFETIME
        if searched == 0 and not nonce_holds and await self._port.has_messages(channel_id):
            raise _ArrivalUnknown
        return None

    # Ends other than success

    async def _expire(self, attempt: Attempt, reason: Obstacle) -> DeliveryResult:
        async with self._store.writing() as conn:
            await deliveries.expire(conn, attempt.delivery.id, self._holder, reason, self._clock())
        log.info("delivery.expired", delivery=attempt.delivery.id, reason=str(reason))
        return attempt.result(DeliveryState.EXPIRED, reason)

    async def _fail(self, attempt: Attempt, reason: Obstacle, error: str) -> DeliveryResult:
        delivery = attempt.delivery
        async with self._store.writing() as conn:
            await deliveries.fail(conn, delivery.id, self._holder, reason, self._clock())
        log.warning("delivery.failed", delivery=delivery.id, channel=delivery.channel_id, reason=str(reason))
        return attempt.result(DeliveryState.FAILED, reason, error)

    async def _reset_to_plainer_style(self, attempt: Attempt, error: DeliveryError) -> bool:
        """Reset the composition, without files or embeds, if those aren't permitted."""
        channel_id = attempt.delivery.channel_id
        if not isinstance(error, PermissionMissing) or error.permission not in _STYLE_WITHOUT:
            return False
        limit = _STYLE_WITHOUT[error.permission]
        if self._style_limits.get(channel_id) in (limit, DigestStyle.PLAIN) or attempt.partly_sent:
            return False
        self._style_limits[channel_id] = limit
        async with self._store.writing() as conn:
            await deliveries.reset_composition(conn, attempt.delivery.id, self._holder, self._clock())
        attempt.delivery = replace(attempt.delivery, state=DeliveryState.PLANNED, messages=())
        log.info("delivery.simplified", delivery=attempt.delivery.id, channel=channel_id, style=limit.value)
        return True

    async def _fail_and_pause(self, attempt: Attempt, error: ChannelGone | PermissionMissing) -> DeliveryResult:
        """Fail the delivery and pause its subscription, since the channel can't be written to."""
        reason = Obstacle(DeliveryReason.CHANNEL_GONE)
        if isinstance(error, PermissionMissing):
            reason = Obstacle(DeliveryReason.PERMISSION_MISSING, {"permission": error.permission})
        delivery, at = attempt.delivery, self._clock()
        async with self._store.writing() as conn:
            await deliveries.fail(conn, delivery.id, self._holder, reason, at)
            if await subscriptions.find_subscription(conn, delivery.subscription_id) is not None:
                await subscriptions.pause_subscription(conn, delivery.subscription_id, at, reason)
        log.warning("delivery.failed", delivery=delivery.id, channel=delivery.channel_id, reason=str(reason))
        return attempt.result(DeliveryState.FAILED, reason, str(error))

    async def _postpone(self, attempt: Attempt, error: DeliveryError, backoff: timedelta | None) -> DeliveryResult:
        """Schedule another attempt at a delivery, or fail it after too many.

        Attempts while Discord doesn't answer others either aren't counted.
        """
        delivery = attempt.delivery
        if isinstance(error, DiscordUnavailable):
            self._breaker.record_failure()
        counts = not self._breaker.is_open
        if counts and delivery.attempts >= self._max_attempts:
            gave_up = Obstacle(DeliveryReason.GAVE_UP, {"error": str(error)[:_REASON_LENGTH]})
            return await self._fail(attempt, gave_up, str(error))
        at = self._clock()
        again = delivery.next_try_at or at
        if backoff is not None:
            wait = error.facts.get("wait")
            again = at + max(backoff, timedelta(seconds=wait) if isinstance(wait, float) else backoff)
        reason = Obstacle(DeliveryReason.OTHER, {"text": str(error)[:_REASON_LENGTH]})
        async with self._store.writing() as conn:
            await deliveries.retry(conn, delivery.id, self._holder, again, reason, at, counts=counts)
        log.warning("delivery.postponed", delivery=delivery.id, until=again.isoformat(), error=str(error))
        return attempt.result(delivery.state, None, str(error))


class _ArrivalUnknown(Exception):
    """Nothing can tell whether a message arrived."""

    sentence = (
        "the bot can't tell whether its message arrived, since it may not read the channel's history: "
        "give it the permission Read Message History"
    )


def _plainer(style: DigestStyle, limit: DigestStyle) -> DigestStyle:
    """Return `style`, or `limit` where that is plainer."""
    return limit if limit is DigestStyle.PLAIN or style is DigestStyle.CHART else style


def _is_same(posted: ChannelMessage, message: DeliveryMessage) -> bool:
    return posted.nonce == message.nonce or message.marker in posted.text


def _talk_name(message: DeliveryMessage) -> str | None:
    """Return the name of the thread to be opened below a message; None for no thread."""
    name: str | None = orjson.loads(message.payload).get(TALK_NAME_KEY)
    return name


def _has_nonce(message: DeliveryMessage) -> bool:
    """Return whether Discord knows the message by a nonce; it doesn't know those of webhooks."""
    return not any(name in WEBHOOK_KEYS for name in orjson.loads(message.payload))
