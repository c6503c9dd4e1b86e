"""Attempt: let Gazette fetch what only it can reach, by a redirect, a name, a spelling or a name that changes."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.feed_fetcher import parse_feed, state_key
from bot.intake.feeds import FeedPoller
from bot.intake.fetch_guard import GuardedSession, PrivateAddress, is_public
from bot.intake.pipeline import Intake
from bot.intake.worker_pool import DeadlineExecutor
from bot.newsroom.rejections import Rejection, RejectReason
from bot.settings import IntakeSettings, SummarySettings
from bot.store import key_values
from tests.intake.conftest import IntakeHarness, leave_ungrouped, story_text
from tests.intake.test_feeds import rss

PRIVATE = (
    *("127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104 - not bound to
    *("169.254.169.254", "169.254.0.1", "100.64.0.1", "100.100.100.200", "100.127.255.255", "192.0.0.192"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "168.63.129.16"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fc00::1", "ff02::1", "fec0::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:127.0.0.1"),
    *("64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
    *("2001:0:7f00:1::", "100::1", "5f00::1", "3fff::1"),
    *("2130706433", "0x7f000001", "017700000001", "127.1", "0x7f.1", "0177.0.0.1", "localhost", ""),
)
PUBLIC = ("8.8.8.8", "1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450::1")


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_told_from_a_public_one(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [*PUBLIC, "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_a_public_address_is_not_refused(address: str) -> None:
    assert is_public(address)


@given(
    st.ip_addresses(network="127.0.0.0/8") | st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7")
)
def test_no_private_address_passes_in_any_embedding(address: object) -> None:
    assert not is_public(str(address))
    if ":" not in str(address):
        assert not is_public(f"::ffff:{address}")
        assert not is_public(f"64:ff9b::{address}")


@dataclass
class Server:
    """A server on loopback: /feed redirects where a test says, all else is what nobody may read."""

    redirects_to: str = ""
    body: str = ""
    internal: list[str] = field(default_factory=list)
    port: int = 0

    async def feed(self, _: web.Request) -> web.StreamResponse:
        if self.redirects_to:
            return web.Response(status=302, headers={"Location": self.redirects_to})
        return web.Response(text=self.body or rss(1, 2), content_type="application/rss+xml")

    async def secret(self, request: web.Request) -> web.StreamResponse:
        self.internal.append(request.path)
        return web.Response(text=rss(7), content_type="application/rss+xml")


async def _serve(server: Server, host: str = "127.0.0.1") -> TestServer:
    app = web.Application()
    app.router.add_get("/feed", server.feed)
    app.router.add_get("/{path:.*}", server.secret)
    test_server = TestServer(app, host=host)
    await test_server.start_server()
    server.port = test_server.port or 0
    return test_server


@pytest_asyncio.fixture
async def hostile() -> AsyncIterator[Server]:
    server = Server()
    test_server = await _serve(server)
    yield server
    await test_server.close()


@pytest_asyncio.fixture
async def internal() -> AsyncIterator[Server]:
    server = Server()
    test_server = await _serve(server)
    yield server
    await test_server.close()


Fetch = Callable[..., FeedPoller]


@pytest.fixture
def make_poller(harness: IntakeHarness, threads: DeadlineExecutor) -> Fetch:
    def make(*addresses: str, private_hosts: tuple[str, ...] = ()) -> FeedPoller:
        settings = IntakeSettings(feeds=addresses, max_bytes=50_000, private_hosts=private_hosts)
        intake = Intake(
            harness.store, settings, SummarySettings(), threads, harness.clock, assign_events=leave_ungrouped
        )
        return FeedPoller(intake, settings)

    return make


HOSTS = (
    *("127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.0.0.2", "0.0.0.0", "127.1", "2130706433", "0x7f.0.0.1"),  # noqa: S104
    *("0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "①②⑦.⓪.⓪.①", "127。0。0。1"),
    *("%31%32%37.0.0.1", "user:password@127.0.0.1"),
)


@pytest.mark.parametrize("host", HOSTS)
async def test_a_redirect_to_this_computer_isn_t_followed(
    hostile: Server, internal: Server, make_poller: Fetch, harness: IntakeHarness, host: str
) -> None:
    hostile.redirects_to = f"http://{host}:{internal.port}/admin"
    ((_, rejection),) = (await make_poller(f"http://127.0.0.1:{hostile.port}/feed").fetch()).rejected
    assert rejection.reason in (RejectReason.PRIVATE_ADDRESS, RejectReason.FETCH_FAILED)
    assert internal.internal == []
    assert await harness.lines() == []


@pytest.mark.parametrize(
    "target",
    [
        *("http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/", "http://10.0.0.1/"),
        *("http://[::ffff:169.254.169.254]/", "http://[64:ff9b::a9fe:a9fe]/", "http://100.100.100.200/"),
        *("http://2852039166/", "http://0xa9.0xfe.0xa9.0xfe/", "//169.254.169.254/", "http:\\\\169.254.169.254\\"),
    ],
)
async def test_a_redirect_to_metadata_is_refused_before_it_is_sent(
    hostile: Server, make_poller: Fetch, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[object] = []
    connect = socket.socket.connect

    def watch(self: socket.socket, address: object) -> None:
        connected.append(address)
        connect(self, address)  # type: ignore[arg-type] # whatever is tried

    monkeypatch.setattr(socket.socket, "connect", watch)
    hostile.redirects_to = target
    ((_, rejection),) = (await make_poller(f"http://127.0.0.1:{hostile.port}/feed").fetch()).rejected
    assert rejection.reason in (RejectReason.PRIVATE_ADDRESS, RejectReason.FETCH_FAILED)
    assert not any("169.254" in str(address) or "fd00" in str(address) for address in connected)


async def test_a_chain_of_redirects_is_checked_at_each_step(
    hostile: Server, internal: Server, make_poller: Fetch
) -> None:
    middle = Server(redirects_to=f"http://127.0.0.1:{internal.port}/admin")
    test_server = await _serve(middle)
    hostile.redirects_to = f"http://127.0.0.1:{middle.port}/feed"
    own = f"http://127.0.0.1:{hostile.port}/feed"
    poller = make_poller(own, private_hosts=(f"127.0.0.1:{middle.port}",))
    ((_, rejection),) = (await poller.fetch()).rejected
    assert rejection == Rejection(RejectReason.PRIVATE_ADDRESS)
    assert internal.internal == []
    await test_server.close()


async def test_another_source_s_host_is_not_allowed_for_this_one(
    hostile: Server, internal: Server, make_poller: Fetch
) -> None:
    hostile.redirects_to = f"http://127.0.0.1:{internal.port}/admin"
    feeds = (f"http://127.0.0.1:{hostile.port}/feed", f"http://127.0.0.1:{internal.port}/feed")
    report = await make_poller(*feeds).fetch()
    assert [rejection.reason for _, rejection in report.rejected] == [RejectReason.PRIVATE_ADDRESS]
    assert (report.new, internal.internal) == (2, [])


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.1:{port}", "LOCALHOST", "localhost.:{port}", "[::1]"])
async def test_a_redirect_to_a_host_that_the_operator_named_is_followed(
    hostile: Server, internal: Server, make_poller: Fetch, entry: str
) -> None:
    entry = entry.format(port=internal.port)
    hostile.redirects_to = f"http://{'127.0.0.1' if '127' in entry else 'localhost'}:{internal.port}/moved"
    poller = make_poller(f"http://127.0.0.1:{hostile.port}/feed", private_hosts=(entry,))
    report = await poller.fetch()
    assert report.new == (entry != "[::1]")
    assert internal.internal == (["/moved"] if entry != "[::1]" else [])


async def test_a_redirect_on_the_source_s_own_host_is_followed(hostile: Server, make_poller: Fetch) -> None:
    hostile.redirects_to = "/moved"
    assert (await make_poller(f"http://localhost:{hostile.port}/feed").fetch()).new == 1
    hostile.redirects_to = f"http://127.0.0.1:{hostile.port}/moved"  # another host, as it was not named
    assert (await make_poller(f"http://localhost:{hostile.port}/feed").fetch()).new == 0


class Names(AbstractResolver):
    """A resolver that gives a name's addresses one after the other."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(hostname=host, host=each, port=port, family=socket.AF_INET, proto=0, flags=0)
            for each in addresses.split()
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("answers", [("127.0.0.1",), ("127.0.0.1 10.0.0.1",), ("10.0.0.1 127.0.0.1", "127.0.0.1")])
async def test_a_name_that_turns_private_is_refused(internal: Server, answers: tuple[str, ...]) -> None:
    timeout = aiohttp.ClientTimeout(total=5)
    async with GuardedSession(headers={}, timeout=timeout, resolver=Names(*answers)) as session:
        with pytest.raises(PrivateAddress):
            async with session.get(f"http://news.example:{internal.port}/admin", {}, may_be_private=False):
                pass
    assert internal.internal == []


