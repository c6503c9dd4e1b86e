"""Which blocks make up each answer? Values in, a page out, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from summarizers.places import country_name
from summarizers.topics import topic_name

from bot.i18n import Words
from bot.newsroom.models import (
    ABOUT,
    Digest,
    Event,
    NewsPage,
    SourceRef,
    StoryDetail,
    StoryLine,
    event_name,
    story_name,
)
from bot.newsroom.zones import zone
from bot.rendering.layout import (
    Block,
    Button,
    Choice,
    Group,
    Line,
    Menu,
    Page,
    Row,
    Rule,
    Span,
    bold,
    line,
    link,
    moment,
)
from bot.rendering.palette import flag
from bot.rendering.safe import safe_url
from summarizers.model import Country, Topic

__all__ = [
    "about_page",
    "counts_page",
    "date_words",
    "digest_page",
    "message_page",
    "news_page",
    "story_page",
    "time_words",
    "why_page",
]

_TOPIC_SHOWN = 0.5
_MOST_LABELS = 4


def digest_page(digest: Digest, words: Words, *, marker: str = "", more: str = "", details: str = "") -> Page:
    """A digest. `more` and `details` are the actions behind "N more" and the menu of stories; "" leaves them out."""
    where = zone(digest.timezone)
    title = words("digest-title-of", filter=digest.filter) if digest.filter else words("digest-title")
    day = format_date(digest.until.astimezone(where), "full", locale=_babel(words))
    blocks: list[Block] = [line(title, size="title"), line(day, size="small")]
    for event in digest.events:
        blocks += [Rule(), event_group(event, words)]
    if not digest.events:
        blocks.append(line(words("digest-quiet")))
    foot: list[Span] = []
    if digest.omitted:
        foot.append(Span(words("digest-omitted", count=digest.omitted)))
    if foot and not more:
        blocks += [Rule(), Line(tuple(foot), "small")]
    if details and digest.events:
        choices = [
            Choice(event.headline, event_name(event.id), _labels_text(event.countries, event.topics, words))
            for event in digest.events[:25]
        ]
        blocks.append(Row((Menu(details, words("button-full"), tuple(choices)),)))
    if more and digest.omitted:
        blocks.append(Row((Button(words("button-more", count=digest.omitted), more),)))
    footer = line(words("digest-footer", marker=marker), size="small") if marker else None
    return Page(tuple(blocks), footer=footer, locale=words.locale)


def event_group(event: Event, words: Words) -> Group:
    """An event as a digest shows it: headline, the sentences, and where they come from."""
    head: list[Span] = []
    if event.update:
        head += [bold(words("digest-update")), Span(" · ")]
    if event.kicker:
        head += [bold(event.kicker), Span(": ")]
    head.append(bold(event.headline))
    blocks: list[Line | Rule | Row] = [Line(tuple(head), "heading")]
    if event.summary:
        blocks.append(line(_joined([sentence.text for sentence in event.summary])))
    blocks.append(Line(_event_note(event, words), "small"))
    accent = event.topics[0].slug if event.topics else None
    return Group(tuple(blocks), accent=accent, key=event_name(event.id))


def news_page(page: NewsPage, words: Words, *, question: str, actions: Sequence[tuple[str, str, bool]] = ()) -> Page:
    """One page of /news. `question` is the filter's normal form; `actions` are (label, action, possible)."""
    title = (
        words("news-title-of", total=page.total, filter=question) if question else words("news-title", total=page.total)
    )
    blocks: list[Block] = [line(title, size="title")]
    if not page.stories:
        blocks.append(line(words("news-nothing")))
    for story in page.stories:
        blocks += [Rule(), story_group(story, words)]
    if page.pages > 1:
        blocks.append(line(words("news-page", page=page.page, pages=page.pages), size="small"))
        blocks.append(Row(tuple(Button(label, action, disabled=not possible) for label, action, possible in actions)))
    return Page(tuple(blocks), locale=words.locale)


def story_group(story: StoryLine, words: Words) -> Group:
    """A story as lists show it."""
    head: list[Span] = [bold(f"{story.kicker}: ")] if story.kicker else []
    head.append(bold(story.headline))
    blocks: list[Line | Rule | Row] = [Line(tuple(head), "heading")]
    if story.summary:
        blocks.append(line(_joined([sentence.text for sentence in story.summary])))
    note = [
        Span(story_name(story.id)),
        Span(" · "),
        moment(story.published_at, time_words(story.published_at, words)),
        *_label_spans(story.countries, story.topics, words),
        *_source_spans(story.ref, words),
    ]
    blocks.append(Line(tuple(note), "small"))
    return Group(tuple(blocks), accent=story.topics[0].slug if story.topics else None)


def story_page(story: StoryDetail, words: Words, *, why: str = "") -> Page:
    """A story in full: headline, all its sentences, where it is from. `why` is the action behind "why"."""
    seen = story.line
    head: list[Span] = [bold(f"{seen.kicker}: ")] if seen.kicker else []
    head.append(bold(seen.headline))
    blocks: list[Block] = [Line(tuple(head), "title")]
    upper = " · ".join(part for part in (story.byline, story.dateline) if part)
    if upper:
        blocks.append(line(upper, size="small"))
    if story.deck:
        blocks.append(line(Span(story.deck, "italic")))
    blocks += [line(paragraph) for paragraph in story.paragraphs]
    if seen.truncated:
        blocks.append(line(words("story-truncated"), size="small"))
    blocks.append(Rule())
    blocks += [line(credit, size="small") for credit in story.credits]
    note = [
        Span(story_name(seen.id)),
        Span(" · "),
        moment(seen.published_at, time_words(seen.published_at, words)),
        *_label_spans(seen.countries, seen.topics, words),
        *_source_spans(seen.ref, words),
    ]
    blocks.append(Line(tuple(note), "small"))
    buttons = [Button(words("button-why"), why)] if why else []
    if safe_url(seen.ref.url):
        buttons.append(Button(words("button-original"), url=seen.ref.url))
    if buttons:
        blocks.append(Row(tuple(buttons)))
    accent = seen.topics[0].slug if seen.topics else None
    return Page(tuple(blocks), accent=accent, locale=words.locale)


