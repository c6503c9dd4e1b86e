"""The front page: a digest in one message, with a lead story, sections and briefs.

The page fits its size and Discord's limits by construction: it is measured as it will be drawn, and stories are told
shorter, then left to "more", until it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from babel.dates import format_date

from bot.i18n import Words
from bot.newsroom.front_page import SIZES, WORLD, FrontLayout, SizeLimits, arrange, quoted_sources
from bot.newsroom.models import COUNTRY_THRESHOLD, Digest, Event, SectionOrder, SourceRef, event_name
from bot.newsroom.timezones import zone
from bot.rendering.discord import front_fits
from bot.rendering.escape import truncate
from bot.rendering.layout import (
    ActionRow,
    Block,
    Button,
    Group,
    Menu,
    Page,
    Paragraph,
    Rule,
    Span,
    link,
    paragraph,
)
from bot.rendering.pages.alerts import alert_lines
from bot.rendering.pages.development import week_words, with_development
from bot.rendering.pages.parts import (
    MOST_CHOICES,
    babel_locale,
    country_words,
    event_option,
    headline_spans,
    join_sentences,
    language_words,
    more_button,
    sample_note,
    source_name,
    web_page,
)
from bot.rendering.theme import flag_emoji
from bot.services.filter_words import filter_words
from summarizers.labels.country_names import country_name

__all__ = ["FrontForm", "count_told", "front_group", "front_page"]

FrontForm = Literal["lead", "told", "brief"]
"""The form in which a front page has an event."""

_TOLD_LENGTH: Final = 320
"""Characters of a told story's sentence: twice a long one of a newspaper."""

_HEADLINE_LENGTH: Final = 160
"""Characters of a headline; summarizers give at most 120, sources may give more."""

_NAMED_SOURCES: Final = 2
"""Publishers that are named although they are not quoted; the others are counted."""

_BUTTONS: Final = 5
"""Buttons of a row: Discord's limit."""

_LEAD_COUNTRIES: Final = 2
"""Countries named below the lead story."""

_WORDS_A_MINUTE: Final = 220
"""Words that an adult reads in a minute (Brysbaert 2019: 238 in English non-fiction, fewer on a screen)."""

_CHARACTERS_A_MINUTE: Final = 500
"""Characters that an adult reads in a minute in Chinese or Japanese."""

_MORNING, _EVENING = range(4, 11), range(17, 24)  # hours of the local clock


def front_page(
    digest: Digest,
    words: Words,
    *,
    more: str = "",
    details: str = "",
    buttons: Sequence[Button] = (),
    title: str | Sequence[Span] | None = None,
) -> Page:
    """Return a digest's front page; `title` replaces the usual one.

    `more` and `details` are the custom ids behind "N more" and the menu of stories; "" leaves them out. `buttons` stand
    beside "N more", as far as there is room for five.
    """
    controls = _Controls(more, details, tuple(buttons))
    for front, limits in _arrangements(digest):
        page = _draw(digest, words, front, limits, controls, title)
        if front_fits(page, limits.characters):
            return page
    return _draw(digest, words, FrontLayout(None, (), ()), SIZES[digest.size], controls, title)


def count_told(page: Page) -> int:
    """Return how many events a front page has room for."""
    groups = [block for block in page.blocks if isinstance(block, Group)]
    lines = [line for group in groups for line in group.blocks if isinstance(line, Paragraph)]
    return sum(bool(group.key) for group in groups) + sum(bool(line.key) for line in lines)


@dataclass(frozen=True, slots=True)
class _Controls:
    """The buttons of a front page, as `front_page` takes them."""

    more: str
    details: str
    buttons: tuple[Button, ...]


def _arrangements(digest: Digest) -> Iterator[tuple[FrontLayout, SizeLimits]]:
    """Yield arrangements, the fullest first.

    Each has fewer told stories than the one before, then a shorter lead, then fewer briefs.
    """
    limits = SIZES[digest.size]
    events = len(digest.events)
    for told in range(min(limits.told, events), -1, -1):
        yield arrange(digest.events, digest.sections, told=told, shown=events), limits
    short = SizeLimits(limits.characters, 1, 0)
    for shown in range(events, 0, -1):
        yield arrange(digest.events, digest.sections, told=0, shown=shown), short


def _draw(
    digest: Digest,
    words: Words,
    front: FrontLayout,
    limits: SizeLimits,
    controls: _Controls,
    title: str | Sequence[Span] | None,
) -> Page:
    def developed(group: Group, event: Event) -> Group:
        return with_development(group, event, words, digest.timezone) if digest.week else group

    body: list[Block] = []
    if front.lead is not None:
        lead = front_group(front.lead, words, "lead", sentences=limits.sentences, picture=digest.pictures)
        body += [developed(lead, front.lead), Rule()]
    else:
        body.append(paragraph(words("digest-quiet")))
    for section in front.sections:
        body.append(paragraph(_section_name(section.key, digest.sections, words), size="section"))
        body += [developed(front_group(event, words, "told"), event) for event in section.events]
    if front.briefs:
        items = [line for event in front.briefs for line in front_group(event, words, "brief").blocks]
        body += [paragraph(words("front-brief"), size="section"), Group(tuple(items))]
    left = digest.omitted + front.more
    if left and not controls.more:
        body += [Rule(), paragraph(words("digest-omitted", count=left), size="small")]
    if digest.alerts:
        body += [Rule(), *alert_lines(digest.alerts, digest.until, words, digest.timezone)]
    if digest.other_languages:
        body.append(paragraph(words("digest-other-languages", count=digest.other_languages), size="small"))
    minutes = _reading_minutes([block for block in body if isinstance(block, Group)])
    blocks: list[Block] = [*_head(digest, words, minutes if digest.events else 0, title), Rule(), *body]
    shown = [event for event in (front.lead, *_in_order(front)) if event is not None]
    row = [more_button(digest, len(shown), controls.more, words)] if controls.more and left else []
    web = web_page(digest)
    row = [*row, *([Button(words("button-web"), url=web)] if web else []), *controls.buttons][:_BUTTONS]
    if row or (controls.details and shown):
        blocks.append(Rule())
    if controls.details and shown:
        choices = tuple(event_option(event, words) for event in shown[:MOST_CHOICES])
        blocks.append(ActionRow((Menu(controls.details, words("menu-full"), choices),)))
    if row:
        blocks.append(ActionRow(tuple(row)))
    accent = front.lead.topics[0].slug if front.lead is not None and front.lead.topics else None
    return Page(tuple(blocks), accent=accent, framed=True, locale=words.locale)


