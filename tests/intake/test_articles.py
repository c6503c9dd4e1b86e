"""Whole articles: pages that a feed's entries lead to, fetched politely, with the excerpt as the fallback."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.article_fetcher import ArticleTimes
from bot.intake.feed_fetcher import Feed, FeedFetcher
from bot.intake.pipeline import Intake
from bot.intake.readers.article_page import read_article
from bot.intake.robots import parse_robots
from bot.intake.types import DocumentPart, ScanReport
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.sources import SourceOptions
from bot.settings import IntakeSettings, SummarySettings
from bot.store import story_rows
from tests.intake.conftest import IntakeHarness, leave_ungrouped, story_text

FAST = ArticleTimes(page=2.0, pause=0.0, feed=10.0)


def excerpt(number: int) -> str:
    return story_text(number)[:70] + " […]"


def page(number: int, *, head: str = "") -> str:
    paragraphs = "".join(
        f"<p>{text}</p>"
        for text in (
            story_text(number),
            "The contract went to a firm from the coast, which has built four bridges of this kind since 1998.",
            "Residents had asked for a footpath on both sides, and the council added one after a long debate.",
            "The old bridge stays open to cyclists until the new one is ready, a spokeswoman said on Monday evening.",
        )
    )
    menu = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
    return (
        f"<!doctype html><html lang='en'><head><title>Bridge {number}</title>{head}</head>"
        f"<body>{menu}<article><h1>Bridge {number}</h1>{paragraphs}</article></body></html>"
    )


@dataclass
class Site:
    """A site with a feed and the pages of its entries."""

    port: int = 0
    robots: str | None = ""
    entries: tuple[int, ...] = (1, 2)
    changed: str = ""
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    moments: list[float] = field(default_factory=list)

    async def feed(self, _: web.Request) -> web.Response:
        items = "".join(
            f"<item><guid>{at}</guid><title>Bridge {at}</title><link>/page/{at}</link>"
            f"<description>{excerpt(at)}{self.changed}</description></item>"
            for at in self.entries
        )
        body = f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")

    async def page(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        self.asked.append(name)
        self.moments.append(time.monotonic())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        match name:
            case "3":
                return web.Response(status=500)
            case "4":
                return web.Response(body=b"%PDF-1.7", content_type="application/pdf")
            case "5":
                return web.Response(text=page(5) + "<p>more</p>" * 400_000, content_type="text/html")
            case "6":
                await asyncio.Event().wait()
            case "7":
                consent = "<p>We and our 900 partners store information on your device. Accept to go on.</p>" * 9
                return web.Response(text=f"<html><body>{consent}</body></html>", content_type="text/html")
            case "8":
                return web.Response(status=302, headers={"Location": "http://10.0.0.1/admin"})
        head = '<meta property="og:image" content="https://pictures.example/bridge.jpg">'
        return web.Response(text=page(int(name), head=head), content_type="text/html")

    async def robots_txt(self, _: web.Request) -> web.Response:
        self.asked.append("robots")
        return web.Response(status=404) if self.robots is None else web.Response(text=self.robots)


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_get("/feed", site.feed)
    app.router.add_get("/robots.txt", site.robots_txt)
    app.router.add_get("/page/{name}", site.page)
    server = TestServer(app, handler_cancellation=True)
    async with server:
        site.port = server.port or 0
        yield site


async def fetch(
    site: Site,
    harness: IntakeHarness,
    threads: DeadlineExecutor,
    *,
    times: ArticleTimes = FAST,
    named: bool = True,
    whole: bool = True,
) -> ScanReport:
    settings = IntakeSettings(private_hosts=(f"127.0.0.1:{site.port}",) if named else ())
    intake = Intake(harness.store, settings, SummarySettings(), threads, harness.clock, assign_events=leave_ungrouped)
    fetcher = FeedFetcher(intake, settings, article_times=times)
    async with fetcher.open_session() as session:
        feed = Feed.at(f"http://127.0.0.1:{site.port}/feed")
        return (await fetcher.fetch(session, replace(feed, options=SourceOptions(whole_articles=whole)))).report


async def texts(harness: IntakeHarness) -> dict[str, str]:
    """Return the stories' texts by headline."""
    lines = await harness.lines()
    async with harness.store.reading() as conn:
        bodies = await story_rows.get_bodies(conn, [line.id for line in lines])
    return {line.headline: "\n".join(bodies[line.id].paragraphs) for line in lines}


@pytest.mark.parametrize("entries", [(1,), (1, 2)])  # which are stored in different ways
async def test_the_page_of_an_entry_becomes_its_text_and_gives_its_picture(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor, entries: tuple[int, ...]
) -> None:
    site.entries = entries
    assert (await fetch(site, harness, threads)).new == len(entries)
    found = await texts(harness)
    assert all("spokeswoman" in text and "Sport" not in text for text in found.values())
    assert {line.ref.picture for line in await harness.lines()} == {"https://pictures.example/bridge.jpg"}