def why_page(event: Event, stories: Sequence[StoryDetail], words: Words) -> Page:
    """Why an event is in the news: reports, countries with their evidence, topics, and each sentence's place."""
    blocks: list[Block] = [line(words("why-title", headline=event.headline), size="title")]
    blocks.append(line(words("why-event", count=len(event.sources))))
    blocks += [Line((Span("• "), *_source_spans(ref, words, first=True)), "small") for ref in event.sources[:10]]
    if event.reasons:
        blocks.append(line(words("why-reasons", reasons=", ".join(f"{name} {value}" for name, value in event.reasons))))
    for country in event.countries:
        shown = _evidence_of(country.code, stories) or words("why-nothing")
        blocks.append(
            line(
                words(
                    "why-country",
                    country=_country(country, words),
                    salience=_percent(country.salience, words),
                    evidence=shown,
                )
            )
        )
    for topic in event.topics:
        name = topic_name(topic.slug, words.locale)
        blocks.append(line(words("why-topic", topic=name, score=_percent(topic.score, words))))
    for sentence in event.summary:
        blocks.append(line(sentence.text, size="quote"))
        place = words(
            "why-sentence", position=sentence.position + 1, path=sentence.ref.path, story=sentence.ref.position + 1
        )
        blocks.append(line(place, size="small"))
    return Page(tuple(blocks), accent=event.topics[0].slug if event.topics else None, locale=words.locale)


def counts_page(title: str, rows: Sequence[tuple[str, int]], words: Words) -> Page:
    """A list of names with how many stories each has."""
    blocks: list[Block] = [line(title, size="title")]
    if not rows:
        blocks.append(line(words("digest-empty")))
    for name, count in rows:
        blocks.append(line(words("count-line", name=name, count=format_decimal(count, locale=_babel(words)))))
    return Page(tuple(blocks), locale=words.locale)


def about_page(words: Words, *, version: str, counts: dict[str, int]) -> Page:
    """What this is, and how much of it there is."""
    return Page(
        (
            line(words("about-title"), size="title"),
            line(words("about-text")),
            line(words("about-counts", **counts), size="small"),
            line(words("about-version", version=version), size="small"),
        ),
        locale=words.locale,
    )


def message_page(*texts: str, words: Words, title: str | None = None) -> Page:
    """A plain answer: a few lines."""
    blocks: list[Block] = [line(title, size="title")] if title else []
    return Page((*blocks, *(line(item) for item in texts)), locale=words.locale)


def time_words(at: datetime, words: Words, timezone: str = "UTC") -> str:
    """A moment in words: date and time in a zone."""
    local = at.astimezone(zone(timezone))
    return str(format_datetime(local, "medium", locale=_babel(words), tzinfo=local.tzinfo)).replace("\u202f", " ")


def date_words(at: datetime, words: Words, timezone: str = "UTC") -> str:
    """A day in words."""
    return str(format_date(at.astimezone(zone(timezone)), "full", locale=_babel(words)))


def _event_note(event: Event, words: Words) -> tuple[Span, ...]:
    spans = [Span(event_name(event.id)), *_label_spans(event.countries, event.topics, words)]
    if len(event.sources) > 1:
        spans += [Span(" · "), Span(words("digest-sources", count=len(event.sources)))]
    if event.sources:
        spans += _source_spans(event.sources[0], words)
    return tuple(spans)


def _label_spans(countries: Sequence[Country], topics: Sequence[Topic], words: Words) -> list[Span]:
    text = _labels_text(countries, topics, words)
    return [Span(" · "), Span(text)] if text else []


def _labels_text(countries: Sequence[Country], topics: Sequence[Topic], words: Words) -> str:
    about = [country for country in countries if country.salience >= ABOUT][:_MOST_LABELS]
    names = [_country(country, words) for country in about]
    sure = [topic for topic in topics if topic.score >= _TOPIC_SHOWN][:2] or list(topics[:1])
    names += [topic_name(topic.slug, words.locale) for topic in sure]
    return " · ".join(names)


def _country(country: Country, words: Words) -> str:
    return f"{flag(country.code)} {country_name(country.code, words.locale)}"


def _source_spans(ref: SourceRef, words: Words, *, first: bool = False) -> list[Span]:
    name = ref.source or words("story-source", path=ref.path, position=ref.position + 1)
    spans = [] if first else [Span(" · ")]
    spans.append(link(name, ref.url) if ref.url else Span(name))
    return spans


def _evidence_of(code: str, stories: Sequence[StoryDetail]) -> str:
    seen: dict[str, None] = {}
    for story in stories:
        for country in story.line.countries:
            if country.code == code:
                seen |= dict.fromkeys(evidence.text for evidence in country.evidence)
    return ", ".join(list(seen)[:8])


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(sentences)


def _percent(value: float, words: Words) -> str:
    return str(format_percent(value, locale=_babel(words)))


def _babel(words: Words) -> str:
    return words.locale.replace("-", "_")
