"""What one server's own sources bring is in no answer of another server, whatever is asked."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.commands import Asker, CommandRegistry, parse_line
from bot.errors import NotFound
from bot.newsroom.audience import OPERATOR, PUBLIC, Audience
from bot.newsroom.filters import EVERYTHING, Filter
from bot.newsroom.models import DigestStyle
from bot.newsroom.subscription_input import SubscriptionInput
from bot.rendering.discord import draw
from bot.rendering.html import html_of
from bot.services import Services
from bot.services.event_assignment import assign_events
from bot.services.transfer import export_rows, import_rows, prepare_rows
from bot.store import documents, events, stories, story_pages, story_rows
from bot.store.audiences import owning_guilds
from bot.store.database import Store
from bot.store.documents import Origin
from bot.store.labels import country_counts
from summarizers.events.features import story_features
from tests.clock import NOON, ManualClock
from tests.newsroom.test_clustering import report
from tests.services.sample_news import open_services
from tests.store.factories import make_analysis, make_file_facts
from tests.web.conftest import open_browser

HERE, THERE = 7, 8
"""Two servers with sources of their own."""

_WORDINGS = (
    report("Vikhavn", "Olav Brekke", 31, 0) + " The ferry is called {}.",
    report("Vikhavn", "Olav Brekke", 31, 1) + " The ferry is called {}.",
    "The council of Osaka passed its budget after a long debate, {} reported. The vote was close.",
    "Rain filled the rivers of the coast and {} was glad. Farmers began to sow.",
)


@dataclass(frozen=True, slots=True)
class Item:
    """A story to store: the server that owns it, its wording, labels and age in hours."""

    owner: int | None
    wording: int
    countries: tuple[str, ...]
    topic: str
    language: str
    age: int

    def is_for(self, guild_id: int | None) -> bool:
        return self.owner is None or self.owner == guild_id


ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from([None, HERE, THERE]),
        st.integers(0, len(_WORDINGS) - 1),
        st.sampled_from([("KE",), ("JP",), ("KE", "JP"), ()]),
        st.sampled_from(["weather", "politics-and-government"]),
        st.sampled_from(["en", "pt"]),
        st.integers(0, 20),
    ),
    min_size=3,
    max_size=9,
)


def mark(at: int) -> str:
    """Return the word that only one story has."""
    return f"zqmark{at}"


async def store_items(store: Store, items: Sequence[Item]) -> list[int]:
    """Store each item as a document of its own, with its event; return the stories' ids."""
    ids: list[int] = []
    for at, item in enumerate(items):
        analysis = make_analysis(
            _WORDINGS[item.wording].format(mark(at)).replace(". ", ".\n"),
            countries=item.countries,
            topics=[item.topic],
            language=item.language,
            headline=f"Report {mark(at)}",
            kicker=mark(at).upper(),
        )
        arrived = NOON - timedelta(hours=item.age)
        origin = Origin(arrived, f"The {mark(at)} Post", f"https://{mark(at)}.example/", arrived)
        async with store.writing() as conn:
            stored = await documents.store_document(
                conn,
                f"{mark(at)}.txt",
                make_file_facts(f"{item}"),
                [analysis],
                now=NOON,
                origin=origin,
                guild_id=item.owner,
            )
            await assign_events(conn, [[(number, story_features(analysis)) for number in stored.new]], NOON)
        ids += stored.story_ids
    return ids


async def every_answer(services: Services, asker: Asker, count: int) -> dict[str, str]:
    """Return what each command and list of suggestions answers, as text, by the question."""
    commands = CommandRegistry(services)
    lines = [
        *("/news", "/news country:KE", "/news country:JP,KE topic:weather since:2d", "/news topic:politics page:2"),
        *("/news filter:ferry", "/news filter:lang:pt", "/news filter:source:*Post", "/news filter:path:*txt"),
        *("/news filter:-country:JP", "/digest", "/digest country:KE", "/digest since:2d", "/catchup", "/trending"),
        *(
            "/search ferry",
            "/search Post",
            "/search Friday",
            "/countries",
            "/topics",
            "/countries since:today",
            "/about",
        ),
        *(f"/search {mark(at)}" for at in range(count)),
        *(f"/story s{number}" for number in range(1, count + 2)),
        *(f"/{command} e{number}" for number in range(1, count + 2) for command in ("story", "why")),
    ]
    answers: dict[str, str] = {}
    for line in lines:
        command, values = parse_line(line, commands.by_name, asker.words)
        try:
            reply = await command.run(asker, **values)
        except NotFound as error:
            answers[line] = str(error)
            continue
        drawn = [orjson.dumps(payload).decode() for payload in draw(reply.page, DigestStyle.CARDS)]
        answers[line] = "\n".join([*drawn, *([html_of([reply.page])] if line.startswith("/digest") else [])])
    for kind in ("story", "event", "country", "topic"):
        for typed in ("", "ferry", "Report", "s1", "zqmark"):
            suggested = await commands.suggest(
                kind, typed, guild_id=asker.guild_id, member_id=asker.member_id, audience=asker.audience
            )
            answers[f"{kind} {typed}"] = repr(suggested)
    return answers


