"""Quality of topic labels beside counted keywords and a model trained on the rows.

On the labelled development rows, one label each, whole and cut after 60 and 30 words: the best topic counts (macro-F1
over the labels that occur). Peers:

* words alone: ours where the encoder of the `meaning` extra is not installed;
* keywords: our vocabulary's entries, counted; the topic with most hits;
* TF-IDF with logistic regression, trained on these very rows, in five folds that keep an event's rows together: it
  knows the rows' sources, which ours never saw, and answers with their nine labels, where ours has all 17.

Also the calibration of scores, the project's own stories of all 17 topics, other languages, and time.

    python -m benchmarks.quality_topics
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
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

from summarizers.labels.topic_names import TOPICS
from summarizers.labels.topics import TOPIC_LANGUAGES, TermReader, topics
from summarizers.text.embeddings import OFF_VARIABLE
from training.topics import fit, read_stories, vocabulary

ROOT = Path(__file__).parents[1]
SHARED = ROOT / ".." / "shared" / "data" / "topics" / "dev.jsonl"
STORIES = ROOT / "tests" / "stories"

Row = dict[str, str]
LabelScores = dict[str, tuple[float, float, float, int]]


def read_rows(path: Path) -> list[Row]:
    """Read a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def label_scores(truth: Sequence[str], answers: Sequence[str]) -> LabelScores:
    """Return precision, recall, F1 and rows of each label that occurs in the truth."""
    right = Counter(a for a, b in zip(truth, answers, strict=True) if a == b)
    answered, actual = Counter(answers), Counter(truth)
    return {
        label: (
            right[label] / answered[label] if answered[label] else 0.0,
            right[label] / count,
            2 * right[label] / (answered[label] + count),
            count,
        )
        for label, count in sorted(actual.items())
    }


def macro_f1(truth: Sequence[str], answers: Sequence[str]) -> float:
    """Return the mean F1 of the labels that occur in the truth."""
    return statistics.fmean(f1 for _, _, f1, _ in label_scores(truth, answers).values())


def best_topic(text: str) -> str:
    """Return our best topic."""
    return topics(text, "en")[0].slug


def first_words(text: str, number: int | None) -> str:
    """Return the first so many words of a text; the whole text for None."""
    return text if number is None else " ".join(text.split()[:number])


def best_topics_by_words(texts: Sequence[str]) -> list[str]:
    """Return our best topics in a process of its own without the encoder."""
    code = (
        "import json, sys\n"
        "from summarizers.labels.topics import topics\n"
        "print(json.dumps([topics(text, 'en')[0].slug for text in json.load(sys.stdin)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(list(texts)), env=os.environ | {OFF_VARIABLE: "off"}, cwd=ROOT,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    answers: list[str] = json.loads(done.stdout)
    return answers


def keywords() -> Callable[[str], str]:
    """Return a classifier that answers the topic with the most entries of the vocabulary."""
    entries = vocabulary("en")
    reader = TermReader(entries, "en")
    entry_topics = [{topic for topic, points in enumerate(row) if points} for row in entries.values()]

    def answer(text: str) -> str:
        hits = Counter(topic for index in reader.read(text)[0] for topic in entry_topics[index])
        return TOPICS[max(range(len(TOPICS)), key=lambda topic: hits[topic])]

    return answer


def cross_validate_tfidf(rows: Sequence[Row]) -> list[str]:
    """Return each row's label by a model fitted to the other four fifths.

    ECB+ has many reports of the same few events (`ecb-19_7ecb`: event 19); a fold that split them would measure
    memory.
    """
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english"), LogisticRegression(max_iter=1000)
    )
    groups = [row["id"].split("_")[0] for row in rows]
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=7)
    texts, labels = [row["text"] for row in rows], [row["topic"] for row in rows]
    return [str(label) for label in cross_val_predict(model, texts, labels, cv=folds, groups=groups)]


def measure() -> list[dict[str, object]]:
    """Return macro-F1 and accuracy of each method on the development rows; [] without them."""
    if not SHARED.exists():
        return []
    rows = read_rows(SHARED)
    truth = [row["topic"] for row in rows]
    count = keywords()
    methods: dict[str, Callable[[Sequence[str]], list[str]]] = {
        "gazette": lambda texts: [best_topic(text) for text in texts],
        "gazette, by words alone": best_topics_by_words,
        "keywords, counted": lambda texts: [count(text) for text in texts],
    }
    cut = {f"{number} words": [first_words(row["text"], number) for row in rows] for number in (60, 30)}
    answers = {name: answer([row["text"] for row in rows]) for name, answer in methods.items()}
    answers["TF-IDF + LR, trained on these rows"] = cross_validate_tfidf(rows)
    return [
        {
            "engine": name,
            "macro-F1": macro_f1(truth, labels),
            "right": statistics.fmean(a == b for a, b in zip(truth, labels, strict=True)),
            "by topic": label_scores(truth, labels),
            **{
                length: macro_f1(truth, methods[name](texts)) if name in methods else None
                for length, texts in cut.items()
            },
            **{
                source: macro_f1(*zip(*((a, b) for a, b, row in zip(truth, labels, rows, strict=True)
                                     if row["source"] == source), strict=True))
                for source in sorted({row["source"] for row in rows})
            },
        }
        for name, labels in answers.items()
    ]  # fmt: skip


