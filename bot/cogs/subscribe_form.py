"""The cog of the subscribe form: opening it, choices, buttons and modals.

/subscribe without options opens the form of `bot.cogs.subscribe_draft`; with options it subscribes at once. Whatever is
chosen or pressed in the form, the member's permission to manage the server is checked again, and the bot's own
permissions in the channel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import discord
from discord.ext import commands as ext

from bot.cogs.command_tree import CommandHooks
from bot.cogs.interactions import ComponentHandler, InteractionGate, asker_of
from bot.cogs.permissions import ChannelCheck, check_channel
from bot.cogs.subscribe_draft import (
    ACTION,
    SubscribeFormPages,
    apply_choice,
    apply_typed,
    channel_problems,
    expired,
)
from bot.commands import Asker, CommandRegistry, Reply
from bot.commands.subscriptions import SubscriptionCommands
from bot.errors import NotAllowed
from bot.i18n import Words
from bot.newsroom.models import DigestStyle
from bot.newsroom.subscription_input import SubscriptionInput, settings_of
from bot.rendering.escape import truncate
from bot.rendering.layout import ActionRow
from bot.rendering.pages.digest import digest_page
from bot.rendering.pages.help import message_page

__all__ = ["SubscribeForm"]

_FILTER_FIELDS = {"times": ("times", 60), "zone": ("timezone", 60), "filter": ("filter", 400)}
"""Text inputs of the modal for what menus don't offer: the field each sets, and its longest text."""

_SENDER_FIELDS = {"name": ("name", 80), "avatar": ("avatar", 2000)}
"""Text inputs of the modal about who posts; the lengths are Discord's for names, and ours for links."""

_POLICY_FIELDS = ("posts", "late", "quiet")
"""Menus of the same modal."""

_MAX_LABEL = 100
"""Characters that Discord allows a menu's line."""


class SubscribeForm(ext.Cog):
    """Opens the form, and answers what is done in it."""

    def __init__(
        self,
        commands: CommandRegistry,
        *,
        gate: InteractionGate,
        hooks: CommandHooks,
        component_handlers: dict[str, ComponentHandler],
        clock: Callable[[], datetime],
    ) -> None:
        self._services, self._gate = commands.services, gate
        self._commands = SubscriptionCommands(commands.services, commands.custom_ids)
        self._pages = SubscribeFormPages(commands.services, clock)
        component_handlers[ACTION] = self.handle
        hooks.empty_call_handlers["subscribe"] = self.open
        hooks.reply_hooks["subscribe"] = hooks.reply_hooks["edit"] = self.add_channel_problems

    async def open(self, interaction: discord.Interaction[Any]) -> None:
        """Answer /subscribe without options."""
        await self._gate.answer(interaction, lambda: self._first_form(interaction))

    async def add_channel_problems(
        self, interaction: discord.Interaction[Any], values: Mapping[str, Any], reply: Reply
    ) -> Reply:
        """Add to the reply of /subscribe and /edit what the bot lacks in the channel."""
        channel_id = values.get("channel") or (None if "id" in values else interaction.channel_id)
        if channel_id is None:
            return reply
        check = await check_channel(interaction, channel_id)
        lines = channel_problems(channel_id, check, asker_of(interaction).words)
        texts = [block for block in reply.page.blocks if not isinstance(block, ActionRow)]
        rows = [block for block in reply.page.blocks if isinstance(block, ActionRow)]
        return replace(reply, page=replace(reply.page, blocks=(*texts, *lines, *rows)))

    async def handle(self, interaction: discord.Interaction[Any], custom_id: str, values: Sequence[str]) -> None:
        """Answer a choice, a button, or a modal that was sent."""
        _, field, name = [*custom_id.split(":"), "", ""][:3]
        if field in ("more", "sender"):
            await self._gate.respond(interaction, lambda: self._open_modal(interaction, field, name))
        else:
            await self._gate.answer(interaction, lambda: self._reply(interaction, field, name, values))

    async def _open_modal(self, interaction: discord.Interaction[Any], field: str, name: str) -> None:
        asker = asker_of(interaction)
        _require_manager(asker)
        draft = await self._pages.recall(name)
        modal = _filter_modal if field == "more" else _sender_modal
        await interaction.response.send_modal(modal(draft, name, asker.words))

    async def _first_form(self, interaction: discord.Interaction[Any]) -> Reply:
        asker = asker_of(interaction)
        unusable = isinstance(interaction.channel, discord.StageChannel | discord.CategoryChannel)
        draft = await self._pages.begin(asker, channel_id=0 if unusable else asker.channel_id or 0)
        return await self._form(interaction, draft)

    async def _form(
        self, interaction: discord.Interaction[Any], draft: SubscriptionInput, *, edits_original: bool = False
    ) -> Reply:
        check = await check_channel(interaction, draft.channel_id) if draft.channel_id else ChannelCheck()
        return Reply(await self._pages.page(draft, check, asker_of(interaction)), edits_original=edits_original)

    async def _reply(
        self, interaction: discord.Interaction[Any], field: str, name: str, values: Sequence[str]
    ) -> Reply:
        asker = asker_of(interaction)
        _require_manager(asker)
        draft = await self._pages.recall(name)
        match field:
            case "cancel":
                return Reply(message_page(asker.words("setup-cancelled"), words=asker.words), edits_original=True)
            case "preview":
                return await self._preview(draft, asker)
            case "confirm":
                if not (await check_channel(interaction, draft.channel_id)).postable:
                    return await self._form(interaction, draft, edits_original=True)
                return replace(await self._commands.create(asker, _owned_by(asker, draft)), edits_original=True)
            case "fields":
                inputs = _modal_values(interaction.data or {}, _FILTER_FIELDS)
                typed = {_FILTER_FIELDS[each][0]: text for each, text in inputs.items()}
                draft = apply_typed(draft, typed, asker.words.locale)
            case "signed":
                draft = apply_typed(draft, _modal_values(interaction.data or {}, (*_SENDER_FIELDS, *_POLICY_FIELDS)))
            case _:
                try:
                    draft = apply_choice(draft, field, values)
                except (ValueError, IndexError) as error:
                    raise expired() from error
        return await self._form(interaction, draft, edits_original=True)

    async def _preview(self, draft: SubscriptionInput, asker: Asker) -> Reply:
        words = asker.words
        subscription, digest = await self._services.subscriptions.preview_draft(_owned_by(asker, draft))
        if digest is None or not digest.events:
            return Reply(message_page(words("setup-preview-nothing"), words=words))
        chart = subscription.look is DigestStyle.CHART
        return Reply(digest_page(digest, words, title=words("setup-preview-title"), chart=chart))


