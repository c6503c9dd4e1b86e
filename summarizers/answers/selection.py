"""Choice of the sentences that answer a question, by a logistic model over pairs of the two.

A pair is described by the cosine of its sentence embeddings (where the encoder knows both languages), by the question's
terms that the sentence and its story have, weighted by their rarity among the stories given (Robertson and Sparck Jones,
Relevance Weighting of Search Terms, JASIS 1976), and by whether the sentence has what is asked for. The weights and the
threshold below which silence is better are in data/answers.json (training/answering.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np

from summarizers.answers.question_terms import Question, read_question, text_terms
from summarizers.events.quantities import quantities
from summarizers.labels.countries import countries
from summarizers.models import LinearModel, logistic, read_thresholds
from summarizers.text.embeddings import EMBEDDING_LANGUAGES, encoder
from summarizers.text.scripts import ARABIC, DEVANAGARI, HANGUL, HEBREW, KATAKANA
from summarizers.text.tables import load_table

__all__ = ["FEATURES", "ChosenSentence", "Passage", "answer_features", "find_answers"]

FEATURES = (
    "meaning",
    "story_meaning",
    "stands_out",
    "countries_met",
    "countries_missing",
    "sentence_terms",
    "story_terms",
    "missing_terms",
    "names_missing",
    "has_asked",
    "lacks_asked",
    "leads",
    "short",
)
"""What describes a pair of question and sentence, in the model's order."""

_MAX_SENTENCES = 12
"""Sentences of a story that are compared: news answers early, and each takes milliseconds."""

_SHORT_CHARACTERS = 40
"""Characters below which a sentence seldom says anything on its own."""

_DUPLICATE_COSINE = 0.85
"""Cosine above which a second sentence says what a better one says: translations of each other lie above it."""

_WITHIN_SENTENCE = re.compile(r"(?<=[^\s.!?…:»”\"] )[^\W\d_]\w+")
"""A word that doesn't begin a sentence."""

_UNCASED_WORD = re.compile(rf"[{KATAKANA}]{{3,}}|[{ARABIC}{HEBREW}{DEVANAGARI}{HANGUL}]{{3,}}")
"""A word of a script without capitals that may be a name."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A story in which answers are looked for: its headline and its sentences in order."""

    headline: str
    sentences: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class ChosenSentence:
    """A sentence that answers a question, by its places among the passages and their sentences."""

    passage: int
    sentence: int
    probability: float


def find_answers(question: str, language: str, passages: Sequence[Passage], *, limit: int = 4) -> list[ChosenSentence]:
    """Return the sentences that answer a question, the best first.

    At most `limit`; none where nothing answers it. `passages` are the stories found for it, the likeliest first.
    """
    rows, places, vectors = answer_features(read_question(question, language), passages)
    model, thresholds = _model()
    has_meaning = vectors is not None
    least = thresholds["least_probability" if has_meaning else "least_probability_by_words"]
    probabilities = [logistic(model["meaning" if has_meaning else "words"].logit(row)) for row in rows]
    chosen: list[int] = []
    for index in sorted(range(len(rows)), key=lambda index: (-probabilities[index], index)):
        if len(chosen) == limit or probabilities[index] < (
            least if not chosen else least * thresholds["further_share"]
        ):
            break
        if vectors is not None and any(float(vectors[index] @ vectors[other]) > _DUPLICATE_COSINE for other in chosen):
            continue
        chosen.append(index)
    return [ChosenSentence(*places[index], probabilities[index]) for index in chosen]


