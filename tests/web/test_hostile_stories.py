"""Hostile stories on every page and feed: no script, no foreign request but pictures, no broken page."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import feedparser
import pytest
from aiohttp.test_utils import TestClient

from bot.store import documents
from bot.store.database import Store
from bot.store.documents import Origin
from tests.clock import NOON, ManualClock
from tests.store.factories import make_analysis, make_file_facts
from tests.web.conftest import open_browser

Browser = TestClient[Any, Any]

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title></style></textarea></main><iframe src=//evil.example></iframe>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "]]><!-- --><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "\u202eright to left\u2066 isolate \u200b\u00ad",
    "zalgo e" + "\u0301" * 200,
    "\ud800 half a pair \x00 nul \x1b[31m \ufffe \uffff",
    "a" * 5_000,
    "@everyone <@1> https://discord.gg/evil [x](javascript:alert(1))",
    "שלום " * 40,
    "null",
)
ADDRESSES = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://user:pass@evil.example/",
    'https://evil.example/"onmouseover="alert(1)',
    "https://evil.example/<script>",
    "//evil.example/x",
    "https://ok.example/'x'",
    "file:///etc/passwd",
    None,
)
PICTURES = (
    "javascript:alert(1)",
    "http://plain.example/a.png",
    "https://127.0.0.1/a.png",
    'https://cdn.example/a.png?"><script>alert(1)</script>',
    "https://cdn.example/a.png",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "https://user@evil.example/a.png",
    None,
)
URL_ATTRIBUTES = {"href", "src", "action", "srcset", "poster", "data", "formaction", "background", "cite", "ping"}


class Page(HTMLParser):
    """What a browser finds in a page: elements and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "img", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag


def faults_of(text: str) -> Iterator[str]:
    """Whatever hostile text could have smuggled into a page."""
    page = Page(text)
    if page.open:
        yield f"left open: {page.open}"
    for tag, attributes in page.elements:
        if tag in ("script", "iframe", "object", "embed", "svg", "style", "base", "audio", "video", "frame", "applet"):
            yield tag
        for name, value in attributes.items():
            if name.startswith("on") or name == "style":
                yield f"{tag} {name}"
            if name in URL_ATTRIBUTES and value is not None:
                outward = re.match(r"[a-z][a-z0-9+.-]*:|//", value, re.IGNORECASE)
                harmless = value.startswith("data:,") or (tag in ("a", "img") and re.match("https?://", value))
                if outward and not harmless and not (tag == "link" and attributes.get("rel") == "canonical"):
                    yield f"{tag} {name}={value}"
        if tag == "img" and (
            not re.match(r"https://cdn\.example/", attributes["src"] or "")
            or attributes.get("referrerpolicy") != "no-referrer"
        ):
            yield f"picture {attributes}"
        if tag == "link" and attributes.get("rel") == "stylesheet" and "evil" in (attributes["href"] or ""):
            yield "foreign style"


async def store_hostile_news(store: Store) -> int:
    """Store a story for each hostile text, twice in one event; return how many."""
    texts = list(HOSTILE)
    async with store.writing() as conn:
        for at, text in enumerate(texts):
            lines = "\n".join((text.replace("\n", " "), f"Then {text}", f"At last {text} came."))
            analysis = make_analysis(
                lines,
                countries=("JP",) if at % 2 else (),
                topics=["sport"] if at % 3 else [],
                language="xx" if at == 3 else "en",
                headline=text,
                kicker=text[:60],
            )
            origin = Origin(
                NOON - timedelta(minutes=at),
                text,
                ADDRESSES[at % len(ADDRESSES)],
                picture=PICTURES[at % len(PICTURES)],
            )
            await documents.store_document(
                conn, f"{at}.txt", make_file_facts(str(at)), [analysis], now=NOON, origin=origin
            )
    return len(texts)


async def every_address(browser: Browser, stories: int) -> list[str]:
    """Return the pages that readers can open, with hostile values in each place of an address."""
    fixed = ["/", "/news", "/archive", "/archive/2026-11-20", "/archive/2026-W47", "/countries", "/topics", "/sources"]
    fixed += ["/countries/JP", "/topics/sport", "/languages/en", "/languages/xx"]
    numbered = [f"/{kind}/{number}" for number in range(1, stories + 2) for kind in ("stories", "events")]
    typed = [
        place + quote(text.encode("utf-8", "replace"), safe="")
        for text in HOSTILE
        for place in (
            "/search?q=",
            "/news?filter=",
            "/?filter=",
            "/sources/",
            "/countries/",
            "/?language=",
            "/news?page=",
        )
    ]
    return [*fixed, *numbered, *typed]


@pytest.mark.parametrize("full", [False, True])
async def test_hostile_stories_break_no_page_and_bring_no_script(store: Store, clock: ManualClock, full: bool) -> None:
    stories = await store_hostile_news(store)
    async with open_browser(store, clock, full_texts=HOSTILE[:4] if full else ()) as browser:
        for path in await every_address(browser, stories):
            async with browser.get(path, allow_redirects=False) as answer:
                text = await answer.text()
                assert answer.status in (200, 400, 404), path
                assert answer.content_type == "text/html", path
                assert list(faults_of(text)) == [], path
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_hostile_stories_leave_feeds_valid(store: Store, clock: ManualClock) -> None:
    stories = await store_hostile_news(store)
    async with open_browser(store, clock, title='<b>&"') as browser:
        for path in ("/news.atom", "/digest.atom", "/news.atom?filter=country:jp"):
            async with browser.get(path) as answer:
                text = await answer.text()
            feed = feedparser.parse(text)
            assert not feed.bozo, feed.get("bozo_exception")
            assert "<script" not in text
            assert len({entry.id for entry in feed.entries}) == len(feed.entries)
            assert all(link.href.startswith("http") for entry in feed.entries for link in entry.links)
        async with browser.get("/news.json") as answer:
            document = json.loads(await answer.text())
        assert len(document["items"]) == stories
        assert all(item.get("external_url", "https:").startswith("http") for item in document["items"])


@pytest.mark.parametrize(
    "raw",
    [
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"DELETE /stories/1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
    ],
)
async def test_requests_that_no_browser_sends_are_refused(browser: Browser, raw: bytes) -> None:
    reader, writer = await asyncio.open_connection(browser.host, browser.port)
    writer.write(raw + (b"" if raw.endswith(b"\r\n\r\n") else b"\r\n\r\n"))
    await writer.drain()
    answer = await reader.read(4_000)
    writer.close()
    await writer.wait_closed()
    assert re.match(rb"HTTP/1\.[01] 4\d\d ", answer), answer[:100]
    assert b"evil.example" not in answer
