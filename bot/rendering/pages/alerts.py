"""The alerts that a digest names instead of telling their events anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.i18n import Words
from bot.newsroom.models import PostedAlert
from bot.newsroom.timezones import zone
from bot.rendering.layout import Paragraph, Span, link
from bot.rendering.pages.time_words import time_words
from bot.services.value_words import clock_words

__all__ = ["alert_lines"]

_MOST_LINES: Final = 10
"""Alerts that a digest names at most, the newest ones: a day's usual limit."""


def alert_lines(alerts: Sequence[PostedAlert], until: datetime, words: Words, timezone: str) -> list[Paragraph]:
    """Return a line for each alert: when it was posted, which leads to it, and its headline.

    `until` is the time of the digest; an alert of another day has its date.
    """
    lines = []
    for each in alerts[-_MOST_LINES:]:
        local, day = each.at.astimezone(zone(timezone)), until.astimezone(zone(timezone)).date()
        at = clock_words(local.time(), words) if local.date() == day else time_words(each.at, words, timezone)
        lines.append(
            Paragraph((link(words("digest-alert", at=at), each.address), Span(f" · {each.headline}")), "small")
        )
    return lines
