"""Times, days and schedules in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache, lru_cache

from babel.dates import format_date, format_time, get_datetime_format

from bot.i18n import Words
from bot.newsroom.models import (
    Subscription,
)
from bot.newsroom.timezones import zone
from bot.rendering.layout import Span, timestamp
from bot.rendering.pages.parts import babel_locale
from bot.services.timezone_choices import zone_name
from bot.services.value_words import clock_words, days_words

__all__ = ["date_words", "day_words", "message_with_time", "time_words", "times_words"]


@lru_cache(maxsize=4096)  # the newest stories are shown again and again
def time_words(at: datetime, words: Words, timezone: str = "UTC") -> str:
    """A moment in words: date and time of day in a zone."""
    local, babel = at.astimezone(zone(timezone)), babel_locale(words)
    clock, day = _clock_words(local.time().replace(second=0, microsecond=0), babel), _medium_day(local.date(), babel)
    return _plain_spaces(_moment_pattern(babel).format(clock, day))


@lru_cache(maxsize=4096)  # a day has 1,440 minutes
def _clock_words(at: time, babel: str) -> str:
    return str(format_time(at, "short", locale=babel))


@lru_cache(maxsize=4096)  # a list has few days
def _medium_day(day: date, babel: str) -> str:
    return str(format_date(day, "medium", locale=babel))


@cache
def _moment_pattern(babel: str) -> str:
    return str(get_datetime_format("medium", locale=babel)).replace("'", "")


def message_with_time(key: str, at: datetime, words: Words, timezone: str = "UTC", **values: str | int) -> list[Span]:
    """Return the message `key` with a moment `at` in each reader's local time."""
    before, _, after = words.plain(key, at=_TIME_MARK, **values).partition(_TIME_MARK)
    return [Span(before), timestamp(at, time_words(at, words, timezone)), Span(after)]


_TIME_MARK = "\ufffc"


def date_words(at: datetime, words: Words, timezone: str = "UTC") -> str:
    """A day in words."""
    return _plain_spaces(format_date(at.astimezone(zone(timezone)), "full", locale=babel_locale(words)))


def day_words(day: date, words: Words) -> str:
    """A day of the calendar in words."""
    return _plain_spaces(format_date(day, "full", locale=babel_locale(words)))


def times_words(subscription: Subscription, words: Words) -> str:
    """Return a subscription's times, its weekdays unless it is all of them, and its zone."""
    when = words.listed([clock_words(each, words) for each in subscription.times])
    if len(subscription.days) < 7:
        days = days_words(subscription.days, words)
        return words("times-on-days", times=when, days=days, timezone=zone_name(subscription.timezone, words.locale))
    return words("times-daily", times=when, timezone=zone_name(subscription.timezone, words.locale))


def _plain_spaces(shown: str) -> str:
    return str(shown).replace("\u202f", " ").replace("\u2009", " ")
