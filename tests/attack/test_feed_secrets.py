"""Attempt: learn a feed's key or password from anything that the program shows, logs, exports or stores."""

from __future__ import annotations

import importlib
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text, update

from bot.cli.health import check_installation
from bot.cli.json_output import digest_shape
from bot.commands import Asker, CommandRegistry
from bot.errors import GazetteError
from bot.i18n import words
from bot.intake.feed_fetcher import state_key
from bot.intake.feeds import FeedPoller
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.feed_addresses import address_fault, address_secrets, feed_host, feed_path, redact_address
from bot.newsroom.models import DigestStyle
from bot.observability.logs import configure_logging
from bot.rendering.discord import draw
from bot.rendering.pages.digest import digest_page
from bot.services import Services
from bot.services.event_assignment import assign_events
from bot.services.transfer import export_rows
from bot.settings import DigestSettings, IntakeSettings, LogSettings, Settings, SummarySettings
from bot.store import key_values
from bot.store.database import Store
from bot.store.schema import document, meta
from tests.clock import ManualClock
from tests.commands.replies import reply_to
from tests.intake.conftest import IntakeHarness, story_text

KEY, PASSWORD, PATH_KEY = "SECRETKEY123", "hunter2pass", "9f8a7s6d5f4g3h2j1k0l"
SECRETS = (KEY, PASSWORD, PATH_KEY, "joe")


class Site:
    """A paid feed: its key stands in the path and in the query, its entries may repeat it."""

    def __init__(self) -> None:
        self.title = ""
        self.link = "https://wire.example/1"
        self.fails = self.repeats = False
        self.port = 0
        self.conditions: list[str | None] = []

    @property
    def address(self) -> str:
        return f"http://joe:{PASSWORD}@127.0.0.1:{self.port}/feed/{PATH_KEY}/rss?apikey={KEY}#{KEY}"

    async def feed(self, request: web.Request) -> web.StreamResponse:
        self.conditions.append(request.headers.get("If-None-Match"))
        if self.repeats:
            return web.Response(status=403, reason=f"Forbidden /feed?apikey={KEY} for joe {PASSWORD}")
        if self.fails:
            return web.Response(status=302, headers={"Location": f"ftp://wire.example/?apikey={KEY}"})
        items = "".join(
            f"<item><guid>{at}</guid><title>Bridge {at}</title><link>{self.link}</link>"
            f"<description>{story_text(at)} More at {self.link}</description></item>"
            for at in range(3)
        )
        body = f"<rss version='2.0'><channel><title>{self.title}</title>{items}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml", headers={"ETag": '"one"'})


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.feed)
    async with TestServer(app) as server:
        site.port = server.port or 0
        yield site


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged, without the redaction of secrets that the program is told of."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    stream = io.StringIO()
    configure_logging(LogSettings(form="json", level="debug"), stream=stream)
    yield stream
    structlog.reset_defaults()
    root.setLevel(level)
    root.handlers[:] = handlers
    logging.captureWarnings(False)


def make_poller(harness: IntakeHarness, threads: DeadlineExecutor, *addresses: str) -> FeedPoller:
    settings = IntakeSettings(feeds=addresses)
    intake = Intake(harness.store, settings, SummarySettings(), threads, harness.clock, assign_events=assign_events)
    return FeedPoller(intake, settings)


async def _shown_to_members(store: Store, clock: ManualClock) -> list[str]:
    """Return the answers to commands that show news, in each look."""
    services = Services(store, DigestSettings(), SummarySettings(), clock)
    commands = CommandRegistry(services)
    shown: list[str] = []
    lines = ["/news", "/why story:s1", "/why story:e1", "/story story:s1", "/search words:bridge", "/digest now"]
    for line in [
        *lines,
        "/trending",
        "/catchup",
        "/about",
        "/news filter:path:feed*",
        f"/news filter:path:*{KEY[:4]}*",
    ]:
        for asker in (Asker(member_id=5), Asker(member_id=6, guild_id=7, channel_id=70, manager=True)):
            try:
                reply = await reply_to(commands, asker, line)
            except GazetteError as error:
                shown.append(str(error))
                continue
            shown += [reply.page.plain, *(json.dumps(draw(reply.page, look)) for look in DigestStyle)]
    return shown


async def _shown_to_operators(store: Store, clock: ManualClock) -> list[str]:
    """Return what the terminal prints of the news, and an export."""
    services = Services(store, DigestSettings(), SummarySettings(), clock)
    digest = await services.digests.compose()
    assert digest.events
    shown = [digest_page(digest, words("en")).plain, json.dumps(digest_shape(digest, title="News"))]
    shown += [json.dumps(row, default=str) async for row in export_rows(store)]
    return shown


def _secrets_in(texts: list[str]) -> list[str]:
    return [each[:300] for each in texts if any(secret in each for secret in SECRETS)]


