"""Features of a document's lines, for telling text from the furniture of a page.

Web pages saved or pasted as text mix their articles with menus, link lists, notices and comments. What tells them
apart in any language is known: length and density of text (Kohlschütter, Fankhauser and Nejdl, Boilerplate Detection
using Shallow Text Features, WSDM 2010), the share of function words (Pomikálek, jusText, 2011), and what stands around
a line (Vogels, Ganea and Eickhoff, Web2Text, ECIR 2018). There is no markup left to show links, so that their likeness
stands in for them: capitals, bullets, separators, repeated lines, and words that pages use of themselves
(data/page_words.toml).

A *unit* is as much text as an average word, so that lengths compare between scripts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from summarizers.segmentation.bylines import may_be_byline
from summarizers.segmentation.teaser_lines import find_trailing_link
from summarizers.text import scripts
from summarizers.text.dates import calendar
from summarizers.text.furniture_words import byline_begins
from summarizers.text.stems import truncated_stem
from summarizers.text.tables import load_table
from summarizers.text.words import stopwords

__all__ = [
    "GROUPS",
    "LOCAL",
    "SHAPES",
    "Flags",
    "Floats",
    "Integers",
    "LineTable",
    "Span",
    "bare_lines",
    "read_lines",
    "word_groups",
]

Floats: TypeAlias = NDArray[np.floating[Any]]
Flags: TypeAlias = NDArray[np.bool_]
Integers: TypeAlias = NDArray[np.int64]
Span: TypeAlias = tuple[int, int]

GROUPS = (
    "menu", "related", "comments", "share", "offers", "consent",
    "rights", "more", "ages", "captions", "reader", "house",
)  # fmt: skip
"""Groups of page words, in the order of their columns."""

SHAPES = (
    "length",
    "ends in stop",
    "ends in ellipsis",
    "ends in colon",
    "inner stops",
    "commas",
    "function words",
    "capitalised words",
    "all capitals",
    "digits",
    "separators",
    "bullet",
    "numbered",
    "begins small",
    "address",
    "quotation",
    "byline",
    "date",
    *GROUPS,
    "page words",
    "nothing but page words",
    "copies",
)
"""Features of a line by itself that all models read."""

LOCAL = (*SHAPES, "dated words", "content words", "states date", "credited")
"""Features of a line by itself, in the order of their columns."""

# Characters

(
    _OTHER,
    _SMALL,
    _CAPITAL,
    _CASELESS,
    _WIDE,
    _DIGIT,
    _SPACE,
    _STOP,
    _COMMA,
    _QUOTE,
    _BRACKET,
    _SEPARATOR,
    _DASH,
    _MARK,
) = range(14)
_CLASSES = 16
_SIGNS = {
    _STOP: ".!?…。！？؟।۔॥｡",
    _COMMA: ",;:、，；：،؛",
    _QUOTE: "\"'“”„‘’«»‹›「」『』",
    _BRACKET: "()[]{}（）【】［］〔〕",
    _SEPARATOR: "|·•»›>/\\_*~©®™→▶►▼▲■□●○◆★☆✕×+=#@<",
    _DASH: "-–—―",
}
_SIGN_OF = {sign: kind for kind, signs in _SIGNS.items() for sign in signs}
_IS_WIDE = re.compile(f"[{scripts.IDEOGRAPHIC}{scripts.HANGUL}]")
_CODES = 0x10000
"""Code points that the table of character classes covers; the few beyond are symbols or rare ideographs."""

_FIRST_WIDE = 0x3000
"""Code point from which on a stop needs no space behind it."""

_OPENS = np.isin(np.arange(_CLASSES), (_CAPITAL, _CASELESS, _QUOTE, _WIDE, _DIGIT))
_LETTERS = np.isin(np.arange(_CLASSES), (_SMALL, _CAPITAL))
"""Classes that can begin a sentence, and those of letters that are written small or large."""

_UNREAD = _CLASSES
"""Mark of a character whose class isn't in the table yet."""

_class_of = np.full(_CODES, _UNREAD, dtype=np.uint8)
_class_of[_CODES - 1] = _OTHER


