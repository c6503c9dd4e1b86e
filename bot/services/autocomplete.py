"""What could somebody mean by what they have typed so far?

At most 25 suggestions, as Discord shows. Names are looked for in the member's language and in English, and forgive
slips of the keyboard; what has stories comes before what has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_time, format_timedelta, get_day_names
from babel.numbers import format_decimal
from rapidfuzz import fuzz, process

from bot.errors import FilterInvalid, InputInvalid
from bot.i18n import LOCALES, negotiate, words
from bot.newsroom import timezones
from bot.newsroom.filters import EVERYTHING
from bot.newsroom.models import StoryLine, Subscription, event_name, parse_id, story_name
from bot.newsroom.schedule import parse_days, parse_times
from bot.store import labels, members, story_pages, story_rows
from bot.store import subscriptions as table
from bot.store.database import Store
from bot.store.search import search_stories
from summarizers.labels.country_names import country_names, resolve_country
from summarizers.labels.topic_table import topic_table
from summarizers.labels.topics import resolve_topic, topic_name

__all__ = ["KINDS", "MAX_SUGGESTIONS", "Autocomplete", "Suggestion", "closest"]

MAX_SUGGESTIONS = 25
"""Discord's choices."""

KINDS = (
    "country",
    "topic",
    "since",
    "story",
    "event",
    "timezone",
    "time",
    "days",
    "language",
    "subscription",
    "follow",
    "mute",
)
"""What can be suggested."""

_LABEL = 100
_CUTOFF = 72
_NEARLY = 8
_UNLIKE = 9

_COUNTRY_KANA: Mapping[str, tuple[str, ...]] = {
    "JP": (
        "にほん",
        "にっぽん",
    ),
    "CN": ("ちゅうごく",),
    "GB": ("えいこく",),
    "KP": ("きたちょうせん",),
    "KR": ("かんこく",),
    "TW": ("たいわん",),
    "US": ("べいこく",),
    "ZA": ("みなみあふりか",),
}
"""How Japanese names of countries that are written in kanji begin while they are typed."""

_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_IDEOGRAMS = re.compile("[\u3041-\u3096\u4e00-\u9fff]")
"""Characters of which a name has few."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A choice for autocompletion: what people read, and what the command gets; at most 100 characters each."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Something to choose: `keys` are folded names that it is found by."""

    name: str
    value: str
    keys: tuple[str, ...]
    stories: int = 0


