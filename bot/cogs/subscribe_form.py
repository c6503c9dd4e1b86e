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
from bot.cogs.interactions import ComponentHandler, InteractionGate, asker_of, post_payload
from bot.cogs.permissions import ChannelCheck, check_channel
from bot.cogs.subscribe_draft import (
    ACTION,
    Step,
    SubscribeFormPages,
    apply_choice,
    apply_typed,
    channel_problems,
    expired,
)
from bot.commands import Asker, CommandRegistry, Reply
from bot.commands.digest_buttons import draft_buttons
from bot.commands.subscriptions import COPY_CHANNELS, SubscriptionCommands
from bot.delivery.messages import draw_test
from bot.errors import NotAllowed
from bot.i18n import Words
from bot.newsroom.models import DigestStyle, Notification, TalkMode
from bot.newsroom.subscription_input import SubscriptionInput, settings_of
from bot.rendering.discord import draw
from bot.rendering.escape import truncate
from bot.rendering.layout import ActionRow, Button, Page, Span, paragraph
from bot.rendering.pages.help import message_page
from bot.rendering.pages.looks import page_of_digest
from summarizers.labels.country_names import country_name

__all__ = ["SubscribeForm"]

_FILTER_FIELDS = {"filter": ("filter", 400)}
"""Text inputs of the modal for a filter: the field each sets, and its longest text."""

_COUNTRY_FIELDS = {"country": ("country", 400)}
"""The same of the modal for countries that the menu doesn't offer."""

_TIME_FIELDS = {"times": ("times", 60), "zone": ("timezone", 60)}
"""The same of the modal for times and zones that the menus don't offer."""

_TEXT_MODALS = {
    "typed": ("filter", _FILTER_FIELDS),
    "find": ("found", _COUNTRY_FIELDS),
    "more": ("clock", _TIME_FIELDS),
}
"""Modals of text inputs by the button that opens them: the field of their custom id, and their inputs."""

