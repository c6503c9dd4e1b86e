"""Features of a story for clustering: terms, names, figures, dates and lookup hashes.

Words are weighted by how common they are in the language (data/commonness.json, made by training/commonness.py) and
not by what has been read so far, so that a comparison depends on the two stories only.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import pairwise
from math import fsum, log, sqrt

from summarizers.events.english_names import city_names, common_names
from summarizers.events.figures import (
    MAX_FIGURE_WEIGHT,
    calendar_dates,
    figure_weight,
    is_unspaced,
    latest_year,
    read_figures,
    weekdays,
)
from summarizers.events.interlingual import InterlingualFeatures, interlingual_features
from summarizers.events.locatives import marks_names, place_names
from summarizers.events.round_ups import is_round_up
from summarizers.labels.countries import countries
from summarizers.labels.topics import topics
from summarizers.text.datelines import without_publication_lines
from summarizers.text.dates import calendar
from summarizers.text.language import identify_language
from summarizers.text.stems import prefix_stems, snowball_stem, stopword_prefixes
from summarizers.text.tables import load_table
from summarizers.text.words import stopwords
from summarizers.types import Analysis, Country, Topic

__all__ = ["DerivedFeatures", "StoryFeatures", "squared_weight", "story_features", "text_features"]

# The limits and factors below define what the pair model was fitted on (training/events.py): they were set by judgement
# before the fit and can only change together with a new one, and with every stored story's features.

_TEXT_CHARACTERS = 8000
"""Characters of a story that are read: some 1,300 English words, more than most reports have."""

_LEAD_CHARACTERS = 400
"""Characters of title and lead: two or three sentences."""

_TOP_CHARACTERS = 120
"""Characters of a title or a first clause, where the names that a story is about are given."""

_DATE_CHARACTERS = 500
"""Characters in which a weekday or date is that of the event; further down they belong to the background."""

_MAX_TERMS = 120
"""Terms kept of a story, the most frequent first: bounds a comparison's time and the row in the store."""

_MAX_FIGURES = 40
"""Figures kept of a story; a story with more is a table."""

_MAX_FOCUS = 4
"""Names that a story can be about."""

_HEADLINE_CHARACTERS = 140
"""Characters of the first line that are read as a headline: a text without one begins with a sentence."""

_LEAST_PLACE_SHARE = 0.25
"""Share of a name's mentions that have a word of place beside them, from which on it names a place: "from Obama" occurs
among many other mentions."""

_ROOT_LETTERS = 5
"""Letters by which words of one root are matched, as prefix stems cut Cyrillic and Arabic: "Motorrad" and
"Motorradfahrer" then meet."""

_MAX_NAME_WEIGHT = 16
"""Cap of a name's count in the focus (a name in the title counts 6): repetition beyond it says nothing more."""

_TOP_NAME_WEIGHT, _LEAD_NAME_WEIGHT, _BODY_NAME_WEIGHT = 6, 4, 1
"""Counts of one mention of a name, by whether it is in the top, the lead or the rest."""

_LEAD_FACTOR = 1.5
"""Factor for terms of the lead when terms are ranked for keeping and for hashing."""

_NAME_FACTOR, _NUMBER_FACTOR = 2.0, 1.2
"""Factors for names and for numbers of two digits or more when terms are ranked for hashing."""

_HASHED_TERMS = 14
_HASHED_NAME_PAIRS = 5
_HASHED_SHINGLES = 2
"""Hashes of a story by kind: best terms, adjacent names, word sequences. Each is an index row in the store; with
fewer, stories of one event that share few words don't meet."""

_SHINGLE_WORDS = 5
"""Words of a hashed sequence: five in a row are shared by copies of a text, and hardly by chance."""

_SHINGLED_WORDS = 60
"""Words at the start of a story from which sequences are taken: a copy may be cut off after its teaser."""

_RARE = 1.0
"""Weight of a word that isn't in the language's table of common words; the most common one has nearly 0."""

_STORED_FIELDS = 18
"""Number of fields that `StoryFeatures.dumps` writes."""

_FIELDS_BEFORE_PLACES, _FIELDS_BEFORE_LANGUAGES, _FIELDS_BEFORE_ROLES = 13, 16, 17
"""The same in version 0.1, which knew neither places nor headlines nor round-ups, before stories in other languages were
compared, and before the roles of names were kept."""

_MAX_ROLES = 40
"""Roles kept of a story: a lead of 400 characters has fewer."""