def _classes(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the class of each code point; those beyond the table are like its last."""
    codes = np.minimum(codes, _CODES - 1)
    kinds = _class_of[codes]
    unread = kinds == _UNREAD
    if unread.any():
        for code in set(codes[unread].tolist()):
            _class_of[code] = _character_class(chr(code))
        kinds = _class_of[codes]
    return kinds


def _character_class(character: str) -> int:
    if character in _SIGN_OF:
        return _SIGN_OF[character]
    if character.isdigit():
        return _DIGIT
    if character.isspace():
        return _SPACE
    if _IS_WIDE.match(character):
        return _WIDE
    if character.islower():
        return _SMALL
    if character.isupper():
        return _CAPITAL
    if character.isalpha():
        return _CASELESS
    return _MARK if re.match(f"[{scripts.COMBINING_MARKS}]", character) else _OTHER


# Words

_WORD = re.compile(
    rf"[{scripts.IDEOGRAPHIC}]|[^\W_{scripts.IDEOGRAPHIC}](?:[^\W_{scripts.IDEOGRAPHIC}]|[{scripts.COMBINING_MARKS}]|['’](?=[^\W_]))*|[©®]"
)
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_PART = "\ue000"
"""Sign between lines that are read at once."""

_MARKED = re.compile(f"[{_PART}{scripts.IDEOGRAPHIC}{scripts.COMBINING_MARKS}]")
"""Signs of lines whose words are more than runs of letters and digits, which apostrophes may join."""

_WORD_SIGNS = "©®"
"""Signs that are words by themselves."""

_APOSTROPHES = (ord("'"), ord("’"))

_GROUP_COLUMN = {name: column for column, name in enumerate(GROUPS)}
_FUNCTION = 1 << len(GROUPS)
_OPENS_PHRASE = _FUNCTION << 1
_DATED = _FUNCTION << 2
_NUMERIC = _FUNCTION << 3
_FOLLOWS = _FUNCTION << 4
_PARTS = _FUNCTION << 5
_CAPTION = 1 << GROUPS.index("captions")
_TERM_SHIFT = len(GROUPS) + 6
_MOST_WORDS = 100_000
"""Words that a vocabulary may remember before it is replaced, which bounds memory."""


class _Vocabulary(dict[str, int]):
    """A language's words, each as one number.

    From the lowest bit on: the groups of page words that it is in, whether it is a function word, opens a phrase, names
    a day or month, begins with a digit, is the second word of a phrase or the sign between lines, and the number of its
    term.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], int]]] = {}
        self._whole: dict[str, int] = {}
        self._begins: dict[str, int] = {}
        self._function = stopwords(language)
        names = (calendar("en"), calendar(language))
        self._dates = frozenset(word for known in names for word in (*known.days, *known.months))
        self._terms: dict[str, int] = {}
        for table in (load_table("page_words.toml").get(name, {}) for name in ("any", "en", language)):
            for group, column in _GROUP_COLUMN.items():
                self._add(table.get(group, ""), 1 << column)
        self._lengths = sorted({len(begin) for begin in self._begins})
        self._first, self._second = (frozenset(words) for words in zip(*self.phrases, strict=True))
        self._opens_caption = frozenset(
            phrase[0] for phrases in self.phrases.values() for phrase, flag in phrases if flag & _CAPTION
        )
        self[_PART] = _PARTS

    def _add(self, words: str, flag: int) -> None:
        for entry in words.casefold().split("|"):
            phrase = tuple(_WORD.findall(entry))
            if len(phrase) == 1:
                known = self._begins if entry.rstrip().endswith("*") else self._whole
                known[phrase[0]] = known.get(phrase[0], 0) | flag
            elif phrase:
                self.phrases.setdefault(phrase[:2], []).append((phrase, flag))

    def __missing__(self, word: str) -> int:
        code = self._whole.get(word, 0)
        for length in self._lengths:
            if length > len(word):
                break
            code |= self._begins.get(word[:length], 0)
        if word in self._function:
            code |= _FUNCTION
        elif len(word) > 1 or ord(word) > 0x2E7F:
            term = truncated_stem(word, self.language)
            code |= self._terms.setdefault(term, len(self._terms) + 1) << _TERM_SHIFT
        if word in self._first:
            code |= _OPENS_PHRASE
        if word in self._second:
            code |= _FOLLOWS
        if word in self._dates:
            code |= _DATED
        if word[0].isdigit():
            code |= _NUMERIC
        self[word] = code
        return code

    def opens_caption(self, word: str) -> bool:
        """Return whether a word is used of pictures, or opens a phrase that is."""
        return bool(self[word] & _CAPTION) or word in self._opens_caption


_vocabularies: dict[str, _Vocabulary] = {}


