"""Tokens of datelines, and the dates among them, in every language that the tables have.

Tables: data/publication.toml by hand, days and months of data/calendar.json from CLDR, places of
data/territories.json and data/toponyms.json.
A word keeps all its meanings ("mar" is March and Tuesday), as a line's language need not be that of its story.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from summarizers.text import scripts
from summarizers.text.dates import calendar
from summarizers.text.tables import load_table

__all__ = [
    "ReadDate",
    "Token",
    "agency_names",
    "find_phrase",
    "is_known",
    "is_place",
    "is_town",
    "read_age",
    "read_date",
    "tokenise",
]

TokenKind = Literal["space", "number", "unit", "word", "wide", "sign"]
Category = Literal[
    "agency", "bracketed agency", "label", "unit", "ago", "one", "joint", "time", "era", "first year", "year word", "ordinal", "zone",
    "month", "day", "author", "filed", "filed in brackets", "joined", "not place",
]  # fmt: skip


class Token(NamedTuple):
    """A run of characters of one kind; `key` is what the tables know it by."""

    kind: TokenKind
    start: int
    end: int
    text: str
    key: str


class Meaning(NamedTuple):
    """A phrase's category, the number of its day or month, and the token behind it."""

    category: Category
    value: int
    end: int


class _Phrase(NamedTuple):
    keys: tuple[str, ...]
    category: Category
    value: int
    exact: str
    """Spelling of an agency's name; "" where case doesn't matter."""


_LETTER = rf"(?:[^\W\d_{scripts.KANA}{scripts.HAN}]|[{scripts.COMBINING_MARKS}])"
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+)|(?P<unit>(?<=\d)(?:[年月日号號분년월일]|[時时点點](?![間间])|[分](?![钟鐘])|시(?!간)))"
    rf"|(?P<wide>[{scripts.KANA}{scripts.HAN}]+)|(?P<word>{_LETTER}+(?:(?:[-‐’'׳״]|(?<!{_LETTER}{{4}})\.){_LETTER}+)*[׳’]?)|(?P<sign>.)",
    re.DOTALL,
)
_LATEST_YEAR, _EARLIEST_YEAR = 2100, 1900
_BUDDHIST_YEARS = 543
"""Years by which the Buddhist calendar is ahead."""

_NO_ACCENTS = "\u0590"
"""From here on, marks on letters are no accents: Hebrew and the scripts behind it."""

_REMEMBERED = 8192
"""Words whose keys are remembered: a language's usual ones begin most lines."""

_LONGEST_WIDE_WORD = 10
"""Characters of the longest name in Chinese or Japanese that is looked for."""


@lru_cache(maxsize=_REMEMBERED)
def _key(text: str) -> str:
    """Return a word without case, accents and inner stops."""
    low = text.casefold().replace(".", "")
    if low.isascii() or low[0] >= _NO_ACCENTS:
        return low
    return "".join(letter for letter in unicodedata.normalize("NFKD", low) if not unicodedata.combining(letter))


