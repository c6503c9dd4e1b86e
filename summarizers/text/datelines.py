"""Datelines and publication lines: place, date and agency, before a report or on a line.

One grammar for all languages. A line is read from its beginning as elements (places, dates, ages such as "3h ago",
agencies, reporters, "Updated") with signs between them, in any order. Behind a sign the body may begin; what the elements
prove together must outweigh what a sign of that kind leaves open, so that "Paris — the city of light — has" and "Reuters
said on Monday" stay sentences. Weights by judgement, held to lines in twenty languages by tests/summarizers/text.

`find_dateline_place` only finds the place, in English and anywhere near a text's beginning; it takes more for a dateline.
The salience of countries was fitted with it, so that the two can be merged only together with a new fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from summarizers.text import scripts
from summarizers.text.dateline_words import find_phrase, is_known, is_place, is_town, read_age, read_date, tokenise
from summarizers.text.dates import any_of, date_forms

__all__ = [
    "Dateline",
    "find_dateline",
    "find_dateline_place",
    "opens_with_bracketed_dateline",
    "read_publication_line",
    "strip_datelines",
    "without_publication_lines",
]


class Dateline(NamedTuple):
    """A dateline's text, where the body begins, and the parts as they are written."""

    text: str
    body: int
    place: str | None
    date: str | None
    agency: str | None


_READ = 180
"""Characters that may hold a dateline with all its parts."""

_LONGEST_LINE = 160
"""Characters of the longest line that may be nothing but a publication line."""

_DASHES = frozenset("-–—―_|=＝")
_OPENING = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕", "«": "»"}
_BRACKETS_OF_DATELINES = frozenset("【［[〔（")
_SEPARATORS = frozenset(",،，、·•;；/／+&►▶●~")
_QUOTES = "\"'“„«‘「『"

_Sign: TypeAlias = Literal["dash", "bracket", "colon", "stop", "space", "filed", "zone"]

_LEAST: dict[_Sign, int] = {"dash": 2, "bracket": 2, "colon": 3, "stop": 3, "space": 4, "filed": 2, "zone": 2}
"""What elements must prove at least for the body to begin behind a sign of a kind."""

_MOST_DATELINES = 2
"""Datelines one behind another, at most: "Wednesday, May 15, 2019 LONDON (AP) —"."""

_LEAST_LINE = 2
"""What elements must prove that are a whole line."""

_LONG_PLACE = 5
"""Letters from which on a word in capitals before a dash is no abbreviation but a place."""

_MOST_PLACE_WORDS, _MOST_PLACES = 5, 4
_MOST_AUTHOR_WORDS = 4
_TOWN_AND_COUNTRY = 2
"""Places of a dateline that names a town and its country."""

_FEWEST_BODY_WORDS = 7
"""Words of a sentence behind a known town and a bare dash, at least."""

_WORD_READ = 40
"""Characters of a body that are read for its first word."""

_BODY_READ = 200
"""Characters behind a bare dash that are searched for another, which would make an insertion of it."""

_WIDE_GAP = re.compile(r"\s{2,}|[\t\u3000\xa0\n]")
_SPACED_DASH = re.compile(r"\s(?:--?|[–—])\s|\w—\w")
_STOPPED = re.compile(r"[.!?。！？।॥][\"”’»」)]*(?:\s|\Z)")


@dataclass(slots=True)
class _Elements:
    """The elements of a line that were read so far."""

    places: list[tuple[int, int]] = field(default_factory=list)
    known: bool = False
    capitals: bool = False
    long_capitals: bool = False
    date: tuple[int, int] | None = None
    is_full: bool = False
    is_stated: bool = False
    has_year: bool = False
    has_detail: bool = False
    aged: bool = False
    labelled: bool = False
    agency: tuple[int, int] | None = None
    bracketed_agency: bool = False
    unknown_bracket: bool = False
    author: bool = False
    filed: bool = False
    zone: bool = False
    abbreviated: bool = False
    filled: bool = False
    """Whether a run of ideographs outside brackets was taken for a name."""
    credited: bool = False
    """Whether an equals sign in brackets joins place and reporter."""
    count: int = 0

    def proof(self) -> int:
        """Return how much the elements prove together."""
        place = 2 if self.capitals and (self.known or self.long_capitals) else int(self.known or self.capitals)
        if self.date is None:
            date = 0
        elif self.is_full:
            date = 2 + self.has_year
        else:
            date = 2 if self.is_stated or self.labelled else 1
        return (
            place
            + date
            + bool(self.date and (self.has_detail or self.labelled))
            + 2 * self.aged
            + 2 * (self.agency is not None)
            + (self.unknown_bracket and bool(place))
            + self.author
            + self.abbreviated
            + 3 * self.filed
            + (self.credited and self.known)
        )


