"""Pages of the web edition as HTML: Jinja templates and the filters that they use.

Templates escape everything; text from outside is cleaned of what nobody sees, links are those that may be clicked, and
pictures are shown by addresses that anybody may be shown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from typing import Any, Final

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.i18n import LOCALES
from bot.newsroom.models import COUNTRY_THRESHOLD, SourceRef, StoryLine
from bot.newsroom.pictures import picture_address
from bot.rendering.escape import clean, truncate
from bot.rendering.links import safe_url
from bot.rendering.pages.parts import babel_locale, join_sentences, language_words, source_name
from bot.rendering.pages.time_words import date_words, day_words, time_words
from bot.settings import WebSettings
from bot.web.readers import Reader
from summarizers.headlines.kicker import shown_kicker
from summarizers.labels.country_names import country_name
from summarizers.labels.topic_names import topic_name
from summarizers.types import Country, Topic

__all__ = ["CONTENT_SECURITY_POLICY", "StaticFile", "TemplateRenderer", "static_files"]

CONTENT_SECURITY_POLICY: Final = "default-src 'none'; img-src 'self' https:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""What a page may load: its style sheet and icon, and pictures by https; no script at all."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)

_MOST_LABELS: Final = 3
"""Countries and topics beside a story: what fits in a line."""

_TOPIC_SHOWN: Final = 0.5
"""Score from which a topic is shown, as in Discord."""

_LONGEST_HEADLINE: Final = 300
"""Characters of a headline: five times a long one."""

_LONGEST_TEXT: Final = 1_200
"""Characters of a summary: three long sentences."""

_LONGEST_LABEL: Final = 80
"""Characters of a source's name or a place."""

_TAG_BYTES: Final = 6
"""Bytes of a file's hash in its address."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that pages load; its address changes with it, so that browsers may keep it."""

    path: str
    content_type: str
    body: bytes

    @classmethod
    def load(cls, name: str, content_type: str) -> StaticFile:
        """Load a file of the package."""
        body = (resources.files(__package__) / "static" / name).read_bytes()
        stem, _, ending = name.partition(".")
        tag = hashlib.blake2b(body, digest_size=_TAG_BYTES).hexdigest()
        return cls(f"/static/{stem}-{tag}.{ending}", content_type, body)


@cache
def static_files() -> Mapping[str, StaticFile]:
    """Return the files that pages load, by what they are."""
    return {
        "style": StaticFile.load("gazette.css", "text/css"),
        "icon": StaticFile.load("icon.svg", "image/svg+xml"),
    }


class TemplateRenderer:
    """Draws pages for readers."""

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings
        self._environment = Environment(
            loader=PackageLoader("bot.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            style_path=static_files()["style"].path,
            icon_path=static_files()["icon"].path,
            paper=settings.title,
            indexed=settings.indexed,
            locales=LOCALES,
        )
        self._environment.filters.update(
            headline=lambda text: truncate(clean(text), _LONGEST_HEADLINE),
            line=lambda text: truncate(clean(text), _LONGEST_LABEL),
            said=clean,
            outward=safe_url,
            picture=picture_address,
            sentences=_summary_text,
            kicker=_kicker,
            source=_source_name,
            language_tag=lambda code: code if _LANGUAGE.fullmatch(code) and code != "und" else "",
            iso=lambda at: at.astimezone(UTC).isoformat(timespec="minutes"),
        )

    def render(self, template: str, reader: Reader, **facts: Any) -> str:
        """Return a page of a template; `path` among the facts is its own address."""
        view = _ReaderView(reader)
        query = facts.get("query", {})
        others = {name: value for name, value in query.items() if name != "language"}
        return self._environment.get_template(template).render(
            **facts,
            t=reader.words,
            view=view,
            reader=reader,
            link=reader.link,
            other_query=others,
            canonical=f"{self._settings.address}{reader.link(facts['path'], **others)}",
        )


class _ReaderView:
    """Names, numbers and times as a reader's language has them."""

    def __init__(self, reader: Reader) -> None:
        self._words = reader.words
        self._babel = babel_locale(reader.words)

    def number(self, value: int) -> str:
        """A number with its separators."""
        return str(format_decimal(value, locale=self._babel))

    def day(self, at: datetime | date) -> str:
        """A day in full."""
        return date_words(at, self._words) if isinstance(at, datetime) else day_words(at, self._words)

    def short_day(self, at: date) -> str:
        """A weekday and a day of a month."""
        return str(format_skeleton("MMMEd", at, locale=Locale.parse(self._babel)))

    def month(self, at: date) -> str:
        """A month and its year."""
        return str(format_skeleton("yMMMM", at, locale=Locale.parse(self._babel)))

    def moment(self, at: datetime) -> str:
        """A moment, in UTC."""
        return time_words(at, self._words)

    def country(self, code: str) -> str:
        """A country's name."""
        return country_name(code, self._words.locale)

    def topic(self, slug: str) -> str:
        """A topic's name."""
        return topic_name(slug, self._words.locale)

    def language(self, code: str) -> str:
        """A language's name."""
        return language_words(code, self._words)

    def own_language(self, code: str) -> str:
        """A language's name in itself."""
        return _own_name(code)

    def countries(self, countries: Sequence[Country]) -> list[str]:
        """The codes of the countries that a story is shown with."""
        return [each.code for each in countries if each.salience >= COUNTRY_THRESHOLD][:_MOST_LABELS]

    def topics(self, topics: Sequence[Topic]) -> list[str]:
        """The slugs of the topics that a story is shown with."""
        return [each.slug for each in topics if each.score >= _TOPIC_SHOWN][:1] or [each.slug for each in topics[:1]]


@cache
def _own_name(code: str) -> str:
    name = str(Locale.parse(code.replace("-", "_")).get_display_name() or code)
    return name[:1].upper() + name[1:]  # in a list of names, in which each stands alone


def _summary_text(sentences: Sequence[Any], language: str) -> str:
    """Return a summary's sentences in a row."""
    return truncate(clean(join_sentences([each.text for each in sentences], language)), _LONGEST_TEXT)


def _kicker(story: StoryLine) -> str:
    """Return the word before a headline, without which it may not be understood; "" for none."""
    return truncate(clean(shown_kicker(story.kicker, story.headline) or ""), _LONGEST_LABEL)


def _source_name(ref: SourceRef) -> str:
    return truncate(clean(source_name(ref)), _LONGEST_LABEL)
