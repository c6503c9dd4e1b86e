"""The filter language: what it reads, what it refuses and where, its normal form, and what it means."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FilterInvalid, InputInvalid, UnknownName
from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.filters import EVERYTHING, LIMITS, And, Filter, FilterSubject, Not, Or
from bot.newsroom.search_terms import search_terms
from tests.newsroom.filter_strategies import NOW, filter_texts, subjects

unhurried = settings(deadline=None)  # the machine may be busy

STORY = FilterSubject(
    published_at=NOW - timedelta(hours=30),
    language="en",
    countries=frozenset({"JP", "US"}),
    topics=frozenset({"conflict-war-and-peace"}),
    source="Taipei Courier",
    path="2026/11/sea.txt",
    kicker="DEFENCE",
    event_id=34,
    fields=(("navi", "drill"), tuple(search_terms("The sea drills of the navy began off São Tomé.", "en"))),
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "country:jp",
        "country:Japan",
        "country:kr,jp",
        "-country:kr",
        "not country:kr",
        "topic:conflict-war-and-peace",
        "lang:en",
        "lang:English",
        "source:taipei*",
        'source:"Taipei Courier"',
        "source:*courier",
        "path:2026/*/sea.txt",
        "kicker:defence",
        "event:e34",
        "region:east-asia",
        'region:"Eastern Asia"',
        "since:2d",
        "since:2026-11-19",
        "since:yesterday until:yesterday",
        "until:1d",
        '"sea drills"',
        "“sea drills”",
        "SEA drill",
        "sao tome",
        '"São Tomé"',
        "country:kr or (country:jp sea)",
        "country:kr | country:us",
        "country:jp && sea",
        "NOT (country:kr OR country:cn)",
        "--sea",
        "country: jp",
    ],
)
def test_it_accepts(text: str) -> None:
    assert Filter.parse(text).accepts(STORY, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "country:kr",
        "-country:jp",
        "country:jp -topic:conflict-war-and-peace",
        "lang:de",
        "source:taipei",
        "path:*.md",
        "event:35",
        "region:africa",
        "since:1d",
        "until:2d",
        "since:today",
        '"drills sea"',
        '"drill the"',
        "submarine",
        "sea country:kr or submarine",
    ],
)
def test_it_does_not_accept(text: str) -> None:
    assert not Filter.parse(text).accepts(STORY, NOW)


def test_a_phrase_does_not_go_over_from_head_to_body() -> None:
    story = replace(STORY, fields=(("sea",), ("drill",)))
    assert Filter.parse("sea drill").accepts(story, NOW)
    assert not Filter.parse('"sea drill"').accepts(story, NOW)


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("contry:jp", 0, "did you mean country:"),
        ("country:Japn", 8, "Japan"),
        ("country:jp,Xq", 11, "no country"),
        ("topic:polticis", 6, "no topic"),
        ("lang:klingonese", 5, "no language"),
        ("region:atlantis", 7, "no region"),
        ("since:soon", 6, "2d"),
        ("since:2026-02-30", 6, "not a time"),
        ("event:s12", 6, "e34"),
        ("country:", 8, "missing"),
        ("country:jp,", 11, "missing"),
        ("source:*a*b*c*d*", 7, "asterisks"),
        ("(a", 0, "not closed"),
        ("a)", 1, "closes nothing"),
        ("()", 1, "before this bracket"),
        ("or a", 0, "before"),
        ("a or", 4, "end"),
        ("not", 3, "end"),
        ("-", 1, "end"),
        ("a ”", 2, "no word"),
        ("?!.", 0, "no word"),
    ],
)
def test_an_error_points_at_the_place_and_says_what_would_do(text: str, at: int, says: str) -> None:
    with pytest.raises(FilterInvalid) as caught:
        Filter.parse(text)
    assert (caught.value.at, caught.value.text) == (at, text)
    assert says in caught.value.problem


@pytest.mark.parametrize(
    "text",
    [
        "a" * (LIMITS["characters"] + 1),
        "(" * 500 + "a" + ")" * 500,
        "-" * 1000 + "a",
        "not " * 400 + "a",
        "a " * 500,
        "country:" + "jp," * 500 + "jp",
        '"' + "a " * 200 + '"',
        "(" * 100_000,
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_at_once(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(FilterInvalid):
        Filter.parse(text)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("texts", "normal"),
    [
        (["country:kr,jp", "COUNTRY:JP,kr,jp", "country:jp or country:KR"], "country:jp,kr"),
        (["sea lang:en", "lang:EN  Sea", "lang:eng and (sea)"], "lang:en sea"),
        (["--sea", "sea", "sea and sea", "sea or sea", "((sea))"], "sea"),
        (["since:14d", "since:2w", 'since:"2 weeks"'], "since:2w"),
        (['"sea   DRILLS"', "“Sea drills”"], '"sea drills"'),
        (["a or b c", "(c b) or a"], "a or (b c)"),
        (["not (b or a)", "-(a or b)"], "-(a or b)"),
        (['"or"'], '"or"'),
        (['"sea drills', "„sea drills“", "»sea drills«", "”sea drills”", "『sea drills』"], '"sea drills"'),
        (["land:japan", "país:japão", "pays:Japon", "国：日本", "國家:日本", "country：jp"], "country:jp"),
        (["（land:japan）", "Länder:jp"], "country:jp"),
        (["thema:politik", "sujet:politique", "テーマ:政治"], "topic:politics-and-government"),
        (["since:gestern", "seit:gestern", "depuis:hier", "since:昨日"], "since:yesterday"),
        (['since:"vor 3 Tagen"', "desde:3d", 'since:"3 days ago"'], "since:3d"),
        (["source:TAIPEI**", "from:taipei*"], "source:taipei*"),
        (["event:34", "event:E34"], "event:e34"),
    ],
)
def test_equivalent_filters_have_one_normal_form(texts: list[str], normal: str) -> None:
    assert {str(Filter.parse(text)) for text in texts} == {normal}
    assert len({Filter.parse(text) for text in texts}) == 1


@unhurried
@given(filter_texts())
def test_the_normal_form_reads_back_as_the_same_filter(text: str) -> None:
    once = Filter.parse(text)
    assert Filter.parse(str(once)) == once
    assert str(Filter.parse(str(once))) == str(once)


@unhurried
@given(filter_texts(), subjects())
def test_the_normal_form_means_the_same(text: str, story: FilterSubject) -> None:
    once = Filter.parse(text)
    assert Filter.parse(str(once)).accepts(story, NOW) == once.accepts(story, NOW)
    assert Filter.parse(f"-({text})").accepts(story, NOW) != once.accepts(story, NOW)


@unhurried
@given(st.lists(filter_texts(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_order_does_not_change_the_normal_form(parts: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(parts, len(parts))
    for glue in (" ", " or "):
        texts = [glue.join(f"({part})" for part in order) for order in (parts, shuffled)]
        assert Filter.parse(texts[0]) == Filter.parse(texts[1])


@unhurried
@given(filter_texts(), filter_texts(), subjects())
def test_filters_combine_as_logic_says(left: str, right: str, story: FilterSubject) -> None:
    one, two = Filter.parse(left), Filter.parse(right)
    accepts = one.accepts(story, NOW), two.accepts(story, NOW)
    assert (one & two).accepts(story, NOW) == all(accepts)
    assert one & two == two & one
    assert Filter.parse(f"({left}) or ({right})").accepts(story, NOW) == any(accepts)
    assert one & EVERYTHING == one


@unhurried
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    try:
        found = Filter.parse(text)
    except FilterInvalid as error:
        refused = error
    else:
        assert Filter.parse(str(found)) == found
        found.accepts(STORY, NOW)
        return
    assert 0 <= refused.at <= len(text)


@unhurried
@given(st.text(alphabet='ab:()"-, or|not*\u201d\u2014台é\u0130\ufb01', max_size=40))
def test_signs_of_the_language_in_any_order_do_no_harm(text: str) -> None:
    try:
        found = Filter.parse(text)
    except FilterInvalid:
        return
    assert Filter.parse(str(found)) == found


def test_options_make_the_same_filter_as_text() -> None:
    made = Filter.of(country="Japan", topic="sport", since=" 2 Days ", text="sea -lang:de")
    assert made == Filter.parse("country:jp topic:sport since:2d sea -lang:de")
    assert Filter.of(country="jp, kr") == Filter.parse("country:jp,kr")
    assert Filter.of(country="", text="  ") == EVERYTHING == Filter.parse("  ")
    assert not EVERYTHING
    assert str(EVERYTHING) == ""


def test_an_unknown_name_in_an_option_has_suggestions() -> None:
    with pytest.raises(UnknownName) as caught:
        Filter.of(country="Japn")
    assert "Japan" in caught.value.suggestions
    with pytest.raises(InputInvalid):
        Filter.of(since="whenever")
    with pytest.raises(InputInvalid):
        Filter.of(country="x" * 100_000)


def test_days_begin_at_midnight_where_the_reader_is() -> None:
    tokyo = datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("Asia/Tokyo"))  # 23:00 UTC of the day before
    late = replace(STORY, published_at=datetime(2026, 11, 19, 14, 59, tzinfo=UTC))
    early = replace(STORY, published_at=datetime(2026, 11, 19, 15, 0, tzinfo=UTC))
    for text in ("since:today", "since:2026-11-20"):
        assert not Filter.parse(text).accepts(late, tokyo)
        assert Filter.parse(text).accepts(early, tokyo)
    assert Filter.parse("until:yesterday").accepts(late, tokyo)


def test_times_out_of_the_calendar_are_its_ends() -> None:
    assert Filter.parse("since:9999999w").accepts(STORY, NOW)
    assert not Filter.parse("until:9999999w").accepts(STORY, NOW)
    assert Filter.parse("until:9999-12-31").accepts(STORY, NOW)
    assert Filter.parse("since:0001-01-01").accepts(STORY, datetime(2026, 11, 20, tzinfo=ZoneInfo("Asia/Tokyo")))


def test_a_topic_counts_when_it_is_certain_or_the_best() -> None:
    assert assigned_topics([("sport", 0.3), ("health", 0.26)]) == {"sport"}
    assert assigned_topics([("sport", 0.9), ("health", 0.6), ("weather", 0.4)]) == {"sport", "health"}
    assert assigned_topics([("sport", 0.2)]) == frozenset()
    assert assigned_topics([]) == frozenset()


def test_trees_are_flat() -> None:
    node = Filter.parse("a (b (c d)) -(-(e))").node
    assert isinstance(node, And)
    assert not any(isinstance(part, And) for part in node.nodes)
    either = Filter.parse("a or (b or (c or d))").node
    assert isinstance(either, Or)
    assert len(either.nodes) == 4
    assert Filter.parse("-(a b)").node == Not(Filter.parse("b a").node)
