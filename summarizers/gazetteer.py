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
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
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
    return folded


# The layout of a text

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]{0,2}\s+(?=[^\sa-z])|\n+|[。！？]")
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
    for entry in _english(language):
        listed.setdefault(fold(entry.word), []).append(entry)
    automaton = ahocorasick.Automaton()
    for key, entries in listed.items():
        automaton.add_word(key, (len(key), _merged(entries)))
    automaton.make_automaton()
    return automaton


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
            not faint and (named or (kind == "body" and any(name in f" {key} " for name in own))),
            plain,
            key in lower,
        )

    for code, kinds in found["evidence"].items():
        own = tuple(
            f" {fold(word)} "
            for kind in ("name", "demonym")
            for word in kinds.get(kind, "").split("|")
            if len(word) > 3 and word[-1].isalpha()
        )
        for kind, words in kinds.items():
            if english or kind != "demonym":
                for word in words.split("|"):
                    if english or "?" not in word:
                        yield entry(word, (code,), kind, _STRENGTH[kind], own)
    for code, words in found["cities"].items():
        for word in words.split("|"):
            yield entry(word, (code,), "city", _TOWN)
    if english:
        for code, name in zip(found["codes"].split(), found["names"]["en"].split("|"), strict=True):
            yield entry(name, (code,), "name", 1.0)
        for word in found["none"].split("|"):
            yield entry(word, (), "none", 0.0)


def _merged(entries: list[Entry]) -> tuple[Entry, ...]:
    """Entries of one key; those of one spelling become one that may stand for several countries. Exact ones first."""
    found: dict[tuple[str | None, tuple[int, ...]], Entry] = {}
    for entry in entries:
        choice = _choices().get(entry.word)
        if choice is not None and entry.codes:
            entry = entry._replace(codes=choice.codes)
        spelling = (entry.exact, entry.capitals)
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
    """All words that speak for a country, in order and disjoint. `folded` is `fold(text)`."""
    small = not _has_capitals(text)
    found = _matches(text, folded, language, small)
    if not found and parts.dateline is None and ", " not in text:
        return []
    _clear_away(text, folded, found, small)
    found = [mention for mention in found if mention.code]
    _add_states(text, found)
    _add_exchanges(text, found)
    found.sort(key=_start)
    _settle(folded, found, small)
    found = [mention for mention in found if mention.code]
    if parts.dateline is not None:
        _mark_dateline(text, folded, found, parts.dateline)
    return found


def _start(mention: Mention) -> int:
    return mention.start


_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐΑ-Ω]")
_CASED = re.compile(r"[a-zß-öø-ÿа-яёіїєґα-ω]")


def _has_capitals(text: str) -> bool:
    """Whether a text writes capitals at all; one without letters that have them does as well."""
    return _CAPITAL.search(text) is not None or _CASED.search(text) is None


def _matches(text: str, folded: str, language: str, small: bool) -> list[Mention]:
    """What the automaton finds, the longest at each place; traps hide what they cover and are gone."""
    found: list[tuple[int, int, Entry]] = []
    size = len(folded)
    for last, (length, entries) in _gazetteer(language).iter(folded):
        end = last + 1
        start = end - length
        if (end < size and folded[end].isalnum()) or (start and folded[start - 1].isalnum()):
            continue
        for entry in entries:
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
    kept = []
    reached = 0
    for start, minus, entry in found:
        if start >= reached:
            reached = -minus
            if entry.codes:
                kept.append(Mention(start, reached, entry.codes[0], entry.kind, entry.strength, entry.national, entry))
    return kept


def _by_place(found: tuple[int, int, Entry]) -> tuple[int, int]:
    return found[:2]


_NEXT_WORD = re.compile(r"[ ]([^\W\d_]+)")
_AGE = re.compile(r",? (?:\d{1,3},|who |scored|tweeted|pleaded)")
_ADDRESS = re.compile(r"\.(?:com|org|net|gov|co|io)\b|@")
_TO_US = frozenset(
    [
        "LET",
        "JOIN",
        "TELL",
        "GIVE",
        "HELP",
        "ALL",
        "BOTH",
        "MAKES",
        "MAKE",
        "TRUST",
        "CALL",
        "FOLLOW",
        "CONTACT",
        "SHOW",
        "BRING",
        "TEACH",
        "TAKE",
        "SAVE",
        "KILL",
        "AMONG",
    ]
)


