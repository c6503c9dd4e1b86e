"""Pages of news, searches, single stories, counts, and digests for a question."""

from __future__ import annotations

import pytest

from bot.errors import FilterInvalid, InputInvalid, NotFound
from bot.newsroom.filters import EVERYTHING, Filter
from bot.services import Services
from bot.services.news import STORIES_PER_PAGE
from bot.store import documents, events
from bot.store.database import Store
from tests.clock import ManualClock
from tests.services.sample_news import open_services
from tests.store.factories import make_analysis, make_file_facts


def headlines(page: object) -> list[str]:
    """What stands on a page."""
    return [story.headline for story in page.stories]  # type: ignore[attr-defined] # a NewsPage


async def test_news_comes_a_page_at_a_time_newest_first(services: Services) -> None:
    first, second = await services.news.page(EVERYTHING), await services.news.page(EVERYTHING, page=2)
    assert (first.total, first.page, first.pages) == (6, 1, 2)
    assert len(first.stories) == STORIES_PER_PAGE
    assert headlines(first)[0] == "Destroyers meet off Okinawa"
    assert headlines(second) == ["Hamburg's coffee"]


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-3, 1), (3, 2), (10**9, 2)])
async def test_a_page_number_out_of_range_gives_the_nearest_page(services: Services, asked: int, given: int) -> None:
    found = await services.news.page(EVERYTHING, page=asked)
    assert found.page == given
    assert found.stories


async def test_today_begins_at_midnight_of_the_zone(services: Services) -> None:
    """At noon in London it is 21:00 in Tokyo, and in Auckland an hour into tomorrow."""
    today = Filter.of(since="today")
    assert (await services.news.page(today)).total == 5
    assert (await services.news.page(today, timezone="Asia/Tokyo")).total == 5
    assert (await services.news.page(today, timezone="Pacific/Auckland")).total == 1


async def test_no_matches_are_an_empty_page(services: Services) -> None:
    found = await services.news.page(Filter.of(country="FR"))
    assert (found.stories, found.total, found.page, found.pages) == ((), 0, 1, 1)


async def test_news_about_a_country_and_a_topic(services: Services) -> None:
    assert headlines(await services.news.page(Filter.of(country="Japan"))) == [
        "Destroyers meet off Okinawa",
        "Tokyo opens a railway line",
    ]
    both = Filter.of(country="jp", topic="business", since="2d")
    assert headlines(await services.news.page(both)) == ["Tokyo opens a railway line"]


async def test_search_finds_words_page_by_page(services: Services) -> None:
    assert headlines(await services.news.search("rain rivers")) == ["Rain at last in Mombasa"]
    assert headlines(await services.news.search("okinawa", page=9)) == ["Destroyers meet off Okinawa"]
    assert headlines(await services.news.search('"new trains"', query=Filter.of(country="JP"))) == [
        "Tokyo opens a railway line"
    ]
    with pytest.raises(InputInvalid):
        await services.news.search("   ")
    assert headlines(await services.news.search('"new trains')) == ["Tokyo opens a railway line"]
    with pytest.raises(InputInvalid):
        await services.news.search('"')
    with pytest.raises(FilterInvalid):
        await services.news.search("contry:jp")


@pytest.mark.parametrize("written", ["s2", "S2", " s2 ", "2", "#s2", "e2"])
async def test_a_story_is_found_by_ids_as_people_type_them(services: Services, written: str) -> None:
    assert (await services.news.story(written)).line.headline == "Destroyers meet off Okinawa"


@pytest.mark.parametrize("written", ["s999", "e999", "s" + "9" * 18, "e" + "9" * 18])
async def test_an_unknown_story_is_not_found(services: Services, written: str) -> None:
    with pytest.raises(NotFound):
        await services.news.story(written)
    with pytest.raises(NotFound):
        await services.digests.explain(written)


@pytest.mark.parametrize("written", ["", "x1", "s", "s-1", "s1; drop", "１２"])
async def test_text_that_is_not_an_id_is_refused(services: Services, written: str) -> None:
    for asked in (services.news.story, services.digests.explain):
        with pytest.raises(InputInvalid) as refused:
            await asked(written)
        assert refused.value.key == "error-id"


