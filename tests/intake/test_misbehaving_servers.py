"""Each way in which a feed's server may misbehave: what comes of it, and that the others come in meanwhile."""

from __future__ import annotations

import asyncio
import time
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.intake.feed_fetcher import Feed, FeedFetcher, FetchResult, FetchTimes
from bot.intake.feeds import FeedPoller
from bot.intake.pipeline import Intake
from bot.intake.retry_times import requested_pause
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.rejections import RejectReason
from bot.settings import IntakeSettings, SummarySettings
from tests.intake.conftest import IntakeHarness, leave_ungrouped
from tests.intake.misbehaving_server import BEHAVIOURS, MisbehavingServer, serve

TIMES = FetchTimes()
SHORT_TIMES = FetchTimes(total=1.5, connect=1.0, read=1.0)
"""Seconds, short so that servers which never end are given up soon."""

MAX_BYTES = 400_000


@dataclass(frozen=True)
class Outcome:
    """What has to come of a behaviour: a reason, or a number of stories."""

    reason: RejectReason | None = None
    stories: int = 0
    too_long: bool = False


FAILED = Outcome(RejectReason.FETCH_FAILED)
TOO_LONG = Outcome(RejectReason.FETCH_FAILED, too_long=True)
PRIVATE = Outcome(RejectReason.PRIVATE_ADDRESS)
REFUSED = Outcome(RejectReason.HTTP_ERROR)
NO_FEED = Outcome(RejectReason.NOT_A_FEED)
TOO_LARGE = Outcome(RejectReason.DOWNLOAD_TOO_LARGE)
READ = Outcome(stories=2)
ONE = Outcome(stories=1)

OUTCOMES = {
    "redirect_to_loopback": PRIVATE,
    "redirect_to_loopback_by_name": PRIVATE,
    "redirect_to_metadata": PRIVATE,
    "redirect_to_private_network": PRIVATE,
    "redirect_to_file": FAILED,
    "redirect_in_a_circle": FAILED,
    "redirect_nowhere": REFUSED,
    "redirect_to_no_address": FAILED,
    "redirect_of_nine_kilobytes": FAILED,
    "redirect_once": READ,
    "good": READ,
    "never_answers": TOO_LONG,
    "drips_its_headers": TOO_LONG,
    "drips_its_body": TOO_LONG,
    "stops_in_the_middle": TOO_LONG,
    "closes_at_once": FAILED,
    "resets_the_connection": FAILED,
    "speaks_no_http": FAILED,
    "speaks_http_0_9": FAILED,
    "sends_headers_without_end": FAILED,
    "sends_a_header_without_end": FAILED,
    "sends_a_long_status": FAILED,
    "answers_early_hints_first": READ,
    "sends_a_second_answer": READ,
    "body_without_end": TOO_LARGE,
    "chunks_without_end": TOO_LARGE,
    "bad_chunks": FAILED,
    "chunks_cut_off": FAILED,
    "length_too_great": FAILED,
    "length_too_small": FAILED,
    "length_negative": FAILED,
    "two_lengths": FAILED,
    "gzip_bomb": TOO_LARGE,
    "gzip_twice": Outcome(RejectReason.ARCHIVE),
    "gzip_broken": FAILED,
    "gzip_claimed": FAILED,
    "deflate": READ,
    "encoding_not_asked_for": FAILED,
    "unasked_304": REFUSED,
    "body_with_304": READ,
    "etag_that_changes": READ,
    "etag_that_can_t_be_sent": READ,
    "etag_of_seven_kilobytes": READ,
    "cookies": READ,
    "too_many_requests": REFUSED,
    "busy_until_a_date": REFUSED,
    "busy_for_a_century": REFUSED,
    "busy_for_nonsense": REFUSED,
    "gone": REFUSED,
    "wants_a_password": REFUSED,
    "a_part_only": REFUSED,
    "nothing": Outcome(RejectReason.EMPTY),
    "blanks_only": Outcome(RejectReason.EMPTY),
    "a_page": NO_FEED,
    "an_error_page": NO_FEED,
    "json_of_an_internal_service": Outcome(RejectReason.NOT_A_JSON_FEED),
    "xml_of_an_internal_service": NO_FEED,
    "a_picture": Outcome(RejectReason.NOT_TEXT),
    "charset_that_lies": ONE,
    "charset_in_the_header_only": ONE,
    "charset_that_nobody_knows": READ,
    "type_that_lies": READ,
    "blanks_before_the_declaration": READ,
    "feed_cut_off": READ,
    "entity_bomb": ONE,
    "entity_of_a_file": ONE,
    "two_thousand_entries": Outcome(stories=500),
    "one_id_for_all": Outcome(stories=3),
    "author_of_hundred_thousand_letters": READ,
    "ids_that_change": READ,
}


