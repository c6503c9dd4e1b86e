"""Does a page look right in a terminal, narrow or wide, with colour or without?"""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.rendering.layout import (
    ActionRow,
    Bar,
    Button,
    Chart,
    Group,
    Menu,
    MenuOption,
    Page,
    Rule,
    Span,
    bold,
    link,
    paragraph,
)
from bot.rendering.terminal import WIDEST, draw, picture, pressable

PAGE = Page(
    (
        paragraph("The news", size="title"),
        paragraph("Friday", size="small"),
        Rule(),
        Group(
            (
                paragraph(bold("SEA DRILLS: "), bold("Destroyers meet off Okinawa"), size="heading"),
                paragraph("The two navies sailed together for a day. " * 4),
                paragraph(
                    "e2 · 🇯🇵 Japan · ",
                    Span("Conflict", topic="conflict-war-and-peace"),
                    " · ",
                    link("Post", "https://p.example/1"),
                    size="small",
                ),
            ),
            accent="conflict-war-and-peace",
        ),
        Rule(),
        Group((paragraph(bold("Rain"), size="heading"),), accent="weather"),
        ActionRow((Menu("story", "Read", (MenuOption("a", "s1"), MenuOption("b", "s2"))),)),
        ActionRow((Button("Back", "b", disabled=True), Button("Next", "n"), Button("Web", url="https://p.example"))),
    ),
    footer=paragraph("Gazette No. x", size="small"),
)


def printed(page: Page, width: int = 80, *, color: bool = False, buttons: bool = True) -> str:
    """What a terminal shows."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=color,
        color_system="truecolor" if color else None,
        legacy_windows=False,
    )
    console.print(draw(page, buttons=buttons))
    return stream.getvalue()


def test_a_page_reads_as_a_newspaper_column() -> None:
    lines = [each.rstrip() for each in printed(PAGE).split("\n")]
    assert lines[:3] == ["The news", "Friday", "━" * 80]
    assert lines[4] == "▌ SEA DRILLS: Destroyers meet off Okinawa"
    assert lines[5].startswith("▌ The two navies")
    assert "▌ Rain" in lines
    assert "[1.1 – 1.2] Read" in lines
    assert "[–] Back   [2] Next   ↗ Web" in lines
    assert lines[-2] == "Gazette No. x"


def test_a_chart_is_bars_of_characters() -> None:
    chart = Chart("Countries", (Bar("Japan", "JP", (("sport", 3), (None, 1))), Bar("台湾", "TW", (("sport", 1),))))
    told = printed(Page((paragraph("News", size="title"), chart)))
    bars = [each.rstrip() for each in told.split("\n") if "█" in each]
    assert bars == ["Japan " + "█" * 40 + " 4", "台湾  " + "█" * 10 + " 1"]


def test_only_what_can_be_pressed_has_a_number() -> None:
    assert [getattr(item, "action", None) for item in pressable(PAGE)] == ["story", "n"]


def test_buttons_can_be_left_out() -> None:
    assert "Next" not in printed(PAGE, buttons=False)
    assert "Rain" in printed(PAGE, buttons=False)


@pytest.mark.parametrize("width", [20, 40, 80, 100, 300])
def test_no_line_is_wider_than_the_screen_or_the_column(width: int) -> None:
    for each in printed(PAGE, width).split("\n"):
        assert cell_len(each.rstrip()) <= min(width, WIDEST)


def test_topics_have_their_colours_and_addresses_are_links() -> None:
    shown = printed(PAGE, color=True)
    assert "\x1b[38;2;" in shown
    assert "https://p.example/1" in shown
    assert "\x1b" not in printed(PAGE)


def test_no_color_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = io.StringIO()
    Console(file=stream, width=80, force_terminal=True).print(draw(PAGE))
    assert not re.search(r"\x1b\[[0-9;]*3[0-8];", stream.getvalue())


def test_a_picture_is_a_drawing_with_the_text_in_it() -> None:
    drawn = picture(PAGE, title="a title")
    assert drawn.startswith("<svg")
    assert "Okinawa" in drawn
    assert "a&#160;title" in drawn or "a title" in drawn


@settings(deadline=None)
@given(
    text=st.text(max_size=120)
    | st.sampled_from(
        ["\x1b[2J\x1b]0;title\x07", "[bold]x[/bold]", "[/]", "\u202eevil", "\r\rgone", "\x9b31m", "[link=x]"]
    ),
    width=st.integers(1, 120),
)
def test_text_from_outside_moves_no_cursor_and_styles_nothing(text: str, width: int) -> None:
    page = Page(
        (
            paragraph(text, size="title"),
            Rule(),
            Group((paragraph(Span(text, topic="sport")), paragraph(text, size="quote"))),
            ActionRow((Button(text, "a"), Menu("m", text, (MenuOption(text, "v"),)))),
        )
    )
    shown = printed(page, width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