_TEXT_FIELDS = dict(_TEXT_MODALS.values())
"""Inputs by the field of the modal that was sent."""

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
        self._custom_ids = commands.custom_ids
        self._commands = SubscriptionCommands(commands.services, commands.custom_ids)
        self._pages = SubscribeFormPages(commands.services, clock)
        component_handlers[ACTION] = self.handle
        hooks.empty_call_handlers["subscribe"] = self.open
        for command in ("subscribe", "edit", "copy"):
            hooks.reply_hooks[command] = self.add_channel_problems

    async def open(self, interaction: discord.Interaction[Any]) -> None:
        """Answer /subscribe without options."""
        await self._gate.answer(interaction, lambda: self._first_form(interaction))

    async def add_channel_problems(
        self, interaction: discord.Interaction[Any], values: Mapping[str, Any], reply: Reply
    ) -> Reply:
        """Add to the reply of /subscribe, /edit and /copy what the bot lacks in the channels."""
        copied_to = [values[each] for each in COPY_CHANNELS[1:] if each in values]
        for channel_id in copied_to:
            reply = await self._with_problems(interaction, channel_id, {}, reply)
        channel_id = values.get("channel") or (None if "id" in values else interaction.channel_id)
        if channel_id is None and ("role" in values or "talk" in values):
            subscription, _ = await self._services.subscriptions.get(values["id"], guild_id=interaction.guild_id)
            channel_id = subscription.channel_id
        if channel_id is None:
            return reply
        return await self._with_problems(interaction, channel_id, values, reply)

    async def _with_problems(
        self, interaction: discord.Interaction[Any], channel_id: int, values: Mapping[str, Any], reply: Reply
    ) -> Reply:
        """Add to a reply what the bot lacks in one channel for these settings."""
        check = await check_channel(interaction, channel_id)
        words = asker_of(interaction).words
        lines = channel_problems(channel_id, check, words)
        if check.postable and check.no_threads and values.get("talk", TalkMode.NONE) != TalkMode.NONE:
            lines.append(paragraph(words("setup-no-threads")))
        role = interaction.guild.get_role(values.get("role", 0)) if interaction.guild is not None else None
        if check.postable and check.no_mentions and role is not None and not (role.mentionable or role.is_default()):
            lines.append(paragraph(words("setup-no-mention")))
        texts = [block for block in reply.page.blocks if not isinstance(block, ActionRow)]
        rows = [block for block in reply.page.blocks if isinstance(block, ActionRow)]
        return replace(reply, page=replace(reply.page, blocks=(*texts, *lines, *rows)))

    async def handle(self, interaction: discord.Interaction[Any], custom_id: str, values: Sequence[str]) -> None:
        """Answer a choice, a button, or a modal that was sent."""
        _, field, name = [*custom_id.split(":"), "", ""][:3]
        if field == "sender" or field in _TEXT_MODALS:
            await self._gate.respond(interaction, lambda: self._open_modal(interaction, field, name))
        else:
            await self._gate.answer(interaction, lambda: self._reply(interaction, field, name, values))

    async def _open_modal(self, interaction: discord.Interaction[Any], field: str, name: str) -> None:
        asker = asker_of(interaction)
        _require_manager(asker)
        draft = await self._pages.recall(name)
        modal = (
            _sender_modal(draft, name, asker.words)
            if field == "sender"
            else _text_modal(draft, name, asker.words, field)
        )
        await interaction.response.send_modal(modal)

    async def _first_form(self, interaction: discord.Interaction[Any]) -> Reply:
        asker = asker_of(interaction)
        unusable = isinstance(interaction.channel, discord.StageChannel | discord.CategoryChannel)
        draft = await self._pages.begin(asker, channel_id=0 if unusable else asker.channel_id or 0)
        return await self._form(interaction, draft, Step.WHERE)

    async def _form(
        self,
        interaction: discord.Interaction[Any],
        draft: SubscriptionInput,
        step: Step,
        *,
        edits_original: bool = False,
    ) -> Reply:
        check = await check_channel(interaction, draft.channel_id) if draft.channel_id else ChannelCheck()
        page = await self._pages.page(draft, check, asker_of(interaction), step)
        return Reply(page, edits_original=edits_original)

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
                return await self._preview(draft, name, asker)
            case "test":
                return await self._post_test(interaction, draft, name)
            case "confirm":
                if not draft.timezone or not (await check_channel(interaction, draft.channel_id)).postable:
                    return await self._form(interaction, draft, Step.WHEN, edits_original=True)
                return replace(await self._commands.create(asker, _owned_by(asker, draft)), edits_original=True)
            case Step.WHERE | Step.WHEN:
                return await self._form(interaction, draft, Step(field), edits_original=True)
            case "filter" | "found" | "clock":
                fields = _TEXT_FIELDS[field]
                inputs = _modal_values(interaction.data or {}, fields)
                typed = {fields[each][0]: text for each, text in inputs.items() if text or each != "zone"}
                draft = apply_typed(draft, typed, asker.words.locale)
            case "signed":
                draft = apply_typed(draft, _modal_values(interaction.data or {}, (*_SENDER_FIELDS, *_POLICY_FIELDS)))
            case _:
                try:
                    draft = apply_choice(draft, field, values)
                except (ValueError, IndexError) as error:
                    raise expired() from error
        return await self._form(interaction, draft, Step.of(field), edits_original=True)

    async def _preview(self, draft: SubscriptionInput, name: str, asker: Asker) -> Reply:
        """Show in the form's place what would be posted now, with the way back."""
        words = asker.words
        buttons = [
            Button(words("setup-back"), f"{ACTION}:{Step.WHEN}:{name}"),
            Button(words("setup-confirm"), f"{ACTION}:confirm:{name}", primary=True),
        ]
        subscription, digest = await self._services.subscriptions.preview_draft(_owned_by(asker, draft))
        if digest is None or not digest.events:
            return Reply(
                message_page(words("setup-preview-nothing"), words=words, buttons=buttons), edits_original=True
            )
        while True:
            title = words("setup-preview-title")
            page = page_of_digest(digest, words, subscription.look, title=title, buttons=buttons)
            if len(digest.events) == 1 or len(draw(page, DigestStyle.CHART)) == 1:
                return Reply(page, edits_original=True)
            digest = replace(digest, events=digest.events[:-1], omitted=digest.omitted + 1)

    async def _post_test(self, interaction: discord.Interaction[Any], draft: SubscriptionInput, name: str) -> Reply:
        """Post what would be posted now, in its look, marked as a test; record nothing of it."""
        asker = asker_of(interaction)
        words = asker.words
        check = await check_channel(interaction, draft.channel_id)
        channel = interaction.client.get_partial_messageable(draft.channel_id)
        if not check.postable:
            return await self._form(interaction, draft, Step.WHEN, edits_original=True)
        found = interaction.guild.get_channel(draft.channel_id) if interaction.guild else None
        if isinstance(found, discord.ForumChannel):
            return Reply(message_page(words("setup-test-forum"), words=words))
        subscription, digest = await self._services.subscriptions.preview_draft(_owned_by(asker, draft))
        if digest is None or not digest.events:
            return Reply(message_page(words("setup-preview-nothing"), words=words))
        subscription = replace(subscription, look=check.permitted_look(subscription.look))
        more, details = await draft_buttons(self._custom_ids, subscription, digest)
        silent = subscription.notify is Notification.SILENT
        member = interaction.user.display_name
        for payload in draw_test(subscription, digest, member, more=more, details=details):
            await post_payload(channel, payload, silent=silent)
        posted = paragraph(Span(f"<#{draft.channel_id}>", trusted=True), ": ", words("setup-test-posted"))
        return Reply(Page((posted,), locale=words.locale))


def _owned_by(asker: Asker, draft: SubscriptionInput) -> SubscriptionInput:
    """Return the draft as a subscription of the asker's server."""
    return replace(draft, guild_id=asker.guild_scope(), created_by=asker.member_id)


def _text_modal(draft: SubscriptionInput, name: str, words: Words, button: str) -> discord.ui.Modal:
    """Return the modal that a button opens, for what menus don't offer."""
    sent_as, fields = _TEXT_MODALS[button]
    modal = _StatelessModal(title=words.plain(f"setup-form-title-{sent_as}"), custom_id=f"{ACTION}:{sent_as}:{name}")
    for field, (setting, longest) in fields.items():
        text = getattr(draft, setting)
        if field == "country" and text:
            text = ", ".join(country_name(code, words.locale) for code in text.split(","))
        text_input = _text_input(field, text, longest, required=field == "times")
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
