"""Speed of the summaries as ratios against sumy's LexRank, and growth of time and memory.

    python -m benchmarks.speed_summaries

sumy gets its best case: sentences are split and words tokenized and stemmed before the clock starts. Ours is timed as
it is used, with its own tokenizing, and `summarise` with splitting as well. Stories are made from a seeded vocabulary
with news-like word frequencies, so that every machine times the same texts; for stories a second each one is new. The
development rows are timed as well if they are beside the checkout. Times are processor times, since other programs
lengthen those of the clock; only the process pool is timed by the clock, and needs an otherwise idle machine. Each
engine's growth is measured in a process of its own, with its memory. Draws docs/images/speed.svg.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import lru_cache, partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from summarizers import analyse
from summarizers.analysis import summarise
from summarizers.summarization.registry import ENGINES
from summarizers.text.sentences import sentences
from summarizers.text.stems import prefix_stems, stopword_prefixes

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data" / "summarization" / "dev.jsonl"
PICTURE = ROOT / "docs" / "images" / "speed.svg"
SIZES = (25, 100, 400, 1000, 2000, 5000)
"""Sentences of the texts that engines grow on."""

PEER = "sumy's LexRank"
MAX_SECONDS = 5.0
"""Seconds for one size after which no larger one is tried."""

console = Console()


def make_story(count: int, seed: int = 1) -> list[str]:
    """Make a story of `count` sentences."""
    draw = random.Random(seed)
    letters = "aeioubcdfglmnprstv"
    vocabulary = ["".join(draw.choices(letters, k=draw.randint(3, 9))) for _ in range(6000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(6000)))
    common = ["the", "of", "to", "in", "and", "a", "said", "on", "for", "was"]
    sentences = []
    for _ in range(count):
        words = [
            draw.choice(common) if draw.random() < 0.45 else draw.choices(vocabulary, cum_weights=weights)[0]
            for _ in range(draw.randint(12, 34))
        ]
        sentences.append(" ".join(words).capitalize() + ".")
    return sentences


class CachedTokenizer:
    """Tokenizer for sumy that has its words ready when the clock starts."""

    def __init__(self) -> None:
        self.words: dict[str, tuple[str, ...]] = {}

    def to_words(self, text: str) -> tuple[str, ...]:
        """Return the stems of a sentence."""
        if text not in self.words:
            self.words[text] = tuple(prefix_stems(text))
        return self.words[text]


def sumy_lexrank(body: Sequence[str]) -> Callable[[], object]:
    """Return a call of sumy's LexRank on a document that is tokenized already."""
    tokenizer = CachedTokenizer()
    document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in body])])
    for sentence in document.sentences:
        _ = sentence.words
    engine = LexRankSummarizer()
    engine.stop_words = stopword_prefixes("en")
    return lambda: engine(document, 3)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def print_ratios() -> None:
    """Print both times on the same stories in turns, the least of each."""
    table = Table(title=f"newsrank against {PEER}, whose words are tokenized and stemmed beforehand")
    for head in ("sentences", "stories", "sumy ms", "newsrank ms", "ratio", "target"):
        table.add_column(head, justify="right")
    rows = [
        (str(size), [make_story(size, seed) for seed in range(1, stories + 1)], repeats, f"{target}×")
        for size, stories, repeats, target in ((25, 8, 12, 10), (100, 4, 5, 10), (1000, 1, 1, 30))
    ]
    real = real_stories()
    if real:
        rows.append(("23-27, real", real, 8, ""))
    for size, bodies, repeats, target in rows:
        peer_seconds = our_seconds = 0.0
        for body in bodies:
            peer = sumy_lexrank(body)
            pairs = [
                (seconds(peer), min(seconds(partial(select_three, body)) for _ in range(4))) for _ in range(repeats)
            ]
            peer_seconds += min(pair[0] for pair in pairs) / len(bodies)
            our_seconds += min(pair[1] for pair in pairs) / len(bodies)
        table.add_row(
            size,
            str(len(bodies)),
            f"{peer_seconds * 1e3:.2f}",
            f"{our_seconds * 1e3:.3f}",
            f"{peer_seconds / our_seconds:.1f}×",
            target,
        )
    console.print(table)
    if not real:
        console.print(f"real stories: skipped, since there is no {SHARED}")


