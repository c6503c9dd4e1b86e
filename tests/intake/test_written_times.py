"""Times as feeds, pages and other programs write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.readers.metadata import parse_time
from bot.intake.readers.syndication import feed_entries
from summarizers.text.tables import load_table


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        # zones by name
        ("Mon, 30 Nov 2026 06:00:00 PST", at(30, 14)),
        ("Mon, 30 Nov 2026 06:00:00 EST", at(30, 11)),
        ("Mon, 30 Nov 2026 06:00:00 CEST", at(30, 4)),
        ("Mon, 30 Nov 2026 06:00:00 AEST", at(29, 20)),
        ("Mon, 30 Nov 2026 06:00:00 IST", at(30, 0, 30)),
        ("Mon, 30 Nov 2026 06:00:00 MESZ", at(30, 4)),
        ("Mon, 30 Nov 2026 06:00:00 America/Los_Angeles", at(30, 14)),
        ("Wed, 15 Jul 2026 06:00:00 Europe/Paris", at(15, 4, month=7)),
        ("2026-11-30 06:00 Asia/Kolkata", at(30, 0, 30)),
        ("Mon, 30 Nov 2026 06:00:00 Z", at(30, 6)),
        ("Mon, 30 Nov 2026 06:00:00 UT", at(30, 6)),
        ("Nov 30, 2026, 6:00 a.m. ET", at(30, 11)),
        ("July 15, 2026 6:00 PM (PT)", at(16, 1, month=7)),
        ("15 juillet 2026 6:00 et", at(15, 6, month=7)),
        # offsets
        ("Mon, 30 Nov 2026 06:00:00 GMT+7", at(29, 23)),
        ("Mon, 30 Nov 2026 06:00:00 UTC-03:30", at(30, 9, 30)),
        ("Mon, 30 Nov 2026 06:00:00 +0200 (EET)", at(30, 4)),
        ("Mon, 30 Nov 2026 06:00 +0200", at(30, 4)),
        ("Mon Nov 30 2026 06:00:00 GMT+0100 (Central European Standard Time)", at(30, 5)),
        ("2026-11-30T06:00:33+01:00", at(30, 5, second=33)),
        ("2026-11-30T06:00:33.123-0500", at(30, 11, second=33) + timedelta(milliseconds=123)),
        ("2026-11-30T06:00:00−03:00", at(30, 9)),
        # none: UTC
        ("2026-11-30 06:00:33", at(30, 6, second=33)),
        ("20261130T060000Z", at(30, 6)),
        ("2026-11-30", at(30)),
        ("2026/11/30 06:00", at(30, 6)),
        ("2026-11-29T24:00:00Z", at(30)),
        ("Sun, 29 Nov 2026 24:00:00 GMT", at(30)),
        # e-mail's form, bent
        ("Fri, 18 Sept 2026 15:53:56 +0300", at(18, 12, 53, month=9, second=56)),
        ("Mon, Nov 30 2026 06:00:00 -0400", at(30, 10)),
        ("Nov 29, 2026", at(29)),
        ("30 Nov 26 06:00 GMT", at(30, 6)),
        ("30-Nov-2026 06:00:00", at(30, 6)),
        ("30 November 2026 - 06:01", at(30, 6, 1)),
        ("November 30, 2026 6:01 PM", at(30, 18, 1)),
        # other languages
        ("Mo, 30 Nov 2026 06:00:00 +0100", at(30, 5)),
        ("Di, 01 Dez 2026 06:00:00 +0100", at(1, 5, month=12)),
        ("lun., 30 nov. 2026 06:00:00 +0100", at(30, 5)),
        ("mar., 01 déc. 2026 06:00:00 +0100", at(1, 5, month=12)),
        ("пн, 30 ноя 2026 06:00:00 +0300", at(30, 3)),
        ("30 de noviembre de 2026 06:00", at(30, 6)),
        ("Pzt, 30 Kas 2026 06:00:00 +0300", at(30, 3)),
        ("pon., 30 lis 2026 06:00:00 +0100", at(30, 5)),
        ("30.11.2026 06:00", at(30, 6)),
        ("30. 11. 2026, 06:00 MEZ", at(30, 5)),
        ("2026年11月30日 06:00", at(30, 6)),
        ("2026年11月30日 下午6:05", at(30, 18, 5)),
        ("2026년 11월 30일 06:00", at(30, 6)),
        ("٣٠ نوفمبر ٢٠٢٦", at(30)),
        ("mar, 30 jun 2026 06:05 +0000", at(30, 6, 5, month=6)),
        ("יום ו׳, 30 ינו׳ 2026 06:05:00", at(30, 6, 5, month=1)),
        ("30 \u05d1ינו׳ 2026, 6:05:00", at(30, 6, 5, month=1)),
        ("30\u200f/11\u200f/2026، 6:05:00 م", at(30, 18, 5)),
        ("30/11/26, 6:05\u202fμ.μ.", at(30, 18, 5)),
        ("2026. 11. 30. 오후 6:05", at(30, 18, 5)),
        ("月, 30 11月 2026 06:05:00 +0900", at(29, 21, 5)),
        # years of two figures, and no signs at all
        ("30.11.26 06:05", at(30, 6, 5)),
        ("11/30/26, 12:05 AM", at(30, 0, 5)),
        ("Mon, 30-Nov-26 06:05:00 GMT", at(30, 6, 5)),
        ("202611300605", at(30, 6, 5)),
        ("20261130060533", at(30, 6, 5, second=33)),
        ("20261130", at(30)),
        (20261130, at(30)),
        # seconds and their parts
        ("1796018400", datetime.fromtimestamp(1796018400, UTC)),
        (1796018400, datetime.fromtimestamp(1796018400, UTC)),
        (1796018400000, datetime.fromtimestamp(1796018400, UTC)),
        ("1796018400000", datetime.fromtimestamp(1796018400, UTC)),
        (1796018400000000, datetime.fromtimestamp(1796018400, UTC)),
        ("1796018400000000000", datetime.fromtimestamp(1796018400, UTC)),
    ],
)
def test_a_time_is_read_as_it_is_meant(written: object, moment: datetime) -> None:
    assert parse_time(written) == moment


@pytest.mark.parametrize(
    "written",
    [
        *("", "yesterday", "0001-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 +0000", 0, "0", "9999-12-31", True, None),
        *(2026, "2026-13-45", -1796018400, 86_400, "12 جمادى الأولى 1448", "1405/09/09", "30 พฤศจิกายน 2569"),
        *("32.13.2026", "Mon, 31 Feb 2026 06:00:00 GMT", "1446-05-12", "2026", "99999999999999999999", [], {}),
    ],
)
def test_what_is_no_time_of_news_is_none(written: object) -> None:
    assert parse_time(written) is None


@given(
    st.integers(631_152_000, 4_102_444_800).map(
        lambda seconds: datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    ),
    st.integers(-12 * 4, 14 * 4),
)
def test_what_programs_write_is_read_back(moment: datetime, quarters: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=15 * quarters)))
    for written in (
        aware.isoformat(),
        aware.strftime("%a, %d %b %Y %H:%M:%S %z"),
        aware.strftime("%Y-%m-%d %H:%M:%S %z"),
    ):
        assert parse_time(written) == aware, written


@given(st.text(max_size=120))
def test_any_text_gives_a_time_or_none(text: str) -> None:
    moment = parse_time(text)
    assert moment is None or moment.tzinfo is UTC


@pytest.mark.parametrize("language", sorted(load_table("calendar.json").keys() - {"source", "any"}))
@pytest.mark.parametrize("month", range(1, 13))
def test_a_date_is_read_in_every_language_of_the_calendar(language: str, month: int) -> None:
    moment = datetime(2026, month, 27, 6, 5, 33, tzinfo=UTC)
    for form in ("EEE, d MMM yyyy HH:mm:ss +0000", "EEEE d MMMM yyyy HH:mm:ss", "EEE d MMM yyyy HH:mm:ss 'GMT'"):
        written = format_datetime(moment, form, tzinfo=UTC, locale=language)
        assert parse_time(written) == moment, written
    for style in ("full", "long", "medium"):
        written = format_datetime(moment, style, tzinfo=UTC, locale=language)
        read = parse_time(written)
        assert read is not None, written
        assert read.date() == moment.date(), written


def test_a_time_without_a_zone_is_one_of_the_source_s() -> None:
    zone = ZoneInfo("Europe/Athens")
    assert parse_time("30.11.2026 06:00", zone=zone) == at(30, 4)
    assert parse_time("2026-07-15T06:00", zone=zone) == at(15, 3, month=7)
    assert parse_time("Mon, 30 Nov 2026 06:00:00 GMT", zone=zone) == at(30, 6)
    assert parse_time("06:00 MEZ, 30.11.2026", zone=zone) == at(30, 5)
    assert parse_time(1796018400, zone=zone) == datetime.fromtimestamp(1796018400, UTC)


def test_a_feed_s_dates_are_read_the_same_way() -> None:
    items = "".join(
        f"<item><title>Harbour opens {number}</title><description>The harbour was opened.</description>"
        f"<pubDate>{date}</pubDate></item>"
        for number, date in enumerate(("2026年11月30日 06:00", "Mon, 30 Nov 2026 06:00:00 AEST", "soon"))
    )
    feed = feed_entries(f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode())
    assert [part.published for _, part in feed.entries] == [at(30, 6), at(29, 20), None]
