"""A new topic is one row in summarizers/data/topics.toml, made here in a copy of the program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ROW = """
[space-exploration]
number = 18
color = 0x0B1D51
kana = ["うちゅう"]
en = "Space exploration"
de = "Raumfahrt"
es = "Exploración espacial"
fr = "Exploration spatiale"
ja = "宇宙開発"
pt-BR = "Exploração espacial"
zh-TW = "太空探索"
aliases = ["space", "rockets"]
"""

PROGRAM = """
import asyncio, json, sys
from datetime import UTC, datetime
from bot.newsroom.filters import Filter
from bot.rendering.theme import accent_of
from bot.services.autocomplete import Autocomplete
from bot.store.database import Store
from bot.store.documents import FileFacts, store_document
from bot.store.labels import topic_counts
from bot.store.story_pages import list_stories
from summarizers import analyse, topics
from summarizers.types import Analysis, Story, SummarySentence, Topic

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

def story(topic):
    text = f"News of {topic}."
    return Analysis(Story(0, (text,)), text, "en", (text,), (SummarySentence(0, text),), (), (Topic(topic, 0.9),))

async def main():
    async with Store.open(f"sqlite+aiosqlite:///{sys.argv[1]}") as store:
        await store.migrate()
        async with store.writing() as conn:
            stories = [story("space-exploration"), story("sport")]
            await store_document(conn, "a.txt", FileFacts(1, 1, 1, "a"), stories, now=NOW)
        async with store.reading() as conn:
            counts = await topic_counts(conn)
            found, total = await list_stories(conn, Filter.of(topic="rockets"), page=1, per_page=9, now=NOW)
        suggested = await Autocomplete(store, lambda: NOW).suggest("topic", "うちゅ", locale="ja")
    print(json.dumps({
        "counts": dict(counts),
        "headlines": [line.headline for line in found],
        "colour": accent_of("space-exploration"),
        "suggested": [suggestion.value for suggestion in suggested],
        "old": topics("The striker scored twice and the coach praised the team.")[0].slug,
        "stories": len(analyse("The striker scored twice.\\n\\nThe coach praised the team.")),
    }))

asyncio.run(main())
"""


@pytest.mark.slow
def test_a_row_in_the_table_makes_a_topic_known_everywhere(tmp_path: Path) -> None:
    for package in ("bot", "summarizers"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    table = tmp_path / "summarizers" / "data" / "topics.toml"
    table.write_text(table.read_text("utf-8") + ROW, "utf-8")
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    run = subprocess.run(
        [sys.executable, "program.py", tmp_path / "news.sqlite3"],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "counts": {"space-exploration": 1, "sport": 1},
        "headlines": ["News of space-exploration."],
        "colour": 0x0B1D51,
        "suggested": ["space-exploration"],
        "old": "sport",
        "stories": 1,
    }
