"""Engines of other packages, guarded: where one fails, newsrank chooses the sentences."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from summarizers.summarization.engine import Engine, Focus
from summarizers.summarization.newsrank import NEWSRANK

__all__ = ["GuardedEngine"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GuardedEngine:
    """An engine whose failures and wrong answers are logged and replaced by newsrank's choice."""

    name: str
    engine: Engine

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Choose at most `count` of `sentences`, as `Engine.select` does."""
        try:
            chosen = list(self.engine.select(sentences, count, language=language, focus=focus))
            if len(chosen) <= max(count, 0) and chosen == sorted(set(chosen) & set(range(len(sentences)))):
                return chosen
            _log.warning("summary engine %s chose no valid sentences; newsrank is used", self.name)
        except Exception as error:  # noqa: BLE001, RUF100 - somebody else's code may raise anything
            _log.warning("summary engine %s failed (%s: %s); newsrank is used", self.name, type(error).__name__, error)
        return NEWSRANK.select(sentences, count, language=language, focus=focus)
