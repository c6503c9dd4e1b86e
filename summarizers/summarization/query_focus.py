"""Which sentences speak of what the reader asked about?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizers.summarization.engine import Focus
from summarizers.text.stems import prefix_stems, stopword_prefixes

__all__ = ["focus_scores"]

_FIELD = re.compile(r"(country|topic)\s*:\s*(.+)", re.IGNORECASE)


def focus_scores(sentences: Sequence[str], focus: Focus, language: str) -> list[float]:
    """How far each sentence is about `focus`, in 0..1.

    `focus` is a query in words, an upper-case ISO 3166 code (`JP`), a topic's slug, either of them after
    `country:` or `topic:`, or a list of these; a sentence counts by the part that it speaks of most.
    """
    parts = [focus] if isinstance(focus, str) else list(focus or ())
    best = [0.0] * len(sentences)
    for part in parts:
        for at, value in enumerate(_scores_of(sentences, part.strip(), language)):
            best[at] = max(best[at], value)
    return best


def _scores_of(sentences: Sequence[str], part: str, language: str) -> list[float]:
    field = _FIELD.fullmatch(part)
    kind, value = (field[1].lower(), field[2].strip()) if field else ("", part)
    if kind != "topic" and len(value) == 2 and value.isascii() and value.isalpha() and (kind or value.isupper()):
        return _about_country(sentences, value.upper(), language)
    from summarizers.labels.topics import TOPICS  # not at import: it loads numpy, and most summaries have no focus

    if kind != "country" and value.lower() in TOPICS:
        return _about_topic(sentences, value.lower(), language)
    return _about_words(sentences, value, language)


def _about_words(sentences: Sequence[str], query: str, language: str) -> list[float]:
    stops = stopword_prefixes(language)
    wanted = list(dict.fromkeys(stem for stem in prefix_stems(query[:500]) if stem not in stops))
    if not wanted:
        return [0.0] * len(sentences)
    scores = []
    for sentence in sentences:
        there = set(prefix_stems(sentence[:3000]))
        # "Japan" is asked for, "Japanese" is written: a word of four letters or more also matches as a beginning
        hits = sum(
            stem in there or (len(stem) >= 4 and any(word.startswith(stem) for word in there)) for stem in wanted
        )
        scores.append(hits / len(wanted))
    return scores


def _about_country(sentences: Sequence[str], code: str, language: str) -> list[float]:
    from summarizers.labels.countries import countries

    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    scores = [0.0] * len(sentences)
    ends = list(pairwise(starts))
    for country in countries("\n".join(sentences), language):
        if country.code != code:
            continue
        at = 0
        for evidence in sorted(country.evidence, key=lambda found: found.start):
            while at < len(ends) - 1 and evidence.start >= ends[at][1]:
                at += 1
            scores[at] = 1.0
    return scores


def _about_topic(sentences: Sequence[str], slug: str, language: str) -> list[float]:
    from summarizers.labels.topics import topics

    return [
        next((topic.score for topic in topics(sentence[:3000], language) if topic.slug == slug), 0.0)
        for sentence in sentences[:500]
    ] + [0.0] * max(0, len(sentences) - 500)
