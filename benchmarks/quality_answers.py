"""Answers to questions: the right sentence among those shown, and silence where no story answers.

    python -m benchmarks.quality_answers

125 questions in eight languages about the demo files and the written reports, a third answered by no story: those that the
model was fitted on, and those set aside. BM25 (Robertson and Zaragoza, 2009) ranks all sentences by the question's words; its
threshold is the one that is best for the half that was fitted on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("OMP_NUM_THREADS", "1")

from rich.console import Console
from rich.table import Table

from summarizers.answers import find_answers
from summarizers.text.embeddings import OFF_VARIABLE, encoder
from training.answering import asked_questions, bm25_figures, candidate_passages

_HALVES = ("choosing", "aside")

_BM25_THRESHOLDS = (3.0, 4.0, 5.0, 6.0, 7.0, 8.0)
"""Scores between which BM25's threshold is chosen: below nearly all questions are answered, above nearly none."""


def main() -> None:
    """Print the table."""
    table = Table("answers", "fitted on: right", "silent", "set aside: right", "silent", title="questions answered")
    if encoder() is not None:
        table.add_row("the model", *_figures())
    with _without_encoder():
        table.add_row("the same without the encoder", *_figures())
    best = max(_BM25_THRESHOLDS, key=lambda least: min(bm25_figures("choosing", least)))
    table.add_row("BM25 over the sentences", *(_share(each) for half in _HALVES for each in bm25_figures(half, best)))
    Console(width=100).print(table)


def _figures() -> Iterator[str]:
    """Yield the shares of right answers and of right silence in each half."""
    for half in _HALVES:
        questions = asked_questions(half)
        right, silent = [], []
        for question, passages in zip(questions, candidate_passages(questions), strict=True):
            answers = find_answers(question.text, question.language, passages)
            sentences = [passages[each.passage].sentences[each.sentence] for each in answers]
            if question.answers:
                right.append(any(map(question.is_answer, sentences)))
            else:
                silent.append(not sentences)
        yield _share(sum(right) / len(right))
        yield _share(sum(silent) / len(silent))


def _share(value: float) -> str:
    return f"{value:.0%}"


@contextmanager
def _without_encoder() -> Iterator[None]:
    os.environ[OFF_VARIABLE] = "off"
    try:
        yield
    finally:
        del os.environ[OFF_VARIABLE]


if __name__ == "__main__":
    main()