def reliability(rows: Sequence[Row]) -> Table:
    """Tabulate how many topics with a score in a range are the row's label."""
    by_band: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    bounds = (0.1, 0.25, 0.5, 0.7, 0.85, 0.95, 1.01)
    for row in rows:
        for topic in topics(row["text"], "en"):
            band = next((index for index, bound in enumerate(bounds) if topic.score < bound), len(bounds) - 1)
            by_band[band].append((topic.score, topic.slug == row["topic"]))
    table = Table(title="how often a topic with such a score is the label (rows have one, stories may have two)")
    for head in ("score", "topics", "mean score", "right"):
        table.add_column(head, justify="right")
    for band, scored in sorted(by_band.items()):
        low = (0.05, *bounds)[band]
        right = statistics.fmean(hit for _, hit in scored)
        mean = statistics.fmean(score for score, _ in scored)
        table.add_row(f"{low:.2f} … {min(bounds[band], 1):.2f}", str(len(scored)), f"{mean:.2f}", f"{right:.2f}")
    return table


def print_own_stories(console: Console) -> None:
    """Print the results on the project's own stories.

    Test stories, and training stories with their fold held out.
    """
    table = Table(title="own stories, 10 a topic, none of them in training: best topic right")
    table.add_column("topic")
    table.add_column("right", justify="right")
    table.add_column("training stories", justify="right")
    table.add_column("right when held out", justify="right")
    rows = read_rows(STORIES / "stories.jsonl")
    training_stories = read_stories()
    recognised = held_out()
    for topic, slug in enumerate(TOPICS):
        tests = [row for row in rows if row["topic"] == slug]
        stories = [number for number, story in enumerate(training_stories) if story.topics[0] == topic]
        table.add_row(
            slug, f"{sum(best_topic(row['text']) == slug for row in tests)} of {len(tests)}",
            str(len(stories)), f"{statistics.fmean(recognised[number] for number in stories):.2f}",
        )  # fmt: skip
    console.print(table)
    table = Table(title="own short stories in other languages, 17 each (by the author of the vocabularies)")
    table.add_column("language")
    table.add_column("right", justify="right")
    others = read_rows(STORIES / "languages.jsonl")
    for language in TOPIC_LANGUAGES[1:]:
        tests = [row for row in others if row["language"] == language]
        right = sum(topics(row["text"], language)[0].slug == row["topic"] for row in tests)
        table.add_row(language, f"{right} of {len(tests)}")
    console.print(table)


def held_out(folds: int = 5) -> list[bool]:
    """Return whether each training story is recognised by a model that did not see it."""
    stories = read_stories()
    right = [False] * len(stories)
    for fold in range(folds):
        model = fit([story for number, story in enumerate(stories) if number % folds != fold])
        asked = [number for number in range(len(stories)) if number % folds == fold]
        best = model.logits([stories[number].text for number in asked]).argmax(1)
        for number, topic in zip(asked, best.tolist(), strict=True):
            right[number] = topic in stories[number].topics
    return right


def measure_time(rows: Sequence[Row]) -> str:
    """Return the processor time of a story of usual length, as a sentence."""
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
    """Print the tables."""
    console = Console()
    if SHARED.exists():
        methods = measure()
        table = Table(title="labelled development rows (526), the best topic")
        sources = [key for key in methods[0] if key not in {"engine", "macro-F1", "right", "by topic"}]
        for head in ("", "macro-F1", "right", *sources):
            table.add_column(head, justify="left" if not head else "right")
        for row in methods:
            table.add_row(
                str(row["engine"]),
                *("–" if row[key] is None else f"{row[key]:.3f}" for key in ("macro-F1", "right", *sources)),
            )
        console.print(table)
        table = Table(title="by topic: F1 (for gazette also precision and recall)")
        for head in ("topic", "rows", "precision", "recall", "gazette", *(str(row["engine"]) for row in methods[1:])):
            table.add_column(head, justify="left" if head == "topic" else "right")
        tables = [cast("LabelScores", row["by topic"]) for row in methods]
        for slug, (precision, recall, f1, count) in tables[0].items():
            others = (f"{each[slug][2]:.2f}" for each in tables[1:])
            table.add_row(slug, str(count), f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}", *others)
        console.print(table)
        console.print(reliability(read_rows(SHARED)))
    else:
        console.print("labelled development rows: skipped, ../shared/data/topics/dev.jsonl is not there")
    print_own_stories(console)
    console.print(
        measure_time(read_rows(SHARED)) if SHARED.exists() else "time: skipped, it is measured on the development rows"
    )


if __name__ == "__main__":
    main()
