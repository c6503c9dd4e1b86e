"""Are two stories about the same happening, and what does the later one add?

`traits` reads a story once: its words, the words of title and lead, names, the names it turns on, figures and what they
count, weekdays, dates and the latest year it speaks of. `same_event` compares two stories by these: a logistic model over
a dozen and a half similarities and contradictions, since two earthquakes or two trials share most words and differ in
names, figures and days. That is the comparison of Miranda et al., Multilingual Clustering of Streaming News (EMNLP 2018),
without its timestamps and with contradictions besides: similarities by kind of term and field, weighted by a trained
model. `belongs` weighs a story against whole events: small trees over the comparisons with an event's stories (best and
mean) and over how far the next event is behind. Words weigh by how common they are in the language (data/commonness.json,
made by training/commonness.py) and not in what came in so far, so that a score depends on the stories only, whatever
else has been read. Sums over sets are exact (fsum), so that their order, which is another in each process, doesn't count.
Weights and trees: data/events.json, made by training/events.py. Names of days, months and small numbers:
data/calendar.json, from CLDR, made by training/calendar_words.py.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from importlib.resources import files
from itertools import pairwise
from math import exp, fsum, log, sqrt
from operator import mul
from typing import Any

from summarizers.labels.gazetteer import table
from summarizers.text.language import identify_language
from summarizers.text.stems import prefix_stems, snowball_stem, stopword_prefixes
from summarizers.text.words import stopwords
from summarizers.types import Analysis

__all__ = [
    "FEATURES",
    "Compared",
    "Traits",
    "belongs",
    "compare",
    "event_row",
    "mark",
    "news_in",
    "same_event",
    "text_traits",
    "traits",
]

_READ = 8000
_TITLE = 160
_LEAD = 400
_HEAD = 500
_MOST_TERMS = 120
_MOST_FOCUS = 4
_MOST_FIGURES = 40
_RARE = 1.0
_FEW = 2
_NEAR = 0.06
_STRANGERS = 0.3
_OTHERS = 0.45
_UNKNOWN = 0.02
_WORDING = 0.55
_WORDING_OF_OTHERS = 0.35
_WORDING_OF_FEW = 0.85
_OTHER_WORDING = 0.1
_HASHED_TERMS = 14
_HASHED_PAIRS = 5
_PRINTS = 8
_PRINTED_WORDS = 60
_SHINGLE = 5
_PARTS = 13
_FIGURES_FROM = 700
_BEHIND = 60
_DATED = 20
_HOPELESS = 0.35
_BEST = 0.6

FEATURES = (
    "words", "lead", "names", "least focus", "least strange names", "most strange names",
    "least cover", "most cover", "other weekday", "same date", "other year", "same year",
    "least figures told", "most figures told", "same figures", "share of figures", "counted alike", "counted otherwise",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traits:
    """What grouping knows of a story.

    `terms` and `lead` are vectors of length 1; `names` are terms, `focus` the names it turns on with their shares. `hashes`, 64 bits with a sign, are what a story of the same happening is likely to share.
    """

    language: str
    size: int
    terms: dict[str, float]
    lead: dict[str, float]
    names: frozenset[str]
    focus: dict[str, float]
    figures: frozenset[str]
    lead_figures: frozenset[str]
    counted: frozenset[str]
    """What the lead's figures stand beside, with the figure: "pirat 26", "<magnitud 4.6"."""
    days: frozenset[str]
    dates: frozenset[str]
    year: int
    hashes: tuple[int, ...]
    worth: _Worth | None = field(default=None, init=False, repr=False, compare=False)
    """Made at the first comparison."""

    def dumps(self) -> str:
        """As text, for the store; the same for equal traits."""
        parts = [
            self.language,
            self.size,
            self.terms,
            self.lead,
            sorted(self.names),
            self.focus,
            *map(sorted, (self.figures, self.lead_figures, self.counted, self.days, self.dates)),
            self.year,
            self.hashes,
        ]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> Traits:
        """Read what `dumps` wrote. Raises ValueError for anything else."""
        parts = json.loads(text)
        if isinstance(parts, list) and len(parts) == _PARTS - 1:  # as written before figures were counted
            parts.insert(8, [])
        if not isinstance(parts, list) or len(parts) != _PARTS:
            raise ValueError("these are no traits of this version")
        language, size, terms, lead, names, focus, figures, lead_figures, counted, days, dates, year, hashes = parts
        return cls(
            language=language,
            size=size,
            terms=terms,
            lead=lead,
            names=frozenset(names),
            focus=focus,
            figures=frozenset(figures),
            lead_figures=frozenset(lead_figures),
            counted=frozenset(counted),
            days=frozenset(days),
            dates=frozenset(dates),
            year=year,
            hashes=tuple(hashes),
        )


