"""Sources: feeds that are read, their options and state, and when each is fetched next.

Stored in the database, so that one can be added while the program runs; those of `intake.feeds` are among them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.errors import InputInvalid
from bot.newsroom.feed_addresses import address_fault, feed_host, feed_path, hide_secrets, redact_address
from bot.newsroom.name_lookup import language_of
from bot.newsroom.rejections import Rejection
from bot.newsroom.timezones import zone

__all__ = [
    "DEFAULT_OPTIONS",
    "SHORTEST_INTERVAL",
    "FetchOutcome",
    "IdentityRule",
    "Source",
    "SourceHealth",
    "SourceOptions",
    "SourceStatus",
    "SourceTerms",
    "after_fetch",
    "check_address",
    "clean_title",
    "new_source",
    "source_path",
    "with_addresses",
]

_FIRST_INTERVAL: Final = timedelta(minutes=5)
"""Pause between two fetches of a source of which nothing is known: news has to be here within minutes."""

SHORTEST_INTERVAL: Final = timedelta(minutes=5)
"""The shortest pause that is chosen; servers ask for no less."""

_LONGEST_INTERVAL: Final = timedelta(hours=1)
"""The longest pause that is chosen for a source that answers: what it brings is an hour late at most."""

_SLOWER: Final = 1.5
"""Factor of the pause after a fetch that brought nothing: from five minutes to an hour in seven quiet fetches."""

_LONGEST_BACKOFF: Final = timedelta(hours=6)
"""The longest pause after repeated failures: a source that comes back is read again the same day."""

_MOST_DOUBLINGS: Final = 10
"""Failures in a row from which on the pause is the longest: more would leave the range of numbers some day."""

_SPREAD: Final = 0.1
"""Share of a pause by which sources differ, so that a thousand that were added at once aren't fetched at once."""

_COUNTED_DAYS: Final = 7
"""Days over which a source's items a day are counted."""

_MAX_TITLE: Final = 200
"""Characters of a title that are kept; lists show fewer."""

_MINUTES: Final = range(1, 7 * 24 * 60 + 1)
"""Minutes that an interval may have: up to a week."""

_MAX_OLDEST_DAYS: Final = 36_500.0
"""Days of an oldest age: a century is no limit."""

_HASH_STEPS: Final = 2**16
"""Steps of the part of a hash that spreads fetches."""


class IdentityRule(StrEnum):
    """The sign that an entry was read before."""

    AUTO = "auto"
    """Its guid or else its link, with the headline where entries of the feed share one."""
    GUID = "guid"
    LINK = "link"
    LINK_TITLE = "link+title"
    CONTENT = "content"
    """Its headline and text: a changed entry is a new one."""


class SourceTerms(StrEnum):
    """The part of a story that its source's terms allow to be shown on the web."""

    SUMMARY = "summary"
    """Headline, summary and link."""
    FULL = "full"
    """The whole text."""


