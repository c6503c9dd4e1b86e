"""The arrangement of a front page: lead story, sections, briefs.

Events keep their rank: the first one leads, those after it are told, the last ones are briefs. Sections stand in the order
of their best event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.newsroom.models import COUNTRY_THRESHOLD, DigestSize, Event, EventSentence, SectionOrder, SourceRef

__all__ = ["SIZES", "WORLD", "FrontLayout", "FrontSection", "SizeLimits", "arrange", "quoted_sources", "section_of"]

WORLD: Final = "world"
"""The section of events that have no topic, or that no country can claim."""

_SECTIONS: Final = {
    "politics": ("politics-and-government", "conflict-war-and-peace"),
    "business": ("economy-business-and-finance", "labour"),
    "justice": ("crime-law-and-justice", "disaster-accident-and-emergency"),
    "science": ("science-and-technology", "environment", "health", "weather"),
    "society": ("society", "education", "religion", "human-interest", "lifestyle-and-leisure"),
    "culture": ("arts-culture-entertainment-and-media",),
    "sport": ("sport",),
}
"""A newspaper's sections, each with its topics."""

_SECTION_OF_TOPIC: Final = {topic: section for section, topics in _SECTIONS.items() for topic in topics}


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """The limits of a front page's size.

    `characters` are those of the whole message, `sentences` those of the lead story, `told` the events in sections.
    """

    characters: int
    sentences: int
    told: int


SIZES: Final = {
    DigestSize.SHORT: SizeLimits(characters=1400, sentences=2, told=2),
    DigestSize.NORMAL: SizeLimits(characters=2500, sentences=3, told=5),
    DigestSize.LONG: SizeLimits(characters=3600, sentences=3, told=9),
}
"""The longest stays below Discord's 4,000 characters with its menu; the others by what a screen or two of a phone hold."""


@dataclass(frozen=True, slots=True)
class FrontSection:
    """A section: `key` is that of a topic section, a country's code, or `WORLD`."""

    key: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class FrontLayout:
    """The events of a front page; `more` counts those that found no room."""

    lead: Event | None
    sections: tuple[FrontSection, ...]
    briefs: tuple[Event, ...]
    more: int = 0


def arrange(events: Sequence[Event], order: SectionOrder, *, told: int, shown: int) -> FrontLayout:
    """Arrange the first `shown` events, which stand in order of rank.

    `told` follow the lead, each with a sentence. An event without a sentence can't be told and is a brief.
    """
    chosen = list(events[:shown])
    lead = next((event for event in chosen if event.summary), chosen[0] if chosen else None)
    others = [event for event in chosen if event is not lead]
    in_sections = [event for event in others if event.summary][:told]
    sections: dict[str, list[Event]] = {}
    for event in in_sections:
        sections.setdefault(section_of(event, order), []).append(event)
    return FrontLayout(
        lead,
        tuple(FrontSection(key, tuple(held)) for key, held in sections.items()),
        tuple(event for event in others if event not in in_sections),
        len(events) - len(chosen),
    )


def section_of(event: Event, order: SectionOrder) -> str:
    """Return the key of the section that an event belongs to."""
    if order is SectionOrder.COUNTRY:
        main = max(event.countries, key=lambda country: country.salience, default=None)
        return main.code if main is not None and main.salience >= COUNTRY_THRESHOLD else WORLD
    return _SECTION_OF_TOPIC.get(event.topics[0].slug, WORLD) if event.topics else WORLD


def quoted_sources(event: Event, sentences: Sequence[EventSentence]) -> tuple[SourceRef, ...]:
    """Return the event's reports, those of these sentences first, in their order.

    Without sentences the lead report, which has the headline, is the first.
    """
    ordered = {sentence.ref.story_id: sentence.ref for sentence in sentences}
    for ref in event.sources:
        ordered.setdefault(ref.story_id, ref)
    return tuple(ordered.values())
