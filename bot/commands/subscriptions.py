"""Commands for a server's managers: /subscribe, /subscriptions, /edit, /pause and others.

The operator has the same commands at the console, for all servers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.commands.custom_ids import CustomIds
from bot.commands.error_messages import error_message
from bot.commands.story_languages import default_languages
from bot.commands.types import Asker, ButtonHandler, Command, Option, Reply
from bot.errors import InputInvalid
from bot.newsroom.filters import Filter
from bot.newsroom.models import Slot, Subscription
from bot.newsroom.subscription_input import SubscriptionInput, settings_of
from bot.rendering.layout import Button
from bot.rendering.pages.help import message_page
from bot.rendering.pages.looks import page_of_digest
from bot.rendering.pages.subscriptions import copies_page, history_page, subscription_page, subscriptions_page
from bot.services import Services

__all__ = ["COPY_CHANNELS", "SubscriptionCommands", "setting_values", "subscription_options", "with_story_languages"]

_ID = Option("id", "number", required=True, suggest="subscription", least=1)

COPY_CHANNELS = ("channel", "channel2", "channel3", "channel4", "channel5")
"""Options of /copy: an option of Discord takes one channel, and five fit the form that a phone shows."""


class SubscriptionCommands:
    """The commands by which managers look after their server's subscriptions."""

    def __init__(self, services: Services, custom_ids: CustomIds) -> None:
        self._services, self._custom_ids = services, custom_ids

    def commands(self) -> list[Command]:
        """Return the commands with their options and buttons."""
        return [
            Command("subscribe", self.subscribe, subscription_options(), manager=True),
            Command("subscriptions", self.subscriptions, manager=True),
            Command("edit", self.edit, (_ID, *subscription_options()), manager=True),
            Command("pause", self.pause, (_ID,), manager=True, buttons={"pause": _edits_original(self.pause)}),
            Command("resume", self.resume, (_ID,), manager=True, buttons={"resume": _edits_original(self.resume)}),
            Command("copy", self.copy, (_ID, *(Option(each, "channel") for each in COPY_CHANNELS)), manager=True),
            Command(
                "unsubscribe",
                self.unsubscribe,
                (_ID,),
                manager=True,
                buttons={
                    "unsubscribe": _edits_original(self.unsubscribe),
                    "delete": _edits_original(self._delete),
                    "keep": _edits_original(self._keep),
                    "restore": _edits_original(self._restore),
                },
            ),
            Command("preview", self.preview, (_ID,), manager=True, buttons={"preview": self._on_preview}),
            Command("history", self.history, (_ID,), manager=True),
        ]

    async def subscribe(self, asker: Asker, **given: str | int | None) -> Reply:
        """Subscribe a channel to a digest at local times; the reply says when the first one comes."""
        guild_id = asker.guild_scope()
        values = {"channel_id": asker.channel_id, "language": asker.words.locale, **setting_values(given)}
        if values["channel_id"] is None:
            raise InputInvalid("add a channel: channel:123456789012345678", "error-channel-missing")
        if not values.get("times"):
            raise InputInvalid("add a time: time:08:00 timezone:Europe/Berlin", "error-time-missing")
        if not values.get("timezone"):
            raise InputInvalid("add a time zone: timezone:Europe/Berlin", "error-timezone-missing")
        given_input = SubscriptionInput(**values, guild_id=guild_id, created_by=asker.member_id)
        return await self.create(asker, await with_story_languages(self._services, asker, given_input, values))

    async def create(self, asker: Asker, given: SubscriptionInput) -> Reply:
        """Create a subscription from complete input; the reply says when the first digest comes."""
        asker.guild_scope()
        subscription, slot = await self._services.subscriptions.create(given)
        return await self._subscription_reply(asker, subscription, slot, "subscribed")

    async def subscriptions(self, asker: Asker) -> Reply:
        """List the subscriptions of this server."""
        rows = await self._services.subscriptions.list_subscriptions(guild_id=asker.guild_scope())
        words = asker.words
        title = words("subscriptions-title")
        return Reply(subscriptions_page(rows, words, title=title, nothing=words("subscriptions-none")))

    async def edit(self, asker: Asker, *, id: int, **changes: str | int | None) -> Reply:
        """Change some settings of a subscription; options left out stay as they are."""
        changed, slot = await self._services.subscriptions.edit(
            id, setting_values(changes), guild_id=asker.guild_scope()
        )
        return await self._subscription_reply(asker, changed, slot, "subscription-changed")

    async def pause(self, asker: Asker, *, id: int) -> Reply:
        """Pause a subscription until it is resumed."""
        paused = await self._services.subscriptions.pause(id, guild_id=asker.guild_scope())
        return await self._subscription_reply(asker, paused, None, "paused")

    async def resume(self, asker: Asker, *, id: int) -> Reply:
        """Resume a paused subscription; the reply says when the next digest comes."""
        resumed, slot = await self._services.subscriptions.resume(id, guild_id=asker.guild_scope())
        return await self._subscription_reply(asker, resumed, slot, "resumed")

    async def copy(self, asker: Asker, *, id: int, **given: int | None) -> Reply:
        """Create the same subscription for other channels, by default for the one where it is asked."""
        channels = list(dict.fromkeys(each for name in COPY_CHANNELS if (each := given.get(name)) is not None))
        channels = channels or [each for each in (asker.channel_id,) if each is not None]
        if not channels:
            raise InputInvalid("add a channel: channel:123456789012345678", "error-channel-missing")
        guild_id = asker.guild_scope()
        if len(channels) == 1:
            copied, slot = await self._services.subscriptions.copy(id, channels[0], guild_id=guild_id)
            return await self._subscription_reply(asker, copied, slot, "subscribed")
        original, _ = await self._services.subscriptions.get(id, guild_id=guild_id)
        results = [(channel, await self._copy_or_reason(asker, original, channel)) for channel in channels]
        return Reply(copies_page(original, results, asker.words))

    async def _copy_or_reason(self, asker: Asker, original: Subscription, channel_id: int) -> Subscription | str:
        """Copy a subscription to a channel; return the copy, or in words why there is none."""
        same = await self._services.subscriptions.same_as(replace(original, id=0, channel_id=channel_id))
        if same:
            return asker.words("subscription-same", id=str(same[0].id))
        try:
            copied, _ = await self._services.subscriptions.copy(original.id, channel_id, guild_id=asker.guild_scope())
        except InputInvalid as error:
            return error_message(error, asker.words)
        return copied

    async def unsubscribe(self, asker: Asker, *, id: int) -> Reply:
        """Delete a subscription of this server, after a question."""
        subscription, slot = await self._services.subscriptions.get(id, guild_id=asker.guild_scope())
        words, number = asker.words, str(subscription.id)
        buttons = [
            Button(words("button-delete"), await self._custom_ids.encode("delete", number), danger=True),
            Button(words("button-keep"), await self._custom_ids.encode("keep", number)),
        ]
        title = words("unsubscribe-question", id=number)
        return Reply(subscription_page(subscription, slot, words, title=title, buttons=buttons))

    async def _keep(self, asker: Asker, *, id: int) -> Reply:
        subscription, slot = await self._services.subscriptions.get(id, guild_id=asker.guild_scope())
        return await self._subscription_reply(asker, subscription, slot, "subscription-kept")

    async def _delete(self, asker: Asker, *, id: int) -> Reply:
        deleted = await self._services.subscriptions.delete(id, guild_id=asker.guild_scope())
        words, number = asker.words, str(deleted.id)
        undo = Button(words("button-undo"), await self._custom_ids.encode("restore", number))
        return Reply(message_page(words("unsubscribed", id=number), words=words, buttons=[undo]))

    async def _restore(self, asker: Asker, *, id: int) -> Reply:
        await self._services.subscriptions.restore([id], guild_id=asker.guild_scope())
        subscription, slot = await self._services.subscriptions.get(id, guild_id=asker.guild_scope())
        return await self._subscription_reply(asker, subscription, slot, "subscription-restored")

    async def preview(self, asker: Asker, *, id: int) -> Reply:
        """Show the digest that a subscription would get now."""
        subscription, digest = await self._services.subscriptions.preview(id, guild_id=asker.guild_scope())
        words = asker.words
        if digest is None:
            return Reply(message_page(words("preview-nothing", id=str(subscription.id)), words=words))
        details = await self._custom_ids.encode("story")
        return Reply(page_of_digest(digest, words, subscription.look, details=details))

    async def _on_preview(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.preview(asker, id=int(arguments[0]))

    async def history(self, asker: Asker, *, id: int) -> Reply:
        """Show a subscription's last deliveries and their outcomes."""
        subscription, deliveries = await self._services.subscriptions.history(id, guild_id=asker.guild_scope())
        return Reply(history_page(subscription, deliveries, asker.words))

    async def _subscription_reply(
        self, asker: Asker, subscription: Subscription, slot: Slot | None, title_key: str
    ) -> Reply:
        """Return a page about a subscription, with the buttons that change it."""
        words, number = asker.words, str(subscription.id)
        toggle = "pause" if subscription.paused_at is None else "resume"
        buttons = [
            Button(words("button-preview"), await self._custom_ids.encode("preview", number)),
            Button(words(f"button-{toggle}"), await self._custom_ids.encode(toggle, number)),
            Button(words("button-unsubscribe"), await self._custom_ids.encode("unsubscribe", number), danger=True),
        ]
        title = words(title_key, id=number)
        notes = []
        if title_key == "subscribed":
            same = await self._services.subscriptions.same_as(subscription)
            notes = [words("subscription-same", id=str(each.id)) for each in same]
        return Reply(subscription_page(subscription, slot, words, title=title, notes=notes, buttons=buttons))


def _edits_original(run: Callable[..., Awaitable[Reply]]) -> ButtonHandler:
    """Return a button handler that runs a command and replaces the pressed message.

    The custom id's argument is the subscription's number.
    """

    async def handle(asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return replace(await run(asker, id=int(arguments[0])), edits_original=True)

    return handle


async def with_story_languages(
    services: Services, asker: Asker, given: SubscriptionInput, values: Mapping[str, Any]
) -> SubscriptionInput:
    """Return the input with the usual languages of stories, unless `values` have some.

    Raises UnknownName or FilterInvalid.
    """
    if "stories" in values:
        return given
    query = Filter.of(country=given.country, topic=given.topic, text=given.filter)
    return replace(given, stories=await default_languages(services, asker, given.language, query))


def subscription_options(
    model: type[SubscriptionInput] = SubscriptionInput, *, own_digest: bool = False
) -> tuple[Option, ...]:
    """Return the options for a subscription's settings, or for those of a member's own digest."""
    return tuple(
        Option(
            spec.option,
            spec.kind,
            required=own_digest and name in ("times", "timezone"),
            suggest=spec.suggest,
            choices=spec.choices,
            least=spec.least,
            most=spec.most,
        )
        for name, spec in settings_of(model)
        if spec.in_commands and (spec.in_own_digests or not own_digest)
    )


def setting_values(
    options: Mapping[str, str | int | None], model: type[SubscriptionInput] = SubscriptionInput
) -> dict[str, Any]:
    """Return the options that were given by the names of the model's fields."""
    names = {spec.option: name for name, spec in settings_of(model)}
    return {names[option]: value for option, value in options.items() if value is not None}
