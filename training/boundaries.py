"""Fit of the boundary model, which finds where stories begin in a document.

Fits the weights in summarizers/data/boundaries.json on documents that are made from rows of news (concatenations.py;
`--data`, the folder of the development sets) and from short stories of our own. No text of them goes into the file: only
weights, and how common some 1,500 word beginnings are that at least four sources use. The file's thresholds are kept.

Three models: for English; for another language that writes names with capitals (no English words known, so trained
without their features); and for one that doesn't (trained without names either).

`--check` prints two honest checks: rows held out (three of ten, by a hash of their id), and training on all sources
but one with documents made of that one's rows. `--write` fits on all rows and writes the file; `--verify` fits in the
same way and says whether the shipped file is what comes out (exit status 1 where it isn't). Each needs the
development rows, which are not part of the project; a minute or two of one core.

    python -m training.boundaries --data ../shared/data [--check] [--write] [--verify]
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from summarizers.models import LinearModel, TreeEnsemble
from summarizers.segmentation.boundary_features import (
    FIRST_PASS,
    SECOND_PASS,
    Floats,
    LeadWeights,
    ParagraphTerms,
    first_pass_features,
    lead_tokens,
    read_terms,
    second_pass_features,
)
from summarizers.segmentation.boundary_model import BoundaryModel, boundary_logits, thresholds
from summarizers.segmentation.paragraphs import DocumentParagraph, read_paragraphs
from summarizers.text.datelines import find_dateline
from summarizers.text.sentences import sentences
from summarizers.text.stems import truncated_stem
from summarizers.text.words import stopwords, words
from training.concatenations import Concatenation, Report, concatenate, held_out, own_reports, read_reports
from training.trees import tree_columns

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "boundaries.json"
COMMON = 1500
"""Frequent word beginnings that have weights of their own."""

PENALTY = 0.3
"""Inverse strength of the linear model's L2 penalty (scikit-learn's C)."""

CAUTION = 0.9
"""Taken off the trees' bias: a story cut in two is worse than two left together. By judgement."""

TREES = 60
"""Rounds of boosting."""

SHORT = 0.3
"""Share of the documents that are pages of short reports."""

ENGLISH = {"lead score", "needs context"}
"""Features that know English words."""

NAMED = {
    "name overlap with left window", "names shared with left window", "names new to left window",
    "window shared names", "window name overlap", "previous name overlap with right window", "new names that recur",
    "first name in left window",
}  # fmt: skip
"""Features that know names by their capitals."""


@dataclass
class Document:
    """A concatenation as the splitter sees it."""

    made: Concatenation
    paragraphs: list[DocumentParagraph]
    starts: frozenset[int]


def documents(
    reports: Sequence[Report], count: int, seed: int, stories: int | None = None, *, short: float = 0.0
) -> list[Document]:
    """Make `count` concatenations, with the paragraphs that begin a story.

    A share of `short` are pages of short reports.
    """
    rng = random.Random(seed)
    return [as_document(concatenate(reports, rng, count=stories, short=short)) for _ in range(count)]


def as_document(made: Concatenation, language: str = "en") -> Document:
    """Find the paragraph that each story begins with: the first that ends behind its beginning."""
    paragraphs = read_paragraphs(made.text, language)
    ends = np.array([paragraph.end for paragraph in paragraphs])
    begins = {int(np.searchsorted(ends, begin, side="right")) for begin in made.begins}
    return Document(made, paragraphs, frozenset(begins - {0, len(paragraphs)}))


def common_words(reports: Sequence[Report]) -> dict[str, float]:
    """Return how many hundredths a shared frequent word counts, from 5 (said) to 100.

    Words that at least four sources use.
    """
    stop = stopwords("en")
    rows: Counter[str] = Counter()
    sources: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        keys = {
            truncated_stem(word.lower(), "en")
            for word in words(" ".join(report.paragraphs))
            if word.lower() not in stop
        }
        rows.update(keys)
        for key in keys:
            sources[key].add(report.source)
    # Words that are as frequent as each other in a fixed order: sets have another in each run.
    ranked = sorted(
        ((key, times) for key, times in rows.items() if len(sources[key]) >= 4 and len(key) > 1),
        key=lambda entry: (-entry[1], entry[0]),
    )[:COMMON]
    scale = log(len(reports) / 15)
    return {key: round(100 * min(1.0, max(0.05, log(len(reports) / times) / scale))) for key, times in ranked}


