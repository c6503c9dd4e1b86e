"""Additions of a weekly digest: its days, and how each event went on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from babel.dates import format_date

from bot.i18n import Words
from bot.newsroom.models import Digest, Event
from bot.newsroom.timezones import zone
from bot.rendering.layout import Group, paragraph
from bot.rendering.pages.parts import babel_locale

__all__ = ["week_words", "with_development"]

_WEEK = timedelta(days=7)
"""From this on a day of the week is not enough to tell when."""

_TICK = timedelta(microseconds=1)
"""Taken off the end of a week, so that one that ends at midnight ends with the day before."""


def week_words(digest: Digest, words: Words) -> str:
    """Return the first and last day of a weekly digest."""
    where, locale = zone(digest.timezone), babel_locale(words)
    days = (format_date(at.astimezone(where), "long", locale=locale) for at in (digest.since, digest.until - _TICK))
    first, last = days
    return words("digest-week", first=first, last=last)


def with_development(group: Group, event: Event, words: Words, timezone: str) -> Group:
    """Return an event's group with a line on how it went on.

    It stands before the last one, and says from when to when, and in how many reports. An event of one day stays as it is.
    """
    where, locale = zone(timezone), babel_locale(words)
    first, last = event.first_at.astimezone(where).date(), event.last_at.astimezone(where).date()
    if first == last:
        return group
    days = {"first": format_date(first, "EEEE", locale=locale), "last": format_date(last, "EEEE", locale=locale)}
    if last - first >= _WEEK:
        days = {
            "first": format_date(first, "medium", locale=locale),
            "last": format_date(last, "medium", locale=locale),
        }
    line = paragraph(words("digest-developed", count=len(event.sources), **days))
    return replace(group, blocks=(*group.blocks[:-1], line, group.blocks[-1]))
