"""Quality and speed of country labels beside geotext, country-converter and pycountry.

A plain gazetteer is measured as well.

Rows: ../shared/data/countries/dev.jsonl, 600 stories of Reuters-21578 with their places; without it there is nothing
to measure. A peer's answer is every country that it finds: none of them weighs. Our own weights were fitted to these
rows, so "gazette, cross-validated" is the row to read: there each story is judged by a model that never saw it.

    python -m benchmarks.quality_countries
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from summarizers.labels.countries import countries, country_features
from summarizers.labels.country_names import country_names
from summarizers.labels.gazetteer import fold_accents
from summarizers.labels.mentions import find_mentions
from summarizers.labels.text_regions import find_regions

ROWS = Path(__file__).parents[1].parent / "shared" / "data" / "countries" / "dev.jsonl"
SALIENCE_THRESHOLD = 0.25
DRAWS = 1000
"""Samples of the bootstrap."""

ROUNDS = 3
"""Repetitions of the cross-validation with other folds than training/countries.py uses."""

Finder = Callable[[str], set[str]]


@dataclass(frozen=True)
class FinderScore:
    """Scores of one finder.

    Micro-F1, precision and recall over all labels, and F1 without the US, each F1 with its 95% interval over stories
    drawn with replacement; milliseconds of processor time a story.
    """

    name: str
    f1: float
    interval: tuple[float, float]
    precision: float
    recall: float
    without_us: float
    without_us_interval: tuple[float, float]
    milliseconds: float | None


def read_rows() -> list[dict[str, Any]]:
    """Read the labelled stories; none if the data is not beside the checkout."""
    if not ROWS.exists():
        return []
    return [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]


def gazette(text: str) -> set[str]:
    """Return the countries that our model says a story is about."""
    return {country.code for country in countries(text, "en") if country.salience >= SALIENCE_THRESHOLD}


def any_mention(text: str) -> set[str]:
    """Return every country that our gazetteer finds a mention of."""
    return {mention.code for mention in find_mentions(text, fold_accents(text), find_regions(text), "en")}


@cache
def _cldr_names() -> re.Pattern[str]:
    names = sorted(country_names("en").values(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name.casefold()) for name in names) + r")(?!\w)")


def plain_gazetteer(text: str) -> set[str]:
    """Return every country whose CLDR name is in the text, in any case."""
    codes = {name.casefold(): code for code, name in country_names("en").items()}
    return {codes[name] for name in _cldr_names().findall(text.casefold())}


def peers() -> dict[str, Finder | str]:
    """Return the libraries' finders by name; "not installed" instead of one that isn't."""
    finders: dict[str, Finder | str] = {}
    try:
        from geotext import GeoText

        finders["geotext"] = lambda text: set(GeoText(text).country_mentions)
        # It reads capitals only in mixed case; headlines and datelines here are in capitals.
        finders["geotext, headline in small letters"] = lambda text: set(GeoText(_title_case(text)).country_mentions)
    except ImportError:
        finders["geotext"] = "not installed"
    try:
        import country_converter

        # Its class doesn't open under every pandas, so the patterns are read from its table.
        data = Path(country_converter.__file__).parent / "country_data.tsv"
        with data.open(encoding="utf-8", newline="") as file:
            patterns = [
                (re.compile(row["regex"], re.IGNORECASE), row["ISO2"])
                for row in csv.DictReader(file, delimiter="\t")
                if len(row["ISO2"]) == 2
            ]
        finders["country-converter's patterns"] = lambda text: _match_patterns(text, patterns)
    except ImportError:
        finders["country-converter's patterns"] = "not installed"
    try:
        import pycountry

        codes: dict[str, str] = {}
        for country in pycountry.countries:
            for key in ("name", "common_name", "official_name"):
                if hasattr(country, key):
                    codes[getattr(country, key).casefold()] = country.alpha_2
        names = sorted(codes, key=len, reverse=True)
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
        finders["pycountry's names"] = lambda text: {codes[name] for name in pattern.findall(text.casefold())}
    except ImportError:
        finders["pycountry's names"] = "not installed"
    return finders


def _title_case(text: str) -> str:
    """Write words of three and more capitals with one capital each."""
    return re.sub(r"\b[A-Z]{3,}\b", lambda match: match[0].title(), text)


def _match_patterns(text: str, patterns: list[tuple[re.Pattern[str], str]]) -> set[str]:
    """Return the countries whose pattern matches anywhere; they are made for whole names."""
    return {code for pattern, code in patterns if pattern.search(text)}


def cross_validated(stories: list[dict[str, Any]]) -> list[list[set[str]]]:
    """Return each story's countries in each round, by a model fitted to the other folds.

    The model is fitted as training/countries.py does.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from training import countries as training

    examples = training.read_examples(stories)
    codes = np.array(
        [code for row in stories for text, _ in training.variants(row) for code in country_features(text, "en")[0]]
    )
    threshold = json.loads(training.TABLE.read_text("utf-8"))["threshold"]
    rounds = []
    for seed in range(ROUNDS):
        fold = np.random.RandomState(1000 + seed).permutation(len(stories)) % training.FOLDS
        answers: list[set[str]] = [set() for _ in stories]
        for part in range(training.FOLDS):
            held_out = fold[examples.story] == part
            model = training.fit(examples, ~held_out)
            asked = held_out & (examples.weights == 1.0)
            probabilities = model.predict_proba(examples.features[asked])[:, 1]
            for story, code, probability in zip(examples.story[asked], codes[asked], probabilities, strict=True):
                if probability >= threshold:
                    answers[story].add(str(code))
        rounds.append(answers)
    return rounds


