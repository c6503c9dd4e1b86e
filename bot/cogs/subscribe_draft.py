"""The form of /subscribe: what has been chosen in it so far, and how it looks.

The form is a message; each choice draws it anew. What was chosen is a `SubscriptionInput`, stored under a name made
from its content that every menu and button carries: so the form works after a restart, and nothing of it is in the
program's memory.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Final

from babel.dates import format_time, get_day_names

from bot.cogs.permissions import ChannelCheck
from bot.commands import Asker
from bot.commands.story_languages import default_languages
from bot.errors import InputInvalid
from bot.i18n import LOCALES, Words
from bot.newsroom.audience import Audience
from bot.newsroom.filters import EVERYTHING, Filter, Match
from bot.newsroom.models import DigestStyle
from bot.newsroom.name_lookup import language_of
from bot.newsroom.reader_languages import ALL_LANGUAGES, language_code, parse_languages
from bot.newsroom.schedule import next_slot
from bot.newsroom.subscription_input import (
    SubscriptionInput,
    parse_subscription,
    settings_of,
)
from bot.newsroom.timezones import resolve_timezone
from bot.newsroom.typed_values import WEEKDAYS, format_days, format_times, parse_days, parse_times
from bot.rendering.layout import (
    ActionRow,
    Block,
    Button,
    ChannelMenu,
    Menu,
    MenuOption,
    Page,
    Paragraph,
    Span,
    bold,
    paragraph,
    timestamp,
)
from bot.rendering.pages.parts import language_words, permission_words
from bot.rendering.pages.time_words import time_words
from bot.services import Services
from bot.services.filter_words import filter_words
from bot.services.name_matching import Suggestion
from bot.services.timezone_choices import zone_name
from summarizers.labels.country_names import country_name
from summarizers.labels.topic_names import topic_name

__all__ = ["ACTION", "Step", "SubscribeFormPages", "apply_choice", "apply_typed", "channel_problems", "expired"]

ACTION: Final = "setup"
"""The first word of the form's custom ids: `setup:FIELD:NAME`."""

_NAME_LENGTH: Final = 24
"""Hexadecimal digits of a stored form's name: 96 bits, so that two forms never share one."""

_MAX_CHOICES: Final = 25
"""Lines of a menu that Discord allows."""

_MAX_TIMES: Final = 6
"""Times of day that one subscription can have by the form: more is a feed, not a digest."""

_DEFAULT_TIME: Final = "08:00"

_NIGHT: Final = ("02:00", "03:00", "01:00", "04:00", "00:00", "05:00")
"""Hours that give way to other times when a menu has too many, the least wanted first."""

_LENGTHS: Final = ((1, 10), (2, 10), (3, 10), (5, 10), (3, 25))
"""Lengths that the form offers: sentences in a summary, stories in a digest."""


_UNSET: Final = ""
"""The time zone of a draft in which none was chosen: a digest at the wrong hour is worse than one more choice."""

_LABELS: Final = {
    **{field: f"setup-label-{field}" for field in ("channel", "topics", "countries", "stories", "timezone")},
    **{field: f"option-{field}-about" for field in ("sections", "size")},
}
"""Messages that name fields; others are named by the empty text of their menu."""

_COMMAS: Final = re.compile(r"[;、，；\n]")
"""Signs that people put between names, beside the comma."""


class Step(StrEnum):
    """The steps of the form; the values are fields of its custom ids."""

    WHERE = "where"
    """What is posted, and where."""
    WHEN = "when"
    """When it is posted, and how it looks."""

    @classmethod
    def of(cls, field: str) -> Step:
        """Return the step that a field belongs to."""
        return cls.WHERE if field in _FIRST_FIELDS else cls.WHEN


_FIRST_FIELDS: Final = frozenset(
    {Step.WHERE, "channel", "topics", "countries", "stories", "find", "typed", "found", "filter"}
)
"""Fields of the first step; all others belong to the second."""


