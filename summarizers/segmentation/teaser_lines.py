"""Lines that close or open a teaser: "Read more", "2 hours ago", in any language.

Both are matched as whole lines, with the phrases of data/page_words.toml in all its languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from summarizers.text.tables import load_table

__all__ = ["TeaserMark", "find_trailing_link", "read_teaser_mark", "tells_time"]

TeaserMark = Literal["link", "age"]
"""`link`: a link to the rest of the text above. `age`: how long ago the text below or above came out."""

_LONGEST_MARK = 45
"""Characters of the longest line of that kind: "Last updated 12 minutes ago · 4 min read"."""

_REMEMBERED = 4096
"""Short lines that are remembered: menus repeat theirs, on a page and from page to page."""

_AROUND = " \t\u00a0>»›→▶►•·|-–—*_[]()#:.…!<+"


def read_teaser_mark(line: str) -> TeaserMark | None:
    """Return what a whole line says of a teaser, None for any other line."""
    return _mark(line) if len(line) <= _LONGEST_MARK else None


@lru_cache(maxsize=_REMEMBERED)
def _mark(line: str) -> TeaserMark | None:
    bare = line.strip(_AROUND).casefold()
    if bare in _links():
        return "link"
    ages, ago = _ages()
    return "age" if bare and ages.fullmatch(bare) and ago.search(bare) else None


def tells_time(line: str) -> bool:
    """Return whether a whole line tells an age or a reading time: "Reading time: 2 minutes"."""
    return len(line) <= _LONGEST_MARK and _is_time(line)


@lru_cache(maxsize=_REMEMBERED)
def _is_time(line: str) -> bool:
    bare = line.strip(_AROUND).casefold()
    return bool(bare) and _ages()[0].fullmatch(bare) is not None


@cache
def _links() -> frozenset[str]:
    """Return the links to the rest of a text, casefolded."""
    return frozenset(phrase for table in _languages() for phrase in _phrases(table.get("more", "")))


@cache
def _ages() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a line of ages is made of, and what at least one of its parts is."""
    table = load_table("page_words.toml")["ago"]
    ago = sorted({phrase for words in table.values() for phrase in _phrases(words)}, key=len, reverse=True)
    said = {phrase for each in _languages() for phrase in _phrases(each.get("ages", ""))}
    parts = sorted({*ago, *said}, key=len, reverse=True)
    unit = r"\d+\s?(?:h|hr|hrs|hours?|min|mins|m|d|days?|w|weeks?|months?|std|ч|д)\b"
    whole = rf"(?:{unit}|\d+|(?:{'|'.join(map(_pattern, parts))})(?![^\W\d_])|[\s·•|,.:–—-])+"
    some = rf"(?:(?<![^\W\d_])(?:{'|'.join(map(_pattern, ago))})(?![^\W\d_])|\A\d+\s?[hdw]\Z)"
    return re.compile(whole), re.compile(some)


def _languages() -> Iterable[dict[str, str]]:
    return (words for name, words in load_table("page_words.toml").items() if name != "ago")


def _phrases(words: str) -> list[str]:
    return [phrase for entry in words.casefold().split("|") if (phrase := entry.strip())]


def _pattern(phrase: str) -> str:
    return re.escape(phrase.removesuffix("*")) + (r"[^\W\d_]*" if phrase.endswith("*") else "")


# Links behind a text

_LINK_TAIL = 60
"""Characters at a line's end that may hold a link to the rest of a text."""


@cache
def _trailing_links() -> frozenset[str]:
    """Return links to the rest of a text that may stand behind a sentence."""
    return frozenset(
        phrase.strip()
        for name, table in load_table("page_words.toml").items()
        for phrase in table.get("more", "").split("|")
        if " " in phrase.strip() or (name in _UNSPACED and len(phrase.strip()) >= _SHORTEST_UNSPACED_LINK)
    )


@cache
def _trailing_link() -> re.Pattern[str]:
    """A link to the rest of a text behind a sentence: "Read more »"."""
    phrases = sorted(_trailing_links(), key=len, reverse=True)
    return re.compile(
        rf"(?<=[.!?…。！？।\])”\"’»」』])[\s(\[]*(?:{'|'.join(map(re.escape, phrases))})[\s{_BEHIND_LINK}]*\Z",
        re.IGNORECASE,
    )


_BEHIND_LINK = r".…:»›>→)\]"
_AROUND_LINK = " \t\u00a0\u3000.…:»›>→)]"
"""Signs behind such a link, as a class of a pattern and for stripping."""

_LINK_END = 3
"""Last characters of a link, in which nearly all lines differ from every link."""


@cache
def _link_ends() -> frozenset[str]:
    return frozenset(phrase.rstrip(_AROUND_LINK)[-_LINK_END:].lower() for phrase in _trailing_links())


_UNSPACED = frozenset({"zh", "ja", "ko"})
_SHORTEST_UNSPACED_LINK = 4
"""Characters of such a link in scripts where one word may be part of another."""


def find_trailing_link(line: str) -> int | None:
    """Return where a closing link to the rest of a text begins ("… Read more"), or None."""
    if line[-1:] in _SENTENCE_STOPS or line.rstrip(_AROUND_LINK)[-_LINK_END:].lower() not in _link_ends():
        return None
    match = _trailing_link().search(line, max(0, len(line) - _LINK_TAIL))
    return match.start() if match and match.start() else None


_SENTENCE_STOPS = frozenset('!?。！？।"”’»')
