"""The gazetteer: what a string may stand for: a country, one of several, a trap, or nothing.

Table: data/territories.json (from territories*.toml by hand, CLDR and GeoNames; made by training/territories.py),
read at the first call. `automaton` has all entries for a language in one Aho-Corasick automaton; `word_rules` says
where a word of that language begins and ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import ahocorasick

from summarizers.labels.inflection import name_forms
from summarizers.text.scripts import DEVANAGARI, HANGUL, holds_ideographs
from summarizers.text.tables import load_table

__all__ = [
    "CURRENCY_SIGNS",
    "FAINT_STRENGTH",
    "TOWN_STRENGTH",
    "AmbiguousName",
    "GazetteerEntry",
    "WordRules",
    "ambiguous_names",
    "automaton",
    "fold_accents",
    "gazetteer_table",
    "namesake_cues",
    "word_rules",
]

_STRENGTH = {"name": 1.0, "demonym": 1.0, "city": 0.9, "leader": 0.9, "body": 0.8, "currency": 0.3}
"""How sure a kind of word is evidence for its country, in 0..1; by judgement."""

FAINT_STRENGTH = 0.2
"""Strength of an entry that the table marks as doubtful with a question mark."""

TOWN_STRENGTH = 0.5
"""Strength of a city that only GeoNames knows."""

CURRENCY_SIGNS = "$£€¥₹₦"

_LEAST_FOREIGN_WORD, _LEAST_FOREIGN_TOWN = 5, 6
"""Letters of an English city, and of a GeoNames city, that is looked for in texts of other languages: short ones are
other words there, such as Zug, Bari, Nice."""

_INFLECTED_KINDS = frozenset({"city", "leader"})
"""Kinds of English words that other languages write with endings of their own: Trumpa, Chicagu."""

_UNDECLINED = frozenset({"ar", "he"})
"""Languages whose endings make adjectives and other words of a city's name."""

_ACCENTED = frozenset({"de", "sv", "pl", "cs", "tr"})
"""Languages in which an accent makes another letter: Köchin isn't the city of Kochi with an ending."""

_LEAST_OWN_NAME = 4
"""Letters of a country's name that make a body of that name, such as "Bank of Japan", the country's own."""

_SHORT_WORD = 3
"""Letters up to which a word is looked for behind a mark that opens words: ING and US are within every tenth word, so
that each would be found and refused again and again."""

_WORD_OPENINGS = " \n\t\xa0([{<'\"“„«»-–—/\\.,;:!?*+&=|$#@>)”…~_·•%"

_ENDING_LETTERS, _PREFIX_LETTERS = 12, 4
"""Letters that are read behind a stem and before a word: more than the longest ending and prefix of the tables
have."""

_SCRIPT_LANGUAGES = frozenset({"zh", "ja", "ko", "hi"})
"""Languages whose script has rules of its own for where a word ends."""


class GazetteerEntry(NamedTuple):
    """One meaning of a string in lower case. Several `codes` are a choice; none is a trap."""

    codes: tuple[str, ...]
    kind: str
    strength: float
    capitals: tuple[int, ...]
    """Positions at which the text must have a capital."""
    exact: str | None
    """The only spelling that counts."""
    person: int
    """1 if it is a first or last name as well, 2 if it opens names."""
    national: bool
    """Whether it names the country itself, as "Bank of Japan" does."""
    word: str
    """The word as listed, without marks."""
    doubtful: bool
    """Whether it is more often a plain word in a text without capitals."""
    capital: bool = False
    """Whether it is a seat of government, which stands for the country when it acts."""
    stem: bool = False
    """Whether endings of the language may follow."""
    plain: bool = False
    """Whether accents make another word of it: Temer isn't Czech téměř."""
    joint: bool = False
    """Whether it stands for each of its codes at once."""


