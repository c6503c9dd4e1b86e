"""Fits the choice of answers on written questions, and measures it on others.

They are about the demo files and the written reports.

Questions (training/questions/*.txt, written for this project) are in eight languages, a third of them answered by no
story. `choosing` is fitted on, `aside` only measured. Usage: python -m training.answering [--write]
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from summarizers import analyse
from summarizers.answers.question_terms import read_question, text_terms
from summarizers.answers.selection import FEATURES, Passage, answer_features
from summarizers.text.embeddings import EMBEDDING_LANGUAGES, OFF_VARIABLE, encoder
from summarizers.text.sentences import sentences
from training.interlingual_reports import interlingual_reports

__all__ = ["AskedQuestion", "asked_questions", "bm25_figures", "candidate_passages", "question_passages"]

ROOT = Path(__file__).parents[1]
OUT = ROOT / "summarizers" / "data" / "answers.json"

CANDIDATES = 12
"""Stories in which answers are looked for, as in bot/services/questions.py."""

_RANK_OFFSET = 60
"""Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""

_K1, _B = 1.2, 0.75
"""Parameters of BM25 as they are usual."""

_PENALTY = 1.0
"""L2 penalty of the weights, by which the figures below fell least from one half of `choosing` to the other."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with parts of the sentences that answer it; none where no story does."""

    language: str
    text: str
    answers: tuple[str, ...]

    def is_answer(self, sentence: str) -> bool:
        """Return whether a sentence answers the question."""
        return any(answer in sentence for answer in self.answers)


def asked_questions(half: str) -> list[AskedQuestion]:
    """Return the questions of a half, "choosing" or "aside"."""
    return list(_read(ROOT / "training" / "questions" / f"{half}.txt"))


def _read(path: Path) -> Iterator[AskedQuestion]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, text, answers = (part.strip() for part in line.split(" | "))
            parts = () if answers == "-" else tuple(part.strip() for part in answers.split(" / "))
            yield AskedQuestion(language, text, parts)


def question_passages() -> list[Passage]:
    """Return the stories that the questions are about: the demo files and the written reports."""
    passages = []
    for path in sorted((ROOT / "seeds").glob("*")):
        if path.suffix in {".txt", ".md"}:
            analyses = analyse(path.read_text("utf-8"))
            passages += [Passage(each.headline, tuple(each.sentences), each.language) for each in analyses]
    for half in ("choosing", "aside"):
        for report in interlingual_reports(half):
            headline, _, text = report.text.partition("\n")
            passages.append(Passage(headline, tuple(sentences(text, report.language)), report.language))
    return passages


class _Index:
    """Stories by their words and by their meaning, ranked as the store ranks them."""

    def __init__(self, passages: list[Passage]) -> None:
        self.passages = passages
        texts = ["\n".join((each.headline, *each.sentences)) for each in passages]
        self.terms = [text_terms(text, each.language) for text, each in zip(texts, passages, strict=True)]
        model = encoder()
        self.vectors = None
        if model is not None:
            vectors = np.array([model.embed_head(text) for text in texts])
            known = np.array([each.language in EMBEDDING_LANGUAGES for each in passages])
            self.vectors = np.where(known[:, None], vectors, 0.0)

    def candidates(self, question: AskedQuestion) -> list[Passage]:
        asked = read_question(question.text, question.language)
        found = [sum(not term.isdisjoint(keys) for keys in self.terms) for term in asked.terms]
        scores = np.array(
            [
                sum(
                    1 / count
                    for term, count in zip(asked.terms, found, strict=True)
                    if count and not term.isdisjoint(keys)
                )
                for keys in self.terms
            ]
        )
        fused = np.zeros(len(self.passages))
        rankings = [np.argsort(-scores, kind="stable")[: np.count_nonzero(scores)][:50]]
        model = encoder()
        if self.vectors is not None and model is not None and question.language in EMBEDDING_LANGUAGES:
            rankings.append(np.argsort(-(self.vectors @ model.embed([question.text])[0]))[:50])
        for ranking in rankings:
            fused[ranking] += 1 / (_RANK_OFFSET + np.arange(len(ranking)))
        best = np.argsort(-fused, kind="stable")[:CANDIDATES]
        return [self.passages[number] for number in best if fused[number] > 0]


def candidate_passages(questions: list[AskedQuestion]) -> list[list[Passage]]:
    """Return for each question the stories in which its answer is looked for."""
    index = _Index(question_passages())
    return [index.candidates(question) for question in questions]