class SubscribeFormPages:
    """Draws the form for a `model`; `clock` decides when the first digest would come."""

    def __init__(
        self,
        services: Services,
        clock: Callable[[], datetime],
        model: type[SubscriptionInput] = SubscriptionInput,
    ) -> None:
        self._services, self._clock, self._model = services, clock, model

    async def begin(self, asker: Asker, *, channel_id: int) -> SubscriptionInput:
        """Return the first draft: eight in the morning, in no time zone until one is chosen."""
        language = asker.words.locale
        stories = await default_languages(self._services, asker, language, EVERYTHING)
        return self._model(
            times=_DEFAULT_TIME, timezone=_UNSET, channel_id=channel_id, language=language, stories=stories
        )

    async def recall(self, name: str) -> SubscriptionInput:
        """Return the draft stored under a name.

        Raises InputInvalid if it has expired or an older version wrote it.
        """
        stored = await self._services.key_values.recall_state(name)
        if stored is None:
            raise expired()
        names = {each.name for each in fields(self._model)}
        values = {key: value for key, value in json.loads(stored).items() if key in names}
        if not all(value is None or isinstance(value, str | int) for value in values.values()):
            raise expired()
        try:
            return self._model(**values)
        except TypeError as error:
            raise expired() from error

    async def remember(self, draft: SubscriptionInput) -> str:
        """Store a draft; return its name."""
        text = json.dumps(asdict(draft), sort_keys=True)
        name = hashlib.sha256(text.encode()).hexdigest()[:_NAME_LENGTH]
        await self._services.key_values.remember_state(name, text)
        return name

    async def page(self, draft: SubscriptionInput, check: ChannelCheck, asker: Asker, step: Step) -> Page:
        """Return a step of the form with what is chosen, and what stands in the way."""
        words = asker.words
        name = await self.remember(draft)

        def action(field: str) -> str:
            return f"{ACTION}:{field}:{name}"

        def field(key: str, menu: Menu | ChannelMenu, value: str = "") -> list[Block]:
            label = bold(words(_LABELS.get(key, f"setup-{key}")))
            return [paragraph(label, f": {value}") if value else paragraph(label), ActionRow((menu,))]

        blocks: list[Block] = [paragraph(words(f"setup-title-{step}"), size="title")]
        if step is Step.WHERE:
            blocks += [
                paragraph(words("setup-intro"), size="small"),
                *field("channel", ChannelMenu(action("channel"), words("setup-channel"), draft.channel_id or None)),
                *await self._label_fields(draft, words, action, field),
                *field("stories", await self._stories_menu(draft, asker, action("stories"))),
            ]
            if draft.filter:
                blocks.append(paragraph(words("setup-filter", filter=filter_words(draft.filter, words)), size="small"))
            blocks += self._channel_status(draft, check, words)
            blocks += [
                ActionRow(
                    (
                        Button(words("setup-next"), action(Step.WHEN), primary=True),
                        Button(words("setup-find-country"), action("find")),
                        Button(words("setup-typed-filter"), action("typed")),
                        Button(words("setup-cancel"), action("cancel")),
                    )
                )
            ]
            return Page(tuple(blocks), locale=words.locale)
        zone = await self._timezone_menu(draft, asker, action("timezone"))
        suggested = words("setup-zone-unset", zone=zone.choices[0].label) if not draft.timezone else ""
        status, ready = await self._status(draft, check, asker)
        blocks += [
            *field("times", _time_menu(draft, words, action("times"))),
            *field("days", _day_menu(draft, words, action("days"))),
            *field("timezone", zone, suggested),
            *field("language", await self._language_menu(draft, asker, action("language"))),
            *field("look", _look_menu(draft, words, action("look"))),
            *self._shape_fields(draft, words, action, field),
        ]
        if draft.name:
            blocks.append(paragraph(words("setup-posted-as", name=draft.name), size="small"))
        blocks += status
        blocks += [
            ActionRow(
                (
                    Button(words("setup-confirm"), action("confirm"), primary=True, disabled=not ready),
                    Button(words("setup-preview"), action("preview"), disabled=not ready),
                    Button(words("setup-test"), action("test"), disabled=not ready),
                )
            ),
            ActionRow(
                (
                    Button(words("setup-back"), action(Step.WHERE)),
                    Button(words("setup-more"), action("more")),
                    Button(words("setup-sender"), action("sender")),
                    Button(words("setup-cancel"), action("cancel")),
                )
            ),
        ]
        return Page(tuple(blocks), locale=words.locale)

    def _channel_status(self, draft: SubscriptionInput, check: ChannelCheck, words: Words) -> list[Paragraph]:
        """Return whether the bot can post in the chosen channel."""
        if not draft.channel_id:
            return []
        problems = channel_problems(draft.channel_id, check, words)
        return problems or [paragraph(_mention(draft.channel_id), ": ", words("setup-ready"))]

    async def _status(
        self, draft: SubscriptionInput, check: ChannelCheck, asker: Asker
    ) -> tuple[list[Paragraph], bool]:
        """Return the problems or the time of the first digest, and whether the form can be sent."""
        words = asker.words
        if not draft.channel_id:
            return [paragraph(words("setup-no-channel"))], False
        lines = self._channel_status(draft, check, words)
        if not check.postable:
            return lines, False
        if not draft.timezone:
            return [*lines, paragraph(words("setup-no-zone"))], False
        given = replace(draft, guild_id=asker.guild_scope())
        subscription = parse_subscription(given, self._clock())
        slot = next_slot(subscription, subscription.after)
        lines += [
            paragraph(words("subscription-same", id=str(each.id)))
            for each in (await self._services.subscriptions.same_as(subscription))[:1]
        ]
        if check.no_files and not check.no_embeds and draft.look == DigestStyle.CHART:
            lines.append(paragraph(words("setup-no-chart", permissions=permission_words("Attach Files", words))))
        if check.no_webhooks and (draft.name or draft.avatar):
            lines.append(paragraph(words("setup-own-name", permissions=permission_words("Manage Webhooks", words))))
        when = time_words(slot.at, words, subscription.timezone)
        first = words("setup-first", when=when, timezone=zone_name(subscription.timezone, words.locale))
        lines.append(paragraph(first, " · ", timestamp(slot.at, "")))
        return lines, True

    async def _label_fields(
        self,
        draft: SubscriptionInput,
        words: Words,
        action: Callable[[str], str],
        field: Callable[[str, Menu, str], list[Block]],
    ) -> list[Block]:
        """Return the menus of topics and countries, each with what is chosen."""
        audience = Audience(draft.guild_id)
        topics = dict(await self._services.news.topic_counts(audience=audience))
        countries = dict(await self._services.news.country_counts(audience=audience))
        blocks: list[Block] = []
        for key, counts, chosen, label in (
            ("topics", topics, _split(draft.topic), topic_name),
            ("countries", countries, _split(draft.country), country_name),
        ):
            offered = list(dict.fromkeys([*chosen, *counts]))[:_MAX_CHOICES]
            choices = tuple(
                MenuOption(
                    label(each, words.locale),
                    each,
                    words("setup-count", count=counts.get(each, 0)),
                    selected=each in chosen,
                )
                for each in offered
            )
            if choices:
                menu = Menu(action(key), words(f"setup-{key}"), choices, min_values=0, max_values=len(choices))
                blocks += field(
                    key, menu, words.listed([label(each, words.locale) for each in chosen]) if chosen else ""
                )
        return blocks

    def _shape_fields(
        self,
        draft: SubscriptionInput,
        words: Words,
        action: Callable[[str], str],
        field: Callable[[str, Menu], list[Block]],
    ) -> list[Block]:
        """Return the menus of a front page's sections and size, or of another look's length."""
        if draft.look != DigestStyle.FRONT:
            return field("length", _length_menu(draft, words, action("length")))
        blocks: list[Block] = []
        for key, chosen in (("sections", draft.sections), ("size", draft.size)):
            choices = [
                MenuOption(words(f"choice-{key}-{value}"), value, selected=value == chosen)
                for value in dict(settings_of(type(draft)))[key].choices
            ]
            blocks += field(key, Menu(action(key), words(_LABELS[key]), tuple(choices)))
        return blocks

    async def _stories_menu(self, draft: SubscriptionInput, asker: Asker, action: str) -> Menu:
        """Return the menu of the stories' languages: all, those chosen, those with stories."""
        words, chosen = asker.words, parse_languages(draft.stories)
        present = await self._services.news.languages(Audience(draft.guild_id))
        offered = dict.fromkeys([*chosen, *present, *map(language_code, LOCALES)])
        choices = [
            MenuOption(words("stories-all"), ALL_LANGUAGES, selected=not chosen),
            *(
                MenuOption(language_words(each, words), each, selected=each in chosen)
                for each in offered
                if language_of(each) not in (None, "und")
            ),
        ][:_MAX_CHOICES]
        return Menu(action, words("setup-label-stories"), tuple(choices), max_values=len(choices))

    async def _timezone_menu(self, draft: SubscriptionInput, asker: Asker, action: str) -> Menu:
        offered = await self._services.autocomplete.suggest(
            "timezone", "", locale=asker.locale, guild_id=asker.guild_scope()
        )
        return await self._suggestion_menu(offered, "timezone", draft.timezone, asker, action)

    async def _language_menu(self, draft: SubscriptionInput, asker: Asker, action: str) -> Menu:
        offered = await self._services.autocomplete.suggest("language", "", locale=asker.locale)
        return await self._suggestion_menu(offered, "language", draft.language, asker, action)

    async def _suggestion_menu(
        self, offered: Sequence[Suggestion], kind: str, chosen: str, asker: Asker, action: str
    ) -> Menu:
        """Return a menu of suggestions that also has what is chosen."""
        labels = {each.value: each.name for each in offered}
        if chosen and chosen not in labels:
            matches = await self._services.autocomplete.suggest(kind, chosen, locale=asker.locale)
            label = next((each.name for each in matches if each.value == chosen), chosen)
            labels = {chosen: label, **labels}
        choices = [MenuOption(label, value, selected=value == chosen) for value, label in labels.items()]
        return Menu(action, asker.words(f"setup-{kind}"), tuple(choices[:_MAX_CHOICES]))


