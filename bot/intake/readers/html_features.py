"""Features of a page's blocks, for telling the article from what stands around it.

Three kinds, as in Web2Text (Vogels, Ganea and Eickhoff, ECIR 2018): a block by itself (length and link density, after
Kohlschütter, Fankhauser and Nejdl, WSDM 2010), its place in the page and its neighbours, and, instead of a second
network, what others say of it: trafilatura in two modes, and the page's own JSON-LD.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.intake.readers.html_blocks import HINTS, Block
from summarizers.segmentation.furniture import classify_line
from summarizers.segmentation.line_features import SHAPES, read_lines

__all__ = ["FEATURES", "PAGE_WORDS", "VOTES", "Floats", "block_features", "tokens", "vote"]

Floats: TypeAlias = NDArray[np.floating[Any]]

_UNPARTED: Final = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""Scripts that don't part words by blanks, and Hangul, whose words are short."""

_TOKEN = re.compile(rf"[{_UNPARTED}]|[^\W_]+")
_CHARACTER = re.compile(rf"[{_UNPARTED}]")
_STOPPED = re.compile(r"[.!?…。！？।۔؟။]['\"’”»«“)\]」』]*\Z")
_RUN: Final = 4
_RUN_OF_CHARACTERS: Final = 8
"""Words, or characters of scripts that don't part words, that have to follow each other for text to be found again:
shorter runs are found anywhere. By judgement."""

_WINDOW: Final = 3
"""Blocks on each side whose votes count as the neighbourhood. By judgement."""

_TAGS: Final = ("p", "li", "heading", "cell", "quote")
_TAG_OF: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("td", "th", "dd", "dt"), "cell"),
    "p": "p",
    "pre": "p",
    "li": "li",
    "blockquote": "quote",
}

PAGE_WORDS: Final = tuple(
    f"line: {group}" for group in ("related", "comments", "share", "offers", "consent", "more", "ages")
)
"""Features for words by which pages speak of themselves and hardly of the news."""

VOTES: Final = ("precision", "default", "linked data")
"""Texts of the article by others, in the order in which `block_features` takes them."""

FEATURES: Final = (
    *(
        "length",
        "link density",
        "ends in stop",
        "sentences",
        "digits",
        "capitals",
        "boilerplate line",
        "date or byline",
    ),
    *(f"in {tag}" for tag in _TAGS),
    *(f"named {group}" for group in HINTS),
    *("text before", "text in container", "text in section", "length of previous", "length of next"),
    *("links of previous", "links of next", "position", "behind title", "is title", "repeated"),
    *(f"line: {name}" for name in SHAPES),
    *(f"vote of {name}" for name in VOTES),
    *("votes around", "votes in container", "votes in section", "votes before", "votes behind", "has linked data"),
)


