"""Does a story begin at this paragraph?

Each gap between two paragraphs is described by how the words before it and behind it hold together and by how the
paragraph behind it begins, and a logistic model weighs that. The parts are known: comparing the vocabulary of two
windows that meet at the gap and the depth of the valley there are TextTiling's (Hearst, Computational Linguistics 23,
1997), words that go on or begin there are lexical chains as cohesion counts them (Galley et al., ACL 2003), and
weighing both together with cue words in a model trained on marked boundaries is Beeferman, Berger and Lafferty
(Machine Learning 34, 1999). What we add: rarer words hold together more strongly; how a lead is written is learned
from the words that news of all sources uses; which countries and subjects the words on both sides speak of
(senses.py) tells short reports apart that have too few words to share; and the gaps are judged twice, the second time
with windows that end at the boundaries found first, so that a paragraph between two short reports is compared to these
alone.

Weights: data/boundaries.json, fitted by training/boundaries.py. They were learned from English; another
language gets the model that knows no English words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, count, repeat
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizers.labels.lexicon import PLACES, SUBJECTS, place_of, subject_of, subjects
from summarizers.segmentation.boilerplate import dateline_at, kicker_at
from summarizers.segmentation.paragraphs import Paragraph
from summarizers.text.cues import needs_context
from summarizers.text.sentences import sentence_ending
from summarizers.text.words import stopwords
from summarizers.text.words import words as words_of

__all__ = [
    "AGAIN",
    "FEATURES",
    "Model",
    "Units",
    "chances",
    "describe",
    "describe_again",
    "key_of",
    "lead_score",
    "lead_signs",
    "model_for",
    "read_units",
    "weigh",
]

Floats = NDArray[np.float64]
Single = NDArray[np.float32]
Whole = NDArray[np.int64]

_DATA = Path(__file__).parents[1] / "data" / "boundaries.json"
_WINDOW = 90  # terms: about six sentences of agency copy, or one teaser
_REACH = 8  # paragraphs
_CHUNK = 48  # gaps that are judged at once: memory and time stay linear in the document's length
_DOUBT = -2.0  # a document with a gap whose logit is above this is worth a second look
_HOPELESS = -6.0  # a gap below this is not

# What is known of a gap from words alone, in the order of `_cohesion`.
_COHESION = (
    "shared with one before",
    "shared with window before",
    "shared names",
    "shared names, count",
    "new names",
    "windows share",
    "windows share, cosine",
    "windows share, sum",
    "windows share names",
    "windows share names, part",
    "one before goes on",
    "its names go on",
    "new words recur",
    "new names recur",
    "old words recur",
    "shared with those before the one before",
    "one before shared with those before",
    "shared with those behind",
    "those around hold together",
    "those behind shared with the one before",
    "title shared with window before",
)
# What is known from which countries and subjects the words speak of, in the order of `_sense`.
_SENSE = (
    "places",
    "places in window before",
    "places shared with window before",
    "places shared with those behind",
    "subject shared with window before",
    "subject shared with one before",
    "windows share subject",
    "subject shared with those behind",
)
_VALLEY = ("depth", "mean of document", "below median", "lowest nearby", "gap before", "gap behind")
_FORM = (
    "leans back",
    "quotation",
    "first name is known",
    "one before is cut",
    "one before is unstopped",
    "one before ends in quotation",
    "dateline",
    "kicker",
    "title",
    "date",
    "length",
    "length before",
    "length behind",
    "length to median",
    "rate of datelines",
    "rate of titles",
)
FEATURES = (*_COHESION, *_SENSE, *_VALLEY, *_FORM)
AGAIN = (*FEATURES, "first judgement", "first judgement of gap before", "first judgement of gap behind", "lead")

# A node: feature's index, threshold, the node for at most that, the node for more. A leaf: its value alone.
Node = tuple[int, float, int, int] | tuple[float]


@dataclass(frozen=True)
class Model:
    """Weights of the first judgement, trees of the second, and words: how common, how much they speak for a lead.

    `common` has how much a shared word says, in hundredths of what any other says.
    `lead` has a table for a first sentence's words and marks anywhere, one for its first six, one for the very first.
    """

    first: Floats
    first_bias: float
    again: tuple[tuple[Node, ...], ...]
    again_bias: float
    common: dict[str, float]
    lead: tuple[dict[str, float], dict[str, float], dict[str, float]]


@cache
def _models() -> dict[str, Model]:
    table = json.loads(_DATA.read_text("utf-8"))
    return {
        name: Model(
            np.array([entry["first"][feature] for feature in FEATURES]),
            entry["first"]["bias"],
            tuple(tuple(tuple(node) for node in tree) for tree in entry["again"]),
            entry["again bias"],
            {key: round(100 * weight) for key, weight in entry["common"].items()},
            tuple(entry["lead"]),
        )
        for name, entry in table["models"].items()
    }


# These write no capitals, or (German) write one for every noun, so that a capital doesn't tell a name.
_NAMES_UNTOLD = frozenset({"de", "zh", "ja", "ko", "ar", "he", "hi", "th"})


def model_for(language: str) -> Model:
    """The weights for a language: English has its own."""
    models = _models()
    return models.get(language) or models["caseless" if language in _NAMES_UNTOLD else "any"]


def chances(text: str, paragraphs: Sequence[Paragraph], language: str, model: Model) -> list[float]:
    """For each gap the logarithm of the odds that a story begins behind it; of two paragraphs or more.

    Linear time; equal text gives equal numbers.
    """
    units = read_units(text, paragraphs, language, model)
    described = describe(units)
    first = described @ model.first + model.first_bias
    judged: list[float] = first.tolist()
    if first.max() < _DOUBT:
        return judged
    rows = describe_again(units, described, first, model)
    # The second look goes to gaps that the first has left in doubt; it is the dearer one.
    return [weigh(model, row.tolist()) if score > _HOPELESS else score for score, row in zip(judged, rows, strict=True)]


def weigh(model: Model, row: Sequence[float]) -> float:
    """The second judgement of a gap: what the trees say, added up."""
    total = model.again_bias
    for tree in model.again:
        node = tree[0]
        while len(node) == 4:
            feature, threshold, low, high = node
            node = tree[low if row[feature] <= threshold else high]
        total += node[0]
    return total


# Paragraphs as words


@dataclass(slots=True)
class Units:
    """A document's paragraphs as numbers: for each the terms, names and title terms it has, and its form.

    A term is a word's beginning as a number that indexes `weights`, which are hundredths, so that sums of them are
    exact and equal on every machine. `terms` has those of all paragraphs behind one another, `sizes` how many each
    has, `named` which of them are names there; `first_names` has each paragraph's first name, -1 without. `senses` has
    which of the document's countries a paragraph speaks of, and behind these what it says for each subject.
    """

    pieces: list[str]
    terms: Whole
    sizes: list[int]
    named: Single
    first_names: Whole
    titles: list[list[int]]
    weights: Single
    senses: Single
    form: Floats


_WORD = re.compile(r"[^\W_]{2,}")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_STOP = re.compile(r"[.!?…][\"”’')]*\s|[。！？]")
_SIGN = re.compile(r"[^\W\d_]+|[#£$€“\"]")
_FIGURE = re.compile(r"\d[\d,.]*")
_QUOTES = frozenset("\"“‘'«„「『‹”»")
_STOPS = frozenset(".!?")
# English news is ASCII but for these. Words of ASCII are split in a third of the time.
_TYPOGRAPHIC = "‘’“”–—…\u00a0•·£€"
_LETTERS_ALONE = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})


def key_of(word: str, language: str) -> str:
    """What of a casefolded word is compared: its beginning, so that most inflected forms agree."""
    if language == "en":
        return word.rstrip("s")[:7] if len(word) > 3 else word
    return word[:6]


class _Vocabulary(dict[str, int]):
    """A language's words, each as one number: what of it is compared, how much that says, how the word is written.

    -1 is a word that says nothing. Else the lowest bit says that it begins with a small letter, the next that it has
    the form of a name; the bits above are the term: its weight in hundredths and, above that, its own number. Above
    `_TERM_BITS` are its country's number and, further up, its row of subjects, each with one added, 0 without.
    Words are remembered from text to text.
    """

    def __init__(self, language: str, common: Mapping[str, float], least: int) -> None:
        super().__init__()
        self.common = common
        self._language = language
        self._least = least
        self._stop = stopwords(language)
        self._numbers: dict[str, int] = {}
        self._next = count()

    def __missing__(self, word: str) -> int:
        low = word.lower()
        key = key_of(low, self._language) if len(word) >= self._least and low not in self._stop else ""
        code = -1
        if key:
            # setdefault is one step, so that threads agree; a number that is left over does no harm
            number = self._numbers.setdefault(key, next(self._next))
            weight = int(self.common.get(key, 100))
            # What every report names (Monday, March, the state, the president) tells none of them.
            name = weight > _TELLING and (word[0].isupper() or (len(word) > 2 and word[0].isdigit()))
            code = (((number << 7) | weight) << 2) | (name << 1) | word[0].islower()
            place, subject = place_of(word, self._language) + 1, subject_of(low, self._language) + 1
            code |= (subject * PLACES + place) << _TERM_BITS
        self[word] = code
        return code


_TERM_BITS = 40
_TELLING = 55
_TERM = (1 << _TERM_BITS) - 1
_REMEMBERED = 100_000
_vocabularies: dict[tuple[str, int, int], _Vocabulary] = {}


def _vocabulary(language: str, common: Mapping[str, float], least: int) -> _Vocabulary:
    """The vocabulary of a language with a model's weights; a new one when it has grown too large."""
    known = _vocabularies.get((language, id(common), least))
    if known is None or known.common is not common or len(known) > _REMEMBERED:
        known = _vocabularies[language, id(common), least] = _Vocabulary(language, common, least)
    return known


