"""Does what is drawn fit Discord, whatever the text, and does all of it arrive?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.newsroom.models import DigestStyle
from bot.rendering.discord import FILES_KEY, draw, draw_messages, paragraph_markup, permitted_look
from bot.rendering.layout import (
    ActionRow,
    Bar,
    Block,
    Button,
    ChannelMenu,
    Chart,
    Group,
    Menu,
    MenuOption,
    Page,
    Paragraph,
    Rule,
    Size,
    Span,
    bold,
    link,
    paragraph,
    timestamp,
)
from tests.rendering.harmless import faults_of

PICTURE = "https://pictures.example/a.jpg"
HOSTILE = [
    *("@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#1>", "</news:1>", "<id:home>"),
    *("```", "``", "`", "**", "*", "__", "~~", "||", "\\", "\\\\", "[x](https://evil.example)", "](", "# ", "-# "),
    *("> ", ">>> ", "- ", "1. ", ":smile:", "<:x:1>", "<a:x:1>", "https://evil.example/a", "discord.gg/evil"),
    *("\u202e", "\u2066", "\u2067", "\u200f", "\u061c", "\u2068", "\u2069", "\u200b", "\ufeff", "\x00", "\x1b[31m"),
    *("שלום", "مرحبا", "🇯🇵", "👩\u200d👩\u200d👧", "e" + "\u0301" * 40, "\ud800", "日本語", "<t:1:R>", "steam://run"),
    *(
        "\n",
        "\r\n",
        "\t",
        "\u2028",
        " ",
        "word",
        "A long enough sentence about a harbour.",
        "x" * 300,
        "_",
        "@",
        "<",
        ">",
    ),
]
hostile = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=12).map("".join)
long_hostile = hostile | st.builds(lambda part, times: part * times, hostile, st.integers(1, 90))
urls = (
    st.none()
    | st.sampled_from(
        [
            "https://example.org/a",
            "javascript:alert(1)",
            "https://example.org/" + "x" * 600,
            "http://[",
            "https://u:p@e.org",
        ]
    )
    | hostile
)
spans = st.builds(
    Span,
    long_hostile,
    st.sampled_from(["plain", "bold", "italic", "struck", "code"]),
    urls,
    st.none() | st.just(datetime(2027, 1, 1, tzinfo=UTC)),
)
lines = st.builds(
    lambda parts, size: Paragraph(tuple(parts), size),
    st.lists(spans, max_size=4),
    st.sampled_from(get_args(Size)),
)
actions = st.sampled_from(["news:n:2", "why:e1", "x" * 101, "", "a"]) | st.text(max_size=110)
buttons = st.builds(Button, hostile, st.none() | actions, urls, st.booleans(), st.booleans())
choices = st.builds(MenuOption, hostile, hostile, st.none() | hostile, st.booleans())
menus = st.builds(
    Menu,
    actions,
    hostile,
    st.lists(choices, max_size=30).map(tuple),
    st.integers(0, 30),
    st.integers(0, 30),
)
channel_menus = st.builds(ChannelMenu, actions, hostile, st.none() | st.integers(2**50, 2**60))
rows = st.builds(ActionRow, st.lists(buttons | menus | channel_menus, max_size=8).map(tuple))
groups = st.builds(
    Group,
    st.lists(lines | st.builds(Rule) | rows, max_size=6).map(tuple),
    st.none() | st.sampled_from(["sport", "weather", "nothing"]),
    st.none() | buttons,
    st.none() | st.sampled_from(["e1", "e2"]),
    st.none() | st.sampled_from([PICTURE]),
)
bars = st.builds(
    lambda label, mark, parts: Bar(label, mark, tuple(parts)),
    long_hostile,
    hostile,
    st.lists(st.tuples(st.none() | st.sampled_from(["sport", "nothing"]), st.integers(1, 10**9)), max_size=3),
)
charts = st.builds(Chart, hostile, st.lists(bars, max_size=9).map(tuple))
pages = st.builds(
    Page,
    st.lists(lines | st.builds(Rule) | rows | groups | charts, max_size=12).map(tuple),
    st.none() | st.just("sport"),
    st.none() | lines,
)


@settings(max_examples=60, deadline=None)
@given(pages, st.sampled_from(DigestStyle))
def test_nothing_that_is_drawn_is_refused_or_harmful(page: Page, look: DigestStyle) -> None:
    for payload in draw(page, look):
        assert not faults_of(payload)


def test_a_picture_stands_beside_the_text_where_the_look_has_room() -> None:
    group = Group((paragraph(bold("Bridge opens"), size="heading"), paragraph("e1", size="small")), picture=PICTURE)
    page = Page((group,))
    (components,) = draw(page, DigestStyle.CARDS)
    ((section,),) = (frame["components"] for frame in components["components"])
    assert (section["type"], section["accessory"]) == (9, {"type": 11, "media": {"url": PICTURE}})
    (embeds,) = draw(page, DigestStyle.EMBEDS)
    assert embeds["embeds"][0]["thumbnail"] == {"url": PICTURE}
    (plain,) = draw(page, DigestStyle.PLAIN)
    assert PICTURE not in str(plain)


def test_a_button_beside_the_text_comes_before_a_picture() -> None:
    aside = Button("More", "story:e1")
    (drawn,) = draw(Page((Group((paragraph("Bridge opens"),), aside=aside, picture=PICTURE),)))
    assert PICTURE not in str(drawn)
    assert "story:e1" in str(drawn)


def story(number: int, *, words: int = 60) -> Group:
    blocks = (
        paragraph(bold(f"Headline {number}"), size="heading"),
        paragraph(f"w{number}; " * words),
        paragraph("note", size="small"),
    )
    return Group(blocks, accent="sport", key=f"e{number}")


@pytest.mark.parametrize("look", DigestStyle)
@settings(max_examples=15, deadline=None)
@given(counts=st.lists(st.integers(1, 700), min_size=1, max_size=14))
def test_stories_arrive_once_whole_and_in_order(look: DigestStyle, counts: list[int]) -> None:
    blocks: list[Block] = []
    for number, count in enumerate(counts):
        blocks += [Rule(), story(number, words=count)]
    messages = draw_messages(Page(tuple(blocks), footer=paragraph("No. 7", size="small")), look, most=50)
    assert [key for message in messages for key in message.keys] == [f"e{number}" for number in range(len(counts))]
    everything = "\n".join(text for message in messages for text in _read(message.payload))
    for number, count in enumerate(counts):
        assert everything.count(f"Headline {number}\n") + everything.count(f"Headline {number}*") == 1
        assert everything.count(f"w{number};") == count
    for message in messages:
        assert "No. 7" in "\n".join(_read(message.payload))


@pytest.mark.parametrize("look", DigestStyle)
def test_a_story_that_fits_a_message_is_not_parted(look: DigestStyle) -> None:
    messages = draw_messages(Page(tuple(story(number, words=150) for number in range(9))), look, most=50)
    for message in messages:
        text = "\n".join(_read(message.payload))
        for key in message.keys:
            assert text.count(f"w{key[1:]};") == 150


def test_each_story_has_its_topics_colour() -> None:
    page = Page(
        (
            paragraph("Today", size="title"),
            Group((paragraph("a"),), accent="sport"),
            Group((paragraph("b"),), accent="weather"),
        )
    )
    (payload,) = draw(page)
    frames = [each for each in payload["components"] if each["type"] == 17]
    assert len({frame["accent_color"] for frame in frames}) == 2


def test_a_long_paragraph_is_parted_between_words_and_loses_none() -> None:
    text = " ".join(f"word{number}" for number in range(2000))
    read = " ".join(each for payload in draw(Page((paragraph(text),)), most=20) for each in _read(payload))
    assert read.split() == text.split()


@pytest.mark.parametrize("look", DigestStyle)
def test_nothing_to_show_is_still_a_message(look: DigestStyle) -> None:
    (payload,) = draw(Page(()), look)
    assert not faults_of(payload)


def test_spans_that_are_harmless_alone_make_no_heading() -> None:
    assert paragraph_markup(paragraph("#", " title")) == r"\# title"
    assert paragraph_markup(paragraph("1.", " first")) == r"1\. first"


def test_right_to_left_text_is_kept_apart() -> None:
    assert paragraph_markup(paragraph("שלום", " · 3 reports")) == "\u2068שלום\u2069 · 3 reports"


def test_links_lead_to_web_pages_only() -> None:
    assert (
        paragraph_markup(paragraph(link("here", "https://example.org/a(b)"))) == "[here](https://example.org/a%28b%29)"
    )
    assert paragraph_markup(paragraph(link("here", "javascript:alert(1)"))) == "here"


def test_moments_are_shown_in_each_readers_time() -> None:
    assert paragraph_markup(paragraph(timestamp(datetime(2027, 1, 1, tzinfo=UTC), "1 January"))) == "<t:1798761600:f>"


def test_without_embed_links_the_look_is_plain() -> None:
    embed_links, administrator = 1 << 14, 1 << 3
    assert permitted_look(DigestStyle.CARDS, embed_links) is DigestStyle.CARDS
    assert permitted_look(DigestStyle.EMBEDS, administrator) is DigestStyle.EMBEDS
    assert permitted_look(DigestStyle.CARDS, 0) is DigestStyle.PLAIN
    assert permitted_look(DigestStyle.CHART, embed_links) is DigestStyle.CARDS
    assert permitted_look(DigestStyle.CHART, embed_links | 1 << 15) is DigestStyle.CHART
    assert permitted_look(DigestStyle.CHART, 1 << 15) is DigestStyle.PLAIN


def test_a_chart_is_a_picture_with_its_words_in_one_look_alone() -> None:
    chart = Chart(
        "Countries", (Bar("Japan", "JP", (("sport", 3), (None, 1))), Bar("@everyone", "DE", (("health", 2),)))
    )
    page = Page((paragraph("News", size="title"), chart, paragraph("More")))
    (payload,) = draw(page, DigestStyle.CHART)
    assert faults_of(payload) == []
    gallery = next(each for each in payload["components"][0]["components"] if each["type"] == 12)
    assert gallery["items"][0]["description"] == "Countries: Japan 4, @everyone 2"
    assert list(payload[FILES_KEY]) == ["chart-1.png"]
    assert gallery["items"][0]["media"]["url"] == "attachment://chart-1.png"
    for look in set(DigestStyle) - {DigestStyle.CHART}:
        assert all(FILES_KEY not in each and "chart-1.png" not in str(each) for each in draw(page, look))


def _read(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if isinstance(value, str) and name in ("content", "description", "text"):
                yield value
            else:
                yield from _read(value)
    elif isinstance(part, list):
        for each in part:
            yield from _read(each)
