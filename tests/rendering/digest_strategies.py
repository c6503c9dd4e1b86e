"""Hostile digests: events with any text in any field, for whatever draws them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.newsroom.models import Digest, DigestSize, Event, EventSentence, SectionOrder, SourceRef
from summarizers.types import Country, Topic
from tests.rendering.test_discord import PICTURE, hostile, long_hostile, urls

__all__ = ["digests"]

AT = datetime(2026, 11, 30, 7, tzinfo=UTC)
TOPICS = ["sport", "weather", "conflict-war-and-peace"]

refs = st.builds(
    SourceRef,
    st.integers(1, 9),
    hostile.map(lambda text: text or "a.txt"),
    st.integers(0, 3),
    st.none() | hostile,
    urls,
    st.sampled_from(["", "en", "de", "ja", "xx"]),
    st.none() | st.just(PICTURE),
)


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    """An event whose sentences come from its own reports, as the newsroom makes them."""
    sources = draw(st.lists(refs, min_size=1, max_size=6, unique_by=lambda ref: ref.story_id))
    quoted = draw(st.lists(st.sampled_from(sources), max_size=4))
    summary = tuple(
        EventSentence(draw(long_hostile), position, ref)
        for position, ref in enumerate(sorted(quoted, key=lambda ref: ref is not sources[0]))
    )
    countries = draw(st.lists(st.sampled_from(["PE", "JP", "US", "x"]), max_size=3, unique=True))
    topics = draw(st.lists(st.sampled_from(TOPICS), max_size=2, unique=True))
    return Event(
        id=number,
        headline=draw(long_hostile),
        kicker=draw(st.none() | hostile),
        language=draw(st.sampled_from(["en", "ja", ""])),
        summary=summary,
        countries=tuple(Country(code, 0.6) for code in countries),
        topics=tuple(Topic(slug, 0.7) for slug in topics),
        sources=tuple(sources),
        first_at=AT,
        last_at=AT,
        update=draw(st.booleans()),
        is_foreign=draw(st.booleans()),
        place=draw(st.none() | hostile),
    )


@st.composite
def digests(draw: st.DrawFn, most: int = 25) -> Digest:
    """A digest of hostile events, in any size and order of sections."""
    count = draw(st.integers(0, most))
    return Digest(
        title="x",
        since=AT,
        until=AT,
        events=tuple(draw(events(number)) for number in range(1, count + 1)),
        omitted=draw(st.integers(0, 99)),
        other_languages=draw(st.integers(0, 3)),
        pictures=draw(st.booleans()),
        issue=draw(st.none() | st.integers(1, 10**6)),
        sections=draw(st.sampled_from(SectionOrder)),
        size=draw(st.sampled_from(DigestSize)),
    )