@pytest.mark.parametrize("title", ["", "Harbour Wire", f"http://wire.example/feed?apikey={KEY}"])
async def test_no_surface_shows_a_feed_s_address(
    site: Site, harness_on_both: IntakeHarness, threads: DeadlineExecutor, logged: io.StringIO, title: str
) -> None:
    harness = harness_on_both
    site.title, site.link = title, f"https://wire.example/1?apikey={KEY}"
    report = await make_poller(harness, threads, site.address).fetch()
    assert report.new == 3
    shown = await _shown_to_members(harness.store, harness.clock)
    shown += await _shown_to_operators(harness.store, harness.clock)
    assert _secrets_in([*shown, logged.getvalue()]) == []
    name = title if title and KEY not in title else "127.0.0.1"
    assert any(name in each for each in shown)
    async with harness.store.reading() as conn:
        for table in (document, meta):
            rows = [str(row) for row in await conn.execute(select(table))]
            assert _secrets_in(rows) == []


async def test_a_failure_s_reason_doesn_t_repeat_the_address(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor, logged: io.StringIO, sqlite_url: str, tmp_path: Path
) -> None:
    site.fails = True
    bad = f"https://joe:{PASSWORD}@[bad/feed?apikey={KEY}"
    report = await make_poller(harness, threads, site.address, bad).fetch()
    assert len(report.rejected) == 1
    assert report.rejected[0][0].startswith(f"http://127.0.0.1:{site.port}/feed/9f8…")
    settings = Settings.model_validate(
        {"intake": {"feeds": (site.address, bad), "seeds": tmp_path}, "store": {"url": sqlite_url}}
    )
    findings = [finding async for finding in check_installation(settings)]
    said = [str(report.rejected), repr(settings), *map(str, findings), logged.getvalue()]
    assert _secrets_in(said) == []
    (finding,) = [finding for finding in findings if finding.what == "feed"]
    assert finding.says.startswith(f"source 1, http://127.0.0.1:{site.port}/feed/9f8…")
    assert any("address 2 of 2" in finding.says for finding in findings)


async def test_a_server_s_answer_that_repeats_the_key_is_not_kept(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor, logged: io.StringIO
) -> None:
    site.repeats = True
    report = await make_poller(harness, threads, site.address).fetch()
    async with harness.store.reading() as conn:
        rows = [str(row) for row in await conn.execute(select(document))]
    assert not any(secret in each for each in (*rows, str(report), logged.getvalue()) for secret in SECRETS[:3])


def test_an_address_without_a_secret_is_told_in_the_log() -> None:
    plain, paid = "https://h.example/rss", f"https://h.example/rss?key={KEY}"
    settings = Settings(intake=IntakeSettings(feeds=(plain, paid)))
    assert plain not in settings.secrets
    assert {paid, KEY} <= set(settings.secrets)


