"""What can a server's managers ask? /subscribe, /subscriptions, /edit, /pause, /resume, /unsubscribe, /preview, /history.

The same runs for the operator at the console, who sees all servers.
"""

from __future__ import annotations

from bot.commands.custom_ids import Actions
from bot.commands.types import Asker, Command, Option, Reply
from bot.errors import InputInvalid
from bot.newsroom.models import LatePolicy, Look, Posts, QuietPolicy, Subscription
from bot.rendering.layout import Button
from bot.rendering.pages.digest import digest_page
from bot.rendering.pages.messages import message_page
from bot.rendering.pages.subscriptions import history_page, subscription_page, subscriptions_page
from bot.services import Services
from bot.services.subscription_input import Order

__all__ = ["ORDER_OPTIONS", "Subscribing"]

_WHAT = (Option("country", suggest="country"), Option("topic", suggest="topic"), Option("filter"))
_HOW = (
    Option("days", suggest="days"),
    Option("language", suggest="language"),
    Option("sentences", "number", least=1, most=10),
    Option("limit", "number", least=1, most=25),
    Option("look", choices=tuple(look.value for look in Look)),
    Option("late", choices=tuple(policy.value for policy in LatePolicy)),
    Option("quiet", choices=tuple(policy.value for policy in QuietPolicy)),
    Option("name"),
    Option("avatar"),
    Option("posts", choices=tuple(way.value for way in Posts)),
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


class Subscribing:
    """The managers' commands."""

    def __init__(self, services: Services, actions: Actions) -> None:
        self._services, self._actions = services, actions

    def commands(self) -> list[Command]:
        """The commands with their options."""
        return [
            Command("subscribe", self.subscribe, ORDER_OPTIONS, manager=True),
            Command("subscriptions", self.subscriptions, manager=True),
            Command("edit", self.edit, (_ID, *ORDER_OPTIONS), manager=True),
            Command("pause", self.pause, (_ID,), manager=True),
            Command("resume", self.resume, (_ID,), manager=True),
            Command("unsubscribe", self.unsubscribe, (_ID,), manager=True),
            Command("preview", self.preview, (_ID,), manager=True),
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
        """Order a digest for a channel at a local time; says when the first one comes."""
        guild = asker.scope
        where = channel or asker.channel_id
        if where is None:
            raise InputInvalid("say which channel: channel:123456789012345678", "error-channel-missing")
        if not time:
            raise InputInvalid("say when: time:08:00 timezone:Europe/Berlin", "error-time-missing")
        if not timezone:
            raise InputInvalid("say in which time zone: timezone:Europe/Berlin", "error-timezone-missing")
        order = Order(
            channel_id=where,
            guild_id=guild,
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
        return await self.place(asker, order)

    async def place(self, asker: Asker, order: Order) -> Reply:
        """Place an order that is complete; the reply says what was ordered and when the first digest comes."""
        _ = asker.scope
        made, slot = await self._services.subscriptions.create(order)
        say = asker.words
        return Reply(
            subscription_page(
                made, slot, say, title=say("subscribed", id=str(made.id)), buttons=await self._buttons(asker, made)
            )
        )

    async def subscriptions(self, asker: Asker) -> Reply:
        """The subscriptions of this server."""
        rows = await self._services.subscriptions.list_subscriptions(guild_id=asker.scope)
        say = asker.words
        title = say("subscriptions-title")
        return Reply(subscriptions_page(rows, say, title=title, nothing=say("subscriptions-none")))

    async def edit(
        self,
        asker: Asker,
        *,
        id: int,
        time: str | None = None,
        channel: int | None = None,
        **changes: str | int | None,
    ) -> Reply:
        """Change some of a subscription; what isn't given stays."""
        given = {"times": time, "channel_id": channel, **changes}
        changed, slot = await self._services.subscriptions.edit(id, given, guild_id=asker.scope)
        say = asker.words
        title = say("subscription-changed", id=str(id))
        return Reply(subscription_page(changed, slot, say, title=title, buttons=await self._buttons(asker, changed)))

    async def pause(self, asker: Asker, *, id: int) -> Reply:
        """Let a subscription rest until it is resumed."""
        paused = await self._services.subscriptions.pause(id, guild_id=asker.scope)
        say = asker.words
        title = say("paused", id=str(id))
        return Reply(subscription_page(paused, None, say, title=title, buttons=await self._buttons(asker, paused)))

    async def resume(self, asker: Asker, *, id: int) -> Reply:
        """Let a paused subscription go on; says when the next digest comes."""
        running, slot = await self._services.subscriptions.resume(id, guild_id=asker.scope)
        say = asker.words
        title = say("resumed", id=str(id))
        return Reply(subscription_page(running, slot, say, title=title, buttons=await self._buttons(asker, running)))

    async def unsubscribe(self, asker: Asker, *, id: int) -> Reply:
        """End a subscription of this server."""
        gone = await self._services.subscriptions.delete(id, guild_id=asker.scope)
        say = asker.words
        return Reply(message_page(say("unsubscribed", id=str(gone.id)), words=say))

    async def preview(self, asker: Asker, *, id: int) -> Reply:
        """What a subscription would get if it were due now."""
        subscription, digest = await self._services.subscriptions.preview(id, guild_id=asker.scope)
        say = asker.words
        if digest is None:
            return Reply(message_page(say("preview-nothing", id=str(subscription.id)), words=say))
        details = await self._actions.encode("story")
        return Reply(digest_page(digest, say, details=details, chart=subscription.look is Look.CHART))

    async def history(self, asker: Asker, *, id: int) -> Reply:
        """A subscription's last deliveries, and what became of each."""
        subscription, sent = await self._services.subscriptions.history(id, guild_id=asker.scope)
        return Reply(history_page(subscription, sent, asker.words))

    async def _buttons(self, asker: Asker, subscription: Subscription) -> list[Button]:
        say, number = asker.words, str(subscription.id)
        rests = subscription.paused_at is not None
        return [
            Button(say("button-preview"), await self._actions.encode("preview", number)),
            Button(
                say("button-resume" if rests else "button-pause"),
                await self._actions.encode("resume" if rests else "pause", number),
            ),
            Button(say("button-unsubscribe"), await self._actions.encode("unsubscribe", number)),
        ]