def traits(analysis: Analysis) -> Traits:
    """A story's traits, from its title, deck, dateline and body. A made headline repeats the body and is left out."""
    story = analysis.story
    return text_traits(
        "\n".join(part for part in (story.title, story.deck, story.dateline, story.body) if part), analysis.language
    )


def text_traits(text: str, language: str | None = None) -> Traits:
    """The traits of a story that is one text, its title first. Reads the first 8,000 characters."""
    text = text[:_READ]
    language = language or identify_language(text)
    seen = _Seen()
    if _UNSPACED.search(text[:_LEAD]):
        seen.read_unspaced(text, language)
    else:
        seen.read(text, language)
    names = frozenset(term for term, count in seen.inside.items() if count > seen.small[term])
    rare = _rarity(language)
    weights = {term: (1 + log(count)) * rare.get(term, _RARE) for term, count in seen.all.items()}
    ranked = sorted(weights, key=lambda term: (-seen.all[term] * (1.5 if term in seen.lead else 1), term))
    terms = _unit({term: weights[term] for term in ranked[:_MOST_TERMS]})
    focus = _focus(seen, names, rare)
    whole = sum(focus.values())
    head = text[:_HEAD].lower()
    figures, lead_figures, counted = _figures(text, language)
    years = [int(year) for year in _YEAR.findall(text)]
    prints = _prints(seen.words)
    return Traits(
        language=language,
        size=sum(seen.all.values()),
        terms=terms,
        lead=_unit({term: (1 + log(count)) * rare.get(term, _RARE) for term, count in seen.lead.items()}),
        names=names & terms.keys(),
        focus={term: round(count / whole, 4) for term, count in focus.items()},
        figures=frozenset(figures[:_MOST_FIGURES]),
        lead_figures=frozenset(lead_figures),
        counted=frozenset(counted),
        days=_days(head, language),
        dates=_dates(head, language),
        year=max(years, default=0),
        hashes=_hashes(language, seen, weights, names, prints),
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing a story with another one gave."""

    chance: float
    """That both tell of the same happening, in 0..1."""
    strangers: bool
    """One form filled in twice, as it seems: in the same words, but each with rare names that the other has not."""
    row: tuple[float, ...]
    """FEATURES: the same in either order."""
    to: tuple[float, ...]
    """How much of the first story's focus, lead, figures, names and words is in the second."""
    back: tuple[float, ...]
    """The same of the second story."""


def same_event(one: Traits, other: Traits) -> float:
    """How likely two stories tell of the same happening, in 0..1; the order doesn't matter.

    Stories in different languages are never the same.
    """
    found = compare(one, other)
    return 0.0 if found is None or found.strangers else found.chance


def compare(one: Traits, other: Traits, near: float = _NEAR) -> Compared | None:
    """All that two stories have and don't have in common; None where they are in two languages or share too little."""
    if one.language != other.language:
        return None
    a, b = one.terms, other.terms
    shared = a.keys() & b.keys()
    words = fsum([a[term] * b[term] for term in shared])
    if words < near:  # the model has seen no such pairs
        return None
    lead = _dot(one.lead, other.lead)
    to, back = _directed(one, other, shared), _directed(other, one, shared)
    row = _features(one, other, words, lead, to, back)
    bias, weights = _model().logistic
    score = bias + sum(map(mul, weights, row))
    chance = 1 / (1 + exp(-max(-60.0, min(60.0, score))))
    return Compared(chance, _one_form(one, other, shared), row, to, back)


def belongs(events: Sequence[Sequence[Compared | None]]) -> list[float]:
    """How likely a story belongs to each of these events, in 0..1, from its comparisons with their stories.

    An event without a story that could be compared gets 0, and so does one half of whose stories are strangers. Where the
    comparisons themselves speak against an event, the trees aren't asked: among the rows that they learnt from every other
    story has its event, in the world next to none of those that share a few hashes.
    """
    together = [[found for found in event if found is not None] for event in events]
    plain = [standing(event) for event in together]
    scores = []
    for at, event in enumerate(together):
        if plain[at] < _HOPELESS or 2 * sum(found.strangers for found in event) >= len(event):
            scores.append(0.0)
            continue
        rival = max([value for other, value in enumerate(plain) if other != at], default=0.0)
        row = event_row(event, plain[at], rival)
        total = _model().start + sum([_grown(tree, row) for tree in _model().trees])
        scores.append(1 / (1 + exp(-max(-60.0, min(60.0, total)))))
    return scores


def standing(event: Sequence[Compared]) -> float:
    """The best comparison and the mean of all, mixed."""
    chances = [found.chance for found in event]
    return _BEST * max(chances) + (1 - _BEST) * sum(chances) / len(chances) if chances else 0.0


def event_row(event: Sequence[Compared], plain: float, rival: float) -> list[float]:
    """What the trees ask about a story and an event; `rival` is how the story stands with the best other event, 0 without one."""
    count = len(event)
    odds = sorted((_odds(found.chance) for found in event), reverse=True)
    rows = [found.row for found in event]
    return [
        plain,
        odds[0],
        sum(odds) / count,
        odds[min(1, count - 1)],
        odds[-1],
        log(count),
        *[sum(column) / count for column in zip(*[found.to for found in event], strict=True)],
        *[sum(column) / count for column in zip(*[found.back for found in event], strict=True)],
        *[max(column) for column in zip(*rows, strict=True)],
        *[sum(column) / count for column in zip(*rows, strict=True)],
        rival,
        plain - rival,
    ]


def _odds(chance: float) -> float:
    chance = min(1 - 1e-4, max(1e-4, chance))
    return log(chance / (1 - chance))


def _grown(tree: _Tree, row: Sequence[float]) -> float:
    """The leaf of a tree that a row falls to."""
    at = 0
    while tree.feature[at] >= 0:
        at = tree.left[at] if row[tree.feature[at]] <= tree.value[at] else tree.right[at]
    return tree.value[at]


@dataclass(frozen=True, slots=True)
class _Worth:
    """What every comparison asks of a story alone."""

    names: float
    """The squared weights of its names in all."""
    rare: frozenset[str]
    """Its rare names, among them the cities of its focus."""
    rare_names: float
    turns_on: str | None
    """The rare name of its focus that it turns on most."""
    counted: dict[str, set[str]]
    """The figures that stand beside a word."""


def _worth(story: Traits) -> _Worth:
    if story.worth is None:
        cities, everyday = _cities(story.language), _rarity(story.language)
        rare = frozenset(
            name
            for name in story.names - _everywhere(story.language)
            if name not in everyday and (name not in cities or name in story.focus)
        )
        counted: dict[str, set[str]] = {}
        for entry in story.counted:
            what, _, figure = entry.rpartition(" ")
            counted.setdefault(what, set()).add(figure)
        found = _Worth(
            _squares(story.terms, story.names),
            rare,
            _squares(story.terms, rare),
            next((name for name in story.focus if name in rare), None),
            counted,
        )
        object.__setattr__(story, "worth", found)
        return found
    return story.worth


def _squares(weights: dict[str, float], terms: Iterable[str]) -> float:
    return fsum([weights[term] ** 2 for term in terms])


def _one_form(one: Traits, other: Traits, shared: set[str]) -> bool:
    """Is it one form filled in twice: most words of either are the other's, but next to none of its rare names?

    Agencies tell quakes, verdicts and results in the same words each time; the development rows, written by people,
    have no such pairs for the model to learn from. Reports of one happening in words of their own may share few names
    as well, where each tells of other people; what gives the form away are the words between the names, of which fewer
    have to be alike where the reports turn on different names and share none. A teaser that has but one name is no form
    unless nearly all of its words are the other's. And reports that share neither names nor words have met in a country, a
    day and a figure by chance. `shared` are the terms of both.
    """
    a, b = _worth(one), _worth(other)
    if not a.rare or not b.rare:
        return False
    to = _squares(one.terms, a.rare & shared) / a.rare_names
    back = _squares(other.terms, b.rare & shared) / b.rare_names
    others = _turn_on_others(one, other)
    few = min(len(a.rare), len(b.rare)) < _FEW
    if others and max(to, back) < _UNKNOWN:
        alike = max(_wording(one, shared), _wording(other, shared))
        return alike >= _WORDING_OF_FEW if few else alike >= _WORDING_OF_OTHERS or alike <= _OTHER_WORDING
    if few or (to + back) / 2 >= (_OTHERS if others else _STRANGERS):
        return False
    return max(_wording(one, shared), _wording(other, shared)) >= _WORDING


def _wording(one: Traits, shared: set[str]) -> float:
    """Which share of a story's words, by weight, names and figures left out, is among the terms of both."""
    words = [term for term in one.terms if term not in one.names and not term[0].isdigit()]
    whole = _squares(one.terms, words)
    return _squares(one.terms, [term for term in words if term in shared]) / whole if whole else 0.0


def _turn_on_others(one: Traits, other: Traits) -> bool:
    """Does the other story never speak of the rare name that either turns on?"""
    a, b = _worth(one).turns_on, _worth(other).turns_on
    return a is not None and b is not None and a not in other.terms and b not in one.terms


def _directed(one: Traits, other: Traits, shared: set[str]) -> tuple[float, ...]:
    """How much of the first story is in the second: focus, its first name, names of the lead, lead, figures, names, all."""
    terms, lead, figures = other.terms, other.lead, other.figures
    top = next(iter(one.focus), None)
    names = one.lead.keys() & one.names
    whole = _squares(one.lead, names)
    return (
        sum([share for term, share in one.focus.items() if term in terms]) if top is not None else 0.5,
        float(top in terms) if top is not None else 0.5,
        float(top in lead) if top is not None else 0.5,
        _squares(one.lead, [name for name in names if name in terms]) / whole if whole else 0.5,
        _squares(one.lead, [name for name in names if name in lead]) / whole if whole else 0.5,
        _squares(one.lead, [term for term in one.lead if term in terms]),
        _worth_of(one.lead_figures & figures) / _worth_of(one.lead_figures) if one.lead_figures and figures else 0.5,
        _strange(one, shared),
        _squares(one.terms, shared),
    )


def _features(
    one: Traits, other: Traits, words: float, lead: float, to: tuple[float, ...], back: tuple[float, ...]
) -> tuple[float, ...]:
    """The row of two stories that were compared in both directions."""
    focus = min(to[0], back[0]) if one.focus and other.focus else 0.5
    day = one.days and other.days and one.days.isdisjoint(other.days)
    year = one.year and other.year
    common = _worth_of(one.lead_figures & other.lead_figures)
    fewer = min(_worth_of(one.lead_figures), _worth_of(other.lead_figures))
    alike: list[float] = []
    otherwise = 0.0
    mine, yours = _worth(one).counted, _worth(other).counted
    for what in mine.keys() & yours.keys():
        both = mine[what] & yours[what]
        if both:
            alike.append(max(map(_figure_worth, both)))
        else:
            otherwise += 1
    return (
        words,
        lead,
        _names_alike(one, other),
        focus,
        min(to[7], back[7]),
        max(to[7], back[7]),
        min(to[8], back[8]),
        max(to[8], back[8]),
        float(bool(day)),
        float(not one.dates.isdisjoint(other.dates)),
        float(bool(year) and one.year != other.year),
        float(bool(year) and one.year == other.year),
        min(to[6], back[6]),
        max(to[6], back[6]),
        min(common, 6.0),
        common / fewer if fewer else 0.5,
        min(fsum(alike), 6.0),
        min(otherwise, 4.0),
    )


def _worth_of(figures: Iterable[str]) -> float:
    return fsum([_figure_worth(figure) for figure in figures])


@lru_cache(maxsize=4096)
def _figure_worth(figure: str) -> float:
    """How much it says that two stories share a figure: little for a small one."""
    if "." in figure or figure[-1] in _SCALED:
        return 2.5
    return {1: 0.4, 2: 1.2}.get(len(figure), 2.2)


def news_in(sentences: Sequence[str], shown: Iterable[str], language: str = "en") -> list[int]:
    """Which sentences say something that none of the `shown` ones does: positions, ascending.

    Of sentences that say the same new thing the first counts. A sentence is new when it has a figure or a name that is
    nowhere in what was shown (a corrected toll), or when a good part of its words is nowhere there. It is not when one
    shown sentence has most of its words, or all its names and figures and many of its words: the same said in other
    words. Time grows with the sentences that have something unseen, times those shown.
    """
    known = [_content(sentence, language) for sentence in shown]
    every = {word for said in known for word in said.words}
    figures = {figure for said in known for figure in said.figures}
    begins = {root for said in known for root in said.roots}
    found = []
    for at, sentence in enumerate(sentences):
        said = _content(sentence, language)
        if len(said.words) + len(said.figures) < _LEAST_WORDS:
            continue
        unseen = {word for word in said.words - every if word[:_ROOT] not in begins}
        share = len(unseen) / max(1, len(said.words))
        figure = bool(said.figures - figures)
        name = share >= _UNSEEN_WITH_NAME and not said.names.isdisjoint(unseen)
        if known and not (figure or name or share >= _UNSEEN):
            continue
        if not figure and any(_says(other, said, share, name) for other in known):
            continue
        found.append(at)
        known.append(said)
        every |= said.words
        figures |= said.figures
        begins |= said.roots
    return found


def _says(shown: _Said, said: _Said, unseen: float, name: bool) -> bool:
    """Does a shown sentence say the same, in other words perhaps? `name`: one is new, so that more has to agree."""
    if len(shown.words & said.words) > (_LIKE_WITH_NAME if name else _LIKE) * len(said.words):
        return True
    who = len(said.names) + len(said.figures)
    return (
        who > 1
        and unseen < _RETOLD
        and said.figures <= shown.figures
        and {name[:_ROOT] for name in said.names} <= shown.roots
    )


_SPEECH = frozenset(
    [
        "said",
        "says",
        "say",
        "told",
        "tells",
        "added",
        "adds",
        "accord",
        "report",
        "wrote",
        "writes",
        "announ",
        "stated",
        "claime",
        "confir",
    ]
)
_LEAST_WORDS = 3
_ROOT = 4
_LIKE = 0.5
_LIKE_WITH_NAME = 0.75
_RETOLD = 0.45
_UNSEEN = 0.3
_UNSEEN_WITH_NAME = 0.15


def mark(sentence: str) -> str:
    """A sentence's fingerprint: the same for wordings that differ in blanks, case and punctuation only."""
    folded = " ".join(_MARKED.findall(sentence.casefold()))
    return blake2b(folded.encode("utf-8", "replace"), digest_size=8).hexdigest()


_MARKED = re.compile(r"\w+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:[.,]\d+)*")
_OPENS = re.compile(r"[.!?:;\n|\"“”‘(\[-]")
_UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿฀-໿က-႟ក-៿]")
_NAME = re.compile(r"(?<=\w[,;] )[A-ZÀ-ÖØ-ÞА-ЯЁ][^\W_]+|(?<=\w )[A-ZÀ-ÖØ-ÞА-ЯЁ][^\W_]+")
_DIGITS = re.compile(r"\d[\d,.]*\d|\d")
_WITHOUT_SPACES = frozenset({"zh", "ja", "ko", "th"})
_YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-4]\d)\b")
_DATE = re.compile(
    r"(?P<word>[^\W\d_]{3,})\.?,? (?P<day>\d{1,2})(?:st|nd|rd|th)?\b|\b(?P<first>\d{1,2})(?:st|nd|rd|th|\.|º)?"
    r" (?:de |of )?(?P<month>[^\W\d_]{3,})|(?<!\d)(?P<number>\d{1,2})(?:月|월 ?)(?P<of>\d{1,2})(?:日|일|号)"
    r"|\b(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.]\d{2,4}\b"
)
_COUNT = re.compile(r"\d{1,2}:\s?\d\d(?::\d\d)?|\d+(?:[.,]\d+)*")
_BESIDE = re.compile(r"[^\W\d_]+")
_STOPS = re.compile(r"[.!?;,。！？、，]\s|[。！？、，\n]")
_SCALED = "mbkh%"
_SCALES = {
    "million": "m", "mn": "m", "m": "m", "billion": "b", "bn": "b", "b": "b", "thousand": "k", "hundred": "h",
    "percent": "%", "per": "%", "millionen": "m", "mio": "m", "milliarden": "b", "mrd": "b", "prozent": "%",
    "millones": "m", "millions": "m", "milliards": "b", "milhões": "m", "milioni": "m", "miliardi": "b", "mln": "m",
    "miljoen": "m", "miljard": "b", "mil": "k", "tausend": "k", "mille": "k", "pour": "%", "por": "%",
}  # fmt: skip


