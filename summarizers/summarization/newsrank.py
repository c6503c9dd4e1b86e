"""Which sentences would a desk editor pick from a news story?

Those that together say most of what a summary would say, for their length: for each word there is a chance that an
editor's summary has it (worth.py), and the sentences are chosen whose words' chances sum to the highest expected
F-measure against a summary of the usual length. A word that a chosen sentence says already counts no second time, so
that redundancy has its price without a rule (the coverage of Gillick and Favre, A scalable global model for
summarization, 2009); where to stop paying for length follows from Dinkelbach's method for ratios (On nonlinear
fractional programming, 1967). The choice is greedy, which is near the best for such sums (Lin and Bilmes, A class of
submodular functions for document summarization, ACL 2011), and then improved by exchanges. Captions, furniture
and talk are put back, and no sentence comes without the one that explains its pronoun.
"""

from __future__ import annotations

from collections.abc import Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush, heapreplace
from operator import add
from typing import TypeAlias

from summarizers.summarization.engine import Focus
from summarizers.summarization.query_focus import focus_scores
from summarizers.summarization.word_model import MOST, Model, Reading, Worth, model_for, read, weigh
from summarizers.text.cues import boilerplate_flags, ends_like_sentence, positions_needing_context

__all__ = ["Choice", "Newsrank", "advance", "standing"]

_WORDS = 50 / 3
"""Words of an editor's summary for each sentence of ours: the references of the data have 48, ours are three."""

_SHARE = 16.0
"""The same in other languages, in mean sentences of the story. No data tell how long summaries are there, so length
costs next to nothing, and what counts is how many of a summary's words are covered; that a table doesn't win by its size
alone is all that is left of its price."""

_LEAD = 0.4
"""Points of F-measure that a sentence of the lead has in advance in English: the model must be sure to leave it out."""

_LEANING = 1.0
"""Points that a sentence loses which leans on the one before, though that one comes along: it says less for its length.
In English a sentence of the lead loses none, which no data say of other languages.
This and the next are one number, chosen between 0 and 2 by cross-validation; from 0.75 to 1.5 all are as good."""

_TALKING = 1.0
"""Points that an English sentence loses in which somebody says "I", "we" or "you": talk is told of in a summary, and
seldom quoted."""

_TALKERS = frozenset({"i", "me", "my", "myself", "we", "our", "oursel", "you", "your", "yourse"})
_FURNITURE = 8.0
_FOCUS = 12.0

_SHORTLIST = 20
"""Sentences that compete for a place, at least: those with the best worth. Keeps the choice linear in n."""

_RIVALS = 5
"""Sentences, besides as many as are wanted, that an exchange may bring in."""

_EXCHANGED = 8
"""Up to so many sentences a choice is improved by exchanges, whose time grows with the square of the number."""

_NEVER = (_EXCHANGED + 1, 0.0)
"""What is known of a gain that was not reckoned: it holds after more sentences than are ever exchanged."""


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
        reading = read(sentences, language)
        bonus = advance(sentences, count, language, reading.times.keys())
        if focus:
            for at, about in enumerate(focus_scores(sentences, focus, language)):
                bonus[at] += _FOCUS * about
        return Choice(sentences, count, language, reading, bonus).made()


def advance(sentences: Sequence[str], count: int, language: str, known: KeysView[str] | None = None) -> list[float]:
    """Points of F-measure that each sentence has before its words are read: the lead some, page furniture less.

    `known` are the stems of the story's words; see `furniture`.
    """
    lead = _LEAD if language == "en" else 0.0
    bonus = [lead if at < count else 0.0 for at in range(len(sentences))]
    for at, on_page in enumerate(boilerplate_flags(sentences, known)):
        if on_page or not ends_like_sentence(sentences[at]):
            bonus[at] -= _FURNITURE
    return bonus


_Bag: TypeAlias = tuple[float, list[int] | dict[int, None], list[tuple[int, int, list[float]]]]
"""A sentence's words: what those are worth that the story says once; the numbers of the others; which of these it says
again, how often, and their rows (see _Rows). A plain tuple, since most of the time goes here."""