_COUNTED_FIELD = 8
"""Position of `counted`, which rows written by version 0.1 before the event model don't have."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:[.,]\d+)*")
_SENTENCE_OPENING = re.compile(r"[.!?:;\n|\"“”‘(\[-]")


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """The features of a story that clustering compares.

    `terms` and `lead` are vectors of length 1; `names` are terms, `focus` the names that the story is about with
    their shares. `weekdays`, `dates` and `latest_year` are 0 or empty where the text names none. `hashes`, 64 bits
    with a sign, are what a story of the same event is likely to share.
    """

    language: str
    term_count: int
    terms: dict[str, float]
    lead: dict[str, float]
    names: frozenset[str]
    focus: dict[str, float]
    figures: frozenset[str]
    lead_figures: frozenset[str]
    counted: frozenset[str]
    """Figures of the lead with the word that they count or that labels them: "pirat 26", "<magnitud 4.6"."""
    weekdays: frozenset[str]
    dates: frozenset[str]
    latest_year: int
    hashes: tuple[int, ...]
    places: frozenset[str] = frozenset()
    """Terms that name where something happened: they say little about what."""
    headline: frozenset[str] = frozenset()
    """Terms of the first line."""
    round_up: bool = False
    """Whether it mentions several happenings by its form."""
    interlingual: InterlingualFeatures | None = None
    """What is compared with stories in other languages; None in rows of an earlier version."""
    roles: frozenset[str] = frozenset()
    """Names of the lead with the word beside them: "banker rensvik", "rensvik> said"."""
    _derived: DerivedFeatures | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def derived(self) -> DerivedFeatures:
        """Values that every comparison needs, derived from the story at the first one."""
        if self._derived is None:
            object.__setattr__(self, "_derived", _derive(self))
        assert self._derived is not None  # noqa: S101 # for the type checker
        return self._derived

    @property
    def foreign_hashes(self) -> tuple[int, ...]:
        """Hashes that a report of the same event in another language may share."""
        return self.interlingual.hashes(self.language) if self.interlingual is not None else ()

    @property
    def signs(self) -> bytes:
        """Signs of the story's meaning, a bit each; empty where it isn't known."""
        return self.interlingual.signs if self.interlingual is not None else b""

    def dumps(self) -> str:
        """Serialise for the store; the same text for equal features."""
        parts = [
            self.language,
            self.term_count,
            self.terms,
            self.lead,
            sorted(self.names),
            self.focus,
            *map(sorted, (self.figures, self.lead_figures, self.counted, self.weekdays, self.dates)),
            self.latest_year,
            self.hashes,
            sorted(self.places),
            sorted(self.headline),
            int(self.round_up),
            self.interlingual.packed() if self.interlingual is not None else None,
            sorted(self.roles),
        ]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> StoryFeatures:
        """Read what `dumps` wrote. Raises ValueError for anything else."""
        parts = json.loads(text)
        if isinstance(parts, list) and len(parts) == _FIELDS_BEFORE_PLACES - 1:
            parts.insert(_COUNTED_FIELD, [])
        if isinstance(parts, list) and len(parts) == _FIELDS_BEFORE_PLACES:
            parts += [[], [], 0]
        if isinstance(parts, list) and len(parts) == _FIELDS_BEFORE_LANGUAGES:
            parts.append(None)
        if isinstance(parts, list) and len(parts) == _FIELDS_BEFORE_ROLES:
            parts.append([])
        if not isinstance(parts, list) or len(parts) != _STORED_FIELDS:
            raise ValueError("not the features of a story as this version stores them")
        language, term_count, terms, lead, names, focus, figures, lead_figures, counted, days, dates, year = parts[:12]
        hashes, places, headline, round_up, interlingual, roles = parts[12:]
        return cls(
            language=language,
            term_count=term_count,
            terms=terms,
            lead=lead,
            names=frozenset(names),
            focus=focus,
            figures=frozenset(figures),
            lead_figures=frozenset(lead_figures),
            counted=frozenset(counted),
            weekdays=frozenset(days),
            dates=frozenset(dates),
            latest_year=year,
            hashes=tuple(hashes),
            places=frozenset(places),
            headline=frozenset(headline),
            round_up=bool(round_up),
            roles=frozenset(roles),
            interlingual=InterlingualFeatures.unpacked(interlingual) if interlingual is not None else None,
        )


@dataclass(frozen=True, slots=True)
class DerivedFeatures:
    """Features that follow from a story's others."""

    names_weight: float
    """Sum of the squared weights of its names."""
    rare_names: frozenset[str]
    """Names that few stories share, among them the cities that it is about."""
    rare_names_weight: float
    main_rare_name: str | None
    """The rare name that the story is about most."""
    main_name: str | None
    """The same of all names, such as a city's, but for days and months."""
    counted: dict[str, set[str]]
    """Figures of the lead by the word beside them."""
    roles: dict[str, set[str]]
    """Names of the lead by the word beside them."""
    adjacent_names: dict[str, set[str]]
    """Roots of names that are written beside another one, by its root."""
    evidence: dict[str, float]
    """Rarity of each root of its terms, in 0..1, without days and months."""
    evidence_weight: float
    """Sum of these."""
    places: frozenset[str]
    """Roots of its places."""
    names: frozenset[str]
    """Roots of its names that are no everyday words."""
    headline: frozenset[str]
    """Roots of its headline that are evidence."""


