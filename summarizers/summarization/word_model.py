"""Chance of each word of a story to be in an editor's summary of it.

Words that come early, often or in figures are likely, so that the story's own statistics tell (Luhn, The automatic
creation of literature abstracts, 1958; Nenkova and Vanderwende, The impact of frequency on summarization, 2005). A
logistic model over a word's facts gives the chance, as in Hong and Nenkova (Improving the estimation of word importance
for news multi-document summarization, EACL 2014); it learns from words, of which a few hundred summarised stories have
tens of thousands, and not from sentences, of which they have too few. In English a closed class of words has a weight
(data/word_classes.toml: articles are in every summary, "I" in none); no single word has, since such weights fit the
papers that they were learnt from. Weights: data/ranker.json, made by training/newsrank.py.

`features` defines the model and is what it is fitted on. `estimate` computes the same as a product: each fact of a
word multiplies the odds against it, and the factors are few, so that a new story costs no more than one seen before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from math import exp, inf, log
from typing import NamedTuple

from summarizers.text.stems import prefix_stems, prefix_stems_of_all, stopword_prefixes
from summarizers.text.tables import load_table

__all__ = [
    "FEATURES",
    "MAX_REPEATS",
    "StoryWords",
    "WordChances",
    "WordFacts",
    "WordModel",
    "chances_by_definition",
    "estimate",
    "features",
    "load_word_model",
    "read_words",
    "word_classes",
]

_SENTENCE_CHARACTERS = 3000
"""Characters of a sentence that are read: a longer one is a table, a list or a text without full stops."""

MAX_REPEATS = 7
"""Occurrences of a word in a summary that count; by judgement, as only function words occur more often."""

_EARLY = 5
"""Sentences that count as early; by judgement, the model was fitted with it."""

_SIZE_SCALE = 4
"""Scales the logarithm of a story's size to about 1 (54 sentences), so that the fit's penalty treats it as the
others."""

_WORDS_SCALE = 6
"""The same for the logarithm of its words (400 of them)."""

_CACHED_COUNTS = 1000
"""Occurrence counts whose repeat factors are cached: bounds the memory that unusual texts can take."""

_CACHED_SIZES = 100
"""Sentences of the longest story for whose size the position factors are cached."""

FEATURES = (
    "stop word", "content, log sentences", "stop word, log sentences", "content, log times in a sentence", "in first",
    "log first, relative", "log first", "content, log early", "stop word, log early", "figure",
    "content, in first and again", "share of sentences", "log size", "log words", "log again", "stop word, log again",
    "log again, log times", "again",
)  # fmt: skip
"""Names of the features; "first" is a word's first sentence, "again" the number of its occurrence in the summary."""


class WordFacts(NamedTuple):
    """The facts about a word that the model uses."""

    story_sentences: int
    story_words: int
    stop_word: bool
    sentences: int
    """Sentences that have the word."""
    occurrences: int
    first: int
    """Position of the first sentence that has it."""
    early: int
    """How many of the first five sentences have it."""
    figure: bool


@dataclass(frozen=True, slots=True)
class StoryWords:
    """A story's words: the stems of each sentence, in order, and their statistics.

    `counts` has each stem in the order of the text, so that sums over them are the same on every machine. Stems that
    occur more than once have ids, from 1 on: `repeated` lists them by id, `repeated_ids` has each sentence's ids, in
    order.
    """

    stems: list[list[str]]
    counts: Mapping[str, int]
    repeated: list[str]
    repeated_ids: list[list[int]]
    stop_words: frozenset[str]

    @property
    def facts(self) -> dict[str, WordFacts]:
        """Facts of each stem. Takes longer than all of `estimate`: it serves the fit."""
        positions: dict[str, list[int]] = {word: [] for word in self.counts}
        for position, stems in enumerate(self.stems):
            for word in dict.fromkeys(stems):
                positions[word].append(position)
        total = sum(self.counts.values())
        return {
            word: WordFacts(
                story_sentences=len(self.stems),
                story_words=total,
                stop_word=word in self.stop_words,
                sentences=len(where),
                occurrences=self.counts[word],
                first=where[0],
                early=sum(position < _EARLY for position in where),
                figure=word[0].isdecimal(),
            )
            for word, where in positions.items()
        }