class Autocomplete:
    """Completes options of commands while somebody types."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def suggest(
        self,
        kind: str,
        text: str,
        *,
        locale: str = "en",
        guild_id: int | None = None,
        member_id: int | None = None,
        everything: bool = False,
    ) -> list[Suggestion]:
        """At most 25 suggestions of a kind (see KINDS) for what is typed; [] for a kind that nobody knows.

        Subscriptions are those of the guild, follows and mutes those of the member; `everything` is the operator, who
        is shown all.
        """
        text = text.strip()[:_LABEL]
        language = negotiate(locale)
        match kind:
            case "country" | "topic":
                return await self._labels(kind, text, language)
            case "since":
                return _spans(text, language)
            case "story" | "event":
                return await self._news(kind, text)
            case "timezone":
                return await self._zones(text, language, locale, guild_id)
            case "time":
                return _times(text, language)
            case "days":
                return _days(text, language)
            case "language":
                return _best(text, _languages(language))
            case "subscription":
                return await self._subscriptions(text, language, guild_id, everything=everything)
            case "follow" if member_id is not None:
                async with self._store.reading() as conn:
                    mine = await table.list_subscriptions(conn, member_id=member_id)
                return _best(text, [_ordered(each, language) for each in mine])
            case "mute" if member_id is not None:
                async with self._store.reading() as conn:
                    muted = await members.list_mutes(conn, member_id, self._clock())
                return _best(text, [_Known(each.filter, each.filter, (fold(each.filter),)) for each in muted])
        return []

    async def _labels(self, kind: str, text: str, language: str) -> list[Suggestion]:
        """Countries or topics; of several with commas between them the last is completed."""
        head, _, last = text.rpartition(",")
        async with self._store.reading() as conn:
            counts = await (labels.country_counts(conn) if kind == "country" else labels.topic_counts(conn))
        resolve = resolve_country if kind == "country" else resolve_topic
        names, wanted = _label_names(kind, language), last.strip()
        before = list(dict.fromkeys(code for part in head.split(",") if (code := resolve(part.strip())) is not None))
        choices = [each for each in _label_choices(kind, language, dict(counts)) if each.value not in before]
        if not wanted:
            choices = [each for each in choices if each.stories]
        suggestions = []
        for each in _ranked(wanted, choices, first=resolve(wanted) if wanted else None):
            told = [names.get(code, code) for code in (*before, each.value)]
            count = f" ({format_decimal(each.stories, locale=_babel(language))})" if each.stories else ""
            value = ",".join((*before, each.value))
            if len(value) <= _LABEL:
                suggestions.append(Suggestion(_fit(", ".join(told) + count), value))
        return suggestions

    async def _news(self, kind: str, text: str) -> list[Suggestion]:
        """The newest stories; with words typed, those that hold them; with an id typed, that one."""
        now = self._clock()
        number = parse_id(text)
        async with self._store.reading() as conn:
            if number is not None and number[0] != "event" and number[1] < 2**63:
                found = await story_rows.get_lines(conn, [number[1]])
            elif len(text) >= 2 and number is None:
                try:
                    phrase = f'"{text.replace(chr(34), " ")}"'
                    found = await story_rows.get_lines(
                        conn, await search_stories(conn, phrase, EVERYTHING, MAX_SUGGESTIONS, now=now)
                    )
                except FilterInvalid:
                    found = []
                if not found:
                    newest, _total = await story_pages.list_stories(conn, EVERYTHING, page=1, per_page=200, now=now)
                    titles = {line.id: fold(line.headline) for line in newest}
                    close = process.extract(
                        fold(text), titles, scorer=fuzz.partial_ratio, limit=MAX_SUGGESTIONS, score_cutoff=_CUTOFF
                    )
                    chosen = {number: place for place, (_title, _score, number) in enumerate(close)}
                    found = sorted((line for line in newest if line.id in chosen), key=lambda line: chosen[line.id])
            else:
                found, _total = await story_pages.list_stories(
                    conn, EVERYTHING, page=1, per_page=2 * MAX_SUGGESTIONS, now=now
                )
        seen: dict[str, Suggestion] = {}
        for line in found:
            value = story_name(line.id) if kind == "story" else event_name(line.event_id)
            seen.setdefault(value, Suggestion(_fit(f"{value} · {_headline(line)}"), value))
        return list(seen.values())[:MAX_SUGGESTIONS]

    async def _zones(self, text: str, language: str, locale: str, guild_id: int | None) -> list[Suggestion]:
        """Time zones with what time it is there; those of the server and of the member's country first."""
        now = self._clock()
        used: list[str] = []
        if guild_id is not None:
            async with self._store.reading() as conn:
                used = [each.timezone for each in await table.list_subscriptions(conn, guild_id=guild_id)]
        places_known = _zone_names(language)
        if clock := re.fullmatch(r"(\d{1,2})[:.h](\d{2})", text, re.ASCII):
            wanted = int(clock[1]) * 60 + int(clock[2])
            found = [name for name in places_known if _apart(now, name, wanted) <= 10]
            first = [name for name in (*used, *_usual_zones(locale)) if name in found]
            chosen = list(dict.fromkeys([*first, *found]))[:MAX_SUGGESTIONS]
        elif text:
            chosen = [each.value for each in _ranked(text, _zone_choices(language))]
        else:
            chosen = list(dict.fromkeys([*used, *_usual_zones(locale)]))[:MAX_SUGGESTIONS]
        return [
            Suggestion(_fit(f"{_clock_there(now, name, language)} · {places_known.get(name, name)} · {name}"), name)
            for name in chosen
        ]

    async def _subscriptions(
        self, text: str, language: str, guild_id: int | None, *, everything: bool
    ) -> list[Suggestion]:
        if guild_id is None and not everything:
            return []
        async with self._store.reading() as conn:
            found = await table.list_subscriptions(conn, guild_id=None if everything else guild_id)
        return _best(text, [_ordered(each, language) for each in found])


