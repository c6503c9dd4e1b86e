"""compose files and Procfiles start as they stand: each command as written, in order, against Discord's double."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import pytest_asyncio
import yaml

from tests.double import Discord
from tests.double.fixtures import discord_double
from tests.intake.conftest import story_text
from tests.postgres_servers import ConfiguredServer, configured_server, free_port

from .programs import Program, running

pytest.importorskip("distributed")

__all__ = ["discord_double"]

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.postgres]

ROOT = Path(__file__).parents[2]
COMPOSE = ("compose.yaml", "compose.scale.yaml")
PROCFILES = ("Procfile", "Procfile.scale")
PASSWORD = "p@ss:w/ord%41 #?"
SCHEMA = json.loads((Path(__file__).parent / "compose-spec.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def server() -> Iterator[ConfiguredServer]:
    """A server with the role of the compose files."""
    with configured_server() as made:
        made.start()
        made.execute(f"CREATE ROLE gazette LOGIN PASSWORD '{PASSWORD}'")
        yield made


@pytest.fixture
def database(server: ConfiguredServer) -> Iterator[str]:
    """The address of an empty database gazette."""
    server.execute("CREATE DATABASE gazette OWNER gazette TEMPLATE template0")
    yield server.address("gazette", "gazette")
    server.execute("DROP DATABASE gazette WITH (FORCE)")


class Host:
    """Where services run instead of containers: with the names of hosts, ports and folders put in as they are here."""

    def __init__(self, folder: Path, server: ConfiguredServer, discord_double: Discord) -> None:
        self._folder, self._stack = folder, AsyncExitStack()
        while len({(guild.id >> 22) % 2 for guild in discord_double.guilds.values()}) < 2:
            discord_double.add_guild("Lighthouse", channels=("general", "news"))  # its shard follows from its id
        self._scheduler, self._health = free_port(), free_port()
        self.programs: dict[str, Program] = {}
        programs = folder / "bin"
        programs.mkdir()
        (folder / "seeds").mkdir()
        for name, module in (("gazette", "bot.cli"), ("dask", "dask")):
            (programs / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m {module} "$@"\n', "utf-8")
            (programs / name).chmod(0o755)
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("GAZETTE_", "DISCORD_", "DATABASE_", "PG"))}
        self._environ = kept | {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "XDG_DATA_HOME": str(folder / "data"),
            "GAZETTE_LOG__FORM": "json",
            "DISCORD_API_BASE": discord_double.api_base,
            # the server at the host and port that the address leaves to libpq
            "PGHOSTADDR": "127.0.0.1",
            "PGPORT": str(server.port),
        }

    async def __aenter__(self) -> Host:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()

    def _here(self, text: str) -> str:
        text = re.sub(r"\b(?:scheduler|127\.0\.0\.1):8786\b", f"127.0.0.1:{self._scheduler}", text)
        text = re.sub(r"--port 8786\b|^8786$", lambda found: found[0].replace("8786", str(self._scheduler)), text)
        text = re.sub(r"^/backups$", str(self._folder / "backups"), text)
        return re.sub(r"^/seeds$", str(self._folder / "seeds"), re.sub(r"^8080$", str(self._health), text))

    async def start(self, name: str, command: list[str], environ: Mapping[str, str]) -> Program:
        """Start a service's command with its environment."""
        env = self._environ | {key: self._here(value) for key, value in environ.items()}
        arguments = [self._here(each) for each in command]
        program = await self._stack.enter_async_context(running(*arguments, env=env, cwd=self._folder))
        self.programs[name] = program
        return program

    async def run(self, name: str, command: list[str], environ: Mapping[str, str]) -> None:
        """Run a service that ends; it must succeed."""
        program = await self.start(name, command, environ)
        assert await program.ended() == 0, program.log
        del self.programs[name]

    def add_news(self, number: int) -> None:
        """Write a story that is at rest for an hour."""
        path = self._folder / "seeds" / f"{number}.txt"
        path.write_text(story_text(number), "utf-8")
        rested = time.time() - 3600
        os.utime(path, (rested, rested))

    async def examine(self, database: str) -> list[dict[str, str]]:
        """Return what `gazette doctor` finds of the database while the services run."""
        env = self._environ | {"DATABASE_URL": database, "PGPASSWORD": PASSWORD, "DISCORD_TOKEN": "set"}
        process = await asyncio.create_subprocess_exec(
            *("gazette", "--seeds", str(self._folder / "seeds"), "doctor", "--json"),
            env=env,
            cwd=self._folder,
            stdout=asyncio.subprocess.PIPE,
        )
        found: list[dict[str, str]] = json.loads((await process.communicate())[0])["findings"]
        return found

    async def stop_all(self) -> dict[str, int]:
        """SIGTERM to all, those that need others first, as compose does; return their exit codes."""
        return {name: await program.stop() for name, program in reversed(self.programs.items())}


@pytest_asyncio.fixture
async def host(tmp_path: Path, server: ConfiguredServer, discord_double: Discord) -> AsyncIterator[Host]:
    async with Host(tmp_path, server, discord_double) as made:
        yield made


