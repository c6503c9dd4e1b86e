"""What can a server's managers ask? /subscribe, /subscriptions, /unsubscribe."""

from __future__ import annotations

from bot.commands.base import Asker, Command, Option, Reply
from bot.desk import Desk
from bot.desk.orders import Order
from bot.errors import InputInvalid, NotAllowed
from bot.newsroom.models import Subscription
from bot.rendering.layout import Block, Line, Page, Span, line, moment
from bot.rendering.pages import message_page, time_words

__all__ = ["Subscribing", "subscription_words"]


class Subscribing:
    """The managers' commands."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> list[Command]:
        """The commands with their options."""
        return [
            Command(
                "subscribe",
                self.subscribe,
                (
                    Option("time", required=True),
                    Option("timezone", required=True, suggest="timezone"),
                    Option("channel", "channel"),
                    Option("country", suggest="country"),
                    Option("topic", suggest="topic"),
                    Option("filter"),
                    Option("days"),
                    Option("language", suggest="language"),
                ),
                manager=True,
            ),
            Command("subscriptions", self.subscriptions, manager=True),
            Command("unsubscribe", self.unsubscribe, (Option("id", "number", required=True, suggest="subscription"),), True),
        ]

    async def subscribe(
        self,
        asker: Asker,
        *,
        time: str,
        timezone: str,
        channel: int | None = None,
        country: str | None = None,
        topic: str | None = None,
        filter: str | None = None,  # noqa: A002 - the option's name
        days: str | None = None,
        language: str | None = None,
    ) -> Reply:
        """Order a digest for a channel at a local time; says when the first one comes."""
        _managers_only(asker)
        where = channel or asker.channel_id
        if where is None:
            raise InputInvalid("say which channel: channel:123456789012345678")
        order = Order(
            channel_id=where,
            guild_id=asker.guild_id,
            created_by=asker.member_id,
            times=time,
            timezone=timezone,
            country=country,
            topic=topic,
            filter=filter,
            days=days or "daily",
            language=language or asker.words.locale,
        )
        made, slot = await self._desk.subscribe(order)
        words = asker.words
        when = time_words(slot.at, words, made.timezone)
        return Reply(
            Page(
                (
                    line(
                        Span(words("subscribed")),
                        Span(" "),
                        moment(slot.at, when),
                        Span(f" ({slot.local:%H:%M}, {made.timezone})"),
                    ),
                    subscription_words(made, asker),
                ),
                locale=words.locale,
            )
        )

    async def subscriptions(self, asker: Asker) -> Reply:
        """The subscriptions of this server."""
        _managers_only(asker)
        words = asker.words
        rows = await self._desk.subscriptions(guild_id=asker.guild_id)
        if not rows:
            return Reply(message_page(words("subscriptions-none"), words=words))
        blocks: list[Block] = [line(words("subscriptions-title"), size="title")]
        for subscription, slot in rows:
            blocks.append(subscription_words(subscription, asker))
            if subscription.pause_reason or subscription.paused_at:
                reason = subscription.pause_reason or words("paused-by-hand")
                blocks.append(line(words("subscription-paused", reason=reason), size="small"))
            elif slot is not None:
                when = time_words(slot.at, words, subscription.timezone)
                blocks.append(line(words("subscription-next", when=when), size="small"))
        return Reply(Page(tuple(blocks), locale=words.locale))

    async def unsubscribe(self, asker: Asker, *, id: int) -> Reply:  # noqa: A002 - the option's name
        """End a subscription of this server."""
        _managers_only(asker)
        gone = await self._desk.unsubscribe(id, guild_id=asker.guild_id)
        words = asker.words
        return Reply(message_page(words("unsubscribed", id=gone.id), words=words))


def subscription_words(subscription: Subscription, asker: Asker) -> Line:
    """One line about a subscription, with its channel as something to press."""
    words = asker.words
    times = ", ".join(f"{moment:%H:%M}" for moment in subscription.times)
    wanted = subscription.filter or words("filter-everything")
    text = words(
        "subscription-line", id=subscription.id, times=times, timezone=subscription.timezone, filter=wanted
    )
    return line(Span(text), Span(" "), Span(f"<#{subscription.channel_id}>", trusted=True))


def _managers_only(asker: Asker) -> None:
    if not asker.manager:
        raise NotAllowed(asker.words("permission-manage-guild"))
