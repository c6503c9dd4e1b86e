"""Context menus of messages: "Summarize message", "Add to the paper", "Why is this here?"."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands as ext

from bot.cogs.command_tree import given_file
from bot.cogs.interactions import InteractionGate, asker_of
from bot.cogs.message_summary import StorySummary, summarize_message
from bot.commands import Asker, CommandRegistry, Reply
from bot.commands.sources import drop_given_file, dropped_reply
from bot.errors import InputInvalid
from bot.i18n import DEFAULT, Words
from bot.i18n import words as words_in
from bot.intake.readers import ATTACHMENT_EXTENSIONS
from bot.intake.worker_pool import DeadlineExceeded, DeadlineExecutor, WorkerDied
from bot.rendering.escape import clean
from bot.rendering.layout import ActionRow, Block, Group, Menu, MenuOption, Page, paragraph
from bot.services.sources import DropOrigin

__all__ = ["MessageMenus"]

_MAX_FILE_BYTES = 500_000
"""Larger files take too long to download and summarize while a member waits."""

_MAX_FILES = 4
"""Files of one message that are read; more take too long while a member waits."""

_SUMMARY_SECONDS = 20.0
"""Seconds of work on one message; the longest that are read take five on a slow machine."""

_SUMMARY_TIMEOUT = 60.0
"""Seconds for a summary with those before it, of Discord's 15 minutes: nobody waits longer."""

_MAX_CHOICES = 25
"""Lines of a menu that Discord allows."""

_TEXT_DISPLAY = 10
"""Discord's type of the component that shows text."""

_EMOJI = re.compile(r"<a?:\w+:\d+>")
_LINK = re.compile(r"<?https?://[^\s<>]+>?")
_ID = re.compile(r"^(?:-# )?([es]\d{1,18})\b", re.MULTILINE)


