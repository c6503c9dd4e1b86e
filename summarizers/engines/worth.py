"""How likely is each of a story's words to be in a summary that an editor writes of it?

What is said early, again and again, with a capital or in figures is likely; so the story's own habits tell (Luhn,
The automatic creation of literature abstracts, 1958; Nenkova and Vanderwende, The impact of frequency on
summarization, 2005). A logistic model over a word's facts gives the chance, as Hong and Nenkova do (Improving the
estimation of word importance for news multi-document summarization, EACL 2014); it learns from words, of which a few
hundred summarised stories have tens of thousands, and not from sentences, of which they have too few. In English a
few hundred frequent words have a weight of their own ("the" is in every summary, "I" in none). The weights are in
../data/ranker.json, made by ../data/build/newsrank_train.py.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain, repeat
from math import exp, log
from operator import itemgetter
from typing import TypeAlias

from summarizers.engines.tokens import stems, stop_stems

__all__ = ["FEATURES", "MOST", "Facts", "Model", "Reading", "chances", "features", "model_for", "read"]

_READ = 3000
"""Characters of a sentence that are read: a longer one is a table, a list or a text without full stops."""

MOST = 7
"""How often a summary may say a word for each time to count."""

_EARLY = 5
_KEPT = 60_000
_INITIAL = itemgetter(0)
_NONE = (0.0,) * (MOST + 1)

# The letter before what is looked behind for: capitals are rarer than blanks.
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ](?<=[ (\"'“‘«„].)[^\W_]*")

FEATURES = (
    "stop word", "content, log sentences", "stop word, log sentences", "content, log times in a sentence", "in first",
    "first in second", "first in third", "log first, relative", "log first", "content, log early", "stop word, log early",
    "capital", "share of capitals", "figure", "length", "content, in first and again", "share of sentences",
    "content, in first three and again", "log size", "content, log sentences, log size", "content, in first, log size",
    "capital in first", "content in first, log sentences", "log again", "stop word, log again", "log again, log times",
    "again",
)  # fmt: skip


Facts: TypeAlias = tuple[int, bool, int, int, int, int, int, bool, int]
"""What the model knows of a word, in small numbers that recur from story to story: the story's sentences; is it a stop
word; sentences that it is in, times that it is said, its first sentence, how many of the first five it is in,
capitals inside sentences; is it a figure; its length."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A story's sentences as stems in order, each sentence's distinct ones, and each distinct stem's facts.

    All in the order of the text, so that sums over them are the same on every machine.
    """

    sentences: list[list[str]]
    distinct: list[dict[str, None]]
    facts: dict[str, Facts]


class Model:
    """Weights of the FEATURES, of single words, and the constant; sums of facts that were asked for are kept."""

    def __init__(self, constant: float, weights: Sequence[float], words: Mapping[str, float]) -> None:
        self.constant, self.weights, self.words = constant, tuple(weights), dict(words)
        self.known: dict[tuple[Facts, float], tuple[float, ...]] = {}

    def chance(self, facts: Facts, own: float) -> tuple[float, ...]:
        """How likely a summary says a word with these facts, for its first, second … time; 0 past MOST.

        `own` is the word's own weight. Facts recur from story to story, so that answers are kept.
        """
        points = [
            own + self.constant + sum([w * x for w, x in zip(self.weights, features(facts, again), strict=True)])
            for again in range(1, min(MOST, facts[3]) + 1)
        ]
        found = (*[1 / (1 + exp(-value)) for value in points], *_NONE[len(points) :])
        if len(self.known) >= _KEPT:
            self.known.clear()
        self.known[facts, own] = found
        return found


def read(sentences: Sequence[str], language: str) -> Reading:
    """Fold a story's sentences and note the facts about its words. Linear time."""
    stops = stop_stems(language)
    folded = [stems(sentence[:_READ], language) for sentence in sentences]
    distinct = [dict.fromkeys(found) for found in folded]
    # All that is counted here is in the order in which the words come first, so that the counts go side by side.
    spread = Counter(chain.from_iterable(distinct))
    times = Counter(chain.from_iterable(folded))
    early = Counter(chain.from_iterable(distinct[:_EARLY]))
    first: list[int] = []
    seen: dict[str, None] = {}
    for at, found in enumerate(distinct):
        seen.update(found)
        first += [at] * (len(seen) - len(first))
    named = _CAPITAL.findall("\n".join([sentence[:_READ] for sentence in sentences]))
    capitals = dict.fromkeys(times, 0)
    for word, number in Counter(stems(" ".join(named), language)).items():
        if word in capitals:
            capitals[word] = min(number, times[word])
    facts = dict(
        zip(
            times,
            zip(
                repeat(len(folded)),
                map(stops.__contains__, times),
                spread.values(),
                times.values(),
                first,
                chain(early.values(), repeat(0)),
                capitals.values(),
                map(str.isdigit, map(_INITIAL, times)),
                map(len, times),
                strict=False,
            ),
            strict=True,
        )
    )
    return Reading(folded, distinct, facts)


def features(facts: Facts, again: int) -> tuple[float, ...]:
    """The FEATURES of a word that a summary says for the `again`th time, 1 being the first."""
    size, stop, sentences, times, first, early, capitals, figure, length = facts
    content = float(not stop)
    opening = float(first == 0)
    scale = log(1 + size)
    spread = log(sentences)
    share = content * capitals / times
    return (
        1 - content,
        content * spread,
        (1 - content) * spread,
        content * log(times / sentences),
        opening,
        float(first == 1),
        float(first == 2),
        log(1 + first) / scale,
        log(1 + first),
        content * log(1 + early),
        (1 - content) * log(1 + early),
        float(share > 0),
        share,
        float(figure),
        content * length / 6,
        content * opening * (sentences > 1),
        sentences / size,
        content * (first <= 2) * (sentences > 1),
        scale / 4,
        content * spread * scale / 4,
        content * opening * scale / 4,
        opening * (share > 0),
        content * opening * spread,
        log(again),
        (1 - content) * log(again),
        log(again) * log(times),
        float(again > 1),
    )


def chances(reading: Reading, model: Model) -> dict[str, tuple[float, ...]]:
    """For each of the story's words, how likely a summary says it once, twice … up to MOST times, and then 0."""
    own, known = model.words, model.known
    found: dict[str, tuple[float, ...]] = {}
    for word, facts in reading.facts.items():
        key = facts, own.get(word, 0.0)
        found[word] = known.get(key) or model.chance(*key)
    return found


@lru_cache(maxsize=32)
def model_for(language: str) -> Model:
    """The shipped model of a language: English has its own, all others share one that knows no single word."""
    table = json.loads(files("summarizers").joinpath("data/ranker.json").read_text("utf-8"))
    entry = table["en" if language == "en" else "any"]
    return Model(entry["constant"], [entry["weights"][name] for name in FEATURES], entry["words"])
