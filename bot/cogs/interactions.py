"""How does a reply reach the member in time, and what is said when it can't be made?

Every interaction passes through `answer`: quick ones are answered at once, slow ones are announced first, errors
become words in the member's language. Nothing said here mentions anybody.
"""

from __future__ import annotations

import asyncio
import base64
import io
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, cast

import aiohttp
import discord
import structlog
from discord import InteractionType, app_commands

from bot.commands.error_messages import error_message
from bot.commands.types import Asker, Reply
from bot.errors import GazetteError, NotAllowed, StoreUnavailable
from bot.newsroom.models import DigestStyle
from bot.rendering.discord import FILES_KEY, draw
from bot.rendering.layout import Page
from bot.rendering.pages.messages import message_page

__all__ = ["Drawn", "Turns", "answer", "asker_of", "refuse", "show"]

log = structlog.get_logger()

PATIENCE = 0.2
"""Seconds before an answer is announced with a deferral. Discord gives up after 3; the way there takes some of them,
and a member sees sooner that the bot is at it."""

_MOST_MESSAGES = 5

_UNKNOWN_INTERACTION = 10062
_ALREADY_ACKNOWLEDGED = 40060


class Drawn(discord.ui.LayoutView):
    """Components that are drawn already, in the shape that discord.py sends."""

    def __init__(self, components: list[dict[str, Any]]) -> None:
        super().__init__(timeout=None)
        self._drawn = components

    def to_components(self) -> list[dict[str, Any]]:
        """The components as drawn."""
        return self._drawn

    def has_components_v2(self) -> bool:
        """They always are."""
        return True

    def is_finished(self) -> bool:
        """Nothing listens on it: presses come through the action in the button's id."""
        return True

    def is_dispatchable(self) -> bool:
        """As above."""
        return False


def asker_of(interaction: discord.Interaction[Any]) -> Asker:
    """Who asks, and where."""
    return Asker(
        locale=interaction.locale.value,
        member_id=interaction.user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id,
        manager=bool(interaction.guild_id and interaction.permissions.manage_guild),
    )


class Turns:
    """Who is being answered: `at_once` questions are worked on at the same time, the others in their turn.

    More threads at the database would only take the processor from each other. Beyond `most` that wait, members are
    asked to come back: what can't be done in time would hold up what can.
    """

    def __init__(self, at_once: int = 8, most: int = 1000) -> None:
        self._turn, self._most = asyncio.Semaphore(at_once), most
        self._under_way: set[asyncio.Future[None]] = set()

    @property
    def under_way(self) -> int:
        """Answers that are being given."""
        return len(self._under_way)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """An answer is being given. Raises StoreUnavailable when too many wait."""
        if len(self._under_way) >= self._most:
            raise StoreUnavailable(f"{self._most} answers are under way")
        given: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._under_way.add(given)
        try:
            yield
        finally:
            self._under_way.discard(given)
            given.cancel()

    async def take(self, make: Callable[[], Awaitable[Reply]]) -> Reply:
        """What `make` gives, when its turn has come."""
        async with self._turn:
            return await make()

    async def all_given(self, patience: float) -> None:
        """Wait until what is under way is done, for so many seconds at most."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=patience)


class TakesTurns(Protocol):
    """A client that answers."""

    turns: Turns


async def answer(
    interaction: discord.Interaction[Any], make: Callable[[], Awaitable[Reply]], *, waits: bool = True
) -> None:
    """Answer with what `make` gives: at once when it is quick, else announced first; errors in words.

    What doesn't ask the database much (`waits=False`) needs no turn.
    """
    turns = cast("TakesTurns", interaction.client).turns
    task: asyncio.Task[Reply] | None = None
    try:
        with turns.answering():
            task = asyncio.create_task(turns.take(make) if waits else _made(make))
            done, _ = await asyncio.wait({task}, timeout=PATIENCE)
            if not done:
                await _announce(interaction)
            await show(interaction, await task)
    except Exception as error:  # the surface where errors become words
        await refuse(interaction, error)
    finally:
        if task is not None:
            task.cancel()


async def _made(make: Callable[[], Awaitable[Reply]]) -> Reply:
    return await make()


async def refuse(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Tell the member what is wrong, privately and in their language; log what is ours with a reference."""
    text = _words_for(error, asker_of(interaction))
    if text is None:
        log.warning("interaction.lost", interaction=interaction.id, error=str(error)[:200])
        return
    try:
        await show(interaction, Reply(message_page(text, words=asker_of(interaction).words)))
    except discord.HTTPException as failed:
        log.warning("answer.failed", status=failed.status, code=failed.code)
    except (aiohttp.ClientError, OSError, RuntimeError) as failed:  # the line is down, or closed at the end
        log.warning("answer.failed", error=type(failed).__name__)


