"""How fast are the summaries, as ratios against sumy's LexRank in the same run, and what do they cost to grow?

    python -m benchmarks.speed_summaries

sumy gets its best case: sentences are split and words tokenized and stemmed before the clock starts. Ours is timed as it
is used, with its own tokenizing; `summarise` with splitting as well. Stories are made from a seeded vocabulary with a
news-like spread of word frequencies, so that every machine times the same texts, and in the lines about stories a second
each story is a new one; the development rows, where they are, are timed besides. Times are of the processor, since other
programs make the clock's longer; the process pool alone is timed by the clock, and needs a machine that does nothing
else. Each engine grows in a process of its own, whose memory is looked at. Draws docs/images/speed.svg.
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
PEER = "sumy's LexRank"
PATIENCE = 5.0  # seconds of a size after which no larger one is tried

console = Console()


def story(count: int, seed: int = 1) -> list[str]:
    """A story of that many sentences."""
    chance = random.Random(seed)
    letters = "aeioubcdfglmnprstv"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(6000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(6000)))
    common = ["the", "of", "to", "in", "and", "a", "said", "on", "for", "was"]
    made = []
    for _ in range(count):
        words = [
            chance.choice(common) if chance.random() < 0.45 else chance.choices(vocabulary, cum_weights=weights)[0]
            for _ in range(chance.randint(12, 34))
        ]
        made.append(" ".join(words).capitalize() + ".")
    return made


class Cached:
    """A tokenizer that has done its work before it is asked."""

    def __init__(self) -> None:
        self.words: dict[str, tuple[str, ...]] = {}

    def to_words(self, text: str) -> tuple[str, ...]:
        """The words of a sentence, stemmed."""
        if text not in self.words:
            self.words[text] = tuple(prefix_stems(text))
        return self.words[text]


def sumy_lexrank(body: Sequence[str]) -> Callable[[], object]:
    """sumy's LexRank at work on a document that is read already."""
    tokenizer = Cached()
    document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in body])])
    for sentence in document.sentences:
        _ = sentence.words
    engine = LexRankSummarizer()
    engine.stop_words = stopword_prefixes("en")
    return lambda: engine(document, 3)


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ratios() -> None:
    """Both on the same stories in turns, the least time of each."""
    table = Table(title=f"newsrank against {PEER}, whose words are tokenized and stemmed beforehand")
    for head in ("sentences", "stories", "sumy ms", "newsrank ms", "ratio", "target"):
        table.add_column(head, justify="right")
    rows = [
        (str(size), [story(size, seed) for seed in range(1, stories + 1)], repeats, f"{wanted}×")
        for size, stories, repeats, wanted in ((25, 8, 12, 10), (100, 4, 5, 10), (1000, 1, 1, 30))
    ]
    written = written_stories()
    if written:
        rows.append(("23-27, real", written, 8, ""))
    for size, bodies, repeats, wanted in rows:
        theirs = ours = 0.0
        for body in bodies:
            peer = sumy_lexrank(body)
            pairs = [(seconds(peer), min(seconds(partial(chosen, body)) for _ in range(4))) for _ in range(repeats)]
            theirs += min(pair[0] for pair in pairs) / len(bodies)
            ours += min(pair[1] for pair in pairs) / len(bodies)
        table.add_row(
            size, str(len(bodies)), f"{theirs * 1e3:.2f}", f"{ours * 1e3:.3f}", f"{theirs / ours:.1f}×", wanted
        )
    console.print(table)
    if not written:
        console.print(f"real stories: skipped, since there is no {SHARED}")


def written_stories() -> list[list[str]]:
    """The development rows of 23 to 27 sentences, where they are: names, figures and quotes cost us more than sumy."""
    if not SHARED.exists():
        return []
    texts = (json.loads(line)["text"] for line in SHARED.read_text("utf-8").splitlines())
    return [body for body in (sentences(text, "en") for text in texts) if 23 <= len(body) <= 27]


def chosen(body: Sequence[str]) -> list[int]:
    """newsrank's choice of three."""
    return ENGINES["newsrank"].select(body, 3, language="en")


def throughput() -> None:
    """Stories a second on one core, each of them new."""
    works: list[tuple[str, Callable[[str], object], str]] = [
        ("summarise(), language given", lambda text: summarise(text, language="en"), "1,000"),
        ("summarise(), language found", summarise, ""),
        ("analyse(), everything", analyse, ""),
    ]
    table = Table(title="stories of 25 sentences a second, one core")
    for head in ("what", "a second", "target"):
        table.add_column(head, justify="left" if head == "what" else "right")
    for number, (label, work, wanted) in enumerate(works):
        texts = [" ".join(story(25, 1000 * (number + 1) + seed)) for seed in range(420)]
        for text in texts[:20]:
            work(text)
        # three parts, so that a moment in which the machine is busy doesn't tell
        took = min(seconds(partial(each, work, part)) for part in parts_of(texts[20:]))
        table.add_row(label, f"{100 / took:,.0f}", wanted)
    console.print(table)


