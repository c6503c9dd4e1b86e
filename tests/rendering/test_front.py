"""The front page: its order, its sources, its size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings

from bot.delivery.messages import draw_delivery
from bot.i18n import LOCALES, words
from bot.newsroom.front_page import SIZES, WORLD, arrange, section_of
from bot.newsroom.models import (
    Digest,
    DigestSize,
    DigestStyle,
    Event,
    EventSentence,
    PostMode,
    SectionOrder,
    SourceRef,
    Subscription,
    event_name,
)
from bot.rendering.discord import draw_messages
from bot.rendering.layout import Button, Group, Page, Paragraph
from bot.rendering.pages.front import front_group, front_page
from bot.rendering.pages.parts import source_name
from summarizers.types import Country, Topic
from tests.rendering.digest_strategies import digests
from tests.rendering.harmless import faults_of
from tests.rendering.test_terminal import printed

EN = words("en")
AT = datetime(2026, 11, 30, 7, tzinfo=UTC)
BUTTONS = [Button("More from Japan", "news:JP")]


def make_event(number: int, topic: str = "sport", country: str = "JP", sentences: int = 3) -> Event:
    ref = SourceRef(number, f"{number}.txt", 0, f"Paper {number}", f"https://paper.example/{number}", "en")
    return Event(
        id=number,
        headline=f"Headline {number}",
        kicker=None,
        language="en",
        summary=tuple(EventSentence(f"Sentence {number}.{each}.", each, ref) for each in range(sentences)),
        countries=(Country(country, 0.8),),
        topics=(Topic(topic, 0.9),),
        sources=(ref,),
        first_at=AT,
        last_at=AT,
    )


def make_digest(*events: Event, **fields: object) -> Digest:
    return replace(Digest("x", AT, AT, events, omitted=0, issue=17), **fields)  # type: ignore[arg-type] # fields of Digest


def text_of(page: Page) -> str:
    (message,) = draw_messages(page, DigestStyle.FRONT)
    found: list[str] = []

    def read(parts: list[dict[str, object]]) -> None:
        for part in parts:
            if isinstance(part.get("content"), str):
                found.append(str(part["content"]))
            read(part.get("components") or [])  # type: ignore[arg-type] # as Discord nests them

    read(message.payload["components"])
    return "\n".join(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(digests())
def test_a_front_page_is_one_message_of_its_size_whatever_the_text(digest: Digest) -> None:
    page = front_page(digest, EN, more="m", details="d", buttons=BUTTONS)
    (message,) = draw_messages(page, DigestStyle.FRONT)
    assert not faults_of(message.payload)
    assert len(text_of(page)) <= SIZES[digest.size].characters
    assert {*message.keys} <= {event_name(event.id) for event in digest.events}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(digests(most=3))
def test_the_source_named_first_has_the_sentence_and_all_quoted_ones_are_named(digest: Digest) -> None:
    for event in digest.events:
        for form, count in (("lead", 3), ("lead", 1), ("told", 1)):
            group = front_group(event, EN, form, sentences=count)  # type: ignore[arg-type] # a FrontForm
            note = group.blocks[-1]
            assert isinstance(note, Paragraph)
            named = [span.text for span in note.spans]
            quoted = [source_name(sentence.ref) for sentence in event.summary[:count]] or [
                source_name(event.sources[0])
            ]
            order = [name for name in named if name in {source_name(ref) for ref in event.sources}]
            assert order[:1] == quoted[:1]
            assert {*quoted} <= {*order}


def test_the_page_reads_as_a_paper() -> None:
    events = [
        make_event(1),
        make_event(2, "politics-and-government"),
        make_event(3, "health"),
        make_event(4, sentences=0),
    ]
    told = text_of(front_page(make_digest(*events, omitted=62), EN, more="m", details="d"))
    assert told.split("\n")[:4] == [
        "-# Monday, November 30, 2026 · No. 17 · 1-minute read",
        "# The morning news",
        "## **Headline 1**",
        "Sentence 1.0. Sentence 1.1. Sentence 1.2.",
    ]
    assert "**Headline 2**\nSentence 2.0.\n-# [Paper 2](https://paper.example/2)" in told
    assert told.index("### Politics and world affairs") < told.index("### Science and environment")
    assert "### In brief\n- [Headline 4](https://paper.example/4) · Paper 4" in told
    assert "e1" not in told
    assert "s1" not in told


def test_sources_are_named_and_the_others_counted() -> None:
    event = make_event(1)
    others = tuple(SourceRef(number, "x.txt", 0, f"Paper {number}") for number in (2, 3, 4))
    group = front_group(replace(event, sources=(*event.sources, *others), update=True), EN, "lead")
    assert group.blocks[-1].plain == "🇯🇵 Japan · Paper 1, Paper 2 +2 · updated since the last issue · e1"  # type: ignore[union-attr] # a paragraph


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        (SourceRef(1, "a/b.txt", 0, "The Harbour Post", "https://x.example/1"), "The Harbour Post"),
        (SourceRef(1, "a/b.txt", 0, None, "https://www.harbour.example/1"), "harbour.example"),
        (SourceRef(1, "a/b.txt", 0), "b.txt"),
        (SourceRef(1, "a/el-faro-del-sur.txt", 0), "El Faro del Sur"),
        (SourceRef(1, "a/export-2026-11.txt", 0), "export-2026-11.txt"),
    ],
)
def test_a_source_is_named_by_title_then_host_then_file(ref: SourceRef, name: str) -> None:
    assert source_name(ref) == name


@pytest.mark.parametrize("size", DigestSize)
def test_sizes_tell_more_stories_the_longer_they_are(size: DigestSize) -> None:
    events = [make_event(number) for number in range(1, 21)]
    page = front_page(make_digest(*events, size=size), EN)
    told = sum(isinstance(block, Group) and block.key is not None for block in page.blocks) - 1
    assert told == SIZES[size].told


def test_sections_are_those_of_topics_or_of_countries() -> None:
    events = [make_event(1), make_event(2, "sport", "PE"), make_event(3, "health", "JP"), make_event(4, "sport", "PE")]
    by_topic = arrange(events, SectionOrder.TOPIC, told=9, shown=9)
    assert [(section.key, [each.id for each in section.events]) for section in by_topic.sections] == [
        ("sport", [2, 4]),
        ("science", [3]),
    ]
    by_country = arrange(events, SectionOrder.COUNTRY, told=9, shown=9)
    assert [section.key for section in by_country.sections] == ["PE", "JP"]
    bare = replace(events[0], topics=(), countries=())
    assert {section_of(bare, order) for order in SectionOrder} == {WORLD}


def test_what_finds_no_room_is_behind_more() -> None:
    long = [replace(make_event(number), headline="Headline " * 17 + str(number)) for number in range(1, 26)]
    told = front_page(make_digest(*long, omitted=5, size=DigestSize.SHORT), EN).plain
    shown = sum(f"{number}\n" in f"{told}\n" or f" {number} ·" in told for number in range(1, 26))
    assert shown < 25
    assert "more stories" in told


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_its_front_page(locale: str) -> None:
    page = front_page(make_digest(make_event(1), make_event(2)), words(locale), more="m", details="d")
    assert len(draw_messages(page, DigestStyle.FRONT)) == 1
    assert "17" in page.plain


def test_a_quiet_day_is_said_in_a_line() -> None:
    assert "A quiet day" in front_page(make_digest(), EN).plain


def test_a_terminal_shows_ids_last_since_commands_take_them() -> None:
    shown = printed(front_page(make_digest(make_event(1), make_event(2)), EN))
    assert "Paper 1 · e1" in shown
    assert "• " not in shown


def test_an_old_look_is_read_as_cards() -> None:
    assert DigestStyle("components") is DigestStyle.CARDS
    assert Subscription(1, 1, (AT.time(),), "UTC", AT, AT).look is DigestStyle.CARDS


@pytest.mark.parametrize("look", DigestStyle)
@pytest.mark.parametrize("details", ["story:", "~d:0123456789abcdef01234567", ""])
@pytest.mark.parametrize("events", [0, 1, 12])
@pytest.mark.parametrize("posts", PostMode)
def test_every_message_has_a_marker_that_no_reader_sees(
    look: DigestStyle, details: str, events: int, posts: PostMode
) -> None:
    subscription = Subscription(1, 1, (AT.time(),), "UTC", AT, AT, guild_id=7, look=look, posts=posts)
    digest = make_digest(*(make_event(number) for number in range(1, events + 1)), omitted=3)
    messages, _ = draw_delivery(subscription, digest, [], more="news:m:1:" if events else "", details=details)
    assert len({message.marker for message in messages}) == len(messages)
    for message in messages:
        payload = orjson.loads(message.payload)
        components = payload["components"]
        bearers = [each for each in _walk(components) if message.marker in (str(each.get("id")), *_custom_id(each))]
        assert bearers
        shown = "".join(_contents(components)) + str(payload.get("embeds", "")) + str(payload.get("content", ""))
        assert message.marker not in shown
        assert all(len(each["custom_id"]) <= 100 for each in _walk(components) if "custom_id" in each)


def _custom_id(component: dict[str, Any]) -> list[str]:
    """The mark in a custom id, which is where its discriminator begins."""
    parts = component.get("custom_id", "").removeprefix("~").partition(":")
    return [(parts[0] if component.get("custom_id", "").startswith("~") else parts[2])[:10]]


def _walk(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield part
        yield from _walk(part.get("components") or [])


def _contents(parts: list[dict[str, Any]]) -> list[str]:
    return [part["content"] for part in _walk(parts) if "content" in part]