async def test_why_gives_the_event_with_its_reports(services: Services) -> None:
    event, reports = await services.digests.explain("s2")
    assert event.headline == "Destroyers meet off Okinawa"
    assert [report.line.id for report in reports] == [2]
    assert event.id == reports[0].line.event_id


async def test_a_digest_now_has_the_last_day(services: Services) -> None:
    digest = await services.digests.compose()
    assert len(digest.events) == 5
    assert "Hamburg's coffee" not in {event.headline for event in digest.events}
    longer = await services.digests.compose(since="1w", limit=25)
    assert len(longer.events) == 6
    with pytest.raises(InputInvalid):
        await services.digests.compose(since="whenever")
    with pytest.raises(InputInvalid):
        await services.digests.compose(limit=26)


async def test_mutes_apply_to_digests_but_not_to_news_asked_for(services: Services) -> None:
    await services.members.mute(5, Filter.of(topic="sport"))
    assert not [
        event
        for event in (await services.digests.compose(member_id=5)).events
        if event.headline == "Vitória no Maracanã"
    ]
    assert [
        event
        for event in (await services.digests.compose(member_id=6)).events
        if event.headline == "Vitória no Maracanã"
    ]
    assert headlines(await services.news.page(Filter.of(topic="sport"))) == ["Vitória no Maracanã"]


async def test_trending_events_have_more_than_one_report(store: Store, services: Services) -> None:
    assert await services.digests.trending() == []
    async with store.writing() as conn:
        await events.merge_events(conn, 6, 2)
    (event,) = await services.digests.trending()
    assert event.id == 2
    await services.members.mute(5, Filter.of(country="JP"))
    assert await services.digests.trending(member_id=5) == []
    assert [each.id for each in await services.digests.trending(Filter.of(country="JP"), member_id=6)] == [2]


async def test_catching_up_shows_what_arrived_since_the_last_time(
    store: Store, services: Services, clock: ManualClock
) -> None:
    first = await services.digests.catch_up(5)
    assert len(first.events) == 5
    assert (await services.digests.catch_up(5)).events == ()
    clock.advance(hours=3)
    async with store.writing() as conn:
        await documents.store_document(
            conn,
            "late.txt",
            make_file_facts("late"),
            [make_analysis("Snow in Oslo.\nAll of it.", headline="Oslo snow")],
            now=clock(),
        )
    clock.advance(minutes=1)
    assert [event.headline for event in (await services.digests.catch_up(5)).events] == ["Oslo snow"]
    assert len((await services.digests.catch_up(6)).events) == 6
    assert len((await services.digests.catch_up(None)).events) == 6


async def test_counts_are_of_visible_stories(services: Services) -> None:
    assert (await services.news.country_counts())[0] == ("JP", 2)
    assert dict(await services.news.country_counts("2d")).keys() == {"JP", "US", "TW", "BR", "KE"}
    assert (await services.news.topic_counts())[0] == ("economy-business-and-finance", 2)
    assert dict(await services.news.topic_counts("today"))["economy-business-and-finance"] == 1
    held = await services.data.counts()
    assert held == {"stories": 6, "documents": 2, "countries": 6, "topics": 5, "languages": 2}
    assert await services.news.latest_arrival() is not None
    with pytest.raises(InputInvalid):
        await services.news.topic_counts("soon")


async def test_an_empty_store_has_answers(store: Store, clock: ManualClock) -> None:
    empty = open_services(store, clock)
    assert (await empty.news.page(EVERYTHING)).pages == 1
    assert (await empty.digests.compose()).events == ()
    assert await empty.digests.trending() == []
    assert await empty.news.country_counts() == []
    assert await empty.news.latest_arrival() is None
    assert await empty.autocomplete.suggest("story", "") == []


async def test_gaps_are_continents_or_their_parts_without_news_lately(services: Services, clock: ManualClock) -> None:
    gaps = await services.news.silent_regions("7d")
    assert "oceania" in gaps
    assert "africa" not in gaps, "Kenya is in the news"
    assert {"west-africa", "caribbean"} <= set(gaps)
    assert not {"east-africa", "south-america", "northern-america", "east-asia"} & set(gaps)
    clock.advance(days=30)
    assert await services.news.silent_regions("7d") == [], (
        "where nothing comes in at all, nothing is missing in particular"
    )
