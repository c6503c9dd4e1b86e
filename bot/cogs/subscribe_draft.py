"""What does the form of /subscribe look like, and what has been chosen in it so far?

The form is a message; each choice draws it anew. What was chosen is kept by the desk under a name made from it, which
every menu and button carries: so the form outlives a restart, and nothing of it is in the program's memory.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, time
from typing import Any, Final

from babel.dates import format_time, get_day_names

from bot.commands import Asker
from bot.errors import InputInvalid, UnknownName
from bot.i18n import Words
from bot.newsroom.filters import Filter
from bot.newsroom.models import DigestStyle, LatePolicy, PostMode, QuietPolicy
from bot.newsroom.schedule import next_slot, parse_days, parse_times
from bot.newsroom.senders import sender_avatar, sender_name
from bot.newsroom.timezones import nearest, zone
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
    paragraph,
    timestamp,
)
from bot.rendering.pages.filter_words import filter_words
from bot.rendering.pages.time_words import time_words
from bot.rendering.pages.words import permission_words
from bot.services import Services, Suggestion
from bot.services.subscription_input import Order, read_order
from summarizers.labels.countries import country_name
from summarizers.labels.topics import topic_name

__all__ = ["ACTION", "Draft", "Fit", "Setup", "changed", "hindrances", "signed", "written"]

ACTION: Final = "setup"
"""The first word of the form's actions: `setup:FIELD:NAME`."""