def real_stories() -> list[list[str]]:
    """Read the development rows of 23 to 27 sentences.

    Their names, figures and quotes cost us more than sumy.
    """
    if not SHARED.exists():
        return []
    texts = (json.loads(line)["text"] for line in SHARED.read_text("utf-8").splitlines())
    return [body for body in (sentences(text, "en") for text in texts) if 23 <= len(body) <= 27]


def select_three(body: Sequence[str]) -> list[int]:
    """Return newsrank's choice of three."""
    return ENGINES["newsrank"].select(body, 3, language="en")


def print_throughput() -> None:
    """Print stories a second on one core, each of them new."""
    works: list[tuple[str, Callable[[str], object], str]] = [
        ("summarise(), language given", lambda text: summarise(text, language="en"), "1,000"),
        ("summarise(), language found", summarise, ""),
        ("analyse(), everything", analyse, ""),
    ]
    table = Table(title="stories of 25 sentences a second, one core")
    for head in ("what", "a second", "target"):
        table.add_column(head, justify="left" if head == "what" else "right")
    for number, (label, work, target) in enumerate(works):
        texts = [" ".join(make_story(25, 1000 * (number + 1) + seed)) for seed in range(420)]
        for text in texts[:20]:
            work(text)
        # the best of several parts, so that a busy moment of the machine doesn't count
        duration = min(seconds(partial(run_all, work, part)) for part in hundreds(texts[20:]))
        table.add_row(label, f"{100 / duration:,.0f}", target)
    console.print(table)


def run_all(work: Callable[[str], object], texts: Sequence[str]) -> None:
    """Call `work` on every text."""
    for text in texts:
        work(text)


def hundreds(texts: list[str]) -> list[list[str]]:
    """Split into parts of a hundred."""
    return [texts[start : start + 100] for start in range(0, len(texts), 100)]


def print_growth() -> None:
    """Print every engine's times up to 5,000 sentences, and draw them."""
    table = Table(
        title="seconds by number of sentences, for summaries of three; MB the process has grown by at the end"
    )
    for head in ("engine", *(f"{size:,}" for size in SIZES), "MB"):
        table.add_column(head, justify="left" if head == "engine" else "right")
    curves: dict[str, list[float]] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(measure_growth_apart, (*ENGINES, PEER)))
    for name, result in zip((*ENGINES, PEER), results, strict=True):
        curves[name] = result["seconds"]
        cells = [f"{value:.4f}" if value < 0.1 else f"{value:.2f}" for value in curves[name]]
        megabytes = result["megabytes"]
        memory = "–" if megabytes is None else f"{megabytes:.0f}" if megabytes >= 10 else f"{megabytes:.1f}"
        table.add_row(name, *cells, *["–"] * (len(SIZES) - len(cells)), memory)
    console.print(table)
    draw_curves(curves)


def measure_growth_apart(name: str) -> dict[str, Any]:
    """Return what `measure_growth` prints in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed_summaries", "--grow", name]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=environment)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure_growth(name: str) -> None:
    """Print an engine's seconds by size and its memory as JSON, in a process of its own."""
    bodies = [make_story(size) for size in SIZES]

    def work(body: list[str]) -> Callable[[], object]:
        return sumy_lexrank(body) if name == PEER else lambda: ENGINES[name].select(body, 3, language="en")

    work(bodies[0])()  # imports and tables
    before = reset_peak()
    curve: list[float] = []
    for body in bodies:
        if curve and curve[-1] > MAX_SECONDS:
            break
        call = work(body)
        curve.append(min(seconds(call) for _ in range(5 if len(body) < 200 else 1)))
    after = peak()
    megabytes = None if before is None or after is None else (after - before) / 1024
    print(json.dumps({"seconds": curve, "megabytes": megabytes}))