class AmbiguousName(NamedTuple):
    """A name of several countries: the codes, likeliest first, and cues for some of them."""

    codes: tuple[str, ...]
    cues: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class WordRules:
    """The rules by which a language joins words: suffixes, prefixes, and its own script."""

    endings: frozenset[str]
    prefixes: frozenset[str]
    script: str
    """zh, ja, ko, hi or ""."""

    def word_end(self, folded: str, start: int, end: int, entry: GazetteerEntry) -> int | None:
        """Return the end of the word that a match is or begins; None for a part of another word.

        `folded` is a text without accents.
        """
        if self.script in {"zh", "ja"}:
            return end if self._is_whole_run(folded, start, end) else None
        if self.script == "ko":
            after = folded[end : end + 1]
            whole = not _is_hangul(folded[start - 1 : start]) and (
                _is_hangul(folded[end - 1 : end]) or _is_hangul(after) or not after.isalnum()
            )
            return end if whole else None
        ending = _letters_after(folded, end)
        if (
            ending
            and folded[end - 1] not in CURRENCY_SIGNS
            and not (entry.stem and fold_accents(ending) in self.endings)
        ):
            return None
        prefix = _letters_before(folded, start)
        if prefix and prefix not in self.prefixes:
            return None
        return end + len(ending) if folded[end - 1] not in CURRENCY_SIGNS else end

    def _is_whole_run(self, folded: str, start: int, end: int) -> bool:
        """Han may touch Han; a run of kana or Latin letters must be whole."""
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if _is_katakana(folded[start]):
            return not _is_katakana(before) and not _is_katakana(after)
        if folded[start] < _FIRST_EAST_ASIAN:
            return not (before.isalnum() and before < _FIRST_EAST_ASIAN) and not (
                after.isalnum() and after < _FIRST_EAST_ASIAN
            )
        return True


_FIRST_EAST_ASIAN = "\u2e80"
"""CJK RADICAL REPEAT, the first character of the scripts of Chinese and Japanese."""

_HANGUL = re.compile(f"[{HANGUL}]")


def _is_hangul(letter: str) -> bool:
    return _HANGUL.match(letter) is not None


def _is_katakana(letter: str) -> bool:
    """Return whether a letter is katakana or its long vowel sign.

    Hiragana are particles, which may touch a name.
    """
    return "ァ" <= letter <= "ヺ" or letter == "ー"


_LETTERS = re.compile(rf"[\w{DEVANAGARI}]*")


def _letters_after(folded: str, end: int) -> str:
    """Letters that follow without a break."""
    match = _LETTERS.match(folded, end, end + _ENDING_LETTERS)
    return match[0] if match else ""


def _letters_before(folded: str, start: int) -> str:
    """Letters that precede without a break."""
    begin = start
    while begin > max(0, start - _PREFIX_LETTERS) and _LETTERS.fullmatch(folded[begin - 1]):
        begin -= 1
    return folded[begin:start]


def gazetteer_table() -> dict[str, Any]:
    """Return data/territories.json."""
    return load_table("territories.json")


@cache
def word_rules(language: str) -> WordRules | None:
    """Return a language's rules; None for English, and for a language without a table."""
    rules = gazetteer_table()["languages"].get(language)
    if rules is None:
        return None
    endings = frozenset(fold_accents(ending) for ending in rules["endings"].split())
    return WordRules(endings, frozenset(rules["before"].split()), language if language in _SCRIPT_LANGUAGES else "")


@cache
def ambiguous_names() -> dict[str, AmbiguousName]:
    """Return the names that several countries share: [either] of territories_traps.toml."""
    names = {}
    for word, rule in gazetteer_table()["either"].items():
        parts = [part.strip().partition(":") for part in rule.split("|")]
        codes = [code for code, _colon, _words in parts]
        cues = tuple((code, _any_word(words.split(","))) for code, _colon, words in parts if words)
        names[word] = AmbiguousName(tuple(dict.fromkeys([codes[-1], *codes])), cues)
    return names


@cache
def namesake_cues() -> dict[str, re.Pattern[str]]:
    """Return cues that a name is a namesake's, from [things] of territories_traps.toml."""
    return {name: _any_word(cues) for name, cues in gazetteer_table()["things"].items()}