def story_features(analysis: Analysis) -> StoryFeatures:
    """Compute a story's features from its title, deck and body.

    A made headline is left out, since it repeats the body; so is what a dateline states, since copies of one report
    differ in it.
    """
    story = analysis.story
    text = "\n".join(part for part in (story.title, story.deck, story.body) if part)
    # The labels of a story with a dateline were read from it, too.
    is_dated = story.dateline or story.stated_date or story.agency
    labels = None if is_dated else (analysis.countries, analysis.topics)
    return text_features(text, analysis.language, labels=labels)


Labels = tuple[Sequence[Country], Sequence[Topic]]
"""Countries and topics of a story."""


def text_features(text: str, language: str | None = None, *, labels: Labels | None = None) -> StoryFeatures:
    """Compute the features of a story given as one text, its title first.

    Reads the first 8,000 characters, without datelines and publication lines. `labels` are read from the text unless they are given.
    """
    whole = without_publication_lines(text)
    text = whole[:_TEXT_CHARACTERS]
    language = language or identify_language(text)
    scan = _TermScan()
    if is_unspaced(text):
        scan.read_unspaced(text, language)
    else:
        scan.read(text, language)
    names = frozenset(term for term, count in scan.capitalised.items() if count > scan.lower_case[term])
    rarity = _rarity(language)
    weights = {term: (1 + log(count)) * rarity.get(term, _RARE) for term, count in scan.counts.items()}
    ranked = sorted(
        weights, key=lambda term: (-scan.counts[term] * (_LEAD_FACTOR if term in scan.lead_counts else 1), term)
    )
    terms = _unit_vector({term: weights[term] for term in ranked[:_MAX_TERMS]})
    focus = _focus(scan, names, rarity)
    focus_total = sum(focus.values())
    top = text[:_DATE_CHARACTERS].lower()
    figures = read_figures(text, language)
    places = _places(scan, text, language, names, rarity)
    headline_end = _headline_end(text)
    return StoryFeatures(
        language=language,
        term_count=sum(scan.counts.values()),
        terms=terms,
        lead=_unit_vector(
            {term: (1 + log(count)) * rarity.get(term, _RARE) for term, count in scan.lead_counts.items()}
        ),
        names=names & terms.keys(),
        focus={term: round(weight / focus_total, 4) for term, weight in focus.items()},
        figures=frozenset(figures.figures[:_MAX_FIGURES]),
        lead_figures=frozenset(figures.lead),
        counted=frozenset(figures.counted),
        weekdays=weekdays(top, language),
        dates=calendar_dates(top, language),
        latest_year=latest_year(text),
        hashes=_hashes(language, scan, weights, names),
        places=places & terms.keys(),
        headline=frozenset(scan.headline & terms.keys()),
        round_up=is_round_up(text[:headline_end], text[headline_end:].strip(), language, places),
        roles=frozenset(_roles(scan, names, language)[:_MAX_ROLES]),
        interlingual=interlingual_features(
            text, language, *(labels or (countries(whole, language), topics(whole, language)))
        ),
    )


def squared_weight(weights: dict[str, float], terms: Iterable[str]) -> float:
    """Return the sum of the squared weights of `terms`.

    It is exact in any order, as the order of a set differs between processes.
    """
    return fsum([weights[term] ** 2 for term in terms])


