"""Answers to interactions: once, on time, in the member's language, few at a time.

Every interaction passes through `InteractionGate`: quick ones are answered at once, slow ones are deferred first, errors
become words in the member's language. Nothing that is sent here mentions anybody.

Of several processes that get an interaction the one that claims it answers (`bot.cluster.interaction_claims`). The others
stand by: when it dies or hangs, one of them tells Discord that an answer is coming, takes the claim over, and carries the
command out, or says that it was carried out.
"""

from __future__ import annotations

import asyncio
import base64
import io
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import aiohttp
import discord
import structlog
from discord import InteractionType, app_commands

from bot.cluster.interaction_claims import InteractionClaim, InteractionClaims
from bot.cogs.member_queues import MemberQueues
from bot.commands.error_messages import error_message
from bot.commands.types import Asker, Reply
from bot.errors import GazetteError, NotAllowed, StoreError, StoreUnavailable
from bot.newsroom.models import DigestStyle
from bot.rendering.discord import COMPONENTS_V2, FILES_KEY, draw
from bot.rendering.layout import Page
from bot.rendering.pages.help import message_page
from bot.store.claimed_interactions import InteractionTaken, Takeover

__all__ = [
    "DEFER_AFTER",
    "AnswerRaceFilter",
    "ComponentHandler",
    "InteractionGate",
    "RenderedView",
    "asker_of",
    "post_payload",
    "send_error",
    "send_reply",
]

log = structlog.get_logger()

DEFER_AFTER = 0.2
"""Seconds after which an answer that isn't ready is deferred.

Discord gives up after 3, some of which are spent on the way here, and a member sees sooner that the bot is working.
"""

_CLAIM_PATIENCE = 1.0
"""Seconds after which an answer is deferred though the database hasn't decided the claim yet."""

_LATE_AFTER = timedelta(seconds=1.5)
"""Age of an interaction from which on it is carried out only if Discord still takes an answer.

A process that hung, or that connects again, gets interactions that Discord has given up.
"""

_MAX_CONCURRENT = 8
"""Questions that are worked on at once: more threads at the database only take the processor from each other."""

_MAX_IN_FLIGHT = 1000
"""Answers that may be in flight; more could not be given in time, and would hold up those that can."""

_MAX_MESSAGES = 5
"""Messages that one answer may take; what doesn't fit is on the next page."""

_LOGGED_ERROR_LENGTH = 200
"""Characters of an error of Discord's that go into the log."""

_REFERENCE_BYTES = 4
"""Random bytes of the reference number under which the log has the details of an unexpected error."""

_UNKNOWN_INTERACTION = 10062
"""Discord's error code for an interaction that it no longer waits for."""

_ALREADY_ACKNOWLEDGED = 40060
"""Discord's error code for an interaction that was answered before."""


ComponentHandler = Callable[[discord.Interaction[Any], str, Sequence[str]], Awaitable[None]]
"""Answers a component itself, as it needs more of Discord than an asker: takes the custom id and the chosen values."""


class RenderedView(discord.ui.LayoutView):
    """Components that are rendered already, in the shape that discord.py sends.

    Presses reach the client by their custom ids, not this object.
    """

    def __init__(self, components: list[dict[str, Any]], *, complete: bool = True) -> None:
        super().__init__(timeout=None)
        self._components, self._complete = components, complete

    def to_components(self) -> list[dict[str, Any]]:
        """Return the components as rendered."""
        return self._components

    def has_components_v2(self) -> bool:
        """Return whether the components are the whole message, not only the rows below its text."""
        return self._complete

    def is_finished(self) -> bool:
        """Return True, so that discord.py doesn't wait for presses."""
        return True

    def is_dispatchable(self) -> bool:
        """Return False, so that discord.py doesn't register the components."""
        return False


class AnswerRaceFilter(logging.Filter):
    """Filter for discord.py's log: suggestions that another process gave, or that came too late."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False for such a record."""
        error = record.exc_info[1] if record.exc_info else None
        return not (
            isinstance(error, discord.HTTPException) and error.code in (_UNKNOWN_INTERACTION, _ALREADY_ACKNOWLEDGED)
        )


def asker_of(interaction: discord.Interaction[Any]) -> Asker:
    """Return who asks, and where."""
    return Asker(
        locale=interaction.locale.value,
        member_id=interaction.user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id,
        manager=bool(interaction.guild_id and interaction.permissions.manage_guild),
        guild_locale=interaction.guild_locale.value if interaction.guild_locale else None,
    )


