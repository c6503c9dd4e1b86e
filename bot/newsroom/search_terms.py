"""Search terms of a story, and phrases among them.

The same terms go into the full-text indexes of both databases and into the plain evaluation, so that all three agree:
folded (case, width, accents), stemmed in the story's language, numbers and short words included; Han characters in
pairs. Stop words stay in, so that a phrase is found as it was written.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizers.text.stems import snowball_stem
from summarizers.text.words import normalise, words
from summarizers.types import Analysis, Story

__all__ = [
    "MAX_TERMS",
    "IndexedStory",
    "contains_phrase",
    "fingerprint",
    "fold",
    "index_story",
    "language_code",
    "search_fields",
    "search_terms",
    "text_fingerprint",
]

MAX_TERMS = 12_000
"""Terms of a story that are searched; what comes later in a long text is not found. PostgreSQL numbers 16,383 places."""

_MOST_PLACES = 255
"""Occurrences of one term that count: PostgreSQL keeps 256."""

_LONGEST_WORD = 64
"""Characters of a word that are searched: longer ones are addresses and garbage."""

_ACCENTS = range(0x300, 0x370)


def fold(text: str) -> str:
    """Return a text for comparison: compatibility forms plain, casefolded, nothing invisible."""
    text = normalise(unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def search_terms(text: str, language: str) -> list[str]:
    """The terms of a text in order, as they are searched for in stories of a language."""
    return [_plain(snowball_stem(word[:_LONGEST_WORD], language)) for word in words(fold(text), language)]


def language_code(language: str) -> str:
    """A language's code as filters and the store know it; what is none becomes `und`."""
    code = language.lower()
    return code if 0 < len(code) <= 7 and code.isascii() and code.replace("-", "").isalnum() else "und"


def search_fields(analysis: Analysis) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms of a story's head (headline, title, kicker, deck, dateline) and of its body.

    A term's occurrences past the 255th and all past `MOST_TERMS` terms are empty strings or left out.
    """
    language = language_code(analysis.language)
    story = analysis.story
    head = "\n".join(filter(None, [analysis.headline, story.title, story.kicker, story.deck, story.dateline]))
    occurrences: Counter[str] = Counter()
    room = MAX_TERMS
    fields = []
    for text in (head, story.body):
        terms = search_terms(text[: room * 40], language)[:room]
        room -= len(terms)
        for place, term in enumerate(terms):
            occurrences[term] += 1
            if occurrences[term] > _MOST_PLACES:
                terms[place] = ""
        fields.append(tuple(terms))
    return fields[0], fields[1]


@dataclass(frozen=True, slots=True)
class IndexedStory:
    """A story with what the store needs to find it again: see `index_story`."""

    analysis: Analysis
    fingerprint: str
    fields: tuple[tuple[str, ...], tuple[str, ...]]


def index_story(analysis: Analysis) -> IndexedStory:
    """Return what a story is found by; takes milliseconds, so the analysing process does it."""
    return IndexedStory(analysis, fingerprint(analysis.story), search_fields(analysis))


def fingerprint(story: Story) -> str:
    """Return a hash of a story's words, equal for texts that differ only in blanks and case."""
    return text_fingerprint(story.text)


def text_fingerprint(text: str) -> str:
    """The same for what `StoryDetail.text` keeps of a story."""
    return hashlib.sha256(" ".join(fold(text).split()).encode("utf-8", "replace")).hexdigest()


def contains_phrase(terms: Sequence[str], phrase: Sequence[str]) -> bool:
    """Return True if `terms` holds the phrase terms next to each other and in order.

    An empty phrase is contained nowhere.
    """
    if not phrase:
        return False
    width = len(phrase)
    first, whole = phrase[0], list(phrase)
    return any(
        term == first and list(terms[at : at + width]) == whole
        for at, term in enumerate(terms[: len(terms) - width + 1])
    )


def _plain(term: str) -> str:
    """The term without accents on letters; "" never comes out of a word."""
    if term.isascii():
        return term
    apart = unicodedata.normalize("NFD", term)
    return unicodedata.normalize("NFC", "".join(char for char in apart if ord(char) not in _ACCENTS)) or term
