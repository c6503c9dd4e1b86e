"""What can anyone ask? /news, /digest, /story, /search, /why, /countries, /topics, /about."""

from __future__ import annotations

from importlib.metadata import version

from bot.commands.base import Asker, Command, Option, Reply
from bot.commands.states import Actions
from bot.desk import Desk
from bot.errors import NotFound
from bot.newsroom.filters import Filter
from bot.newsroom.models import NewsPage, parse_id
from bot.rendering import pages
from summarizers.places import country_name
from summarizers.topics import topic_name

__all__ = ["Reading"]

_FILTERS = (Option("country", suggest="country"), Option("topic", suggest="topic"), Option("since", suggest="since"))


class Reading:
    """The reader's commands. `actions` turns a question into what stands behind a button, and back."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        self._desk, self._actions = desk, actions

    def commands(self) -> list[Command]:
        """The commands with their options."""
        return [
            Command("news", self.news, (*_FILTERS, Option("filter"), Option("page", "number"))),
            Command("digest", self.digest, (*_FILTERS, Option("filter")), aliases=("digest now",)),
            Command("story", self.story, (Option("id", required=True, suggest="story"),)),
            Command("search", self.search, (Option("words", required=True), Option("page", "number"))),
            Command("why", self.why, (Option("id", required=True, suggest="event"),)),
            Command("countries", self.countries),
            Command("topics", self.topics),
            Command("about", self.about),
        ]

    async def news(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        since: str | None = None,
        filter: str | None = None,  # noqa: A002 - the option's name
        page: int = 1,
    ) -> Reply:
        """The newest stories about a country or a topic, a page at a time."""
        wanted = Filter.of(country=country, topic=topic, since=since, text=filter)
        return await self._page(asker, wanted, page)

    async def more_news(self, asker: Asker, question: str, page: int) -> Reply:
        """Another page of a question in normal form."""
        return await self._page(asker, Filter.parse(question), page, replaces=True)

    async def _page(self, asker: Asker, wanted: Filter, page: int, *, replaces: bool = False) -> Reply:
        found = await self._desk.news(wanted, page=page)
        buttons = await self._paging(asker, found, str(wanted), "news")
        return Reply(
            pages.news_page(found, asker.words, question=str(wanted), actions=buttons), replaces=replaces
        )

    async def _paging(self, asker: Asker, found: NewsPage, question: str, name: str) -> list[tuple[str, str, bool]]:
        back = await self._actions.encode(name, str(max(found.page - 1, 1)), question, side="b")
        on = await self._actions.encode(name, str(min(found.page + 1, found.pages)), question, side="n")
        words = asker.words
        return [
            (words("button-previous"), back, found.page > 1),
            (words("button-next"), on, found.page < found.pages),
        ]

    async def digest(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        since: str | None = None,
        filter: str | None = None,  # noqa: A002 - the option's name
    ) -> Reply:
        """The digest that a channel would get now."""
        wanted = Filter.of(country=country, topic=topic, text=filter)
        digest = await self._desk.digest(wanted, since=since, timezone=asker.timezone, language=asker.words.locale)
        details = await self._actions.encode("story")
        more = await self._actions.encode("news", "1", str(wanted), side="m")
        return Reply(pages.digest_page(digest, asker.words, details=details, more=more))

    async def story(self, asker: Asker, *, id: str) -> Reply:  # noqa: A002 - the option's name
        """A story in full: everything that is kept of it."""
        story = await self._desk.story(id)
        why = await self._actions.encode("why", f"e{story.line.event_id}")
        return Reply(pages.story_page(story, asker.words, why=why))

    async def search(self, asker: Asker, *, words: str, page: int = 1) -> Reply:
        """Stories that hold these words, the best first."""
        found = await self._desk.search(words, page=page)
        buttons = await self._paging(asker, found, words, "search")
        return Reply(pages.news_page(found, asker.words, question=words, actions=buttons))

    async def more_found(self, asker: Asker, question: str, page: int) -> Reply:
        """Another page of a search."""
        found = await self.search(asker, words=question, page=page)
        return Reply(found.page, replaces=True)

    async def why(self, asker: Asker, *, id: str) -> Reply:  # noqa: A002 - the option's name
        """Why an event or story is there, and where each sentence came from."""
        event, stories = await self._desk.why(id)
        return Reply(pages.why_page(event, stories, asker.words))

    async def countries(self, asker: Asker) -> Reply:
        """The countries that have stories, with how many."""
        words = asker.words
        rows = [(country_name(code, words.locale), count) for code, count in await self._desk.country_counts()]
        return Reply(pages.counts_page(words("countries-title"), rows[:60], words))

    async def topics(self, asker: Asker) -> Reply:
        """The topics that have stories, with how many."""
        words = asker.words
        rows = [(topic_name(slug, words.locale), count) for slug, count in await self._desk.topic_counts()]
        return Reply(pages.counts_page(words("topics-title"), rows, words))

    async def about(self, asker: Asker) -> Reply:
        """What this program is, and how much it holds."""
        counts = await self._desk.counts()
        return Reply(pages.about_page(asker.words, version=version("gazette"), counts=counts))

    async def open(self, asker: Asker, identity: str) -> Reply:
        """What a menu of stories opens: the event's best story in full."""
        kind, number = parse_id(identity) or (None, 0)
        if kind == "event":
            event, stories = await self._desk.why(identity)
            if not stories:
                raise NotFound("event", identity)
            return await self.story(asker, id=f"s{event.sources[0].story_id}")
        return await self.story(asker, id=f"s{number}")
