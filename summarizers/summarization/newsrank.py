"""Newsrank, our own engine: sentences that cover the words of an editor's summary.

Each word has a chance to be in an editor's summary (word_model.py); the sentences are chosen whose words' chances sum
to the highest expected F-measure against a summary of the usual length. A word that a chosen sentence has already
counts no second time, so that redundancy costs without a rule of its own (the coverage of Gillick and Favre, A
scalable global model for summarization, 2009); how much length may cost follows from Dinkelbach's method for ratios
(On nonlinear fractional programming, 1967). The choice is greedy, which is near the best for such sums (Lin and
Bilmes, A class of submodular functions for document summarization, ACL 2011), and is then improved by exchanges.
Captions, boilerplate and direct address are ranked lower, and no sentence is chosen without the one that explains its
pronoun. An entry has a length: where one sentence less has as many words as a whole summary, the last is left out if
it adds less than it costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush, heapreplace
from itertools import combinations
from math import log, sqrt
from operator import add
from typing import TypeAlias

from summarizers.summarization.engine import Focus
from summarizers.summarization.query_focus import focus_scores
from summarizers.summarization.word_model import (
    MAX_REPEATS,
    StoryWords,
    WordChances,
    WordModel,
    estimate,
    load_word_model,
    read_words,
)
from summarizers.text.cues import (
    background_sentences,
    ends_like_sentence,
    goes_against,
    is_fragment,
    no_comment_sentences,
    positions_needing_context,
)
from summarizers.text.furniture_words import flag_sentences

__all__ = ["NEWSRANK", "SentenceSearch", "prior_bonus", "sentence_scores"]

_WORDS_PER_SENTENCE = 50 / 3
"""Words of an editor's summary for each sentence of ours: the references of the data have 48, ours are three
sentences."""

_FULL_SENTENCE_WORDS = 20
"""Words for each sentence asked for that are a whole summary in English even with one sentence less: two long sentences
fill an entry of three. Chosen between 15 and 24 with rows and with sources held out; 18 to 21 are as good."""

_MEAN_LENGTHS_PER_SENTENCE = 16.0
"""Length of a summary in other languages, in mean sentences of the story. No data tell how long summaries are there,
so length costs next to nothing and coverage decides; the rest of the cost keeps a table from winning by its size
alone."""

_LEAD_BONUS = 0.4
"""Points of F-measure that a sentence of the lead has in advance: the model must be sure to leave it out. Fitted to
English; the same in each language, so that versions of one story have the same summary (.83 of the sentences over
translations; .73 without)."""

_CONTEXT_PENALTY = 1.0
"""Points lost by a sentence that needs the one before, though both are chosen: it says less for its length.
In English a sentence of the lead loses none, which no data say of other languages. This and the next are one number,
chosen between 0 and 2 by cross-validation; from 0.75 to 1.5 all are as good."""

_FIRST_PERSON_PENALTY = 1.0
"""Points that an English sentence loses in which somebody says "I", "we" or "you": summaries report such speech and
seldom quote it."""

_FIRST_PERSON_STEMS = frozenset({"i", "me", "my", "myself", "we", "our", "oursel", "you", "your", "yourse"})

_CONTRAST_BONUS = 1.25
"""Points for an English sentence beyond the first that opens with a contrast and stands alone: it says how things came out."""

_BACKGROUND_PENALTY = 1.0
"""Points that an English sentence beyond the first loses which says what happened long before."""

_NO_COMMENT_PENALTY = 2.0
"""Points that an English sentence loses which says that somebody says nothing. This and the two before are by judgement: an
editor does so. On the development rows they add 0.1 in the mean, none of the four sources loses, and values of half or
twice the size are as good but for a contrast of two points."""

_BOILERPLATE_PENALTY = 8.0
"""Points that a caption, boilerplate, an unfinished or a tiny sentence loses; by judgement, more than coverage can make up
for."""

_FOCUS_BONUS = 12.0
"""Points for a sentence that is fully about the focus; by judgement, above the penalty for boilerplate."""

_LONG_EXTRACT = 5
"""Sentences from which on a summary may be a long extract: shorter ones are abstracts, which the weights were fitted to.

