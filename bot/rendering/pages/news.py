"""Which blocks make up each answer? Values in, a page out, in the reader's language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta, get_datetime_format, get_day_names
from babel.numbers import format_decimal, format_percent

from bot.i18n import Words
from bot.newsroom.filters import And, Filter, Match, Node, Not, Period, Phrase, conjuncts
from bot.newsroom.filters.keys import KEYS, MatchKey
from bot.newsroom.models import (
    ABOUT,
    Delivery,
    DeliveryState,
    Digest,
    Event,
    NewsPage,
    Posts,
    Slot,
    SourceRef,
    StoryDetail,
    StoryLine,
    Subscription,
    event_name,
    story_name,
)
from bot.newsroom.timezones import zone
from bot.rendering.escape import safe_url
from bot.rendering.layout import (
    Bar,
    Block,
    Button,
    Chart,
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
    text,
)
from bot.rendering.theme import flag
from summarizers.labels.countries import country_name
from summarizers.labels.topics import topic_name
from summarizers.types import Country, Topic

__all__ = [
    "about_page",
    "around_moment",
    "beside",
    "counts_page",
    "date_words",
    "digest_page",
    "event_page",
    "filter_words",
    "help_page",
    "history_page",
    "message_page",
    "news_page",
    "permission_words",
    "reason_words",
    "story_page",
    "subscription_page",
    "subscriptions_page",
    "time_words",
    "times_words",
    "trending_page",
    "why_page",
]

_TOPIC_SHOWN = 0.5
_MOST_LABELS = 4
_MOST_OPENED = 25
_MOST_ROWS = 60
_LEAST_BARS, _MOST_BARS = 2, 8
_SHORTEST_RANGE = 3
"""Days in a row from which "Mon–Wed" is shorter than naming each."""


def digest_page(
    digest: Digest,
    words: Words,
    *,
    marker: str = "",
    more: str = "",
    details: str = "",
    buttons: Sequence[Button] = (),
    title: str | Sequence[Span] | None = None,
    chart: bool = False,
) -> Page:
    """A digest, with a chart of the countries in it if asked. `more` and `details` are the actions behind "N more" and the menu of stories; "" leaves them out.

    `buttons` stand beside "N more", as far as there is room for five. `title` stands in for the usual one.
    """
    wanted = filter_words(digest.filter, words)
    usual = words("digest-title-of", filter=wanted) if wanted else words("digest-title")
    day = format_date(digest.until.astimezone(zone(digest.timezone)), "full", locale=_babel(words))
    head = [title or usual] if title is None or isinstance(title, str) else title
    blocks: list[Block] = [line(*head, size="title"), line(day, size="small")]
    if chart:
        blocks += _chart(digest.events, words)
    for event in digest.events:
        blocks += [Rule(), event_group(event, words)]
    if not digest.events:
        blocks.append(line(words("digest-quiet")))
    if digest.omitted and not more:
        blocks += [Rule(), line(words("digest-omitted", count=digest.omitted), size="small")]
    blocks += _opening(digest.events, words, details)
    row = [Button(words("button-more", count=digest.omitted), more)] if more and digest.omitted else []
    row = [*row, *buttons][:5]
    if row:
        blocks.append(Row(tuple(row)))
    footer = line(words("digest-footer", marker=marker), size="small") if marker else None
    return Page(tuple(blocks), footer=footer, locale=words.locale)


def event_page(
    event: Event, words: Words, *, marker: str = "", details: str = "", why: str = "", more: str = "", omitted: int = 0
) -> Page:
    """An event of a digest by itself. `details`, `why` and `more` are the actions behind its buttons; "" for none."""
    row = [Button(words("button-full"), details)] if details else []
    row += [Button(words("button-why"), why)] if why else []
    row += [Button(words("button-more", count=omitted), more)] if more and omitted else []
    blocks: list[Block] = [event_group(event, words)]
    if row:
        blocks.append(Row(tuple(row)))
    footer = line(words("digest-footer", marker=marker), size="small") if marker else None
    return Page(tuple(blocks), footer=footer, locale=words.locale)


def event_group(event: Event, words: Words) -> Group:
    """An event as a digest shows it: headline, the sentences, and where they come from."""
    head = (bold(words("digest-update")), Span(" · ")) if event.update else ()
    blocks: list[Line | Rule | Row] = [Line((*head, *_kicked(event.kicker, event.headline)), "heading")]
    if event.summary:
        blocks.append(line(_joined([sentence.text for sentence in event.summary], event.language)))
    blocks.append(Line(_event_note(event, words), "small"))
    accent = event.topics[0].slug if event.topics else None
    return Group(tuple(blocks), accent=accent, key=event_name(event.id))


def _chart(events: Sequence[Event], words: Words) -> list[Block]:
    """How many reports each of the countries has, by topic; nothing where there is nothing to compare."""
    reports: dict[str, Counter[str | None]] = defaultdict(Counter)
    for event in events:
        topic = event.topics[0].slug if event.topics else None
        for country in event.countries:
            if country.salience >= ABOUT:
                reports[country.code][topic] += max(len(event.sources), 1)
    most = sorted(reports.items(), key=lambda item: (-item[1].total(), item[0]))[:_MOST_BARS]
    if len(most) < _LEAST_BARS:
        return []
    bars = [Bar(country_name(code, words.locale), code, tuple(parts.most_common())) for code, parts in most]
    return [Chart(words("chart-title"), tuple(bars))]


def trending_page(events: Sequence[Event], words: Words, *, wanted: str = "", details: str = "") -> Page:
    """What rises: each event with how many reports it got lately, and before."""
    about = filter_words(wanted, words)
    title = words("trending-title-of", filter=about) if about else words("trending-title")
    blocks: list[Block] = [line(title, size="title")]
    if not events:
        blocks.append(line(words("trending-nothing")))
    for place, event in enumerate(events, 1):
        known = dict(event.reasons)
        note: list[Span] = [Span(event_name(event.id))]
        if known.get("stories", "").isdigit() and known.get("before", "").isdigit():
            count, before = int(known["stories"]), int(known["before"])
            note.append(Span(" · "))
            note.append(Span(words("trending-rise", count=count, before=before)))
        note += _label_spans(event.countries, event.topics, words)
        shown = [Span(f"{place}. "), *_kicked(event.kicker, event.headline)]
        accent = event.topics[0].slug if event.topics else None
        group = (Line(tuple(shown), "heading"), Line(tuple(note), "small"))
        blocks += [Rule(), Group(group, accent=accent, key=event_name(event.id))]
    blocks += _opening(events, words, details)
    return Page(tuple(blocks), locale=words.locale)


def news_page(
    page: NewsPage,
    words: Words,
    *,
    question: str,
    actions: Sequence[tuple[str, str, bool]] = (),
    title: str | None = None,
    details: str = "",
    buttons: Sequence[Button] = (),
) -> Page:
    """One page of /news. `question` is the filter's normal form; `actions` are (label, action, possible) for paging.

    `title` stands in for the usual one, `details` is the action behind the menu of stories.
    """
    wanted = filter_words(question, words)
    if title is None:
        title = (
            words("news-title-of", total=page.total, filter=wanted) if wanted else words("news-title", total=page.total)
        )
    blocks: list[Block] = [line(title, size="title")]
    if not page.stories:
        blocks.append(line(words("news-nothing")))
    for story in page.stories:
        blocks += [Rule(), story_group(story, words)]
    if page.pages > 1:
        blocks += [Rule(), line(words("news-page", page=page.page, pages=page.pages), size="small")]
    if details and page.stories:
        choices = [
            Choice(story.headline, story_name(story.id), _labels_text(story.countries, story.topics, words))
            for story in page.stories[:_MOST_OPENED]
        ]
        blocks.append(Row((Menu(details, words("menu-full"), tuple(choices)),)))
    row = [Button(label, action, disabled=not possible) for label, action, possible in actions if page.pages > 1]
    row = [*row, *buttons][:5]
    if row:
        blocks.append(Row(tuple(row)))
    return Page(tuple(blocks), locale=words.locale)


def story_group(story: StoryLine, words: Words) -> Group:
    """A story as lists show it."""
    blocks: list[Line | Rule | Row] = [Line(_kicked(story.kicker, story.headline), "heading")]
    if story.summary:
        blocks.append(line(_joined([sentence.text for sentence in story.summary], story.language)))
    blocks.append(Line(_story_note(story, words), "small"))
    return Group(tuple(blocks), accent=story.topics[0].slug if story.topics else None)


def story_page(story: StoryDetail, words: Words, *, why: str = "", buttons: Sequence[Button] = ()) -> Page:
    """A story in full: headline, all its sentences, where it is from.

    `why` is the action behind "why"; `buttons` stand beside it, as far as there is room for five.
    """
    seen = story.line
    blocks: list[Block] = [Line(_kicked(seen.kicker, seen.headline), "title")]
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
    blocks.append(Line(_story_note(seen, words), "small"))
    row = [Button(words("button-why"), why)] if why else []
    if safe_url(seen.ref.url):
        row.append(Button(words("button-original"), url=seen.ref.url))
    row = [*row, *buttons][:5]
    if row:
        blocks.append(Row(tuple(row)))
    accent = seen.topics[0].slug if seen.topics else None
    return Page(tuple(blocks), accent=accent, locale=words.locale)


def why_page(event: Event, stories: Sequence[StoryDetail], words: Words, *, buttons: Sequence[Button] = ()) -> Page:
    """Why an event is in the news: reports, countries with their evidence, topics, and each sentence's place."""
    blocks: list[Block] = [
        line(words("why-title", headline=event.headline), size="title"),
        line(words("why-event", count=len(event.sources))),
    ]
    blocks += [Line((Span("• "), *_source_spans(ref, words, first=True)), "small") for ref in event.sources[:10]]
    blocks += _rank_lines(event, words)
    if event.countries:
        blocks += [Rule(), line(words("story-about"), size="heading")]
    for country in event.countries[:12]:
        evidence = _evidence_of(country.code, stories)
        named, salience = _country(country, words), _percent(country.salience, words)
        if evidence:
            blocks.append(line(words("why-country", country=named, salience=salience, evidence=evidence)))
        else:
            blocks.append(line(words("why-country-implied", country=named, salience=salience)))
    if event.topics:
        blocks += [Rule(), line(words("story-topics"), size="heading")]
    for topic in event.topics[:6]:
        name = topic_name(topic.slug, words.locale)
        blocks.append(line(words("why-topic", topic=name, score=_percent(topic.score, words))))
    if event.summary:
        blocks += [Rule(), line(words("why-sentences"), size="heading")]
    for sentence in event.summary:
        blocks.append(line(sentence.text, size="quote"))
        place = words(
            "why-sentence", position=sentence.position + 1, path=sentence.ref.path, story=sentence.ref.position + 1
        )
        blocks.append(line(place, size="small"))
    if buttons:
        blocks.append(Row(tuple(buttons[:5])))
    return Page(tuple(blocks), accent=event.topics[0].slug if event.topics else None, locale=words.locale)


