"""Factors of news value that a story's headline and lead show.

What happened (the dead and injured, disasters, wars, elections, who acts), how far it reaches, and the form of the text
(interview, review, study …). After Galtung and Ruge, The Structure of Foreign News (1965), and Harcup and O'Neill, What
is News? Galtung and Ruge Revisited (2001): amplitude, elite nations and people, negativity, conflict, surprise, scope.
Words: data/news_value_words.toml, the same kinds in every language. Only the headline and the first sentences are read,
so that a text's length counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10
from typing import NamedTuple

from summarizers.labels.topics import topics
from summarizers.news_value.tolls import Figures, read_figures_of
from summarizers.news_value.word_hits import find_words

__all__ = ["AMOUNTS", "FACTORS", "FORMS", "WORDS", "FactorValues", "lead_sentences", "read_factors"]

_PLACES = (1.0, 0.8, 0.4, 0.4)
"""How much a word counts in the headline, the first sentence, the second and the third. By judgement."""

_FORM_PLACES = (1.0, 0.5, 0.2, 0.2)
"""The same for the form, which the headline tells: "school" in a lead is where the flood was."""

_LEAD_CHARACTERS = 700
"""Characters of the first sentences that are read: two or three paragraphs of news."""

_FULL_TOLL, _FULL_MONEY = 1000, 12
"""People and powers of ten of money from which on a figure counts in full."""

_UNCOUNTED = 1.0
"""Number of people that a word of harm without a number counts as."""

_LEAST_MONEY = 6
"""Power of ten of money from which on it counts at all."""

_MAGNITUDE_FROM, _MAGNITUDE_SPAN = 4.0, 4.0
"""Magnitude from which on a quake counts, and how much more counts in full; storms of category 5 count a quarter."""

_MANY_COUNTRIES = 3
"""Countries in headline and lead from which on a story reaches far."""

_QUESTION_PARAGRAPHS, _INTERVIEW_SHARE = 12, 0.25
"""Paragraphs that are looked at for questions, and the share of questions that makes an interview."""

AMOUNTS = ("dead", "injured", "missing", "arrested", "magnitude", "money")
"""Factors that have a figure."""

WORDS = (
    *("attack", "war", "disaster", "accident", "emergency", "epidemic", "death", "leader", "former", "minister"),
    *("government", "world_body", "top_court", "election", "power_change", "law", "treaty", "protest", "crime"),
    *("economy", "first", "wide"),
)
"""Factors that a word shows."""

FORMS = (
    *("interview", "culture", "study", "sport", "opinion", "service", "history", "local", "animal", "obituary"),
    *("celebrity", "product", "lifestyle", "curious", "question"),
)
"""Factors of form and of matter for other pages, which mostly count against a story."""

COMBINED = ("prominent", "told", "countries")
"""Power and harm in one sentence; harm in a text of other form, such as a film's; countries in the lead."""

TOPICS = (
    *("conflict-war-and-peace", "disaster-accident-and-emergency", "politics-and-government", "crime-law-and-justice"),
    *("economy-business-and-finance", "health", "environment", "labour", "sport", "lifestyle-and-leisure"),
    *("arts-culture-entertainment-and-media", "science-and-technology", "human-interest", "education", "religion"),
)
"""Topics whose scores are factors."""

_TOPIC_FACTORS: Mapping[str, str] = {slug: f"topic:{slug}" for slug in TOPICS}

FACTORS = (*AMOUNTS, *WORDS, *FORMS, *COMBINED, *_TOPIC_FACTORS.values())
"""All factors, in the order of the model's columns."""

_HARM = frozenset({"dead", "attack", "war", "disaster", "accident", "death", "crime"})
_QUESTION_MARKS = ("?", "？", "؟")
_POWER = frozenset({"leader", "minister", "government", "top_court", "world_body"})
_ASKED = frozenset({"leader", "minister", "government", "election", "power_change"})
"""Power that an interview speaks of: candidates and officials answer about it, nothing has happened."""

_ONLY_TOLD = frozenset({"war", "attack", "disaster", "election"})
"""Factors that don't count in a sentence of another form: a film's war is none. The dead do: a match can kill."""

_EVENTS = frozenset({"attack", "war", "power_change", "election", "treaty", "crime", "protest", "death", "dead"})
_HEADLINE_ONLY = frozenset({"service", "opinion"})
"""Factors whose words are too common in the text of news."""

