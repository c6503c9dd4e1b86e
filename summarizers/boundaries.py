"""Does a story begin at this paragraph?

Each gap between two paragraphs is described by how the words before it and behind it hold together and by how the
paragraph behind it begins, and a logistic model weighs that. The parts are known: comparing the vocabulary of two
windows that meet at the gap and the depth of the valley there are TextTiling's (Hearst, Computational Linguistics 23,
1997), words that go on or begin there are lexical chains as cohesion counts them (Galley et al., ACL 2003), and
weighing both together with cue words in a model trained on marked boundaries is Beeferman, Berger and Lafferty
(Machine Learning 34, 1999). What we add: rarer words hold together more strongly; how a lead is written is learned
from the words that news of all sources uses; and the gaps are judged twice, the second time with windows that
end at the boundaries found first, so that a paragraph between two short reports is compared to these alone.

Weights: data/boundaries.json, fitted by data/build/boundaries_train.py. They were learned from English; another
language gets the model that knows no English words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, repeat
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizers.engines.cues import leans_on_previous
from summarizers.furniture import dateline_at, kicker_at
from summarizers.page import Paragraph
from summarizers.text import ending, stopwords
from summarizers.text import words as words_of

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

_DATA = Path(__file__).parent / "data" / "boundaries.json"
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
FEATURES = (*_COHESION, *_VALLEY, *_FORM)
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
    has, `named` which of them are names there; `first_names` has each paragraph's first name, -1 without.
    """

    pieces: list[str]
    terms: Whole
    sizes: Whole
    named: Single
    first_names: Whole
    titles: list[list[int]]
    weights: Single
    form: Floats


_TERM = re.compile(r"[^\W_]{2,}")
_PLAIN_TERM = re.compile(r"[A-Za-z0-9]{2,}")  # the same in ASCII, in half the time
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_STOP = re.compile(r"[.!?…][\"”’')]*\s|[。！？]")
_SIGN = re.compile(r"[^\W\d_]+|[#£$€“\"]")
_FIGURE = re.compile(r"\d[\d,.]*")
_QUOTES = frozenset("\"“‘'«„「『‹”»")


def key_of(word: str, language: str) -> str:
    """What of a casefolded word is compared: its beginning, so that most inflected forms agree."""
    if language == "en":
        return word.rstrip("s")[:7] if len(word) > 3 else word
    return word[:6]


