"""Connections over TLS: to a server that has it, and to one behind something that speaks it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.database_url import normalize_database_url
from bot.errors import StoreUnavailable
from bot.store import postgres
from bot.store.database import Store
from tests.databases import database_name
from tests.postgres_servers import (
    Certificates,
    ConfiguredServer,
    TlsTerminator,
    configured_server,
    make_certificates,
    openssl_server_folder,
)

pytestmark = pytest.mark.postgres

PASSWORD = "s3cretpw"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority of the tests, and its certificate for localhost."""
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def tls_server(certificates: Certificates) -> Iterator[ConfiguredServer]:
    """A server that takes connections over TLS only."""
    programs = openssl_server_folder()
    if programs is None:
        pytest.skip("no PostgreSQL with TLS is installed")
    with configured_server(programs) as server:
        server.configure(
            ssl="on",
            ssl_cert_file=server.write("server.crt", certificates.server.read_bytes()),
            ssl_key_file=server.write("server.key", certificates.key.read_bytes()),
        )
        server.write(
            "pg_hba.conf", b"local all all trust\nhostssl all all all scram-sha-256\nhostnossl all all all reject\n"
        )
        server.start()
        server.execute(f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'", "CREATE DATABASE news OWNER app")
        yield server


@pytest_asyncio.fixture(params=["terminator", "server"])
async def tls_url(
    request: pytest.FixtureRequest, certificates: Certificates, postgres_server: str, postgres_url: str
) -> AsyncIterator[str]:
    """The address of a database that is reached by TLS."""
    if request.param == "server":
        server: ConfiguredServer = request.getfixturevalue("tls_server")
        yield server.address("news", "app", PASSWORD).replace("127.0.0.1", "localhost")
    else:
        async with TlsTerminator(postgres_server, certificates).open(database_name(postgres_url)) as url:
            yield url


async def _migrate(url: str) -> bool:
    """Return whether the connection is encrypted."""
    async with Store.open(normalize_database_url(url)) as store:
        await store.migrate()
        server = await store.describe_server(datetime.now(UTC))
        assert server is not None
        return server.has_tls


async def _refusal(url: str) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        await _migrate(url)
    assert PASSWORD not in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("query", ["", "?sslmode=require", "?ssl=true", "?sslmode=prefer", "?sslmode=no-verify"])
async def test_a_server_with_tls_is_used_with_it(tls_url: str, query: str) -> None:
    assert await _migrate(tls_url + query)


async def test_a_certificate_is_verified_by_the_given_authority(tls_url: str, certificates: Certificates) -> None:
    assert await _migrate(f"{tls_url}?sslmode=verify-full&sslrootcert={certificates.root}")


async def test_a_certificate_that_can_not_be_verified_is_refused_in_words(
    tls_url: str, certificates: Certificates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "sslrootcert=system" in await _refusal(f"{tls_url}?sslmode=verify-full&sslrootcert={tmp_path / 'none.crt'}")
    assert "vouches for" in await _refusal(f"{tls_url}?sslmode=verify-full&sslrootcert=system")
    assert "holds no certificate" in await _refusal(f"{tls_url}?sslmode=verify-full&sslrootcert={__file__}")
    other = tls_url.replace("localhost", "127.0.0.1")
    assert "another host name" in await _refusal(f"{other}?sslmode=verify-full&sslrootcert={certificates.root}")


async def test_a_public_authority_is_one_that_the_machine_knows(
    tls_url: str, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.root))
    monkeypatch.setattr(postgres, "_AUTHORITIES", ())
    assert await _migrate(f"{tls_url}?sslrootcert=system")
    other = tls_url.replace("localhost", "127.0.0.1")
    assert "another host name" in await _refusal(f"{other}?sslrootcert=system")


async def test_a_server_that_takes_no_connection_without_tls_says_so(tls_url: str) -> None:
    assert "sslmode=require" in await _refusal(f"{tls_url}?sslmode=disable")


async def test_channel_binding_works_where_the_server_itself_speaks_tls(tls_server: ConfiguredServer) -> None:
    url = tls_server.address("news", "app", PASSWORD)
    assert await _migrate(f"{url}?sslmode=require&channel_binding=require")


async def test_a_server_without_tls_says_so() -> None:
    with configured_server() as server:
        server.start()
        server.execute(f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'", "CREATE DATABASE news OWNER app")
        url = server.address("news", "app", PASSWORD)
        assert not await _migrate(url)
        assert "has no TLS" in await _refusal(f"{url}?sslmode=require")
        assert "channel_binding" in await _refusal(f"{url}?channel_binding=require")