@dataclass(slots=True)
class WordChances:
    """Chances of a story's words to be in a summary.

    `single_sum` has, for each sentence, the sum of the chances of its words that the story has once. Words that it
    repeats are given by their ids, 0 being none: `distinct_ids` has each sentence's ids, each once, `first_chance`
    the chance that a summary has the word, `base_odds` the odds against that, and `repeat_factors` the factors by
    which these odds are worse for the first occurrence, the second and so on, up to the number of times that the
    story has the word and up to MAX_REPEATS.
    """

    single_sum: list[float]
    distinct_ids: list[dict[int, None]]
    first_chance: list[float]
    base_odds: list[float]
    repeat_factors: list[tuple[float, ...]]


class WordModel:
    """A logistic model: weights of the FEATURES and of classes of words, and the constant.

    `words` has the weight of each word that belongs to a class.
    """

    def __init__(self, constant: float, weights: Sequence[float], words: Mapping[str, float]) -> None:
        self.constant, self.weights, self.words = constant, tuple(weights), dict(words)
        self.weight = weight = dict(zip(FEATURES, self.weights, strict=True))
        # Factors of the odds against a word:
        self.class_factor = {word: exp(-logit) for word, logit in self.words.items()}
        self.repeat_factors = _RepeatFactors(weight, stop_word=False)
        self.repeat_factors_stop = _RepeatFactors(weight, stop_word=True)
        self.early_factor = [number ** -weight["content, log early"] for number in range(1, _EARLY + 2)]
        self.early_factor_stop = [number ** -weight["stop word, log early"] for number in range(1, _EARLY + 2)]
        self.figure_factor = exp(-weight["figure"])
        self.first_again_factor = exp(-weight["content, in first and again"])
        self._by_size: dict[int, _PositionFactors] = {}

    def position_factors(self, size: int) -> _PositionFactors:
        """Return the factors of a story of `size` sentences; cached for usual sizes."""
        factors = self._by_size.get(size)
        if factors is None:
            factors = _PositionFactors(self, size)
            if size <= _CACHED_SIZES:
                self._by_size[size] = factors
        return factors

    def words_factor(self, words: int) -> float:
        """Return the factor of the odds against each word of a story of so many words."""
        return exp(-self.weight["log words"] * log(max(1, words)) / _WORDS_SCALE)

    def chance(self, facts: WordFacts, word: str, occurrence: int) -> float:
        """Return the chance of a word's `occurrence`th time in a summary, from 1."""
        logit = sum([weight * value for weight, value in zip(self.weights, features(facts, occurrence), strict=True)])
        return 1 / (1 + exp(-logit - self.constant - self.words.get(word, 0.0)))


class _PositionFactors:
    """Factors of the odds that follow from a word's positions, for a story of `size` sentences.

    `content` and `stop` go by the word's first sentence; `spread` and `spread_stop` by how many sentences have it.
    `single` and `single_stop` are all that the position of a word that occurs once implies.
    """

    __slots__ = ("content", "single", "single_stop", "spread", "spread_stop", "stop")

    def __init__(self, model: WordModel, size: int) -> None:
        weight, early, early_stop = model.weight, model.early_factor, model.early_factor_stop
        scale = log(1 + max(1, size))
        common = exp(-model.constant - weight["log size"] * scale / _SIZE_SCALE)
        exponent = -weight["log first, relative"] / scale - weight["log first"]
        self.content = content = [common * number**exponent for number in range(1, size + 1)]
        content[:1] = [odds * exp(-weight["in first"]) for odds in content[:1]]
        stop_factor = exp(-weight["stop word"])
        self.stop = stop = [stop_factor * odds for odds in content]
        share = exp(-weight["share of sentences"] / max(1, size))
        self.single = [odds * share * early[position < _EARLY] for position, odds in enumerate(content)]
        self.single_stop = [odds * share * early_stop[position < _EARLY] for position, odds in enumerate(stop)]
        numbers = range(1, size + 1)
        exponent = weight["content, log times in a sentence"] - weight["content, log sentences"]
        self.spread = [1.0, *[number**exponent * share**number for number in numbers]]
        exponent = -weight["stop word, log sentences"]
        self.spread_stop = [1.0, *[number**exponent * share**number for number in numbers]]