_MOST_CHOICES: Final = 25
_MOST_TIMES: Final = 6
_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LENGTHS: Final = ((1, 10), (2, 10), (3, 10), (5, 10), (3, 25))


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that is being written: as `Order`, with what menus choose as lists."""

    channel_id: int = 0
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    filter: str = ""
    times: str = "08:00"
    days: tuple[str, ...] = _WEEK
    timezone: str = "UTC"
    language: str = "en"
    sentences: int = 3
    limit: int = 10
    look: str = DigestStyle.COMPONENTS.value
    late: str = LatePolicy.POST.value
    quiet: str = QuietPolicy.SAY.value
    name: str = ""
    avatar: str = ""
    posts: str = PostMode.DIGEST.value

    def order(self, asker: Asker) -> Order:
        """The order that it comes to, for the asker's server."""
        return Order(
            channel_id=self.channel_id,
            times=self.times,
            timezone=self.timezone,
            guild_id=asker.guild_scope(),
            created_by=asker.member_id,
            country=",".join(self.countries) or None,
            topic=",".join(self.topics) or None,
            filter=self.filter or None,
            days=",".join(self.days) or "daily",
            language=self.language,
            sentences=self.sentences,
            limit=self.limit,
            look=self.look,
            late=self.late,
            quiet=self.quiet,
            name=self.name or None,
            avatar=self.avatar or None,
            posts=self.posts,
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """May the bot post in the chosen channel? `missing` are permissions that it can't do without, in English.

    `plainly` says that digests will be plain text there, `bare` that they have no chart, `nameless` that they will come
    from the bot, whatever name they were to have.
    """

    seen: bool = True
    missing: tuple[str, ...] = ()
    plainly: bool = False
    bare: bool = False
    nameless: bool = False

    @property
    def good(self) -> bool:
        """Can a digest go there?"""
        return self.seen and not self.missing


class Setup:
    """The form. `clock` says when the first digest would come."""

    def __init__(self, services: Services, clock: Callable[[], datetime]) -> None:
        self._services, self._clock = services, clock

    async def begin(self, asker: Asker) -> Draft:
        """A first draft for where the asker is: this channel, eight in the morning, the zone that is likely here."""
        zones = await self._services.autocomplete.suggest(
            "timezone", "", locale=asker.locale, guild_id=asker.guild_scope()
        )
        first = next((each.value for each in zones if each.value != "UTC"), "UTC")
        return Draft(channel_id=asker.channel_id or 0, timezone=first, language=asker.words.locale)

    async def recall(self, name: str) -> Draft:
        """The draft that a menu or button stands for. Raises InputInvalid when it is no longer kept."""
        kept = await self._services.key_values.recall_state(name)
        if kept is None:
            raise InputInvalid("this form is too old; /subscribe opens a new one", "setup-too-old")
        known = {each.name for each in fields(Draft)}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in json.loads(kept).items()
            if key in known
        }
        return Draft(**values)

    async def page(self, draft: Draft, fit: Fit, asker: Asker, *, problem: str = "") -> Page:
        """The form with what is chosen; says whether it can be ordered, and when the first digest would come."""
        say = asker.words
        name = await self._keep(draft)

        def action(field: str) -> str:
            return f"{ACTION}:{field}:{name}"

        status, ready = self._status(draft, fit, asker, problem)
        blocks: list[Block] = [
            paragraph(say("setup-title"), size="title"),
            paragraph(say("setup-intro"), size="small"),
            ActionRow((ChannelMenu(action("channel"), say("setup-channel"), draft.channel_id or None),)),
            *await self._labels(draft, say, action),
            ActionRow((_times(draft, say, action("times")),)),
            ActionRow((_days(draft, say, action("days")),)),
            ActionRow((await self._zones(draft, asker, action("timezone")),)),
            ActionRow((await self._languages(draft, asker, action("language")),)),
            ActionRow((_lengths(draft, say, action("length")),)),
            ActionRow((_looks(draft, say, action("look")),)),
        ]
        if draft.filter:
            blocks.append(paragraph(say("setup-filter", filter=filter_words(draft.filter, say)), size="small"))
        if draft.name:
            blocks.append(paragraph(say("setup-posted-as", name=draft.name), size="small"))
        blocks += status
        blocks.append(
            ActionRow(
                (
                    Button(say("setup-confirm"), action("confirm"), primary=True, disabled=not ready),
                    Button(say("setup-preview"), action("preview"), disabled=not ready),
                    Button(say("setup-more"), action("more")),
                    Button(say("setup-sender"), action("sender")),
                    Button(say("setup-cancel"), action("cancel")),
                )
            )
        )
        return Page(tuple(blocks), locale=say.locale)

    async def _keep(self, draft: Draft) -> str:
        text = json.dumps(asdict(draft), sort_keys=True)
        name = hashlib.sha256(text.encode()).hexdigest()[:24]
        await self._services.key_values.remember_state(name, text)
        return name

    def _status(self, draft: Draft, fit: Fit, asker: Asker, problem: str) -> tuple[list[Paragraph], bool]:
        """What stands in the way, else when the first digest comes."""
        say = asker.words
        if problem:
            return [paragraph(problem)], False
        if not draft.channel_id:
            return [], False
        lines = hindrances(draft.channel_id, fit, say)
        if not fit.good:
            return lines, False
        wanted = read_order(draft.order(asker), self._clock())
        slot = next_slot(wanted, wanted.after)
        when = say("setup-first", when=time_words(slot.at, say, wanted.timezone), timezone=wanted.timezone)
        lines = lines or [paragraph(_there(draft.channel_id), ": ", say("setup-ready"))]
        if fit.bare and not fit.plainly and draft.look == DigestStyle.CHART:
            lines.append(paragraph(say("setup-no-chart", permissions=permission_words("Attach Files", say))))
        if fit.nameless and (draft.name or draft.avatar):
            lines.append(paragraph(say("setup-own-name", permissions=permission_words("Manage Webhooks", say))))
        lines.append(paragraph(when, " · ", timestamp(slot.at, "")))
        return lines, True

    async def _labels(self, draft: Draft, say: Words, action: Callable[[str], str]) -> list[ActionRow]:
        topics = dict(await self._services.news.topic_counts())
        countries = dict(await self._services.news.country_counts())
        menus = (
            ("topics", topics, draft.topics, topic_name),
            ("countries", countries, draft.countries, country_name),
        )
        rows = []
        for field, counts, chosen, named in menus:
            slugs = list(dict.fromkeys([*chosen, *counts]))[:_MOST_CHOICES]
            choices = tuple(
                MenuOption(
                    named(slug, say.locale),
                    slug,
                    say("setup-count", count=counts.get(slug, 0)),
                    selected=slug in chosen,
                )
                for slug in slugs
            )
            if choices:
                rows.append(
                    ActionRow(
                        (Menu(action(field), say(f"setup-{field}"), choices, min_values=0, max_values=len(choices)),)
                    )
                )
        return rows

    async def _zones(self, draft: Draft, asker: Asker, action: str) -> Menu:
        found = await self._services.autocomplete.suggest(
            "timezone", "", locale=asker.locale, guild_id=asker.guild_scope()
        )
        return await self._suggested(found, "timezone", draft.timezone, asker, action)

    async def _languages(self, draft: Draft, asker: Asker, action: str) -> Menu:
        found = await self._services.autocomplete.suggest("language", "", locale=asker.locale)
        return await self._suggested(found, "language", draft.language, asker, action)

    async def _suggested(self, found: Sequence[Suggestion], kind: str, chosen: str, asker: Asker, action: str) -> Menu:
        named = {each.value: each.name for each in found}
        if chosen not in named:
            more = await self._services.autocomplete.suggest(kind, chosen, locale=asker.locale)
            name = next((each.name for each in more if each.value == chosen), chosen)
            named = {chosen: name, **named}
        choices = [MenuOption(name, value, selected=value == chosen) for value, name in named.items()]
        return Menu(action, asker.words(f"setup-{kind}"), tuple(choices[:_MOST_CHOICES]))


