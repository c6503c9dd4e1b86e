"""PostgreSQL servers with settings of their own, and doubles of what stands in front of one.

`ConfiguredServer` is a real server over TCP. `TransactionPooler` gives each transaction another of the server's connections, as
pgbouncer does in transaction mode. `Frontend` answers the first message of a client as it is told to, and `TlsTerminator`
speaks TLS in front of a server that can't.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import pwd
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psycopg

from tests.databases import import_server_package

__all__ = [
    "Certificates",
    "ConfiguredServer",
    "Frontend",
    "TlsTerminator",
    "TransactionPooler",
    "configured_server",
    "free_port",
    "make_certificates",
    "openssl_server_folder",
    "packaged_versions",
    "run_pgbouncer",
]

_SSL_REQUEST, _GSS_REQUEST = 80877103, 80877104
_PROTOCOL_3 = 196608


def free_port() -> int:
    """Return a TCP port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Certificates(NamedTuple):
    """A root certificate, and a server's for the host localhost with its key."""

    root: Path
    server: Path
    key: Path


def make_certificates(folder: Path) -> Certificates:
    """Make an authority and a certificate for localhost with openssl."""
    root, root_key = folder / "root.crt", folder / "root.key"
    request, server, key, names = (folder / name for name in ("server.csr", "server.crt", "server.key", "names"))
    names.write_text("subjectAltName=DNS:localhost\n", "utf-8")
    new = ["openssl", "req", "-new", "-nodes", "-newkey", "rsa:2048"]
    signed = ["openssl", "x509", "-req", "-days", "2", "-CAcreateserial"]
    commands: list[list[str | Path]] = [
        [*new, "-x509", "-days", "2", "-subj", "/CN=gazette tests", "-out", root, "-keyout", root_key],
        [*new, "-subj", "/CN=localhost", "-out", request, "-keyout", key],
        [*signed, "-in", request, "-CA", root, "-CAkey", root_key, "-extfile", names, "-out", server],
    ]
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    return Certificates(root, server, key)


def openssl_server_folder() -> Path | None:
    """Return the programs of an installed PostgreSQL with TLS, which the tests' own package lacks."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        config = folder / "pg_config"
        if config.exists() and (folder / "initdb").exists():
            shown = subprocess.run([config, "--configure"], check=True, capture_output=True, text=True).stdout
            if "--with-openssl" in shown or "--with-ssl=openssl" in shown:
                return folder
    return None


def packaged_versions(folder: Path) -> dict[int, Path]:
    """Return the programs of each version of PostgreSQL that the tests' package brings."""
    versions: dict[int, Path] = import_server_package(folder).utils.POSTGRES_VERSIONS
    return versions


