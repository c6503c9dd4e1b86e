"""Exported rows come back with their times and pauses, and nothing that was posted is posted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.errors import InputInvalid
from bot.newsroom.models import Subscription
from bot.services.transfer import Row, export_rows, import_rows, prepare_rows, refuse_posted
from bot.store import deliveries, story_rows, subscriptions
from bot.store.database import Store
from tests.clock import NOON, ManualClock
from tests.services.sample_news import store_sample_news

_ORDER = Subscription(0, 7, (time(8),), "Europe/Oslo", created_at=NOON, after=NOON, guild_id=5)


async def _exported(store: Store) -> list[Row]:
    return [row async for row in export_rows(store)]


async def test_arrival_times_and_pauses_are_carried(store: Store, sqlite_url: str) -> None:
    await store_sample_news(store)
    async with store.writing() as conn:
        await subscriptions.add_subscription(conn, _ORDER)
        paused = await subscriptions.add_subscription(conn, replace(_ORDER, channel_id=8))
        await subscriptions.pause_subscription(conn, paused.id, NOON)
    rows = await _exported(store)
    refuse_posted(rows)
    target_url = sqlite_url.replace("gazette.sqlite3", "target.sqlite3")
    async with Store.open(target_url) as target:
        await target.migrate()
        report = await import_rows(target, rows, "all.jsonl", ManualClock(NOON + timedelta(days=3)), prepare_rows)
        assert (report.stories, report.subscriptions) == (6, 2)
        async with store.reading() as here, target.reading() as there:
            arrived = [
                sorted(
                    (line.line.headline, line.line.arrived_at)
                    for line in await story_rows.list_stories_after(conn, 0, 50)
                )
                for conn in (here, there)
            ]
            listed = await subscriptions.list_subscriptions(there)
    assert arrived[0] == arrived[1]
    assert [(each.channel_id, each.paused_at) for each in listed] == [(7, None), (8, NOON)]


async def test_an_arrival_in_the_future_is_the_import(store: Store) -> None:
    row = {"kind": "story", "title": "Ferries", "text": "Ferries sail again.", "arrived": "2099-01-01T00:00:00+00:00"}
    await import_rows(store, [row], "one.jsonl", ManualClock(NOON), prepare_rows)
    async with store.reading() as conn:
        (story,) = await story_rows.list_stories_after(conn, 0, 5)
    assert story.line.arrived_at == NOON


async def test_subscriptions_that_have_posted_are_refused_with_the_way_to_move(store: Store) -> None:
    async with store.writing() as conn:
        made = await subscriptions.add_subscription(conn, _ORDER)
        await deliveries.plan_deliveries(conn, [(made.id, made.channel_id, NOON)], NOON)
    rows = await _exported(store)
    with pytest.raises(InputInvalid, match=r"have posted digests \(1\).*gazette move .*--stories-only"):
        refuse_posted(rows)
