"""Which part gets which others? The only place that wires the program.

`open_newsroom` is enough for whoever only asks; `open_intake` adds what reads files. `run_bot`, `run_intake` and
`deliver_once` are the programs: the first two end on SIGTERM or SIGINT, within ten seconds, with an exit code.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.errors import DiscordUnavailable, GazetteError, SettingsInvalid, TokenRefused
from bot.newsroom.models import Subscription
from bot.services import Services
from bot.services.event_assignment import assign_events
from bot.settings import Settings, WatchSettings
from bot.store.database import Store

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from bot.cluster.leader import Leadership
    from bot.cogs.client import Client
    from bot.commands import Asker, Command, CommandRegistry, Reply
    from bot.delivery.rate_limiter import RateLimiter
    from bot.delivery.rest import DiscordMessagePort
    from bot.delivery.sender import DigestButtons
    from bot.delivery.worker import DeliveryReport, DeliveryWorker
    from bot.intake.pipeline import Intake
    from bot.intake.types import ScanReport
    from bot.intake.worker_pool import DeadlineExecutor
    from bot.observability.health_server import HealthCheck
    from bot.observability.metrics import Metrics

__all__ = [
    "Newsroom",
    "deliver_once",
    "let_look_in",
    "open_intake",
    "open_newsroom",
    "run_bot",
    "run_intake",
    "utc_now",
]

log = structlog.get_logger()

_TOKEN_REFUSED = 4004
_PATIENCE = 9.0
"""Seconds that everything gets to end; hosts kill after ten."""


def utc_now() -> datetime:
    """The present; everything else gets it as a clock that is passed in."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What everybody who asks needs. The store is open and up to date."""

    settings: Settings
    store: Store
    services: Services
    clock: Callable[[], datetime]


