"""Alerts go out at once, exactly once, and never when they may not: a month of news with the real store and client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.delivery.corrections import Corrections
from bot.delivery.worker import DeliveryWorker
from bot.newsroom.audience import OPERATOR
from bot.newsroom.models import AlertRules, Delivery, DeliveryState, DigestStyle, QuietPolicy, Subscription
from bot.newsroom.obstacles import DeliveryReason, Obstacle
from bot.services.alerts import AlertService
from bot.services.digests import DigestService
from bot.services.event_edits import EventEditor
from bot.settings import DigestSettings, SummarySettings
from bot.store import deliveries, documents, events, story_rows, subscriptions
from bot.store.database import Store
from bot.store.documents import Origin
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import make_worker, open_port
from tests.double import Channel, Discord
from tests.store.factories import make_analysis, make_file_facts

START = datetime(2026, 11, 1, tzinfo=UTC)
TICK = timedelta(seconds=5)
"""Time between two polls, as in the program."""

RULES = AlertRules(3, (time(22), time(7)), 4)


class Newsroom:
    """A store, the double and a clock: stories come in, and a worker polls."""

    def __init__(self, store: Store, double: Discord, clock: ManualClock) -> None:
        self.store, self.double, self.clock = store, double, clock
        self._stories = 0
        self.posted_at: dict[int, datetime] = {}
        """When each message was first seen, by its id."""

    @property
    def digests(self) -> DigestService:
        return DigestService(self.store, DigestSettings(), SummarySettings(), self.clock)

    async def subscribe(self, channel: Channel, **values: object) -> Subscription:
        wanted = Subscription(
            0,
            channel.id,
            (time(8),),
            "UTC",
            self.clock(),
            self.clock(),
            guild_id=5,
            quiet=QuietPolicy.SKIP,
            alerts=RULES,
        )
        async with self.store.writing() as conn:
            return await subscriptions.add_subscription(conn, replace(wanted, **values))  # type: ignore[arg-type]

    async def report(
        self,
        event: int | None,
        source: str,
        *,
        about: str = "A dam broke",
        countries: Sequence[str] = ("NO",),
        language: str = "en",
        text: str | None = None,
        guild_id: int | None = None,
    ) -> tuple[int, int]:
        """Store a story by a source, in an event or in one of its own; return its id and its event's."""
        self._stories += 1
        number, now = self._stories, self.clock()
        said = text or f"{about} on day {number}, {source} reports in words of its own.\nNumber {number} of {source}."
        analysis = make_analysis(
            said,
            headline=f"{about}, says {source}",
            countries=countries,
            language=language,
            topics=["disaster-accident-and-emergency"],
        )
        origin = Origin(now, source, f"https://{source.lower().replace(' ', '-')}.example/{number}")
        async with self.store.writing() as conn:
            stored = await documents.store_document(
                conn, f"{number}.txt", make_file_facts(said), [analysis], now=now, origin=origin, guild_id=guild_id
            )
            (story_id,) = stored.story_ids
            if event is not None:
                await events.assign_stories(conn, {story_id: event})
            (line,) = await story_rows.get_lines(conn, [story_id], OPERATOR)
        return story_id, line.event_id

    @asynccontextmanager
    async def running(self) -> AsyncIterator[DeliveryWorker]:
        """Start a worker as a program that has just started."""
        async with open_port(self.double) as port:
            worker = make_worker(
                self.store,
                self.digests,
                port,
                self.clock,
                alerts=AlertService(self.store, self.digests, self.clock),
            )
            try:
                yield worker
            finally:
                await worker.close()

    async def poll(self, worker: DeliveryWorker) -> None:
        await worker.poll()
        while worker.in_progress:  # noqa: ASYNC110 - deliveries are tasks of the worker
            await asyncio.sleep(0.001)

    async def run(self, worker: DeliveryWorker, seconds: float) -> None:
        """Poll as the program does while the time passes."""
        until = self.clock() + timedelta(seconds=seconds)
        await self.poll(worker)
        while self.clock() < until:
            self.clock.now += TICK
            await self.poll(worker)

    async def history(self, subscription: Subscription) -> list[Delivery]:
        async with self.store.reading() as conn:
            return await deliveries.history(conn, subscription.id, 1000)


@pytest.fixture
def newsroom(store: Store, discord_double: Discord) -> Newsroom:
    """A newsroom without news."""
    return Newsroom(store, discord_double, ManualClock(START + timedelta(hours=12)))


async def burst(newsroom: Newsroom, worker: DeliveryWorker, sources: int, about: str, *, minutes: float = 5) -> int:
    """Let so many sources report an event, one every few minutes; return the event."""
    event: int | None = None
    for number in range(sources):
        if number:
            await newsroom.run(worker, minutes * 60)
        _, event = await newsroom.report(event, f"Paper {number}", about=about)
    assert event is not None
    return event


