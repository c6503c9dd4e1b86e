"""Answers to questions: sentences of stories that are stored, or none. No text is generated."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.errors import InputInvalid
from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import EVERYTHING
from bot.newsroom.models import AnsweringSentence, StoryDetail
from bot.services.meaning_search import find_by_meaning, fuse
from bot.store import story_rows
from bot.store.database import Store
from bot.store.search import search_stories
from summarizers.answers import Passage, find_answers, question_words
from summarizers.text.language import identify_language, language_prior

__all__ = ["MAX_ANSWERS", "QuestionService"]

MAX_ANSWERS = 4
"""Sentences that answer one question."""

_MAX_CHARACTERS = 400
"""Characters of a question that are read; a longer one is a text."""

_MAX_WORDS = 10
"""Words of a question that are searched for, each with a query of its own."""

_STORIES_PER_WORD = 100
"""Newest stories with one of its words that are looked at; a word that more have says little."""

_MAX_FOUND = 50
"""Stories found by words that count."""

_CANDIDATES = 12
"""Stories in which answers are looked for: comparing their sentences takes a third of a second."""


class QuestionService:
    """Answers questions from the stored stories; `clock` returns the present."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def answer(
        self, question: str, *, locale: str | None = None, audience: Audience = PUBLIC
    ) -> list[AnsweringSentence]:
        """Return the sentences that answer a question, the best first; none where no story does.

        A question in doubt between languages is taken for one in `locale`. Raises InputInvalid without words.
        """
        question = question.strip()[:_MAX_CHARACTERS]
        prior = language_prior(locale.split("-")[0].lower() if locale else None)
        language = identify_language(question, prior)
        asked = question_words(question, language)
        if not asked:
            raise InputInvalid("ask about something in the news", "error-question-empty")
        stories = await self._candidates(question, asked, audience)
        passages = [Passage(each.line.headline, each.sentences, each.line.language) for each in stories]
        answers = await asyncio.to_thread(find_answers, question, language, passages, limit=MAX_ANSWERS)
        return [
            AnsweringSentence(stories[answer.passage].sentences[answer.sentence], stories[answer.passage].line)
            for answer in answers
        ]

    async def _candidates(self, question: str, asked: Sequence[str], audience: Audience) -> list[StoryDetail]:
        """Return the stories that have the question's rarer words, or are near its meaning."""
        now = self._clock()
        scores: defaultdict[int, float] = defaultdict(float)
        async with self._store.reading() as conn:
            for word in asked[:_MAX_WORDS]:
                found = await search_stories(
                    conn, f'"{word}"', EVERYTHING, _STORIES_PER_WORD, now=now, audience=audience
                )
                for story_id in found:
                    scores[story_id] += 1 / len(found)
            by_words = sorted(scores, key=lambda story_id: (-scores[story_id], -story_id))[:_MAX_FOUND]
            by_meaning = await find_by_meaning(conn, question, EVERYTHING, now=now, audience=audience, least=None)
            stories = []
            for story_id in fuse(by_words, by_meaning)[:_CANDIDATES]:
                story = await story_rows.get_story(conn, story_id, audience)
                if story is not None:
                    stories.append(story)
        return stories
