"""Digests read few of the events that compete and lose none of them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import time, timedelta
from math import inf

import pytest

from bot.newsroom.filters import Filter
from bot.newsroom.models import Digest, Subscription
from bot.newsroom.ranking import Candidate, rank
from bot.services import digests
from bot.services.digests import DigestService
from bot.settings import DigestSettings, SummarySettings
from bot.store import deliveries, documents, events, story_pages, subscriptions
from bot.store.database import Store
from summarizers.types import NewsValue
from tests.store.factories import NOON, make_analysis, make_file_facts

CHANNEL = 7
DAY = timedelta(days=1)
COUNTRIES = ("JP", "US", "KE")
TOPICS = ("sport", "weather")
FILTERS = ("", "country:jp", "topic:sport", "-country:us", "country:jp,ke topic:weather", "lang:en", "rain")
ORDER = Subscription(0, CHANNEL, (time(12),), "UTC", NOON - DAY, NOON - DAY, guild_id=1)


async def fill(store: Store, chance: random.Random) -> None:
    """Store sixty stories of two days in some forty events; the channel was shown a part of eight of them."""
    ids: list[int] = []
    async with store.writing() as conn:
        for number in range(20):
            analyses = [
                make_analysis(
                    f"Story {number} {place}. {'Rain fell on the coast. ' * chance.choice((0, 9, 80, 200))}",
                    countries={code: chance.choice((0.1, 0.4, 0.9)) for code in chance.sample(COUNTRIES, 2)},
                    topics={slug: chance.choice((0.3, 0.6, 0.9)) for slug in chance.sample(TOPICS, 1)},
                    language=chance.choice(("en", "en", "de")),
                    news_value=NewsValue(chance.choice((0.1, 0.3, 0.5, 0.9))),
                )
                for place in range(3)
            ]
            at = NOON - timedelta(minutes=chance.randint(0, 48 * 60))
            origin = documents.Origin(source=chance.choice(("", "Wire", "Post", "Ledger")))
            stored = await documents.store_document(
                conn, f"{number}.txt", make_file_facts(f"{number}"), analyses, now=at, origin=origin
            )
            ids += stored.story_ids
        await events.assign_stories(conn, {story_id: chance.choice(ids) for story_id in chance.sample(ids, 24)})
        shown = [
            deliveries.DeliveredEvent(event.id, 0, tuple(report.id for report in event.reports[:1]))
            for event in await events.get_reports(conn, chance.sample(ids, 12))
        ]
        order = await subscriptions.add_subscription(conn, ORDER)
        await deliveries.plan_deliveries(conn, [(order.id, CHANNEL, NOON - 3 * DAY)], NOON - 3 * DAY)
        (claimed,) = await deliveries.claim_due(conn, "test", NOON, limit=1, lease=DAY)
        await deliveries.compose(conn, claimed.id, "test", [], shown, NOON)
        await deliveries.finish(conn, claimed.id, "test", NOON)


def scores(digest: Digest | None) -> list[tuple[int, float, bool]]:
    return [(event.id, event.score, event.update) for event in digest.events] if digest is not None else []


@pytest.mark.parametrize("seed", range(3))
async def test_digests_are_those_of_a_ranking_that_reads_every_event(
    store: Store, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    await fill(store, chance)

    async def digests_of(page: int, at_once: int) -> list[list[tuple[int, float, bool]]]:
        monkeypatch.setattr(digests, "_CANDIDATE_PAGE", page)
        monkeypatch.setattr(events, "_COVERAGES_AT_ONCE", at_once)
        found = []
        for share in (0.3, 1.0):
            service = DigestService(store, DigestSettings(share=share), SummarySettings(), lambda: NOON)
            for text in FILTERS:
                for limit in (1, 4, 10):
                    found.append(scores(await service.compose(Filter.parse(text), limit=limit)))
                    order = replace(ORDER, id=99, filter=text, limit=limit)
                    found.append(scores((await service.for_slot(order, NOON)).digest))
        return found

    exhaustive = await digests_of(10**6, 10**6)
    assert await digests_of(3, 4) == exhaustive
    assert sum(map(bool, exhaustive)) > len(exhaustive) / 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("text", FILTERS)
async def test_no_unread_event_scores_higher_than_the_bound_says(
    store: Store, seed: int, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(store, random.Random(seed))
    monkeypatch.setattr(events, "_COVERAGES_AT_ONCE", 4)
    query, since = Filter.parse(text), NOON - DAY
    async with store.reading() as conn:
        lines, _ = await story_pages.list_stories(conn, query, page=1, per_page=1000, now=NOON)
        numbers = {line.event_id for line in lines if NOON - DAY < line.arrived_at <= NOON}
        reports = await events.get_reports(conn, sorted(numbers), NOON)
        whole = [Candidate(event.id, event.reports, frozenset(one.id for one in event.reports)) for event in reports]
        ranked = rank(whole, query=query, since=since, until=NOON)
        read: set[int] = set()
        while len(read) < len(numbers):
            page = await events.competing_events(
                conn, query, since=since, until=NOON, limit=5, now=NOON, skip=len(read)
            )
            assert page.total == len(numbers)
            assert read.isdisjoint(event.id for event in page.events)
            read |= {event.id for event in page.events}
            unread = [item.score for item in ranked if item.candidate.id not in read]
            assert page.unread_bound >= max(unread, default=-inf)
            assert (page.unread_bound == -inf) == (not unread)
        assert read == numbers
        if not text:  # then the bound is the score
            first = await events.competing_events(conn, query, since=since, until=NOON, limit=9, now=NOON)
            assert [event.id for event in first.events] == [item.candidate.id for item in ranked[:9]]
