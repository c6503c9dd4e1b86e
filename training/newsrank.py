"""How likely is a word of a story to be in an editor's summary of it?

Fits the weights in ../ranker.json on rows `{"text", "references", "source"}` of news with summaries written by people
(`--data`, a JSONL file). No text of it goes into the weights' file but single frequent words, which English has
anyway. An example is a word of a story, said for the first, second … time; its target the share of the references that
say it as often. Logistic regression with a ridge penalty (Newton's method); a story weighs as the power 0.4 of its
number of words, so that long ones don't count for everything, and Newsroom's, some of whose references are lines of a
catalogue, for 0.6. SummEval's first reference, the publisher's own, weighs as much as its ten others together.

Two honest checks are printed before the fit on all rows: cross-validation over rows, and training on all sources but
one with that one held out; each as points of ROUGE (mean of 1, 2 and 1 again, which stands for Lsum) ahead of the
first three sentences, and the held-out log loss of a word, by which penalties and features were chosen.

    python -m training.newsrank --data dev.jsonl --write
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from nltk.stem.porter import PorterStemmer
from numpy.typing import NDArray
from rouge_score import tokenize

from summarizers.summarization.newsrank import Choice, advance
from summarizers.summarization.summarize import eligible
from summarizers.summarization.word_model import FEATURES, MOST, Model, Reading, chances, features, read
from summarizers.text.sentences import sentences as split_sentences
from summarizers.text.stems import prefix_stems

Floats = NDArray[np.float64]
Grams = tuple[Counter[str], Counter[tuple[str, str]], int]
TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "ranker.json"
FOLDS = 6
SEEDS = 4
PENALTY = 5.0
PENALTY_WORD = 5.0
OWN_WORDS = 200
STEMMER = PorterStemmer()


@dataclass
class Row:
    """A story, its words' features and how many of the references say them."""

    source: str
    sentences: list[str]
    reading: Reading
    grams: list[Grams]
    references: list[Grams]
    examples: list[tuple[str, int]]
    features: Floats
    target: Floats

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

    @property
    def weight(self) -> float:
        """What each of its words weighs in the fit."""
        return float((0.6 if self.source == "newsroom" else 1.0) * (150 / len(self.target)) ** 0.6)


def grams(text: str) -> Grams:
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