def expired() -> InputInvalid:
    """Return the error for a form that is no longer stored, or that an older version sent."""
    return InputInvalid("this form is too old; /subscribe opens a new one", "setup-too-old")


def channel_problems(channel_id: int, check: ChannelCheck, words: Words) -> list[Paragraph]:
    """Return what the bot lacks in a channel, and how to grant it; [] if nothing is missing."""
    channel = _mention(channel_id)
    if not check.visible:
        return [paragraph(channel, ": ", words("setup-not-there"))]
    if check.missing:
        names = ", ".join(permission_words(each, words) for each in check.missing)
        return [paragraph(channel, ": ", words("setup-missing", permissions=names))]
    return [paragraph(channel, ": ", words("setup-plain-text"))] if check.no_embeds else []


def apply_choice(draft: SubscriptionInput, field: str, values: Sequence[str]) -> SubscriptionInput:
    """Return the draft after a choice in a menu.

    Raises ValueError or IndexError for values that the form doesn't offer, InputInvalid for a field that it doesn't have.
    """
    match field:
        case "channel":
            return replace(draft, channel_id=int(values[0]))
        case "stories":
            others = [value for value in values if value != ALL_LANGUAGES]
            every = ALL_LANGUAGES in values and draft.stories != ALL_LANGUAGES
            return apply_typed(draft, {"stories": ALL_LANGUAGES if every or not others else ",".join(others)})
        case "topics":
            return replace(draft, topic=",".join(values) or None)
        case "countries":
            return replace(draft, country=",".join(values) or None)
        case "times":
            return replace(draft, times=format_times(parse_times(",".join(values))[:_MAX_TIMES]))
        case "days":
            return replace(draft, days=format_days(parse_days(",".join(values))))
        case "length":
            sentences, limit = values[0].split("x")
            return replace(draft, sentences=int(sentences), limit=int(limit))
        case "look":
            return replace(draft, look=DigestStyle(values[0]).value)
        case "timezone" | "language" | "sections" | "size":
            return apply_typed(draft, {field: values[0]})
    raise expired()