One more than three is asked for where the headline has one.
"""

_LONG_EXTRACT_SHARE = 0.25
"""Share of a story's sentences from which on it is one; by judgement."""

_CENTRALITY_POINTS = 1.0
"""Points that a sentence of a long extract gains for each mean centrality above the mean. An extract of two fifths then
has more of what the rest of the story repeats than LexRank's; on the rows of extracts any value up to 4 adds to it, but
their references look made by centrality themselves."""

_SHORTLIST = 20
"""Least number of sentences that compete, those with the highest first gain. Keeps the choice linear in n."""

_SHORTLIST_PER_SENTENCE = 4
"""Competing sentences for each one asked for; by judgement, so that long summaries have a choice as well."""

_RIVALS = 5
"""Sentences, besides as many as are asked for, that an exchange may bring in."""

_MAX_EXCHANGED = 8
"""Longest summary that is improved by exchanges, whose time grows with the square of its sentences."""

_MAX_ROUNDS = 4
"""Exchanges in a row; by judgement, bounds the time."""

_LEAST_IMPROVEMENT = 1e-9
"""Points by which an exchange must be better, so that rounding never makes one."""

_PERCENT = 200
"""F-measure in points: twice the overlap over the sum of both lengths, times 100."""

_NO_GAIN_KNOWN = (_MAX_EXCHANGED + 1, 0.0)
"""Stage and value of a gain that was not computed: later than any stage that exchanges ask for."""


