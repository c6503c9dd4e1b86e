"""Which sentences would a desk editor pick from a news story?

Each sentence gets a number from what editors go by: where it stands (Edmundson, New Methods in Automatic
Extracting, JACM 16, 1969), how central its vocabulary is (the centroid of Radev et al., Centroid-based
summarization of multiple documents, IPM 40, 2004, which needs no n² comparisons), what it adds to the sentences
before it, names, figures, speech, length; captions and furniture are put back. A linear model over these was fitted to what a sentence adds
to the ROUGE of a summary (ranker.json, made by data/build/newsrank_train.py). Then sentences are taken greedily,
each paying for what the chosen ones already say (maximal marginal relevance: Carbonell and Goldstein, SIGIR
1998), and none without the sentence that explains its pronoun.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from heapq import nlargest
from importlib.resources import files
from math import log, sqrt

from summarizers.engines.cues import furniture, is_complete_enough, leans_on_previous
from summarizers.engines.focus import focus_scores
from summarizers.engines.protocol import Focus
from summarizers.engines.tokens import stems, stop_stems

__all__ = ["FEATURES", "Newsrank", "describe", "score"]

_READ = 3000
"""Characters of a sentence that are read: a longer one is a table, a list or a text without full stops."""

_SHORTLIST = 60
"""Sentences that compete for a place, at least: those with the best scores. Keeps the choice linear in n."""

_REDUNDANCY = 8.0
"""What a sentence pays, in points of its score, when all its words are in a chosen sentence."""

_FURNITURE = 8.0
_FOCUS = 14.0

_NAME = re.compile(r" [\"'“‘«(]?[A-ZÀ-ÖØ-ÞА-ЯЁ]")
_FIGURE = re.compile(r"\d[\d,.]*")
_PERSONAL = frozenset({"i", "we", "my", "our", "you", "your", "me"})
_SPEECH = frozenset(
    {"said", "says", "told", "added", "accord", "report", "tweete", "wrote", "claime", "insist", "admitt", "explai"}
)

FEATURES = (
    "first", "second", "third", "log position", "first in long story", "words", "too short", "centrality",
    "centrality in story", "like first", "names", "figures", "personal", "new words", "speech",
)  # fmt: skip


class Newsrank:
    """The project's own engine.

    Time grows with the number of words, at any length: centrality comes from the story's sums, and only a
    shortlist competes in the greedy choice. Uses neither numpy nor sumy.
    """

    name = "newsrank"

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Choose the sentences that an editor would; see `Engine.select`.

        A `focus` raises the sentences about it; where none is, the story is summarised as without.
        """
        size = len(sentences)
        if count <= 0:
            return []
        if size <= count:
            return list(range(size))
        rows, vocabularies = describe(sentences, language)
        scores = score(rows)
        for at, on_page in enumerate(furniture(sentences)):
            if on_page or not is_complete_enough(sentences[at]):
                scores[at] -= _FURNITURE
        if focus:
            for at, about in enumerate(focus_scores(sentences, focus, language)):
                scores[at] += _FOCUS * about
        return greedy(sentences, vocabularies, scores, count, language)


