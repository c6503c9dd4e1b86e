"""How do sumy's engines choose, once they are fed with positions instead of texts?

sumy rates sentences by their text, so that two sentences with the same words share one rating and may both be
returned, or crowd out a third. Here each sentence is its own object that is equal to nothing but itself, words
come from our tokenizer (so that no tail is lost and no NLTK data is asked for), stop words and stemmers exist in
each language that we know, warnings about short texts can't arise as a text no longer than the summary is
returned whole, and a long text is played as a tournament, since most of sumy's engines need time in n².
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

__all__ = ["SUMY_ENGINES", "SumyEngine"]

_WINDOW = 200
"""Sentences that one round of the tournament compares: a LexRank round of 200 takes under a second."""

_WORDS = 160
"""Words of a sentence that are read: longer "sentences" are tables or lists, and Reduction takes words²."""

_MODULES = {
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
    "edmundson": ("edmundson", "EdmundsonSummarizer"),
}
SUMY_ENGINES = tuple(_MODULES)

# Edmundson's cue method wants words that announce weight or its lack; these are ours, for English news.
_BONUS = [
    "announce",
    "warn",
    "confirm",
    "kill",
    "win",
    "agree",
    "first",
    "record",
    "decide",
    "report",
    "charge",
    "sentence",
    "approve",
    "reject",
]
_STIGMA = [
    "perhaps",
    "maybe",
    "hardly",
    "anyway",
    "photo",
    "video",
    "click",
    "read",
    "scroll",
    "subscribe",
    "copyright",
]


class SumyEngine:
    """One of sumy's engines behind our protocol. Focus is left aside: sumy can't be steered.

    Time grows with n² up to 200 sentences and with n from there: windows of 200 neighbouring sentences send
    their best into the next round until one window is left.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Choose as sumy would; see `Engine.select`. Raises EngineUnavailable when sumy is missing."""
        positions = list(range(len(sentences)))
        if count <= 0 or len(positions) <= count:
            return positions if count > 0 else []
        make_summarizer(self.name)  # a missing package is told before any work
        words = {position: prefix_stems(sentences[position])[:_WORDS] for position in positions}
        speaking = [position for position in positions if words[position]]
        if len(speaking) <= count:
            silent = [position for position in positions if not words[position]]
            return sorted(speaking + silent[: count - len(speaking)])
        while len(speaking) > max(_WINDOW, 2 * count):
            rounds = max(_WINDOW, 4 * count)
            keep = max(count, rounds // 8)
            winners: list[int] = []
            for start in range(0, len(speaking), rounds):
                window = speaking[start : start + rounds]
                winners += self._play(window, words, keep, language) if len(window) > keep else window
            if len(winners) >= len(speaking):
                break
            speaking = winners
        return self._play(speaking, words, count, language)

    def _play(self, positions: list[int], words: dict[int, list[str]], count: int, language: str) -> list[int]:
        dom = import_module("sumy.models.dom")
        sentence_class = _positioned_sentence()
        made = [sentence_class(position, words[position]) for position in positions]
        document = dom.ObjectDocumentModel([dom.Paragraph(made)])
        summarizer = make_summarizer(self.name)
        _dress(summarizer, self.name, language)
        with warnings.catch_warnings():
            # A text with fewer words than sentences is a list or a table: LSA's word of warning helps no reader,
            # and LexRank divides by nothing where no two sentences share a word.
            warnings.simplefilter("ignore")
            if self.name == "kl":
                return sorted(made[at].position for at in _first_picks(summarizer, made, count))
            chosen = sorted({sentence.position for sentence in summarizer(document, count)})
        return chosen[:count]


def make_summarizer(name: str) -> Any:
    """Create sumy's summarizer of that name; EngineUnavailable where sumy, or what it needs, is missing."""
    module, cls = _MODULES[name]
    try:
        return getattr(import_module(f"sumy.summarizers.{module}"), cls)()
    except ModuleNotFoundError as missing:
        raise EngineUnavailable(name, missing.name or "sumy") from missing


class _Enough(Exception):
    """As many sentences are picked as were asked for."""


def _first_picks(summarizer: Any, sentences: Sequence[Any], count: int) -> list[int]:
    """The places of the sentences that KL-Sum picks first.

    sumy's KL-Sum picks the best, again and again, until it has put all in order, which takes time in n³ and minutes for
    a long text; here it is stopped when it has picked as many as are wanted.
    """
    best_of = summarizer._find_index_of_best_sentence
    waiting = list(range(len(sentences)))
    picked: list[int] = []

    def find(divergences: list[float]) -> int:
        if len(picked) == count:
            raise _Enough
        at: int = best_of(divergences)
        picked.append(waiting.pop(at))
        return at

    summarizer._find_index_of_best_sentence = find
    with suppress(_Enough):
        summarizer._compute_ratings(sentences)
    return picked


def _dress(summarizer: Any, name: str, language: str) -> None:
    stops = stopword_prefixes(language)
    if name == "edmundson":
        summarizer.bonus_words = [stem for word in _BONUS for stem in prefix_stems(word)]
        summarizer.stigma_words = [stem for word in _STIGMA for stem in prefix_stems(word)]
        summarizer.null_words = stops or {"the"}
    else:
        summarizer.stop_words = stops


class _Reader:
    """The tokenizer that sumy's sentence asks for its words; ours are counted already."""

    def to_words(self, text: str) -> tuple[str, ...]:
        raise NotImplementedError("words are handed over with the sentence")


@lru_cache(maxsize=1)
def _positioned_sentence() -> Callable[[int, list[str]], Any]:
    base = import_module("sumy.models.dom").Sentence

    class PositionedSentence(base):  # type: ignore[misc, valid-type]  # sumy has no types
        """A sentence that is equal to itself alone, so that twins keep a rating each."""

        def __init__(self, position: int, words: list[str]) -> None:
            super().__init__("", _Reader())
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
