"""Digests for other programs say the same in every format, and hostile text stays text in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.i18n import LOCALES, words
from bot.newsroom.models import Digest, Event, EventSentence, SourceRef
from bot.rendering.digest_formats import format_digest
from bot.rendering.escape import clean
from bot.rendering.format_names import DigestFormat
from bot.rendering.html_page import html_page
from bot.rendering.layout import Group, Page, Paragraph, Rule, Span, paragraph, timestamp
from bot.rendering.links import safe_url
from bot.rendering.markdown_page import markdown_page
from bot.rendering.plain_page import plain_page
from bot.rendering.span_texts import paragraph_text
from summarizers.types import Country, Topic
from tests.rendering.test_discord import hostile, pages

INSTALLATION = UUID("6f6c1d1e-0000-4000-8000-000000000001")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
REF = SourceRef(
    2, "today.txt", 0, "The Harbour Post", "https://harbour.example/1?a=1&b=(2)", picture="https://e.org/p.png"
)
EVENT = Event(
    id=3,
    headline="Destroyers meet off *Okinawa*",
    kicker="SEA DRILLS",
    language="en",
    summary=(EventSentence("They met at <sea>.", 0, REF), EventSentence("1. They left & came_back_.", 4, REF)),
    countries=(Country("JP", 0.9),),
    topics=(Topic("conflict-war-and-peace", 0.9),),
    sources=(REF,),
    first_at=NOON,
    last_at=NOON,
)
DIGEST = Digest(
    "x", NOON, NOON, (EVENT, replace(EVENT, id=4, update=True)), omitted=4, filter="country:jp", pictures=True
)

ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "footer", "article", "h1", "h2", "p", "blockquote"),
    *("strong", "em", "s", "code", "a", "time"),
}
ALLOWED_ATTRIBUTES = {
    "lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "dir",
    "class",
    "id",
    "style",
    "href",
    "rel",
    "datetime",
}


def formatted(digest: Digest, form: DigestFormat, locale: str = "en") -> str:
    return format_digest(digest, words(locale), form, installation=INSTALLATION if form is DigestFormat.ATOM else None)


def lines_of(page: Page) -> list[str]:
    """The visible lines of a page, without what formats may leave out."""
    return [line for line in map(paragraph_text, paragraphs_of(page)) if line]


def paragraphs_of(page: Page) -> Iterator[Paragraph]:
    for block in page.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Group):
            yield from (inner for inner in block.blocks if isinstance(inner, Paragraph))


def shown_lines(markdown: str) -> list[str]:
    """The lines that a reader of GitHub's dialect shows, as mere characters."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [shown(token) for token in parser.parse(markdown) if token.type == "inline"]


def shown(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def test_markdown_keeps_every_character_and_links_the_source() -> None:
    text = formatted(DIGEST, DigestFormat.MARKDOWN)
    assert "## SEA DRILLS: Destroyers meet off \\*Okinawa\\*\n" in text
    assert "[The Harbour Post](<https://harbour.example/1?a=1&b=%282%29>)" in text
    assert "They met at <sea>. 1. They left & came_back_." in shown_lines(text)


@settings(max_examples=40)
@given(pages)
def test_markdown_shows_exactly_the_characters_of_any_page(page: Page) -> None:
    page = Page(tuple(paragraphs_of(page)))
    assert [clean(line) for line in shown_lines(markdown_page(page))] == lines_of(page)


@settings(max_examples=40)
@given(hostile)
def test_a_hostile_line_is_one_paragraph_of_markdown_without_markup(text: str) -> None:
    page = Page((paragraph(text),))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown_page(page))
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    inner = {child.type for token in tokens for child in token.children or ()}
    assert inner <= {"text", "text_special"}


@pytest.mark.parametrize(
    "line",
    [
        "# no heading",
        "- no list",
        "+ no list",
        "1. no list",
        "12) no list",
        "---",
        "===",
        "***",
        "> no quote",
        "    code",
    ],
)
def test_no_line_begins_a_block(line: str) -> None:
    tokens = MarkdownIt("commonmark").parse(markdown_page(Page((paragraph("before"), paragraph(line)))))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"] * 2
    assert shown(tokens[4]) == line.strip()


@pytest.mark.parametrize(
    "line", ["https://evil.example", "www.evil.example", "mailto:a@b.example", "a@b.example", ":smile:"]
)
def test_no_address_becomes_a_link_by_itself(line: str) -> None:
    written = markdown_page(Page((paragraph(line),)))
    assert not re.search(r"(?i)[a-z]://|www\.|mailto:|[^\\]@|(?<!\\):\w+:", written)
    assert shown_lines(written) == [line]