def hindrances(channel_id: int, fit: Fit, say: Words) -> list[Paragraph]:
    """What the bot lacks in a channel, and how to give it; nothing where all is well."""
    there = _there(channel_id)
    if not fit.seen:
        return [paragraph(there, ": ", say("setup-not-there"))]
    if fit.missing:
        names = ", ".join(permission_words(each, say) for each in fit.missing)
        return [paragraph(there, ": ", say("setup-missing", permissions=names))]
    return [paragraph(there, ": ", say("setup-plain-text"))] if fit.plainly else []


def _there(channel_id: int) -> Span:
    return Span(f"<#{channel_id}>", trusted=True)


def changed(draft: Draft, field: str, values: Sequence[str]) -> Draft:
    """The draft after a choice. Raises InputInvalid, or UnknownName, for values that no menu of ours offers."""
    match field:
        case "channel":
            return replace(draft, channel_id=int(values[0]))
        case "topics":
            return replace(draft, topics=tuple(values))
        case "countries":
            return replace(draft, countries=tuple(values))
        case "times":
            return replace(draft, times=_written(parse_times(",".join(values))))
        case "days":
            return replace(draft, days=tuple(_WEEK[day - 1] for day in parse_days(",".join(values))))
        case "timezone":
            return replace(draft, timezone=zone(values[0]).key)
        case "language":
            return replace(draft, language=values[0])
        case "length":
            sentences, limit = values[0].split("x")
            return replace(draft, sentences=int(sentences), limit=int(limit))
        case "look":
            return replace(draft, look=DigestStyle(values[0]).value)
    raise InputInvalid("this form is too old; /subscribe opens a new one", "setup-too-old")


def written(draft: Draft, *, times: str, timezone: str, filter: str) -> Draft:
    """The draft with what was typed into the fields. Raises InputInvalid, UnknownName or FilterInvalid."""
    try:
        where = zone(timezone)
    except ValueError:
        raise UnknownName("time zone", timezone, nearest(timezone)) from None
    return replace(
        draft,
        times=_written(parse_times(times)),
        timezone=where.key,
        filter=str(Filter.parse(filter)) if filter.strip() else "",
    )


def signed(draft: Draft, *, name: str, avatar: str, late: str, quiet: str, posts: str) -> Draft:
    """The draft with whom it comes from, in how many posts, and what happens when it can't come or tells nothing.

    Raises InputInvalid for a name or picture that can't be had, ValueError for policies that there aren't.
    """
    return replace(
        draft,
        name=sender_name(name) or "",
        avatar=sender_avatar(avatar) or "",
        late=LatePolicy(late).value,
        quiet=QuietPolicy(quiet).value,
        posts=PostMode(posts).value,
    )


def _written(times: Sequence[time]) -> str:
    return ",".join(f"{each:%H:%M}" for each in times[:_MOST_TIMES])


def _times(draft: Draft, say: Words, action: str) -> Menu:
    chosen = draft.times.split(",")
    hours = sorted({*(f"{hour:02}:00" for hour in range(24)), *chosen})
    for night in ("02:00", "03:00", "01:00", "04:00", "00:00", "05:00"):
        if len(hours) > _MOST_CHOICES and night not in chosen:
            hours.remove(night)
    babel = say.locale.replace("-", "_")
    choices = tuple(
        MenuOption(str(format_time(time.fromisoformat(hour), "short", locale=babel)), hour, selected=hour in chosen)
        for hour in hours[:_MOST_CHOICES]
    )
    return Menu(action, say("setup-times"), choices, max_values=_MOST_TIMES)


def _days(draft: Draft, say: Words, action: str) -> Menu:
    names = get_day_names("wide", "stand-alone", locale=say.locale.replace("-", "_"))
    choices = tuple(MenuOption(names[number], day, selected=day in draft.days) for number, day in enumerate(_WEEK))
    return Menu(action, say("setup-days"), choices, max_values=7)


def _lengths(draft: Draft, say: Words, action: str) -> Menu:
    lengths = dict.fromkeys([*_LENGTHS, (draft.sentences, draft.limit)])
    choices = tuple(
        MenuOption(
            say("setup-length-choice", sentences=sentences, limit=limit),
            f"{sentences}x{limit}",
            selected=(sentences, limit) == (draft.sentences, draft.limit),
        )
        for sentences, limit in lengths
    )
    return Menu(action, say("setup-length"), choices)


def _looks(draft: Draft, say: Words, action: str) -> Menu:
    choices = tuple(
        MenuOption(say(f"setup-look-{look}"), look.value, selected=look.value == draft.look) for look in DigestStyle
    )
    return Menu(action, say("setup-look"), choices)