def _vocabulary(language: str) -> _Vocabulary:
    known = _vocabularies.get(language)
    if known is None or len(known) > _MOST_WORDS:
        known = _vocabularies[language] = _Vocabulary(language)
    return known


def word_groups(line: str, language: str) -> frozenset[str]:
    """Return the groups that words and phrases of a line are in."""
    low = line.lower()
    flags = 0
    known = _vocabulary(language)
    words = (_ASCII_WORD if low.isascii() else _WORD).findall(low)
    for at, word in enumerate(words):
        code = known[word]
        flags |= code
        if code & _OPENS_PHRASE:
            for phrase, flag in known.phrases.get((word, *words[at + 1 : at + 2]), ()):
                if flag & ~flags and tuple(words[at : at + len(phrase)]) == phrase:
                    flags |= flag
    return _groups_of(flags & (_FUNCTION - 1))


@cache
def _groups_of(flags: int) -> frozenset[str]:
    return frozenset(name for name, column in _GROUP_COLUMN.items() if flags >> column & 1)


@dataclass(slots=True)
class LineTable:
    """A document's lines as numbers.

    `spans` is where the lines stand; `units` how much text each has; `local` has a row of `LOCAL` for each. `terms` has
    the numbers of all lines' content words behind one another, `term_rows` the line of each. `signature` is equal for
    lines of equal text.
    """

    spans: Sequence[Span]
    units: Floats
    local: Floats
    terms: Integers
    term_rows: Integers


_BYLINE_BELOW = 90
"""Characters from which on a line is no byline."""

_UNIT_LETTERS = 5.0
"""Letters that make a unit: about an English word."""

_WIDE_UNITS = 0.55
"""Units of an ideograph, a kana or a Korean syllable, of which about two make a word."""

_MOST_INNER = 6.0
_IS_BULLET = np.zeros(_CODES, dtype=bool)
_IS_BULLET[[ord(sign) for sign in "*+-•–·▪◦‣○●■□▶►>»o"]] = True
"""Code points that stand before list entries."""

_NUMBERED = re.compile(r"\d{1,3}[.):]\s")
_ADDRESS = re.compile(r"https?:|www\.|@\w|\w@|\.(?:com|org|net)\b")
_ADDRESS_SIGNS = np.isin(np.arange(128), [ord(sign) for sign in ".:@"])
"""Signs of which an address holds one, by code point."""

_DATE_UNITS = 16.0
"""Units from which on a line says more than a date."""

_FIGURES = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[-./]\d\d|\d{1,2}:\d\d|\d[年月日년월일]")
_CHUNK = 20_000
"""Lines that are described at once, which bounds memory."""


def read_lines(text: str, spans: Sequence[Span], language: str) -> LineTable:
    """Describe the lines of a text that stand at `spans`, none of them empty. Linear time."""
    copies: dict[str, int] = {}
    pieces = [_without_link(text[start:end].strip()) for start, end in spans]
    for piece in pieces:
        copies[piece] = copies.get(piece, 0) + 1
    local = np.zeros((len(LOCAL), len(pieces)), dtype=np.float32).T
    units = np.zeros(len(pieces), dtype=np.float32)
    terms: list[Integers] = []
    rows: list[Integers] = []
    for begin in range(0, len(pieces), _CHUNK):
        end = min(begin + _CHUNK, len(pieces))
        here = pieces[begin:end]
        units[begin:end] = _characters(here, local[begin:end])
        some, where = _words(here, local[begin:end], language)
        terms.append(some)
        rows.append(where + begin)
    local[:, LOCAL.index("copies")] = np.log([copies[piece] for piece in pieces])
    return LineTable(
        spans, units, local, np.concatenate(terms or [np.zeros(0, int)]), np.concatenate(rows or [np.zeros(0, int)])
    )


def _without_link(line: str) -> str:
    """Return a line without a closing link to the rest of its text."""
    cut = find_trailing_link(line)
    return line if cut is None else line[:cut]


def bare_lines(lines: Sequence[str]) -> list[str]:
    """Return lines casefolded, with single spaces and without bullets, for comparing."""
    found: list[str] = []
    for line in lines:
        low = line.casefold()
        # nearly all lines of ASCII have single spaces
        if not low.isascii() or "  " in low or "\t" in low:
            low = " ".join(low.split())
        found.append(low.lstrip("*+-•·◦▪ "))
    return found