@dataclass(slots=True)
class _Said:
    """What was said: what it covers, how often each word, by its number, and what each is worth the next time."""

    covered: float
    times: list[int]
    worth: list[float]


_NOTHING = [0.0] * MOST


class _Rows(dict[int, list[float]]):
    """What a word is worth when it was said never, once, twice … already, by its number; found when asked for."""

    def __init__(self, worth: Worth) -> None:
        super().__init__()
        self._worth = worth

    def __missing__(self, number: int) -> list[float]:
        against = self._worth.against[number]
        row = [1 / (1 + against * factor) for factor in self._worth.further[number]]
        row += _NOTHING[len(row) :]
        self[number] = row
        return row


class _Bags:
    """The words of a story's sentences, and what they add to what was said."""

    def __init__(self, reading: Reading, model: Model) -> None:
        self._worth = worth = weigh(reading, model)
        self._said = reading.said
        first = worth.first.__getitem__
        self.whole = [
            alone + sum(map(first, distinct)) for alone, distinct in zip(worth.alone, worth.distinct, strict=True)
        ]
        """What each sentence is worth when nothing was said, a word that it says again counted once."""
        self._rows = _Rows(worth)
        self._bags: list[_Bag | None] = [None] * len(reading.said)

    def _bag(self, at: int) -> _Bag:
        rows, numbers, distinct = self._rows, self._said[at], self._worth.distinct[at]
        again: dict[int, int] = {}
        if len(distinct) < len(numbers):
            seen: set[int] = set()
            for number in numbers:
                if number in seen:
                    again[number] = again.get(number, 0) + 1
                else:
                    seen.add(number)
        bag = self._bags[at] = (
            self._worth.alone[at],
            distinct,
            [(number, more, rows[number]) for number, more in again.items()],
        )
        return bag

    def most(self, at: int) -> float:
        """What a sentence is worth when nothing was said."""
        _, _, again = self._bags[at] or self._bag(at)
        return self.whole[at] + sum([sum(row[1 : 1 + times]) for _, times, row in again])

    def gain(self, at: int, said: _Said) -> float:
        """What a sentence adds to the words that are covered."""
        alone, distinct, again = self._bags[at] or self._bag(at)
        gain = alone + sum(map(said.worth.__getitem__, distinct))
        if again:
            before = said.times
            for number, times, row in again:
                then = before[number] + 1
                if then < MOST:
                    gain += row[then] if times == 1 else sum(row[then : then + times])
        return gain

    def say(self, at: int, said: _Said) -> None:
        """Say a sentence."""
        alone, distinct, again = self._bags[at] or self._bag(at)
        times, worth, rows = said.times, said.worth, self._rows
        covered = said.covered + alone
        for number, more, row in again:
            then = times[number] + 1
            if then < MOST:
                covered += row[then] if more == 1 else sum(row[then : then + more])
            times[number] += more
        for number in distinct:
            covered += worth[number]
            times[number] = now = times[number] + 1
            worth[number] = rows[number][now] if now < MOST else 0.0
        said.covered = covered

    def unsay(self, at: int, said: _Said) -> None:
        """Take back what a sentence said."""
        alone, distinct, again = self._bags[at] or self._bag(at)
        times, worth, rows = said.times, said.worth, self._rows
        covered = said.covered - alone
        for number, more, row in again:
            times[number] = then = times[number] - more
            if then < MOST:
                covered -= row[then] if more == 1 else sum(row[then : then + more])
        for number in distinct:
            times[number] = now = times[number] - 1
            worth[number] = value = rows[number][now] if now < MOST else 0.0
            covered -= value
        said.covered = covered

    def told(self, chosen: Iterable[int]) -> _Said:
        """What sentences say together."""
        said = _Said(0.0, [0] * len(self._worth.first), self._worth.first.copy())
        for at in chosen:
            self.say(at, said)
        return said


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
        self._bags = _Bags(reading, model or model_for(language))
        self._folded, self._times = reading.sentences, reading.times
        self._lengths = [len(found) for found in reading.sentences]
        self._awaited = count * _words_awaited(self._lengths, language)
        self._bonus = list(bonus)

    def made(self) -> list[int]:
        """The chosen positions, ascending."""
        count, lengths, bags = self._count, self._lengths, self._bags
        lead = list(range(count))
        lead_said = bags.told(lead)
        size = sum(lengths[:count]) + self._awaited
        rate, size_of = lead_said.covered / size, size / 200
        price = [size_of * bonus - rate * length for bonus, length in zip(self._bonus, lengths, strict=True)]
        rough = list(map(add, bags.whole, price))
        keep = max(_SHORTLIST, 4 * count)
        candidates = {*sorted(range(len(rough)), key=rough.__getitem__, reverse=True)[:keep], *lead}
        leans = positions_needing_context(self._sentences, candidates, self._language)
        before = {at - 1 for at in leans} - candidates
        candidates |= before
        leans |= positions_needing_context(self._sentences, before, self._language)
        for at, points in self._less(candidates, leans).items():
            self._bonus[at] -= points
            price[at] -= size_of * points
            rough[at] -= size_of * points
        chosen, rivals, said, most = self._greedy(rough, candidates, leans, price)
        if count <= _EXCHANGED:
            if (
                set(chosen) != set(lead)
                and self._allowed(lead, leans)
                and self._value(lead, lead_said) > self._value(chosen, said)
            ):
                chosen, rivals, said, most = lead, [*chosen, *rivals], lead_said, {}
            chosen = self._exchanged(chosen, rivals[: _RIVALS + count], leans, said, most)
        return sorted(chosen)

    def _less(self, candidates: set[int], leans: set[int]) -> dict[int, float]:
        """Points that sentences lose for how they speak."""
        english = self._language == "en"
        lead = self._count if english else 0  # in the lead a leaning sentence stands where it belongs
        less = {at: _LEANING for at in leans if at >= lead}
        if english and not self._times.keys().isdisjoint(_TALKERS):
            for at in candidates:
                if not _TALKERS.isdisjoint(self._folded[at]):
                    less[at] = less.get(at, 0.0) + _TALKING
        return less

    def _value(self, chosen: Sequence[int], said: _Said) -> float:
        """The expected F-measure in points, with the bonuses."""
        length = sum([self._lengths[at] for at in chosen])
        return 200 * said.covered / (length + self._awaited) + sum([self._bonus[at] for at in chosen])

    def _greedy(
        self, rough: Sequence[float], candidates: set[int], leans: set[int], price: Sequence[float]
    ) -> tuple[list[int], list[int], _Said, dict[int, tuple[int, float]]]:
        """Take the best for its length, and again; gains only shrink, so that few must be reckoned anew.

        `price` is what a sentence's bonus is worth less its length, and `rough` a first guess at its value.

        Returns the chosen, those that came nearest to it, what the chosen say, and for each sentence after how many of
        the chosen its gain was reckoned last, and that gain.

        A sentence that leans on the one before comes with it, at their mean price, or not at all while others are
        left.
        """
        said = self._bags.told(())
        chosen: list[int] = []
        taken: set[int] = set()

        bags = self._bags
        gains: dict[int, tuple[int, float]] = {}

        def value(at: int) -> float:
            gain = bags.gain(at, said)
            gains[at] = len(chosen), gain
            return gain + price[at]

        def offer(at: int) -> float | None:
            if at not in leans or at - 1 in taken:
                return value(at)
            if self._count - len(chosen) < 2 or (at - 1 in leans and at - 2 not in taken):
                return None
            return (value(at) + value(at - 1)) / 2

        # a first look is cheap; what comes to the front is reckoned
        waiting = [
            (-(rough[at] + rough[at - 1]) / 2 if at in leans else -rough[at], at, -1)
            for at in candidates
            if at not in leans or self._count > 1
        ]
        heapify(waiting)
        while len(chosen) < self._count:
            if not waiting:  # nothing stands alone: better a sentence that leans than none
                rest = candidates - taken
                if not rest:
                    break
                takes = [max(rest, key=lambda at: (value(at), -at))]
            else:
                _, at, reckoned = waiting[0]
                if at not in taken and reckoned != len(chosen):
                    offered = offer(at)
                    if offered is not None:
                        heapreplace(waiting, (-offered, at, len(chosen)))
                        continue
                    heappop(waiting)
                    continue
                heappop(waiting)
                if at in taken:
                    continue
                takes = [at] if at not in leans or at - 1 in taken else [at - 1, at]
            for at in takes:
                chosen.append(at)
                taken.add(at)
                bags.say(at, said)
            for at in takes:
                # what leaned on it can now come alone
                if at + 1 in leans and at + 1 not in taken:
                    heappush(waiting, (-value(at + 1), at + 1, len(chosen)))
        return chosen, [at for _, at, _ in sorted(waiting) if at not in taken], said, gains

    def _exchanged(
        self,
        chosen: list[int],
        rivals: list[int],
        leans: set[int],
        said: _Said,
        reckoned: Mapping[int, tuple[int, float]],
    ) -> list[int]:
        """Exchange a chosen sentence for another as long as the value rises; `said` is what the chosen say.

        `reckoned` is what `_greedy` knows of gains: no sentence gains more when more of the chosen are there.
        """
        bags, lengths, bonuses = self._bags, self._lengths, self._bonus
        length = self._awaited + sum([lengths[at] for at in chosen])
        bonus = sum([bonuses[at] for at in chosen])
        goal = 200 * said.covered / length + bonus
        first = len(chosen)  # so many are the first that the greedy choice made
        tried = -1

        def rival(at: int) -> tuple[int, int, float, int, float]:
            return at, lengths[at], bonuses[at], *reckoned.get(at, _NEVER)

        others = [rival(at) for at in rivals if at not in chosen]
        mosts: dict[int, float] = {}
        for _ in range(4):
            best: tuple[int, int] | None = None
            for place, out in enumerate(chosen):
                if out == tried:
                    continue  # nothing was better in its place
                known = min(place, first)
                covered, times, worth = said.covered, said.times.copy(), said.worth.copy()
                bags.unsay(out, said)
                left = said.covered
                shorter, fewer = length - lengths[out], bonus - bonuses[out]
                for at, longer, own, stage, most in others:
                    if stage > known:
                        most = mosts.get(at) or mosts.setdefault(at, bags.most(at))
                    size, more = (shorter + longer) / 200, fewer + own
                    if (left + most) / size + more <= goal:
                        continue  # not even if nothing else of it were said already
                    new = (left + bags.gain(at, said)) / size + more
                    if new > goal + 1e-9 and self._allowed([at, *chosen], leans, out):
                        best, goal = (out, at), new
                said.covered, said.times, said.worth = covered, times, worth  # cheaper than to say it again
            if best is None:
                break
            out, tried = best
            bags.unsay(out, said)
            bags.say(tried, said)
            length += lengths[tried] - lengths[out]
            bonus += bonuses[tried] - bonuses[out]
            first = min(first, chosen.index(out))
            chosen = [*[kept for kept in chosen if kept != out], tried]
            others = [*[other for other in others if other[0] != tried], rival(out)]
        return chosen

    def _allowed(self, chosen: Sequence[int], leans: set[int], out: int = -1) -> bool:
        """Whether each of the chosen but `out` that leans has the one before it."""
        if leans.isdisjoint(chosen):
            return True
        there = set(chosen) - {out}
        return all(at - 1 in there for at in there if at in leans)


def standing(sentences: Sequence[str], language: str) -> tuple[list[float], list[set[str]]]:
    """What each sentence would be worth as a summary of its own, in points of F-measure, and its words."""
    reading = read(sentences, language)
    bags = _Bags(reading, model_for(language))
    awaited = 3 * _words_awaited([len(found) for found in reading.sentences], language)
    points = [200 * bags.most(at) / (len(found) + awaited) for at, found in enumerate(reading.sentences)]
    return points, [set(found) - reading.stops for found in reading.sentences]


def _words_awaited(lengths: Sequence[int], language: str) -> float:
    """Words of a summary for each of its sentences."""
    return _WORDS if language == "en" else _SHARE * max(1, sum(lengths)) / max(1, len(lengths))
