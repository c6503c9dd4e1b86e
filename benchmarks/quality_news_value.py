"""News value: how often a story that an editor would lead with is above a minor one.

    python -m benchmarks.quality_news_value [--data ../shared/data]

Own stories: training/news_value_stories, headlines and leads in eight languages, each language judged by weights fitted
to the others. Wikinews (../shared/data/headlines), where it is there: judged in folds that were not fitted on, and by
weights fitted to our own stories alone. "length" is what digests went by before. Translations (../shared/data/languages)
give how far a story's value changes with its language. The last line is the time that a value takes.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from summarizers.analysis import analyse
from summarizers.news_value.factors import FACTORS
from summarizers.news_value.value import news_value
from summarizers.types import Analysis
from training.news_value import Floats, Graded, before, cross_validated, judge, own_stories, wikinews

SHARED = Path(__file__).parents[2] / "shared" / "data"
TRANSLATED = ("de", "cs", "ru", "zh", "ja")
ROUNDS = 20
"""Times that each story's value is computed for its time."""


def alone(stories: Sequence[Graded], prefix: str) -> float:
    """Return the share by the factors whose names begin with `prefix`, fitted to the stories themselves."""
    used = np.array([name.startswith(prefix) for name in FACTORS], dtype=float)
    masked = [Graded(story.values * used, story.grade, story.origin) for story in stories]
    return judge(masked, masked)


def by_length(data: Path) -> float:
    """Return the share for Wikinews by the length of a text."""
    rows = {row["id"]: row for row in map(json.loads, (data / "headlines" / "dev.jsonl").open(encoding="utf-8"))}
    graded = json.loads((data / "headlines" / "news_value_dev.json").read_text("utf-8"))
    ids = [*graded["lead"], *graded["minor"]]
    lengths = np.array([min(4000.0, len(rows[identity]["text"])) for identity in ids])
    return before(lengths, [2] * len(graded["lead"]) + [0] * len(graded["minor"]))


def translations(data: Path, console: Console) -> None:
    """Print how the values of translations agree with those of the English documents."""
    rows = [json.loads(line) for line in (data / "languages" / "dev.jsonl").open(encoding="utf-8")]

    def value(segments: Sequence[str]) -> float:
        return analyse("\n".join(segments[1:]), as_one_story=True, title=segments[0])[0].news_value.value

    table = Table("language", "documents", "correlation with English", "mean difference")
    for language in TRANSLATED:
        pairs: Floats = np.array([(value(row["en"]), value(row[language])) for row in rows if row.get(language)])
        correlation = float(np.corrcoef(pairs.T)[0, 1])
        table.add_row(language, f"{len(pairs)}", f"{correlation:.2f}", f"{np.mean(pairs[:, 1] - pairs[:, 0]):+.3f}")
    console.print(table)


def milliseconds(analyses: Sequence[Analysis]) -> float:
    """Return the processor time of a story's value."""
    began = time.process_time()
    for _ in range(ROUNDS):
        for each in analyses:
            news_value(each.story, each.headline, each.sentences, each.countries, language=each.language)
    return 1000 * (time.process_time() - began) / ROUNDS / len(analyses)


def main() -> None:
    """Print shares, agreement of translations and time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    data = parser.parse_args().data
    console = Console(width=110)
    own = own_stories()
    table = Table("stories", "judged by", "lead above minor", "middle between", "stories judged")
    there = (data / "headlines" / "news_value_dev.json").is_file()
    wiki = wikinews(data) if there else []
    for language in sorted({story.origin for story in own}):
        held_out = [story for story in own if story.origin == language]
        rest = [story for story in own if story.origin != language]
        table.add_row(
            f"own, {language}",
            "the other languages and Wikinews" if wiki else "the other languages",
            f"{judge(held_out, [*rest, *wiki]):.3f}",
            f"{judge(held_out, [*rest, *wiki], neighbours=True):.3f}",
            f"{len(held_out)}",
        )
    if wiki:
        table.add_row("Wikinews", "length", f"{by_length(data):.3f}", "", f"{len(wiki)}")
        table.add_row("Wikinews", "topics alone, fitted to them", f"{alone(wiki, 'topic:'):.3f}", "", f"{len(wiki)}")
        table.add_row("Wikinews", "our own stories", f"{judge(wiki, own):.3f}", "", f"{len(wiki)}")
        table.add_row("Wikinews", "folds not fitted on", f"{cross_validated(own, wiki):.3f}", "", f"{len(wiki)}")
    console.print(table)
    if not wiki:
        console.print("Wikinews: skipped, ../shared/data/headlines is not there")
    if (data / "languages" / "dev.jsonl").is_file():
        translations(data, console)
    lines = (data / "headlines" / "dev.jsonl").read_text("utf-8").splitlines() if there else []
    texts = [(row["text"], row["title"]) for row in map(json.loads, lines)]
    analyses = [each for text, title in texts for each in analyse(text, as_one_story=True, title=title)]
    if analyses:
        console.print(
            f"{milliseconds(analyses):.2f} ms of processor time a story, of {len(analyses)} stories of Wikinews"
        )


if __name__ == "__main__":
    main()