async def test_a_redirect_by_name_is_refused_by_its_address(hostile: Server, internal: Server) -> None:
    hostile.redirects_to = f"http://internal.example:{internal.port}/admin"
    timeout = aiohttp.ClientTimeout(total=5)
    async with GuardedSession(headers={}, timeout=timeout, resolver=Names("127.0.0.1")) as session:
        with pytest.raises(PrivateAddress):
            async with session.get(f"http://news.example:{hostile.port}/feed", {}, may_be_private=True):
                pass
    assert internal.internal == []


async def test_a_proxy_of_the_environment_is_not_used(
    hostile: Server, internal: Server, make_poller: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{internal.port}")
    assert (await make_poller(f"http://127.0.0.1:{hostile.port}/feed").fetch()).new == 2
    assert internal.internal == []


async def test_a_password_stays_with_its_host(hostile: Server, make_poller: Fetch) -> None:
    seen: list[str | None] = []

    async def note(request: web.Request) -> web.Response:
        seen.append(request.headers.get("Authorization"))
        return web.Response(text=rss(9), content_type="application/rss+xml")

    app = web.Application()
    app.router.add_get("/moved", note)
    async with TestServer(app) as other:
        hostile.redirects_to = f"http://127.0.0.1:{other.port}/moved"
        address = f"http://joe:hunter2@127.0.0.1:{hostile.port}/feed"
        assert (await make_poller(address, private_hosts=("127.0.0.1",)).fetch()).new == 1
    assert seen == [None]


@pytest.mark.parametrize(
    "value",
    [
        {"name": "Internal admin", "description": f"{story_text(1)} The password is hunter2."},
        {"items": [{"id": 1, "title": "Status", "content_text": story_text(2)}]},
        {"version": "1.1", "items": [{"content_text": story_text(3)}]},
        {"version": "https://jsonfeed.org.evil.example/version/1", "items": [{"content_text": story_text(4)}]},
        {"version": "https://jsonfeed.org/version/1.1", "data": [{"text": story_text(5)}]},
        {"version": ["https://jsonfeed.org/version/1.1"], "items": [{"text": story_text(6)}]},
        {"status": "ok", "articles": [{"title": "x", "content": story_text(7)}]},
        [{"text": story_text(8)}],
        story_text(9),
    ],
    ids=lambda value: json.dumps(value)[:30],
)
@pytest.mark.parametrize("lead", ["", "\ufeff", "\n "])
def test_json_that_is_no_feed_is_not_taken(value: object, lead: str) -> None:
    result = parse_feed((lead + json.dumps(value)).encode(), None, None, False)
    assert isinstance(result, Rejection)
    assert result.reason in (RejectReason.NOT_A_JSON_FEED, RejectReason.NOT_A_FEED)


@pytest.mark.parametrize("etag", ['"a\x01b"', '"a\x7fb"', '"a\x1fb"', '"' + "x" * 7_000 + '"', '"\udc80\udcff"', '"ä"'])
async def test_a_bad_etag_doesn_t_stop_a_feed(make_poller: Fetch, etag: str) -> None:
    requests: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
        body = rss(len(requests)).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nETag: {etag}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode("utf-8", "surrogateescape") + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
        for number in range(3):
            await make_poller(address).fetch()
            assert len(requests) == number + 1


async def test_a_stored_etag_that_can_t_be_sent_is_left_out(
    hostile: Server, harness: IntakeHarness, make_poller: Fetch
) -> None:
    address = f"http://127.0.0.1:{hostile.port}/feed"
    for etag in ("a\x01b", "\udc80", 5):
        async with harness.store.writing() as conn:
            await key_values.set_value(conn, state_key(address), json.dumps({"etag": etag}), harness.clock())
        assert (await make_poller(address).fetch()).rejected == ()
