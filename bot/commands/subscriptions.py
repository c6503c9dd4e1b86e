"""Commands for a server's managers: /subscribe, /subscriptions, /edit, /pause, /resume, /unsubscribe, /preview, /history.

The operator has the same commands at the console, for all servers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.commands.custom_ids import CustomIds
from bot.commands.types import Asker, ButtonHandler, Command, Option, Reply
from bot.errors import InputInvalid
from bot.newsroom.models import DigestStyle, LatePolicy, PostMode, QuietPolicy, Slot, Subscription
from bot.rendering.layout import Button
from bot.rendering.pages.digest import digest_page
from bot.rendering.pages.messages import message_page
from bot.rendering.pages.subscriptions import history_page, subscription_page, subscriptions_page
from bot.services import Services
from bot.services.subscription_input import Order

__all__ = ["ORDER_OPTIONS", "SubscriptionCommands"]

_WHAT = (Option("country", suggest="country"), Option("topic", suggest="topic"), Option("filter"))
_HOW = (
    Option("days", suggest="days"),
    Option("language", suggest="language"),
    Option("sentences", "number", least=1, most=10),
    Option("limit", "number", least=1, most=25),
    Option("look", choices=tuple(look.value for look in DigestStyle)),
    Option("late", choices=tuple(policy.value for policy in LatePolicy)),
    Option("quiet", choices=tuple(policy.value for policy in QuietPolicy)),
    Option("name"),
    Option("avatar"),
    Option("posts", choices=tuple(way.value for way in PostMode)),
)
ORDER_OPTIONS = (
    Option("time", suggest="time"),
    Option("timezone", suggest="timezone"),
    Option("channel", "channel"),
    *_WHAT,
    *_HOW,
)
"""What can be said about a subscription. `/subscribe` without any of it is a form in Discord."""

_ID = Option("id", "number", required=True, suggest="subscription", least=1)


class SubscriptionCommands:
    """The commands by which managers look after their server's subscriptions."""

    def __init__(self, services: Services, custom_ids: CustomIds) -> None:
        self._services, self._custom_ids = services, custom_ids

    def commands(self) -> list[Command]:
        """Return the commands with their options and buttons."""
        return [
            Command("subscribe", self.subscribe, ORDER_OPTIONS, manager=True),
            Command("subscriptions", self.subscriptions, manager=True),
            Command("edit", self.edit, (_ID, *ORDER_OPTIONS), manager=True),
            Command("pause", self.pause, (_ID,), manager=True, buttons={"pause": _edits_original(self.pause)}),
            Command("resume", self.resume, (_ID,), manager=True, buttons={"resume": _edits_original(self.resume)}),
            Command(
                "unsubscribe",
                self.unsubscribe,
                (_ID,),
                manager=True,
                buttons={"unsubscribe": _edits_original(self.unsubscribe)},
            ),
            Command("preview", self.preview, (_ID,), manager=True, buttons={"preview": self._on_preview}),
            Command("history", self.history, (_ID,), manager=True),
        ]

    async def subscribe(
        self,
        asker: Asker,
        *,
        time: str | None = None,
        timezone: str | None = None,
        channel: int | None = None,
        country: str | None = None,
        topic: str | None = None,
        filter: str | None = None,
        days: str | None = None,
        language: str | None = None,
        sentences: int | None = None,
        limit: int | None = None,
        look: str | None = None,
        late: str | None = None,
        quiet: str | None = None,
        name: str | None = None,
        avatar: str | None = None,
        posts: str | None = None,
    ) -> Reply:
        """Subscribe a channel to a digest at local times; the reply says when the first one comes."""
        guild_id = asker.guild_scope()
        where = channel or asker.channel_id
        if where is None:
            raise InputInvalid("say which channel: channel:123456789012345678", "error-channel-missing")
        if not time:
            raise InputInvalid("say when: time:08:00 timezone:Europe/Berlin", "error-time-missing")
        if not timezone:
            raise InputInvalid("say in which time zone: timezone:Europe/Berlin", "error-timezone-missing")
        order = Order(
            channel_id=where,
            guild_id=guild_id,
            created_by=asker.member_id,
            times=time,
            timezone=timezone,
            country=country,
            topic=topic,
            filter=filter,
            days=days or "daily",
            language=language or asker.words.locale,
            name=name,
            avatar=avatar,
            **{
                field: value
                for field, value in (
                    *(("sentences", sentences), ("limit", limit)),
                    *(("look", look), ("late", late), ("quiet", quiet), ("posts", posts)),
                )
                if value is not None
            },  # type: ignore[arg-type] # each has its field's type
        )
        return await self.create(asker, order)

    async def create(self, asker: Asker, order: Order) -> Reply:
        """Create a subscription from complete input; the reply says when the first digest comes."""
        asker.guild_scope()
        subscription, slot = await self._services.subscriptions.create(order)
        return await self._subscription_reply(asker, subscription, slot, "subscribed")

    async def subscriptions(self, asker: Asker) -> Reply:
        """List the subscriptions of this server."""
        rows = await self._services.subscriptions.list_subscriptions(guild_id=asker.guild_scope())
        words = asker.words
        title = words("subscriptions-title")
        return Reply(subscriptions_page(rows, words, title=title, nothing=words("subscriptions-none")))

    async def edit(
        self,
        asker: Asker,
        *,
        id: int,
        time: str | None = None,
        channel: int | None = None,
        **changes: str | int | None,
    ) -> Reply:
        """Change some settings of a subscription; options left out stay as they are."""
        given = {"times": time, "channel_id": channel, **changes}
        changed, slot = await self._services.subscriptions.edit(id, given, guild_id=asker.guild_scope())
        return await self._subscription_reply(asker, changed, slot, "subscription-changed")

    async def pause(self, asker: Asker, *, id: int) -> Reply:
        """Pause a subscription until it is resumed."""
        paused = await self._services.subscriptions.pause(id, guild_id=asker.guild_scope())
        return await self._subscription_reply(asker, paused, None, "paused")

    async def resume(self, asker: Asker, *, id: int) -> Reply:
        """Resume a paused subscription; the reply says when the next digest comes."""
        resumed, slot = await self._services.subscriptions.resume(id, guild_id=asker.guild_scope())
        return await self._subscription_reply(asker, resumed, slot, "resumed")

    async def unsubscribe(self, asker: Asker, *, id: int) -> Reply:
        """Delete a subscription of this server."""
        deleted = await self._services.subscriptions.delete(id, guild_id=asker.guild_scope())
        words = asker.words
        return Reply(message_page(words("unsubscribed", id=str(deleted.id)), words=words))

    async def preview(self, asker: Asker, *, id: int) -> Reply:
        """Show the digest that a subscription would get now."""
        subscription, digest = await self._services.subscriptions.preview(id, guild_id=asker.guild_scope())
        words = asker.words
        if digest is None:
            return Reply(message_page(words("preview-nothing", id=str(subscription.id)), words=words))
        details = await self._custom_ids.encode("story")
        return Reply(digest_page(digest, words, details=details, chart=subscription.look is DigestStyle.CHART))

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
            Button(words("button-unsubscribe"), await self._custom_ids.encode("unsubscribe", number)),
        ]
        return Reply(subscription_page(subscription, slot, words, title=words(title_key, id=number), buttons=buttons))


def _edits_original(run: Callable[..., Awaitable[Reply]]) -> ButtonHandler:
    """Return a handler that runs a command on the subscription in the custom id, in place of the pressed message."""

    async def handle(asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return replace(await run(asker, id=int(arguments[0])), edits_original=True)

    return handle