def read_units(text: str, paragraphs: Sequence[Paragraph], language: str, model: Model, *, thin: bool = False) -> Units:
    """Read each paragraph's terms and form once; `describe` compares them.

    `thin` leaves out the subjects of every other word: for fitting models to languages of which fewer words are known.
    """
    split, bare, least = _splitter(text, language)
    vocabulary = _vocabulary(language, model.common, least)
    pieces = [text[paragraph.start : paragraph.end] for paragraph in paragraphs]
    found: list[str] = []
    sizes: list[int] = []
    for paragraph in paragraphs:
        some = split(bare[paragraph.start : paragraph.end])
        found += some
        sizes.append(len(some))
    codes = np.fromiter(map(vocabulary.__getitem__, found), dtype=np.int64, count=len(found))
    rows = np.repeat(np.arange(len(pieces)), sizes)
    says = codes >= 0
    codes, rows = codes[says], rows[says]
    senses = _senses(codes >> _TERM_BITS, rows, len(pieces), language, thin)
    known, columns = np.unique((codes & _TERM) >> 2, return_inverse=True)
    width = max(1, len(known))
    cells = rows * width + columns
    distinct = np.sort(cells)
    fresh = np.ones(len(distinct), dtype=bool)
    np.not_equal(distinct[1:], distinct[:-1], out=fresh[1:])
    distinct = distinct[fresh]
    # Only a word that is never written small is a name where it is written large.
    small = np.zeros(width, dtype=bool)
    small[columns[codes & 1 == 1]] = True
    names = np.flatnonzero((codes & 2 == 2) & ~small[columns])
    named = np.zeros(len(distinct), dtype=np.float32)
    named[np.searchsorted(distinct, cells[names])] = 1
    first_names = np.full(len(pieces), -1)
    backwards = names[::-1]  # what is written last stays
    first_names[rows[backwards]] = columns[backwards]
    return Units(
        pieces,
        distinct % width,
        np.bincount(distinct // width, minlength=len(pieces)).tolist(),
        named,
        first_names,
        _titles(bare, paragraphs, split, vocabulary, known),
        (known & 127).astype(np.float32),
        senses,
        _form(pieces, paragraphs, language),
    )


def _senses(codes: Whole, rows: Whole, size: int, language: str, thin: bool) -> Single:
    """Which countries each paragraph speaks of, and what its words say for each subject."""
    placed = np.flatnonzero(codes % PLACES)
    which, columns = np.unique(codes[placed] % PLACES, return_inverse=True)
    found = np.zeros((size, len(which) + SUBJECTS), dtype=np.float32)
    found[rows[placed], columns] = 1
    meant = np.flatnonzero((codes >= PLACES) & (codes // PLACES % 2 == 1) if thin else codes >= PLACES)
    if len(meant):
        # Sums of whole numbers, exact on every machine.
        sums = np.zeros((len(meant) + 1, SUBJECTS))
        np.cumsum(subjects(language)[codes[meant] // PLACES - 1], axis=0, out=sums[1:])
        reached = np.searchsorted(rows[meant], np.arange(size + 1))
        found[:, len(which) :] = sums[reached[1:]] - sums[reached[:-1]]
    return found


def _splitter(text: str, language: str) -> tuple[Callable[[str], list[str]], str, int]:
    """How to find words, in which text (of equal length), and how long a word has to be to count.

    Judged by the whole document: overlapping pairs in one paragraph and words in another would not meet.
    """
    if not text.isascii():
        if language in {"zh", "ja"} or _EAST.search(text):
            return partial(words_of, language=language), text, 1
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
        if not text.isascii():
            return _WORD.findall, text, 2
    return str.split, text.translate(_LETTERS_ALONE), 2


def _titles(
    bare: str,
    paragraphs: Sequence[Paragraph],
    split: Callable[[str], list[str]],
    vocabulary: _Vocabulary,
    known: Whole,
) -> list[list[int]]:
    """The terms of each paragraph's title that the paragraphs have too."""
    if not any(paragraph.titles for paragraph in paragraphs):
        return [[] for _ in paragraphs]
    numbers = {term: number for number, term in enumerate(known.tolist())}
    return [
        [
            numbers[term]
            for word in (split(bare[slice(*paragraph.titles[0])]) if paragraph.titles else ())
            if (code := vocabulary[word]) >= 0 and (term := (code & _TERM) >> 2) in numbers
        ]
        for paragraph in paragraphs
    ]


def lead_signs(piece: str) -> list[str]:
    """What a paragraph's first sentence consists of, as the lead model counts it: words, marks, `#` for a figure."""
    stop = _STOP.search(piece, 20, 240)
    return _SIGN.findall(_FIGURE.sub("#", piece[: stop.start() if stop else 240].lower()))


def lead_score(piece: str, model: Model) -> float:
    """How much a paragraph's first sentence is worded like a lead."""
    anywhere, early, first = model.lead
    signs = lead_signs(piece)
    if not signs:
        return 0.0
    return (
        sum(map(anywhere.get, dict.fromkeys(signs), _ZEROS))
        + sum(map(early.get, dict.fromkeys(signs[:6]), _ZEROS))
        + first.get(signs[0], 0.0)
    )


def _form(pieces: Sequence[str], paragraphs: Sequence[Paragraph], language: str) -> Floats:
    """What a gap looks like apart from shared words, a row for each gap; `first name is known` is filled in later."""
    count = len(pieces)
    wide = _WIDE.get(language, 1)
    lengths = [log(len(piece) * wide + 1) for piece in pieces]
    median = sorted(lengths)[count // 2]
    datelines = [dateline_at(piece) is not None for piece in pieces]
    labels = [label.text if (label := kicker_at(piece)) else "" for piece in pieces]
    # A label that comes again is a speaker in a conversation.
    times = Counter(labels)
    rate_of_titles = sum(bool(paragraph.titles) for paragraph in paragraphs) / count
    rate_of_datelines = sum(datelines) / count
    rows = []
    for at in range(1, count):
        paragraph, piece, before = paragraphs[at], pieces[at], pieces[at - 1]
        close = before[-1]
        last = before[-2:-1]
        # what nearly all paragraphs end with, without a closer look
        stopped = (close == "." and (last.islower() or last.isdigit())) or (close in '"”' and last in _STOPS)
        how = "stop" if stopped else sentence_ending(before[-300:], language)
        rows.append(
            (
                needs_context(piece[:140], language),
                piece[0] in _QUOTES,
                0.0,
                how == "cut" or before.endswith(("…", "...")),
                how == "unstopped",
                close in "\"”’'»",
                datelines[at],
                times[labels[at]] == 1 and labels[at] != "",
                bool(paragraph.titles),
                bool(paragraph.dates),
                lengths[at],
                lengths[at - 1],
                lengths[at + 1] if at + 1 < count else 0.0,
                lengths[at] - median,
                rate_of_datelines,
                rate_of_titles,
            )
        )
    return np.array(rows, dtype=np.float64)


# Gaps


def describe(units: Units, bounds: Sequence[int] = ()) -> Floats:
    """A row of `FEATURES` for each gap. No window reaches over a paragraph in `bounds`, save at that gap itself."""
    size = len(units.sizes)
    reached = [0, *accumulate(units.sizes)]
    left, outer_left, right, outer_right = _windows(reached, bounds)
    cohesion, sense = np.empty((size - 1, len(_COHESION))), np.empty((size - 1, len(_SENSE)))
    form = units.form.copy()
    sums = np.zeros((size + 1, units.senses.shape[1]))
    np.cumsum(units.senses, axis=0, out=sums[1:])
    for at in range(0, size - 1, _CHUNK):
        part = slice(at, at + _CHUNK)
        form[part, _FIRST_NAME] = _cohesion(
            units, reached, at + 1, left[part], outer_left[part], right[part], outer_right[part], cohesion[part]
        )
        _sense(units, sums, at + 1, left[part], outer_right[part], right[part], sense[part])
    return np.concatenate([cohesion, sense, _valley(cohesion[:, _COSINE].tolist()), form], axis=1)


_FIRST_NAME = _FORM.index("first name is known")
_COSINE = _COHESION.index("windows share, cosine")


def _windows(reached: list[int], bounds: Sequence[int]) -> tuple[list[int], list[int], list[int], list[int]]:
    """For each gap where the windows before it begin and those behind it end.

    The first and third are those of the paragraphs at the gap; the second and fourth leave these out, and are empty
    where a boundary stands between. `reached` has how many terms stand before each paragraph, and all at the end.
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
    return (
        first[:-1],
        [at if at in marks else first[at - 1] for at in range(size - 1)],
        last[1:],
        [at if at in marks else last[at] for at in range(2, size + 1)],
    )


def _cohesion(
    units: Units,
    reached: list[int],
    gap: int,
    left: list[int],
    outer_left: list[int],
    right: list[int],
    outer_right: list[int],
    result: Floats,
) -> Floats:
    """How the words around the gaps from `gap` on hold together, into `result`; gives the first name's being known.

    `left` and `outer_left` are where the windows before each gap begin, `right` and `outer_right` where those behind
    it end; the outer ones leave out the paragraph at the gap.
    """
    low, high = min(left[0], outer_left[0]), max(right[-1], outer_right[-1], gap + len(left))
    inside = slice(reached[low], reached[high])
    vocabulary, columns = None, units.terms[inside]
    weights = units.weights
    if high - low < len(units.sizes):
        vocabulary, columns = np.unique(columns, return_inverse=True)
        weights = weights[vocabulary]
    if not len(weights):  # paragraphs of stop words and signs alone
        weights = np.ones(1, dtype=np.float32)
    some, width = len(left), len(weights)
    rows = np.repeat(np.arange(high - low), units.sizes[low:high])
    terms = np.zeros((high - low, width), dtype=np.float32)
    terms[rows, columns] = 1
    names = np.zeros_like(terms)
    names[rows, columns] = units.named[inside]
    # A name anywhere nearby is a name in a window.
    measures = np.empty((width, 3), dtype=np.float32)
    measures[:, 0] = weights
    measures[:, 1] = 1
    names.max(axis=0, out=measures[:, 2])
    gaps = range(gap, gap + some)
    begins = np.array([left, outer_left, range(gap + 1, gap + some + 1), gaps]) - low
    ends = np.array([gaps, range(gap - 1, gap + some - 1), outer_right, right]) - low
    sums = np.zeros((high - low + 1, width), dtype=np.float32)
    np.cumsum(terms, axis=0, out=sums[1:])
    # All windows, and what two or three of them share, behind one another: summed at once. The products are stacks of
    # small ones, for which the library of linear algebra starts no threads: the cores have other stories to read.
    sets = np.empty((23, some, width), dtype=np.float32)
    windows = sets[:4]
    np.subtract(sums[ends], sums[begins], out=windows)
    np.minimum(windows, 1, out=windows)
    near_left, far_right, near_right = windows[0], windows[2], windows[3]
    sets[4], sets[5] = own, before = terms[gap - low : gap - low + some], terms[gap - 1 - low : gap - 1 - low + some]
    sets[6], sets[7] = named, named_before = names[gap - low :][:some], names[gap - 1 - low :][:some]
    np.multiply(own, windows[:3], out=sets[8:11])
    np.multiply(before, windows[1:], out=sets[11:14])
    np.multiply(near_left, windows[2:], out=sets[14:16])
    np.multiply(windows[1], far_right, out=sets[16])
    np.multiply(own, before, out=sets[17])
    np.multiply(named, windows[0:3:2], out=sets[18:20])
    np.multiply(named_before, near_right, out=sets[20])
    np.multiply(sets[8:20:10], far_right, out=sets[21:23])  # what it shares with both, words and names
    every = np.asarray(sets @ measures, dtype=np.float64)
    weight, tally, name = every[:, :, 0] / 100, every[:, :, 1], every[:, :, 2]
    has_left, has_right = tally[1] > 0, tally[2] > 0
    w_own, w_before = weight[4] + 0.01, weight[5] + 0.01
    w_left, w_right, shared = weight[0] + 0.01, weight[3] + 0.01, weight[15]
    for column, values in enumerate(
        (
            weight[17] / w_own,
            weight[8] / w_own,
            tally[18] / (tally[6] + 0.5),
            tally[18],
            tally[6] - tally[18],
            shared / np.minimum(w_left, w_right),
            shared / np.sqrt(w_left * w_right),
            shared,
            name[15],
            name[15] / (np.minimum(name[0], name[3]) + 0.5),
            weight[13] / w_before,
            tally[20] / (tally[7] + 0.5),
            (weight[10] - weight[21]) / (weight[4] - weight[8] + 1),
            tally[19] - tally[22],
            np.where(has_right, tally[14] / (tally[2] + 1), -0.1),
            np.where(has_left, weight[9] / w_own, -0.1),
            np.where(has_left, weight[11] / w_before, -0.1),
            np.where(has_right, weight[10] / w_own, -0.1),
            np.where(has_left & has_right, weight[16] / (np.minimum(weight[1], weight[2]) + 1), -0.1),
            np.where(has_right, weight[12] / w_before, -0.1),
        )
    ):
        result[:, column] = values
    result[:, -1] = -0.1
    for row, title in enumerate(units.titles[gap : gap + some]):
        if title:
            place = title if vocabulary is None else np.flatnonzero(np.isin(vocabulary, title))
            result[row, -1] = near_left[row, place].sum() / (len(title) + 0.5)
    first = units.first_names[gap : gap + some]
    place = np.maximum(first, 0) if vocabulary is None else np.searchsorted(vocabulary, first)
    return np.where(first < 0, 0.5, near_left[np.arange(some), np.minimum(place, width - 1)])


def _sense(
    units: Units, sums: Floats, gap: int, left: list[int], outer_right: list[int], right: list[int], result: Floats
) -> None:
    """What countries and subjects have in common around the gaps from `gap` on, into `result`; `sums` are running."""
    some = len(left)
    gaps = slice(gap, gap + some)
    windows = np.empty((5, some, sums.shape[1]))
    windows[0] = sums[gaps] - sums[left]
    windows[1] = units.senses[gap - 1 : gap - 1 + some]
    windows[2] = sums[right] - sums[gaps]
    windows[3] = sums[outer_right] - sums[gap + 1 : gap + 1 + some]
    windows[4] = units.senses[gaps]
    places = np.minimum(windows[:, :, :-SUBJECTS], 1)
    own = places[4]
    result[:, 0] = own.sum(1)
    result[:, 1] = places[0].sum(1)
    result[:, 2:4] = np.einsum("wgk,gk->gw", places[[0, 3]], own)
    # Whole numbers, whose products are exact in any order.
    said = windows[:, :, -SUBJECTS:]
    length = np.sqrt(np.einsum("wgk,wgk->wg", said, said)) + 1e-9
    one, other = [4, 4, 0, 4], [0, 1, 2, 3]
    result[:, 4:] = (np.einsum("wgk,wgk->wg", said[one], said[other]) / (length[one] * length[other])).T


def _valley(shared: list[float]) -> Floats:
    """How deep the valley of cohesion is at each gap, against the gaps around it and the document's."""
    size = len(shared)
    mean, median = sum(shared) / size, sorted(shared)[size // 2]
    rows = []
    for at, here in enumerate(shared):
        before, behind = shared[max(0, at - 4) : at + 1], shared[at : at + 5]
        rows.append(
            (
                max(before) + max(behind) - 2 * here,
                mean,
                here - median,
                here <= min(*before[-3:], *behind[:3]),
                shared[at - 1] if at else -0.1,
                shared[at + 1] if at + 1 < size else -0.1,
            )
        )
    return np.array(rows, dtype=np.float64)


def describe_again(units: Units, described: Floats, first: Floats, model: Model) -> Floats:
    """A row of `AGAIN` for each gap: windows end at the boundaries that the first judgement found.

    `described` are the rows that it judged, kept where it found none.
    """
    bounds = [number for number, score in enumerate(first.tolist(), 1) if score > 0]
    around = np.zeros(len(first) + 2)
    around[[0, -1]] = -5.0
    np.clip(first, -12, 12, out=around[1:-1])
    leads = np.zeros(len(first))
    if model.lead[0]:
        for at in np.flatnonzero(first > _HOPELESS).tolist():
            leads[at] = lead_score(units.pieces[at + 1], model)
    return np.column_stack(
        [describe(units, bounds) if bounds else described, around[1:-1], around[:-2], around[2:], leads]
    )


_WIDE = {"zh": 3, "ja": 3, "ko": 2}  # an ideograph says as much as three letters, a Korean syllable as two
_ZEROS = repeat(0.0)
