"""What can a member order for themselves? /follow, /following, /unfollow, /mute, /unmute, /forget."""

from __future__ import annotations

from bot.commands.custom_ids import Actions
from bot.commands.types import Asker, Command, Option, Reply
from bot.errors import InputInvalid
from bot.newsroom.filters import Filter
from bot.rendering.layout import Button
from bot.rendering.pages.filter_words import filter_words
from bot.rendering.pages.messages import concat_pages, message_page
from bot.rendering.pages.subscriptions import subscription_page, subscriptions_page
from bot.services import Services
from bot.services.subscription_input import Order

__all__ = ["Following"]

_WHAT = (Option("country", suggest="country"), Option("topic", suggest="topic"), Option("filter"))


class Following:
    """Members' commands for themselves."""

    def __init__(self, services: Services, actions: Actions) -> None:
        self._services, self._actions = services, actions

    def commands(self) -> list[Command]:
        """The commands with their options."""
        order = (
            Option("time", required=True, suggest="time"),
            Option("timezone", required=True, suggest="timezone"),
            *_WHAT,
            Option("days", suggest="days"),
            Option("language", suggest="language"),
        )
        mine = Option("id", "number", suggest="follow", least=1)
        days = Option("days", "number", least=1, most=3650)
        return [
            Command("follow", self.follow, order, personal=True),
            Command("following", self.following, personal=True),
            Command("unfollow", self.unfollow, (mine,), personal=True),
            Command("mute", self.mute, (*_WHAT, days), personal=True),
            Command("unmute", self.unmute, (Option("filter", suggest="mute"),), personal=True),
            Command("forget", self.forget, personal=True),
        ]

    async def follow(
        self,
        asker: Asker,
        *,
        time: str,
        timezone: str,
        country: str | None = None,
        topic: str | None = None,
        filter: str | None = None,
        days: str | None = None,
        language: str | None = None,
    ) -> Reply:
        """Order a digest by direct message; says when the first one comes, with a button to stop."""
        if asker.member_id is None:  # a direct message needs somebody to go to
            raise InputInvalid("that works for members in Discord", "error-members-only")
        order = Order(
            channel_id=0,
            member_id=asker.member_id,
            times=time,
            timezone=timezone,
            country=country,
            topic=topic,
            filter=filter,
            days=days or "daily",
            language=language or asker.words.locale,
        )
        made, slot = await self._services.subscriptions.follow(order)
        say = asker.words
        stop = Button(say("button-stop"), await self._actions.encode("unfollow", str(made.id)))
        return Reply(subscription_page(made, slot, say, title=say("followed"), buttons=[stop]))

    async def following(self, asker: Asker) -> Reply:
        """What a member follows and mutes."""
        say = asker.words
        rows = await self._services.subscriptions.list_subscriptions(member_id=asker.person)
        page = subscriptions_page(rows, say, title=say("following-title"), nothing=say("following-none"))
        muted = [filter_words(mute.filter, say) for mute in await self._services.members.mutes(asker.person)]
        if muted:
            more = message_page(*(f"• {each}" for each in muted), words=say, title=say("muted-title"))
            page = concat_pages(page, more)
        return Reply(page)

    async def unfollow(self, asker: Asker, *, id: int | None = None) -> Reply:
        """End one of the member's digests, or all of them."""
        gone = await self._services.subscriptions.unfollow(asker.person, id)
        say = asker.words
        return Reply(message_page(say("unfollowed", count=len(gone)), words=say))

    async def mute(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        filter: str | None = None,
        days: int | None = None,
    ) -> Reply:
        """See no more of a topic, country or filter in what is chosen for the member."""
        return await self.mute_filter(asker, Filter.of(country=country, topic=topic, text=filter), days)

    async def mute_filter(self, asker: Asker, wanted: Filter, days: int | None = None) -> Reply:
        """Mute, with a button that takes it back."""
        text = await self._services.members.mute(asker.person, wanted, days=days)
        say = asker.words
        undo = Button(say("button-undo"), await self._actions.encode("unmute", text))
        what = filter_words(text, say)
        told = say("muted-for", what=what, days=days) if days else say("muted", what=what)
        return Reply(message_page(told, words=say, buttons=[undo]))

    async def unmute(self, asker: Asker, *, filter: str | None = None) -> Reply:
        """See again what was muted: one, or all."""
        return await self.unmute_filter(asker, Filter.parse(filter) if filter else None)

    async def unmute_filter(self, asker: Asker, wanted: Filter | None) -> Reply:
        """End one mute, or all."""
        gone = await self._services.members.unmute(asker.person, wanted)
        say = asker.words
        if not gone:
            raise InputInvalid("nothing is muted", "error-nothing-muted")
        return Reply(message_page(say("unmuted", count=len(gone)), words=say))

    async def forget(self, asker: Asker) -> Reply:
        """Delete everything that is kept about the member."""
        await self._services.members.forget(asker.person)
        return Reply(message_page(asker.words("forgotten"), words=asker.words))