def lead_weights(reports: Sequence[Report], size: int = 400) -> LeadWeights:
    """Fit weights of a first sentence's words and marks that distinguish a lead, by place.

    Only signs that all four large sources use count, so that no source's subject is learned.
    """
    signs: list[set[tuple[int, str]]] = []
    leads: list[bool] = []
    rate: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for report in reports:
        body = report.paragraphs if len(report.paragraphs) > 2 else sentences(report.paragraphs[0], "en")
        for at, paragraph in enumerate(body[:30]):
            place = find_dateline(paragraph)
            read = lead_tokens(paragraph[place.body :] if place else paragraph)
            present = {(0, sign) for sign in read} | {(1, sign) for sign in read[:6]} | {(2, sign) for sign in read[:1]}
            signs.append(present)
            leads.append(at == 0)
            rate[report.source].update(present)
            total[report.source] += 1
    large = [source for source, times in total.most_common(4) if times > 200]

    def shared(sign: tuple[int, str]) -> float:
        """Return the lowest rate of a sign among the large sources."""
        return min((rate[source][sign] / total[source] for source in large), default=0.0)

    every = sorted({sign for source in large for sign in rate[source]}, key=lambda sign: (-shared(sign), sign))
    place_of = {sign: at for at, sign in enumerate(every[:size])}
    table = np.zeros((len(signs), len(place_of)), dtype=np.float32)
    for row, present in enumerate(signs):
        table[row, [place_of[sign] for sign in present if sign in place_of]] = 1
    model = LogisticRegression(C=0.03, max_iter=400).fit(table, leads)
    result: tuple[dict[str, float], dict[str, float], dict[str, float]] = ({}, {}, {})
    for (position, sign), value in sorted(zip(place_of, model.coef_[0].tolist(), strict=True)):
        if abs(value) >= 0.05:
            result[position][sign] = round(value, 2)
    return result


def fit(rows: Floats, target: NDArray[np.bool_], left_out: set[str], names: Sequence[str]) -> tuple[Floats, float]:
    """Fit a logistic regression over standardised features; those left out weigh nothing."""
    kept = np.array([name not in left_out for name in names])
    mean, spread = rows.mean(0), rows.std(0)
    kept &= spread > 1e-9
    spread = np.where(kept, spread, 1.0)
    standard = ((rows - mean) / spread)[:, kept]
    model = LogisticRegression(C=PENALTY, max_iter=1000).fit(standard, target)
    weights = np.zeros(rows.shape[1])
    weights[kept] = model.coef_[0]
    weights /= spread
    return weights, float(model.intercept_[0] - weights @ mean)


def fit_trees(rows: Floats, target: NDArray[np.bool_], left_out: set[str]) -> TreeEnsemble:
    """Gradient-boosted trees for the second judgement."""
    kept = [at for at, name in enumerate(SECOND_PASS) if name not in left_out]
    model = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=0.15, max_leaf_nodes=8, l2_regularization=10, min_samples_leaf=60,
        early_stopping=False, random_state=0,
    ).fit(rows[:, kept], target)  # fmt: skip
    trees = [tree_columns(tree.nodes, kept, threshold_digits=6, value_digits=4) for (tree,) in model._predictors]
    start = float(model._baseline_prediction.ravel()[0]) - CAUTION
    return TreeEnsemble.from_table(start, trees, SECOND_PASS, SECOND_PASS)


def scatter(units: ParagraphTerms, rng: np.random.Generator) -> None:
    """Give one occurrence of a word in five another form.

    Languages with more endings than English are like that.
    """
    apart = np.flatnonzero(rng.random(len(units.terms)) < 0.2)
    units.terms[apart] = len(units.weights) + np.arange(len(apart))
    units.named[apart] = 0
    units.weights = np.concatenate([units.weights, np.full(len(apart), 100, dtype=np.float32)])