@cache
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Return the phrases of all tables by the key of their first word, the longest first."""
    table = load_table("publication.toml")
    found: dict[str, list[_Phrase]] = {}

    def add(text: str, category: Category, value: int = 0, *, exact: bool = False) -> None:
        keys = tuple(token.key for token in _raw_tokens(text) if token.kind != "space")
        if keys:
            found.setdefault(keys[0], []).append(_Phrase(keys, category, value, text if exact else ""))

    def add_all(words: str, category: Category, *, exact: bool = False) -> None:
        for word in words.split("|"):
            add(word.strip(), category, exact=exact)

    for script, names in table["agencies"].items():
        add_all(names, "bracketed agency" if script == "bracketed" else "agency", exact=True)
    for category, group in (("label", "labels"), ("unit", "units"), ("ago", "ago")):
        for words in table[group].values():
            add_all(words, category)  # type: ignore[arg-type]
    dates, lines = table["dates"], table["lines"]
    for category, words in (
        ("joint", dates["joints"]),
        ("time", dates["times"]),
        ("era", dates["eras"]),
        ("first year", dates["first_year"]),
        ("year word", dates["year_words"]),
        ("one", dates["ones"]),
        ("ordinal", dates["ordinals"]),
        ("zone", dates["zones"]),
        ("author", lines["authors"]),
        ("filed", lines["filed"]),
        ("filed in brackets", lines["filed_in_brackets"]),
        ("joined", lines["joined"]),
        ("not place", lines["not_places"]),
    ):
        add_all(words, category)  # type: ignore[arg-type]
    for category, group in (("month", "months"), ("day", "days")):
        for entry in dates[group].split("|"):
            number, _, words = entry.partition(":")
            for word in words.split(","):
                add(word.strip(), category, int(number))  # type: ignore[arg-type]
    for language in load_table("calendar.json"):
        if language in {"source", "any"}:
            continue
        names = calendar(language)
        for word, number in names.days.items():
            add(word, "day", number)
        for word, number in names.months.items():
            if not word[0].isdigit():
                add(word, "month", number)
                if language == "he":
                    add("ב" + word, "month", number)
    return {key: tuple(sorted(set(of), key=lambda phrase: -len(phrase.keys))) for key, of in found.items()}


@cache
def agency_names() -> tuple[str, ...]:
    """Return the names of agencies as they sign, in every script."""
    return tuple(
        name.strip() for names in load_table("publication.toml")["agencies"].values() for name in names.split("|")
    )


@cache
def _words() -> frozenset[str]:
    return frozenset(key for phrases in _phrases().values() for phrase in phrases for key in phrase.keys)


def is_known(word: str) -> bool:
    """Return whether a phrase of the tables has a word."""
    return _key(word) in _words()


# Places


_MARKS = "!?*² "
"""Marks of the tables behind a place's name."""


@cache
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of all places, and of those that are countries."""
    table = load_table("territories.json")
    towns: list[str] = [*table["cities"].values(), *table["towns"].values()]
    countries: list[str] = [*table["names"].values(), table["traditional"]]
    for zones in table["zones"].values():
        towns.extend(zones.values())
    kinds = [*table["evidence"].values()]
    for rules in table["languages"].values():
        kinds.extend(rules["words"].values())
    for words in kinds:
        towns.append(words.get("city", ""))
        countries.append(words.get("name", ""))
    towns.extend(load_table("publication.toml")["places"].values())
    for language, places in load_table("toponyms.json").items():
        if language != "source":
            towns.extend(names for of_kind in places.values() for names in of_kind.values())

    def keys(lists: Sequence[str]) -> frozenset[str]:
        return frozenset(_key(word.strip(_MARKS)) for words in lists for word in words.split("|") if word.strip(_MARKS))

    known = keys(countries)
    return keys(towns) | known, known


def is_place(name: str) -> bool:
    """Return whether the gazetteer has a name, as a town or a country."""
    return _key(name) in _places()[0]


def is_town(name: str) -> bool:
    """Return whether the gazetteer has a name that is no country's."""
    key = _key(name)
    places, countries = _places()
    return key in places and key not in countries


# Tokens


def _raw_tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        piece = match.group()
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        yield Token(kind, match.start(), match.end(), piece, _key(piece) if kind in {"word", "wide"} else piece)


def tokenise(text: str) -> list[Token]:
    """Return a text's tokens up to the first word that no dateline has.

    Such a word has a small letter and is in no table. Runs of Chinese and Japanese are cut at the words of the tables.
    """
    tokens: list[Token] = []
    words = _words()
    for token in _raw_tokens(text):
        if token.kind == "wide":
            tokens.extend(_cut_wide(token))
            continue
        tokens.append(token)
        apart = len(tokens) < 2 or tokens[-2].kind == "space"
        if apart and token.kind == "word" and token.text[0].islower() and token.key not in words:
            break
    return tokens