def alerts_in(channel: Channel, about: str) -> int:
    """Return how many alerts of a channel are about something."""
    return sum("Breaking news" in message.text and about in message.text for message in channel.messages)


async def test_an_alert_is_posted_at_the_threshold_and_the_digest_says_when(newsroom: Newsroom) -> None:
    news = newsroom.double.guild("Harbour").channel("news")
    subscription = await newsroom.subscribe(news, quiet=QuietPolicy.SAY)
    async with newsroom.running() as worker:
        await burst(newsroom, worker, 2, "A dam broke")
        await newsroom.run(worker, 60)
        assert not news.messages
        await newsroom.report(1, "Paper 2", about="A dam broke")
        await newsroom.run(worker, 10)
        assert alerts_in(news, "A dam broke") == 1
        await newsroom.report(1, "Paper 3", about="A dam broke")
        await newsroom.run(worker, 600)
        assert len(news.messages) == 1
        newsroom.clock.now = START + timedelta(days=1, hours=8)
        await newsroom.poll(worker)
    alert, digest = news.messages
    assert "Posted at" in digest.text
    assert "12:06" in digest.text
    assert f"https://discord.com/channels/5/{news.id}/{alert.id}" in digest.text
    (_, latest) = await newsroom.history(subscription)
    assert (latest.alert_event_id, latest.state) == (1, DeliveryState.SENT)


