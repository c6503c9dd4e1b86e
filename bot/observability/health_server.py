"""The HTTP server for /healthz and /metrics, on loopback unless set otherwise.

/healthz answers 200 when every check passes and 503 otherwise, with each check's result, as JSON, and with facts that
are neither well nor ill, such as whether this process stands by. Nothing that is served holds secrets or readers' words.
"""

from __future__ import annotations

import asyncio
import errno
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final, Protocol

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.observability.metrics import Metrics

__all__ = ["HealthCheck", "HealthFact", "serve_health"]

log = structlog.get_logger()

HealthCheck = Callable[[], Awaitable[str | None]]
"""Returns None when all is well, else what is wrong, in a few words."""

HealthFact = Callable[[], Awaitable[object]]
"""Returns something as JSON has it, which says nothing about health."""

_CHECK_SECONDS: Final = 3.0
"""Seconds that one check may take: monitors give up after five to ten."""

_LAST_PORT: Final = 65_535
"""The highest port that TCP has."""

_SHUTDOWN_SECONDS: Final = 1.0
"""Seconds that requests get to end when the program stops, of the ten that hosts give it."""


class ListenOptions(Protocol):
    """The address to listen on."""

    @property
    def host(self) -> str:
        """The address."""

    @property
    def port(self) -> int:
        """The first port to try; 0 listens nowhere."""

    @property
    def ports(self) -> int:
        """The number of ports to try, from the first on."""


@asynccontextmanager
async def serve_health(
    options: ListenOptions,
    metrics: Metrics,
    checks: Mapping[str, HealthCheck],
    refresh: Callable[[], Awaitable[None]] | None = None,
    facts: Mapping[str, HealthFact] | None = None,
) -> AsyncIterator[int]:
    """Serve within the block; yield the port, or 0 when nothing is served.

    A port that another process has is passed over for the next one. `refresh` updates metrics that have to be queried;
    when it fails, the others are still served. Raises OSError when the address can't be listened on, or every port is
    taken.
    `facts` stand beside the checks' results by their names.
    """
    if not options.port:
        yield 0
        return

    async def health(_request: web.Request) -> web.Response:
        results = dict(zip(checks, await asyncio.gather(*map(_run_check, checks.values())), strict=True))
        healthy = all(problem is None for problem in results.values())
        body = {
            "status": "ok" if healthy else "failing",
            "checks": {name: problem or "ok" for name, problem in results.items()},
            **{name: await _read_fact(fact) for name, fact in (facts or {}).items()},
        }
        return web.Response(status=200 if healthy else 503, text=json.dumps(body), content_type="application/json")

    async def serve_metrics(_request: web.Request) -> web.Response:
        if refresh is not None:
            problem = await _run_check(refresh)
            if problem is not None:
                log.warning("health_server.refresh_failed", error=problem)
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.router.add_get("/healthz", health)
    app.router.add_get("/metrics", serve_metrics)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        port = await _listen(runner, options)
        log.info(
            "health_server.started", url=f"http://{options.host}:{port}/healthz", first_port_taken=port != options.port
        )
        yield port
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, options: ListenOptions) -> int:
    """Listen on the first free port and return it. Raises OSError."""
    last = min(options.port + options.ports - 1, _LAST_PORT)
    for port in range(options.port, last):
        try:
            await web.TCPSite(runner, options.host, port).start()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return port
    await web.TCPSite(runner, options.host, last).start()
    return last


async def _run_check(check: HealthCheck | Callable[[], Awaitable[None]]) -> str | None:
    """Return a check's result; a failure or a time-out is a result, too."""
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return f"no answer within {_CHECK_SECONDS:.0f} s"
    except Exception as error:
        log.warning("health_server.check_failed", exc_info=error)
        return type(error).__name__


async def _read_fact(fact: HealthFact) -> object:
    """Return a fact, or None when it isn't known now."""
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await fact()
    except Exception as error:
        log.warning("health_server.fact_failed", exc_info=error)
        return None
