"""Fit of the model of news value: summarizers/data/news_value.json.

Stories: news_value_stories/, headlines and leads of the project's own in eight languages, graded as a desk editor would
(lead, middle, minor), a file a language; and English Wikinews of 2019 (CC BY 2.5) with the headlines that somebody
judged from their words alone (`--data`, the folder of the development sets). No word of Wikinews goes into the file, only
weights of factors. A proportional-odds model: one logistic regression of "at least middle" and "lead" with the same
weights and an intercept each; the bias shipped lies halfway between the two. Signs are bounded.

    python -m training.news_value --data ../shared/data [--write]

Without `--write`, prints how often a lead story is above a minor one where neither was fitted on: each language of our own
by the seven others, Wikinews in eight folds, and Wikinews by our own stories alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from summarizers.analysis import analyse
from summarizers.news_value.factors import AMOUNTS, FACTORS, FORMS, WORDS
from summarizers.news_value.value import factor_values
from summarizers.types import Analysis

Floats = NDArray[np.float64]

ROOT = Path(__file__).parents[1]
STORIES = Path(__file__).parent / "news_value_stories"
TABLE = ROOT / "summarizers" / "data" / "news_value.json"
SOURCE = (
    "Weights of factors, no text: fitted by training/news_value.py on headlines and leads of the project's own in eight "
    "languages and on English Wikinews of 2019 (https://en.wikinews.org), CC BY 2.5"
)

GRADES = ("minor", "middle", "lead")
FOLDS, ROUNDS = 8, 3
"""Parts of the Wikinews stories in cross-validation, and its repetitions."""

STRENGTH = 0.3
"""Inverse strength of the L2 penalty: of 0.1, 0.3, 1 and 3 the best in all three measures, by little."""

FIGURE_SCALE = 3.0
"""Factor of the columns of figures, which weakens the penalty on them: few stories have large ones, and these tell a
catastrophe from an accident. By judgement; the rates are the same from 1 to 4."""

THRESHOLDS = {
    "softness": {
        "value": 2.0,
        "basis": "by judgement",
        "run": "values of our stories from 0.15 to 0.93, none within 0.05 of either end",
        "limits": "what a logit is divided by before it becomes a value in 0..1",
    },
    "shown": {
        "value": 0.25,
        "basis": "by judgement",
        "run": "one to six factors a story of our own",
        "limits": "least part of a logit for which a factor is named as a reason",
    },
    "most_shown": {
        "value": 6,
        "basis": "by judgement",
        "run": "as many as a reader takes in",
        "limits": "factors named as reasons for one story",
    },
}


@dataclass(frozen=True)
class Graded:
    """A story's factors, its grade as a position in GRADES, and where it is from."""

    values: Floats
    grade: int
    origin: str


