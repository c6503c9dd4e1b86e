"""What do several reports of one event say together?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizers.summarization.engine import Focus
from summarizers.summarization.newsrank import standing
from summarizers.summarization.query_focus import focus_scores
from summarizers.summarization.summarize import eligible
from summarizers.text.cues import needs_context
from summarizers.text.language import identify_language
from summarizers.text.sentences import sentences as split_sentences
from summarizers.types import Story

__all__ = ["EventSentence", "summarise_event"]

_CANDIDATES = 12
"""Sentences that each report sends into the common choice."""

_SAME = 0.6
"""From this share of common words on (of the shorter one's) two sentences tell the same."""

_FRESH = 2.5
_BACKED = 3.0
_FOCUS = 14.0
_READ = 400
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class EventSentence:
    """A sentence of an event's summary.

    `story` is its report's index among the given stories, `position` its index among that body's sentences.
    """

    story: int
    position: int
    text: str


def summarise_event(
    stories: Sequence[Story | str],
    *,
    sentences: int = 3,
    focus: Focus = None,
    language: str | None = None,
    characters: int | None = None,
) -> list[EventSentence]:
    """One summary over several reports of the same event, each sentence with the report it is from.

    `stories` are in the order of their appearance, oldest first. Two reports that tell the same thing give one
    sentence, the newer, so that a toll or a result that was corrected is told as it stands last. What several
    reports tell counts for more, and so does what is newer. At most `sentences`, `characters` in all; ordered by
    report, then by place in it. No stories, or none with a whole sentence, give []. Past 400 reports the newest
    400 are read. Time grows with the number of words and the square of the number of reports.
    """
    pool: list[_Candidate] = []
    first = max(0, len(stories) - _READ)
    for number, story in enumerate(stories[first:], start=first):
        pool += _candidates(number, story, language, focus)
    newest = max((candidate.story for candidate in pool), default=0)
    span = max(1, newest - first)
    groups = _same_news(pool)
    ranked: list[tuple[float, _Candidate]] = []
    for group in groups:
        latest = max(group, key=lambda candidate: (candidate.story, candidate.points))
        backing = len({candidate.story for candidate in group}) - 1
        fresh = (latest.story - first) / span
        points = max(candidate.points for candidate in group) + _BACKED * min(backing, 4) ** 0.5 + _FRESH * fresh
        ranked.append((points, latest))
    ranked.sort(key=lambda entry: (-entry[0], -entry[1].story, entry[1].position))
    chosen: list[_Candidate] = []
    left = characters
    for _, candidate in ranked:
        if len(chosen) >= sentences:
            break
        if any(_tells_same(candidate, other) for other in chosen):
            continue
        if left is not None:
            if len(candidate.text) > left:
                continue
            left -= len(candidate.text) + 1
        chosen.append(candidate)
    chosen.sort(key=lambda candidate: (candidate.story, candidate.position))
    return [EventSentence(found.story, found.position, found.text) for found in chosen]


@dataclass(frozen=True, slots=True)
class _Candidate:
    story: int
    position: int
    text: str
    points: float
    words: frozenset[str]


def _candidates(number: int, story: Story | str, language: str | None, focus: Focus) -> list[_Candidate]:
    body = story if isinstance(story, str) else story.body
    if not body.strip():
        return []
    spoken = language or identify_language(body)
    split = split_sentences(body, spoken)
    truncated = False if isinstance(story, str) else story.truncated
    able = eligible(split, spoken, truncated=truncated)
    if not able:
        return []
    offered = [split[at] for at in able]
    points, vocabularies = standing(offered, spoken)
    if focus:
        points = [
            value + _FOCUS * about for value, about in zip(points, focus_scores(offered, focus, spoken), strict=True)
        ]
    order = sorted(range(len(able)), key=lambda at: (-points[at], at))
    found = []
    for at in order:
        # among sentences of other reports nothing explains a pronoun
        if able[at] > 0 and needs_context(offered[at], spoken):
            continue
        found.append(_Candidate(number, able[at], offered[at], points[at], _news(vocabularies[at])))
        if len(found) == _CANDIDATES:
            break
    return found


def _same_news(pool: list[_Candidate]) -> list[list[_Candidate]]:
    """Candidates grouped by what they tell: each joins the first group whose first member tells the same."""
    groups: list[list[_Candidate]] = []
    by_word: dict[str, set[int]] = {}
    for candidate in pool:
        near = Counter(number for word in candidate.words for number in by_word.get(word, ()))
        home = next(
            (
                number
                for number in sorted(near)
                if near[number] >= _SAME * min(len(candidate.words), len(groups[number][0].words))
            ),
            None,
        )
        if home is None:
            home = len(groups)
            groups.append([])
            for word in candidate.words:
                by_word.setdefault(word, set()).add(home)
        groups[home].append(candidate)
    return groups


def _tells_same(one: _Candidate, other: _Candidate) -> bool:
    """Do two sentences tell the same?"""
    shorter = min(len(one.words), len(other.words))
    return shorter > 0 and len(one.words & other.words) / shorter >= _SAME


def _news(vocabulary: Iterable[str]) -> frozenset[str]:
    """The words by which news are compared. Figures don't count: a corrected toll is the same news."""
    return frozenset(word for word in vocabulary if not _FIGURE.search(word))