def answer_features(
    question: Question, passages: Sequence[Passage]
) -> tuple[list[tuple[float, ...]], list[tuple[int, int]], np.ndarray | None]:
    """Return FEATURES of each sentence, its (passage, sentence), and the vectors.

    None for vectors without an encoder.
    """
    places = [
        (number, index)
        for number, passage in enumerate(passages)
        for index in range(min(len(passage.sentences), _MAX_SENTENCES))
    ]
    if not places:
        return [], [], None
    sentence_keys = [
        text_terms(passages[number].sentences[index], passages[number].language) for number, index in places
    ]
    story_keys = [text_terms(passage.headline, passage.language) for passage in passages]
    for (number, _), keys in zip(places, sentence_keys, strict=True):
        story_keys[number] |= keys
    weights = _rarity(question, story_keys)
    names = _is_name(question)
    meaning, story_meaning, vectors = _cosines(question, passages, places)
    others = max(1, len(meaning) - 1)
    total = sum(meaning)
    asked_countries = _countries(question.text, question.language)
    story_countries = [
        _countries("\n".join((each.headline, *each.sentences[:_MAX_SENTENCES])), each.language)
        if asked_countries
        else set()
        for each in passages
    ]
    rows: list[tuple[float, ...]] = []
    for place, (number, index) in enumerate(places):
        passage = passages[number]
        sentence = passage.sentences[index]
        in_sentence = _coverage(question, weights, sentence_keys[place])
        in_story = _coverage(question, weights, story_keys[number])
        missing = [
            term
            for term, name in zip(question.terms, names, strict=True)
            if name and term.isdisjoint(story_keys[number])
        ]
        has = _has_asked(question.kind, sentence, passage.language)
        asked = question.kind in ("number", "person")
        rows.append(
            (
                meaning[place],
                story_meaning[number],
                meaning[place] - (total - meaning[place]) / others,
                float(bool(asked_countries & story_countries[number])),
                float(bool(asked_countries - story_countries[number])),
                in_sentence,
                in_story,
                1.0 if in_story == 0 else 0.0,
                len(missing) / max(1, sum(names)),
                1.0 if asked and has else 0.0,
                1.0 if asked and not has else 0.0,
                1.0 if index == 0 else 0.0,
                1.0 if len(sentence) < _SHORT_CHARACTERS and passage.language not in ("ja", "zh", "ko") else 0.0,
            )
        )
    return rows, places, vectors


def _has_asked(kind: str, sentence: str, language: str) -> bool:
    """Return whether a sentence has a number or a name, as a question of that kind asks for."""
    return bool(quantities(sentence, language)) if kind == "number" else next(_names(sentence), None) is not None


def _names(text: str) -> Iterator[str]:
    """Yield the words that are written like names."""
    for match in _WITHIN_SENTENCE.finditer(text):
        if match[0][0].isupper():
            yield match[0]
    for match in _UNCASED_WORD.finditer(text):
        yield match[0]


def _countries(text: str, language: str) -> set[str]:
    return {each.code for each in countries(text, language)}


def _rarity(question: Question, stories: Sequence[set[str]]) -> list[float]:
    """Return the weight of each of the question's terms: higher for rarer ones."""
    found = Counter(place for keys in stories for place, term in enumerate(question.terms) if not term.isdisjoint(keys))
    return [log(1 + (len(stories) + 1) / (found[place] + 1)) for place in range(len(question.terms))]


def _coverage(question: Question, weights: Sequence[float], keys: set[str]) -> float:
    """Return the share of the question's weight that a text has, in 0..1."""
    total = sum(weights)
    hit = sum(weight for term, weight in zip(question.terms, weights, strict=True) if not term.isdisjoint(keys))
    return hit / total if total else 0.0


def _is_name(question: Question) -> list[bool]:
    """Return for each term whether it is written like a name or a figure within the question."""
    capitals = set()
    for name in _names(question.text):
        capitals |= text_terms(name, question.language)
    return [any(key.startswith("#") for key in term) or not term.isdisjoint(capitals) for term in question.terms]


def _cosines(
    question: Question, passages: Sequence[Passage], places: Sequence[tuple[int, int]]
) -> tuple[list[float], list[float], np.ndarray | None]:
    """Return the question's cosine with sentences and with stories, and the sentences' vectors."""
    model = encoder() if question.language in EMBEDDING_LANGUAGES else None
    if model is None:
        return [0.0] * len(places), [0.0] * len(passages), None
    texts = [question.text, *(passages[number].sentences[index] for number, index in places)]
    vectors = model.embed(texts)
    known = np.array([passages[number].language in EMBEDDING_LANGUAGES for number, _ in places])
    cosines = np.where(known, vectors[1:] @ vectors[0], 0.0)
    best = [0.0] * len(passages)
    for (number, _), cosine in zip(places, cosines, strict=True):
        best[number] = max(best[number], float(cosine))
    return [float(cosine) for cosine in cosines], best, vectors[1:]


@cache
def _model() -> tuple[Mapping[str, LinearModel], Mapping[str, float]]:
    table = load_table("answers.json")
    models = {
        name: LinearModel.from_table(each["bias"], each["weights"], FEATURES) for name, each in table["models"].items()
    }
    return models, read_thresholds(table["thresholds"])