def _clear_away(text: str, folded: str, found: list[Mention], small: bool) -> None:
    """Drop persons, pronouns, web addresses and money's adjectives; a dropped mention has no code."""
    titles, firsts, places = _persons()
    money = _money()
    people: set[str] = set()
    for at, mention in enumerate(found):
        entry, start, end = mention.entry, mention.start, mention.end
        if entry.person and not small:
            before = _word_before(text, start)
            behind = _NEXT_WORD.match(text, end)
            after = behind[1] if behind else ""
            if (
                before in firsts
                or before in titles
                or (
                    entry.person > 1
                    and (
                        _AGE.match(text, end)
                        or (
                            after.istitle()
                            and after not in places
                            and not text[start:end].isupper()
                            and not (at + 1 < len(found) and found[at + 1].start == end + 1)
                            and not _title_case(text, end + 1 + len(after))
                        )
                    )
                )
            ):
                people.add(entry.word)
            else:
                continue
            mention.code = ""
        elif entry.exact == "US" and _word_before(text, start) in _TO_US:
            mention.code = ""
        elif entry.national and entry.kind != "body":
            if money.match(folded, end):
                mention.kind, mention.strength, mention.named = "currency", 0.3, False
            elif _ADDRESS.match(text, end) or text[start - 1 : start] == "@":
                mention.code = ""
    if people:
        # After "Michael Jordan" a bare "Jordan" is he, unless Amman or Jordanians come into it.
        for mention in found:
            word = mention.entry.word
            if word in people and not any(
                other.code == mention.code and other.entry.word not in people and other.strength > FAINT
                for other in found
            ):
                mention.code = ""


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


def _add_states(text: str, found: list[Mention]) -> None:
    """A town lies in the state that follows it: "Paris, Texas", "CARSON, CALIF."; the state is evidence itself."""
    states = _states()
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
        long = len(word) > 4 and word[-1].isalpha() and "." not in word
        if not long:
            if len(word) == 2 and word.isupper():
                # "Austin, TX" but not "WIN, OR LOSE".
                if text[match.start() - 1 : match.start()].isupper() or stop not in {"", ",", ".", ")", ";", "\n"}:
                    continue
            elif stop not in {".", ","} and not text.startswith((" -", " –", " —"), end):
                continue
            if stop == ".":
                end += 1
        town = next((mention for mention in reversed(found) if mention.end == match.start()), None)
        if town is not None and (town.kind == "city" or (long and town.code != code)):
            town.code, town.kind, town.strength, town.named = code, "city", 0.9, False
            town.entry = _STATE_ENTRY
        if not any(mention.start < end and mention.end > start for mention in found):
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
    sure: dict[str, float] = {}
    for mention in found:
        entry = mention.entry
        if len(entry.codes) < 2 and entry.word not in _things() and not (small and entry.doubtful):
            sure[mention.code] = sure.get(mention.code, 0.0) + mention.strength
    for mention in found:
        entry = mention.entry
        if len(entry.codes) > 1:
            choice = _choices().get(entry.word)
            code = None
            if choice is not None:
                code = next((code for code, cues in choice.cues if cues.search(folded)), None)
            if code is None:
                code = max(entry.codes, key=lambda one: sure.get(one, 0.0))
                if choice is None and not sure.get(code):
                    mention.strength = min(mention.strength, FAINT)
            mention.code = code
        if sure.get(mention.code, 0.0) > FAINT:
            continue
        if (small and entry.doubtful) or (entry.word in _things() and _things()[entry.word].search(folded)):
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


@cache
def _towns() -> dict[str, str]:
    """The country of a town that is too small to be looked for elsewhere."""
    return {fold(town): code for code, towns in table()["towns"].items() for town in towns.split("|")}
