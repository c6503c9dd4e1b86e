"""What may a string of letters stand for: which country, a trap, or nothing?

Tables: data/territories.json (from territories*.toml by hand, CLDR and GeoNames; made by training/territories.py),
read at the first call. `automaton` has all of them in one Aho-Corasick automaton for a language; `rules_of` says where a
word of that language ends.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick

from summarizers.text.scripts import DEVANAGARI

__all__ = [
    "FAINT",
    "SIGNS",
    "TOWN",
    "Choice",
    "Entry",
    "Rules",
    "automaton",
    "choices",
    "fold",
    "rules_of",
    "table",
    "things",
]

_DATA = Path(__file__).parents[1] / "data"
_STRENGTH = {"name": 1.0, "demonym": 1.0, "city": 0.9, "leader": 0.9, "body": 0.8, "currency": 0.3}
FAINT = 0.2  # the strength of an entry with a question mark
TOWN = 0.5  # and of a city that only GeoNames knows


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


# Entries


class Choice(NamedTuple):
    """A word that is one country or another: the codes, the likeliest first, and the cues that speak for some."""

    codes: tuple[str, ...]
    cues: tuple[tuple[str, re.Pattern[str]], ...]


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words in folded text; one that ends in a star may go on."""
    listed = "|".join(re.escape(word.strip()).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")


@cache
def choices() -> dict[str, Choice]:
    """territories_traps.toml's [either]."""
    found = {}
    for word, rule in table()["either"].items():
        parts = [part.strip().partition(":") for part in rule.split("|")]
        codes = [code for code, _colon, _words in parts]
        cues = tuple((code, _any_of(words.split(","))) for code, _colon, words in parts if words)
        found[word] = Choice(tuple(dict.fromkeys([codes[-1], *codes])), cues)
    return found


@cache
def things() -> dict[str, re.Pattern[str]]:
    """territories_traps.toml's [things]."""
    return {name: _any_of(cues) for name, cues in table()["things"].items()}


@cache
def automaton(language: str) -> Any:
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
                yield entry(word, (code,), "city", TOWN)
    if english:
        for code, name in zip(found["codes"].split(), found["names"]["en"].split("|"), strict=True):
            yield entry(name, (code,), "name", 1.0)
        for kind in ("none", "people"):
            for word in found[kind].split("|"):
                yield entry(word, (), kind, 0.0)


@dataclass(frozen=True, slots=True)
class Rules:
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
        if tail and folded[end - 1] not in SIGNS and not (entry.stem and fold(tail) in self.endings):
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


SIGNS = "$£€¥₹₦"
_RUN = re.compile(rf"[\w{DEVANAGARI}]*")


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
def rules_of(language: str) -> Rules | None:
    """A language's rules; None for English, and for one that has no table."""
    found = table()["languages"].get(language)
    if found is None:
        return None
    endings = frozenset(fold(ending) for ending in found["endings"].split())
    script = language if language in {"zh", "ja", "ko", "hi"} else ""
    return Rules(endings, frozenset(found["before"].split()), script)


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
        entries = [entry for entry in entries if entry.kind != "city" or entry.strength > TOWN]
    found: dict[tuple[str | None, tuple[int, ...], bool], Entry] = {}
    for entry in entries:
        choice = choices().get(entry.word)
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