def counts_page(
    title: str,
    rows: Sequence[tuple[str, int]],
    words: Words,
    *,
    menu: Menu | None = None,
    nothing: str | None = None,
    note: str | None = None,
) -> Page:
    """A list of names with how many stories each has; the first sixty. `menu` leads to their news, `note` ends it."""
    blocks: list[Block] = [line(title, size="title")]
    if not rows:
        blocks.append(line(nothing or words("news-empty")))
    for name, count in rows[:_MOST_ROWS]:
        blocks.append(line(words("count-line", name=name, count=format_decimal(count, locale=_babel(words)))))
    if len(rows) > _MOST_ROWS:
        blocks.append(line(words("count-more", count=len(rows) - _MOST_ROWS), size="small"))
    if note:
        blocks.append(line(note, size="small"))
    if menu is not None and menu.choices:
        blocks.append(Row((menu,)))
    return Page(tuple(blocks), locale=words.locale)


def subscription_page(
    subscription: Subscription,
    slot: Slot | None,
    words: Words,
    *,
    title: str,
    buttons: Sequence[Button] = (),
) -> Page:
    """One subscription, with when the next digest comes."""
    blocks: list[Block] = [line(title, size="title"), *_subscription_lines(subscription, slot, words, whole=True)]
    if buttons:
        blocks.append(Row(tuple(buttons[:5])))
    return Page(tuple(blocks), locale=words.locale)


