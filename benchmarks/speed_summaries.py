"""How fast are the summaries, as ratios against sumy's LexRank in the same run, and what do they cost to grow?

sumy gets its best case: sentences are split and words tokenized and stemmed before the clock starts. Ours is
timed as it is used, with its own tokenizing; `summarise` with splitting as well. Stories are made from a seeded
vocabulary with a news-like spread of word frequencies, so that every machine times the same texts.

    python benchmarks/speed_summaries.py [--full]
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

import matplotlib as mpl
from rich.console import Console
from rich.table import Table
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from summarizers.engines import ENGINES, summarise
from summarizers.engines.tokens import stems, stop_stems

BUILD = Path(__file__).parents[1] / "build"
console = Console()


def story(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    letters = "aeioubcdfglmnprstv"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(6000)]
    weights = [1 / (rank + 3) for rank in range(6000)]
    common = ["the", "of", "to", "in", "and", "a", "said", "on", "for", "was"]
    made = []
    for _ in range(count):
        words = [
            chance.choice(common) if chance.random() < 0.45 else chance.choices(vocabulary, weights)[0]
            for _ in range(chance.randint(12, 34))
        ]
        made.append(" ".join(words).capitalize() + ".")
    return made


class Cached:
    """A tokenizer that has done its work before it is asked."""

    def __init__(self) -> None:
        self.words: dict[str, tuple[str, ...]] = {}

    def to_words(self, text: str) -> tuple[str, ...]:
        if text not in self.words:
            self.words[text] = tuple(stems(text, "en"))
        return self.words[text]


def sumy_lexrank(body: list[str]) -> Callable[[], object]:
    tokenizer = Cached()
    document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in body])])
    for sentence in document.sentences:
        _ = sentence.words
    engine = LexRankSummarizer()
    engine.stop_words = stop_stems("en")
    return lambda: engine(document, 3)


def seconds(work: Callable[[], object], repeats: int) -> float:
    work()
    took = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took) if repeats < 4 else statistics.median(took)


def ratios() -> None:
    table = Table(title="against sumy's LexRank, tokenizer cached")
    for head in ("sentences", "sumy ms", "newsrank ms", "ratio", "wanted"):
        table.add_column(head, justify="right")
    for size, repeats, wanted in ((25, 30, 10), (100, 10, 10), (1000, 1, 30)):
        body = story(size)
        theirs = seconds(sumy_lexrank(body), repeats)
        ours = seconds(lambda body=body: ENGINES["newsrank"].select(body, 3, language="en"), max(5, repeats))
        table.add_row(str(size), f"{theirs * 1e3:.1f}", f"{ours * 1e3:.2f}", f"{theirs / ours:.0f}×", f"{wanted}×")
    console.print(table)


def throughput() -> None:
    texts = [" ".join(story(25, seed)) for seed in range(200)]
    for label, work in (("language given", partial(summarise, language="en")), ("language found", summarise)):
        took = seconds(lambda work=work: [work(text) for text in texts], 3) / len(texts)
        console.print(f"summarise(), {label}, 25 sentences, one core: {1 / took:,.0f} stories a second")


def growth(full: bool) -> None:
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    sizes = [25, 100, 400, 1000, 2000, 5000]
    figure, axes = plt.subplots(figsize=(8, 5))
    table = Table(title="seconds by sentences, and peak memory at the largest")
    for head in ("engine", *map(str, sizes), "MB"):
        table.add_column(head, justify="left" if head == "engine" else "right")
    for name, engine in ENGINES.items():
        curve: list[float] = []
        peak = 0.0
        for size in sizes:
            if curve and curve[-1] > (60 if full else 4):
                break
            body = story(size)
            start = time.process_time()
            engine.select(body, 3, language="en")
            curve.append(time.process_time() - start)
            if curve[-1] < 5:
                tracemalloc.start()
                engine.select(body, 3, language="en")
                peak = tracemalloc.get_traced_memory()[1] / 1e6
                tracemalloc.stop()
        axes.loglog(sizes[: len(curve)], curve, marker="o", label=name)
        cells = [f"{value:.3f}" for value in curve] + ["–"] * (len(sizes) - len(curve))
        table.add_row(name, *cells, f"{peak:.1f}")
    raw = [25, 100, 400, 1000]
    axes.loglog(raw, [seconds(sumy_lexrank(story(n)), 1) for n in raw], "k--", label="sumy LexRank as it comes")
    axes.set_xlabel("sentences")
    axes.set_ylabel("seconds")
    axes.legend(fontsize="small")
    BUILD.mkdir(exist_ok=True)
    figure.savefig(BUILD / "speed_summaries.png", dpi=120, bbox_inches="tight")
    console.print(table)


@lru_cache(maxsize=1)
def _texts() -> tuple[str, ...]:
    return tuple(" ".join(story(25, seed)) for seed in range(100))


def batch(_: int) -> int:
    return sum(len(summarise(text, language="en")) for text in _texts() * 8)


def scaling() -> None:
    took: dict[int, float] = {}
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(batch, range(2 * workers)))  # warm: imports and tables
            start = time.perf_counter()
            list(pool.map(batch, range(8)))
            took[workers] = time.perf_counter() - start
    console.print(f"process pool: two workers are {took[1] / took[2]:.2f}× one (wanted 1.7×)")


def imports() -> None:
    code = (
        "import sys, time; start = time.perf_counter(); import summarizers; took = time.perf_counter() - start; "
        "print(f'{took * 1e3:.0f}', [m for m in ('scipy', 'sklearn', 'sumy') if m in sys.modules])"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(5)
    ]
    console.print(
        f"import summarizers: {min(int(run.split()[0]) for run in runs)} ms, loads {runs[0].split(maxsplit=1)[1].strip()}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true", help="let slow engines run on to 5,000 sentences")
    arguments = parser.parse_args()
    ratios()
    throughput()
    imports()
    scaling()
    growth(arguments.full)


if __name__ == "__main__":
    main()