def _cut_wide(token: Token) -> Iterator[Token]:
    """Yield the known words of a run, the longest first, and what lies between them."""
    phrases, places = _phrases(), _places()[0]
    run, begin, at = token.text, 0, 0
    while at < len(run):
        for size in range(min(_LONGEST_WIDE_WORD, len(run) - at), 0, -1):
            piece = run[at : at + size]
            if piece in phrases or (size > 1 and piece in places):
                if at > begin:
                    yield _part(token, begin, at)
                yield _part(token, at, at + size)
                at += size
                begin = at
                break
        else:
            at += 1
    if begin < len(run):
        yield _part(token, begin, len(run))


def _part(token: Token, begin: int, end: int) -> Token:
    piece = token.text[begin:end]
    return Token("wide", token.start + begin, token.start + end, piece, piece)


def find_phrase(tokens: Sequence[Token], at: int, *categories: Category) -> Meaning | None:
    """Return the longest phrase of one of the categories that begins with a token, or None."""
    for phrase in _phrases().get(tokens[at].key, ()):
        if phrase.category not in categories:
            continue
        end = at
        for number, key in enumerate(phrase.keys):
            if number and end < len(tokens) and tokens[end].kind == "space":
                end += 1
            if end >= len(tokens) or tokens[end].key != key:
                break
            end += 1
        else:
            spelling = "".join(token.text for token in tokens[at:end])
            if not phrase.exact or _KEPT.sub("", spelling) == _KEPT.sub("", phrase.exact):
                return Meaning(phrase.category, phrase.value, end)
    return None


_KEPT = re.compile(r"[\s.]+")


# Dates


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as a line states it: the token behind it, and which parts it has."""

    end: int
    day: bool = False
    month: bool = False
    year: bool = False
    weekday: bool = False
    time: bool = False

    @property
    def is_full(self) -> bool:
        """Return whether it names a day of the year."""
        return self.day and self.month

    @property
    def is_stated(self) -> bool:
        """Return whether it names a day of the year, or a month of one."""
        return self.month and (self.day or self.year)


_FIGURES = re.compile(r"(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?!\d)\.?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?!\d)")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?::(?:\d\d|\s\d\d(?=\s?[ap]\.?m)))?(?!\d)", re.IGNORECASE)
_ISO_TIME = re.compile(r"T\d\d:?\d\d(?::?\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_SKIPPED = frozenset(",.·،、/")
_OPENING, _CLOSING = frozenset("(（["), frozenset(")）]")
_DATE_UNITS = {
    "年": "year",
    "년": "year",
    "月": "month",
    "월": "month",
    "日": "day",
    "号": "day",
    "號": "day",
    "일": "day",
}
_MOST_DAYS, _MOST_MONTHS = 31, 12
_MOST_GAPS = 3
"""Signs and joining words between two parts of a date, at most."""


def read_date(text: str, tokens: Sequence[Token], at: int) -> ReadDate | None:
    """Return the date that begins with a token, or None; each part occurs once, in any order."""
    parts: dict[str, int] = {}
    end, gaps = at, 0
    here = at
    while here < len(tokens) and gaps <= _MOST_GAPS:
        token = tokens[here]
        if token.kind == "space" and "\n" not in token.text:
            here += 1
            continue
        step = _date_part(text, tokens, here, parts)
        if step is None:
            if here == at and not find_phrase(tokens, here, "joint", "era"):
                return None
            behind = _date_gap(tokens, here)
            if behind is None:
                break
            here, gaps = behind, gaps + 1
            continue
        here = end = step
        gaps = 0
        if end < len(tokens) and tokens[end].text in _CLOSING and _opened(tokens, at, end):
            here = end = end + 1
    if not parts:
        return None
    return ReadDate(end, *(name in parts for name in ("day", "month", "year", "weekday", "time")))


def _opened(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Return whether a bracket that a date may close was opened within it."""
    return sum(token.text in _OPENING for token in tokens[at:end]) > sum(
        token.text in _CLOSING for token in tokens[at:end]
    )


