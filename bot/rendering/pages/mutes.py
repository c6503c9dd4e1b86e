"""A member's mutes, and the menus by which a story, its country or its topic is muted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.i18n import Words
from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.models import COUNTRY_THRESHOLD, Event, event_name
from bot.rendering.layout import ActionRow, Menu, MenuOption, Page, Paragraph, paragraph
from bot.rendering.pages.parts import MOST_CHOICES, event_option, headline_spans
from bot.rendering.pages.time_words import message_with_time
from summarizers.labels.country_names import country_name
from summarizers.labels.topic_names import topic_name

__all__ = ["mute_page", "mute_stories_page", "mutes_page"]

_SPANS: Final = {"mute-day": 1, "mute-week": 7, "mute-always": 0}
"""The days that a mute lasts, by the message that says so; 0 is for good."""


def mute_stories_page(events: Sequence[Event], words: Words, *, action: str) -> Page:
    """Return the menu of a digest's stories."""
    choices = tuple(event_option(event, words) for event in events[:MOST_CHOICES])
    menu = Menu(action, words("menu-mute-story"), choices)
    return Page((paragraph(words("mute-title"), size="title"), ActionRow((menu,))), locale=words.locale)


def mute_page(event: Event, words: Words, *, action: str) -> Page:
    """Return the menu of what can be muted of a story, and for how long.

    A choice's value is the days, 0 for good, a colon, and the filter.
    """
    subjects = {f"event:{event_name(event.id)}": words("mute-story")}
    country = max(event.countries, key=lambda each: each.salience, default=None)
    if country is not None and country.salience >= COUNTRY_THRESHOLD:
        subjects[f"country:{country.code}"] = country_name(country.code, words.locale)
    assigned = assigned_topics((topic.slug, topic.score) for topic in event.topics)
    for topic in [each.slug for each in event.topics if each.slug in assigned][:1]:
        subjects[f"topic:{topic}"] = topic_name(topic, words.locale)
    choices = tuple(
        MenuOption(f"{name} · {words(span)}", f"{days}:{subject}")
        for subject, name in subjects.items()
        for span, days in _SPANS.items()
    )
    head = paragraph(words("mute-title"), size="title")
    menu = ActionRow((Menu(action, words("menu-mute-what"), choices),))
    return Page((head, Paragraph(headline_spans(event.kicker, event.headline)), menu), locale=words.locale)


def mutes_page(mutes: Sequence[tuple[str, datetime | None]], words: Words, timezone: str) -> Page:
    """Return a member's mutes: each in words with the moment of its end, None for good."""
    lines = [_mute_line(what, until, words, timezone) for what, until in mutes]
    return Page((paragraph(words("muted-title"), size="title"), *lines), locale=words.locale)


def _mute_line(what: str, until: datetime | None, words: Words, timezone: str) -> Paragraph:
    if until is None:
        return paragraph("• ", words("mute-for-good", what=what))
    return paragraph("• ", *message_with_time("mute-until", until, words, timezone, what=what))
