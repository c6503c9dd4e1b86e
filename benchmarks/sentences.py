"""Quality and speed of sentence splitting beside sentencex, blingfire, pysbd and syntok.

Rows: tests/summarizers/golden/, sentences of a row separated by ‖. The rules were developed on `dev`; `held` and
`fresh` were written later, and `after` once `fresh` had been used to fix errors.

    python -m benchmarks.sentences
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import matplotlib as mpl
from rich.console import Console
from rich.table import Table

from summarizers.text import sentences

GOLDEN = Path(__file__).parents[1] / "tests" / "summarizers" / "golden"
Splitter = Callable[[str, str], list[str]]


def read_rows(part: str) -> list[tuple[str, str, list[str]]]:
    """Read the rows of a part as (language, text, sentences)."""
    rows = []
    path = GOLDEN / f"sentences.{part}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        language, _, body = line.partition("|")
        parts = body.split("‖")
        rows.append((language, ("" if language in {"zh", "ja"} else " ").join(parts), parts))
    return rows


def splitters() -> dict[str, Splitter | str]:
    """Return the splitters by name; "not installed" instead of one that isn't."""
    splitters: dict[str, Splitter | str] = {
        "gazette": sentences.sentences,
        "gazette, language unknown": lambda t, _: sentences.sentences(t),
    }
    try:
        import sentencex

        splitters["sentencex"] = lambda t, language: list(sentencex.segment(language, t))
    except ImportError:
        splitters["sentencex"] = "not installed"
    try:
        import blingfire

        splitters["blingfire"] = lambda t, _: blingfire.text_to_sentences(t).split("\n")
    except ImportError:
        splitters["blingfire"] = "not installed"
    try:
        import pysbd

        segmenters = {code: pysbd.Segmenter(language=code, clean=False) for code in pysbd.languages.LANGUAGE_CODES}
        splitters["pysbd"] = lambda t, language: segmenters.get(language, segmenters["en"]).segment(t)
    except ImportError:
        splitters["pysbd"] = "not installed"
    try:
        from syntok import segmenter

        splitters["syntok"] = lambda t, _: [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in segmenter.process(t)
            for sentence in paragraph
        ]
    except ImportError:
        splitters["syntok"] = "not installed"
    return splitters


def boundaries(parts: list[str]) -> set[int]:
    """Return inner boundaries, counted in characters that are no blank."""
    return set(list(accumulate(len(re.sub(r"\s", "", part)) for part in parts))[:-1])


def measure(splitter: Splitter, golden: list[tuple[str, str, list[str]]]) -> tuple[float, float, float]:
    """Return the share of rows exactly right, boundary F1, and the least seconds of three runs."""
    seconds = float("inf")
    for _ in range(3):
        began = time.process_time()
        answers = [splitter(body, language) for language, body, _ in golden]
        seconds = min(seconds, time.process_time() - began)
    right = hits = given = expected = 0
    for (_, _, parts), answer in zip(golden, answers, strict=True):
        ours, gold = boundaries([piece for piece in answer if piece.strip()]), boundaries(parts)
        right += ours == gold
        hits, given, expected = hits + len(ours & gold), given + len(ours), expected + len(gold)
    return right / len(golden), 2 * hits / max(1, given + expected), seconds


def main() -> None:
    """Print a table for each part and draw the shares to build/."""
    console = Console()
    shares: dict[str, float] = {}
    for part in ("dev", "held", "fresh", "after"):
        golden = read_rows(part)
        if not golden:
            console.print(f"{part}: no rows")
            continue
        table = Table("splitter", "rows right", "F1", "time against ours", title=f"{part}: {len(golden)} rows")
        our_seconds = 0.0
        for name, splitter in splitters().items():
            if isinstance(splitter, str):
                table.add_row(name, splitter)
                continue
            measure(splitter, golden[:20])
            exact, f1, seconds = measure(splitter, golden)
            our_seconds = our_seconds or seconds
            shares[f"{name} ({part})"] = exact
            table.add_row(name, f"{exact:.1%}", f"{f1:.3f}", f"{seconds / our_seconds:.1f}×")
        console.print(table)
    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 4), layout="constrained")
    axes.barh(list(shares)[::-1], list(shares.values())[::-1])
    axes.set_xlabel("rows exactly right")
    Path("build").mkdir(exist_ok=True)
    figure.savefig("build/sentences.png", dpi=120)


if __name__ == "__main__":
    main()
