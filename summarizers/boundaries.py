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
from itertools import repeat
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
    "starts",
    "weigh",
]

Floats = NDArray[np.float64]

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
    "lead",
)
FEATURES = (*_COHESION, *_VALLEY, *_FORM)
AGAIN = (*FEATURES, "first judgement", "first judgement of gap before", "first judgement of gap behind")

# A node: feature's index, threshold, the node for at most that, the node for more. A leaf: its value alone.
Node = tuple[int, float, int, int] | tuple[float]


@dataclass(frozen=True)
class Model:
    """Weights of the first judgement, trees of the second, and words: how common, how much they speak for a lead.

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
            entry["common"],
            tuple(entry["lead"]),
        )
        for name, entry in table["models"].items()
    }


def model_for(language: str) -> Model:
    """The weights for a language: English has its own."""
    models = _models()
    return models.get(language, models["any"])


def starts(text: str, paragraphs: Sequence[Paragraph], language: str) -> list[int]:
    """The paragraphs other than the first that begin a story, ascending. Linear time, equal on every run."""
    if len(paragraphs) < 2:
        return []
    scores = chances(text, paragraphs, language, model_for(language))
    return [number for number, score in enumerate(scores, 1) if score > 0]


def chances(text: str, paragraphs: Sequence[Paragraph], language: str, model: Model) -> list[float]:
    """For each gap the logarithm of the odds that a story begins behind it."""
    units = read_units(text, paragraphs, language, model)
    described = describe(units)
    first = described @ model.first + model.first_bias
    judged: list[float] = first.tolist()
    if first.max() < _DOUBT:
        return judged
    rows = describe_again(units, described, first)
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

    A term is a word's beginning as a number that indexes `weights`.
    """

    terms: list[list[int]]
    names: list[list[int]]
    titles: list[list[int]]
    weights: Floats
    form: Floats


_TERM = re.compile(r"[^\W_]{2,}")
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


class _Numbers(dict[str, int]):
    """A document's words as numbers, given when a word is first asked for; -1 for a stop word.

    Words of one beginning share a number. `small` are those that stand somewhere with a small letter.
    """

    def __init__(self, language: str, common: dict[str, float]) -> None:
        super().__init__()
        self.weights: list[float] = []
        self.small: set[int] = set()
        self._of_key: dict[str, int] = {}
        self._stop = stopwords(language)
        self._common = common
        self._language = language

    def __missing__(self, word: str) -> int:
        low = word.lower()
        if low in self._stop:
            self[word] = -1
            return -1
        key = key_of(low, self._language)
        number = self._of_key.get(key)
        if number is None:
            number = self._of_key[key] = len(self.weights)
            self.weights.append(self._common.get(key, 1.0))
        if low == word and not low[0].isdigit():
            self.small.add(number)
        self[word] = number
        return number


def read_units(text: str, paragraphs: Sequence[Paragraph], language: str, model: Model) -> Units:
    """Read each paragraph's terms and form once; `describe` compares them."""
    numbers = _Numbers(language, model.common)
    # Judged by the whole document: overlapping pairs in one paragraph and words in another would not meet.
    split: Callable[[str], list[str]] = _TERM.findall
    if language in {"zh", "ja"} or (not text.isascii() and _EAST.search(text)):
        split = partial(words_of, language=language)
    pieces = [text[paragraph.start : paragraph.end] for paragraph in paragraphs]
    terms, capitals, titles = [], [], []
    for piece, paragraph in zip(pieces, paragraphs, strict=True):
        once = dict.fromkeys(split(piece))
        found = dict.fromkeys([numbers[word] for word in once])
        found.pop(-1, None)
        terms.append(list(found))
        # Figures and capitals of ASCII sort before "[".
        capitals.append([numbers[word] for word in once if (word < "[" and len(word) > 2) or word[0].isupper()])
        titles.append(
            [number for word in split(text[slice(*paragraph.titles[0])]) if (number := numbers[word]) >= 0]
            if paragraph.titles
            else []
        )
    small = numbers.small
    names = [list(dict.fromkeys(number for number in some if number >= 0 and number not in small)) for some in capitals]
    form = _form(text, paragraphs, pieces, language, model)
    return Units(terms, names, titles, np.array(numbers.weights), form)


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


