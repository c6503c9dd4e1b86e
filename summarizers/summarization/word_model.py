"""How likely is each of a story's words to be in a summary that an editor writes of it?

What is said early, again and again, with a capital or in figures is likely; so the story's own habits tell (Luhn,
The automatic creation of literature abstracts, 1958; Nenkova and Vanderwende, The impact of frequency on
summarization, 2005). A logistic model over a word's facts gives the chance, as Hong and Nenkova do (Improving the
estimation of word importance for news multi-document summarization, EACL 2014); it learns from words, of which a few
hundred summarised stories have tens of thousands, and not from sentences, of which they have too few. In English a
few hundred frequent words have a weight of their own ("the" is in every summary, "I" in none). The weights are in
../data/ranker.json, made by ../training/newsrank.py.

`features` is the model's definition, by which it learns. Applied, it is a product: each fact of a word multiplies the
odds against it, and the factors are few, so that a story that was never seen costs no more than one that was.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain, islice, repeat
from math import exp, inf, log
from typing import TypeAlias

from summarizers.text.stems import PREFIX_LENGTH, prefix_stems, prefix_stems_of_all, stopword_prefixes

__all__ = [
    "FEATURES",
    "MOST",
    "Facts",
    "Model",
    "Reading",
    "Worth",
    "chances",
    "features",
    "model_for",
    "read",
    "weigh",
]

_READ = 3000
"""Characters of a sentence that are read: a longer one is a table, a list or a text without full stops."""

MOST = 7
"""How often a summary may say a word for each time to count."""

_EARLY = 5
_KEPT = 1000
_USUAL = 100
"""Sentences of the longest story for whose size the factors are kept."""

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
"""What the model knows of a word, in small numbers: the story's sentences; is it a stop word; sentences that it is in,
times that it is said, its first sentence, how many of the first five it is in, capitals inside sentences; is it a
figure; its length."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A story's sentences as stems in order, and what `weigh` asks about them.

    `times` counts each stem, in the order of the text, so that sums over them are the same on every machine. Those
    that the story says more than once have numbers, from 1 on: `again` has them by number, `said` each sentence's
    numbers, in order. `named` counts the capitals inside sentences; `stops` are the language's stop words.
    """

    sentences: list[list[str]]
    times: Mapping[str, int]
    again: list[str]
    said: list[list[int]]
    named: Mapping[str, int]
    stops: frozenset[str]

    @property
    def facts(self) -> dict[str, Facts]:
        """The facts of each stem. Takes longer than all of `weigh`: it is what the model learns from."""
        places: dict[str, list[int]] = {word: [] for word in self.times}
        for at, found in enumerate(self.sentences):
            for word in dict.fromkeys(found):
                places[word].append(at)
        return {
            word: (
                len(self.sentences),
                word in self.stops,
                len(where),
                self.times[word],
                where[0],
                sum(at < _EARLY for at in where),
                min(self.named.get(word, 0), self.times[word]),
                word[0].isdecimal(),
                len(word),
            )
            for word, where in places.items()
        }


@dataclass(slots=True)
class Worth:
    """What a story's words are worth to a summary.

    Of those that it says once, `alone` has the sum of the chances for each sentence. Those that it says again are told
    by their numbers, 0 being none: `distinct` has each sentence's, each once, `first` the chance that a summary says
    one, `against` the odds against that, and `further` the factors by which these are worse for the first time, the second
    and so on, as far as they count: to the number of times that the story says it, and to MOST.
    """

    alone: list[float]
    distinct: list[dict[int, None]]
    first: list[float]
    against: list[float]
    further: list[tuple[float, ...]]


class Model:
    """Weights of the FEATURES, of single words, and the constant."""

    def __init__(self, constant: float, weights: Sequence[float], words: Mapping[str, float]) -> None:
        self.constant, self.weights, self.words = constant, tuple(weights), dict(words)
        self.weight = dict(zip(FEATURES, self.weights, strict=True))
        self.own = {word: exp(-points) for word, points in self.words.items()}
        """What a word's own weight does to the odds against it."""
        self.lengths = [exp(-self.weight["length"] * length / 6) for length in range(PREFIX_LENGTH + 1)]
        self.further = _Further(self.weight, stop=False), _Further(self.weight, stop=True)
        weight, early = self.weight, range(1, _EARLY + 2)
        self.early = [number ** -weight["content, log early"] for number in early]
        self.early_stop = [number ** -weight["stop word, log early"] for number in early]
        """The same of how many of the first sentences have it."""
        self.figure = exp(-weight["figure"])
        self.capital = exp(-weight["capital"])
        self.capital_first = exp(-weight["capital"] - weight["capital in first"])
        self.thrice = exp(-weight["content, in first three and again"])
        self.opening = exp(-weight["content, in first and again"])
        self._by_size: dict[int, _BySize] = {}

    def by_size(self, size: int) -> _BySize:
        """What a word's places do to the odds against it in a story of so many sentences; kept for the usual sizes."""
        found = self._by_size.get(size)
        if found is None:
            found = _BySize(self, size)
            if size <= _USUAL:
                self._by_size[size] = found
        return found

    def chance(self, facts: Facts, word: str, again: int) -> float:
        """How likely a summary says a word with these facts for the `again`th time."""
        points = sum([w * x for w, x in zip(self.weights, features(facts, again), strict=True)])
        return 1 / (1 + exp(-points - self.constant - self.words.get(word, 0.0)))


