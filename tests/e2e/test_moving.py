"""A newsroom that posted moves between databases, and nothing is due again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.double.remote import Remote
from tests.e2e.programs import environment, gazette
from tests.e2e.test_terminal_and_discord import FERRY, channel_id, run_gazette

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.postgres]


@pytest.mark.thorough
@pytest.mark.timeout(400)
async def test_a_posted_slot_is_not_due_after_moves_in_both_directions(postgres_url: str, tmp_path: Path) -> None:
    postgres, back = postgres_url.replace("+psycopg", ""), f"sqlite:///{tmp_path / 'back.sqlite3'}"
    async with Remote.started(furnish=True) as double:
        env = environment(tmp_path, DISCORD_TOKEN=double.token, DISCORD_API_BASE=double.api_base)
        (tmp_path / "seeds" / "ferry.txt").write_text(FERRY, "utf-8")
        assert (await run_gazette(env, tmp_path, "ingest"))[0] == 0
        news = await channel_id(double, "news")
        _, order, said = await run_gazette(
            env, tmp_path, "subscribe", "--channel", news, "--at", "08:00", "--timezone", "Asia/Taipei"
        )
        code, report, said = await run_gazette(env, tmp_path, "deliver", "--as-of", order["next"])
        assert (code, report["sent"]) == (0, 1), said

        async with gazette("watch", env=env, cwd=tmp_path) as watching:
            await watching.says("leadership.acquired")
            code, _, said = await run_gazette(env, tmp_path, "move", postgres)
            assert (code, f"process {watching.process.pid} on " in said) == (1, True), said
            assert await watching.stop() == 0
        for target in (postgres, back):
            code, moved, said = await run_gazette(env, tmp_path, "move", target, "--backup", "moved", "--replace")
            assert code == 0, said
            assert moved["stories"] == 1
            (tmp_path / "moved").unlink()
            code, _, said = await run_gazette(env, tmp_path, "deliver", "--as-of", order["next"])
            assert (code, "was moved to" in said) == (1, True), said
            env["DATABASE_URL"] = target
            code, report, said = await run_gazette(env, tmp_path, "deliver", "--as-of", order["next"])
            assert (code, report["due"]) == (0, 0), said
        posted = [each for each in await double("messages", channel="news") if each["author"] != "Mara"]
        assert len(posted) == 1