def greedy(
    sentences: Sequence[str], vocabularies: Sequence[set[str]], scores: Sequence[float], count: int, language: str
) -> list[int]:
    """Take the best, let the others pay for what it says, and again; positions ascending.

    A sentence that leans on the one before comes with it, at their mean price, or not at all while others are
    left.
    """
    size = len(sentences)
    if size > max(_SHORTLIST, 4 * count):
        keep = max(_SHORTLIST, 4 * count)
        best = nlargest(keep, range(size), key=lambda at: (scores[at], -at))
        candidates = set(best)
    else:
        candidates = set(range(size))
    leaning = {at for at in candidates if at > 0 and leans_on_previous(sentences[at], language)}
    candidates |= {at - 1 for at in leaning}
    leaning |= {at for at in candidates if at > 0 and at not in leaning and leans_on_previous(sentences[at], language)}
    overlap = dict.fromkeys(candidates, 0.0)
    chosen: set[int] = set()
    waiting = sorted(candidates)

    def price(at: int) -> float:
        return scores[at] - _REDUNDANCY * overlap[at]

    while waiting and len(chosen) < count:
        top: tuple[float, int, int | None] | None = None
        for at in waiting:
            value = price(at)
            along: int | None = None
            if at in leaning and at - 1 not in chosen:
                if count - len(chosen) < 2 or (at - 1 in leaning and at - 2 not in chosen) or at - 1 not in overlap:
                    continue
                value, along = (value + price(at - 1)) / 2, at - 1
            if top is None or value > top[0]:
                top = (value, at, along)
        if top is None:  # nothing stands alone: better a sentence that leans than none
            last = max(waiting, key=lambda at: (price(at), -at))
            top = (price(last), last, None)
        for at in (top[1],) if top[2] is None else (top[1], top[2]):
            chosen.add(at)
            waiting.remove(at)
            said = vocabularies[at]
            if said:
                for other in waiting:
                    words = vocabularies[other]
                    if words:
                        shared = len(words & said) / min(len(words), len(said))
                        if shared > overlap[other]:
                            overlap[other] = shared
    return sorted(chosen)


def describe(sentences: Sequence[str], language: str) -> tuple[list[tuple[float, ...]], list[set[str]]]:
    """A row of FEATURES and the content stems of each sentence."""
    size = len(sentences)
    stops = stop_stems(language)
    lengths: list[int] = []
    personal: list[int] = []
    speech: list[bool] = []
    vocabularies: list[set[str]] = []
    spread: Counter[str] = Counter()
    for sentence in sentences:
        folded = stems(sentence[:_READ], language)
        distinct = set(folded)
        vocabulary = distinct - stops
        lengths.append(len(folded) or 1)
        personal.append(len(_PERSONAL & distinct))
        speech.append(not _SPEECH.isdisjoint(distinct))
        vocabularies.append(vocabulary)
        spread.update(vocabulary)
    weight = {stem: log(number) for stem, number in spread.items()}
    first = vocabularies[0]
    central = [sum([weight[stem] for stem in vocabulary]) / sqrt(len(vocabulary) + 6) for vocabulary in vocabularies]
    peak = max(central) or 1.0
    scale = log(1 + size)
    seen: set[str] = set()
    rows: list[tuple[float, ...]] = []
    for at, (sentence, vocabulary, length) in enumerate(zip(sentences, vocabularies, lengths, strict=True)):
        head = sentence[:_READ]
        size_of = len(vocabulary) or 1
        new = len(vocabulary - seen) / size_of
        seen |= vocabulary
        rows.append(
            (
                float(at == 0),
                float(at == 1),
                float(at == 2),
                log(1 + at) / scale,
                scale / 3 / (1 + at),
                (60 if length > 60 else length) / 20,
                (14 - length) / 14 if length < 14 else 0.0,
                central[at] / peak,
                central[at],
                len(vocabulary & first) / sqrt(size_of * (len(first) or 1)) if at else 0.0,
                min(1.0, len(_NAME.findall(head)) / length * 4),
                min(3, len(_FIGURE.findall(head))) / 3,
                min(3, personal[at]) / 3,
                new,
                float(speech[at]),
            )
        )
    return rows, vocabularies


def score(rows: Sequence[Sequence[float]]) -> list[float]:
    """The model's points for each row: what the sentence would add to a summary, up to a constant."""
    weights = _weights()
    return [sum([weight * value for weight, value in zip(weights, row, strict=True)]) for row in rows]


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    table = json.loads(files("summarizers").joinpath("data/ranker.json").read_text("utf-8"))
    by_name = dict(table["weights"])
    return tuple(float(by_name[name]) for name in FEATURES)
