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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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
    "lead_signs",
    "model_for",
    "read_units",
    "starts",
]

Floats = NDArray[np.float64]

_DATA = Path(__file__).parent / "data" / "boundaries.json"
_WINDOW = 90  # terms: about six sentences of agency copy, or one teaser
_REACH = 8  # paragraphs
_CHUNK = 48  # gaps that are judged at once: memory and time stay linear in the document's length
_DOUBT = -3.0  # a gap whose logit is above this is worth a second look

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
    "title shared with window behind",
)
_VALLEY = ("depth", "mean of document", "below median", "lowest nearby", "gap before", "gap behind")
_FORM = (
    "leans back",
    "small letter",
    "quotation",
    "first name is known",
    "one before is cut",
    "one before is unstopped",
    "one before ends in quotation",
    "dateline",
    "kicker",
    "title",
    "title in capitals",
    "title length",
    "byline",
    "date",
    "credit before",
    "length",
    "length before",
    "length behind",
    "length to median",
    "length before to median",
    "median length",
    "rate of datelines",
    "rate of kickers",
    "rate of titles",
    "paragraphs",
    "last",
    "full names",
    "first sentence",
    "lead",
)
FEATURES = (*_COHESION, *_VALLEY, *_FORM)
AGAIN = (*FEATURES, "first judgement", "first judgement of gap before", "first judgement of gap behind")


@dataclass(frozen=True)
class Model:
    """Weights of the two judgements, and of words: how common they are, how much they speak for a lead."""

    first: Floats
    first_bias: float
    again: Floats
    again_bias: float
    common: dict[str, float]
    lead: dict[str, float]


@cache
def _models() -> dict[str, Model]:
    table = json.loads(_DATA.read_text("utf-8"))
    found = {}
    for name, entry in table["models"].items():
        first, again = entry["first"], entry["again"]
        found[name] = Model(
            np.array([first[feature] for feature in FEATURES]),
            first["bias"],
            np.array([again[feature] for feature in AGAIN]),
            again["bias"],
            entry.get("common", {}),
            entry.get("lead", {}),
        )
    return found


def model_for(language: str) -> Model:
    """The weights for a language: English has its own."""
    models = _models()
    return models.get(language, models["any"])


def starts(text: str, paragraphs: Sequence[Paragraph], language: str) -> list[int]:
    """The paragraphs other than the first that begin a story, ascending. Linear time, equal on every run."""
    if len(paragraphs) < 2:
        return []
    scores = chances(text, paragraphs, language, model_for(language))
    return [number for number, score in enumerate(scores.tolist(), 1) if score > 0]


def chances(text: str, paragraphs: Sequence[Paragraph], language: str, model: Model) -> Floats:
    """For each gap the logarithm of the odds that a story begins behind it."""
    units = read_units(text, paragraphs, language, model)
    first = describe(units) @ model.first + model.first_bias
    if first.max() < _DOUBT:
        return first
    bounds = [number for number, score in enumerate(first.tolist(), 1) if score > 0]
    return describe_again(units, bounds, first) @ model.again + model.again_bias


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
_SIGN = re.compile(r"[^\W\d_]+|\d[\d,.]*|[£$€“\"]")
_FULL_NAME = re.compile(r"[^\W\d_a-z][a-zà-ÿ]+(?: [A-Z]\.)? [^\W\d_a-z][\w’'-]+")
_QUOTES = frozenset("\"“‘'«„「『‹”»")


def key_of(word: str, language: str) -> str:
    """What of a casefolded word is compared: its beginning, so that most inflected forms agree."""
    if language == "en":
        return word.rstrip("s")[:7] if len(word) > 3 else word
    return word[:6]


def read_units(text: str, paragraphs: Sequence[Paragraph], language: str, model: Model) -> Units:
    """Read each paragraph's terms and form once; `describe` compares them."""
    stop = stopwords(language)
    east = language in {"zh", "ja"} or _EAST.search(text) is not None
    number_of: dict[str, int] = {}  # of a key
    known: dict[str, int] = {}  # of a word as it is written; -1 for a stop word
    small: set[int] = set()  # terms that are written with a small letter somewhere
    weights: list[float] = []
    common = model.common

    def numbers(piece: str) -> tuple[list[int], list[int]]:
        """The terms of a text, and those of its words that begin with a capital or are long figures."""
        found: dict[int, None] = {}
        capital: dict[int, None] = {}
        for word in words_of(piece, language) if east else _TERM.findall(piece):
            number = known.get(word)
            if number is None:
                low = word.lower()
                if low in stop:
                    known[word] = -1
                    continue
                key = key_of(low, language)
                number = number_of.setdefault(key, len(weights))
                if number == len(weights):
                    weights.append(common.get(key, 1.0))
                known[word] = number
                if low == word and not word[0].isdigit():
                    small.add(number)
            if number >= 0:
                found[number] = None
                if word[0].isupper() or (len(word) > 2 and word[0].isdigit()):
                    capital[number] = None
        return list(found), list(capital)

    pieces = [text[paragraph.start : paragraph.end] for paragraph in paragraphs]
    read = [numbers(piece) for piece in pieces]
    titles = [
        numbers(text[paragraph.titles[0][0] : paragraph.titles[-1][1]])[0] if paragraph.titles else []
        for paragraph in paragraphs
    ]
    names = [[number for number in capital if number not in small] for _, capital in read]
    form = _form(text, paragraphs, pieces, names, language, model)
    return Units([terms for terms, _ in read], names, titles, np.array(weights), form)


