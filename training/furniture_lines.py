"""Fit of the furniture model: summarizers/data/furniture.json.

Furniture: the lists "furniture" of tests/summarizers/segmentation/furniture.toml and the notices of
layout_pages.toml, all written for the project. News: the lists "sentences" of furniture.toml, headlines
(layout_pages.toml, the project's own stories, English and Japanese Wikinews, CC BY 2.5), and sentences of Universal
Dependencies treebanks, single and joined to paragraphs (`--data`, the folder of the development sets). No text goes into
the file, only weights of shapes and of groups of words. Logistic regression on standardised features, whose scale is multiplied into the
weights. The lists set aside take no part; benchmarks/quality_furniture.py measures on them.

    python -m training.furniture_lines --data ../shared/data [--write]

Without `--write`, prints what models reach on languages that they were fitted without (five folds).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.quality_stories import own_stories
from summarizers.segmentation.furniture_model import FEATURES, furniture_features
from summarizers.segmentation.line_features import Floats
from summarizers.text.language import LANGUAGES

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "summarizers" / "data" / "furniture.json"
LINES = ROOT / "tests" / "summarizers" / "segmentation" / "furniture.toml"
NOTICES = Path(__file__).parent / "layout_pages.toml"
SOURCE = (
    "Weights of shapes and groups of words, no text: fitted by training/furniture_lines.py on lines written for the project and "
    "on sentences of Universal Dependencies treebanks (PUD, Alpino, ParlaMint; CC BY-SA)"
)

FOLDS = 5
"""Parts of the languages in cross-validation."""

SENTENCES = 250
"""Sentences of each treebank that are fitted on; as many others give the rate of false alarms."""

NOTICE_WEIGHT, HARD_WEIGHT, STRENGTH = 0.5, 3.0, 1.0
"""Weights of a notice of layout_pages.toml and of a sentence that looks like furniture, and scikit-learn's C: of the values
tried those with the best recall at one false alarm in 200 treebank sentences."""

ALARMS = {"behind": 0.004, "within": 0.004}
"""Share of treebank sentences, single and joined, that a threshold may take for furniture."""


def treebank(data: Path) -> dict[str, list[str]]:
    """Read sentences of each language, the same in each run."""
    chance = random.Random(3)
    found: dict[str, list[str]] = {}
    for path in sorted((data / "treebanks").glob("*.conllu.gz")):
        language = path.name[:2]
        if language in found or "ewt" in path.name:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as file:
            sentences = [line[9:].strip() for line in file if line.startswith("# text = ")]
        found[language] = chance.sample(sentences, min(2 * SENTENCES, len(sentences)))
    return found


def paragraphs(sentences: Sequence[str]) -> list[str]:
    """Return the sentences joined to paragraphs of two to five."""
    chance = random.Random(len(sentences))
    joined: list[str] = []
    rest = list(sentences)
    while rest:
        count = chance.randint(2, 5)
        joined.append(" ".join(rest[:count]))
        rest = rest[count:]
    return joined


def headlines(data: Path) -> dict[str, list[str]]:
    """Return headlines of each language; they end without a stop, as labels and counters do."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, lists in tomllib.loads(NOTICES.read_text("utf-8")).items():
        found[language] += lists.get("headlines", [])
    for story in own_stories():
        if story.title:
            found[story.language].append(story.title)
    for language, name in (("en", "dev.jsonl"), ("ja", "ja_dev.jsonl")):
        rows = (data / "headlines" / name).read_text("utf-8").splitlines()
        found[language] += [json.loads(row)["title"] for row in rows]
    return found


def fit(
    languages: Sequence[str], sentences: Mapping[str, Sequence[str]], titles: Mapping[str, Sequence[str]]
) -> tuple[float, Floats]:
    """Fit bias and weights on some languages."""
    lines = tomllib.loads(LINES.read_text("utf-8"))
    notices = tomllib.loads(NOTICES.read_text("utf-8"))
    rows: list[Floats] = []
    labels: list[bool] = []
    weights: list[float] = []
    for language in languages:
        own = lines[language]
        for texts, label, weight in (
            (own["furniture"], True, 1.0),
            (notices.get(language, {}).get("notices", []), True, NOTICE_WEIGHT),
            (own["sentences"], False, HARD_WEIGHT),
            (sentences.get(language, [])[:SENTENCES], False, 1.0),
            (paragraphs(sentences.get(language, [])[:SENTENCES]), False, 1.0),
            (titles[language], False, 1.0),
        ):
            if texts:
                rows.append(furniture_features(texts, language))
                labels += [label] * len(texts)
                weights += [weight] * len(texts)
    features = np.vstack(rows)
    mean, deviation = features.mean(0), features.std(0)
    deviation[deviation == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit((features - mean) / deviation, labels, sample_weight=weights)
    scaled = model.coef_[0] / deviation
    return float(model.intercept_[0] - scaled @ mean), scaled


def judge(bias: float, weights: Floats) -> Callable[[Sequence[str], str], Floats]:
    """Return the logits of lines by a model."""
    return lambda lines, language: furniture_features(lines, language) @ weights + bias


def main() -> None:
    """Print cross-validated figures, or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    sentences, titles = treebank(arguments.data), headlines(arguments.data)
    lines = tomllib.loads(LINES.read_text("utf-8"))
    furniture: list[Floats] = []
    news: list[Floats] = []
    plain: list[Floats] = []
    heads: list[Floats] = []
    for fold in range(FOLDS):
        held = LANGUAGES[fold::FOLDS]
        model = judge(*fit([language for language in LANGUAGES if language not in held], sentences, titles))
        for language in held:
            furniture.append(model(lines[language]["furniture"], language))
            news.append(model(lines[language]["sentences"], language))
            heads.append(model(titles[language], language))
            if language in sentences:
                plain.append(model(sentences[language][SENTENCES:], language))
                plain.append(model(paragraphs(sentences[language][SENTENCES:]), language))
    limits = {name: float(np.quantile(np.concatenate(plain), 1 - share)) for name, share in ALARMS.items()}
    for name, limit in limits.items():
        print(
            f"{name}: logit {limit:.2f}, {ALARMS[name]:.1%} of treebank sentences and paragraphs, "
            f"{(np.concatenate(furniture) > limit).mean():.1%} of furniture, "
            f"{(np.concatenate(news) > limit).mean():.1%} of sentences that look like it, "
            f"{(np.concatenate(heads) > limit).mean():.1%} of headlines"
        )
    if arguments.write:
        bias, weights = fit(LANGUAGES, sentences, titles)
        thresholds = {
            name: {
                "value": round(limit, 2),
                "basis": "fitted",
                "run": "training/furniture_lines.py, languages held out",
                "limits": f"logit of furniture {name} a story: {ALARMS[name]:.1%} of treebank sentences and paragraphs are above it",
            }
            for name, limit in limits.items()
        }
        table = {
            "source": SOURCE,
            "thresholds": thresholds,
            "bias": round(bias, 4),
            "weights": {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)},
        }
        TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
        print(f"written to {TABLE}")


if __name__ == "__main__":
    main()