async def test_without_the_option_no_page_is_asked_for(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    await fetch(site, harness, threads, whole=False)
    assert site.asked == []
    assert not any("spokeswoman" in text for text in (await texts(harness)).values())


@pytest.mark.parametrize("number", [3, 4, 5, 6, 7, 8])
async def test_the_excerpt_stays_where_the_page_can_t_be_had(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor, number: int
) -> None:
    site.entries = (1, number)
    await fetch(site, harness, threads, times=ArticleTimes(page=0.5, pause=0.0, feed=10.0))
    found = await texts(harness)
    assert "spokeswoman" in found["Bridge 1"]
    assert "spokeswoman" not in found[f"Bridge {number}"]
    assert "partners" not in found[f"Bridge {number}"]


async def test_a_page_that_was_read_is_not_asked_for_again_until_its_entry_changes(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    await fetch(site, harness, threads)
    site.entries = (3, 1, 2)
    site.asked.clear()
    await fetch(site, harness, threads)
    assert site.asked == ["robots", "3"]
    assert "spokeswoman" in (await texts(harness))["Bridge 1"]
    site.entries, site.changed = (1,), " Corrected."
    site.asked.clear()
    await fetch(site, harness, threads)
    assert site.asked == ["robots", "1"]


@pytest.mark.parametrize(
    ("robots", "asked"),
    [
        ("User-agent: *\nDisallow: /", set()),
        ("User-agent: *\nDisallow: /page/1\n", {"2"}),
        ("User-agent: Gazette\nDisallow: /page/\n\nUser-agent: *\nAllow: /\n", set()),
        ("User-agent: *\nDisallow: /\n\nUser-agent: gazette\nDisallow:\n", {"1", "2"}),
        (None, {"1", "2"}),
        ("<html>no such page</html>", {"1", "2"}),
    ],
)
async def test_what_a_site_forbids_is_not_asked_for(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor, robots: str | None, asked: set[str]
) -> None:
    site.robots = robots
    assert (await fetch(site, harness, threads)).new == 2
    assert set(site.asked) - {"robots"} == asked
    assert site.asked.count("robots") == 1


async def test_a_site_gets_one_request_at_a_time_and_a_pause_between_two(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    site.entries = (1, 2, 11, 12)
    await fetch(site, harness, threads, times=ArticleTimes(page=5.0, pause=0.1, feed=30.0))
    assert site.most_at_once == 1
    assert len(site.moments) == 4
    assert all(later - before >= 0.1 for before, later in zip(site.moments, site.moments[1:], strict=False))


async def test_a_page_on_the_own_network_is_not_asked_for(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    assert (await fetch(site, harness, threads, named=False)).new == 2
    assert site.asked == []


async def test_out_of_time_the_rest_stay_excerpts(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    site.entries = (1, 6, 2)
    began = time.monotonic()
    report = await fetch(site, harness, threads, times=ArticleTimes(page=20.0, pause=0.0, feed=0.5))
    assert report.new == 3
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("data", [b"", b"\x00" * 50, b"%PDF-1.7 x", b"<html></html>", b"<p>Short.</p>", b"\xff\xfe<"])
def test_what_is_no_article_leaves_the_entry(data: bytes) -> None:
    entry = DocumentPart(excerpt(1), one_story=True, title="Bridge 1", url="https://a.example/1")
    assert read_article(data, None, "https://a.example/1", entry) is None


def test_another_story_s_page_is_not_taken() -> None:
    entry = DocumentPart(
        "The court in Accra freed two bakers on Friday after a trial of nine months.", title="Bakers free"
    )
    assert read_article(page(1).encode(), None, "https://a.example/1", entry) is None


def test_a_brief_becomes_an_article() -> None:
    entry = DocumentPart("Bridge 1", one_story=True, title="Bridge 1", brief=True)
    article = read_article(page(1).encode(), None, "https://a.example/1", entry)
    assert article is not None
    assert not article.brief
    assert "spokeswoman" in article.text


RULES = """
# comment
User-agent: Other
Disallow: /

User-agent: Gazette
User-agent: Third
Crawl-delay: 2.5
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?*q=
Disallow: /caf%C3%A9
Sitemap: https://a.example/map.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        *(("/", True), ("/news/1", True), ("/private/a", False), ("/private/open/b", True), ("/a.pdf", False)),
        *(
            ("/a.pdf?x", True),
            ("/search?x=1&q=2", False),
            ("/search?x=1", True),
            ("/café", False),
            ("/caf%c3%a9", False),
        ),
    ],
)
def test_the_longest_rule_decides(path: str, allowed: bool) -> None:
    rules = parse_robots(RULES, "Gazette")
    assert rules.allow(f"https://a.example{path}") is allowed
    assert rules.delay == 2.5


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_read_as_rules(text: str, path: str) -> None:
    rules = parse_robots(f"User-agent: *\n{text}", "Gazette")
    assert rules.allow("https://a.example/" + path.replace("[", "").replace("]", "")) in {True, False}


def test_hostile_rules_take_no_time() -> None:
    rules = parse_robots("User-agent: *\n" + f"Disallow: /{'*a' * 20}$\n" * 5_000, "Gazette")
    began = time.process_time()
    rules.allow("https://a.example/" + "a" * 1_900 + "b")
    assert time.process_time() - began < 2
