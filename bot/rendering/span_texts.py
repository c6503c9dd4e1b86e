"""Spans as surfaces outside Discord show them: cleaned, with safe links and honest labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.rendering.escape import clean
from bot.rendering.layout import Paragraph, Span, Style
from bot.rendering.links import label_of_link, safe_url

__all__ = ["SpanText", "paragraph_text", "span_texts"]

_CHANNEL = re.compile(r"<#(\d+)>")


@dataclass(frozen=True, slots=True)
class SpanText:
    """Visible characters of a span; `before` and `after` are the blanks around them.

    `url` is an address of `safe_url`; `at` the moment that the characters name.
    """

    text: str
    before: str = ""
    after: str = ""
    style: Style = "plain"
    url: str | None = None
    at: datetime | None = None


def span_texts(line: Paragraph) -> Iterator[SpanText]:
    """Return the spans of a paragraph that show something, without blanks at its start and end."""
    spans = [made for span in line.spans if (made := _span_text(span)) is not None]
    for place, span in enumerate(spans):
        first, last = place == 0, place == len(spans) - 1
        yield replace(span, before="" if first else span.before, after="" if last else span.after)


def paragraph_text(line: Paragraph) -> str:
    """Return a paragraph's characters as one line."""
    return clean("".join(f"{span.before}{span.text}{span.after}" for span in span_texts(line)))


def _span_text(span: Span) -> SpanText | None:
    raw = _CHANNEL.sub(r"#\1", span.text) if span.trusted else span.text
    text = clean(raw)
    if not text:
        return SpanText("", " ") if raw else None
    url = safe_url(span.url)
    before = " " if raw[:1].isspace() else ""
    after = " " if raw[-1:].isspace() else ""
    shown = label_of_link(text, url) if url is not None else text
    return SpanText(shown, before, after, span.style, url, span.at)