class _RepeatFactors(dict[int, tuple[float, ...]]):
    """Repeat factors by how often the story has a word, computed on first use.

    See `WordChances`.
    """

    def __init__(self, weight: Mapping[str, float], *, stop_word: bool) -> None:
        super().__init__()
        self._exponent = weight["log again"] + stop_word * weight["stop word, log again"]
        self._exponent_by_count, self._repeat = weight["log again, log times"], weight["again"]

    def __missing__(self, count: int) -> tuple[float, ...]:
        exponent = self._exponent + self._exponent_by_count * log(count)
        repeats = range(2, min(MAX_REPEATS, count) + 1)
        factors = (1.0, *[number**-exponent * exp(-self._repeat) for number in repeats])
        if len(self) < _CACHED_COUNTS:
            self[count] = factors
        return factors


def read_words(sentences: Sequence[str], language: str) -> StoryWords:
    """Stem a story's sentences and count their words. Linear time."""
    if max(map(len, sentences), default=0) > _SENTENCE_CHARACTERS:
        sentences = [sentence[:_SENTENCE_CHARACTERS] for sentence in sentences]
    stems = prefix_stems_of_all(sentences)
    counts = Counter(chain.from_iterable(stems))
    repeated = ["", *[word for word, count in counts.items() if count > 1]]
    id_of = dict(zip(repeated, range(len(repeated)), strict=True)).get
    repeated_ids = [list(filter(None, map(id_of, words))) for words in stems]
    return StoryWords(stems, counts, repeated, repeated_ids, stopword_prefixes(language))


def estimate(words: StoryWords, model: WordModel) -> WordChances:
    """Estimate the chances of a story's words: `features` as factors of the odds. Linear time."""
    counts, repeated_ids, stop_words = words.counts, words.repeated_ids, words.stop_words
    size = len(repeated_ids)
    by_position = model.position_factors(size)
    by_class, figure = model.class_factor, model.figure_factor
    lengths = list(map(len, words.stems))
    common = model.words_factor(sum(lengths))
    figures = {word for word in counts if word[0].isdecimal()}

    # Words that occur once: all get the usual chance of their position first, then the few with further facts their own.
    single_counts = [length - len(ids) for length, ids in zip(lengths, repeated_ids, strict=True)]
    usual = [1 / (1 + common * odds) for odds in by_position.single]
    single_sum = [count * chance for count, chance in zip(single_counts, usual, strict=True)]
    first_of = dict(
        zip(
            chain.from_iterable(reversed(words.stems)),
            chain.from_iterable(map(repeat, range(size - 1, -1, -1), reversed(lengths))),
            strict=True,
        )
    )
    """Sentence of each word that occurs once; of others, the first that has it."""
    known = counts.keys()
    for word in {*(known & by_class.keys()), *(known & stop_words), *figures}:
        if counts[word] > 1:
            continue
        first = first_of[word]
        odds = common * (by_position.single_stop if word in stop_words else by_position.single)[first]
        if word in by_class:
            odds *= by_class[word]
        if word in figures:
            odds *= figure
        single_sum[first] += 1 / (1 + odds) - usual[first]

    # Words that occur again: ids ascend with their first sentence, so that the counts below are ordered by id.
    distinct_ids = list(map(dict.fromkeys, repeated_ids))
    spread = Counter(chain.from_iterable(distinct_ids))
    early = Counter(chain.from_iterable(distinct_ids[:_EARLY]))
    content, stop = by_position.content, by_position.stop
    spread_factor, spread_factor_stop = by_position.spread, by_position.spread_stop
    early_factor, early_factor_stop = model.early_factor, model.early_factor_stop
    first_again = model.first_again_factor
    count_exponent = -model.weight["content, log times in a sentence"]
    repeat_factors, repeat_factors_stop = model.repeat_factors, model.repeat_factors_stop
    base_odds, factors = [inf], [repeat_factors[1]]
    for word, in_sentences, in_early in zip(
        words.repeated[1:], spread.values(), chain(early.values(), repeat(0)), strict=False
    ):
        count, first = counts[word], first_of[word]
        if word in stop_words:
            odds = common * stop[first] * spread_factor_stop[in_sentences] * early_factor_stop[in_early]
            factors.append(repeat_factors_stop[count])
        else:
            odds = (
                common * content[first] * spread_factor[in_sentences] * early_factor[in_early] * count**count_exponent
            )
            if first == 0 and in_sentences > 1:
                odds *= first_again
            factors.append(repeat_factors[count])
        if word in by_class:
            odds *= by_class[word]
        if word in figures:
            odds *= figure
        base_odds.append(odds)
    return WordChances(single_sum, distinct_ids, [1 / (1 + odds) for odds in base_odds], base_odds, factors)