def train(reports: Sequence[Report], left_out: set[str], *, count: int, english: bool) -> BoundaryModel:
    """Fit both judgements on concatenations of `reports` and of our own short stories."""
    reports = [*reports, *own_reports()]
    made = documents(reports, count, 1, short=SHORT) + documents(reports, count // 6, 5, stories=1, short=SHORT)
    made = [document for document in made if len(document.paragraphs) > 1]
    common = common_words(reports) if english else {}
    lead = lead_weights(reports) if english else ({}, {}, {})
    read = [
        read_terms(document.made.text, document.paragraphs, "en", common, drop_subjects=not english)
        for document in made
    ]
    if not english:
        rng = np.random.default_rng(4)
        for terms in read:
            scatter(terms, rng)
    target = np.concatenate(
        [[at in document.starts for at in range(1, len(document.paragraphs))] for document in made]
    ).astype(bool)
    described = [first_pass_features(terms) for terms in read]
    weights, bias = fit(np.concatenate(described), target, left_out, FIRST_PASS)
    rows = [
        second_pass_features(terms, first, first @ weights + bias, lead, thresholds().hopeless)
        for terms, first in zip(read, described, strict=True)
    ]
    trees = fit_trees(np.concatenate(rows), target, left_out)
    return BoundaryModel(LinearModel(bias, tuple(weights.tolist())), trees, common, lead)


def measure(made: Sequence[Document], split: Callable[[Document], set[int]]) -> dict[str, float]:
    """Measure Pk over words and paragraphs, exact counts, and one-story documents left whole."""
    measured: dict[str, list[float]] = defaultdict(list)
    for document in made:
        guess = split(document)
        if len(document.made.begins) == 1:
            measured["one"].append(not guess)
            continue
        sizes = [len(document.made.text[p.start : p.end].split()) for p in document.paragraphs]
        measured["pk words"].append(pk(sizes, document.starts, guess))
        measured["pk lines"].append(pk([1] * len(sizes), document.starts, guess))
        measured["exact"].append(len(guess) + 1 == len(document.made.begins))
    return {name: float(np.mean(values)) for name, values in sorted(measured.items())}


def pk(sizes: Sequence[int], true: frozenset[int], guess: set[int]) -> float:
    """Return Pk: how often two places half a story apart are wrongly joined or separated.

    Beeferman, Berger and Lafferty, Machine Learning 34, 1999.
    """
    labels = np.zeros((2, sum(sizes)), dtype=np.int64)
    at = 0
    numbers = [0, 0]
    for place, size in enumerate(sizes):
        numbers = [numbers[0] + (place in true), numbers[1] + (place in guess)]
        labels[:, at : at + size] = np.array(numbers)[:, None]
        at += size
    reach = max(1, round(at / (len(true) + 1) / 2))
    if at <= reach:
        return 0.0
    same = labels[:, reach:] == labels[:, :-reach]
    return float(np.mean(same[0] != same[1]))


def splitter(model: BoundaryModel) -> Callable[[Document], set[int]]:
    """A model as a function from documents to boundaries."""

    def split(document: Document) -> set[int]:
        """Return the paragraphs with which the model lets a story begin."""
        if len(document.paragraphs) < 2:
            return set()
        scores = boundary_logits(document.made.text, document.paragraphs, "en", model)
        return {number for number, score in enumerate(scores, 1) if score > 0}

    return split


def show(title: str, result: dict[str, float]) -> None:
    """Print a line of figures."""
    print(f"{title:36}", "  ".join(f"{name} {value:.3f}" for name, value in result.items()))


VARIANTS = {"en": set[str](), "any": ENGLISH, "caseless": ENGLISH | NAMED}


def check(reports: Sequence[Report]) -> None:
    """Print what the models reach on rows, and on sources, that they were not fitted to."""
    known = [report for report in reports if not held_out(report)]
    fresh = [report for report in reports if held_out(report)]
    made = documents(fresh, 400, 2)
    briefs = documents(fresh, 400, 2, short=1.0)
    whole = [
        as_document(Concatenation("\n".join([*filter(None, [r.title]), *r.paragraphs]), (0,), "lines", (r.source,)))
        for r in fresh
    ]
    for name, left_out in VARIANTS.items():
        model = train(known, left_out, count=1800, english=name == "en")
        show(f"rows held out, {name}", measure(made, splitter(model)))
        show("  pages of short reports", measure(briefs, splitter(model)))
        show("  each row as a document", measure(whole, splitter(model)))
    for source in ("reuters", "masakha", "bbc", "ecb", "writers"):
        model = train([report for report in reports if report.source != source], set(), count=1200, english=True)
        own = [report for report in reports if report.source == source]
        show(f"source held out: {source}", measure(documents(own, 200, 3), splitter(model)))


def as_entry(model: BoundaryModel) -> dict[str, object]:
    """A model as the file has it."""
    weights = {name: round(value, 4) for name, value in zip(FIRST_PASS, model.first.weights, strict=True)}
    return {
        "first": {"bias": round(model.first.bias, 4), "weights": weights},
        "second": {
            "features": SECOND_PASS,
            "start": round(model.second.start, 4),
            "trees": [(tree.feature, tree.value, tree.left, tree.right) for tree in model.second.trees],
        },
        "common": {key: value / 100 for key, value in sorted(model.common.items())},
        "lead": model.lead,
    }


SOURCE = (
    "Weights and word rates, no text: fitted by training/boundaries.py --write on all development rows "
    "(../shared/data, not part of the project) and on topics_stories, with the versions of requirements/; --verify fits again and compares. "
    "first: logistic weights of raw features; second: boosted trees, each as columns (feature or -1, threshold or value, left, right); "
    "common: what a shared word counts; lead: a lead's words. thresholds: logits, kept by a new fit."
)


def fitted(reports: Sequence[Report]) -> str:
    """The file's text: the models of all variants, fitted on all rows."""
    models = {
        name: as_entry(train(reports, left_out, count=2600, english=name == "en"))
        for name, left_out in VARIANTS.items()
    }
    kept = json.loads(TABLE.read_text("utf-8"))["thresholds"]
    table = {"source": SOURCE, "thresholds": kept, "models": models}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n"


def verified(shipped: str, text: str) -> bool:
    """Return whether the shipped file is what a fit gives; print what differs."""
    if shipped == text:
        print("the shipped file is what the fit gives, byte for byte")
        return True
    ours, theirs = json.loads(shipped)["models"], json.loads(text)["models"]
    for name, entry in theirs.items():
        parts = [part for part in entry if entry[part] != ours.get(name, {}).get(part)]
        print(f"{name}: {'the same' if not parts else 'differs in ' + ', '.join(parts)}")
    return False


def main() -> None:
    """Check, fit, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--verify", action="store_true")
    arguments = parser.parse_args()
    reports = read_reports(arguments.data)
    if arguments.check:
        check(reports)
    if arguments.write:
        TABLE.write_text(fitted(reports), "utf-8")
    if arguments.verify and not verified(TABLE.read_text("utf-8"), fitted(reports)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