def apply_typed(draft: SubscriptionInput, typed: dict[str, str], language: str = "en") -> SubscriptionInput:
    """Return the draft with values typed in a language, checked and in normal form.

    `typed` has them by the fields' names. Raises InputInvalid, UnknownName or FilterInvalid.
    """
    checks = dict(settings_of(type(draft)))
    values: dict[str, Any] = {}
    for name, text in typed.items():
        if name == "times":
            values[name] = format_times(parse_times(text, language)[:_MAX_TIMES])
        elif name == "timezone":
            values[name] = resolve_timezone(text, language)
        elif name == "country":
            values[name] = ",".join(_country_codes(text)) or None
        elif name == "filter":
            values[name] = str(Filter.parse(text, language)) or None
        else:
            values[name] = checks[name].format(checks[name].parse(text))
    return replace(draft, **values)


def _country_codes(typed: str) -> list[str]:
    """Return the codes of typed countries, with commas between them. Raises UnknownName."""
    node = Filter.of(country=_COMMAS.sub(",", typed)).node
    return list(node.values) if isinstance(node, Match) else []


def _mention(channel_id: int) -> Span:
    return Span(f"<#{channel_id}>", trusted=True)


def _split(joined: str | None) -> list[str]:
    return joined.split(",") if joined else []


