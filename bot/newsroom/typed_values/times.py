"""Times of day as people type them: `8h30`, `halb neun`, `8:30 p.m.`, 早上八點, `noon`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from bot.errors import InputInvalid
from bot.newsroom.typed_values.reading import Partial, read_typed
from bot.newsroom.typed_values.vocabulary import LANGUAGES, Lexicon, TypedWord, babel_locale, typed_words

__all__ = ["MAX_TIMES", "format_times", "parse_times"]

MAX_TIMES = 24
"""Times of day of a subscription at most: one an hour."""

_NORMAL = re.compile(r"[0-2]\d:[0-5]\d(?:,[0-2]\d:[0-5]\d)*", re.ASCII)
_DAY = 24 * 60
"""Minutes of a day."""

_HALF_DAY = _DAY // 2
_TOLERANCE = 3 * 60
"""Minutes by which an hour may lie outside the day part it is typed with: 8 is still 早上, which CLDR ends at 8."""

_FROM_ZERO = frozenset({"ja", "zh-TW"})
"""Languages that count the hours of a half day from 0, where 12 in the afternoon can be noon or midnight."""

Ranges = tuple[tuple[int, int], ...]
"""Parts of the day in minutes since midnight, the end exclusive."""


def format_times(times: tuple[time, ...]) -> str:
    """Return times of day in normal form: `08:00,18:30`."""
    return ",".join(f"{each:%H:%M}" for each in times)


def parse_times(text: str, language: str = "en") -> tuple[time, ...]:
    """Return the times of day typed in a language, ascending, each once.

    Other languages are read where all that can read the text agree. Raises ValueNotUnderstood, or InputInvalid for more than 24.
    """
    typed = text.strip()
    parts = typed.split(",")
    if len(parts) > MAX_TIMES:
        raise InputInvalid("a subscription needs between 1 and 24 times of day, as 08:00,18:30", "error-times-count")
    if not _NORMAL.fullmatch(typed) or max(parts) >= "24":
        parts = read_typed("times", text, language, LANGUAGES, _read).split(",")
    return tuple(sorted({time.fromisoformat(part) for part in parts}))


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day as it is typed: `minutes` since midnight and the part of the day."""

    minutes: int
    part: TypedWord | None
    bare: bool
    """Only an hour, as 8: it could be in either half of the day."""


class _Unclear(Exception):
    """A time that has two meanings."""

    def __init__(self, readings: Sequence[int]) -> None:
        self.readings = readings


def _read(text: str, language: str) -> str | Partial:
    """Read times in one language, with a mark or an "and" between them."""
    tokens = [token for token in _lexicon(language).tokens(text) if token.kind != "fill"]
    clocks: list[tuple[_Clock, int]] = []
    understood: list[int] = []
    for group in _groups(tokens):
        try:
            clock = _clock(group)
            minutes = None if clock is None else _resolve(clock, language)
        except _Unclear as unclear:
            return Partial("", "", tuple(_listed([*understood, each]) for each in unclear.readings))
        if clock is None or minutes is None:
            return _partial(understood, group, language)
        clocks.append((clock, minutes))
        understood.append(minutes)
    if not clocks:
        return Partial("", text)
    if any(clock.part is not None for clock, _ in clocks):
        for position, (clock, minutes) in enumerate(clocks):
            if clock.bare and clock.part is None and minutes <= _HALF_DAY:  # 8 and 9 pm
                others = [each for at, each in enumerate(understood) if at != position]
                return Partial("", "", (_listed([*others, minutes]), _listed([*others, (minutes + _HALF_DAY) % _DAY])))
    return _listed(understood)


def _partial(understood: Sequence[int], group: Sequence[TypedWord], language: str) -> Partial:
    """Return the times that were understood, with the longest beginning of the group that fails."""
    for end in range(len(group) - 1, 0, -1):
        clock = _clock(list(group[:end]))
        if clock is not None and clock.part is None:
            rest = " ".join(token.text for token in group[end:])
            return Partial(_listed([*understood, clock.minutes]), rest)
    return Partial(_listed(understood), " ".join(token.text for token in group))


def _groups(tokens: Sequence[TypedWord]) -> Iterator[list[TypedWord]]:
    """Split tokens at marks and "and"; an empty group is a mark with nothing beside it."""
    group: list[TypedWord] = []
    for token in tokens:
        if token.kind == ",":
            yield group
            group = []
        else:
            group.append(token)
    if group or tokens:
        yield group


def _listed(minutes: Sequence[int]) -> str:
    return format_times(tuple(time(*divmod(each, 60)) for each in sorted(set(minutes))))


def _clock(tokens: list[TypedWord]) -> _Clock | None:
    """Return the time of day that all tokens together say, or None."""
    parts = [token for token in tokens if token.kind == "part"]
    rest = [token for token in tokens if token.kind != "part"]
    if len(parts) > 1 or (parts and tokens[0] is not parts[0] and tokens[-1] is not parts[0]):
        return None
    part = parts[0] if parts else None
    if not rest:  # noon
        at = part.value[0] if part is not None and part.value and part.value[0][0] in (0, _HALF_DAY) else None
        return _Clock(at[0], None, bare=False) if at is not None and part is not None and _names_moment(part) else None
    shift = 0
    if rest[0].kind == "before":
        shift, rest = rest[0].value, rest[1:]
    if rest and rest[-1].kind == "after":
        if shift:
            return None
        shift, rest = rest[-1].value, rest[:-1]
        shifted = True
    else:
        shifted = shift != 0
    minutes = _minutes(rest, whole_hour=shifted)
    if minutes is None:
        return None
    bare = not shifted and len(rest) == 1
    return _Clock((minutes + shift) % _DAY, part, bare)


