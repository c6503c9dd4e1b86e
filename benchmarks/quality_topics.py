"""How good are the topics, beside counting words and beside a model trained on the measured rows themselves?

On the labelled development rows, one label each: the best topic counts (macro-F1 over the labels that occur). Peers:

* keywords: our vocabulary's entries, counted; the topic with most hits;
* TF-IDF with logistic regression, trained on these very rows, in five folds that keep an event's rows together: it
  knows the rows' sources, which ours never saw, and answers with their nine labels, where ours has all 17.

Also how well scores keep their word, the project's own stories of all 17 topics, other languages, and time.

    python -m benchmarks.quality_topics
"""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from summarizers.labels.topics import TOPIC_LANGUAGES, TOPICS, TermReader, topics
from training.topics import fit, lessons, vocabulary

ROOT = Path(__file__).parents[1]
SHARED = ROOT / ".." / "shared" / "data" / "topics" / "dev.jsonl"
STORIES = ROOT / "tests" / "stories"

Row = dict[str, str]
Scores = dict[str, tuple[float, float, float, int]]


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def scores(truth: Sequence[str], told: Sequence[str]) -> Scores:
    """Precision, recall, F1 and rows of each label that occurs in the truth."""
    right = Counter(a for a, b in zip(truth, told, strict=True) if a == b)
    said, true = Counter(told), Counter(truth)
    return {
        label: (
            right[label] / said[label] if said[label] else 0.0,
            right[label] / count,
            2 * right[label] / (said[label] + count),
            count,
        )
        for label, count in sorted(true.items())
    }


def macro(truth: Sequence[str], told: Sequence[str]) -> float:
    return statistics.fmean(f1 for _, _, f1, _ in scores(truth, told).values())


def ours(text: str) -> str:
    return topics(text, "en")[0].slug


def keywords() -> Callable[[str], str]:
    """The topic whose entries are hit most, all entries alike."""
    listed = vocabulary("en")
    reader = TermReader(listed, "en")
    rows = [{at for at, points in enumerate(row) if points} for row in listed.values()]

    def answer(text: str) -> str:
        hits = Counter(topic for position in reader.read(text)[0] for topic in rows[position])
        return TOPICS[max(range(len(TOPICS)), key=lambda at: hits[at])]

    return answer


def trained(rows: Sequence[Row]) -> list[str]:
    """What a model fitted to four fifths of the rows says of the last fifth.

    ECB+ tells the same few events many times (`ecb-19_7ecb`: event 19); a fold that split them would measure memory.
    """
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english"), LogisticRegression(max_iter=1000)
    )
    groups = [row["id"].split("_")[0] for row in rows]
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=7)
    texts, labels = [row["text"] for row in rows], [row["topic"] for row in rows]
    return [str(label) for label in cross_val_predict(model, texts, labels, cv=folds, groups=groups)]


def table() -> list[dict[str, object]]:
    """Macro-F1 and accuracy of each way on the development rows; [] where they aren't there."""
    if not SHARED.exists():
        return []
    rows = read(SHARED)
    truth = [row["topic"] for row in rows]
    count = keywords()
    answers = {
        "gazette": [ours(row["text"]) for row in rows],
        "keywords, counted": [count(row["text"]) for row in rows],
        "TF-IDF + LR, trained on these rows": trained(rows),
    }
    return [
        {
            "engine": name,
            "macro-F1": macro(truth, told),
            "right": statistics.fmean(a == b for a, b in zip(truth, told, strict=True)),
            "by topic": scores(truth, told),
            **{
                source: macro(*zip(*((a, b) for a, b, row in zip(truth, told, rows, strict=True)
                                     if row["source"] == source), strict=True))
                for source in sorted({row["source"] for row in rows})
            },
        }
        for name, told in answers.items()
    ]  # fmt: skip


def reliability(rows: Sequence[Row]) -> Table:
    """Of all topics with a score in a range, how many are the row's label."""
    kept: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    bounds = (0.1, 0.25, 0.5, 0.7, 0.85, 0.95, 1.01)
    for row in rows:
        for topic in topics(row["text"], "en"):
            band = next((at for at, bound in enumerate(bounds) if topic.score < bound), len(bounds) - 1)
            kept[band].append((topic.score, topic.slug == row["topic"]))
    shown = Table(title="how often a topic with such a score is the label (rows have one, stories may have two)")
    for head in ("score", "topics", "mean score", "right"):
        shown.add_column(head, justify="right")
    for band, found in sorted(kept.items()):
        low = (0.05, *bounds)[band]
        right = statistics.fmean(hit for _, hit in found)
        mean = statistics.fmean(score for score, _ in found)
        shown.add_row(f"{low:.2f} … {min(bounds[band], 1):.2f}", str(len(found)), f"{mean:.2f}", f"{right:.2f}")
    return shown