def subscriptions_page(
    rows: Sequence[tuple[Subscription, Slot | None]], words: Words, *, title: str, nothing: str
) -> Page:
    """Subscriptions, each with its next digest or why it rests."""
    blocks: list[Block] = [line(title, size="title")]
    if not rows:
        blocks.append(line(nothing))
    for subscription, slot in rows[:_MOST_ROWS]:
        lines = tuple(_subscription_lines(subscription, slot, words, whole=False))
        blocks += [Rule(), Group(lines)]
    if len(rows) > _MOST_ROWS:
        blocks.append(line(words("count-more", count=len(rows) - _MOST_ROWS), size="small"))
    return Page(tuple(blocks), locale=words.locale)


def history_page(subscription: Subscription, sent: Sequence[Delivery], words: Words) -> Page:
    """A subscription's last deliveries and what became of them."""
    blocks: list[Block] = [line(words("history-title", id=str(subscription.id)), size="title")]
    if not sent:
        blocks.append(line(words("history-nothing")))
    for delivery in sent:
        when = time_words(delivery.slot_at, words, subscription.timezone)
        spans = [moment(delivery.slot_at, when), Span(": "), Span(words(f"delivery-{delivery.state.value}"))]
        if delivery.state is DeliveryState.SENT and subscription.guild_id is not None:
            numbers = [message.message_id for message in delivery.messages if message.message_id is not None]
            if numbers:
                address = f"https://discord.com/channels/{subscription.guild_id}/{delivery.channel_id}/{numbers[0]}"
                spans += [Span(" "), link(words("history-open"), address)]
        if delivery.reason:
            spans += [Span(" · "), Span(reason_words(delivery.reason, words))]
        blocks.append(Line(tuple(spans)))
    return Page(tuple(blocks), locale=words.locale)