def _any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Pattern of whole words in a text without accents; one that ends in a star may go on.

    Chinese, Japanese and Korean words may touch others.
    """
    spaced: list[str] = []
    touching: list[str] = []
    for word in words:
        plain = re.escape(fold_accents(word.strip())).replace(r"\*", r"\w*")
        (touching if holds_ideographs(word) or _HANGUL.search(word) else spaced).append(plain)
    alternatives = [rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)"] if spaced else []
    return re.compile("|".join(alternatives + touching))


# Folding


def fold_accents(text: str) -> str:
    """Return a text in lower case without accents, every character at its position."""
    if text.isascii():
        return text.lower()
    plain = text.translate(_plain_letters())
    folded = plain.lower()
    if len(folded) != len(text):
        folded = "".join(lower if len(lower := c.lower()) == 1 else c for c in plain)
    return folded.replace("ς", "σ")


@cache
def _plain_letters() -> dict[int, str]:
    """Plain characters for accented letters, curly apostrophes and unusual hyphens."""
    plain_letters: dict[int, str] = {}
    for number in (*range(0xA0, 0x250), *range(0x370, 0x400), *range(0x1E00, 0x2000)):  # Latin and Greek blocks
        letter = chr(number)
        plain = "".join(c for c in unicodedata.normalize("NFKD", letter.lower()) if not unicodedata.combining(c))
        if len(plain) == 1 and plain != letter:
            plain_letters[number] = plain
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
        plain_letters.update({ord(letter): plain for letter in letters})
    return plain_letters


# Entries


@cache
def automaton(language: str) -> Any:
    """Build the automaton over all entries for texts of a language.

    A match gives its length and its entries.
    """
    by_key: dict[str, list[GazetteerEntry]] = {}
    has_rules = language in gazetteer_table()["languages"]
    for entry in (*_english_entries(language), *(_own_entries(language) if has_rules else ())):
        by_key.setdefault(fold_accents(entry.word), []).append(entry)
    automaton = ahocorasick.Automaton()
    for key, entries in by_key.items():
        value = (len(key), _merge(entries))
        if not has_rules and len(key) <= _SHORT_WORD:
            for opening in _WORD_OPENINGS:
                automaton.add_word(opening + key, value)
        else:
            automaton.add_word(key, value)
    automaton.make_automaton()
    return automaton


def _capital_positions(word: str) -> tuple[int, ...]:
    """Positions of capitals that begin a part of a word or name."""
    return tuple(at for at, c in enumerate(word) if c.isupper() and (at == 0 or not word[at - 1].isalnum()))


def _english_entries(language: str) -> Iterable[GazetteerEntry]:
    """Entries of territories.toml, cities and traps.

    For other languages only what they are likely to write alike.
    """
    table = gazetteer_table()
    lower = frozenset(table["lower"])
    english = language == "en"
    inflected = bool(table["languages"].get(language, {}).get("endings"))

    def entry(
        word: str, codes: tuple[str, ...], kind: str, strength: float, own: tuple[str, ...] = ()
    ) -> GazetteerEntry:
        plain = word.rstrip("!?*")
        marks = word[len(plain) :]
        key = fold_accents(plain)
        faint = "?" in marks
        names_country = kind in {"name", "demonym"}
        return GazetteerEntry(
            codes=codes,
            kind=kind,
            strength=min(strength, FAINT_STRENGTH) if faint else strength,
            capitals=_capital_positions(plain),
            exact=plain if "!" in marks else None,
            person=marks.count("*"),
            national=not faint
            and (names_country or (kind in {"body", "leader"} and any(name in f" {key} " for name in own))),
            word=plain,
            doubtful=key in lower,
        )

    def is_foreign(word: str, kind: str) -> bool:
        plain = word.rstrip("?*")
        if "?" in word:
            return kind == "city" and len(plain) >= _LEAST_FOREIGN_TOWN and fold_accents(plain) not in lower
        return len(plain) >= _LEAST_FOREIGN_WORD or kind != "city"

    for code, kinds in table["evidence"].items():
        own = tuple(
            f" {fold_accents(word)} "
            for kind in ("name", "demonym")
            for word in kinds.get(kind, "").split("|")
            if len(word) >= _LEAST_OWN_NAME and word[-1] not in "!?*"
        )
        for kind, words in kinds.items():
            for word in words.split("|"):
                if english or is_foreign(word, kind):
                    one = entry(word, (code,), kind, _STRENGTH[kind], own)
                    if kind in _INFLECTED_KINDS and len(word) >= _LEAST_FOREIGN_WORD:
                        one = one._replace(stem=inflected and one.exact is None)
                    if kind in _INFLECTED_KINDS and (language in _ACCENTED or (not english and kind == "leader")):
                        one = one._replace(plain=word.isascii() and " " not in word)
                    # the first city is the capital
                    is_capital = english and kind == "city" and words.startswith(word)
                    yield one._replace(capital=True) if is_capital else one
    for code, words in table["cities"].items():
        for word in words.split("|"):
            if english or len(word) >= _LEAST_FOREIGN_TOWN:
                plain = language in _ACCENTED and word.isascii() and " " not in word
                yield entry(word, (code,), "city", TOWN_STRENGTH)._replace(stem=inflected, plain=plain)
    if not english:
        # Names of newspapers and seas are written alike in other languages in Latin script.
        yield from (entry(word, (), "none", 0.0) for word in table["none"].split("|") if _is_name(word))
    if english:
        for code, name in zip(table["codes"].split(), table["names"]["en"].split("|"), strict=True):
            yield entry(name, (code,), "name", 1.0)
        for kind in ("none", "people"):
            for word in table[kind].split("|"):
                yield entry(word, (), kind, 0.0)


def _is_name(words: str) -> bool:
    """Return whether a trap is a name of several words, each with a capital."""
    return " " in words and words.istitle()


def _own_entries(language: str) -> Iterable[GazetteerEntry]:
    """Entries of territories_languages.toml, and the names that CLDR and GeoNames have."""
    rules = gazetteer_table()["languages"][language]

    def entry(
        word: str, codes: tuple[str, ...], kind: str, *, stem: bool = False, joint: bool = False
    ) -> GazetteerEntry:
        plain = word.rstrip("?*")
        return GazetteerEntry(
            codes=codes,
            kind=kind,
            strength=FAINT_STRENGTH if "?" in word else _STRENGTH.get(kind, 0.0),
            capitals=_capital_positions(plain),
            exact=None,
            person=0,
            national=kind in {"name", "demonym"},
            word=plain,
            doubtful=False,
            stem=stem or word.endswith("*"),
            joint=joint,
        )

    for code, kinds in rules["words"].items():
        for kind, words in kinds.items():
            for word in words.split("|"):
                yield entry(word, (code,), kind)
    for word, joint_codes in rules["joint"].items():
        yield entry(word, tuple(joint_codes.split()), "name", joint=True)
    for word in rules["none"].split("|"):
        yield entry(word, (), "none")
    for code, name in _translated_names(language):
        yield from (entry(form.word, (code,), "name", stem=form.stem) for form in name_forms(name, rules))
    for kind, code, name in _translated_places(language):
        plain = name.rstrip("?*")
        strength = FAINT_STRENGTH if "?" in name else _STRENGTH[kind]
        for form in name_forms(plain, rules if language not in _UNDECLINED else rules | {"endings": ""}):
            yield entry(form.word, (code,), kind, stem=form.stem)._replace(person=name.count("*"), strength=strength)


def _translated_names(language: str) -> Iterable[tuple[str, str]]:
    """Codes and names of countries as CLDR has them."""
    table = gazetteer_table()
    codes = table["codes"].split()
    yield from zip(codes, table["names"][language].split("|"), strict=True)
    if language == "zh":
        yield from zip(codes, table["traditional"].split("|"), strict=True)


def _translated_places(language: str) -> Iterable[tuple[str, str, str]]:
    """Kinds, codes and names of time zones' cities, and of the places of toponyms.json."""
    toponyms = load_table("toponyms.json")[language]
    for kind, places in (("city", gazetteer_table()["zones"][language]), *toponyms.items()):
        for code, names in places.items():
            yield from ((kind, code, name) for name in names.split("|"))