def find_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline or publication line that a paragraph begins with, or None.

    A paragraph that is nothing but such a line has none.
    """
    if not _may_open(paragraph):
        return None
    return _Reader(paragraph[:_READ], paragraph).dateline()


def strip_datelines(paragraph: str) -> list[Dateline]:
    """Return the datelines that open a paragraph one behind another, in order.

    Each `body` counts from the beginning of the paragraph.
    """
    found: list[Dateline] = []
    begin = 0
    while len(found) < _MOST_DATELINES and (line := find_dateline(paragraph[begin:])) is not None:
        begin += line.body
        found.append(line._replace(body=begin))
    return found


def read_publication_line(line: str) -> Dateline | None:
    """Return what a line says that is nothing but a dateline or publication line, or None."""
    line = line.strip()
    if len(line) > _LONGEST_LINE or not _may_open(line):
        return None
    return _Reader(line, line).whole_line()


_LINES_READ = 4
"""Lines at a text's beginning among which its dateline is."""

_LONGEST_TITLE = 200
"""Characters of the longest title."""

_STOPS = frozenset(".。।۔")


def without_publication_lines(text: str) -> str:
    """Return a text that is one story without the publication lines before its body.

    They stand before or behind the title, which is a line without a full stop, or open the first paragraph.
    """
    kept: list[str] = []
    rest = text
    for _ in range(_LINES_READ):
        line, feed, behind = rest.partition("\n")
        if line.strip() and read_publication_line(line) is None:
            opening = strip_datelines(line.lstrip())
            line = line.lstrip()[opening[-1].body :] if opening else line
            kept.append(line + feed)
            if opening or len(line) > _LONGEST_TITLE or line.rstrip()[-1:] in _STOPS:
                rest = behind
                break
        elif not line.strip():
            kept.append(line + feed)
        rest = behind
        if not feed:
            break
    return "".join(kept) + rest


def opens_with_bracketed_dateline(paragraph: str) -> bool:
    """Return whether a paragraph begins with a dateline in brackets, which is no kicker."""
    found = find_dateline(paragraph) if paragraph[:1] in _BRACKETS_OF_DATELINES else None
    return found is not None


_SIGNED = re.compile(r"[-–—―_|:)\]】）］〕/=＝]|\d|[电電讯訊]")
_FIRST_WORDS = re.compile(
    rf"(?:[^\W\d_{scripts.KANA}{scripts.HAN}][\w'’]*(?:\.[\w'’]+)*[ \xa0]){{1,{_MOST_PLACE_WORDS + 2}}}"
)
"""Words before the first sign or number: more than a place's name has are a sentence's."""


def _may_open(text: str) -> bool:
    """Return whether a text may begin with a dateline; the first two words rule most out."""
    head = text[:_READ]
    first = head[:1]
    if not (first.isalnum() or first in _OPENING or first == "/"):
        return False
    words = _FIRST_WORDS.match(head)
    if words is not None and any(word[0].islower() and not is_known(word) for word in words.group().split()):
        return False
    return _SIGNED.search(head) is not None or head[:_LONG_PLACE].isupper()