def own(console: Console) -> None:
    """The project's own stories: those that measure, and those that teach with their fold held out."""
    shown = Table(title="own stories, 10 a topic, none of them in training: best topic right")
    shown.add_column("topic")
    shown.add_column("right", justify="right")
    shown.add_column("training stories", justify="right")
    shown.add_column("right when held out", justify="right")
    rows = read(STORIES / "stories.jsonl")
    taught = lessons()
    held = held_out()
    for at, slug in enumerate(TOPICS):
        mine = [row for row in rows if row["topic"] == slug]
        stories = [n for n, story in enumerate(taught) if story.topics[0] == at]
        shown.add_row(
            slug, f"{sum(ours(row['text']) == slug for row in mine)} of {len(mine)}",
            str(len(stories)), f"{statistics.fmean(held[n] for n in stories):.2f}",
        )  # fmt: skip
    console.print(shown)
    shown = Table(title="own short stories in other languages, 17 each (by the author of the vocabularies)")
    shown.add_column("language")
    shown.add_column("right", justify="right")
    others = read(STORIES / "languages.jsonl")
    for language in TOPIC_LANGUAGES[1:]:
        mine = [row for row in others if row["language"] == language]
        right = sum(topics(row["text"], language)[0].slug == row["topic"] for row in mine)
        shown.add_row(language, f"{right} of {len(mine)}")
    console.print(shown)


def held_out(folds: int = 5) -> list[bool]:
    """Whether each training story is recognised by a model that did not see it."""
    stories = lessons()
    right = [False] * len(stories)
    for fold in range(folds):
        model = fit([story for at, story in enumerate(stories) if at % folds != fold])
        asked = [at for at in range(len(stories)) if at % folds == fold]
        best = model.logits([stories[at].text for at in asked]).argmax(1)
        for at, topic in zip(asked, best.tolist(), strict=True):
            right[at] = topic in stories[at].topics
    return right


def speed(rows: Sequence[Row]) -> str:
    texts = [row["text"] for row in rows if 400 <= len(row["text"].split()) <= 650]
    for text in texts:
        topics(text, "en")
    rounds = []
    for _ in range(5):
        start = time.process_time()
        for text in texts:
            topics(text, "en")
        rounds.append((time.process_time() - start) / len(texts))
    words = statistics.fmean(len(text.split()) for text in texts)
    return f"time: {1000 * min(rounds):.2f} ms a story of {words:.0f} words, after warming up ({len(texts)} stories)"


def main() -> None:
    console = Console()
    if SHARED.exists():
        found = table()
        shown = Table(title="labelled development rows (526), the best topic")
        sources = [key for key in found[0] if key not in {"engine", "macro-F1", "right", "by topic"}]
        for head in ("", "macro-F1", "right", *sources):
            shown.add_column(head, justify="left" if not head else "right")
        for row in found:
            shown.add_row(str(row["engine"]), *(f"{row[key]:.3f}" for key in ("macro-F1", "right", *sources)))
        console.print(shown)
        shown = Table(title="by topic: F1 (for gazette also precision and recall)")
        for head in ("topic", "rows", "precision", "recall", "gazette", *(str(row["engine"]) for row in found[1:])):
            shown.add_column(head, justify="left" if head == "topic" else "right")
        tables = [cast("Scores", row["by topic"]) for row in found]
        for slug, (precision, recall, f1, count) in tables[0].items():
            others = (f"{each[slug][2]:.2f}" for each in tables[1:])
            shown.add_row(slug, str(count), f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}", *others)
        console.print(shown)
        console.print(reliability(read(SHARED)))
    else:
        console.print("labelled development rows: skipped, ../shared/data/topics/dev.jsonl is not there")
    own(console)
    console.print(speed(read(SHARED)) if SHARED.exists() else "time: skipped, it is measured on the development rows")


if __name__ == "__main__":
    main()
