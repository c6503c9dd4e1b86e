"""Pages without news: help, about, short messages, and several pages put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.i18n import Words
from bot.rendering.layout import (
    Block,
    Button,
    Page,
    Row,
    Rule,
    Span,
    line,
    text,
)
from bot.rendering.pages.time_words import message_with_time

__all__ = ["about_page", "concat_pages", "help_page", "message_page"]


def help_page(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], words: Words, *, note: str = "") -> Page:
    """Commands under headings, as (how it is typed, what it does)."""
    blocks: list[Block] = [line(words("help-title"), size="title")]
    for heading, rows in groups:
        blocks.append(line(heading, size="heading"))
        blocks += [line(Span(typed, "code"), text("  "), text(about)) for typed, about in rows]
    if note:
        blocks += [Rule(), line(note, size="small")]
    return Page(tuple(blocks), locale=words.locale)


def about_page(words: Words, *, version: str, counts: Mapping[str, int], latest: datetime | None = None) -> Page:
    """What this is, and how much of it there is."""
    blocks: list[Block] = [
        line(words("about-title"), size="title"),
        line(words("about-text")),
        line(words("about-counts", **{name: counts[name] for name in ("stories", "documents", "countries", "topics")})),
    ]
    if latest is not None:
        blocks.append(line(*message_with_time("about-latest", latest, words), size="small"))
    blocks.append(line(words("about-version", version=version), size="small"))
    return Page(tuple(blocks), locale=words.locale)


def message_page(*texts: str, words: Words, title: str | None = None, buttons: Sequence[Button] = ()) -> Page:
    """A plain answer: a few lines."""
    blocks: list[Block] = [line(title, size="title")] if title else []
    blocks += [line(item) for item in texts]
    if buttons:
        blocks.append(Row(tuple(buttons[:5])))
    return Page(tuple(blocks), locale=words.locale)


def concat_pages(*shown: Page) -> Page:
    """Several pages as one, with rules between them."""
    blocks: list[Block] = []
    for page in shown:
        blocks += [Rule(), *page.blocks] if blocks else page.blocks
    return Page(tuple(blocks), accent=shown[0].accent, footer=shown[0].footer, locale=shown[0].locale)
