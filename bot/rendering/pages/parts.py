"""Parts of a page that several pages share: labels, sources, percentages, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlencode, urlsplit

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_percent

from bot.i18n import Words
from bot.newsroom.feed_addresses import feed_host
from bot.newsroom.host_names import display_host
from bot.newsroom.models import COUNTRY_THRESHOLD, Digest, Event, SourceRef, event_name
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.rendering.escape import truncate
from bot.rendering.layout import Button, MenuOption, Paragraph, Span, bold, link, paragraph
from bot.rendering.links import safe_url
from bot.rendering.theme import flag_emoji
from summarizers.headlines.kicker import shown_kicker
from summarizers.labels.country_names import country_name
from summarizers.labels.topic_names import TOPICS, topic_name
from summarizers.types import Country, NewsFactor, Topic

__all__ = [
    "MOST_BUTTONS",
    "MOST_CHOICES",
    "MOST_ROWS",
    "babel_locale",
    "country_words",
    "document_name",
    "event_option",
    "factor_words",
    "headline_spans",
    "join_sentences",
    "label_spans",
    "label_text",
    "language_words",
    "more_button",
    "percent_words",
    "permission_words",
    "place_spans",
    "reason_words",
    "sample_note",
    "source_name",
    "source_spans",
    "story_language_words",
    "web_page",
]


_TOPIC_SHOWN = 0.5
"""Score from which a topic is shown; if none has it, the best one is."""


_MOST_LABELS = 4
"""Countries in a story's note: more fill a line of their own on a phone."""


MOST_CHOICES = 25
"""Options of a menu: Discord's limit."""


MOST_BUTTONS = 5
"""Buttons of a row: Discord's limit."""

MOST_ROWS = 60
"""Rows of a list: about what three messages hold."""


_TITLE_WORDS = 2
"""Words from which on a file's name reads as a title: one word alone may be anything."""

_WORDS_IN_FILE = re.compile(r"[-_ ]")
_SMALL_WORDS = frozenset(
    [
        "a",
        "al",
        "am",
        "an",
        "and",
        "at",
        "da",
        "das",
        "de",
        "del",
        "dem",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "et",
        "for",
        "im",
        "in",
        "la",
        "las",
        "le",
        "les",
        "los",
        "of",
        "on",
        "the",
        "und",
        "y",
    ]
)
"""Words that titles write small, in the languages of the interface."""

_LONGEST_SENTENCE = 600
"""Characters of a sentence in an entry: three times a long one of a newspaper."""


def reason_words(obstacle: Obstacle, words: Words) -> str:
    """Return why something was not posted, in the reader's language.

    A reason stored as mere text is returned in English.
    """
    if obstacle.reason is DeliveryReason.OTHER:
        return str(obstacle)
    if "permission" in obstacle.facts:
        return words("reason-permission-needed", permission=permission_words(str(obstacle.facts["permission"]), words))
    return words(f"reason-{obstacle.reason.value}")


def factor_words(factors: Sequence[NewsFactor], words: Words, *, favourable: bool) -> list[str]:
    """Return the factors that speak for a story, or those against it, in the reader's language.

    Factors of a later version, which have no message, are left out.
    """
    found = []
    for factor in factors:
        kind, _, slug = factor.name.partition(":")
        key = f"why-factor-{kind.replace('_', '-')}"
        if factor.favourable == favourable and words.has(key):
            topic = topic_name(slug, words.locale) if slug in TOPICS else ""
            found.append(words(key, value=_number(factor.amount), amount=_sum_words(factor.amount, words), topic=topic))
    return found


def _number(amount: float | None) -> int | float:
    """Return a figure as the catalogues take it: 0 where there is none, whole if it is."""
    value = amount or 0.0
    return int(value) if value.is_integer() else value


def _sum_words(amount: float | None, words: Words) -> str:
    """Return a sum such as "500 million".

    Japanese and Chinese have no long form of their own: 5億 is short and long.
    """
    locale = Locale.parse(babel_locale(words))
    form: Literal["short", "long"] = "long" if "long" in locale.compact_decimal_formats else "short"
    return format_compact_decimal(amount or 0, locale=locale, format_type=form, fraction_digits=1)


def permission_words(permission: str, words: Words) -> str:
    """Return a permission as Discord calls it in the reader's language, or as it is if unknown."""
    key = f"permission-{permission.strip().replace('_', '-').replace(' ', '-').lower()}"
    return words(key) if words.has(key) else permission


def language_words(tag: str, words: Words) -> str:
    """Return the name of a language or locale, such as pt-BR, in the reader's language.

    A tag that has none is returned as it is.
    """
    try:
        named = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return tag
    return str(named.get_display_name(babel_locale(words)))


def story_language_words(codes: Sequence[str], words: Words) -> str:
    """Return the names of languages of stories, joined; those of () are all."""
    return words.listed([language_words(code, words) for code in codes]) if codes else words("stories-all")


def headline_spans(kicker: str | None, headline: str) -> tuple[Span, ...]:
    """Return a headline in bold, with its kicker before it if there is one."""
    label = shown_kicker(kicker, headline)
    return (bold(f"{label}: "), bold(headline)) if label else (bold(headline),)


