"""The only place that wires the program: which part gets which others.

`open_newsroom` is enough to ask for news; `open_intake` adds what reads files. `run_bot`, `run_intake`, `run_web` and
`deliver_once` are the programs: the first three end on SIGTERM or SIGINT, within ten seconds, with an exit code.

Programs import Discord, delivery, intake and the scheduler when they start: a terminal command that only asks for news
would otherwise take twice as long to begin.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.errors import DiscordUnavailable, SettingsInvalid, StoreError
from bot.newsroom.sample_news import SamplePolicy
from bot.services import Services
from bot.settings import Settings
from bot.store import moved
from bot.store.database import Store
from bot.store.due_withholdings import due_withholdings

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from bot.automatic_backups import AutomaticBackups
    from bot.cluster.leader import Leadership
    from bot.cluster.lease_clock import LeaseClock
    from bot.commands import CommandRegistry
    from bot.delivery.rate_limiter import RateLimiter
    from bot.delivery.rest import DiscordMessagePort
    from bot.delivery.worker import DeliveryReport, DeliveryWorker
    from bot.intake.pipeline import Intake
    from bot.intake.types import ScanReport
    from bot.intake.worker_pool import DeadlineExecutor
    from bot.intake.workers import Workers
    from bot.observability.health_server import HealthCheck, HealthFact
    from bot.observability.metrics import Metrics
    from bot.services.sources import SourceProbe

__all__ = [
    "Newsroom",
    "deliver_once",
    "fetch_feeds",
    "open_for_reading",
    "open_intake",
    "open_newsroom",
    "open_source_probe",
    "run_bot",
    "run_intake",
    "run_web",
    "sample_policy",
    "utc_now",
]

log = structlog.get_logger()

_RELEASE_SECONDS: Final = 5.0
"""Seconds between two looks for withholdings whose time is over: an embargo ends that soon after its time."""

_INTAKE_ALONE: Final = 0
"""Rank of a process that only reads news: it was started for that."""

_INTAKE_BESIDE_OTHER_WORK: Final = 2
"""Rank of a bot that reads news, too."""

_INTAKE_OF_OTHER_FOLDER: Final = 1
"""Added to the rank of a process whose seeds folder isn't the one whose files the store has."""


def utc_now() -> datetime:
    """Return the present; everything else gets it as a clock that is passed in."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The parts that every program needs; the store is open and migrated.

    `is_new` says that its tables were made just now.
    """

    settings: Settings
    store: Store
    services: Services
    clock: Callable[[], datetime]
    is_new: bool = False


