"""Alerts: when an event is breaking news, and whether a subscription may post it now.

An event breaks at the moment at which enough independent newsrooms have it within an hour. Reports are of one newsroom
if they name the same source, have addresses on the same host, credit the same agency, or if one repeats the other's text.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.errors import InputInvalid
from bot.newsroom.models import USUAL_ALERTS_A_DAY, AlertRules
from bot.newsroom.timezones import zone

__all__ = [
    "ALERT_WINDOW",
    "MAX_ALERT_SOURCES",
    "AlertReport",
    "breaking_at",
    "day_of",
    "format_alerts",
    "is_quiet",
    "parse_alerts",
]

ALERT_WINDOW: Final = timedelta(hours=1)
"""Time within which the newsrooms must have the event: longer, and every big event of a day would break."""

MAX_ALERT_SOURCES: Final = 20
"""Newsrooms that may be asked for: hardly an event is in more sources within an hour."""

_LEAST_SOURCES: Final = 2
"""With one newsroom every story would be an alert."""

_MOST_A_DAY: Final = 24
"""Alerts a day that may be allowed: one an hour; more is a feed."""

_STALE: Final = timedelta(hours=24)
"""Age from which on a report that arrives is no sign of breaking news, such as the archive of a feed just added."""

_COPY_SHARE: Final = 0.5
"""Share of the shorter text's sentences from which on one text is taken from the other: agency reports share half."""

_HOST_PREFIX: Final = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
"""Prefixes under which a site offers the same pages."""

_OFF: Final = frozenset({"", "0", "-", "off", "no", "none"})
"""Words that turn alerts off."""

_TIME: Final = r"\d{1,2}(?:[:.h]\d{2})?"
_RULES: Final = re.compile(
    r"(\d+)(?: ?(?:sources?|newsrooms?))?"
    rf"(?:[ ,;·]+(?:quiet )?({_TIME}) ?[-–—~] ?({_TIME}))?"
    r"(?:[ ,;·]+(?:max(?:imum)? |at most |up to )?(\d+)(?: ?(?:a day|per day|/ ?day|daily))?)?",
    re.ASCII,
)
"""Rules as people type them: newsrooms, quiet hours, alerts a day. The words between may be left out."""


@dataclass(frozen=True, slots=True)
class AlertReport:
    """A report of an event, with all that tells its newsroom.

    `sentences` are hashes of its text. `source` and `agency` are folded names, empty if unknown.
    """

    story_id: int
    document_id: int
    arrived_at: datetime
    published_at: datetime
    source: str = ""
    url: str = ""
    agency: str = ""
    language: str = ""
    sentences: frozenset[str] = frozenset()


def parse_alerts(text: str) -> AlertRules | None:
    """Read `3`, `3 quiet 22:00-07:00 max 5` or `off`, which is None. Raises InputInvalid."""
    given = " ".join(text.casefold().split())
    if given in _OFF:
        return None
    found = _RULES.fullmatch(given)
    if found is None:
        raise _unreadable(text)
    sources, most = int(found[1]), int(found[4] or USUAL_ALERTS_A_DAY)
    quiet = None
    if found[2] is not None:
        quiet = _time_of(found[2], text), _time_of(found[3], text)
        if quiet[0] == quiet[1]:
            raise _unreadable(text)
    if not _LEAST_SOURCES <= sources <= MAX_ALERT_SOURCES:
        raise InputInvalid(
            f"an alert needs between {_LEAST_SOURCES} and {MAX_ALERT_SOURCES} sources",
            "error-alert-sources",
            least=_LEAST_SOURCES,
            most=MAX_ALERT_SOURCES,
        )
    if not 1 <= most <= _MOST_A_DAY:
        raise InputInvalid(f"there can be 1 to {_MOST_A_DAY} alerts a day", "error-alerts-a-day", most=_MOST_A_DAY)
    return AlertRules(sources, quiet, most)


def format_alerts(rules: AlertRules | None) -> str:
    """Return the rules as people type them: `3 quiet 22:00-07:00 max 5`, or `off`."""
    if rules is None:
        return "off"
    quiet = f" quiet {rules.quiet[0]:%H:%M}-{rules.quiet[1]:%H:%M}" if rules.quiet is not None else ""
    return f"{rules.sources}{quiet} max {rules.most}"


def breaking_at(reports: Sequence[AlertReport], sources: int, languages: Collection[str] = ()) -> datetime | None:
    """Return the first moment at which enough newsrooms had it within an hour, or None.

    By then one of the reports has to be in one of `languages`, if there are any.
    """
    fresh = sorted(
        (each for each in reports if each.arrived_at - each.published_at <= _STALE),
        key=lambda report: (report.arrived_at, report.story_id),
    )
    if len(fresh) < sources:
        return None
    related = [[at for at in range(last) if _of_one_newsroom(fresh[at], fresh[last])] for last in range(len(fresh))]
    first, readable = 0, not languages
    for last, report in enumerate(fresh):
        readable = readable or report.language in languages
        while fresh[first].arrived_at < report.arrived_at - ALERT_WINDOW:
            first += 1
        if readable and last - first + 1 >= sources and _count_newsrooms(related, first, last) >= sources:
            return report.arrived_at
    return None


def is_quiet(rules: AlertRules, at: datetime, timezone: str) -> bool:
    """Return whether a moment is in the quiet hours, which may pass midnight."""
    if rules.quiet is None:
        return False
    begin, end = rules.quiet
    local = at.astimezone(zone(timezone)).time()
    return begin <= local < end if begin < end else local >= begin or local < end


def day_of(at: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Return the begin and end, in UTC, of the local day that a moment is in."""
    where = zone(timezone)
    day = at.astimezone(where).date()
    begin, end = (datetime.combine(each, time(), where).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return begin, end


def _count_newsrooms(related: Sequence[Sequence[int]], first: int, last: int) -> int:
    """Count the groups of related reports among those from `first` to `last`."""
    leader = list(range(last + 1))

    def find(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for at in range(first, last + 1):
        for other in related[at]:
            if other >= first:
                leader[find(at)] = find(other)
    return len({find(at) for at in range(first, last + 1)})


def _of_one_newsroom(one: AlertReport, other: AlertReport) -> bool:
    names, others = _names(one), _names(other)
    if not names.isdisjoint(others):
        return True
    if not names and not others and one.document_id == other.document_id:
        return True
    shorter = min(len(one.sentences), len(other.sentences))
    return shorter > 0 and len(one.sentences & other.sentences) >= _COPY_SHARE * shorter


def _names(report: AlertReport) -> set[str]:
    """Return the names of a report's newsroom: its source, its agency and its host."""
    names = {f"name:{name}" for name in (report.source, report.agency) if name}
    return names | {f"host:{host}" for host in (_host(report.url),) if host}


def _host(url: str) -> str:
    """Return the host of an address without its usual prefixes.

    It is "" for one that names nobody, such as an IP address.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    if host == "localhost" or not host:
        return ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST_PREFIX.sub("", host.rstrip("."))
    return ""


def _time_of(text: str, given: str) -> time:
    hour, _, minute = re.sub(r"[.h]", ":", text).partition(":")
    try:
        return time(0 if hour == "24" else int(hour), int(minute or 0))
    except ValueError:
        raise _unreadable(given) from None


def _unreadable(text: str) -> InputInvalid:
    return InputInvalid(
        f"{text.strip()!r} is no rule for alerts; write 3, or 3 quiet 22:00-07:00 max 5, or off",
        "error-alerts",
        given=text.strip(),
    )
