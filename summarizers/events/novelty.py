"""Sentences of a report that say something which a reader has not been shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

from summarizers.events.quantities import is_telling, quantities
from summarizers.models import read_thresholds
from summarizers.text.dates import calendar
from summarizers.text.scripts import LATIN_CAPITALS, RUSSIAN_CAPITALS
from summarizers.text.speech import speech_phrases
from summarizers.text.stems import prefix_stems, stopword_prefixes
from summarizers.text.tables import load_table

__all__ = ["novel_in_translation", "novel_sentences", "sentence_hash"]

_ROOT_LETTERS = 4
"""Letters by which a country meets its people ("fran": France, French); shorter ones join unrelated words."""

_LEAST_WORDS = 3
"""Words and figures that a sentence needs to report anything: "Yes." and "He agreed." don't."""

_HASH_BYTES = 8
"""Size of a sentence's hash: two of a million shown sentences collide with a chance of 3 in 100 million."""

_WORD = re.compile(r"\w+")
_NAME = re.compile(rf"(?:(?<=\w[,;] )|(?<=\w ))[{LATIN_CAPITALS}{RUSSIAN_CAPITALS}][^\W_]+")
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class _Thresholds:
    """Thresholds of data/events.json, which explains each."""

    same_words: float
    same_words_with_new_name: float
    unseen_words_reworded: float
    unseen_words: float
    unseen_words_with_new_name: float


@cache
def _thresholds() -> _Thresholds:
    return _Thresholds(**read_thresholds(load_table("events.json")["thresholds"]["novelty"]))


@dataclass(frozen=True, slots=True)
class _SentenceContent:
    """The content of a sentence: stems without function words, names, figures."""

    words: frozenset[str]
    roots: frozenset[str]
    """The words' first letters."""
    names: frozenset[str]
    figures: frozenset[str]


def novel_sentences(sentences: Sequence[str], shown: Iterable[str], language: str = "en") -> list[int]:
    """Return the positions, ascending, of sentences that add something to those `shown`.

    Of sentences that say the same new thing the first counts. A sentence is new if it has a figure or a name that is
    nowhere in what was shown (a corrected toll), or if a good part of its words is nowhere there. It isn't if one
    shown sentence has most of its words, or all its names and figures and many of its words: the same in other words.
    Time grows with the number of sentences that have something unseen, times those shown.
    """
    contents = [_content(sentence, language) for sentence in shown]
    words = {word for content in contents for word in content.words}
    figures = {figure for content in contents for figure in content.figures}
    roots = {root for content in contents for root in content.roots}
    limits = _thresholds()
    novel = []
    for position, sentence in enumerate(sentences):
        content = _content(sentence, language)
        if len(content.words) + len(content.figures) < _LEAST_WORDS:
            continue
        unseen = {word for word in content.words - words if word[:_ROOT_LETTERS] not in roots}
        unseen_share = len(unseen) / max(1, len(content.words))
        new_figure = bool(content.figures - figures)
        new_name = unseen_share >= limits.unseen_words_with_new_name and not content.names.isdisjoint(unseen)
        if contents and not (new_figure or new_name or unseen_share >= limits.unseen_words):
            continue
        if not new_figure and any(_says_same(other, content, unseen_share, new_name=new_name) for other in contents):
            continue
        novel.append(position)
        contents.append(content)
        words |= content.words
        figures |= content.figures
        roots |= content.roots
    return novel


def novel_in_translation(sentences: Sequence[str], shown: Mapping[str, Sequence[str]], language: str) -> list[int]:
    """Return the positions of sentences with a quantity that no foreign sentence shown has.

    `shown` are sentences by language. A sentence that tells in other words what was shown can't be told from a new one
    across languages, but a corrected toll or sum can: a quantity of two digits or more that is nowhere in what was shown.
    Of sentences with the same new quantity the first counts.
    """
    known = {value for own, texts in shown.items() for text in texts for value in quantities(text, own)}
    novel = []
    for position, sentence in enumerate(sentences):
        new = {value for value in quantities(sentence, language) if is_telling(value)} - known
        if new:
            novel.append(position)
            known |= new
    return novel


def sentence_hash(sentence: str) -> str:
    """Return a hash of a sentence that ignores blanks, case and punctuation."""
    folded = " ".join(_WORD.findall(sentence.casefold()))
    return blake2b(folded.encode("utf-8", "replace"), digest_size=_HASH_BYTES).hexdigest()


def _says_same(shown: _SentenceContent, content: _SentenceContent, unseen_share: float, *, new_name: bool) -> bool:
    """Return whether a shown sentence says the same, perhaps in other words.

    With a new name more has to agree.
    """
    limits = _thresholds()
    same_words = limits.same_words_with_new_name if new_name else limits.same_words
    if len(shown.words & content.words) > same_words * len(content.words):
        return True
    return (
        len(content.names) + len(content.figures) > 1
        and unseen_share < limits.unseen_words_reworded
        and content.figures <= shown.figures
        and {name[:_ROOT_LETTERS] for name in content.names} <= shown.roots
    )


@lru_cache(maxsize=4096)
def _content(sentence: str, language: str) -> _SentenceContent:
    ignored = stopword_prefixes(language) | _speech_stems()
    words = frozenset(stem for stem in prefix_stems(sentence) if not stem[0].isdigit()) - ignored
    names = frozenset(stem for name in _NAME.findall(sentence) for stem in prefix_stems(name)) & words
    figures = {figure.replace(",", "") for figure in _FIGURE.findall(sentence)}
    numbers = calendar(language).numbers
    figures |= {numbers[word] for word in _WORD.findall(sentence.lower()) if word in numbers}
    return _SentenceContent(words, frozenset(word[:_ROOT_LETTERS] for word in words), names, frozenset(figures))


@cache
def _speech_stems() -> frozenset[str]:
    """Stems of English verbs of speech, which say nothing of what happened."""
    return frozenset(stem for phrase in speech_phrases("en", "no_news") for stem in prefix_stems(phrase))