_FORM_NAMES = frozenset(FORMS) - {"history"}
_OTHER_FORMS = frozenset({"culture", "sport", "history", "study", "service", "interview"})
_KINDS = {"dies": "death", "person_dies": "obituary"}


class FactorValues(NamedTuple):
    """Each factor's value in 0..1, in the order of FACTORS, and the figures by factor."""

    values: tuple[float, ...]
    amounts: Mapping[str, float]


def read_factors(
    headline: str, lead: Sequence[str], paragraphs: Sequence[str], *, language: str, countries: int
) -> FactorValues:
    """Read the factors of a story with this headline and `lead`, see `lead_sentences`.

    `countries` is how many countries these two are about. Of `paragraphs` only the first are looked at.
    """
    values: dict[str, float] = dict.fromkeys(FACTORS, 0.0)
    amounts: dict[str, float] = {}
    for at, text in enumerate((headline, *lead)):
        folded = text.casefold()
        hits = find_words(folded, language)
        figures = read_figures_of(folded, hits, language)
        found: dict[str, float] = {}
        for hit in hits:
            for kind in hit.kinds:
                name = _KINDS.get(kind, kind)
                if name in values and name not in AMOUNTS:
                    found[name] = 1.0
        if "election" in found and any("victory" in hit.kinds for hit in hits):
            found["power_change"] = 1.0
        if figures.past:
            found["history"] = 1.0
        _add_amounts(found, figures, amounts)
        powers = found.keys() & _POWER
        if powers and found.keys() & _EVENTS:
            found["prominent"] = 1.0
        told_harm = found.keys() & _HARM and found.keys() & _OTHER_FORMS
        if told_harm or ("interview" in found and found.keys() & _ASKED):
            found["told"] = 1.0
            found = {name: value for name, value in found.items() if name not in _ONLY_TOLD}
        for name, value in found.items():
            if not at or name not in _HEADLINE_ONLY:
                place = (_FORM_PLACES if name in _FORM_NAMES else _PLACES)[at]
                values[name] = max(values[name], value * place)
    if headline.rstrip().endswith(_QUESTION_MARKS):
        values["question"] = 1.0
    if _asks(paragraphs):
        values["interview"] = 1.0
    values["countries"] = min(1.0, countries / _MANY_COUNTRIES)
    for topic in topics("\n".join((headline, *lead)), language, words_only=True):
        if topic.slug in _TOPIC_FACTORS:
            values[_TOPIC_FACTORS[topic.slug]] = topic.score
    return FactorValues(tuple(values[name] for name in FACTORS), amounts)


def lead_sentences(sentences: Sequence[str]) -> list[str]:
    """Return the first sentences of a body, cut where the lead ends."""
    lead: list[str] = []
    room = _LEAD_CHARACTERS
    for sentence in sentences[: len(_PLACES) - 1]:
        if room <= 0:
            break
        lead.append(sentence[:room])
        room -= len(sentence)
    return lead


def _add_amounts(found: dict[str, float], figures: Figures, amounts: dict[str, float]) -> None:
    """Add a sentence's figures to what it shows; the largest go to `amounts`, too."""
    harm = dict(figures.harm)
    if figures.died > 1:
        found.pop("death", None)
        harm["dead"] = max(harm.get("dead") or 0.0, figures.died)
    for kind, people in harm.items():
        count = people or _UNCOUNTED
        found[kind] = min(1.0, log10(1 + count) / log10(1 + _FULL_TOLL))
        if people:
            amounts[kind] = max(amounts.get(kind, 0.0), people)
    if figures.magnitude:
        found["magnitude"] = min(1.0, max(0.0, (figures.magnitude - _MAGNITUDE_FROM) / _MAGNITUDE_SPAN))
        amounts["magnitude"] = max(amounts.get("magnitude", 0.0), figures.magnitude)
    if figures.money:
        found["money"] = min(1.0, (log10(figures.money) - _LEAST_MONEY) / (_FULL_MONEY - _LEAST_MONEY))
        amounts["money"] = max(amounts.get("money", 0.0), figures.money)


def _asks(paragraphs: Sequence[str]) -> bool:
    """Return whether enough of the first paragraphs ask that the text is an interview."""
    first = paragraphs[:_QUESTION_PARAGRAPHS]
    questions = sum(paragraph.rstrip().endswith(_QUESTION_MARKS) for paragraph in first)
    return len(first) > 1 and questions / len(first) >= _INTERVIEW_SHARE
