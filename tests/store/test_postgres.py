"""PostgreSQL as people have it: each server works, or one line says what is wrong and what to do."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
import psycopg.pq
import pytest
from sqlalchemy import text

from bot.database_parameters import LIBPQ_PARAMETERS
from bot.database_url import normalize_database_url
from bot.errors import SettingsInvalid, StoreError, StoreUnavailable
from bot.store import key_values, postgres
from bot.store.database import Store
from tests.e2e.programs import environment, gazette
from tests.postgres_servers import ConfiguredServer, Frontend, configured_server, packaged_versions

pytestmark = pytest.mark.postgres

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PASSWORD = "s3cretpw"
_numbers = itertools.count()


@pytest.fixture(scope="module")
def server() -> Iterator[ConfiguredServer]:
    """A server that asks the role app for its password."""
    with configured_server() as made:
        made.configure(max_connections=20)
        made.start()
        made.execute(
            f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'",
            f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'",
            f"CREATE ROLE limited LOGIN PASSWORD '{PASSWORD}' CONNECTION LIMIT 0",
            f"CREATE ROLE sleeping NOLOGIN PASSWORD '{PASSWORD}'",
        )
        yield made


@pytest.fixture
def name(server: ConfiguredServer) -> Iterator[str]:
    """The name of an empty database that belongs to app."""
    made = f"news_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {made} OWNER app TEMPLATE template0")
    yield made
    server.execute(f"DROP DATABASE {made} WITH (FORCE)")


async def _migrate(url: str) -> None:
    async with Store.open(normalize_database_url(url)) as store:
        await store.migrate()


async def _refusal(url: str) -> str:
    """Return the line that says why a database can't be used."""
    with pytest.raises(StoreError) as caught:
        await _migrate(url)
    line = str(caught.value)
    assert "\n" not in line
    assert PASSWORD not in line
    assert "None" not in line
    return line


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
async def test_a_database_that_can_not_hold_all_texts_is_refused(server: ConfiguredServer, encoding: str) -> None:
    name = f"news_{encoding.lower()}"
    server.execute(
        f"CREATE DATABASE {name} OWNER app TEMPLATE template0 ENCODING {encoding} LC_COLLATE 'C' LC_CTYPE 'C'"
    )
    line = await _refusal(server.address(name, "app", PASSWORD))
    assert encoding in line
    assert "createdb --encoding UTF8 --template template0" in line


async def test_a_text_that_an_older_database_can_not_hold_is_refused(server: ConfiguredServer) -> None:
    server.execute(
        "CREATE DATABASE news_western OWNER app TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'"
    )
    server.execute("CREATE TABLE word (word text)", "GRANT ALL ON word TO app", database="news_western")
    async with Store.open(normalize_database_url(server.address("news_western", "app", PASSWORD))) as store:
        async with store.writing() as conn:
            await conn.execute(text("INSERT INTO word VALUES ('Zürich')"))
        with pytest.raises(StoreError, match="gazette move"):
            async with store.writing() as conn:
                await conn.execute(text("INSERT INTO word VALUES ('東京')"))


async def test_texts_are_exchanged_in_utf8_whatever_the_environment_says(
    server: ConfiguredServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "latin1")
    async with Store.open(
        normalize_database_url(server.address(name, "app", PASSWORD) + "?client_encoding=latin1")
    ) as store:
        await store.migrate()
        async with store.writing() as conn:
            await key_values.set_value(conn, "city", "東京", NOON)
        async with store.reading() as conn:
            assert await key_values.get_value(conn, "city") == "東京"


async def test_a_role_that_may_create_no_tables_learns_the_statement_that_allows_it(server: ConfiguredServer) -> None:
    server.execute("CREATE DATABASE news_of_another TEMPLATE template0")
    url = server.address("news_of_another", "app", PASSWORD)
    line = await _refusal(url)
    assert "GRANT USAGE, CREATE ON SCHEMA public TO app" in line
    server.execute("GRANT USAGE, CREATE ON SCHEMA public TO app", database="news_of_another")
    await _migrate(url)


async def test_a_role_that_may_only_read_learns_the_statements_that_allow_more(
    server: ConfiguredServer, name: str
) -> None:
    await _migrate(server.address(name, "app", PASSWORD))
    url = server.address(name, "reader", PASSWORD)
    assert "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES" in await _refusal(url)
    server.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database=name)
    async with Store.open(normalize_database_url(url)) as store:
        await store.migrate()
        with pytest.raises(StoreUnavailable, match="GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES"):
            await store.check()
    server.execute("GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO reader", database=name)
    async with Store.open(normalize_database_url(url)) as store:
        await store.migrate()
        await store.check()