class _Newsrank:
    """The project's own engine.

    Time grows with the number of words, at any length: chances come from the story's counts, and only a shortlist
    competes in the choice. Uses neither numpy nor sumy.
    """

    name = "newsrank"

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Choose the sentences that an editor would; see `Engine.select`.

        A `focus` raises the sentences about it; if none is, the story is summarised as without.
        """
        size = len(sentences)
        if count <= 0:
            return []
        if size <= count:
            return list(range(size))
        words = read_words(sentences, language)
        bonus = prior_bonus(sentences, count, language)
        if focus:
            for position, score in enumerate(focus_scores(sentences, focus, language)):
                bonus[position] += _FOCUS_BONUS * score
        if count >= max(_LONG_EXTRACT, _LONG_EXTRACT_SHARE * size):
            for position, centrality in enumerate(_relative_centrality(words)):
                bonus[position] += _CENTRALITY_POINTS * (centrality - 1)
        return SentenceSearch(sentences, count, language, words, bonus).run()


NEWSRANK = _Newsrank()


def prior_bonus(sentences: Sequence[str], count: int, language: str) -> list[float]:
    """Return each sentence's points of F-measure before its words are read.

    The lead has more, captions and notices less. In English a sentence has more that says how things came out, and less
    that says what happened long before or that nobody would comment.
    """
    bonus = [_LEAD_BONUS if position < count else 0.0 for position in range(len(sentences))]
    for position, is_furniture in enumerate(flag_sentences(sentences, language)):
        sentence = sentences[position]
        if is_furniture or not ends_like_sentence(sentence) or is_fragment(sentence):
            bonus[position] -= _BOILERPLATE_PENALTY
    if language == "en":
        for position, sentence in enumerate(sentences[1:], 1):
            if goes_against(sentence):
                bonus[position] += _CONTRAST_BONUS
        for position in background_sentences(sentences):
            bonus[position] -= _BACKGROUND_PENALTY if position else 0.0
        for position in no_comment_sentences(sentences):
            bonus[position] -= _NO_COMMENT_PENALTY
    return bonus


def _relative_centrality(words: StoryWords) -> list[float]:
    """Return how similar each sentence is to the others, over the mean; in linear time.

    The sum of a sentence's cosines to all others, as in LexRank's continuous degree (Erkan and Radev, 2004), is its
    product with the sum of their vectors.
    """
    size = len(words.stems)
    spread = Counter(word for stems in words.stems for word in set(stems))
    vectors: list[dict[str, float]] = []
    total: dict[str, float] = {}
    for stems in words.stems:
        weights = {
            word: number * log(1 + size / spread[word])
            for word, number in Counter(stems).items()
            if word not in words.stop_words
        }
        norm = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weight / norm for word, weight in weights.items()})
        for word, weight in vectors[-1].items():
            total[word] = total.get(word, 0.0) + weight
    degrees = [sum(weight * (total[word] - weight) for word, weight in vector.items()) for vector in vectors]
    mean = sum(degrees) / size
    return [degree / mean for degree in degrees] if mean > 0 else [1.0] * size


def sentence_scores(sentences: Sequence[str], language: str) -> tuple[list[float], list[set[str]]]:
    """Score each sentence as a summary of its own, in points of F-measure.

    Also return its stems without stop words.
    """
    words = read_words(sentences, language)
    coverage = _Coverage(words, load_word_model(language))
    expected = 3 * _expected_length([len(stems) for stems in words.stems], language)
    scores = [
        _PERCENT * coverage.max_gain(position) / (len(stems) + expected) for position, stems in enumerate(words.stems)
    ]
    return scores, [set(stems) - words.stop_words for stems in words.stems]


def _expected_length(lengths: Sequence[int], language: str) -> float:
    """Words of a summary for each of its sentences."""
    if language == "en":
        return _WORDS_PER_SENTENCE
    return _MEAN_LENGTHS_PER_SENTENCE * max(1, sum(lengths)) / max(1, len(lengths))


_SentenceGains: TypeAlias = tuple[float, list[int] | dict[int, None], list[tuple[int, int, list[float]]]]
"""A sentence's words: the sum of the gains of those that the story has once; the ids of the others; for those that
the sentence itself repeats, id, number of repeats and gains by occurrence. A plain tuple, as most of the time goes
here."""


@dataclass(slots=True)
class _CoverageState:
    """The coverage of some sentences: summed gains, occurrences and next gain of each word."""

    covered: float
    counts: list[int]
    next_gain: list[float]


_NO_GAINS = [0.0] * MAX_REPEATS


class _RepeatGains(dict[int, list[float]]):
    """Gains of a word by the number of its earlier occurrences, by word id.

    Computed on first use.
    """

    def __init__(self, chances: WordChances) -> None:
        super().__init__()
        self._chances = chances

    def __missing__(self, word: int) -> list[float]:
        odds = self._chances.base_odds[word]
        gains = [1 / (1 + odds * factor) for factor in self._chances.repeat_factors[word]]
        gains += _NO_GAINS[len(gains) :]
        self[word] = gains
        return gains


class _Coverage:
    """Coverage of a story's words by sentences, and the gain of adding one."""

    def __init__(self, words: StoryWords, model: WordModel) -> None:
        self._chances = chances = estimate(words, model)
        self._repeated_ids = words.repeated_ids
        chance = chances.first_chance.__getitem__
        self.first_gains = [
            single + sum(map(chance, distinct))
            for single, distinct in zip(chances.single_sum, chances.distinct_ids, strict=True)
        ]
        """What each sentence adds to nothing, a word that it repeats counted once."""
        self._repeat_gains = _RepeatGains(chances)
        self._gains: list[_SentenceGains | None] = [None] * len(words.repeated_ids)

    def _compute(self, position: int) -> _SentenceGains:
        ids, distinct = self._repeated_ids[position], self._chances.distinct_ids[position]
        repeats: dict[int, int] = {}
        if len(distinct) < len(ids):
            seen: set[int] = set()
            for word in ids:
                if word in seen:
                    repeats[word] = repeats.get(word, 0) + 1
                else:
                    seen.add(word)
        gains = self._gains[position] = (
            self._chances.single_sum[position],
            distinct,
            [(word, count, self._repeat_gains[word]) for word, count in repeats.items()],
        )
        return gains

    def max_gain(self, position: int) -> float:
        """Return what a sentence adds to nothing, its repeats included."""
        _, _, repeats = self._gains[position] or self._compute(position)
        return self.first_gains[position] + sum([sum(gains[1 : 1 + count]) for _, count, gains in repeats])

    def gain(self, position: int, state: _CoverageState) -> float:
        """Return what a sentence adds to a state."""
        single, distinct, repeats = self._gains[position] or self._compute(position)
        gain = single + sum(map(state.next_gain.__getitem__, distinct))
        if repeats:
            counts = state.counts
            for word, count, gains in repeats:
                earlier = counts[word] + 1
                if earlier < MAX_REPEATS:
                    gain += gains[earlier] if count == 1 else sum(gains[earlier : earlier + count])
        return gain

    def add(self, position: int, state: _CoverageState) -> None:
        """Add a sentence to a state."""
        single, distinct, repeats = self._gains[position] or self._compute(position)
        counts, next_gain, repeat_gains = state.counts, state.next_gain, self._repeat_gains
        covered = state.covered + single
        for word, count, gains in repeats:
            earlier = counts[word] + 1
            if earlier < MAX_REPEATS:
                covered += gains[earlier] if count == 1 else sum(gains[earlier : earlier + count])
            counts[word] += count
        for word in distinct:
            covered += next_gain[word]
            counts[word] = now = counts[word] + 1
            next_gain[word] = repeat_gains[word][now] if now < MAX_REPEATS else 0.0
        state.covered = covered

    def remove(self, position: int, state: _CoverageState) -> None:
        """Take a sentence back from a state."""
        single, distinct, repeats = self._gains[position] or self._compute(position)
        counts, next_gain, repeat_gains = state.counts, state.next_gain, self._repeat_gains
        covered = state.covered - single
        for word, count, gains in repeats:
            counts[word] = earlier = counts[word] - count
            if earlier < MAX_REPEATS:
                covered -= gains[earlier] if count == 1 else sum(gains[earlier : earlier + count])
        for word in distinct:
            counts[word] = now = counts[word] - 1
            next_gain[word] = gain = repeat_gains[word][now] if now < MAX_REPEATS else 0.0
            covered -= gain
        state.covered = covered

    def state_of(self, chosen: Iterable[int]) -> _CoverageState:
        """Return what some sentences cover together."""
        first_chance = self._chances.first_chance
        state = _CoverageState(0.0, [0] * len(first_chance), first_chance.copy())
        for position in chosen:
            self.add(position, state)
        return state


