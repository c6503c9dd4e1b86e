"""Fit the weights of made headlines: summarizers/data/headlines.json.

`--data` is JSONL of rows `{"title", "text"}`: stories with the headlines of their editors (Wikinews, CC BY 2.5). A
constituent's target is the share of its words that the headline has; a candidate's is its overlap with the headline
(F1 of words, of pairs of characters in Chinese and Japanese) and the share of the headline's names that it has.
Logistic and linear regression with a ridge penalty. Five-fold cross-validation is printed first.

    python -m training.headlines --data dev.jsonl --language en [--out predictions.jsonl] [--write]
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizers.headlines.choice import CANDIDATE_FEATURES, HeadlineModel, candidate_features, name_weights
from summarizers.headlines.clauses import (
    CONSTITUENT_FEATURES,
    DISPENSABLE,
    STEM,
    LeadWords,
    SentenceTree,
    Variant,
    clause_variants,
    constituent_features,
)
from summarizers.headlines.lead_sentences import iter_lead_sentences
from summarizers.headlines.made import (
    choose_variant,
    cut_sentence,
    iter_lead_trees,
    length_limit,
    story_words,
    usable_variants,
)
from summarizers.models import LinearModel
from summarizers.segmentation.split import single_story

Floats = NDArray[np.float64]
TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "headlines.json"
SOURCE = (
    "Fitted to headlines of Wikinews' editors and their stories' first sentences, CC BY 2.5; no word of them is here."
)
FOLDS = 5
"""Parts of the rows in cross-validation."""

CONSTITUENT_PENALTY, CANDIDATE_PENALTY = 3.0, 2.0
"""Ridge penalties, chosen by cross-validation on the English rows."""

ENOUGH = 1.5
"""Factor on a constituent's share of words that the headline has: two thirds are as good as all."""

NAMES_COUNT = 0.3
"""Points for having all names of the headline, beside up to one for the overlap."""


@dataclass(frozen=True, slots=True)
class Row:
    """A story with its editors' headline, its first sentence parsed, and those behind it."""

    title: str
    sentences: tuple[str, ...]
    trees: tuple[tuple[SentenceTree, ...], ...]
    words: LeadWords


def read_rows(path: Path, language: str) -> list[Row]:
    """Read and parse the rows."""
    rows = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            story = single_story(row["text"], language)
            sentences = tuple(iter_lead_sentences(story, language))
            trees = tuple(map(tuple, iter_lead_trees(sentences, language, length_limit(language))))
            rows.append(Row(row["title"], sentences, trees, story_words(story.body, language)))
    return rows


def overlap(title: str, text: str, language: str) -> float:
    """Return the F1 of words, or of pairs of characters, between two headlines, in 0..1."""
    units = _pairs if language in {"zh", "ja"} else _stems
    ours, theirs = units(text), units(title)
    return 2 * sum((ours & theirs).values()) / max(1, sum(ours.values()) + sum(theirs.values()))


def _stems(text: str) -> Counter[str]:
    """Return the counts of words by their first letters."""
    return Counter(word.lower()[:STEM] for word in re.findall(r"\w+", text))


def _pairs(text: str) -> Counter[str]:
    """Return the pairs of neighbouring characters, each once."""
    letters = re.sub(r"\W", "", text)
    return Counter({letters[at : at + 2]: 1 for at in range(len(letters) - 1)})


def names_kept(title: str, text: str) -> float:
    """Return the share of the capitalised words of a headline that a text has, in 0..1."""
    names = {name.lower() for name in re.findall(r"\b[A-Z]\w{2,}", title)}
    return len(names & set(re.findall(r"\w+", text.lower()))) / len(names) if names else 1.0


def target(title: str, text: str, language: str) -> float:
    """Return how good a headline is beside its editors' one."""
    names = 0.0 if language in {"zh", "ja"} else NAMES_COUNT * names_kept(title, text)
    return overlap(title, text, language) + names


def constituent_examples(row: Row, language: str) -> tuple[list[list[float]], list[float]]:
    """Return features and targets of the constituents of a row's first sentence."""
    features, targets = [], []
    theirs = _pairs(row.title) if language in {"zh", "ja"} else _stems(row.title)
    for tree in row.trees[0]:
        for token in range(len(tree.words)):
            if tree.parse.relations[token] not in DISPENSABLE or token == tree.root:
                continue
            span = tree.subtree[token]
            if language in {"zh", "ja"}:
                ours = list(_pairs("".join(tree.words[at] for at in tree.tokens(span))))
            else:
                ours = tree.content(span, row.words.stopwords)
            share = sum(unit in theirs for unit in ours) / len(ours) if ours else 0.0
            features.append(constituent_features(tree, token, tree.root, row.words))
            targets.append(min(1.0, ENOUGH * share))
    return features, targets


