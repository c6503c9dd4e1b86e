"""When an event breaks, and what may be typed as a rule for alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputInvalid
from bot.newsroom.alerts import (
    ALERT_WINDOW,
    MAX_ALERT_SOURCES,
    AlertReport,
    breaking_at,
    day_of,
    format_alerts,
    is_quiet,
    parse_alerts,
)
from bot.newsroom.models import AlertRules

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def report(number: int, minutes: float = 0, **values: object) -> AlertReport:
    """A report of a newsroom of its own, so many minutes after noon."""
    at = NOON + minutes * MINUTE
    own = AlertReport(number, number, at, at, f"paper {number}", f"https://www.paper-{number}.example/{number}")
    return replace(own, **values)  # type: ignore[arg-type]


def test_an_event_breaks_with_the_last_newsroom_that_is_needed() -> None:
    reports = [report(1), report(2, 20), report(3, 40), report(4, 50)]
    assert breaking_at(reports, 3) == NOON + 40 * MINUTE
    assert breaking_at(reports[::-1], 3) == NOON + 40 * MINUTE
    assert breaking_at(reports[:2], 3) is None


def test_the_newsrooms_have_it_within_an_hour() -> None:
    assert breaking_at([report(1), report(2, 30), report(3, 60)], 3) == NOON + ALERT_WINDOW
    assert breaking_at([report(1), report(2, 30), report(3, 60.1)], 3) is None
    assert breaking_at([report(1), report(2, 30), report(3, 61), report(4, 70)], 3) == NOON + 70 * MINUTE


@pytest.mark.parametrize(
    "again",
    [
        {"source": "paper 1"},
        {"url": "https://paper-1.example/other"},
        {"url": "https://m.paper-1.example/other"},
        {"agency": "paper 1"},
        {"source": "", "url": "", "document_id": 1, "agency": "paper 1"},
    ],
)
def test_another_report_of_one_newsroom_adds_none(again: dict[str, object]) -> None:
    assert breaking_at([report(1), report(2), report(3, 1, **again)], 3) is None
    assert breaking_at([report(1), report(2), report(3, 1)], 3) is not None


def test_reports_by_one_agency_count_once() -> None:
    assert breaking_at([report(number, agency="wire") for number in range(5)], 2) is None
    assert breaking_at([report(1, agency="wire"), report(2, agency="cable")], 2) == NOON


def test_a_text_that_is_published_again_counts_once() -> None:
    text = frozenset({"a", "b", "c", "d"})
    assert breaking_at([report(1, sentences=text), report(2, sentences=text)], 2) is None
    assert breaking_at([report(1, sentences=text), report(2, sentences=frozenset({"a", "b"}))], 2) is None
    assert breaking_at([report(1, sentences=text), report(2, sentences=frozenset({"a", "b", "x", "y"}))], 2) is None
    assert breaking_at([report(1, sentences=text), report(2, sentences=frozenset({"a", "x", "y", "z"}))], 2) == NOON


def test_files_without_a_source_are_newsrooms_of_their_own() -> None:
    nameless = [report(number, source="", url="") for number in range(3)]
    assert breaking_at(nameless, 3) == NOON
    assert breaking_at([replace(each, document_id=1) for each in nameless], 2) is None


def test_an_address_without_a_name_is_no_host() -> None:
    reports = [report(number, url=f"http://127.0.0.1:80/{number}") for number in range(3)]
    assert breaking_at(reports, 3) == NOON
    assert breaking_at([replace(each, url="http://[broken") for each in reports], 3) == NOON


def test_one_report_has_to_be_in_a_language_of_the_subscription() -> None:
    reports = [report(1, language="de"), report(2, 10, language="fr"), report(3, 20, language="en")]
    assert breaking_at(reports, 2) == NOON + 10 * MINUTE
    assert breaking_at(reports, 2, ("de", "it")) == NOON + 10 * MINUTE
    assert breaking_at(reports, 2, ("en",)) == NOON + 20 * MINUTE
    assert breaking_at(reports, 2, ("ja",)) is None


def test_old_reports_of_a_feed_just_added_are_no_breaking_news() -> None:
    old = [report(number, published_at=NOON - timedelta(hours=25)) for number in range(5)]
    assert breaking_at(old, 2) is None
    assert breaking_at([*old, report(8), report(9)], 2) == NOON


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=20
    ),
    st.integers(2, 5),
)
def test_enough_names_within_the_hour_are_always_there_when_it_breaks(
    rows: list[tuple[int, int, int, int]], sources: int
) -> None:
    reports = [
        report(number, minutes, source=f"s{source}", url=f"https://h{host}.example", agency=f"a{agency}")
        for number, (minutes, source, host, agency) in enumerate(rows)
    ]
    at = breaking_at(reports, sources)
    assert at is None or at == breaking_at([each for each in reports if each.arrived_at <= at], sources)
    if at is not None:
        near = [each for each in reports if at - ALERT_WINDOW <= each.arrived_at <= at]
        for names in ({each.source for each in near}, {each.url for each in near}, {each.agency for each in near}):
            assert len(names) >= sources
    assert at is not None or breaking_at(reports, sources + 1) is None


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("3", AlertRules(3)),
        (" 4 sources ", AlertRules(4)),
        ("3 quiet 22:00-07:00 max 5", AlertRules(3, (time(22), time(7)), 5)),
        ("3 22-7 5", AlertRules(3, (time(22), time(7)), 5)),
        ("3, 22h30 – 6.15, at most 2 a day", AlertRules(3, (time(22, 30), time(6, 15)), 2)),
        ("2 sources · quiet 13:00-24:00", AlertRules(2, (time(13), time(0)))),
        ("off", None),
        ("0", None),
    ],
)
def test_rules_are_read_as_people_type_them(text: str, rules: AlertRules | None) -> None:
    assert parse_alerts(text) == rules
    assert parse_alerts(format_alerts(rules)) == rules


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "1",
        "-3",
        "21",
        "3 0",
        "3 25",
        "3 4 5",
        "3 quiet",
        "3 max",
        "3 day 5",
        "3 25:00-07:00",
        "3 22:00-22:00",
        "22:00-07:00",
        "٣",
    ],
)
def test_half_understood_rules_are_refused(text: str) -> None:
    with pytest.raises(InputInvalid):
        parse_alerts(text)


def test_as_many_sources_as_allowed_can_be_asked_for() -> None:
    assert parse_alerts(str(MAX_ALERT_SOURCES)) == AlertRules(MAX_ALERT_SOURCES)


def test_quiet_hours_are_those_of_the_zone_and_may_pass_midnight() -> None:
    night = AlertRules(3, (time(22), time(7)))
    berlin = "Europe/Berlin"  # an hour ahead of UTC in November
    quiet = [hour for hour in range(24) if is_quiet(night, NOON.replace(hour=hour), berlin)]
    assert quiet == [0, 1, 2, 3, 4, 5, 21, 22, 23]
    assert [
        hour for hour in range(24) if is_quiet(AlertRules(3, (time(9), time(11))), NOON.replace(hour=hour), "UTC")
    ] == [
        9,
        10,
    ]
    assert not is_quiet(AlertRules(3), NOON, berlin)


def test_a_day_is_that_of_the_zone_also_when_clocks_change() -> None:
    begin, end = day_of(datetime(2027, 3, 28, 12, tzinfo=UTC), "Europe/Berlin")
    assert (begin, end - begin) == (datetime(2027, 3, 27, 23, tzinfo=UTC), timedelta(hours=23))