class InteractionGate:
    """Gate of all interactions: one process answers each, and a limited number at once.

    `max_concurrent` questions are worked on at the same time, others wait, those of one member in a queue of their own. While `max_in_flight` are being answered,
    members are asked to come back later.
    """

    def __init__(
        self,
        claims: InteractionClaims,
        max_concurrent: int = _MAX_CONCURRENT,
        max_in_flight: int = _MAX_IN_FLIGHT,
    ) -> None:
        self._claims = claims
        self._semaphore, self._max_in_flight = asyncio.Semaphore(max_concurrent), max_in_flight
        self._queues = MemberQueues()
        self._in_flight: set[asyncio.Future[None]] = set()
        self._standing_by: set[asyncio.Task[None]] = set()

    @property
    def in_flight(self) -> int:
        """Number of interactions that are being answered."""
        return len(self._in_flight)

    async def answer(
        self, interaction: discord.Interaction[Any], make: Callable[[], Awaitable[Reply]], *, queued: bool = True
    ) -> None:
        """Answer with the reply that `make` returns, deferred if necessary; errors become messages.

        With `queued=False`, for work that hardly asks the database, it doesn't wait for others.
        """
        work = partial(self._in_turn, interaction.user.id, make) if queued else partial(_call, make)
        claim = self._claims.begin(interaction.id)
        await self._with_errors_sent(interaction, claim, lambda: self._answer_first(interaction, claim, work))
        if claim.is_lost():
            self._stand_by(claim, lambda former: self._answer_instead(interaction, claim, work, former))

    async def respond(self, interaction: discord.Interaction[Any], act: Callable[[], Awaitable[None]]) -> None:
        """Let `act` answer by itself, as with a modal; errors become messages."""
        claim = self._claims.begin(interaction.id)

        async def respond_first() -> None:
            if await _is_ours(claim):
                await act()
                claim.answered()

        async def respond_instead(former: str) -> None:
            if await claim.take_over(former) is not Takeover.LOST:
                await act()
                claim.answered()

        await self._with_errors_sent(interaction, claim, respond_first)
        if claim.is_lost():
            self._stand_by(
                claim,
                lambda former: self._with_errors_sent(interaction, claim, lambda: respond_instead(former)),
            )

    async def close(self, seconds: float) -> None:
        """Wait at most so many seconds for answers in flight; stop standing by."""
        for task in self._standing_by:
            task.cancel()
        if self._in_flight:
            await asyncio.wait(set(self._in_flight), timeout=seconds)
        await self._claims.drain()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        if len(self._in_flight) >= self._max_in_flight:
            raise StoreUnavailable(f"{self._max_in_flight} answers are in flight")
        answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._in_flight.add(answered)
        try:
            yield
        finally:
            self._in_flight.discard(answered)
            answered.cancel()

    async def _in_turn(self, member_id: int, make: Callable[[], Awaitable[Reply]]) -> Reply:
        async with self._queues.turn(member_id), self._semaphore:
            return await make()

    async def _with_errors_sent(
        self, interaction: discord.Interaction[Any], claim: InteractionClaim, act: Callable[[], Awaitable[None]]
    ) -> None:
        """Run `act`; an error becomes a message unless another process answers."""
        try:
            await act()
        except (InteractionTaken, _TooLate):
            return
        except Exception as error:  # the surface where errors become words
            if await _is_ours(claim):
                await send_error(interaction, error)
                claim.answered()

    async def _answer_first(
        self, interaction: discord.Interaction[Any], claim: InteractionClaim, work: Callable[[], Awaitable[Reply]]
    ) -> None:
        """Answer as the process that claims the interaction first, unless another one does."""
        with self._counted():
            deferred = discord.utils.utcnow() - interaction.created_at > _LATE_AFTER
            if deferred and await _is_ours(claim):
                await _defer(interaction)
            if claim.is_lost():
                return
            began = asyncio.get_running_loop().time()
            with claim.guarding():
                task = asyncio.create_task(_call(work))  # begins before the claim is decided
            try:
                await asyncio.wait({claim.decided}, timeout=_CLAIM_PATIENCE)
                if claim.is_lost():
                    return
                if not deferred:
                    left = began + DEFER_AFTER - asyncio.get_running_loop().time()
                    await asyncio.wait({task}, timeout=max(left, 0))
                    if not task.done():
                        await _defer(interaction)
                        deferred = True
                await self._finish(interaction, claim, task, deferred=deferred)
            finally:
                _abandon(task)

    async def _finish(
        self,
        interaction: discord.Interaction[Any],
        claim: InteractionClaim,
        task: asyncio.Task[Reply],
        *,
        deferred: bool,
    ) -> None:
        """Send the reply when it is there, and hold the claim until then."""
        while not task.done():
            claim.extend()
            await asyncio.wait({task}, timeout=claim.extension_seconds)
        reply = await task
        if not claim.is_lost():
            await send_reply(interaction, reply, deferred=deferred)
            claim.answered()

    # Standing by

    def _stand_by(self, claim: InteractionClaim, take_over: Callable[[str], Awaitable[None]]) -> None:
        """Wait for another process's answer, and `take_over` if it dies or hangs."""

        async def wait_for_answer() -> None:
            try:
                former = await claim.wait_until_abandoned()
            except StoreError as error:
                log.warning("interaction.not_watched", interaction=claim.id, error=str(error))
                return
            if former is not None:
                log.info("interaction.taken_over", interaction=claim.id, former=former)
                await take_over(former)

        task = asyncio.create_task(wait_for_answer(), name=f"stand-by-{claim.id}")
        self._standing_by.add(task)
        task.add_done_callback(self._standing_by.discard)

    async def _answer_instead(
        self,
        interaction: discord.Interaction[Any],
        claim: InteractionClaim,
        work: Callable[[], Awaitable[Reply]],
        former: str,
    ) -> None:
        """Answer in place of a process that died or hangs."""

        async def answer() -> None:
            # Discord is asked first: it knows whether there is an answer, and waits while the claim is taken over.
            if not await _acknowledge(interaction):
                return
            outcome = await claim.take_over(former)
            if outcome is Takeover.CARRIED_OUT:
                words = asker_of(interaction).words
                await send_reply(interaction, Reply(message_page(words("carried-out"), words=words)), deferred=True)
                claim.answered()
            elif outcome is Takeover.TAKEN:
                with claim.guarding():
                    task = asyncio.create_task(_call(work))
                try:
                    await self._finish(interaction, claim, task, deferred=True)
                finally:
                    _abandon(task)

        await self._with_errors_sent(interaction, claim, answer)


