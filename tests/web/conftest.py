"""The web edition over the sample news, asked through a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.services import Services
from bot.settings import DigestSettings, SummarySettings, WebSettings
from bot.store.database import Store
from bot.web.operator_desk import OperatorDesk
from bot.web.site import build_site
from tests.clock import ManualClock
from tests.services.sample_news import store_sample_news

__all__ = ["Browser", "open_browser"]

Browser = TestClient


@pytest.fixture
def clock() -> ManualClock:
    """The present: noon of 20 November 2026, a Friday."""
    return ManualClock()


@asynccontextmanager
async def open_browser(store: Store, clock: ManualClock, **options: object) -> AsyncIterator[Browser]:  # type: ignore[type-arg] # of any application
    """Open a browser on the web edition of a store with these settings."""
    settings = WebSettings.model_validate(options)
    services = Services(store, DigestSettings(), SummarySettings(), clock, full_texts=settings.full_texts)
    desk = OperatorDesk(services.operations, services.operator_access, clock)
    app = build_site(services.editions, settings, clock, desk=desk)
    jar = CookieJar(unsafe=True)  # keeps cookies of IP addresses, as browsers do
    async with TestClient(TestServer(app), cookie_jar=jar) as browser:
        yield browser


@pytest_asyncio.fixture
async def browser(store: Store, clock: ManualClock) -> AsyncIterator[Browser]:  # type: ignore[type-arg] # as above
    """A browser on the web edition of the sample news."""
    await store_sample_news(store)
    async with open_browser(store, clock) as opened:
        yield opened


@pytest_asyncio.fixture
async def locked(store: Store, clock: ManualClock) -> AsyncIterator[Browser]:  # type: ignore[type-arg] # as above
    """A browser on the web edition behind a secret."""
    await store_sample_news(store)
    async with open_browser(store, clock, secret="open sesame") as opened:
        yield opened
