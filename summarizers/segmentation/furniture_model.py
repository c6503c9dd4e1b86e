"""Model of furniture: how likely a line is a notice of a page or feed.

A linear model of single lines. Its features are a line's shape and its share of the words that pages use of themselves
(data/page_words.toml), in all languages alike, whether it speaks of the site or to the reader, whether it begins as
notices do (data/furniture.toml), and whether somebody speaks in it: "our newsletter" is furniture where "the newsletter,
read by 9,000 people" is news.

Weights: data/furniture.json, made by training/furniture_lines.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from summarizers.models import LinearModel, read_thresholds
from summarizers.segmentation.line_features import SHAPES, Floats, Span, read_lines, word_groups
from summarizers.text import scripts
from summarizers.text.furniture_words import begins_like_notice, reports_speech, speaks_politely
from summarizers.text.tables import load_table

__all__ = [
    "FEATURES",
    "FurnitureThresholds",
    "furniture_features",
    "is_notice",
    "judge_lines",
    "may_be_notice",
    "speaks_to_reader",
    "thresholds",
]

TABLE = "furniture.json"

_SHAPES = tuple(name for name in SHAPES if name not in {"copies", "menu"})
_TOPICS = ("related", "comments", "share", "offers", "consent", "rights", "more", "ages", "captions")
"""Groups of page words that say what a notice is on."""

FEATURES = (
    *_SHAPES,
    *("topics", "speaks of site", "speaks to reader", "speaks of both", "topics when addressed", "topics when short"),
    *(
        "page words when short",
        "unstopped when short",
        "topics when unstopped",
        "page words squared",
        "digits by topic",
    ),
    *("notices", "notices when addressed", "notices when short", "notices by topic"),
    *(
        "begins like notice",
        "begins so when addressed",
        "begins so without stop",
        "speech",
        "speech behind such a beginning",
        "polite",
        "speech by topic",
        "several begin so",
    ),
)
"""Features of a line, in the order of their columns."""

_SHORT_UNITS = 12.0
"""Units of text after which a line's shortness is down to 1/e: about a short sentence."""

_LONGEST = 260
"""Characters of the longest line that is judged: notices are shorter than most paragraphs."""

_LONGEST_WIDE = 110
"""The same in Chinese, Japanese and Korean, whose characters say more than twice as much."""

_ADDRESSES = frozenset({"house", "reader"})
_GROUPS = _ADDRESSES | set(_TOPICS)
_CASELESS = "\u0900"
"""From here on, words have no spaces or endings that a table could list: Devanagari and the scripts behind it."""

_COLUMN = {name: column for column, name in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class FurnitureThresholds:
    """Logits from which on a line is furniture: behind a story's last paragraph, and elsewhere."""

    behind: float
    within: float


@cache
def _model() -> LinearModel:
    table: dict[str, Any] = load_table(TABLE)
    return LinearModel.from_table(table["bias"], table["weights"], FEATURES)


@cache
def thresholds() -> FurnitureThresholds:
    """Return the logits from which on a line is furniture."""
    return FurnitureThresholds(**read_thresholds(load_table(TABLE)["thresholds"]))


_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？।])")


def furniture_features(lines: Sequence[str], language: str, local: Floats | None = None) -> Floats:
    """Return a row of `FEATURES` for each line, none of them empty.

    `local` has the lines' rows of `LOCAL`, where they are known.
    """
    if local is None:
        local = _read(lines, language)

    def column(name: str) -> Floats:
        return local[:, _COLUMN[name]]

    topics = (local[:, [_COLUMN[name] for name in _TOPICS]] > 0).sum(1)
    of_site, to_reader = column("house") > 0, column("reader") > 0
    short = np.exp(-np.expm1(column("length")) / _SHORT_UNITS)
    unstopped = column("ends in stop") == 0
    words = column("page words")
    notices = np.array([_count_notices(line, language) for line in lines])
    sentences = [
        sum(begins_like_notice(sentence, language) for sentence in _SENTENCE_ENDS.split(line)) for line in lines
    ]
    begins = np.array([count > 0 for count in sentences])
    polite = np.array([speaks_politely(line, language) for line in lines])
    speech = np.array([reports_speech(line, language) for line in lines])
    derived = (
        *(topics, of_site, to_reader, of_site & to_reader, (of_site | to_reader) * topics, topics * short),
        *(words * short, unstopped * short, unstopped * topics, words**2, column("digits") * topics),
        *(notices, (of_site | to_reader) * notices, notices * short, notices * (topics > 0)),
        *(
            begins,
            begins & (of_site | to_reader),
            begins & unstopped,
            speech,
            speech & begins,
            polite,
            speech & (topics > 0),
            np.array(sentences) > 1,
        ),
    )
    return np.column_stack([local[:, [_COLUMN[name] for name in _SHAPES]], *derived])


