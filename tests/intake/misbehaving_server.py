"""A server on loopback that misbehaves in each way that feeds' servers are known for, and in hostile ones.

Each behaviour is a function that writes a whole answer to a connection, under its own name as the path. What has to come
of it is in test_misbehaving_servers.py.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.intake.conftest import story_text

__all__ = ["BEHAVIOURS", "MisbehavingServer", "feed_of", "serve"]

Answer = Callable[["Exchange"], Awaitable[None]]

BEHAVIOURS: dict[str, Answer] = {}
"""Behaviours by name."""


def feed_of(*numbers: int) -> bytes:
    """Return a feed with those stories."""
    items = "".join(
        f"<item><guid>{at}</guid><title>Bridge {at}</title><description>{story_text(at)}</description></item>"
        for at in numbers
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title>{items}</channel></rss>".encode()


GOOD = feed_of(1, 2)


@dataclass
class MisbehavingServer:
    """What the server was asked: the heads of requests by behaviour."""

    port: int = 0
    private_port: int = 0
    requests: dict[str, list[str]] = field(default_factory=dict)
    private_requests: int = 0
    cut: int = 0

    def address(self, behaviour: str) -> str:
        """Return the address of a behaviour."""
        return f"http://127.0.0.1:{self.port}/{behaviour}"


@dataclass
class Exchange:
    """A request that is being answered."""

    server: MisbehavingServer
    name: str
    head: str
    writer: asyncio.StreamWriter

    @property
    def number(self) -> int:
        """The number of this request to the behaviour, from 1."""
        return len(self.server.requests[self.name])

    async def send(self, data: bytes) -> None:
        """Write bytes and wait until they are taken."""
        self.writer.write(data)
        await self.writer.drain()

    async def reply(self, body: bytes = GOOD, *headers: str, status: str = "200 OK", length: int | None = None) -> None:
        """Write an answer with its length."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "", ""]
        await self.send("\r\n".join(lines).encode("latin-1") + body)


