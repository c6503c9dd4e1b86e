"""How is a subscription ordered by a form?

/subscribe without options opens the form of `bot.cogs.subscribe_draft`; with options it orders at once. Whatever is chosen or
pressed in the form is checked anew for the right to manage the server, and the bot's own for the channel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import discord
from discord.ext import commands as ext

from bot.cogs.client import Client
from bot.cogs.interactions import answer, asker_of
from bot.cogs.permissions import fit_of
from bot.cogs.subscribe_draft import ACTION, Draft, Fit, Setup, changed, hindrances, signed, written
from bot.commands import Asker, CommandRegistry, Reply
from bot.commands.subscriptions import SubscriptionCommands
from bot.errors import InputInvalid, NotAllowed
from bot.i18n import Words
from bot.newsroom.models import DigestStyle, LatePolicy, PostMode, QuietPolicy
from bot.rendering.escape import truncate
from bot.rendering.layout import ActionRow
from bot.rendering.pages.digest import digest_page
from bot.rendering.pages.messages import message_page

__all__ = ["SetupForm"]

_FIELDS = {"times": 60, "zone": 60, "filter": 400}
_SENDER = {"name": 80, "avatar": 2000}
_POLICIES = {"posts": PostMode, "late": LatePolicy, "quiet": QuietPolicy}


class SetupForm(ext.Cog):
    """Opens the form, and answers what is done in it."""

    def __init__(self, client: Client, commands: CommandRegistry, clock: Callable[[], datetime]) -> None:
        self._services, self._setup = commands.services, Setup(commands.services, clock)
        self._subscriptions = SubscriptionCommands(commands.services, commands.custom_ids)
        client.handle(ACTION, self.handle)
        client.open_instead("subscribe", self.open)
        client.accompany("subscribe", self.warned)
        client.accompany("edit", self.warned)

    async def open(self, interaction: discord.Interaction[Any]) -> None:
        """/subscribe without options."""
        await answer(interaction, lambda: self._opened(interaction))

    async def warned(self, interaction: discord.Interaction[Any], values: Mapping[str, Any], reply: Reply) -> Reply:
        """The answer to an order by options, with what the bot lacks in the channel that it is for."""
        channel_id = values.get("channel") or (None if "id" in values else interaction.channel_id)
        if channel_id is None:
            return reply
        lines = hindrances(channel_id, await fit_of(interaction, channel_id), asker_of(interaction).words)
        blocks = reply.page.blocks
        shown = [each for each in blocks if not isinstance(each, ActionRow)]
        rows = [each for each in blocks if isinstance(each, ActionRow)]
        return replace(reply, page=replace(reply.page, blocks=(*shown, *lines, *rows)))

    async def handle(self, interaction: discord.Interaction[Any], action: str, values: Sequence[str]) -> None:
        """A choice, a button, or the fields that were filled in."""
        _, field, name = [*action.split(":"), "", ""][:3]
        if field in ("more", "sender"):
            asker = asker_of(interaction)
            _managers_only(asker)
            draft = await self._setup.recall(name)
            fields = _fields if field == "more" else _sender_fields
            await interaction.response.send_modal(fields(draft, name, asker.words))
        else:
            await answer(interaction, lambda: self._answered(interaction, field, name, values))

    async def _opened(self, interaction: discord.Interaction[Any]) -> Reply:
        asker = asker_of(interaction)
        draft = await self._setup.begin(asker)
        if isinstance(interaction.channel, discord.StageChannel | discord.CategoryChannel):
            draft = Draft(timezone=draft.timezone, language=draft.language)
        return await self._form(interaction, draft)

    async def _form(
        self, interaction: discord.Interaction[Any], draft: Draft, *, edits_original: bool = False
    ) -> Reply:
        fit = await fit_of(interaction, draft.channel_id) if draft.channel_id else Fit()
        return Reply(await self._setup.page(draft, fit, asker_of(interaction)), edits_original=edits_original)

    async def _answered(
        self, interaction: discord.Interaction[Any], field: str, name: str, values: Sequence[str]
    ) -> Reply:
        asker = asker_of(interaction)
        _managers_only(asker)
        draft = await self._setup.recall(name)
        match field:
            case "cancel":
                return Reply(message_page(asker.words("setup-cancelled"), words=asker.words), edits_original=True)
            case "preview":
                return await self._preview(draft, asker)
            case "confirm":
                if not (await fit_of(interaction, draft.channel_id)).good:
                    return await self._form(interaction, draft, edits_original=True)
                placed = await self._subscriptions.create(asker, draft.order(asker))
                return Reply(placed.page, edits_original=True)
            case "fields":
                typed = _typed(interaction.data or {}, _FIELDS)
                draft = written(draft, times=typed["times"], timezone=typed["zone"], filter=typed["filter"])
            case _:
                try:
                    if field == "signed":
                        draft = signed(draft, **_typed(interaction.data or {}, (*_SENDER, *_POLICIES)))
                    else:
                        draft = changed(draft, field, values)
                except (ValueError, IndexError) as error:
                    raise InputInvalid("this form is too old; /subscribe opens a new one", "setup-too-old") from error
        return await self._form(interaction, draft, edits_original=True)

    async def _preview(self, draft: Draft, asker: Asker) -> Reply:
        say = asker.words
        wanted, digest = await self._services.subscriptions.preview_draft(draft.order(asker))
        if digest is None or not digest.events:
            return Reply(message_page(say("setup-preview-nothing"), words=say))
        return Reply(digest_page(digest, say, title=say("setup-preview-title"), chart=wanted.look is DigestStyle.CHART))


def _fields(draft: Draft, name: str, say: Words) -> discord.ui.Modal:
    """What is typed rather than chosen."""
    form = _Form(title=say.plain("setup-form-title"), custom_id=f"{ACTION}:fields:{name}")
    filled = {"times": draft.times, "zone": draft.timezone, "filter": draft.filter}
    for field, most in _FIELDS.items():
        form.put(say.plain(f"setup-form-{field}"), _text(field, filled[field], most, required=field != "filter"))
    return form


def _sender_fields(draft: Draft, name: str, say: Words) -> discord.ui.Modal:
    """Whom digests come from, and what happens when one can't come or has nothing to tell."""
    form = _Form(title=say.plain("setup-sender-title"), custom_id=f"{ACTION}:signed:{name}")
    for field, most in _SENDER.items():
        form.put(say.plain(f"setup-sender-{field}"), _text(field, getattr(draft, field), most, required=False))
    for field, policies in _POLICIES.items():
        options = [
            discord.SelectOption(
                label=truncate(say.plain(f"choice-{field}-{each.value}"), 100),
                value=each.value,
                default=each.value == getattr(draft, field),
            )
            for each in policies
        ]
        form.put(say.plain(f"setup-sender-{field}"), discord.ui.Select(custom_id=field, options=options))
    return form


def _text(field: str, filled: str, most: int, *, required: bool) -> discord.ui.TextInput[_Form]:
    return discord.ui.TextInput(custom_id=field, default=truncate(filled, most), max_length=most, required=required)


class _Form(discord.ui.Modal):
    """Fields whose answer comes by the action in the form's id, also after a restart."""

    def is_finished(self) -> bool:
        """Nothing listens on it."""
        return True

    def put(self, label: str, field: discord.ui.Item[Any]) -> None:
        """Add a field under a label."""
        told: discord.ui.Label[_Form] = discord.ui.Label(text=label, component=field)
        self.add_item(told)


def _typed(data: Mapping[str, Any], fields: Iterable[str]) -> dict[str, str]:
    """What was typed or chosen in each field."""
    typed = dict.fromkeys(fields, "")
    for each in data.get("components") or ():
        field = each.get("component") or {}
        if field.get("custom_id") in typed:
            typed[field["custom_id"]] = str(field.get("value") or next(iter(field.get("values") or ()), ""))
    return typed


def _managers_only(asker: Asker) -> None:
    if not asker.manager:
        raise NotAllowed("manage-guild")
