"""Pages of sources: the list, and a source that was added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.i18n import Words
from bot.newsroom.models import Event
from bot.newsroom.sources import Source, SourceStatus
from bot.rendering.layout import Block, Page, Rule, Span, paragraph
from bot.rendering.pages.digest import event_group
from bot.rendering.pages.time_words import message_with_time

__all__ = ["added_source_page", "sources_page"]

_MOST_LISTED = 40
"""Sources that are listed: about what fits in an answer's messages; the terminal lists all."""


def sources_page(sources: Sequence[Source], words: Words, now: datetime, *, guild_id: int | None) -> Page:
    """Return the sources, and when each last came; never their addresses.

    Numbers are shown of those that the server owns, as its managers need them.
    """
    blocks: list[Block] = [paragraph(words("sources-title"), size="title")]
    if not sources:
        blocks.append(paragraph(words("sources-none")))
    for each in sources[:_MOST_LISTED]:
        own = each.guild_id is not None and each.guild_id == guild_id
        spans: list[Span] = [Span(f"{each.id} · {each.name}" if own else each.name, "bold")]
        for part in _facts(each, words, now, own=own):
            spans += [Span(" · "), *part]
        blocks.append(paragraph(*spans))
    if len(sources) > _MOST_LISTED:
        blocks.append(paragraph("…"))
    return Page(tuple(blocks), locale=words.locale)


def _facts(source: Source, words: Words, now: datetime, *, own: bool) -> list[list[Span]]:
    facts: list[list[Span]] = []
    if source.status is SourceStatus.PAUSED:
        facts.append([Span(words("source-paused"))])
    elif source.health.failures:
        facts.append([Span(words("source-failing"))])
    if source.health.succeeded_at is not None:
        facts.append(message_with_time("source-last", source.health.succeeded_at, words))
        facts.append([Span(words("source-daily", count=round(source.items_a_day(now))))])
    elif not facts:
        facts.append([Span(words("source-new"))])
    if own:
        facts.append([Span(words("source-own"))])
    return facts


def added_source_page(
    source: Source,
    words: Words,
    *,
    entries: int,
    preview: Sequence[Event],
    oddities: Sequence[tuple[str, dict[str, object]]],
) -> Page:
    """Return a source that was added, its oddities, and its newest entries as in digests."""
    blocks: list[Block] = [
        paragraph(words("source-added", id=str(source.id), title=source.name), size="title"),
        paragraph(words("source-entries", count=entries)),
    ]
    blocks += [paragraph(words(f"source-odd-{name}", **facts), size="small") for name, facts in oddities if entries]
    for event in preview:
        blocks += [Rule(), event_group(event, words)]
    return Page(tuple(blocks), locale=words.locale)
