"""The state of the whole program, as its operator needs it, and the operator's orders.

Everything is read from the database, so that any process can tell it. What needs Discord or the network is given by the
process that has it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from bot.cluster.process_id import describe_holder, is_dead
from bot.errors import InputInvalid
from bot.newsroom.audience import OPERATOR
from bot.newsroom.models import DeliveryState, DocumentLine, DocumentStatus, Slot, Subscription
from bot.newsroom.sources import Source
from bot.store import deliveries, documents, leases, story_rows
from bot.store.database import Store
from bot.store.leases import Lease

if TYPE_CHECKING:
    from bot.services import Services

__all__ = ["OperationsService", "OperationsStatus", "RunningJob"]

_DAY: Final = timedelta(hours=24)
"""The period whose deliveries are counted."""

_NEXT_DELIVERIES: Final = 15
"""Deliveries to come that are shown: those of the next hours."""

_REJECTED_FILES: Final = 50
"""Rejected files that are shown; `gazette doctor` lists all."""

_JOBS: Final = {
    "backup": "backups",
    "corrections": "corrections",
    "delivery": "posting",
    "gateway": "answering in Discord",
    "intake": "reading news",
}
"""What the holder of a lease does, by the lease's name."""


@dataclass(frozen=True, slots=True)
class RunningJob:
    """A process and its job, until its lease ends unless renewed."""

    job: str
    process: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OperationsStatus:
    """The state of the program at a moment.

    `overdue_since` is the oldest slot that should have been posted.
    """

    at: datetime
    version: str
    database: str
    database_bytes: int
    jobs: tuple[RunningJob, ...]
    newest_story: datetime | None
    stories: int
    files: dict[DocumentStatus, int]
    missing_files: int
    rejected: tuple[DocumentLine, ...]
    sources: tuple[Source, ...]
    next_deliveries: tuple[tuple[Subscription, Slot], ...]
    paused: tuple[Subscription, ...]
    subscriptions: int
    last_day: dict[DeliveryState, int]
    overdue_since: datetime | None

    def is_running(self, job: str) -> bool:
        """Return whether some process does a job."""
        return any(each.job == _JOBS[job] for each in self.jobs)


class OperationsService:
    """Tells the state of the program and carries out orders.

    `services` are those of the newsroom.
    """

    def __init__(self, store: Store, services: Services, clock: Callable[[], datetime]) -> None:
        self._store, self._services, self._clock = store, services, clock
        self.post_text: Callable[[int, str], Awaitable[None]] | None = None
        """Posts a text in a channel; None in programs that aren't connected to Discord."""

    async def status(self) -> OperationsStatus:
        """Read the state of the program."""
        now = self._clock()
        listed = await self._services.subscriptions.list_subscriptions()
        sources = await self._services.sources.list_sources(OPERATOR)
        size = await self._store.size()
        async with self._store.reading() as conn:
            server_now = now if self._store.is_sqlite else await leases.server_time(conn)
            held = await leases.all_active_leases(conn, server_now)
            files = await documents.count_by_status(conn)
            missing, _since = await documents.count_missing(conn)
            upcoming = sorted(
                ((each, slot) for each, slot in listed if slot is not None), key=lambda pair: (pair[1].at, pair[0].id)
            )
            return OperationsStatus(
                at=now,
                version=version("gazette"),
                database=self._store.url,
                database_bytes=size,
                jobs=_running(held),
                newest_story=await story_rows.latest_arrival(conn, OPERATOR),
                stories=await story_rows.count_stories(conn, OPERATOR),
                files=files,
                missing_files=missing,
                rejected=tuple(await documents.list_rejected(conn, _REJECTED_FILES)),
                sources=tuple(sources),
                next_deliveries=tuple(upcoming[:_NEXT_DELIVERIES]),
                paused=tuple(each for each, slot in listed if slot is None),
                subscriptions=len(listed),
                last_day=await deliveries.count_recent(conn, now - _DAY),
                overdue_since=await deliveries.oldest_due(conn, now),
            )

    async def carry_out(self, order: str, target: str) -> str:
        """Carry out an order and return what was done, in a sentence.

        Raises InputInvalid for an unknown order, and what the services raise.
        """
        orders: dict[str, Callable[[str], Awaitable[str]]] = {
            "pause-subscription": self._pause_subscription,
            "resume-subscription": self._resume_subscription,
            "post-test": self._post_test,
            "pause-source": self._pause_source,
            "resume-source": self._resume_source,
            "retry-source": self._retry_source,
            "test-source": self._test_source,
            "split": self._split,
            "join": self._join,
        }
        if order not in orders:
            raise InputInvalid("there is no such order")
        return await orders[order](target)

    async def _pause_subscription(self, target: str) -> str:
        paused = await self._services.subscriptions.pause(_number(target))
        return f"Subscription {paused.id} paused."

    async def _resume_subscription(self, target: str) -> str:
        resumed, slot = await self._services.subscriptions.resume(_number(target))
        return f"Subscription {resumed.id} resumed. Its next digest is due at {slot.local:%Y-%m-%d %H:%M}."

    async def _post_test(self, target: str) -> str:
        subscription, _slot = await self._services.subscriptions.get(_number(target))
        if self.post_text is None:
            raise InputInvalid("this process isn't connected to Discord: set web.enabled and open the page of the bot")
        if not subscription.channel_id:
            raise InputInvalid("this digest goes to direct messages, which nothing was sent to yet")
        await self.post_text(
            subscription.channel_id, f"A test by the operator: digest {subscription.id} is posted here."
        )
        return f"Test posted in the channel of subscription {subscription.id}."

    async def _pause_source(self, target: str) -> str:
        return f"Source {(await self._services.sources.pause(target)).id} paused."

    async def _resume_source(self, target: str) -> str:
        return f"Source {(await self._services.sources.resume(target)).id} resumed."

    async def _retry_source(self, target: str) -> str:
        found = await self._services.sources.change(target, {})
        if found.paused_at is not None:
            raise InputInvalid(f"source {found.id} is paused: resume it")
        return f"Source {found.id} is fetched with the next look, within seconds."

    async def _test_source(self, target: str) -> str:
        found = await self._services.sources.find(target)
        probe = self._services.sources.source_probe
        if probe is None:
            raise InputInvalid(f"this process doesn't reach the network: gazette sources test {found.id}")
        result = await probe.probe(found.url, may_be_private=True)
        newest = f" The newest: {result.preview[0].headline}" if result.preview else ""
        return f"Source {found.id} answers with {result.entries} entries.{newest}"

    async def _split(self, target: str) -> str:
        created, _left = await self._services.event_editor.split(target.split())
        return f"Moved into the new event e{created.id}."

    async def _join(self, target: str) -> str:
        merged = await self._services.event_editor.join(target.split())
        return f"Joined as event e{merged.id}, with {len(merged.stories)} stories."


def _running(held: Sequence[Lease]) -> tuple[RunningJob, ...]:
    found = [
        RunningJob(_JOBS[job], describe_holder(each.holder), each.expires_at)
        for each in held
        if (job := each.name.partition("/")[0]) in _JOBS and not is_dead(each.holder)
    ]
    return tuple(sorted(found, key=lambda each: (each.job, each.process)))


def _number(target: str) -> int:
    """Return the number of a subscription."""
    if not (target.isascii() and target.isdigit() and len(target) <= len(str(2**63))):
        raise InputInvalid("name a subscription by its number")
    return int(target)
