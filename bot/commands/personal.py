"""Commands about the asking member: /follow, /following, /unfollow, /mute, /unmute, /forget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.custom_ids import CustomIds
from bot.commands.digest_buttons import events_behind
from bot.commands.story_languages import languages_for
from bot.commands.subscriptions import setting_values, subscription_options, with_story_languages
from bot.commands.types import Asker, Command, Option, Reply
from bot.errors import InputInvalid
from bot.newsroom.filters import EVERYTHING, Filter, Match
from bot.newsroom.reader_languages import parse_languages
from bot.newsroom.subscription_input import SubscriptionInput
from bot.rendering.layout import ActionRow, Button
from bot.rendering.pages.help import concat_pages, message_page
from bot.rendering.pages.mutes import mute_page, mute_stories_page, mutes_page
from bot.rendering.pages.parts import story_language_words
from bot.rendering.pages.subscriptions import subscription_page, subscriptions_page
from bot.rendering.pages.taste import taste_lines
from bot.services import Services
from bot.services.filter_words import filter_words
from summarizers.labels.topic_names import topic_name

__all__ = ["PersonalCommands"]

_MAX_MUTE_DAYS = 3650
"""Ten years: longer is for good, which needs no number."""

_FILTER_OPTIONS = (Option("country", suggest="country"), Option("topic", suggest="topic"), Option("filter"))


class PersonalCommands:
    """The commands by which members look after their own digests, mutes and data."""

    def __init__(self, services: Services, custom_ids: CustomIds) -> None:
        self._services, self._custom_ids = services, custom_ids

    def commands(self) -> list[Command]:
        """Return the commands with their options and buttons."""
        own_digest = Option("id", "number", suggest="follow", least=1)
        days = Option("days", "number", least=1, most=_MAX_MUTE_DAYS)
        return [
            Command("follow", self.follow, subscription_options(own_digest=True), personal=True),
            Command("following", self.following, personal=True, buttons={"taste": self._on_taste}),
            Command(
                "unfollow",
                self.unfollow,
                (own_digest,),
                personal=True,
                buttons={
                    "unfollow": self._on_unfollow,
                    "unfollow-all": self._on_unfollow_all,
                    "refollow": self._on_refollow,
                },
            ),
            Command(
                "mute",
                self.mute,
                (*_FILTER_OPTIONS, days),
                personal=True,
                buttons={"mute": self._on_mute, "mute-menu": self._on_mute_menu},
            ),
            Command(
                "unmute",
                self.unmute,
                (Option("filter", suggest="mute"),),
                personal=True,
                buttons={"unmute": self._on_unmute},
            ),
            Command("languages", self.languages, (Option("stories", suggest="stories"),), personal=True),
            Command("forget", self.forget, personal=True, buttons={"forget": self._on_forget}),
        ]

    async def follow(self, asker: Asker, **given: str | int | None) -> Reply:
        """Subscribe the member to a digest by direct message; reply with the first one's time."""
        values = {"language": asker.words.locale, **setting_values(given)}
        own_digest = SubscriptionInput(channel_id=0, member_id=asker.require_member_id(), **values)
        own_digest = await with_story_languages(self._services, asker, own_digest, values)
        created, slot = await self._services.subscriptions.follow(own_digest)
        words = asker.words
        stop = Button(words("button-stop"), await self._custom_ids.encode("unfollow", str(created.id)))
        return Reply(subscription_page(created, slot, words, title=words("followed"), buttons=[stop]))

    async def following(self, asker: Asker) -> Reply:
        """List the member's own digests and mutes."""
        words, member_id = asker.words, asker.require_reader_id()
        rows = await self._services.subscriptions.list_subscriptions(member_id=member_id)
        page = subscriptions_page(rows, words, title=words("following-title"), nothing=words("following-none"))
        if mutes := await self._services.members.mutes(member_id):
            timezone = asker.timezone or await self._services.subscriptions.usual_timezone(
                guild_id=asker.guild_id, member_id=asker.member_id
            )
            named = [(await self._muted_words(asker, each.filter), each.until) for each in mutes]
            page = concat_pages(page, mutes_page(named, words, timezone))
        if taste := await self._services.members.taste(member_id):
            lines = [f"• {line}" for line in taste_lines(taste, taste, words)]
            reset = Button(words("button-taste-reset"), await self._custom_ids.encode("taste", "reset"))
            wanted = message_page(*lines, words=words, title=words("taste-title"), buttons=[reset])
            page = concat_pages(page, wanted)
        return Reply(page)

    async def _on_taste(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        """Move a topic in the member's own digests by a step, or forget all that they asked for."""
        words, member_id = asker.words, asker.require_reader_id()
        if arguments[0] == "reset":
            await self._services.members.reset_taste(member_id)
            return Reply(message_page(words("taste-reset"), words=words), edits_original=True)
        topic = arguments[1]
        taste = await self._services.members.ask_for(member_id, topic, more=arguments[0] == "more")
        lines = taste_lines(taste, [topic], words) or [words("taste-even", topic=topic_name(topic, words.locale))]
        undo = Button(words("button-taste-reset"), await self._custom_ids.encode("taste", "reset"))
        return Reply(message_page(*lines, words("taste-note"), words=words, buttons=[undo]))

    async def unfollow(self, asker: Asker, *, id: int | None = None) -> Reply:
        """Delete one of the member's own digests, or all of them after a question."""
        words, reader_id = asker.words, asker.require_reader_id()
        if id is None:
            rows = await self._services.subscriptions.list_subscriptions(member_id=reader_id)
            if rows:
                stop = await self._custom_ids.encode("unfollow-all")
                buttons = [Button(words("button-stop-all"), stop, danger=True)]
                title, nothing = words("unfollow-question", count=len(rows)), words("following-none")
                page = subscriptions_page(rows, words, title=title, nothing=nothing)
                return Reply(replace(page, blocks=(*page.blocks, ActionRow(tuple(buttons)))))
        return await self._unfollow(asker, id)

    async def _unfollow(self, asker: Asker, id: int | None) -> Reply:
        deleted = await self._services.subscriptions.unfollow(asker.require_reader_id(), id)
        words, buttons = asker.words, []
        if deleted:
            undo = await self._custom_ids.encode("refollow", *(str(each.id) for each in deleted))
            buttons.append(Button(words("button-undo"), undo))
        return Reply(message_page(words("unfollowed", count=len(deleted)), words=words, buttons=buttons))

    async def _on_unfollow(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return replace(await self._unfollow(asker, int(arguments[0])), edits_original=True)

    async def _on_unfollow_all(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return replace(await self._unfollow(asker, None), edits_original=True)

    async def _on_refollow(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        numbers = [int(each) for each in arguments]
        await self._services.subscriptions.restore(numbers, member_id=asker.require_reader_id())
        return replace(await self.following(asker), edits_original=True)

    async def mute(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        filter: str | None = None,
        days: int | None = None,
    ) -> Reply:
        """Leave a topic, country or filter out of what is chosen for the member."""
        return await self._mute(asker, Filter.of(country=country, topic=topic, text=filter), days)

    async def _on_mute(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        if not values:
            return await self._mute(asker, Filter.parse(arguments[0]))
        days, _, text = values[0].partition(":")
        return replace(await self._mute(asker, Filter.parse(text), int(days) or None), edits_original=True)

    async def _on_mute_menu(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        """Ask which story, and then what of it to mute for how long."""
        words = asker.words
        asker.require_reader_id()
        numbers = [int(values[0].removeprefix("e"))] if values else await events_behind(self._services, arguments[0])
        events = await self._services.digests.tell(numbers, language=words.locale, audience=asker.audience)
        if not events:
            raise ValueError(numbers)
        if len(events) > 1:
            action = await self._custom_ids.encode("mute-menu")
            return Reply(mute_stories_page(events, words, action=action))
        action = await self._custom_ids.encode("mute")
        return Reply(mute_page(events[0], words, action=action), edits_original=bool(values))

    async def _muted_words(self, asker: Asker, text: str) -> str:
        """Return a mute in words: a story by its headline."""
        node = Filter.parse(text).node
        if isinstance(node, Match) and node.key == "event" and len(node.values) == 1:
            numbers = [int(node.values[0].removeprefix("e"))]
            locale = asker.words.locale
            for event in await self._services.digests.tell(numbers, language=locale, audience=asker.audience):
                return event.headline
        return filter_words(text, asker.words)

    async def _mute(self, asker: Asker, query: Filter, days: int | None = None) -> Reply:
        muted = await self._services.members.mute(asker.require_reader_id(), query, days=days)
        words = asker.words
        undo = Button(words("button-undo"), await self._custom_ids.encode("unmute", muted))
        what = await self._muted_words(asker, muted)
        text = words("muted-for", what=what, days=days) if days else words("muted", what=what)
        return Reply(message_page(text, words=words, buttons=[undo]))

    async def unmute(self, asker: Asker, *, filter: str | None = None) -> Reply:
        """Remove one of the member's mutes, or all."""
        return await self._unmute(asker, Filter.parse(filter) if filter else None)

    async def _on_unmute(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return replace(await self._unmute(asker, Filter.parse(arguments[0])), edits_original=True)

    async def _unmute(self, asker: Asker, query: Filter | None) -> Reply:
        removed = await self._services.members.unmute(asker.require_reader_id(), query)
        words = asker.words
        if not removed:
            raise InputInvalid("nothing is muted", "error-nothing-muted")
        return Reply(message_page(words("unmuted", count=len(removed)), words=words))

    async def languages(self, asker: Asker, *, stories: str | None = None) -> Reply:
        """Choose the languages of the stories that are chosen for the member, or show them."""
        words, reader_id = asker.words, asker.require_reader_id()
        if stories is not None:
            chosen = parse_languages(stories)
            await self._services.members.choose_story_languages(reader_id, chosen)
        else:
            chosen = (await languages_for(self._services, asker, None, EVERYTHING)).stories
        named = story_language_words(chosen, words)
        key = "languages-chosen" if stories is not None else "languages-shown"
        return Reply(message_page(words(key, languages=named), words=words))

    async def forget(self, asker: Asker) -> Reply:
        """Delete everything that is stored about the member, after a question."""
        asker.require_reader_id()
        words = asker.words
        button = Button(words("button-forget"), await self._custom_ids.encode("forget"), danger=True)
        return Reply(message_page(words("forget-question"), words=words, buttons=[button]))

    async def _on_forget(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        await self._services.members.forget(asker.require_reader_id())
        return Reply(message_page(asker.words("forgotten"), words=asker.words), edits_original=True)
