"""The HTTP server for /healthz and /metrics, on loopback unless set otherwise.

/healthz answers 200 when every check passes and 503 otherwise, with each check's result, as JSON. Nothing that is
served holds secrets or readers' words.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final, Protocol

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.observability.metrics import Metrics

__all__ = ["HealthCheck", "serve_health"]

log = structlog.get_logger()

HealthCheck = Callable[[], Awaitable[str | None]]
"""Gives None when all is well, else what is wrong."""

_PATIENCE: Final = 3.0


class ListenOptions(Protocol):
    """The address to listen on."""

    @property
    def host(self) -> str:
        """The address."""

    @property
    def port(self) -> int:
        """The port; 0 listens nowhere."""


@asynccontextmanager
async def serve_health(
    options: ListenOptions,
    metrics: Metrics,
    checks: Mapping[str, HealthCheck],
    refresh: Callable[[], Awaitable[None]] | None = None,
) -> AsyncIterator[int]:
    """Serve within the block; gives the port, 0 when nothing is served.

    `refresh` brings figures up to date that have to be asked for; when it fails the others are served all the same.
    Raises OSError when the address can't be listened on.
    """
    if not options.port:
        yield 0
        return

    async def health(_request: web.Request) -> web.Response:
        said = dict(zip(checks, await asyncio.gather(*map(_run_check, checks.values())), strict=True))
        well = all(word is None for word in said.values())
        body = {"status": "ok" if well else "failing", "checks": {name: word or "ok" for name, word in said.items()}}
        return web.Response(status=200 if well else 503, text=json.dumps(body), content_type="application/json")

    async def figures(_request: web.Request) -> web.Response:
        if refresh is not None:
            wrong = await _run_check(refresh)
            if wrong is not None:
                log.warning("watch.refresh_failed", error=wrong)
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.router.add_get("/healthz", health)
    app.router.add_get("/metrics", figures)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, options.host, options.port)
        await site.start()
        log.info("watch.serving", host=options.host, port=options.port)
        yield options.port
    finally:
        await runner.cleanup()


async def _run_check(check: HealthCheck | Callable[[], Awaitable[None]]) -> str | None:
    """Return a check's result; a failure or a time-out is a result, too."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await check()
    except TimeoutError:
        return f"no answer within {_PATIENCE:.0f} s"
    except Exception as error:
        log.warning("watch.check_failed", exc_info=error)
        return type(error).__name__
