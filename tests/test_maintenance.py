"""Maintenance warns when no news arrives, and prunes what is older than the settings keep."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.maintenance import Maintenance
from bot.newsroom.rejections import Rejection, RejectReason
from bot.newsroom.sources import FetchOutcome, after_fetch, new_source
from bot.settings import IntakeSettings, RetentionSettings, Settings
from bot.store import documents, sources, story_rows
from bot.store.database import Store
from bot.store.schema import story
from tests.clock import ManualClock
from tests.store.factories import make_analysis, make_file_facts

HOURS = 24.0


class FakeOperator:
    """Records the warnings that it gets."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    async def warn(self, text: str) -> None:
        self.warnings.append(text)


@pytest.fixture
def clock() -> ManualClock:
    """Noon of a Friday."""
    return ManualClock()


def make_maintenance(store: Store, clock: ManualClock, operator: FakeOperator) -> Maintenance:
    """Make maintenance that warns after a day of silence and keeps stories for thirty days."""
    settings = Settings(intake=IntakeSettings(silence_hours=HOURS), retention=RetentionSettings(days=30))
    return Maintenance(store, settings, clock, warn=operator.warn)


async def _arrives(store: Store, name: str, at: datetime) -> None:
    async with store.writing() as conn:
        await documents.store_document(conn, name, make_file_facts(name), [make_analysis(f"News of {name}.")], now=at)


async def test_each_silence_is_warned_of_once(store: Store, clock: ManualClock) -> None:
    operator = FakeOperator()
    maintenance = make_maintenance(store, clock, operator)
    await _arrives(store, "a.txt", clock())
    clock.advance(hours=HOURS)
    await maintenance.check_silence()
    assert operator.warnings == []
    clock.advance(hours=1)
    await maintenance.check_silence()
    await maintenance.check_silence()
    assert len(operator.warnings) == 1
    assert "2026-11-20 12:00" in operator.warnings[0]
    await _arrives(store, "b.txt", clock())
    await maintenance.check_silence()
    clock.advance(hours=HOURS + 1)
    await maintenance.check_silence()
    assert len(operator.warnings) == 2


async def test_a_store_that_never_had_news_is_silent_from_the_start_on(store: Store, clock: ManualClock) -> None:
    operator = FakeOperator()
    maintenance = make_maintenance(store, clock, operator)
    clock.advance(hours=HOURS)
    await maintenance.check_silence()
    assert operator.warnings == []
    clock.advance(hours=1)
    await maintenance.check_silence()
    await maintenance.check_silence()
    assert len(operator.warnings) == 1


async def test_what_is_older_than_the_settings_keep_goes(store: Store, clock: ManualClock) -> None:
    await _arrives(store, "old.txt", clock() - timedelta(days=31))
    await _arrives(store, "new.txt", clock())
    await make_maintenance(store, clock, FakeOperator()).prune()
    async with store.reading() as conn:
        assert [line.ref.path for line in await story_rows.get_lines(conn, [1, 2])] == ["new.txt"]


async def test_stories_of_an_earlier_version_get_a_news_value(store: Store, clock: ManualClock) -> None:
    await _arrives(store, "old.txt", clock())
    async with store.writing() as conn:
        await conn.execute(update(story).values(news_value=None, news_factors=None))
    await make_maintenance(store, clock, FakeOperator()).assess_stories()
    async with store.reading() as conn:
        assert (await conn.execute(select(story.c.news_value))).scalar_one() is not None


async def test_a_dead_feed_is_told_of_once_until_it_is_read_again(store: Store, clock: ManualClock) -> None:
    operator = FakeOperator()
    maintenance = make_maintenance(store, clock, operator)
    gone = FetchOutcome(Rejection(RejectReason.HTTP_ERROR, {"status": "410 Gone"}))
    async with store.writing() as conn:
        added = await sources.add_source(
            conn, new_source("https://h.example/feed?token=abc12345678", clock(), title="Post")
        )
        assert added is not None
        await sources.update_health(conn, failing := after_fetch(added, gone, clock()))
    clock.advance(hours=71)
    await maintenance.check_feeds()
    assert operator.warnings == []
    clock.advance(hours=2)
    await maintenance.check_feeds()
    await maintenance.check_feeds()
    (warning,) = operator.warnings
    assert "h.example" in warning
    assert "410 Gone" in warning
    assert "abc12345678" not in warning
    async with store.writing() as conn:
        await sources.update_health(conn, read := after_fetch(failing, FetchOutcome(), clock()))
        await sources.update_health(conn, after_fetch(read, gone, clock()))
    clock.advance(hours=73)
    await maintenance.check_feeds()
    assert len(operator.warnings) == 2
