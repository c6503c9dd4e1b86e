"""Features of the gaps between paragraphs, by which a model finds where stories begin.

Each gap is described by how the words before it and behind it hold together and by how the paragraph behind it begins.
The parts are known: comparing the vocabulary of two windows that meet at the gap and the depth of the valley there are
TextTiling's (Hearst, Computational Linguistics 23, 1997), words that go on or begin there are lexical chains as cohesion
counts them (Galley et al., ACL 2003), and weighing both together with cue words in a model trained on marked boundaries
is Beeferman, Berger and Lafferty (Machine Learning 34, 1999). What we add: rarer words hold together more strongly; how
a lead is written is learned from the words that news of all sources uses; which countries and subjects the words on
both sides speak of (labels/lexicon.py) tells short reports apart that have too few words to share; and the gaps are
judged twice, the second time with windows that end at the boundaries found first, so that a paragraph between two short
reports is compared to these alone.

Vocabulary of this module: at a gap, the paragraph behind it is its *own*, the one before it the *previous*. The *left*
window ends with the previous paragraph, the *right* window begins with the own one; the *outer* windows leave these
two paragraphs out. A *term* is the beginning of a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from itertools import accumulate, count, repeat
from math import log
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from summarizers.headlines.kicker import find_kicker
from summarizers.labels.lexicon import COUNTRY_NUMBERS, TOPIC_COUNT, country_number, topic_row, topic_weights
from summarizers.segmentation.paragraphs import DocumentParagraph
from summarizers.text.cues import needs_context
from summarizers.text.datelines import find_dateline, strip_datelines
from summarizers.text.scripts import holds_ideographs
from summarizers.text.sentences import sentence_ending
from summarizers.text.stems import truncated_stem
from summarizers.text.words import stopwords
from summarizers.text.words import words as words_of

__all__ = [
    "FIRST_PASS",
    "SECOND_PASS",
    "Floats",
    "LeadWeights",
    "ParagraphTerms",
    "first_pass_features",
    "lead_score",
    "lead_tokens",
    "read_terms",
    "second_pass_features",
]

Floats: TypeAlias = NDArray[np.float64]
_Singles: TypeAlias = NDArray[np.float32]
_Integers: TypeAlias = NDArray[np.int64]

LeadWeights: TypeAlias = tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]
"""Weights of a first sentence's words and marks: anywhere in it, among its first six, and as the very first."""

_WINDOW = 90
"""Terms in a window: about six sentences of agency copy, or one teaser. By judgement; a change needs a new fit."""

_REACH = 8
"""Paragraphs in a window at most. By judgement; a change needs a new fit."""

_CHUNK = 48
"""Gaps that are described at once: memory and time stay linear in the document's length."""

_MISSING = -0.1
"""Value of an overlap that has nothing to overlap with: below all others, so that a tree can tell it from none."""

_OVERLAPS = (
    "overlap with previous",
    "overlap with left window",
    "name overlap with left window",
    "names shared with left window",
    "names new to left window",
    "window overlap",
    "window cosine",
    "window shared weight",
    "window shared names",
    "window name overlap",
    "previous overlap with right window",
    "previous name overlap with right window",
    "new terms that recur",
    "new names that recur",
    "left terms that recur",
    "overlap with outer left",
    "previous overlap with outer left",
    "overlap with outer right",
    "outer window overlap",
    "previous overlap with outer right",
    "title overlap with left window",
)
_SENSES = (
    "places",
    "places in left window",
    "places shared with left window",
    "places shared with outer right",
    "subject cosine with left window",
    "subject cosine with previous",
    "window subject cosine",
    "subject cosine with outer right",
)
_VALLEY = (
    "valley depth",
    "mean cosine of document",
    "cosine to median",
    "lowest cosine nearby",
    "cosine at previous gap",
    "cosine at next gap",
)
_FORM = (
    "needs context",
    "opens with quotation",
    "first name in left window",
    "previous is cut",
    "previous is unstopped",
    "previous ends in quotation",
    "dateline",
    "kicker",
    "title",
    "date",
    "length",
    "length of previous",
    "length of next",
    "length to median",
    "share of datelines",
    "share of titles",
)
FIRST_PASS = (*_OVERLAPS, *_SENSES, *_VALLEY, *_FORM)
"""Features of the first judgement, in the order of its rows; lengths are logarithms of characters."""

SECOND_PASS = (
    *FIRST_PASS,
    "first-pass logit",
    "first-pass logit of previous gap",
    "first-pass logit of next gap",
    "lead score",
)
"""Features of the second judgement: those of the first with narrower windows, what it gave, and the lead's wording."""

