"""Feeds over HTTP on loopback: new entries are stored, old ones kept, failures recorded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.i18n import words
from bot.intake.feeds import FeedPoller
from bot.intake.pipeline import Intake
from bot.intake.types import ScanReport
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.audience import Audience
from bot.newsroom.feed_addresses import feed_path
from bot.newsroom.models import DocumentStatus
from bot.newsroom.rejections import Rejection, RejectReason
from bot.newsroom.sources import IdentityRule, SourceOptions, new_source
from bot.rendering.layout import Paragraph
from bot.rendering.pages.stories import story_page
from bot.settings import IntakeSettings, SummarySettings
from bot.store import sources, story_rows
from tests.intake.conftest import IntakeHarness, leave_ungrouped, story_text


def rss(*numbers: int) -> str:
    items = "".join(
        f"<item><guid>{at}</guid><title>Bridge {at}</title><link>https://x.example/{at}</link>"
        f"<description>{story_text(at)}</description></item>"
        for at in numbers
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>"


class FeedServer:
    """A server with one feed; `respond` replaces its answer."""

    def __init__(self) -> None:
        self.body = rss(1, 2)
        self.requests: list[dict[str, str]] = []
        self.respond: Callable[[web.Request], Awaitable[web.StreamResponse]] | None = None

    async def feed(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(dict(request.headers))
        if self.respond is not None:
            return await self.respond(request)
        etag = f'"{hash(self.body)}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(text=self.body, content_type="application/rss+xml", headers={"ETag": etag})


@pytest.fixture
def site() -> FeedServer:
    return FeedServer()


@pytest_asyncio.fixture
async def address(site: FeedServer) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/feed", site.feed)
    async with TestServer(app) as server:
        yield str(server.make_url("/feed"))


def make_poller(
    harness: IntakeHarness, threads: DeadlineExecutor, *addresses: str, oldest_days: float = 3
) -> FeedPoller:
    settings = IntakeSettings(feeds=addresses, max_bytes=50_000, oldest_days=oldest_days)
    intake = Intake(harness.store, settings, SummarySettings(), threads, harness.clock, assign_events=leave_ungrouped)
    return FeedPoller(intake, settings)


async def rejection(poller: FeedPoller) -> Rejection:
    """Fetch, and return why the one feed is rejected."""
    ((_, rejection),) = (await poller.fetch()).rejected
    return rejection


async def test_entries_are_stored_once(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    reader = make_poller(harness, threads, address)
    assert await reader.fetch() == ScanReport(files=2, new=2, stories=2)
    lines = await harness.lines()
    assert sorted(line.headline for line in lines) == ["Bridge 1", "Bridge 2"]
    assert {line.ref.source for line in lines} == {"Harbour Post"}
    assert all(line.ref.path.startswith(f"{feed_path(address)}#") for line in lines)
    assert await reader.fetch() == ScanReport()
    assert "If-None-Match" in site.requests[1]


async def test_entries_that_left_the_feed_are_kept_and_changed_ones_replaced(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    await make_poller(harness, threads, address).fetch()
    site.body = rss(2, 3).replace("number 2 over", "number 2 under")
    assert await make_poller(harness, threads, address).fetch() == ScanReport(files=2, new=1, changed=1, stories=2)
    assert sorted(line.headline for line in await harness.lines()) == ["Bridge 1", "Bridge 2", "Bridge 3"]
    site.body = rss(2, 3).replace("number 2 over", "number 2 under") + "<!-- later -->"
    assert await make_poller(harness, threads, address).fetch() == ScanReport(files=2, unchanged=2)


@pytest.mark.parametrize(
    ("oldest_days", "new"),
    [(3, {"Bridge 1"}), (30, {"Bridge 1", "Bridge 2"}), (0, {"Bridge 1", "Bridge 2", "Bridge 3"})],
)
async def test_the_archive_that_a_new_feed_brings_is_no_news(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor, oldest_days: float, new: set[str]
) -> None:
    now = harness.clock()
    dates = {1: now - timedelta(days=2), 2: now - timedelta(days=20), 3: now - timedelta(days=2000)}
    for number, date in dates.items():
        site.body = rss(*dates) if number == 1 else site.body
        site.body = site.body.replace(
            f"<guid>{number}</guid>", f"<guid>{number}</guid><pubDate>{format_datetime(date)}</pubDate>"
        )
    reader = make_poller(harness, threads, address, oldest_days=oldest_days)
    assert (await reader.fetch()).new == 3
    lines = await harness.lines()
    assert {line.headline for line in lines if line.arrived_at == now} == new
    assert all(line.arrived_at == line.published_at for line in lines if line.headline not in new)


async def test_a_scan_of_the_folder_leaves_feeds_alone(
    address: str, harness: IntakeHarness, threads: DeadlineExecutor, open_harness: Callable[..., IntakeHarness]
) -> None:
    await make_poller(harness, threads, address).fetch()
    assert await open_harness(harness.store).intake.scan() == ScanReport()
    assert len(await harness.lines()) == 2


async def test_a_failure_is_stored_until_the_feed_works_again(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    async def broken(_: web.Request) -> web.Response:
        return web.Response(status=503, reason="Busy")

    site.respond = broken
    report = await make_poller(harness, threads, address).fetch()
    assert report.rejected == ((address, Rejection(RejectReason.HTTP_ERROR, {"status": "503 Busy"})),)
    assert (await harness.statuses())[feed_path(address)] is DocumentStatus.REJECTED
    site.respond = None
    assert (await make_poller(harness, threads, address).fetch()).new == 2
    assert (await harness.statuses())[feed_path(address)] is DocumentStatus.WITHDRAWN


async def test_an_endless_feed_is_rejected(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"x" * 65_536)

    site.respond = endless
    assert await rejection(make_poller(harness, threads, address)) == Rejection(
        RejectReason.DOWNLOAD_TOO_LARGE, {"max_bytes": 50_000}
    )


@pytest.mark.parametrize("target", ["/feed", "file:///etc/passwd", "ftp://x.example/"])
async def test_redirects_are_limited(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor, target: str
) -> None:
    async def onward(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": target})

    site.respond = onward
    assert (await rejection(make_poller(harness, threads, address))).reason is RejectReason.FETCH_FAILED
    assert len(site.requests) <= 6


async def test_a_server_that_does_not_answer_is_rejected(harness: IntakeHarness, threads: DeadlineExecutor) -> None:
    reasons = await rejection(make_poller(harness, threads, "http://127.0.0.1:1/feed"))
    assert reasons == Rejection(RejectReason.FETCH_FAILED, {"error": "no connection (Connection refused)"})


async def test_a_page_in_place_of_a_feed_is_rejected(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    site.body = "<!doctype html><html><body><p>Moved.</p></body></html>"
    assert (await rejection(make_poller(harness, threads, address))).reason is RejectReason.NOT_A_FEED


async def test_a_password_in_an_address_is_not_stored(
    address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    await make_poller(harness, threads, address.replace("http://", "http://reader:secret@")).fetch()
    lines = await harness.lines()
    assert len(lines) == 2
    assert not any("secret" in line.ref.path for line in lines)


async def test_a_json_feed_is_read(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    items = [{"content_text": story_text(4)}]
    site.body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items})
    assert (await make_poller(harness, threads, address).fetch()).new == 1
    assert (await harness.lines())[0].ref.source == "Post"


async def test_a_source_that_is_added_while_the_program_runs_is_read(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    async with harness.store.writing() as conn:
        paused = await sources.add_source(conn, new_source(f"{address}?paused", harness.clock()))
        assert paused is not None
        await sources.update_source(conn, replace(paused, paused_at=harness.clock()))
    fetched = asyncio.Event()
    settings = IntakeSettings()
    intake = Intake(harness.store, settings, SummarySettings(), threads, harness.clock, assign_events=leave_ungrouped)
    poller = FeedPoller(intake, settings, on_fetch=lambda _: fetched.set())
    running = asyncio.create_task(poller.run())
    try:
        async with harness.store.writing() as conn:
            added = await sources.add_source(conn, new_source(address, harness.clock()))
        async with asyncio.timeout(60):
            await fetched.wait()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert added is not None
    async with harness.store.reading() as conn:
        read = await sources.find_source(conn, added.id)
    assert read is not None
    assert (read.status, read.title, read.items_a_day(harness.clock())) == ("ok", "Harbour Post", 2)
    assert read.next_at is not None
    assert read.next_at > harness.clock()
    assert len(site.requests) == 1


async def test_another_programs_settings_stay_and_are_read_by_it_alone(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    await make_poller(harness, threads, address).fetch()
    assert (await make_poller(harness, threads, f"{address}?own").fetch()).new == 2
    assert len(site.requests) == 2
    async with harness.store.reading() as conn:
        assert [each.url for each in await sources.list_sources(conn)] == [address, f"{address}?…"]


async def test_each_server_gets_its_own_stories_of_one_address(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    async with harness.store.writing() as conn:
        for guild_id in (7, 8):
            await sources.add_source(conn, new_source(address, harness.clock(), guild_id=guild_id))
    assert (await make_poller(harness, threads).fetch()).stories == 4
    assert (await make_poller(harness, threads).fetch()) == ScanReport()
    async with harness.store.reading() as conn:
        counts = [await story_rows.count_stories(conn, Audience(guild_id)) for guild_id in (7, 8, None)]
    assert counts == [2, 2, 0]


async def test_a_server_that_asks_for_time_is_left_alone_by_hand_too(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    async def refuse(_: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "600"})

    site.respond = refuse
    assert (await make_poller(harness, threads, address).fetch()).rejected
    site.respond = None
    assert await make_poller(harness, threads, address).fetch() == ScanReport()
    harness.clock.advance(minutes=11)
    assert (await make_poller(harness, threads, address).fetch()).new == 2
    assert await make_poller(harness, threads, address).fetch(only_due=True) == ScanReport()
    assert len(site.requests) == 2


async def test_a_sources_options_decide_about_its_entries(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    site.body = rss(1).replace(
        "</guid>", "</guid><pubDate>20 Nov 2026 12:00</pubDate><category>Sports</category><category>xyz</category>"
    )
    options = SourceOptions(timezone="Asia/Tokyo", identity=IdentityRule.CONTENT, trust_categories=True)
    async with harness.store.writing() as conn:
        await sources.add_source(conn, new_source(address, harness.clock(), options=options))
    await make_poller(harness, threads).fetch()
    (line,) = await harness.lines()
    assert line.published_at == datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert line.topics[0].slug == "sport"
    site.body = site.body.replace("Bridge 1", "Bridge 1 again")
    assert (await make_poller(harness, threads).fetch()).new == 1
    assert len(await harness.lines()) == 2


async def test_an_entry_without_a_text_is_told_by_its_headline_once(
    site: FeedServer, address: str, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    site.body = "<rss version='2.0'><channel><item><title>Quake strikes off Chile</title></item></channel></rss>"
    assert (await make_poller(harness, threads, address).fetch()).new == 1
    (line,) = await harness.lines()
    async with harness.store.reading() as conn:
        story = await story_rows.get_story(conn, line.id)
    assert story is not None
    assert story.is_brief
    told = [block.plain for block in story_page(story, words("en")).blocks if isinstance(block, Paragraph)]
    assert told[:2] == ["Quake strikes off Chile", "The source gives only this headline."]
    assert sum("Quake" in text for text in told) == 1
