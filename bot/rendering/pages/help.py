"""Pages without news: help, about, short messages, and several pages put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.i18n import Words
from bot.rendering.layout import ActionRow, Block, Button, Page, Paragraph, Rule, Span, paragraph, text
from bot.rendering.pages.time_words import message_with_time

__all__ = ["about_page", "command_help_page", "concat_pages", "help_page", "message_page"]


def help_page(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], words: Words, *, note: str = "") -> Page:
    """Commands under headings, as (how it is typed, what it does)."""
    blocks: list[Block] = [paragraph(words("help-title"), size="title")]
    for heading, rows in groups:
        blocks += [paragraph(heading, size="heading"), *_help_rows(rows)]
    if note:
        blocks += [Rule(), paragraph(note, size="small")]
    return Page(tuple(blocks), locale=words.locale)


def command_help_page(command: str, about: str, options: Sequence[tuple[str, str]], words: Words) -> Page:
    """A command with its options, as (how it is typed, what it means)."""
    blocks: list[Block] = [paragraph(words("help-command-title", command=command), size="title"), paragraph(about)]
    if options:
        blocks += [paragraph(words("help-options"), size="heading"), *_help_rows(options)]
    return Page(tuple(blocks), locale=words.locale)


def _help_rows(rows: Sequence[tuple[str, str]]) -> list[Paragraph]:
    return [paragraph(Span(typed, "code"), text("  "), text(about)) for typed, about in rows]


def about_page(
    words: Words,
    *,
    version: str,
    counts: Mapping[str, int],
    latest: datetime | None = None,
    links: Mapping[str, str] = MappingProxyType({}),
) -> Page:
    """Return what the bot is, its version and how much it holds.

    `links` are addresses by the message that names them; empty ones are left out.
    """
    blocks: list[Block] = [
        paragraph(words("about-title"), size="title"),
        paragraph(words("about-text")),
        paragraph(
            words("about-counts", **{name: counts[name] for name in ("stories", "documents", "countries", "topics")})
        ),
    ]
    if latest is not None:
        blocks.append(paragraph(*message_with_time("about-latest", latest, words), size="small"))
    blocks.append(paragraph(words("about-version", version=version), size="small"))
    buttons = [Button(words(name), url=address) for name, address in links.items() if address]
    if buttons:
        blocks.append(ActionRow(tuple(buttons)))
    return Page(tuple(blocks), locale=words.locale)


def message_page(*texts: str, words: Words, title: str | None = None, buttons: Sequence[Button] = ()) -> Page:
    """A plain answer: a few lines."""
    blocks: list[Block] = [paragraph(title, size="title")] if title else []
    blocks += [paragraph(item) for item in texts]
    if buttons:
        blocks.append(ActionRow(tuple(buttons[:5])))
    return Page(tuple(blocks), locale=words.locale)


def concat_pages(*shown: Page) -> Page:
    """Several pages as one, with rules between them."""
    blocks: list[Block] = []
    for page in shown:
        blocks += [Rule(), *page.blocks] if blocks else page.blocks
    return Page(tuple(blocks), accent=shown[0].accent, footer=shown[0].footer, locale=shown[0].locale)
