"""Fit the chance that a word is in an editor's summary: summarizers/data/ranker.json.

`--data` is JSONL of rows `{"text", "references", "source"}`: news with summaries written by people. No word of it goes
into the file: the weights are those of a word's positions and counts, and in English of closed classes of words
(data/word_classes.toml). An example is a word of a story for its first, second … occurrence in a summary; its target is the share of the references that have it as often. Logistic regression
with a ridge penalty (Newton's method). A story weighs as its number of words to the power of 0.4, so that long ones
don't decide alone; Newsroom's, some of whose references are lines of a catalogue, count 0.6. SummEval's first
reference, the publisher's own, weighs as much as its ten others together.

Two checks are printed before the fit on all rows: cross-validation over rows, and training on all sources but one
with that one held out; each in points of ROUGE (mean of 1, 2 and 1 again, which stands for Lsum) ahead of the first
three sentences, and as the log loss of a word. Features and classes were chosen by the log loss with a source held out, which
is the nearest to rows that nobody has: a feature stayed only if leaving it out made that worse.

    python -m training.newsrank --data dev.jsonl [--no-check] [--write]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from nltk.stem.porter import PorterStemmer
from numpy.typing import NDArray
from rouge_score import tokenize

from summarizers.summarization.newsrank import SentenceSearch, prior_bonus
from summarizers.summarization.summarize import eligible_positions
from summarizers.summarization.word_model import (
    FEATURES,
    MAX_REPEATS,
    StoryWords,
    WordModel,
    chances_by_definition,
    features,
    read_words,
    word_classes,
)
from summarizers.text.sentences import sentences as split_sentences
from summarizers.text.stems import prefix_stems

Floats = NDArray[np.float64]
Grams = tuple[Counter[str], Counter[tuple[str, str]], int]
TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "ranker.json"
FOLDS = 6
"""Parts of the rows in cross-validation."""

SEEDS = 4
"""Repetitions of the cross-validation with other parts."""

PENALTY = 5.0
"""Ridge penalty of a feature's weight, in units of its variance; chosen by held-out log loss."""

CLASS_PENALTY = 5.0
"""Ridge penalty of a class's weight; ten times as much makes the log loss with sources held out worse by 0.001."""

LEAST_SENTENCES = 4
"""Sentences of a story that is learnt from: a shorter one has no choice of three."""

STEMMER = PorterStemmer()


@dataclass
class SummaryRow:
    """A story with the features of its words and the share of references that have each."""

    source: str
    sentences: list[str]
    words: StoryWords
    grams: list[Grams]
    references: list[Grams]
    examples: list[tuple[str, int]]
    features: Floats
    target: Floats

    def rouge(self, chosen: Sequence[int]) -> float:
        """Return two parts ROUGE-1 and one part ROUGE-2 (F, mean over references), in points."""
        words, pairs, size = Counter[str](), Counter[tuple[str, str]](), 0
        for position in chosen:
            words.update(self.grams[position][0])
            pairs.update(self.grams[position][1])
            size += self.grams[position][2]
        total = 0.0
        for reference_words, reference_pairs, length in self.references:
            one = 2 * (words & reference_words).total() / max(1, size + length)
            two = 2 * (pairs & reference_pairs).total() / max(1, size - len(chosen) + length - 1)
            total += (2 * one + two) / 3
        return 100 * total / len(self.references)

    @property
    def weight(self) -> float:
        """Weight of each of its words in the fit."""
        return float((0.6 if self.source == "newsroom" else 1.0) * (150 / len(self.target)) ** 0.6)


def grams(text: str) -> Grams:
    """Count stems, adjacent pairs and length of a text as rouge_score does."""
    words = tokenize.tokenize(text, STEMMER)
    return Counter(words), Counter(pairwise(words)), len(words)


def family(source: str) -> str:
    """Return a short name for a row's source."""
    for part, name in (
        ("Tiiiger", "writers"),
        ("SummEval", "summeval"),
        ("REALSumm", "realsumm"),
        ("Newsroom", "newsroom"),
    ):
        if part in source:
            return name
    return "other"


