"""The operator's page: who gets in, what it tells, and that only its own forms give orders."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.newsroom.models import DeliveryState
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.newsroom.rejections import Rejection, RejectReason
from bot.newsroom.sources import FetchOutcome, after_fetch
from bot.newsroom.subscription_input import SubscriptionInput
from bot.services import Services
from bot.services.operator_access import LINK_LIFETIME, SESSION_LIFETIME
from bot.settings import DigestSettings, SummarySettings
from bot.store import deliveries, documents, sources
from bot.store.database import Store
from bot.store.schema import meta
from tests.clock import NOON, ManualClock
from tests.services.sample_news import store_sample_news
from tests.store.factories import make_file_facts
from tests.web.conftest import open_browser

Browser = TestClient[Any, Any]


@pytest.fixture
def services(store: Store, clock: ManualClock) -> Services:
    return Services(store, DigestSettings(), SummarySettings(), clock)


def origin(browser: Browser) -> str:
    return str(browser.make_url("/")).rstrip("/")


async def enter(browser: Browser, token: str) -> int:
    async with browser.post(
        "/operator/enter", data={"token": token}, headers={"Origin": origin(browser)}, allow_redirects=False
    ) as answer:
        return answer.status


async def page_of(browser: Browser, status: int = 200) -> str:
    async with browser.get("/operator") as answer:
        assert answer.status == status
        assert answer.headers["Cache-Control"] == "no-store"
        return await answer.text()


async def give(browser: Browser, order: str, target: str, **changes: str) -> int:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', await page_of(browser))
    assert found is not None
    form = {"csrf": found[1], "order": order, "target": target} | changes
    headers = {"Origin": origin(browser)}
    async with browser.post("/operator/order", data=form, headers=headers, allow_redirects=False) as answer:
        return answer.status


async def test_a_link_works_once_and_is_kept_as_a_hash(browser: Browser, services: Services, store: Store) -> None:
    assert "gazette web --admin-link" in await page_of(browser, 403)
    token = await services.operator_access.make_link()
    async with browser.get("/operator/enter", params={"token": token}) as answer:  # as a chat's preview would
        assert answer.status == 200
    assert await enter(browser, token) == 303
    assert "Sign out" in await page_of(browser)
    async with open_browser(store, ManualClock()) as other:
        assert await enter(other, token) == 403
        assert "Sign out" not in await page_of(other, 403)
    async with store.reading() as conn:
        stored = [tuple(row) for row in await conn.execute(select(meta.c.name, meta.c.value))]
    assert token not in repr(stored)


async def test_links_and_sessions_end_by_themselves(browser: Browser, services: Services, clock: ManualClock) -> None:
    token = await services.operator_access.make_link()
    clock.now += LINK_LIFETIME
    assert await enter(browser, token) == 403
    assert await enter(browser, await services.operator_access.make_link()) == 303
    clock.now += SESSION_LIFETIME
    await page_of(browser, 403)


async def test_signing_out_ends_the_session_everywhere(browser: Browser, services: Services) -> None:
    assert await enter(browser, await services.operator_access.make_link()) == 303
    cookie = next(iter(browser.session.cookie_jar)).value
    async with browser.post("/operator/leave", headers={"Origin": origin(browser)}, allow_redirects=False) as answer:
        assert answer.status == 303
    assert not await services.operator_access.is_open(cookie)


async def test_the_page_tells_the_state_of_everything(
    browser: Browser, services: Services, store: Store, clock: ManualClock
) -> None:
    for at in range(2):
        given = SubscriptionInput(channel_id=70 + at, times="13:00", timezone="UTC", guild_id=7, created_by=6)
        await services.subscriptions.create(given)
    await services.subscriptions.pause(2, reason=Obstacle(DeliveryReason.CHANNEL_GONE))
    feed = await services.sources.add("https://feeds.example/news?apikey=SECRETKEY123")
    failed = after_fetch(feed, FetchOutcome(Rejection(RejectReason.DAMAGED)), NOON)
    async with store.writing() as conn:
        await sources.update_health(conn, failed)
        await documents.reject_document(
            conn, "broken<b>.pdf", make_file_facts("x"), Rejection(RejectReason.ENCRYPTED), now=NOON
        )
        await deliveries.plan_deliveries(conn, [(1, 70, NOON - timedelta(hours=3))], NOON)
    assert await enter(browser, await services.operator_access.make_link()) == 303
    page = await page_of(browser)
    for told in (
        "broken&lt;b&gt;.pdf",
        "feeds.example",
        "failing",
        "Paused subscriptions",
        "not connected",
        "waiting to be posted",
    ):
        assert told in page, told
    assert "SECRETKEY123" not in page
    assert str(Rejection(RejectReason.ENCRYPTED).message)[:20] in page
    assert DeliveryState.PLANNED in await _recent(store)


async def _recent(store: Store) -> dict[DeliveryState, int]:
    async with store.reading() as conn:
        return await deliveries.count_recent(conn, NOON - timedelta(hours=24))


async def test_orders_are_carried_out_told_and_logged(browser: Browser, services: Services) -> None:
    given = SubscriptionInput(channel_id=70, times="13:00", timezone="UTC", guild_id=7, created_by=6)
    await services.subscriptions.create(given)
    await services.sources.add("https://feeds.example/news")
    posted: list[tuple[int, str]] = []

    async def post(channel_id: int, text: str) -> None:
        posted.append((channel_id, text))

    services.operations.post_text = post
    async with open_browser_of(browser, services) as desk:
        assert await enter(desk, await services.operator_access.make_link()) == 303
        for order, target, told in (
            ("pause-subscription", "1", "Subscription 1 paused."),
            ("resume-subscription", "1", "Subscription 1 resumed."),
            ("post-test", "1", "Test posted"),
            ("pause-source", "1", "Source 1 paused."),
            ("retry-source", "1", "is paused: resume it"),
            ("resume-source", "1", "Source 1 resumed."),
            ("retry-source", "1", "within seconds"),
            ("test-source", "1", "reach the network"),
            ("join", "e2 e6", "Joined as event e2"),
            ("split", "s6", "Moved into the new event"),
            ("split", "s99", "no story s99"),
            ("pause-subscription", "99", "no subscription 99"),
            ("pause-subscription", "9" * 30, "by its number"),
            ("format-disk", "", "no such order"),
        ):
            with capture_logs() as logged:
                assert await give(desk, order, target) == 303
            assert [each["order"] for each in logged if each["event"] == "operator.order"] == [order]
            assert told in (await page_of(desk)).replace("&#39;", "'"), order
        assert [channel for channel, _text in posted] == [70]


def open_browser_of(browser: Browser, services: Services) -> Any:
    """Open another browser on a site with these services."""
    from aiohttp import CookieJar
    from aiohttp.test_utils import TestServer

    from bot.settings import WebSettings
    from bot.web.operator_desk import OperatorDesk
    from bot.web.site import build_site

    desk = OperatorDesk(services.operations, services.operator_access, services.clock)
    app = build_site(services.editions, WebSettings(), services.clock, desk=desk)
    return TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True))


async def test_orders_of_other_sites_and_forged_forms_are_refused(browser: Browser, services: Services) -> None:
    given = SubscriptionInput(channel_id=70, times="13:00", timezone="UTC", guild_id=7, created_by=6)
    await services.subscriptions.create(given)
    assert await enter(browser, await services.operator_access.make_link()) == 303
    assert await give(browser, "pause-subscription", "1", csrf="0" * 64) == 403
    assert await give(browser, "pause-subscription", "1", csrf="é") == 403
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', await page_of(browser))
    assert found is not None
    form = {"csrf": found[1], "order": "pause-subscription", "target": "1"}
    for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        async with browser.post("/operator/order", data=form, headers=headers, allow_redirects=False) as answer:
            assert answer.status == 403
    async with browser.get("/operator/order", params=form, allow_redirects=False) as answer:
        assert answer.status == 405
    subscription, _slot = await services.subscriptions.get(1)
    assert subscription.paused_at is None


async def test_the_page_is_apart_from_the_readers_secret(store: Store, clock: ManualClock, services: Services) -> None:
    await store_sample_news(store)
    async with open_browser(store, clock, secret="open sesame") as locked:
        await page_of(locked, 403)
        assert await enter(locked, await services.operator_access.make_link()) == 303
        assert "Sign out" in await page_of(locked)
        async with locked.get("/news", allow_redirects=False) as answer:
            assert answer.status == 303


async def test_guessing_links_is_slowed_down(browser: Browser, services: Services) -> None:
    assert [await enter(browser, f"guess{at}") for at in range(10)] == [403] * 10
    assert await enter(browser, await services.operator_access.make_link()) == 403