def fit_logistic(features: Floats, targets: Floats, penalty: float) -> Floats:
    """Return the weights of a logistic regression by Newton's method."""
    weights = np.zeros(features.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (chance - targets) + penalty * weights
        hessian = (features * (chance * (1 - chance))[:, None]).T @ features + penalty * np.eye(len(weights))
        weights = weights - np.linalg.solve(hessian, gradient)
    return weights


def fit(rows: Sequence[Row], language: str) -> HeadlineModel:
    """Fit both models to rows."""
    examples = [constituent_examples(row, language) for row in rows]
    features = np.array([one for found, _ in examples for one in found])
    targets = np.array([one for _, found in examples for one in found])
    constituents = LinearModel(0.0, tuple(fit_logistic(features, targets, CONSTITUENT_PENALTY).tolist()))
    groups = []
    for row in rows:
        for trees in row.trees:
            variants = all_variants(trees, row.words, constituents, language)
            if len(variants) > 1:
                names = name_weights(variants, row.words)
                limit = length_limit(language)
                x = np.array([candidate_features(variant, row.words, names, limit) for variant in variants])
                y = np.array([target(row.title, variant.text, language) for variant in variants])
                groups.append((x - x.mean(axis=0), y - y.mean()))
    x, y = np.concatenate([group[0] for group in groups]), np.concatenate([group[1] for group in groups])
    weights = np.linalg.solve(x.T @ x + CANDIDATE_PENALTY * np.eye(x.shape[1]), x.T @ y)
    return HeadlineModel(constituents, LinearModel(0.0, tuple(weights.tolist())))


def all_variants(
    trees: Sequence[SentenceTree], words: LeadWords, constituents: LinearModel, language: str
) -> list[Variant]:
    """Return the usable variants of sentences."""
    limit = length_limit(language)
    return [variant for tree in trees for variant in usable_variants(clause_variants(tree, words, constituents, limit))]


def predict(row: Row, model: HeadlineModel, language: str) -> str:
    """Return the headline that a model makes of a row."""
    limit = length_limit(language)
    for trees in row.trees:
        variants = all_variants(trees, row.words, model.constituents, language)
        found = choose_variant(variants, model, row.words, limit)
        if found is not None:
            return found.text
    return cut_sentence(row.sentences[0], limit) if row.sentences else ""


def cross_validate(rows: Sequence[Row], language: str) -> list[str]:
    """Return a headline for each row, made with weights that were fitted without it."""
    folds = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    made = [""] * len(rows)
    for fold in range(FOLDS):
        model = fit([row for row, at in zip(rows, folds, strict=True) if at != fold], language)
        for number in map(int, np.flatnonzero(folds == fold)):
            made[number] = predict(rows[number], model, language)
    return made


def main() -> None:
    """Cross-validate, then fit on all rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="JSONL of title and text")
    parser.add_argument("--language", required=True, help="ISO 639-1 code of all rows")
    parser.add_argument("--out", type=Path, help="write the cross-validated headlines there, as JSONL")
    parser.add_argument("--write", action="store_true", help="write the weights")
    arguments = parser.parse_args()
    language = arguments.language
    rows = read_rows(arguments.data, language)
    made = cross_validate(rows, language)
    scores = [overlap(row.title, text, language) for row, text in zip(rows, made, strict=True)]
    names = [names_kept(row.title, text) for row, text in zip(rows, made, strict=True)]
    length = np.mean([len(text) for text in made])
    print(f"cross-validated F1 {100 * np.mean(scores):.1f}, names {np.mean(names):.2f}, {length:.0f} characters")
    if arguments.out:
        with arguments.out.open("w", encoding="utf-8") as file:
            for row, text in zip(rows, made, strict=True):
                lead = row.sentences[0] if row.sentences else ""
                line = {"title": row.title, "ours": text, "lead": lead, "text": lead}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
    if arguments.write:
        write(fit(rows, language), language)


def write(model: HeadlineModel, language: str) -> None:
    """Put a language's weights into the table."""
    table: dict[str, Any] = json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {"like": {}, "languages": {}}
    table["source"] = SOURCE
    table["languages"][language] = {
        "constituents": _by_name(CONSTITUENT_FEATURES, model.constituents),
        "candidates": _by_name(CANDIDATE_FEATURES, model.candidates),
    }
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _by_name(names: Sequence[str], model: LinearModel) -> dict[str, float]:
    """Return weights by feature, rounded to what matters."""
    return {name: round(weight, 4) for name, weight in zip(names, model.weights, strict=True)}


if __name__ == "__main__":
    main()