@pytest_asyncio.fixture
async def server() -> AsyncIterator[MisbehavingServer]:
    async with serve() as server:
        yield server


def make_intake(harness: IntakeHarness, threads: DeadlineExecutor, settings: IntakeSettings) -> Intake:
    return Intake(harness.store, settings, SummarySettings(), threads, harness.clock, assign_events=leave_ungrouped)


@pytest.fixture
def fetcher(harness: IntakeHarness, threads: DeadlineExecutor) -> FeedFetcher:
    settings = IntakeSettings(max_bytes=MAX_BYTES)
    return FeedFetcher(make_intake(harness, threads, settings), settings, TIMES)


async def fetch(fetcher: FeedFetcher, address: str, times: int = 1) -> list[FetchResult]:
    """Fetch a feed, each time as a new process would."""
    results = []
    for _ in range(times):
        async with fetcher.open_session() as session:
            results.append(await fetcher.fetch(session, Feed.at(address)))
    return results


def test_every_behaviour_has_its_outcome() -> None:
    assert OUTCOMES.keys() == BEHAVIOURS.keys()
    assert len(BEHAVIOURS) >= 40


@pytest.mark.parametrize("name", BEHAVIOURS)
async def test_a_misbehaving_server_gets_what_is_stated(
    server: MisbehavingServer, harness: IntakeHarness, threads: DeadlineExecutor, name: str
) -> None:
    times = SHORT_TIMES if OUTCOMES[name].too_long else TIMES
    settings = IntakeSettings(max_bytes=MAX_BYTES)
    fetcher = FeedFetcher(make_intake(harness, threads, settings), settings, times)
    began = time.monotonic()
    (result,) = await fetch(fetcher, server.address(name))
    assert (result.rejection and result.rejection.reason, result.report.stories) == (
        OUTCOMES[name].reason,
        OUTCOMES[name].stories,
    )
    assert server.private_requests == 0
    assert time.monotonic() - began < TIMES.total