class ConfiguredServer:
    """A PostgreSQL server on 127.0.0.1 that asks for passwords; the superuser postgres comes in by the socket without."""

    def __init__(self, folder: Path, programs: Path | None = None) -> None:
        package = import_server_package(folder).utils
        folder.chmod(0o755)
        self.port = free_port()
        self.data = folder / "data"
        self._programs = programs or package.POSTGRES_VERSIONS[package.TARGET_POSTGRES_VERSION]
        self._folder = folder
        self._user: str | None = None
        if os.geteuid() == 0:
            self._user = "pgserver"
            package.ensure_user_exists(self._user)
            package.ensure_prefix_permissions(self._programs)
            package.ensure_folder_permissions(self._programs, 0o555)
            package.ensure_folder_permissions(self._programs.parent / "lib", 0o444)
            entry = pwd.getpwnam(self._user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "--auth-local=trust", "--auth-host=scram-sha-256", "-E", "UTF8", "--no-sync", "--no-locale")  # fmt: skip
        self.configure(port=self.port, listen_addresses="127.0.0.1", unix_socket_directories=folder, fsync="off")

    @property
    def superuser(self) -> str:
        """Where the superuser comes in, in libpq's form."""
        return f"postgresql://postgres@/postgres?host={self._folder}&port={self.port}"

    def address(self, name: str, user: str, password: str = "") -> str:
        """Return the address of a database, as people write it."""
        return f"postgresql://{user}{password and ':' + password}@127.0.0.1:{self.port}/{name}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the superuser."""
        address = self.superuser.replace("/postgres?", f"/{database}?")
        with psycopg.connect(address, autocommit=True) as conn:
            for each in statements:
                conn.execute(each)  # type: ignore[call-overload,unused-ignore] # the tests' own

    def configure(self, **settings: object) -> None:
        """Add settings, which count from the next start on."""
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def write(self, name: str, content: bytes = b"") -> Path:
        """Write a file in the server's folder, for it alone to read."""
        target = self.data / name
        target.write_bytes(content)
        target.chmod(0o600)
        if self._user is not None:
            shutil.chown(target, self._user)
        return target

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._run("pg_ctl", "-w", "-D", str(self.data), "-l", str(self.data / "log"), "start")

    def stop(self) -> None:
        """Stop the server if it runs."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-m", "immediate", "-D", str(self.data), "stop")

    def _run(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile() as output:  # pg_ctl's server would keep a pipe open
            done = subprocess.run(
                [str(self._programs / program), *arguments], stdout=output, stderr=output, user=self._user, check=False
            )
            output.seek(0)
            assert done.returncode == 0, output.read().decode("utf-8", "replace")


@contextmanager
def configured_server(programs: Path | None = None) -> Iterator[ConfiguredServer]:
    """Give a server that is not started yet; it is stopped and deleted at the end."""
    # Not below pytest's own folder, which another run makes unreadable for the server's user.
    with tempfile.TemporaryDirectory(prefix="gazette-postgres-") as folder:
        server = ConfiguredServer(Path(folder), programs)
        try:
            yield server
        finally:
            server.stop()


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def _refusal(code: str, text: str) -> bytes:
    return _message(b"E", b"SFATAL\0VFATAL\0" + f"C{code}\0M{text}\0\0".encode())


async def _read_message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    kind = await reader.readexactly(1)
    (length,) = struct.unpack("!i", await reader.readexactly(4))
    return kind, await reader.readexactly(length - 4)


async def _read_startup(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> dict[str, str]:
    """Return a client's startup parameters; offers of encryption are declined. Empty for a request to cancel."""
    while True:
        (length,) = struct.unpack("!i", await reader.readexactly(4))
        body = await reader.readexactly(length - 4)
        (number,) = struct.unpack("!i", body[:4])
        if number in (_SSL_REQUEST, _GSS_REQUEST):
            writer.write(b"N")
            continue
        if number >> 16 != _PROTOCOL_3 >> 16:
            return {}
        words = [each.decode() for each in body[4:].split(b"\0") if each]
        return dict(zip(words[::2], words[1::2], strict=False))