def front_group(event: Event, words: Words, form: FrontForm, *, sentences: int = 3, picture: bool = False) -> Group:
    """Return an event in the form that a front page gives it; `sentences` are a lead story's."""
    name = event_name(event.id)
    headline = headline_spans(event.kicker, truncate(event.headline, _HEADLINE_LENGTH))
    if form == "brief":
        ref = event.sources[0] if event.sources else None
        url = ref.url if ref is not None else None
        title = [Span(span.text, url=url) for span in headline] if url else [Span(span.text) for span in headline]
        spans = [*title, Span(" · "), *_sources(quoted_sources(event, ()), (), words, event, linked=False)]
        return Group((Paragraph((*spans, *_ends(event, words, name)), "item", key=name),))
    shown = event.summary[: sentences if form == "lead" else 1]
    refs = quoted_sources(event, shown)
    quoted = {sentence.ref.story_id for sentence in shown}
    text = join_sentences([sentence.text for sentence in shown], event.language)
    note: list[Span] = []
    if form == "lead":
        for country in [each for each in event.countries if each.salience >= COUNTRY_THRESHOLD][:_LEAD_COUNTRIES]:
            note += [Span(country_words(country, words)), Span(" · ")]
    note += [*_sources(refs, quoted, words, event), *_ends(event, words, name)]
    lines = [
        Paragraph(headline, "title" if form == "lead" else "body"),
        *([paragraph(text if form == "lead" else truncate(text, _TOLD_LENGTH))] if text else []),
        Paragraph(tuple(note), "small"),
    ]
    accent = event.topics[0].slug if event.topics and form == "lead" else None
    return Group(tuple(lines), accent=accent, key=name, picture=event.picture if picture and form == "lead" else None)


def _in_order(front: FrontLayout) -> Iterator[Event]:
    for section in front.sections:
        yield from section.events
    yield from front.briefs


def _head(digest: Digest, words: Words, minutes: int, title: str | Sequence[Span] | None) -> list[Block]:
    """Return the line with day, number and reading time, and the title."""
    local = digest.until.astimezone(zone(digest.timezone))
    day = week_words(digest, words) if digest.week else format_date(local, "full", locale=babel_locale(words))
    notes = [str(day)]
    if digest.issue is not None:
        notes.append(words("front-issue", number=digest.issue))
    if minutes:
        notes.append(words("front-reading", minutes=minutes))
    wanted = filter_words(digest.filter, words)
    if title is None:
        if wanted:
            title = words("digest-title-of", filter=wanted)
        elif digest.issue is not None and not digest.week and local.hour in _MORNING:
            title = words("digest-title-morning")
        elif digest.issue is not None and not digest.week and local.hour in _EVENING:
            title = words("digest-title-evening")
        else:
            title = words("digest-title")
    head = [title] if isinstance(title, str) else title
    refs = [ref for event in digest.events for ref in event.sources]
    return [paragraph(" · ".join(notes), size="small"), paragraph(*head, size="masthead"), *sample_note(refs, words)]


def _section_name(key: str, order: SectionOrder, words: Words) -> str:
    if order is SectionOrder.COUNTRY and key != WORLD:
        return f"{flag_emoji(key)} {country_name(key, words.locale)}"
    return words(f"section-{key}")


def _sources(
    refs: Sequence[SourceRef], quoted: set[int] | tuple[int, ...], words: Words, event: Event, *, linked: bool = True
) -> list[Span]:
    """Return the publishers: all that are quoted, others up to two in all, a count of the rest."""
    publishers: dict[str, SourceRef] = {}
    for ref in refs:
        publishers.setdefault(source_name(ref), ref)
    needed = {source_name(ref) for ref in refs if ref.story_id in quoted}
    count = max(len(needed), _NAMED_SOURCES if linked else 1)
    spans: list[Span] = []
    for name, ref in list(publishers.items())[:count]:
        spans += [Span(", ")] if spans else []
        spans.append(link(name, ref.url) if ref.url and linked else Span(name))
        if ref.language and (event.is_foreign or ref.language != event.language):
            spans.append(Span(f" ({language_words(ref.language, words)})"))
    if len(publishers) > count:
        spans.append(Span(f" +{len(publishers) - count}"))
    return spans


def _ends(event: Event, words: Words, name: str) -> list[Span]:
    """Return what ends a story's note: that it is an update, and in a terminal its id."""
    spans = [Span(" · "), Span(words("front-updated"))] if event.update else []
    return [*spans, Span(f" · {name}", typed=True)] if event.id else spans


def _reading_minutes(groups: Sequence[Group]) -> int:
    """Return the minutes that the stories take to read, at least 1."""
    text = " ".join(line.plain for group in groups for line in group.blocks if isinstance(line, Paragraph))
    wide = sum(character >= "\u2e80" for character in text)
    minutes = wide / _CHARACTERS_A_MINUTE + len(text.split()) / _WORDS_A_MINUTE
    return max(1, round(minutes))