@asynccontextmanager
async def serve() -> AsyncIterator[MisbehavingServer]:
    """Run the server, and another one that nobody may reach through it."""
    state = MisbehavingServer()
    running: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            name = head.split(" ")[1].strip("/").partition("?")[0]
            state.requests.setdefault(name, []).append(head)
            await BEHAVIOURS[name](Exchange(state, name, head, writer))
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            state.cut += 1  # the client has had enough, or the test is over
        finally:
            running.discard(task)
            writer.close()

    async def private(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        state.private_requests += 1
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    inner = await asyncio.start_server(private, "127.0.0.1", 0)
    async with server, inner:
        state.port, state.private_port = (each.sockets[0].getsockname()[1] for each in (server, inner))
        yield state
        for task in list(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def behaviour(answer: Answer) -> Answer:
    """Add a behaviour under its function's name."""
    BEHAVIOURS[answer.__name__] = answer
    return answer


async def _redirect(exchange: Exchange, location: str) -> None:
    await exchange.reply(b"", f"Location: {location}", status="302 Found")


# Redirects


@behaviour
async def redirect_to_loopback(exchange: Exchange) -> None:
    await _redirect(exchange, f"http://127.0.0.1:{exchange.server.private_port}/admin")


@behaviour
async def redirect_to_loopback_by_name(exchange: Exchange) -> None:
    await _redirect(exchange, f"http://localhost:{exchange.server.private_port}/admin")


@behaviour
async def redirect_to_metadata(exchange: Exchange) -> None:
    await _redirect(exchange, "http://169.254.169.254/latest/meta-data/")


@behaviour
async def redirect_to_private_network(exchange: Exchange) -> None:
    await _redirect(exchange, "http://[::ffff:10.0.0.1]/")


@behaviour
async def redirect_to_file(exchange: Exchange) -> None:
    await _redirect(exchange, "file:///etc/passwd")


@behaviour
async def redirect_in_a_circle(exchange: Exchange) -> None:
    await _redirect(exchange, f"/redirect_in_a_circle?{exchange.number}")


@behaviour
async def redirect_nowhere(exchange: Exchange) -> None:
    await exchange.reply(b"", status="302 Found")


@behaviour
async def redirect_to_no_address(exchange: Exchange) -> None:
    await _redirect(exchange, "http://[bad")


@behaviour
async def redirect_of_nine_kilobytes(exchange: Exchange) -> None:
    await _redirect(exchange, "/" + "x" * 9_000)


@behaviour
async def redirect_once(exchange: Exchange) -> None:
    await _redirect(exchange, "/good")


@behaviour
async def good(exchange: Exchange) -> None:
    await exchange.reply()


# Time


@behaviour
async def never_answers(exchange: Exchange) -> None:
    await asyncio.Event().wait()


async def _drip(exchange: Exchange, data: bytes) -> None:
    for at in range(len(data)):
        await exchange.send(data[at : at + 1])
        await asyncio.sleep(0.05)


@behaviour
async def drips_its_headers(exchange: Exchange) -> None:
    await _drip(exchange, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 10_000)


@behaviour
async def drips_its_body(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    await _drip(exchange, GOOD * 100)


@behaviour
async def stops_in_the_middle(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + GOOD)
    await asyncio.Event().wait()


# Connections and HTTP


@behaviour
async def closes_at_once(exchange: Exchange) -> None:
    exchange.writer.close()


@behaviour
async def resets_the_connection(exchange: Exchange) -> None:
    raw: socket.socket = exchange.writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.writer.transport.abort()


@behaviour
async def speaks_no_http(exchange: Exchange) -> None:
    await exchange.send(b"220 mail.example ESMTP\r\n" * 3)


@behaviour
async def speaks_http_0_9(exchange: Exchange) -> None:
    await exchange.send(GOOD)


@behaviour
async def sends_headers_without_end(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-More: " + b"x" * 1_000 + b"\r\n")


@behaviour
async def sends_a_header_without_end(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        await exchange.send(b"x" * 4_096)


@behaviour
async def sends_a_long_status(exchange: Exchange) -> None:
    await exchange.reply(b"", status="500 " + "x" * 20_000)


@behaviour
async def answers_early_hints_first(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
    await exchange.reply()


@behaviour
async def sends_a_second_answer(exchange: Exchange) -> None:
    await exchange.reply()
    await exchange.reply(feed_of(7))


# Lengths and encodings of the body


@behaviour
async def body_without_end(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        await exchange.send(b"x" * 65_536)


@behaviour
async def chunks_without_end(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await exchange.send(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


@behaviour
async def bad_chunks(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nxx\r\n0\r\n\r\n")


@behaviour
async def chunks_cut_off(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n" + GOOD[:100])


@behaviour
async def length_too_great(exchange: Exchange) -> None:
    await exchange.reply(length=len(GOOD) + 1_000)


@behaviour
async def length_too_small(exchange: Exchange) -> None:
    await exchange.reply(length=GOOD.index(b"</item>") + 20)


@behaviour
async def length_negative(exchange: Exchange) -> None:
    await exchange.reply(length=-5)


@behaviour
async def two_lengths(exchange: Exchange) -> None:
    await exchange.reply(GOOD, "Content-Length: 5")


@behaviour
async def gzip_bomb(exchange: Exchange) -> None:
    await exchange.reply(gzip.compress(b"<" * 20_000_000, 1), "Content-Encoding: gzip")


@behaviour
async def gzip_twice(exchange: Exchange) -> None:
    await exchange.reply(gzip.compress(gzip.compress(GOOD)), "Content-Encoding: gzip")


@behaviour
async def gzip_broken(exchange: Exchange) -> None:
    await exchange.reply(gzip.compress(GOOD)[:40] + b"\xff" * 100, "Content-Encoding: gzip")


@behaviour
async def gzip_claimed(exchange: Exchange) -> None:
    await exchange.reply(GOOD, "Content-Encoding: gzip")


@behaviour
async def deflate(exchange: Exchange) -> None:
    await exchange.reply(zlib.compress(GOOD), "Content-Encoding: deflate")


@behaviour
async def encoding_not_asked_for(exchange: Exchange) -> None:
    await exchange.reply(b"\x1b\x03\x00\xf8", "Content-Encoding: zstd")


# Statuses and state


@behaviour
async def unasked_304(exchange: Exchange) -> None:
    await exchange.reply(b"", status="304 Not Modified")


@behaviour
async def body_with_304(exchange: Exchange) -> None:
    if "If-None-Match" not in exchange.head:
        await exchange.reply(GOOD, 'ETag: "one"')
    else:
        await exchange.send(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n" + feed_of(9))


@behaviour
async def etag_that_changes(exchange: Exchange) -> None:
    await exchange.reply(GOOD, f'ETag: "{exchange.number}"')


@behaviour
async def etag_that_can_t_be_sent(exchange: Exchange) -> None:
    await exchange.reply(GOOD, 'ETag: "a\x01b"')


@behaviour
async def etag_of_seven_kilobytes(exchange: Exchange) -> None:
    await exchange.reply(GOOD, f'ETag: "{"x" * 7_000}"')


@behaviour
async def cookies(exchange: Exchange) -> None:
    await exchange.reply(GOOD, "Set-Cookie: id=1; Domain=.example; Path=/", "Set-Cookie: a=b\x7f")


@behaviour
async def too_many_requests(exchange: Exchange) -> None:
    await exchange.reply(b"slow down", "Retry-After: 3600", status="429 Too Many Requests")


@behaviour
async def busy_until_a_date(exchange: Exchange) -> None:
    await exchange.reply(b"", "Retry-After: Mon, 30 Nov 2026 14:00:00 GMT", status="503 Service Unavailable")


@behaviour
async def busy_for_a_century(exchange: Exchange) -> None:
    await exchange.reply(b"", "Retry-After: 3153600000", status="503 Service Unavailable")


@behaviour
async def busy_for_nonsense(exchange: Exchange) -> None:
    await exchange.reply(b"", "Retry-After: -1e9 soon", status="503 Service Unavailable")


@behaviour
async def gone(exchange: Exchange) -> None:
    await exchange.reply(b"", status="410 Gone")


@behaviour
async def wants_a_password(exchange: Exchange) -> None:
    await exchange.reply(b"", 'WWW-Authenticate: Basic realm="x"', status="401 Unauthorized")


@behaviour
async def a_part_only(exchange: Exchange) -> None:
    await exchange.reply(GOOD[:200], "Content-Range: bytes 0-199/999", status="206 Partial Content")


# What isn't a feed


@behaviour
async def nothing(exchange: Exchange) -> None:
    await exchange.reply(b"")


@behaviour
async def blanks_only(exchange: Exchange) -> None:
    await exchange.reply(b" \r\n" * 100)


@behaviour
async def a_page(exchange: Exchange) -> None:
    await exchange.reply(b"<!doctype html><html><body><p>" + story_text(1).encode() + b"</p></body></html>")


@behaviour
async def an_error_page(exchange: Exchange) -> None:
    await exchange.reply(b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")


@behaviour
async def json_of_an_internal_service(exchange: Exchange) -> None:
    await exchange.reply(b'{"name": "Internal admin", "description": "The password is hunter2."}')


@behaviour
async def xml_of_an_internal_service(exchange: Exchange) -> None:
    await exchange.reply(b"<r><item><title>Admin</title><description>The password is hunter2.</description></item></r>")


@behaviour
async def a_picture(exchange: Exchange) -> None:
    await exchange.reply(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "Content-Type: image/png")


# Odd feeds


@behaviour
async def charset_that_lies(exchange: Exchange) -> None:
    body = "<rss version='2.0'><channel><item><title>Мост открыт</title></item></channel></rss>"
    await exchange.reply(body.encode(), "Content-Type: text/xml; charset=iso-8859-1")


@behaviour
async def charset_in_the_header_only(exchange: Exchange) -> None:
    body = "<rss version='2.0'><channel><item><title>Мост открыт</title></item></channel></rss>"
    await exchange.reply(body.encode("cp1251"), "Content-Type: text/xml; charset=windows-1251")


@behaviour
async def charset_that_nobody_knows(exchange: Exchange) -> None:
    await exchange.reply(GOOD, "Content-Type: text/xml; charset=x-none")


@behaviour
async def type_that_lies(exchange: Exchange) -> None:
    await exchange.reply(GOOD, "Content-Type: image/png")


@behaviour
async def blanks_before_the_declaration(exchange: Exchange) -> None:
    await exchange.reply(b"\xef\xbb\xbf\r\n\r\n" + GOOD)


@behaviour
async def feed_cut_off(exchange: Exchange) -> None:
    await exchange.reply(GOOD[: GOOD.index(b"</item>") + 50])


@behaviour
async def entity_bomb(exchange: Exchange) -> None:
    entities = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "lol">{entities}]>'
    await exchange.reply(
        f"{head}<rss version='2.0'><channel><item><title>A &a9; B</title></item></channel></rss>".encode()
    )


@behaviour
async def entity_of_a_file(exchange: Exchange) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    await exchange.reply(
        f"{head}<rss version='2.0'><channel><item><title>A &f; B</title></item></channel></rss>".encode()
    )


@behaviour
async def two_thousand_entries(exchange: Exchange) -> None:
    items = "".join(f"<item><guid>{at}</guid><title>Case {at} of the harbour</title></item>" for at in range(2_000))
    await exchange.reply(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())


@behaviour
async def one_id_for_all(exchange: Exchange) -> None:
    await exchange.reply(feed_of(1, 2, 3).replace(b"<guid>2<", b"<guid>1<").replace(b"<guid>3<", b"<guid>1<"))


@behaviour
async def author_of_hundred_thousand_letters(exchange: Exchange) -> None:
    await exchange.reply(GOOD.replace(b"<guid>1<", b"<author>" + b"a" * 100_000 + b"</author><guid>1<"))


@behaviour
async def ids_that_change(exchange: Exchange) -> None:
    await exchange.reply(GOOD.replace(b"<guid>", f"<guid>{exchange.number}-".encode()))
