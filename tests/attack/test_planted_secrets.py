"""Secrets planted wherever one can be given, and everything that leaves the program searched for them."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import aiohttp
import psutil
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import make_url

from tests.databases import SQLITE_ALWAYS
from tests.double.remote import Remote
from tests.e2e.programs import environment, gazette

DATABASE_PASSWORD = "dbpw-7Q@x:y/z#1?2%Zq w"
"""With every character that means something in an address."""

UNREACHABLE_PASSWORD = "un@re:ach/8Kq"
FEED_USER_PASSWORD = "feedpw-93Kx7Lq"
FEED_PATH_KEY = "p4thk3y0a9b8c7d6e5f"
FEED_QUERY_KEY = "qk3y7Zz81Qx"
DEAD_FEED_KEY = "d34df33dK3y55Xq"
PROXY_PASSWORD = "prxypw-61Jd8s"
FILE_PASSWORD = "filepw-17@Hd:2k"
MISTYPED_PASSWORD = "mistyped-5@Tq9z"

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title><item><title>A ferry sank off Osaka</title>
<description>A ferry sank off Osaka on Monday, the coast guard of Japan said. Nobody was hurt, and divers search the wreck.
</description><guid>1</guid><link>https://wire.example/1</link></item></channel></rss>"""


def _forms(secret: str) -> set[str]:
    """Return the ways in which a secret can be written; parts of one that has separators count as well."""
    parts = {secret, secret.partition("@")[0], secret.rpartition("@")[2]}
    return {
        form
        for part in parts
        if len(part) >= 5
        for form in (part, quote(part, safe=""), quote(part), json.dumps(part)[1:-1])
    }


@dataclass
class Harvest:
    """Everything that left the program, by where."""

    texts: dict[str, str] = field(default_factory=dict)

    def add(self, where: str, text: str | bytes) -> None:
        if isinstance(text, bytes):
            text = text.decode("utf-8", "replace")
        self.texts[where] = self.texts.get(where, "") + text

    def add_folder(self, folder: Path, *, except_: frozenset[str]) -> None:
        for path in sorted(folder.rglob("*")):
            self.add("names", f"{path.relative_to(folder)}\n")
            if path.is_file() and path.name not in except_:
                content = path.read_bytes()
                self.add(path.name, gzip.decompress(content) if path.suffix == ".gz" else content)

    def find(self, secrets: dict[str, str]) -> list[tuple[str, str, str]]:
        found = []
        for name, secret in secrets.items():
            for form in _forms(secret):
                for where, text in self.texts.items():
                    at = text.find(form)
                    if at >= 0:
                        found.append((name, where, text[max(at - 80, 0) : at + 80]))
        return found


@pytest_asyncio.fixture
async def wire() -> AsyncIterator[int]:
    """The port of a feed that wants user, password and two keys; any other address is refused."""

    async def answer(request: web.Request) -> web.Response:
        if FEED_PATH_KEY in request.path and request.query.get("apikey") == FEED_QUERY_KEY:
            return web.Response(text=FEED, content_type="application/rss+xml")
        return web.Response(status=403, text=f"no such key: {request.path_qs}")

    app = web.Application()
    app.router.add_get("/{tail:.*}", answer)
    async with TestServer(app) as server:
        assert server.port is not None
        yield server.port


async def _run(env: dict[str, str], folder: Path, harvest: Harvest, *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", *arguments),
        env=env,
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 120)
    label = " ".join(each for each in arguments if "://" not in each and "//" not in each)
    harvest.add(f"standard output of {label}", out)
    harvest.add(f"standard error of {label}", err)
    return out.decode()


def _titles(process: psutil.Process) -> str:
    return "\n".join(" ".join(each.cmdline()) for each in [process, *process.children(recursive=True)])


