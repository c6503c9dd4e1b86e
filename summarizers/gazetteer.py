"""Which words of a text speak for which country?

`mentions` looks up names of countries, their people, cities, leaders, bodies and money in one pass of an Aho-Corasick
automaton, and drops what only looks like one: the South China Sea, Michael Jordan, a roast turkey, Paris in Texas.
Tables: data/territories.json (from territories*.toml by hand, CLDR and GeoNames; made by data/build/territories.py),
read at the first call.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick

__all__ = ["Layout", "Mention", "fold", "layout", "mentions", "table"]

_DATA = Path(__file__).parent / "data"
_STRENGTH = {"name": 1.0, "demonym": 1.0, "city": 0.9, "leader": 0.9, "body": 0.8, "currency": 0.3}
FAINT = 0.2  # the strength of an entry with a question mark
_TOWN = 0.5  # and of a city that only GeoNames knows


class Entry(NamedTuple):
    """What a string of small letters may stand for. Several `codes` are a choice; none is a trap."""

    codes: tuple[str, ...]
    kind: str
    strength: float
    capitals: tuple[int, ...]  # where the text must have a capital
    exact: str | None  # the only spelling that counts
    person: int  # 1 when it is a first or last name too, 2 when it opens names
    national: bool  # names the country itself, as "Bank of Japan" does
    word: str  # as listed, without marks
    doubtful: bool  # in a text without capitals more often a plain word
    capital: bool = False  # a seat of government, which stands for the country where it acts
    stem: bool = False  # endings of the language may follow
    joint: bool = False  # stands for each of its codes at once


@dataclass(slots=True)
class Mention:
    """Words that speak for a country: characters `start` to `end`, excluded. `named` is the country's own name."""

    start: int
    end: int
    code: str
    kind: str
    strength: float
    named: bool
    entry: Entry


@dataclass(slots=True)
class Layout:
    """Where a text's parts stand: its title's end (0 without one), the place of its dateline, its sentences' starts."""

    title_end: int
    dateline: tuple[int, int] | None
    starts: list[int]

    def sentence(self, at: int) -> int:
        """The index of the sentence that holds a character of the body."""
        return max(0, bisect_right(self.starts, at) - 1)


@cache
def table() -> dict[str, Any]:
    """territories.json."""
    found: dict[str, Any] = json.loads((_DATA / "territories.json").read_text(encoding="utf-8"))
    return found


# Folding: small letters without accents, character for character


@cache
def _folding() -> dict[int, str]:
    """Letters with an accent, curly apostrophes and odd hyphens, each with the plain one that stands for it."""
    found: dict[int, str] = {}
    for number in (*range(0xA0, 0x250), *range(0x370, 0x400), *range(0x1E00, 0x2000)):
        letter = chr(number)
        plain = "".join(c for c in unicodedata.normalize("NFKD", letter.lower()) if not unicodedata.combining(c))
        if len(plain) == 1 and plain != letter:
            found[number] = plain
    for letters, plain in (
        ("’‘ʼ`", "'"),
        ("İı", "i"),
        ("łŁ", "l"),
        ("øØ", "o"),
        ("đĐ", "d"),
        ("‐‑", "-"),
        ("أإآٱ", "ا"),
        ("ى", "ي"),
    ):
        found.update({ord(letter): plain for letter in letters})
    return found


def fold(text: str) -> str:
    """`text` in small letters without accents, every character where it was."""
    if text.isascii():
        return text.lower()
    plain = text.translate(_folding())
    folded = plain.lower()
    if len(folded) != len(text):
        folded = "".join(small if len(small := c.lower()) == 1 else c for c in plain)
    return folded.replace("ς", "σ")


# The layout of a text

