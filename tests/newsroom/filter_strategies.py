"""Filters and stories for property tests: a small world in which both often meet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.newsroom.filters import FilterSubject
from bot.newsroom.search_terms import search_terms

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

COUNTRIES = ("JP", "KR", "NO", "PE", "ZA")
TOPICS = ("sport", "weather", "health")
LANGUAGES = ("en", "de", "zh")
SOURCES = ("Harbour Post", "harbour daily", "Nordlys 100%", "a_b", None)
PATHS = ("2026/a.txt", "2026/b.md", "x_y.txt", "日本.txt")
KICKERS = ("STRIKE", "Op Ed", None)
WORDS = (
    "ferry",
    "ferries",
    "Drill",
    "drills",
    "sea",
    "the",
    "Häfen",
    "hafen",
    "it's",
    "3.5",
    "台湾海峡",
    "海峡",
    "O'Neil's",
)

_values = {
    "country": ["jp", "Japan", "KR", "norway", "PE,ZA", "za"],
    "region": ["africa", "East Asia", "europe"],
    "topic": ["sport", "weather", "health,sport"],
    "lang": ["en", "German", "zh,de", "fr"],
    "source": ["harbour*", "Harbour Post", "*100%", "a_b", "*", "axb", "nordlys*%"],
    "path": ["2026/*", "*.md", "x_y.txt", "x?y.txt", "日本*"],
    "kicker": ["strike", "op*", "*"],
    "event": ["e1", "2", "e999999999999999999"],
    "since": ["2d", "36h", "1w", "today", "yesterday", "2026-11-18", "2026-11-19T12:00", "9999999d"],
    "until": ["1d", "12h", "today", "yesterday", "2026-11-19", "2026-11-20T06:00Z", "9999-12-31"],
}


def _quoted(value: str) -> str:
    return ",".join(f'"{part}"' for part in value.split(","))


_matches = st.sampled_from(sorted(_values)).flatmap(
    lambda key: st.sampled_from(_values[key]).map(lambda value: f"{key}:{_quoted(value)}")
)
_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: '"' + " ".join(words) + '"')
_leaves = st.one_of(_matches, _matches, _words)


def filter_texts() -> st.SearchStrategy[str]:
    """Filters as people might write them, nested a little."""
    return st.recursive(
        _leaves,
        lambda inner: st.one_of(
            inner.map(lambda text: f"-({text})"),
            inner.map(lambda text: f"not ({text})"),
            st.lists(inner, min_size=2, max_size=3).map(" ".join),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " or ".join(parts) + ")"),
        ),
        max_leaves=6,
    )


def texts() -> st.SearchStrategy[str]:
    """Text made of few words, so that filters often find them."""
    return st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@st.composite
def subjects(draw: st.DrawFn) -> FilterSubject:
    """Stories as filters see them."""
    language = draw(st.sampled_from(LANGUAGES))
    return FilterSubject(
        published_at=NOW - timedelta(hours=draw(st.integers(-24, 24 * 9))),
        language=language,
        countries=frozenset(draw(st.lists(st.sampled_from(COUNTRIES), max_size=3))),
        topics=frozenset(draw(st.lists(st.sampled_from(TOPICS), max_size=2))),
        source=draw(st.sampled_from(SOURCES)),
        path=draw(st.sampled_from(PATHS)),
        kicker=draw(st.sampled_from(KICKERS)),
        event_id=draw(st.integers(1, 3)),
        fields=(
            tuple(search_terms(draw(texts()), language)),
            tuple(search_terms(draw(texts()), language)),
        ),
    )