async def test_a_role_that_owns_no_tables_can_not_upgrade_them(server: ConfiguredServer, name: str) -> None:
    await _migrate(server.address(name, "app", PASSWORD))
    server.execute(
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO reader",
        "GRANT USAGE, CREATE ON SCHEMA public TO reader",
        "UPDATE alembic_version SET version_num = '0008'",
        database=name,
    )
    line = await _refusal(server.address(name, "reader", PASSWORD))
    assert "gazette migrate once with the role that owns them" in line


async def test_tables_lie_in_the_first_schema_of_the_search_path(server: ConfiguredServer, name: str) -> None:
    url = server.address(name, "app", PASSWORD)
    line = await _refusal(f"{url}?options=-csearch_path%3Dpaper")
    assert "search_path" in line
    server.execute(
        "CREATE SCHEMA paper AUTHORIZATION app",
        f"ALTER ROLE app IN DATABASE {name} SET search_path = paper",
        database=name,
    )
    async with Store.open(normalize_database_url(url)) as store:
        await store.migrate()
        async with store.reading() as conn:
            found = await conn.execute(text("SELECT DISTINCT schemaname FROM pg_tables WHERE tablename = 'story'"))
            assert found.scalars().all() == ["paper"]


@pytest.mark.parametrize(
    ("user", "password", "database", "words"),
    [
        ("app", "wrong", "postgres", "refuses the user name or password"),
        ("nobody", PASSWORD, "postgres", "refuses the user name or password"),
        ("app", "", "postgres", "refuses the user name or password"),
        ("app", PASSWORD, "missing", "createdb"),
        ("sleeping", PASSWORD, "postgres", "ALTER ROLE sleeping LOGIN"),
        ("limited", PASSWORD, "postgres", "has no connection left"),
    ],
)
async def test_who_can_not_come_in_learns_why(
    server: ConfiguredServer, user: str, password: str, database: str, words: str
) -> None:
    assert words in await _refusal(server.address(database, user, password))


async def test_a_database_that_takes_no_connections_says_so(server: ConfiguredServer) -> None:
    server.execute(
        "CREATE DATABASE closed_to_all TEMPLATE template0 ALLOW_CONNECTIONS false",
        "CREATE DATABASE closed_to_app TEMPLATE template0",
        "REVOKE CONNECT ON DATABASE closed_to_app FROM PUBLIC",
    )
    assert "ALLOW_CONNECTIONS" in await _refusal(server.address("closed_to_all", "app", PASSWORD))
    assert "GRANT CONNECT ON DATABASE closed_to_app TO app" in await _refusal(
        server.address("closed_to_app", "app", PASSWORD)
    )


async def test_a_server_without_a_free_connection_says_so(server: ConfiguredServer, name: str) -> None:
    url = server.address(name, "app", PASSWORD)
    async with AsyncExitStack() as stack:
        for _ in range(20):
            try:
                stack.push_async_callback((await psycopg.AsyncConnection.connect(url)).close)
            except psycopg.OperationalError:
                break
        assert "raise max_connections" in await _refusal(url)
    await _migrate(url)


_AWKWARD = [*"@:/?#%&=+;,'\"\\$[]{} ", "/leading", "//", "%41", "päßwört", "密碼", "a@b:c/d?e#f%g h", "tr@iling@"]


@pytest.mark.parametrize("way", ["encoded", "as it is"])
@pytest.mark.parametrize("part", _AWKWARD)
async def test_a_password_of_any_characters_works(server: ConfiguredServer, name: str, part: str, way: str) -> None:
    password = f"pw{part}9" if len(part) == 1 else part
    if way == "as it is" and "%41" in part:
        pytest.skip("%41 in an address is the letter A")
    server.execute(f"ALTER ROLE reader PASSWORD '{password.replace(chr(39), chr(39) * 2)}'")
    written = quote(password, safe="") if way == "encoded" else password
    async with (
        Store.open(normalize_database_url(f"postgresql://reader:{written}@127.0.0.1:{server.port}/{name}")) as store,
        store.reading() as conn,
    ):
        assert (await conn.execute(text("SELECT current_user"))).scalar_one() == "reader"
    server.execute(f"ALTER ROLE reader PASSWORD '{PASSWORD}'")