# One set of characters first, so that the search runs from stop to stop.
_SENTENCE_END = re.compile(r"[.!?…\n。！？](?:(?<=[.!?…])[\"'”’)]{0,2}\s+(?=[^\sa-z])|(?<=\n)\n*|(?<=[。！？]))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Inc|Corp|Co|Ltd|No|Jr|Sr|vs|Prof)|U\.S|U\.K)\Z"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATELINE = re.compile(
    rf"^[^\w\n]{{0,6}}(?P<place>[^\W\d_][^\n\d(:]{{1,70}}?)"
    rf"(?:,?[ ](?P<date>{_MONTH}\.?[ ]\d{{1,2}}(?:,?[ ]\d{{4}})?[ ]*(?:\([^)\n]{{2,40}}\)[ ]*)?)(?:[-–—]+(?=\s)|$)"
    r"|[ ](?P<agency>\([A-Z][^)\n]{1,30}\))[ ]*[-–—]+(?=\s)"
    r"|[ ]?[-–—]{1,2}(?=\s))",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_TITLE = 200
_LATEST_DATELINE = 400


def layout(text: str) -> Layout:
    """Title, dateline and sentences of a text.

    The title is a first line of at most 200 characters that ends without a full stop and has more text behind it.
    A dateline is a place with a date or an agency's name behind it, or a place in capitals with a dash, near the
    start of the text.
    """
    cut = text.find("\n")
    title_end = 0
    if 0 < cut <= _LONGEST_TITLE and text[:cut].rstrip()[-1:] not in {".", "。", ""} and not text[cut:].isspace():
        title_end = cut
    body = title_end + 1 if title_end else 0
    starts = [body]
    for match in _SENTENCE_END.finditer(text, body):
        at, end = match.span()
        if text[at] == "." and _ABBREVIATED.search(text, max(0, at - 6), at):
            continue
        if end == starts[-1] + 1:
            starts[-1] = end
        elif end < len(text):
            starts.append(end)
    dateline = None
    for match in _DATELINE.finditer(text, title_end, min(len(text), body + _LATEST_DATELINE)):
        place = match["place"]
        if (match["date"] or match["agency"] or place.isupper()) and place.count(" ") < 7:
            dateline = match.span("place")
            break
    return Layout(title_end, dateline, starts)


# The gazetteer


class _Choice(NamedTuple):
    """A word that is one country or another: the codes, the likeliest first, and the cues that speak for some."""

    codes: tuple[str, ...]
    cues: tuple[tuple[str, re.Pattern[str]], ...]


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words in folded text; one that ends in a star may go on."""
    listed = "|".join(re.escape(word.strip()).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")


@cache
def _choices() -> dict[str, _Choice]:
    """territories_traps.toml's [either]."""
    found = {}
    for word, rule in table()["either"].items():
        parts = [part.strip().partition(":") for part in rule.split("|")]
        codes = [code for code, _colon, _words in parts]
        cues = tuple((code, _any_of(words.split(","))) for code, _colon, words in parts if words)
        found[word] = _Choice(tuple(dict.fromkeys([codes[-1], *codes])), cues)
    return found


@cache
def _things() -> dict[str, re.Pattern[str]]:
    """territories_traps.toml's [things]."""
    return {name: _any_of(cues) for name, cues in table()["things"].items()}


@cache
def _gazetteer(language: str) -> Any:
    """The automaton over all that may be found in a text of a language."""
    listed: dict[str, list[Entry]] = {}
    for entry in (*_english(language), *(_foreign(language) if language in table()["languages"] else ())):
        listed.setdefault(fold(entry.word), []).append(entry)
    automaton = ahocorasick.Automaton()
    blanks = language not in table()["languages"]
    for key, entries in listed.items():
        found = (len(key), _merged(entries))
        if blanks and len(key) <= _SHORT:
            for mark in _OPENERS:
                automaton.add_word(mark + key, found)
        else:
            automaton.add_word(key, found)
    automaton.make_automaton()
    return automaton


# ING, US and the like stand within every tenth word; looked for behind a mark, they don't.
_SHORT = 3
_OPENERS = " \n\t\xa0([{<'\"“„«»-–—/\\.,;:!?*+&=|$#@>)”…~_·•%"


def _english(language: str) -> Iterable[Entry]:
    """The entries of territories.toml, the cities and the traps; for other languages only what they write alike."""
    found = table()
    lower = frozenset(found["lower"])
    english = language == "en"

    def entry(word: str, codes: tuple[str, ...], kind: str, strength: float, own: tuple[str, ...] = ()) -> Entry:
        plain = word.rstrip("!?*")
        marks = word[len(plain) :]
        key = fold(plain)
        capitals = tuple(at for at, c in enumerate(plain) if c.isupper() and (at == 0 or not plain[at - 1].isalnum()))
        faint = "?" in marks
        named = kind in {"name", "demonym"}
        return Entry(
            codes,
            kind,
            min(strength, FAINT) if faint else strength,
            capitals,
            plain if "!" in marks else None,
            marks.count("*"),
            not faint and (named or (kind in {"body", "leader"} and any(name in f" {key} " for name in own))),
            plain,
            key in lower,
        )

    for code, kinds in found["evidence"].items():
        own = tuple(
            f" {fold(word)} "
            for kind in ("name", "demonym")
            for word in kinds.get(kind, "").split("|")
            if len(word) > 3 and word[-1] not in "!?*"
        )
        for kind, words in kinds.items():
            for word in words.split("|"):
                # Short words of one language are other words of the next: Zug, Bari, Nice.
                if english or ("?" not in word and (len(word) > 4 or kind != "city")):
                    one = entry(word, (code,), kind, _STRENGTH[kind], own)
                    # The first city is the capital.
                    first = english and kind == "city" and words.startswith(word)
                    yield one._replace(capital=True) if first else one
    for code, words in found["cities"].items():
        for word in words.split("|"):
            if english or len(word) > 5:
                yield entry(word, (code,), "city", _TOWN)
    if english:
        for code, name in zip(found["codes"].split(), found["names"]["en"].split("|"), strict=True):
            yield entry(name, (code,), "name", 1.0)
        for kind in ("none", "people"):
            for word in found[kind].split("|"):
                yield entry(word, (), kind, 0.0)


@dataclass(frozen=True, slots=True)
class _Rules:
    """How a language joins words: what may follow a stem, what may stand before a word, whether it writes no blanks."""

    endings: frozenset[str]
    before: frozenset[str]
    script: str  # zh, ja, ko, hi where the script has rules of its own, else ""

    def allow(self, folded: str, start: int, end: int, entry: Entry) -> bool:
        """Whether a match is a whole word."""
        if self.script in {"zh", "ja"}:
            return self._allows_without_blanks(folded, start, end)
        if self.script == "ko":
            return not _is_hangul(folded[start - 1 : start]) and (
                _is_hangul(folded[end - 1 : end]) or not folded[end : end + 1].isalnum()
            )
        tail = _letters_after(folded, end)
        if tail and folded[end - 1] not in _SIGNS and not (entry.stem and fold(tail) in self.endings):
            return False
        head = _letters_before(folded, start)
        return not head or head in self.before

    def _allows_without_blanks(self, folded: str, start: int, end: int) -> bool:
        """Han may touch Han; a run of kana or Latin letters must be whole."""
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if _is_kana(folded[start]):
            return not _is_kana(before) and not _is_kana(after)
        if folded[start] < "\u2e80":
            return not (before.isalnum() and before < "\u2e80") and not (after.isalnum() and after < "\u2e80")
        return True


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


def _is_kana(letter: str) -> bool:
    """Katakana with the long vowel's sign; hiragana are particles."""
    return "\u30a1" <= letter <= "\u30fa" or letter == "ー"


_SIGNS = "$£€¥₹₦"
_RUN = re.compile(r"[\w\u0900-\u097f]*")


def _letters_after(folded: str, at: int) -> str:
    """The letters that follow without a break, at most a dozen."""
    found = _RUN.match(folded, at, at + 12)
    return found[0] if found else ""


def _letters_before(folded: str, at: int) -> str:
    """The letters that stand before without a break, at most four."""
    start = at
    while start > max(0, at - 4) and _RUN.fullmatch(folded[start - 1]):
        start -= 1
    return folded[start:at]


@cache
def _rules(language: str) -> _Rules | None:
    """A language's rules; None for English, and for one that has no table."""
    found = table()["languages"].get(language)
    if found is None:
        return None
    endings = frozenset(fold(ending) for ending in found["endings"].split())
    script = language if language in {"zh", "ja", "ko", "hi"} else ""
    return _Rules(endings, frozenset(found["before"].split()), script)


_SHORTEST_STEM = 4


def _foreign(language: str) -> Iterable[Entry]:
    """The entries of territories_languages.toml, CLDR's names of countries and its cities of time zones."""
    rules = table()["languages"][language]

    def entry(word: str, codes: tuple[str, ...], kind: str, *, stem: bool = False, joint: bool = False) -> Entry:
        plain = word.rstrip("*")
        capitals = tuple(at for at, c in enumerate(plain) if c.isupper() and (at == 0 or not plain[at - 1].isalnum()))
        named = kind in {"name", "demonym"}
        return Entry(
            codes,
            kind,
            _STRENGTH.get(kind, 0.0),
            capitals,
            None,
            0,
            named,
            plain,
            False,
            False,
            stem or plain != word,
            joint,
        )

    for code, kinds in rules["words"].items():
        for kind, words in kinds.items():
            for word in words.split("|"):
                yield entry(word, (code,), kind)
    for word, codes in rules["joint"].items():
        yield entry(word, tuple(codes.split()), "name", joint=True)
    for word in rules["none"].split("|"):
        yield entry(word, (), "none")
    codes = table()["codes"].split()
    listed = [*zip(codes, table()["names"][language].split("|"), strict=True)]
    if language == "zh":
        listed.extend(zip(codes, table()["traditional"].split("|"), strict=True))
    for code, name in listed:
        yield entry(name, (code,), "name")
        stem = name.removesuffix(name[-1]) if name[-1] in rules["cut"] else name
        if rules["endings"] and " " not in name and len(stem) >= _SHORTEST_STEM:
            yield entry(stem, (code,), "name", stem=True)
    for code, cities in table()["zones"][language].items():
        for city in cities.split("|"):
            yield entry(city, (code,), "city", stem=bool(rules["endings"]) and len(city) >= _SHORTEST_STEM)


def _merged(entries: list[Entry]) -> tuple[Entry, ...]:
    """Entries of one key; those of one spelling become one that may stand for several countries. Exact ones first."""
    if any(entry.kind == "name" for entry in entries):
        # A country's name is not a lesser city's: Salvador in French is El Salvador.
        entries = [entry for entry in entries if entry.kind != "city" or entry.strength > _TOWN]
    found: dict[tuple[str | None, tuple[int, ...], bool], Entry] = {}
    for entry in entries:
        choice = _choices().get(entry.word)
        if choice is not None and entry.codes:
            entry = entry._replace(codes=choice.codes)
        spelling = (entry.exact, entry.capitals, entry.stem)
        known = found.get(spelling)
        if known is None or not entry.codes:
            found[spelling] = entry
        elif known.codes and choice is None:
            more = tuple(code for code in entry.codes if code not in known.codes)
            # What counts for two countries is no country's own: the stronger of the two claims stays.
            found[spelling] = known._replace(codes=known.codes + more, person=max(known.person, entry.person))
    return tuple(sorted(found.values(), key=lambda entry: (entry.exact is None, -len(entry.capitals))))


# Finding


def mentions(text: str, folded: str, parts: Layout, language: str) -> list[Mention]:
    """All words that speak for a country, in order; disjoint but for words that speak for two. `folded` is `fold(text)`."""
    small = not _has_capitals(text)
    found, people = _matches(text, folded, language, small)
    _clear_away(text, folded, found, people, small)
    found = [mention for mention in found if mention.code]
    _add_states(text, found)
    _add_exchanges(text, found)
    found.sort(key=_start)
    _settle(folded, found, small)
    found = [mention for mention in found if mention.code]
    if parts.dateline is not None:
        _mark_dateline(text, folded, found, parts.dateline)
    if language == "en" and not any(mention.strength > FAINT for mention in found):
        _add_towns(text, found)
    return found


def _start(mention: Mention) -> int:
    return mention.start


_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐΑ-Ω]")
_CASED = re.compile(r"[a-zß-öø-ÿа-яёіїєґα-ω]")


def _has_capitals(text: str) -> bool:
    """Whether a text writes capitals at all; one without letters that have them does as well."""
    return _CAPITAL.search(text) is not None or _CASED.search(text) is None


def _matches(text: str, folded: str, language: str, small: bool) -> tuple[list[Mention], set[str]]:
    """What the automaton finds, the longest at each place, and the names of persons who are known to be no countries.

    Traps hide what they cover and are gone.
    """
    found: list[tuple[int, int, Entry]] = []
    size = len(folded)
    rules = _rules(language)
    plain = rules is not None and not rules.script and not rules.before
    # A line break before the text opens its first word.
    for end, (length, entries) in _gazetteer(language).iter("\n" + folded):
        start = end - length
        if rules is None and (
            # A number may follow US$.
            (end < size and folded[end].isalnum() and folded[end - 1] not in _SIGNS)
            or (start and folded[start - 1].isalnum())
        ):
            continue
        if plain and start and folded[start - 1].isalnum():
            continue
        for entry in entries:
            if rules is not None and not rules.allow(folded, start, end, entry):
                continue
            if small:
                if entry.exact is None or length > 4:
                    found.append((start, -end, entry))
                    break
            elif entry.exact is not None:
                if text.startswith(entry.exact, start):
                    found.append((start, -end, entry))
                    break
            elif all([text[start + at].isupper() for at in entry.capitals]):  # noqa: C419 - a list is faster
                found.append((start, -end, entry))
                break
    found.sort(key=_by_place)
    kept: list[Mention] = []
    people: set[str] = set()
    reached = 0
    for start, minus, entry in found:
        if start >= reached:
            reached = -minus
            codes = entry.codes
            if codes:
                kept.append(Mention(start, reached, codes[0], entry.kind, entry.strength, entry.national, entry))
                if entry.joint:
                    kept.extend(replace(kept[-1], code=code) for code in codes[1:])
            elif entry.kind == "people":
                people.update(entry.word.split())
    return kept, people


def _by_place(found: tuple[int, int, Entry]) -> tuple[int, int]:
    return found[:2]


_NEXT_WORD = re.compile(r"[ ]([^\W\d_]+)")
_AGE = re.compile(r",? (?:\d{1,3},|who |scored|tweeted|pleaded)")
_ADDRESS = re.compile(r"\.(?:com|org|net|gov|co|io)\b|@")
_TO_US = frozenset(
    [
        *("LET", "JOIN", "TELL", "GIVE", "HELP", "ALL", "BOTH", "MAKES", "MAKE", "TRUST", "CALL", "FOLLOW"),
        *("CONTACT", "SHOW", "BRING", "TEACH", "TAKE", "SAVE", "KILL", "AMONG"),
    ]
)


def _clear_away(text: str, folded: str, found: list[Mention], people: set[str], small: bool) -> None:
    """Drop persons, pronouns, web addresses and money's adjectives; a dropped mention has no code.

    A capital that acts ("Tokyo said", not "in Tokyo") names its country. `people` are names known to be persons'.
    """
    titles, _firsts, _places = _persons()
    money = _money()
    for at, mention in enumerate(found):
        entry, start, end = mention.entry, mention.start, mention.end
        before = _word_before(text, start)
        if (before in titles and " " not in entry.word) or _PAPER.match(text, end):
            mention.code = ""
        elif entry.person and not small and _is_person(text, found, at, before):
            people.add(entry.word)
            mention.code = ""
        elif entry.exact == "US" and before in _TO_US:
            mention.code = ""
        elif entry.capital:
            mention.named = before.lower() not in _WHERE
        elif entry.national and entry.kind in {"name", "demonym"}:
            if money.match(folded, end):
                mention.kind, mention.strength, mention.named = "currency", 0.3, False
            elif _ADDRESS.match(text, end) or text[start - 1 : start] == "@":
                mention.code = ""
    if people:
        # After "Michael Jordan" a bare "Jordan" is he, unless Amman or Jordanians come into it.
        others = {mention.code for mention in found if mention.strength > FAINT and mention.entry.word not in people}
        for mention in found:
            if mention.entry.word in people and mention.code not in others:
                mention.code = ""


# The Lebanon Daily News, whether or not it is listed, is no evidence.
_PAPER = re.compile(r" (?:Daily|Times|Herald|Tribune|Gazette|Chronicle|Observer|Mirror|Telegraph)\b")
_WHERE = frozenset(
    {
        "in",
        "at",
        "from",
        "to",
        "near",
        "outside",
        "of",
        "for",
        "through",
        "via",
        "around",
        "leave",
        "left",
        "visit",
        "visited",
    }
)


def _is_person(text: str, found: list[Mention], at: int, before: str) -> bool:
    """Whether a place's name is somebody's: behind a first name, or, where it opens names, before a surname."""
    mention = found[at]
    _titles, firsts, places = _persons()
    if before in firsts:
        return True
    if mention.entry.person < 2 or text[mention.start : mention.end].isupper():
        return False
    if _AGE.match(text, mention.end):
        return True
    following = _NEXT_WORD.match(text, mention.end)
    return (
        following is not None
        and following[1].istitle()
        and following[1] not in places
        and not (at + 1 < len(found) and found[at + 1].start == mention.end + 1)
        and not _title_case(text, following.end())
    )


def _word_before(text: str, start: int) -> str:
    """The word that stands before a place with one blank between, with its full stop."""
    if text[start - 1 : start] != " ":
        return ""
    cut = text[max(0, start - 16) : start - 1]
    return cut[max(cut.rfind(" "), cut.rfind("\n")) + 1 :].lstrip("\"'“‘(")


def _title_case(text: str, end: int) -> bool:
    """Whether the words that follow have capitals as well, as in a headline."""
    following = re.findall(r"[^\W\d_]{4,}", text[end : end + 60].partition("\n")[0])[:3]
    return len(following) > 1 and all(word[0].isupper() for word in following)


@cache
def _persons() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Titles and first names before a person's name; words behind a name that show a place."""
    person = table()["person"]
    return frozenset(person["titles"]), frozenset(person["first"]), frozenset(person["places"])


@cache
def _money() -> re.Pattern[str]:
    return re.compile(r"[ -](?:" + "|".join(table()["money"]).lower() + r")\b")


_STATE = re.compile(r", ([A-Z][A-Za-z]*(?:\.[ ]?[A-Z])*(?: [A-Z][a-z]+)?)(\.?)")


@cache
def _states() -> dict[str, str]:
    """The country of a state's name or short form, without its last stop."""
    found = {}
    for code, words in table()["state"].items():
        for word in words:
            found[word] = code
            if len(word) > 2 or "." in word:
                found[word.upper()] = code
    return found


@cache
def _full_states() -> frozenset[str]:
    """The states' full names."""
    evidence = table()["evidence"]
    named = {city.rstrip("!?*") for code in table()["state"] for city in evidence[code].get("city", "").split("|")}
    return frozenset(named & _states().keys()) | frozenset({"England", "Scotland", "Wales", "Northern Ireland"})


def _add_states(text: str, found: list[Mention]) -> None:
    """A town lies in the state that follows it: "Paris, Texas", "CARSON, CALIF."; the state is evidence itself."""
    states = _states()
    starts = [mention.start for mention in found]
    ending = {mention.end: mention for mention in found}
    for match in _STATE.finditer(text):
        word, start = match[1], match.start(1)
        code = states.get(word)
        if code is None:
            word = word.partition(" ")[0]
            code = states.get(word)
            if code is None:
                continue
        end = start + len(word)
        stop = text[end : end + 1]
        long = word.title() in _full_states()
        if not long:
            if len(word) == 2 and word.isupper():
                # "Austin, TX" but not "WIN, OR LOSE".
                if text[match.start() - 1 : match.start()].isupper() or stop not in {"", ",", ".", ")", ";", "\n"}:
                    continue
            elif stop not in {".", ","} and not text.startswith((" -", " –", " —"), end):
                continue
            if stop == ".":
                end += 1
        town = ending.get(match.start())
        if town is not None and (town.kind == "city" or (long and town.code != code)):
            town.code, town.kind, town.strength, town.named = code, "city", 0.9, False
            town.entry = _STATE_ENTRY
        at = bisect_left(starts, end)
        if not at or found[at - 1].end <= start:
            found.append(Mention(start, end, code, "city", 0.9, False, _STATE_ENTRY))


_STATE_ENTRY = Entry((), "city", 0.9, (), None, 0, False, "", False)
_EXCHANGE = re.compile(r"\.([A-Z]{1,3})[>)]")


def _add_exchanges(text: str, found: list[Mention]) -> None:
    """A share's symbol names its exchange: <GECL.L>, (7203.T)."""
    exchanges = table()["exchange"]
    for match in _EXCHANGE.finditer(text):
        code = exchanges.get(match[1])
        if code and text[match.start() - 1 : match.start()].isalnum():
            found.append(Mention(match.start(1), match.end(1), code, "body", 0.5, False, _STATE_ENTRY))


def _settle(folded: str, found: list[Mention], small: bool) -> None:
    """Choose among the countries that share a name, and drop things that are no countries."""
    things, choices = _things(), _choices()
    sure: dict[str, float] = {}
    for mention in found:
        entry = mention.entry
        if (len(entry.codes) < 2 or entry.joint) and entry.word not in things and not (small and entry.doubtful):
            sure[mention.code] = sure.get(mention.code, 0.0) + mention.strength
    # The whole text is searched once for a word, however often it stands there.
    cued: dict[str, str | None] = {}
    thing: dict[str, bool] = {}
    for mention in found:
        entry = mention.entry
        word = entry.word
        if len(entry.codes) > 1 and not entry.joint:
            choice = choices.get(word)
            if word not in cued:
                cues = choice.cues if choice is not None else ()
                cued[word] = next((code for code, pattern in cues if pattern.search(folded)), None)
            code = cued[word] or max(entry.codes, key=lambda one: sure.get(one, 0.0))
            if choice is None and not sure.get(code):
                mention.strength = min(mention.strength, FAINT)
            mention.code = code
        if sure.get(mention.code, 0.0) > FAINT:
            continue
        if word in things and word not in thing:
            thing[word] = things[word].search(folded) is not None
        if (small and entry.doubtful) or thing.get(word, False):
            mention.code = ""


def _mark_dateline(text: str, folded: str, found: list[Mention], place: tuple[int, int]) -> None:
    """What stands in the dateline speaks as dateline; a town that only datelines name is looked up."""
    start, end = place
    inside = [mention for mention in found if mention.start < end + 3 and mention.end > start]
    for mention in inside:
        mention.kind = "dateline"
    if not inside:
        town = folded[start:end].partition(",")[0].strip()
        code = _towns().get(town)
        if code is not None:
            at = folded.index(town, start)
            found.append(Mention(at, at + len(town), code, "dateline", 0.5, False, _STATE_ENTRY))
            found.sort(key=_start)


_SOMEWHERE = re.compile(
    r"\b(?:in|at|near|from|outside|around|of) "
    r"((?:[a-z]{1,2} ){0,2}[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|[a-z]{1,2}))*)"
)


def _add_towns(text: str, found: list[Mention]) -> None:
    """In a text that names no place that everybody knows, "in Regensburg" is looked up among the towns.

    A city whose name is a word as well, Parma or Rio, is then taken for the city.
    """
    for mention in found:
        if mention.kind == "city":
            mention.strength = max(mention.strength, _TOWN)
    for match in _SOMEWHERE.finditer(text):
        words = fold(match[1]).split(" ")
        for count in range(min(len(words), 3), 0, -1):
            town = " ".join(words[:count])
            code = _towns().get(town)
            if code is not None:
                start = match.start(1)
                found.append(Mention(start, start + len(town), code, "city", _TOWN, False, _STATE_ENTRY))
                break
    found.sort(key=_start)


@cache
def _towns() -> dict[str, str]:
    """The country of a town that is too small to be looked for elsewhere."""
    return {fold(town): code for code, towns in table()["towns"].items() for town in towns.split("|")}