class _Reader:
    """One pass over a line's tokens."""

    def __init__(self, head: str, paragraph: str) -> None:
        self.head = head
        self.paragraph = paragraph
        self.tokens = tokenise(head)
        self.elements = _Elements()
        self.found: Dateline | None = None
        self.settled = False
        """Whether the body may begin behind what was read, so that little more may follow."""
        self.last = 0
        """End of the last element."""

    def dateline(self) -> Dateline | None:
        """Return the last beginning of a body that the elements before it prove."""
        self._read(0, len(self.tokens), enclosed=False)
        return self.found

    def whole_line(self) -> Dateline | None:
        """Return the line's parts if nothing else is in it."""
        elements = self.elements
        if not self.tokens or self.tokens[-1].end < len(self.head):
            return None
        if self._read(0, len(self.tokens), enclosed=False) < len(self.tokens):
            return None
        proven = (
            elements.filed
            or elements.aged
            or (
                elements.is_stated and (elements.known or elements.capitals or elements.has_year or not elements.places)
            )
            or (elements.labelled and elements.date is not None)
            or (elements.agency is not None and bool(elements.places) and elements.bracketed_agency)
            or (elements.agency is not None and elements.date is not None)
        )
        if not proven or elements.proof() < _LEAST_LINE or (elements.filled and not elements.filed):
            return None
        return self._dateline(len(self.head), len(self.paragraph))

    def _dateline(self, end: int, body: int) -> Dateline:
        """Return what was read, its text up to `end`."""
        elements = self.elements
        place = None
        if elements.places and (elements.known or elements.capitals or elements.agency or elements.date):
            place = self.head[elements.places[0][0] : elements.places[-1][1]].strip()
        date = self.head[slice(*elements.date)].strip(" ,.·") if elements.date else None
        agency = self.head[slice(*elements.agency)].strip() if elements.agency else None
        return Dateline(self.paragraph[:end].strip(), body, place, date, agency)

    # The line's grammar

    def _read(self, at: int, stop: int, *, enclosed: bool) -> int:
        """Read elements from a token on; return the first token that is none."""
        tokens = self.tokens
        while at < stop:
            token = tokens[at]
            if token.kind == "space":
                at += 1
                if not enclosed and at < stop and self.elements.count and token.start == self.last:
                    self._try_body("space", token.start, token.end)
                continue
            if token.text in _OPENING or (token.text == "/" and self._is_slashed(at, stop)):
                behind = self._read_brackets(at, stop)
                if behind is None:
                    return at
                at = behind
                if self.elements.filed and not enclosed:
                    return at
                continue
            if token.kind == "sign" and at + 1 <= stop and (after_sign := self._read_sign(at, stop, enclosed=enclosed)):
                at = after_sign
                continue
            behind = self._read_element(at, stop, enclosed=enclosed)
            if behind is None:
                return at
            self.elements.count += 1
            at = behind
            last = self.last = tokens[at - 1].end
            if not enclosed:
                if self.elements.filed:
                    self._try_body("filed", last, last)
                    return self._read_reporter(at, stop)
                if self.elements.zone and self.elements.is_full:
                    self._try_body("zone", last, last)
        return at

    def _read_reporter(self, at: int, stop: int) -> int:
        """Read a reporter's name in brackets behind "电", which ends a dateline otherwise."""
        here = at + 1 if at < stop and self.tokens[at].kind == "space" else at
        if here < stop and self.tokens[here].text in _OPENING:
            behind = self._read_brackets(here, stop)
            if behind is not None and self.elements.author:
                self._try_body("filed", self.tokens[behind - 1].end, self.tokens[behind - 1].end)
                return behind
        return at

    def _read_sign(self, at: int, stop: int, *, enclosed: bool) -> int | None:
        """Read a sign between elements, behind which the body may begin."""
        token = self.tokens[at]
        sign = token.text
        if not self.elements.count:
            return at + 1 if sign in _SEPARATORS | {"*", "#"} and not enclosed else None
        if sign in _SEPARATORS:
            if not enclosed and self.elements.zone and self.elements.is_full:
                self._try_body("zone", token.start, token.end)
            return at + 1
        kind: _Sign | None = None
        if sign in _DASHES:
            self.elements.credited = self.elements.credited or (enclosed and sign in "=＝")
            spaced = (
                sign not in "-–"
                or at + 1 >= stop
                or self.tokens[at + 1].kind in {"space", "sign"}
                or self._is_glued(at)
            )
            kind = "dash" if spaced else None
            if not spaced and not enclosed:
                return None
        elif sign in ":：":
            kind = "colon"
        elif sign in ".。।":
            kind = "stop"
        elif sign not in "'’\"":
            return None
        if kind is not None and not enclosed:
            self._try_body(kind, token.end if kind == "stop" else self.last, token.end)
        return at + 1

    def _is_glued(self, at: int) -> bool:
        """Return whether a dash stands at the body's first word: "ANKARA (AA) -Meclis"."""
        return self.tokens[at - 1].kind in {"space", "sign"} and not self.tokens[at + 1].text[0].islower()

    def _opens_at(self, at: int) -> bool:
        """Return whether a word without a small first letter stands at a character."""
        return self.head[at : at + 1].isalpha() and not self.head[at].islower()

    def _is_slashed(self, at: int, stop: int) -> bool:
        """Return whether a slash opens an agency's name: /ТАСС/, /Корр. БЕЛТА/."""
        found = find_phrase(self.tokens, at + 1, "agency") if at + 1 < stop else None
        return found is not None and found.end < stop and self.tokens[found.end].text == "/"

    def _read_brackets(self, at: int, stop: int) -> int | None:
        """Read what stands in brackets; return the token behind them."""
        opening = self.tokens[at].text
        closing = "/" if opening == "/" else _OPENING[opening]
        end = next((here for here in range(at + 1, stop) if self.tokens[here].text == closing), None)
        if end is None:
            return None
        elements = self.elements
        first = elements.count == 0
        before = elements.agency
        reached = self._read(at + 1, end, enclosed=True)
        if reached < end and not self._read_unknown(at + 1, end, first=first):
            return None
        if elements.agency is not None and before is None:
            elements.bracketed_agency = True
        elements.count += 1
        last = self.last = self.tokens[end].end
        # a bracket around all of it ends a dateline by itself; others do so before a space or a capital letter only
        if first and opening != "/":
            self._try_body("bracket", last, last)
        elif elements.bracketed_agency and self._opens_at(last):
            self._try_body("space", last, last)
        return end + 1

    def _read_unknown(self, at: int, end: int, *, first: bool) -> bool:
        """Take unknown words in brackets for an agency or reporter, where their form allows that."""
        tokens = self.tokens
        inside = self.head[tokens[at].start : tokens[end - 1].end]
        elements = self.elements
        if find_phrase(tokens, at, "bracketed agency"):
            elements.agency = (tokens[at].start, tokens[end - 1].end)
            return True
        words = [token for token in tokens[at:end] if token.kind in {"word", "wide"}]
        if not words or len(words) > _MOST_AUTHOR_WORDS or len(inside) > _LONGEST_UNKNOWN:
            return False
        if first:
            # 【ワシントン＝山田太郎】: a place, a sign and a name
            return elements.known and any(token.text in "=＝" for token in tokens[at:end]) and words[-1].kind != "word"
        if any(token.text[0].islower() for token in words[:1]) or any(
            token.kind == "number" for token in tokens[at:end]
        ):
            return False
        elements.unknown_bracket = True
        if elements.agency is None and (elements.date or elements.known or elements.capitals):
            elements.agency = (tokens[at].start, tokens[end - 1].end) if elements.date else None
        return True

    def _read_element(self, at: int, stop: int, *, enclosed: bool) -> int | None:
        """Read one element; return the token behind it."""
        tokens, elements = self.tokens, self.elements
        if self.settled:
            return self._read_more(at, stop)
        for read in (self._read_age, self._read_date, self._read_label, self._read_agency, self._read_author):
            behind = read(at)
            if behind is not None and behind <= stop:
                return behind
        filed = find_phrase(tokens, at, "filed", "filed in brackets") if elements.count else None
        if (
            filed is not None
            and (filed.category == "filed" or enclosed)
            and (elements.agency or elements.date or (enclosed and elements.author))
        ):
            elements.filed = True
            return filed.end
        return self._read_place(at, stop, enclosed=enclosed)

    def _read_more(self, at: int, stop: int) -> int | None:
        """Read an agency, reporter or "ROMA, 03 MAG" behind the sign that ends a dateline."""
        tokens, elements = self.tokens, self.elements
        behind = self._read_agency(at) if elements.agency is None else None
        if behind is None and not tokens[at].text[0].isupper():
            behind = self._read_author(at)
        if behind is None and elements.date is None and not find_phrase(tokens, at, "joint"):
            behind = self._read_date(at)
        if behind is None and not elements.places and tokens[at].text.isupper():
            behind = self._read_place(at, stop, enclosed=False)
            if behind is not None and (behind >= stop or tokens[behind].text != ","):
                behind = None
        return behind

    def _read_age(self, at: int) -> int | None:
        end = read_age(self.tokens, at)
        if end is None:
            return None
        self.elements.aged = True
        self.elements.date = self.elements.date or (self.tokens[at].start, self.tokens[end - 1].end)
        return end

    def _read_date(self, at: int) -> int | None:
        elements, tokens = self.elements, self.tokens
        zone = find_phrase(tokens, at, "zone")
        read = (
            read_date(self.head, tokens, zone.end if zone else at) if zone is None or zone.end < len(tokens) else None
        )
        if read is None:
            return None
        if not (read.is_stated or read.weekday or elements.labelled or elements.date or (read.day and elements.count)):
            return None
        if elements.is_full and read.is_full and not elements.labelled:
            return None
        start, end = tokens[at].start, tokens[read.end - 1].end
        elements.zone = elements.zone or zone is not None
        # of two dates the fuller is the line's
        if elements.date is None or (read.is_full and not elements.is_full):
            elements.date = (start, end)
        elements.has_detail = elements.has_detail or read.weekday or read.time
        elements.is_full = elements.is_full or read.is_full
        elements.is_stated = elements.is_stated or read.is_stated
        elements.has_year = elements.has_year or read.year
        return read.end

    def _read_label(self, at: int) -> int | None:
        label = find_phrase(self.tokens, at, "label")
        if label is None:
            return None
        if self.elements.date:  # "3 saat önce güncellendi"
            self.elements.labelled = True
            return label.end
        here = label.end
        while here < len(self.tokens) and (
            self.tokens[here].kind == "space"
            or self.tokens[here].text in ":：|-–"
            or (self._is_joint(here) and read_age(self.tokens, here) is None)
        ):
            here += 1
        if here >= len(self.tokens):
            return None
        if read_age(self.tokens, here) is None:
            date = read_date(self.head, self.tokens, here)
            if date is None or not (date.is_stated or date.time or date.weekday):
                return None
        self.elements.labelled = True
        return here

    def _is_joint(self, at: int) -> bool:
        found = find_phrase(self.tokens, at, "joint")
        return found is not None and found.end == at + 1

    def _read_agency(self, at: int) -> int | None:
        agency = find_phrase(self.tokens, at, "agency")
        if agency is None:
            return None
        end = agency.end
        if end < len(self.tokens) and self.tokens[end].text == "/" and end + 1 < len(self.tokens):
            # a regional service: dpa/lhe
            end = end + 2 if self.tokens[end + 1].kind == "word" and self.tokens[end + 1].text.islower() else end
        if self.elements.agency is None:
            self.elements.agency = (self.tokens[at].start, self.tokens[agency.end - 1].end)
        return end

    def _read_author(self, at: int) -> int | None:
        """Read a reporter's name beside the word that says so: 记者 张三, 홍길동 기자, By Jane Doe."""
        tokens = self.tokens
        lead = find_phrase(tokens, at, "author")
        if lead is not None and (lead.end == at + 1):
            here, words = lead.end, 0
            while here < len(tokens) and words < _MOST_AUTHOR_WORDS:
                if tokens[here].kind == "space" or tokens[here].text in ".、·:：":
                    here += 1
                    continue
                if tokens[here].kind not in {"word", "wide"} or tokens[here].text[:1].islower():
                    break
                if is_place(tokens[here].text) or find_phrase(
                    tokens, here, "filed", "filed in brackets", "month", "agency"
                ):
                    break
                here, words = here + 1, words + 1
            wide = tokens[at].kind == "wide"
            if words or wide:
                self.elements.author = True
                return here
            return None
        if tokens[at].kind == "word" and at + 2 < len(tokens) and tokens[at + 1].kind == "space":
            role = find_phrase(tokens, at + 2, "author")
            if role is not None and not tokens[at].text[0].isascii() and not tokens[at].text[0].isupper():
                self.elements.author = True
                return role.end
        return None

    def _read_place(self, at: int, stop: int, *, enclosed: bool) -> int | None:
        """Read a place's name: capitalised words, or a name that the gazetteer has."""
        tokens, elements = self.tokens, self.elements
        if len(elements.places) >= _MOST_PLACES or tokens[at].kind not in {"word", "wide"}:
            return None
        if tokens[at].kind == "wide":
            return self._read_wide_place(at, enclosed=enclosed)
        cased = tokens[at].text[0].isupper()
        if not cased and tokens[at].text[0].islower():
            return None
        if find_phrase(tokens, at, "not place") and tokens[at].text.isupper():
            return None
        ends: list[int] = []
        here, words = at, 0
        while here < stop and words < _MOST_PLACE_WORDS:
            token = tokens[here]
            if token.kind == "space" and token.text in " \xa0":
                here += 1
                continue
            if token.kind != "word" or (here > at and tokens[here - 1].kind != "space"):
                break
            small = token.text[0].islower()
            if small and not find_phrase(tokens, here, "joined"):
                break
            if here > at and (
                find_phrase(tokens, here, "agency") or (not cased and read_date(self.head, tokens, here))
            ):
                break
            here, words = here + 1, words + 1
            if not small:
                ends.append(here)
        if not ends:
            return None
        names = [(end, self.head[tokens[at].start : tokens[end - 1].end]) for end in reversed(ends)]
        end, name = next(((end, name) for end, name in names if is_place(name)), names[0])
        known = is_place(name)
        # without capitals, only what the gazetteer has or what a sign ends may be a place
        if not known and ((not cased and len(ends) > 2) or (enclosed and elements.count)):
            return None
        letters = [letter for letter in name if letter.isalpha()]
        capitals = cased and len(letters) > 1 and all(not letter.islower() for letter in letters)
        elements.capitals = elements.capitals or (capitals and len(letters) > 3)
        elements.long_capitals = elements.long_capitals or (
            capitals and (len(letters) >= _LONG_PLACE) and not elements.places
        )
        elements.known = elements.known or known
        stopped = end < stop and tokens[end].text == "."
        if elements.places and (stopped or "." in name) and cased:
            elements.abbreviated = True
            end = end + 1 if stopped else end
        elements.places.append((tokens[at].start, tokens[end - 1].end))
        return end

    def _read_wide_place(self, at: int, *, enclosed: bool) -> int | None:
        """Read a run of ideographs or kana: a known place, or a name between agency and date."""
        token, elements = self.tokens[at], self.elements
        known = is_place(token.text)
        if not known and not (
            (elements.agency or elements.author or elements.known) and len(token.text) <= _LONGEST_NAME
        ):
            return None
        if not known and not enclosed and not elements.agency:
            return None
        elements.filled = elements.filled or not (known or enclosed)
        if known or (elements.agency and not elements.author and not elements.date and not elements.places):
            elements.known = elements.known or known
            elements.places.append((token.start, token.end))
        return at + 1

    # Where the body begins

    def _try_body(self, sign: _Sign, end: int, body: int) -> None:
        """Note that the body begins at a character, if the elements before it prove that."""
        paragraph = self.paragraph
        while body < len(paragraph) and (paragraph[body].isspace() or (body > end and paragraph[body] in "-–—")):
            body += 1
        if body >= len(paragraph) or not self._is_proven(sign, end, body):
            return
        if not any(letter.isalnum() for letter in paragraph[body : body + _WORD_READ]):
            return
        self.found = self._dateline(end, body)
        self.settled = self.settled or sign != "filed"

    def _is_proven(self, sign: _Sign, end: int, body: int) -> bool:
        elements, paragraph = self.elements, self.paragraph
        first = paragraph[body]
        proof = elements.proof()
        if sign == "space":
            gap = _WIDE_GAP.search(paragraph[end:body]) is not None
            caseless = first.isalpha() and not first.islower() and not first.isupper()
            cased = first.isupper() or first in _QUOTES
            if elements.bracketed_agency and (cased or (caseless and bool(elements.places))):
                return True
            return proof + gap >= _LEAST[sign] and (cased or (gap and first.isalnum())) and self._stops(body)
        if sign == "dash" and proof == 1 and elements.known and not elements.date:
            return self._is_town_before_sentence(body)
        if sign == "bracket" and proof == 1 and elements.known and paragraph[0] in _BRACKETS_OF_DATELINES:
            return is_town(self.head[slice(*elements.places[0])]) and self._stops(body)
        if sign == "colon" and proof == 1 and elements.known and not first.isupper() and not elements.date:
            return self._is_town_before_sentence(body)
        if sign == "stop" and elements.count == 1 and elements.capitals and elements.known:
            return first.isupper()
        if proof < _LEAST[sign]:
            return False
        if first.islower() and not (sign == "dash" and elements.bracketed_agency):
            return False
        if sign == "dash":
            sure = elements.bracketed_agency or elements.has_year or (elements.capitals and elements.known)
            lone = elements.count == 1 and not sure
            if lone and _SPACED_DASH.search(paragraph, body, body + _BODY_READ):
                return False
            if elements.date and not elements.places and not elements.agency:
                return (elements.has_year or elements.has_detail or elements.aged) and not first.isdigit()
        if sign == "colon":
            return bool(elements.date or elements.agency)
        return True

    def _stops(self, body: int) -> bool:
        """Return whether a sentence follows that ends with a stop."""
        return _STOPPED.search(self.paragraph, body) is not None

    def _is_town_before_sentence(self, body: int) -> bool:
        """Return whether a town and a dash open a whole sentence, no insertion or pair of names."""
        elements, paragraph = self.elements, self.paragraph
        names = [self.head[slice(*place)] for place in elements.places]
        # "Kyiv, Ukraine —": a town, and the country or state that it is in
        if elements.count != len(names) or len(names) > _TOWN_AND_COUNTRY or not is_town(names[0]):
            return False
        if len(names) > 1 and (not is_place(names[1]) or is_town(names[1])):
            return False
        rest = paragraph[body : body + _BODY_READ]
        first_words = tokenise(rest[:_WORD_READ])
        return (
            not rest[0].islower()
            and rest.count(" ") >= _FEWEST_BODY_WORDS
            and self._stops(body)
            and _SPACED_DASH.search(rest) is None
            and not is_place(first_words[0].text)
        )


