"""What a source takes back is struck through where it was told, lately, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from bot.delivery.corrections import Corrections, strike_event
from bot.delivery.messages import draw_delivery
from bot.newsroom.models import Digest, DigestStyle, Subscription
from bot.services.digests import ComposedDigest, DigestedEvent
from bot.store import documents, events, story_rows
from bot.store.database import Store
from tests.delivery.delivery_fixture import (
    EIGHT,
    FakeComposer,
    ManualClock,
    make_event,
    make_worker,
    open_port,
    subscribe,
)
from tests.double import Channel, Discord
from tests.e2e.programs import environment, gazette
from tests.store.news import facts, told

EDITING = "PATCH /channels/{channel_id}/messages/{message_id}"


class OfStories(FakeComposer):
    """Tells of event 1 from the given stories, and of event 2 from a story that nobody knows."""

    def __init__(self, *story_ids: int) -> None:
        super().__init__()
        self._story_ids = story_ids

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        composed = await super().for_slot(subscription, slot_at)
        return replace(composed, shown=(DigestedEvent(1, self._story_ids, ("m1",), 1.0), composed.shown[1]))


async def _posted(store: Store, town: Discord, *paths: str, look: DigestStyle = DigestStyle.COMPONENTS) -> Channel:
    """A digest in #news that tells an event from a story of each path."""
    news = town.guild("Harbour").channel("news")
    ids: list[int] = []
    async with store.writing() as conn:
        for path in paths:
            ids += (
                await documents.store_document(conn, path, facts(path), [told(f"From {path}.")], now=EIGHT)
            ).story_ids
    await subscribe(store, [news.id], look=look)
    async with open_port(town) as post:
        assert (await make_worker(store, OfStories(*ids), post, ManualClock()).deliver_due(EIGHT)).sent == 1
    return news


async def _correct(store: Store, town: Discord, at: datetime) -> int:
    async with open_port(town) as post:
        return await Corrections(store, post, lambda: at).correct()


async def _withdraw(store: Store, path: str, at: datetime) -> None:
    async with store.writing() as conn:
        await documents.withdraw_document(conn, path, now=at)


@pytest.mark.parametrize("look", list(DigestStyle))
async def test_a_withdrawn_story_is_struck_through_once(store: Store, discord_town: Discord, look: DigestStyle) -> None:
    news = await _posted(store, discord_town, "a.txt", look=look)
    later = EIGHT + timedelta(hours=1)
    assert await _correct(store, discord_town, later) == 0
    await _withdraw(store, "a.txt", later + timedelta(seconds=1))
    assert await _correct(store, discord_town, later + timedelta(minutes=5)) == 1
    (message,) = news.messages
    assert "~~" in message.text
    assert "word1" not in message.text
    assert "word2" in message.text
    assert await _correct(store, discord_town, later + timedelta(minutes=10)) == 0
    assert len(message.edits) == 1


async def test_an_event_of_which_a_report_is_left_stays(store: Store, discord_town: Discord) -> None:
    news = await _posted(store, discord_town, "a.txt", "b.txt")
    await _withdraw(store, "a.txt", EIGHT + timedelta(hours=1))
    assert await _correct(store, discord_town, EIGHT + timedelta(hours=2)) == 0
    await _withdraw(store, "b.txt", EIGHT + timedelta(hours=3))
    assert await _correct(store, discord_town, EIGHT + timedelta(hours=4)) == 1
    assert "word1" not in news.messages[0].text


async def test_an_event_that_was_merged_is_struck_through_where_it_was_told(
    store: Store, discord_town: Discord
) -> None:
    news = await _posted(store, discord_town, "a.txt")
    async with store.writing() as conn:
        stored = await documents.store_document(conn, "b.txt", facts("b"), [told("From b.")], now=EIGHT)
        await events.merge_events(conn, 1, (await story_rows.get_lines(conn, stored.story_ids))[0].event_id)
    await _withdraw(store, "a.txt", EIGHT + timedelta(hours=1))
    assert await _correct(store, discord_town, EIGHT + timedelta(hours=2)) == 1
    assert "word1" not in news.messages[0].text


async def test_an_event_that_was_split_stays_while_any_of_what_was_told_is_left(
    store: Store, discord_town: Discord
) -> None:
    news = await _posted(store, discord_town, "a.txt", "b.txt")
    async with store.writing() as conn:
        await events.merge_events(conn, 2, 1)
        await events.split_event(conn, [2], EIGHT)
    await _withdraw(store, "b.txt", EIGHT + timedelta(hours=1))
    assert await _correct(store, discord_town, EIGHT + timedelta(hours=2)) == 0
    await _withdraw(store, "a.txt", EIGHT + timedelta(hours=3))
    assert await _correct(store, discord_town, EIGHT + timedelta(hours=4)) == 1
    assert "word1" not in news.messages[0].text


async def test_old_digests_stay_as_they_are(store: Store, discord_town: Discord) -> None:
    news = await _posted(store, discord_town, "a.txt")
    await _withdraw(store, "a.txt", EIGHT + timedelta(days=3))
    assert await _correct(store, discord_town, EIGHT + timedelta(days=3, hours=1)) == 0
    assert not news.messages[0].edits


async def test_a_message_that_somebody_deleted_is_let_be(store: Store, discord_town: Discord) -> None:
    news = await _posted(store, discord_town, "a.txt")
    discord_town.retract(news.messages[0])
    await _withdraw(store, "a.txt", EIGHT + timedelta(hours=1))
    assert await _correct(store, discord_town, EIGHT + timedelta(hours=2)) == 0


@pytest.mark.e2e
@pytest.mark.slow
async def test_the_running_bot_edits_the_message_of_a_withdrawn_story_once(
    database_url: str, store: Store, discord_town: Discord, tmp_path: Path
) -> None:
    news = discord_town.guild("Harbour").channel("news")
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    async with store.writing() as conn:
        stored = await documents.store_document(conn, "a.txt", facts("a.txt"), [told("From a.")], now=now)
    since = {"created_at": now - timedelta(days=1), "after": now - timedelta(minutes=1)}
    await subscribe(store, [news.id], at=f"{now:%H:%M}", **since)
    async with open_port(discord_town) as post:
        assert (
            await make_worker(store, OfStories(*stored.story_ids), post, ManualClock(now)).deliver_due(now)
        ).sent == 1
    await _withdraw(store, "a.txt", now)
    discord_town.faults.delay(EDITING, 1.0, times=1)  # a second editor doesn't see yet what the first has done
    env = environment(
        tmp_path, DISCORD_TOKEN=discord_town.token, DISCORD_API_BASE=discord_town.api_base, DATABASE_URL=database_url
    )
    async with gazette("run", env=env, cwd=tmp_path) as bot:
        await bot.says("message.corrected")
        await bot.says("discord.ready")
        assert await bot.stop() == 0
    (message,) = news.messages
    assert "~~" in message.text
    assert (discord_town.requests[EDITING], len(message.edits)) == (1, 1)


def test_only_the_named_event_is_struck_out() -> None:
    digest = Digest("N", EIGHT, EIGHT, (make_event(1), make_event(12)), 0)
    (order,) = [Subscription(1, 1, (EIGHT.time(),), "UTC", EIGHT, EIGHT)]
    (message,), _ = draw_delivery(order, digest, [])
    payload = orjson.loads(message.payload)
    once = strike_event(payload, "e1", "gone")
    assert orjson.dumps(once).count(b"~~") == 2
    assert b"word12" in orjson.dumps(once)
    assert strike_event(once, "e1", "gone") == once
    assert strike_event(payload, "e2", "gone") == payload