@asynccontextmanager
async def open_newsroom(settings: Settings, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[Newsroom]:
    """Open the store, bring it up to date, and build the services over it. Raises StoreUnavailable, StoreOutdated."""
    async with Store.open(settings.database_url, settings.store.pool) as store:
        await store.migrate()
        yield Newsroom(settings, store, Services.over(store, settings.digest, settings.summary, clock), clock)


@asynccontextmanager
async def open_intake(newsroom: Newsroom) -> AsyncIterator[Intake]:
    """What reads files, with the processes that it needs."""
    from bot.intake.worker_pool import open_executor

    with open_executor(newsroom.settings.intake) as executor:
        yield _intake(newsroom, executor)


def _intake(newsroom: Newsroom, executor: DeadlineExecutor) -> Intake:
    from bot.intake.pipeline import Intake

    settings = newsroom.settings
    return Intake(
        newsroom.store, settings.intake, settings.summary, executor, newsroom.clock, assign_events=assign_events
    )


async def run_bot(settings: Settings) -> int:
    """The bot: reads what comes, answers, delivers. Raises SettingsInvalid without a token, TokenRefused."""
    from bot.cluster.leader import run_while_leader
    from bot.cogs.client import Client, default_cogs
    from bot.commands import CommandRegistry
    from bot.delivery.api_base import set_api_base
    from bot.delivery.corrections import Corrections
    from bot.delivery.metrics import DeliveryMetrics
    from bot.delivery.rate_limiter import RateLimiter
    from bot.delivery.rest import DiscordMessagePort, apply_rate_limiter
    from bot.intake.worker_pool import open_executor
    from bot.maintenance import Maintenance
    from bot.observability.health_server import serve_health
    from bot.observability.metrics import Metrics, measure_loop_lag

    token = settings.discord.token.get_secret_value()
    if not token:
        raise SettingsInvalid(
            "DISCORD_TOKEN is not set: open https://discord.com/developers/applications, make an application, press "
            "Reset Token under Bot, and start again with DISCORD_TOKEN=the-token"
        )
    set_api_base(settings.discord.api_base)
    with _stop_on_signals() as stop:
        async with AsyncExitStack() as stack:
            newsroom = await stack.enter_async_context(open_newsroom(settings))
            executor = stack.enter_context(open_executor(settings.intake))
            metrics, commands = Metrics(), CommandRegistry(newsroom.services)
            client = Client(
                key_values=newsroom.services.key_values,
                handle_component=commands.handle_component,
                commands=[_measured(command, metrics) for command in commands.all()],
                suggest=commands.suggest,
                cogs=default_cogs(commands, clock=newsroom.clock, executor=executor),
                shards=_shards(settings.discord.shards),
            )
            rate_limiter = RateLimiter(settings.delivery.rate_per_second)
            apply_rate_limiter(client, rate_limiter)
            post = DiscordMessagePort(client)
            keeping = Maintenance(newsroom.store, settings, metrics, newsroom.clock, warn=_to_operator(settings, post))
            worker = _delivery_worker(newsroom, post, rate_limiter, commands)
            delivery_metrics = DeliveryMetrics(metrics, newsroom.store, worker, rate_limiter, newsroom.clock)
            corrections = Corrections(newsroom.store, post, newsroom.clock)
            scheduler = _scheduler()
            keeping.tick_on(scheduler)
            scheduler.start()
            stack.callback(scheduler.shutdown, wait=False)
            await stack.enter_async_context(measure_loop_lag(metrics))
            checks = {
                "database": keeping.database,
                "gateway": _gateway(client),
                "delivery": delivery_metrics.check_health,
            }
            await let_look_in(stack, settings, serve_health(settings.watch, metrics, checks, delivery_metrics.refresh))
            logged_in = asyncio.Event()

            async def connect() -> None:
                async with client:
                    if await _log_in(client, token, stop):
                        logged_in.set()
                        await _stay(client)

            async def deliver() -> None:
                # Posting needs no gateway: digests go out while it is away.
                if await _either(logged_in, stop):
                    await worker.run(stop)

            async def correct() -> None:
                if await _either(logged_in, stop):
                    await run_while_leader(_leadership(newsroom, "corrections"), corrections.run, stop)

            intake = _intake(newsroom, executor)
            await _run_together(
                stop,
                {
                    "discord": connect(),
                    "delivery": deliver(),
                    "corrections": correct(),
                    "intake": _watch(intake, newsroom, scheduler, stop, keeping.scanned),
                },
                farewell=client.close,
            )
    return 0


def _measured(command: Command, metrics: Metrics) -> Command:
    """The command, counted and timed."""

    @functools.wraps(command.run)
    async def run(asker: Asker, **options: Any) -> Reply:
        with metrics.command(command.name):
            return await command.run(asker, **options)

    return replace(command, run=run)


def _gateway(client: Client) -> HealthCheck:
    """What is wrong with the connection to Discord's gateway, if anything is: for /healthz."""

    async def gateway() -> str | None:
        return None if client.is_ready() else "not connected"

    return gateway


async def let_look_in(stack: AsyncExitStack, settings: Settings, serving: AbstractAsyncContextManager[int]) -> None:
    """Let an operator look in. Raises SettingsInvalid when a port that was chosen is taken."""
    try:
        await stack.enter_async_context(serving)
    except OSError as error:
        if settings.watch == WatchSettings():  # nobody asked for this port: a second process, or somebody else's
            log.info("watch.not_served", port=settings.watch.port, error=error.strerror or str(error))
            return
        raise SettingsInvalid(f"[watch] can't be served: {error.strerror or error}; choose another port") from error


def _to_operator(settings: Settings, post: DiscordMessagePort) -> Callable[[str], Awaitable[None]] | None:
    """What writes a warning into the operator's channel; None where there is none."""
    from bot.errors import DeliveryError
    from bot.rendering.discord import draw
    from bot.rendering.layout import Page, paragraph

    channel = settings.discord.operator_channel
    if not channel:
        return None

    async def warn(text: str) -> None:
        nonce = f"w{int(utc_now().timestamp() * 1000)}"
        try:
            await post.send(channel, draw(Page((paragraph(text),)))[0], nonce, lambda: True)
        except DeliveryError as error:
            log.warning("operator.not_told", error=str(error))

    return warn


async def _log_in(client: Client, token: str, stop: asyncio.Event) -> bool:
    """Log in, as often as it takes while Discord can't be reached; False when stopped before. Raises TokenRefused."""
    import aiohttp
    import discord

    from bot.cogs.rest_probe import invitation

    wait = 1.0
    while not stop.is_set():
        try:
            await client.login(token)
        except discord.LoginFailure as error:
            raise TokenRefused from error
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            if isinstance(error, discord.HTTPException) and error.status < 500 and error.status != 429:
                raise DiscordUnavailable(f"Discord refuses what the bot asked at its start: {error}") from error
            # A login leaves its session behind when it fails, and a closed one takes its connector along.
            await client.http.close()
            client.http.clear()
            client.http.connector = discord.utils.MISSING
            log.warning("discord.unreachable", error=type(error).__name__, next_try_seconds=wait)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
            wait = min(wait * 2, 60.0)
            continue
        log.info("discord.logged_in", invitation=invitation(client.application_id or 0))
        return True
    return False


async def _stay(client: Client) -> None:
    """Hold the gateway, over all its losses. Raises TokenRefused when the token is revoked."""
    import discord

    try:
        await client.connect()
    except discord.LoginFailure as error:
        raise TokenRefused from error
    except discord.ConnectionClosed as error:
        if error.code == _TOKEN_REFUSED:
            raise TokenRefused from error
        raise DiscordUnavailable(f"Discord closed the gateway for good: {error}") from error
    except discord.PrivilegedIntentsRequired as error:
        raise DiscordUnavailable(str(error)) from error


async def run_intake(settings: Settings) -> int:
    """The intake as a process of its own: reads what comes until it is stopped."""
    from bot.maintenance import Maintenance
    from bot.observability.health_server import serve_health
    from bot.observability.metrics import Metrics, measure_loop_lag

    with _stop_on_signals() as stop:
        async with AsyncExitStack() as stack:
            newsroom = await stack.enter_async_context(open_newsroom(settings))
            intake = await stack.enter_async_context(open_intake(newsroom))
            metrics = Metrics()
            keeping = Maintenance(newsroom.store, settings, metrics, newsroom.clock)
            scheduler = _scheduler()
            scheduler.start()
            stack.callback(scheduler.shutdown, wait=False)
            await stack.enter_async_context(measure_loop_lag(metrics))
            await let_look_in(stack, settings, serve_health(settings.watch, metrics, {"database": keeping.database}))
            await _run_together(stop, {"intake": _watch(intake, newsroom, scheduler, stop, keeping.scanned)})
    return 0


async def deliver_once(settings: Settings, as_of: datetime | None) -> DeliveryReport:
    """Connect without a gateway, post what is due by `as_of`, leave."""
    from bot.commands import CommandRegistry
    from bot.delivery.rate_limiter import RateLimiter
    from bot.delivery.rest import open_message_port

    token = settings.discord.token.get_secret_value()
    if not token:
        raise SettingsInvalid("DISCORD_TOKEN is not set: nothing can be posted without it")
    async with open_newsroom(settings) as newsroom:
        rate_limiter = RateLimiter(settings.delivery.rate_per_second)
        async with open_message_port(token, settings.discord.api_base, rate_limiter) as port:
            worker = _delivery_worker(newsroom, port, rate_limiter, CommandRegistry(newsroom.services))
            return await worker.deliver_due(as_of)


def _delivery_worker(
    newsroom: Newsroom, port: DiscordMessagePort, rate_limiter: RateLimiter, commands: CommandRegistry
) -> DeliveryWorker:
    from bot.delivery.worker import DeliveryWorker

    return DeliveryWorker(
        newsroom.store,
        newsroom.services.digests,
        port,
        newsroom.settings.delivery,
        newsroom.clock,
        rate_limiter=rate_limiter,
        buttons=_digest_buttons(commands),
    )


def _digest_buttons(commands: CommandRegistry) -> DigestButtons:
    """What stands behind a digest's buttons: more of its filter, and the menu that opens a story."""

    async def buttons(subscription: Subscription) -> tuple[str, str]:
        more = await commands.custom_ids.encode("news", "1", subscription.filter, discriminator="m")
        return more, await commands.custom_ids.encode("story")

    return buttons


async def _watch(
    intake: Intake,
    newsroom: Newsroom,
    scheduler: AsyncIOScheduler,
    stop: asyncio.Event,
    told: Callable[[ScanReport], object],
) -> None:
    """Scan now, whenever the folder changes, and every so often in any case; of several processes one does."""
    from bot.cluster.leader import run_while_leader
    from bot.intake.watcher import FolderWatcher

    settings = newsroom.settings
    watcher = FolderWatcher(intake, settings.intake, told)

    async def work(over: asyncio.Event) -> None:
        intake.forget_known_files()
        job = scheduler.add_job(watcher.request_full_scan, "interval", seconds=settings.intake.interval_seconds)
        try:
            await watcher.run(over)
        finally:
            job.remove()

    await run_while_leader(_leadership(newsroom, "intake"), work, stop)


def _leadership(newsroom: Newsroom, job: str) -> Leadership:
    """Leadership of a job that one of several processes does."""
    from bot.cluster.leader import Leadership

    length = timedelta(seconds=newsroom.settings.delivery.lease_seconds)
    return Leadership(newsroom.store, job, length=length, clock=newsroom.clock)


def _scheduler() -> AsyncIOScheduler:
    """A scheduler that only ticks: late is better than never, and once is enough for several that were missed."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    return AsyncIOScheduler(timezone=UTC, job_defaults=defaults)


def _shards(text: str) -> tuple[range, int] | None:
    """Read `0-3/8` as shards 0 to 3 of 8; "" leaves it to Discord. Raises SettingsInvalid."""
    if not text.strip():
        return None
    try:
        which, _, total = text.partition("/")
        first, _, last = which.partition("-")
        found = range(int(first), int(last or first) + 1), int(total)
    except ValueError:
        raise SettingsInvalid(f"[discord] shards: {text!r} can't be read; write 0-3/8 for shards 0 to 3 of 8") from None
    if not (found[0] and found[0].start >= 0 and found[0].stop <= found[1]):
        raise SettingsInvalid(f"[discord] shards: {text!r} names shards that there are not")
    return found


@contextmanager
def _stop_on_signals() -> Iterator[asyncio.Event]:
    """An event that is set when the program shall end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    taken = []
    for each in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers on its loop
            loop.add_signal_handler(each, stop.set)
            taken.append(each)
    try:
        yield stop
    finally:
        for each in taken:
            loop.remove_signal_handler(each)


async def _run_together(
    stop: asyncio.Event,
    parts: dict[str, Coroutine[Any, Any, None]],
    *,
    farewell: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Run the parts until `stop`, or until one of them ends; then all end. What one raised is raised."""
    # What is loaded by now stays. To look through it again and again for garbage would hold up answers by 0.1 to 0.4 s.
    gc.collect()
    gc.freeze()
    tasks = {asyncio.create_task(work, name=name) for name, work in parts.items()}
    waiting = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({*tasks, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
        waiting.cancel()
        log.info("program.ends")
        try:
            async with asyncio.timeout(_PATIENCE):
                if farewell is not None:
                    await _last_of(tasks, but="discord")
                    await farewell()
                await asyncio.wait(tasks)
        except TimeoutError:
            log.warning("program.ends_late", parts=sorted(task.get_name() for task in tasks if not task.done()))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    failures = [task.exception() for task in tasks if not task.cancelled() and task.exception() is not None]
    for failure in sorted(failures, key=lambda each: not isinstance(each, GazetteError)):
        assert failure is not None  # noqa: S101 - chosen above
        raise failure


async def _either(wanted: asyncio.Event, stop: asyncio.Event) -> bool:
    """Wait for one of the two; was it the wanted one?"""
    waits = {asyncio.create_task(wanted.wait()), asyncio.create_task(stop.wait())}
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    return wanted.is_set() and not stop.is_set()


async def _last_of(tasks: Iterable[asyncio.Task[None]], *, but: str) -> None:
    """Let all end that need the connection before it goes."""
    others = [task for task in tasks if task.get_name() != but]
    if others:
        await asyncio.wait(others)
