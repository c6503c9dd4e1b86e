"""What is each word worth to each topic? Writes ../topics_<language>.json, byte for byte the same each time.

Learned from nothing but the project's own writing: the vocabularies in topics_words/ and the short stories in
topics_stories/, a file a topic, a story a line; further topics of a story stand behind it in square brackets.

A softmax regression sees a story twice: as 17 sums of the vocabulary's points, and as its single terms, those of the
vocabulary and those that stand in two of the stories. Both are linear, so that they are folded into one weight
per term and topic afterwards; what the vocabulary says is the model's opinion of words that no story has. Languages
other than English have no stories: there the vocabulary's points are weighted as the English fit weights them.

    python -m training.topics [--check]

`--check` compares instead of writing. scikit-learn is needed, of the `bench` group.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from summarizers.labels.topics import TOPIC_LANGUAGES, TOPICS, TermReader, topic_term, topic_words
from summarizers.text.words import stopwords

Floats = NDArray[np.float64]

HERE = Path(__file__).parent
DATA = HERE.parent / "summarizers" / "data"
POINTS = {"sure": 1.0, "typical": 0.5, "hint": 0.13}
UNIT = 50  # weights are kept as whole numbers of 1/50, so that no platform's rounding shows
VOCABULARY_SCALE = 4.0
TERM_SCALE = 5.0
INVERSE_PENALTY = 0.3
CALIBRATION = (0.25, 0.6, -0.5)
"""What a score owes to the points, to their lead and to neither: chosen so that scores are right as often as they say,
on our own stories in cross-validation and on the development rows, which are of another kind; see decision 0008."""


@dataclass(frozen=True)
class Lesson:
    """A text and its topics as positions in TOPICS, the main one first."""

    text: str
    topics: tuple[int, ...]


def lessons() -> list[Lesson]:
    """The stories of topics_stories/, in the order of TOPICS and of the files."""
    found = []
    for at, slug in enumerate(TOPICS):
        for line in (HERE / "topics_stories" / f"{slug}.txt").read_text("utf-8").splitlines():
            text, more = re.fullmatch(r"(.*?)(?: \[([a-z, -]+)\])?", line).groups()  # type: ignore[union-attr]  # .*? fits all
            others = [TOPICS.index(name.strip()) for name in (more or "").split(",") if name.strip()]
            found.append(Lesson(text, (at, *others)))
    return found


def vocabulary(language: str) -> dict[str, Floats]:
    """Term -> points by topic, from the hand-written lists."""
    table = tomllib.loads((HERE / "topics_words" / f"{language}.toml").read_text("utf-8"))
    found: dict[str, Floats] = {}
    for slug, tiers in table.items():
        topic = TOPICS.index(slug)
        for tier, listed in tiers.items():
            for entry in listed.split():
                term = _term(entry, language)
                if term:
                    row = found.setdefault(term, np.zeros(len(TOPICS)))
                    row[topic] = max(row[topic], POINTS[tier])
    return found


def _term(entry: str, language: str) -> str | None:
    """The term that an entry of a vocabulary stands for; None for one that the reader could not find."""
    if language in {"zh", "ja"}:
        return entry if 2 <= len(entry) <= 6 else None
    parts = [topic_term(token, language) for token in topic_words(entry.replace("_", " "))]
    return " ".join(parts) if 1 <= len(parts) <= 2 else None


def known_terms(stories: Iterable[Lesson], words: Iterable[str]) -> list[str]:
    """The vocabulary's terms and the stems that stand in two stories, sorted; function words left out."""
    spread = Counter(term for story in stories for term in {topic_term(word, "en") for word in topic_words(story.text)})
    idle = stopwords("en") | {topic_term(word, "en") for word in stopwords("en")}
    return sorted({*words, *(term for term, times in spread.items() if times > 1 and term not in idle)})


def matrix(texts: Iterable[str], terms: Sequence[str], language: str = "en") -> csr_matrix:
    """A row a text, as the reader sees it."""
    reader = TermReader(terms, language)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    count = 0
    for text in texts:
        positions, found = reader.read(text)
        rows += [count] * len(positions)
        columns += positions
        values += found
        count += 1
    return csr_matrix((values, (rows, columns)), shape=(count, len(terms)))


@dataclass(frozen=True)
class Fit:
    """Weights of English terms and topics, and what a point of the vocabulary is worth in any language."""

    terms: list[str]
    weights: Floats
    bias: Floats
    points: Floats

    def logits(self, texts: Iterable[str]) -> Floats:
        """The points of the linear model for English texts, a row a text."""
        return np.asarray(matrix(texts, self.terms) @ self.weights + self.bias)


def fit(stories: Sequence[Lesson]) -> Fit:
    """Fit the English model; pure, so that cross-validation can call it."""
    listed = vocabulary("en")
    terms = known_terms(stories, listed)
    points = np.array([listed.get(term, np.zeros(len(TOPICS))) for term in terms])
    seen = matrix((story.text for story in stories), terms)
    features = hstack([csr_matrix(seen @ points * VOCABULARY_SCALE), seen * TERM_SCALE]).tocsr()
    # A story with two topics is learned as both.
    rows = [at for at, story in enumerate(stories) for _ in story.topics]
    targets = [topic for story in stories for topic in story.topics]
    shares = [1.0 if not place else 0.4 for story in stories for place in range(len(story.topics))]
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=5000, tol=1e-10)
    model.fit(features[rows], targets, sample_weight=shares)
    by_vocabulary = model.coef_[:, : len(TOPICS)].T * VOCABULARY_SCALE
    weights = points @ by_vocabulary + model.coef_[:, len(TOPICS) :].T * TERM_SCALE
    return Fit(terms, weights, model.intercept_, by_vocabulary)


def table(language: str, fitted: Fit) -> str:
    """The file of one language: JSON, a term a line, weights in whole numbers of 1/UNIT by topic."""
    if language == "en":
        terms, weights = fitted.terms, fitted.weights
    else:
        listed = vocabulary(language)
        terms = sorted(listed)
        weights = np.array([listed[term] for term in terms]) @ fitted.points
    whole = np.rint(weights * UNIT).astype(int).tolist()
    head = {
        "source": "fitted by training/topics.py to the project's own writing",
        "topics": TOPICS,
        "unit": UNIT,
        "calibration": CALIBRATION,
        "bias": np.rint(fitted.bias * UNIT).astype(int).tolist(),
    }
    lines = [f"{json.dumps(term, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
             for term, row in zip(terms, whole, strict=True) if any(row)]  # fmt: skip
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{opening}, "terms": {{\n' + ",\n".join(lines) + "\n}}\n"


def main() -> None:
    """Fit, and write or compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the shipped files; exit 1 where they differ")
    arguments = parser.parse_args()
    fitted = fit(lessons())
    stale = []
    for language in TOPIC_LANGUAGES:
        path = DATA / f"topics_{language}.json"
        made = table(language, fitted)
        if arguments.check:
            if not path.exists() or path.read_text("utf-8") != made:
                stale.append(path.name)
        else:
            path.write_text(made, "utf-8")
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}")


if __name__ == "__main__":
    main()
