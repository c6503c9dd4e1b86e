"""Fit the salience model of countries: summarizers/data/territories_weights.json.

`--data` is JSONL of rows `{"text", "title", "dateline", "countries"}`: stories with the countries that they are
about. No text goes into the file. Each story counts once as it is and a fifth each without title and without title
and dateline, so that the model knows what to do with stories that have none. The threshold is the one with the best
F1 in repeated ten-fold cross-validation over stories, once for all countries and once without the US; the intercept
is shifted so that a salience of 0.25 stands for it.

    python -m training.countries --data dev.jsonl [--write]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from summarizers.labels.countries import FEATURES, country_features

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "territories_weights.json"

VARIANT_WEIGHT = 0.2
"""Weight of a story without its title, or without title and dateline; with it is 1."""

INVERSE_PENALTY = 0.3
"""Inverse strength of the L2 penalty on standardised weights (scikit-learn's C); chosen by cross-validation."""

FOLDS = 10
"""Parts of the cross-validation."""

ROUNDS = 5
"""Repetitions of the cross-validation with other folds."""

SALIENCE_THRESHOLD = 0.25
"""Salience from which on a story is about a country: fixed by the interface, so that the intercept is shifted."""

THRESHOLDS = np.arange(0.30, 0.601, 0.01)
"""Probabilities that are tried as the threshold."""

NEIGHBOURS = 4
"""Thresholds on either side whose scores are averaged, so that no lucky peak is taken."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Candidate countries of stories: a row of features each, and what is known of them."""

    features: Floats
    is_label: NDArray[np.bool_]
    story: NDArray[np.int64]
    weights: Floats
    is_foreign: NDArray[np.bool_]
    """Whether the country is another than the US."""


def variants(row: dict[str, Any]) -> list[tuple[str, float]]:
    """Return a story whole, without title, and without title and dateline, with weights."""
    text = row["text"]
    body = text.removeprefix(row["title"]).lstrip()
    undated = body.partition(" - ")[2] if row["dateline"] and body.startswith(row["dateline"]) else body
    return [(text, 1.0), (body, VARIANT_WEIGHT), (undated, VARIANT_WEIGHT)]


def read_examples(rows: Sequence[dict[str, Any]]) -> Examples:
    """Compute the features of every country that a story or one of its variants mentions."""
    features, is_label, story, weights, is_foreign = [], [], [], [], []
    for number, row in enumerate(rows):
        for text, weight in variants(row):
            for code, values in country_features(text, "en")[0].items():
                features.append(values)
                is_label.append(code in row["countries"])
                story.append(number)
                weights.append(weight)
                is_foreign.append(code != "US")
    return Examples(np.array(features), np.array(is_label), np.array(story), np.array(weights), np.array(is_foreign))


def fit(examples: Examples, chosen: NDArray[np.bool_]) -> Pipeline:
    """Fit the model on some of the examples."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=INVERSE_PENALTY, max_iter=2000))
    model.fit(
        examples.features[chosen],
        examples.is_label[chosen],
        logisticregression__sample_weight=examples.weights[chosen],
    )
    return model


def cross_validate(examples: Examples, rows: Sequence[dict[str, Any]]) -> Floats:
    """Return the micro-F1 at each threshold, for all countries and without the US.

    Stories are read as they are.
    """
    labels = sum(len(row["countries"]) for row in rows)
    foreign_labels = labels - sum("US" in row["countries"] for row in rows)
    is_whole = examples.weights == 1.0
    scores = np.zeros((len(THRESHOLDS), 2))
    for seed in range(ROUNDS):
        fold = np.random.RandomState(seed).permutation(len(rows)) % FOLDS
        probability = np.zeros(len(examples.is_label))
        for part in range(FOLDS):
            held_out = fold[examples.story] == part
            model = fit(examples, ~held_out)
            probability[held_out] = model.predict_proba(examples.features[held_out])[:, 1]
        for index, threshold in enumerate(THRESHOLDS):
            chosen = (probability >= threshold) & is_whole
            scores[index, 0] += 2 * (chosen & examples.is_label).sum() / (chosen.sum() + labels) / ROUNDS
            chosen &= examples.is_foreign
            scores[index, 1] += 2 * (chosen & examples.is_label).sum() / (chosen.sum() + foreign_labels) / ROUNDS
    return scores


def main() -> None:
    """Cross-validate and fit; with `--write`, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.data.read_text("utf-8").splitlines()]
    examples = read_examples(rows)
    scores = cross_validate(examples, rows)
    window = np.ones(2 * NEIGHBOURS + 1) / (2 * NEIGHBOURS + 1)
    smooth = np.convolve(scores.sum(axis=1), window, mode="same")[NEIGHBOURS:-NEIGHBOURS]
    best = int(smooth.argmax()) + NEIGHBOURS
    threshold = float(THRESHOLDS[best])
    print(f"cross-validated micro-F1 at {threshold:.2f}: {scores[best, 0]:.3f}, US left out {scores[best, 1]:.3f}")
    model = fit(examples, np.ones(len(examples.is_label), dtype=bool))
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    intercept += log(SALIENCE_THRESHOLD / (1 - SALIENCE_THRESHOLD)) - log(threshold / (1 - threshold))
    table: dict[str, Any] = {
        "source": "fitted by training/countries.py to the labels of 600 stories of Reuters-21578; numbers only",
        "cross_validated": {"all": round(scores[best, 0], 4), "without US": round(scores[best, 1], 4)},
        "threshold": round(threshold, 2),
        "intercept": round(intercept, 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)},
    }
    for name, weight in table["weights"].items():
        print(f"{name:20s} {weight:7.3f}")
    if arguments.write:
        TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
