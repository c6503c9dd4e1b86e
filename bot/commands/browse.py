"""Commands for every reader: /news, /digest, /story, /search, /why and others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

from bot.commands.custom_ids import CustomIds
from bot.commands.digest_buttons import country_buttons, event_buttons, events_behind
from bot.commands.story_languages import languages_for
from bot.commands.types import Asker, Command, Option, Reply
from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.filters import EVERYTHING, Filter, Period, walk
from bot.newsroom.models import Digest, NewsPage, event_name
from bot.newsroom.regions import region_name
from bot.rendering.layout import Button, Menu, MenuOption, Page
from bot.rendering.pages.digest import digest_page, trending_page, why_page, whys_page
from bot.rendering.pages.front import count_told, front_page
from bot.rendering.pages.help import about_page
from bot.rendering.pages.stories import answers_page, counts_page, news_page, story_page
from bot.rendering.pages.taste import taste_lines
from bot.rendering.pages.time_words import message_with_time
from bot.rendering.theme import flag_emoji
from bot.services import Services
from bot.services.news import MAX_SEARCH_RESULTS
from summarizers.labels.country_names import country_name
from summarizers.labels.topic_names import topic_name

__all__ = ["BrowseCommands"]

_COUNTRY = Option("country", suggest="country")
_TOPIC = Option("topic", suggest="topic")
_SINCE = Option("since", suggest="since")
_FILTER = Option("filter")
_STORIES = Option("stories", suggest="stories")
_PAGE = Option("page", "number", least=1, most=100_000)

_MAX_CHOICES = 25
"""Lines of a menu that Discord allows."""

_MEASURED = "digest-more:"
"""A custom id in a page that is only drawn to see how many events it has room for."""

_SILENCE = "7d"
"""How long a region has been without news before /countries mentions it."""


class BrowseCommands:
    """The commands that every reader can use."""

    def __init__(self, services: Services, custom_ids: CustomIds) -> None:
        self._services, self._custom_ids = services, custom_ids

    def commands(self) -> list[Command]:
        """Return the commands with their options and buttons."""
        return [
            Command(
                "news", self.news, (_COUNTRY, _TOPIC, _SINCE, _FILTER, _PAGE), buttons={"news": self._on_news_page}
            ),
            Command(
                "digest",
                self.digest,
                (_COUNTRY, _TOPIC, _SINCE, _FILTER, _STORIES),
                aliases=("digest now",),
                buttons={"digest-more": self._on_more, "posted-more": self._on_posted_more},
            ),
            Command("trending", self.trending, (_COUNTRY, _TOPIC, _FILTER, _STORIES)),
            Command("catchup", self.catchup, (_COUNTRY, _TOPIC, _FILTER, _STORIES)),
            Command(
                "search", self.search, (Option("words", required=True), _PAGE), buttons={"search": self._on_search_page}
            ),
            Command("ask", self.ask, (Option("question", required=True),)),
            Command(
                "story", self.story, (Option("id", required=True, suggest="story"),), buttons={"story": self._on_story}
            ),
            Command(
                "why",
                self.why,
                (Option("id", required=True, suggest="event"),),
                buttons={"why": self._on_why, "whys": self._on_whys},
            ),
            Command("countries", self.countries, (_SINCE,), buttons={"about": self._on_label}),
            Command("topics", self.topics, (_SINCE,)),
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
        """Show the newest stories about a country or a topic, a page at a time."""
        return await self._news_page(asker, Filter.of(country=country, topic=topic, since=since, text=filter), page)

    async def _on_news_page(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        reply = await self._news_page(asker, Filter.parse(arguments[1]), int(arguments[0]))
        return replace(reply, edits_original=True)

    async def _news_page(self, asker: Asker, query: Filter, page: int) -> Reply:
        timezone = await self._timezone(asker) if _depends_on_timezone(query) else None
        shown = await self._services.news.page(query, page=page, timezone=timezone, audience=asker.audience)
        return Reply(
            news_page(
                shown,
                asker.words,
                question=str(query),
                actions=await self._page_buttons(asker, shown, str(query), "news"),
                details=await self._custom_ids.encode("story"),
                buttons=country_buttons(shown.stories, query, asker.words),
            )
        )

    async def search(self, asker: Asker, *, words: str, page: int = 1) -> Reply:
        """Show the stories that contain these words, best first."""
        results = await self._services.news.search(words, page=page, audience=asker.audience)
        key = "search-title-many" if results.total >= MAX_SEARCH_RESULTS else "search-title"
        return Reply(
            news_page(
                results,
                asker.words,
                question="",
                title=asker.words(key, words=words, total=results.total),
                nothing=asker.words("search-nothing"),
                actions=await self._page_buttons(asker, results, words, "search"),
                details=await self._custom_ids.encode("story"),
            )
        )

    async def _on_search_page(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        reply = await self.search(asker, words=arguments[1], page=int(arguments[0]))
        return replace(reply, edits_original=True)

    async def ask(self, asker: Asker, *, question: str) -> Reply:
        """Show the sentences of stories that answer a question, or say that none does."""
        words = asker.words
        answers = await self._services.questions.answer(question, locale=words.locale, audience=asker.audience)
        buttons = []
        if answers:
            best = answers[0].story
            why = await self._custom_ids.encode("why", event_name(best.event_id))
            buttons.append(Button(words("button-event"), why))
            if best.ref.source:
                of_source = str(Filter.of(text=f'source:"{best.ref.source}"')) if '"' not in best.ref.source else ""
                if of_source:
                    more = await self._custom_ids.encode("news", "1", of_source, discriminator="s")
                    buttons.append(Button(words("button-more-of", source=best.ref.source), more))
        details = await self._custom_ids.encode("story")
        return Reply(answers_page(question, answers, words, details=details, buttons=buttons))

    async def digest(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        since: str | None = None,
        filter: str | None = None,
        stories: str | None = None,
    ) -> Reply:
        """Show the digest that a channel would get now."""
        query = Filter.of(country=country, topic=topic, text=filter)
        words = asker.words
        languages = await languages_for(self._services, asker, stories, query)
        digest = await self._services.digests.compose(
            query,
            since=since,
            timezone=await self._timezone(asker),
            language=words.locale,
            stories=languages.stories,
            or_all_languages=languages.or_all_languages,
            member_id=asker.reader_id,
            audience=asker.audience,
        )
        return Reply(await self._front(asker, digest, languages.stories if digest.other_languages else ()))

    async def _front(self, asker: Asker, digest: Digest, stories: Sequence[str]) -> Page:
        """Return the front page of an answer, whose button "more" goes on where it ends."""
        words, query = asker.words, Filter.parse(digest.filter)
        buttons = country_buttons(digest.events, query, words)
        if digest.events:
            buttons = [*event_buttons(_numbers(digest), words), *buttons]
        told = count_told(front_page(digest, words, details=_MEASURED, more=_MEASURED, buttons=buttons))
        more = await self._more(digest, stories, digest.passed + told)
        return front_page(digest, words, details=await self._custom_ids.encode("story"), more=more, buttons=buttons)

    async def _more(self, digest: Digest, stories: Sequence[str], skip: int) -> str:
        """Return the custom id of the page after the first `skip` events of a digest."""
        since, until = str(digest.since.timestamp()), str(digest.until.timestamp())
        limit = str(max(len(digest.events), 1))
        return await self._custom_ids.encode(
            "digest-more", str(skip), limit, since, until, ",".join(stories), digest.filter, discriminator="m"
        )

    async def _on_more(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        """Show the page of a digest that was an answer."""
        skip, limit, since, until, languages, query = arguments
        stories = tuple(languages.split(",")) if languages else ()
        digest = await self._services.digests.compose_more(
            Filter.parse(query),
            since=datetime.fromtimestamp(float(since), UTC),
            until=datetime.fromtimestamp(float(until), UTC),
            skip=int(skip),
            limit=int(limit),
            timezone=await self._timezone(asker),
            language=asker.words.locale,
            stories=stories,
            member_id=asker.reader_id,
            audience=asker.audience,
        )
        return Reply(await self._front(asker, digest, stories))

    async def _on_posted_more(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        """Show the page of a posted digest after the first events that it has no room for."""
        delivery, skip, words = int(arguments[0]), int(arguments[1]), asker.words
        digest = await self._services.digests.after_delivery(delivery, skip=skip, audience=asker.audience)
        buttons = event_buttons(_numbers(digest), words) if digest.events else []
        told = count_told(front_page(digest, words, details=_MEASURED, more=_MEASURED, buttons=buttons))
        more = await self._custom_ids.encode("posted-more", str(delivery), str(skip + told))
        details = await self._custom_ids.encode("story")
        return Reply(front_page(digest, words, details=details, more=more, buttons=buttons))

    async def catchup(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        filter: str | None = None,
        stories: str | None = None,
    ) -> Reply:
        """Show what arrived since the member last used this command, as one digest."""
        query = Filter.of(country=country, topic=topic, text=filter)
        words = asker.words
        languages = await languages_for(self._services, asker, stories, query)
        digest = await self._services.digests.catch_up(
            asker.reader_id,
            query,
            timezone=await self._timezone(asker),
            language=words.locale,
            stories=languages.stories,
            or_all_languages=languages.or_all_languages,
            audience=asker.audience,
        )
        more = await self._more(digest, languages.stories if digest.other_languages else (), len(digest.events))
        return Reply(
            digest_page(
                digest,
                words,
                title=message_with_time("catchup-title", digest.since, words, digest.timezone),
                details=await self._custom_ids.encode("story"),
                more=more,
            )
        )

    async def trending(
        self,
        asker: Asker,
        *,
        country: str | None = None,
        topic: str | None = None,
        filter: str | None = None,
        stories: str | None = None,
    ) -> Reply:
        """Show the events that got more reports lately than before, steepest rise first."""
        query = Filter.of(country=country, topic=topic, text=filter)
        languages = await languages_for(self._services, asker, stories, query)
        events = await self._services.digests.trending(
            query,
            language=asker.words.locale,
            stories=languages.stories,
            or_all_languages=languages.or_all_languages,
            member_id=asker.reader_id,
            audience=asker.audience,
        )
        details = await self._custom_ids.encode("story")
        return Reply(trending_page(events, asker.words, wanted=str(query), details=details))

    async def story(self, asker: Asker, *, id: str) -> Reply:
        """Show a story in full: everything that is stored of it."""
        story = await self._services.news.story(id, language=asker.words.locale, audience=asker.audience)
        line = story.line
        why = await self._custom_ids.encode("why", event_name(line.event_id))
        buttons = country_buttons([line], EVERYTHING, asker.words, limit=1)
        assigned = assigned_topics((topic.slug, topic.score) for topic in line.topics)
        main_topic = next((topic.slug for topic in line.topics if topic.slug in assigned), None)
        if asker.reader_id is not None:
            mute = await self._custom_ids.encode("mute-menu", str(line.event_id))
            buttons.append(Button(asker.words("button-mute"), mute))
        if main_topic is not None and asker.reader_id is not None:
            buttons += await self._taste_buttons(asker, main_topic)
        return Reply(story_page(story, asker.words, why=why, buttons=buttons))

    async def _on_story(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.story(asker, id=values[0] if values else arguments[0])

    async def why(self, asker: Asker, *, id: str) -> Reply:
        """Show why an event or story was chosen, and where each sentence came from."""
        event, reports = await self._services.digests.explain(id, language=asker.words.locale, audience=asker.audience)
        buttons = [Button(asker.words("button-full"), await self._custom_ids.encode("story", event_name(event.id)))]
        notes: list[str] = []
        if asker.reader_id is not None:
            assigned = assigned_topics((topic.slug, topic.score) for topic in event.topics)
            topics = [topic.slug for topic in event.topics if topic.slug in assigned]
            notes = taste_lines(await self._services.members.taste(asker.reader_id), topics, asker.words)
            if topics:
                buttons += await self._taste_buttons(asker, topics[0])
        return Reply(why_page(event, reports, asker.words, buttons=buttons, notes=notes))

    async def _taste_buttons(self, asker: Asker, topic: str) -> list[Button]:
        """Return the buttons that ask for more or less of a topic in own digests."""
        return [
            Button(asker.words(f"button-{way}-like"), await self._custom_ids.encode("taste", way, topic))
            for way in ("more", "less")
        ]

    async def _on_why(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        return await self.why(asker, id=values[0] if values else arguments[0])

    async def _on_whys(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        """Show for each event of a digest what speaks for it."""
        numbers = await events_behind(self._services, arguments[0])
        events = await self._services.digests.tell(numbers, language=asker.words.locale, audience=asker.audience)
        if not events:
            raise ValueError(arguments[0])
        return Reply(whys_page(events, asker.words, menu=await self._custom_ids.encode("why")))

    async def countries(self, asker: Asker, *, since: str | None = None) -> Reply:
        """List the countries in the news, and the regions without news for a week."""
        words = asker.words
        counts = await self._services.news.country_counts(
            since, timezone=await self._timezone(asker), audience=asker.audience
        )
        rows = [(f"{flag_emoji(code)} {country_name(code, words.locale)}".strip(), count) for code, count in counts]
        menu = await self._label_menu("country", [code for code, _count in counts], rows, words("menu-country"), since)
        regions = await self._services.news.silent_regions(_SILENCE, audience=asker.audience)
        silent = [region_name(region, words.locale) for region in regions]
        note = words("countries-gaps", regions=words.listed(silent)) if silent else None
        return Reply(counts_page(words("countries-title"), rows, words, menu=menu, note=note))

    async def topics(self, asker: Asker, *, since: str | None = None) -> Reply:
        """List the topics in the news with their numbers of stories."""
        words = asker.words
        counts = await self._services.news.topic_counts(
            since, timezone=await self._timezone(asker), audience=asker.audience
        )
        rows = [(topic_name(slug, words.locale), count) for slug, count in counts]
        menu = await self._label_menu("topic", [slug for slug, _count in counts], rows, words("menu-topic"), since)
        return Reply(counts_page(words("topics-title"), rows, words, menu=menu))

    async def _label_menu(
        self, key: str, values: Sequence[str], rows: Sequence[tuple[str, int]], placeholder: str, since: str | None
    ) -> Menu:
        """Return a menu that opens the news about each of the labels."""
        choices = [MenuOption(name, value, str(count)) for value, (name, count) in zip(values, rows, strict=True)]
        action = await self._custom_ids.encode("about", key, since or "")
        return Menu(action, placeholder, tuple(choices[:_MAX_CHOICES]))

    async def _on_label(self, asker: Asker, arguments: Sequence[str], values: Sequence[str]) -> Reply:
        key, since = arguments[0], arguments[1]
        if key not in ("country", "topic"):
            raise ValueError(key)
        return await self._news_page(asker, Filter.of(since=since or None, **{key: values[0]}), 1)

    async def about(self, asker: Asker) -> Reply:
        """Show what this program is, and how much it has stored."""
        counts = await self._services.data.counts(asker.audience)
        latest = await self._services.news.latest_arrival(asker.audience)
        links = self._services.links
        return Reply(about_page(asker.words, version=version("gazette"), counts=counts, latest=latest, links=links))

    async def _timezone(self, asker: Asker) -> str:
        """Return the time zone in which the asker's days begin."""
        return asker.timezone or await self._services.subscriptions.usual_timezone(
            guild_id=asker.guild_id, member_id=asker.member_id
        )

    async def _page_buttons(
        self, asker: Asker, shown: NewsPage, question: str, action: str
    ) -> list[tuple[str, str, bool]]:
        """Return (label, custom id, enabled) of the buttons for the previous and the next page."""
        if shown.pages < 2:
            return []
        previous = await self._custom_ids.encode(action, str(max(shown.page - 1, 1)), question, discriminator="b")
        following = await self._custom_ids.encode(
            action, str(min(shown.page + 1, shown.pages)), question, discriminator="n"
        )
        return [
            (asker.words("button-previous"), previous, shown.page > 1),
            (asker.words("button-next"), following, shown.page < shown.pages),
        ]


def _numbers(digest: Digest) -> str:
    """Return the numbers of a digest's events as a button's argument."""
    return ",".join(str(event.id) for event in digest.events)


def _depends_on_timezone(query: Filter) -> bool:
    """Return True if a filter depends on where days begin.

    Most don't, and finding the member's zone takes time.
    """
    return any(isinstance(node, Period) for node in walk(query.node))