@asynccontextmanager
async def open_for_reading(settings: Settings, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[Newsroom]:
    """Open the store so that nothing can be changed, for a program that only answers questions.

    Raises StoreUnavailable, StoreOutdated.
    """
    async with Store.open(settings.database_url, settings.store.pool, read_only=True) as store:
        await store.check_readable()
        services = Services(store, settings.digest, settings.summary, clock, feeds=settings.intake.usable_feeds)
        yield Newsroom(settings, store, services, clock)


@asynccontextmanager
async def open_newsroom(
    settings: Settings, clock: Callable[[], datetime] = utc_now, *, migrate: bool = True
) -> AsyncIterator[Newsroom]:
    """Open the store, migrate it unless told otherwise, and build the services over it.

    Raises StoreUnavailable, StoreOutdated.
    """
    async with Store.open(settings.database_url, settings.store.pool) as store:
        services = Services(
            store,
            settings.digest,
            settings.summary,
            clock,
            feeds=settings.intake.usable_feeds,
            managers_add=settings.intake.managers_add,
            full_texts=settings.web.full_texts,
            web_address=settings.web.address if settings.web.public else "",
            links={
                "about-code": settings.discord.code_link,
                "about-help": settings.discord.help_link,
                "about-privacy": settings.discord.privacy_link,
            },
        )
        if not migrate:
            yield Newsroom(settings, store, services, clock)
            return
        newsroom = Newsroom(settings, store, services, clock, is_new=await store.migrate())
        await _release_due(store, clock)
        releases = asyncio.create_task(_keep_releasing(store, clock))
        try:
            yield newsroom
        finally:
            releases.cancel()
            with suppress(asyncio.CancelledError):
                await releases


async def _release_due(store: Store, clock: Callable[[], datetime]) -> None:
    """End withholdings whose time is over."""
    now = clock()
    async with store.reading() as conn:
        due = await due_withholdings(conn, now)
    if due:
        from bot.services.withholdings import release_due

        await release_due(store, now)


async def _keep_releasing(store: Store, clock: Callable[[], datetime]) -> None:
    """End withholdings at their time for as long as the program runs."""
    while True:
        await asyncio.sleep(_RELEASE_SECONDS)
        try:
            await _release_due(store, clock)
        except StoreError as error:
            log.warning("withholding.release_postponed", error=str(error))


async def _check_place(newsroom: Newsroom, *, posts: bool, tell_new: bool = True) -> None:
    """Raise StoreMoved if the newsroom is in another database now.

    Raises StoreUnavailable if this one can't be written. Tells once that it is a restored copy, and with `tell_new` that
    it was made just now.
    """
    if newsroom.is_new and tell_new:
        hint = "made a new, empty database; if yours is elsewhere, stop and correct DATABASE_URL"
        log.warning("newsroom.new_database", database=newsroom.store.url, hint=hint)
    await newsroom.store.check()  # a standby or a role that may only read is no reason to wait
    async with newsroom.store.reading() as conn:
        await moved.refuse_moved(conn)
        restored_at = await moved.find_copy(conn) if posts else None
    if restored_at is not None:
        log.warning("newsroom.restored_copy", restored_at=restored_at, hint="if the original still runs, both post")
        async with newsroom.store.writing() as conn:
            await moved.forget_copy(conn)


@asynccontextmanager
async def open_intake(newsroom: Newsroom) -> AsyncIterator[Intake]:
    """Start the processes that read files, and yield the intake, for a command that ends.

    On a Dask cluster, a scan raises ClusterUnavailable when it is away for too long.
    """
    from bot.intake.workers import open_workers

    await _check_place(newsroom, posts=False, tell_new=False)
    settings = newsroom.settings.intake
    with open_workers(settings, patience=settings.dask_wait_seconds) as workers:
        yield _intake(newsroom, workers)


async def fetch_feeds(newsroom: Newsroom, intake: Intake, *, only_due: bool = False) -> ScanReport | None:
    """Fetch the feeds that aren't paused once; None if there are none. Raises StoreError."""
    if not await newsroom.services.sources.list_sources():
        return None
    from bot.intake.feeds import FeedPoller  # loads the HTTP client, which most commands need not

    return await FeedPoller(intake, newsroom.settings.intake).fetch(only_due=only_due)


@asynccontextmanager
async def open_source_probe(newsroom: Newsroom) -> AsyncIterator[SourceProbe]:
    """Yield what looks at addresses of sources, for a command that ends."""
    from bot.intake.lanes import Lanes
    from bot.intake.source_probe import FeedProbe
    from bot.intake.workers import open_workers

    settings = newsroom.settings
    with open_workers(settings.intake, patience=settings.intake.dask_wait_seconds) as workers:
        lanes = Lanes(workers.documents, workers.slow, settings.intake)
        yield FeedProbe(lanes, settings.intake, settings.summary, newsroom.clock)


async def run_bot(settings: Settings, *, show_invitation: Callable[[str], None]) -> int:
    """Run the bot, which reads news, answers and delivers.

    `show_invitation` gets the link that invites it to a server, once it has logged in.

    Raises SettingsInvalid without a token, TokenRefused.
    """
    from bot.cluster.leader import run_while_leader
    from bot.cluster.shard_presence import present_with_shards
    from bot.cogs.client import Client, default_cogs
    from bot.cogs.rest_probe import invitation
    from bot.commands import CommandRegistry
    from bot.commands.metrics import with_metrics
    from bot.delivery.api_base import set_api_base
    from bot.delivery.corrections import Corrections
    from bot.delivery.metrics import DeliveryMetrics
    from bot.delivery.operator_channel import OperatorChannel, post_text
    from bot.delivery.rate_limiter import RateLimiter
    from bot.delivery.rest import DiscordMessagePort, apply_rate_limiter
    from bot.intake.metrics import refresh_feeds
    from bot.intake.worker_pool import LazyProcessWorkers
    from bot.intake.workers import open_workers
    from bot.maintenance import Maintenance
    from bot.observability.metrics import Metrics, measure_loop_lag
    from bot.runtime import (
        GATEWAY_PART,
        check_database,
        check_gateway,
        health_server,
        log_in,
        parse_shards,
        run_together,
        running_scheduler,
        stay_connected,
        stop_on_signals,
        wait_unless_stopped,
    )

    token = settings.discord.token.get_secret_value()
    if not token:
        raise SettingsInvalid(
            "DISCORD_TOKEN is not set: open https://discord.com/developers/applications, make an application, press "
            "Reset Token under Bot, and start again with DISCORD_TOKEN=the-token"
        )
    set_api_base(settings.discord.api_base)
    async with AsyncExitStack() as stack:
        stop = stack.enter_context(stop_on_signals())
        newsroom = await stack.enter_async_context(open_newsroom(settings))
        await _check_place(newsroom, posts=True)
        workers = stack.enter_context(open_workers(settings.intake)) if settings.intake.enabled else None
        members = workers.members if workers is not None else stack.enter_context(LazyProcessWorkers())
        store, clock = newsroom.store, newsroom.clock
        shards = parse_shards(settings.discord.shards)
        metrics, commands = Metrics(), CommandRegistry(newsroom.services)
        client = Client(
            key_values=newsroom.services.key_values,
            handle_component=commands.handle_component,
            commands=[with_metrics(command, metrics) for command in commands.all()],
            suggest=commands.suggest,
            cogs=default_cogs(commands, clock=clock, executor=members),
            shards=shards,
        )
        _serve_sources(newsroom, members)
        rate_limiter = RateLimiter(settings.delivery.rate_per_second)
        apply_rate_limiter(client, rate_limiter)
        port = DiscordMessagePort(client)
        worker = _delivery_worker(newsroom, port, rate_limiter, commands)
        delivery_metrics = DeliveryMetrics(metrics, store, worker, rate_limiter, clock)
        corrections = Corrections(store, port, clock, newsroom.services.digests)
        operator = OperatorChannel(port, settings.discord.operator_channel)
        scheduler = stack.enter_context(running_scheduler())
        Maintenance(store, settings, clock, warn=operator.warn).schedule_on(scheduler)
        checks: dict[str, HealthCheck] = {
            "database": functools.partial(check_database, store),
            "gateway": functools.partial(check_gateway, client),
            "delivery": delivery_metrics.check_health,
        }
        await stack.enter_async_context(measure_loop_lag(metrics))
        intake_lead, corrections_lead = _leadership(newsroom, "intake"), _leadership(newsroom, "corrections")
        backups = _automatic_backups(newsroom, warn=operator.warn)
        backups.schedule_on(scheduler)
        roles: dict[str, Leadership | DeliveryWorker] = {"delivery": worker, "corrections": corrections_lead}
        if settings.intake.enabled:
            roles["intake"] = intake_lead
        facts: dict[str, HealthFact] = {"roles": _roles(**roles), "backup": backups.describe, **_cluster_fact(workers)}

        async def refresh() -> None:
            await delivery_metrics.refresh()
            await refresh_feeds(metrics, store)

        await stack.enter_async_context(health_server(settings.watch, metrics, checks, refresh, facts))
        newsroom.services.operations.post_text = functools.partial(post_text, port)
        if settings.web.enabled:
            await stack.enter_async_context(_web_edition(newsroom))
        logged_in = asyncio.Event()

        async def connect() -> None:
            async with client:
                if await log_in(client, token, stop):
                    link = invitation(client.application_id or 0)
                    newsroom.services.links["about-invitation"] = link
                    show_invitation(link)
                    logged_in.set()
                    async with present_with_shards(
                        store, shards, length=corrections_lead.length, clock=_lease_clock(newsroom), now=clock
                    ):
                        await stay_connected(client)

        async def deliver() -> None:
            # Posting needs no gateway: digests go out while it is away.
            if await wait_unless_stopped(logged_in, stop):
                await worker.run(stop)

        async def correct() -> None:
            if await wait_unless_stopped(logged_in, stop):
                await run_while_leader(corrections_lead, corrections.run, stop)

        parts = {
            GATEWAY_PART: connect(),
            "delivery": deliver(),
            "corrections": correct(),
        }
        if workers is not None:
            intake = _intake(newsroom, workers)
            parts["intake"] = _watch_folder(
                newsroom, intake, intake_lead, scheduler, metrics, stop, rank=_INTAKE_BESIDE_OTHER_WORK
            )
        else:
            log.info("intake.disabled", hint="gazette watch reads the news")
        await run_together(stop, parts, close=client.close)
    return 0


async def run_intake(settings: Settings) -> int:
    """Run the intake as a process of its own: it reads news until it is stopped."""
    from bot.intake.metrics import refresh_feeds
    from bot.intake.workers import open_workers
    from bot.observability.metrics import Metrics, measure_loop_lag
    from bot.runtime import check_database, health_server, run_together, running_scheduler, stop_on_signals

    async with AsyncExitStack() as stack:
        stop = stack.enter_context(stop_on_signals())
        newsroom = await stack.enter_async_context(open_newsroom(settings))
        await _check_place(newsroom, posts=False)
        workers = stack.enter_context(open_workers(settings.intake))
        intake = _intake(newsroom, workers)
        metrics, scheduler = Metrics(), stack.enter_context(running_scheduler())
        checks = {"database": functools.partial(check_database, newsroom.store)}
        await stack.enter_async_context(measure_loop_lag(metrics))
        lead = _leadership(newsroom, "intake")
        backups = _automatic_backups(newsroom)
        backups.schedule_on(scheduler)
        facts: dict[str, HealthFact] = {
            "roles": _roles(intake=lead),
            "backup": backups.describe,
            **_cluster_fact(workers),
        }
        refresh = functools.partial(refresh_feeds, metrics, newsroom.store)
        await stack.enter_async_context(health_server(settings.watch, metrics, checks, refresh, facts=facts))
        watching = _watch_folder(newsroom, intake, lead, scheduler, metrics, stop, rank=_INTAKE_ALONE)
        await run_together(stop, {"intake": watching})
    return 0


async def run_web(settings: Settings) -> int:
    """Run the web edition as a process of its own, until it is stopped."""
    from bot.intake.worker_pool import LazyProcessWorkers
    from bot.runtime import run_together, stop_on_signals

    async with AsyncExitStack() as stack:
        stop = stack.enter_context(stop_on_signals())
        newsroom = await stack.enter_async_context(open_newsroom(settings))
        await _check_place(newsroom, posts=False)
        _serve_sources(newsroom, stack.enter_context(LazyProcessWorkers()))
        await stack.enter_async_context(_web_edition(newsroom))
        await run_together(stop, {"web": _wait_for(stop)})
    return 0


def _web_edition(newsroom: Newsroom) -> AbstractAsyncContextManager[str]:
    """Return what serves the web edition and the operator's page."""
    from bot.web.operator_desk import OperatorDesk
    from bot.web.server import serve_web

    services, clock = newsroom.services, newsroom.clock
    desk = OperatorDesk(services.operations, services.operator_access, clock)
    unsubscribe = services.mailings.unsubscribe
    return serve_web(services.editions, newsroom.settings.web, clock, desk, unsubscribe)


async def _wait_for(stop: asyncio.Event) -> None:
    await stop.wait()


async def deliver_once(settings: Settings, as_of: datetime | None) -> DeliveryReport:
    """Fetch feeds, connect without a gateway, post what is due by `as_of`, and leave.

    Posted messages are corrected, too.

    Raises SettingsInvalid without a token.
    """
    from bot.commands import CommandRegistry
    from bot.delivery.corrections import Corrections
    from bot.delivery.rate_limiter import RateLimiter
    from bot.delivery.rest import open_message_port

    token = settings.discord.token.get_secret_value()
    if not token:
        raise SettingsInvalid("DISCORD_TOKEN is not set: nothing can be posted without it")
    async with open_newsroom(settings) as newsroom:
        await _check_place(newsroom, posts=True)
        await _fetch_due_feeds(newsroom)
        rate_limiter = RateLimiter(settings.delivery.rate_per_second)
        async with open_message_port(token, settings.discord.api_base, rate_limiter) as port:
            worker = _delivery_worker(newsroom, port, rate_limiter, CommandRegistry(newsroom.services))
            report = await worker.deliver_due(as_of)
            leadership = _leadership(newsroom, "corrections")
            async with leadership:
                if await leadership.acquire():  # else a running bot corrects
                    with suppress(DiscordUnavailable):  # what wasn't edited is tried at the next call
                        await Corrections(newsroom.store, port, newsroom.clock, newsroom.services.digests).correct()
            return report


async def _fetch_due_feeds(newsroom: Newsroom) -> None:
    """Fetch the feeds that are due, unless another process reads news."""
    if not await newsroom.services.sources.list_sources() or await newsroom.services.data.is_intake_running():
        return
    async with open_intake(newsroom) as intake:
        await fetch_feeds(newsroom, intake, only_due=True)


def _intake(newsroom: Newsroom, workers: Workers) -> Intake:
    from bot.intake.pipeline import Intake
    from bot.services.event_assignment import assign_events

    settings = newsroom.settings
    return Intake(
        newsroom.store,
        settings.intake,
        settings.summary,
        workers.documents,
        newsroom.clock,
        assign_events=assign_events,
        slow_executor=workers.slow,
        samples=sample_policy(settings),
    )


def sample_policy(settings: Settings) -> SamplePolicy:
    """Return how the sample news is handled: with a token it is hidden unless asked for."""
    if settings.intake.samples is SamplePolicy.AUTO and settings.discord.token.get_secret_value():
        return SamplePolicy.HIDE
    return settings.intake.samples


def _serve_sources(newsroom: Newsroom, executor: DeadlineExecutor) -> None:
    """Let commands look at addresses and read documents, in the executor's processes."""
    from bot.intake.document_dropper import IntakeDropper
    from bot.intake.lanes import Lanes
    from bot.intake.pipeline import Intake
    from bot.intake.source_probe import FeedProbe
    from bot.services.event_assignment import assign_events

    settings, service = newsroom.settings, newsroom.services.sources
    lanes = Lanes(executor, executor, settings.intake)
    service.source_probe = FeedProbe(lanes, settings.intake, settings.summary, newsroom.clock)
    intake = Intake(
        newsroom.store, settings.intake, settings.summary, executor, newsroom.clock, assign_events=assign_events
    )
    intake.skip_known_files()
    service.dropper = IntakeDropper(intake, settings.intake)


async def _watch_folder(
    newsroom: Newsroom,
    intake: Intake,
    leadership: Leadership,
    scheduler: AsyncIOScheduler,
    metrics: Metrics,
    stop: asyncio.Event,
    *,
    rank: int,
) -> None:
    """Scan now, on changes of the seeds folder, and at intervals; only the leading process does.

    Of several, the one with the lowest `rank` leads, and of those, one whose folder is the store's.
    """
    from bot.cluster.leader import run_while_leader
    from bot.cluster.precedence import candidacy
    from bot.intake.metrics import record_fetch, record_scan
    from bot.intake.watcher import FolderWatcher

    settings = newsroom.settings.intake
    for fault in newsroom.settings.feed_faults:
        log.error("feed.left_out", fault=fault)
    watcher = FolderWatcher(
        intake, settings, functools.partial(record_scan, metrics), functools.partial(record_fetch, metrics)
    )

    async def watch(over: asyncio.Event) -> None:
        intake.forget_known_files()
        job = scheduler.add_job(watcher.request_full_scan, "interval", seconds=settings.interval_seconds)
        try:
            await watcher.run(over)
        finally:
            job.remove()

    try:
        own_folder = await intake.has_own_folder()
    except StoreError as error:
        log.warning("intake.folder_unknown", error=str(error))
        own_folder = False
    rank += 0 if own_folder else _INTAKE_OF_OTHER_FOLDER
    length, clock = leadership.length, _lease_clock(newsroom)
    async with candidacy(newsroom.store, leadership.name, rank, length=length, clock=clock) as yields:
        await run_while_leader(leadership, watch, stop, yields=yields)


def _delivery_worker(
    newsroom: Newsroom, port: DiscordMessagePort, rate_limiter: RateLimiter, commands: CommandRegistry
) -> DeliveryWorker:
    from bot.commands.digest_buttons import digest_buttons
    from bot.delivery.worker import DeliveryWorker

    return DeliveryWorker(
        newsroom.store,
        newsroom.services.digests,
        port,
        newsroom.settings.delivery,
        newsroom.clock,
        _lease_clock(newsroom),
        rate_limiter=rate_limiter,
        buttons=digest_buttons,
        teller=newsroom.services.digests,
        alerts=newsroom.services.alerts,
    )


def _leadership(newsroom: Newsroom, job: str) -> Leadership:
    """Return leadership of a job that one of several processes does."""
    from bot.cluster.leader import Leadership

    length = timedelta(seconds=newsroom.settings.delivery.lease_seconds)
    return Leadership(newsroom.store, job, length=length, clock=_lease_clock(newsroom))


def _automatic_backups(newsroom: Newsroom, warn: Callable[[str], Awaitable[None]] | None = None) -> AutomaticBackups:
    from bot.automatic_backups import AutomaticBackups

    settings, leadership = newsroom.settings.backup, _leadership(newsroom, "backup")
    return AutomaticBackups(newsroom.store, settings, leadership, newsroom.clock, warn=warn)


def _roles(**parts: Leadership | DeliveryWorker) -> HealthFact:
    """Return what tells /healthz which parts this process leads, and for which it stands by."""

    async def describe() -> dict[str, dict[str, str]]:
        return {name: part.describe_role() for name, part in parts.items()}

    return describe


def _cluster_fact(workers: Workers | None) -> dict[str, HealthFact]:
    """Return what tells /healthz whether the Dask cluster works, where there is one."""
    return {} if workers is None or workers.cluster is None else {"cluster": workers.cluster.describe}


def _lease_clock(newsroom: Newsroom) -> LeaseClock:
    from bot.cluster.lease_clock import LeaseClock

    return LeaseClock(newsroom.clock, by_server=not newsroom.store.is_sqlite)