def _minutes(tokens: list[TypedWord], *, whole_hour: bool) -> int | None:
    """Return the minutes since midnight of `8`, `8:30`, `8h30`, `8 Uhr`, `1830`, or None."""
    kinds = [token.kind for token in tokens]
    texts = [token.text for token in tokens]
    hour = minute = 0
    match kinds:
        case ["number"] if texts[0].isascii() and texts[0].isdigit() and len(texts[0]) == 4 and not whole_hour:
            hour, minute = divmod(tokens[0].value, 100)
        case ["number"] if len(texts[0]) <= 2 or not texts[0].isdigit():
            hour = tokens[0].value
        case ["number", "hour"]:
            hour = tokens[0].value
        case (
            ["number", ":" | "." | "hour", "number"]
            | ["number", ":" | ".", "number", "hour"]
            | [
                "number",
                "hour",
                "number",
                "minute",
            ]
        ) if not whole_hour:
            if kinds[1] != "hour" and (len(texts[2]) != 2 or len(texts[0]) > 2):
                return None
            hour, minute = tokens[0].value, tokens[2].value
        case _:
            return None
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _names_moment(part: TypedWord) -> bool:
    """Return True for noon and midnight, which are a time by themselves."""
    return len(part.value) == 1 and part.value[0][1] - part.value[0][0] == 60


def _resolve(clock: _Clock, language: str) -> int | None:
    """Return the minutes since midnight, in the half of the day that its part says, or None."""
    if clock.part is None:
        return clock.minutes
    ranges: Ranges = clock.part.value
    hour = clock.minutes // 60
    half_day = len(ranges) == 1 and ranges[0][1] - ranges[0][0] == _HALF_DAY  # am and pm
    if half_day and language in _FROM_ZERO and hour == 12:
        raise _Unclear((clock.minutes % _HALF_DAY, clock.minutes % _HALF_DAY + _HALF_DAY))
    if half_day and (hour > 12 or (hour == 0 and language not in _FROM_ZERO)):
        return None
    same_clock = {clock.minutes % _HALF_DAY, clock.minutes % _HALF_DAY + _HALF_DAY}
    candidates = {clock.minutes} if hour > 12 else same_clock
    distances = sorted((min(_distance(each, part) for part in ranges), each) for each in candidates)
    if distances[0][0] > (0 if half_day else _TOLERANCE):
        return None
    if len(distances) > 1 and distances[0][0] == distances[1][0]:
        raise _Unclear(sorted(same_clock))
    return distances[0][1]


def _distance(minutes: int, part: tuple[int, int]) -> int:
    """Return how far a time lies outside a part of the day that may go over midnight."""
    start, end = part
    length = (end - start) % _DAY or _DAY
    after_start = (minutes - start) % _DAY
    return 0 if after_start < length else min(after_start - length + 1, _DAY - after_start)


@lru_cache(maxsize=len(LANGUAGES))
def _lexicon(language: str) -> Lexicon:
    words, lexicon = typed_words(language).get("times", {}), Lexicon(language)
    lexicon.add("part", ((0, _HALF_DAY),), words.get("am", ()))
    lexicon.add("part", ((_HALF_DAY, _DAY),), words.get("pm", ()))
    lexicon.add("part", ((_HALF_DAY, _HALF_DAY + 60),), words.get("noon", ()))
    lexicon.add("part", ((0, 60),), words.get("midnight", ()))
    for phrase, ranges in _day_parts(language).items():
        lexicon.add("part", ranges, [phrase])
    for phrase, minutes in words.get("before", {}).items():
        lexicon.add("before", minutes, [phrase])
    lexicon.add("before", -30, words.get("half_to", ()))
    for phrase, minutes in words.get("after", {}).items():
        lexicon.add("after", minutes, [phrase])
    for kind in ("hour", "minute"):
        lexicon.add(kind, None, words.get(kind, ()))
    lexicon.add(",", None, words.get("and", ()))
    lexicon.add("fill", None, words.get("fill", ()))
    for number, names in enumerate(typed_words(language).get("numbers", ()), 1):
        lexicon.add("number", number, names.split("|"))
    return lexicon


def _day_parts(language: str) -> dict[str, Ranges]:
    """Return the parts of the day by name: CLDR's, and those of the shipped words."""
    locale = babel_locale(language)
    rules = locale.day_period_rules.get(None, {})
    named: dict[str, set[tuple[int, int]]] = {}
    for phrase, span in typed_words(language).get("times", {}).get("parts", {}).items():
        start, _, end = span.partition("-")
        named.setdefault(phrase, set()).add((_clock_minutes(start), _clock_minutes(end)))
    for widths in locale.day_periods.values():
        for width, names in widths.items():
            for period, name in names.items():
                if width != "narrow" and name not in typed_words(language).get("times", {}).get("parts", {}):
                    named.setdefault(name, set()).update(_period_ranges(period, rules.get(period, ())))
    return {name: tuple(sorted(ranges)) for name, ranges in named.items() if ranges}


def _period_ranges(period: str, rules: Sequence[dict[str, int]]) -> Iterator[tuple[int, int]]:
    """Return a CLDR day period's ranges; its rules are in seconds."""
    if period in ("am", "pm"):
        yield (0, _HALF_DAY) if period == "am" else (_HALF_DAY, _DAY)
    for rule in rules:
        if "at" in rule:
            yield rule["at"] // 60, rule["at"] // 60 + 60
        else:
            yield rule["from"] // 60, rule["before"] // 60


def _clock_minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