@pytest.mark.slow
async def test_a_month_with_twenty_bursts(newsroom: Newsroom) -> None:
    """Each is posted once, within a minute; none below the threshold or in quiet hours; with restarts in between."""
    news = newsroom.double.guild("Harbour").channel("news")
    subscription = await newsroom.subscribe(news)
    posted = 0
    for day in range(30):
        newsroom.clock.now = START + timedelta(days=day, hours=8)
        async with newsroom.running() as worker:
            await newsroom.run(worker, 10)  # the day's digest
        about = f"Burst {day:02} reached {_PLACES[day]}"
        newsroom.clock.now = START + timedelta(days=day, hours=9 + day % 12)
        kind = "burst" if day % 3 else ("below", "quiet", "slow")[day // 3 % 3]
        if kind == "quiet":
            newsroom.clock.now = START + timedelta(days=day, hours=22, minutes=day)
        before = len(news.messages)
        event: int | None = None
        for number in range({"below": 2}.get(kind, 5)):
            _, event = await newsroom.report(event, f"Paper {number}", about=about)
            reached = newsroom.clock()
            if day % 2 and number == 2:  # the program was away when the threshold was reached, and is started again
                newsroom.clock.advance(seconds=20)
            async with newsroom.running() as worker:
                await newsroom.run(worker, 20)
            if kind == "burst" and number == 2:
                assert len(news.messages) == before + 1, about
                assert newsroom.clock() - reached <= timedelta(seconds=60)
                posted += 1
            async with newsroom.running() as worker:
                await newsroom.run(worker, 20)
            newsroom.clock.advance(minutes=40 if kind == "slow" else 8)
        assert len(news.messages) == before + (kind == "burst"), about
        assert alerts_in(news, about) == (kind == "burst")
    assert posted == 20
    reasons = [each.reason for each in await newsroom.history(subscription) if each.alert_event_id is not None]
    assert reasons.count(None) == 20
    assert reasons.count(Obstacle(DeliveryReason.QUIET_HOURS)) == len(reasons) - 20 == 3


_PLACES = (
    *("Aleppo", "Bergen", "Cusco", "Dakar", "Essen", "Fukui", "Gdansk", "Hanoi", "Izmir", "Jaipur", "Kisumu", "Lima"),
    *("Manila", "Nantes", "Oulu", "Perth", "Quito", "Riga", "Suva", "Tunis", "Ufa", "Varna", "Windhoek", "Xalapa"),
    *("Yazd", "Zagreb", "Accra", "Bamako", "Colombo", "Durban"),
)


async def test_two_processes_post_an_alert_once(newsroom: Newsroom) -> None:
    news = newsroom.double.guild("Harbour").channel("news")
    await newsroom.subscribe(news, alerts=AlertRules(2, None, 3))
    async with newsroom.running() as one, newsroom.running() as other:
        for number in range(5):
            _, event = await newsroom.report(None, "Paper A", about=f"Storm {number}")
            await newsroom.report(event, "Paper B", about=f"Storm {number}")
        await asyncio.gather(newsroom.poll(one), newsroom.poll(other))
        await newsroom.run(one, 10)
        await newsroom.run(other, 10)
    assert len(news.messages) == 3  # the day's limit
    assert len({message.text.split("###")[1][:20] for message in news.messages}) == 3


async def test_an_event_that_is_merged_or_split_is_no_alert_again(newsroom: Newsroom) -> None:
    news = newsroom.double.guild("Harbour").channel("news")
    await newsroom.subscribe(news, alerts=AlertRules(2))
    editor = EventEditor(newsroom.store, newsroom.clock)
    async with newsroom.running() as worker:
        first = await burst(newsroom, worker, 2, "A dam broke")
        stories = [(await newsroom.report(first, f"Late paper {number}"))[0] for number in range(4)]
        await newsroom.run(worker, 10)
        other, _ = await newsroom.report(None, "Paper X", about="A wall fell")
        older, _ = await newsroom.report(None, "Paper Y", about="A wall fell")
        await newsroom.run(worker, 10)
        await editor.join([f"s{other}", f"e{first}"])
        await newsroom.run(worker, 10)
        await editor.split([f"s{number}" for number in stories[:3]])
        await newsroom.run(worker, 10)
        assert len(news.messages) == 1
        await editor.join([f"s{older}", f"e{first}"])
        await newsroom.report(None, "Paper Z", about="A wall fell")
        await newsroom.run(worker, 10)
    assert len(news.messages) == 1


async def test_filter_language_and_server_hold_for_alerts(newsroom: Newsroom) -> None:
    harbour = newsroom.double.guild("Harbour")
    norway = harbour.add_channel("norway")
    german = harbour.add_channel("german")
    own = harbour.add_channel("own")
    await newsroom.subscribe(norway, filter="country:NO", alerts=AlertRules(2))
    await newsroom.subscribe(german, filter="lang:de", alerts=AlertRules(2))
    await newsroom.subscribe(own, guild_id=9, alerts=AlertRules(3))
    async with newsroom.running() as worker:
        _, event = await newsroom.report(None, "Paper A", about="Rain", countries=("KE",))
        await newsroom.report(event, "Paper B", about="Rain", countries=("KE",))
        await newsroom.run(worker, 10)
        assert not norway.messages
        _, event = await newsroom.report(None, "Paper A", about="Snow")
        await newsroom.report(event, "Blatt B", about="Schnee", language="de")
        await newsroom.run(worker, 10)
        assert (len(norway.messages), len(german.messages), len(own.messages)) == (1, 0, 0)
        await newsroom.report(event, "Coast Paper", about="Snow", guild_id=9)
        await newsroom.report(event, "Blatt C", about="Schnee", language="de", guild_id=8)
        await newsroom.run(worker, 10)
    assert (len(norway.messages), len(german.messages), len(own.messages)) == (1, 0, 1)


async def test_what_was_missed_for_too_long_is_left_to_the_digest(newsroom: Newsroom) -> None:
    news = newsroom.double.guild("Harbour").channel("news")
    await newsroom.subscribe(news, alerts=AlertRules(2))
    _, event = await newsroom.report(None, "Paper A")
    await newsroom.report(event, "Paper B")
    newsroom.clock.advance(minutes=30)
    async with newsroom.running() as worker:
        await newsroom.run(worker, 10)
        assert not news.messages
        newsroom.clock.now = START + timedelta(days=1, hours=8)
        await newsroom.poll(worker)
    assert "A dam broke" in news.messages[0].text


@pytest.mark.parametrize("look", list(DigestStyle))
async def test_a_withdrawn_alert_is_struck_through_and_not_named_by_the_digest(
    newsroom: Newsroom, look: DigestStyle
) -> None:
    news = newsroom.double.guild("Harbour").channel("news")
    await newsroom.subscribe(news, alerts=AlertRules(2), look=look, quiet=QuietPolicy.SAY)
    async with newsroom.running() as worker:
        await burst(newsroom, worker, 2, "A dam broke")
        await newsroom.run(worker, 10)
        newsroom.clock.advance(minutes=1)
        async with newsroom.store.writing() as conn:
            for path in ("1.txt", "2.txt"):
                await documents.withdraw_document(conn, path, now=newsroom.clock())
        async with open_port(newsroom.double) as port:
            assert await Corrections(newsroom.store, port, newsroom.clock, newsroom.digests).correct() == 1
        assert "~~" in news.messages[0].text
        newsroom.clock.now = START + timedelta(days=1, hours=8)
        await newsroom.poll(worker)
    assert "Posted at" not in news.messages[1].text


async def test_a_paused_subscription_and_one_without_rules_have_no_alerts(newsroom: Newsroom) -> None:
    news = newsroom.double.guild("Harbour").channel("news")
    await newsroom.subscribe(news, alerts=None)
    await newsroom.subscribe(news, alerts=AlertRules(2), paused_at=newsroom.clock())
    async with newsroom.running() as worker:
        await burst(newsroom, worker, 4, "A dam broke")
        await newsroom.run(worker, 10)
    assert not news.messages