class _Seen:
    """What one pass over a text finds."""

    def __init__(self) -> None:
        self.all: Counter[str] = Counter()
        self.lead: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        """Capitalised words that don't open a sentence."""
        self.small: Counter[str] = Counter()
        self.capitals: list[tuple[str, int, int]] = []
        self.words: list[str] = []

    def read(self, text: str, language: str) -> None:
        """A text with spaces between words."""
        stop, before = stopwords(language), 0
        terms: list[str] = []
        for found in _WORD.finditer(text):
            word, start = found[0], found.start()
            lower = word.lower()
            if len(self.words) < _PRINTED_WORDS:
                self.words.append(lower)
            opens = start == 0 or (start - before != 1 and _OPENS.search(text, before, start) is not None)
            before = found.end()
            if lower in stop:
                continue
            if word[0].isdigit():
                term = lower.replace(",", "")
            else:
                term = snowball_stem(lower, language)
                if word[0].isupper():
                    self.capitals.append((term, start, before))
                    if not opens:
                        self.inside[term] += 1
                else:
                    self.small[term] += 1
            terms.append(term)
            if start < _LEAD:
                self.lead[term] += 1
        self.all = Counter(terms)

    def read_unspaced(self, text: str, language: str) -> None:
        """A text in a script that puts no spaces between words: pairs of characters, no names."""
        stop = stopword_prefixes(language)
        terms = [term for term in prefix_stems(text) if term not in stop]
        self.all = Counter(terms)
        self.lead = Counter(term for term in prefix_stems(text[: _LEAD // 3]) if term not in stop)
        self.words = terms[:_PRINTED_WORDS]


def _focus(seen: _Seen, names: frozenset[str], rare: dict[str, float]) -> dict[str, float]:
    """The names that a story turns on: often named, early, and no everyday word."""
    named: Counter[str] = Counter()
    for term, start, _ in seen.capitals:
        if term in names:
            named[term] += 6 if start < 120 else 4 if start < _LEAD else 1
    worth = {term: min(count, 16) * rare.get(term, _RARE) for term, count in named.items()}
    return {term: worth[term] for term in sorted(worth, key=lambda term: (-worth[term], term))[:_MOST_FOCUS]}


def _figures(text: str, language: str) -> tuple[list[str], set[str], set[str]]:
    """All figures, those of the lead, and those of the lead with what stands beside them.

    Times, dates and years are none. "2.5 million" is one figure.
    """
    stop, numbers = stopwords(language), _calendar(language).numbers
    unspaced = _UNSPACED.search(text[:_LEAD]) is not None
    found: dict[str, None] = {}
    lead: set[str] = set()
    counted: set[str] = set()
    for match in _number_pattern(language).finditer(text):
        word, start, end = match[0], match.start(), match.end()
        if word[0].isdigit():
            figure = word.replace(",", "")
            if ":" in word or _YEAR.fullmatch(figure) or _in_date(text, start, end, language):
                continue
            figure = figure.removesuffix(".0")
        else:
            figure = numbers[word.lower()]
        beside: list[str] = []
        for after in _BESIDE.finditer(text, end, end + _BEHIND):
            lower = after[0].lower()
            if _STOPS.search(text, end, after.start()):
                break
            if lower in _SCALES and not beside:
                figure += _SCALES[lower] if figure[-1] not in _SCALED else ""
            elif unspaced:
                if lower[0] in "万億亿萬":
                    figure, lower = figure + lower[0], lower[1:]
                beside.append(lower[:1])
                break
            elif lower in stop:
                if beside:
                    break
            else:
                beside.append(snowball_stem(lower, language))
                if len(beside) == 2:
                    break
        found[figure] = None
        if start < _FIGURES_FROM:
            lead.add(figure)
            before = (
                [] if unspaced else [word.lower() for word in _BESIDE.findall(text[max(0, start - 30) : start])[-2:]]
            )
            named = [f"<{snowball_stem(word, language)}" for word in before if word not in stop][-1:]
            counted.update(f"{what} {figure}" for what in [*beside, *named] if what)
    return list(found), lead, counted


def _in_date(text: str, start: int, end: int, language: str) -> bool:
    """Is the number that stands here a day or month of a date?"""
    return any(
        match.start() <= start < match.end() and _day_of(match, language) is not None
        for match in _DATE.finditer(text, max(0, start - _DATED), end + _DATED)
    )


def _days(head: str, language: str) -> frozenset[str]:
    """The days of the week that a text names, as their numbers."""
    days = _calendar(language).days
    if language in _WITHOUT_SPACES:
        return frozenset(str(number) for word, number in days.items() if word in head)
    return frozenset(str(days[word]) for word in _BESIDE.findall(head) if word in days)


def _dates(head: str, language: str) -> frozenset[str]:
    """The days of a year that a text names, as month-day."""
    found = (_day_of(match, language) for match in _DATE.finditer(head))
    return frozenset(date for date in found if date is not None)


def _day_of(match: re.Match[str], language: str) -> str | None:
    """The month and day that a match of _DATE means, if any."""
    months = _calendar(language).months
    if match["word"]:
        month, day = months.get(match["word"].lower(), 0), int(match["day"])
    elif match["month"]:
        month, day = months.get(match["month"].lower(), 0), int(match["first"])
    elif match["number"]:
        month, day = int(match["number"]), int(match["of"])
    else:
        month, day = int(match["one"]), int(match["two"])
        if month > 12 or "." in match[0]:
            month, day = day, month
    return f"{month}-{day}" if 1 <= month <= 12 and 1 <= day <= 31 else None


@dataclass(frozen=True, slots=True)
class _Calendar:
    """A language's names of days, months and small numbers, in small letters."""

    days: dict[str, int]
    months: dict[str, int]
    numbers: dict[str, str]


@lru_cache(maxsize=64)
def _calendar(language: str) -> _Calendar:
    """Empty for a language without a table."""
    own = _calendars().get(language, {})
    return _Calendar(own.get("days", {}), own.get("months", {}), own.get("numbers", {}))


@lru_cache(maxsize=1)
def _calendars() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(files("summarizers").joinpath("data/calendar.json").read_text("utf-8"))
    return tables


@lru_cache(maxsize=64)
def _number_pattern(language: str) -> re.Pattern[str]:
    """Digits, and the words of small numbers."""
    words = "|".join(re.escape(word) for word in sorted(_calendar(language).numbers, key=len, reverse=True))
    return re.compile(rf"{_COUNT.pattern}|\b(?:{words})\b", re.IGNORECASE) if words else _COUNT


def _prints(words: Sequence[str]) -> list[int]:
    shingles = {_hash(" ".join(words[at : at + _SHINGLE])) for at in range(max(1, len(words) - _SHINGLE + 1))}
    return nsmallest(_PRINTS, shingles)


def _hashes(
    language: str, seen: _Seen, weights: dict[str, float], names: frozenset[str], prints: Sequence[int]
) -> tuple[int, ...]:
    """What to look a story up by: its weightiest terms, names that stand together, and the first reprint marks."""

    def worth(term: str) -> float:
        kind = 2.0 if term in names else 1.2 if term[0].isdigit() and len(term) > 1 else 1.0
        return weights[term] * kind * (1.5 if term in seen.lead else 1.0)

    best = sorted(weights, key=lambda term: (-worth(term), term))[:_HASHED_TERMS]
    together = Counter(
        f"{one} {two}"
        for (one, _, end), (two, start, _) in pairwise(seen.capitals)
        if start - end == 1 and one in names and two in names
    )
    pairs = sorted(together, key=lambda pair: (-together[pair], pair))[:_HASHED_PAIRS]
    return tuple(dict.fromkeys([*(_hash(f"{language} {term}") for term in [*pairs, *best]), *prints[:2]]))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum([weight * weight for weight in vector.values()]))
    return {term: round(weight / length, 4) for term, weight in vector.items()} if length else {}


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    return fsum([one[term] * other[term] for term in one.keys() & other.keys()])


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


def _names_alike(one: Traits, other: Traits) -> float:
    """The cosine of the names alone."""
    if not one.names or not other.names:
        return 0.0
    a, b = one.terms, other.terms
    above = fsum([a[name] * b[name] for name in one.names & other.names])
    if not above:
        return 0.0
    return above / sqrt(_worth(one).names * _worth(other).names)


def _strange(one: Traits, shared: set[str]) -> float:
    """Which share of a story's names, by weight, is not among the terms of both."""
    if not one.names:
        return 0.5
    return _squares(one.terms, one.names - shared) / _worth(one).names


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says: stems without function words and figures, those of its names, and its figures."""

    words: frozenset[str]
    roots: frozenset[str]
    """The words' beginnings, in which a country meets its people."""
    names: frozenset[str]
    figures: frozenset[str]


@lru_cache(maxsize=4096)
def _content(sentence: str, language: str) -> _Said:
    passed_over = stopword_prefixes(language) | _SPEECH
    words = frozenset(stem for stem in prefix_stems(sentence) if not stem[0].isdigit()) - passed_over
    names = frozenset(stem for name in _NAME.findall(sentence) for stem in prefix_stems(name)) & words
    figures = {figure.replace(",", "") for figure in _DIGITS.findall(sentence)}
    numbers = _calendar(language).numbers
    figures |= {numbers[word] for word in _MARKED.findall(sentence.lower()) if word in numbers}
    return _Said(words, frozenset(word[:_ROOT] for word in words), names, frozenset(figures))


@lru_cache(maxsize=64)
def _everywhere(language: str) -> frozenset[str]:
    """English words that have capitals and fit many a story: days, months, countries, their people and seats."""
    if language != "en":
        return frozenset()
    calendar = _calendar("en")
    found = {snowball_stem(word, "en") for word in (*calendar.days, *calendar.months)}
    return frozenset(found).union(_evidence("name"), _evidence("demonym"), _evidence("city", first=True))


@lru_cache(maxsize=64)
def _cities(language: str) -> frozenset[str]:
    """The words of large cities' names, which say little of a story that doesn't turn on them."""
    return _evidence("city") - _everywhere(language) if language == "en" else frozenset()


def _evidence(kind: str, *, first: bool = False) -> frozenset[str]:
    """The stems of what tells of countries by this kind of word; of each country the first alone (a seat), or all."""
    found = (evidence.get(kind, "") for evidence in table()["evidence"].values())
    return frozenset(
        snowball_stem(word.lower(), "en")
        for names in found
        for word in _WORD.findall(names.partition("|")[0] if first else names)
    )


@lru_cache(maxsize=64)
def _rarity(language: str) -> dict[str, float]:
    """How rare each everyday word is, in 0..1; `_RARE` is for all others. Empty for a language without a table."""
    frequencies = _commonness()
    classes = frequencies.get(language, {})
    return {
        term: int(tenths) / 10 / frequencies["ceiling"] for tenths, terms in classes.items() for term in terms.split()
    }


@lru_cache(maxsize=1)
def _commonness() -> dict[str, Any]:
    frequencies: dict[str, Any] = json.loads(files("summarizers").joinpath("data/commonness.json").read_text("utf-8"))
    return frequencies


@dataclass(frozen=True, slots=True)
class _Tree:
    """A tree as columns, its root first: `feature` is -1 at a leaf, where `value` is what it gives, else the threshold."""

    feature: tuple[int, ...]
    value: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Model:
    """The weights of comparing two stories, with the bias first, and the trees for events."""

    logistic: tuple[float, tuple[float, ...]]
    start: float
    trees: tuple[_Tree, ...]

    @classmethod
    def of(cls, fitted: dict[str, Any]) -> _Model:
        by_name = dict(fitted["weights"])
        return cls(
            (float(fitted["bias"]), tuple(float(by_name[name]) for name in FEATURES)),
            float(fitted["start"]),
            tuple(_Tree(*(tuple(column) for column in tree)) for tree in fitted["trees"]),
        )


@lru_cache(maxsize=1)
def _model() -> _Model:
    return _Model.of(json.loads(files("summarizers").joinpath("data/events.json").read_text("utf-8")))
