"""Sources of the settings, of operators and of servers; lists of other feed readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import InputInvalid, NotFound
from bot.newsroom.audience import Audience
from bot.newsroom.rejections import Rejection, RejectReason
from bot.newsroom.sources import FetchOutcome, after_fetch, new_source
from bot.services.opml import read_opml, write_opml
from bot.services.sources import SourceService
from bot.store import sources
from bot.store.database import Store
from tests.clock import NOON, ManualClock

ONE, TWO = "https://one.example/feed", "https://two.example/feed"


@pytest.fixture
def service(store: Store) -> SourceService:
    return SourceService(store, ManualClock(), [ONE])


async def test_the_settings_sources_are_listed_with_those_that_are_added(service: SourceService) -> None:
    added = await service.add(TWO, title="Two")
    own = await service.add("https://own.example/", guild_id=7, added_by=5)
    listed = await service.list_sources()
    assert [(each.url, each.configured, each.guild_id) for each in listed] == [
        (ONE, True, None),
        (TWO, False, None),
        ("https://own.example/", False, 7),
    ]
    assert await service.list_sources() == listed
    assert [each.id for each in await service.list_sources(Audience(8))] == [listed[0].id, added.id]
    assert own.id in [each.id for each in await service.list_sources(Audience(7))]


async def test_an_address_is_added_once_for_the_same_readers(service: SourceService) -> None:
    await service.add(TWO, guild_id=7)
    await service.add(TWO, guild_id=8)
    with pytest.raises(InputInvalid, match="already"):
        await service.add(TWO, guild_id=7)
    with pytest.raises(InputInvalid, match="already"):
        await service.add(ONE, guild_id=7)  # everybody reads it


async def test_sources_are_found_by_number_address_and_title(service: SourceService) -> None:
    added = await service.add(TWO, title="The Post")
    for name in (str(added.id), TWO, "the post"):
        assert (await service.find(name)).id == added.id
    with pytest.raises(NotFound):
        await service.find("99")
    with pytest.raises(NotFound):
        await service.find(str(added.id), guild_id=7)  # it isn't that server's own
    await service.add("https://three.example/", title="The Post")
    with pytest.raises(InputInvalid, match="several"):
        await service.find("The Post")


async def test_a_source_of_the_settings_is_paused_and_not_removed(service: SourceService) -> None:
    with pytest.raises(InputInvalid, match=r"intake\.feeds"):
        await service.remove(ONE)
    assert (await service.pause(ONE)).paused_at == NOON
    assert (await service.resume(ONE)).paused_at is None
    added = await service.add(TWO)
    await service.remove(TWO)
    assert added.id not in [each.id for each in await service.list_sources()]


async def test_options_are_changed_and_kept(service: SourceService) -> None:
    changed = await service.change(ONE, {"language": "German", "interval_minutes": 60}, title="New")
    (stored,) = await service.list_sources()
    assert stored == changed
    assert (stored.options.language, stored.options.interval_minutes, stored.title) == ("de", 60, "New")
    with pytest.raises(InputInvalid):
        await service.change(ONE, {"interval_minutes": 0})


async def test_what_a_fetch_showed_is_kept_and_a_dead_source_is_reported_once(store: Store) -> None:
    async with store.writing() as conn:
        added = await sources.add_source(conn, new_source(ONE, NOON))
        assert added is not None
        gone = FetchOutcome(Rejection(RejectReason.HTTP_ERROR, {"status": "410 Gone"}), pause=60, seconds=0.5)
        failed = after_fetch(added, gone, NOON)
        await sources.update_health(conn, failed)
        assert await sources.find_source(conn, added.id) == failed
        assert await sources.report_dead_sources(conn, NOON - timedelta(hours=1), NOON) == []
        (dead,) = await sources.report_dead_sources(conn, NOON + timedelta(hours=1), NOON)
        assert dead.status == "dead"
        await sources.update_health(conn, after_fetch(failed, gone, NOON))
        assert await sources.report_dead_sources(conn, NOON + timedelta(hours=1), NOON) == []
        await sources.update_health(conn, after_fetch(dead, FetchOutcome(new=2, title="Post"), NOON))
        alive = await sources.find_source(conn, added.id)
        assert alive is not None
        assert (alive.status, alive.title, alive.items_a_day(NOON)) == ("ok", "Post", 2)
        await sources.update_health(conn, after_fetch(replace(alive, title=None), gone, NOON))
        assert len(await sources.report_dead_sources(conn, NOON + timedelta(hours=1), NOON)) == 1


async def test_only_sources_that_are_due_and_not_paused_are_fetched(store: Store) -> None:
    async with store.writing() as conn:
        fresh, later, paused = [
            added
            for url in (ONE, TWO, "https://three.example/")
            if (added := await sources.add_source(conn, new_source(url, NOON))) is not None
        ]
        await sources.update_source(conn, replace(later, next_at=NOON + timedelta(minutes=5)))
        await sources.update_source(conn, replace(paused, paused_at=NOON))
        assert [each.id for each in await sources.list_due_sources(conn, NOON, 10)] == [fresh.id]
        due = await sources.list_due_sources(conn, NOON + timedelta(minutes=5), 10)
        assert [each.id for each in due] == [fresh.id, later.id]
        assert await sources.next_due(conn) == NOON + timedelta(minutes=5)


async def test_sources_that_left_the_settings_are_no_longer_read(store: Store) -> None:
    async with store.writing() as conn:
        by_hand = await sources.add_source(conn, new_source(TWO, NOON, title="Mine"))
        await sources.configure_sources(conn, [new_source(url, NOON, configured=True) for url in (ONE, TWO)])
        listed = await sources.list_sources(conn)
        assert [(each.url, each.title, each.configured) for each in listed] == [(TWO, "Mine", True), (ONE, None, True)]
        assert by_hand is not None
        assert listed[0].id == by_hand.id
        await sources.configure_sources(conn, [new_source(TWO, NOON, configured=True)], remove_others=True)
        assert [each.url for each in await sources.list_sources(conn)] == [TWO]


OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1"><head><title>x</title></head><body>
<outline text="News"><outline type="rss" text="Post &amp; Times" title="" xmlUrl=" https://two.example/feed "/>
<outline text="A & B" xmlurl="https://three.example/?a=1&b=2"/></outline>
<outline text="bad" xmlUrl="mailto:x"/><outline text="again" xmlUrl="https://two.example/feed"/><outline text="folder"/>
</body></opml>"""


async def test_a_list_of_another_reader_is_imported_and_comes_out_again(service: SourceService) -> None:
    report = await service.import_opml(OPML.encode())
    assert [(each.url, each.title) for each in report.added] == [
        (TWO, "Post & Times"),
        ("https://three.example/?a=1&b=2", "A & B"),
    ]
    assert [reason for _, reason in report.refused] == ["doesn't begin with http:// or https://"]
    again = await service.import_opml(OPML.encode())
    assert (again.added, again.known) == ((), 2)
    exported = await service.export_opml()
    assert {feed.url for feed in read_opml(exported)} == {ONE, TWO, "https://three.example/?a=1&b=2"}
    assert read_opml(write_opml([])) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<html><body/></html>",
        b"\x00\x01\x02",
        b'<!DOCTYPE opml [<!ENTITY a "aaaa">]><opml><body><outline xmlUrl="&a;"/></body></opml>',
        b"<opml>" + b" " * 5_000_000 + b"</opml>",
    ],
)
async def test_what_is_no_list_of_feeds_is_refused(service: SourceService, data: bytes) -> None:
    with pytest.raises(InputInvalid, match="list"):
        await service.import_opml(data)
