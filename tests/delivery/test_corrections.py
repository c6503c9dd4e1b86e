"""Withdrawn stories are struck through in recent messages that show them, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from bot.delivery.corrections import Corrections
from bot.delivery.messages import draw_delivery
from bot.delivery.posted_events import edit_messages, strike
from bot.newsroom.models import Digest, DigestStyle, Subscription
from bot.services.digests import ComposedDigest, DigestedEvent
from bot.store import documents, events, story_rows
from bot.store.database import Store
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, make_event, make_worker, open_port, subscribe
from tests.double import Channel, Discord
from tests.e2e.programs import environment, gazette
from tests.store.factories import make_analysis, make_file_facts

EDITING = "PATCH /channels/{channel_id}/messages/{message_id}"


class StoriesComposer(FakeComposer):
    """Composes event 1 from the given stories, and event 2 from a story that isn't stored."""

    def __init__(self, *story_ids: int) -> None:
        super().__init__()
        self._story_ids = story_ids

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        composed = await super().for_slot(subscription, slot_at)
        return replace(composed, shown=(DigestedEvent(1, self._story_ids, ("m1",), 1.0), composed.shown[1]))


async def _posted(store: Store, double: Discord, *paths: str, look: DigestStyle = DigestStyle.CARDS) -> Channel:
    """Post a digest to #news that shows one event with a story of each path; return the channel."""
    news = double.guild("Harbour").channel("news")
    ids: list[int] = []
    async with store.writing() as conn:
        for path in paths:
            ids += (
                await documents.store_document(
                    conn, path, make_file_facts(path), [make_analysis(f"From {path}.")], now=EIGHT
                )
            ).story_ids
    await subscribe(store, [news.id], look=look)
    async with open_port(double) as port:
        assert (await make_worker(store, StoriesComposer(*ids), port, ManualClock(EIGHT)).deliver_due(EIGHT)).sent == 1
    return news


async def _correct(store: Store, double: Discord, at: datetime) -> int:
    async with open_port(double) as port:
        return await Corrections(store, port, lambda: at).correct()


async def _withdraw(store: Store, path: str, at: datetime) -> None:
    async with store.writing() as conn:
        await documents.withdraw_document(conn, path, now=at)


@pytest.mark.parametrize("look", list(DigestStyle))
async def test_a_withdrawn_story_is_struck_through_once(
    store: Store, discord_double: Discord, look: DigestStyle
) -> None:
    news = await _posted(store, discord_double, "a.txt", look=look)
    later = EIGHT + timedelta(hours=1)
    assert await _correct(store, discord_double, later) == 0
    await _withdraw(store, "a.txt", later + timedelta(seconds=1))
    assert await _correct(store, discord_double, later + timedelta(minutes=5)) == 1
    (message,) = news.messages
    assert "~~" in message.text
    assert "word1" not in message.text
    assert "word2" in message.text
    assert await _correct(store, discord_double, later + timedelta(minutes=10)) == 0
    assert len(message.edits) == 1


async def test_an_event_with_a_story_left_stays(store: Store, discord_double: Discord) -> None:
    news = await _posted(store, discord_double, "a.txt", "b.txt")
    await _withdraw(store, "a.txt", EIGHT + timedelta(hours=1))
    assert await _correct(store, discord_double, EIGHT + timedelta(hours=2)) == 0
    await _withdraw(store, "b.txt", EIGHT + timedelta(hours=3))
    assert await _correct(store, discord_double, EIGHT + timedelta(hours=4)) == 1
    assert "word1" not in news.messages[0].text


async def test_a_merged_event_is_struck_through_in_the_message_that_shows_it(
    store: Store, discord_double: Discord
) -> None:
    news = await _posted(store, discord_double, "a.txt")
    async with store.writing() as conn:
        stored = await documents.store_document(
            conn, "b.txt", make_file_facts("b"), [make_analysis("From b.")], now=EIGHT
        )
        await events.merge_events(conn, 1, (await story_rows.get_lines(conn, stored.story_ids))[0].event_id)
    await _withdraw(store, "a.txt", EIGHT + timedelta(hours=1))
    assert await _correct(store, discord_double, EIGHT + timedelta(hours=2)) == 1
    assert "word1" not in news.messages[0].text


