"""What can be done with a message? "Summarize message", and "Why is this here?" on one of the bot's own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands as ext

from bot.cogs.client import Client
from bot.cogs.interactions import answer, asker_of
from bot.cogs.message_summary import Short, shorten
from bot.commands import Asker, CommandRegistry, Reply
from bot.errors import InputInvalid
from bot.i18n import DEFAULT, Words, words
from bot.intake.readers import ATTACHMENT_EXTENSIONS
from bot.rendering.escape import clean
from bot.rendering.layout import ActionRow, Block, Group, Menu, MenuOption, Page, paragraph

__all__ = ["MessageMenus"]

_LARGEST_FILE = 500_000
_MOST_FILES = 4
_PATIENCE = 60.0
_EMOJI = re.compile(r"<a?:\w+:\d+>")
_ID = re.compile(r"^(?:-# )?([es]\d{1,18})\b", re.MULTILINE)


class MessageMenus(ext.Cog):
    """The context menus. Texts are shortened in the executor's processes."""

    def __init__(self, client: Client, commands: CommandRegistry, executor: Executor) -> None:
        self._client, self._commands, self._executor = client, commands, executor
        for key, callback in (("menu-summarize", self.summarize), ("menu-why", self.why)):
            menu = app_commands.ContextMenu(
                name=app_commands.locale_str(words(DEFAULT).plain(key), key=key),
                callback=callback,
                allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
                allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            )
            client.tree.add_command(menu)

    async def summarize(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """What a message, its embeds and its text files say, in a few of their own sentences."""
        await answer(interaction, lambda: self._summarized(interaction, message), waits=False)

    async def why(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Why a story is in one of the bot's messages; asks which when there are several."""
        await answer(interaction, lambda: self._explained(interaction, message))

    async def _summarized(self, interaction: discord.Interaction[Any], message: discord.Message) -> Reply:
        asker = asker_of(interaction)
        said = "\n".join(_texts({**_raw(interaction, message), "content": message.clean_content}))
        said = _EMOJI.sub("", said)
        files, left_out = await _files(message)
        if not (said.strip() or files):
            raise InputInvalid("there is no text in this message", "summarize-nothing")
        work = asyncio.wrap_future(self._executor.submit(shorten, said, files))
        shorts, refused = await asyncio.wait_for(work, _PATIENCE)
        if not shorts:
            raise InputInvalid("there is no text in this message", "summarize-nothing")
        return Reply(_short_page(shorts, [*left_out, *refused], asker.words))

    async def _explained(self, interaction: discord.Interaction[Any], message: discord.Message) -> Reply:
        asker = asker_of(interaction)
        raw = _raw(interaction, message)
        me = self._client.user
        mine = me is not None and message.author.id == me.id
        # Under a name of its own a digest comes from a webhook, which tells whose it is.
        mine = mine or (message.webhook_id is not None and message.application_id == self._client.application_id)
        shown = _shown(raw) if mine else {}
        if not shown:
            raise InputInvalid("that is no digest or answer of this bot", "why-not-mine")
        if len(shown) == 1:
            return await self._commands.by_name["why"].run(asker, id=next(iter(shown)))
        return Reply(await self._choice(shown, asker))

    async def _choice(self, shown: Mapping[str, str], asker: Asker) -> Page:
        say = asker.words
        choices = tuple(MenuOption(name or identity, identity) for identity, name in list(shown.items())[:25])
        action = await self._commands.custom_ids.encode("why")
        return Page(
            (paragraph(say("why-choose")), ActionRow((Menu(action, say("why-choose"), choices),))), locale=say.locale
        )


def _raw(interaction: discord.Interaction[Any], message: discord.Message) -> Mapping[str, Any]:
    """The message as Discord sent it, components and all."""
    data: Mapping[str, Any] = interaction.data or {}
    found: Mapping[str, Any] = data.get("resolved", {}).get("messages", {}).get(str(message.id), {})
    return found


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    """What a message says: its content, embeds (a link's too), components, and what it forwards."""
    for part in (message, *(each.get("message") or {} for each in message.get("message_snapshots") or ())):
        if part.get("content"):
            yield str(part["content"])
        for embed in part.get("embeds") or ():
            yield from (str(embed[name]) for name in ("title", "description") if embed.get(name))
            for each in embed.get("fields") or ():
                yield f"{each.get('name', '')}\n{each.get('value', '')}"
        yield from _displays(part.get("components") or ())


def _displays(components: Any) -> Iterator[str]:
    for each in components:
        if each.get("type") == 10 and each.get("content"):
            yield str(each["content"])
        yield from _displays(each.get("components") or ())


async def _files(message: discord.Message) -> tuple[list[tuple[str, bytes]], list[str]]:
    """The attached text files with their bytes, and the names of those that are too large or too many."""
    taken: list[tuple[str, bytes]] = []
    left_out = []
    for each in message.attachments:
        if not each.filename.lower().endswith(ATTACHMENT_EXTENSIONS):
            continue
        if each.size > _LARGEST_FILE or len(taken) == _MOST_FILES:
            left_out.append(each.filename)
            continue
        try:
            taken.append((each.filename, await each.read()))
        except discord.HTTPException:
            left_out.append(each.filename)
    return taken, left_out


def _shown(message: Mapping[str, Any]) -> dict[str, str]:
    """The events or stories that a message of ours shows, in order: id -> headline, as far as it has a menu of them."""
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


def _short_page(shorts: list[Short], left_out: list[str], say: Words) -> Page:
    blocks: list[Block] = [paragraph(say("summarize-title"), size="title")]
    for number, short in enumerate(shorts, 1):
        inner = []
        if len(shorts) > 1:
            inner.append(paragraph(say("summarize-story", number=number, count=len(shorts)), size="small"))
        if clean(short.headline) and short.headline not in short.sentences:
            inner.append(paragraph(short.headline, size="heading"))
        if short.whole:
            inner.append(paragraph(say("summarize-whole"), size="small"))
        inner.append(paragraph(" ".join(short.sentences)))
        blocks.append(Group(tuple(inner)))
    if left_out:
        blocks.append(paragraph(say("summarize-left-out", names=", ".join(left_out)), size="small"))
    return Page(tuple(blocks), locale=say.locale)
