"""The web edition in Chromium: accessible, fitting, silent, on phones and wide screens, light and dark."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.async_api import ConsoleMessage, Request, async_playwright
from playwright.async_api import Page as Tab

from bot.newsroom.subscription_input import SubscriptionInput
from bot.services import Services
from bot.settings import DigestSettings, SummarySettings
from bot.store import documents
from bot.store.database import Store
from bot.store.documents import Origin
from tests.clock import NOON, ManualClock
from tests.services.sample_news import store_sample_news
from tests.store.factories import make_analysis, make_file_facts
from tests.web.conftest import open_browser

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium"),
]

PAGES = (
    *("/", "/?language=ja", "/news", "/archive", "/countries/JP", "/topics", "/sources", "/events/2", "/stories/2"),
    *("/search?q=rivers", "/search?q=(((", "/stories/99"),
)
AXE_SCRIPT = Path(axe_playwright_python.__file__).parent / "axe.min.js"
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
TOPICS = ("sport", "weather", "politics-and-government")
AXE = "axe.run().then(found => found.violations.map(each => each.id + ': ' + each.nodes[0].html))"


async def store_full_page(store: Store) -> None:
    """Store enough news for a front page with all its parts, in scripts of both directions."""
    await store_sample_news(store)
    async with store.writing() as conn:
        for at in range(24):
            words = (
                "שלום לכולם מן הנמל"
                if at == 5
                else f"The harbour of town {at} opened its gates to ships after a long night"
            )
            analysis = make_analysis(
                f"{words}.\nA second sentence about number {at}.",
                countries=("KE",) if at % 2 else ("BR",),
                topics=[TOPICS[at % 3]],
                headline=words,
                kicker="HARBOUR" if at % 4 == 0 else None,
                language="he" if at == 5 else "en",
            )
            origin = Origin(
                NOON - timedelta(minutes=at),
                f"The {at}. Post",
                f"https://post.example/{at}",
                picture="https://pictures.example/a.png",
            )
            await documents.store_document(
                conn, f"more/{at}", make_file_facts(str(at)), [analysis], now=NOON, origin=origin
            )


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_pages_are_accessible_and_fit(sqlite_url: str, clock: ManualClock, theme: Any) -> None:
    asked: list[str] = []
    troubles: list[str] = []

    def note_request(request: Request) -> None:
        asked.append(request.url)

    def note_trouble(told: ConsoleMessage) -> None:
        troubles.append(told.text)

    async with Store.open(sqlite_url) as store, async_playwright() as playwright:
        await store.migrate()
        await store_full_page(store)
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        async with open_browser(store, clock) as browser:
            for width in (360, 768, 1280):
                context = await chromium.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=False
                )
                tab = await context.new_page()
                tab.on("request", note_request)
                tab.on("console", note_trouble)
                await tab.route("https://pictures.example/*", lambda route: route.fulfill(status=404, body=""))
                for path in PAGES:
                    await tab.goto(str(browser.make_url("/")).rstrip("/") + path)
                    await tab.evaluate(AXE_SCRIPT.read_text("utf-8"))
                    assert await tab.evaluate(AXE) == [], (path, width)
                    assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
                own = str(browser.make_url("/"))
                assert [each for each in asked if not each.startswith((own, "https://pictures.example/"))] == []
                assert [each for each in troubles if "404" not in each and "400" not in each] == []
                await context.close()
        await chromium.close()


async def test_the_keyboard_reaches_everything_and_shows_where_it_is(sqlite_url: str, clock: ManualClock) -> None:
    async with Store.open(sqlite_url) as store, async_playwright() as playwright:
        await store.migrate()
        await store_full_page(store)
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        async with open_browser(store, clock) as browser:
            tab = await chromium.new_page(viewport={"width": 1280, "height": 900})
            await tab.goto(str(browser.make_url("/")))
            await tab.keyboard.press("Tab")
            assert await tab.evaluate("document.activeElement.textContent") == "Skip to the news"
            assert await tab.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
            await tab.keyboard.press("Enter")
            await tab.keyboard.press("Tab")
            assert await tab.evaluate("document.querySelector('main').contains(document.activeElement)")
            assert await tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        await chromium.close()


async def test_forms_work_in_a_browser_that_says_little_about_itself(sqlite_url: str, clock: ManualClock) -> None:
    async with Store.open(sqlite_url) as store, async_playwright() as playwright:
        await store.migrate()
        await store_full_page(store)
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        services = Services(store, DigestSettings(), SummarySettings(), clock)
        given = SubscriptionInput(channel_id=70, times="13:00", timezone="UTC", guild_id=7, created_by=6)
        await services.subscriptions.create(given)
        async with open_browser(store, clock, secret="open sesame") as browser:
            base = str(browser.make_url("/"))
            for theme in SCHEMES:
                context = await chromium.new_context(viewport={"width": 360, "height": 800}, color_scheme=theme)
                tab = await context.new_page()
                await tab.goto(base + "news?filter=lang:pt")
                await tab.fill("#secret", "wrong")
                await tab.click("button")
                assert "isn’t the password" in await tab.inner_text("main")
                await assert_accessible(tab)
                await tab.fill("#secret", "open sesame")
                await tab.click("button")
                assert tab.url == base + "news?filter=lang:pt"
                await tab.goto(f"{base}operator/enter?token={await services.operator_access.make_link()}")
                await assert_accessible(tab)
                await tab.click("main button")
                assert tab.url == base + "operator"
                await assert_accessible(tab)
                order = "Pause" if theme == "dark" else "Resume"
                await tab.click(f"text={order}")
                assert f"Subscription 1 {order.lower()}d." in await tab.inner_text("[role=status]")
                await assert_accessible(tab)
                await context.close()
        await chromium.close()


async def assert_accessible(tab: Tab) -> None:
    """Check a page that a browser shows."""
    await tab.evaluate(AXE_SCRIPT.read_text("utf-8"))
    assert await tab.evaluate(AXE) == []
    assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
