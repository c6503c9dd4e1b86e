"""Fits the weights of places.py to stories whose countries are known, and says how good they are.

Run: python training/countries.py ROWS.jsonl, rows {"text", "title", "dateline", "countries"}. Ten-fold
cross-validation by story comes first; then all rows give the weights, which go to territories_weights.json with the
figures. No text is kept. Each story counts once as it is and a fifth each without title and without title and dateline,
so that the model knows what to do with stories that have none.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from summarizers.labels.countries import FEATURES, country_features

DATA = Path(__file__).parents[1] / "summarizers" / "data"
BARE = 0.2  # what a story without its title counts
STRENGTH = 0.3  # inverse of the penalty on weights
ROUNDS = 5


def variants(row: dict[str, Any]) -> list[tuple[str, float]]:
    """A story as it is, without its title, and without title and dateline, with what each counts."""
    text = row["text"]
    body = text.removeprefix(row["title"]).lstrip()
    bare = body.partition(" - ")[2] if row["dateline"] and body.startswith(row["dateline"]) else body
    return [(text, 1.0), (body, BARE), (bare, BARE)]


def examples(rows: list[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Features, whether the country is a label, the row, the weight, and the code of each candidate."""
    values, right, owner, weight, codes = [], [], [], [], []
    for number, row in enumerate(rows):
        for text, counts in variants(row):
            for code, one in country_features(text, "en")[0].items():
                values.append(one)
                right.append(code in row["countries"])
                owner.append(number)
                weight.append(counts)
                codes.append(code)
    return np.array(values), np.array(right), np.array(owner), np.array(weight), codes


def fitted(values: np.ndarray, right: np.ndarray, weight: np.ndarray) -> Pipeline:
    """The model on some examples."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=2000))
    model.fit(values, right, logisticregression__sample_weight=weight)
    return model


def main(path: Path) -> None:
    """Cross-validate, fit and write."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    values, right, owner, weight, codes = examples(rows)
    whole = weight == 1.0
    foreign = np.array([code != "US" for code in codes])
    labels = sum(len(row["countries"]) for row in rows)
    others = labels - sum("US" in row["countries"] for row in rows)
    thresholds = np.arange(0.30, 0.601, 0.01)
    scores = np.zeros((len(thresholds), 2))
    for seed in range(ROUNDS):
        fold = np.random.RandomState(seed).permutation(len(rows)) % 10
        chance = np.zeros(len(right))
        for part in range(10):
            held = fold[owner] == part
            chance[held] = fitted(values[~held], right[~held], weight[~held]).predict_proba(values[held])[:, 1]
        for at, threshold in enumerate(thresholds):
            chosen = (chance >= threshold) & whole
            scores[at, 0] += 2 * (chosen & right).sum() / (chosen.sum() + labels) / ROUNDS
            chosen &= foreign
            scores[at, 1] += 2 * (chosen & right).sum() / (chosen.sum() + others) / ROUNDS
    # The mean over neighbours, so that no lucky peak is taken.
    smooth = np.convolve(scores.sum(axis=1), np.ones(9) / 9, mode="same")[4:-4]
    best = int(smooth.argmax()) + 4
    threshold = float(thresholds[best])
    print(f"cross-validated micro-F1 at {threshold:.2f}: {scores[best, 0]:.3f}, US left out {scores[best, 1]:.3f}")
    model = fitted(values, right, weight)
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    # A salience of 0.25 stands for the threshold.
    intercept += math.log(0.25 / 0.75) - math.log(threshold / (1 - threshold))
    found: dict[str, Any] = {
        "source": "fitted by training/countries.py to the labels of 600 stories of Reuters-21578; numbers only",
        "cross_validated": {"all": round(scores[best, 0], 4), "without US": round(scores[best, 1], 4)},
        "threshold": round(threshold, 2),
        "intercept": round(intercept, 4),
        "weights": {name: round(float(one), 4) for name, one in zip(FEATURES, weights, strict=True)},
    }
    (DATA / "territories_weights.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, one in found["weights"].items():
        print(f"{name:20s} {one:7.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