def _words_for(error: BaseException, asker: Asker) -> str | None:
    """What the member reads; None when nobody can read it any more."""
    words = asker.words
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, app_commands.MissingPermissions):
        error = NotAllowed(error.missing_permissions[0])
    if isinstance(error, GazetteError):
        log.info("command.refused", error=error.key)
        return error_message(error, words)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        # What Discord's clients show may be older than what the program registered.
        log.warning("command.unknown", error=str(error))
        return words("error-input", problem=words("error-command-changed"))
    if isinstance(error, discord.HTTPException) and error.code in (_UNKNOWN_INTERACTION, _ALREADY_ACKNOWLEDGED):
        return None
    if isinstance(error, aiohttp.ClientError | ConnectionError):
        return None
    reference = secrets.token_hex(4)
    log.error("command.failed", reference=reference, exc_info=error)
    return words("error", reference=reference)


async def _announce(interaction: discord.Interaction[Any]) -> None:
    if _on_own_answer(interaction):  # the pressed answer stays as it is until there is another
        await _surely(interaction.response.defer)
    else:
        await _surely(lambda: interaction.response.defer(ephemeral=True, thinking=True))


async def _surely(send: Callable[[], Awaitable[object]]) -> None:
    """Send; once more when the line was closed under us, as idle connections are. Raises discord.HTTPException."""
    try:
        await send()
    except aiohttp.ServerDisconnectedError:
        await send()


def _on_own_answer(interaction: discord.Interaction[Any]) -> bool:
    """Was it a button on an answer that only this member sees?"""
    message = interaction.message
    return interaction.type is not InteractionType.application_command and bool(message and message.flags.ephemeral)


async def show(interaction: discord.Interaction[Any], reply: Reply) -> None:
    """Send a reply, or put it in the place of the answer whose button was pressed. Raises discord.HTTPException."""
    (first, files), *rest = _views(reply.page)
    replaces = reply.edits_original and _on_own_answer(interaction)
    if not interaction.response.is_done():
        if replaces:
            await _surely(lambda: interaction.response.edit_message(view=first, attachments=files()))
        else:
            await _surely(lambda: interaction.response.send_message(view=first, files=files(), ephemeral=reply.private))
    elif replaces or not _on_own_answer(interaction):
        await _surely(lambda: interaction.edit_original_response(view=first, attachments=files()))
    else:
        await interaction.followup.send(view=first, files=files(), ephemeral=reply.private)
    for view, more in rest:
        await interaction.followup.send(view=view, files=more(), ephemeral=reply.private)


def _views(page: Page) -> list[tuple[Drawn, Callable[[], list[discord.File]]]]:
    """The page's messages, each with what opens its files: one that was sent can't be sent again."""
    drawn = draw(page, DigestStyle.CHART, most=_MOST_MESSAGES)  # as components, with the chart that the page may have
    return [(Drawn(payload["components"]), partial(_files, payload)) for payload in drawn]


def _files(payload: Mapping[str, Any]) -> list[discord.File]:
    said = {each["filename"]: each["description"] for each in payload.get("attachments") or ()}
    return [
        discord.File(io.BytesIO(base64.b64decode(data)), filename=name, description=said.get(name))
        for name, data in payload.get(FILES_KEY, {}).items()
    ]