def help_page(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], words: Words, *, note: str = "") -> Page:
    """Commands under headings, as (how it is typed, what it does)."""
    blocks: list[Block] = [line(words("help-title"), size="title")]
    for heading, rows in groups:
        blocks.append(line(heading, size="heading"))
        blocks += [line(Span(typed, "code"), text("  "), text(about)) for typed, about in rows]
    if note:
        blocks += [Rule(), line(note, size="small")]
    return Page(tuple(blocks), locale=words.locale)


def about_page(words: Words, *, version: str, counts: Mapping[str, int], latest: datetime | None = None) -> Page:
    """What this is, and how much of it there is."""
    blocks: list[Block] = [
        line(words("about-title"), size="title"),
        line(words("about-text")),
        line(words("about-counts", **{name: counts[name] for name in ("stories", "documents", "countries", "topics")})),
    ]
    if latest is not None:
        shown = moment(latest, time_words(latest, words))
        blocks.append(Line((Span(words("about-latest")), Span(" "), shown), "small"))
    blocks.append(line(words("about-version", version=version), size="small"))
    return Page(tuple(blocks), locale=words.locale)


def message_page(*texts: str, words: Words, title: str | None = None, buttons: Sequence[Button] = ()) -> Page:
    """A plain answer: a few lines."""
    blocks: list[Block] = [line(title, size="title")] if title else []
    blocks += [line(item) for item in texts]
    if buttons:
        blocks.append(Row(tuple(buttons[:5])))
    return Page(tuple(blocks), locale=words.locale)