async def test_a_password_can_be_given_apart_from_the_address(
    server: ConfiguredServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    await _migrate(server.address(name, "app"))


_REFUSING = [
    ("57P03", "the database system is starting up", "try again in a moment"),
    ("57P03", "the database system is not yet accepting connections", "try again in a moment"),
    ("57P03", "the database system is in recovery mode", "try again in a moment"),
    ("57P03", "the database system is shutting down", "shutting down"),
    ("53300", "sorry, too many clients already", "max_connections"),
    ("53300", "remaining connection slots are reserved for roles with the SUPERUSER attribute", "max_connections"),
    (
        "28000",
        'no pg_hba.conf entry for host "10.1.1.1", user "app", database "news", no encryption',
        "sslmode=require",
    ),
    ("28000", 'no pg_hba.conf entry for host "10.1.1.1", user "app", database "news", SSL off', "sslmode=require"),
    ("28000", 'no pg_hba.conf entry for host "10.1.1.1", user "app", database "news", SSL encryption', "add a line"),
    ("28000", "SSL connection is required", "sslmode=require"),
    ("08P01", "SSL required", "sslmode=require"),
    ("08P01", "unsupported startup parameter: options", "remove it from DATABASE_URL"),
    ("08P01", "unsupported startup parameter in options: search_path", "ignore_startup_parameters"),
    ("08P01", "no such database: news", "createdb"),
    ("08P01", "no such user: app", "refuses the user name"),
    ("08P01", "no more connections allowed (max_client_conn)", "has no connection left"),
    ("08P01", "pgbouncer cannot connect to server", "look at the pooler's log"),
    ("08P01", "query_wait_timeout", "look at the pooler's log"),
    ("08P01", "bouncer config error", "look at the pooler's log"),
    ("XX000", "Tenant or user not found", "refuses the user name"),
    ("XX000", "MaxClientsInSessionMode: max clients reached - in Session mode", "has no connection left"),
]
"""What servers and poolers answer: code, text, and words that the operator reads."""


@pytest.mark.parametrize(("code", "said", "words"), _REFUSING)
async def test_each_answer_of_servers_and_poolers_has_its_words(code: str, said: str, words: str) -> None:
    async with Frontend(code, said).open() as url:
        line = await _refusal(url)
    assert words in line
    assert "is it running" not in line


@pytest.mark.parametrize(("version", "named"), [("9.6.24", "9.6"), ("10.23", "10.23"), ("11.22 (Ubuntu)", "11.22")])
async def test_a_server_that_is_too_old_is_named_with_its_version(version: str, named: str) -> None:
    async with Frontend(version=version).open() as url:
        line = await _refusal(url)
    assert f"is PostgreSQL {named}, and the program needs {postgres.OLDEST_VERSION} or newer" in line


async def test_each_packaged_version_works(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    versions = packaged_versions(tmp_path)
    assert len(versions) > 1
    for version, programs in versions.items():
        with configured_server(programs) as made:
            made.start()
            made.execute(f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'", "CREATE DATABASE news OWNER app")
            async with Store.open(normalize_database_url(made.address("news", "app", PASSWORD))) as store:
                assert await store.migrate()
                await store.check()
                described = await store.describe_server(datetime.now(UTC))
                assert described is not None
                assert described.version.partition(".")[0] == str(version)


async def test_a_server_that_does_not_answer_is_given_up() -> None:
    async with Frontend(silent=True).open() as url:
        line = await _refusal(f"{url}?connect_timeout=2")
    assert "didn't answer within 2 seconds" in line


async def test_a_server_of_another_kind_is_named_as_none() -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    listener = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with listener:
        for mode in ("prefer", "disable"):
            line = await _refusal(f"postgresql://app:{PASSWORD}@127.0.0.1:{port}/news?sslmode={mode}")
            assert "something other than PostgreSQL" in line


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("127.0.0.1:1", "can't be reached"),
        ("no-such-host.invalid", "no host no-such-host.invalid is known"),
        ("%2Fnowhere", "can't be reached"),
    ],
)
async def test_a_server_that_is_not_there_says_where_it_was_looked_for(place: str, words: str) -> None:
    line = await _refusal(f"postgresql://app:{PASSWORD}@{place}/news")
    assert words in line
    assert "DATABASE_URL" in line


async def test_the_first_server_of_several_that_answers_is_used(server: ConfiguredServer, name: str) -> None:
    await _migrate(f"postgresql://app:{PASSWORD}@127.0.0.1:1,127.0.0.1:{server.port}/{name}?target_session_attrs=any")


async def test_a_socket_can_be_the_host(server: ConfiguredServer, name: str) -> None:
    folder = str(server.data.parent)
    for url in (
        f"postgresql://postgres@{quote(folder, safe='')}:{server.port}/{name}",
        f"postgresql://postgres@/{name}?host={folder}&port={server.port}",
    ):
        await _migrate(url)


@pytest.fixture(scope="module")
def standby() -> Iterator[str]:
    """A hot standby's address; its database has the tables."""
    with configured_server() as made:
        made.start()
        made.execute(f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'", "CREATE DATABASE news OWNER app")
        asyncio.run(_migrate(made.address("news", "app", PASSWORD)))
        made.stop()
        made.write("standby.signal")
        made.start()
        yield made.address("news", "app", PASSWORD)


async def test_a_standby_says_so(standby: str) -> None:
    async with Store.open(normalize_database_url(standby)) as store:
        await store.migrate()
        with pytest.raises(StoreUnavailable, match="points at a standby"):
            await store.check()
    assert "points at a standby" in await _refusal(f"{standby}?target_session_attrs=read-write")


@pytest.mark.parametrize("command", ["watch", "deliver", "ingest"])
async def test_no_program_starts_on_what_it_can_not_write(
    standby: str, server: ConfiguredServer, name: str, command: str, tmp_path: Path
) -> None:
    await _migrate(server.address(name, "app", PASSWORD))
    server.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database=name)
    for url, words in ((standby, "points at a standby"), (server.address(name, "reader", PASSWORD), "GRANT SELECT")):
        env = environment(
            tmp_path,
            DATABASE_URL=url,
            GAZETTE_WATCH__PORT="0",
            DISCORD_TOKEN="t",
            DISCORD_API_BASE="http://127.0.0.1:1",
        )
        async with gazette(command, env=env, cwd=tmp_path) as program:
            assert await program.ended() == 1
        last = program.log.splitlines()[-1]
        assert words in last
        assert "Traceback" not in program.log
        assert PASSWORD not in program.log


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sslmode=require&channel_binding=require", {"sslmode": "require", "channel_binding": "require"}),
        ("ssl=true", {"sslmode": "require"}),
        ("ssl=1&sslmode=verify-full", {"sslmode": "verify-full"}),
        ("sslmode=verify-full&ssl=1", {"sslmode": "verify-full"}),
        ("ssl=false", {"sslmode": "disable"}),
        ("useSSL=true", {"sslmode": "require"}),
        ("sslmode=no-verify", {"sslmode": "require"}),
        ("sslmode=Require", {"sslmode": "require"}),
        ("uselibpqcompat=true&sslmode=require", {"sslmode": "require"}),
        ("pgbouncer=true&connection_limit=1&pool_timeout=0", {"pgbouncer": "true"}),
        ("pgbouncer=false", {}),
        ("supa=base-pooler.x", {}),
        ("sslaccept=strict&statement_cache_size=0&prepareThreshold=0", {}),
        ("schema=public", {}),
        ("charset=utf8&client_encoding=latin1", {}),
        ("options=endpoint%3Dep-cool-name-1", {"options": "endpoint=ep-cool-name-1"}),
        ("options=-c+x", {"options": "-c+x"}),
        ("sslmode", {}),
        ("sslrootcert=/etc/my%20ca.crt", {"sslrootcert": "/etc/my ca.crt"}),
    ],
)
def test_parameters_that_hosts_write_are_understood(given: str, used: dict[str, str]) -> None:
    from sqlalchemy import make_url

    assert dict(make_url(normalize_database_url(f"postgres://u:p@host:6543/name?{given}")).query) == used


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("sslmod=require", "did you mean sslmode"),
        ("sslmode=sure", "verify-full"),
        ("schema=paper", "search_path"),
        ("currentSchema=paper", "search_path"),
        ("frobnicate=1", "remove frobnicate"),
    ],
)
def test_parameters_that_mean_nothing_are_refused(given: str, words: str) -> None:
    with pytest.raises(SettingsInvalid, match=words) as caught:
        normalize_database_url(f"postgresql://app:{PASSWORD}@host/name?{given}")
    assert PASSWORD not in str(caught.value)


def test_all_parameters_of_the_installed_libpq_are_known() -> None:
    assert {each.keyword.decode() for each in psycopg.pq.Conninfo.get_defaults()} <= LIBPQ_PARAMETERS


async def test_no_secret_parameter_is_shown() -> None:
    given = f"password={PASSWORD}&sslpassword={PASSWORD}&oauth_client_secret={PASSWORD}&scram_client_key={PASSWORD}"
    async with Store.open(normalize_database_url(f"postgresql://app@127.0.0.1:1/name?{given}")) as store:
        assert PASSWORD not in store.url