_OVERLAP_COLUMN = {name: column for column, name in enumerate(_OVERLAPS)}
_SENSE_COLUMN = {name: column for column, name in enumerate(_SENSES)}

# Paragraphs as terms


@dataclass(slots=True)
class ParagraphTerms:
    """A document's paragraphs as numbers: terms, names, title terms and form of each.

    A term is a number that indexes `weights`, which are hundredths, so that sums of them are exact and equal on every
    machine. `terms` has those of all paragraphs behind one another, `sizes` how many each has, `named` which of them
    are names there; `first_names` has each paragraph's first name, -1 without. `senses` has which of the document's
    countries a paragraph speaks of, and behind these what it says for each subject. `form` has a row for each gap.
    """

    pieces: list[str]
    terms: _Integers
    sizes: list[int]
    named: _Singles
    first_names: _Integers
    titles: list[list[int]]
    weights: _Singles
    senses: _Singles
    form: Floats


_WORD = re.compile(r"[^\W_]{2,}")
# English news is ASCII but for these. Words of ASCII are split in a third of the time.
_TYPOGRAPHIC = "‘’“”–—…\u00a0•·£€"
_LETTERS_ALONE = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})


class _Vocabulary(dict[str, int]):
    """A language's words, each as one number that holds its term and what is known of it.

    -1 is a word without a term: a stop word, or too short. Else, from the lowest bit on: whether the word begins with a
    small letter, whether it has the form of a name, its term (the weight in hundredths and, above it, the term's own
    number), its country's number plus one, and its row of subjects plus one. Words are remembered from text to text.
    """

    def __init__(self, language: str, common: Mapping[str, float], shortest: int) -> None:
        super().__init__()
        self.common = common
        self._language = language
        self._shortest = shortest
        self._stop = stopwords(language)
        self._numbers: dict[str, int] = {}
        self._next = count()

    def __missing__(self, word: str) -> int:
        low = word.lower()
        term = truncated_stem(low, self._language) if len(word) >= self._shortest and low not in self._stop else ""
        code = -1
        if term:
            # setdefault is one step, so that threads agree; a number that is left over does no harm
            number = self._numbers.setdefault(term, next(self._next))
            weight = int(self.common.get(term, _FULL_WEIGHT))
            # A name that every report has (Monday, March, the president) doesn't count as one.
            name = weight > _NAME_WEIGHT and (word[0].isupper() or (len(word) > 2 and word[0].isdigit()))
            code = (((number << _WEIGHT_BITS) | weight) << _FLAG_BITS) | name * _IS_NAME | word[0].islower() * _IS_SMALL
            place, subject = country_number(word, self._language) + 1, topic_row(low, self._language) + 1
            code |= (subject * COUNTRY_NUMBERS + place) << _SENSE_SHIFT
        self[word] = code
        return code


_IS_SMALL, _IS_NAME = 1, 2
"""Flags in the lowest bits of a word's number."""

_FLAG_BITS = 2
"""Bits of these flags."""

_WEIGHT_BITS = 7
"""Bits of a term's weight, which is at most `_FULL_WEIGHT`."""

_FULL_WEIGHT = 100
"""Hundredths that a shared word counts if it isn't among a model's common ones."""

_NAME_WEIGHT = 55
"""Hundredths above which a capitalised word counts as a name. By judgement; a change needs a new fit."""

_SENSE_SHIFT = 40
"""Bits below a word's country and subjects; room for 2³¹ terms."""

_CODE_MASK = (1 << _SENSE_SHIFT) - 1
_WEIGHT_MASK = (1 << _WEIGHT_BITS) - 1
_MOST_WORDS = 100_000
"""Words that a vocabulary may remember before it is replaced, which bounds memory."""

_vocabularies: dict[tuple[str, int, int], _Vocabulary] = {}


def _vocabulary(language: str, common: Mapping[str, float], shortest: int) -> _Vocabulary:
    """Return the vocabulary of a language with a model's weights.

    It is replaced when it has grown too large.
    """
    known = _vocabularies.get((language, id(common), shortest))
    if known is None or known.common is not common or len(known) > _MOST_WORDS:
        known = _vocabularies[language, id(common), shortest] = _Vocabulary(language, common, shortest)
    return known


