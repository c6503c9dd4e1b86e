"""Pages of events: a digest, one event, what is trending, and why an event is in the news."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from babel.dates import format_date

from bot.i18n import Words
from bot.newsroom.models import COUNTRY_THRESHOLD, Digest, Event, SourceRef, StoryDetail, event_name
from bot.newsroom.news_factors import decode_factors
from bot.newsroom.timezones import zone
from bot.rendering.layout import (
    ActionRow,
    Bar,
    Block,
    Button,
    Chart,
    Group,
    Menu,
    Page,
    Paragraph,
    Rule,
    Span,
    bold,
    paragraph,
)
from bot.rendering.pages.alerts import alert_lines
from bot.rendering.pages.development import week_words, with_development
from bot.rendering.pages.parts import (
    MOST_CHOICES,
    babel_locale,
    country_words,
    document_name,
    event_option,
    factor_words,
    headline_spans,
    join_sentences,
    label_spans,
    language_words,
    more_button,
    percent_words,
    place_spans,
    sample_note,
    source_spans,
    web_page,
)
from bot.rendering.pages.time_words import message_with_time
from bot.services.filter_words import filter_words
from summarizers.labels.country_names import country_name
from summarizers.labels.topic_names import topic_name

__all__ = ["digest_page", "event_group", "event_page", "trending_page", "why_page", "whys_page"]


# Bars of a chart: one compares nothing, and more than eight are too small on a phone.
_LEAST_BARS, _MOST_BARS = 2, 8


def digest_page(
    digest: Digest,
    words: Words,
    *,
    more: str = "",
    details: str = "",
    buttons: Sequence[Button] = (),
    title: str | Sequence[Span] | None = None,
    chart: bool = False,
) -> Page:
    """Return a digest, with a chart of its countries if asked.

    `more` and `details` are the custom ids behind "N more" and the menu of stories; "" leaves them out. `buttons` stand
    beside "N more", as far as there is room for five. `title` replaces the usual one.
    """
    wanted = filter_words(digest.filter, words)
    usual = words("digest-title-of", filter=wanted) if wanted else words("digest-title")
    day = (
        week_words(digest, words)
        if digest.week
        else format_date(digest.until.astimezone(zone(digest.timezone)), "full", locale=babel_locale(words))
    )
    head = [title or usual] if title is None or isinstance(title, str) else title
    refs = [ref for event in digest.events for ref in event.sources]
    blocks: list[Block] = [paragraph(*head, size="title"), paragraph(day, size="small"), *sample_note(refs, words)]
    if chart:
        blocks += _chart(digest.events, words)
    for event in digest.events:
        group = event_group(event, words, picture=digest.pictures)
        blocks += [Rule(), with_development(group, event, words, digest.timezone) if digest.week else group]
    if not digest.events:
        blocks.append(paragraph(words("digest-quiet")))
    if digest.alerts:
        blocks += [Rule(), *alert_lines(digest.alerts, digest.until, words, digest.timezone)]
    if digest.omitted and not more:
        blocks += [Rule(), paragraph(words("digest-omitted", count=digest.omitted), size="small")]
    if digest.other_languages:
        blocks.append(paragraph(words("digest-other-languages", count=digest.other_languages), size="small"))
    blocks += _story_menu(digest.events, words, details)
    row = [more_button(digest, len(digest.events), more, words)] if more and digest.omitted else []
    web = web_page(digest)
    row = [*row, *([Button(words("button-web"), url=web)] if web else []), *buttons][:5]
    if row:
        blocks.append(ActionRow(tuple(row)))
    return Page(tuple(blocks), locale=words.locale)


def event_page(
    event: Event,
    words: Words,
    *,
    details: str = "",
    why: str = "",
    more: Sequence[Button] = (),
    picture: bool = False,
    title: str = "",
) -> Page:
    """Return one event of a digest as a page of its own, with its picture if asked.

    `details` and `why` are the custom ids of its buttons, which `more` follow; `title` stands above it. "" leaves them out.
    """
    row = [Button(words("button-full"), details)] if details else []
    row += [Button(words("button-why"), why)] if why else []
    row += more
    blocks: list[Block] = [paragraph(bold(title))] if title else []
    blocks.append(event_group(event, words, picture=picture))
    if row:
        blocks.append(ActionRow(tuple(row)))
    return Page(tuple(blocks), locale=words.locale)


def event_group(event: Event, words: Words, *, picture: bool = False) -> Group:
    """Return an event as a digest shows it: headline, sentences, labels and sources.

    With its picture if asked.
    """
    head = (bold(words("digest-update")), Span(" · ")) if event.update else ()
    blocks: list[Paragraph | Rule | ActionRow] = [
        Paragraph((*head, *headline_spans(event.kicker, event.headline)), "heading")
    ]
    if event.summary:
        blocks.append(paragraph(join_sentences([sentence.text for sentence in event.summary], event.language)))
    blocks.append(Paragraph(_event_note(event, words), "small"))
    accent = event.topics[0].slug if event.topics else None
    return Group(tuple(blocks), accent=accent, key=event_name(event.id), picture=event.picture if picture else None)


def _chart(events: Sequence[Event], words: Words) -> list[Block]:
    """Return a chart of reports per country, by topic; nothing if there are too few to compare."""
    reports: dict[str, Counter[str | None]] = defaultdict(Counter)
    for event in events:
        topic = event.topics[0].slug if event.topics else None
        for country in event.countries:
            if country.salience >= COUNTRY_THRESHOLD:
                reports[country.code][topic] += max(len(event.sources), 1)
    most = sorted(reports.items(), key=lambda item: (-item[1].total(), item[0]))[:_MOST_BARS]
    if len(most) < _LEAST_BARS:
        return []
    bars = [Bar(country_name(code, words.locale), code, tuple(parts.most_common())) for code, parts in most]
    return [Chart(words("chart-title"), tuple(bars))]


def trending_page(events: Sequence[Event], words: Words, *, wanted: str = "", details: str = "") -> Page:
    """Return events that are rising, each with its number of reports lately and before."""
    about = filter_words(wanted, words)
    title = words("trending-title-of", filter=about) if about else words("trending-title")
    refs = [ref for event in events for ref in event.sources]
    blocks: list[Block] = [paragraph(title, size="title"), *sample_note(refs, words)]
    if not events:
        blocks.append(paragraph(words("trending-nothing")))
    for place, event in enumerate(events, 1):
        known = dict(event.reasons)
        note: list[Span] = []
        if known.get("stories", "").isdigit() and known.get("before", "").isdigit():
            count, before = int(known["stories"]), int(known["before"])
            note.append(Span(words("trending-rise", count=count, before=before)))
        labels = label_spans(event.countries, event.topics, words)
        note += [*(labels if note else labels[1:]), Span(f" · {event_name(event.id)}", typed=True)]
        shown = [Span(f"{place}. "), *headline_spans(event.kicker, event.headline)]
        accent = event.topics[0].slug if event.topics else None
        group = (Paragraph(tuple(shown), "heading"), Paragraph(tuple(note), "small"))
        blocks += [Rule(), Group(group, accent=accent, key=event_name(event.id))]
    blocks += _story_menu(events, words, details)
    return Page(tuple(blocks), locale=words.locale)


def why_page(
    event: Event,
    stories: Sequence[StoryDetail],
    words: Words,
    *,
    buttons: Sequence[Button] = (),
    notes: Sequence[str] = (),
) -> Page:
    """Return why an event is in the news: its reports, countries, topics and sentences.

    `notes` are sentences about the reader's part in its rank.
    """
    blocks: list[Block] = [
        paragraph(words("why-title", headline=event.headline), size="title"),
        *sample_note(event.sources, words),
        paragraph(words("why-event", count=len(event.sources))),
    ]
    blocks += [Paragraph((Span("• "), *source_spans(ref, words, first=True)), "small") for ref in event.sources[:10]]
    blocks += _rank_lines(event, words)
    blocks += [paragraph(note) for note in notes]
    if event.countries:
        blocks += [Rule(), paragraph(words("story-about"), size="heading")]
    for country in event.countries[:12]:
        evidence = _evidence_of(country.code, stories)
        named, salience = country_words(country, words), percent_words(country.salience, words)
        if evidence:
            blocks.append(paragraph(words("why-country", country=named, salience=salience, evidence=evidence)))
        else:
            blocks.append(paragraph(words("why-country-implied", country=named, salience=salience)))
    if event.topics:
        blocks += [Rule(), paragraph(words("story-topics"), size="heading")]
    for topic in event.topics[:6]:
        name = topic_name(topic.slug, words.locale)
        blocks.append(paragraph(words("why-topic", topic=name, score=percent_words(topic.score, words))))
    if event.summary:
        blocks += [Rule(), paragraph(words("why-sentences"), size="heading")]
    for sentence in event.summary:
        blocks.append(paragraph(sentence.text, size="quote"))
        ref = sentence.ref
        place = words("why-sentence", position=sentence.position + 1, path=document_name(ref), story=ref.position + 1)
        blocks.append(paragraph(place, size="small"))
    if buttons:
        blocks.append(ActionRow(tuple(buttons[:5])))
    return Page(tuple(blocks), accent=event.topics[0].slug if event.topics else None, locale=words.locale)


def whys_page(events: Sequence[Event], words: Words, *, menu: str) -> Page:
    """Return a line for each event that says what speaks for it.

    `menu` is the action behind all its reasons.
    """
    refs = [ref for event in events for ref in event.sources]
    blocks: list[Block] = [paragraph(words("whys-title"), size="title"), *sample_note(refs, words)]
    for event in events:
        facts = dict(event.reasons)
        reasons = factor_words(decode_factors(facts.get("factors", "")), words, favourable=True)
        reasons.append(words("why-reason-sources", value=max(len(event.sources), 1)))
        head = Paragraph(headline_spans(event.kicker, event.headline))
        blocks.append(Group((head, paragraph(words.listed(reasons), size="small"))))
    choices = tuple(event_option(event, words) for event in events[:MOST_CHOICES])
    return Page((*blocks, ActionRow((Menu(menu, words("button-why"), choices),))), locale=words.locale)


def _story_menu(events: Sequence[Event], words: Words, details: str) -> list[Block]:
    if not (details and events):
        return []
    choices = [event_option(event, words) for event in events[:MOST_CHOICES]]
    return [ActionRow((Menu(details, words("menu-full"), tuple(choices)),))]


def _rank_lines(event: Event, words: Words) -> list[Block]:
    """Return an event's rank, the facts behind it, and when its newest report came.

    Facts that mean nothing to a reader, such as the score itself, are left out; `gazette why --json` has them all.
    """
    facts = dict(event.reasons)
    if "rank" not in facts:
        return []
    factors = decode_factors(facts.get("factors", ""))
    reasons = [
        *factor_words(factors, words, favourable=True),
        *(words(f"why-reason-{name}", value=int(facts[name])) for name in ("sources", "position") if name in facts),
    ]
    against = factor_words(factors, words, favourable=False)
    return [
        paragraph(words("why-rank", rank=int(facts["rank"]), reasons=words.listed(reasons))),
        *([paragraph(words("why-against", reasons=words.listed(against)))] if against else []),
        paragraph(*message_with_time("why-newest", event.last_at, words), size="small"),
    ]


def _event_note(event: Event, words: Words) -> tuple[Span, ...]:
    """Return an event's place, labels and quoted reports, each publisher once.

    In terminals its id is last.
    """
    told = [event.headline, *(sentence.text for sentence in event.summary)]
    spans = [
        *place_spans(event.place, told),
        *label_spans(event.countries, event.topics, words),
    ]
    if len(event.sources) > 1:
        spans += [Span(" · "), Span(words("digest-sources", count=len(event.sources)))]
    publishers: dict[tuple[str, str], SourceRef] = {}
    for ref in event.credited:
        publishers.setdefault((ref.source or ref.path, ref.language), ref)
    for ref in publishers.values():
        spans += source_spans(ref, words)
        if ref.language and (event.is_foreign or ref.language != event.language):
            spans.append(Span(f" ({language_words(ref.language, words)})"))
    if spans:
        spans[0] = replace(spans[0], text=spans[0].text.removeprefix(" · "))
    if event.id:
        spans.append(Span(f" · {event_name(event.id)}", typed=True))
    return tuple(spans)


def _evidence_of(code: str, stories: Sequence[StoryDetail]) -> str:
    seen: dict[str, None] = {}
    for story in stories:
        for country in story.line.countries:
            if country.code == code:
                seen |= dict.fromkeys(evidence.text for evidence in country.evidence)
    return ", ".join(list(seen)[:8])