_LONGEST_UNKNOWN = 40
"""Characters of an agency's name in brackets that no table has."""

_LONGEST_NAME = 8
"""Characters of a name in ideographs."""


# The place of a dateline, for salience


@cache
def _english_dateline() -> re.Pattern[str]:
    """A place, with a date, an agency or a dash behind it, at the beginning of a line."""
    month = any_of(date_forms("en", "month_in_phrase"))
    return re.compile(
        rf"^[^\w\n]{{0,6}}(?P<place>[^\W\d_][^\n\d(:]{{1,70}}?)"
        rf"(?:,?[ ](?P<date>{month}\.?[ ]\d{{1,2}}(?:,?[ ]\d{{4}})?[ ]*(?:\([^)\n]{{2,40}}\)[ ]*)?)(?:[-–—]+(?=\s)|$)"
        r"|[ ](?P<agency>\([A-Z][^)\n]{1,30}\))[ ]*[-–—]+(?=\s)"
        r"|[ ]?[-–—]{1,2}(?=\s))",
        re.IGNORECASE | re.MULTILINE,
    )


_MOST_BLANKS = 6
"""Blanks in the longest place name; more are the words of a sentence."""


def find_dateline_place(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a dateline's place between `start` and `end`, or None.

    The dateline begins a line.

    A date or an agency follows the place, or it is in capitals before a dash.
    """
    for match in _english_dateline().finditer(text, start, end):
        place = match["place"]
        if (match["date"] or match["agency"] or place.isupper()) and place.count(" ") <= _MOST_BLANKS:
            return match.span("place")
    return None