_COLUMN = {name: column for column, name in enumerate(LOCAL)}
_GROUPS = slice(_COLUMN[GROUPS[0]], _COLUMN[GROUPS[-1]] + 1)
"""Columns of the groups, which follow one another."""


def _characters(pieces: Sequence[str], local: Floats) -> Floats:
    """Fill the columns that characters tell; return the lines' units."""
    joined = "\n".join(pieces)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _classes(codes)
    size = len(pieces)
    lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=size)
    starts = np.concatenate([[0], np.cumsum(lengths[:-1] + 1)])
    ends = starts + lengths - 1
    rows = np.repeat(np.arange(size), lengths + 1)[:-1]
    counts = np.bincount(rows * _CLASSES + kinds, minlength=size * _CLASSES).reshape(size, _CLASSES).astype(np.float32)
    letters = counts[:, _SMALL] + counts[:, _CAPITAL] + counts[:, _CASELESS]
    units: Floats = (letters + counts[:, _DIGIT]) / _UNIT_LETTERS + counts[:, _WIDE] * _WIDE_UNITS
    signs = np.maximum(1, lengths)

    def column(name: str) -> Floats:
        return local[:, _COLUMN[name]]

    column("length")[:] = np.log1p(units)
    # the last character that is no closing quotation mark or bracket
    last = ends.copy()
    for _ in range(2):
        closing = ((kinds[last] == _QUOTE) | (kinds[last] == _BRACKET)) & (last > starts)
        last[closing] -= 1
    column("ends in stop")[:] = kinds[last] == _STOP
    dots = codes[last] == ord(".")
    before = np.maximum(last - 1, starts)
    column("ends in ellipsis")[:] = (codes[last] == ord("…")) | (dots & (codes[before] == ord(".")))
    column("ends in colon")[:] = (codes[last] == ord(":")) | (codes[last] == ord("："))
    column("commas")[:] = counts[:, _COMMA] / np.maximum(1, units)
    column("digits")[:] = counts[:, _DIGIT] / signs
    column("separators")[:] = counts[:, _SEPARATOR] / signs
    column("quotation")[:] = np.minimum(1, counts[:, _QUOTE] / np.maximum(1, units))
    # a stop, then a space, then what can begin a sentence
    if len(kinds) > 2:
        stops = np.flatnonzero(kinds[:-2] == _STOP)
        following, second = kinds[stops + 1], kinds[stops + 2]
        inner = ((following == _SPACE) & _OPENS[second]) | (codes[stops] >= _FIRST_WIDE)
        places = stops[inner & (rows[stops] == rows[stops + 2])]
        stops = stops[(following == _QUOTE) & (second == _SPACE) & (stops + 3 < len(kinds))]
        closed = stops[_OPENS[kinds[stops + 3]] & (rows[stops + 1] == rows[stops + 3])]
        marked = np.concatenate([rows[places], rows[closed + 1]])
        column("inner stops")[:] = np.minimum(_MOST_INNER, np.bincount(marked, minlength=size))
    is_letter = _LETTERS[kinds]
    word_start = is_letter.copy()
    word_start[1:] &= ~(is_letter[:-1] | (kinds[:-1] == _QUOTE) & (codes[:-1] != ord('"')))
    begun = np.bincount(rows[word_start], minlength=size)
    capitals = np.bincount(rows[word_start & (kinds == _CAPITAL)], minlength=size)
    column("capitalised words")[:] = capitals / np.maximum(1, begun)
    column("all capitals")[:] = (counts[:, _CAPITAL] > 3) & (counts[:, _CAPITAL] > 4 * counts[:, _SMALL])
    heads = np.minimum(codes[starts], _CODES - 1)
    bullet = (lengths == 1) | (_IS_BULLET[heads] & (codes[np.minimum(starts + 1, ends)] == ord(" ")))
    column("bullet")[:] = bullet
    numbered = column("numbered")
    for row in np.flatnonzero(kinds[starts] == _DIGIT).tolist():
        numbered[row] = _NUMBERED.match(pieces[row]) is not None
    first = np.minimum(starts + 2 * bullet, ends)
    column("begins small")[:] = kinds[first] == _SMALL
    byline = column("byline")
    for row in np.flatnonzero(
        _opens_byline()[np.minimum(codes[first], _CODES - 1)] & (lengths < _BYLINE_BELOW)
    ).tolist():
        byline[row] = may_be_byline(pieces[row][2 * bool(bullet[row]) :])
    address = column("address")
    for row in _may_hold_address(codes, rows):
        address[row] = _ADDRESS.search(pieces[row]) is not None
    return units


