"""Sources: when each is fetched next, what its state is, and which addresses can be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import InputInvalid
from bot.newsroom.feed_addresses import redact_address
from bot.newsroom.rejections import Rejection, RejectReason
from bot.newsroom.sources import (
    FetchOutcome,
    IdentityRule,
    Source,
    SourceOptions,
    SourceStatus,
    after_fetch,
    new_source,
    source_path,
    with_addresses,
)
from tests.clock import NOON

FEED = new_source("https://h.example/feed", NOON)
GONE = FetchOutcome(Rejection(RejectReason.HTTP_ERROR, {"status": "404"}))


def pause_after(source: Source) -> timedelta:
    assert source.next_at is not None
    assert source.health.tried_at is not None
    return source.next_at - source.health.tried_at


def test_the_pause_grows_while_nothing_comes_and_shrinks_with_news() -> None:
    source, pauses = FEED, []
    for _ in range(12):
        source = after_fetch(source, FetchOutcome(), NOON)
        pauses.append(pause_after(source))
    assert timedelta(minutes=7) < pauses[0] < timedelta(minutes=8)
    assert timedelta(minutes=55) < pauses[-1] < timedelta(minutes=65)
    busy = after_fetch(after_fetch(source, FetchOutcome(new=3), NOON), FetchOutcome(new=1), NOON)
    assert pause_after(busy) < timedelta(minutes=17)
    for _ in range(5):
        busy = after_fetch(busy, FetchOutcome(new=1), NOON)
    assert pause_after(busy) > timedelta(minutes=4)


def test_failures_in_a_row_double_the_pause_up_to_six_hours() -> None:
    source, pauses = FEED, []
    for _ in range(1_200):
        source = after_fetch(source, GONE, NOON)
        pauses.append(pause_after(source))
    assert pauses[1] > 1.7 * pauses[0]
    assert all(timedelta(hours=5.5) < pause < timedelta(hours=6.5) for pause in pauses[8:])
    assert source.health.failures == 1_200
    assert source.status is SourceStatus.FAILING
    recovered = after_fetch(source, FetchOutcome(new=1, title="  The\n Post "), NOON)
    assert recovered.status is SourceStatus.OK
    assert recovered.health.error is None
    assert recovered.title == "The Post"


@pytest.mark.parametrize("outcome", [FetchOutcome(pause=7200), replace(GONE, pause=7200)])
def test_no_pause_is_shorter_than_the_server_asks_for(outcome: FetchOutcome) -> None:
    assert pause_after(after_fetch(FEED, outcome, NOON)) >= timedelta(hours=2)


def test_an_operators_interval_holds_whatever_comes() -> None:
    source = replace(FEED, options=SourceOptions(interval_minutes=720))
    for outcome in (FetchOutcome(new=9), FetchOutcome(), GONE):
        source = after_fetch(source, outcome, NOON)
        assert timedelta(hours=11) < pause_after(source)


def test_sources_that_were_added_at_once_are_not_fetched_at_once() -> None:
    added = [new_source(f"https://h.example/{number}", NOON) for number in range(300)]
    times = {after_fetch(each, FetchOutcome(), NOON).next_at for each in added}
    assert len(times) > 250


def test_items_a_day_count_the_last_week_only() -> None:
    source = FEED
    for day in range(20):
        source = after_fetch(source, FetchOutcome(new=4), NOON + timedelta(days=day))
    assert source.items_a_day(NOON + timedelta(days=19)) == 4
    assert len(source.health.new_by_day) == 7
    assert source.items_a_day(NOON + timedelta(days=40)) == 0


def test_an_own_source_has_another_path_in_each_server() -> None:
    url = "https://h.example/feed"
    assert len({source_path(url, None), source_path(url, 7), source_path(url, 8)}) == 3
    assert source_path(url, None) == FEED.path


def test_an_address_with_a_fragment_is_the_address_without() -> None:
    source = new_source(" https://h.example/feed#latest ", NOON)
    assert (source.url, source.path) == ("https://h.example/feed", FEED.path)


@pytest.mark.parametrize("rest", ["", "?key=abc12345678", "#abc12345678", "/k/0123456789abcdef0123?a=1#part"])
def test_a_source_of_the_settings_gets_back_its_whole_address(rest: str) -> None:
    address = f"https://joe:secretword@h.example/feed{rest}"
    source = new_source(address, NOON, configured=True)
    assert source.path == source_path(address, None)
    stored = replace(source, url=redact_address(source.url))
    assert with_addresses([stored], [address]) == [replace(source, url=address)]


@pytest.mark.parametrize("url", ["", "feed", "ftp://h.example", "http://", "http://h.example/a b", "https://h:99999/"])
def test_what_can_be_no_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(InputInvalid, match=r"has|begin"):
        new_source(url, NOON)


def test_members_see_a_title_or_the_host_and_no_key() -> None:
    source = new_source("https://user:secretword@h.example/k/0123456789abcdef0123/feed?token=abc12345678", NOON)
    assert source.name == "h.example"
    shown = source.shown_url + source.label
    assert "secretword" not in shown
    assert "abc12345678" not in shown
    assert "0123456789abcdef0123" not in shown
    assert source.shown_url.startswith("https://user:…@h.example/k/")


@pytest.mark.parametrize(
    "options",
    [
        SourceOptions(interval_minutes=0),
        SourceOptions(oldest_days=-1),
        SourceOptions(language="no such language"),
        SourceOptions(timezone="Europe/Berln"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: SourceOptions) -> None:
    with pytest.raises(InputInvalid):
        options.checked()


def test_options_come_back_as_they_were_stored() -> None:
    options = SourceOptions(30, "de-AT", "europe/vienna", IdentityRule.LINK_TITLE, True, 1.5).checked()
    assert SourceOptions.from_row({**options.to_row(), "of-another-version": 1}) == options
    assert (options.language, options.timezone) == ("de", "Europe/Vienna")
    assert SourceOptions().to_row() == {}
