"""Attempt: make reading take time that grows with the square of a document's length, or fill the memory."""

from __future__ import annotations

import contextlib
import json
import resource
import time
from collections.abc import Callable

import pytest

from bot.intake.analysis_job import AnalysisJob, analyse_document
from bot.intake.readers import read_parts
from bot.intake.readers.html import text_of_html
from bot.intake.readers.html_tree import parse_html
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

SENTENCE = "The council of Oslo voted on Monday to build bridge number {} over the river."


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit))


def _page(unit: str) -> Callable[[int], str]:
    return lambda size: f"<html><body>{unit * (size // len(unit))}</body></html>"


def _attributes(size: int) -> str:
    return " ".join(f"a{number}='b'" for number in range(size // 9))


def _bracketed(size: int) -> str:
    return " ".join(f"a{number}='>'" for number in range(size // 9))


def _feed(make: Callable[[int], str]) -> Callable[[int], str]:
    head = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Post</title>'
    return lambda size: f"{head}{make(size)}</channel></rss>"


def _entry(field: str, begin: str = "", end: str = "") -> Callable[[int], str]:
    return _feed(
        lambda size: (
            "<item><title>Ferry</title><description>It sails.</description>"
            f"<{field}>{begin}{'a' * size}{end}</{field}></item>"
        )
    )


SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {
    "brackets": ("a.md", _repeat("[")),
    "images": ("a.md", _repeat("![")),
    "brackets within brackets": ("a.md", _repeat("[a[b]")),
    "links without an end": ("a.md", _repeat("[a](x")),
    "titles without an end": ("a.md", _repeat('[a](b "c')),
    "footnotes": ("a.md", _repeat("[^")),
    "strong marks that never close": ("a.md", _repeat("**a ")),
    "underlines that never close": ("a.md", _repeat("__a ")),
    "backticks of two lengths": ("a.md", _repeat("`a``b")),
    "one run of backticks": ("a.md", _repeat("`")),
    "addresses without an end": ("a.md", _repeat("<http://a")),
    "comments without an end": ("a.md", _repeat("<!--")),
    "a heading of blanks": ("a.md", lambda size: f"#{' ' * size}x"),
    "one paragraph of short lines": ("a.md", _repeat("a\n")),
    "a reference of many digits": ("a.md", lambda size: f"Ferry &#{'1' * size}; sails."),
    "attributes": ("a.html", lambda size: f"<p {_attributes(size)}>The ferry sails.</p>"),
    "paragraphs": ("a.html", _page("<p>a</p>")),
    "deep elements": ("a.html", _page("<div>")),
    "mains within mains": ("a.html", lambda size: _page("<p>aaa bbb</p>")(size).replace("<body>", "<main>" * 200)),
    "tags without an end": ("a.html", _page("<a ")),
    "cells of one row": ("a.html", lambda size: f"<table><tr>{'<td>a' * (size // 5)}"),
    "headlines": ("a.html", lambda size: f"<title>a</title>{'<h1>a</h1>' * (size // 10)}"),
    "comments by their class": ("a.html", _page("<div class='comment'>a</div>")),
    "readings of ruby": ("a.html", _page("<rt>a</rt>b")),
    "times": ("a.html", _page("<span itemprop='datePublished'>a")),
    "cards": ("a.html", _page(f"<div><h3><a href='/a'>Ferry</a></h3><p>{SENTENCE}</p></div>")),
    "articles": ("a.html", _page("<article><h2>Ferry</h2><p>It sails again.</p>")),
    "headings": ("a.html", _page("<h1>a</h1>")),
    "different headings": (
        "a.html",
        lambda size: f"<html><body>{''.join(f'<h1>Ferry {at}</h1>' for at in range(size // 18))}",
    ),
    "tables": ("a.html", _page("<table><tr><td>a</td></tr></table>")),
    "dates beside the headline": ("a.html", _page("<h1>Ferry</h1><p>5 May 2026</p>")),
    "attributes in JSON": ("a.json", lambda size: json.dumps({"text": f"<p {_attributes(size)}>The ferry sails.</p>"})),
    "tags without an end in JSON": ("a.json", lambda size: json.dumps({"text": "<p " * (size // 3)})),
    "deep lists in JSON": ("a.json", _repeat("[")),
    "an author's name": ("a.xml", _entry("author")),
    "a creator's name": ("a.xml", _entry("dc:creator")),
    "a quoted author's name": ("a.xml", _entry("author", "<![CDATA[", "]]>")),
    "attributes in a feed": ("a.xml", _feed(lambda size: f"<item {_attributes(size)}><title>Ferry</title></item>")),
    "categories": (
        "a.xml",
        _feed(
            lambda size: (
                "<item><title>Ferry</title><description>It sails.</description>"
                f"{''.join(f'<category>a{at}</category>' for at in range(size // 26))}</item>"
            )
        ),
    ),
    "half comments in a feed": ("a.xml", _feed(_repeat("<!-"))),
    "an author's name in pieces": ("a.xml", _entry("author", "]", "<![CDATA[a]]>" * 40)),
    "different categories": (
        "a.xml",
        _feed(lambda size: "".join(f"<item/><category>{number}</category>" for number in range(size // 30))),
    ),
    "values with brackets": ("a.html", lambda size: f"<p {_bracketed(size)}>The ferry sails.</p>"),
    "values with brackets in a feed": ("a.xml", _feed(lambda size: f"<item {_bracketed(size)}></item>")),
    "blank lines before a feed": ("a.xml", lambda size: f"{chr(10) * size}<rss version='2.0'/>"),
    "blank lines after a declaration": ("a.xml", lambda size: f"<?xml version='1.0'?>{chr(10) * size}<rss/>"),
    "encodings in a declaration": (
        "a.xml",
        lambda size: f"<?xml {'encoding=`a` '.replace('`', chr(34)) * (size // 13)}",
    ),
    "encodings in the first line": (
        "a.xml",
        lambda size: f"<?xml version='1.0'?><rss>{'encoding=`a` '.replace('`', chr(34)) * (size // 13)}</rss>",
    ),
    "entities on lines of their own": ("a.xml", lambda size: "<!ENTITY a\n" * (size // 11) + "<rss/>"),
    "one reference of many digits in a feed": ("a.xml", _entry("title", "&#1", ";")),
    "an author of mail addresses": ("a.xml", _entry("author", "a@" * 4_000)),
    "quotes within quotes": ("a.md", _repeat("> ")),
    "a table": ("a.md", _repeat("| a | b |\n")),
    "lists within lists": ("a.md", lambda size: "".join(f"{'  ' * (at % 50)}- a b\n" for at in range(size // 55))),
    "one long word": ("a.txt", _repeat("a")),
    "only blank lines": ("a.txt", lambda size: f"Ferries sail.{chr(10) * size}Ports open."),
    "initials": ("a.txt", _repeat("A. ")),
    "one-word lines": ("a.txt", _repeat("a\n")),
    "deep elements in a feed": ("a.xml", _feed(_repeat("<a>"))),
}

SMALL, LARGE = 40_000, 160_000
"""Characters. What grows with the square takes sixteen times as long for the larger."""


def _seconds(name: str, text: str) -> float:
    began = time.process_time()
    with contextlib.suppress(Unreadable):
        read_parts(text.encode(), name)
    return time.process_time() - began


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_takes_time_in_proportion_to_the_length(shape: str) -> None:
    name, make = SHAPES[shape]
    _seconds(name, make(1_000))  # loads libraries
    small = min(_seconds(name, make(SMALL)) for _ in range(2))
    assert _seconds(name, make(LARGE)) < 8 * small + 0.3


@pytest.mark.parametrize("text", ["aaa bbb\n", "a\n\n\n", "Ferry sails today.\n"])
def test_a_text_of_very_many_lines_takes_bounded_memory(text: str) -> None:
    document = ReadDocument((DocumentPart(text * 5_000),), "utf-8")
    list(document.analyse(engine="lead"))  # loads what analysing needs
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(1 for _ in ReadDocument((DocumentPart(text * 60_000),), "utf-8").analyse_parts(engine="lead"))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert count >= 1
    assert grown < 250, "megabytes"


@pytest.mark.parametrize(
    "unit", ["<p>The ferry sails.</p>", "<li>The ferry sails.", "<h2>Ferry</h2>", "The ferry sails.<hr>"]
)
def test_a_page_of_very_many_paragraphs_takes_bounded_memory(unit: str) -> None:
    read_parts(f"<html><body>{unit * 1_000}".encode(), "a.html")  # loads what reading needs
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    document = read_parts(f"<html><body>{unit * 60_000}".encode(), "a.html")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert document.text.count("\n") >= 59_000
    assert grown < 100, "megabytes"


def test_a_long_text_is_divided_at_empty_lines() -> None:
    stories = [SENTENCE.format(number) + " It opens in May." for number in range(30_000)]
    document = ReadDocument((DocumentPart("\n\n".join(stories)),), "utf-8")
    sentences = [sentence for analysis in document.analyse(engine="lead") for sentence in analysis.sentences]
    assert len(sentences) == 60_000
    assert sentences[0] == SENTENCE.format(0)


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5_000, "-" + "9" * 5_000, "1e999", "NaN"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.html"])
def test_a_number_without_end_costs_no_story(name: str, number: str) -> None:
    rows = [json.dumps({"title": f"Bridge {at}", "text": SENTENCE.format(at), "published": 1}) for at in range(3)]
    rows[1] = rows[1].replace('"published": 1', f'"published": {number}')
    if name == "a.html":
        data = (
            f'<script type="application/ld+json">{{"@type": "Article", "datePublished": {number}}}</script>'
            f"<p>{SENTENCE.format(1)}</p>"
        )
        assert read_parts(data.encode(), name).text == SENTENCE.format(1)
        return
    text = "\n".join(rows) if name == "a.jsonl" else f"[{', '.join(rows)}]"
    assert len(read_parts(text.encode(), name).parts) == 3


def test_a_number_of_thousands_of_digits_in_a_text_is_only_text() -> None:
    text = f"Officials in Oslo said on Monday that {'9' * 6_000} people came. It was {'1' * 6_000} more than in May."
    result = analyse_document(AnalysisJob("a.txt", text.encode(), "newsrank", 3))
    assert (result.rejection, len(result.stories)) == (None, 1)


def test_one_bad_row_costs_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(markup: str) -> str:
        if "broken" in markup:
            raise ValueError("a library's own error")
        return text_of_html(markup)

    monkeypatch.setattr("bot.intake.readers.json_fields.text_of_html", fragile)
    rows = [{"text": "<p>Ferries sail.</p>"}, {"text": "<p>broken</p>"}, {"text": "<p>Ports open.</p>"}]
    whole = read_parts(json.dumps(rows).encode(), "a.json")
    lines = read_parts("\n".join(map(json.dumps, rows)).encode(), "a.jsonl")
    for document in (whole, lines):
        assert [part.text for part in document.parts] == ["Ferries sail.", "Ports open."]
        assert "2 can't be read: ValueError: a library's own error" in document.notes[0]


def test_one_bad_entry_costs_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(markup: str) -> object:
        if "broken" in markup:
            raise ValueError("a library's own error")
        return parse_html(markup)

    monkeypatch.setattr("bot.intake.readers.feed_text.parse_html", fragile)
    items = "".join(
        f"<item><title>{each}</title><description>{each}</description></item>" for each in ("Ports", "broken")
    )
    document = read_parts(f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'.encode(), "a.xml")
    assert [part.text for part in document.parts] == ["Ports"]
    assert document.notes == ("1 of 2 entries were left out: entry 2 can't be read: ValueError: a library's own error",)


def test_what_is_too_deep_is_refused_with_a_reason() -> None:
    with pytest.raises(Unreadable) as caught:
        read_parts(b"[" * 200_000, "a.json")
    assert caught.value.rejection.reason is RejectReason.INVALID_JSON