def beside(*shown: Page) -> Page:
    """Several pages as one, with rules between them."""
    blocks: list[Block] = []
    for page in shown:
        blocks += [Rule(), *page.blocks] if blocks else page.blocks
    return Page(tuple(blocks), accent=shown[0].accent, footer=shown[0].footer, locale=shown[0].locale)


@lru_cache(maxsize=4096)  # the newest stories are shown again and again
def time_words(at: datetime, words: Words, timezone: str = "UTC") -> str:
    """A moment in words: date and time of day in a zone."""
    local, babel = at.astimezone(zone(timezone)), Locale.parse(_babel(words))
    day = format_date(local, "medium", locale=babel)
    clock = format_time(local, "short", tzinfo=local.tzinfo, locale=babel)
    return _plain_blanks(str(get_datetime_format("medium", locale=babel)).replace("'", "").format(clock, day))


def around_moment(key: str, at: datetime, words: Words, timezone: str = "UTC") -> list[Span]:
    """The message `key` with a moment as its argument `at`, which each reader of Discord sees in their own time."""
    before, _, after = words.plain(key, at=_PLACE).partition(_PLACE)
    return [Span(before), moment(at, time_words(at, words, timezone)), Span(after)]


_PLACE = "\ufffc"


def date_words(at: datetime, words: Words, timezone: str = "UTC") -> str:
    """A day in words."""
    return _plain_blanks(format_date(at.astimezone(zone(timezone)), "full", locale=_babel(words)))


def times_words(subscription: Subscription, words: Words) -> str:
    """When a subscription's digests come: the times, the weekdays where it is not all of them, the zone."""
    babel = _babel(words)
    hours = [_plain_blanks(format_time(each, "short", locale=babel)) for each in subscription.times]
    when = words.listed(hours)
    if len(subscription.days) < 7:
        names = get_day_names("abbreviated", "stand-alone", locale=babel)
        days = words.listed([_days_words(run, names, words) for run in _day_runs(subscription.days)])
        return words("times-on-days", times=when, days=days, timezone=subscription.timezone)
    return words("times-daily", times=when, timezone=subscription.timezone)


def _day_runs(days: Sequence[int]) -> list[list[int]]:
    """Split ascending ISO weekdays into runs of consecutive ones."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _days_words(run: Sequence[int], names: Mapping[int, str], words: Words) -> str:
    """Name consecutive weekdays: Sat, Sun; Mon–Fri from three on."""
    if len(run) < _SHORTEST_RANGE:
        return words.listed([names[day - 1] for day in run])
    return words("days-range", first=names[run[0] - 1], last=names[run[-1] - 1])


def filter_words(wanted: str, words: Words) -> str:
    """A filter's normal form as people say it: Japan · Sport; as it is written where it is more than a list."""
    if not wanted:
        return ""
    told = [_node_words(part, words) for part in conjuncts(Filter.parse(wanted).node)]
    return wanted if None in told else " · ".join(part for part in told if part)


def reason_words(reason: str, words: Words) -> str:
    """Why something did not go out: one of `bot.newsroom.lateness.Reason`, perhaps with a permission after ": "."""
    name, _, detail = reason.partition(": ")
    if not words.has(f"reason-{name}"):
        return reason
    if detail:
        return words("reason-permission-needed", permission=permission_words(detail, words))
    return words(f"reason-{name}")


