"""How much does each feature of a sentence say about its place in a summary?

Fits the weights in ../ranker.json on rows `{"text", "references", "source"}` of news with summaries written by
people (`--data`, a JSONL file; no text of it goes into the weights' file). The target of a sentence is what it
adds to the ROUGE-1 and -2 of a summary, averaged over the two-sentence summaries that it could join, drawn from
the story's first four sentences and weighted towards its beginning; centred within the story, so that the model
learns which sentence of a story to take and not which stories are easy. Ridge regression, closed form.

Before the fit on all rows, two honest checks are printed: five-fold cross-validation over rows, and training on
all sources but one with that one held out; each as points of ROUGE (mean of 1, 2 and 1 again, which stands for
Lsum) ahead of the first three sentences.

    python -m summarizers.data.build.newsrank_train --data dev.jsonl --write
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from nltk.stem.porter import PorterStemmer
from numpy.typing import NDArray
from rouge_score import tokenize

from summarizers.engines.newsrank import FEATURES, describe, greedy
from summarizers.text import sentences as split_sentences

Floats = NDArray[np.float64]
TABLE = Path(__file__).parents[1] / "ranker.json"
FOLDS = 5
PENALTY = 600.0
STEMMER = PorterStemmer()


@dataclass
class Row:
    """A story with its sentences described and what each would add."""

    source: str
    sentences: list[str]
    vocabularies: list[set[str]]
    features: Floats
    grams: list[tuple[Counter[str], Counter[tuple[str, str]], int]]
    references: list[tuple[Counter[str], Counter[tuple[str, str]], int]]
    gains: Floats

    def rouge(self, chosen: Sequence[int]) -> float:
        """Two parts ROUGE-1, one part ROUGE-2 (F, mean over references), in points."""
        words, pairs, size = Counter[str](), Counter[tuple[str, str]](), 0
        for at in chosen:
            words.update(self.grams[at][0])
            pairs.update(self.grams[at][1])
            size += self.grams[at][2]
        total = 0.0
        for reference_words, reference_pairs, length in self.references:
            one = 2 * (words & reference_words).total() / max(1, size + length)
            two = 2 * (pairs & reference_pairs).total() / max(1, size - len(chosen) + length - 1)
            total += (2 * one + two) / 3
        return 100 * total / len(self.references)


def grams(text: str) -> tuple[Counter[str], Counter[tuple[str, str]], int]:
    """Stems, neighbouring pairs and length of a text, as rouge_score counts."""
    words = tokenize.tokenize(text, STEMMER)
    return Counter(words), Counter(pairwise(words)), len(words)


def family(source: str) -> str:
    """A short name for where a row is from."""
    for part, name in (
        ("Tiiiger", "writers"),
        ("SummEval", "summeval"),
        ("REALSumm", "realsumm"),
        ("Newsroom", "newsroom"),
    ):
        if part in source:
            return name
    return "other"


def read(path: Path) -> list[Row]:
    """The rows with three sentences or more whose references are abstracts of a few sentences."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        source = family(entry["source"])
        sentences = split_sentences(entry["text"], "en")
        if source == "other" or len(sentences) < 4:
            continue
        rows, vocabularies = describe(sentences, "en")
        # SummEval's first reference is the publisher's own, the others are crowd workers' short paraphrases
        references = entry["references"][:1] if source == "summeval" else entry["references"]
        row = Row(
            source, sentences, vocabularies, np.array(rows), [grams(s) for s in sentences],
            [grams(text) for text in references], np.zeros(len(sentences)),
        )  # fmt: skip
        row.gains = gains(row)
        found.append(row)
    return found


def gains(row: Row) -> Floats:
    """What each sentence adds, in points times three (a summary's scale), centred within the story."""
    contexts = list(combinations(range(min(4, len(row.sentences))), 2))
    before = {context: row.rouge(context) for context in contexts}
    values = np.zeros(len(row.sentences))
    for at in range(len(row.sentences)):
        weighed = [(1 / (1 + sum(c)), row.rouge([*c, at]) - before[c]) for c in contexts if at not in c]
        values[at] = sum(w * v for w, v in weighed) / sum(w for w, _ in weighed)
    return np.asarray(3 * (values - values.mean()))


def fit(rows: Sequence[Row]) -> Floats:
    """Ridge over standardised features; each story weighs as the root of its length."""
    features = np.vstack([row.features for row in rows])
    target = np.concatenate([row.gains for row in rows])
    weight = np.concatenate([np.full(len(row.gains), len(row.gains) ** -0.5) for row in rows])
    mean, spread = features.mean(0), features.std(0) + 1e-9
    standard = (features - mean) / spread
    centred = target - np.average(target, weights=weight)
    gram = standard.T @ (standard * weight[:, None]) + PENALTY * np.eye(features.shape[1])
    return np.asarray(np.linalg.solve(gram, standard.T @ (weight * centred)) / spread)


def ahead_of_lead(
    rows: Sequence[Row], weights: Floats, choose: Callable[..., list[int]] = greedy
) -> dict[str, list[float]]:
    """Points ahead of the first three sentences, for each row, by source."""
    result: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        chosen = choose(row.sentences, row.vocabularies, (row.features @ weights).tolist(), 3, "en")
        result[row.source].append(row.rouge(chosen) - row.rouge([0, 1, 2]))
    return result


def show(title: str, result: dict[str, list[float]], repeats: int = 1) -> None:
    """Print means with their standard errors; repeated scores of a row are no further evidence."""
    parts = [f"{k} {np.mean(v):+.2f}±{np.std(v) / (len(v) / repeats) ** 0.5:.2f}" for k, v in sorted(result.items())]
    print(f"{title:24}", "  ".join(parts))


def main() -> None:
    """Check, fit, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = read(arguments.data)
    together: dict[str, list[float]] = defaultdict(list)
    for seed in range(4):
        fold = np.random.default_rng(seed).integers(0, FOLDS, len(rows))
        for number in range(FOLDS):
            weights = fit([row for row, at in zip(rows, fold, strict=True) if at != number])
            for source, values in ahead_of_lead(
                [r for r, at in zip(rows, fold, strict=True) if at == number], weights
            ).items():
                together[source] += values
    show("rows held out", together, repeats=4)
    apart: dict[str, list[float]] = {}
    for source in sorted({row.source for row in rows}):
        weights = fit([row for row in rows if row.source != source])
        apart.update(ahead_of_lead([row for row in rows if row.source == source], weights))
    show("sources held out", apart)
    weights = fit(rows)
    show("fitted on all", ahead_of_lead(rows, weights))
    table = {
        "source": "fitted by summarizers/data/build/newsrank_train.py; points that a feature is worth",
        "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)},
    }
    if arguments.write:
        TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    else:
        print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