class _TooLate(Exception):
    """Discord no longer takes an answer, and has told the member so."""


def _abandon(task: asyncio.Task[Reply]) -> None:
    """Cancel a task, whose result nobody wants any more."""
    task.cancel()
    task.add_done_callback(lambda done: done.cancelled() or done.exception())


async def _is_ours(claim: InteractionClaim) -> bool:
    """Return whether this process may answer.

    It may while the database can't tell, since Discord takes one answer.
    """
    try:
        return await asyncio.shield(claim.decided)
    except StoreError:
        return True


async def _acknowledge(interaction: discord.Interaction[Any]) -> bool:
    """Announce an answer; return False if there is one."""
    if await _defer(interaction):
        return True
    if _on_own_answer(interaction):  # drawn anew, it looks the same
        return True
    try:
        return (await interaction.original_response()).flags.loading
    except discord.HTTPException:
        return False


async def _call(make: Callable[[], Awaitable[Reply]]) -> Reply:
    return await make()


async def send_error(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Tell the member what is wrong, in private; log unexpected errors with a reference."""
    text = _message_for(error, asker_of(interaction))
    if text is None:
        log.warning("interaction.lost", interaction=interaction.id, error=str(error)[:_LOGGED_ERROR_LENGTH])
        return
    try:
        await send_reply(interaction, Reply(message_page(text, words=asker_of(interaction).words)))
    except discord.HTTPException as failure:
        if failure.code == _ALREADY_ACKNOWLEDGED:  # another process with the same shards was quicker
            log.debug("answer.given_elsewhere", interaction=interaction.id)
        else:
            log.warning("answer.failed", status=failure.status, code=failure.code)
    except (aiohttp.ClientError, OSError, RuntimeError) as failure:  # the connection is lost, or closed at the end
        log.warning("answer.failed", error=type(failure).__name__)


def _message_for(error: BaseException, asker: Asker) -> str | None:
    """Return what the member reads; None if nothing can reach them any more."""
    words = asker.words
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, app_commands.TransformerError) and isinstance(error.__cause__, GazetteError):
        error = error.__cause__
    if isinstance(error, app_commands.MissingPermissions):
        error = NotAllowed(error.missing_permissions[0])
    if isinstance(error, GazetteError):
        log.info("command.refused", error=error.key)
        return error_message(error, words)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        # Discord's clients may still show commands of an older registration.
        log.warning("command.unknown", error=str(error))
        return words("error-input", problem=words("error-command-changed"))
    if isinstance(error, discord.HTTPException) and error.code in (_UNKNOWN_INTERACTION, _ALREADY_ACKNOWLEDGED):
        return None
    if isinstance(error, aiohttp.ClientError | ConnectionError):
        return None
    reference = secrets.token_hex(_REFERENCE_BYTES)
    log.error("command.failed", reference=reference, exc_info=error)
    return words("error", reference=reference)


async def _defer(interaction: discord.Interaction[Any]) -> bool:
    """Announce an answer; return False if another process did, or gave one.

    Raises _TooLate when Discord doesn't wait for one any more.
    """
    own_answer = _on_own_answer(interaction)  # the pressed answer stays as it is until there is another
    try:
        if own_answer:
            await _send_again_if_closed(interaction.response.defer)
        else:
            await _send_again_if_closed(lambda: interaction.response.defer(ephemeral=True, thinking=True))
    except discord.HTTPException as error:
        if error.code == _UNKNOWN_INTERACTION:
            log.warning("interaction.too_late", interaction=interaction.id)
            raise _TooLate from error
        if error.code != _ALREADY_ACKNOWLEDGED:
            raise
        return False
    return True


async def _send_again_if_closed(send: Callable[[], Awaitable[object]]) -> None:
    """Send; once more if Discord had closed the idle connection. Raises discord.HTTPException."""
    try:
        await send()
    except aiohttp.ServerDisconnectedError:
        await send()


def _on_own_answer(interaction: discord.Interaction[Any]) -> bool:
    """Return whether a component of an answer that only this member sees was used."""
    message = interaction.message
    return interaction.type is not InteractionType.application_command and bool(message and message.flags.ephemeral)


async def send_reply(interaction: discord.Interaction[Any], reply: Reply, *, deferred: bool = False) -> None:
    """Send a reply, or replace the answer whose button was pressed.

    `deferred` says that an answer was announced. Raises discord.HTTPException.
    """
    (first, files), *rest = rendered_views(reply.page)
    edits = reply.edits_original and _on_own_answer(interaction)
    if not (deferred or interaction.response.is_done()):
        if edits:
            await _send_again_if_closed(lambda: interaction.response.edit_message(view=first, attachments=files()))
        else:
            await _send_again_if_closed(
                lambda: interaction.response.send_message(view=first, files=files(), ephemeral=reply.private)
            )
    elif edits or not _on_own_answer(interaction):
        await _send_again_if_closed(lambda: interaction.edit_original_response(view=first, attachments=files()))
    else:
        await interaction.followup.send(view=first, files=files(), ephemeral=reply.private)
    for view, more_files in rest:
        await interaction.followup.send(view=view, files=more_files(), ephemeral=reply.private)


def rendered_views(page: Page) -> list[tuple[RenderedView, Callable[[], list[discord.File]]]]:
    """Return a page's messages, each with a function that opens its files.

    A file that was sent can't be sent again.
    """
    payloads = draw(page, DigestStyle.CHART, most=_MAX_MESSAGES)  # as components, with the chart that the page may have
    return [(RenderedView(payload["components"]), partial(_open_files, payload)) for payload in payloads]


async def post_payload(channel: discord.abc.Messageable, payload: Mapping[str, Any], *, silent: bool = False) -> None:
    """Post a drawn message of any look in a channel; it mentions nobody.

    Raises discord.HTTPException.
    """
    flags = payload.get("flags", 0)
    # Not the View of discord.py's overload: it would be kept for its presses.
    view: Any = RenderedView(payload["components"], complete=bool(flags & COMPONENTS_V2))
    await channel.send(
        payload.get("content"),
        embeds=[discord.Embed.from_dict(each) for each in payload.get("embeds", ())],
        files=_open_files(payload),
        view=view,
        allowed_mentions=discord.AllowedMentions.none(),
        suppress_embeds=bool(flags & discord.MessageFlags.suppress_embeds.flag),
        silent=silent,
    )


def _open_files(payload: Mapping[str, Any]) -> list[discord.File]:
    descriptions = {each["filename"]: each["description"] for each in payload.get("attachments") or ()}
    return [
        discord.File(io.BytesIO(base64.b64decode(data)), filename=name, description=descriptions.get(name))
        for name, data in payload.get(FILES_KEY, {}).items()
    ]
