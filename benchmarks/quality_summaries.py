"""ROUGE of the summaries by source, against the first sentences and all of sumy's engines.

Rows `{"text", "references", "source", "lang"}` in JSONL. ROUGE-1, -2 and -Lsum (F, rouge_score, stemmer), mean over
a row's references (SummEval: the first, the publisher's own); three sentences each. The interval is a paired
bootstrap over rows of the difference to lead, of the mean of the three. BBC's references are extracts of
45% of the article and are scored at that length; they are left out of the pool.

newsrank's weights were fitted on the development rows; for rows that it has not seen, see the cross-validation that
`python -m training.newsrank` prints.

    python -m benchmarks.quality_summaries --data ../shared/data/summarization/dev.jsonl [--engines newsrank,lexrank]
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import matplotlib as mpl
import numpy as np
from rich.console import Console
from rich.table import Table
from rouge_score import rouge_scorer

from summarizers.summarization.registry import ENGINES
from summarizers.summarization.summarize import summarise_sentences
from summarizers.text.sentences import is_fragment, sentences

SHARED = Path(__file__).parents[1] / ".." / "shared" / "data" / "summarization" / "dev.jsonl"
BUILD = Path(__file__).parents[1] / "build"
BBC_SHARE = 0.4
"""Share of the sentences that is chosen for BBC's references, which are extracts of 45% of the characters."""

KINDS = ("rouge1", "rouge2", "rougeLsum")
SOURCES = {
    "Tiiiger": "writers",
    "SummEval": "CNN/DM SummEval",
    "REALSumm": "CNN/DM REALSumm",
    "Newsroom": "Newsroom",
    "BBC": "BBC extracts",
}
POOL = "all four"
scorer = rouge_scorer.RougeScorer(list(KINDS), use_stemmer=True)


def source_of(row: dict[str, str]) -> str:
    """Return a short name for a row's source."""
    return next((name for part, name in SOURCES.items() if part in row["source"]), row["source"])


def rouge(chosen: list[str], references: list[str]) -> np.ndarray:
    """Return ROUGE-1, -2 and -Lsum in points, mean over the references."""
    text = "\n".join(chosen)
    scores = [scorer.score("\n".join(sentences(reference, "en")), text) for reference in references]
    return 100 * np.array([[score[kind].fmeasure for kind in KINDS] for score in scores]).mean(0)


def interval(differences: np.ndarray, rounds: int = 4000) -> tuple[float, float]:
    """Return the middle 95% of the mean over rows drawn with replacement."""
    draws = np.random.default_rng(7).integers(0, len(differences), (rounds, len(differences)))
    low, high = np.percentile(differences[draws].mean(1), [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    """Print a table for each source and draw the means to build/."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--limit", type=int, default=0, help="rows of each source")
    parser.add_argument("--bbc", action="store_true", help="also the BBC extracts")
    arguments = parser.parse_args()
    names = list(dict.fromkeys(["lead", *arguments.engines.split(",")]))
    results: dict[str, dict[str, list[np.ndarray]]] = defaultdict(lambda: defaultdict(list))
    words: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    faults = 0
    row_counts: dict[str, int] = defaultdict(int)
    for line in arguments.data.read_text("utf-8").splitlines():
        row = json.loads(line)
        source = source_of(row)
        if (source == "BBC extracts" and not arguments.bbc) or (
            arguments.limit and row_counts[source] >= arguments.limit
        ):
            continue
        row_counts[source] += 1
        body = sentences(row["text"], "en")
        references = row["references"][:1] if "SummEval" in source else row["references"]
        count = max(3, round(BBC_SHARE * len(body))) if source == "BBC extracts" else 3
        for name in names:
            summary = summarise_sentences(body, engine=name, count=count, language="en")
            texts = [sentence.text for sentence in summary]
            faults += len(texts) - len(set(texts))
            faults += sum(is_fragment(text, "en") or text not in row["text"] for text in texts)
            scores_of_row = rouge(texts, references)
            results[source][name].append(scores_of_row)
            words[source][name].append(sum(len(text.split()) for text in texts))
            if source != "BBC extracts":
                results[POOL][name].append(scores_of_row)
                words[POOL][name].append(words[source][name][-1])
    console = Console()
    means: dict[str, dict[str, float]] = {}
    for source, by_name in sorted(results.items()):
        table = Table(title=f"{source}: {len(by_name['lead'])} rows")
        for head in ("engine", "R-1", "R-2", "R-Lsum", "mean", "ahead of lead", "95%", "words"):
            table.add_column(head, justify="left" if head == "engine" else "right")
        lead = np.array(by_name["lead"]).mean(1)
        means[source] = {}
        for name in sorted(by_name, key=lambda name: -np.array(by_name[name]).mean()):
            scores = np.array(by_name[name])
            difference = scores.mean(1) - lead
            low, high = interval(difference)
            means[source][name] = float(scores.mean())
            table.add_row(
                name, *(f"{value:.1f}" for value in scores.mean(0)), f"{scores.mean():.2f}",
                f"{difference.mean():+.2f}", f"{low:+.2f} … {high:+.2f}", f"{np.mean(words[source][name]):.0f}",
            )  # fmt: skip
        console.print(table)
    console.print(f"faults (duplicates, fragments, not verbatim): {faults}")
    plot(means, names)


def plot(means: dict[str, dict[str, float]], names: list[str]) -> None:
    """Draw the means by source and engine."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    BUILD.mkdir(exist_ok=True)
    figure, axes = plt.subplots(figsize=(10, 4))
    width = 0.85 / len(names)
    for number, name in enumerate(names):
        axes.bar(
            [source + number * width for source in range(len(means))],
            [means[source][name] for source in means],
            width,
            label=name,
        )
    axes.set_xticks([source + 0.4 for source in range(len(means))], list(means))
    axes.set_ylabel("mean of ROUGE-1, -2, -Lsum")
    axes.legend(ncols=5, fontsize="small")
    figure.savefig(BUILD / "quality_summaries.png", dpi=120, bbox_inches="tight")


if __name__ == "__main__":
    main()