def own_stories() -> list[Graded]:
    """Read the project's own stories, in the order of the files."""
    found = []
    for path in sorted(STORIES.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            grade, headline, lead = line.split(" | ", 2)
            (analysis,) = analyse(lead, as_one_story=True, title=headline)
            found.append(Graded(values_of(analysis, path.stem), GRADES.index(grade), path.stem))
    return found


def wikinews(data: Path) -> list[Graded]:
    """Read the Wikinews stories that are graded."""
    lines = (data / "headlines" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    graded = json.loads((data / "headlines" / "news_value_dev.json").read_text("utf-8"))
    found = []
    for grade in ("lead", "minor"):
        for identity in graded[grade]:
            (analysis,) = analyse(rows[identity]["text"], as_one_story=True, title=rows[identity]["title"])
            found.append(Graded(values_of(analysis, "en"), GRADES.index(grade), "wikinews"))
    return found


def values_of(analysis: Analysis, language: str) -> Floats:
    """Return the values of a story's factors, in the order of FACTORS."""
    found = factor_values(analysis.story, analysis.headline, analysis.sentences, analysis.countries, language=language)
    return np.array(found.values)


def fit(stories: Sequence[Graded]) -> tuple[Floats, float]:
    """Return weights and bias: those of the least log loss with an L2 penalty, within `_bounds`."""
    scale = np.array([FIGURE_SCALE if name in AMOUNTS else 1.0 for name in FACTORS])
    rows = np.array([story.values for story in stories]) * scale
    grades = np.array([story.grade for story in stories])
    ones, zeros = np.ones((len(rows), 1)), np.zeros((len(rows), 1))
    doubled = np.vstack([np.hstack([rows, ones, zeros]), np.hstack([rows, zeros, ones])])
    signs = np.where(np.concatenate([grades >= 1, grades >= 2]), 1.0, -1.0)
    penalty = np.append(np.full(len(FACTORS), 1.0), [0.0, 0.0])

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (doubled @ weights)
        slopes = -signs * expit(-margins) / 2
        value = np.logaddexp(0.0, -margins).sum() / 2 + (penalty * weights**2).sum() / (2 * STRENGTH)
        return float(value), doubled.T @ slopes + penalty * weights / STRENGTH

    found = minimize(loss, np.zeros(len(penalty)), jac=True, method="L-BFGS-B", bounds=_bounds())
    return found.x[:-2] * scale, float(found.x[-2:].mean())


def _bounds() -> list[tuple[float | None, float | None]]:
    """Return the least and the most weight of each factor and of the two intercepts.

    What happened never counts against a story and a form never for it, whatever few stories say; topics and former
    office do either.
    """
    favourable = {*AMOUNTS, *WORDS, "prominent", "countries"} - {"former"}
    against = {*FORMS, "told"}
    of_factors = [
        (0.0, None) if name in favourable else (None, 0.0) if name in against else (None, None) for name in FACTORS
    ]
    return [*of_factors, (None, None), (None, None)]


def before(scores: Floats, grades: Sequence[int]) -> float:
    """Return how often a lead story scores above a minor one; equal scores count half."""
    leads = scores[[grade == len(GRADES) - 1 for grade in grades]]
    minors = scores[[grade == 0 for grade in grades]]
    return float(np.mean((leads[:, None] > minors) + 0.5 * (leads[:, None] == minors)))


def judge(stories: Sequence[Graded], fitted: Sequence[Graded], *, neighbours: bool = False) -> float:
    """Return `before` of stories by a model fitted on others.

    With `neighbours`, of pairs that are one grade apart.
    """
    scores = np.array([story.values for story in stories]) @ fit(fitted)[0]
    grades = np.array([story.grade for story in stories])
    if not neighbours:
        return before(scores, grades.tolist())
    upper = grades > 0
    halves = [before(scores[kept], (2 * (grades[kept] > low)).tolist()) for low, kept in ((0, grades < 2), (1, upper))]
    return float(np.mean(halves))


def cross_validated(own: Sequence[Graded], wiki: Sequence[Graded]) -> float:
    """Return `before` of Wikinews stories by models fitted to our own and the other folds."""
    folded = []
    for seed in range(ROUNDS):
        fold = np.random.RandomState(seed).permutation(len(wiki)) % FOLDS
        scores = np.zeros(len(wiki))
        for part in range(FOLDS):
            rest = [story for story, at in zip(wiki, fold, strict=True) if at != part]
            weights = fit([*own, *rest])[0]
            for at in np.flatnonzero(fold == part).tolist():
                scores[at] = wiki[at].values @ weights
        folded.append(before(scores, [story.grade for story in wiki]))
    return float(np.mean(folded))


def report(own: list[Graded], wiki: list[Graded]) -> None:
    """Print the figures of cross-validation."""
    for language in sorted({story.origin for story in own}):
        held_out = [story for story in own if story.origin == language]
        rest = [story for story in own if story.origin != language]
        print(f"own stories, {language} by the other languages: {judge(held_out, rest + wiki):.3f} ({len(held_out)})")
    print(f"Wikinews, cross-validated: {cross_validated(own, wiki):.3f} ({len(wiki)})")
    print(f"Wikinews, by our own stories alone: {judge(wiki, own):.3f}")


def table(stories: Sequence[Graded]) -> dict[str, object]:
    """Return the table that is shipped."""
    weights, bias = fit(stories)
    return {
        "source": SOURCE,
        "thresholds": THRESHOLDS,
        "bias": round(bias, 3),
        "weights": {factor: round(float(weight), 3) for factor, weight in zip(FACTORS, weights, strict=True)},
    }


def main() -> None:
    """Fit, and print figures or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development sets")
    parser.add_argument("--write", action="store_true", help="write summarizers/data/news_value.json")
    arguments = parser.parse_args()
    own, wiki = own_stories(), wikinews(arguments.data)
    if arguments.write:
        TABLE.write_text(json.dumps(table([*own, *wiki]), indent=1, ensure_ascii=False) + "\n", "utf-8")
    else:
        report(own, wiki)


if __name__ == "__main__":
    main()