def read_terms(
    text: str,
    paragraphs: Sequence[DocumentParagraph],
    language: str,
    common: Mapping[str, float],
    *,
    drop_subjects: bool = False,
) -> ParagraphTerms:
    """Read each paragraph's terms and form once; `first_pass_features` compares them.

    `common` has how many hundredths a frequent word counts; others count 100. `drop_subjects` leaves out the subjects
    of every other word: for fitting models to languages of which fewer words are known.
    """
    split, bare, shortest = _splitter(text, language)
    vocabulary = _vocabulary(language, common, shortest)
    pieces = [text[paragraph.start : paragraph.end] for paragraph in paragraphs]
    # A document's first dateline separates nothing, and one without it is divided alike.
    if opening := strip_datelines(pieces[0]):
        pieces[0] = pieces[0][opening[-1].body :]
    words: list[str] = []
    sizes: list[int] = []
    for paragraph in paragraphs:
        some = split(bare[paragraph.start : paragraph.end])
        words += some
        sizes.append(len(some))
    codes = np.fromiter(map(vocabulary.__getitem__, words), dtype=np.int64, count=len(words))
    rows = np.repeat(np.arange(len(pieces)), sizes)
    has_term = codes >= 0
    codes, rows = codes[has_term], rows[has_term]
    senses = _senses(codes >> _SENSE_SHIFT, rows, len(pieces), language, drop_subjects)
    known, columns = np.unique((codes & _CODE_MASK) >> _FLAG_BITS, return_inverse=True)
    width = max(1, len(known))
    cells = rows * width + columns
    distinct = np.sort(cells)
    fresh = np.ones(len(distinct), dtype=bool)
    np.not_equal(distinct[1:], distinct[:-1], out=fresh[1:])
    distinct = distinct[fresh]
    # Only a word that is never written small is a name where it is written large.
    small = np.zeros(width, dtype=bool)
    small[columns[codes & _IS_SMALL == _IS_SMALL]] = True
    names = np.flatnonzero((codes & _IS_NAME == _IS_NAME) & ~small[columns])
    named = np.zeros(len(distinct), dtype=np.float32)
    named[np.searchsorted(distinct, cells[names])] = 1
    first_names = np.full(len(pieces), -1)
    backwards = names[::-1]  # what is written last stays
    first_names[rows[backwards]] = columns[backwards]
    return ParagraphTerms(
        pieces,
        distinct % width,
        np.bincount(distinct // width, minlength=len(pieces)).tolist(),
        named,
        first_names,
        _titles(bare, paragraphs, split, vocabulary, known),
        (known & _WEIGHT_MASK).astype(np.float32),
        senses,
        _form(pieces, paragraphs, language),
    )


def _senses(codes: _Integers, rows: _Integers, size: int, language: str, drop_subjects: bool) -> _Singles:
    """Return each paragraph's countries and, behind these, its weight for each subject."""
    placed = np.flatnonzero(codes % COUNTRY_NUMBERS)
    which, columns = np.unique(codes[placed] % COUNTRY_NUMBERS, return_inverse=True)
    senses = np.zeros((size, len(which) + TOPIC_COUNT), dtype=np.float32)
    senses[rows[placed], columns] = 1
    meant = np.flatnonzero(
        (codes >= COUNTRY_NUMBERS) & (codes // COUNTRY_NUMBERS % 2 == 1) if drop_subjects else codes >= COUNTRY_NUMBERS
    )
    if len(meant):
        # Sums of whole numbers, exact on every machine.
        sums = np.zeros((len(meant) + 1, TOPIC_COUNT))
        np.cumsum(topic_weights(language)[codes[meant] // COUNTRY_NUMBERS - 1], axis=0, out=sums[1:])
        reached = np.searchsorted(rows[meant], np.arange(size + 1))
        senses[:, len(which) :] = sums[reached[1:]] - sums[reached[:-1]]
    return senses


def _splitter(text: str, language: str) -> tuple[Callable[[str], list[str]], str, int]:
    """Return a word finder, the text of equal length for it, and the shortest word that counts.

    Chosen for the whole document: overlapping pairs in one paragraph and words in another would not meet.
    """
    if not text.isascii():
        if language in {"zh", "ja"} or holds_ideographs(text):
            return partial(words_of, language=language), text, 1
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
        if not text.isascii():
            return _WORD.findall, text, 2
    return str.split, text.translate(_LETTERS_ALONE), 2


def _titles(
    bare: str,
    paragraphs: Sequence[DocumentParagraph],
    split: Callable[[str], list[str]],
    vocabulary: _Vocabulary,
    known: _Integers,
) -> list[list[int]]:
    """Return the terms of each paragraph's title that the paragraphs have too."""
    if not any(paragraph.titles for paragraph in paragraphs):
        return [[] for _ in paragraphs]
    numbers = {term: number for number, term in enumerate(known.tolist())}
    return [
        [
            numbers[term]
            for word in (split(bare[slice(*paragraph.titles[0])]) if paragraph.titles else ())
            if (code := vocabulary[word]) >= 0 and (term := (code & _CODE_MASK) >> _FLAG_BITS) in numbers
        ]
        for paragraph in paragraphs
    ]


# The form of a gap

_STOP = re.compile(r"[.!?…][\"”’')]*\s|[。！？]")
_SIGN = re.compile(r"[^\W\d_]+|[#£$€“\"]")
_FIGURE = re.compile(r"\d[\d,.]*")
_QUOTES = frozenset("\"“‘'«„「『‹”»")
_STOPS = frozenset(".!?")
_SHORTEST_LEAD, _LONGEST_LEAD = 20, 240
"""Characters of a paragraph's first sentence as the lead model reads it."""

_EARLY = 6
"""Words and marks at a sentence's beginning that have weights of their own; see `LeadWeights`."""

_ZEROS = repeat(0.0)
_LETTERS_PER_CHARACTER = {"zh": 3, "ja": 3, "ko": 2}
"""An ideograph says as much as three letters, a Korean syllable as two."""

_ENDING_READ = 300
"""Characters at a paragraph's end that tell how it ends."""

_CUE_READ = 140
"""Characters at a paragraph's beginning that tell whether it needs context."""


def lead_tokens(piece: str) -> list[str]:
    """Return the words and marks of a paragraph's first sentence in lower case, `#` for figures."""
    stop = _STOP.search(piece, _SHORTEST_LEAD, _LONGEST_LEAD)
    return _SIGN.findall(_FIGURE.sub("#", piece[: stop.start() if stop else _LONGEST_LEAD].lower()))


def lead_score(piece: str, weights: LeadWeights) -> float:
    """Return how much a paragraph's first sentence is worded like a lead, as a sum of weights."""
    anywhere, early, first = weights
    tokens = lead_tokens(piece)
    if not tokens:
        return 0.0
    return (
        sum(map(anywhere.get, dict.fromkeys(tokens), _ZEROS))
        + sum(map(early.get, dict.fromkeys(tokens[:_EARLY]), _ZEROS))
        + first.get(tokens[0], 0.0)
    )


def _ending(piece: str, language: str) -> str:
    """Return how a paragraph ends: `sentence_ending`, `cut` for omission dots."""
    close, last = piece[-1], piece[-2:-1]
    # what nearly all paragraphs end with, without a closer look
    if (close == "." and (last.islower() or last.isdigit())) or (close in '"”' and last in _STOPS):
        return "stop"
    return "cut" if piece.endswith(("…", "...")) else sentence_ending(piece[-_ENDING_READ:], language)


def _form(pieces: Sequence[str], paragraphs: Sequence[DocumentParagraph], language: str) -> Floats:
    """Return `_FORM` for each gap.

    `first name in left window` is filled in by `first_pass_features`.
    """
    size = len(pieces)
    wide = _LETTERS_PER_CHARACTER.get(language, 1)
    lengths = [log(len(piece) * wide + 1) for piece in pieces]
    median = sorted(lengths)[size // 2]
    datelines = [find_dateline(piece) is not None for piece in pieces]
    labels = [label.text if (label := find_kicker(piece)) else "" for piece in pieces]
    # A label that comes again is a speaker in a conversation.
    times = Counter(labels)
    share_of_titles = sum(bool(paragraph.titles) for paragraph in paragraphs) / size
    share_of_datelines = sum(datelines) / size
    endings = [_ending(piece, language) for piece in pieces[:-1]]
    titles = [bool(paragraph.titles) for paragraph in paragraphs[1:]]
    form = {
        "needs context": [needs_context(piece[:_CUE_READ], language) for piece in pieces[1:]],
        "opens with quotation": [piece[0] in _QUOTES for piece in pieces[1:]],
        "first name in left window": [0.0] * (size - 1),
        "previous is cut": [ending == "cut" for ending in endings],
        "previous is unstopped": [ending == "unstopped" for ending in endings],
        "previous ends in quotation": [piece[-1] in "\"”’'»" for piece in pieces[:-1]],
        "dateline": datelines[1:],
        "kicker": [label != "" and times[label] == 1 for label in labels[1:]],
        "title": titles,
        "date": [bool(paragraph.dates) for paragraph in paragraphs[1:]],
        "length": lengths[1:],
        "length of previous": lengths[:-1],
        "length of next": [*lengths[2:], 0.0],
        "length to median": [length - median for length in lengths[1:]],
        "share of datelines": [share_of_datelines] * (size - 1),
        "share of titles": [share_of_titles] * (size - 1),
    }
    return np.array([form[name] for name in _FORM], dtype=np.float64).T


# Gaps


def first_pass_features(document: ParagraphTerms, bounds: Sequence[int] = ()) -> Floats:
    """Return a row of `FIRST_PASS` for each gap.

    No window reaches over a paragraph in `bounds`, save at that gap itself.
    """
    size = len(document.sizes)
    reached = [0, *accumulate(document.sizes)]
    windows = _find_windows(reached, bounds)
    overlaps, senses = np.empty((size - 1, len(_OVERLAPS))), np.empty((size - 1, len(_SENSES)))
    form = document.form.copy()
    sums = np.zeros((size + 1, document.senses.shape[1]))
    np.cumsum(document.senses, axis=0, out=sums[1:])
    for at in range(0, size - 1, _CHUNK):
        part = slice(at, at + _CHUNK)
        some = windows.of(part)
        form[part, _FIRST_NAME] = _write_overlaps(document, reached, at + 1, some, overlaps[part])
        _write_senses(document, sums, at + 1, some, senses[part])
    cosines = overlaps[:, _OVERLAP_COLUMN["window cosine"]].tolist()
    return np.concatenate([overlaps, senses, _valley(cosines), form], axis=1)


_FIRST_NAME = _FORM.index("first name in left window")


@dataclass(frozen=True, slots=True)
class _Windows:
    """Windows of each gap: where the left ones begin and the right ones end.

    These are numbers of paragraphs, the ends excluded. The outer windows leave out the paragraphs at the gap, and are empty where a boundary stands between.
    """

    left: list[int]
    outer_left: list[int]
    right: list[int]
    outer_right: list[int]

    def of(self, part: slice) -> _Windows:
        """Return the windows of some gaps."""
        return _Windows(self.left[part], self.outer_left[part], self.right[part], self.outer_right[part])


def _find_windows(reached: list[int], bounds: Sequence[int]) -> _Windows:
    """Return the windows of each gap.

    `reached` has how many terms stand before each paragraph and, at the end, the number of all.
    """
    size = len(reached) - 1
    marks = {0, size, *bounds}
    # For each paragraph the window that ends with it, and the window that begins with it.
    first, last = [0] * size, [0] * size
    begin = at = 0
    for number in range(size):
        if number in marks:
            begin = number
        least = reached[number + 1] - _WINDOW
        while reached[at + 1] <= least:
            at += 1
        first[number] = max(at, number + 1 - _REACH, begin)
    end = at = size
    for number in range(size - 1, -1, -1):
        if number + 1 in marks:
            end = number + 1
        most = reached[number] + _WINDOW
        while at > number + 1 and reached[at - 1] >= most:
            at -= 1
        last[number] = min(at, number + _REACH, end)
    return _Windows(
        first[:-1],
        [at if at in marks else first[at - 1] for at in range(size - 1)],
        last[1:],
        [at if at in marks else last[at] for at in range(2, size + 1)],
    )


class _Set(IntEnum):
    """Sets of terms around a gap, and what two or three of them share: the rows of one array.

    Sets that are computed in one step stand behind one another; `_write_overlaps` names them.
    """

    LEFT = 0
    OUTER_LEFT = 1
    OUTER_RIGHT = 2
    RIGHT = 3
    OWN = 4
    PREVIOUS = 5
    OWN_NAMES = 6
    PREVIOUS_NAMES = 7
    OWN_AND_LEFT = 8
    OWN_AND_OUTER_LEFT = 9
    OWN_AND_OUTER_RIGHT = 10
    PREVIOUS_AND_OUTER_LEFT = 11
    PREVIOUS_AND_OUTER_RIGHT = 12
    PREVIOUS_AND_RIGHT = 13
    LEFT_AND_OUTER_RIGHT = 14
    LEFT_AND_RIGHT = 15
    OUTER_LEFT_AND_OUTER_RIGHT = 16
    OWN_AND_PREVIOUS = 17
    OWN_NAMES_AND_LEFT = 18
    OWN_NAMES_AND_OUTER_RIGHT = 19
    PREVIOUS_NAMES_AND_RIGHT = 20
    OWN_AND_LEFT_AND_OUTER_RIGHT = 21
    OWN_NAMES_AND_LEFT_AND_OUTER_RIGHT = 22


def _from(first: _Set, last: _Set) -> slice:
    """Return the rows of the sets from one to another, both included."""
    return slice(first, last + 1)


_WINDOW_SETS = _from(_Set.LEFT, _Set.RIGHT)


def _write_overlaps(
    document: ParagraphTerms, reached: list[int], gap: int, windows: _Windows, result: Floats
) -> Floats:
    """Write `_OVERLAPS` of the gaps from `gap` on; return `first name in left window`.

    That is 0.5 for a paragraph without a name.
    """
    left, right = windows.left, windows.right
    low = min(left[0], windows.outer_left[0])
    high = max(right[-1], windows.outer_right[-1], gap + len(left))
    inside = slice(reached[low], reached[high])
    vocabulary, columns = None, document.terms[inside]
    weights = document.weights
    if high - low < len(document.sizes):
        vocabulary, columns = np.unique(columns, return_inverse=True)
        weights = weights[vocabulary]
    if not len(weights):  # paragraphs of stop words and signs alone
        weights = np.ones(1, dtype=np.float32)
    some, width = len(left), len(weights)
    rows = np.repeat(np.arange(high - low), document.sizes[low:high])
    terms = np.zeros((high - low, width), dtype=np.float32)
    terms[rows, columns] = 1
    names = np.zeros_like(terms)
    names[rows, columns] = document.named[inside]
    # What each term counts in three measures: its weight, itself, and whether it is a name anywhere nearby.
    measures = np.empty((width, 3), dtype=np.float32)
    measures[:, 0] = weights
    measures[:, 1] = 1
    names.max(axis=0, out=measures[:, 2])
    gaps = range(gap, gap + some)
    # In the order of the sets from LEFT to RIGHT.
    begins = np.array([left, windows.outer_left, range(gap + 1, gap + some + 1), gaps]) - low
    ends = np.array([gaps, range(gap - 1, gap + some - 1), windows.outer_right, right]) - low
    sums = np.zeros((high - low + 1, width), dtype=np.float32)
    np.cumsum(terms, axis=0, out=sums[1:])
    # All sets behind one another, so that they are summed at once. The products are stacks of small ones, for which the
    # library of linear algebra starts no threads: the cores have other stories to read.
    sets = np.empty((len(_Set), some, width), dtype=np.float32)
    np.subtract(sums[ends], sums[begins], out=sets[_WINDOW_SETS])
    np.minimum(sets[_WINDOW_SETS], 1, out=sets[_WINDOW_SETS])
    sets[_Set.OWN] = terms[gap - low : gap - low + some]
    sets[_Set.PREVIOUS] = terms[gap - 1 - low : gap - 1 - low + some]
    sets[_Set.OWN_NAMES] = names[gap - low : gap - low + some]
    sets[_Set.PREVIOUS_NAMES] = names[gap - 1 - low : gap - 1 - low + some]
    for one, others, shared in _SHARED_SETS:
        np.multiply(sets[one], sets[others], out=sets[shared])
    measured = np.asarray(sets @ measures, dtype=np.float64)
    _write_overlap_columns(_Measured(measured[:, :, 0] / 100, measured[:, :, 1], measured[:, :, 2]), result)
    title_overlap = result[:, _OVERLAP_COLUMN["title overlap with left window"]]
    title_overlap[:] = _MISSING
    left_terms = sets[_Set.LEFT]
    for row, title in enumerate(document.titles[gap : gap + some]):
        if title:
            places = title if vocabulary is None else np.flatnonzero(np.isin(vocabulary, title))
            title_overlap[row] = left_terms[row, places].sum() / (len(title) + 0.5)
    first = document.first_names[gap : gap + some]
    places = np.maximum(first, 0) if vocabulary is None else np.searchsorted(vocabulary, first)
    return np.where(first < 0, 0.5, left_terms[np.arange(some), np.minimum(places, width - 1)])


_SHARED_SETS = (
    (_Set.OWN, _from(_Set.LEFT, _Set.OUTER_RIGHT), _from(_Set.OWN_AND_LEFT, _Set.OWN_AND_OUTER_RIGHT)),
    (_Set.PREVIOUS, _from(_Set.OUTER_LEFT, _Set.RIGHT), _from(_Set.PREVIOUS_AND_OUTER_LEFT, _Set.PREVIOUS_AND_RIGHT)),
    (_Set.LEFT, _from(_Set.OUTER_RIGHT, _Set.RIGHT), _from(_Set.LEFT_AND_OUTER_RIGHT, _Set.LEFT_AND_RIGHT)),
    (_Set.OUTER_LEFT, _Set.OUTER_RIGHT, _Set.OUTER_LEFT_AND_OUTER_RIGHT),
    (_Set.OWN, _Set.PREVIOUS, _Set.OWN_AND_PREVIOUS),
    (_Set.OWN_NAMES, _Set.LEFT, _Set.OWN_NAMES_AND_LEFT),
    (_Set.OWN_NAMES, _Set.OUTER_RIGHT, _Set.OWN_NAMES_AND_OUTER_RIGHT),
    (_Set.PREVIOUS_NAMES, _Set.RIGHT, _Set.PREVIOUS_NAMES_AND_RIGHT),
    (_Set.OUTER_RIGHT, _Set.OWN_AND_LEFT, _Set.OWN_AND_LEFT_AND_OUTER_RIGHT),
    (_Set.OUTER_RIGHT, _Set.OWN_NAMES_AND_LEFT, _Set.OWN_NAMES_AND_LEFT_AND_OUTER_RIGHT),
)
"""A set, another or several that follow one another, and what the first shares with each of these, in that order."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """Sums over each `_Set`: of terms' weights, of terms, of names.

    A row is a set, a column a gap.
    """

    weight: Floats
    terms: Floats
    names: Floats


def _write_overlap_columns(measured: _Measured, result: Floats) -> None:
    """Write all of `_OVERLAPS` but the title's into `result`.

    What is added to divisors keeps them from 0 and makes little of overlaps of few words.
    """
    s, weight, terms, names = _Set, measured.weight, measured.terms, measured.names
    has_left, has_right = terms[s.OUTER_LEFT] > 0, terms[s.OUTER_RIGHT] > 0
    own, previous = weight[s.OWN] + 0.01, weight[s.PREVIOUS] + 0.01
    left, right, shared = weight[s.LEFT] + 0.01, weight[s.RIGHT] + 0.01, weight[s.LEFT_AND_RIGHT]
    outer = np.minimum(weight[s.OUTER_LEFT], weight[s.OUTER_RIGHT]) + 1
    old_and_new = weight[s.OWN_AND_OUTER_RIGHT] - weight[s.OWN_AND_LEFT_AND_OUTER_RIGHT]
    overlaps = {
        "overlap with previous": weight[s.OWN_AND_PREVIOUS] / own,
        "overlap with left window": weight[s.OWN_AND_LEFT] / own,
        "name overlap with left window": terms[s.OWN_NAMES_AND_LEFT] / (terms[s.OWN_NAMES] + 0.5),
        "names shared with left window": terms[s.OWN_NAMES_AND_LEFT],
        "names new to left window": terms[s.OWN_NAMES] - terms[s.OWN_NAMES_AND_LEFT],
        "window overlap": shared / np.minimum(left, right),
        "window cosine": shared / np.sqrt(left * right),
        "window shared weight": shared,
        "window shared names": names[s.LEFT_AND_RIGHT],
        "window name overlap": names[s.LEFT_AND_RIGHT] / (np.minimum(names[s.LEFT], names[s.RIGHT]) + 0.5),
        "previous overlap with right window": weight[s.PREVIOUS_AND_RIGHT] / previous,
        "previous name overlap with right window": terms[s.PREVIOUS_NAMES_AND_RIGHT] / (terms[s.PREVIOUS_NAMES] + 0.5),
        "new terms that recur": old_and_new / (weight[s.OWN] - weight[s.OWN_AND_LEFT] + 1),
        "new names that recur": terms[s.OWN_NAMES_AND_OUTER_RIGHT] - terms[s.OWN_NAMES_AND_LEFT_AND_OUTER_RIGHT],
        "left terms that recur": _where(has_right, terms[s.LEFT_AND_OUTER_RIGHT] / (terms[s.OUTER_RIGHT] + 1)),
        "overlap with outer left": _where(has_left, weight[s.OWN_AND_OUTER_LEFT] / own),
        "previous overlap with outer left": _where(has_left, weight[s.PREVIOUS_AND_OUTER_LEFT] / previous),
        "overlap with outer right": _where(has_right, weight[s.OWN_AND_OUTER_RIGHT] / own),
        "outer window overlap": _where(has_left & has_right, weight[s.OUTER_LEFT_AND_OUTER_RIGHT] / outer),
        "previous overlap with outer right": _where(has_right, weight[s.PREVIOUS_AND_OUTER_RIGHT] / previous),
    }
    for name, values in overlaps.items():
        result[:, _OVERLAP_COLUMN[name]] = values


def _where(present: NDArray[np.bool_], values: Floats) -> Floats:
    """Return the values where there is something to overlap with, `_MISSING` elsewhere."""
    return np.where(present, values, _MISSING)


def _write_senses(document: ParagraphTerms, sums: Floats, gap: int, windows: _Windows, result: Floats) -> None:
    """Write `_SENSES` of the gaps from `gap` on into `result`.

    `sums` are running sums of the paragraphs' senses.
    """
    some = len(windows.left)
    gaps = slice(gap, gap + some)
    own = document.senses[gaps].astype(np.float64)
    previous = document.senses[gap - 1 : gap - 1 + some].astype(np.float64)
    left = sums[gaps] - sums[windows.left]
    right = sums[windows.right] - sums[gaps]
    outer_right = sums[windows.outer_right] - sums[gap + 1 : gap + 1 + some]
    places, places_left, places_outer = (np.minimum(senses[:, :-TOPIC_COUNT], 1) for senses in (own, left, outer_right))
    # Whole numbers, whose products are exact in any order.
    by_subject = {
        name: senses[:, -TOPIC_COUNT:]
        for name, senses in (
            ("own", own),
            ("previous", previous),
            ("left", left),
            ("right", right),
            ("outer", outer_right),
        )
    }
    length = {name: np.sqrt(np.einsum("gk,gk->g", values, values)) + 1e-9 for name, values in by_subject.items()}

    def cosine(one: str, other: str) -> Floats:
        """Return the cosine of two of them for each gap."""
        values: Floats = np.einsum("gk,gk->g", by_subject[one], by_subject[other]) / (length[one] * length[other])
        return values

    senses = {
        "places": places.sum(1),
        "places in left window": places_left.sum(1),
        "places shared with left window": np.einsum("gk,gk->g", places_left, places),
        "places shared with outer right": np.einsum("gk,gk->g", places_outer, places),
        "subject cosine with left window": cosine("own", "left"),
        "subject cosine with previous": cosine("own", "previous"),
        "window subject cosine": cosine("left", "right"),
        "subject cosine with outer right": cosine("own", "outer"),
    }
    for name, values in senses.items():
        result[:, _SENSE_COLUMN[name]] = values


_AROUND, _NEARBY = 4, 2
"""Gaps on each side that make a valley, and those of which it has to be the lowest."""


def _valley(cosines: list[float]) -> Floats:
    """Return `_VALLEY` for each gap: its cosine compared with those around and all others."""
    size = len(cosines)
    mean, median = sum(cosines) / size, sorted(cosines)[size // 2]
    around = [(cosines[max(0, at - _AROUND) : at + 1], cosines[at : at + _AROUND + 1]) for at in range(size)]
    valley = {
        "valley depth": [max(before) + max(behind) - 2 * behind[0] for before, behind in around],
        "mean cosine of document": [mean] * size,
        "cosine to median": [here - median for here in cosines],
        "lowest cosine nearby": [
            behind[0] <= min(*before[-_NEARBY - 1 :], *behind[: _NEARBY + 1]) for before, behind in around
        ],
        "cosine at previous gap": [_MISSING, *cosines[:-1]],
        "cosine at next gap": [*cosines[1:], _MISSING],
    }
    return np.array([valley[name] for name in _VALLEY], dtype=np.float64).T


_EDGE_LOGIT = -5.0
"""First-pass logit of the document's beginning and end, where no gap is."""

_LOGIT_LIMIT = 12.0
"""First-pass logits are cut to this on both sides: beyond it they only say how long the words are."""


def second_pass_features(
    document: ParagraphTerms, first_rows: Floats, first_logits: Floats, lead: LeadWeights, least: float
) -> Floats:
    """Return a row of `SECOND_PASS` for each gap.

    Windows end at the boundaries that the first judgement found.

    `first_rows` are the rows that it judged, kept where it found none. The lead is scored at gaps with a logit above
    `least`; at others it is 0.
    """
    bounds = [number for number, logit in enumerate(first_logits.tolist(), 1) if logit > 0]
    around = np.zeros(len(first_logits) + 2)
    around[[0, -1]] = _EDGE_LOGIT
    np.clip(first_logits, -_LOGIT_LIMIT, _LOGIT_LIMIT, out=around[1:-1])
    leads = np.zeros(len(first_logits))
    if lead[0]:
        for at in np.flatnonzero(first_logits > least).tolist():
            leads[at] = lead_score(document.pieces[at + 1], lead)
    rows = first_pass_features(document, bounds) if bounds else first_rows
    return np.column_stack([rows, around[1:-1], around[:-2], around[2:], leads])