def permission_words(permission: str, words: Words) -> str:
    """A permission as Discord calls it in the reader's language; as it is where the catalogues don't know it."""
    key = f"permission-{permission.strip().replace('_', '-').replace(' ', '-').lower()}"
    return words(key) if words.has(key) else permission


def _node_words(node: Node, words: Words) -> str | None:
    """A part of a filter in words; None for alternatives and the like."""
    match node:
        case Not(inner):
            told = _node_words(inner, words) if not isinstance(inner, Not | And) else None
            return words("filter-not", what=told) if told else None
        case Phrase(said):
            return words("filter-words", words=said)
        case Period(key, value):
            return _period_words(key, value, words)
        case Match(key, values):
            names = _either([_value_name(key, value, words) for value in values], words)
            return f"{key}: {names}" if _names_of(key) == "as-written" else names
    return None


def _names_of(key: str) -> str:
    entry = KEYS[key]
    return entry.names if isinstance(entry, MatchKey) else "as-written"


def _value_name(key: str, value: str, words: Words) -> str:
    """A filter's value as the reader's language calls it."""
    match _names_of(key):
        case "country":
            return country_name(value, words.locale)
        case "topic":
            return topic_name(value, words.locale)
        case "language":
            return _language(value, words)
        case _:
            return value


def _period_words(key: str, value: str, words: Words) -> str:
    """A time in words: at most 2 days old; since today; until 2026-11-01."""
    number, unit = value[:-1], _UNITS.get(value[-1])
    if unit is None or not number.isdigit() or len(number) > 5:
        when = words(f"since-{value}") if value in ("today", "yesterday") else value
        return words("filter-since" if key == "since" else "filter-until", when=when)
    hours, granularity = unit
    shown = format_timedelta(timedelta(hours=int(number) * hours), granularity, 10**9, locale=_babel(words))
    return words("filter-newer" if key == "since" else "filter-older", span=shown)


_UNITS: Mapping[str, tuple[int, Literal["hour", "day", "week"]]] = {
    "h": (1, "hour"),
    "d": (24, "day"),
    "w": (168, "week"),
}


def _either(names: Sequence[str], words: Words) -> str:
    if len(names) > 6:
        return words("filter-several", some=", ".join(names[:5]), count=len(names) - 5)
    return words.listed(names, alternatives=True)


def _language(code: str, words: Words) -> str:
    return str(Locale.parse(_babel(words)).languages.get(code, code))


def _subscription_lines(
    subscription: Subscription, slot: Slot | None, words: Words, *, whole: bool
) -> list[Line | Rule | Row]:
    what = filter_words(subscription.filter, words) or words("filter-everything")
    head: list[Span] = [bold(words("subscription-number", id=str(subscription.id))), Span(" · "), Span(what)]
    if subscription.guild_id is not None or subscription.member_id is None:
        head += [Span(" "), Span(f"<#{subscription.channel_id}>", trusted=True)]
    lines: list[Line | Rule | Row] = [Line(tuple(head)), line(times_words(subscription, words))]
    if whole:
        details = words("subscription-size", sentences=subscription.sentences, limit=subscription.limit)
        lines.append(
            line(
                f"{details} · {words(f'choice-look-{subscription.look.value}')} · {_language_name(subscription.language, words)}",
                size="small",
            )
        )
        if subscription.posts is Posts.EVENT:
            lines.append(line(words("choice-posts-event"), size="small"))
        if subscription.sender_name is not None:
            needed = permission_words("Manage Webhooks", words)
            sender = words("subscription-sender", name=subscription.sender_name, permission=needed)
            lines.append(line(sender, size="small"))
        if subscription.sender_avatar is not None:
            lines.append(Line((link(words("subscription-avatar"), subscription.sender_avatar),), "small"))
    if subscription.paused_at is not None:
        if subscription.pause_reason:
            paused = words("subscription-paused", reason=reason_words(subscription.pause_reason, words))
        else:
            paused = words("subscription-paused-by-manager")
        lines.append(line(paused, size="small"))
    elif slot is not None:
        when = time_words(slot.at, words, subscription.timezone)
        lines.append(Line((Span(words("subscription-next")), Span(" "), moment(slot.at, when)), "small"))
    return lines