def _date_gap(tokens: Sequence[Token], here: int) -> int | None:
    """Return the token behind a sign or a word that parts of a date may have between them."""
    token = tokens[here]
    if token.text in _SKIPPED or (token.text in {":", "-"} and here and tokens[here - 1].kind != "space"):
        return here + 1
    if token.text in _OPENING and here + 2 < len(tokens):
        closes = next((at for at in range(here + 1, min(here + 6, len(tokens))) if tokens[at].text in _CLOSING), None)
        inner = find_phrase(tokens, here + 1, "day") or (tokens[here + 1].kind == "number" and closes is not None)
        return here + 1 if inner else None
    found = find_phrase(tokens, here, "joint", "ordinal", "era")
    return found.end if found else None


def _date_part(text: str, tokens: Sequence[Token], here: int, parts: dict[str, int]) -> int | None:
    """Note the part of a date that a token begins; return the token behind it, or None."""
    token = tokens[here]
    if token.kind == "number":
        return _number_part(text, tokens, here, parts)
    if token.kind in {"word", "wide"}:
        name = find_phrase(tokens, here, "month")
        day = find_phrase(tokens, here, "day")
        if name is not None and day is not None and not _beside_number(tokens, here, name.end):
            name = None
        if name is not None and parts.get("month", name.value) == name.value:
            parts["month"] = name.value
            return name.end
        if day is not None and "weekday" not in parts and (token.kind == "word" or _is_weekday(tokens, here)):
            parts["weekday"] = day.value
            return day.end
        closing = find_phrase(tokens, here, "first year", "year word")
        if closing is not None and ("year" in parts) == (closing.category == "year word"):
            parts["year"] = 1
            stopped = closing.end < len(tokens) and tokens[closing.end].text == "." and len(token.text) == 1
            return closing.end + stopped
        zone = find_phrase(tokens, here, "time")
        leads = token.kind == "wide" or (here + 2 < len(tokens) and tokens[here + 2].kind == "number")
        if zone is not None and ("time" in parts or (parts and leads)):
            return zone.end
    return None


def _is_weekday(tokens: Sequence[Token], here: int) -> bool:
    """Return whether ideographs name a weekday; a single character does in brackets only."""
    return len(tokens[here].text) > 1 or (here > 0 and tokens[here - 1].text in _OPENING)


def _beside_number(tokens: Sequence[Token], here: int, end: int) -> bool:
    """Return whether a number stands before or behind some tokens."""
    before = next((token for token in reversed(tokens[max(0, here - 3) : here]) if token.kind == "number"), None)
    behind = next((token for token in tokens[end : end + 2] if token.kind != "space" and token.text != "."), None)
    return before is not None or (behind is not None and behind.kind == "number")