class _BySize:
    """The factors of the odds that follow from where a word stands, for a story of `size` sentences.

    `content` and `stop` go by the sentence in which a content word or a stop word is first; `spreads` and
    `spreads_stop` by how many sentences have it. The `single` ones are for words that are said once, all that their place
    tells: `single` for content words but for their length, `single_stop` for stop words. `once` is the chance, by place
    and length, of content words of which nothing else is to be said.
    """

    __slots__ = ("content", "once", "single", "single_stop", "spreads", "spreads_stop", "stop")

    def __init__(self, model: Model, size: int) -> None:
        weight, early, early_stop = model.weight, model.early, model.early_stop
        scale = log(1 + max(1, size))
        common = exp(-model.constant - weight["log size"] * scale / 4)
        falls = -weight["log first, relative"] / scale - weight["log first"]
        content = [common * place**falls for place in range(1, size + 1)]
        for at, name in zip(range(size), ("in first", "first in second", "first in third"), strict=False):
            content[at] *= exp(-weight[name])
        known = exp(-weight["stop word"])
        self.stop = stop = [known * odds for odds in content]
        content[:1] = [odds * exp(-weight["content, in first, log size"] * scale / 4) for odds in content[:1]]
        self.content = content
        share = exp(-weight["share of sentences"] / max(1, size))
        self.single = [odds * share * early[at < _EARLY] for at, odds in enumerate(content)]
        self.once = [[1 / (1 + odds * length) for length in model.lengths] for odds in self.single]
        self.single_stop = [odds * share * early_stop[at < _EARLY] for at, odds in enumerate(stop)]
        numbers = range(1, size + 1)
        rises = weight["content, log times in a sentence"] - weight["content, log sentences"]
        rises -= weight["content, log sentences, log size"] * scale / 4
        self.spreads = [1.0, *[number**rises * share**number for number in numbers]]
        rises = -weight["stop word, log sentences"]
        self.spreads_stop = [1.0, *[number**rises * share**number for number in numbers]]


class _Further(dict[int, tuple[float, ...]]):
    """By how often the story says a word: the factors for the second time and so on; see `Worth`."""

    def __init__(self, weight: Mapping[str, float], *, stop: bool) -> None:
        super().__init__()
        self._steep = weight["log again"] + stop * weight["stop word, log again"]
        self._steeper, self._again = weight["log again, log times"], weight["again"]

    def __missing__(self, times: int) -> tuple[float, ...]:
        steep = self._steep + self._steeper * log(times)
        factors = [again**-steep * exp(-self._again) for again in range(2, min(MOST, times) + 1)]
        found = (1.0, *factors)
        if len(self) < _KEPT:
            self[times] = found
        return found


def read(sentences: Sequence[str], language: str) -> Reading:
    """Fold a story's sentences and count their words. Linear time."""
    if max(map(len, sentences), default=0) > _READ:
        sentences = [sentence[:_READ] for sentence in sentences]
    folded = prefix_stems_of_all(sentences)
    times = Counter(chain.from_iterable(folded))
    again = ["", *[word for word, number in times.items() if number > 1]]
    number_of = dict(zip(again, range(len(again)), strict=True)).get
    said = [list(filter(None, map(number_of, found))) for found in folded]
    capitals = _CAPITAL.findall("\n".join(sentences))
    named = dict(Counter(prefix_stems(" ".join(capitals)))) if capitals else {}
    return Reading(folded, times, again, said, named, stopword_prefixes(language))


