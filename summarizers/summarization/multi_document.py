"""One summary over several reports of the same event."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizers.summarization.engine import Focus
from summarizers.summarization.newsrank import sentence_scores
from summarizers.summarization.query_focus import focus_scores
from summarizers.summarization.summarize import eligible_positions
from summarizers.text.cues import needs_context
from summarizers.text.language import identify_language
from summarizers.text.sentences import sentences as split_sentences
from summarizers.types import Story

__all__ = ["SourcedSentence", "summarise_event"]

_CANDIDATES = 12
"""Sentences of each report that compete; by judgement, four times as many as a summary has."""

_SAME_NEWS = 0.6
"""Share of common words, of the shorter sentence's, from which on two sentences say the same; by judgement."""

_NEWEST_BONUS = 2.5
"""Points of F-measure for a sentence of the newest report, less for older ones; by judgement."""

_BACKING_BONUS = 3.0
"""Points for news that a second report has, times the square root of the number of further reports; by judgement."""

_MAX_BACKING = 4
"""Further reports that count: with more of them the bonus would outweigh what the sentences say."""

_FOCUS_BONUS = 14.0
"""Points for a sentence that is fully about the focus; by judgement, above freshness and backing together."""

_MAX_REPORTS = 400
"""Reports that are read, the newest: bounds a time that grows with their square."""

_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class SourcedSentence:
    """A sentence of an event's summary.

    `story` is its report's index among the given stories, `position` its index among that body's sentences.
    """

    story: int
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that competes, with its points and the words that its news is compared by."""

    story: int
    position: int
    text: str
    points: float
    words: frozenset[str]


def summarise_event(
    stories: Sequence[Story | str],
    *,
    sentences: int = 3,
    focus: Focus = None,
    language: str | None = None,
    characters: int | None = None,
) -> list[SourcedSentence]:
    """Summarise several reports of the same event, each sentence with the report it is from.

    `stories` are in the order of their appearance, oldest first. News that two reports have gives one sentence, the
    newer, so that a corrected toll or result is given as it was reported last. News that several reports have counts
    for more, and so does newer news. At most `sentences`, `characters` in all; ordered by report, then by position.
    No stories, or none with a whole sentence, give []. Of more than 400 reports the newest 400 are read. Time grows
    with the number of words and the square of the number of reports.
    """
    pool: list[_Candidate] = []
    first = max(0, len(stories) - _MAX_REPORTS)
    for index, story in enumerate(stories[first:], start=first):
        pool += _candidates(index, story, language, focus)
    newest = max((candidate.story for candidate in pool), default=0)
    span = max(1, newest - first)
    ranked: list[tuple[float, _Candidate]] = []
    for group in _group_by_news(pool):
        latest = max(group, key=lambda candidate: (candidate.story, candidate.points))
        backing = len({candidate.story for candidate in group}) - 1
        points = (
            max(candidate.points for candidate in group)
            + _BACKING_BONUS * min(backing, _MAX_BACKING) ** 0.5
            + _NEWEST_BONUS * ((latest.story - first) / span)
        )
        ranked.append((points, latest))
    ranked.sort(key=lambda entry: (-entry[0], -entry[1].story, entry[1].position))
    chosen: list[_Candidate] = []
    left = characters
    for _, candidate in ranked:
        if len(chosen) >= sentences:
            break
        if any(_is_same_news(candidate, other) for other in chosen):
            continue
        if left is not None:
            if len(candidate.text) > left:
                continue
            left -= len(candidate.text) + 1
        chosen.append(candidate)
    chosen.sort(key=lambda candidate: (candidate.story, candidate.position))
    return [SourcedSentence(candidate.story, candidate.position, candidate.text) for candidate in chosen]


def _candidates(index: int, story: Story | str, language: str | None, focus: Focus) -> list[_Candidate]:
    """Best sentences of a report that can stand on their own."""
    body = story if isinstance(story, str) else story.body
    if not body.strip():
        return []
    language = language or identify_language(body)
    sentences = split_sentences(body, language)
    truncated = False if isinstance(story, str) else story.truncated
    eligible = eligible_positions(sentences, language, truncated=truncated)
    if not eligible:
        return []
    offered = [sentences[position] for position in eligible]
    points, vocabularies = sentence_scores(offered, language)
    if focus:
        about = focus_scores(offered, focus, language)
        points = [value + _FOCUS_BONUS * score for value, score in zip(points, about, strict=True)]
    candidates = []
    for at in sorted(range(len(eligible)), key=lambda at: (-points[at], at)):
        # among sentences of other reports nothing explains a pronoun
        if eligible[at] > 0 and needs_context(offered[at], language):
            continue
        candidates.append(_Candidate(index, eligible[at], offered[at], points[at], _news_words(vocabularies[at])))
        if len(candidates) == _CANDIDATES:
            break
    return candidates


def _group_by_news(pool: list[_Candidate]) -> list[list[_Candidate]]:
    """Group candidates by their news; a group is known by its first member."""
    groups: list[list[_Candidate]] = []
    by_word: dict[str, set[int]] = {}
    for candidate in pool:
        shared = Counter(number for word in candidate.words for number in by_word.get(word, ()))
        group = next(
            (
                number
                for number in sorted(shared)
                if shared[number] >= _SAME_NEWS * min(len(candidate.words), len(groups[number][0].words))
            ),
            None,
        )
        if group is None:
            group = len(groups)
            groups.append([])
            for word in candidate.words:
                by_word.setdefault(word, set()).add(group)
        groups[group].append(candidate)
    return groups


def _is_same_news(one: _Candidate, other: _Candidate) -> bool:
    shorter = min(len(one.words), len(other.words))
    return shorter > 0 and len(one.words & other.words) / shorter >= _SAME_NEWS


def _news_words(vocabulary: Iterable[str]) -> frozenset[str]:
    """Words by which news is compared. Figures don't count: a corrected toll is the same news."""
    return frozenset(word for word in vocabulary if not _FIGURE.search(word))