def shown_marks(text: str, question: str = "") -> set[str]:
    """Return the marks in a text, but for the one that was asked for."""
    return {mark(at) for at in range(10) if mark(at) in text.casefold() and mark(at) not in question}


async def check_answers(store: Store, items: Sequence[Item]) -> None:
    """Check every answer to the members of two servers and outside of them."""
    ids = await store_items(store, items)
    services = open_services(store, ManualClock())
    for guild_id in (HERE, THERE, None):
        audience = Audience(guild_id)
        hidden = {mark(at) for at, item in enumerate(items) if not item.is_for(guild_id)}
        visible = [at for at, item in enumerate(items) if item.is_for(guild_id)]
        asker = Asker(member_id=5, guild_id=guild_id, channel_id=70)
        for question, answer in (await every_answer(services, asker, len(items))).items():
            assert not shown_marks(answer, question) & hidden, question
        if guild_id is not None:
            given = SubscriptionInput(channel_id=70, times="12:00", timezone="UTC", guild_id=guild_id, created_by=6)
            subscription, _ = await services.subscriptions.create(given)
            told = await services.digests.for_slot(subscription, NOON)
            assert not shown_marks(repr(told)) & hidden
            if visible:
                assert shown_marks(repr(told))
        rows = [row async for row in export_rows(store, audience)]
        assert [row["title"] for row in rows if row["kind"] == "story"] == [f"Report {mark(at)}" for at in visible]
        for query in (
            EVERYTHING,
            *map(Filter.parse, ("country:KE", "country:KE,JP", "topic:weather", "lang:pt", "ferry")),
        ):
            wanted = [ids[at] for at in visible if _accepts(query, items[at])]
            page = await services.news.page(query, audience=audience)
            assert page.total == len(wanted), (guild_id, str(query))
            assert {line.id for line in page.stories} <= set(wanted)
        counts = Counter(code for at in visible for code in items[at].countries)
        assert dict(await services.news.country_counts(audience=audience)) == counts
        assert dict(await services.news.country_counts("1d", audience=audience)) == counts
        for at in range(len(items)):
            found = await services.news.search(mark(at), audience=audience)
            assert [line.id for line in found.stories] == ([ids[at]] if at in visible else [])
    await check_web(store, items)


async def check_web(store: Store, items: Sequence[Item]) -> None:
    """Check that no page or feed of the web edition shows or counts what is not for everybody."""
    hidden = {mark(at) for at, item in enumerate(items) if not item.is_for(None)}
    shown = sum(item.is_for(None) for item in items)
    numbers = range(1, len(items) + 2)
    paths = [
        *("/", "/?filter=country:KE", "/news", "/news?filter=ferry", "/news?filter=source:*Post", "/archive"),
        *("/archive/2026-11-20", "/archive/2026-11-19", "/countries", "/countries/KE", "/topics", "/topics/weather"),
        *("/sources", "/languages/pt", "/search?q=ferry", "/digest.atom", "/digest.json", "/news.atom", "/news.json"),
        *(f"/{kind}/{number}" for kind in ("events", "stories") for number in numbers),
        *(f"/sources/The {mark(at)} Post" for at in range(len(items))),
        *(f"/search?q={mark(at)}" for at in range(len(items))),
    ]
    async with open_browser(store, ManualClock()) as browser:
        for path in paths:
            async with browser.get(path) as answer:
                assert not shown_marks((await answer.text()).casefold(), path) & hidden, path
        async with browser.get("/news.json") as answer:
            assert len((await answer.json(content_type=None))["items"]) == shown
        async with browser.get("/archive") as answer:
            counted = re.findall(
                r'/archive/2026-11-[0-9]+">[^<]*</a> <span class="note">([0-9]+)<', await answer.text()
            )
            assert sum(map(int, counted)) == shown


def _accepts(query: Filter, item: Item) -> bool:
    """Return whether a filter of these tests accepts an item."""
    match str(query):
        case "":
            return True
        case "country:ke":
            return "KE" in item.countries
        case "topic:weather":
            return item.topic == "weather"
        case "lang:pt":
            return item.language == "pt"
        case "ferry":
            return "ferry" in _WORDINGS[item.wording].casefold()
        case _:
            return bool(item.countries)


# A failing example takes seconds, so that making it smaller would take many minutes.
@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(ITEMS)
def test_no_answer_in_one_server_shows_another_servers_stories(items: list[Item]) -> None:
    async def check() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with Store.open(f"sqlite+aiosqlite:///{Path(folder) / 'gazette.sqlite3'}") as store:
                await store.migrate()
                await check_answers(store, items)

    asyncio.run(check())


