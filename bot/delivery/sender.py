"""How does one delivery go its way, from the slot to the messages in the channel, once whatever happens?

A step is in the database before the next begins: composed before the first byte goes out, tried before a message goes
out, sent when Discord said so. Whoever finds a message tried but not sent looks in the channel for its marker before
it sends again, with the same nonce, by which Discord itself refuses a second one for some minutes. So it doesn't matter
where a process dies: what isn't known is looked up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

import orjson
import structlog

from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.message_port import WEBHOOK_KEYS, ChannelMessage, KnowsPermissions, MessagePort, SendAborted
from bot.delivery.messages import DigestComposer, draw_delivery
from bot.errors import ChannelGone, DeliveryError, DiscordUnavailable, MessageRefused, PermissionMissing, TokenRefused
from bot.newsroom.lateness import ON_TIME, Reason, refusal_reason
from bot.newsroom.models import Delivery, DeliveryMessage, DeliveryState, DigestStyle, Subscription
from bot.store import deliveries, subscriptions
from bot.store.database import Store, StoreConnection
from bot.store.deliveries import ClaimLost, DeliveredEvent
from bot.store.group_commit import GroupCommit

__all__ = ["Buttons", "DeliveryResult", "DeliverySender"]

log = structlog.get_logger()

_NONCE_HOLDS: Final = timedelta(seconds=60)
"""So long Discord surely refuses a second message of one nonce; it does for some minutes."""

_SETTLES: Final = 5.0
"""Seconds after which a message that was under way when its process died stands in the channel, if it ever does."""

_CLOCKS_APART: Final = timedelta(minutes=15)
_MOST_LOOKED_THROUGH: Final = 5000
_PAGE: Final = 100
_COMPOSERS: Final = 3
_WITHOUT: Final = {"Attach Files": DigestStyle.COMPONENTS, "Embed Links": DigestStyle.PLAIN}
"""What may be posted without a permission."""


class Buttons(Protocol):
    """What stands behind a digest's buttons."""

    async def __call__(self, subscription: Subscription, /) -> tuple[str, str]:
        """The actions behind "more" and behind the menu of stories; "" leaves one out."""


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What became of a delivery in this attempt.

    `state` is the one that it has now; open ones are tried again. `reason` says why it is not sent, in a word that is
    kept, `error` in a sentence. `lost` says that another worker has it.
    """

    delivery: Delivery
    state: DeliveryState
    reason: str = ""
    error: str = ""
    sent: int = 0
    lost: bool = False


class DeliverySender:
    """Carries claimed deliveries on. `clock` is the present, by which leases and tries are noted."""

    def __init__(
        self,
        store: Store,
        digests: DigestComposer,
        post: MessagePort,
        *,
        clock: Callable[[], datetime],
        worker: str,
        attempts: int,
        line: CircuitBreaker,
        buttons: Buttons | None = None,
    ) -> None:
        self._store, self._digests, self._post, self._line = store, digests, post, line
        self._clock, self._worker, self._attempts, self._buttons = clock, worker, attempts, buttons
        # Composing takes a connection and a processor; sending only waits. More at once would only open more of them.
        self._most: dict[int, DigestStyle] = {}
        self._together = GroupCommit(store)
        self._at_desk = asyncio.Semaphore(_COMPOSERS)

    async def carry(
        self,
        delivery: Delivery,
        subscription: Subscription | None,
        *,
        now: Callable[[], datetime],
        held: Callable[[], bool],
        backoff: timedelta | None,
    ) -> DeliveryResult:
        """Carry a delivery that this worker has claimed as far as it goes.

        `subscription` is its subscription as it was when claimed, None when there is none any more. `now` is the moment by which it is late or not. `held` says whether the claim still holds by the clock. After a
        failure that may pass it is tried again `backoff` later; None leaves its time alone. Raises TokenRefused, with
        the delivery let go, and StoreError.
        """
        trip = Attempt(delivery)
        try:
            return await self._carry(trip, subscription, now, held)
        except (ClaimLost, SendAborted):
            log.warning("delivery.claim_lost", delivery=delivery.id)
            return trip.ended(DeliveryState.SENDING, lost=True)
        except TokenRefused:
            async with self._store.writing() as conn:
                await deliveries.release_one(conn, delivery.id, self._worker, self._clock())
            raise
        except (ChannelGone, PermissionMissing) as error:
            if not await self._can_be_plainer(trip, error):
                return await self._close_channel(trip, error)
        except MessageRefused as error:
            return await self._fail(trip, f"{Reason.REFUSED}: {error.answer}", str(error))
        except _ArrivalUnknown:
            return await self._fail(trip, Reason.UNSURE, _ArrivalUnknown.sentence)
        except DeliveryError as error:
            return await self._later(trip, error, backoff)
        return await self.carry(trip.delivery, subscription, now=now, held=held, backoff=backoff)

    async def rest(self) -> None:
        """Wait until nothing is being written."""
        await self._together.rest()

    async def try_later(self, delivery: Delivery, error: str, backoff: timedelta | None) -> DeliveryResult:
        """Put a delivery off after a failure that nobody foresaw."""
        return await self._later(Attempt(delivery), DeliveryError(error), backoff)

    async def _carry(
        self, trip: Attempt, subscription: Subscription | None, now: Callable[[], datetime], held: Callable[[], bool]
    ) -> DeliveryResult:
        async with self._at_desk:
            ended = await self._prepare(trip, subscription, now)
        if ended is not None:
            return ended
        await self._store_composed(trip)
        for message in list(trip.messages):
            if message.message_id is None:
                await self._send(trip, message, held)
        if not trip.finished:  # everything was there already: a process died right before the end
            async with self._store.writing() as conn:
                await deliveries.finish(conn, trip.delivery.id, self._worker, self._clock())
        return trip.ended(DeliveryState.SENT)

    async def _prepare(
        self, trip: Attempt, subscription: Subscription | None, now: Callable[[], datetime]
    ) -> DeliveryResult | None:
        """Everything before the first message: may it go, and what does it say? Its end when it doesn't go."""
        delivery = trip.delivery
        newer = False
        if now() - delivery.slot_at > ON_TIME:
            async with self._store.reading() as conn:
                newer = await deliveries.newer_due(conn, delivery.subscription_id, delivery.slot_at, now())
        reason = refusal_reason(subscription, delivery.slot_at, now(), begun=trip.begun, newer=newer)
        if reason is not None and await self._turns_up(trip):
            reason = refusal_reason(subscription, delivery.slot_at, now(), begun=trip.begun, newer=newer)
        if reason is not None or subscription is None:
            return await self._expire(trip, reason or Reason.UNSUBSCRIBED)
        if delivery.state is not DeliveryState.PLANNED:
            return None
        return await self._compose(trip, await self._at_home(trip, subscription))

    async def _turns_up(self, trip: Attempt) -> bool:
        """Is the message whose fate isn't known in the channel after all? Noted as sent, or as not tried."""
        open_one = next((each for each in trip.messages if each.message_id is None and each.tried_at is not None), None)
        if open_one is None:
            return False
        found = await self._find(trip, open_one)
        async with self._store.writing() as conn:
            if found is None:
                await deliveries.clear_attempt(conn, trip.delivery.id, self._worker, open_one.ordinal, self._clock())
            else:
                await self._note_sent(conn, trip, open_one, found)
        return found is not None

    async def _at_home(self, trip: Attempt, subscription: Subscription) -> Subscription:
        """Open the direct messages of a member's own digest, the first time."""
        if subscription.guild_id is not None or subscription.member_id is None or subscription.channel_id:
            return subscription
        channel = await self._post.open_dm(subscription.member_id)
        found = replace(subscription, channel_id=channel)
        async with self._store.writing() as conn:
            await deliveries.change_channel(conn, trip.delivery.id, self._worker, channel, self._clock())
            await subscriptions.update_subscription(conn, found)
        trip.delivery = replace(trip.delivery, channel_id=channel)
        return found

    async def _compose(self, trip: Attempt, subscription: Subscription) -> DeliveryResult | None:
        """Compose and store; the end of it when there is nothing to say."""
        delivery = trip.delivery
        composed = await self._digests.for_slot(subscription, delivery.slot_at)
        if composed.digest is None:
            async with self._store.writing() as conn:
                await deliveries.skip(conn, delivery.id, self._worker, Reason.QUIET, self._clock())
            return trip.ended(DeliveryState.SKIPPED, Reason.QUIET)
        more, details = await self._buttons(subscription) if self._buttons is not None else ("", "")
        if isinstance(self._post, KnowsPermissions):
            subscription = replace(subscription, look=self._post.fitting(delivery.channel_id, subscription.look))
        if delivery.channel_id in self._most:
            subscription = replace(subscription, look=_plainer(subscription.look, self._most[delivery.channel_id]))
        messages, shown = draw_delivery(subscription, composed.digest, composed.shown, more=more, details=details)
        trip.composed = messages, shown
        return None

    async def _store_composed(self, trip: Attempt) -> None:
        """Store what was composed just now. The disk is waited for away from the desk, so that others go on."""
        if trip.composed is None:
            return
        (messages, shown), at = trip.composed, self._clock()

        async def work(conn: StoreConnection) -> None:
            await deliveries.compose(conn, trip.delivery.id, self._worker, messages, shown, at, trying=True)

        await self._together.write(work)
        trip.composed = None
        trip.messages = messages
        trip.noted = 0

    async def _send(self, trip: Attempt, message: DeliveryMessage, held: Callable[[], bool]) -> None:
        """See to it that a message stands in the channel, and note it."""
        delivery = trip.delivery
        found = await self._find(trip, message) if message.tried_at is not None else None
        if found is None:
            if trip.noted != message.ordinal:
                at = self._clock()

                async def work(conn: StoreConnection) -> None:
                    await deliveries.mark_attempted(conn, delivery.id, self._worker, message.ordinal, at)

                await self._together.write(work)
            payload = orjson.loads(message.payload)
            found = await self._post.send(delivery.channel_id, payload, message.nonce, held)
            trip.sent += 1
            self._line.record_success()
        async with self._store.writing() as conn:
            await self._note_sent(conn, trip, message, found)
        log.info("delivery.message_sent", delivery=delivery.id, ordinal=message.ordinal, message=found)

    async def _note_sent(self, conn: StoreConnection, trip: Attempt, message: DeliveryMessage, number: int) -> None:
        """Note a message's id, and with the last one the delivery's end."""
        at = self._clock()
        trip.messages[message.ordinal] = replace(message, message_id=number)
        if all(each.message_id is not None for each in trip.messages):
            last = (message.ordinal, number)
            await deliveries.finish(conn, trip.delivery.id, self._worker, at, last=last)
            trip.finished = True
        else:
            await deliveries.mark_sent(conn, trip.delivery.id, self._worker, message.ordinal, number, at)

    async def _find(self, trip: Attempt, message: DeliveryMessage) -> int | None:
        """The id of a message that was tried before, if it stands in the channel.

        Looks back to when it was first tried, with room for clocks that differ, and through a page in any case. Raises
        _Unsure when the history can't be read and Discord doesn't know the nonce (any more).
        """
        tried_at = message.tried_at or self._clock()
        channel, since = trip.delivery.channel_id, tried_at - _CLOCKS_APART
        nameless = _has_no_nonce(message)
        if nameless:  # no nonce covers what is under way while we look
            age = (self._clock() - tried_at).total_seconds()
            await asyncio.sleep(min(max(_SETTLES - age, 0.0), _SETTLES))
        before: int | None = None
        seen = 0
        while seen < _MOST_LOOKED_THROUGH:
            page = await self._post.recent(channel, _PAGE, before)
            for each in page:
                if _is(each, message):
                    log.info("delivery.message_found", delivery=trip.delivery.id, ordinal=message.ordinal)
                    return each.id
            seen += len(page)
            if len(page) < _PAGE or page[-1].at < since:
                break
            before = page[-1].id
        known = not nameless and self._clock() - tried_at <= _NONCE_HOLDS
        if seen == 0 and not known and await self._post.has_messages(channel):
            raise _ArrivalUnknown
        return None

    async def _expire(self, trip: Attempt, reason: Reason) -> DeliveryResult:
        async with self._store.writing() as conn:
            await deliveries.expire(conn, trip.delivery.id, self._worker, reason, self._clock())
        log.info("delivery.expired", delivery=trip.delivery.id, reason=reason.value)
        return trip.ended(DeliveryState.EXPIRED, reason)

    async def _fail(self, trip: Attempt, reason: str, sentence: str) -> DeliveryResult:
        async with self._store.writing() as conn:
            await deliveries.fail(conn, trip.delivery.id, self._worker, reason, self._clock())
        log.warning("delivery.failed", delivery=trip.delivery.id, channel=trip.delivery.channel_id, reason=reason)
        return trip.ended(DeliveryState.FAILED, reason, sentence)

    async def _can_be_plainer(self, trip: Attempt, error: DeliveryError) -> bool:
        """Where files or embeds may not be posted, less may: then the delivery is composed anew, for this channel so."""
        channel = trip.delivery.channel_id
        if not isinstance(error, PermissionMissing) or error.permission not in _WITHOUT:
            return False
        most = _WITHOUT[error.permission]
        if self._most.get(channel) in (most, DigestStyle.PLAIN) or trip.begun:
            return False
        self._most[channel] = most
        async with self._store.writing() as conn:
            await deliveries.reset_composition(conn, trip.delivery.id, self._worker, self._clock())
        trip.delivery = replace(trip.delivery, state=DeliveryState.PLANNED, messages=())
        log.info("delivery.plainer", delivery=trip.delivery.id, channel=channel)
        return True

    async def _close_channel(self, trip: Attempt, error: ChannelGone | PermissionMissing) -> DeliveryResult:
        """The channel can't be written to: fail, and pause the subscription until somebody has seen to it."""
        reason: str = Reason.CHANNEL_GONE
        if isinstance(error, PermissionMissing):
            reason = f"{Reason.PERMISSION_MISSING}: {error.permission}"
        at = self._clock()
        async with self._store.writing() as conn:
            await deliveries.fail(conn, trip.delivery.id, self._worker, reason, at)
            if await subscriptions.find_subscription(conn, trip.delivery.subscription_id) is not None:
                await subscriptions.pause_subscription(conn, trip.delivery.subscription_id, at, reason)
        log.warning("delivery.failed", delivery=trip.delivery.id, channel=trip.delivery.channel_id, reason=reason)
        return trip.ended(DeliveryState.FAILED, reason, str(error))

    async def _later(self, trip: Attempt, error: DeliveryError, backoff: timedelta | None) -> DeliveryResult:
        """Try again later, unless it was tried often enough while Discord answered others."""
        delivery = trip.delivery
        if isinstance(error, DiscordUnavailable):
            self._line.record_failure()
        counts = not self._line.is_open
        if counts and delivery.attempts >= self._attempts:
            return await self._fail(trip, f"{Reason.GAVE_UP}: {error}"[:300], str(error))
        at = self._clock()
        again = delivery.next_try_at or at
        if backoff is not None:
            wait = error.facts.get("wait")
            again = at + max(backoff, timedelta(seconds=wait) if isinstance(wait, float) else backoff)
        async with self._store.writing() as conn:
            await deliveries.retry(conn, delivery.id, self._worker, again, str(error)[:300], at, counts=counts)
        log.warning("delivery.put_off", delivery=delivery.id, until=again.isoformat(), error=str(error))
        return trip.ended(delivery.state, "", str(error))