def weigh(reading: Reading, model: Model) -> Worth:
    """What each of the story's words is worth: `features`, reckoned as factors of the odds. Linear time."""
    weight, times, said = model.weight, reading.times, reading.said
    stops, named = reading.stops, reading.named
    size = len(said)
    odds_of = model.by_size(size)
    capital, capitals, capital_first = model.capital, weight["share of capitals"], model.capital_first
    named_always, named_always_first = capital * exp(-capitals), capital_first * exp(-capitals)
    own, lengths, figure = model.own, model.lengths, model.figure
    figures = {word for word in times if word[0].isdecimal()}

    # words that are said once: what few of them are is looked for in all at once
    once = [word for word, number in times.items() if number == 1]
    number_of = dict(zip(once, range(len(once)), strict=True))
    counts = [len(found) - len(numbers) for found, numbers in zip(reading.sentences, said, strict=True)]
    sizes = map(len, once)
    chance = [
        value
        for by_length, number in zip(odds_of.once, counts, strict=True)
        for value in map(by_length.__getitem__, islice(sizes, number))
    ]
    firsts = list(chain.from_iterable(map(repeat, range(size), counts)))
    words = number_of.keys()
    for word in {*(words & own.keys()), *(words & stops), *(words & named.keys()), *(words & figures)}:
        at = firsts[number := number_of[word]]
        if word in stops:
            odds = odds_of.single_stop[at]
        else:
            odds = odds_of.single[at] * lengths[len(word)]
            if word in named:
                odds *= named_always if at else named_always_first
        if word in own:
            odds *= own[word]
        if word in figures:
            odds *= figure
        chance[number] = 1 / (1 + odds)
    chances = iter(chance)
    alone = [sum(islice(chances, number)) for number in counts]

    # words that are said again
    again = reading.again[1:]
    distinct = list(map(dict.fromkeys, said))
    spread = Counter(chain.from_iterable(distinct))  # as numbers are by first place, these counts are by number
    soon = Counter(chain.from_iterable(distinct[:_EARLY]))
    firsts = []
    for at, numbers in enumerate(distinct):
        if numbers:
            firsts += [at] * (max(numbers) - len(firsts))
            if len(firsts) == len(again):
                break
    content, stop, spreads, spreads_stop = odds_of.content, odds_of.stop, odds_of.spreads, odds_of.spreads_stop
    early, early_stop, thrice, opening = model.early, model.early_stop, model.thrice, model.opening
    often = -weight["content, log times in a sentence"]
    opening_rises = -weight["content in first, log sentences"]
    further, further_stop = model.further
    against, factors = [inf], [further[1]]
    for word, at, number, sooner in zip(again, firsts, spread.values(), chain(soon.values(), repeat(0)), strict=False):
        said_times = times[word]
        if word in stops:
            odds = stop[at] * spreads_stop[number] * early_stop[sooner]
            factors.append(further_stop[said_times])
            if word in own:
                odds = own[word] * odds
        else:
            odds = content[at] * spreads[number] * early[sooner] * said_times**often * lengths[len(word)]
            if word in own:
                odds = own[word] * odds
            if word in named:
                if named[word] >= said_times:
                    odds *= named_always if at else named_always_first
                else:
                    odds *= exp(-capitals * named[word] / said_times) * (capital if at else capital_first)
            if at <= 2 and number > 1:
                odds *= thrice if at else thrice * opening * number**opening_rises
            factors.append(further[said_times])
        if word in figures:
            odds *= figure
        against.append(odds)
    return Worth(alone, distinct, [1 / (1 + odds) for odds in against], against, factors)


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
    """For each of the story's words, how likely a summary says it once, twice … up to MOST times, and then 0.

    By the definition and word for word, for the fit; `weigh` gives the same in a tenth of the time.
    """
    return {
        word: (
            *[model.chance(facts, word, again) for again in range(1, min(MOST, facts[3]) + 1)],
            *[0.0] * (MOST + 1 - min(MOST, facts[3])),
        )
        for word, facts in reading.facts.items()
    }


@lru_cache(maxsize=32)
def model_for(language: str) -> Model:
    """The shipped model of a language: English has its own, all others share one that knows no single word."""
    table = json.loads(files("summarizers").joinpath("data/ranker.json").read_text("utf-8"))
    entry = table["en" if language == "en" else "any"]
    return Model(entry["constant"], [entry["weights"][name] for name in FEATURES], entry["words"])