class MessageMenus(ext.Cog):
    """The context menus; messages are summarized in the executor's processes."""

    def __init__(
        self,
        client: ext.AutoShardedBot,
        commands: CommandRegistry,
        *,
        gate: InteractionGate,
        executor: DeadlineExecutor,
    ) -> None:
        self._client, self._commands, self._gate, self._executor = client, commands, gate, executor
        for key, callback in (("menu-summarize", self.summarize), ("menu-why", self.why)):
            menu = app_commands.ContextMenu(
                name=app_commands.locale_str(words_in(DEFAULT).plain(key), key=key),
                callback=callback,
                allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
                allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            )
            client.tree.add_command(menu)
        client.tree.add_command(
            app_commands.ContextMenu(
                name=app_commands.locale_str(words_in(DEFAULT).plain("menu-add"), key="menu-add"),
                callback=self.add_to_paper,
                allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
                allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            )
        )

    async def add_to_paper(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Read a message's text, files and link as documents of its server."""
        await self._gate.answer(interaction, lambda: self._add(interaction, message))

    async def _add(self, interaction: discord.Interaction[Any], message: discord.Message) -> Reply:
        asker = asker_of(interaction)
        guild_id, dropper = asker.guild_scope(), self._commands.services.sources.dropper
        if dropper is None:
            raise InputInvalid("this program reads no documents")
        channel = getattr(message.channel, "name", None) or getattr(interaction.channel, "name", None)
        origin = DropOrigin(guild_id, f"#{channel}" if channel else None, message.jump_url, message.created_at)
        text = "\n".join(_texts({**_raw(interaction, message), "content": message.clean_content}))
        text = _EMOJI.sub("", text).strip()
        documents = [await drop_given_file(dropper, given_file(each), origin) for each in message.attachments]
        if _LINK.fullmatch(text):
            documents.append(await dropper.drop_link(text.strip("<>"), origin))
        elif text:
            documents.append(await dropper.drop_text(text, origin))
        if not documents:
            raise InputInvalid("there is no text in this message", "summarize-nothing")
        return dropped_reply(documents, asker)

    async def summarize(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Summarize a message, its embeds and its text files in a few of their own sentences."""
        await self._gate.answer(interaction, lambda: self._summary(interaction, message), queued=False)

    async def why(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Show why a story is in one of the bot's messages; asks which if there are several."""
        await self._gate.answer(interaction, lambda: self._explanation(interaction, message))

    async def _summary(self, interaction: discord.Interaction[Any], message: discord.Message) -> Reply:
        asker = asker_of(interaction)
        text = "\n".join(_texts({**_raw(interaction, message), "content": message.clean_content}))
        text = _EMOJI.sub("", text)
        files, left_out = await _download_files(message)
        if not (text.strip() or files):
            raise InputInvalid("there is no text in this message", "summarize-nothing")
        work = self._executor.submit_within(_SUMMARY_SECONDS, summarize_message, text, files)
        try:
            summaries, unreadable = await asyncio.wait_for(asyncio.wrap_future(work), _SUMMARY_TIMEOUT)
        except (DeadlineExceeded, WorkerDied, TimeoutError) as error:
            raise InputInvalid("the message takes too long to summarize", "summarize-too-long") from error
        if not summaries:
            raise InputInvalid("there is no text in this message", "summarize-nothing")
        return Reply(_summary_page(summaries, [*left_out, *unreadable], asker.words))

    async def _explanation(self, interaction: discord.Interaction[Any], message: discord.Message) -> Reply:
        asker = asker_of(interaction)
        user = self._client.user
        own = user is not None and message.author.id == user.id
        # A digest under a name of its own comes from a webhook; its application tells whose.
        own = own or (message.webhook_id is not None and message.application_id == self._client.application_id)
        shown = _shown_ids(_raw(interaction, message)) if own else {}
        if not shown:
            raise InputInvalid("that is no digest or answer of this bot", "why-not-mine")
        if len(shown) == 1:
            return await self._commands.by_name["why"].run(asker, id=next(iter(shown)))
        return Reply(await self._choice_page(shown, asker))

    async def _choice_page(self, shown: Mapping[str, str], asker: Asker) -> Page:
        words = asker.words
        choices = tuple(MenuOption(headline or id_, id_) for id_, headline in list(shown.items())[:_MAX_CHOICES])
        action = await self._commands.custom_ids.encode("why")
        menu = Menu(action, words("why-choose"), choices)
        return Page((paragraph(words("why-choose")), ActionRow((menu,))), locale=words.locale)


def _raw(interaction: discord.Interaction[Any], message: discord.Message) -> Mapping[str, Any]:
    """Return the message as Discord sent it, with all components."""
    data: Mapping[str, Any] = interaction.data or {}
    raw: Mapping[str, Any] = data.get("resolved", {}).get("messages", {}).get(str(message.id), {})
    return raw


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts of a message: content, embeds, components, forwarded messages."""
    for part in (message, *(each.get("message") or {} for each in message.get("message_snapshots") or ())):
        if part.get("content"):
            yield str(part["content"])
        for embed in part.get("embeds") or ():
            yield from (str(embed[name]) for name in ("title", "description") if embed.get(name))
            for each in embed.get("fields") or ():
                yield f"{each.get('name', '')}\n{each.get('value', '')}"
        yield from _component_texts(part.get("components") or ())


def _component_texts(components: Any) -> Iterator[str]:
    for each in components:
        if each.get("type") == _TEXT_DISPLAY and each.get("content"):
            yield str(each["content"])
        yield from _component_texts(each.get("components") or ())


async def _download_files(message: discord.Message) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Return the attached text files with their bytes, and the names of those left out."""
    downloaded: list[tuple[str, bytes]] = []
    left_out = []
    for each in message.attachments:
        if not each.filename.lower().endswith(ATTACHMENT_EXTENSIONS):
            continue
        if each.size > _MAX_FILE_BYTES or len(downloaded) == _MAX_FILES:
            left_out.append(each.filename)
            continue
        try:
            downloaded.append((each.filename, await each.read()))
        except discord.HTTPException:
            left_out.append(each.filename)
    return downloaded, left_out


def _shown_ids(message: Mapping[str, Any]) -> dict[str, str]:
    """Return the ids of events and stories in a message of the bot, with headlines if known."""
    shown: dict[str, str] = {}
    for text in _texts(message):
        shown.update(dict.fromkeys(_ID.findall(text), ""))
    for option in _options(message.get("components") or ()):
        if _ID.fullmatch(str(option.get("value"))):
            shown[str(option["value"])] = str(option.get("label", ""))
    return shown


def _options(components: Any) -> Iterator[Mapping[str, Any]]:
    for each in components:
        yield from each.get("options") or ()
        yield from _options(each.get("components") or ())


def _summary_page(summaries: list[StorySummary], left_out: list[str], words: Words) -> Page:
    blocks: list[Block] = [paragraph(words("summarize-title"), size="title")]
    for number, summary in enumerate(summaries, 1):
        lines = []
        if len(summaries) > 1:
            lines.append(paragraph(words("summarize-story", number=number, count=len(summaries)), size="small"))
        if clean(summary.headline) and summary.headline not in summary.sentences:
            lines.append(paragraph(summary.headline, size="heading"))
        if summary.complete:
            lines.append(paragraph(words("summarize-whole"), size="small"))
        lines.append(paragraph(" ".join(summary.sentences)))
        blocks.append(Group(tuple(lines)))
    if left_out:
        blocks.append(paragraph(words("summarize-left-out", names=", ".join(left_out)), size="small"))
    return Page(tuple(blocks), locale=words.locale)