def rows_of(path: Path) -> list[Row]:
    """The rows with four sentences or more whose references are abstracts of a few sentences."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        source = family(entry["source"])
        if source == "other":
            continue
        whole = split_sentences(entry["text"], "en")
        sentences = [whole[at] for at in eligible(whole, "en")]
        if len(sentences) < 4:
            continue
        reading = read(sentences, "en")
        references = entry["references"]
        weights = np.full(len(references), 1 / len(references))
        if source == "summeval":
            weights = weights / 2
            weights[0] += 0.5
        said = [Counter(prefix_stems(text)) for text in references]
        facts = reading.facts
        examples = [(word, again) for word in facts for again in range(1, min(MOST, facts[word][3]) + 1)]
        found.append(
            Row(
                source, sentences, reading, [grams(text) for text in sentences],
                [grams(text) for text in (references[:1] if source == "summeval" else references)],
                examples,
                np.array([features(facts[word], again) for word, again in examples]),
                np.array([[counts[word] >= again for counts in said] for word, again in examples]) @ weights,
            )
        )  # fmt: skip
    return found


def fit(rows: Sequence[Row], own: Sequence[str]) -> Model:
    """Ridge logistic regression over the FEATURES and one more column for each word that has a weight of its own."""
    column = {word: at for at, word in enumerate(own)}
    words = [word for row in rows for word, _ in row.examples]
    table = np.zeros((len(words), len(FEATURES) + len(own)))
    table[:, : len(FEATURES)] = np.vstack([row.features for row in rows])
    for at, word in enumerate(words):
        if word in column:
            table[at, len(FEATURES) + column[word]] = 1
    penalty = np.full(table.shape[1] + 1, PENALTY_WORD)
    penalty[: len(FEATURES)] = PENALTY * table[:, : len(FEATURES)].std(0) ** 2
    penalty[-1] = 0
    target = np.concatenate([row.target for row in rows])
    weight = np.concatenate([np.full(len(row.target), row.weight) for row in rows])
    mean = np.average(table, axis=0, weights=weight)
    design = np.hstack([table - mean, np.ones((len(table), 1))])
    found = newton(design, target, weight, penalty)
    return Model(
        float(found[-1] - found[:-1] @ mean),
        [float(value) for value in found[: len(FEATURES)]],
        dict(zip(own, map(float, found[len(FEATURES) : -1]), strict=True)),
    )


def newton(design: Floats, target: Floats, weight: Floats, penalty: Floats) -> Floats:
    """The minimum of the penalised logistic loss; steps are halved until they descend."""
    share = np.average(target, weights=weight)
    found = np.zeros(design.shape[1])
    found[-1] = np.log(share / (1 - share))

    def loss(at: Floats) -> float:
        points = design @ at
        return float(np.sum(weight * (np.logaddexp(0, points) - target * points)) + 0.5 * np.sum(penalty * at * at))

    now = loss(found)
    for _ in range(20):
        chance = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (weight * (chance - target)) + penalty * found
        curve = (design * (weight * chance * (1 - chance) + 1e-9)[:, None]).T @ design + np.diag(penalty + 1e-6)
        step = np.linalg.solve(curve, slope)
        while loss(found - step) > now and np.abs(step).max() > 1e-6:
            step /= 2
        found = found - step
        before, now = now, loss(found)
        if before - now < 1e-6 * abs(before):
            break
    return found


def frequent(rows: Sequence[Row], most: int) -> list[str]:
    """The words that most stories have."""
    return [word for word, _ in Counter(word for row in rows for word in row.reading.facts).most_common(most)]


def ahead_of_lead(row: Row, model: Model) -> float:
    """Points ahead of the first three sentences."""
    chosen = Choice(row.sentences, 3, "en", row.reading, advance(row.sentences, 3, "en"), model).made()
    return row.rouge(chosen) - row.rouge([0, 1, 2])


def surprise(row: Row, model: Model) -> float:
    """The log loss of a word."""
    known = chances(row.reading, model)
    chance = np.array([known[word][again - 1] for word, again in row.examples])
    return float(-np.mean(row.target * np.log(chance) + (1 - row.target) * np.log(1 - chance)))


def show(title: str, result: dict[str, list[float]], loss: Sequence[float], repeats: int = 1) -> None:
    """Print means with their standard errors; repeated scores of a row are no further evidence."""
    parts = [f"{k} {np.mean(v):+.2f}±{np.std(v) / (len(v) / repeats) ** 0.5:.2f}" for k, v in sorted(result.items())]
    print(f"{title:28}", "  ".join(parts), f"  log loss {np.mean(loss):.4f}", flush=True)


def check(rows: Sequence[Row], own: int) -> None:
    """Print what rows and sources that the fit has not seen get."""
    result: dict[str, list[float]] = defaultdict(list)
    loss: list[float] = []
    for seed in range(SEEDS):
        fold = np.random.default_rng(seed).integers(0, FOLDS, len(rows))
        for number in range(FOLDS):
            seen = [row for row, at in zip(rows, fold, strict=True) if at != number]
            model = fit(seen, frequent(seen, own))
            for row, at in zip(rows, fold, strict=True):
                if at == number:
                    result[row.source].append(ahead_of_lead(row, model))
                    loss.append(surprise(row, model))
    show(f"rows held out, {own} words", result, loss, SEEDS)
    result, loss = defaultdict(list), []
    for source in sorted({row.source for row in rows}):
        seen = [row for row in rows if row.source != source]
        model = fit(seen, frequent(seen, own))
        for row in rows:
            if row.source == source:
                result[source].append(ahead_of_lead(row, model))
                loss.append(surprise(row, model))
    show(f"sources held out, {own} words", result, loss)


def main() -> None:
    """Check, fit, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-check", action="store_true")
    arguments = parser.parse_args()
    rows = rows_of(arguments.data)
    table: dict[str, object] = {
        "source": "fitted by training/newsrank.py; what each fact adds to the logit of the chance "
        "that a summary says a word"
    }
    for name, own in (("en", OWN_WORDS), ("any", 0)):
        if not arguments.no_check:
            check(rows, own)
        model = fit(rows, frequent(rows, own))
        result: dict[str, list[float]] = defaultdict(list)
        for row in rows:
            result[row.source].append(ahead_of_lead(row, model))
        show(f"fitted on all, {own} words", result, [surprise(row, model) for row in rows])
        table[name] = {
            "constant": round(model.constant, 4),
            "weights": {name: round(value, 4) for name, value in zip(FEATURES, model.weights, strict=True)},
            "words": {word: round(value, 3) for word, value in sorted(model.words.items())},
        }
    if arguments.write:
        TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
