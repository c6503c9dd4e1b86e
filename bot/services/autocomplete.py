"""Completion of options while somebody types: at most 25 suggestions, as Discord shows.

Names are matched in the member's language and in English, with tolerance for typing errors; names with stories come
before those without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from babel.numbers import format_decimal
from rapidfuzz import fuzz, process

from bot.errors import FilterInvalid, InputInvalid, UnknownName
from bot.i18n import LOCALES, negotiate, words
from bot.newsroom.audience import OPERATOR, PUBLIC, Audience
from bot.newsroom.filters import EVERYTHING
from bot.newsroom.models import StoryLine, Subscription, event_name, parse_id, story_name
from bot.newsroom.name_lookup import closest_codes
from bot.newsroom.reader_languages import ALL_LANGUAGES, format_languages, language_code, parse_languages
from bot.newsroom.sources import Source
from bot.newsroom.typed_values import format_times
from bot.services.filter_words import filter_words
from bot.services.name_matching import (
    MAX_LABEL,
    MAX_SUGGESTIONS,
    MIN_SIMILARITY,
    NamedChoice,
    Suggestion,
    fit_label,
    fold_name,
    rank_choices,
    suggest_choices,
)
from bot.services.timezone_choices import suggest_timezones, zone_name
from bot.services.value_choices import (
    label_choices,
    label_names,
    language_choices,
    language_names,
    suggest_alerts,
    suggest_days,
    suggest_periods,
    suggest_times,
)
from bot.services.value_words import to_babel
from bot.store import labels, members, sources, story_pages, story_rows
from bot.store import subscriptions as table
from bot.store.audiences import owning_guilds
from bot.store.database import Store, StoreConnection
from bot.store.search import search_stories
from summarizers.headlines.kicker import shown_kicker
from summarizers.labels.country_names import resolve_country
from summarizers.labels.topic_names import resolve_topic

__all__ = ["KINDS", "MAX_SUGGESTIONS", "Autocomplete", "Suggestion", "closest_labels"]

KINDS = (
    "country",
    "topic",
    "since",
    "story",
    "event",
    "timezone",
    "time",
    "days",
    "alerts",
    "language",
    "stories",
    "subscription",
    "source",
    "follow",
    "mute",
)
"""Kinds of values that can be completed."""

_MAX_ID = 2**63 - 1
"""The largest id that a database column holds; a larger number has no story."""

_MIN_SEARCH_LENGTH = 2
"""Characters from which on stories are searched for: one letter is in most of them."""

_FUZZY_POOL = 200
"""Newest stories whose headlines are compared if no story contains the typed text."""

_CLOSEST = 2
"""Names that an error message offers for an unknown one."""


class Autocomplete:
    """Completes options of commands."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def suggest(
        self,
        kind: str,
        text: str,
        *,
        locale: str = "en",
        guild_id: int | None = None,
        member_id: int | None = None,
        everything: bool = False,
        audience: Audience = PUBLIC,
        channels: Mapping[int, str] | None = None,
    ) -> list[Suggestion]:
        """Return suggestions of a kind for typed text, best first.

        Kinds are listed in KINDS; others have none.
        Countries, topics, stories and events are those of the audience. Subscriptions and sources are those of the guild, follows and mutes those of the member; `everything` is for the operator,
        who is offered all. `channels` are the names by which subscriptions' channels are shown.
        """
        text = text.strip()[:MAX_LABEL]
        language = negotiate(locale)
        match kind:
            case "country" | "topic":
                return await self._suggest_labels(kind, text, language, audience)
            case "since":
                return suggest_periods(text, language)
            case "story" | "event":
                return await self._suggest_stories(kind, text, audience)
            case "timezone":
                in_guild = await self._subscriptions(guild_id=guild_id) if guild_id is not None else []
                used = [each.timezone for each in in_guild]
                return suggest_timezones(text, locale, language, used, self._clock())
            case "time":
                return suggest_times(text, language)
            case "days":
                return suggest_days(text, language)
            case "alerts":
                return suggest_alerts(text, language)
            case "language":
                return suggest_choices(text, language_choices(language))
            case "stories":
                return await self._suggest_story_languages(text, language, audience)
            case "subscription" if everything or guild_id is not None:
                listed = await self._subscriptions(guild_id=None if everything else guild_id)
                return suggest_choices(text, [_subscription_choice(each, language, channels or {}) for each in listed])
            case "source" if everything or guild_id is not None:
                async with self._store.reading() as conn:
                    listed_sources = await sources.list_sources(conn, OPERATOR if everything else Audience(guild_id))
                own = [each for each in listed_sources if everything or each.guild_id == guild_id]
                return suggest_choices(text, [_source_choice(each) for each in own])
            case "follow" if member_id is not None:
                listed = await self._subscriptions(member_id=member_id)
                return suggest_choices(text, [_subscription_choice(each, language, channels or {}) for each in listed])
            case "mute" if member_id is not None:
                async with self._store.reading() as conn:
                    mutes = await members.list_mutes(conn, member_id, self._clock())
                return suggest_choices(text, [_mute_choice(each.filter, language) for each in mutes])
        return []

    async def _subscriptions(
        self, *, guild_id: int | None = None, member_id: int | None = None
    ) -> Sequence[Subscription]:
        async with self._store.reading() as conn:
            return await table.list_subscriptions(conn, guild_id=guild_id, member_id=member_id)

    async def _suggest_labels(self, kind: str, text: str, language: str, audience: Audience) -> list[Suggestion]:
        """Return countries or topics; of several with commas between them, the last is completed."""
        head, _, last = text.rpartition(",")
        async with self._store.reading() as conn:
            guilds = await owning_guilds(conn, audience)
            count = labels.country_counts if kind == "country" else labels.topic_counts
            counts = await count(conn, guilds=guilds)
        resolve = resolve_country if kind == "country" else resolve_topic
        typed = last.strip()
        given = list(dict.fromkeys(code for part in head.split(",") if (code := resolve(part.strip())) is not None))
        choices = [each for each in label_choices(kind, language, dict(counts)) if each.value not in given]
        if not typed:
            choices = [each for each in choices if each.stories]
        names, suggestions = label_names(kind, language), []
        for each in rank_choices(typed, choices, first=resolve(typed) if typed else None):
            codes = (*given, each.value)
            value = ",".join(codes)
            label = ", ".join(names.get(code, code) for code in codes)
            if each.stories:
                label += f" ({format_decimal(each.stories, locale=to_babel(language))})"
            if len(value) <= MAX_LABEL:
                suggestions.append(Suggestion(fit_label(label), value))
        return suggestions

    async def _suggest_story_languages(self, text: str, language: str, audience: Audience) -> list[Suggestion]:
        """Return "all", and languages by name, those with stories first.

        Of several with commas between them, the last is completed.
        """
        head, _, last = text.rpartition(",")
        async with self._store.reading() as conn:
            present = await labels.languages_present(conn, await owning_guilds(conn, audience))
        try:
            given = parse_languages(head)
        except (InputInvalid, UnknownName):
            return []
        catalogue, suggestions = words(language), []
        if not given:
            everything = NamedChoice(catalogue.plain("stories-all"), ALL_LANGUAGES, (fold_name(ALL_LANGUAGES),))
            suggestions += suggest_choices(last.strip(), [everything])
        names = language_names(language)
        offered = dict.fromkeys([*present, *(language_code(tag) for tag in LOCALES)])
        choices = [
            NamedChoice(names[code], code, (fold_name(names[code]), code))
            for code in offered
            if code in names and code not in given
        ]
        for each in suggest_choices(last.strip(), choices):
            codes = (*given, each.value)
            label, value = ", ".join(names.get(code, code) for code in codes), format_languages(codes)
            if len(value) <= MAX_LABEL:
                suggestions.append(Suggestion(fit_label(label), value))
        return suggestions[:MAX_SUGGESTIONS]

    async def _suggest_stories(self, kind: str, text: str, audience: Audience) -> list[Suggestion]:
        """Return the newest stories, those that contain the typed text, or the one with a typed id."""
        async with self._store.reading() as conn:
            lines = await self._matching_stories(conn, text, audience)
        suggestions: dict[str, Suggestion] = {}
        for line in lines:
            value = story_name(line.id) if kind == "story" else event_name(line.event_id)
            kicker = shown_kicker(line.kicker, line.headline)
            headline = f"{kicker}: {line.headline}" if kicker else line.headline
            suggestions.setdefault(value, Suggestion(fit_label(f"{value} · {headline}"), value))
        return list(suggestions.values())[:MAX_SUGGESTIONS]

    async def _matching_stories(self, conn: StoreConnection, text: str, audience: Audience) -> Sequence[StoryLine]:
        now = self._clock()
        parsed = parse_id(text)
        if parsed is not None and parsed[0] != "event" and parsed[1] <= _MAX_ID:
            return await story_rows.get_lines(conn, [parsed[1]], audience)
        if parsed is not None or len(text) < _MIN_SEARCH_LENGTH:
            # Twice as many stories as suggestions, since several can be of one event.
            newest, _total = await story_pages.list_stories(
                conn, EVERYTHING, page=1, per_page=2 * MAX_SUGGESTIONS, now=now, audience=audience
            )
            return newest
        phrase = f'"{text.replace(chr(34), " ")}"'
        try:
            ids = await search_stories(conn, phrase, EVERYTHING, MAX_SUGGESTIONS, now=now, audience=audience)
        except FilterInvalid:
            ids = []
        if ids:
            return await story_rows.get_lines(conn, ids, audience)
        newest, _total = await story_pages.list_stories(
            conn, EVERYTHING, page=1, per_page=_FUZZY_POOL, now=now, audience=audience
        )
        return _similar_headlines(text, newest)


