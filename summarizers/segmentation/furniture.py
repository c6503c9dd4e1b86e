"""Furniture: lines that a page or feed says of itself, judged with what stands around them.

boilerplate.py knows lines by their words; here a linear model judges the rest: notices on newsletters, comments, cookies and
subscriptions, counters, biographies, syndication notes. Its features are a line's shape and its share of the words that
pages use of themselves (data/page_words.toml), in all languages alike, and whether it speaks of the site or to the
reader: "our newsletter" is furniture where "the newsletter, read by 9,000 people" is news. Behind a story less proof is
needed than within it. Feeds' own footers are patterns in data/boilerplate.toml; below a heading such as "Sources" a
list of them ends a document.

Weights: data/furniture.json, made by training/furniture_lines.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any

import numpy as np

from summarizers.models import LinearModel, read_thresholds
from summarizers.segmentation.line_features import LOCAL, Floats, Span, read_lines, word_groups
from summarizers.text import scripts
from summarizers.text.tables import load_table

__all__ = ["FEATURES", "find_furniture", "furniture_features", "is_feed_footer"]

TABLE = "furniture.json"

_SHAPES = tuple(name for name in LOCAL if name not in {"copies", "menu"})
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
)
"""Features of a line, in the order of their columns."""

_SHORT_UNITS = 12.0
"""Units of text after which a line's shortness is down to 1/e: about a short sentence."""

_LONGEST = 260
"""Characters of the longest line that is judged: notices are shorter than most paragraphs."""

_LONGEST_WIDE = 110
"""The same in Chinese, Japanese and Korean, whose characters say more than twice as much."""

_LIST_FROM = 0.4
"""Share of a document behind which a heading such as "Sources" opens a list of them; by judgement."""

_LONGEST_ENTRY = 300
"""Characters of a list's longest entry."""

_TAIL = 2
"""Lines behind a story that are judged at once; more only where these are furniture."""

_ADDRESSES = frozenset({"house", "reader"})
_GROUPS = _ADDRESSES | set(_TOPICS)
_CASELESS = "\u0900"
"""From here on, words have no spaces or endings that a table could list: Devanagari and the scripts behind it."""

_STOPS = frozenset('.!?。！？।؟”"')
_COLUMN = {name: column for column, name in enumerate(LOCAL)}


@dataclass(frozen=True, slots=True)
class _Thresholds:
    """Logits from which on a line is furniture: behind a story's last paragraph, and elsewhere."""

    behind: float
    within: float


@cache
def _model() -> tuple[LinearModel, _Thresholds]:
    table: dict[str, Any] = load_table(TABLE)
    return (
        LinearModel.from_table(table["bias"], table["weights"], FEATURES),
        _Thresholds(**read_thresholds(table["thresholds"])),
    )