def tokens(text: str) -> list[str]:
    """Return the words of a text, in lower case and in one form of Unicode."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def vote(blocks: Sequence[Block], lines: Sequence[Sequence[str]], text: str | None) -> Floats:
    """Return for each block, given as words too, the share of it that stands in a text.

    A run of words counts as often as the text has it, first in the part of the page that has most of the text: quotes
    from the article in a box beside it don't.
    """
    shares = np.zeros(len(lines))
    if not text:
        return shares
    known = tokens(text)
    length = _run_length(known)
    runs = [_runs(line, length) for line in lines]
    left = Counter(_runs(known, length))
    left.update(run for line in text.split("\n") for run in [tuple(tokens(line))] if 0 < len(run) < length)
    first = np.array([float(sum(run in left for run in own)) for own in runs])
    mass = _sum_by(first, [block.section for block in blocks])
    for at in sorted(range(len(lines)), key=lambda at: (-mass[at], at)):
        taken = 0
        for run in runs[at]:
            if left[run] > 0:
                left[run] -= 1
                taken += 1
        shares[at] = taken / max(1, len(runs[at]))
    return shares


def _run_length(words: Sequence[str]) -> int:
    characters = sum(_CHARACTER.match(word) is not None for word in words)
    return _RUN_OF_CHARACTERS if characters * 2 > len(words) else _RUN


def _runs(words: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """Return the runs of that many words in a text; the whole of one that is shorter."""
    return [tuple(words[at : at + length]) for at in range(max(1, len(words) - length + 1))] if words else []


def block_features(blocks: Sequence[Block], votes: Sequence[str | None], title: str | None, language: str) -> Floats:
    """Return a row of `FEATURES` for each block.

    `votes` are the texts of `VOTES`, None where there is none.
    """
    lines = [tokens(block.text) for block in blocks]
    sizes = np.array([float(len(line)) for line in lines])
    lengths = np.log1p(sizes)
    links = np.array([min(1.0, block.links / len(block.text)) for block in blocks])
    shares = [vote(blocks, lines, text) for text in votes]
    agreed = (shares[0] + shares[1]) / 2
    plain = sizes * (1 - links)
    name = tokens(title or "")
    named = np.array([float(bool(name) and line == name) for line in lines])
    where = int(named.argmax()) if named.any() else -1
    first = {tuple(line): at for at, line in reversed(list(enumerate(lines)))}
    repeated = [float(first[tuple(line)] < at) for at, line in enumerate(lines)]
    kinds = [classify_line(block.text) for block in blocks]
    columns = [
        lengths,
        links,
        [float(bool(_STOPPED.search(block.text))) for block in blocks],
        [np.log1p(sum(block.text.count(stop) for stop in ".!?。！？")) for block in blocks],
        [sum(map(str.isdigit, block.text)) / len(block.text) for block in blocks],
        [sum(map(str.isupper, block.text)) / len(block.text) for block in blocks],
        [float(kind in {"boilerplate", "rule", "credit"}) for kind in kinds],
        [float(kind in {"byline", "date"}) for kind in kinds],
        *([float(_TAG_OF.get(block.tag) == tag) for block in blocks] for tag in _TAGS),
        *([float(min(block.hints[group], 3)) for block in blocks] for group in range(len(HINTS))),
        np.log1p(np.cumsum(plain) - plain),
        np.log1p(_sum_by(plain, [block.container for block in blocks])),
        np.log1p(_sum_by(plain, [block.section for block in blocks])),
        _shift(lengths, 1),
        _shift(lengths, -1),
        _shift(links, 1),
        _shift(links, -1),
        np.arange(len(blocks)) / max(1, len(blocks)),
        [float(0 <= where < at) for at in range(len(blocks))],
        named,
        repeated,
        *read_lines(*_in_lines(blocks), language).local[:, : len(SHAPES)].T,
        *shares,
        _around(agreed * sizes, sizes),
        _mean_by(agreed, sizes, [block.container for block in blocks]),
        _mean_by(agreed, sizes, [block.section for block in blocks]),
        np.minimum(1.0, np.cumsum(agreed * sizes) / max(1.0, float((agreed * sizes).sum()))),
        1 - np.cumsum(agreed * sizes) / max(1.0, float((agreed * sizes).sum())),
        np.full(len(blocks), float(bool(votes[2]))),
    ]
    return np.column_stack([np.asarray(column, dtype=float) for column in columns])


def _in_lines(blocks: Sequence[Block]) -> tuple[str, list[tuple[int, int]]]:
    """Return the blocks as lines of one text, and where each stands."""
    lines = [block.text.replace("\n", " ") for block in blocks]
    ends = accumulate(len(line) + 1 for line in lines)
    return "\n".join(lines), [(end - len(line) - 1, end - 1) for line, end in zip(lines, ends, strict=True)]


def _sum_by(values: Floats, groups: Sequence[int]) -> Floats:
    at = np.asarray(groups)
    sums: Floats = np.bincount(at, weights=values)[at]
    return sums


def _mean_by(values: Floats, weights: Floats, groups: Sequence[int]) -> Floats:
    return _sum_by(values * weights, groups) / np.maximum(1.0, _sum_by(weights, groups))


def _shift(values: Floats, by: int) -> Floats:
    moved = np.zeros_like(values)
    if by > 0:
        moved[by:] = values[:-by]
    else:
        moved[:by] = values[-by:]
    return moved


def _around(values: Floats, weights: Floats) -> Floats:
    """Return the mean of a block's neighbours, weighted, without the block itself."""
    both = np.zeros(len(values))
    total = np.zeros(len(values))
    for distance in range(1, min(_WINDOW, len(values) - 1) + 1):
        for by in (distance, -distance):
            both += _shift(values, by)
            total += _shift(weights, by)
    return both / np.maximum(1.0, total)
