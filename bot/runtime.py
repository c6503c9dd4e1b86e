"""The life of a long-running program: signals, login, parts that run together, health.

`bot.app` decides which parts there are; this module starts them, keeps them and ends them.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC
from typing import Any, Final

import aiohttp
import discord
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.cogs.client import Client
from bot.errors import DiscordUnavailable, GazetteError, SettingsInvalid, TokenRefused
from bot.newsroom.audience import OPERATOR
from bot.observability.health_server import HealthCheck, HealthFact, serve_health
from bot.observability.metrics import Metrics
from bot.settings import WatchSettings
from bot.store import story_rows
from bot.store.database import Store

__all__ = [
    "GATEWAY_PART",
    "check_database",
    "check_gateway",
    "health_server",
    "log_in",
    "parse_shards",
    "run_together",
    "running_scheduler",
    "stay_connected",
    "stop_on_signals",
    "wait_unless_stopped",
]

log = structlog.get_logger()

GATEWAY_PART: Final = "discord"
"""Name of the part that holds the connection to Discord, which ends after all others."""

_AUTHENTICATION_FAILED: Final = 4004
"""Discord's close code of the gateway for a token that it doesn't accept."""

_SHUTDOWN_SECONDS: Final = 9.0
"""Seconds that all parts get to end; hosts kill a program after ten."""

_FIRST_LOGIN_PAUSE_SECONDS: Final = 1.0
"""Pause after a first login that fails; it doubles with each further one."""

_LONGEST_LOGIN_PAUSE_SECONDS: Final = 60.0
"""Longest pause between two logins: the bot is back a minute after Discord is."""


@contextmanager
def stop_on_signals() -> Iterator[asyncio.Event]:
    """Yield an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    handled = []
    for each in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers on its loop
            loop.add_signal_handler(each, stop.set)
            handled.append(each)
    try:
        yield stop
    finally:
        for each in handled:
            loop.remove_signal_handler(each)


@contextmanager
def running_scheduler() -> Iterator[AsyncIOScheduler]:
    """Run a scheduler whose jobs only tick; missed ticks are run once, however late."""
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)


async def log_in(client: Client, token: str, stop: asyncio.Event) -> bool:
    """Log in, trying again while Discord can't be reached; False if stopped before.

    Raises TokenRefused, and DiscordUnavailable when Discord refuses for good.
    """
    pause = _FIRST_LOGIN_PAUSE_SECONDS
    while not stop.is_set():
        try:
            await client.login(token)
        except discord.LoginFailure as error:
            raise TokenRefused from error
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            if isinstance(error, discord.HTTPException) and error.status < 500 and error.status != 429:
                raise DiscordUnavailable(f"Discord refuses what the bot asked at its start: {error}") from error
            # A failed login leaves its session open, and closing that one closes its connector, too.
            await client.http.close()
            client.http.clear()
            client.http.connector = discord.utils.MISSING
            log.warning("discord.unreachable", error=type(error).__name__, next_try_seconds=pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, _LONGEST_LOGIN_PAUSE_SECONDS)
            continue
        log.info("discord.logged_in")
        return True
    return False


async def stay_connected(client: Client) -> None:
    """Hold the gateway's connection over all its losses until the client is closed.

    Raises TokenRefused when the token is revoked, and DiscordUnavailable when Discord closes the gateway for good.
    """
    try:
        await client.connect()
    except discord.LoginFailure as error:
        raise TokenRefused from error
    except discord.ConnectionClosed as error:
        if error.code == _AUTHENTICATION_FAILED:
            raise TokenRefused from error
        raise DiscordUnavailable(f"Discord closed the gateway for good: {error}") from error
    except discord.PrivilegedIntentsRequired as error:
        raise DiscordUnavailable(str(error)) from error


async def run_together(
    stop: asyncio.Event,
    parts: Mapping[str, Coroutine[Any, Any, None]],
    *,
    close: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Run named parts until `stop` is set or one ends; then end them all and raise their errors.

    A part that ends while nobody stops the program is a fault, and raises GazetteError if it raised nothing itself.
    `close` ends the part `GATEWAY_PART` after the others, which may still need Discord.
    """
    # What is loaded by now stays: collecting it again and again would hold up answers by 0.1 to 0.4 s.
    gc.collect()
    gc.freeze()
    tasks = {asyncio.create_task(work, name=name) for name, work in parts.items()}
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({*tasks, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended_early = [] if stop.is_set() else [task for task in tasks if task.done()]
        stop.set()
        stopping.cancel()
        log.info("program.stopping")
        try:
            async with asyncio.timeout(_SHUTDOWN_SECONDS):
                if close is not None:
                    await _wait_for_all(task for task in tasks if task.get_name() != GATEWAY_PART)
                    await close()
                await _wait_for_all(tasks)
        except TimeoutError:
            log.warning("program.stopped_late", parts=sorted(task.get_name() for task in tasks if not task.done()))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    failures = [failure for task in tasks if not task.cancelled() and (failure := task.exception()) is not None]
    for failure in sorted(failures, key=lambda each: not isinstance(each, GazetteError)):
        raise failure
    for task in ended_early:
        raise GazetteError(f"the part {task.get_name()!r} ended though nobody stopped the program")


async def wait_unless_stopped(event: asyncio.Event, stop: asyncio.Event) -> bool:
    """Wait for `event`; False if `stop` is set before or by then."""
    waits = {asyncio.create_task(event.wait()), asyncio.create_task(stop.wait())}
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    return event.is_set() and not stop.is_set()


@asynccontextmanager
async def health_server(
    settings: WatchSettings,
    metrics: Metrics,
    checks: Mapping[str, HealthCheck],
    refresh: Callable[[], Awaitable[None]] | None = None,
    facts: Mapping[str, HealthFact] | None = None,
) -> AsyncIterator[None]:
    """Serve /healthz and /metrics within the block, unless all default ports are taken.

    Raises SettingsInvalid when all ports that the operator chose are taken, or the address isn't this host's.
    """
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(serve_health(settings, metrics, checks, refresh, facts))
        except OSError as error:
            reason = error.strerror or str(error)
            if settings != WatchSettings():
                raise SettingsInvalid(f"[watch] can't be served: {reason}; choose another port") from error
            log.warning("health_server.not_started", port=settings.port, ports=settings.ports, error=reason)
        yield


async def check_database(store: Store) -> None:
    """Read from the database, as a health check. Raises StoreError."""
    async with store.reading() as conn:
        await story_rows.latest_arrival(conn, OPERATOR)


async def check_gateway(client: Client) -> str | None:
    """Return what is wrong with the connection to the gateway, or None."""
    return None if client.is_ready() else "not connected"


def parse_shards(text: str) -> tuple[range, int] | None:
    """Read `0-3/8` as shards 0 to 3 of 8; "" lets Discord decide. Raises SettingsInvalid."""
    if not text.strip():
        return None
    try:
        own, _, total = text.partition("/")
        first, _, last = own.partition("-")
        shards, count = range(int(first), int(last or first) + 1), int(total)
    except ValueError:
        raise SettingsInvalid(f"[discord] shards: {text!r} can't be read; write 0-3/8 for shards 0 to 3 of 8") from None
    if not shards or shards.start < 0 or shards.stop > count:
        raise SettingsInvalid(f"[discord] shards: {text!r} names shards that there are not")
    return shards, count


async def _wait_for_all(tasks: Iterable[asyncio.Task[None]]) -> None:
    waiting = set(tasks)
    if waiting:
        await asyncio.wait(waiting)