class _Keys(dict[str, str]):
    """A language's words and what of them is compared, "" for a stop word; remembered from text to text."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._stop = stopwords(language)

    def __missing__(self, word: str) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        low = word.lower()
        key = "" if low in self._stop else key_of(low, self._language)
        self[word] = key
        return key


_REMEMBERED = 100_000
_keys = cache(_Keys)


def read_units(text: str, paragraphs: Sequence[Paragraph], language: str, model: Model) -> Units:
    """Read each paragraph's terms and form once; `describe` compares them."""
    keys = _keys(language)
    # Judged by the whole document: overlapping pairs in one paragraph and words in another would not meet.
    plain = text.isascii()
    split: Callable[[str], list[str]] = _PLAIN_TERM.findall if plain else _TERM.findall
    if not plain and (language in {"zh", "ja"} or _EAST.search(text)):
        split = partial(words_of, language=language)
    pieces = [text[paragraph.start : paragraph.end] for paragraph in paragraphs]
    every: list[list[str]] = []
    capitals: list[list[str]] = []
    seen: dict[str, str] = {}
    for piece in pieces:
        once = dict.fromkeys(split(piece))
        found = [keys[word] for word in once]
        seen.update(zip(once, found, strict=True))
        if plain:  # figures and capitals of ASCII sort before "[", small letters behind it
            capitals.append([keys[word] for word in once if word < "[" and (len(word) > 2 or word > "A")])
        else:
            capitals.append([keys[word] for word in once if word[0].isupper() or (len(word) > 2 and word[0].isdigit())])
        kept = dict.fromkeys(found)
        kept.pop("", None)
        every.append(list(kept))
    small = {key for word, key in seen.items() if word > "[" and (plain or word[0].islower())}
    small.add("")
    flat = list(chain.from_iterable(every))
    numbers = {key: number for number, key in enumerate(dict.fromkeys(flat))}
    names = [dict.fromkeys([key for key in some if key not in small]) for some in capitals]
    sizes = np.array([len(some) for some in every], dtype=np.int64)
    titles = [
        [numbers[key] for word in split(text[slice(*paragraph.titles[0])]) if (key := keys[word]) and key in numbers]
        if paragraph.titles
        else []
        for paragraph in paragraphs
    ]
    return Units(
        pieces,
        np.array([numbers[key] for key in flat], dtype=np.int64),
        sizes,
        np.array([key in some for some, own in zip(names, every, strict=True) for key in own], dtype=np.float32),
        np.array([numbers[next(iter(some))] if some else -1 for some in names], dtype=np.int64),
        titles,
        np.fromiter(map(model.common.get, numbers, _HUNDREDS), dtype=np.float32, count=len(numbers)),
        _form(pieces, paragraphs, language),
    )


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
    wide = _WIDE if language in {"zh", "ja"} else 1
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
        how = "stop" if close == "." and before[-2].islower() else ending(before[-300:], language)
        rows.append(
            (
                leans_on_previous(piece[:140], language),
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
    count = len(units.sizes)
    reached = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(units.sizes, out=reached[1:])
    gaps = np.arange(1, count)
    # Where a window may begin and end: at the boundary at or before a paragraph, at the one behind it.
    begin, end = np.zeros(count + 1, dtype=np.int64), np.full(count + 1, count, dtype=np.int64)
    if bounds:
        marks = list(bounds)
        begin[marks] = marks
        begin = np.maximum.accumulate(begin)
        end[marks] = marks
        end = np.minimum.accumulate(end[::-1])[::-1]
    # For each paragraph the window that ends with it, and the window that begins with it.
    ends = np.arange(1, count + 1)
    first = np.maximum(np.searchsorted(reached[1:], reached[1:] - _WINDOW, side="right"), ends - _REACH)
    first = np.maximum(first, begin[:-1])
    last = np.minimum(np.searchsorted(reached, reached[:-1] + _WINDOW, side="left"), ends - 1 + _REACH)
    last = np.minimum(last, end[1:])
    left, right = first[gaps - 1], last[gaps]
    # The windows without the two paragraphs at the gap; empty where a boundary stands between.
    outer_left = np.where(begin[gaps - 1] == gaps - 1, gaps - 1, first[gaps - 2])
    outer_right = np.where(end[gaps + 1] == gaps + 1, gaps + 1, last[np.minimum(gaps + 1, count - 1)])
    cohesion = np.empty((count - 1, len(_COHESION)))
    form = units.form.copy()
    for at in range(0, count - 1, _CHUNK):
        part = slice(at, at + _CHUNK)
        form[part, _FIRST_NAME] = _cohesion(
            units, reached, gaps[part], left[part], outer_left[part], right[part], outer_right[part], cohesion[part]
        )
    return np.concatenate([cohesion, _valley(cohesion[:, _COSINE]), form], axis=1)


_FIRST_NAME = _FORM.index("first name is known")
_COSINE = _COHESION.index("windows share, cosine")


def _cohesion(
    units: Units,
    reached: Whole,
    gaps: Whole,
    left: Whole,
    outer_left: Whole,
    right: Whole,
    outer_right: Whole,
    result: Floats,
) -> Floats:
    """How the words around some neighbouring gaps hold together, into `result`; gives the first name's being known.

    `left` and `outer_left` are where the windows before the gap begin, `right` and `outer_right` where those behind
    it end; the outer ones leave out the paragraph at the gap.
    """
    low = int(min(left[0], outer_left[0]))
    high = int(max(right[-1], outer_right[-1], gaps[-1] + 1))
    inside = slice(reached[low], reached[high])
    vocabulary, columns = None, units.terms[inside]
    weights = units.weights
    if high - low < len(units.sizes):
        vocabulary, columns = np.unique(columns, return_inverse=True)
        weights = weights[vocabulary]
    if not len(weights):  # paragraphs of stop words and signs alone
        weights = np.ones(1, dtype=np.float32)
    rows = np.repeat(np.arange(high - low), units.sizes[low:high])
    terms = np.zeros((high - low, len(weights)), dtype=np.float32)
    terms[rows, columns] = 1
    names = np.zeros_like(terms)
    names[rows, columns] = units.named[inside]
    # A name anywhere nearby is a name in a window.
    measures = np.stack([weights / 100, np.ones_like(weights), names.max(axis=0)], axis=1)
    sums = np.zeros((high - low + 1, len(weights)), dtype=np.float32)
    np.cumsum(terms, axis=0, out=sums[1:])
    before_gap, at_gap = sums[gaps - 1 - low], sums[gaps - low]
    behind_gap = sums[gaps + 1 - low]
    near_left = np.minimum(at_gap - sums[left - low], 1)
    near_right = np.minimum(sums[right - low] - at_gap, 1)
    far_left = np.minimum(before_gap - sums[np.minimum(outer_left, gaps - 1) - low], 1)
    far_right = np.minimum(sums[np.maximum(outer_right, gaps + 1) - low] - behind_gap, 1)
    own, before = terms[gaps - low], terms[gaps - 1 - low]
    own_names, before_names = names[gaps - low], names[gaps - 1 - low]
    both, new = near_left * near_right, own * (1 - near_left)

    def weight(some: Single) -> Floats:
        return np.asarray(some @ measures[:, 0], dtype=np.float64)

    def tally(some: Single) -> Floats:
        return np.asarray(some @ measures[:, 1], dtype=np.float64)

    left_all, right_all, both_all = near_left @ measures, near_right @ measures, both @ measures
    far_left_all, far_right_all = far_left @ measures, far_right @ measures
    has_left, has_right = far_left_all[:, 1] > 0, far_right_all[:, 1] > 0
    w_own, w_before = weight(own) + 0.01, weight(before) + 0.01
    w_left, w_right, shared = left_all[:, 0] + 0.01, right_all[:, 0] + 0.01, both_all[:, 0]
    names_back, count_names = tally(own_names * near_left), tally(own_names)
    less_far = np.minimum(far_left_all[:, 0], far_right_all[:, 0])
    every = (
        weight(own * before) / w_own,
        weight(own * near_left) / w_own,
        names_back / (count_names + 0.5),
        names_back,
        count_names - names_back,
        shared / np.minimum(w_left, w_right),
        shared / np.sqrt(w_left * w_right),
        shared,
        both_all[:, 2],
        both_all[:, 2] / (np.minimum(left_all[:, 2], right_all[:, 2]) + 0.5),
        weight(before * near_right) / w_before,
        tally(before_names * near_right) / (tally(before_names) + 0.5),
        weight(new * far_right) / (weight(new) + 1),
        tally(own_names * new * far_right),
        np.where(has_right, tally(near_left * far_right) / (far_right_all[:, 1] + 1), -0.1),
        np.where(has_left, weight(own * far_left) / w_own, -0.1),
        np.where(has_left, weight(before * far_left) / w_before, -0.1),
        np.where(has_right, weight(own * far_right) / w_own, -0.1),
        np.where(has_left & has_right, weight(far_left * far_right) / (less_far + 1), -0.1),
        np.where(has_right, weight(before * far_right) / w_before, -0.1),
    )
    for column, values in enumerate(every):
        result[:, column] = values
    result[:, -1] = -0.1
    for row, at in enumerate(gaps.tolist()):
        if title := units.titles[at]:
            place = title if vocabulary is None else np.flatnonzero(np.isin(vocabulary, title))
            result[row, -1] = near_left[row, place].sum() / (len(title) + 0.5)
    first = units.first_names[gaps]
    place = np.maximum(first, 0) if vocabulary is None else np.searchsorted(vocabulary, first)
    place = np.minimum(place, len(weights) - 1)
    return np.where(first < 0, 0.5, near_left[np.arange(len(gaps)), place])


def _valley(shared: Floats) -> Floats:
    """How deep the valley of cohesion is at each gap, against the gaps around it and the document's."""
    padded = np.concatenate([np.full(4, -1.0), shared, np.full(4, -1.0)])
    around = np.lib.stride_tricks.sliding_window_view(padded, 9)
    peaks = around[:, :5].max(axis=1) + around[:, 4:].max(axis=1)
    lows = np.where(around[:, 2:7] < 0, 9.0, around[:, 2:7]).min(axis=1)
    ends = np.full(1, -0.1)
    return np.column_stack(
        [
            peaks - 2 * shared,
            np.full(len(shared), shared.mean()),
            shared - np.sort(shared)[len(shared) // 2],
            shared <= lows,
            np.concatenate([ends, shared[:-1]]),
            np.concatenate([shared[1:], ends]),
        ]
    )


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


_WIDE = 3  # an ideograph says as much as three letters
_HUNDREDS = repeat(100.0)
_ZEROS = repeat(0.0)
