"""sumy's engines behind our protocol, choosing by position instead of by text.

sumy rates sentences by their text, so that two sentences with the same words share one rating and may both be
returned, or crowd out a third. Here each sentence is an object that equals nothing but itself. Words come from our
tokenizer, so that no unterminated tail is lost and no NLTK data is needed; stop words and stems exist in every
language that we know. A text no longer than the summary is returned whole, so that warnings about short texts can't
arise. A long text is reduced in windows, since most of sumy's engines need time in n².
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import Any

from summarizers.summarization.engine import EngineUnavailable, Focus
from summarizers.text.stems import prefix_stems, stopword_prefixes

__all__ = ["EDMUNDSON", "KL", "LEXRANK", "LSA", "LUHN", "REDUCTION", "SUMBASIC", "TEXTRANK"]

_WINDOW = 200
"""Sentences that are compared at once: LexRank takes under a second for 200."""

_WINDOW_PER_SENTENCE, _WINNERS = 4, 8
"""A window has at least 4 sentences for each one asked for, and an eighth of it goes into the next round, though
never fewer than asked for. By judgement."""

_SENTENCE_WORDS = 160
"""Words of a sentence that are read: longer "sentences" are tables or lists, and Reduction takes words²."""

_BONUS_WORDS = (
    "announce", "warn", "confirm", "kill", "win", "agree", "first", "record", "decide", "report", "charge", "sentence",
    "approve", "reject",
)  # fmt: skip
_STIGMA_WORDS = (
    "perhaps", "maybe", "hardly", "anyway", "photo", "video", "click", "read", "scroll", "subscribe", "copyright",
)  # fmt: skip
"""Cues of Edmundson's method, which sumy leaves to its users: words that announce weight or its lack in English
news."""


class _SumyEngine:
    """One of sumy's engines behind our protocol. Focus is ignored: sumy can't be steered.

    Time grows with n² up to 200 sentences and with n from there: windows of 200 neighbouring sentences send their
    best into the next round until one window is left.
    """

    def __init__(self, name: str, module: str, class_name: str) -> None:
        self.name = name
        self._module, self._class_name = f"sumy.summarizers.{module}", class_name

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Choose as sumy would; see `Engine.select`. Raises EngineUnavailable when sumy is missing."""
        positions = list(range(len(sentences)))
        if count <= 0 or len(positions) <= count:
            return positions if count > 0 else []
        self.make_summarizer()  # fail before any work when the package is missing
        words = {position: prefix_stems(sentences[position])[:_SENTENCE_WORDS] for position in positions}
        with_words = [position for position in positions if words[position]]
        if len(with_words) <= count:
            without_words = [position for position in positions if not words[position]]
            return sorted(with_words + without_words[: count - len(with_words)])
        while len(with_words) > max(_WINDOW, 2 * count):
            size = max(_WINDOW, _WINDOW_PER_SENTENCE * count)
            keep = max(count, size // _WINNERS)
            winners: list[int] = []
            for start in range(0, len(with_words), size):
                window = with_words[start : start + size]
                winners += self._select_from(window, words, keep, language) if len(window) > keep else window
            if len(winners) >= len(with_words):
                break
            with_words = winners
        return self._select_from(with_words, words, count, language)

    def make_summarizer(self) -> Any:
        """Create sumy's summarizer.

        Raises EngineUnavailable when sumy, or what it needs, is missing.
        """
        try:
            return getattr(import_module(self._module), self._class_name)()
        except ModuleNotFoundError as missing:
            raise EngineUnavailable(self.name, missing.name or "sumy") from missing

    def _select_from(self, positions: list[int], words: dict[int, list[str]], count: int, language: str) -> list[int]:
        dom = import_module("sumy.models.dom")
        sentence_class = _positioned_sentence()
        sentences = [sentence_class(position, words[position]) for position in positions]
        document = dom.ObjectDocumentModel([dom.Paragraph(sentences)])
        summarizer = self.make_summarizer()
        self._set_words(summarizer, language)
        with warnings.catch_warnings():
            # A text with fewer words than sentences is a list or a table: LSA's warning helps no reader, and LexRank
            # divides by zero where no two sentences share a word.
            warnings.simplefilter("ignore")
            if self.name == "kl":
                return sorted(sentences[index].position for index in _first_picks(summarizer, sentences, count))
            chosen = sorted({sentence.position for sentence in summarizer(document, count)})
        return chosen[:count]

    def _set_words(self, summarizer: Any, language: str) -> None:
        stop_words = stopword_prefixes(language)
        if self.name == "edmundson":
            summarizer.bonus_words = [stem for word in _BONUS_WORDS for stem in prefix_stems(word)]
            summarizer.stigma_words = [stem for word in _STIGMA_WORDS for stem in prefix_stems(word)]
            summarizer.null_words = stop_words or {"the"}  # sumy refuses an empty set
        else:
            summarizer.stop_words = stop_words


LEXRANK = _SumyEngine("lexrank", "lex_rank", "LexRankSummarizer")
TEXTRANK = _SumyEngine("textrank", "text_rank", "TextRankSummarizer")
LSA = _SumyEngine("lsa", "lsa", "LsaSummarizer")
LUHN = _SumyEngine("luhn", "luhn", "LuhnSummarizer")
KL = _SumyEngine("kl", "kl", "KLSummarizer")
SUMBASIC = _SumyEngine("sumbasic", "sum_basic", "SumBasicSummarizer")
REDUCTION = _SumyEngine("reduction", "reduction", "ReductionSummarizer")
EDMUNDSON = _SumyEngine("edmundson", "edmundson", "EdmundsonSummarizer")


class _AllPicked(Exception):
    """Stops KL-Sum when as many sentences are picked as were asked for."""


def _first_picks(summarizer: Any, sentences: Sequence[Any], count: int) -> list[int]:
    """Return the indexes of the sentences that KL-Sum picks first.

    sumy's KL-Sum picks the best, again and again, until all are in order, which takes time in n³ and minutes for a
    long text; here it is stopped after `count` picks.
    """
    find_best = summarizer._find_index_of_best_sentence
    waiting = list(range(len(sentences)))
    picked: list[int] = []

    def find(divergences: list[float]) -> int:
        if len(picked) == count:
            raise _AllPicked
        index: int = find_best(divergences)
        picked.append(waiting.pop(index))
        return index

    summarizer._find_index_of_best_sentence = find
    with suppress(_AllPicked):
        summarizer._compute_ratings(sentences)
    return picked


class _NoTokenizer:
    """Tokenizer for sumy's sentence, which never asks it, since words come with the sentence."""

    def to_words(self, text: str) -> tuple[str, ...]:
        raise NotImplementedError("words are passed with the sentence")


@lru_cache(maxsize=1)
def _positioned_sentence() -> Callable[[int, list[str]], Any]:
    base = import_module("sumy.models.dom").Sentence

    class PositionedSentence(base):  # type: ignore[misc, valid-type]  # sumy has no types
        """A sentence equal to itself alone, so that identical sentences keep their own ratings."""

        def __init__(self, position: int, words: list[str]) -> None:
            super().__init__("", _NoTokenizer())
            self.position = position
            self._words = tuple(words)

        @property
        def words(self) -> tuple[str, ...]:
            return self._words

        def __eq__(self, other: object) -> bool:
            return self is other

        def __ne__(self, other: object) -> bool:
            return self is not other

        def __hash__(self) -> int:
            return hash(self.position)

    return PositionedSentence
