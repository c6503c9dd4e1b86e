"""Stories and files for tests of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from bot.store.documents import FileFacts
from summarizers.types import (
    UNKNOWN_NEWS_VALUE,
    Analysis,
    Country,
    Evidence,
    NewsValue,
    Story,
    SummarySentence,
    Topic,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def make_analysis(
    text: str,
    *,
    countries: Sequence[str] | dict[str, float] = (),
    topics: Sequence[str] | dict[str, float] = (),
    language: str = "en",
    headline: str | None = None,
    kicker: str | None = None,
    position: int = 0,
    truncated: bool = False,
    news_value: NewsValue = UNKNOWN_NEWS_VALUE,
) -> Analysis:
    """Return a story with this text: one paragraph and one sentence per line."""
    paragraphs = tuple(text.split("\n"))
    named = countries if isinstance(countries, dict) else dict.fromkeys(countries, 0.8)
    about = topics if isinstance(topics, dict) else dict.fromkeys(topics, 0.9)
    return Analysis(
        story=Story(
            position=position, paragraphs=paragraphs, kicker=kicker, truncated=truncated, byline="By A. Writer"
        ),
        headline=headline if headline is not None else paragraphs[0][:80],
        language=language,
        sentences=paragraphs,
        summary=(SummarySentence(0, paragraphs[0]),),
        countries=tuple(
            Country(code, salience, (Evidence(0, 5, text[:5], "name"),)) for code, salience in named.items()
        ),
        topics=tuple(Topic(slug, score) for slug, score in about.items()),
        news_value=news_value,
    )


def make_file_facts(content: str = "", *, inode: int = 1) -> FileFacts:
    """Return the facts of a file with that content."""
    data = content.encode("utf-8", "surrogatepass")
    return FileFacts(len(data), 1_000_000_007, inode, sha256(data).hexdigest(), "utf-8")
