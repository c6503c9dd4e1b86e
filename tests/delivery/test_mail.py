"""Digests by mail, through a real SMTP server: what arrives, what is refused, and that each slot is mailed once."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import os
import re
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.app import Newsroom, open_newsroom
from bot.cli.mail import MailResult, mail_digest
from bot.delivery.mail_message import MailHead, build_mail
from bot.errors import InputInvalid, SettingsInvalid
from bot.i18n import LOCALES, words
from bot.newsroom.mail_addresses import parse_mail_address
from bot.rendering.layout import Page, paragraph
from bot.settings import WebSettings, load_settings
from bot.web.site import build_site
from tests.clock import NOON, ManualClock
from tests.postgres_servers import Certificates, make_certificates
from tests.rendering.test_formats import DIGEST

READER = "reader@example.org"


class Mailbox:
    """A server's handler: keeps mails, or refuses them as told."""

    def __init__(self, *, recipient: str = "250 OK", mail: str = "250 OK", hangs_up: bool = False) -> None:
        self.mails: list[EmailMessage] = []
        self._recipient, self._mail, self._hangs_up = recipient, mail, hangs_up

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self._recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self._recipient

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        if self._hangs_up and server.transport is not None:
            server.transport.close()
        return self._mail


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("mail-certificates"))


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """The tests' authority, trusted as a system's administrator would."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.root))
    return certificates


@asynccontextmanager
async def mail_server(mailbox: Mailbox, certificates: Certificates | None = None, **options: Any) -> AsyncIterator[int]:
    """Run a server on this machine; yield its port. With certificates it wants STARTTLS and a login."""
    if certificates is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificates.server, certificates.key)

        def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
            return AuthResult(success=isinstance(data, LoginPassword) and data.password == b"s3cret", handled=False)

        options |= {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": authenticate,
        }
    loop = asyncio.get_running_loop()
    connections: list[SMTP] = []

    def connect() -> SMTP:
        connections.append(SMTP(mailbox, hostname="localhost", enable_SMTPUTF8=True, loop=loop, **options))
        return connections[-1]

    server = await loop.create_server(connect, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for connection in connections:
            if connection.transport is not None:
                connection.transport.close()
        await server.wait_closed()
        await asyncio.sleep(0)


def options_of(port: int, **more: str) -> dict[str, str]:
    given = {"host": "localhost", "port": str(port), "tls": "none", "sender": "The Gazette <news@example.org>"} | more
    return {f"GAZETTE_MAIL__{name.upper()}": value for name, value in given.items()}


@asynccontextmanager
async def newsroom_with(url: str, options: dict[str, str]) -> AsyncIterator[Newsroom]:
    async with open_newsroom(load_settings({"DATABASE_URL": url} | options), ManualClock()) as newsroom:
        yield newsroom


async def mailed(newsroom: Newsroom, *addresses: str, again: bool = False, slot: str | None = None) -> list[MailResult]:
    return await mail_digest(newsroom, DIGEST, addresses or (READER,), "en", slot=slot, again=again)


async def test_a_digest_arrives_over_starttls_with_text_and_html(database_url: str, trusted: Certificates) -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox, trusted) as port:
        secure = options_of(port, tls="starttls", user="gazette", password="s3cret")
        async with newsroom_with(database_url, secure) as newsroom:
            (result,) = await mailed(newsroom)
            assert result.problem == ""
            (again,) = await mailed(newsroom)
            assert "already" in again.problem
            assert (await mailed(newsroom, slot="evening"))[0].problem == ""
            assert (await mailed(newsroom, again=True))[0].problem == ""
    first, evening, repeated = mailbox.mails
    assert first["From"] == "The Gazette <news@example.org>"
    assert first["To"] == READER
    assert first["Subject"].startswith("The news: ")
    assert first["Date"].datetime == NOON
    assert first["Message-ID"] == result.message_id
    assert len({each["Message-ID"] for each in (first, evening, repeated)}) == 3
    assert re.fullmatch(r"<mailto:news@example\.org\?subject=unsubscribe%20[\w.%-]+>", first["List-Unsubscribe"])
    assert first["List-Unsubscribe-Post"] is None
    assert [part.get_content_type() for part in first.iter_parts()] == ["text/plain", "text/html"]
    text, html = (part.get_content() for part in first.iter_parts())
    for body in (text, html):
        assert "SEA DRILLS: Destroyers meet off *Okinawa*" in body
        assert "unsubscribe " in body


async def test_an_untrusted_or_wrong_login_fails_and_can_be_tried_again(
    sqlite_url: str, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox, certificates) as port:
        secure = options_of(port, tls="starttls", user="gazette", password="s3cret")
        async with newsroom_with(sqlite_url, secure) as newsroom:
            assert "no safe connection" in (await mailed(newsroom))[0].problem
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.root))
        async with newsroom_with(sqlite_url, secure | {"GAZETTE_MAIL__PASSWORD": "wrong"}) as newsroom:
            assert "user or password" in (await mailed(newsroom))[0].problem
        async with newsroom_with(sqlite_url, secure) as newsroom:
            assert (await mailed(newsroom))[0].problem == ""
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize(
    "refusing", [{"recipient": "550 no such user"}, {"mail": "554 not today"}, {"mail": "451 later"}]
)
async def test_a_refused_mail_can_be_tried_again(sqlite_url: str, refusing: dict[str, str]) -> None:
    async with mail_server(Mailbox(**refusing)) as port, newsroom_with(sqlite_url, options_of(port)) as newsroom:  # type: ignore[arg-type] # strings only
        problem = (await mailed(newsroom))[0].problem
        assert next(iter(refusing.values())).partition(" ")[2] in problem
    async with mail_server(Mailbox()) as port, newsroom_with(sqlite_url, options_of(port)) as newsroom:
        assert (await mailed(newsroom))[0].problem == ""


async def test_a_mail_that_may_have_arrived_is_not_mailed_twice(sqlite_url: str) -> None:
    mailbox = Mailbox(hangs_up=True)
    async with mail_server(mailbox) as port, newsroom_with(sqlite_url, options_of(port)) as newsroom:
        assert "may have arrived" in (await mailed(newsroom))[0].problem
        assert "may have been mailed" in (await mailed(newsroom))[0].problem
    assert len(mailbox.mails) == 1


async def test_a_server_that_is_away_or_without_tls_is_named(sqlite_url: str) -> None:
    async with (
        mail_server(Mailbox()) as port,
        newsroom_with(sqlite_url, options_of(port, tls="starttls")) as newsroom,
    ):
        assert "STARTTLS" in (await mailed(newsroom))[0].problem
    async with newsroom_with(sqlite_url, options_of(port)) as newsroom:
        assert "can't be reached" in (await mailed(newsroom))[0].problem


async def test_several_addresses_fail_alone_and_one_mailed_at_once_gets_one(sqlite_url: str) -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port, newsroom_with(sqlite_url, options_of(port)) as newsroom:
        await newsroom.services.mailings.stop("gone@example.org")
        results = await mailed(newsroom, "gone@example.org", READER, f"{READER} ")
        assert [bool(each.problem) for each in results] == [True, False]
        both = await asyncio.gather(*[mailed(newsroom, "two@example.org") for _ in range(2)])
        assert sorted(bool(each.problem) for (each,) in both) == [False, True]
    assert [mail["To"] for mail in mailbox.mails] == [READER, "two@example.org"]


async def test_a_password_is_never_sent_without_tls(sqlite_url: str) -> None:
    async with newsroom_with(sqlite_url, options_of(25, user="gazette", password="s3cret")) as newsroom:
        with pytest.raises(SettingsInvalid, match="TLS only"):
            await mailed(newsroom)
    async with newsroom_with(sqlite_url, {}) as newsroom:
        with pytest.raises(SettingsInvalid, match="host and sender"):
            await mailed(newsroom)


def test_the_password_is_a_secret() -> None:
    settings = load_settings({"GAZETTE_MAIL__PASSWORD": "s3cret"})
    assert "s3cret" in settings.secrets
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    "typed",
    ["", "reader", "@example.org", "a@b@c.org", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "a b@example.org", "<a@example.org>", f"{'a' * 65}@example.org", "a@exa mple.org", "a..b@example.org"],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(InputInvalid):
        parse_mail_address(typed)


def test_international_addresses_are_sent_in_ascii_where_that_exists() -> None:
    assert parse_mail_address(" Reader@Bücher.example ") == "Reader@xn--bcher-kva.example"
    assert parse_mail_address("読者@example.org") == "読者@example.org"


def test_no_text_adds_a_header_or_a_part() -> None:
    head = MailHead("Eve\r\nBcc: eve@example.org <news@example.org>", READER, NOON, "1", "token")
    page = Page((paragraph("News\r\nBcc: victim@example.org\n\n--boundary", size="title"),))
    for sender in ("news@example.org", "Eve <news@example.org>\r\nBcc: eve@example.org", head.sender):
        try:
            built = build_mail(page, replace(head, sender=sender), words())
        except InputInvalid:
            continue
        message = email.message_from_bytes(built.as_bytes())
        assert message["Bcc"] is None
        assert message["Cc"] is None
        assert len(message.get_payload()) == 2


@pytest.mark.parametrize("locale", LOCALES)
def test_one_press_unsubscribes_where_the_web_edition_is_public(locale: str) -> None:
    head = MailHead("news@example.org", READER, NOON, "1", "token", "https://news.example.org/unsubscribe/token")
    message = build_mail(Page((paragraph("News", size="title"),), locale=locale), head, words(locale))
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<https://news.example.org/unsubscribe/token>, <mailto:")
    html = message.get_body(("html",))
    assert html is not None
    assert 'href="https://news.example.org/unsubscribe/token"' in html.get_content()


async def test_a_link_of_a_mail_unsubscribes_at_one_press_and_no_other_does(sqlite_url: str) -> None:
    options = {"GAZETTE_WEB__PUBLIC": "true", "GAZETTE_WEB__ADDRESS": "https://news.example.org"}
    mailbox = Mailbox()
    async with mail_server(mailbox) as port, newsroom_with(sqlite_url, options_of(port) | options) as newsroom:
        await mailed(newsroom)
        path = mailbox.mails[0]["List-Unsubscribe"].partition(">")[0].removeprefix("<https://news.example.org")
        mailings = newsroom.services.mailings
        settings = WebSettings(secret="a paper's password")
        app = build_site(newsroom.services.editions, settings, newsroom.clock, unsubscribe=mailings.unsubscribe)
        async with TestClient(TestServer(app)) as browser:
            shown = await browser.get(path)
            assert shown.status == 200
            assert '<form action="/unsubscribe/' in await shown.text()
            assert await mailings.list_unsubscribed() == []
            assert (await browser.post(path[:-1] + ("0" if path[-1] != "0" else "1"))).status == 404
            assert await mailings.list_unsubscribed() == []
            done = await browser.post(path, data={"List-Unsubscribe": "One-Click"})
            assert done.status == 200
            assert "unsubscribed" in await done.text()
        assert await mailings.list_unsubscribed() == [READER]
        assert "has unsubscribed" in (await mailed(newsroom, slot="later"))[0].problem
        await mailings.resubscribe(READER.upper().replace("EXAMPLE.ORG", "example.org"))
        assert (await mailed(newsroom, slot="later"))[0].problem == ""


@pytest.mark.e2e
async def test_the_command_mails_once_a_day_and_says_so(sqlite_url: str, tmp_path: Path) -> None:
    mailbox = Mailbox()
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("GAZETTE_", "DISCORD_", "DATABASE_"))}

    async def gazette(port: int, *arguments: str) -> tuple[int | None, Any, str]:
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", *arguments),
            env=kept | {"DATABASE_URL": sqlite_url, "PYTHONPATH": str(Path(__file__).parents[2])} | options_of(port),
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await program.communicate()
        return program.returncode, json.loads(out or b"null"), errors.decode()

    async with mail_server(mailbox) as port:
        code, shape, errors = await gazette(port, "digest", "--mail", READER, "--json")
        assert code == 0, errors
        assert shape["mailed"][0] | {"slot": "", "message_id": ""} == {
            "to": READER,
            "slot": "",
            "message_id": "",
            "sent": True,
        }
        code, shape, errors = await gazette(port, "digest", "--mail", READER, "--json")
        assert (code, shape["mailed"][0]["sent"]) == (1, False)
        assert "--again" in errors
        token = re.search(r"unsubscribe%20([\w.-]+)", mailbox.mails[0]["List-Unsubscribe"])
        assert token is not None
        assert (await gazette(port, "mail", "unsubscribe", token[1], "--json"))[1] == {"address": READER}
        assert (await gazette(port, "mail", "list", "--json"))[1] == {"unsubscribed": [READER]}
        assert (await gazette(port, "digest", "--again"))[0] == 2
    assert len(mailbox.mails) == 1