@pytest.mark.slow
@pytest.mark.e2e
@pytest.mark.parametrize("database_url", SQLITE_ALWAYS, indirect=True)
async def test_no_planted_secret_leaves_the_program(database_url: str, tmp_path: Path, wire: int) -> None:
    folder, harvest = tmp_path / "work", Harvest()
    folder.mkdir()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        health_port = int(taken.getsockname()[1])
    feed = f"http://joe:{FEED_USER_PASSWORD}@127.0.0.1:{wire}/private/{FEED_PATH_KEY}/news.rss?apikey={FEED_QUERY_KEY}"
    refused = f"http://127.0.0.1:{wire}/{DEAD_FEED_KEY}/feed?token={DEAD_FEED_KEY}"
    dead = f"http://127.0.0.1:1/feed?token={DEAD_FEED_KEY}"
    (folder / "own.toml").write_text(
        f'[store]\nurl = "postgresql://file:{FILE_PASSWORD}@127.0.0.1:1/x"\n[backup]\nfolder = "kept"\n', "utf-8"
    )
    async with Remote.started(furnish=True) as double:
        env = environment(
            folder,
            DISCORD_TOKEN=double.token,
            DISCORD_API_BASE=double.api_base,
            GAZETTE_CONFIG=str(folder / "own.toml"),
            GAZETTE_INTAKE__FEEDS=f"{feed},{refused},{dead}",
            GAZETTE_WATCH__PORT=str(health_port),
            HTTPS_PROXY=f"http://joe:{PROXY_PASSWORD}@127.0.0.1:1",
            GAZETTE_LOG__LEVEL="debug",
        )
        if database_url.startswith("postgres"):
            url = make_url(database_url).set(drivername="postgresql", password="PLANT")
            rendered = url.render_as_string(hide_password=False)
            env["DATABASE_URL"] = rendered.replace(":PLANT@", f":{DATABASE_PASSWORD}@")
        secrets = {
            "token": double.token,
            "database password": DATABASE_PASSWORD,
            "password of an unreachable database": UNREACHABLE_PASSWORD,
            "password in a file": FILE_PASSWORD,
            "mistyped password": MISTYPED_PASSWORD,
            "feed's password": FEED_USER_PASSWORD,
            "key in a feed's path": FEED_PATH_KEY,
            "key in a feed's query": FEED_QUERY_KEY,
            "key of a feed that fails": DEAD_FEED_KEY,
            "proxy's password": PROXY_PASSWORD,
        }
        (folder / "seeds" / "lemur.txt").write_text("Lemurs left the zoo of Lima on Monday. Nobody was hurt.", "utf-8")
        await _run(env | {"GAZETTE_INTAKE__FEEDS": ""}, folder, harvest, "ingest", "seeds")
        async with gazette("--verbose", "run", env=env, cwd=folder) as bot:
            await bot.says("discord.ready")
            await double("wait", commands=1, timeout=30)
            await bot.says("backup.made")
            await bot.says("feed.fetched")
            for name, options in (("news", {}), ("why", {"id": "e1"}), ("trending", {}), ("about", {})):
                answer = await double("command", member="Aiko", channel="news", name=name, options=options)
                harvest.add(f"answer to /{name}", json.dumps(answer, ensure_ascii=False))
            async with aiohttp.ClientSession() as session:
                for path in ("/healthz", "/metrics", f"/?token={double.token[:3]}"):
                    async with session.get(f"http://127.0.0.1:{health_port}{path}") as response:
                        harvest.add(path.partition("?")[0], await response.text())
            harvest.add("process titles", _titles(psutil.Process(bot.process.pid)))
            assert await bot.stop() == 0, bot.log
        harvest.add("log of the bot", bot.log)
        state = await double("state")
        del state["token"]  # the double's own
        harvest.add("Discord: state", json.dumps(state, ensure_ascii=False))
        harvest.add("Discord: census", json.dumps(await double("census"), ensure_ascii=False))
        news = (await double("messages", channel="news")) or []
        harvest.add("messages", json.dumps(news, ensure_ascii=False))
        commands = [
            ("ingest",),
            ("stats",),
            ("news",),
            ("why", "e1", "--json"),
            ("digest", "--json"),
            ("search", "ferry"),
            ("doctor", "--json"),
            ("doctor", "--live"),
            ("migrate",),
            ("export", "rows.jsonl"),
            ("backup",),
            ("--verbose", "deliver", "--json"),
            ("subscriptions",),
        ]
        for command in commands:
            await _run(env, folder, harvest, *command)
        unreachable = f"postgresql://joe:{UNREACHABLE_PASSWORD}@127.0.0.1:1/x"
        await _run(env, folder, harvest, "--verbose", "--database", unreachable, "stats")
        await _run(env | {"DATABASE_URL": ""}, folder, harvest, "doctor")
        for mistyped in (
            "postgresql//joe:{}@db/x",
            "postgresl://joe:{}@db/x",
            "joe:{}@db/x",
            '"postgres://joe:{}@db/x"',
        ):
            url_text = mistyped.format(MISTYPED_PASSWORD)
            await _run(env | {"DATABASE_URL": url_text}, folder, harvest, "stats")
            await _run(env, folder, harvest, "stats", url_text)
        await double("revoke")
        await _run(env, folder, harvest, "doctor", "--live")
        await _run(env, folder, harvest, "run")
    harvest.add_folder(folder, except_=frozenset({"own.toml"}))
    assert "ferry" in harvest.texts["standard output of search ferry"].lower(), "the feed with the keys was read"
    assert "kept/gazette-auto-" in harvest.texts["names"]
    assert harvest.find(secrets) == []
