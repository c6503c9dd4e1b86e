"""Withheld stories are taken out of messages of any age, and come back as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest

from bot.delivery.corrections import Corrections
from bot.delivery.messages import draw_delivery
from bot.delivery.posted_events import edit_messages, strike, take_out
from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.models import Delivery, Digest, DigestStyle, Event, PostMode, Subscription
from bot.services.digests import ComposedDigest
from bot.services.withholdings import WithholdingService
from bot.store import deliveries, documents
from bot.store.database import Store
from tests.clock import ManualClock
from tests.delivery.delivery_fixture import EIGHT, FakeComposer, make_event, make_worker, open_port, subscribe
from tests.delivery.test_corrections import StoriesComposer
from tests.double import Channel, Discord
from tests.store.factories import make_analysis, make_file_facts

MONTH = timedelta(days=30)


class Teller:
    """Tells an event in one sentence by the numbers of its reports."""

    async def retell(
        self,
        story_ids: Sequence[int],
        *,
        sentences: int | None = None,
        engine: str | None = None,
        languages: tuple[str, ...] = (),
        audience: Audience = PUBLIC,
    ) -> Event | None:
        told = make_event(99)
        sentence = replace(told.summary[0], text=f"Told by {list(story_ids)}.")
        return replace(told, headline="The other report", summary=(sentence,)) if story_ids else None


async def _buttons(_delivery: Delivery) -> tuple[str, str]:
    return "more", "details"


async def _post(
    store: Store, double: Discord, paths: Sequence[str], *, channel: str = "news", **options: Any
) -> Channel:
    """Post a digest that shows event 1 by a story of each path; return its channel."""
    target = double.guild("Harbour").channel(channel)
    ids: list[int] = []
    async with store.writing() as conn:
        for path in paths:
            facts, analysis = make_file_facts(path), make_analysis(f"From {path}.")
            ids += (await documents.store_document(conn, path, facts, [analysis], now=EIGHT)).story_ids
    await subscribe(store, [target.id], **options)
    async with open_port(double) as port:
        worker = make_worker(store, StoriesComposer(*ids), port, ManualClock(EIGHT), buttons=_buttons)
        assert (await worker.deliver_due(EIGHT)).sent == 1
    return target


async def _correct(store: Store, double: Discord, clock: ManualClock) -> int:
    async with open_port(double) as port:
        return await Corrections(store, port, clock, Teller()).correct()


def _service(store: Store, clock: ManualClock) -> WithholdingService:
    return WithholdingService(store, clock, "UTC")


@pytest.mark.parametrize("look", list(DigestStyle))
async def test_a_withheld_story_leaves_no_trace_in_a_message_of_any_age(
    store: Store, discord_double: Discord, look: DigestStyle
) -> None:
    news = await _post(store, discord_double, ["a.txt"], look=look)
    (message,) = news.messages
    posted = (message.text, message.selects, message.buttons)
    assert "Headline 1" in str(posted)
    clock = ManualClock(EIGHT + MONTH)
    await _service(store, clock).withhold("s1", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert "Headline 1" not in str((message.text, message.selects, message.components, message.embeds))
    assert "word1 " not in message.text
    assert "paper-1" not in message.text
    assert "~~Withheld~~" in message.text
    assert "Withheld by the editor." in message.text
    assert "word2" in message.text
    assert [[option["value"] for option in menu["options"]] for menu in message.selects] == [["e2"]]
    assert await _correct(store, discord_double, clock) == 0
    await _service(store, clock).release("s1", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert (message.text, message.selects, message.buttons) == posted
    assert await _correct(store, discord_double, clock) == 0
    async with store.reading() as conn:
        (found,) = await deliveries.posted_messages(conn, 1)
    assert found.payload == found.original


@pytest.mark.parametrize("look", list(DigestStyle))
async def test_an_event_is_told_by_its_other_reports(store: Store, discord_double: Discord, look: DigestStyle) -> None:
    news = await _post(store, discord_double, ["a.txt", "b.txt"], look=look)
    (message,) = news.messages
    posted = message.text
    clock = ManualClock(EIGHT + MONTH)
    await _service(store, clock).withhold("s1", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert "Headline 1" not in str((message.text, message.selects))
    assert "The other report" in message.text
    assert "Told by \\[2\\]." in message.text or "Told by [2]." in message.text
    assert "e1" not in message.text
    assert "~~" not in message.text
    assert "word2" in message.text
    await _service(store, clock).withhold("s2", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert "The other report" not in str((message.text, message.selects))
    await _service(store, clock).release("s1", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert "Told by" in message.text
    await _service(store, clock).release("s2", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert message.text == posted


async def test_a_file_that_is_gone_meanwhile_stays_struck(store: Store, discord_double: Discord) -> None:
    news = await _post(store, discord_double, ["a.txt"])
    clock = ManualClock(EIGHT + MONTH)
    await _service(store, clock).withhold("s1", by="editor")
    await _correct(store, discord_double, clock)
    async with store.writing() as conn:
        await documents.withdraw_document(conn, "a.txt", now=clock.advance(hours=1))
    await _service(store, clock).release("s1", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert "~~**Headline 1**~~" in news.messages[0].text
    assert "word1 " not in news.messages[0].text
    assert await _correct(store, discord_double, clock) == 0


@pytest.mark.parametrize("archived", [False, True])
async def test_a_forums_posts_are_renamed_also_archived_ones(
    store: Store, discord_double: Discord, archived: bool
) -> None:
    forum = await _post(store, discord_double, ["a.txt"], channel="stories", posts=PostMode.EVENT)
    for thread in forum.threads:
        thread.archived = archived
    clock = ManualClock(EIGHT + MONTH)
    await _service(store, clock).withhold("s1", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert [thread.name for thread in forum.threads] == ["Withheld", "Headline 2"]
    assert "Headline 1" not in forum.threads[0].messages[0].text
    assert [thread.archived for thread in forum.threads] == [archived, archived]
    await _service(store, clock).release("s1", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert forum.threads[0].name == "Headline 1"


async def test_a_later_message_of_an_archived_post_is_found(store: Store, discord_double: Discord) -> None:
    forum = discord_double.guild("Harbour").channel("stories")
    async with store.writing() as conn:
        facts, analysis = make_file_facts("a"), make_analysis("From a.")
        (story,) = (await documents.store_document(conn, "a.txt", facts, [analysis], now=EIGHT)).story_ids
    composer = _LastEventComposer(story)
    await subscribe(store, [forum.id])
    async with open_port(discord_double) as port:
        assert (await make_worker(store, composer, port, ManualClock(EIGHT)).deliver_due(EIGHT)).sent == 1
    (thread,) = forum.threads
    assert "Headline 9" not in thread.messages[0].text
    thread.archived = True
    clock = ManualClock(EIGHT + MONTH)
    await _service(store, clock).withhold(f"s{story}", by="editor")
    assert await _correct(store, discord_double, clock) == 1
    assert all("Headline 9" not in message.text for message in thread.messages)


class _LastEventComposer(FakeComposer):
    """Composes nine long events, of which the last is told by a stored story."""

    def __init__(self, story_id: int) -> None:
        super().__init__(9, 150)
        self._story_id = story_id

    async def for_slot(self, subscription: Subscription, slot_at: datetime) -> ComposedDigest:
        composed = await super().for_slot(subscription, slot_at)
        last = replace(composed.shown[-1], story_ids=(self._story_id,))
        return replace(composed, shown=(*composed.shown[:-1], last))


async def test_what_is_withheld_before_it_is_sent_is_not_sent(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    async with store.writing() as conn:
        facts, analysis = make_file_facts("a"), make_analysis("From a.")
        (story,) = (await documents.store_document(conn, "a.txt", facts, [analysis], now=EIGHT)).story_ids
    await subscribe(store, [news.id])
    clock = ManualClock(EIGHT)
    discord_double.faults.fail("POST /channels/{channel_id}/messages", 500, times=20)
    async with open_port(discord_double) as port:
        worker = make_worker(store, StoriesComposer(story), port, clock)
        assert (await worker.deliver_due(EIGHT)).sent == 0
    await _service(store, clock).withhold(f"s{story}", by="editor")
    discord_double.faults.clear()
    clock.advance(hours=1)
    async with open_port(discord_double) as port:
        worker = make_worker(store, StoriesComposer(story), port, clock)
        assert (await worker.deliver_due(clock.now)).sent == 1
    (message,) = news.messages
    assert "Headline 1" not in message.text
    assert "word2" in message.text
    await _correct(store, discord_double, clock)
    assert "Headline 1" not in message.text
    await _service(store, clock).release(f"s{story}", by="editor")
    await _correct(store, discord_double, clock)
    assert "Headline 1" in message.text


async def test_a_message_that_arrived_unnoticed_is_edited(store: Store, discord_double: Discord) -> None:
    news = discord_double.guild("Harbour").channel("news")
    async with store.writing() as conn:
        facts, analysis = make_file_facts("a"), make_analysis("From a.")
        (story,) = (await documents.store_document(conn, "a.txt", facts, [analysis], now=EIGHT)).story_ids
    await subscribe(store, [news.id])
    clock = ManualClock(EIGHT)
    discord_double.faults.drop_after("POST /channels/{channel_id}/messages", times=20)
    async with open_port(discord_double) as port:
        await make_worker(store, StoriesComposer(story), port, clock).deliver_due(EIGHT)
    (message,) = news.messages
    assert "Headline 1" in message.text
    await _service(store, clock).withhold(f"s{story}", by="editor")
    discord_double.faults.clear()
    clock.advance(hours=1)
    async with open_port(discord_double) as port:
        await make_worker(store, StoriesComposer(story), port, clock).deliver_due(clock.now)
    assert await _correct(store, discord_double, clock) == 1
    assert news.messages == [message]
    assert "Headline 1" not in message.text


async def test_a_message_that_cannot_be_edited_is_tried_again_each_hour(store: Store, discord_double: Discord) -> None:
    news = await _post(store, discord_double, ["a.txt"])
    news.forbid(discord_double.bot, "view_channel")
    clock = ManualClock(EIGHT + MONTH)
    await _service(store, clock).withhold("s1", by="editor")
    async with open_port(discord_double) as port:
        corrections = Corrections(store, port, clock, Teller())
        assert await corrections.correct() == 0
        asked = discord_double.requests["PATCH /channels/{channel_id}/messages/{message_id}"]
        clock.advance(seconds=60)
        assert await corrections.correct() == 0
        assert discord_double.requests["PATCH /channels/{channel_id}/messages/{message_id}"] == asked
        news.permit(discord_double.bot, "view_channel")
        clock.advance(hours=1)
        assert await corrections.correct() == 1
    assert "Headline 1" not in news.messages[0].text


async def test_a_channel_that_saw_the_withheld_story_gets_a_later_report_in_full(
    store: Store, discord_double: Discord
) -> None:
    news = await _post(store, discord_double, ["a.txt"])
    clock = ManualClock(EIGHT + timedelta(hours=1))
    service = _service(store, clock)
    async with store.reading() as conn:
        assert set(await deliveries.shown_events(conn, news.id)) == {1, 2}
    await service.withhold("s1", by="editor")
    await _correct(store, discord_double, clock)
    async with store.reading() as conn:
        assert set(await deliveries.shown_events(conn, news.id)) == {2}
    await service.release("s1", by="editor")
    async with store.reading() as conn:  # before the message is restored, too: it isn't to be told twice
        assert set(await deliveries.shown_events(conn, news.id)) == {1, 2}


@pytest.mark.parametrize("look", [look for look in DigestStyle if look is not DigestStyle.FRONT])
@pytest.mark.parametrize("how", ["withheld", "struck"])
def test_an_event_over_several_messages_is_edited_in_all_of_them(look: DigestStyle, how: str) -> None:
    sentences = tuple(
        replace(make_event(1).summary[0], text=f"Secret {number} " + "long " * 220 + "end.") for number in range(12)
    )
    long = replace(make_event(1), summary=sentences)
    digest = Digest("N", EIGHT, EIGHT, (make_event(3), long, make_event(2)), 0)
    subscription = Subscription(1, 1, (EIGHT.time(),), "UTC", EIGHT, EIGHT, look=look)
    messages, _ = draw_delivery(subscription, digest, [], details="details")
    payloads = [orjson.loads(message.payload) for message in messages]
    assert len(payloads) > 2
    begins = next(at for at, payload in enumerate(payloads) if "Headline 1" in str(payload))
    edit = take_out("e1", "Gone", "By the editor.") if how == "withheld" else strike("Gone.")
    edited = edit_messages(payloads, {"e1": (begins, edit)})
    assert "Secret" not in str(edited)
    assert ("Headline 1" in str(edited)) is (how == "struck")
    for number in (2, 3):
        assert f"word{number}" in str(edited)
    for message, payload in zip(messages, edited, strict=True):
        assert message.marker in str(payload)
    assert edit_messages(payloads, {"e7": (0, edit)}) == payloads