async def test_members_can_t_guess_a_key_with_a_filter(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    await make_poller(harness, threads, site.address).fetch()
    commands = CommandRegistry(Services(harness.store, DigestSettings(), SummarySettings(), harness.clock))
    member = Asker(member_id=5)
    right, wrong = [
        (await reply_to(commands, member, f"/news filter:path:*{guess}*")).page.plain.replace(guess, "")
        for guess in (KEY.lower()[:6], "zzzzzz")
    ]
    assert right == wrong


# Databases of before


def _migrate_feed_paths(conn: Connection) -> None:
    migration = importlib.import_module("bot.store.migrations.versions.0012_feed_paths")
    with Operations.context(MigrationContext.configure(conn)):
        migration.upgrade()


async def _write_former_paths(store: Store, former: str, present: str) -> None:
    """Give documents the paths that they had when a feed's address was stored."""
    async with store.writing() as conn:
        for number, path in (await conn.execute(select(document.c.id, document.c.path))).all():
            values = {"path": path.replace(present, former), "path_folded": path.replace(present, former).casefold()}
            await conn.execute(update(document).where(document.c.id == number).values(values))


async def test_after_the_upgrade_nothing_is_told_again(
    site: Site, harness_on_both: IntakeHarness, threads: DeadlineExecutor
) -> None:
    harness, store = harness_on_both, harness_on_both.store
    await make_poller(harness, threads, site.address).fetch()
    former = f"feed:http://127.0.0.1:{site.port}/feed/{PATH_KEY}/rss?apikey={KEY}#{KEY}"
    before = await harness.lines()
    async with store.writing() as conn:  # a failure of then
        reason = f'fetch-failed {{"error": "{former} is down"}}'
        await conn.execute(
            text(
                "INSERT INTO document (path, path_folded, status, reason, size, mtime_ns, inode, stories, changed_at)"
                " VALUES (:path, '', 'rejected', :reason, 0, 0, '0', 0, 0)"
            ),
            {"path": feed_path(site.address), "reason": reason},
        )
    await _write_former_paths(store, former, feed_path(site.address))
    async with store.writing() as conn:
        await conn.run_sync(_migrate_feed_paths)
    async with store.reading() as conn:
        rows = list(await conn.execute(select(document.c.path, document.c.path_folded, document.c.reason)))
    assert len(rows) == 4
    assert _secrets_in([str(row) for row in rows]) == []
    assert await harness.lines() == before
    report = await make_poller(harness, threads, site.address).fetch()
    assert (report.new, report.changed, report.stories, report.unchanged) == (0, 0, 0, 3)
    assert site.conditions == [None, '"one"']  # what the server said about its last state is kept
    assert await harness.lines() == before
    async with store.writing() as conn:  # a second time changes nothing
        await conn.run_sync(_migrate_feed_paths)
    assert await harness.lines() == before


FORMER = (
    *("feed:https://wire.example/rss", "feed:http://[::1]:8080/feed?key=abc", "feed:https://xn--bcher-kva.example/"),
    *("feed:http://wire.example/a%20b?x=%23#part", "feed:http://127.0.0.1/feed#0123456789abcdef"),
)


@pytest.mark.parametrize("former", FORMER)
@pytest.mark.parametrize("item", ["", "#6b86b273ff34fce1"])
async def test_former_paths_become_those_that_are_made_today(store: Store, former: str, item: str) -> None:
    address = former.removeprefix("feed:")
    async with store.writing() as conn:
        await conn.execute(
            text(
                "INSERT INTO document (path, path_folded, status, size, mtime_ns, inode, stories, changed_at)"
                " VALUES (:path, '', 'withdrawn', 0, 0, '0', 0, 0)"
            ),
            [{"path": former + item}, {"path": "feed:a/b.txt"}, {"path": "feed/http:/x.txt"}],
        )
        await conn.run_sync(_migrate_feed_paths)
        paths = set((await conn.execute(select(document.c.path))).scalars())
    if not item and former.endswith("#0123456789abcdef"):
        address, item = address.removesuffix("#0123456789abcdef"), "#0123456789abcdef"  # can't be told from an entry
    assert paths == {feed_path(address) + item, "feed:a/b.txt", "feed/http:/x.txt"}


async def test_paths_of_a_process_that_is_not_upgraded_yet_are_not_taken_for_files(
    site: Site, harness: IntakeHarness, threads: DeadlineExecutor
) -> None:
    await make_poller(harness, threads, site.address).fetch()
    await _write_former_paths(
        harness.store, f"feed:http://127.0.0.1:{site.port}/?apikey={KEY}", feed_path(site.address)
    )
    harness.intake.forget_known_files()
    assert (await harness.intake.scan()).removed == 0
    assert _secrets_in(await _shown_to_members(harness.store, harness.clock)) == []


async def test_a_state_from_before_is_used(site: Site, harness: IntakeHarness, threads: DeadlineExecutor) -> None:
    async with harness.store.writing() as conn:
        state: dict[str, Any] = {"etag": '"then"', "modified": "Mon, 30 Nov 2026 12:00:00 GMT"}
        await key_values.set_value(conn, state_key(site.address), json.dumps(state), harness.clock())
    await make_poller(harness, threads, site.address).fetch()
    assert site.conditions == ['"then"']


# What operators see


@given(
    st.text(max_size=30),
    st.from_regex(r"[A-Za-z0-9]{12,24}", fullmatch=True),
    st.sampled_from(["http", "https", "ftp", ""]),
)
def test_no_key_is_in_what_operators_see(host: str, key: str, scheme: str) -> None:
    for form in (
        "{0}://joe:{1}@{2}/x",
        "{0}://{2}/{1}/rss",
        "{0}://{2}/rss?key={1}",
        "{0}://{2}/rss?{1}",
        "{0}://{2}/#{1}",
    ):
        shown = redact_address(form.format(scheme, key, host))
        assert key not in shown or key in f"{scheme}{host}"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"https://joe:{PASSWORD}@wire.example/rss?key={KEY}", "https://wire.example/rss?…"),
        ("https://feeds.bbci.co.uk/news/world/rss.xml", "https://feeds.bbci.co.uk/news/wor…/rss…"),
        (f"http://joe:pa/ss{KEY}@wire.example/", "http://joe"),
        ("http://[bad", "http://[bad"),
        ("http://host:port/feed", "http://host:port/feed"),
        ("wire.example/rss", "wir…"),
    ],
)
def test_operators_recognise_an_address(address: str, shown: str) -> None:
    assert redact_address(address).startswith(shown)


def test_what_looks_like_a_key_is_one() -> None:
    assert address_secrets(f"https://joe:{PASSWORD}@x.example/{PATH_KEY}/2026-news/rss?section=world&key={KEY}") == {
        *(PASSWORD, PATH_KEY, KEY),
    }
    assert address_secrets("https://feeds.example/news/covid19/rss.xml?lang=en") == frozenset()


@pytest.mark.parametrize("path", ["a.txt", "feed:a/b.txt", "/news/feed:/a.txt"])
def test_files_have_no_host(path: str) -> None:
    assert feed_host(path) is None


def test_stored_paths_of_feeds_have_their_hosts() -> None:
    for address in ("http://joe:x@wire.example:80/a", "https://[::1]:8/x", "https://bücher.example/"):
        assert address_fault(address) is None
        host = feed_host(feed_path(address))
        assert host in ("wire.example", "[::1]", "xn--bcher-kva.example")
        assert feed_host(f"feed:{address}#0123456789abcdef") in (host, "bücher.example")