def fold(text: str) -> str:
    """Text as names are compared by: no case, no accents, no width, one blank for anything that is no letter.

    Katakana is hiragana: people type the one on their way to the other.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", bare)).translate(_HIRAGANA).split())


def _ranked(text: str, choices: Sequence[_Known], *, first: str | None = None) -> list[_Known]:
    """The choices that fit what is typed, the best first: beginnings, then words, then parts, then slips."""
    wanted = fold(text)
    if not wanted:
        return sorted(choices, key=lambda each: -each.stories)[:MAX_SUGGESTIONS]
    scored = []
    close: dict[int, float] = {}
    for place, each in enumerate(choices):
        rank = 0 if each.value == first else min((_rank(wanted, key) for key in each.keys if key), default=_UNLIKE)
        if rank == _UNLIKE:
            names = [key for key in each.keys if len(key) > 2 or not key.isascii()]  # two letters are like anything
            close[place] = max((fuzz.WRatio(wanted, key, score_cutoff=_CUTOFF) for key in names), default=0)
        else:
            scored.append((rank, 0.0, -each.stories, place))
    # Slips count where nothing has the letters as they are typed, and only those nearly as close as the closest.
    if not scored and (len(wanted) > 2 or _IDEOGRAMS.search(wanted)):
        best = max(close.values(), default=0)
        if not best and len(wanted) > 1 and _IDEOGRAMS.search(wanted):  # a slip is half of a name of two
            close = {place: _same_beginning(wanted, each.keys) for place, each in enumerate(choices)}
            best = max(close.values(), default=0)
        scored = [(_UNLIKE, -score, 0, place) for place, score in close.items() if score and score >= best - _NEARLY]
    return [choices[place] for *_order, place in sorted(scored)[:MAX_SUGGESTIONS]]


def _same_beginning(wanted: str, keys: Sequence[str]) -> float:
    """How alike the beginning of a name is, in 0..100; 0 for less than half."""
    return max((fuzz.ratio(wanted, key[: len(wanted)], score_cutoff=50) for key in keys), default=0)


def _rank(wanted: str, key: str) -> int:
    if key == wanted:
        return 0
    if key.startswith(wanted):
        return 1
    if f" {wanted}" in key:
        return 2
    return 3 if len(wanted) > 1 and wanted in key else _UNLIKE


def _best(text: str, choices: Sequence[_Known]) -> list[Suggestion]:
    return [Suggestion(_fit(each.name), each.value[:_LABEL]) for each in _ranked(text, choices)]


def _ordered(subscription: Subscription, language: str) -> _Known:
    """A subscription in a menu."""
    times = ", ".join(f"{each:%H:%M}" for each in subscription.times)
    wanted = subscription.filter or words(language).plain("filter-everything")
    name = f"{subscription.id} · {times} {subscription.timezone} · {wanted}"
    return _Known(name, str(subscription.id), (str(subscription.id), fold(name)))


def _spans(text: str, language: str) -> list[Suggestion]:
    """Periods: the usual ones, or those that begin with the number that is typed; a date stays as it is."""
    say = words(language)
    if number := re.match(r"(\d{1,4})\s*[hdw]?", text, re.ASCII):
        typed = text.casefold().replace(" ", "")
        usual = [f"{int(number[1])}{unit}" for unit in "hdw"]
        usual = [value for value in usual if value.startswith(typed[: len(value)])] or usual
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            usual = [text]
    else:
        usual = ["today", "yesterday", "6h", "12h", "1d", "2d", "3d", "1w", "2w", "4w", "12w"]
    named = []
    for value in usual:
        name = say.plain(f"since-{value}") if value.isalpha() else _span_words(value, language)
        named.append(_Known(name, value, (fold(name), fold(value))))
    if number:
        return [Suggestion(_fit(each.name), each.value) for each in named]
    return _best(text, named) if fold(text) else [Suggestion(_fit(each.name), each.value) for each in named]


def _span_words(value: str, language: str) -> str:
    if value[-1] not in "hdw":
        return value
    number = int(value[:-1])
    try:
        if value[-1] == "h":
            return format_timedelta(timedelta(hours=number), "hour", 10**9, locale=_babel(language))
        if value[-1] == "d":
            return format_timedelta(timedelta(days=number), "day", 10**9, locale=_babel(language))
        return format_timedelta(timedelta(weeks=number), "week", 10**9, locale=_babel(language))
    except OverflowError:
        return value


def closest(kind: str, name: str, locale: str) -> list[str]:
    """Up to two names of countries or topics, in a language, that look like one that nobody knows."""
    found = _ranked(name[:_LABEL], _label_choices(kind, negotiate(locale), {}))
    return [each.name for each in found[:2]]


def _label_names(kind: str, language: str) -> Mapping[str, str]:
    if kind == "country":
        return country_names(language)
    return {slug: topic_name(slug, language) for slug in topic_table()}


def _label_choices(kind: str, language: str, counts: Mapping[str, int]) -> list[_Known]:
    return [
        replace(each, stories=counts[each.value]) if each.value in counts else each for each in _plain(kind, language)
    ]


@lru_cache(maxsize=32)
def _plain(kind: str, language: str) -> tuple[_Known, ...]:
    english = _label_names(kind, "en")
    kana = {**_COUNTRY_KANA, **{slug: row.kana for slug, row in topic_table().items()}} if language == "ja" else {}
    known = []
    for code, name in _label_names(kind, language).items():
        keys = (name, english.get(code, ""), code, *kana.get(code, ()))
        known.append(_Known(name, code, tuple(dict.fromkeys(map(fold, keys)))))
    return tuple(known)


def _times(text: str, language: str) -> list[Suggestion]:
    """Times of day: what is typed, completed, else the usual ones."""
    usual = ["07:00", "08:00", "09:00", "12:00", "18:00", "20:00", "08:00,18:00", "07:00,12:00,19:00"]
    if text:
        try:
            read = ",".join(f"{each:%H:%M}" for each in parse_times(text))
        except InputInvalid:
            typed = [value for value in (f"{hour:02}:00" for hour in range(24)) if value.startswith(text)]
        else:
            typed = [read, *(f"{read},{value}" for value in ("12:00", "18:00") if value not in read)]
        usual = typed
    babel = _babel(language)
    told = [
        (", ".join(format_time(time.fromisoformat(part), "short", locale=babel) for part in value.split(",")), value)
        for value in usual
    ]
    return [Suggestion(_fit(name), value) for name, value in told if len(value) <= _LABEL][:MAX_SUGGESTIONS]


def _days(text: str, language: str) -> list[Suggestion]:
    """Days of the week."""
    names = get_day_names("wide", "stand-alone", locale=_babel(language))
    short = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    say = words(language)
    known = [_Known(say.plain(f"days-{value}"), value, (fold(say.plain(f"days-{value}")), value)) for value in _SPELLS]
    known += [_Known(names[place], code, (fold(names[place]), code)) for place, code in enumerate(short)]
    try:
        read = parse_days(text) if text else ()
    except InputInvalid:
        read = ()
    if read and text.casefold() not in (*_SPELLS, *short):
        value = ",".join(short[day - 1] for day in read)
        return [Suggestion(_fit(say.listed([names[day - 1] for day in read])), value)]
    return _best(text, known)


_SPELLS = ("daily", "weekdays", "weekend")


@lru_cache(maxsize=16)
def _languages(language: str) -> tuple[_Known, ...]:
    known = []
    for tag in LOCALES:
        own = Locale.parse(_babel(tag)).get_display_name(_babel(tag)) or tag
        here = Locale.parse(_babel(tag)).get_display_name(_babel(language)) or tag
        name = own if own == here else f"{own} · {here}"
        known.append(_Known(name, tag, (fold(own), fold(here), fold(tag))))
    return tuple(known)


@lru_cache(maxsize=16)
def _zone_names(language: str) -> dict[str, str]:
    """Zone -> city and country in a language: `Berlin, Deutschland`. One name a zone, as in the IANA table."""
    locale, countries = Locale.parse(_babel(language)), country_names(language)
    cities = locale.time_zones
    former = {new: old for old, new in get_global("zone_aliases").items() if old in cities}
    told = {"UTC": "UTC"}
    for row in (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        code, _place, name = row.split("\t")[:3]
        city = cities.get(name, {}).get("city") or cities.get(former.get(name, ""), {}).get("city")
        told[name] = f"{city or name.rpartition('/')[2].replace('_', ' ')}, {countries.get(code, code)}"
    return told


@lru_cache(maxsize=16)
def _zone_choices(language: str) -> tuple[_Known, ...]:
    return tuple(
        _Known(told, name, (fold(name), *map(fold, name.split("/")), fold(told)))
        for name, told in _zone_names(language).items()
    )


@cache
def _zone(name: str) -> ZoneInfo:
    """ZoneInfo itself keeps eight zones only, and reads the others anew."""
    return timezones.zone(name)


def _usual_zones(locale: str) -> list[str]:
    """The zones of the country of a locale, or of the one where its language is spoken most; then some busy ones."""
    try:
        territory = Locale.parse(_babel(locale)).territory
        if territory is None:
            likely = get_global("likely_subtags").get(Locale.parse(_babel(locale)).language, "")
            territory = likely.rpartition("_")[2]
    except (UnknownLocaleError, ValueError):
        territory = ""
    own = get_global("territory_zones").get(territory or "", [])
    offered = _zone_names("en")
    ranked = [name for name in _BUSY if name in own] + [name for name in own if name not in _BUSY]
    return list(dict.fromkeys(name for name in [*ranked[:5], *_BUSY] if name in offered))


_BUSY = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Istanbul", "Europe/Moscow"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Mexico_City"),
    *("America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Africa/Lagos", "Africa/Johannesburg", "Asia/Dubai"),
    *("Asia/Kolkata", "Asia/Jakarta", "Asia/Shanghai", "Asia/Taipei", "Asia/Seoul", "Asia/Tokyo"),
    *("Australia/Sydney", "Pacific/Auckland"),
)


def _clock_there(now: datetime, name: str, language: str) -> str:
    there = now.astimezone(_zone(name))
    return str(format_time(there, "short", tzinfo=there.tzinfo, locale=_babel(language))).replace("\u202f", " ")


def _apart(now: datetime, name: str, wanted: int) -> int:
    """Minutes between the time of day there and a wanted one."""
    there = now.astimezone(_zone(name))
    difference = abs(there.hour * 60 + there.minute - wanted) % 1440
    return min(difference, 1440 - difference)


def _headline(line: StoryLine) -> str:
    return f"{line.kicker}: {line.headline}" if line.kicker else line.headline


def _fit(name: str) -> str:
    flat = " ".join("".join(char if char.isprintable() else " " for char in name).split()) or "…"
    return flat if len(flat) <= _LABEL else flat[: _LABEL - 1].rstrip() + "…"


def _babel(language: str) -> str:
    return language.replace("-", "_")