_KnownGains: TypeAlias = dict[int, tuple[int, float]]
"""For each sentence, after how many chosen ones its gain was computed last, and that gain."""


class SentenceSearch:
    """Search for `count` of a story's sentences.

    `bonus` has the points of F-measure of each in advance. A sentence *needs context* if a pronoun or connective
    points to the one before; it is chosen with that one only.
    """

    def __init__(
        self,
        sentences: Sequence[str],
        count: int,
        language: str,
        words: StoryWords,
        bonus: Sequence[float],
        model: WordModel | None = None,
    ) -> None:
        self._sentences, self._count, self._language = sentences, count, language
        self._coverage = _Coverage(words, model or load_word_model(language))
        self._stems, self._word_counts = words.stems, words.counts
        self._lengths = [len(stems) for stems in words.stems]
        self._expected = count * _expected_length(self._lengths, language)
        self._bonus = list(bonus)

    def run(self) -> list[int]:
        """Return the chosen positions, ascending."""
        count, lengths, coverage = self._count, self._lengths, self._coverage
        lead = list(range(count))
        lead_state = coverage.state_of(lead)
        size = sum(lengths[:count]) + self._expected
        # Dinkelbach: the lead's ratio of coverage to length is the price of a word.
        rate, points = lead_state.covered / size, size / _PERCENT
        net_bonus = [points * bonus - rate * length for bonus, length in zip(self._bonus, lengths, strict=True)]
        estimates = list(map(add, coverage.first_gains, net_bonus))
        keep = max(_SHORTLIST, _SHORTLIST_PER_SENTENCE * count)
        candidates = {*sorted(range(len(estimates)), key=estimates.__getitem__, reverse=True)[:keep], *lead}
        dependent = positions_needing_context(self._sentences, candidates, self._language)
        previous = {position - 1 for position in dependent} - candidates
        candidates |= previous
        dependent |= positions_needing_context(self._sentences, previous, self._language)
        for position, penalty in self._penalties(candidates, dependent).items():
            self._bonus[position] -= penalty
            net_bonus[position] -= points * penalty
            estimates[position] -= points * penalty
        chosen, rivals, state, gains = self._choose_greedily(estimates, candidates, dependent, net_bonus)
        if count <= _MAX_EXCHANGED:
            if (
                set(chosen) != set(lead)
                and self._is_allowed(lead, dependent)
                and self._value(lead, lead_state) > self._value(chosen, state)
            ):
                chosen, rivals, state, gains = lead, [*chosen, *rivals], lead_state, {}
            rivals = rivals[: _RIVALS + count]
            chosen = self._exchange(chosen, rivals, dependent, state, gains)
            if count > 1 and self._language == "en":
                chosen = self._shorten(chosen, rivals, dependent)
        return sorted(chosen)

    def _penalties(self, candidates: set[int], dependent: set[int]) -> dict[int, float]:
        """Points that sentences lose for how they are worded."""
        english = self._language == "en"
        lead = self._count if english else 0  # in the lead a dependent sentence follows the one that it needs
        penalties = {position: _CONTEXT_PENALTY for position in dependent if position >= lead}
        if english and not self._word_counts.keys().isdisjoint(_FIRST_PERSON_STEMS):
            for position in candidates:
                if not _FIRST_PERSON_STEMS.isdisjoint(self._stems[position]):
                    penalties[position] = penalties.get(position, 0.0) + _FIRST_PERSON_PENALTY
        return penalties

    def _value(self, chosen: Sequence[int], state: _CoverageState) -> float:
        """Expected F-measure of a choice in points, with the bonuses."""
        length = sum([self._lengths[position] for position in chosen])
        return _PERCENT * state.covered / (length + self._expected) + sum([self._bonus[at] for at in chosen])

    def _choose_greedily(
        self, estimates: Sequence[float], candidates: set[int], dependent: set[int], net_bonus: Sequence[float]
    ) -> tuple[list[int], list[int], _CoverageState, _KnownGains]:
        """Take the best for its length, again and again.

        Gains only shrink, so that few must be computed anew. `net_bonus` is a sentence's bonus less the price of its
        length, `estimates` a first estimate of its value. Returns the chosen, the others from the best on, what the
        chosen cover, and the gains that were computed. A dependent sentence is taken together with the one before, at
        their mean value, or not at all while others are left.
        """
        coverage = self._coverage
        state = coverage.state_of(())
        chosen: list[int] = []
        taken: set[int] = set()
        computed: _KnownGains = {}

        def value(position: int) -> float:
            gain = coverage.gain(position, state)
            computed[position] = len(chosen), gain
            return gain + net_bonus[position]

        def value_with_context(position: int) -> float | None:
            if position not in dependent or position - 1 in taken:
                return value(position)
            if self._count - len(chosen) < 2 or (position - 1 in dependent and position - 2 not in taken):
                return None
            return (value(position) + value(position - 1)) / 2

        # Entries are (-value, position, number of chosen when computed): an estimate is computed when it comes first.
        queue = [
            (-(estimates[at] + estimates[at - 1]) / 2 if at in dependent else -estimates[at], at, -1)
            for at in candidates
            if at not in dependent or self._count > 1
        ]
        heapify(queue)
        while len(chosen) < self._count:
            if not queue:  # only dependent sentences are left, and better one of them than none
                rest = candidates - taken
                if not rest:
                    break
                new = [max(rest, key=lambda position: (value(position), -position))]
            else:
                _, position, stage = queue[0]
                if position not in taken and stage != len(chosen):
                    current = value_with_context(position)
                    if current is not None:
                        heapreplace(queue, (-current, position, len(chosen)))
                        continue
                    heappop(queue)
                    continue
                heappop(queue)
                if position in taken:
                    continue
                alone = position not in dependent or position - 1 in taken
                new = [position] if alone else [position - 1, position]
            for position in new:
                chosen.append(position)
                taken.add(position)
                coverage.add(position, state)
            for position in new:
                following = position + 1  # can now be taken alone
                if following in dependent and following not in taken:
                    heappush(queue, (-value(following), following, len(chosen)))
        return chosen, [position for _, position, _ in sorted(queue) if position not in taken], state, computed

    def _exchange(
        self,
        chosen: list[int],
        rivals: list[int],
        dependent: set[int],
        state: _CoverageState,
        computed: Mapping[int, tuple[int, float]],
    ) -> list[int]:
        """Exchange a chosen sentence for another as long as the value rises.

        `state` is what the chosen cover. `computed` has the greedy choice's gains: no sentence gains more
        when more are chosen.
        """
        coverage, lengths, bonuses = self._coverage, self._lengths, self._bonus
        length = self._expected + sum([lengths[position] for position in chosen])
        bonus = sum([bonuses[position] for position in chosen])
        best_value = _PERCENT * state.covered / length + bonus
        unchanged = len(chosen)  # how many of the chosen, from the front, are still those of the greedy choice
        last_in = -1

        def entry(position: int) -> tuple[int, int, float, int, float]:
            return position, lengths[position], bonuses[position], *computed.get(position, _NO_GAIN_KNOWN)

        others = [entry(position) for position in rivals if position not in chosen]
        max_gains: dict[int, float] = {}
        for _ in range(_MAX_ROUNDS):
            best: tuple[int, int] | None = None
            for index, out in enumerate(chosen):
                if out == last_in:
                    continue  # nothing was better in its place
                valid_stage = min(index, unchanged)
                covered, counts, next_gain = state.covered, state.counts.copy(), state.next_gain.copy()
                coverage.remove(out, state)
                rest_covered = state.covered
                rest_length, rest_bonus = length - lengths[out], bonus - bonuses[out]
                for position, own_length, own_bonus, stage, bound in others:
                    if stage > valid_stage:
                        bound = max_gains.get(position) or max_gains.setdefault(position, coverage.max_gain(position))
                    size, new_bonus = (rest_length + own_length) / _PERCENT, rest_bonus + own_bonus
                    if (rest_covered + bound) / size + new_bonus <= best_value:
                        continue  # no better even by the upper bound of its gain
                    value = (rest_covered + coverage.gain(position, state)) / size + new_bonus
                    if value > best_value + _LEAST_IMPROVEMENT and self._is_allowed(
                        [position, *chosen], dependent, out
                    ):
                        best, best_value = (out, position), value
                # restoring copies is cheaper than adding the sentence again
                state.covered, state.counts, state.next_gain = covered, counts, next_gain
            if best is None:
                break
            out, last_in = best
            coverage.remove(out, state)
            coverage.add(last_in, state)
            length += lengths[last_in] - lengths[out]
            bonus += bonuses[last_in] - bonuses[out]
            unchanged = min(unchanged, chosen.index(out))
            chosen = [*[position for position in chosen if position != out], last_in]
            others = [*[other for other in others if other[0] != last_in], entry(out)]
        return chosen

    def _shorten(self, chosen: list[int], rivals: list[int], dependent: set[int]) -> list[int]:
        """Return one sentence less if that is worth more and is long enough for a whole summary.

        Tried are the chosen without one, and without two but with a rival.
        """
        coverage, lengths, bonuses = self._coverage, self._lengths, self._bonus
        least = _FULL_SENTENCE_WORDS * self._count
        total = sum([lengths[position] for position in chosen])
        longest = sorted([lengths[position] for position in {*chosen, *rivals}], reverse=True)
        if sum(longest[: len(chosen) - 1]) < least:
            return chosen
        best = chosen
        best_value = self._value(chosen, coverage.state_of(chosen)) + _LEAST_IMPROVEMENT
        max_gains = {position: coverage.max_gain(position) for position in {*chosen, *rivals}}
        for one, other in combinations(chosen, 2):
            kept = [position for position in chosen if position not in (one, other)]
            length = total - lengths[one] - lengths[other]
            bonus = sum([bonuses[position] for position in kept])
            state: _CoverageState | None = None
            bound = sum([max_gains[position] for position in kept])
            for position in (one, other, *rivals):
                size = length + lengths[position]
                if size < least or position in kept:
                    continue
                points, new_bonus = (size + self._expected) / _PERCENT, bonus + bonuses[position]
                if (bound + max_gains[position]) / points + new_bonus <= best_value:
                    continue  # no better even if nothing is said twice
                if state is None:
                    state = coverage.state_of(kept)
                value = (state.covered + coverage.gain(position, state)) / points + new_bonus
                if value > best_value and self._is_allowed([*kept, position], dependent):
                    best, best_value = [*kept, position], value
        return best

    def _is_allowed(self, chosen: Sequence[int], dependent: set[int], out: int = -1) -> bool:
        """Return whether each of the chosen but `out` that needs context has the sentence before it."""
        if dependent.isdisjoint(chosen):
            return True
        rest = set(chosen) - {out}
        return all(position - 1 in rest for position in rest if position in dependent)
