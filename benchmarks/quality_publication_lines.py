"""Headlines, summaries and groups with and without a publication line.

    python -m benchmarks.quality_publication_lines [--data ../shared/data]

Rows: English Wikinews of 2019 (CC BY 2.5), ../shared/data/headlines/dev.jsonl; without it there is nothing to measure.
Each row's own line ("Wednesday, May 15, 2019") is taken off, then lines of many shapes in twenty languages are put on
(tests/summarizers/text/datelines.toml, written by hand): alone above the text, between headline and text, and at the
head of the first paragraph. A row is the same if its stories have the same headlines and summaries, and a line in front
of a row is the same if all rows with it fall into the same groups.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.newsroom.clustering import cluster_rows
from summarizers.analysis import analyse
from summarizers.text.datelines import find_dateline, read_publication_line

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
LINES = ROOT / "tests" / "summarizers" / "text" / "datelines.toml"

_OWN_LINE = re.compile(r"\s*\w+day, \w+ \d{1,2}, \d{4}\s*\n")
"""The line that Wikinews puts before a text, found without the code that is measured."""

_SHAPES_PER_ROW = 12
"""Lines that are put on each row in turn, so that a run takes about a minute; each is used on several rows."""

_GROUPED_SHAPES = 6
"""Lines that are put on all rows at once, each time to group them."""

Answer = list[tuple[str, tuple[str, ...]]]


def answer(text: str, *, whole: bool) -> Answer:
    """Return headline and summary of each story of a text."""
    return [
        (story.headline, tuple(sentence.text for sentence in story.summary))
        for story in analyse(text, as_one_story=whole)
    ]


def groups(texts: Sequence[str]) -> list[str]:
    """Return the event of each text."""
    return [event for _, event in cluster_rows({"id": number, "text": text} for number, text in enumerate(texts))]


def place(kind: str, line: str, title: str, body: str) -> str:
    """Put a line on a text: above it, between headline and text, or before its first words."""
    if kind == "head":
        return line + body
    return f"{title}\n{line}\n{body}" if kind == "under headline" else f"{line}\n{body}"


def main() -> None:
    """Print how many rows stay the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--verbose", action="store_true", help="Print the rows that change.")
    arguments = parser.parse_args()
    rows_file = arguments.data / "headlines" / "dev.jsonl"
    console = Console(width=110)
    if not rows_file.is_file():
        console.print("skipped: headlines/dev.jsonl is not beside the checkout (../shared/data/headlines)")
        return
    rows = [json.loads(line) for line in rows_file.read_text("utf-8").splitlines()]
    bodies = [_OWN_LINE.sub("", row["text"], count=1).lstrip() for row in rows]
    plain = [answer(body, whole=False) for body in bodies]
    table = Table("lines", "place", "read", "headline and summary", "groups", title=f"{len(rows)} rows")

    own = [number for number, row in enumerate(rows) if _OWN_LINE.match(row["text"])]
    same = sum(answer(rows[number]["text"], whole=False) == plain[number] for number in own)
    grouped = groups([row["text"] for row in rows]) == groups(bodies)
    table.add_row("their own", "above", f"{len(own)}", f"{same / len(own):.1%}", "same" if grouped else "differ")

    languages = tomllib.loads(LINES.read_text("utf-8"))
    alone = [line for words in languages.values() for line in words["lines"]]
    heads = [head for words in languages.values() for head in words["heads"]]
    for kind, lines in (("above", alone), ("under headline", alone), ("head", heads)):
        read = same = count = 0
        for number, (row, body) in enumerate(zip(rows, bodies, strict=True)):
            base = plain[number] if kind != "under headline" else answer(f"{row['title']}\n{body}", whole=False)
            for step in range(_SHAPES_PER_ROW):
                line = lines[(number * _SHAPES_PER_ROW + step) % len(lines)]
                found = find_dateline(line + body) if kind == "head" else read_publication_line(line)
                read += found is not None
                text = place(kind, line, row["title"], body)
                if answer(text, whole=False) == base:
                    same += 1
                elif arguments.verbose:
                    console.print(kind, repr(line), repr(body[:60]))
                count += 1
        step = max(1, len(lines) // _GROUPED_SHAPES)
        plain_groups = (
            groups([row["title"] + "\n" + body for row, body in zip(rows, bodies, strict=True)])
            if (kind == "under headline")
            else groups(bodies)
        )
        kept = [
            groups([place(kind, line, row["title"], body) for row, body in zip(rows, bodies, strict=True)])
            == plain_groups
            for line in lines[::step]
        ]
        table.add_row(
            f"{len(lines)}, by hand",
            kind,
            f"{read / count:.1%}",
            f"{same / count:.1%}",
            f"{sum(kept)} of {len(kept)} same",
        )
    console.print(table)


if __name__ == "__main__":
    main()