def _owned_by(asker: Asker, draft: SubscriptionInput) -> SubscriptionInput:
    """Return the draft as a subscription of the asker's server."""
    return replace(draft, guild_id=asker.guild_scope(), created_by=asker.member_id)


def _filter_modal(draft: SubscriptionInput, name: str, words: Words) -> discord.ui.Modal:
    """Return the modal for times, zones and filters that menus don't offer."""
    modal = _StatelessModal(title=words.plain("setup-form-title"), custom_id=f"{ACTION}:fields:{name}")
    for field, (setting, longest) in _FILTER_FIELDS.items():
        text_input = _text_input(field, getattr(draft, setting), longest, required=field != "filter")
        modal.add_labelled(words.plain(f"setup-form-{field}"), text_input)
    return modal


def _sender_modal(draft: SubscriptionInput, name: str, words: Words) -> discord.ui.Modal:
    """Return the modal for sender, number of posts, and missed or empty digests."""
    modal = _StatelessModal(title=words.plain("setup-sender-title"), custom_id=f"{ACTION}:signed:{name}")
    for field, (setting, longest) in _SENDER_FIELDS.items():
        text_input = _text_input(field, getattr(draft, setting), longest, required=False)
        modal.add_labelled(words.plain(f"setup-sender-{field}"), text_input)
    settings = dict(settings_of())
    for field in _POLICY_FIELDS:
        options = [
            discord.SelectOption(
                label=truncate(words.plain(f"choice-{field}-{choice}"), _MAX_LABEL),
                value=choice,
                default=choice == getattr(draft, field),
            )
            for choice in settings[field].choices
        ]
        modal.add_labelled(words.plain(f"setup-sender-{field}"), discord.ui.Select(custom_id=field, options=options))
    return modal


def _text_input(field: str, text: str | None, longest: int, *, required: bool) -> discord.ui.TextInput[_StatelessModal]:
    return discord.ui.TextInput(
        custom_id=field, default=truncate(text or "", longest), max_length=longest, required=required
    )


class _StatelessModal(discord.ui.Modal):
    """A modal that is answered through its custom id, also after a restart."""

    def is_finished(self) -> bool:
        """Return True, so that discord.py doesn't wait for it."""
        return True

    def add_labelled(self, label: str, field: discord.ui.Item[Any]) -> None:
        """Add a field below a label."""
        labelled: discord.ui.Label[_StatelessModal] = discord.ui.Label(text=label, component=field)
        self.add_item(labelled)


def _modal_values(data: Mapping[str, Any], fields: Iterable[str]) -> dict[str, str]:
    """Return what was typed or chosen in each field of a modal."""
    values = dict.fromkeys(fields, "")
    for each in data.get("components") or ():
        field = each.get("component") or {}
        if field.get("custom_id") in values:
            values[field["custom_id"]] = str(field.get("value") or next(iter(field.get("values") or ()), ""))
    return values


def _require_manager(asker: Asker) -> None:
    if not asker.manager:
        raise NotAllowed("manage-guild")