class _ArrivalUnknown(Exception):
    """Whether a message arrived can't be found out."""

    sentence = (
        "the bot can't tell whether its message arrived, since it may not read the channel's history: "
        "give it the permission Read Message History"
    )


class Attempt:
    """One attempt at a delivery: what it has become by now."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.messages = list(delivery.messages)
        self.composed: tuple[list[DeliveryMessage], list[DeliveredEvent]] | None = None
        self.noted: int | None = None  # the message that is noted as tried, in this attempt
        self.sent = 0
        self.finished = False

    @property
    def begun(self) -> bool:
        """Does a part of it stand in the channel?"""
        return any(message.message_id is not None for message in self.messages)

    def ended(
        self,
        state: DeliveryState,
        reason: str = "",
        error: str = "",
        *,
        lost: bool = False,
    ) -> DeliveryResult:
        return DeliveryResult(self.delivery, state, str(reason), error, self.sent, lost)


def _plainer(wanted: DigestStyle, most: DigestStyle) -> DigestStyle:
    """The look where no more than `most` may be posted."""
    return most if most is DigestStyle.PLAIN or wanted is DigestStyle.CHART else wanted


def _is(seen: ChannelMessage, message: DeliveryMessage) -> bool:
    return seen.nonce == message.nonce or message.marker in seen.text


def _has_no_nonce(message: DeliveryMessage) -> bool:
    """Does it go without a nonce that Discord would know it by? Messages of webhooks do."""
    return any(name in WEBHOOK_KEYS for name in orjson.loads(message.payload))
