"""The terminal against a Discord on loopback: deliver, doctor --live, a refused token."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.double.remote import Remote

from .programs import environment, gazette

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

FERRY = (
    "A ferry ran aground off Osaka in Japan on Monday, the coast guard said, and 200 passengers were taken ashore. "
    "Nobody was hurt. Divers will look at the hull on Tuesday."
)


async def run_gazette(env: Mapping[str, str], cwd: Path, *arguments: str) -> tuple[int, Any, str]:
    """Run a command; return its exit code, the JSON it printed, and its standard error."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", *arguments, "--json"),
        env=env,
        cwd=cwd,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, json.loads(out) if out.strip() else None, err.decode()


async def channel_id(double: Remote, name: str) -> str:
    """The id of a furnished channel."""
    said = await double("say", member="Mara", channel=name, content="hello")
    return str(said["channel"])


async def test_deliver_posts_what_is_due_once(tmp_path: Path) -> None:
    async with Remote.started(furnish=True) as double:
        env = environment(tmp_path, DISCORD_TOKEN=double.token, DISCORD_API_BASE=double.api_base)
        (tmp_path / "seeds" / "ferry.txt").write_text(FERRY, "utf-8")
        code, report, said = await run_gazette(env, tmp_path, "ingest")
        assert (code, report["stories"]) == (0, 1), said
        news = await channel_id(double, "news")
        code, order, said = await run_gazette(
            env, tmp_path, "subscribe", "--channel", news, "--at", "08:00", "--timezone", "Asia/Taipei"
        )
        assert code == 0, said
        due = datetime.fromisoformat(order["next"])
        assert due.utcoffset() == timedelta(hours=8)
        before = (due - timedelta(minutes=1)).astimezone(UTC).isoformat()
        assert (await run_gazette(env, tmp_path, "deliver", "--as-of", before))[1]["due"] == 0
        code, report, said = await run_gazette(env, tmp_path, "deliver", "--as-of", order["next"])
        assert (code, report["due"], report["sent"], report["failed"]) == (0, 1, 1, []), said
        code, report, said = await run_gazette(env, tmp_path, "deliver", "--as-of", order["next"])
        assert (code, report["due"], report["sent"]) == (0, 0, 0), said
        posted = [each for each in await double("messages", channel="news") if each["author"] != "Mara"]
        assert len(posted) == 1
        assert "Osaka" in posted[0]["text"]
        assert not posted[0]["pings"]
        code, history, said = await run_gazette(env, tmp_path, "history", str(order["id"]))
        assert [each["state"] for each in history["deliveries"]] == ["sent"], said


async def test_a_channel_without_permission_fails_with_advice(tmp_path: Path) -> None:
    async with Remote.started(furnish=True) as double:
        env = environment(tmp_path, DISCORD_TOKEN=double.token, DISCORD_API_BASE=double.api_base)
        (tmp_path / "seeds" / "ferry.txt").write_text(FERRY, "utf-8")
        await run_gazette(env, tmp_path, "ingest")
        news = await channel_id(double, "news")
        _, order, _ = await run_gazette(
            env, tmp_path, "subscribe", "--channel", news, "--at", "08:00", "--timezone", "UTC"
        )
        await double("change", do="forbid", channel="news", permissions=["send_messages"])
        code, findings, _ = await run_gazette(env, tmp_path, "doctor", "--live")
        assert code == 1
        assert any("Send Messages" in each["says"] for each in findings["findings"])
        code, report, said = await run_gazette(env, tmp_path, "deliver", "--as-of", order["next"])
        assert code == 1
        assert report["failed"][0]["channel"] == news
        assert "Send Messages" in report["failed"][0]["reason"]
        assert "Traceback" not in said


async def test_doctor_asks_discord_and_finds_all_well(tmp_path: Path) -> None:
    async with Remote.started(furnish=True) as double:
        env = environment(tmp_path, DISCORD_TOKEN=double.token, DISCORD_API_BASE=double.api_base)
        await run_gazette(env, tmp_path, "ingest")
        code, report, said = await run_gazette(env, tmp_path, "doctor", "--live")
        assert code == 0, said
        levels = {each["what"]: each["level"] for each in report["findings"]}
        assert levels["token"] == levels["servers"] == levels["database"] == levels["seeds folder"] == "ok"


async def test_the_invitation_is_one_line_however_narrow_the_terminal_is(tmp_path: Path) -> None:
    async with Remote.started(furnish=True) as double:
        env = environment(tmp_path, DISCORD_TOKEN=double.token, DISCORD_API_BASE=double.api_base, COLUMNS="40")
        printed = tmp_path / "stdout"
        with printed.open("wb") as out:
            async with gazette("start", env=env, cwd=tmp_path, stdout=out) as bot:
                await bot.says("discord.ready", 60)
                assert await bot.stop() == 0
        lines = printed.read_text("utf-8").splitlines()
        (link,) = [line for line in lines if "oauth2/authorize" in line]
        assert link.startswith("https://discord.com/")
        assert {"bot", "applications.commands"} <= set(parse_qs(urlsplit(link).query)["scope"][0].split())
        assert any("/subscribe" in line for line in lines)


async def test_a_refused_token_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    async with Remote.started(furnish=True) as double:
        wrong = "not-" + double.token
        env = environment(tmp_path, DISCORD_TOKEN=wrong, DISCORD_API_BASE=double.api_base)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", "run"), env=env, cwd=tmp_path, stderr=asyncio.subprocess.PIPE
        )
        _, err = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 3, err.decode()
        assert "Discord refuses the token" in err.decode()
        assert wrong not in err.decode()
        code, report, _ = await run_gazette(env, tmp_path, "doctor", "--live")
        assert code == 1
        assert any("refuses the token" in each["says"] for each in report["findings"])


async def test_a_discord_that_is_down_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async with Remote.started(furnish=True) as double:
        await double("fault", kind="status", route="GET /users/@me", status=503, times=2)
        env = environment(tmp_path, DISCORD_TOKEN=double.token, DISCORD_API_BASE=double.api_base)
        async with gazette("run", env=env, cwd=tmp_path) as bot:
            await bot.says("discord.unreachable")
            await bot.says("discord.ready", 60)
            assert await bot.stop() == 0, bot.log
        assert bot.log.count("discord.unreachable") == 2
        assert "Unclosed" not in bot.log
        assert "Traceback" not in bot.log
