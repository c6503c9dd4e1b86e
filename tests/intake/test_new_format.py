"""A new input format is one reader and one row, made here in a copy of the program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.newsroom.rejections import RejectReason

ROOT = Path(__file__).parents[2]

READER = '''
"""Rich text without its formatting."""

import re

from bot.intake.encodings import decode
from bot.intake.types import DocumentPart, ReadDocument

__all__ = ["read_rtf"]


def read_rtf(data: bytes) -> ReadDocument:
    """Read the text as one part. Raises Unreadable."""
    decoded = decode(data)
    text = re.sub(r"\\\\par\\b ?", "\\n", decoded.text)
    text = re.sub(r"\\\\[a-z]+-?\\d* ?|[{}]", "", text)
    return ReadDocument((DocumentPart(text.strip()),), decoded.encoding, decoded.notes)
'''
OLD_ROW = 'InputFormat("a rich text document (RTF)", magic=rb"\\{\\\\rtf", refusal=_DOCUMENT),'
NEW_ROW = 'InputFormat("rich text", (".rtf",), magic=rb"\\{\\\\rtf", reader=read_rtf),'
RTF = rb"{\rtf1\ansi The harbour of Oslo reopened on Monday after a storm. \b Ferries\b0  sailed again at noon.\par}"


def gazette(folder: Path, *arguments: str) -> Any:
    """Run the copy of the program in `folder` and return the JSON that it prints."""
    run = subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments, "--json"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "DATABASE_URL": str(folder / "news.sqlite3"), "GAZETTE_SEEDS": "news"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.slow
def test_a_reader_and_a_row_in_the_table_add_a_format(tmp_path: Path) -> None:
    for package in ("bot", "summarizers"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "news").mkdir()
    for name in ("harbour.rtf", "copied.txt"):
        (tmp_path / "news" / name).write_bytes(RTF.replace(b"Oslo", name[:4].encode()))
    before = gazette(tmp_path, "ingest")
    assert {item["path"]: item["code"] for item in before["rejected"]} == {
        "harbour.rtf": RejectReason.UNSUPPORTED_EXTENSION,
        "copied.txt": RejectReason.UNSUPPORTED_DOCUMENT,
    }

    readers = tmp_path / "bot" / "intake" / "readers"
    (readers / "rich_text.py").write_text(READER, "utf-8")
    table = (readers / "__init__.py").read_text("utf-8")
    assert OLD_ROW in table
    table = table.replace(OLD_ROW, NEW_ROW)
    table = table.replace(
        "\nfrom bot.intake.types", "\nfrom bot.intake.readers.rich_text import read_rtf\nfrom bot.intake.types"
    )
    (readers / "__init__.py").write_text(table, "utf-8")

    after = gazette(tmp_path, "ingest")
    assert (after["changed"], after["stories"]) == (2, 2)
    assert after["rejected"] == []
    (document,) = gazette(tmp_path, "analyze", "news/copied.txt")["documents"]
    assert [sentence["text"] for sentence in document["stories"][0]["summary"]] == [
        "Ferries sailed again at noon.",
    ]