def _form(text: str, paragraphs: Sequence[Paragraph], pieces: Sequence[str], language: str, model: Model) -> Floats:
    """What a gap looks like apart from shared words, a row for each gap; `first name is known` is filled in later."""
    count = len(pieces)
    lengths = [log(len(piece) + 1) for piece in pieces]
    median = sorted(lengths)[count // 2]
    datelines = [dateline_at(piece) is not None for piece in pieces]
    labels = [label.text if (label := kicker_at(piece)) else "" for piece in pieces]
    # A label that comes again is a speaker in a conversation.
    times = Counter(labels)
    rate_of_titles = sum(bool(paragraph.titles) for paragraph in paragraphs) / count
    rate_of_datelines = sum(datelines) / count
    scores = [lead_score(piece, model) for piece in pieces] if model.lead[0] else [0.0] * count
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
                scores[at],
            )
        )
    return np.array(rows, dtype=np.float64)


# Gaps


def describe(units: Units, bounds: Sequence[int] = ()) -> Floats:
    """A row of `FEATURES` for each gap. No window reaches over a paragraph in `bounds`, save at that gap itself."""
    count = len(units.terms)
    sizes = np.array([len(terms) for terms in units.terms])
    reached = np.concatenate([[0], np.cumsum(sizes)])
    place = np.arange(count + 1)
    # For each paragraph the boundary at or before it, and the one behind it.
    marks = np.zeros(count + 1, dtype=np.int64)
    marks[list(bounds)] = list(bounds)
    bound_before = np.maximum.accumulate(marks)
    later = np.full(count + 1, count, dtype=np.int64)
    later[list(bounds)] = list(bounds)
    bound_behind = np.minimum.accumulate(later[::-1])[::-1]

    def window_before(end: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the window begins whose last paragraph is the one before `end`."""
        filled = np.searchsorted(reached[1:], reached[end] - _WINDOW, side="right")
        return np.maximum.reduce([filled, end - _REACH, bound_before[np.maximum(end - 1, 0)], np.zeros_like(end)])

    def window_behind(start: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the window ends whose first paragraph is `start`."""
        filled = np.searchsorted(reached, reached[start] + _WINDOW, side="left")
        return np.minimum.reduce(
            [filled, start + _REACH, bound_behind[np.minimum(start + 1, count)], np.full_like(start, count)]
        )

    gaps = place[1:count]
    left = window_before(gaps)
    # The windows without the two paragraphs at the gap are empty where a boundary stands right behind these.
    further_left = np.where(bound_before[gaps - 1] == gaps - 1, gaps - 1, window_before(gaps - 1))
    right = window_behind(gaps)
    further_right = np.where(bound_behind[gaps + 1] == gaps + 1, gaps + 1, window_behind(np.minimum(gaps + 1, count)))
    rows, known = [], []
    for begin in range(0, count - 1, _CHUNK):
        part = slice(begin, min(begin + _CHUNK, count - 1))
        cohesion, first_known = _cohesion(
            units, gaps[part], left[part], further_left[part], right[part], further_right[part]
        )
        rows.append(cohesion)
        known.append(first_known)
    cohesion = np.concatenate(rows)
    form = units.form.copy()
    form[:, _FORM.index("first name is known")] = np.concatenate(known)
    return np.column_stack([cohesion, _valley(cohesion[:, _COHESION.index("windows share, cosine")]), form])


def _cohesion(
    units: Units,
    gaps: NDArray[np.int64],
    left: NDArray[np.int64],
    further_left: NDArray[np.int64],
    right: NDArray[np.int64],
    further_right: NDArray[np.int64],
) -> tuple[Floats, Floats]:
    """How the words around some neighbouring gaps hold together: rows of `_COHESION`; and the first name's being known."""
    low = int(min(left.min(), further_left.min()))
    high = int(max(right.max(), further_right.max(), gaps[-1] + 1))
    inside = high - low
    every = np.array([number for terms in units.terms[low:high] for number in terms], dtype=np.int64)
    if inside == len(units.terms):
        vocabulary, every_column = np.arange(len(units.weights)), every
    else:
        vocabulary, every_column = np.unique(every, return_inverse=True)
    weights = units.weights[vocabulary]

    def table(columns: NDArray[np.int64], lists: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Which paragraph has which term."""
        found = np.zeros((inside, len(vocabulary)), dtype=np.float32)
        found[np.repeat(np.arange(len(lists)), [len(some) for some in lists]), columns] = 1
        return found

    terms = table(every_column, units.terms[low:high])
    names_inside = units.names[low:high]
    name_columns = np.searchsorted(vocabulary, [number for some in names_inside for number in some])
    names = table(name_columns, names_inside)
    sums = np.zeros((inside + 1, len(vocabulary)), dtype=np.float32)
    np.cumsum(terms, axis=0, out=sums[1:])

    def window(start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.float32]:
        """Which terms occur from one paragraph to before another; exact, as counts are whole numbers."""
        return (sums[end - low] - sums[start - low] > 0).astype(np.float32)

    own, before = terms[gaps - low], terms[gaps - 1 - low]
    own_names, before_names = names[gaps - low], names[gaps - 1 - low]
    near_left, near_right = window(left, gaps), window(gaps, right)
    outer_left, outer_right = window(further_left, gaps - 1), window(gaps + 1, further_right)
    # A name anywhere nearby is a name in a window.
    named = names.max(axis=0) if len(vocabulary) else np.zeros(0, dtype=np.float32)

    def weight(some: NDArray[np.float32]) -> Floats:
        return np.asarray(some @ weights, dtype=np.float64)

    def tally(some: NDArray[np.float32]) -> Floats:
        return np.asarray(some.sum(axis=1), dtype=np.float64)

    has_left, has_right = tally(outer_left) > 0, tally(outer_right) > 0
    w_own, w_before, w_left, w_right = (
        weight(own) + 0.01,
        weight(before) + 0.01,
        weight(near_left) + 0.01,
        weight(near_right) + 0.01,
    )
    both = near_left * near_right
    shared = weight(both)
    new, new_names = own * (1 - near_left), own_names * (1 - near_left)
    names_back, count_names = tally(own_names * near_left), tally(own_names)
    left_names, right_names, both_names = tally(near_left * named), tally(near_right * named), tally(both * named)
    columns = [
        weight(own * before) / w_own,
        weight(own * near_left) / w_own,
        names_back / (count_names + 0.5),
        names_back,
        tally(new_names),
        shared / np.minimum(w_left, w_right),
        shared / np.sqrt(w_left * w_right),
        shared,
        both_names,
        both_names / (np.minimum(left_names, right_names) + 0.5),
        weight(before * near_right) / w_before,
        tally(before_names * near_right) / (tally(before_names) + 0.5),
        weight(new * outer_right) / (weight(new) + 1),
        tally(new_names * outer_right),
        np.where(has_right, tally(near_left * outer_right) / (tally(outer_right) + 1), -0.1),
        np.where(has_left, weight(own * outer_left) / w_own, -0.1),
        np.where(has_left, weight(before * outer_left) / w_before, -0.1),
        np.where(has_right, weight(own * outer_right) / w_own, -0.1),
        np.where(
            has_left & has_right,
            weight(outer_left * outer_right) / (np.minimum(weight(outer_left), weight(outer_right)) + 1),
            -0.1,
        ),
        np.where(has_right, weight(before * outer_right) / w_before, -0.1),
    ]
    known_titles = np.full(len(gaps), -0.1)
    known = np.full(len(gaps), 0.5)
    for row, at in enumerate(gaps.tolist()):
        if units.names[at]:
            known[row] = near_left[row, np.searchsorted(vocabulary, units.names[at][0])]
        if units.titles[at]:
            column = np.searchsorted(vocabulary, units.titles[at])
            column = column[column < len(vocabulary)]
            column = column[np.isin(vocabulary[column], units.titles[at])]
            known_titles[row] = near_left[row, column].sum() / (len(units.titles[at]) + 0.5)
    columns.append(known_titles)
    return np.column_stack(columns), known


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


def describe_again(units: Units, described: Floats, first: Floats) -> Floats:
    """A row of `AGAIN` for each gap: windows end at the boundaries that the first judgement found.

    `described` are the rows that it judged, kept where it found none.
    """
    bounds = [number for number, score in enumerate(first.tolist(), 1) if score > 0]
    ends = np.full(1, -5.0)
    around = np.clip(first, -12, 12)
    return np.column_stack(
        [
            describe(units, bounds) if bounds else described,
            around,
            np.concatenate([ends, around[:-1]]),
            np.concatenate([around[1:], ends]),
        ]
    )


_ZEROS = repeat(0.0)