@cache
def _opens_byline() -> Flags:
    """Return which code points bylines begin with."""
    opens = np.zeros(_CODES, dtype=bool)
    opens[[ord(begin[0]) for begin in byline_begins()]] = True
    return opens


def _may_hold_address(codes: NDArray[np.uint32], rows: Integers) -> list[int]:
    """Return the lines with an at sign, or a stop or colon as addresses have them."""
    signs = np.flatnonzero(_ADDRESS_SIGNS[np.minimum(codes, len(_ADDRESS_SIGNS) - 1)])
    sign, before, behind = codes[signs], codes[np.maximum(signs - 1, 0)], codes[np.minimum(signs + 1, len(codes) - 1)]
    held = (sign == ord("@")) | ((sign == ord(":")) & ((before == ord("p")) | (before == ord("s"))))
    named = (behind == ord("c")) | (behind == ord("o")) | (behind == ord("n"))
    held |= (sign == ord(".")) & ((before == ord("w")) | named)
    return sorted(set(rows[signs[held]].tolist()))


def _words(pieces: Sequence[str], local: Floats, language: str) -> tuple[Integers, Integers]:
    """Fill the columns that words tell; return numbers of content words, and their lines."""
    vocabulary = _vocabulary(language)
    words, codes, rows = _read_words(pieces, vocabulary)
    flags = codes & (_FUNCTION - 1)
    goes_on = codes & (_OPENS_PHRASE | _PARTS) == _OPENS_PHRASE
    goes_on[:-1] &= codes[1:] & _FOLLOWS > 0
    for at in np.flatnonzero(goes_on).tolist():
        for phrase, flag in vocabulary.phrases.get((words[at], words[at + 1]), ()):
            end = at + len(phrase)
            if tuple(words[at:end]) == phrase:
                flags[at:end] |= flag
    kept = np.flatnonzero(codes != _PARTS)
    if (rows[1:] < rows[:-1]).any():
        kept = kept[np.argsort(rows[kept], kind="stable")]
    codes, rows, flags = codes[kept], rows[kept], flags[kept]
    total = np.maximum(1, np.bincount(rows, minlength=len(pieces)).astype(np.float32))
    grouped = np.flatnonzero(flags)
    which, groups = np.nonzero(flags[grouped, None] >> np.arange(len(GROUPS)) & 1)
    cells = np.bincount(rows[grouped[which]] * len(GROUPS) + groups, minlength=len(pieces) * len(GROUPS))
    local[:, _GROUPS] = cells.reshape(-1, len(GROUPS)) / total[:, None]
    covered = np.bincount(rows[flags > 0], minlength=len(pieces))
    local[:, _COLUMN["page words"]] = covered / total
    local[:, _COLUMN["nothing but page words"]] = (covered == total) & (total > 0)
    local[:, _COLUMN["function words"]] = (
        np.bincount(rows[codes & _FUNCTION > 0], minlength=len(pieces)) / total / _function_rate(language)
    )
    named = np.bincount(rows[codes & _DATED > 0], minlength=len(pieces)) > 0
    dated = np.bincount(rows[codes & (_DATED | _NUMERIC) > 0], minlength=len(pieces)) / total
    others = np.bincount(rows[(flags | codes & (_FUNCTION | _DATED | _NUMERIC)) == 0], minlength=len(pieces))
    local[:, _COLUMN["dated words"]] = dated
    local[:, _COLUMN["content words"]] = np.log1p(others)
    short = (local[:, _COLUMN["length"]] < np.log1p(_DATE_UNITS)) & (local[:, _COLUMN["digits"]] > 0)
    for row in np.flatnonzero(short).tolist():
        local[row, _COLUMN["date"]] = named[row] or _FIGURES.search(pieces[row]) is not None
    says_little = (dated >= _DATED_SHARE) | (others <= _MOST_BESIDE_DATE)
    local[:, _COLUMN["states date"]] = local[:, _COLUMN["date"]] * says_little
    long = local[:, _COLUMN["length"]] >= np.log1p(_CREDITED_UNITS)
    for row in np.flatnonzero(long & (local[:, _COLUMN["ends in stop"]] == 0)).tolist():
        local[row, _COLUMN["credited"]] = _credit(pieces[row], vocabulary)
    terms = codes >> _TERM_SHIFT
    return terms[terms > 0], rows[terms > 0]


