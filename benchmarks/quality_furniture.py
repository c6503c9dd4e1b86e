"""Furniture of pages and feeds, and news that looks like it, in twenty languages.

    python -m benchmarks.quality_furniture [--data ../shared/data]

Lines: tests/summarizers/segmentation/furniture.toml, written for the project. Each stands behind a story of two paragraphs,
then between them. The model was fitted on those "looked at" and its words were chosen with them; those "set aside", ten of each
kind a language, were written before. Treebank sentences (../shared/data/treebanks,
Universal Dependencies), where they are there, give the rate of false alarms in plain text; the model was fitted on other
sentences of the same treebanks. "known words" is `classify_line` alone.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from summarizers.segmentation.furniture import classify_line, find_furniture
from training.furniture_lines import LINES, SENTENCES, treebank

SHARED = Path(__file__).parents[2] / "shared" / "data"
BODIES = LINES.parents[1] / "text" / "datelines.toml"

Judge = Callable[[Sequence[str], int, str], bool]
"""Whether the line at a place among a document's lines is furniture, in a language."""


def by_words(lines: Sequence[str], at: int, language: str) -> bool:
    """Judge a line by its words alone."""
    return classify_line(lines[at]) != "text"


def shipped(lines: Sequence[str], at: int, language: str) -> bool:
    """Judge a line as the product does."""
    kinds = [classify_line(line) for line in lines]
    return kinds[at] != "text" or at in find_furniture(lines, [kind == "text" for kind in kinds], language)


def _within(body: str, line: str, *, behind: bool) -> tuple[list[str], int]:
    return ([body, body, line], 2) if behind else ([body, line, body], 1)


def main() -> None:
    """Print recall, precision and false alarms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    data = parser.parse_args().data
    console = Console(width=110)
    lines: Mapping[str, Any] = tomllib.loads(LINES.read_text("utf-8"))
    bodies = {name: own["body"] for name, own in tomllib.loads(BODIES.read_text("utf-8")).items()}
    table = Table("judge", "place", "lines", "recall", "precision", "false alarms")
    judges: tuple[tuple[str, Judge], ...] = (("known words", by_words), ("gazette", shipped))
    for name, judge in judges:
        for behind in (True, False):
            for name_of_set, ending in (("looked at", ""), ("set aside", "_aside")):
                answers = {
                    kind: [
                        judge(*_within(bodies[language], line, behind=behind), language)
                        for language, own in lines.items()
                        for line in own[kind + ending]
                    ]
                    for kind in ("furniture", "sentences")
                }
                hits, alarms = sum(answers["furniture"]), sum(answers["sentences"])
                table.add_row(
                    name,
                    "behind the story" if behind else "within it",
                    name_of_set,
                    f"{hits / len(answers['furniture']):.1%}",
                    f"{hits / max(1, hits + alarms):.1%}",
                    f"{alarms / len(answers['sentences']):.1%}",
                )
    console.print(table)
    if not (data / "treebanks").is_dir():
        console.print("treebank sentences: skipped, ../shared/data/treebanks is not there")
        return
    for behind in (True, False):
        taken = [
            shipped(*_within(bodies[language], sentence, behind=behind), language)
            for language, sentences in treebank(data).items()
            for sentence in sentences[SENTENCES:]
        ]
        place = "behind a story" if behind else "within one"
        console.print(f"{len(taken):,} treebank sentences {place}: {sum(taken) / len(taken):.2%} taken for furniture")


if __name__ == "__main__":
    main()