class _Listener:
    """Something that listens on a port of 127.0.0.1 within its context."""

    def __init__(self) -> None:
        self.port = free_port()
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def _listen(
        self, serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
    ) -> AsyncIterator[None]:
        async def run(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                    await serve(reader, writer)
            finally:
                self._tasks.discard(task)
                writer.close()

        server = await asyncio.start_server(run, "127.0.0.1", self.port)
        try:
            yield
        finally:
            server.close()
            for task in list(self._tasks):
                task.cancel()
            if self._tasks:
                await asyncio.wait(self._tasks)


class Frontend(_Listener):
    """Answers each client's first message with what it is told to say, and hangs up.

    `silent` answers nothing; `version` lets the client in, as a server of that version does; otherwise it is refused with
    `code` and `text`, as PostgreSQL 12 to 18 and pgbouncer write them.
    """

    def __init__(self, code: str = "", text: str = "", *, version: str = "", silent: bool = False) -> None:
        super().__init__()
        self._code, self._text, self._version, self._silent = code, text, version, silent

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Yield the address within the block."""
        async with self._listen(self._serve):
            yield f"postgresql://app:s3cretpw@127.0.0.1:{self.port}/news"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._silent:
            await reader.read()
            return
        await _read_startup(reader, writer)
        if not self._version:
            writer.write(_refusal(self._code, self._text))
            return
        writer.write(_message(b"R", struct.pack("!i", 0)))
        for name, value in (("server_version", self._version), ("client_encoding", "UTF8")):
            writer.write(_message(b"S", f"{name}\0{value}\0".encode()))
        writer.write(_message(b"K", struct.pack("!ii", 1, 1)) + _message(b"Z", b"I"))
        await reader.read()


class TransactionPooler(_Listener):
    """A pooler in transaction mode: each transaction runs on the server's connection that was free for longest.

    So no two transactions of a client share one, however few clients there are. Like pgbouncer it refuses `options`, gives
    clients keys of its own, resets nothing in between and replaces a connection whose client is gone amid a transaction.
    """

    def __init__(self, server: str, connections: int = 3) -> None:
        super().__init__()
        self._server, self._connections = server, connections
        self._numbers = itertools.count(4_000_001)
        self._free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
        self._status = b""
        self._name = ""
        self._writers: list[asyncio.StreamWriter] = []

    @asynccontextmanager
    async def open(self, name: str) -> AsyncIterator[str]:
        """Yield the pooler's address of the database `name`, within the block."""
        self._name = name
        for _ in range(self._connections):
            self._free.put_nowait(await self._connect(name))
        try:
            async with self._listen(self._serve):
                yield f"postgresql://postgres@127.0.0.1:{self.port}/{name}"
        finally:
            for writer in self._writers:
                writer.close()

    async def _connect(self, name: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        options = psycopg.conninfo.conninfo_to_dict(self._server)
        path = f"{options['host']}/.s.PGSQL.{options.get('port', 5432)}"
        reader, writer = await asyncio.open_unix_connection(path)
        self._writers.append(writer)
        words = ["user", "postgres", "database", name, "client_encoding", "UTF8", ""]
        body = struct.pack("!i", _PROTOCOL_3) + "\0".join(words).encode() + b"\0"
        writer.write(struct.pack("!i", len(body) + 4) + body)
        status = b""
        while True:
            kind, body = await _read_message(reader)
            assert kind != b"E", body
            if kind == b"S":
                status += _message(kind, body)
            if kind == b"Z":
                self._status = status
                return reader, writer

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        startup = await _read_startup(reader, writer)
        if "options" in startup:
            writer.write(_refusal("08P01", "unsupported startup parameter: options"))
            return
        if not startup:
            return
        key = struct.pack("!ii", next(self._numbers), 1)
        writer.write(_message(b"R", struct.pack("!i", 0)) + self._status + _message(b"K", key) + _message(b"Z", b"I"))
        while True:
            kind, body = await _read_message(reader)
            if kind == b"X":
                return
            await self._run_transaction(kind, body, reader, writer)

    async def _run_transaction(
        self, kind: bytes, body: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Pass messages between a client and one connection of the server until no transaction is open."""
        linked = await self._free.get()
        from_server, to_server = linked
        try:
            while True:
                to_server.write(_message(kind, body))
                if kind in (b"Q", b"S") and await self._relay_answer(from_server, writer) == b"I":
                    return
                kind, body = await _read_message(reader)
        except (asyncio.IncompleteReadError, ConnectionError):  # the client is gone amid a transaction
            to_server.close()
            linked = await self._connect(self._name)
            raise
        finally:
            self._free.put_nowait(linked)

    @staticmethod
    async def _relay_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        """Pass the server's answer on; return in which state it leaves the transaction."""
        while True:
            kind, body = await _read_message(reader)
            writer.write(_message(kind, body))
            if kind == b"Z":
                return body


class TlsTerminator(_Listener):
    """Speaks TLS in front of a server over its socket."""

    def __init__(self, server: str, certificates: Certificates) -> None:
        super().__init__()
        self._server = server
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(certificates.server, certificates.key)

    @asynccontextmanager
    async def open(self, name: str) -> AsyncIterator[str]:
        """Yield the address of the database `name`, within the block."""
        async with self._listen(self._serve):
            yield f"postgresql://postgres@localhost:{self.port}/{name}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (_length, number) = struct.unpack("!ii", await reader.readexactly(8))
        if number != _SSL_REQUEST:
            writer.write(_refusal("28000", 'no pg_hba.conf entry for host "127.0.0.1", user "app", no encryption'))
            return
        writer.write(b"S")
        await writer.start_tls(self._context)
        options = psycopg.conninfo.conninfo_to_dict(self._server)
        path = f"{options['host']}/.s.PGSQL.{options.get('port', 5432)}"
        from_server, to_server = await asyncio.open_unix_connection(path)
        try:
            await asyncio.wait(
                {asyncio.create_task(_copy(reader, to_server)), asyncio.create_task(_copy(from_server, writer))},
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            to_server.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


@contextmanager
def run_pgbouncer(server: str, name: str) -> Iterator[str]:
    """Run an installed pgbouncer in transaction mode in front of a server; yield the database's address."""
    program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    options = psycopg.conninfo.conninfo_to_dict(server)
    port = free_port()
    with tempfile.NamedTemporaryFile("w", suffix=".ini") as config:
        config.write(
            f"[databases]\n{name} = host={options['host']} port={options.get('port', 5432)} user=postgres\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\npool_mode = transaction\n"
            "default_pool_size = 3\nserver_round_robin = 1\nunix_socket_dir =\n"
        )
        config.flush()
        Path(config.name).chmod(0o644)
        user = "pgserver" if os.geteuid() == 0 else None  # pgbouncer refuses to run as root
        process = subprocess.Popen([program, config.name], user=user, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        try:
            said = []
            while "process up" not in (line := process.stderr.readline()):
                said.append(line)
                assert line, said
            yield f"postgresql://postgres@127.0.0.1:{port}/{name}"
        finally:
            process.kill()
            process.wait()
            process.stderr.close()