def lead_signs(piece: str) -> Iterator[str]:
    """What a paragraph's first sentence consists of, as the lead model counts it: words, figures, marks."""
    stop = _STOP.search(piece, 20, 400)
    for at, sign in enumerate(_SIGN.findall(piece, 0, min(stop.start() if stop else 240, 240))):
        word = f"#{min(len(sign), 5)}" if sign[0].isdigit() else sign.lower()
        yield word
        if at < 6:
            yield "^" + word
            if at == 0:
                yield "^^" + word


def _form(
    text: str,
    paragraphs: Sequence[Paragraph],
    pieces: Sequence[str],
    names: Sequence[Sequence[int]],
    language: str,
    model: Model,
) -> Floats:
    """What a gap looks like apart from shared words, a row for each gap; `first name is known` is filled in later."""
    count = len(pieces)
    lengths = [len(piece) for piece in pieces]
    median = sorted(lengths)[count // 2]
    datelines = [dateline_at(piece) is not None for piece in pieces]
    kickers = [kicker_at(piece) is not None for piece in pieces]
    titled = sum(bool(paragraph.titles) for paragraph in paragraphs) / count
    shared = (
        log(median + 1), sum(datelines) / count, sum(kickers) / count, titled, log(count),
    )  # fmt: skip
    rows = []
    for at in range(1, count):
        paragraph, piece, before = paragraphs[at], pieces[at], pieces[at - 1]
        opening = piece[:1]
        letter = piece.lstrip("\"“‘'([«„ ")[:1]
        close = before[-1]
        how = "stop" if close == "." and before[-2:-1].islower() else ending(before[-300:], language)
        title = text[slice(*paragraph.titles[0])] if paragraph.titles else ""
        stop = _STOP.search(piece, 20, 400)
        first_sentence = stop.start() if stop else min(len(piece), 400)
        rows.append(
            (
                leans_on_previous(piece[:140], language),
                letter.islower(),
                opening in _QUOTES,
                0.0,
                how == "cut" or before.endswith(("…", "...")),
                how == "unstopped",
                close in "\"”’'»",
                datelines[at],
                kickers[at],
                bool(title),
                title.isupper(),
                len(title) / 100,
                bool(paragraph.bylines),
                bool(paragraph.dates),
                bool(paragraphs[at - 1].credits),
                log(lengths[at] + 1),
                log(lengths[at - 1] + 1),
                log(lengths[at + 1] + 1) if at + 1 < count else 0.0,
                log((lengths[at] + 1) / (median + 1)),
                log((lengths[at - 1] + 1) / (median + 1)),
                *shared,
                at == count - 1,
                min(3, len(_FULL_NAME.findall(piece, 0, first_sentence))),
                first_sentence / 100,
                sum(map(model.lead.get, lead_signs(piece), _ZEROS)) if model.lead else 0.0,
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
    inside = range(low, high)
    every = np.array([number for at in inside for number in units.terms[at]], dtype=np.int64)
    vocabulary = np.unique(every)
    weights = units.weights[vocabulary] if len(vocabulary) else np.zeros(0)

    def table(lists: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Which paragraph has which term."""
        found = np.zeros((len(inside), len(vocabulary)), dtype=np.float32)
        for row, at in enumerate(inside):
            if lists[at]:
                columns = np.searchsorted(vocabulary, lists[at])
                if lists is units.titles:
                    columns = columns[columns < len(vocabulary)]
                    columns = columns[np.isin(vocabulary[columns], lists[at])]
                found[row, columns] = 1
        return found

    terms, names = table(units.terms), table(units.names)
    sums = np.zeros((len(inside) + 1, len(vocabulary)), dtype=np.float32)
    np.cumsum(terms, axis=0, out=sums[1:])

    def window(start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.float32]:
        """Which terms occur from one paragraph to before another; exact, as counts are whole numbers."""
        return (sums[end - low] - sums[start - low] > 0).astype(np.float32)

    own, before = terms[gaps - low], terms[gaps - 1 - low]
    own_names, before_names = names[gaps - low], names[gaps - 1 - low]
    near_left, near_right = window(left, gaps), window(gaps, right)
    outer_left, outer_right = window(further_left, gaps - 1), window(gaps + 1, further_right)
    # A name anywhere nearby is a name in a window.
    named = (names.max(axis=0) if len(names) else np.zeros(len(vocabulary))).astype(np.float32)

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
    if any(units.titles[at] for at in inside):
        titles = table(units.titles)[gaps - low]
        counts = np.array([len(units.titles[at]) for at in gaps], dtype=np.float64)
        columns += [
            np.where(counts > 0, tally(titles * near_left) / (counts + 0.5), -0.1),
            np.where(counts > 0, tally(titles * near_right) / (counts + 0.5), -0.1),
        ]
    else:
        columns += [np.full(len(gaps), -0.1)] * 2
    known = np.full(len(gaps), 0.5)
    for row, at in enumerate(gaps.tolist()):
        if units.names[at]:
            known[row] = near_left[row, np.searchsorted(vocabulary, units.names[at][0])]
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


def describe_again(units: Units, bounds: Sequence[int], first: Floats) -> Floats:
    """A row of `AGAIN` for each gap: windows end at `bounds`, and what was thought first is known."""
    ends = np.full(1, -5.0)
    around = np.clip(first, -12, 12)
    return np.column_stack(
        [describe(units, bounds), around, np.concatenate([ends, around[:-1]]), np.concatenate([around[1:], ends])]
    )


_ZEROS = repeat(0.0)
