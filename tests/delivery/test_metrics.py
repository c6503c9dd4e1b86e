"""Delivery's figures follow what the worker did, and its health says what is wrong."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.metrics import DeliveryMetrics
from bot.delivery.rate_limiter import RateLimiter
from bot.observability.metrics import Metrics
from bot.store.database import Store
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, make_worker, open_port, subscribe
from tests.double import Discord

POSTING = "POST /channels/{channel_id}/messages"


async def test_each_attempt_is_counted_by_its_outcome(store: Store, discord_double: Discord) -> None:
    guild = discord_double.guild("Harbour")
    await subscribe(store, [guild.channel("news").id, guild.channel("general").id])
    guild.channel("general").forbid(discord_double.bot, "send_messages")
    metrics, clock = Metrics(), ManualClock(EIGHT + timedelta(seconds=20))
    async with open_port(discord_double) as port:
        worker = make_worker(store, FakeComposer(), port, clock)
        DeliveryMetrics(metrics, store, worker, RateLimiter(48), clock)
        await worker.deliver_due(clock())
    value = metrics.registry.get_sample_value
    assert value("gazette_deliveries_ended_total", {"state": "sent"}) == 1
    assert value("gazette_deliveries_ended_total", {"state": "failed"}) == 1
    assert value("gazette_messages_sent_total") == 1
    assert value("gazette_delivery_lateness_seconds_sum") == 20


async def test_gauges_are_read_from_worker_limiter_and_store(store: Store, discord_double: Discord) -> None:
    await subscribe(store, [discord_double.guild("Harbour").channel("news").id])
    discord_double.faults.fail(POSTING, 503)
    metrics, clock = Metrics(), ManualClock(EIGHT)
    async with open_port(discord_double) as port:
        worker = make_worker(store, FakeComposer(), port, clock)
        delivery_metrics = DeliveryMetrics(metrics, store, worker, RateLimiter(48), clock)
        await worker.deliver_due(EIGHT)
        clock.advance(seconds=90)
        await delivery_metrics.refresh()
    value = metrics.registry.get_sample_value
    assert value("gazette_deliveries", {"state": "sending"}) == 1
    assert value("gazette_oldest_due_seconds") == 90
    assert value("gazette_rate_limit_per_second") == 48
    assert value("gazette_subscriptions") == 1
    assert value("gazette_deliveries_in_progress") == 0
    assert value("gazette_delivery_leading") == 0
    assert value("gazette_discord_available") == 1


async def test_a_digest_that_is_long_overdue_is_unhealthy(store: Store, discord_double: Discord) -> None:
    await subscribe(store, [discord_double.guild("Harbour").channel("news").id])
    discord_double.faults.fail(POSTING, 503)
    clock = ManualClock(EIGHT)
    async with open_port(discord_double) as port:
        worker = make_worker(store, FakeComposer(), port, clock)
        delivery_metrics = DeliveryMetrics(Metrics(), store, worker, RateLimiter(48), clock)
        await worker.deliver_due(EIGHT)
        assert await delivery_metrics.check_health() is None
        clock.advance(minutes=16)
        assert "2026-11-20T08:00" in (await delivery_metrics.check_health() or "")
        await worker.deliver_due(clock())
        assert await delivery_metrics.check_health() is None
