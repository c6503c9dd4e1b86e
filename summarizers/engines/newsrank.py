"""Which sentences would a desk editor pick from a news story?

Those that together say most of what a summary would say, for their length: for each word there is a chance that an
editor's summary has it (worth.py), and the sentences are chosen whose words' chances sum to the highest expected
F-measure against a summary of the usual length. A word that a chosen sentence says already counts no second time, so
that redundancy has its price without a rule (the coverage of Gillick and Favre, A scalable global model for
summarization, 2009); where to stop paying for length follows from Dinkelbach's method for ratios (On nonlinear
fractional programming, 1967). The choice is greedy, which is near the best for such sums (Lin and Bilmes, A class of
submodular functions for document summarization, ACL 2011), and then improved by exchanges. Captions and furniture are
put back, and no sentence comes without the one that explains its pronoun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TypeAlias

from summarizers.engines.cues import furniture, is_complete_enough, leans_on_previous
from summarizers.engines.focus import focus_scores
from summarizers.engines.protocol import Focus
from summarizers.engines.worth import MOST, Model, Reading, chances, model_for, read

__all__ = ["Choice", "Newsrank", "advance", "standing"]

_WORDS = 50 / 3
"""Words of an editor's summary for each sentence of ours: the references of the data have 48, ours are three."""

_SHARE = 4.0
"""The same in other languages, in mean sentences of the story. No data tell how long summaries are there, so length
costs little, and what counts is how many of a summary's words are covered."""

_LEAD = 0.4
"""Points of F-measure that a sentence of the lead has in advance in English: the model must be sure to leave it out."""

_FURNITURE = 8.0
_FOCUS = 12.0

_SHORTLIST = 16
"""Sentences that compete for a place, at least: those with the best worth. Keeps the choice linear in n."""

_RIVALS = 3
"""Sentences, besides as many as are wanted, that an exchange may bring in."""

_EXCHANGED = 8
"""Up to so many sentences a choice is improved by exchanges, whose time grows with the square of the number."""