def _credit(line: str, vocabulary: _Vocabulary) -> float:
    """Return whether a line ends in a caption's credit: a photographer, an agency.

    1 where a sign or a word of pictures says so, 0.5 where nothing but names stand there, else 0.
    """
    start = max(0, len(line) - _LONGEST_CREDIT)
    if _MAY_BE_CREDITED.search(line, start) is None or (found := _CREDIT.search(line, start)) is None:
        return 0.0
    tail = found[found.lastgroup or 0]
    said = _WORD.findall(tail)
    if not said or len(said) > _MOST_CREDIT_WORDS:
        return 0.0
    # an agency alone closes reports, too
    pictured = len(said) > 1 and any(vocabulary.opens_caption(word.lower()) for word in said)
    if pictured or "/" in tail.strip("/"):
        return 1.0
    names = len(said) <= _MOST_NAMES and all(word[0].isupper() for word in said)
    return 0.5 if found.lastgroup == "behind" and names else 0.0


_CREDIT = re.compile(
    r"[^\W\d_]{3}[.!?…]+[\"'”’»)]*\s+(?P<behind>[^.!?…]{2,70})\Z|[。！？]\s*(?P<wide>[^。！？]{2,30})\Z"
    r"|[(（\[]\s*(?P<bracket>[^()（）\[\]]{2,70}?)\s*[)）\]]\Z|\s[-–—|]\s(?P<dash>[^.!?…]{2,40}/[^.!?…]{2,40})\Z"
    r"|[.…]{2,}\s*(?P<dots>[^.!?…]{2,60})\Z"
)
_MAY_BE_CREDITED = re.compile(r"[.!?…。！？/)）\]]")
"""What lines with a credit hold; few others do."""

_LONGEST_CREDIT = 90
"""Characters at a line's end among which its credit stands."""

_CREDITED_UNITS = 5.0
"""Units of the shortest caption with its credit."""

_MOST_CREDIT_WORDS, _MOST_NAMES = 9, 4
"""Words of a credit, and of one that is nothing but names."""

_DATED_SHARE, _MOST_BESIDE_DATE = 0.35, 4
"""Share of a date's words, and number of other words with content, from which or up to which a line is a date."""


def _read_words(pieces: Sequence[str], vocabulary: _Vocabulary) -> tuple[list[str], Integers, Integers]:
    """Return the words of all lines, the code of each and its line; words of a line together.

    Lines of one kind are read at once, with a sign between that none of them holds and that stands among the words.
    """
    lows = [piece.lower() for piece in pieces]
    is_marked = [not low.isascii() and _MARKED.search(low) is not None for low in lows]
    simple = [at for at, marks in enumerate(is_marked) if not marks]
    marked = [at for at, marks in enumerate(is_marked) if marks]
    words = _find_words([lows[at] for at in simple])
    for at in marked:
        words += _WORD.findall(lows[at])
        words.append(_PART)
    codes = np.fromiter(map(vocabulary.__getitem__, words), dtype=np.int64, count=len(words))
    # the sign closes each line
    ends = codes == _PARTS
    rows = np.array([*simple, *marked, 0], dtype=np.int64)[np.cumsum(ends) - ends]
    return words, codes, rows


def _find_words(lows: Sequence[str]) -> list[str]:
    """Return the words of lines without marks, with the sign behind those of each line.

    All that is no word becomes a blank, which is faster than looking for words.
    """
    text = f" {_PART} ".join([*lows, ""])
    for sign in _WORD_SIGNS:
        if sign in text:
            text = text.replace(sign, f" {sign} ")
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if not len(codes):
        return []
    kept = _word_characters()[np.minimum(codes, _CODES - 1)]
    joints = np.flatnonzero((codes == _APOSTROPHES[0]) | (codes == _APOSTROPHES[1]))
    kept[joints] = kept[joints - 1] & kept[joints + 1]
    return np.where(kept, codes, ord(" ")).astype("<u4").tobytes().decode("utf-32-le").split()


@cache
def _word_characters() -> Flags:
    """Return which code points are letters, digits or other signs of words."""
    found = np.fromiter((chr(code).isalnum() for code in range(_CODES)), dtype=bool, count=_CODES)
    found[[ord(sign) for sign in _PART + _WORD_SIGNS]] = True
    found[_CODES - 1] = False
    return found


@cache
def _function_rate(language: str) -> float:
    """Return the usual share of function words in a language's news."""
    return float(load_table("function_words.toml")["shares"][language])
