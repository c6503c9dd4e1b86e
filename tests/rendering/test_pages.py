"""Does a page say what there is, in the reader's words?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import GazetteError
from bot.i18n import LOCALES, words
from bot.newsroom.filters import Filter
from bot.newsroom.models import (
    Delivery,
    DeliveryMessage,
    DeliveryState,
    Digest,
    Event,
    EventSentence,
    Slot,
    SourceRef,
    Subscription,
)
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.rendering.layout import ActionRow, Button, Chart, Group
from bot.rendering.pages.digest import digest_page, trending_page, why_page
from bot.rendering.pages.parts import source_spans
from bot.rendering.pages.stories import counts_page
from bot.rendering.pages.subscriptions import history_page, subscription_page, subscriptions_page
from bot.rendering.pages.time_words import date_words, time_words, times_words
from bot.services.filter_words import filter_words
from summarizers.types import Country, Topic

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EN = words("en")
REF = SourceRef(2, "today.txt", 0, "The Harbour Post", "https://harbour.example/1")
EVENT = Event(
    id=3,
    headline="Destroyers meet off Okinawa",
    kicker="SEA DRILLS",
    language="en",
    summary=(EventSentence("They met.", 0, REF), EventSentence("They left.", 4, REF)),
    countries=(Country("JP", 0.9), Country("US", 0.1)),
    topics=(Topic("conflict-war-and-peace", 0.9), Topic("sport", 0.2)),
    sources=(REF, replace(REF, story_id=4)),
    first_at=NOON,
    last_at=NOON,
    reasons=(("rank", "1"), ("sources", "2"), ("stories", "3"), ("before", "1"), ("novel", "x")),
)
DIGEST = Digest("x", NOON, NOON, (EVENT,), omitted=4, filter="country:jp", timezone="Asia/Tokyo")
SUBSCRIPTION = Subscription(
    id=1234,
    channel_id=70,
    times=(time(8), time(18, 30)),
    timezone="Europe/Berlin",
    created_at=NOON,
    after=NOON,
    guild_id=7,
)


def test_a_datelines_place_is_shown_where_nothing_else_names_it() -> None:
    def told(event: Event) -> str:
        return digest_page(replace(DIGEST, events=(event,)), EN).plain

    assert "\nPORT ELLERY · " in told(replace(EVENT, place="PORT ELLERY"))
    assert told(replace(EVENT, place="OKINAWA")) == told(EVENT)


def test_a_chart_counts_the_reports_of_each_country_by_topic() -> None:
    other = replace(EVENT, id=4, countries=(Country("JP", 0.5), Country("PE", 0.4)), topics=(Topic("health", 0.9),))
    digest = replace(DIGEST, events=(EVENT, other))
    (chart,) = [each for each in digest_page(digest, EN, chart=True).blocks if isinstance(each, Chart)]
    assert chart.alt_text == "Reports by country: Japan 4, Peru 2"
    assert chart.bars[0].parts == (("conflict-war-and-peace", 2), ("health", 2))
    alone = digest_page(DIGEST, EN, chart=True)
    assert not [each for each in alone.blocks if isinstance(each, Chart)]  # nothing to compare
    assert not [each for each in digest_page(digest, EN).blocks if isinstance(each, Chart)]


def test_a_digest_tells_each_event_with_labels_and_sources() -> None:
    page = digest_page(DIGEST, EN, more="m", details="d")
    assert page.plain.startswith("The news: Japan\nFriday, November 20, 2026")
    group = next(block for block in page.blocks if isinstance(block, Group))
    assert (group.key, group.accent) == ("e3", "conflict-war-and-peace")
    assert [each.plain for each in group.blocks] == [  # type: ignore[union-attr] # lines
        "SEA DRILLS: Destroyers meet off Okinawa",
        "They met. They left.",
        "🇯🇵 Japan · Conflict, war and peace · 2 reports · The Harbour Post · e3",
    ]
    rows = [block for block in page.blocks if isinstance(block, ActionRow)]
    assert rows[0].items[0].action == "d"
    assert (rows[1].items[0].action, rows[1].items[0].label) == ("m", "More (2 of 5)")  # type: ignore[union-attr] # a button
    assert page.footer is None


def test_an_entry_has_an_end_even_where_its_text_has_none() -> None:
    run_on = EventSentence("They met and talked and " * 300, 0, REF)
    plain = digest_page(replace(DIGEST, events=(replace(EVENT, summary=(run_on, EVENT.summary[1])),)), EN).plain
    assert "They met and talked…" in plain.replace(" and…", "…")
    assert plain.index("They left.") < 1000


def test_every_publisher_whose_sentences_stand_in_an_entry_is_named_once() -> None:
    refs = [replace(REF, story_id=number, source=f"Paper {name}") for number, name in enumerate("AABC", 1)]
    summary = tuple(EventSentence(f"Sentence {ref.story_id}.", 0, ref) for ref in refs[:3])
    page = digest_page(replace(DIGEST, events=(replace(EVENT, summary=summary, sources=tuple(refs)),)), EN)
    assert "4 reports · Paper A · Paper B · e3\n" in f"{page.plain}\n"


def test_a_digest_without_buttons_says_what_is_left_out() -> None:
    assert "4 more stories" in digest_page(DIGEST, EN).plain


def test_an_update_says_so_and_a_quiet_day_too() -> None:
    update = digest_page(replace(DIGEST, events=(replace(EVENT, update=True),)), EN)
    assert "Update · SEA DRILLS" in update.plain
    assert "A quiet day" in digest_page(replace(DIGEST, events=(), omitted=0), EN).plain


def test_the_date_is_that_of_the_subscriptions_zone_and_language() -> None:
    late = replace(DIGEST, until=datetime(2026, 11, 20, 23, tzinfo=UTC))
    assert "2026年11月21日土曜日" in digest_page(late, words("ja")).plain
    assert "sábado, 21 de novembro de 2026" in digest_page(late, words("pt-BR")).plain


def test_chinese_and_japanese_sentences_stand_without_blanks() -> None:
    sentences = (EventSentence("会談した。", 0, REF), EventSentence("終わった。", 1, REF))
    page = digest_page(replace(DIGEST, events=(replace(EVENT, language="ja", summary=sentences),)), words("ja"))
    assert "会談した。終わった。" in page.plain


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("", ""),
        ("country:jp", "Japan"),
        ("country:jp,kr topic:sport", "Japan or South Korea · Sport"),
        ("topic:sport -country:us", "Sport · without United States"),
        ("lang:de since:2d", "German · last 2 days"),
        ("since:today until:2026-11-01", "since today · until November 1, 2026"),
        ('"sea drills" source:taipei*', "source: taipei* · “sea drills”"),
        ("country:jp or topic:sport", "country:jp or topic:sport"),
        ("-(country:jp topic:sport)", "-(country:jp topic:sport)"),
        ("region:east-asia", "Eastern Asia"),
    ],
)
def test_a_filter_is_told_in_words(wanted: str, told: str) -> None:
    assert filter_words(str(Filter.parse(wanted)), EN) == told


def test_a_filter_is_told_in_the_readers_words() -> None:
    assert filter_words("country:jp,kr since:3d", words("de")) == "Japan oder Südkorea · höchstens 3 Tage alt"
    assert filter_words("country:jp", words("zh-TW")) == "日本"


FILTERS = st.lists(
    st.sampled_from(
        [
            "country:jp",
            "-topic:sport",
            "since:2d",
            "until:2026-11-01",
            "lang:en",
            "word",
            '"a b"',
            "(",
            ")",
            "or",
            "not",
            "e:1",
        ]
    ),
    max_size=8,
).map(" ".join)


@settings(deadline=None)
@given(wanted=FILTERS, locale=st.sampled_from(LOCALES))
def test_any_filter_has_words(wanted: str, locale: str) -> None:
    try:
        normal = str(Filter.parse(wanted))
    except GazetteError:
        return
    told = filter_words(normal, words(locale))
    assert bool(told) == bool(normal)


def test_why_gives_reports_reasons_and_each_sentences_place() -> None:
    reasons = (*EVENT.reasons, ("position", "3"), ("factors", "dead=14 leader money=500000000 -interview of-tomorrow"))
    told = why_page(replace(EVENT, reasons=reasons), [], EN).plain
    assert "2 reports cover this." in told
    assert (
        "Number 1 in the latest news: 14 dead, a head of state or government, a sum of 500 million, "
        "reported by 2 sources, story 3 in its source."
    ) in told
    assert "Counting against it: an interview." in told
    assert "Newest report: Nov 20, 2026, 12:00 PM" in told
    assert "novel" not in told  # a fact without a message is none for readers
    assert "🇺🇸 United States: 10% of the story, without a direct mention" in told
    assert "Sentence 5 of today.txt, story 1" in told


@pytest.mark.parametrize("locale", LOCALES)
def test_why_gives_sums_in_every_language(locale: str) -> None:
    reasons = (*EVENT.reasons, ("factors", "money=500000000"))
    told = why_page(replace(EVENT, reasons=reasons), [], words(locale)).plain
    assert re.search(r"(?<!\d)500\s|5[億亿]", told), told


def test_a_file_named_in_words_is_a_source_by_that_name() -> None:
    ref = replace(EVENT.sources[0], path="news/harbour-herald.txt", source=None, url=None)
    assert "".join(span.text for span in source_spans(ref, EN)) == " · Harbour Herald"
    assert "today.txt, story" in "".join(span.text for span in source_spans(replace(ref, path="today.txt"), EN))


def test_what_rises_is_told_with_numbers() -> None:
    assert "3 reports, up from 1" in trending_page([EVENT], EN).plain
    assert "Nothing is trending" in trending_page([], EN, wanted="country:jp").plain


@pytest.mark.parametrize(
    ("days", "locale", "told"),
    [
        ((1, 2, 3, 4, 5, 6, 7), "en", "Every day at 8:00 AM, 6:30 PM (Berlin)"),
        ((6, 7), "de", "Sa, So um 08:00, 18:30 (Berlin)"),
        ((1, 2, 3, 5), "en", "Mon–Wed, Fri at 8:00 AM, 6:30 PM (Berlin)"),
        ((1,), "ja", "月 8:00、18:30（ベルリン）"),
    ],
)
def test_times_are_told(days: tuple[int, ...], locale: str, told: str) -> None:
    assert times_words(replace(SUBSCRIPTION, days=days), words(locale)) == told


def test_a_subscription_tells_when_it_comes_or_why_it_rests() -> None:
    slot = Slot(1, datetime(2026, 11, 20, 17, 30, tzinfo=UTC), datetime(2026, 11, 20, 18, 30))  # noqa: DTZ001 - local
    page = subscriptions_page([(SUBSCRIPTION, slot)], EN, title="t", nothing="n")
    assert "<#70> · Subscription 1234 · everything" in page.plain
    assert "Next digest: Nov 20, 2026, 6:30 PM" in page.plain
    missing = Obstacle(DeliveryReason.PERMISSION_MISSING, {"permission": "send_messages"})
    paused = replace(SUBSCRIPTION, paused_at=NOON, pause_reason=missing)
    told = subscription_page(paused, None, words("de"), title="t").plain
    assert "Angehalten: ich brauche „Nachrichten senden“ in diesem Kanal" in told
    assert subscriptions_page([], EN, title="t", nothing="none").plain == "t\nnone"


def test_history_tells_each_fate_and_links_what_was_sent() -> None:
    message = DeliveryMessage(0, "n", "m", "{}", message_id=99)
    gave_up = Obstacle(DeliveryReason.GAVE_UP, {"error": "Discord answers 503"})
    other = Obstacle(DeliveryReason.OTHER, {"text": "something else"})
    sent = [
        Delivery(1, 1234, 70, NOON, DeliveryState.SENT, 1, NOON, messages=(message,)),
        Delivery(2, 1234, 70, NOON, DeliveryState.FAILED, 8, NOON, reason=gave_up),
        Delivery(3, 1234, 70, NOON, DeliveryState.EXPIRED, 8, NOON, reason=other),
    ]
    page = history_page(SUBSCRIPTION, sent, EN)
    assert "Nov 20, 2026, 1:00 PM: posted open" in page.plain
    assert "failed · posting failed too many times" in page.plain
    assert "too late to post · something else" in page.plain
    urls = [span.url for block in page.blocks for span in getattr(block, "spans", ()) if span.url]
    assert urls == ["https://discord.com/channels/7/70/99"]


def test_long_lists_are_cut_and_say_so() -> None:
    rows = [(f"name {number}", 1) for number in range(75)]
    assert "and 15 more" in counts_page("t", rows, EN).plain
    many = subscriptions_page([(SUBSCRIPTION, None)] * 70, EN, title="t", nothing="n")
    assert "and 10 more" in many.plain


def test_moments_are_in_the_zone_and_language() -> None:
    assert time_words(NOON, EN, "Asia/Tokyo") == "Nov 20, 2026, 9:00 PM"
    assert time_words(NOON, words("de"), "Europe/Berlin") == "20.11.2026, 13:00"
    assert date_words(NOON, words("fr")) == "vendredi 20 novembre 2026"


def test_a_subscription_says_whom_it_is_posted_as_and_what_that_needs() -> None:
    own = replace(SUBSCRIPTION, sender_name="The *Lamp*", sender_avatar="https://example.org/lamp.png")
    told = subscription_page(own, None, words("de"), title="t").plain
    assert "The *Lamp*" in told
    assert "WebHooks verwalten" in told
    assert "Lamp" not in subscription_page(SUBSCRIPTION, None, EN, title="t").plain


@pytest.mark.parametrize(("query", "address"), [("", "/"), ("country:jp", "/?filter=country%3Ajp"), ("a" * 600, "/")])
def test_a_digest_links_to_the_public_web_edition(query: str, address: str) -> None:
    digest = Digest("", NOON, NOON, (), 0, filter=query, web_address="https://news.example.org")
    (row,) = [block for block in digest_page(digest, words()).blocks if isinstance(block, ActionRow)]
    assert row.items == (Button("Read on the web", url=f"https://news.example.org{address}"),)
    assert not [
        block for block in digest_page(replace(digest, web_address=""), words()).blocks if isinstance(block, ActionRow)
    ]