async def test_good_sources_come_in_while_all_others_misbehave(
    server: MisbehavingServer, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    addresses = [server.address(name) for name in BEHAVIOURS]
    settings = IntakeSettings(feeds=tuple(addresses), max_bytes=MAX_BYTES)
    poller = FeedPoller(make_intake(harness, threads, settings), settings, FetchTimes(total=10, connect=5, read=5))
    report = await poller.fetch()
    refused = {name for name, outcome in OUTCOMES.items() if outcome.reason is not None}
    assert len(report.rejected) == len(refused)
    assert server.private_requests == 0
    assert {line.headline for line in await harness.lines()} >= {"Bridge 1", "Bridge 2", "Мост открыт"}


async def test_many_large_answers_take_bounded_memory(
    server: MisbehavingServer, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    settings = IntakeSettings(max_bytes=10_000_000)
    fetcher = FeedFetcher(make_intake(harness, threads, settings), settings, FetchTimes(total=60))
    feeds = [Feed.at(f"{server.address('body_without_end')}?{number}") for number in range(30)]
    tracemalloc.start()
    async with fetcher.open_session() as session:
        results = await asyncio.gather(*(fetcher.fetch(session, feed) for feed in feeds))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {result.rejection and result.rejection.reason for result in results} == {RejectReason.DOWNLOAD_TOO_LARGE}
    assert peak < 30 * 10_000_000 / 4  # all of them at once would take four times as much


@pytest.mark.parametrize("name", ["body_with_304", "etag_that_changes", "cookies", "ids_that_change", "good"])
async def test_a_feed_that_is_the_same_is_told_once(server: MisbehavingServer, fetcher: FeedFetcher, name: str) -> None:
    first, *later = await fetch(fetcher, server.address(name), times=3)
    assert first.report.stories == 2
    assert [(each.rejection, each.report.stories) for each in later] == [(None, 0)] * 2


@pytest.mark.parametrize("name", ["etag_that_can_t_be_sent", "etag_of_seven_kilobytes", "cookies"])
async def test_what_can_t_be_believed_is_not_sent_back(
    server: MisbehavingServer, fetcher: FeedFetcher, name: str
) -> None:
    await fetch(fetcher, server.address(name), times=2)
    second = server.requests[name][1].lower()
    assert "if-none-match" not in second
    assert "cookie:" not in second


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("too_many_requests", 3_600, 3_600), ("busy_for_a_century", 86_400, 86_400), ("busy_until_a_date", 0, 86_400)],
)
async def test_a_server_s_pause_is_heard_and_bounded(
    server: MisbehavingServer, fetcher: FeedFetcher, name: str, low: float, high: float
) -> None:
    (result,) = await fetch(fetcher, server.address(name))
    assert result.pause is not None
    assert low <= result.pause <= high


@pytest.mark.parametrize(
    ("headers", "status", "pause"),
    [
        ({"Retry-After": "120"}, 429, 120),
        ({"Retry-After": "Mon, 30 Nov 2026 12:10:00 GMT"}, 503, 600),
        ({"Retry-After": "Mon, 30 Nov 2026 11:00:00 GMT"}, 503, 0),
        ({"Retry-After": "-5"}, 503, None),
        ({"Cache-Control": "public, max-age=900"}, 200, 900),
        ({"Cache-Control": "max-age=900, no-cache"}, 200, None),
        ({"Cache-Control": "max-age=900"}, 500, None),
        ({"Cache-Control": "s-maxage=900"}, 200, None),
        ({}, 200, None),
    ],
)
def test_pauses_are_read_as_servers_write_them(headers: dict[str, str], status: int, pause: float | None) -> None:
    assert requested_pause(headers, status, datetime(2026, 11, 30, 12, tzinfo=UTC)) == pause


async def test_no_entity_and_no_file_is_in_a_headline(
    server: MisbehavingServer, fetcher: FeedFetcher, harness: IntakeHarness
) -> None:
    await asyncio.gather(*(fetch(fetcher, server.address(name)) for name in ("entity_bomb", "entity_of_a_file")))
    headlines = [line.headline for line in await harness.lines()]
    assert len(headlines) == 2
    assert not any("lol" in headline or "root" in headline for headline in headlines)


async def test_a_failure_ends_with_an_unchanged_answer(
    server: MisbehavingServer, fetcher: FeedFetcher, harness: IntakeHarness
) -> None:
    address = server.address("body_with_304")
    await fetch(fetcher, address)
    original, BEHAVIOURS["body_with_304"] = BEHAVIOURS["body_with_304"], BEHAVIOURS["gone"]
    try:
        (failed,) = await fetch(fetcher, address)
    finally:
        BEHAVIOURS["body_with_304"] = original
    assert failed.rejection is not None
    assert "rejected" in {status.value for status in (await harness.statuses()).values()}
    (again,) = await fetch(fetcher, address)
    assert (again.rejection, again.report.new) == (None, 0)
    assert "rejected" not in {status.value for status in (await harness.statuses()).values()}
