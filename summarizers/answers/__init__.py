"""Answers to questions: the sentences of stories that answer one, or none."""

from __future__ import annotations

from summarizers.answers.question_terms import question_words
from summarizers.answers.selection import ChosenSentence, Passage, find_answers

__all__ = ["ChosenSentence", "Passage", "find_answers", "question_words"]