_MOST_NOTICES = 3
"""Phrases of notices that count: a fourth proves no more."""


def _count_notices(line: str, language: str) -> int:
    """Return how many phrases of notices a line has, up to three."""
    return min(_MOST_NOTICES, len(_notices(language).findall(line.casefold())))


@cache
def _notices(language: str) -> re.Pattern[str]:
    """Phrases of notices; in languages without spaces between words they stand anywhere."""
    table = load_table("page_words.toml")
    phrases = [
        phrase.strip().casefold()
        for name in {"en", language}
        for phrase in table.get(name, {}).get("notices", "").split("|")
    ]
    parts = [
        re.escape(phrase.rstrip("*")) + ("" if phrase.endswith("*") or not phrase[-1].isalpha() else _word_end(phrase))
        for phrase in sorted(filter(None, phrases), key=len, reverse=True)
    ]
    return re.compile(rf"(?<![^\W{scripts.IDEOGRAPHIC}])(?:{'|'.join(parts)})")


def _word_end(phrase: str) -> str:
    """Return what ends a phrase's last word: nothing in scripts without spaces or capitals."""
    return "" if phrase[-1] >= _CASELESS else r"(?!\w)"


def _read(lines: Sequence[str], language: str) -> Floats:
    """Return a row of `LOCAL` for each line."""
    spans: list[Span] = []
    at = 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return read_lines("\n".join(lines), spans, language).local


def judge_lines(lines: Sequence[str], language: str, local: Floats | None = None) -> list[tuple[float, str]]:
    """Return for each line the logit of being furniture, and the reason if it is.

    `local` has the lines' rows of `LOCAL`, where they are known.
    """
    if not lines:
        return []
    rows = furniture_features(lines, language, local)
    model = _model()
    logits = rows @ np.array(model.weights) + model.bias
    return list(zip(logits.tolist(), _reasons(rows), strict=True))


def is_notice(line: str, language: str) -> bool:
    """Return whether a line is a notice more likely than not, wherever it stands."""
    return may_be_notice(line, language) and judge_lines([line], language)[0][0] > 0


def _reasons(rows: Floats) -> list[str]:
    """Return the group of words that each line has most of."""
    groups = rows[:, [FEATURES.index(name) for name in _TOPICS]]
    return [_TOPICS[most] if groups[at, most] else "notice" for at, most in enumerate(groups.argmax(1).tolist())]


def is_short(line: str, language: str) -> bool:
    """Return whether a line is as short as notices are."""
    return len(line) <= (_LONGEST_WIDE if language in {"zh", "ja", "ko"} else _LONGEST)


def may_be_notice(line: str, language: str) -> bool:
    """Return whether a line may be a notice behind a story; few lines of stories may."""
    if not is_short(line, language):
        return False
    groups = word_groups(line, language) & _GROUPS
    return (
        bool(groups - _ADDRESSES)
        or groups == _ADDRESSES
        or begins_like_notice(line, language)
        or _count_notices(line, language) > 0
    )


def speaks_to_reader(line: str, language: str) -> bool:
    """Return whether a line may be a notice within a story, as it speaks to its reader."""
    if not is_short(line, language):
        return False
    if begins_like_notice(line, language):
        return True
    groups = word_groups(line, language) & _GROUPS
    topics = len(groups - _ADDRESSES)
    return topics > 1 or (topics == 1 and bool(groups & _ADDRESSES))