def features(facts: WordFacts, occurrence: int) -> tuple[float, ...]:
    """Compute the FEATURES of a word for its `occurrence`th time in a summary, from 1."""
    content = float(not facts.stop_word)
    in_first = float(facts.first == 0)
    scale = log(1 + facts.story_sentences)
    spread = log(facts.sentences)
    return (
        1 - content,
        content * spread,
        (1 - content) * spread,
        content * log(facts.occurrences / facts.sentences),
        in_first,
        log(1 + facts.first) / scale,
        log(1 + facts.first),
        content * log(1 + facts.early),
        (1 - content) * log(1 + facts.early),
        float(facts.figure),
        content * in_first * (facts.sentences > 1),
        facts.sentences / facts.story_sentences,
        scale / _SIZE_SCALE,
        log(facts.story_words) / _WORDS_SCALE,
        log(occurrence),
        (1 - content) * log(occurrence),
        log(occurrence) * log(facts.occurrences),
        float(occurrence > 1),
    )


def chances_by_definition(words: StoryWords, model: WordModel) -> dict[str, tuple[float, ...]]:
    """Compute each word's chance of being in a summary once, twice … MAX_REPEATS times.

    A last 0 ends each row. Word by word from `features`, for the fit; `estimate` gives the same in a tenth of the
    time.
    """
    return {
        word: (
            *[model.chance(facts, word, number) for number in range(1, min(MAX_REPEATS, facts.occurrences) + 1)],
            *[0.0] * (MAX_REPEATS + 1 - min(MAX_REPEATS, facts.occurrences)),
        )
        for word, facts in words.facts.items()
    }


@lru_cache(maxsize=32)
def word_classes(language: str) -> Mapping[str, str]:
    """Return the class of each word, by its prefix stem; empty for a language without classes."""
    classes: dict[str, str] = {}
    for name, words in load_table("word_classes.toml").get(language, {}).items():
        for word in words.split():
            for stem in prefix_stems(word):
                classes.setdefault(stem, name)
    return classes


@lru_cache(maxsize=32)
def load_word_model(language: str) -> WordModel:
    """Return the shipped model of a language.

    English has its own; the others share one without classes of words.
    """
    entry = load_table("ranker.json")["en" if language == "en" else "any"]
    weights = {stem: entry["classes"][name] for stem, name in word_classes(language).items()}
    return WordModel(entry["constant"], [entry["weights"][name] for name in FEATURES], weights)