def _fit(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights and bias of a logistic regression by Newton's method."""
    design = np.hstack([rows, np.ones((len(rows), 1))])
    theta = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], _PENALTY)
    penalty[-1] = 0.0
    for _ in range(50):
        probabilities = 1 / (1 + np.exp(-design @ theta))
        gradient = design.T @ (weights * (probabilities - labels)) + penalty * theta
        curvature = (design * (weights * probabilities * (1 - probabilities))[:, None]).T @ design + np.diag(penalty)
        theta -= np.linalg.solve(curvature + 1e-9 * np.eye(len(theta)), gradient)
    return theta[:-1], float(theta[-1])


def main() -> None:
    """Fit both models on `choosing`, print the figures of both halves, write when told to."""
    models = {}
    for name in ("meaning", "words"):
        if name == "words":
            os.environ[OFF_VARIABLE] = "off"
        data = {half: _described(half) for half in ("choosing", "aside")}
        rows = np.vstack([each.rows for each in data["choosing"]])
        labels = np.concatenate([each.good for each in data["choosing"]]).astype(float)
        theta, bias = _fit(rows, labels, np.ones(len(labels)))
        models[name] = {
            "bias": round(bias, 4),
            "weights": {feature: round(float(weight), 4) for feature, weight in zip(FEATURES, theta, strict=True)},
        }
        print(name, models[name])
        for least in (0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4):
            print(least, *(f"{half}: {_figures(data[half], theta, bias, least)}" for half in data))
    if "--write" in sys.argv[1:]:
        table = json.loads(OUT.read_text("utf-8"))
        OUT.write_text(json.dumps({**table, "models": models}, indent=1) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class _Described:
    """A question with the features of its candidate sentences, and which of these are right."""

    question: AskedQuestion
    rows: np.ndarray
    good: np.ndarray


def _described(half: str) -> list[_Described]:
    questions = asked_questions(half)
    described = []
    for question, passages in zip(questions, candidate_passages(questions), strict=True):
        rows, places, _ = answer_features(read_question(question.text, question.language), passages)
        good = [question.is_answer(passages[number].sentences[index]) for number, index in places]
        described.append(_Described(question, np.array(rows).reshape(-1, len(FEATURES)), np.array(good, bool)))
    answered = [each for each in described if each.question.answers]
    missed = [each.question.text for each in answered if not each.good.any()]
    print(half, "right sentence among the candidates:", len(answered) - len(missed), "of", len(answered), *missed)
    return described


def _figures(described: list[_Described], theta: np.ndarray, bias: float, least: float) -> str:
    """Return the shares of right answers and of right silence at a threshold."""
    right, silent = [], []
    for each in described:
        probabilities = 1 / (1 + np.exp(-(each.rows @ theta + bias)))
        best = np.argsort(-probabilities)[:4]
        speaks = len(best) > 0 and probabilities[best[0]] >= least
        if each.question.answers:
            right.append(speaks and bool(each.good[best].any()))
        else:
            silent.append(not speaks)
    return f"right {np.mean(right):.2f} silent {np.mean(silent):.2f}"


def bm25_figures(half: str, least: float) -> tuple[float, float]:
    """Return the figures of BM25 over all sentences, in the language of each question alone."""
    sentences_ = [(text, each.language) for each in question_passages() for text in each.sentences]
    keys = [{key for key in text_terms(text, language) if not key.startswith("~")} for text, language in sentences_]
    average = sum(map(len, keys)) / len(keys)
    right, silent = [], []
    for question in asked_questions(half):
        scores = np.zeros(len(keys))
        for term in read_question(question.text, question.language).terms:
            own = {key for key in term if not key.startswith("~")}
            hits = np.array([not own.isdisjoint(each) for each in keys])
            rarity = np.log(1 + (len(keys) - hits.sum() + 0.5) / (hits.sum() + 0.5))
            lengths = np.array([len(each) for each in keys]) / average
            scores += hits * rarity * (_K1 + 1) / (1 + _K1 * (1 - _B + _B * lengths))
        best = np.argsort(-scores, kind="stable")[:4]
        speaks = scores[best[0]] >= least
        if question.answers:
            right.append(bool(speaks) and any(question.is_answer(sentences_[place][0]) for place in best))
        else:
            silent.append(not speaks)
    return float(np.mean(right)), float(np.mean(silent))


if __name__ == "__main__":
    main()
