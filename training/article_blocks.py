"""Fit of the model that finds the article among the blocks of an HTML page.

Fits the trees in summarizers/data/article_blocks.json on pages with their article (`--data`, the folder of the development
sets, which are not part of the project). A block is of the article if most of its runs of words stand there. No text
goes into the file: only weights of shapes, places, votes and of classes' names that were chosen by hand.

`--check` prints honest figures: pages of one host are never on both sides, in six folds; the mean of words' F1 and how
many pages reach .8, beside trafilatura. `--write` fits on all pages and writes the file; its thresholds are kept.

    python -m training.article_blocks --data ../shared/data [--check] [--write]
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from bot.intake.readers.html_article import ALONE, extracted_texts, page_language
from bot.intake.readers.html_blocks import Block, read_blocks
from bot.intake.readers.html_features import FEATURES, PAGE_WORDS, block_features, tokens, vote
from bot.intake.readers.html_metadata import read_metadata
from bot.intake.readers.html_tree import parse_html, remove_hidden
from training.trees import tree_columns

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "article_blocks.json"
SOURCE = (
    "Weights, no text: fitted by training/article_blocks.py --write on 122 pages with their article (../shared/data, not part "
    "of the project). Trees as columns (feature or -1, threshold or value, left, right); thresholds: logits, kept by a new "
    "fit."
)
MODELS = {"with trafilatura": FEATURES, "alone": ALONE}
FOLDS = 6
OF_ARTICLE = 0.5
"""Share of a block's runs of words that stand in the article, from which on it belongs to it."""

FULL_WEIGHT = 40
"""Words from which on a block weighs no more: the figure counts words, but summaries choose among all blocks."""

LEAST_WEIGHT = 2
TREES = {
    "max_iter": 60,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 40,
    "learning_rate": 0.1,
    "l2_regularization": 1.0,
    "max_features": 0.3,
}
"""Small trees that each see a part of the features, since blocks of one page are alike: fewer than a hundred hosts
stand behind them."""


@dataclass
class LabelledPage:
    """A page with its blocks, their features, and how much of each stands in the article."""

    host: str
    title: str | None
    article: str
    blocks: list[Block]
    rows: NDArray[np.floating[Any]]
    shares: NDArray[np.floating[Any]]
    extracted: str | None

    @property
    def weights(self) -> NDArray[np.floating[Any]]:
        """Weights of the blocks in the fit."""
        return np.array([min(FULL_WEIGHT, len(tokens(block.text))) + LEAST_WEIGHT for block in self.blocks])


def read_pages(path: Path) -> list[LabelledPage]:
    """Read the pages of a development set."""
    with gzip.open(path / "pages" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [label_page(json.loads(line)) for line in lines]


def label_page(row: Mapping[str, Any]) -> LabelledPage:
    """Read a page and find out which of its blocks stand in the article."""
    tree = parse_html(row["html"])
    metadata = read_metadata(tree)
    remove_hidden(tree)
    blocks, texts = read_blocks(tree), extracted_texts(tree)
    votes = (*texts, metadata.body)
    rows = block_features(blocks, votes, metadata.title, page_language(tree, votes))
    shares = vote(blocks, [tokens(block.text) for block in blocks], row["article"])
    return LabelledPage(
        _host(metadata.url) or row["id"], metadata.title, row["article"], blocks, rows, shares, texts[1]
    )


def _host(url: str | None) -> str | None:
    """Return the registered part of an address's host, roughly."""
    parts = (urlsplit(url or "").hostname or "").split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-2]) <= 3 else parts[-2:]) or None


def fit(pages: Sequence[LabelledPage], features: Sequence[str]) -> HistGradientBoostingClassifier:
    """Fit trees to all blocks of some pages."""
    columns = [FEATURES.index(name) for name in features]
    model = HistGradientBoostingClassifier(random_state=0, **TREES)
    rows = np.vstack([page.rows[:, columns] for page in pages])
    belongs = np.concatenate([page.shares >= OF_ARTICLE for page in pages])
    return model.fit(rows, belongs, sample_weight=np.concatenate([page.weights for page in pages]))


def check(pages: Sequence[LabelledPage]) -> None:
    """Print figures for hosts that the fit didn't see."""
    folds = [int(hashlib.sha256(page.host.encode()).hexdigest(), 16) % FOLDS for page in pages]
    hosts = {page.host for page in pages}
    page_words = json.loads(TABLE.read_text("utf-8"))["thresholds"]["page words"]["value"]
    print(f"{len(pages)} pages of {len(hosts)} hosts in {FOLDS} folds")
    scores = [f1(page.extracted or "", page.article) for page in pages]
    print(f"trafilatura: F1 {np.mean(scores):.4f}, >= .8 on {np.mean(np.array(scores) >= 0.8):.1%}")
    for name, features in MODELS.items():
        columns = [FEATURES.index(feature) for feature in features]
        logits: list[NDArray[np.floating[Any]]] = [np.zeros(0)] * len(pages)
        for fold in range(FOLDS):
            model = fit([page for page, own in zip(pages, folds, strict=True) if own != fold], features)
            for at, page in enumerate(pages):
                if folds[at] == fold:
                    words = page.rows[:, [FEATURES.index(name) for name in PAGE_WORDS]].sum(axis=1)
                    logits[at] = model.decision_function(page.rows[:, columns]) - page_words * words
        for threshold in (-0.8, -0.4, 0.0, 0.4):
            texts = [
                "\n".join(
                    {block.text: None for block, logit in zip(page.blocks, own, strict=True) if logit >= threshold}
                )
                for page, own in zip(pages, logits, strict=True)
            ]
            scores = [f1(text, page.article) for text, page in zip(texts, pages, strict=True)]
            reached = [np.mean(np.array(scores) >= least) for least in (0.8, 0.9)]
            print(
                f"{name}, threshold {threshold:+.1f}: F1 {np.mean(scores):.4f}, >= .8 {reached[0]:.1%}, >= .9 {reached[1]:.1%}"
            )


def f1(text: str, article: str) -> float:
    """Return the F1 of words, each as often as it stands there."""
    ours, theirs = Counter(tokens(text)), Counter(tokens(article))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def write(pages: Sequence[LabelledPage]) -> None:
    """Fit on all pages and write the file, with the thresholds that it has."""
    table = {"source": SOURCE, "thresholds": json.loads(TABLE.read_text("utf-8"))["thresholds"]}
    for name, features in MODELS.items():
        model = fit(pages, features)
        predictors = [rounds[0] for rounds in model._predictors]
        trees = [
            tree_columns(predictor.nodes, range(len(features)), threshold_digits=6, value_digits=5)
            for predictor in predictors
        ]
        start = round(float(model._baseline_prediction.item()), 5)
        table[name] = {"start": start, "features": list(features), "trees": trees}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def main() -> None:
    """Run what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pages = read_pages(options.data)
    if options.check:
        check(pages)
    if options.write:
        write(pages)


if __name__ == "__main__":
    main()