class SourceStatus(StrEnum):
    """The state of a source, as lists show it."""

    NEW = "new"
    """Not fetched yet."""
    OK = "ok"
    FAILING = "failing"
    DEAD = "dead"
    """Failing for so long that the operator was told."""
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """An operator's decisions about a source; the defaults leave it to the program.

    `interval_minutes` is the pause between two fetches. `language` and `timezone` hold for entries that state none.
    `trust_categories` takes the feed's own categories for topics. With `whole_articles`, the page of each new entry is
    fetched for its text. `oldest_days` is the age from which on an entry is no news. `terms` are for the web edition.
    """

    interval_minutes: int | None = None
    language: str | None = None
    timezone: str | None = None
    identity: IdentityRule = IdentityRule.AUTO
    trust_categories: bool = False
    oldest_days: float | None = None
    whole_articles: bool = False
    terms: SourceTerms = SourceTerms.SUMMARY

    def to_row(self) -> dict[str, Any]:
        """Return the options that differ from the defaults, for JSON."""
        defaults = SourceOptions()
        return {name: value for name, value in asdict(self).items() if value != getattr(defaults, name)}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> SourceOptions:
        """Read what `to_row` gave; what another version added is left out."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in row.items() if name in known}
        if "identity" in values:
            values["identity"] = IdentityRule(values["identity"])
        if "terms" in values:
            values["terms"] = SourceTerms(values["terms"])
        return cls(**values)

    def checked(self) -> SourceOptions:
        """Return the options in normal form. Raises InputInvalid."""
        if self.interval_minutes is not None and self.interval_minutes not in _MINUTES:
            raise InputInvalid(f"an interval has from {_MINUTES[0]} to {_MINUTES[-1]:,} minutes")
        if self.oldest_days is not None and not 0 <= self.oldest_days <= _MAX_OLDEST_DAYS:
            raise InputInvalid("an oldest age has from 0 to 36,500 days")
        language = self.language and language_of(self.language)
        if self.language and language is None:
            raise InputInvalid(f"there is no language called {self.language!r}; write a code such as de or pt-BR")
        return replace(self, language=language or None, timezone=_checked_zone(self.timezone))


DEFAULT_OPTIONS: Final = SourceOptions()
"""Nothing decided."""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """The results of a source's fetches.

    `failures` were in a row, since `failed_since`. `interval` is the pause that its news have shown to be right, None
    before the first fetch. `new_by_day` counts new entries by UTC day; `reported_at` is when the operator was told
    that it is dead.
    """

    tried_at: datetime | None = None
    succeeded_at: datetime | None = None
    failed_since: datetime | None = None
    failures: int = 0
    error: Rejection | None = None
    reported_at: datetime | None = None
    interval: timedelta | None = None
    seconds: float | None = None
    """How long the last answer took."""
    not_before: datetime | None = None
    """The end of the time for which a server that refused asked to be left alone."""
    new_by_day: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that is read.

    `guild_id` is the server that alone sees what it brings; None for all. `configured` ones stand in the settings.
    `url` may hold a key: operators see it, members the title. The store has the address of a configured one without its
    keys; `with_addresses` puts them back.
    """

    id: int
    path: str
    url: str
    guild_id: int | None
    configured: bool
    title: str | None
    added_at: datetime
    added_by: int | None = None
    options: SourceOptions = DEFAULT_OPTIONS
    paused_at: datetime | None = None
    next_at: datetime | None = None
    health: SourceHealth = SourceHealth()

    @property
    def name(self) -> str:
        """The title, or else the host: what members see."""
        return self.title or feed_host(self.path) or "?"

    @property
    def label(self) -> str:
        """The beginning of its address, for logs and messages to operators."""
        return redact_address(self.url)

    @property
    def shown_url(self) -> str:
        """The address as operators see it: whole, but for passwords and keys."""
        return hide_secrets(self.url)

    @property
    def status(self) -> SourceStatus:
        """Its state."""
        if self.paused_at is not None:
            return SourceStatus.PAUSED
        if self.health.failures:
            return SourceStatus.DEAD if self.health.reported_at is not None else SourceStatus.FAILING
        return SourceStatus.OK if self.health.succeeded_at is not None else SourceStatus.NEW

    def items_a_day(self, now: datetime) -> float:
        """Return how many new entries a day it brought lately."""
        today = now.astimezone(UTC).date()
        first = max(today - timedelta(days=_COUNTED_DAYS - 1), self.added_at.astimezone(UTC).date())
        counted = sum(count for day, count in self.health.new_by_day.items() if first <= day <= today)
        return counted / ((today - first).days + 1)


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """The result of a fetch: the error, the number of new entries, the server's wishes.

    `pause` are the seconds for which it asks to be left alone. `seconds` is how long the fetch took.
    """

    error: Rejection | None = None
    new: int = 0
    pause: float | None = None
    seconds: float = 0.0
    title: str | None = None


def check_address(url: str) -> str:
    """Return an address without blanks around it and without its fragment.

    Raises InputInvalid, which names it.
    """
    return _checked(url.strip().partition("#")[0])


def _checked(address: str) -> str:
    fault = address_fault(address)
    if fault is not None:
        shown = redact_address(address)
        raise InputInvalid(f"{shown!r} {fault}", "error-source-address", address=shown)
    return address