class _TermScan:
    """Terms counted in one pass over a text."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.lead_counts: Counter[str] = Counter()
        self.capitalised: Counter[str] = Counter()
        """Capitalised words that don't open a sentence."""
        self.lower_case: Counter[str] = Counter()
        self.capitals: list[tuple[str, int, int]] = []
        """Capitalised terms with their span in the text."""
        self.headline: set[str] = set()
        """Terms of the first line."""
        self.neighbours: list[tuple[str, str, bool, bool]] = []
        """Adjacent terms of the lead, and whether each is written like a name."""
        self.first_words: list[str] = []

    def read(self, text: str, language: str) -> None:
        """Count the terms of a text with spaces between words."""
        stop, previous_end, headline_end = stopwords(language), 0, _headline_end(text)
        terms: list[str] = []
        previous: tuple[str, bool] | None = None
        for match in _WORD.finditer(text):
            word, start = match[0], match.start()
            lower = word.lower()
            if len(self.first_words) < _SHINGLED_WORDS:
                self.first_words.append(lower)
            opens_sentence = start == 0 or (
                start - previous_end != 1 and _SENTENCE_OPENING.search(text, previous_end, start) is not None
            )
            is_adjacent = start - previous_end == 1 and text[previous_end] == " "
            previous_end = match.end()
            if lower in stop:
                previous = None
                continue
            if word[0].isdigit():
                term = lower.replace(",", "")
            else:
                term = snowball_stem(lower, language)
                if word[0].isupper():
                    self.capitals.append((term, start, previous_end))
                    if not opens_sentence:
                        self.capitalised[term] += 1
                else:
                    self.lower_case[term] += 1
            terms.append(term)
            if start < _LEAD_CHARACTERS:
                if previous is not None and is_adjacent:
                    self.neighbours.append((previous[0], term, previous[1], word[0].isupper()))
                previous = term, word[0].isupper()
                self.lead_counts[term] += 1
                if start < headline_end:
                    self.headline.add(term)
        self.counts = Counter(terms)

    def read_unspaced(self, text: str, language: str) -> None:
        """Count pairs of characters in a script without spaces between words; there are no names."""
        stop = stopword_prefixes(language)
        terms = [term for term in prefix_stems(text) if term not in stop]
        self.counts = Counter(terms)
        # a character of these scripts says about as much as three letters
        self.lead_counts = Counter(term for term in prefix_stems(text[: _LEAD_CHARACTERS // 3]) if term not in stop)
        self.headline = {term for term in prefix_stems(text[: _headline_end(text)]) if term not in stop}
        self.first_words = terms[:_SHINGLED_WORDS]


def _headline_end(text: str) -> int:
    """Return where the first line ends, or where it is cut."""
    end = text.find("\n", 0, _HEADLINE_CHARACTERS)
    return end if end >= 0 else _HEADLINE_CHARACTERS


def _places(scan: _TermScan, text: str, language: str, names: Set[str], rarity: dict[str, float]) -> frozenset[str]:
    """Terms of the names that a text has for places, often enough among their mentions.

    Where a language writes its nouns like names or has no capitals, a name of everyday words alone is none.
    """
    found: Counter[str] = Counter()
    unspaced = is_unspaced(text)
    everyday = rarity.keys() - (names if marks_names(language) else frozenset())
    ignored = everyday | _calendar_terms(language)
    for name in place_names(text, language):
        terms = (
            prefix_stems(name) if unspaced else [snowball_stem(word.lower(), language) for word in _WORD.findall(name)]
        )
        if any(term not in ignored for term in terms):
            found.update(terms)
    return frozenset(term for term, count in found.items() if count >= _LEAST_PLACE_SHARE * scan.counts[term])


@lru_cache(maxsize=64)
def _calendar_terms(language: str) -> frozenset[str]:
    """Stems of the names of days and months."""
    names = calendar(language)
    return frozenset(snowball_stem(word, language) for word in (*names.days, *names.months))


def _roles(scan: _TermScan, names: Set[str], language: str) -> list[str]:
    """Return the lead's names with a word beside them, in order.

    "banker rensvik", "rensvik> said". Each word of a name has the word before the name and the one right before itself: titles are written like names.
    """
    days = _calendar_terms(language)
    roles: dict[str, None] = {}
    role, last = "", ""
    for one, other, one_is_upper, other_is_upper in scan.neighbours:
        if not (one_is_upper and role and one == last):
            role = one
        if other_is_upper and other in names and other not in days:
            roles |= {f"{each} {other}": None for each in (role, one) if each not in days and each != other}
            last = other
        else:
            if one_is_upper and not other_is_upper and one in names and one not in days:
                roles[f"{one}> {other}"] = None
            role = ""
    return [each for each in roles if not each[0].isdigit() and not each.rpartition(" ")[2][0].isdigit()]


def _root(term: str) -> str:
    """Return the letters by which a word is matched with others of its root; a figure as it is."""
    return term if term[0].isdigit() else term[:_ROOT_LETTERS]


def _focus(scan: _TermScan, names: frozenset[str], rarity: dict[str, float]) -> dict[str, float]:
    """Weights of the names that a story is about: frequent, early, and no everyday words."""
    mentions: Counter[str] = Counter()
    for term, start, _ in scan.capitals:
        if term in names:
            mentions[term] += (
                _TOP_NAME_WEIGHT
                if start < _TOP_CHARACTERS
                else _LEAD_NAME_WEIGHT
                if start < _LEAD_CHARACTERS
                else _BODY_NAME_WEIGHT
            )
    weights = {term: min(count, _MAX_NAME_WEIGHT) * rarity.get(term, _RARE) for term, count in mentions.items()}
    return {term: weights[term] for term in sorted(weights, key=lambda term: (-weights[term], term))[:_MAX_FOCUS]}


def _hashes(language: str, scan: _TermScan, weights: dict[str, float], names: frozenset[str]) -> tuple[int, ...]:
    """Hashes to look a story up by: adjacent names, best terms, word sequences of its start."""

    def rank(term: str) -> float:
        kind = (
            _NAME_FACTOR if term in names else _NUMBER_FACTOR if term[0].isdigit() and len(term) > 1 else 1.0
        )  # a single digit is as common as a function word
        return weights[term] * kind * (_LEAD_FACTOR if term in scan.lead_counts else 1.0)

    best = sorted(weights, key=lambda term: (-rank(term), term))[:_HASHED_TERMS]
    pair_counts = Counter(
        f"{one} {two}"
        for (one, _, end), (two, start, _) in pairwise(scan.capitals)
        if start - end == 1 and one in names and two in names
    )
    pairs = sorted(pair_counts, key=lambda pair: (-pair_counts[pair], pair))[:_HASHED_NAME_PAIRS]
    return tuple(
        dict.fromkeys([*(_hash(f"{language} {term}") for term in [*pairs, *best]), *_shingle_hashes(scan.first_words)])
    )


def _shingle_hashes(words: Sequence[str]) -> list[int]:
    """The smallest hashes of word sequences, which copies of a text share whatever was cut off."""
    count = max(1, len(words) - _SHINGLE_WORDS + 1)
    shingles = {_hash(" ".join(words[start : start + _SHINGLE_WORDS])) for start in range(count)}
    return nsmallest(_HASHED_SHINGLES, shingles)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _unit_vector(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum([weight * weight for weight in vector.values()]))
    return {term: round(weight / length, 4) for term, weight in vector.items()} if length else {}


def _derive(story: StoryFeatures) -> DerivedFeatures:
    cities, everyday = city_names(story.language), _rarity(story.language)
    rare = frozenset(
        name
        for name in story.names - common_names(story.language)
        if name not in everyday and (name not in cities or name in story.focus)
    )
    counted: dict[str, set[str]] = {}
    for entry in story.counted:
        neighbour, _, figure = entry.rpartition(" ")
        counted.setdefault(neighbour, set()).add(figure)
    roles: dict[str, set[str]] = {}
    adjacent: dict[str, set[str]] = {}
    for entry in story.roles:
        word, _, name = entry.rpartition(" ")
        if word.endswith(">"):
            word, name = f"> {name}", word[:-1]
        roles.setdefault(word, set()).add(name)
        if word in story.names and name in story.names:
            adjacent.setdefault(_root(word), set()).add(_root(name))
            adjacent.setdefault(_root(name), set()).add(_root(word))
    days = _calendar_terms(story.language)
    evidence: dict[str, float] = {}
    for term in story.terms:
        if term not in days:
            rarity = figure_weight(term) / MAX_FIGURE_WEIGHT if term[0].isdigit() else everyday.get(term, _RARE)
            root = _root(term)
            evidence[root] = max(rarity, evidence.get(root, 0.0))
    return DerivedFeatures(
        names_weight=squared_weight(story.terms, story.names),
        rare_names=rare,
        rare_names_weight=squared_weight(story.terms, rare),
        main_rare_name=next((name for name in story.focus if name in rare), None),
        main_name=next((name for name in story.focus if name not in days), None),
        counted=counted,
        roles=roles,
        adjacent_names=adjacent,
        evidence=evidence,
        evidence_weight=fsum(evidence.values()),
        places=frozenset(map(_root, story.places)),
        names=frozenset(_root(name) for name in story.names if name not in everyday and name not in days),
        headline=frozenset(root for term in story.headline if (root := _root(term)) in evidence),
    )


@lru_cache(maxsize=64)
def _rarity(language: str) -> dict[str, float]:
    """Rarity of each everyday word, in 0..1; empty for a language without a table."""
    frequencies = load_table("commonness.json")
    classes = frequencies.get(language, {})
    return {
        term: int(tenths) / 10 / frequencies["ceiling"] for tenths, terms in classes.items() for term in terms.split()
    }
