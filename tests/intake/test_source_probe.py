"""What is found at an address that somebody wants to add, on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import SourceUnreadable
from bot.intake.feed_fetcher import describe_fault
from bot.intake.lanes import Lanes
from bot.intake.source_probe import FeedProbe, find_feed_links
from bot.intake.worker_pool import DeadlineExecutor
from bot.settings import IntakeSettings, SummarySettings
from tests.clock import NOON, ManualClock
from tests.intake.conftest import story_text


class Site:
    """A site whose pages are answers by path."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}

    async def answer(self, request: web.Request) -> web.Response:
        found = self.pages.get(request.path_qs)
        if found is None:
            return web.Response(status=404)
        return web.Response(text=found[0], content_type=found[1])

    def add_feed(self, path: str, *items: str) -> None:
        text = f"<rss version='2.0'><channel><title>The Post</title>{''.join(items)}</channel></rss>"
        self.pages[path] = (text, "application/rss+xml")

    def add_page(self, path: str, head: str = "") -> None:
        self.pages[path] = (f"<!doctype html><html><head>{head}</head><body>Welcome</body></html>", "text/html")


def item(number: int, *, days: float | None = 0.0, text: bool = True) -> str:
    date = "" if days is None else f"<pubDate>{format_datetime(NOON - timedelta(days=days))}</pubDate>"
    body = f"<description>{story_text(number)}</description>" if text else ""
    return f"<item><guid>{number}</guid><title>Bridge {number}</title>{date}{body}</item>"


@pytest.fixture
def site() -> Site:
    return Site()


@pytest_asyncio.fixture
async def home(site: Site) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


@pytest.fixture
def probe(threads: DeadlineExecutor) -> FeedProbe:
    settings = IntakeSettings(max_bytes=200_000)
    return FeedProbe(Lanes(threads, threads, settings), settings, SummarySettings(), ManualClock())


async def test_a_feed_is_shown_by_its_newest_entries(site: Site, home: str, probe: FeedProbe) -> None:
    site.add_feed("/f.xml", *(item(number, days=number) for number in (3, 1, 4, 2)))
    found = await probe.probe(f"{home}f.xml", may_be_private=True)
    assert (found.url, found.title, found.entries) == (f"{home}f.xml", "The Post", 4)
    assert [event.headline for event in found.preview] == ["Bridge 1", "Bridge 2", "Bridge 3"]
    assert all(event.summary for event in found.preview)
    assert found.oddities == ()


@pytest.mark.parametrize(
    ("items", "odd"),
    [
        ([item(1, text=False), item(2, text=False)], [("titles", {"count": 2, "total": 2})]),
        ([item(1, days=None), item(2)], [("dates", {"count": 1, "total": 2})]),
        ([item(1, days=400)], [("old", {"days": 400})]),
        ([item(1), item(1).replace("Bridge", "Ferry")], [("shared", {})]),
        ([], [("empty", {})]),
    ],
)
async def test_what_is_unusual_about_a_feed_is_said(
    site: Site, home: str, probe: FeedProbe, items: list[str], odd: list[tuple[str, dict[str, int]]]
) -> None:
    site.add_feed("/f.xml", *items)
    assert list((await probe.probe(f"{home}f.xml", may_be_private=True)).oddities) == odd


async def test_a_page_gives_the_feed_that_it_names(site: Site, home: str, probe: FeedProbe) -> None:
    site.add_page(
        "/",
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">'
        "<LINK href='deep/posts.xml' type='application/atom+xml' rel='home alternate'>"
        '<link rel="alternate" type="application/json+oembed" href="/oembed.json">',
    )
    site.add_feed("/comments/feed/", item(9))
    site.add_feed("/deep/posts.xml", item(1))
    found = await probe.probe(home, may_be_private=True)
    assert found.url == f"{home}deep/posts.xml"
    assert found.others == (f"{home}comments/feed/",)


@pytest.mark.parametrize("path", ["/feed", "/atom.xml", "/index.xml", "/?feed=rss2"])
async def test_a_page_that_names_none_has_it_at_the_usual_address(
    site: Site, home: str, probe: FeedProbe, path: str
) -> None:
    site.add_page("/blog/")
    site.add_feed(path, item(1))
    assert (await probe.probe(f"{home}blog/", may_be_private=True)).url == home.rstrip("/") + path


@pytest.mark.parametrize("path", ["/nothing", "/page", "/picture"])
async def test_what_has_no_feed_is_refused_with_the_reason(site: Site, home: str, probe: FeedProbe, path: str) -> None:
    site.add_page("/page")
    site.pages["/picture"] = ("GIF89a" * 20, "image/gif")
    with pytest.raises(SourceUnreadable, match=r"404|names no feed|is"):
        await probe.probe(home.rstrip("/") + path, may_be_private=True)


async def test_a_members_address_reaches_nothing_private(site: Site, home: str, probe: FeedProbe) -> None:
    site.add_feed("/f.xml", item(1))
    with pytest.raises(SourceUnreadable, match="private address"):
        await probe.probe(f"{home}f.xml", may_be_private=False)


async def test_a_page_leads_to_no_private_server_but_its_own(site: Site, home: str, probe: FeedProbe) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="<rss version='2.0'><channel><item><title>x</title></item></channel></rss>")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with TestServer(app) as other:
        site.add_page("/", f'<link rel="alternate" type="application/rss+xml" href="{other.make_url("/f.xml")}">')
        with pytest.raises(SourceUnreadable, match=r"private address.*intake\.private_hosts"):
            await probe.probe(home, may_be_private=True)
        site.add_feed("/feed", item(1))
        assert (await probe.probe(home, may_be_private=True)).url == f"{home}feed"
    assert asked == []


async def test_a_page_whose_feed_fails_is_refused_with_the_feeds_fault(site: Site, home: str, probe: FeedProbe) -> None:
    site.add_page("/", '<link rel="alternate" type="application/rss+xml" href="/gone.xml">')
    with pytest.raises(SourceUnreadable, match="404"):
        await probe.probe(home, may_be_private=True)


def test_a_redirect_to_an_invalid_address_is_named_in_words() -> None:
    assert describe_fault(aiohttp.InvalidUrlClientError("http://2130706433/")) == "its address is not valid"


def test_links_that_are_no_addresses_of_feeds_are_left_out() -> None:
    page = b"".join(
        b'<link rel="alternate" type="application/rss+xml" href="%s">' % href
        for href in (
            b"file:///etc/passwd",
            b"javascript:alert(1)",
            b"http://a..b/f",
            b"http://h.example:0x/f",
            b"/f.xml",
        )
    )
    assert find_feed_links(page, "https://h.example/") == ["https://h.example/f.xml"]


def test_links_are_found_in_broken_markup_and_relative_to_the_pages_base() -> None:
    page = b"""<base href="https://cdn.example/x/"><link rel=alternate type=application/rss+xml href=a.xml>
    <link rel="stylesheet" href="s.css"><a type="application/atom+xml" href="//b.example/atom">x</a><link"""
    assert find_feed_links(page, "https://h.example/") == ["https://cdn.example/x/a.xml", "https://b.example/atom"]