def _merge(entries: list[GazetteerEntry]) -> tuple[GazetteerEntry, ...]:
    """Merge the entries of one key: those of one spelling become one with several countries.

    Exact ones first, then traps: a name is one as it stands, and none with an ending.
    """
    if any(entry.kind == "name" for entry in entries):
        # A country's name is not a lesser city's: Salvador in French is El Salvador.
        entries = [entry for entry in entries if entry.kind != "city" or entry.strength > TOWN_STRENGTH]
    merged: dict[tuple[str | None, tuple[int, ...], bool], GazetteerEntry] = {}
    for entry in entries:
        ambiguous = ambiguous_names().get(entry.word)
        if ambiguous is not None and entry.codes:
            entry = entry._replace(codes=ambiguous.codes)
        spelling = (entry.exact, entry.capitals, entry.stem)
        other = merged.get(spelling)
        if other is None or not entry.codes:
            merged[spelling] = entry
        elif other.codes and ambiguous is None:
            more = tuple(code for code in entry.codes if code not in other.codes)
            # What counts for two countries is no country's own: the stronger of the two claims stays.
            merged[spelling] = other._replace(codes=other.codes + more, person=max(other.person, entry.person))
    return tuple(
        sorted(merged.values(), key=lambda entry: (entry.exact is None, bool(entry.codes), -len(entry.capitals)))
    )