def test_styles_become_marks_where_these_are_unambiguous() -> None:
    page = Page((paragraph(Span("New", "bold"), " and ", Span("old", "struck"), " ", Span("`x`", "code")),))
    assert markdown_page(page) == "**New** and ~~old~~ `` `x` ``\n"
    odd = Page((paragraph(Span("「更新」", "bold"), "です", Span("(a)", "italic")),))
    assert shown_lines(markdown_page(odd)) == ["「更新」です(a)"]


def test_text_has_a_paragraph_a_line_and_the_addresses() -> None:
    text = formatted(DIGEST, DigestFormat.TEXT)
    assert text.startswith("The news: ")
    assert "\nSEA DRILLS: Destroyers meet off *Okinawa*\nThey met at <sea>. 1. They left & came_back_.\n" in text
    assert "The Harbour Post <https://harbour.example/1?a=1&b=%282%29>" in text


@settings(max_examples=40)
@given(pages)
def test_text_holds_no_control_characters(page: Page) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain_page(page).replace("-- ", ""))


def test_html_is_a_whole_document_that_fetches_nothing() -> None:
    text = formatted(DIGEST, DigestFormat.HTML)
    document = lxml_html.document_fromstring(text)
    assert document.get("lang") == "en"
    assert document.findtext(".//title") == document.findtext(".//h1")
    assert [each.get("id") for each in document.iter("article")] == ["e3", "e4"]
    assert "default-src 'none'" in text
    assert "https://e.org/p.png" not in text
    (link, _second) = document.iter("a")
    assert link.get("href") == safe_url(REF.url)
    assert "They met at <sea>." in document.text_content()


@settings(max_examples=40)
@given(pages)
def test_html_of_hostile_pages_has_only_our_elements(page: Page) -> None:
    document = lxml_html.document_fromstring(html_page(page))
    assert {each.tag for each in document.iter() if isinstance(each.tag, str)} <= ALLOWED
    for element in document.iter():
        assert set(element.keys()) <= ALLOWED_ATTRIBUTES
        assert element.get("href") is None or re.match(r"https?://[!-~]+\Z", element.get("href", ""))
        assert element.get("style") is None or re.fullmatch(r"border-color: #[0-9a-f]{6}", element.get("style", ""))


def test_html_shows_moments_and_separators() -> None:
    page = Page((paragraph("At ", timestamp(NOON, "noon"), "."), Rule()))
    assert '<p dir="auto">At <time datetime="2026-11-20T12:00:00+00:00">noon</time>.</p>' in html_page(page)


@pytest.mark.parametrize("locale", LOCALES)
def test_atom_is_read_by_feed_readers(locale: str) -> None:
    feed = feedparser.parse(formatted(DIGEST, DigestFormat.ATOM, locale).encode())
    assert not feed.bozo
    assert feed.feed.title
    assert len({feed.feed.id, *(entry.id for entry in feed.entries)}) == 3
    newest = feed.entries[-1]
    assert newest.title == "SEA DRILLS: Destroyers meet off *Okinawa*"
    assert newest.link == safe_url(REF.url)
    assert newest.updated_parsed[:5] == (2026, 11, 20, 12, 0)
    assert "They met at &lt;sea&gt;." in newest.content[0].value
    assert {tag.term for tag in newest.tags} == {"JP", "conflict-war-and-peace"}


def test_an_entry_keeps_its_id_and_another_database_has_others() -> None:
    def ids(digest: Digest, installation: UUID) -> list[str]:
        text = format_digest(digest, words(), DigestFormat.ATOM, installation=installation)
        return [entry.id for entry in feedparser.parse(text.encode()).entries]

    (before,) = ids(replace(DIGEST, events=(EVENT,)), INSTALLATION)
    later = replace(EVENT, headline="Another headline", last_at=NOON.replace(hour=14), update=True)
    assert ids(replace(DIGEST, events=(later,), filter="topic:sport"), INSTALLATION) == [before]
    assert ids(replace(DIGEST, events=(EVENT,)), UUID(int=1)) != [before]


@settings(max_examples=40)
@given(hostile, hostile)
def test_atom_of_hostile_events_is_well_formed(headline: str, sentence: str) -> None:
    ref = replace(REF, source=sentence, url=headline)
    event = replace(EVENT, headline=headline, kicker=None, summary=(EventSentence(sentence, 0, ref),), sources=(ref,))
    text = formatted(replace(DIGEST, events=(event,)), DigestFormat.ATOM)
    root = ElementTree.fromstring(text)  # noqa: S314 - our own document
    contents = [each.text or "" for each in root.iter("{http://www.w3.org/2005/Atom}content")]
    for content in contents:
        inside = lxml_html.fragment_fromstring(content, create_parent="div")
        assert {each.tag for each in inside.iter()} <= {"div", "p", "a"}


@pytest.mark.parametrize("form", [each for each in DigestFormat if each is not DigestFormat.JSON])
def test_an_empty_digest_is_a_document_too(form: DigestFormat) -> None:
    assert formatted(replace(DIGEST, events=(), omitted=0), form)
