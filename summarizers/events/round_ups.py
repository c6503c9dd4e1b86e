"""Recognition of texts that mention several happenings: round-ups, live blogs, interviews.

They are told by their form: what the headline calls them, lists of times or points, paragraphs that share no words, and
length. Such a text would draw together all that it mentions. Words: data/round_ups.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import cache

from summarizers.text.dates import calendar
from summarizers.text.scripts import HANGUL, UNSPACED
from summarizers.text.sentences import sentences
from summarizers.text.stems import prefix_stems_of_all, stopword_prefixes
from summarizers.text.tables import load_table

__all__ = ["is_round_up"]

# By judgement, and checked: of the development rows of ECB+ and Wikinews, single reports all, none has more than 0.37 of
# its paragraphs alone.

_LEAST_UNITS, _MANY_UNITS = 3, 6
"""Paragraphs or sentences from which on their cohesion says something, and from which on it decides alone."""

_MAX_UNITS = 40
"""Paragraphs that are compared."""

_LONE_CERTAIN, _LONE_POSSIBLE, _LONE_ALONE = 0.5, 0.75, 0.6
"""Share of paragraphs that share no word with any other, from which on a text is a round-up: below a headline that says
so, below one that may, and below any other where there are many."""

_LONG_CHARACTERS = 6000
"""Characters from which on a text is a review if its headline may name one or names a month of a year: four times an
average report."""

_LIST_ENTRIES = 3
"""Times or points at the start of paragraphs that make a list."""

_SHARED_PAIRS = 3
"""Pairs of characters that two sentences without spaces share by more than chance."""

_LEAST_CHARACTERS = 12
"""Characters of a line that can be a paragraph: shorter ones are labels."""

_ENTRY = re.compile(r"\s*(?:\d{1,2}[:.h]\d\d\b|[-•*·▪–]\s|\d{1,2}[.)]\s)")
_NO_SPACES = re.compile(f"[{UNSPACED}]")
_ROOT_LETTERS = 5
"""Letters by which words of one root are matched, as in the features of events."""


def is_round_up(headline: str, body: str, language: str, places: Set[str] = frozenset()) -> bool:
    """Return whether a text mentions several happenings by its form.

    `places` are terms that its paragraphs may share all the same.
    """
    certain, possible, month = _patterns(language)
    folded = headline.casefold()
    named = certain.search(folded) is not None
    maybe = possible.search(folded) is not None
    if not body:
        return named
    if (named or maybe or month.search(folded) is not None) and len(body) >= _LONG_CHARACTERS:
        return True
    units = [line for line in body.split("\n") if len(line) >= _LEAST_CHARACTERS]
    if len(units) < _MANY_UNITS:
        if not named and not maybe:
            return False
        if len(units) < _LEAST_UNITS:
            units = sentences(body, language)
    if len(units) < _LEAST_UNITS:
        return False
    if (named or maybe) and sum(_ENTRY.match(unit) is not None for unit in units) >= _LIST_ENTRIES:
        return True
    lone = _lone_share(units[:_MAX_UNITS], language, places)
    if named:
        return lone >= _LONE_CERTAIN
    return lone >= (_LONE_POSSIBLE if maybe else _LONE_ALONE)


def _lone_share(units: Sequence[str], language: str, places: Set[str]) -> float:
    """Return the share of paragraphs that share no word with any other."""
    ignored = {term[:_ROOT_LETTERS] for term in (*stopword_prefixes(language), *places)}
    needed = _SHARED_PAIRS if _NO_SPACES.search(units[0]) else 1
    roots = [{stem[:_ROOT_LETTERS] for stem in stems} - ignored for stems in prefix_stems_of_all(units)]
    counts = Counter(root for unit in roots for root in unit)
    lone = sum(sum(counts[root] > 1 for root in unit) < needed for unit in roots)
    return lone / len(units)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of words that name a round-up, of words that may, and of a month with its year."""
    table = load_table("round_ups.toml")
    certain, possible = (
        _any_word([*table.get(language, {}).get(kind, ()), *table["any"].get(kind, ())])
        for kind in ("certain", "possible")
    )
    months = "|".join(map(re.escape, sorted(calendar(language).months, key=len, reverse=True)))
    return certain, possible, re.compile(rf"(?:{months}),? \d{{4}}\b" if months else r"(?!)")


def _any_word(words: Sequence[str]) -> re.Pattern[str]:
    """Pattern of any of the words; in scripts without spaces within others, too."""
    if not words:
        return re.compile(r"(?!)")
    joined = [
        re.escape(word) if re.search(f"[{UNSPACED}{HANGUL}]", word) else rf"(?<!\w){re.escape(word)}(?!\w)"
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile("|".join(joined))
