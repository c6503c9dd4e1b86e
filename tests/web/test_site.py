"""Pages of the web edition: what each shows, what it refuses, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import event

from bot.i18n import LOCALES
from bot.services import Services
from bot.settings import DigestSettings, SummarySettings
from bot.store import documents, events
from bot.store.database import Store
from bot.store.documents import Origin
from tests.clock import NOON, ManualClock
from tests.store.factories import make_analysis, make_file_facts
from tests.web.conftest import open_browser
from training.sample_manifest import current_samples

Browser = TestClient[Any, Any]

PAGES = (
    *(
        "/",
        "/?filter=country:jp",
        "/news",
        "/news?filter=lang:pt",
        "/news?filter=rivers",
        "/archive",
        "/archive/2026-11-20",
    ),
    *("/archive/2026-W47", "/countries", "/countries/JP", "/topics", "/topics/sport", "/languages/pt", "/sources"),
    *(
        "/sources/The%20Harbour%20Post",
        "/events/1",
        "/stories/2",
        "/search",
        "/search?q=rivers",
        "/search?q=country:jp+trains",
    ),
)
FEEDS = (
    "/digest.atom",
    "/digest.json",
    "/news.atom",
    "/news.json?filter=country:jp",
    "/news.atom?filter=nothingthatis",
)
MOST_QUERIES = 4
LARGEST_PAGE = 60_000


async def text_of(browser: Browser, path: str, status: int = 200, headers: dict[str, str] | None = None) -> str:
    async with browser.get(path, headers=headers, allow_redirects=False) as answer:
        assert answer.status == status, path
        return await answer.text()


@contextmanager
def counted_queries(store: Store) -> Iterator[list[str]]:
    """Collect the statements that are run, without those that begin and end transactions."""
    ran: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            ran.append(statement)

    engine = store._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", [*PAGES, *FEEDS])
async def test_a_page_is_complete_small_and_costs_few_queries(browser: Browser, store: Store, path: str) -> None:
    with counted_queries(store) as ran:
        page = await text_of(browser, path)
    assert len(ran) <= MOST_QUERIES, ran
    assert len(page.encode()) <= LARGEST_PAGE
    if path in PAGES:
        assert page.startswith("<!DOCTYPE html>")
        assert page.rstrip().endswith("</html>")
        assert len(re.findall("<h1", page)) == 1


async def test_the_front_page_has_lead_neighbours_and_briefs(browser: Browser) -> None:
    page = await text_of(browser, "/")
    assert re.search(r'<article class="lead">.*?Destroyers meet off Okinawa', page, re.DOTALL)
    assert "Friday, November 20, 2026" in page
    assert "5 reports from 3 sources in 2 languages" in page
    assert "Hamburg" not in page  # it is a week old
    assert 'href="https://harbour.example/okinawa" rel="noopener noreferrer external"' in page


async def test_a_page_that_was_made_is_sent_again_after_one_query(browser: Browser, store: Store) -> None:
    first = await text_of(browser, "/")
    with counted_queries(store) as ran:
        assert await text_of(browser, "/") == first
    assert len(ran) == 1


async def test_a_reader_who_has_the_page_gets_no_body(browser: Browser) -> None:
    for path in ("/", "/news.atom", "/search?q=rivers"):
        async with browser.get(path) as answer:
            tag = answer.headers["ETag"]
        async with browser.get(path, headers={"If-None-Match": f'"other", {tag}'}) as answer:
            assert (answer.status, await answer.read()) == (304, b"")


async def test_withheld_stories_are_gone_from_every_page_with_the_next_request(
    browser: Browser, store: Store, clock: ManualClock
) -> None:
    assert "Okinawa" in await text_of(browser, "/")
    services = Services(store, DigestSettings(), SummarySettings(), clock)
    await services.withholdings.withhold("s2", by="the editor")
    await text_of(browser, "/stories/2", 410)
    await text_of(browser, "/events/2", 410)
    for path in ("/", "/news", "/countries/JP", "/search?q=Okinawa", "/sources", "/news.atom", "/digest.json"):
        assert "Destroyers" not in await text_of(browser, path)
    assert "4 reports" in await text_of(browser, "/")
    await text_of(browser, "/sources/The%20Harbour%20Post", 404)


async def test_an_event_that_was_merged_redirects_and_shows_what_each_report_added(
    browser: Browser, store: Store
) -> None:
    async with store.writing() as conn:
        await events.merge_events(conn, 6, 2)
    async with browser.get("/events/6", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (301, "/events/2")
    async with browser.get("/e6", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (301, "/events/6")
    page = await text_of(browser, "/events/2")
    assert page.count("<time") == 2
    assert "Tokyo opened a line for its new trains." in page


async def test_numbers_that_never_were_are_not_found(browser: Browser) -> None:
    for path in ("/stories/99", "/events/99", "/stories/0", "/events/999999999999999999", "/stories/-1", "/stories/٣"):
        assert "Page not found" in await text_of(browser, path, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/countries/xx",
        "/topics/nonsense",
        "/languages/%00",
        "/archive/2026-13-01",
        "/archive/2026-W54",
        "/sources/Nobody",
        "/../etc/passwd",
        "/static/../site.py",
        "/stories/1/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/news?page=150",
        "/countries/JP%22onload",
        "/archive/9999-12-31?page=2",
        "/topics/sport%20or%20weather",
    ],
)
async def test_addresses_that_lead_to_nothing_are_not_found(browser: Browser, path: str) -> None:
    await text_of(browser, path, 404)


@pytest.mark.parametrize(
    "path", ["/news?filter=((", "/?filter=country:atlantis", "/search?q=(((", "/news.atom?filter=not"]
)
async def test_a_filter_that_cannot_be_read_is_explained(browser: Browser, path: str) -> None:
    page = await text_of(browser, path, 400)
    assert re.search("bracket|called|quotation|missing", page)


async def test_pages_are_in_the_readers_language(browser: Browser) -> None:
    assert '<html lang="de">' in await text_of(browser, "/", headers={"Accept-Language": "xx, de-AT;q=0.9, en;q=0.1"})
    assert '<html lang="en">' in await text_of(browser, "/", headers={"Accept-Language": "en-GB, de;q=0.5"})
    chosen = await text_of(browser, "/?language=pt-BR", headers={"Accept-Language": "ja"})
    assert '<html lang="pt-BR">' in chosen
    assert 'href="/archive?language=pt-BR"' in chosen
    for locale in LOCALES:
        for path in ("/", "/archive", "/events/2", "/search?q=rivers", "/stories/99"):
            async with browser.get(path, params={"language": locale}) as answer:
                assert f'<html lang="{locale}">' in await answer.text()


async def test_whole_texts_are_shown_only_where_the_terms_allow_it(store: Store, clock: ManualClock) -> None:
    analysis = make_analysis("The first sentence.\nThe second one.", headline="Short")
    async with store.writing() as conn:
        for name in ("The Open Post", "The Closed Post"):
            origin = Origin(NOON - timedelta(hours=1), name, "https://post.example/a")
            await documents.store_document(conn, name, make_file_facts(name), [analysis], now=NOON, origin=origin)
    for secret in ("", "open sesame"):
        async with open_browser(store, clock, full_texts=("the open post",), secret=secret) as browser:
            headers = {"Authorization": "Basic Om9wZW4gc2VzYW1l"} if secret else {}
            assert "The second one." in await text_of(browser, "/stories/1", headers=headers)
            assert "The second one." not in await text_of(browser, "/stories/2", headers=headers)


async def test_every_answer_forbids_scripts_and_foreign_requests(browser: Browser) -> None:
    for path in ("/", "/nonsense", "/robots.txt", "/digest.atom", "/stories/99", "/e2"):
        async with browser.get(path, allow_redirects=False) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert "noindex" in answer.headers["X-Robots-Tag"]


async def test_search_engines_are_welcome_only_if_the_operator_says_so(
    browser: Browser, store: Store, clock: ManualClock
) -> None:
    assert "Disallow: /\n" in await text_of(browser, "/robots.txt")
    assert 'content="noindex, nofollow"' in await text_of(browser, "/")
    async with open_browser(store, clock, indexed=True, address="https://news.example.org") as indexed:
        host = {"Host": "news.example.org"}
        assert "Disallow: /\n" not in await text_of(indexed, "/robots.txt", headers=host)
        page = await text_of(indexed, "/news?filter=country:jp&utm=1", headers=host)
        assert "noindex" not in page
        assert '<link rel="canonical" href="https://news.example.org/news?filter=country%3Ajp">' in page


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:99999", "news.example.org.evil.example", "a b", "[::1", "localhost@evil"]
)
async def test_other_names_for_this_site_are_refused(browser: Browser, host: str) -> None:
    await text_of(browser, "/", 421, headers={"Host": host})


async def test_the_style_sheet_is_kept_by_browsers(browser: Browser) -> None:
    page = await text_of(browser, "/")
    (path,) = re.findall(r'href="(/static/[^"]+css)"', page)
    async with browser.get(path) as answer:
        assert answer.content_type == "text/css"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "url(" not in await answer.text()


async def test_feeds_are_valid_and_their_ids_last(browser: Browser) -> None:
    for path in ("/digest.atom", "/news.atom?filter=country:jp"):
        feed = feedparser.parse(await text_of(browser, path))
        assert not feed.bozo
        assert feed.version == "atom10"
        links = {link["rel"]: link["href"] for link in feed.feed.links}
        assert links["self"].endswith(path.replace(":jp", "%3Ajp"))
        assert feed.entries
        assert all(entry.id.startswith("tag:127.0.0.1,2026:gazette:") for entry in feed.entries)
        german = feedparser.parse(await text_of(browser, path, headers={"Accept-Language": "de"}))
        assert [entry.id for entry in german.entries] == [entry.id for entry in feed.entries]
    async with browser.get("/news.json") as answer:
        document = await answer.json(content_type="application/feed+json")
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"].endswith("/news.json")
    assert len({item["id"] for item in document["items"]}) == len(document["items"]) == 6
    assert all(item["content_text"] and item["url"].startswith("http://127.0.0.1") for item in document["items"])


async def test_new_stories_appear_within_seconds(browser: Browser, store: Store) -> None:
    assert "Fresh from the sea" not in await text_of(browser, "/news")
    async with store.writing() as conn:
        analysis = make_analysis("A whale came.", headline="Fresh from the sea")
        await documents.store_document(conn, "new.txt", make_file_facts("new"), [analysis], now=NOON)
    assert "Fresh from the sea" in await text_of(browser, "/news?page=1")


async def test_sample_news_is_marked_on_every_page_that_shows_it(store: Store, clock: ManualClock) -> None:
    sample = next(iter(current_samples()))
    async with store.writing() as conn:
        for name, sha256 in (("sample.json", sample), ("own.txt", "a" * 64)):
            analysis = make_analysis(f"The council met about {name}.", headline=f"News of {name}")
            facts = documents.FileFacts(1, 1, 1, sha256)
            await documents.store_document(conn, name, facts, [analysis], now=NOON - timedelta(hours=1))
    async with open_browser(store, clock) as browser:
        for path in ("/", "/news", "/stories/1", "/events/1", "/search?q=sample"):
            assert "Sample news" in await text_of(browser, path), path
        for path in ("/stories/2", "/events/2", "/search?q=own"):
            assert "Sample news" not in await text_of(browser, path), path


async def test_a_source_without_a_name_goes_by_its_host_and_then_by_its_file(store: Store, clock: ManualClock) -> None:
    at = NOON - timedelta(hours=1)
    async with store.writing() as conn:
        for name, origin in (
            ("x1.json", Origin(at, url="https://www.harbour.example/1")),
            ("tide-table.txt", Origin(at)),
        ):
            analysis = make_analysis(f"The council met about {name}.", headline=f"News of {name}")
            await documents.store_document(conn, name, make_file_facts(name), [analysis], now=at, origins=[origin])
    async with open_browser(store, clock) as browser:
        assert ">harbour.example</a>" in await text_of(browser, "/stories/1")
        assert ">Tide Table</span>" in await text_of(browser, "/stories/2")