def _time_menu(draft: SubscriptionInput, words: Words, action: str) -> Menu:
    chosen = draft.times.split(",")
    hours = sorted({*(f"{hour:02}:00" for hour in range(24)), *chosen})
    for hour in _NIGHT:
        if len(hours) > _MAX_CHOICES and hour not in chosen:
            hours.remove(hour)
    babel = words.locale.replace("-", "_")
    choices = tuple(
        MenuOption(str(format_time(time.fromisoformat(hour), "short", locale=babel)), hour, selected=hour in chosen)
        for hour in hours[:_MAX_CHOICES]
    )
    return Menu(action, words("setup-times"), choices, max_values=_MAX_TIMES)


def _day_menu(draft: SubscriptionInput, words: Words, action: str) -> Menu:
    names = get_day_names("wide", "stand-alone", locale=words.locale.replace("-", "_"))
    chosen = parse_days(draft.days)
    choices = tuple(MenuOption(names[index], day, selected=index + 1 in chosen) for index, day in enumerate(WEEKDAYS))
    return Menu(action, words("setup-days"), choices, max_values=len(WEEKDAYS))


def _length_menu(draft: SubscriptionInput, words: Words, action: str) -> Menu:
    lengths = dict.fromkeys([*_LENGTHS, (draft.sentences, draft.limit)])
    choices = tuple(
        MenuOption(
            words("setup-length-choice", sentences=sentences, limit=limit),
            f"{sentences}x{limit}",
            selected=(sentences, limit) == (draft.sentences, draft.limit),
        )
        for sentences, limit in lengths
    )
    return Menu(action, words("setup-length"), choices)


def _look_menu(draft: SubscriptionInput, words: Words, action: str) -> Menu:
    choices = tuple(
        MenuOption(words(f"setup-look-{look}"), look.value, selected=look.value == draft.look) for look in DigestStyle
    )
    return Menu(action, words("setup-look"), choices)
