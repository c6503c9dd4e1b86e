"""Serving the web edition, beside the bot or as a program of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

import structlog
from aiohttp import web

from bot.errors import SettingsInvalid
from bot.newsroom.web_hosts import ascii_host
from bot.services.editions import EditionService
from bot.settings import WebSettings
from bot.web.operator_desk import OperatorDesk
from bot.web.site import build_site

__all__ = ["check_web_settings", "serve_web"]

log = structlog.get_logger()

_SHUTDOWN_SECONDS: Final = 1.0
"""Seconds that requests get to end when the program stops, of the ten that hosts give it."""

_KEEPALIVE_SECONDS: Final = 15.0
"""Seconds for which a connection stays open between two requests: a reader's next click."""

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Addresses that only this machine reaches."""


def check_web_settings(settings: WebSettings) -> None:
    """Check that nothing is shown to strangers by mistake. Raises SettingsInvalid."""
    secret = settings.secret.get_secret_value()
    if settings.public and secret:
        raise SettingsInvalid("[web] public and secret exclude each other: choose who may read")
    if settings.host not in _LOOPBACK and not settings.public and not secret:
        raise SettingsInvalid(
            f"[web] host: {settings.host} can be reached from other machines; choose public (everybody may read) or "
            "set a secret"
        )


@asynccontextmanager
async def serve_web(
    editions: EditionService,
    settings: WebSettings,
    clock: Callable[[], datetime],
    desk: OperatorDesk | None = None,
    unsubscribe: Callable[[str], Awaitable[str]] | None = None,
) -> AsyncIterator[str]:
    """Serve within the block; yield the address. `unsubscribe` is for links of mails.

    Raises SettingsInvalid when it can't be listened on, or nobody said who may read.
    """
    check_web_settings(settings)
    host = ascii_host(settings.host)
    app = build_site(editions, settings, clock, frozenset({host}) if host else frozenset(), desk, unsubscribe)
    runner = web.AppRunner(
        app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS, keepalive_timeout=_KEEPALIVE_SECONDS
    )
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsInvalid(
                f"[web] {settings.host}:{settings.port} can't be served: {reason}; choose another port"
            ) from error
        shown = f"[{settings.host}]" if ":" in settings.host else settings.host
        url = f"http://{shown}:{settings.port}/"
        log.info("web.started", url=url, readers="all" if settings.public else "secret" if settings.secret else "local")
        yield url
    finally:
        await runner.cleanup()
