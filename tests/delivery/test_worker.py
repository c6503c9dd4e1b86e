"""Digests reach their channels when due, exactly once, and failures say why."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.rest import open_message_port
from bot.errors import DeliveryError, TokenRefused
from bot.newsroom.models import DeliveryState, DigestStyle, LatePolicy, Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.store import deliveries, subscriptions
from bot.store.database import Store
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, fast_settings, make_worker, open_port, subscribe
from tests.double import Discord

POSTING = "POST /channels/{channel_id}/messages"
SEND_MESSAGES_MISSING = Obstacle(DeliveryReason.PERMISSION_MISSING, {"permission": "Send Messages"})


async def _state(store: Store, subscription: Subscription) -> tuple[DeliveryState, Obstacle | None]:
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, subscription.id, 1)
    return found.state, found.reason


async def test_a_due_digest_is_posted_once_however_often_it_is_asked_for(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id])
    async with open_port(discord_double) as port:
        for expected in (1, 0, 0):
            report = await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)
            assert (report.due, report.sent, report.failed) == (expected, expected, [])
    (message,) = news.messages
    assert "Headline 1" in message.text
    assert not message.pings
    assert await _state(store, one) == (DeliveryState.SENT, None)


async def test_a_long_digest_arrives_in_order_with_its_markers(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id])
    async with open_port(discord_double) as port:
        await make_worker(store, FakeComposer(9, 150), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
        shown = await deliveries.shown_events(conn, news.id)
    assert len(found.messages) == len(news.messages) > 1
    for message, kept in zip(news.messages, found.messages, strict=True):
        assert kept.marker in message.traces
        assert (kept.message_id, kept.nonce) == (message.id, message.nonce)
    assert set(shown) == set(range(1, 10))


async def test_nothing_before_its_time_and_nothing_while_paused(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id])
    async with open_port(discord_double) as port:
        clock = ManualClock(EIGHT)
        assert (
            await make_worker(store, FakeComposer(), port, clock).deliver_due(EIGHT - timedelta(seconds=1))
        ).due == 0
        async with store.writing() as conn:
            await subscriptions.pause_subscription(conn, one.id, EIGHT)
        assert (await make_worker(store, FakeComposer(), port, clock).deliver_due(EIGHT)).due == 0
    assert not news.messages


async def test_a_guilds_staggered_digests_follow_each_other_without_a_pause(
    store: Store, discord_double: Discord
) -> None:
    guild = discord_double.guild("Harbour")
    channels = [guild.add_channel(f"paper-{number}") for number in range(40)]
    await subscribe(store, [channel.id for channel in channels])
    began, stop = datetime.now(UTC), asyncio.Event()
    settings = fast_settings(rate_per_second=20, tick_seconds=5)  # the last one comes due 2 s after the slot
    async with open_port(discord_double) as port:
        worker = make_worker(
            store, FakeComposer(), port, lambda: EIGHT + (datetime.now(UTC) - began), settings=settings
        )
        running = asyncio.create_task(worker.run(stop))
        await discord_double.bell.wait_until(lambda: all(channel.messages for channel in channels), 30)
        stop.set()
        await running
    times = sorted(message.at for channel in channels for message in channel.messages)
    assert max(later - earlier for earlier, later in pairwise(times)) < 2  # 0.3 s when idle; 4.9 s while ticks decided


async def test_a_slot_with_nothing_to_say_is_skipped_with_the_reason(store: Store, discord_double: Discord) -> None:
    (one,) = await subscribe(store, [discord_double.guild("Harbour").channel("news").id])
    async with open_port(discord_double) as port:
        report = await make_worker(store, FakeComposer(0), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert (report.due, report.sent, report.skipped) == (1, 0, 1)
    assert await _state(store, one) == (DeliveryState.SKIPPED, Obstacle(DeliveryReason.QUIET))


async def test_a_channel_without_permission_pauses_its_subscription_and_says_which(
    store: Store, discord_double: Discord
) -> None:
    news = discord_double.guild("Harbour").channel("news")
    news.forbid(discord_double.bot, "send_messages")
    (one,) = await subscribe(store, [news.id])
    async with open_port(discord_double) as port:
        report = await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    ((channel, sentence),) = report.failed
    assert channel == news.id
    assert "Send Messages" in sentence
    assert await _state(store, one) == (DeliveryState.FAILED, SEND_MESSAGES_MISSING)
    async with store.reading() as conn:
        found = await subscriptions.find_subscription(conn, one.id)
    assert found is not None
    assert found.paused_at is not None
    assert found.pause_reason == SEND_MESSAGES_MISSING


async def test_a_deleted_channel_pauses_its_subscription(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id])
    news.delete()
    async with open_port(discord_double) as port:
        await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert await _state(store, one) == (DeliveryState.FAILED, Obstacle(DeliveryReason.CHANNEL_GONE))


async def test_a_revoked_token_is_reported_and_loses_nothing(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id])
    async with open_port(discord_double) as port:
        discord_double.revoke_token()
        with pytest.raises(TokenRefused):
            await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert (await _state(store, one))[0] is DeliveryState.SENDING
    async with open_port(discord_double) as port:
        assert (await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)).sent == 1
    assert len(news.messages) == 1


async def test_a_wrong_token_is_refused_at_once(discord_double: Discord) -> None:
    discord_double.revoke_token()
    token = discord_double.token
    discord_double.revoke_token()
    with pytest.raises(TokenRefused):
        await open_message_port(token, discord_double.api_base).__aenter__()


async def test_an_answer_lost_after_acceptance_makes_no_second_message(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id])
    discord_double.nonce_lives = 0.0  # the history alone has to tell
    discord_double.faults.drop_after(POSTING)
    async with open_port(discord_double) as port:
        first = await make_worker(store, FakeComposer(9, 150), port, ManualClock(EIGHT)).deliver_due(EIGHT)
        assert (first.sent, len(first.failed)) == (0, 1)
        second = await make_worker(store, FakeComposer(9, 150), port, ManualClock(EIGHT)).deliver_due(EIGHT)
    assert (second.sent, second.failed) == (1, [])
    async with store.reading() as conn:
        (found,) = await deliveries.history(conn, one.id)
    assert [message.message_id for message in found.messages] == [message.id for message in news.messages]


async def test_what_is_due_runs_until_stopped(store: Store, discord_double: Discord) -> None:
    guild = discord_double.guild("Harbour")
    channels = [guild.add_channel(f"c{number}") for number in range(30)]
    await subscribe(store, [channel.id for channel in channels])
    clock, stop = ManualClock(EIGHT - timedelta(seconds=30)), asyncio.Event()
    async with open_port(discord_double) as port:
        worker = make_worker(
            store, FakeComposer(), port, clock, settings=fast_settings(concurrency=8, tick_seconds=0.02)
        )
        running = asyncio.create_task(worker.run(stop))
        clock.advance(seconds=31)  # one guild's channels are spread: the last one comes 29/500 s after the first
        worker.wake()
        await asyncio.gather(*(channel.wait_for(timeout=60) for channel in channels))
        stop.set()
        await running
    assert [len(channel.messages) for channel in channels] == [1] * 30
    async with store.reading() as conn:
        assert (await deliveries.count_by_state(conn))[DeliveryState.SENT] == 30


@pytest.mark.parametrize(
    ("policy", "late", "state", "reason"),
    [
        (LatePolicy.POST, timedelta(minutes=90), DeliveryState.SENT, None),
        (LatePolicy.POST, timedelta(minutes=121), DeliveryState.EXPIRED, DeliveryReason.LATE),
        (LatePolicy.SKIP, timedelta(minutes=10), DeliveryState.SENT, None),
        (LatePolicy.SKIP, timedelta(minutes=20), DeliveryState.EXPIRED, DeliveryReason.LATE_SKIPPED),
        (LatePolicy.MERGE, timedelta(minutes=20), DeliveryState.EXPIRED, DeliveryReason.LATE_MERGED),
    ],
)
async def test_a_late_digest_keeps_the_policy_of_its_subscription(
    store: Store,
    discord_double: Discord,
    policy: LatePolicy,
    late: timedelta,
    state: DeliveryState,
    reason: DeliveryReason | None,
) -> None:
    (one,) = await subscribe(store, [discord_double.guild("Harbour").channel("news").id], late=policy, late_hours=2)
    async with open_port(discord_double) as port:
        await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT + late)
    assert await _state(store, one) == (state, reason and Obstacle(reason))


async def test_of_several_missed_slots_only_the_last_is_posted(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id], at="08:00,09:00,10:00", late_hours=12)
    async with open_port(discord_double) as port:
        report = await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(
            EIGHT + timedelta(hours=3)
        )
    assert (report.sent, report.skipped) == (1, 2)
    async with store.reading() as conn:
        found = await deliveries.history(conn, one.id)
    assert [(each.slot_at, each.reason) for each in found] == [
        (EIGHT + timedelta(hours=2), None),
        (EIGHT + timedelta(hours=1), Obstacle(DeliveryReason.LATE_MERGED)),
        (EIGHT, Obstacle(DeliveryReason.LATE_MERGED)),
    ]
    assert len(news.messages) == 1


async def test_one_digest_that_can_not_be_composed_stops_no_other(store: Store, discord_double: Discord) -> None:
    guild = discord_double.guild("Harbour")
    await subscribe(store, [guild.channel("news").id, guild.channel("general").id])
    composer = FakeComposer()
    composer.error = ValueError("no")
    async with open_port(discord_double) as port:
        report = await make_worker(store, composer, port, ManualClock(EIGHT)).deliver_due(EIGHT)
        assert [reason for _, reason in report.failed] == ["ValueError", "ValueError"]
        composer.error = None
        assert (await make_worker(store, composer, port, ManualClock(EIGHT)).deliver_due(EIGHT)).sent == 2


async def test_a_members_own_digest_opens_their_direct_messages(store: Store, discord_double: Discord) -> None:
    aiko = discord_double.guild("Harbour").member("Aiko")
    (one,) = await subscribe(store, [0], guild_id=None, member_id=aiko.id)
    async with open_port(discord_double) as port:
        assert (await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)).sent == 1
    direct = discord_double.dm_of(aiko.user)
    assert len(direct.messages) == 1
    async with store.reading() as conn:
        found = await subscriptions.find_subscription(conn, one.id)
        assert found is not None
        assert found.channel_id == direct.id
        assert set(await deliveries.shown_events(conn, direct.id)) == {1, 2}


async def test_while_one_process_delivers_another_stands_by(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    await subscribe(store, [news.id])
    clock = ManualClock(EIGHT - timedelta(minutes=1))
    async with open_port(discord_double) as port:
        first = make_worker(store, FakeComposer(), port, clock, shared=False)
        second = make_worker(store, FakeComposer(), port, clock, shared=False)
        await first.poll()
        await second.poll()
        assert (first.is_leading, second.is_leading) == (True, False)
        clock.advance(minutes=1)
        await second.poll()
        assert second.is_leading  # the first one was silent for longer than its lease
        await news.wait_for(timeout=30)
        await second.close()
        await first.close()
    assert len(news.messages) == 1


async def test_deliver_refuses_while_another_delivers(store: Store, discord_double: Discord) -> None:
    if not store.is_sqlite:
        pytest.skip("processes share the work on PostgreSQL")
    clock = ManualClock(EIGHT)
    async with open_port(discord_double) as port:
        first = make_worker(store, FakeComposer(), port, clock)
        await first.poll()
        with pytest.raises(DeliveryError, match="another process"):
            await make_worker(store, FakeComposer(), port, clock, settings=fast_settings(lease_seconds=2)).deliver_due(
                EIGHT
            )
        await first.close()


async def test_where_embeds_may_not_be_posted_plain_text_goes_out(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    news.forbid(discord_double.bot, "embed_links")
    (one,) = await subscribe(store, [news.id], look=DigestStyle.EMBEDS)
    async with open_port(discord_double) as port:
        assert (await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)).sent == 1
    (message,) = news.messages
    assert (message.embeds, "Headline 1" in message.content) == ([], True)
    assert await _state(store, one) == (DeliveryState.SENT, None)


async def test_a_local_time_is_not_posted_again_when_its_zone_s_rules_change(
    store: Store, discord_double: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A country abolishes summer time, so that 08:00 is another moment of the same day."""
    news = discord_double.guild("Harbour").channel("news")
    await subscribe(store, [news.id])
    async with open_port(discord_double) as port:
        assert (await make_worker(store, FakeComposer(), port, ManualClock(EIGHT)).deliver_due(EIGHT)).sent == 1
        later = ZoneInfo("Etc/GMT+1")  # the new rules: an hour behind those by which 08:00 was posted
        monkeypatch.setattr("bot.newsroom.schedule.zone", lambda _name: later)
        clock = ManualClock(EIGHT + timedelta(hours=2))
        assert (await make_worker(store, FakeComposer(), port, clock).deliver_due(clock())).sent == 0
        clock.advance(days=1)
        assert (await make_worker(store, FakeComposer(), port, clock).deliver_due(clock())).sent == 1
    assert len(news.messages) == 2