async def test_a_split_event_stays_while_any_story_that_was_shown_is_left(
    store: Store, discord_double: Discord
) -> None:
    news = await _posted(store, discord_double, "a.txt", "b.txt")
    async with store.writing() as conn:
        await events.merge_events(conn, 2, 1)
        await events.split_event(conn, [2], EIGHT)
    await _withdraw(store, "b.txt", EIGHT + timedelta(hours=1))
    assert await _correct(store, discord_double, EIGHT + timedelta(hours=2)) == 0
    await _withdraw(store, "a.txt", EIGHT + timedelta(hours=3))
    assert await _correct(store, discord_double, EIGHT + timedelta(hours=4)) == 1
    assert "word1" not in news.messages[0].text


async def test_old_digests_stay_as_they_are(store: Store, discord_double: Discord) -> None:
    news = await _posted(store, discord_double, "a.txt")
    await _withdraw(store, "a.txt", EIGHT + timedelta(days=3))
    assert await _correct(store, discord_double, EIGHT + timedelta(days=3, hours=1)) == 0
    assert not news.messages[0].edits


async def test_a_deleted_message_is_left_alone(store: Store, discord_double: Discord) -> None:
    news = await _posted(store, discord_double, "a.txt")
    discord_double.retract(news.messages[0])
    await _withdraw(store, "a.txt", EIGHT + timedelta(hours=1))
    assert await _correct(store, discord_double, EIGHT + timedelta(hours=2)) == 0


@pytest.mark.e2e
@pytest.mark.slow
async def test_the_running_bot_edits_the_message_of_a_withdrawn_story_once(
    database_url: str, store: Store, discord_double: Discord, tmp_path: Path
) -> None:
    news = discord_double.guild("Harbour").channel("news")
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    async with store.writing() as conn:
        stored = await documents.store_document(
            conn, "a.txt", make_file_facts("a.txt"), [make_analysis("From a.")], now=now
        )
    since = {"created_at": now - timedelta(days=1), "after": now - timedelta(minutes=1)}
    await subscribe(store, [news.id], at=f"{now:%H:%M}", **since)
    async with open_port(discord_double) as port:
        assert (
            await make_worker(store, StoriesComposer(*stored.story_ids), port, ManualClock(now)).deliver_due(now)
        ).sent == 1
    await _withdraw(store, "a.txt", now)
    discord_double.faults.delay(EDITING, 1.0, times=1)  # a second editor would not see yet what the first one did
    env = environment(
        tmp_path,
        DISCORD_TOKEN=discord_double.token,
        DISCORD_API_BASE=discord_double.api_base,
        DATABASE_URL=database_url,
    )
    async with gazette("run", env=env, cwd=tmp_path) as bot:
        await bot.says("message.corrected")
        await bot.says("discord.ready")
        assert await bot.stop() == 0
    (message,) = news.messages
    assert "~~" in message.text
    assert (discord_double.requests[EDITING], len(message.edits)) == (1, 1)


def test_only_the_named_event_is_struck_through() -> None:
    digest = Digest("N", EIGHT, EIGHT, (make_event(1), make_event(12)), 0)
    (subscription,) = [Subscription(1, 1, (EIGHT.time(),), "UTC", EIGHT, EIGHT)]
    (message,), _ = draw_delivery(subscription, digest, [])
    payload = orjson.loads(message.payload)
    edits = {"e1": (0, strike("gone"))}
    (once,) = edit_messages([payload], edits)
    assert orjson.dumps(once).count(b"~~") == 2
    assert b"word12" in orjson.dumps(once)
    assert edit_messages([once], edits) == [once]
    assert edit_messages([payload], {"e2": (0, strike("gone"))}) == [payload]


@pytest.mark.parametrize("look", [DigestStyle.CARDS, DigestStyle.EMBEDS])
def test_the_picture_of_a_corrected_event_goes(look: DigestStyle) -> None:
    picture = "https://pictures.example/a.jpg"
    event = make_event(1)
    ref = replace(event.sources[0], picture=picture)
    told = replace(event, sources=(ref,), summary=tuple(replace(each, ref=ref) for each in event.summary))
    digest = Digest("x", EIGHT, EIGHT, (told, make_event(2)), omitted=0, pictures=True)
    subscription = Subscription(1, 1, (EIGHT.time(),), "UTC", EIGHT, EIGHT, look=look)
    payloads = [orjson.loads(message.payload) for message in draw_delivery(subscription, digest, [])[0]]
    assert picture in str(payloads)
    assert edit_messages(payloads, {"e99": (0, strike("gone"))}) == payloads
    edited = edit_messages(payloads, {"e1": (0, strike("gone"))})
    assert picture not in str(edited)
    assert "~~" in str(edited)
    assert "word2" in str(edited)
    without, _ = draw_delivery(subscription, replace(digest, pictures=False), [])
    assert picture not in str([message.payload for message in without])
