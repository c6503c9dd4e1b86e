"""Does the preview show what Discord would, to everybody, and nothing that the text smuggled in?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bot.newsroom.models import DigestStyle
from bot.rendering.html import html_of, markup_html, write_preview
from bot.rendering.layout import (
    ActionRow,
    Bar,
    Button,
    Chart,
    Group,
    Menu,
    MenuOption,
    Page,
    bold,
    link,
    paragraph,
    timestamp,
)
from tests.rendering.test_discord import hostile, pages

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")

DIGEST = Page(
    (
        paragraph("The news", size="title"),
        paragraph("Friday, 20 November 2026", size="small"),
        Group(
            (
                paragraph(bold("SEA DRILLS: "), bold("Destroyers meet off Okinawa"), size="heading"),
                paragraph("Two navies sailed together for a day. " * 5),
                paragraph("e1 · 🇯🇵 Japan · ", link("The Harbour Post", "https://harbour.example/a"), size="small"),
            ),
            accent="conflict-war-and-peace",
            aside=Button("Full story", "story::e1"),
        ),
        Group((paragraph("שלום עולם", size="heading"), paragraph("Rain, at last.", size="quote")), accent="weather"),
        ActionRow((Menu("story", "Which story?", (MenuOption("Destroyers", "e1"),)),)),
        ActionRow((Button("12 more", "news:m:1:", primary=True), Button("Source", url="https://harbour.example"))),
    ),
    footer=paragraph("No. 7", size="small"),
)


def test_the_markup_is_shown_as_discord_shows_it() -> None:
    shown = markup_html(
        "## A **b\\*old** day\n-# [small](https://example.org/a) `co*de*`\n> \u2068שלום\u2069 ~~no~~ *yes*"
    )
    assert shown == (
        '<h2 dir="auto">A <strong>b*old</strong> day</h2>'
        '<p class="small" dir="auto"><a href="https://example.org/a" rel="noopener noreferrer">small</a>'
        " <code>co*de*</code></p>"
        '<blockquote dir="auto"><bdi>שלום</bdi> <s>no</s> <em>yes</em></blockquote>'
    )


def test_moments_are_told_in_the_asked_zone() -> None:
    page = Page((paragraph(timestamp(datetime(2027, 1, 1, tzinfo=UTC), "")),), locale="de")
    assert "01.01.2027, 09:00:00" in html_of([page], timezone="Asia/Tokyo")


@settings(max_examples=60, deadline=None)
@given(hostile)
def test_hostile_text_stays_text(text: str) -> None:
    page = Page((paragraph(text, "<script>alert(1)</script>", bold('"><img src=x onerror=alert(1)>')),))
    shown = html_of([page])
    assert not re.search(r"(?i)<(script|img|iframe|object|link|form)\b", shown)
    assert "<script>" not in str(markup_html(text + "<script>"))


@settings(max_examples=25, deadline=None)
@given(pages)
def test_every_page_can_be_shown(page: Page) -> None:
    for look in DigestStyle:
        assert html_of([page], look=look).startswith("<!DOCTYPE html>")


def test_nothing_is_fetched() -> None:
    shown = html_of([DIGEST])
    assert not re.search(r"(?i)\b(src|srcset)=|url\(|@import|<link", shown)


def test_a_chart_is_in_the_page_with_its_words() -> None:
    chart = Chart("Countries", (Bar("Japan", "JP", (("sport", 3),)), Bar("Peru", "PE", (("sport", 1),))))
    shown = html_of([Page((paragraph("News", size="title"), chart))], look=DigestStyle.CHART)
    assert re.search(r'<img class="picture" src="data:image/png;base64,[^"]+" alt="Countries: Japan 3, Peru 1">', shown)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("width", [320, 1280])
def test_in_a_browser_it_is_accessible_and_fits(browser: Any, tmp_path: Path, theme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    write_preview([DIGEST], tmp_path / "preview.html", look=DigestStyle.CARDS)
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((tmp_path / "preview.html").as_uri())
    results = Axe().run(tab)
    assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator("h2").inner_text() == "The news"
    background = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (theme == "light")
    assert [url for url in asked if not url.startswith("file:")] == []
    tab.close()


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("look", DigestStyle)
def test_each_look_shows_every_story(browser: Any, look: DigestStyle) -> None:
    tab = browser.new_page()
    tab.set_content(html_of([DIGEST], look=look, theme="dark"))
    assert "Destroyers meet off Okinawa" in tab.locator("main").inner_text()
    assert "No. 7" in tab.locator("main").inner_text()
    tab.close()