def closest_labels(kind: str, name: str, locale: str) -> list[str]:
    """Return up to two names of countries or topics that look like an unknown one."""
    names = label_names(kind, negotiate(locale))
    return [names[code] for code in closest_codes(kind, name, _CLOSEST)]


def _similar_headlines(text: str, lines: Sequence[StoryLine]) -> list[StoryLine]:
    """Return the stories whose headlines contain something similar to the typed text."""
    headlines = {line.id: fold_name(line.headline) for line in lines}
    similar = process.extract(
        fold_name(text), headlines, scorer=fuzz.partial_ratio, limit=MAX_SUGGESTIONS, score_cutoff=MIN_SIMILARITY
    )
    by_id = {line.id: line for line in lines}
    return [by_id[number] for _headline, _score, number in similar]


def _source_choice(source: Source) -> NamedChoice:
    name = f"{source.id} · {source.name}"
    return NamedChoice(name, str(source.id), (str(source.id), fold_name(name)))


def _mute_choice(filter_text: str, language: str) -> NamedChoice:
    name = filter_words(filter_text, words(language))
    return NamedChoice(name, filter_text, (fold_name(name), fold_name(filter_text)))


def _subscription_choice(subscription: Subscription, language: str, channels: Mapping[int, str]) -> NamedChoice:
    times = format_times(subscription.times).replace(",", ", ")
    catalogue = words(language)
    query = filter_words(subscription.filter, catalogue) or catalogue.plain("filter-everything")
    channel = channels.get(subscription.channel_id)
    when = f"{times} {zone_name(subscription.timezone, language)}"
    name = " · ".join(filter(None, (channel, when, query, str(subscription.id))))
    return NamedChoice(name, str(subscription.id), (str(subscription.id), fold_name(name)))