def score(name: str, answers: list[set[str]], stories: list[dict[str, Any]], milliseconds: float | None) -> FinderScore:
    """Compute micro-averaged scores with bootstrap intervals over stories."""
    labels = [set(row["countries"]) for row in stories]
    counts = np.array([(len(a & b), len(a), len(b)) for a, b in zip(answers, labels, strict=True)])
    foreign = np.array(
        [(len((a & b) - {"US"}), len(a - {"US"}), len(b - {"US"})) for a, b in zip(answers, labels, strict=True)]
    )
    right, chosen, total = counts.sum(axis=0)
    return FinderScore(
        name,
        _f1(counts),
        _interval(counts),
        float(right / max(chosen, 1)),
        float(right / total),
        _f1(foreign),
        _interval(foreign),
        milliseconds,
    )


def _f1(counts: np.ndarray) -> float:
    right, chosen, labels = counts.sum(axis=0)
    return float(2 * right / max(chosen + labels, 1))


def _interval(counts: np.ndarray) -> tuple[float, float]:
    """Return the middle 95% of F1 over stories drawn with replacement."""
    random = np.random.RandomState(0)
    drawn = [_f1(counts[random.randint(0, len(counts), len(counts))]) for _ in range(DRAWS)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def measure() -> list[FinderScore]:
    """Score each finder; empty if the data is missing."""
    stories = read_rows()
    if not stories:
        return []
    scores = []
    finders: dict[str, Finder | str] = {
        "gazette, fitted to these rows": gazette,
        "gazette's gazetteer, any mention": any_mention,
        "plain gazetteer of CLDR names": plain_gazetteer,
        **peers(),
    }
    for name, finder in finders.items():
        if isinstance(finder, str):
            scores.append(FinderScore(f"{name}: {finder}", *_NOT_MEASURED))
            continue
        finder(stories[0]["text"])
        started = time.process_time()
        answers = [finder(row["text"]) for row in stories]
        milliseconds = (time.process_time() - started) / len(stories) * 1000
        scores.append(score(name, answers, stories, milliseconds))
    try:
        rounds = cross_validated(stories)
    except ImportError:
        scores.insert(0, FinderScore("gazette, cross-validated: scikit-learn is not installed", *_NOT_MEASURED))
    else:
        scores.insert(0, _mean([score("gazette, cross-validated", answers, stories, None) for answers in rounds]))
    return scores


def _mean(scores: list[FinderScore]) -> FinderScore:
    """Average rounds of cross-validation, interval ends included."""

    def mean(values: Iterable[float]) -> float:
        return float(np.mean(list(values)))

    return FinderScore(
        scores[0].name,
        mean(score.f1 for score in scores),
        (mean(score.interval[0] for score in scores), mean(score.interval[1] for score in scores)),
        mean(score.precision for score in scores),
        mean(score.recall for score in scores),
        mean(score.without_us for score in scores),
        (
            mean(score.without_us_interval[0] for score in scores),
            mean(score.without_us_interval[1] for score in scores),
        ),
        None,
    )


_NOT_MEASURED = (math.nan, (math.nan, math.nan), math.nan, math.nan, math.nan, (math.nan, math.nan), None)


def format_lines(scores: Iterable[FinderScore]) -> Iterable[str]:
    """Format the table, a line a finder."""
    yield (
        f"{'finder':38s} {'micro-F1 (95% interval)':24s} {'precision':>9s} {'recall':>7s}  "
        f"{'US left out (95% interval)':26s} {'ms a story':>10s}"
    )
    for row in scores:
        if math.isnan(row.f1):
            yield row.name
            continue
        milliseconds = "" if row.milliseconds is None else f"{row.milliseconds:.2f}"
        overall = f"{row.f1:.3f} ({row.interval[0]:.3f} to {row.interval[1]:.3f})"
        foreign = f"{row.without_us:.3f} ({row.without_us_interval[0]:.3f} to {row.without_us_interval[1]:.3f})"
        yield f"{row.name:38s} {overall:24s} {row.precision:9.3f} {row.recall:7.3f}  {foreign:26s} {milliseconds:>10s}"


def main() -> None:
    """Print the table."""
    scores = measure()
    if not scores:
        print(f"skipped: {ROWS.name} of countries is not beside the checkout (../shared/data/countries)")
        return
    print("\n".join(format_lines(scores)))


if __name__ == "__main__":
    main()