def each(work: Callable[[str], object], texts: Sequence[str]) -> None:
    """Work on every text."""
    for text in texts:
        work(text)


def parts_of(texts: list[str]) -> list[list[str]]:
    """A hundred at a time."""
    return [texts[at : at + 100] for at in range(0, len(texts), 100)]


def growth() -> None:
    """Every engine up to 5,000 sentences, as a table and as a picture."""
    table = Table(
        title="seconds by number of sentences, for summaries of three; MB the process has grown by at the end"
    )
    for head in ("engine", *(f"{size:,}" for size in SIZES), "MB"):
        table.add_column(head, justify="left" if head == "engine" else "right")
    curves: dict[str, list[float]] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        grown = list(pool.map(grown_apart, (*ENGINES, PEER)))
    for name, found in zip((*ENGINES, PEER), grown, strict=True):
        curves[name] = found["seconds"]
        cells = [f"{value:.4f}" if value < 0.1 else f"{value:.2f}" for value in curves[name]]
        grown_by = found["megabytes"]
        memory = "–" if grown_by is None else f"{grown_by:.0f}" if grown_by >= 10 else f"{grown_by:.1f}"
        table.add_row(name, *cells, *["–"] * (len(SIZES) - len(cells)), memory)
    console.print(table)
    picture(curves)


def grown_apart(name: str) -> dict[str, Any]:
    """What `grow` prints, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed_summaries", "--grow", name]
    alone = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=alone)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def grow(name: str) -> None:
    """Print an engine's seconds by size and the memory it took: the work of a process of its own."""
    bodies = [story(size) for size in SIZES]

    def work(body: list[str]) -> Callable[[], object]:
        return sumy_lexrank(body) if name == PEER else lambda: ENGINES[name].select(body, 3, language="en")

    work(bodies[0])()  # imports and tables
    before = peak_from_now()
    curve: list[float] = []
    for body in bodies:
        if curve and curve[-1] > PATIENCE:
            break
        once = work(body)
        curve.append(min(seconds(once) for _ in range(5 if len(body) < 200 else 1)))
    after = peak()
    megabytes = None if before is None or after is None else (after - before) / 1024
    print(json.dumps({"seconds": curve, "megabytes": megabytes}))


def peak() -> int | None:
    """Kilobytes that the process had in memory at most; None where the system doesn't tell.

    Not `ru_maxrss`, which on Linux begins with the size of the parent from which a process was forked.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii", errors="replace")
    except OSError:
        return None
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), None)


def peak_from_now() -> int | None:
    """Begin the peak anew with what is in memory now, where the system allows it; returns it."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return peak()  # what the imports took for a moment hides as much of the growth
    return peak()


def picture(curves: dict[str, list[float]]) -> None:
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
    return tuple(" ".join(story(25, seed)) for seed in range(100))


def batch(_: int) -> int:
    """The work of a process of the pool: 400 summaries."""
    return sum(len(summarise(text, language="en")) for text in _texts() * 4)


def scaling() -> None:
    """Two processes against one, by the clock, in turns; the best of each."""
    took: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for workers in took:
            with ProcessPoolExecutor(workers) as pool:
                list(pool.map(batch, range(2 * workers)))  # warm: imports and tables
                start = time.perf_counter()
                list(pool.map(batch, range(8)))
                took[workers].append(time.perf_counter() - start)
    one, two = min(took[1]), min(took[2])
    console.print(
        f"process pool: {3200 / one:,.0f} stories a second with one process, {3200 / two:,.0f} with two: {one / two:.2f}× "
        f"(target 1.7×; load average of the minute {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)"
    )


def imports() -> None:
    """How long the import takes, and what it brings along."""
    code = (
        "import sys, time; start = time.perf_counter(); import summarizers; took = time.perf_counter() - start; "
        "print(f'{took * 1e3:.0f}', [m for m in ('numpy', 'scipy', 'sklearn', 'sumy') if m in sys.modules])"
    )
    first = "import time; start = time.perf_counter(); from summarizers import summarise; summarise('One. Two. Three. Four.'); print(f'{(time.perf_counter() - start) * 1e3:.0f}')"
    found = [run(code).split(maxsplit=1) for _ in range(5)]
    whole = min(int(run(first)) for _ in range(5))
    brought = found[0][1].strip()
    console.print(
        f"import summarizers: {min(int(took) for took, _ in found)} ms (target under 150), imports "
        f"{'none of numpy, scipy, sklearn, sumy' if brought == '[]' else brought}; with a first summary: {whole} ms"
    )


def run(code: str) -> str:
    """What a new interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Measure everything, or grow one engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--grow", choices=(*ENGINES, PEER), help="only this engine's growth, as JSON")
    arguments = parser.parse_args()
    if arguments.grow:
        grow(arguments.grow)
        return
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("sumy", "numpy"))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    console.print(
        f"Python {platform.python_version()}, {versions}; load average before: {load} on {os.cpu_count()} cores\n"
    )
    ratios()
    throughput()
    imports()
    scaling()
    growth()


if __name__ == "__main__":
    main()