def _language_name(tag: str, words: Words) -> str:
    return str(Locale.parse(tag.replace("-", "_")).get_display_name(_babel(words)))


def _opening(events: Sequence[Event], words: Words, details: str) -> list[Block]:
    if not (details and events):
        return []
    choices = [
        Choice(event.headline, event_name(event.id), _labels_text(event.countries, event.topics, words))
        for event in events[:_MOST_OPENED]
    ]
    return [Row((Menu(details, words("menu-full"), tuple(choices)),))]


def _kicked(kicker: str | None, headline: str) -> tuple[Span, ...]:
    return (bold(f"{kicker}: "), bold(headline)) if kicker else (bold(headline),)


def _story_note(story: StoryLine, words: Words) -> tuple[Span, ...]:
    return (
        Span(story_name(story.id)),
        Span(" · "),
        moment(story.published_at, time_words(story.published_at, words)),
        *_label_spans(story.countries, story.topics, words),
        *_source_spans(story.ref, words),
    )


def _rank_lines(event: Event, words: Words) -> list[Block]:
    """An event's place among the latest news, the facts that decided it, and when its newest report came.

    Facts that mean nothing to a reader, such as the score itself, are left out; `gazette why --json` has them all.
    """
    facts = dict(event.reasons)
    if "rank" not in facts:
        return []
    reasons = [
        words(f"why-reason-{name}", value=int(facts[name]))
        for name in ("sources", "position", "length")
        if name in facts
    ]
    newest = moment(event.last_at, time_words(event.last_at, words))
    return [
        line(words("why-rank", rank=int(facts["rank"]), reasons=words.listed(reasons))),
        line(words("why-newest"), " ", newest, size="small"),
    ]


def _plain_blanks(shown: str) -> str:
    return str(shown).replace("\u202f", " ").replace("\u2009", " ")


def _event_note(event: Event, words: Words) -> tuple[Span, ...]:
    spans = [Span(event_name(event.id)), *_label_spans(event.countries, event.topics, words)]
    if len(event.sources) > 1:
        spans += [Span(" · "), Span(words("digest-sources", count=len(event.sources)))]
    if event.sources:
        spans += _source_spans(event.sources[0], words)
    return tuple(spans)


def _label_spans(countries: Sequence[Country], topics: Sequence[Topic], words: Words) -> list[Span]:
    spans: list[Span] = []
    for country in _about(countries):
        spans += [Span(" · "), Span(_country(country, words))]
    for topic in _sure(topics):
        spans += [Span(" · "), Span(topic_name(topic.slug, words.locale), tone=topic.slug)]
    return spans


def _labels_text(countries: Sequence[Country], topics: Sequence[Topic], words: Words) -> str:
    names = [_country(country, words) for country in _about(countries)]
    return " · ".join([*names, *(topic_name(topic.slug, words.locale) for topic in _sure(topics))])


def _about(countries: Sequence[Country]) -> list[Country]:
    return [country for country in countries if country.salience >= ABOUT][:_MOST_LABELS]


def _sure(topics: Sequence[Topic]) -> list[Topic]:
    return [topic for topic in topics if topic.score >= _TOPIC_SHOWN][:2] or list(topics[:1])


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


def _joined(sentences: Sequence[str], language: str) -> str:
    """Sentences in a row: Chinese and Japanese ones without blanks between them."""
    return ("" if language in ("zh", "ja") else " ").join(sentences)


def _percent(value: float, words: Words) -> str:
    return str(format_percent(value, locale=_babel(words)))


def _babel(words: Words) -> str:
    return words.locale.replace("-", "_")