def label_spans(countries: Sequence[Country], topics: Sequence[Topic], words: Words) -> list[Span]:
    """Return the countries and topics that a note shows, each after a separator."""
    spans: list[Span] = []
    for country in _shown_countries(countries):
        spans += [Span(" · "), Span(country_words(country, words))]
    for topic in _shown_topics(topics):
        spans += [Span(" · "), Span(topic_name(topic.slug, words.locale), topic=topic.slug)]
    return spans


def place_spans(place: str | None, texts: Sequence[str | None]) -> list[Span]:
    """Return the place of a dateline behind a separator, unless one of the texts names it."""
    if not place or any(place.casefold() in text.casefold() for text in texts if text):
        return []
    return [Span(" · "), Span(place)]


def label_text(countries: Sequence[Country], topics: Sequence[Topic], words: Words) -> str:
    """Return the countries and topics that a note shows, as plain text."""
    names = [country_words(country, words) for country in _shown_countries(countries)]
    return " · ".join([*names, *(topic_name(topic.slug, words.locale) for topic in _shown_topics(topics))])


def _shown_countries(countries: Sequence[Country]) -> list[Country]:
    return [country for country in countries if country.salience >= COUNTRY_THRESHOLD][:_MOST_LABELS]


def _shown_topics(topics: Sequence[Topic]) -> list[Topic]:
    return [topic for topic in topics if topic.score >= _TOPIC_SHOWN][:2] or list(topics[:1])


def country_words(country: Country, words: Words) -> str:
    """Return a country's flag and name."""
    return f"{flag_emoji(country.code)} {country_name(country.code, words.locale)}"


def sample_note(refs: Iterable[SourceRef], words: Words) -> list[Paragraph]:
    """Return a line that says that the news is invented, if a report of it is a sample."""
    return [paragraph(bold(words("sample-news")), size="small")] if any(ref.sample for ref in refs) else []


def source_spans(ref: SourceRef, words: Words, *, first: bool = False) -> list[Span]:
    """Return a story's source by its name, as a link; a nameless file by its path and place.

    A separator comes before it unless it is the `first`.
    """
    name = source_name(ref)
    if name == PurePosixPath(ref.path).name:
        name = words("story-source", path=ref.path, position=ref.position + 1)
    spans = [] if first else [Span(" · ")]
    spans.append(link(name, ref.url) if ref.url else Span(name))
    return spans


def document_name(ref: SourceRef) -> str:
    """Return what readers see of a story's document: its file, or its feed's title or host."""
    host = feed_host(ref.path)
    return ref.path if host is None else ref.source or display_host(host)


def source_name(ref: SourceRef) -> str:
    """Return who published a story: the source's name, else its host, else the name of the file.

    A file named in words, such as harbour-herald.txt, gives its words.
    """
    host = feed_host(ref.path) or (urlsplit(ref.url).hostname if ref.url and safe_url(ref.url) else None)
    return ref.source or (display_host(host).removeprefix("www.") if host else _file_words(ref.path))


def _file_words(path: str) -> str:
    """Return a file's name as a title if it is two words or more, else as it is."""
    file = PurePosixPath(path)
    parts = _WORDS_IN_FILE.split(file.stem)
    if len(parts) < _TITLE_WORDS or not all(part.isalpha() and part.islower() for part in parts):
        return file.name
    return " ".join(part if number and part in _SMALL_WORDS else part.capitalize() for number, part in enumerate(parts))


def more_button(digest: Digest, shown: int, action: str, words: Words) -> Button:
    """Return the button to the events that follow those on a page: "More (11–20 of 72)"."""
    total = digest.passed + len(digest.events) + digest.omitted
    first = digest.passed + shown + 1
    last = min(first + len(digest.events) - 1, total)
    label = words("button-more", count=last - first + 1, first=first, last=last, total=total)
    return Button(label, action)


def event_option(event: Event, words: Words) -> MenuOption:
    """Return the option of a digest's menu that shows an event's best report."""
    return MenuOption(event.headline, event_name(event.id), label_text(event.countries, event.topics, words))


def join_sentences(sentences: Sequence[str], language: str) -> str:
    """Sentences in a row: Chinese and Japanese ones without blanks between them.

    A text without full stops, which is one sentence, is cut after a word; the story in full has the rest.
    """
    return ("" if language in ("zh", "ja") else " ").join(
        [truncate(sentence, _LONGEST_SENTENCE) for sentence in sentences]
    )


def percent_words(value: float, words: Words) -> str:
    """Return a share as a percentage, as the reader's language writes it."""
    return str(format_percent(value, locale=babel_locale(words)))


def babel_locale(words: Words) -> str:
    """Return the catalogue's locale as babel spells it."""
    return words.locale.replace("-", "_")


def web_page(digest: Digest) -> str | None:
    """Return the address of the digest's page in the web edition; None where it has none."""
    if not digest.web_address:
        return None
    query = f"?{urlencode({'filter': digest.filter})}" if digest.filter else ""
    return safe_url(f"{digest.web_address}/{query}") or safe_url(f"{digest.web_address}/")  # a filter may be too long