def read_rows(path: Path) -> list[SummaryRow]:
    """Read the rows with enough sentences whose references are abstracts of a few sentences."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        source = family(entry["source"])
        if source == "other":
            continue
        split = split_sentences(entry["text"], "en")
        sentences = [split[position] for position in eligible_positions(split, "en")]
        if len(sentences) < LEAST_SENTENCES:
            continue
        words = read_words(sentences, "en")
        references = entry["references"]
        weights = np.full(len(references), 1 / len(references))
        if source == "summeval":
            weights = weights / 2
            weights[0] += 0.5
        reference_counts = [Counter(prefix_stems(text)) for text in references]
        facts = words.facts
        examples = [
            (word, number) for word in facts for number in range(1, min(MAX_REPEATS, facts[word].occurrences) + 1)
        ]
        rows.append(
            SummaryRow(
                source, sentences, words, [grams(text) for text in sentences],
                [grams(text) for text in (references[:1] if source == "summeval" else references)],
                examples,
                np.array([features(facts[word], number) for word, number in examples]),
                np.array([[counts[word] >= number for counts in reference_counts] for word, number in examples]) @ weights,
            )
        )  # fmt: skip
    return rows


def fit(rows: Sequence[SummaryRow], classes: Mapping[str, str]) -> WordModel:
    """Fit a ridge logistic regression over FEATURES and a column for each class.

    `classes` has the class of each word.
    """
    column = {name: index for index, name in enumerate(dict.fromkeys(classes.values()))}
    words = [word for row in rows for word, _ in row.examples]
    table = np.zeros((len(words), len(FEATURES) + len(column)))
    table[:, : len(FEATURES)] = np.vstack([row.features for row in rows])
    for index, word in enumerate(words):
        if word in classes:
            table[index, len(FEATURES) + column[classes[word]]] = 1
    penalty = np.full(table.shape[1] + 1, CLASS_PENALTY)
    penalty[: len(FEATURES)] = PENALTY * table[:, : len(FEATURES)].std(0) ** 2
    penalty[-1] = 0
    target = np.concatenate([row.target for row in rows])
    weight = np.concatenate([np.full(len(row.target), row.weight) for row in rows])
    mean = np.average(table, axis=0, weights=weight)
    design = np.hstack([table - mean, np.ones((len(table), 1))])
    solution = newton(design, target, weight, penalty)
    by_class = solution[len(FEATURES) : -1]
    return WordModel(
        float(solution[-1] - solution[:-1] @ mean),
        [float(value) for value in solution[: len(FEATURES)]],
        {word: float(by_class[column[name]]) for word, name in classes.items()},
    )


def newton(design: Floats, target: Floats, weight: Floats, penalty: Floats) -> Floats:
    """Minimise the penalised logistic loss; steps are halved until they descend."""
    share = np.average(target, weights=weight)
    solution = np.zeros(design.shape[1])
    solution[-1] = np.log(share / (1 - share))

    def loss(at: Floats) -> float:
        logits = design @ at
        return float(np.sum(weight * (np.logaddexp(0, logits) - target * logits)) + 0.5 * np.sum(penalty * at * at))

    current = loss(solution)
    for _ in range(20):
        chance = 1 / (1 + np.exp(-np.clip(design @ solution, -30, 30)))
        gradient = design.T @ (weight * (chance - target)) + penalty * solution
        hessian = (design * (weight * chance * (1 - chance) + 1e-9)[:, None]).T @ design + np.diag(penalty + 1e-6)
        step = np.linalg.solve(hessian, gradient)
        while loss(solution - step) > current and np.abs(step).max() > 1e-6:
            step /= 2
        solution = solution - step
        previous, current = current, loss(solution)
        if previous - current < 1e-6 * abs(previous):
            break
    return solution


def ahead_of_lead(row: SummaryRow, model: WordModel) -> float:
    """Return the points ahead of the first three sentences."""
    chosen = SentenceSearch(row.sentences, 3, "en", row.words, prior_bonus(row.sentences, 3, "en"), model).run()
    return row.rouge(chosen) - row.rouge([0, 1, 2])


def log_loss(row: SummaryRow, model: WordModel) -> float:
    """Return the mean log loss of a story's words."""
    chances = chances_by_definition(row.words, model)
    chance = np.array([chances[word][number - 1] for word, number in row.examples])
    return float(-np.mean(row.target * np.log(chance) + (1 - row.target) * np.log(1 - chance)))


def show(title: str, result: dict[str, list[float]], loss: Sequence[float], repeats: int = 1) -> None:
    """Print means with their standard errors; repeated scores of a row are no further evidence."""
    pooled = [value for values in result.values() for value in values]
    parts = [
        f"{source} {np.mean(values):+.2f}±{np.std(values) / (len(values) / repeats) ** 0.5:.2f}"
        for source, values in [*sorted(result.items()), ("pooled", pooled)]
    ]
    print(f"{title:28}", "  ".join(parts), f"  log loss {np.mean(loss):.4f}", flush=True)


def check(rows: Sequence[SummaryRow], classes: Mapping[str, str], title: str) -> None:
    """Print the scores of rows and of sources that the fit has not seen."""
    result: dict[str, list[float]] = defaultdict(list)
    loss: list[float] = []
    for seed in range(SEEDS):
        fold = np.random.default_rng(seed).integers(0, FOLDS, len(rows))
        for number in range(FOLDS):
            model = fit([row for row, at in zip(rows, fold, strict=True) if at != number], classes)
            for row, at in zip(rows, fold, strict=True):
                if at == number:
                    result[row.source].append(ahead_of_lead(row, model))
                    loss.append(log_loss(row, model))
    show(f"{title}, rows held out", result, loss, SEEDS)
    result, loss = defaultdict(list), []
    for source in sorted({row.source for row in rows}):
        model = fit([row for row in rows if row.source != source], classes)
        for row in rows:
            if row.source == source:
                result[source].append(ahead_of_lead(row, model))
                loss.append(log_loss(row, model))
    show(f"{title}, sources held out", result, loss)


def main() -> None:
    """Check and fit; with `--write`, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-check", action="store_true")
    arguments = parser.parse_args()
    rows = read_rows(arguments.data)
    table: dict[str, object] = {
        "source": "fitted by training/newsrank.py; what each fact adds to the logit of the chance "
        "that a summary says a word"
    }
    for name, classes in (("en", word_classes("en")), ("any", {})):
        if not arguments.no_check:
            check(rows, classes, name)
        model = fit(rows, classes)
        result: dict[str, list[float]] = defaultdict(list)
        for row in rows:
            result[row.source].append(ahead_of_lead(row, model))
        show(f"{name}, fitted on all", result, [log_loss(row, model) for row in rows])
        table[name] = {
            "constant": round(model.constant, 4),
            "weights": {name: round(value, 4) for name, value in zip(FEATURES, model.weights, strict=True)},
            "classes": {name: round(model.words[word], 3) for word, name in classes.items()},
        }
    if arguments.write:
        TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