def _number_part(text: str, tokens: Sequence[Token], here: int, parts: dict[str, int]) -> int | None:
    """Note the day, month, year or time that a number is; return the token behind it, or None."""
    token = tokens[here]
    value = int(token.text)
    figures = _FIGURES.match(text, token.start)
    if figures is not None and not {"day", "month", "year"} & parts.keys() and _is_date(figures):
        parts |= {"day": 0, "month": 0, "year": 0}
        iso = _ISO_TIME.match(text, figures.end())
        if iso is not None:
            parts["time"] = 0
        return _token_at(tokens, (iso or figures).end())
    short = _DAY_AND_MONTH.match(text, token.start)
    if short is not None and not parts.keys() - {"weekday"} and value <= _MOST_DAYS and int(short[2]) <= _MOST_MONTHS:
        parts |= {"day": 0, "month": 0}
        return _token_at(tokens, short.end())
    following = tokens[here + 1] if here + 1 < len(tokens) else None
    if following is not None and following.kind == "unit" and following.text in _DATE_UNITS:
        part = _DATE_UNITS[following.text]
        if part in parts:
            return None
        parts[part] = value
        return here + 2
    clock = _CLOCK.match(text, token.start)
    dotted = clock is not None and "." in clock.group()
    if clock is not None and not (dotted and not parts):
        end = _token_at(tokens, clock.end())
        dated = {"day", "month", "year"} <= parts.keys()
        if not dotted or dated or (end < len(tokens) and _time_word(tokens, end) is not None):
            parts["time"] = 0
            return _time_word(tokens, end) or end
    hour = _time_word(tokens, here + 1)
    if hour is not None and parts and value < 25 and ("day" in parts or following is None or following.kind == "unit"):
        parts["time"] = 0
        return hour
    is_year = _EARLIEST_YEAR <= value <= _LATEST_YEAR or (
        _EARLIEST_YEAR + _BUDDHIST_YEARS <= value <= _LATEST_YEAR + _BUDDHIST_YEARS and len(token.text) == 4
    )
    if is_year and "year" not in parts:
        parts["year"] = value
        return here + 1
    if 1 <= value <= _MOST_DAYS and "day" not in parts and len(token.text) <= 2:
        parts["day"] = value
        ordinal = find_phrase(tokens, here + 1, "ordinal") if here + 1 < len(tokens) else None
        return ordinal.end if ordinal is not None and tokens[here + 1].kind != "space" else here + 1
    return None


def _time_word(tokens: Sequence[Token], here: int) -> int | None:
    """Return the token behind the words of a time ("Uhr", "p.m. ET", "時30分"), or None."""
    end = None
    while here < len(tokens):
        if tokens[here].kind == "unit" and tokens[here].text in "時时点點分시분":
            end = here = here + 1
            if here < len(tokens) and tokens[here].kind == "number":
                here += 1
            continue
        at = here + 1 if tokens[here].kind == "space" and here + 1 < len(tokens) else here
        word = find_phrase(tokens, at, "time")
        if word is None:
            break
        end = here = word.end
        if here < len(tokens) and tokens[here].text == "." and "." in tokens[here - 1].text:
            end = here = here + 1
    return end


def _is_date(figures: re.Match[str]) -> bool:
    """Return whether three numbers are day, month and year in one of the usual orders."""
    first, second, third = (int(figures[group]) for group in (1, 3, 4))
    if len(figures[1]) == 4:
        return second <= _MOST_MONTHS and third <= _MOST_DAYS
    return (
        len(figures[4]) in {2, 4}
        and len(figures[1]) <= 2
        and min(first, second) >= 1
        and (max(first, second) <= _MOST_DAYS and min(first, second) <= _MOST_MONTHS)
    )


def _token_at(tokens: Sequence[Token], position: int) -> int:
    """Return the first token that begins at a character or behind it."""
    return next((at for at, token in enumerate(tokens) if token.start >= position), len(tokens))


def read_age(tokens: Sequence[Token], at: int) -> int | None:
    """Return the token behind an age such as "3h ago" or "vor 3 Stunden", or None."""
    here, said = at, False
    before = find_phrase(tokens, here, "ago")
    if before is not None:
        here, said = before.end, True
        here = _past_space(tokens, here)
    if here >= len(tokens) or not (tokens[here].kind == "number" or find_phrase(tokens, here, "one")):
        return None
    here = _past_space(tokens, here + 1)
    if here >= len(tokens):
        return None
    if tokens[here].kind == "unit":
        end = here + 1
    else:
        unit = find_phrase(tokens, here, "unit")
        if unit is None:
            return None
        end = unit.end
    behind = _past_space(tokens, end)
    after = find_phrase(tokens, behind, "ago") if behind < len(tokens) else None
    if after is not None:
        return after.end
    return end if said else None


def _past_space(tokens: Sequence[Token], at: int) -> int:
    """Return the first token from `at` on that is no space."""
    return at + 1 if at < len(tokens) and tokens[at].kind == "space" else at
