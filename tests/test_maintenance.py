"""What the program does now and then: it says when nothing comes in, and lets go of what is old."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.maintenance import Maintenance
from bot.observability.metrics import Metrics
from bot.settings import IntakeSettings, RetentionSettings, Settings
from bot.store import documents, story_rows
from bot.store.database import Store
from tests.services.services_fixture import Clock
from tests.store.news import facts, told

HOURS = 24.0


class Operator:
    """Hears what is wrong."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def warn(self, text: str) -> None:
        """Told by the program."""
        self.heard.append(text)


@pytest.fixture
def clock() -> Clock:
    """Noon of a Friday."""
    return Clock()


def house(store: Store, clock: Clock, operator: Operator) -> Maintenance:
    """A program that warns after a day and keeps thirty."""
    settings = Settings(intake=IntakeSettings(silence_hours=HOURS), retention=RetentionSettings(days=30))
    return Maintenance(store, settings, Metrics(), clock, warn=operator.warn)


async def _arrives(store: Store, name: str, at: datetime) -> None:
    async with store.writing() as conn:
        await documents.store_document(conn, name, facts(name), [told(f"News of {name}.")], now=at)


async def test_a_silence_is_told_once_and_the_next_one_again(store: Store, clock: Clock) -> None:
    operator = Operator()
    keeping = house(store, clock, operator)
    await _arrives(store, "a.txt", clock())
    clock.advance(hours=HOURS)
    await keeping.listen()
    assert operator.heard == []
    clock.advance(hours=1)
    await keeping.listen()
    await keeping.listen()
    assert len(operator.heard) == 1
    assert "2026-11-20 12:00" in operator.heard[0]
    await _arrives(store, "b.txt", clock())
    await keeping.listen()
    clock.advance(hours=HOURS + 1)
    await keeping.listen()
    assert len(operator.heard) == 2


async def test_a_store_that_never_had_news_is_silent_from_the_start_on(store: Store, clock: Clock) -> None:
    operator = Operator()
    keeping = house(store, clock, operator)
    clock.advance(hours=HOURS)
    await keeping.listen()
    assert operator.heard == []
    clock.advance(hours=1)
    await keeping.listen()
    await keeping.listen()
    assert len(operator.heard) == 1


async def test_what_is_older_than_the_settings_keep_goes(store: Store, clock: Clock) -> None:
    await _arrives(store, "old.txt", clock() - timedelta(days=31))
    await _arrives(store, "new.txt", clock())
    await house(store, clock, Operator()).prune()
    async with store.reading() as conn:
        assert [line.ref.path for line in await story_rows.get_lines(conn, [1, 2])] == ["new.txt"]
