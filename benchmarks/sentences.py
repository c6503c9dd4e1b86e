"""Are our sentences better and faster than those of sentencex, blingfire, pysbd and syntok?

The rows of tests/summarizers/golden/: parts of one row are divided by ‖. `dev` is what the rules were tried on,
`held`, `fresh` and, after what `fresh` taught, `after` were written later. Run: python benchmarks/sentences.py
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


def rows(part: str) -> list[tuple[str, str, list[str]]]:
    """(language, text, sentences) of a part; a text with a blank inside the row's last part keeps it."""
    found = []
    path = GOLDEN / f"sentences.{part}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        language, _, body = line.partition("|")
        parts = body.split("‖")
        found.append((language, ("" if language in {"zh", "ja"} else " ").join(parts), parts))
    return found


def peers() -> dict[str, Splitter | str]:
    """The splitters by name; a word instead where one isn't installed."""
    found: dict[str, Splitter | str] = {
        "gazette": sentences.sentences,
        "gazette, language unknown": lambda t, _: sentences.sentences(t),
    }
    try:
        import sentencex

        found["sentencex"] = lambda t, language: list(sentencex.segment(language, t))
    except ImportError:
        found["sentencex"] = "not installed"
    try:
        import blingfire

        found["blingfire"] = lambda t, _: blingfire.text_to_sentences(t).split("\n")
    except ImportError:
        found["blingfire"] = "not installed"
    try:
        import pysbd

        known = {code: pysbd.Segmenter(language=code, clean=False) for code in pysbd.languages.LANGUAGE_CODES}
        found["pysbd"] = lambda t, language: known.get(language, known["en"]).segment(t)
    except ImportError:
        found["pysbd"] = "not installed"
    try:
        from syntok import segmenter

        found["syntok"] = lambda t, _: [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in segmenter.process(t)
            for sentence in paragraph
        ]
    except ImportError:
        found["syntok"] = "not installed"
    return found


def borders(parts: list[str]) -> set[int]:
    """Inner borders, counted in characters that are no blank."""
    return set(list(accumulate(len(re.sub(r"\s", "", part)) for part in parts))[:-1])


def measure(splitter: Splitter, golden: list[tuple[str, str, list[str]]]) -> tuple[float, float, float]:
    """Share of rows that are exactly right, F1 of the borders, seconds of the processor (the least of three runs)."""
    took = float("inf")
    for _ in range(3):
        began = time.process_time()
        answers = [splitter(body, language) for language, body, _ in golden]
        took = min(took, time.process_time() - began)
    right = hits = given = wanted = 0
    for (_, _, parts), answer in zip(golden, answers, strict=True):
        ours, theirs = borders([piece for piece in answer if piece.strip()]), borders(parts)
        right += ours == theirs
        hits, given, wanted = hits + len(ours & theirs), given + len(ours), wanted + len(theirs)
    return right / len(golden), 2 * hits / max(1, given + wanted), took


def main() -> None:
    """Print a table for each part and draw the shares to build/."""
    console = Console()
    shares: dict[str, float] = {}
    for part in ("dev", "held", "fresh", "after"):
        golden = rows(part)
        if not golden:
            console.print(f"{part}: no rows")
            continue
        table = Table("splitter", "rows right", "F1", "time against ours", title=f"{part}: {len(golden)} rows")
        ours = 0.0
        for name, splitter in peers().items():
            if isinstance(splitter, str):
                table.add_row(name, splitter)
                continue
            measure(splitter, golden[:20])
            exact, f1, took = measure(splitter, golden)
            ours = ours or took
            shares[f"{name} ({part})"] = exact
            table.add_row(name, f"{exact:.1%}", f"{f1:.3f}", f"{took / ours:.1f}×")
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