def peak() -> int | None:
    """Return the most kilobytes that the process had in memory; None on systems without /proc.

    Not `ru_maxrss`, which on Linux starts with the size of the parent process.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii", errors="replace")
    except OSError:
        return None
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), None)


def reset_peak() -> int | None:
    """Reset the peak to what is in memory now, if the system allows it, and return it."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return peak()  # the peak of the imports then hides as much of the growth
    return peak()


def draw_curves(curves: dict[str, list[float]]) -> None:
    """Draw the curves on logarithmic axes."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "gazette", "font.family": "sans-serif"})
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.2))
    for name, curve in curves.items():
        style: dict[str, Any] = {"linewidth": 1.2}
        if name == "newsrank":
            style = {"linewidth": 2.8, "color": "black"}
        elif name == PEER:
            style = {"linewidth": 1.6, "color": "black", "linestyle": "--"}
        label = f"{PEER}, as it comes" if name == PEER else name
        axes.loglog(SIZES[: len(curve)], [max(value, 1e-6) for value in curve], marker=".", label=label, **style)
    axes.set_xlabel("sentences of the text")
    axes.set_ylabel("seconds of one core")
    axes.set_xticks(SIZES, [f"{size:,}" for size in SIZES])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend(fontsize="x-small", loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(PICTURE, bbox_inches="tight", metadata={"Date": None, "Creator": None})


@lru_cache(maxsize=1)
def _texts() -> tuple[str, ...]:
    return tuple(" ".join(make_story(25, seed)) for seed in range(100))


def batch(_: int) -> int:
    """Make 400 summaries in a process of the pool."""
    return sum(len(summarise(text, language="en")) for text in _texts() * 4)


def print_scaling() -> None:
    """Print two processes against one, by the clock, in turns; the best of each."""
    durations: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for workers in durations:
            with ProcessPoolExecutor(workers) as pool:
                list(pool.map(batch, range(2 * workers)))  # warm: imports and tables
                start = time.perf_counter()
                list(pool.map(batch, range(8)))
                durations[workers].append(time.perf_counter() - start)
    one, two = min(durations[1]), min(durations[2])
    console.print(
        f"process pool: {3200 / one:,.0f} stories a second with one process, {3200 / two:,.0f} with two: {one / two:.2f}× "
        f"(target 1.7×; load average of the minute {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)"
    )


def print_imports() -> None:
    """Print the time of the import, and the large packages that it loads."""
    code = (
        "import sys, time; start = time.perf_counter(); import summarizers; took = time.perf_counter() - start; "
        "print(f'{took * 1e3:.0f}', [m for m in ('numpy', 'scipy', 'sklearn', 'sumy') if m in sys.modules])"
    )
    with_summary = "import time; start = time.perf_counter(); from summarizers import summarise; summarise('One. Two. Three. Four.'); print(f'{(time.perf_counter() - start) * 1e3:.0f}')"
    runs = [run(code).split(maxsplit=1) for _ in range(5)]
    total = min(int(run(with_summary)) for _ in range(5))
    packages = runs[0][1].strip()
    console.print(
        f"import summarizers: {min(int(duration) for duration, _ in runs)} ms (target under 150), imports "
        f"{'none of numpy, scipy, sklearn, sumy' if packages == '[]' else packages}; with a first summary: {total} ms"
    )


def run(code: str) -> str:
    """Return the output of a new interpreter."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Print all tables, or one engine's growth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--grow", choices=(*ENGINES, PEER), help="only this engine's growth, as JSON")
    arguments = parser.parse_args()
    if arguments.grow:
        measure_growth(arguments.grow)
        return
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("sumy", "numpy"))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    console.print(
        f"Python {platform.python_version()}, {versions}; load average before: {load} on {os.cpu_count()} cores\n"
    )
    print_ratios()
    print_throughput()
    print_imports()
    print_scaling()
    print_growth()


if __name__ == "__main__":
    main()
