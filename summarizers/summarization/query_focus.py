"""Relevance of each sentence to what a reader asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizers.labels.topic_names import TOPICS
from summarizers.summarization.engine import Focus
from summarizers.text.stems import prefix_stems, stopword_prefixes

__all__ = ["focus_scores"]

_QUERY_CHARACTERS = 500
"""Characters of a query that are read: bounds the time that a pasted text can take."""

_SENTENCE_CHARACTERS = 3000
"""Characters of a sentence that are read: a longer one is a table, a list or a text without full stops."""

_TOPIC_SENTENCES = 500
"""Sentences that are classified, from the start: it takes far longer than looking for words."""

_PREFIX_LETTERS = 4
"""Least letters of a query word that also matches as the beginning of another: "Japan" finds "Japanese"."""

_FIELD = re.compile(r"(country|topic)\s*:\s*(.+)", re.IGNORECASE)


def focus_scores(sentences: Sequence[str], focus: Focus, language: str) -> list[float]:
    """Return how much each sentence is about `focus`, in 0..1.

    `focus` is a query in words, an upper-case ISO 3166 code (`JP`), a topic's slug, either of them after `country:`
    or `topic:`, or a list of these; a sentence counts by the part that it is about most.
    """
    parts = [focus] if isinstance(focus, str) else list(focus or ())
    best = [0.0] * len(sentences)
    for part in parts:
        for position, score in enumerate(_part_scores(sentences, part.strip(), language)):
            best[position] = max(best[position], score)
    return best


def _part_scores(sentences: Sequence[str], part: str, language: str) -> list[float]:
    field = _FIELD.fullmatch(part)
    kind, value = (field[1].lower(), field[2].strip()) if field else ("", part)
    if kind != "topic" and len(value) == 2 and value.isascii() and value.isalpha() and (kind or value.isupper()):
        return _country_scores(sentences, value.upper(), language)
    if kind != "country" and value.lower() in TOPICS:
        return _topic_scores(sentences, value.lower(), language)
    return _word_scores(sentences, value, language)


def _word_scores(sentences: Sequence[str], query: str, language: str) -> list[float]:
    """Share of the query's words that a sentence has."""
    stop_words = stopword_prefixes(language)
    stems = prefix_stems(query[:_QUERY_CHARACTERS])
    asked = list(dict.fromkeys(stem for stem in stems if stem not in stop_words))
    if not asked:
        return [0.0] * len(sentences)
    scores = []
    for sentence in sentences:
        words = set(prefix_stems(sentence[:_SENTENCE_CHARACTERS]))
        hits = sum(
            stem in words or (len(stem) >= _PREFIX_LETTERS and any(word.startswith(stem) for word in words))
            for stem in asked
        )
        scores.append(hits / len(asked))
    return scores


def _country_scores(sentences: Sequence[str], code: str, language: str) -> list[float]:
    """1 for each sentence with evidence of a country, else 0."""
    from summarizers.labels.countries import countries  # not at import: it loads the gazetteer

    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    spans = list(pairwise(starts))
    scores = [0.0] * len(sentences)
    for country in countries("\n".join(sentences), language):
        if country.code != code:
            continue
        position = 0
        for evidence in sorted(country.evidence, key=lambda evidence: evidence.start):
            while position < len(spans) - 1 and evidence.start >= spans[position][1]:
                position += 1
            scores[position] = 1.0
    return scores


def _topic_scores(sentences: Sequence[str], slug: str, language: str) -> list[float]:
    """Score of a topic in each sentence."""
    from summarizers.labels.topics import topics  # not at import: it loads numpy

    read = sentences[:_TOPIC_SENTENCES]
    scores = [
        next((topic.score for topic in topics(sentence[:_SENTENCE_CHARACTERS], language) if topic.slug == slug), 0.0)
        for sentence in read
    ]
    return scores + [0.0] * (len(sentences) - len(read))
