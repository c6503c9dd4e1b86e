"""What can anyone ask? /news, /digest, /story, /search, /trending, /catchup, /why, /countries, /topics, /about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import version

from bot.commands.custom_ids import Actions
from bot.commands.digest_buttons import more_from
from bot.commands.types import Asker, Command, Option, Reply
from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.filters import EVERYTHING, Filter, Period, walk
from bot.newsroom.models import Digest, NewsPage, StoryDetail, event_name
from bot.newsroom.regions import region_name
from bot.rendering.layout import Button, Choice, Menu
from bot.rendering.pages.digest import digest_page, trending_page, why_page
from bot.rendering.pages.messages import about_page
from bot.rendering.pages.stories import counts_page, news_page, story_page
from bot.rendering.pages.time_words import message_with_time
from bot.rendering.theme import flag
from bot.services import Services
from bot.services.news import MAX_SEARCH_RESULTS
from summarizers.labels.countries import country_name
from summarizers.labels.topics import topic_name

__all__ = ["Reading"]

_FILTERS = (Option("country", suggest="country"), Option("topic", suggest="topic"), Option("since", suggest="since"))
_MOST_CHOICES = 25
_WEEK = "7d"


class Reading:
    """The reader's commands. `actions` turns a question into what stands behind a button, and back."""

    def __init__(self, services: Services, actions: Actions) -> None:
        self._services, self._actions = services, actions

    def commands(self) -> list[Command]:
        """The commands with their options."""
        page = Option("page", "number", least=1, most=100_000)
        return [
            Command("news", self.news, (*_FILTERS, Option("filter"), page)),
            Command("digest", self.digest, (*_FILTERS, Option("filter")), aliases=("digest now",)),
            Command("trending", self.trending, (*_FILTERS[:2], Option("filter"))),
            Command("catchup", self.catchup, (*_FILTERS[:2], Option("filter"))),
            Command("search", self.search, (Option("words", required=True), page)),
            Command("story", self.story, (Option("id", required=True, suggest="story"),)),
            Command("why", self.why, (Option("id", required=True, suggest="event"),)),
            Command("countries", self.countries, (Option("since", suggest="since"),)),
            Command("topics", self.topics, (Option("since", suggest="since"),)),
            Command("about", self.about),
        ]

    async def news(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        since: str | None = None,
        filter: str | None = None,
        page: int = 1,
    ) -> Reply:
        """The newest stories about a country or a topic, a page at a time."""
        wanted = Filter.of(country=country, topic=topic, since=since, text=filter)
        return await self._news(asker, wanted, page)

    async def more_news(self, asker: Asker, question: str, page: int) -> Reply:
        """Another page of a question in normal form."""
        return await self._news(asker, Filter.parse(question), page, replaces=True)

    async def _news(self, asker: Asker, wanted: Filter, page: int, *, replaces: bool = False) -> Reply:
        where = await self._zone(asker) if _depends_on_days(wanted) else None
        found = await self._services.news.page(wanted, page=page, timezone=where)
        shown = news_page(
            found,
            asker.words,
            question=str(wanted),
            actions=await self._paging(asker, found, str(wanted), "news"),
            details=await self._actions.encode("story"),
            buttons=more_from(found.stories, wanted, asker.words),
        )
        return Reply(shown, replaces=replaces)

    async def search(self, asker: Asker, *, words: str, page: int = 1) -> Reply:
        """Stories that hold these words, the best first."""
        found = await self._services.news.search(words, page=page)
        say = asker.words
        key = "search-title-many" if found.total >= MAX_SEARCH_RESULTS else "search-title"
        shown = news_page(
            found,
            say,
            question="",
            title=say(key, words=words, total=found.total),
            actions=await self._paging(asker, found, words, "search"),
            details=await self._actions.encode("story"),
        )
        return Reply(shown)

    async def more_found(self, asker: Asker, question: str, page: int) -> Reply:
        """Another page of a search."""
        return Reply((await self.search(asker, words=question, page=page)).page, replaces=True)

    async def digest(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        since: str | None = None,
        filter: str | None = None,
    ) -> Reply:
        """The digest that a channel would get now."""
        wanted = Filter.of(country=country, topic=topic, text=filter)
        say = asker.words
        digest = await self._services.digests.compose(
            wanted, since=since, timezone=await self._zone(asker), language=say.locale, member_id=asker.reader
        )
        whole = Filter.of(since=since or _reach(digest)) & wanted  # the news behind "more" is that of the same time
        shown = digest_page(
            digest,
            say,
            details=await self._actions.encode("story"),
            more=await self._actions.encode("news", "1", str(whole), side="m"),
            buttons=more_from(digest.events, wanted, say),
        )
        return Reply(shown)

    async def catchup(
        self, asker: Asker, *, country: str | None = None, topic: str | None = None, filter: str | None = None
    ) -> Reply:
        """What came since the member last asked this, as one digest."""
        wanted = Filter.of(country=country, topic=topic, text=filter)
        say = asker.words
        digest = await self._services.digests.catch_up(
            asker.reader,
            wanted,
            timezone=await self._zone(asker),
            language=say.locale,
        )
        shown = digest_page(
            digest,
            say,
            title=message_with_time("catchup-title", digest.since, say, digest.timezone),
            details=await self._actions.encode("story"),
            more=await self._actions.encode("news", "1", str(Filter.of(since=_reach(digest)) & wanted), side="m"),
        )
        return Reply(shown)

    async def trending(
        self, asker: Asker, *, country: str | None = None, topic: str | None = None, filter: str | None = None
    ) -> Reply:
        """What got more reports lately than before, the steepest rise first."""
        wanted = Filter.of(country=country, topic=topic, text=filter)
        rising = await self._services.digests.trending(wanted, member_id=asker.reader)
        details = await self._actions.encode("story")
        return Reply(trending_page(rising, asker.words, wanted=str(wanted), details=details))

    async def story(self, asker: Asker, *, id: str) -> Reply:
        """A story in full: everything that is kept of it."""
        return await self._story(asker, await self._services.news.story(id))

    async def _story(self, asker: Asker, story: StoryDetail) -> Reply:
        line = story.line
        why = await self._actions.encode("why", event_name(line.event_id))
        buttons = more_from([line], EVERYTHING, asker.words, most=1)
        about = assigned_topics((topic.slug, topic.score) for topic in line.topics)
        first = next((topic.slug for topic in line.topics if topic.slug in about), None)
        if first is not None and asker.reader is not None:
            label = asker.words("button-mute", what=topic_name(first, asker.words.locale))
            buttons.append(Button(label, await self._actions.encode("mute", f"topic:{first}")))
        return Reply(story_page(story, asker.words, why=why, buttons=buttons))

    async def why(self, asker: Asker, *, id: str) -> Reply:
        """Why an event or story is there, and where each sentence came from."""
        event, reports = await self._services.digests.explain(id)
        full = Button(asker.words("button-full"), await self._actions.encode("story", event_name(event.id)))
        return Reply(why_page(event, reports, asker.words, buttons=[full]))

    async def countries(self, asker: Asker, *, since: str | None = None) -> Reply:
        """The countries that have stories, with how many, and the parts of the world without news for a week."""
        say = asker.words
        counts = await self._services.news.country_counts(since, timezone=await self._zone(asker))
        rows = [(f"{flag(code)} {country_name(code, say.locale)}".strip(), count) for code, count in counts]
        menu = await self._menu("country", [code for code, _count in counts], rows, say("menu-country"), since)
        gaps = [region_name(region, say.locale) for region in await self._services.news.silent_regions(_WEEK)]
        note = say("countries-gaps", regions=say.listed(gaps)) if gaps else None
        return Reply(counts_page(say("countries-title"), rows, say, menu=menu, note=note))

    async def topics(self, asker: Asker, *, since: str | None = None) -> Reply:
        """The topics that have stories, with how many."""
        say = asker.words
        counts = await self._services.news.topic_counts(since, timezone=await self._zone(asker))
        rows = [(topic_name(slug, say.locale), count) for slug, count in counts]
        menu = await self._menu("topic", [slug for slug, _count in counts], rows, say("menu-topic"), since)
        return Reply(counts_page(say("topics-title"), rows, say, menu=menu))

    async def _menu(
        self, key: str, values: Sequence[str], rows: Sequence[tuple[str, int]], placeholder: str, since: str | None
    ) -> Menu:
        """A menu whose choices open the news about each of the names."""
        choices = [Choice(name, value, str(count)) for value, (name, count) in zip(values, rows, strict=True)]
        action = await self._actions.encode("about", key, since or "")
        return Menu(action, placeholder, tuple(choices[:_MOST_CHOICES]))

    async def about(self, asker: Asker) -> Reply:
        """What this program is, and how much it holds."""
        counts, latest = await self._services.news.counts(), await self._services.news.latest_arrival()
        return Reply(about_page(asker.words, version=version("gazette"), counts=counts, latest=latest))

    async def _zone(self, asker: Asker) -> str:
        """Where days begin for the asker."""
        return asker.timezone or await self._services.subscriptions.usual_timezone(
            guild_id=asker.guild_id, member_id=asker.member_id
        )

    async def open(self, asker: Asker, identity: str) -> Reply:
        """What a menu of stories opens: a story, or an event's best story, in full."""
        return await self.story(asker, id=identity)

    async def about_label(self, asker: Asker, key: str, value: str, since: str) -> Reply:
        """What a menu of countries or topics opens: its news, beside the list. Raises ValueError for another key."""
        if key not in ("country", "topic"):
            raise ValueError(key)
        wanted = Filter.of(since=since or None, **{key: value})
        return await self._news(asker, wanted, 1)

    async def _paging(self, asker: Asker, found: NewsPage, question: str, name: str) -> list[tuple[str, str, bool]]:
        if found.pages < 2:
            return []
        back = await self._actions.encode(name, str(max(found.page - 1, 1)), question, side="b")
        on = await self._actions.encode(name, str(min(found.page + 1, found.pages)), question, side="n")
        say = asker.words
        return [
            (say("button-previous"), back, found.page > 1),
            (say("button-next"), on, found.page < found.pages),
        ]


def _reach(digest: Digest) -> str:
    """How far back a digest looks, in whole hours."""
    return f"{max(1, -(-(digest.until - digest.since) // timedelta(hours=1)))}h"


def _depends_on_days(wanted: Filter) -> bool:
    """Return True if a filter depends on where days begin. Most don't, and finding the member's zone takes time."""
    return any(isinstance(node, Period) for node in walk(wanted.node))
