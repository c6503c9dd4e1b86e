"""Made headlines beside the lead's beginning, the whole lead and Hedge Trimmer, against those of editors.

    python -m benchmarks.quality_headlines [--data ../shared/data]

English and Japanese Wikinews (CC BY 2.5), cross-validated in five parts: each headline is made with weights that were
fitted without its row. Then the first segments of news in six languages, with the shipped weights. Hedge Trimmer is
that of Dorr, Zajic and Schwartz (HLT-NAACL 2003) on our parses: the first sentence without articles and days, of which
the last phrase or clause goes until ten words are left. Overlap is F1 of words by their first six letters, of pairs of
characters in Chinese and Japanese. Names are the share of the editors' capitalised words.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from summarizers.headlines.clauses import DISPENSABLE, SentenceTree
from summarizers.headlines.made import MAX_LENGTH, make_headline
from summarizers.segmentation.split import single_story
from summarizers.text.sentences import sentences
from training.headlines import Row, cross_validate, names_kept, overlap, read_rows

SHARED = Path(__file__).parents[1].parent / "shared" / "data"

_CUT, _WIDE_CUT = 90, 40
"""Characters that the beginning of a lead has as a headline."""

_WORDS = 10
"""Words down to which Hedge Trimmer shortens, as its authors chose for the tasks of DUC."""

_LONGEST_TITLE = 140
"""Characters of a first segment that is a headline."""


def beginning(lead: str, language: str) -> str:
    """Return the beginning of a lead."""
    return lead[:_WIDE_CUT] if language in {"zh", "ja"} else lead[:_CUT].rsplit(" ", 1)[0]


def trim_hedge(tree: SentenceTree) -> str:
    """Return a sentence from whose end phrases and clauses were taken."""
    kept = tree.subtree[tree.root] & ~tree.bare_days() & ~tree.articles
    while sum(tree.wordlike[token] for token in tree.tokens(kept)) > _WORDS:
        last = max(token for token in tree.tokens(kept) if tree.wordlike[token])
        phrases = [
            tree.subtree[token] & kept
            for token in tree.tokens(kept)
            if token != tree.root and tree.parse.relations[token] in DISPENSABLE and tree.subtree[token] >> last & 1
        ]
        if not phrases:
            break
        kept &= ~min(phrases, key=int.bit_count)
    return " ".join(tree.words[token] for token in tree.tokens(kept) if tree.wordlike[token])


def wikinews_rows(path: Path, language: str) -> list[tuple[str, ...]]:
    """Return the figures of all methods on rows of Wikinews."""
    rows = read_rows(path, language)
    methods: dict[str, Sequence[str]] = {
        "the lead's beginning": [beginning(_lead(row), language) for row in rows],
        "the whole lead": [_lead(row) for row in rows],
        "Hedge Trimmer": [trim_hedge(row.trees[0][0]) if row.trees and row.trees[0] else _lead(row) for row in rows],
        "ours, cross-validated": cross_validate(rows, language),
        "the editors' own": [row.title for row in rows],
    }
    return [
        (
            language,
            name,
            f"{100 * np.mean([overlap(row.title, text, language) for row, text in zip(rows, made, strict=True)]):.1f}",
            f"{np.mean([names_kept(row.title, text) for row, text in zip(rows, made, strict=True)]):.2f}"
            if language == "en"
            else "–",
            f"{np.mean([len(text) for text in made]):.0f}",
            f"{100 * np.mean([len(text) > MAX_LENGTH for text in made]):.0f} %",
            f"{100 * np.mean([text.endswith('…') for text in made]):.0f} %",
            str(len(rows)),
        )
        for name, made in methods.items()
    ]


def _lead(row: Row) -> str:
    """Return the first sentence of a row, days and insertions taken off."""
    return row.sentences[0] if row.sentences else ""


def language_rows(path: Path) -> list[tuple[str, ...]]:
    """Return overlaps with the first segment of documents in several languages, lead and ours."""
    scores: dict[str, list[tuple[float, float, bool]]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            for language, segments in json.loads(line).items():
                if language == "id" or len(segments) < 4 or len(segments[0]) > _LONGEST_TITLE:
                    continue
                story = single_story("\n".join(segments[1:]), language)
                lead = next(iter(sentences("\n".join(segments[1:]), language)), "")
                made = make_headline(story, language)
                scores.setdefault(language, []).append(
                    (
                        overlap(segments[0], beginning(lead, language), language),
                        overlap(segments[0], made, language),
                        made.endswith("…"),
                    )
                )
    found = []
    for language, figures in scores.items():
        lead_mean, our_mean, cut = (float(np.mean(column)) for column in zip(*figures, strict=True))
        ratio = f"{our_mean / lead_mean:.2f}"
        found.append(
            (
                language,
                f"{100 * lead_mean:.1f}",
                f"{100 * our_mean:.1f}",
                ratio,
                f"{100 * cut:.0f} %",
                str(len(figures)),
            )
        )
    return found


def print_rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    table = Table(*head)
    for row in rows:
        table.add_row(*row)
    Console(width=110).print(table)


def main() -> None:
    """Print the tables of the data that lie there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    folder: Path = parser.parse_args().data
    files: list[tuple[Path, Callable[[Path], list[tuple[str, ...]]]]] = [
        (folder / "headlines" / "dev.jsonl", lambda path: wikinews_rows(path, "en")),
        (folder / "headlines" / "ja_dev.jsonl", lambda path: wikinews_rows(path, "ja")),
    ]
    found = [row for path, measure in files if path.exists() for row in measure(path)]
    languages = folder / "languages" / "dev.jsonl"
    if not found and not languages.exists():
        print(f"Skipped: no {folder / 'headlines'}.")
        return
    print_rows(("", "headline", "overlap", "names", "length", "over 120", "cut", "rows"), found)
    if languages.exists():
        print_rows(("language", "lead", "ours", "ratio", "cut", "documents"), language_rows(languages))


if __name__ == "__main__":
    main()
