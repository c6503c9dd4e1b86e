"""Frequent queries are served by indexes, not by reading whole tables."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.search_terms import index_story
from bot.store import deliveries, documents, event_index, events, labels, search, story_pages, story_rows, withholdings
from bot.store.database import Store
from bot.store.documents import Origin
from bot.store.due_withholdings import due_withholdings
from bot.store.returned_stories import missed_events
from bot.store.schema import metadata, story
from tests.store.factories import NOON, make_analysis, make_file_facts

DAY = timedelta(days=1)


def _news(text: str) -> Callable[[AsyncConnection], Awaitable[object]]:
    return lambda conn: story_pages.list_stories(conn, Filter.parse(text), page=1, per_page=5, now=NOON)


async def _withhold_and_release(conn: AsyncConnection) -> None:
    found = await withholdings.find_target(conn, "event", 1)
    assert found is not None
    number = await withholdings.add_withholding(conn, "event", *found, made_by="editor", now=NOON)
    stored = await documents.store_document(
        conn, "b.txt", make_file_facts("b"), [make_analysis("A ferry.\nIt sank.")], now=NOON
    )
    assert stored.new
    await withholdings.cover_new(conn, stored.new, NOON)
    assert await withholdings.list_withholdings(conn)
    await withholdings.release(conn, [number], released_by="editor", now=NOON)


QUERIES: dict[str, Callable[[AsyncConnection], Awaitable[object]]] = {
    "news": _news(""),
    "news, bounded": _news("since:3d until:1d"),
    "news of a country": _news("country:no"),
    "news of a country and a topic": _news("country:no topic:weather since:3d"),
    "news of a region": _news("region:europe topic:weather"),
    "news of a language": _news("lang:en"),
    "news of a country with a word": _news("country:no ferry"),
    "news of a country from a source": _news("country:no source:harbour*"),
    "a story": lambda conn: story_rows.get_story(conn, 1),
    "countries": lambda conn: labels.country_counts(conn, NOON),
    "latest arrival": story_rows.latest_arrival,
    "what is new": story_rows.content_version,
    "last slot": lambda conn: deliveries.last_slot(conn, 1, sent=True),
    "search": lambda conn: search.search_stories(conn, "ferry -storm", EVERYTHING, 5, now=NOON),
    "events": lambda conn: events.competing_events(conn, EVERYTHING, since=NOON - DAY, until=NOON, limit=5, now=NOON),
    "missed events": lambda conn: missed_events(
        conn, EVERYTHING, subscription_id=1, arrived_after=NOON - DAY, since=NOON - DAY, until=NOON, now=NOON, limit=5
    ),
    "arrivals": lambda conn: event_index.get_arrivals(conn, [1, 2]),
    "reports": lambda conn: events.get_reports(conn, [1, 2], NOON),
    "rising": lambda conn: events.rising_events(conn, EVERYTHING, since=NOON - DAY, until=NOON, limit=5, now=NOON),
    "an event": lambda conn: events.find_event(conn, 1),
    "stories of hashes": lambda conn: event_index.newest_by_hash(conn, [1, 2], since=NOON - DAY, per_hash=5),
    "candidates": lambda conn: event_index.get_candidates(conn, [1, 2]),
    "features": lambda conn: event_index.get_features(conn, [1, 2]),
    "adding": lambda conn: documents.add_documents(
        conn,
        [documents.NewDocument("b.txt", make_file_facts("b"), [index_story(make_analysis("New ferry."))], [Origin()])],
        now=NOON,
    ),
    "what can be added": lambda conn: documents.find_new(
        conn,
        [documents.NewDocument("b.txt", make_file_facts("b"), [index_story(make_analysis("New ferry."))], [Origin()])],
    ),
    "old traits": lambda conn: event_index.prune_features(conn, NOON - DAY),
    "claims": lambda conn: deliveries.claim_due(conn, "w", NOON, limit=5, lease=DAY),
    "what was shown": lambda conn: deliveries.shown_events(conn, 7, event_ids=[1, 2]),
    "events to strike": lambda conn: deliveries.events_to_strike(conn, NOON - DAY, NOON, shown_since=NOON - DAY),
    "missed events without a subscription": lambda conn: missed_events(
        conn, EVERYTHING, arrived_after=NOON - DAY, since=NOON - DAY, until=NOON, now=NOON, limit=5
    ),
    "due withholdings": lambda conn: due_withholdings(conn, NOON),
    "covering withholdings": lambda conn: withholdings.covering(conn, [1, 2]),
    "withheld fingerprints": lambda conn: withholdings.withheld_fingerprints(conn, ["1", "2"]),
    "withholding, covering, releasing": _withhold_and_release,
    "what new stories are covered": lambda conn: withholdings.cover_new(conn, [1, 2], NOON),
    "messages that told a story": lambda conn: withholdings.count_messages(conn, [1, 2]),
    "reports left": lambda conn: withholdings.reports_left(conn, [1, 2]),
    "events to withhold": lambda conn: deliveries.events_to_withhold(conn),
    "events to release": lambda conn: deliveries.events_to_release(conn),
    "what a delivery tells": lambda conn: deliveries.tells_withheld(conn, 1),
    "posted events": lambda conn: deliveries.posted_events(conn, 1),
    "posted messages": lambda conn: deliveries.posted_messages(conn, 1),
    "events to restore": lambda conn: deliveries.events_to_restore(conn),
    "oldest unsent digest": lambda conn: deliveries.oldest_unsent(conn),
    "history": lambda conn: deliveries.history(conn, 1),
    "an original": lambda conn: documents.find_original(conn, "ab", "a.txt"),
    "storing": lambda conn: documents.store_document(
        conn, "b.txt", make_file_facts("b"), [make_analysis("New ferry.")], now=NOON
    ),
    "storing again": lambda conn: documents.store_document(
        conn, "a.txt", make_file_facts("b"), [make_analysis("Other.")], now=NOON
    ),
}


async def _missed_in_languages(conn: AsyncConnection, subscription_id: int | None, audience: Audience) -> None:
    """Look for missed events where there is one: without any, only the first statement is executed."""
    arrived = NOON - 2 * DAY
    values = {"arrived_at": arrived, "hidden_from": arrived, "returned_at": NOON}
    await conn.execute(update(story).where(story.c.id == 1).values(values))
    found = await missed_events(
        conn,
        EVERYTHING,
        subscription_id=subscription_id,
        arrived_after=arrived - DAY,
        since=NOON - DAY,
        until=NOON,
        now=NOON,
        limit=5,
        audience=audience,
        languages=["en", "de"],
    )
    assert found


def _in_languages(audience: Audience, text: str = "") -> dict[str, Callable[[AsyncConnection], Awaitable[object]]]:
    """Return the queries of a digest whose stories are in chosen languages."""
    period: dict[str, Any] = {"since": NOON - DAY, "until": NOON, "limit": 5, "now": NOON, "audience": audience}
    wanted, chosen = Filter.parse(text), ["en", "de"]
    return {
        "events": lambda conn: events.competing_events(conn, wanted, languages=chosen, **period),
        "next page": lambda conn: events.competing_events(conn, wanted, languages=chosen, skip=5, **period),
        "uncounted": lambda conn: events.competing_events(conn, wanted, languages=chosen, counted=False, **period),
        "rising": lambda conn: events.rising_events(conn, wanted, languages=chosen, **period),
        "missed": lambda conn: _missed_in_languages(conn, None, audience),
        "missed by a subscription": lambda conn: _missed_in_languages(conn, 1, audience),
        "languages of events": lambda conn: event_index.get_event_languages(conn, [1, 2]),
    }


AUDIENCES = {"public": PUBLIC, "of a server": Audience(7)}

SCAN_OF_STORIES = re.compile(r"SCAN story(?:_\d+)?(?= |$)")
"""A step that reads all stories, be it through an index."""

SCAN_OF_TABLE = re.compile(rf"SCAN (?:{'|'.join(metadata.tables)})(?:_\d+)?(?= |$)(?!.* USING )")
"""A step of SQLite's plan that reads a whole table, under its name or SQLAlchemy's alias for it, without an index."""


async def _scans(url: str, query: Callable[[AsyncConnection], Awaitable[object]]) -> list[tuple[str, str]]:
    """Return (step, statement) of each full scan that a query makes in a store with one story."""
    return [(step, statement) for step, statement in await _plan(url, query) if SCAN_OF_TABLE.match(step)]


async def _plan(url: str, query: Callable[[AsyncConnection], Awaitable[object]]) -> list[tuple[str, str]]:
    """Return (step, statement) of all that a query does in a store with one story."""
    executed: list[tuple[str, Any]] = []
    async with Store.open(url) as store:
        async with store.writing() as conn:
            await documents.store_document(
                conn,
                "a.txt",
                make_file_facts("a"),
                [make_analysis("A ferry.", countries=["NO"], topics=["weather"])],
                now=NOON,
            )

        def note(_conn: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:
            executed.append((statement, values[0] if many else values))

        event.listen(store._writers.sync_engine, "before_cursor_execute", note)
        async with store.writing() as conn:
            await query(conn)
        path = store.path
    assert path is not None
    assert executed
    with closing(sqlite3.connect(path)) as direct:
        return [
            (step, statement)
            for statement, values in executed
            if statement.split()[0] in ("SELECT", "UPDATE", "DELETE", "INSERT")
            for *_numbers, step in direct.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


@pytest.mark.parametrize("name", QUERIES)
async def test_no_query_reads_a_whole_table(sqlite_url: str, name: str) -> None:
    assert await _scans(sqlite_url, QUERIES[name]) == []


@pytest.mark.parametrize("text", ["", "country:no", "ferry", "topic:weather source:harbour*"])
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", _in_languages(PUBLIC))
async def test_no_query_of_a_digest_in_chosen_languages_reads_all_stories(
    sqlite_url: str, name: str, audience: str, text: str
) -> None:
    plan = await _plan(sqlite_url, _in_languages(AUDIENCES[audience], text)[name])
    assert [each for each in plan if SCAN_OF_STORIES.match(each[0])] == []


@pytest.mark.parametrize("name", ["events", "next page", "uncounted", "rising", "missed", "missed by a subscription"])
async def test_an_events_other_reports_are_looked_up_by_the_event(sqlite_url: str, name: str) -> None:
    steps = [step for step, _ in await _plan(sqlite_url, _in_languages(PUBLIC)[name])]
    assert any(re.match(r"SEARCH story_\d+ USING (?:COVERING )?INDEX ix_story_event_id ", step) for step in steps), (
        steps
    )


async def test_a_query_that_reads_a_whole_table_is_noticed(sqlite_url: str) -> None:
    ((step, _),) = await _scans(sqlite_url, documents.count_by_status)
    assert step == "SCAN document"
