"""A member's mutes, and how long each lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.i18n import Words
from bot.rendering.layout import Page, Paragraph, paragraph
from bot.rendering.pages.time_words import message_with_time

__all__ = ["mutes_page"]


def mutes_page(mutes: Sequence[tuple[str, datetime | None]], words: Words, timezone: str) -> Page:
    """Return a member's mutes: each in words with the moment of its end, None for good."""
    lines = [_mute_line(what, until, words, timezone) for what, until in mutes]
    return Page((paragraph(words("muted-title"), size="title"), *lines), locale=words.locale)


def _mute_line(what: str, until: datetime | None, words: Words, timezone: str) -> Paragraph:
    if until is None:
        return paragraph("• ", words("mute-for-good", what=what))
    return paragraph("• ", *message_with_time("mute-until", until, words, timezone, what=what))