def source_path(url: str, guild_id: int | None) -> str:
    """Return the stored path of a source; a server's own has one that no other server's has."""
    path = feed_path(url)
    return path if guild_id is None else f"{path}~{guild_id}"


def new_source(
    url: str,
    now: datetime,
    *,
    guild_id: int | None = None,
    configured: bool = False,
    title: str | None = None,
    added_by: int | None = None,
    options: SourceOptions | None = None,
) -> Source:
    """Return a source that is to be added. Raises InputInvalid for what can't be an address.

    A configured one keeps its fragment, which is part of the paths that its entries have been stored with.
    """
    address = _checked(url.strip()) if configured else check_address(url)
    return Source(
        0,
        source_path(address, guild_id),
        address,
        guild_id,
        configured,
        clean_title(title),
        now,
        added_by,
        (options or DEFAULT_OPTIONS).checked(),
    )


def with_addresses(stored: Iterable[Source], configured: Iterable[str]) -> list[Source]:
    """Return sources with the settings' addresses, which are stored without their keys."""
    addresses = {source_path(url, None): url for url in configured}
    return [replace(each, url=addresses.get(each.path, each.url)) if each.configured else each for each in stored]


def clean_title(title: str | None) -> str | None:
    """Return a title on one line, or None without any."""
    plain = re.sub(r"[\s\x00-\x1f\x7f]+", " ", title or "").strip()
    return plain[:_MAX_TITLE].rstrip() or None


def after_fetch(source: Source, outcome: FetchOutcome, now: datetime) -> Source:
    """Return a source as it is after a fetch that ended at `now`, with the time of the next one.

    The pause is the operator's, or grows while the source brings nothing and shrinks when it does. It doubles with
    each failure in a row. It is never shorter than the server asks for.
    """
    health = source.health
    chosen = health.interval or _FIRST_INTERVAL
    if outcome.error is not None:
        failures = health.failures + 1
        base = _fixed_interval(source) or chosen
        pause = (
            min(base * 2.0**failures, max(_LONGEST_BACKOFF, base)) if failures < _MOST_DOUBLINGS else _LONGEST_BACKOFF
        )
        health = replace(
            health,
            tried_at=now,
            failures=failures,
            failed_since=health.failed_since or now,
            error=outcome.error,
            seconds=outcome.seconds,
            not_before=None if outcome.pause is None else now + timedelta(seconds=outcome.pause),
        )
    else:
        chosen = chosen / 2 if outcome.new else chosen * _SLOWER
        chosen = min(max(chosen, SHORTEST_INTERVAL), _LONGEST_INTERVAL)
        pause = _fixed_interval(source) or chosen
        today = now.astimezone(UTC).date()
        counts = {day: count for day, count in health.new_by_day.items() if (today - day).days < _COUNTED_DAYS}
        if outcome.new:
            counts[today] = counts.get(today, 0) + outcome.new
        health = replace(
            health,
            tried_at=now,
            succeeded_at=now,
            failures=0,
            failed_since=None,
            error=None,
            reported_at=None,
            not_before=None,
            interval=chosen,
            seconds=outcome.seconds,
            new_by_day=counts,
        )
    pause = pause * _spread(source.path, now)
    if outcome.pause is not None:
        pause = max(pause, timedelta(seconds=outcome.pause))
    return replace(source, health=health, next_at=now + pause, title=source.title or clean_title(outcome.title))


def _checked_zone(name: str | None) -> str | None:
    if not name:
        return None
    try:
        return zone(name).key
    except ValueError as error:
        raise InputInvalid(str(error)) from error


def _fixed_interval(source: Source) -> timedelta | None:
    minutes = source.options.interval_minutes
    return None if minutes is None else timedelta(minutes=minutes)


def _spread(path: str, now: datetime) -> float:
    """Return a factor near 1, another for each source and fetch."""
    digest = hashlib.blake2b(f"{path}{now.timestamp()}".encode(), digest_size=2).digest()
    return 1 + _SPREAD * (int.from_bytes(digest) / _HASH_STEPS - 0.5)