_SAMPLE = [
    Item(None, 0, ("KE",), "weather", "en", 5),
    Item(HERE, 1, ("KE", "JP"), "weather", "en", 4),
    Item(THERE, 1, ("KE",), "weather", "en", 3),
    Item(HERE, 2, ("JP",), "politics-and-government", "en", 2),
    Item(None, 2, ("JP",), "politics-and-government", "en", 1),
    Item(THERE, 3, (), "weather", "pt", 1),
]


async def test_each_server_sees_what_is_for_all_and_its_own(store: Store) -> None:
    await check_answers(store, _SAMPLE)


async def test_an_event_shows_each_server_its_own_reports(store: Store) -> None:
    ids = await store_items(store, _SAMPLE[:3])
    async with store.reading() as conn:
        lines = await story_rows.get_lines(conn, ids, OPERATOR)
        (event_id,) = {line.event_id for line in lines}
        seen = {
            guild: [line.id for line in found.stories]
            for guild in (HERE, THERE, None)
            if (found := await events.find_event(conn, event_id, Audience(guild))) is not None
        }
    assert seen == {HERE: ids[:2], THERE: [ids[0], ids[2]], None: ids[:1]}


async def test_own_stories_keep_their_readers_through_withdrawal_and_rebuilding(store: Store) -> None:
    await store_items(store, _SAMPLE)
    async with store.writing() as conn:
        await documents.withdraw_document(conn, f"{mark(1)}.txt", now=NOON)
    await store_items(store, _SAMPLE[:2])
    async with store.writing() as conn:
        await stories.rebuild_labels(conn)
    async with store.reading() as conn:
        totals = {}
        for audience in (Audience(HERE), Audience(THERE), PUBLIC, OPERATOR):
            guilds = await owning_guilds(conn, audience)
            _, total = await story_pages.list_stories(
                conn, Filter.parse("country:KE"), page=1, per_page=5, now=NOON, audience=audience
            )
            assert total == dict(await country_counts(conn, guilds=guilds))["KE"]
            totals[audience] = total
    assert list(totals.values()) == [2, 2, 1, 3]


async def test_an_own_story_never_comes_out_of_a_public_duplicate(store: Store) -> None:
    """The same bytes for other readers are a document of their own, and each withdraws alone."""
    item = Item(HERE, 0, ("KE",), "weather", "en", 1)
    analysis = make_analysis(_WORDINGS[2].format("one"), countries=["KE"])
    facts = make_file_facts(str(item))
    async with store.writing() as conn:
        await documents.store_document(conn, "own.txt", facts, [analysis], now=NOON, guild_id=HERE)
        assert await documents.find_original(conn, facts.sha256 or "", "public.txt") is None
        assert await documents.find_original(conn, facts.sha256 or "", "own2.txt", THERE) is None
        assert await documents.find_original(conn, facts.sha256 or "", "own2.txt", HERE) == "own.txt"
        await documents.store_document(conn, "public.txt", facts, [analysis], now=NOON)
        await documents.withdraw_document(conn, "own.txt", now=NOON)
        _, total = await story_pages.list_stories(conn, EVERYTHING, page=1, per_page=5, now=NOON)
    assert total == 1


async def test_a_withdrawn_own_text_is_no_former_version_of_a_public_one(store: Store) -> None:
    analysis = make_analysis(_WORDINGS[2].format("one"), countries=["KE"])
    async with store.writing() as conn:
        own = await documents.store_document(conn, "own.txt", make_file_facts("a"), [analysis], now=NOON, guild_id=HERE)
        await documents.withdraw_document(conn, "own.txt", now=NOON)
        public = await documents.store_document(conn, "public.txt", make_file_facts("b"), [analysis], now=NOON)
        assert public.story_ids != own.story_ids
        assert await story_rows.get_lines(conn, own.story_ids, Audience(HERE)) == []


async def test_exported_own_stories_come_back_to_their_server_alone(store: Store, sqlite_url: str) -> None:
    await store_items(store, _SAMPLE)
    rows = [row async for row in export_rows(store, OPERATOR)]
    assert [row.get("server") for row in rows] == [None, "7", "8", "7", None, "8"]
    async with Store.open(sqlite_url.replace("gazette.sqlite3", "target.sqlite3")) as target:
        await target.migrate()
        await import_rows(target, rows, "all.jsonl", ManualClock(), prepare_rows)
        for guild_id, count in ((HERE, 4), (THERE, 4), (None, 2)):
            async with target.reading() as conn:
                assert await story_rows.count_stories(conn, Audience(guild_id)) == count


@pytest.mark.parametrize("server", ["", "abc", -1, 1.5, True, "9" * 25])
async def test_an_imported_row_with_no_servers_id_is_refused(store: Store, server: Any) -> None:
    row = {"kind": "story", "title": "Ferries", "text": "Ferries sail again.", "server": server}
    with pytest.raises(Exception, match="no server's id"):
        await import_rows(store, [row], "one.jsonl", ManualClock(), prepare_rows)