async def test_a_worker_stopped_while_discord_is_slow_ends_soon_and_loses_nothing(
    store: Store, discord_double: Discord
) -> None:
    news = discord_double.guild("Harbour").channel("news")
    (one,) = await subscribe(store, [news.id])
    discord_double.nonce_lives = 0.0
    discord_double.faults.delay_after(POSTING, 60)
    clock, stop = ManualClock(EIGHT), asyncio.Event()
    async with open_port(discord_double) as port:
        running = asyncio.create_task(make_worker(store, FakeComposer(), port, clock, grace_seconds=0.2).run(stop))
        await news.wait_for(timeout=30)
        stop.set()
        await asyncio.wait_for(running, 30)
        assert (await _state(store, one))[0] is DeliveryState.SENDING
        assert (await make_worker(store, FakeComposer(), port, clock).deliver_due(EIGHT)).sent == 1
    assert len(news.messages) == 1


async def test_where_the_history_is_closed_and_the_nonce_too_old_the_delivery_fails_instead_of_posting_twice(
    store: Store, discord_double: Discord
) -> None:
    news = discord_double.guild("Harbour").channel("news")
    news.forbid(discord_double.bot, "read_message_history")
    (one,) = await subscribe(store, [news.id])
    discord_double.faults.drop_after(POSTING)
    clock = ManualClock(EIGHT)
    async with open_port(discord_double) as port:
        assert (await make_worker(store, FakeComposer(), port, clock).deliver_due(EIGHT)).sent == 0
        clock.advance(minutes=10)
        ((_, sentence),) = (await make_worker(store, FakeComposer(), port, clock).deliver_due(clock())).failed
    assert "Read Message History" in sentence
    assert await _state(store, one) == (DeliveryState.FAILED, Obstacle(DeliveryReason.UNSURE))
    assert len(news.messages) == 1


async def test_a_message_is_found_behind_later_messages_of_members(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    await subscribe(store, [news.id])
    discord_double.nonce_lives = 0.0
    discord_double.faults.drop_after(POSTING)
    mara = discord_double.guild("Harbour").member("Mara").at("news")
    clock = ManualClock(datetime.now(UTC))  # messages have the real time
    async with open_port(discord_double) as port:
        await make_worker(store, FakeComposer(), port, clock).deliver_due(EIGHT)
        for number in range(230):
            mara.say(f"so there, {number}")
        assert (await make_worker(store, FakeComposer(), port, clock).deliver_due(EIGHT)).sent == 1
    assert sum(message.author.id == discord_double.bot.id for message in news.messages) == 1