def _interpolate(value: object, environ: Mapping[str, str]) -> Any:
    """Put variables in as compose does it: ${NAME:-default} and ${NAME:?message}."""
    if isinstance(value, dict):
        return {name: _interpolate(each, environ) for name, each in value.items()}
    if isinstance(value, list):
        return [_interpolate(each, environ) for each in value]
    if not isinstance(value, str):
        return value

    def variable(found: re.Match[str]) -> str:
        name, default = found[1], found[2]
        assert environ.get(name) or default is not None, found[0]
        return environ.get(name) or default

    return re.sub(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}", variable, value)


def _image() -> tuple[dict[str, str], list[str]]:
    """Return the environment and the command of the image that the Dockerfile builds."""
    text = (ROOT / "Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    (env,) = re.findall(r"^ENV ((?:.*\\\n)*.*)$", text, re.MULTILINE)
    (command,) = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    variables = dict(each.split("=", 1) for each in env.replace("\\\n", " ").split())
    variables.pop("PATH")
    return variables, json.loads(command)


def _services(name: str, environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = _interpolate(yaml.safe_load((ROOT / name).read_text("utf-8")), environ)[
        "services"
    ]
    return services


def _in_order(services: Mapping[str, dict[str, Any]]) -> list[str]:
    """Return services after those that they depend on."""
    order: list[str] = []

    def add(name: str) -> None:
        for needed in services[name].get("depends_on", ()):
            add(needed)
        if name not in order:
            order.append(name)

    for name in services:
        add(name)
    return order


def _processes(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return {role: command.strip() for role, _, command in (line.partition(":") for line in lines)}


@pytest.mark.parametrize("name", COMPOSE)
def test_a_compose_file_is_valid(name: str) -> None:
    document = yaml.safe_load((ROOT / name).read_text("utf-8"))
    jsonschema.Draft201909Validator(SCHEMA).validate(document)
    services = document["services"]
    for service in services.values():
        assert all(needed in services for needed in service.get("depends_on", ()))
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source in document["volumes"] or (ROOT / source).is_dir()
    build = [each["build"] for each in services.values() if isinstance(each.get("build"), dict)]
    argument = re.search(r"^ARG REQUIREMENTS=(.*)$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert argument is not None
    for path in [argument[1], *(each["args"]["REQUIREMENTS"] for each in build)]:
        assert (ROOT / path).is_file()


@pytest.mark.parametrize("name", COMPOSE)
def test_the_password_of_a_compose_file_has_a_default_and_is_in_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "${POSTGRES_PASSWORD" not in re.findall(r"DATABASE_URL: (.*)", text)[0]
    assert _services(name, {"DISCORD_TOKEN": "t"})["database"]["environment"]["POSTGRES_PASSWORD"] == "gazette"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", COMPOSE)
async def test_a_compose_file_starts_as_it_stands(
    name: str, host: Host, database: str, discord_double: Discord
) -> None:
    services = _services(name, {"DISCORD_TOKEN": discord_double.token, "POSTGRES_PASSWORD": PASSWORD})
    image, command = _image()
    for service in _in_order(services):
        described = services[service]
        if "build" not in described:
            continue  # the server of the tests is the database
        conditions = described.get("depends_on", ())
        start = host.run if described.get("restart") == "no" else host.start
        assert "migrate" not in conditions or conditions["migrate"]["condition"] == "service_completed_successfully"
        await start(service, described.get("command", command), image | described.get("environment", {}))
    await _check_running(
        host, database, discord_double, bots=[each for each in host.programs if each.startswith("bot")]
    )


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", PROCFILES)
async def test_a_procfile_starts_as_it_stands(name: str, host: Host, database: str, discord_double: Discord) -> None:
    environ = {"DISCORD_TOKEN": discord_double.token, "DATABASE_URL": database, "PGPASSWORD": PASSWORD, "PORT": "5000"}
    environ["GAZETTE_SEEDS"] = "/seeds"
    processes = _processes(name)
    await host.run("release", ["sh", "-c", processes.pop("release")], environ)
    for role, line in processes.items():
        await host.start(role, ["sh", "-c", f"exec env {line}"], environ)
    bots = [role for role, line in processes.items() if line.endswith("gazette run")]
    await _check_running(host, database, discord_double, bots=bots)


async def _check_running(host: Host, database: str, discord: Discord, *, bots: list[str]) -> None:
    """The bots answer on every shard, the intake reads, doctor finds nothing amiss, and all end when they are asked to."""
    for bot in bots:
        await host.programs[bot].says("discord.ready")
        assert "gateway.shards_overlap" not in host.programs[bot].log
    host.add_news(1)
    await host.programs["intake"].says('"new": 1,')
    for guild in {(guild.id >> 22) % 2: guild for guild in discord.guilds.values()}.values():
        assert (await guild.member("Mara").at("news").command("help")).text
    findings = await host.examine(database)
    faults = [each for each in findings if each["level"] != "ok" and each["what"] not in _EXPECTED]
    assert faults == []
    assert {each["what"] for each in findings} >= {"database server", "processes", "shards", "stories"}
    codes = await host.stop_all()
    assert set(codes.values()) == {0}, codes
    ours = [each.log for name, each in host.programs.items() if name not in _OF_DASK]
    assert not any("Traceback" in log for log in ours), ours


_OF_DASK = ("scheduler", "worker", "workers")
"""Services whose log is Dask's: at their end it may name connections that ended before them."""

_EXPECTED = ("subscriptions",)
"""Findings that are no faults of the files: nobody has subscribed yet."""
