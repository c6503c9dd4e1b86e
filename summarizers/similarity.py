"""Are two stories about the same happening, and what does the later one add?"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log, sqrt

from summarizers.engines.tokens import stems, stop_stems
from summarizers.model import Analysis
from summarizers.text import identify

__all__ = ["Traits", "mark", "news_in", "same_event", "text_traits", "traits"]

_READ = 12_000
_LEAD = 400
_MOST_TERMS = 150
_MOST_HASHES = 24
_LEAD_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Traits:
    """What grouping knows of a story. `terms` and `lead` are unit vectors by term; `hashes` find candidates."""

    language: str
    size: int
    terms: dict[str, float]
    lead: dict[str, float]
    names: dict[str, float]
    hashes: tuple[int, ...]

    def dumps(self) -> str:
        """As text, for the store."""
        parts = [self.language, self.size, self.terms, self.lead, self.names, self.hashes]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> Traits:
        """Read what `dumps` wrote. Raises ValueError for anything else."""
        language, size, terms, lead, names, hashes = json.loads(text)
        return cls(language, size, terms, lead, names, tuple(hashes))


def traits(analysis: Analysis) -> Traits:
    """A story's traits, from its title (or headline), deck, and body."""
    story = analysis.story
    head = story.title or analysis.headline
    return text_traits("\n".join(part for part in (head, story.deck, story.body) if part), analysis.language)


def text_traits(text: str, language: str | None = None) -> Traits:
    """The traits of a story as one text, headline first."""
    text = text[:_READ]
    language = language or identify(text)
    named = _names(text)
    whole = _weighed(text, language, named)
    lead = _weighed(text[:_LEAD], language, named)
    ranked = sorted(whole, key=lambda term: (-whole[term] - _LEAD_WEIGHT * lead.get(term, 0), term))
    hashes = tuple(_hash(f"{language}:{term}") for term in ranked[:_MOST_HASHES])
    terms = {term: whole[term] for term in ranked[:_MOST_TERMS]}
    names = _unit({term: weight for term, weight in terms.items() if term in named or term[0].isdigit()})
    return Traits(language, len(text), _rounded(_unit(terms)), _rounded(_unit(lead)), _rounded(names), hashes)


def same_event(one: Traits, other: Traits) -> float:
    """How probable it is that two stories tell of the same happening, in 0..1; the order doesn't matter."""
    if one.language != other.language:
        return 0.0
    whole = _cosine(one.terms, other.terms)
    lead = _cosine(one.lead, other.lead)
    names = _cosine(one.names, other.names)
    return 1 / (1 + exp(-(14 * whole + 5 * lead + 5 * names - 6.5)))


def news_in(sentences: Sequence[str], shown: Iterable[str], language: str = "en") -> list[int]:
    """Which sentences say something that none of the `shown` ones does: positions, ascending.

    A sentence is new by the words, names and figures that are in no shown sentence that is like it.
    """
    known = [_content(sentence, language) for sentence in shown]
    every = frozenset().union(*known) if known else frozenset()
    found = []
    for at, sentence in enumerate(sentences):
        words = _content(sentence, language)
        if len(words) < 3:
            continue
        figures = {word for word in words if word[0].isdigit()}
        closest = max((len(words & other) / len(words) for other in known), default=0.0)
        unseen = len(words - every) / len(words)
        if not known or figures - every or (closest < 0.6 and unseen >= 0.34):
            found.append(at)
            known.append(words)
            every |= words
    return found


def mark(sentence: str) -> str:
    """A sentence's fingerprint: the same for wordings that differ in blanks, case and punctuation only."""
    folded = " ".join(re.findall(r"\w+", sentence.casefold()))
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:16]


_CAPITALISED = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-ÖØ-ÞА-ЯЁ][\w'’-]+")


def _names(text: str) -> frozenset[str]:
    return frozenset(stem for found in _CAPITALISED.findall(text) for stem in stems(found, "en"))


def _weighed(text: str, language: str, named: frozenset[str]) -> dict[str, float]:
    stops = stop_stems(language)
    counts = Counter(stem for stem in stems(text, language) if stem not in stops)
    return {
        term: (1 + log(count)) * (2.0 if term in named else 1.5 if term[0].isdigit() else 1.0)
        for term, count in counts.items()
    }


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def _rounded(vector: dict[str, float]) -> dict[str, float]:
    return {term: round(weight, 4) for term, weight in vector.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _hash(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), signed=True)


@lru_cache(maxsize=4096)
def _content(sentence: str, language: str) -> frozenset[str]:
    return frozenset(stems(sentence, language)) - stop_stems(language)