def furniture_features(lines: Sequence[str], language: str) -> Floats:
    """Return a row of `FEATURES` for each line, none of them empty."""
    spans: list[Span] = []
    at = 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    local = read_lines("\n".join(lines), spans, language).local

    def column(name: str) -> Floats:
        return local[:, _COLUMN[name]]

    topics = (local[:, [_COLUMN[name] for name in _TOPICS]] > 0).sum(1)
    of_site, to_reader = column("house") > 0, column("reader") > 0
    short = np.exp(-np.expm1(column("length")) / _SHORT_UNITS)
    unstopped = column("ends in stop") == 0
    words = column("page words")
    notices = np.array([_count_notices(line, language) for line in lines])
    derived = (
        *(topics, of_site, to_reader, of_site & to_reader, (of_site | to_reader) * topics, topics * short),
        *(words * short, unstopped * short, unstopped * topics, words**2, column("digits") * topics),
        *(notices, (of_site | to_reader) * notices, notices * short, notices * (topics > 0)),
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


def find_furniture(lines: Sequence[str], is_text: Sequence[bool], language: str) -> dict[int, str]:
    """Return the lines of a document that are furniture, each with the reason.

    `is_text` marks those that are nothing else so far; only these are judged. A reason is a group of
    data/page_words.toml, `notice`, `feed` for a feed's footer, or `sources`. A document keeps at least one line.
    """
    texts = [at for at, text in enumerate(is_text) if text]
    if len(texts) < 2:
        return {}
    found = _source_list(lines, texts)
    behind = [at for at in texts if at not in found]
    while len(behind) > 1 and is_feed_footer(lines[behind[-1]]):
        found[behind.pop()] = "feed"
    limits = _model()[1]
    judged: dict[int, tuple[float, str]] = {}
    while len(behind) > 1:
        tail = behind[-_TAIL:]
        # the whole story is judged with its last lines, since most of the time goes by calls and not by lines
        candidates = [at for at in tail if at not in judged and _has_page_words(lines[at], language)]
        if not judged:
            inner = (
                at
                for at in behind[:-_TAIL]
                if not _heads(lines, is_text, at) and _addresses_reader(lines[at], language)
            )
            candidates = [*inner, *candidates]
        judged |= _judge(lines, candidates, language)
        notices = {at: judged[at][1] for at in tail if at in judged and judged[at][0] > limits.behind}
        count = len(list(takewhile(notices.__contains__, reversed(tail))))
        found |= {at: notices[at] for at in tail[len(tail) - count :]}
        del behind[len(behind) - count :]
        if count < len(tail):
            break
    found |= {at: reason for at, (logit, reason) in judged.items() if logit > limits.within}
    return found if len(found) < len(texts) else {}


def _judge(lines: Sequence[str], candidates: Sequence[int], language: str) -> dict[int, tuple[float, str]]:
    """Return the logit of some lines to be furniture, and the reason if they are."""
    if not candidates:
        return {}
    rows = furniture_features([lines[at] for at in candidates], language)
    model, _limits = _model()
    logits = rows @ np.array(model.weights) + model.bias
    return dict(zip(candidates, zip(logits.tolist(), _reasons(rows), strict=True), strict=True))


def _has_page_words(line: str, language: str) -> bool:
    """Return whether a line may be a notice behind a story."""
    if len(line) > (_LONGEST_WIDE if language in {"zh", "ja", "ko"} else _LONGEST):
        return False
    groups = word_groups(line, language) & _GROUPS
    return bool(groups - _ADDRESSES) or groups == _ADDRESSES or _count_notices(line, language) > 0


def _heads(lines: Sequence[str], is_text: Sequence[bool], at: int) -> bool:
    """Return whether a line may be the headline of the text below it."""
    return (
        lines[at][-1:] not in _STOPS and at + 1 < len(lines) and is_text[at + 1] and len(lines[at + 1]) > len(lines[at])
    )


def _addresses_reader(line: str, language: str) -> bool:
    """Return whether a line may be a notice within a story: it speaks to its reader of a topic."""
    if len(line) > (_LONGEST_WIDE if language in {"zh", "ja", "ko"} else _LONGEST):
        return False
    groups = word_groups(line, language) & _GROUPS
    topics = len(groups - _ADDRESSES)
    return topics > 1 or (topics == 1 and bool(groups & _ADDRESSES))


def _reasons(rows: Floats) -> list[str]:
    """Return the group of words that each line has most of."""
    groups = rows[:, [FEATURES.index(name) for name in _TOPICS]]
    return [_TOPICS[most] if groups[at, most] else "notice" for at, most in enumerate(groups.argmax(1).tolist())]


# Footers and lists


@cache
def _footers() -> re.Pattern[str]:
    """Feeds' footers: a star in the table stands for any words."""
    patterns = load_table("boilerplate.toml")["feed"]["patterns"]
    return re.compile(
        "|".join(r".{1,160}?".join(map(re.escape, pattern.split("*"))) for pattern in patterns), re.IGNORECASE
    )


def is_feed_footer(line: str) -> bool:
    """Return whether a line is what a blog's or aggregator's feed puts below its texts."""
    return len(line) <= _LONGEST and _footers().fullmatch(line.strip(" .。।\u200b")) is not None


def _source_list(lines: Sequence[str], texts: Sequence[int]) -> dict[int, str]:
    """Return a heading such as "Sources" and the entries below it, if they end the document."""
    heads = _list_heads()
    for place, at in enumerate(texts):
        bare = lines[at].strip(" #*=:：—–-").casefold()
        if bare in heads and place >= len(texts) * _LIST_FROM:
            below = texts[place + 1 :]
            if below and all(len(lines[entry]) <= _LONGEST_ENTRY for entry in below):
                return dict.fromkeys(texts[place:], "sources")
    return {}


@cache
def _list_heads() -> frozenset[str]:
    return frozenset(load_table("boilerplate.toml")["feed"]["list_heads"])