class Newsrank:
    """The project's own engine.

    Time grows with the number of words, at any length: chances come from the story's sums, and only a shortlist
    competes in the choice. Uses neither numpy nor sumy.
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
        bonus = advance(sentences, count, language)
        if focus:
            for at, about in enumerate(focus_scores(sentences, focus, language)):
                bonus[at] += _FOCUS * about
        return Choice(sentences, count, language, read(sentences, language), bonus).made()


def advance(sentences: Sequence[str], count: int, language: str) -> list[float]:
    """Points of F-measure that each sentence has before its words are read: the lead some, page furniture less."""
    lead = _LEAD if language == "en" else 0.0
    bonus = [lead if at < count else 0.0 for at in range(len(sentences))]
    for at, on_page in enumerate(furniture(sentences)):
        if on_page or not is_complete_enough(sentences[at]):
            bonus[at] -= _FURNITURE
    return bonus


_Bag: TypeAlias = tuple[float, float, list[int], list[tuple[int, int]]]
"""A sentence's words: what all of them are worth; what those are that the story says once; numbers of those that the
sentence says once; numbers of the rest, and how often it says them. A plain tuple, since most of the time goes here."""


@dataclass(slots=True)
class _Said:
    """How often the words were said, by their numbers, and what each is worth when it is said the next time."""

    times: list[int]
    worth: list[float]


class Choice:
    """The search for `count` of a story's sentences; `bonus` is points of F-measure for each sentence in advance."""

    def __init__(
        self,
        sentences: Sequence[str],
        count: int,
        language: str,
        reading: Reading,
        bonus: Sequence[float],
        model: Model | None = None,
    ) -> None:
        self._sentences, self._count, self._language = sentences, count, language
        self._chances = chances(reading, model or model_for(language))
        first = {word: chance[0] for word, chance in self._chances.items()}
        self._once = [sum(map(first.__getitem__, distinct)) for distinct in reading.distinct]
        # What is said twice in the story can be said already; these words have a number.
        twice = [word for word, facts in reading.facts.items() if facts[3] > 1]
        self._number = dict(zip(twice, range(len(twice)), strict=True))
        self._each = [self._chances[word] for word in twice]
        self._first = [first[word] for word in twice]
        self._folded = reading.sentences
        self._lengths = [len(found) for found in reading.sentences]
        self._awaited = count * _words_awaited(self._lengths, language)
        self._bonus = bonus
        self._bags: dict[int, _Bag] = {}

    def made(self) -> list[int]:
        """The chosen positions, ascending."""
        count, lengths = self._count, self._lengths
        lead = list(range(count))
        rate = self._told(lead)[0] / (sum(lengths[:count]) + self._awaited)
        size_of = (sum(lengths[:count]) + self._awaited) / 200
        rough = [
            once - rate * length + size_of * bonus
            for once, length, bonus in zip(self._once, lengths, self._bonus, strict=True)
        ]
        keep = max(_SHORTLIST, 4 * count)
        candidates = set(sorted(range(len(rough)), key=rough.__getitem__, reverse=True)[:keep])
        leaning = self._leaning(candidates)
        before = {at - 1 for at in leaning} - candidates
        candidates |= before
        leaning |= self._leaning(before)
        chosen, rivals = self._greedy(rough, candidates, leaning, rate, size_of)
        if count <= _EXCHANGED:
            if set(chosen) != set(lead) and self._allowed(lead, leaning) and self._value(lead) > self._value(chosen):
                chosen, rivals = lead, [*chosen, *rivals]
            chosen = self._exchanged(chosen, rivals[: _RIVALS + count], leaning)
        return sorted(chosen)

    def _leaning(self, candidates: set[int]) -> set[int]:
        return {at for at in candidates if at > 0 and leans_on_previous(self._sentences[at], self._language)}

    def _bag(self, at: int) -> _Bag:
        first = self._first
        once = [number for number in map(self._number.get, self._folded[at]) if number is not None]
        often: list[tuple[int, int]] = []
        distinct = dict.fromkeys(once)
        whole = self._once[at]
        alone = whole - sum(map(first.__getitem__, distinct))
        if len(distinct) < len(once):
            counts = dict.fromkeys(once, 0)
            for number in once:
                counts[number] += 1
            once = []
            for number, times in counts.items():
                if times == 1:
                    once.append(number)
                else:
                    often.append((number, times))
                    whole += self._each[number][1] if times == 2 else sum(self._each[number][1:times])
        bag = self._bags[at] = whole, alone, once, often
        return bag

    def _whole(self, at: int) -> float:
        return (self._bags.get(at) or self._bag(at))[0]

    def _gain(self, at: int, said: _Said) -> float:
        """What a sentence adds to the words that are covered."""
        _, alone, once, often = self._bags.get(at) or self._bag(at)
        gain = alone + sum(map(said.worth.__getitem__, once))
        if often:
            times, each = said.times, self._each
            for place, number in often:
                before = times[place]
                gain += sum(each[place][before : before + number])
        return gain

    def _say(self, at: int, said: _Said) -> None:
        _, _, once, often = self._bags.get(at) or self._bag(at)
        times, worth, each = said.times, said.worth, self._each
        for place in once:
            if (before := times[place]) < MOST:
                times[place] = before + 1
                worth[place] = each[place][before + 1]
        for place, number in often:
            times[place] = now = min(MOST, times[place] + number)
            worth[place] = each[place][now]

    def _nothing(self) -> _Said:
        return _Said([0] * len(self._first), self._first.copy())

    def _told(self, chosen: Sequence[int]) -> tuple[float, _Said]:
        """What sentences cover together, and how often they say each word."""
        said = self._nothing()
        covered = 0.0
        for at in chosen:
            covered += self._gain(at, said)
            self._say(at, said)
        return covered, said

    def _value(self, chosen: Sequence[int]) -> float:
        """The expected F-measure in points, with the bonuses."""
        length = sum([self._lengths[at] for at in chosen])
        return 200 * self._told(chosen)[0] / (length + self._awaited) + sum([self._bonus[at] for at in chosen])

    def _greedy(
        self, rough: Sequence[float], candidates: set[int], leaning: set[int], rate: float, size_of: float
    ) -> tuple[list[int], list[int]]:
        """Take the best for its length, and again; gains only shrink, so that few must be reckoned anew.

        Returns the chosen and those that came nearest to it.

        A sentence that leans on the one before comes with it, at their mean price, or not at all while others are
        left.
        """
        said = self._nothing()
        chosen: list[int] = []
        taken: set[int] = set()

        def price(at: int) -> float:
            return self._gain(at, said) - rate * self._lengths[at] + size_of * self._bonus[at]

        def offer(at: int) -> float | None:
            if at not in leaning or at - 1 in taken:
                return price(at)
            if self._count - len(chosen) < 2 or (at - 1 in leaning and at - 2 not in taken):
                return None
            return (price(at) + price(at - 1)) / 2

        # a first look is cheap; what comes to the front is reckoned
        waiting = [
            (-(rough[at] + rough[at - 1]) / 2 if at in leaning else -rough[at], at, -1)
            for at in candidates
            if at not in leaning or self._count > 1
        ]
        heapify(waiting)
        while len(chosen) < self._count:
            if not waiting:  # nothing stands alone: better a sentence that leans than none
                rest = candidates - taken
                if not rest:
                    break
                takes = [max(rest, key=lambda at: (price(at), -at))]
            else:
                _, at, reckoned = heappop(waiting)
                if at in taken:
                    continue
                if reckoned != len(chosen):
                    offered = offer(at)
                    if offered is not None:
                        heappush(waiting, (-offered, at, len(chosen)))
                    continue
                takes = [at] if at not in leaning or at - 1 in taken else [at - 1, at]
            for at in takes:
                chosen.append(at)
                taken.add(at)
                self._say(at, said)
            for at in takes:
                # what leaned on it can now come alone
                if at + 1 in leaning and at + 1 not in taken:
                    heappush(waiting, (-price(at + 1), at + 1, len(chosen)))
        return chosen, [at for _, at, _ in sorted(waiting) if at not in taken]

    def _exchanged(self, chosen: list[int], rivals: list[int], leaning: set[int]) -> list[int]:
        """Exchange a chosen sentence for another as long as the value rises."""
        value = self._value(chosen)
        for _ in range(4):
            best: tuple[float, list[int]] | None = None
            others = [(at, self._whole(at), self._lengths[at], self._bonus[at]) for at in rivals if at not in chosen]
            for out in chosen:
                rest = [at for at in chosen if at != out]
                covered, said = self._told(rest)
                length = self._awaited + sum([self._lengths[at] for at in rest])
                bonus = sum([self._bonus[at] for at in rest])
                for at, whole, longer, own in others:
                    goal = best[0] if best else value
                    more = bonus + own
                    size = (length + longer) / 200
                    if (covered + whole) / size + more <= goal:
                        continue  # not even if nothing of it were said already
                    new = (covered + self._gain(at, said)) / size + more
                    if new > goal + 1e-9:
                        trial = [*rest, at]
                        if self._allowed(trial, leaning):
                            best = (new, trial)
            if best is None:
                break
            rivals = [*rivals, *set(chosen).difference(best[1])]
            value, chosen = best
        return chosen

    def _allowed(self, chosen: Sequence[int], leaning: set[int]) -> bool:
        there = set(chosen)
        return all(at - 1 in there for at in chosen if at in leaning)


def standing(sentences: Sequence[str], language: str) -> tuple[list[float], list[set[str]]]:
    """What each sentence would be worth as a summary of its own, in points of F-measure, and its words."""
    reading = read(sentences, language)
    known = chances(reading, model_for(language))
    awaited = 3 * _words_awaited([len(found) for found in reading.sentences], language)
    points = []
    for found in reading.sentences:
        covered = sum([sum(known[word][: min(number, MOST)]) for word, number in Counter(found).items()])
        points.append(200 * covered / (len(found) + awaited))
    content = [{word for word in found if not reading.facts[word][1]} for found in reading.sentences]
    return points, content


def _words_awaited(lengths: Sequence[int], language: str) -> float:
    """Words of a summary for each of its sentences."""
    return _WORDS if language == "en" else _SHARE * sum(lengths) / max(1, len(lengths))
